import type { ReactNode } from 'react';
import { useMine } from '../desk-state.tsx';
import { Duties } from './duties.tsx';

/** What this person must answer now, alarms first. */
export function MinePanel(): ReactNode {
  const mine = useMine();
  return (
    <section className="panel" tabIndex={0} aria-label="Yours to answer">
      <h2>
        Yours to answer <span className="soft">{mine.length}</span>
      </h2>
      <Duties duties={mine} none="Nothing waits for you." />
    </section>
  );
}
