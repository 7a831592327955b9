import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { unitList } from '../../views/unit-list.ts';
import { lineFor, useGiving } from '../command/giving.tsx';
import { usePlace, useRoom } from '../desk-state.tsx';
import { Rows } from './rows.tsx';
import { spanText } from './time.tsx';

const rowHeight = 44;

/** Every unit on duty, those that could be sent first; Enter begins the command that sends it to the open incident. */
export function Units(): ReactNode {
  const { room, now } = useRoom();
  const [place, go] = usePlace();
  const { begin } = useGiving();
  const units = useMemo(() => unitList(room, now).filter((one) => one.status !== 'off-duty'), [room, now]);
  const free = units.filter((one) => one.isFree).length;
  return (
    <section className="panel" aria-label="Units">
      <h2>
        Units{' '}
        <span className="soft">
          {free} free of {units.length}
        </span>
      </h2>
      <Rows
        label="units"
        none="No unit is on duty."
        items={units}
        keyOf={(one) => one.unit}
        selected={undefined}
        isOpenedByEnter
        open={(one) => {
          const { incident } = place;
          if (one.incident !== null && incident === undefined) return go({ incident: one.incident });
          if (incident === undefined) return begin(lineFor('AssignUnit', { unit: one.unit }));
          begin(
            one.isFree
              ? lineFor('AssignUnit', { incident, unit: one.unit })
              : lineFor('DivertUnit', { unit: one.unit, to: incident }),
          );
        }}
        rowHeight={rowHeight}
      >
        {(one) => (
          <>
            <b>{one.unit}</b>
            <span className={one.status === 'emergency' ? 'alarm' : one.isFree ? 'live' : ''}>
              {one.status.replaceAll('-', ' ')} {spanText(one.forMs)}
            </span>
            <small className="what">
              {[one.area, ...one.skills, one.incident].filter((part) => part !== null).join(' · ')}
            </small>
          </>
        )}
      </Rows>
    </section>
  );
}
