import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { dutyList } from '../../views/duty-line.ts';
import { useDesk, useRoom } from '../desk-state.tsx';
import { Duties } from './duties.tsx';

/** What this person must answer now, alarms first. */
export function Mine(): ReactNode {
  const { room, seen } = useRoom();
  const { person } = useDesk();
  const mine = useMemo(() => dutyList(room, { staff: person }, seen), [room, person, seen]);
  return (
    <>
      <h2>
        Yours to answer <span className="soft">{mine.length}</span>
      </h2>
      <Duties duties={mine} none="Nothing waits for you." />
    </>
  );
}
