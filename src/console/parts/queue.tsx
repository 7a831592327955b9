import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { queueOf } from '../../views/queue.ts';
import type { QueueRow } from '../../views/queue.ts';
import { spanText } from '../../views/time-text.ts';
import { usePlace, useRoom } from '../desk-state.tsx';
import { Rows } from './rows.tsx';

const rowHeight = 68;

/** Every open incident, those at most risk first; nothing is hidden, what is put off included. */
export function Queue(): ReactNode {
  const { room, now } = useRoom();
  const [place, go] = usePlace();
  const { incidents } = useMemo(() => queueOf(room, now), [room, now]);
  return (
    <section className="panel" aria-label="Queue">
      <h2>
        Queue <span className="soft">{incidents.length} open</span>
      </h2>
      <Rows
        label="incidents"
        none="No incident is open."
        items={incidents}
        keyOf={(one) => one.incident}
        selected={place.incident}
        open={(one) => go({ incident: one.incident, contact: undefined, subject: undefined })}
        rowHeight={rowHeight}
      >
        {(one) => <IncidentRow row={one} />}
      </Rows>
    </section>
  );
}

function unitsText({ units }: QueueRow): string {
  return units.length === 0
    ? 'nobody'
    : units.map(({ unit, state }) => `${unit} ${state.replaceAll('-', ' ')}`).join(', ');
}

function IncidentRow({ row }: { readonly row: QueueRow }): ReactNode {
  const { grade, band, ageMs, summary, isLifeAtRisk, incident, lateMs, alarms, overdue, duties, deferredUntil } = row;
  return (
    <>
      <span className={`grade ${band ?? 'ungraded'}`}>
        {grade ?? 'not graded'}
        {isLifeAtRisk ? ', life at risk' : ''}
      </span>
      <span className="age">{spanText(ageMs)}</span>
      <span className="what">{summary}</span>
      <small className="soft">
        {incident} · <span className={row.units.length === 0 ? 'prompt' : ''}>{unitsText(row)}</span>
        {lateMs > 0 ? <span className="alarm"> · {spanText(lateMs)} past target</span> : null}
        {deferredUntil === null ? null : <span> · put off</span>}
      </small>
      <small className={alarms > 0 ? 'alarm' : overdue > 0 ? 'prompt' : 'soft'}>
        {alarms > 0 ? `${alarms} ▲ ` : ''}
        {overdue > 0 ? `${overdue} over` : duties === 0 ? '' : `${duties} open`}
      </small>
    </>
  );
}
