import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { unitList } from '../../views/unit-list.ts';
import type { UnitSuggestion } from '../../views/unit-suggestions.ts';
import { distanceText, unitSuggestions } from '../../views/unit-suggestions.ts';
import { spanText } from '../../views/time-text.ts';
import { lineFor, useGiving } from '../command/giving.tsx';
import { usePlace, usePositions, useRoom } from '../desk-state.tsx';
import { Rows } from './rows.tsx';

const rowHeight = 44;
const suggestedHeight = 62;

/** A unit as it stands here; where no incident lies open it stands to none, and nothing speaks against it. */
type Row = Omit<UnitSuggestion, 'stands'> & { readonly stands: UnitSuggestion['stands'] | null };

/**
 * Every unit on duty, those that could be sent first; where an incident lies open, how each stands to it and what
 * speaks against sending it. Enter begins the command that sends or diverts it there.
 */
export function Units(): ReactNode {
  const { room, now } = useRoom();
  const [place, go] = usePlace();
  const { begin } = useGiving();
  const positions = usePositions();
  const open = room.incidents.get(place.incident ?? '');
  const units = useMemo(
    (): readonly Row[] =>
      open === undefined
        ? unitList(room, now)
            .filter((one) => one.status !== 'off-duty')
            .map((one) => ({ ...one, stands: null, metres: null, against: [] }))
        : unitSuggestions(room, open, { now, positions }),
    [room, now, open, positions],
  );
  const free = units.filter((one) => one.isFree).length;
  return (
    <section className="panel" aria-label="Units">
      <h2>
        Units{' '}
        <span className="soft">
          {free} free of {units.length}
          {open === undefined ? '' : `, for ${open.id}`}
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
        rowHeight={open === undefined ? rowHeight : suggestedHeight}
      >
        {(one) => <UnitRow row={one} />}
      </Rows>
    </section>
  );
}

const standing: Readonly<Record<UnitSuggestion['stands'], string>> = {
  free: '',
  divertible: 'could be diverted',
  'sent-here': 'sent here',
  taken: '',
};

function UnitRow({ row }: { readonly row: Row }): ReactNode {
  const { unit, status, isFree, forMs, area, skills, incident, stands, metres, against } = row;
  const isSendable = stands === 'free' || stands === 'divertible';
  const said = [metres === null ? '' : distanceText(metres), stands === null ? '' : standing[stands]];
  return (
    <>
      <b>{unit}</b>
      <span className={status === 'emergency' ? 'alarm' : isFree ? 'live' : ''}>
        {status.replaceAll('-', ' ')} {spanText(forMs)}
      </span>
      <small className="what">
        {[...said, area, ...skills, stands === 'sent-here' ? null : incident]
          .filter((part) => part !== null && part !== '')
          .join(' · ')}
      </small>
      {isSendable && against.length > 0 ? <small className="what prompt">{against.join('; ')}</small> : null}
    </>
  );
}
