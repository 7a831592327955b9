import type { ReactNode } from 'react';
import { useMine } from '../desk-state.tsx';
import { Duties } from './duties.tsx';

/** What this person must answer now, alarms first. */
export function Mine(): ReactNode {
  const mine = useMine();
  return (
    <>
      <h2>
        Yours to answer <span className="soft">{mine.length}</span>
      </h2>
      <Duties duties={mine} none="Nothing waits for you." />
    </>
  );
}
