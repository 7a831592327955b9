import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { IncidentPage } from '../../views/incident-page.ts';
import { incidentGraph } from '../../views/incident-graph.ts';
import { incidentPage } from '../../views/incident-page.ts';
import { momentText, spanText } from '../../views/time-text.ts';
import { useRoom } from '../desk-state.tsx';
import { AssessForm } from './assess-form.tsx';
import { Duties, Verbs } from './duties.tsx';
import { Graph } from './graph.tsx';
import { Log } from './log.tsx';
import { Checks, Links, Subjects } from './subjects.tsx';
import { Time } from './time.tsx';

/** An incident whole: its log, who is in it, who goes, and what stands between it and its end. */
export function IncidentPanel({ incident }: { readonly incident: string }): ReactNode {
  const { room, seen } = useRoom();
  const held = room.incidents.get(incident);
  const page = useMemo(() => (held === undefined ? null : incidentPage(room, held, seen)), [room, held, seen]);
  if (page === null)
    return (
      <section className="panel" tabIndex={0}>
        <p>There is no incident {incident} here, or none that you may see.</p>
      </section>
    );
  return (
    <article className="panel incident" tabIndex={0} aria-label={`Incident ${incident}`}>
      <Head page={page} />
      <AssessForm key={incident} incident={incident} assessment={page.assessment} />
      <div className="columns">
        <div>
          <h3>What stands between it and its end</h3>
          <Duties duties={page.duties} none="Nothing is owed here now." />
          <h3>Log</h3>
          <Log key={incident} incident={incident} log={page.log} dangers={page.dangers} />
        </div>
        <div>
          <h3>Who goes</h3>
          <Going page={page} />
          <h3>People and places</h3>
          <Subjects subjects={page.subjects} />
          <Around page={page} />
          <h3>Links</h3>
          <Links links={page.links} />
          <h3>Checks</h3>
          <Checks checks={page.checks} />
          <h3>Promises and tasks</h3>
          <Owed page={page} />
          <Notes page={page} />
        </div>
      </div>
    </article>
  );
}

function Head({ page }: { readonly page: IncidentPage }): ReactNode {
  const { row, state, closed } = page;
  const { incident, receivedAt } = row;
  return (
    <header>
      <h2>
        <span className={`grade ${row.band ?? 'ungraded'}`}>{row.grade ?? 'not graded'}</span> {row.summary}
      </h2>
      <p>
        <b>{incident}</b> {state} · received <Time at={receivedAt} />, {spanText(row.ageMs)} ago ·{' '}
        {row.kinds.join(', ').replaceAll('-', ' ') || 'no kind yet'}
        {closed === null ? '' : ` · closed ${momentText(closed.at)} as ${closed.code} by ${closed.by}`}
      </p>
      <Grading page={page} />
      <Verbs
        of={['AddEntry', 'SetGrade', 'AssignUnit', 'Mention', 'Assess', 'SendMessage', 'Defer', 'CloseIncident']}
        known={{ incident }}
      />
    </header>
  );
}

/** Who graded it and why, and the floors below which it cannot go. */
export function Grading({ page: { grading, floors } }: { readonly page: IncidentPage }): ReactNode {
  return (
    <>
      {grading.by === null ? null : (
        <p className="soft">
          Graded {grading.current} by {grading.by}: {grading.reason}
        </p>
      )}
      {floors.map((one) => (
        <p key={`${one.safeguard} ${one.why.code}`} className="prompt">
          Not below {one.band}: {one.why.says}
        </p>
      ))}
    </>
  );
}

function Around({ page }: { readonly page: IncidentPage }): ReactNode {
  const { room } = useRoom();
  const graph = useMemo(() => incidentGraph(room, page), [room, page]);
  return (
    <>
      <Graph graph={graph} />
      {graph.left === 0 ? null : <p className="soft">{graph.left} more are in the list only.</p>}
    </>
  );
}

function Going({ page }: { readonly page: IncidentPage }): ReactNode {
  const { now } = useRoom();
  if (page.deployments.length === 0) return <p className="prompt">Nobody was sent.</p>;
  return (
    <ul>
      {page.deployments.map((one) => (
        <li key={one.id}>
          <b>{one.unit}</b> {one.state.replaceAll('-', ' ')} · sent <Time at={one.assignedAt} />
          {one.arrivedAt === null ? '' : `, arrived after ${spanText(one.arrivedAt - one.assignedAt)}`}
          {one.endedAt === null && one.acknowledgedAt === null ? (
            <span className="prompt"> · not acknowledged for {spanText(now - one.assignedAt)}</span>
          ) : null}
          {one.divertedTo === null ? null : <span className="prompt"> · diverted to {one.divertedTo}</span>}
          {one.endedAt === null ? (
            <Verbs of={['BriefUnit', 'StandDown', 'RecordResult']} known={{ deployment: one.id }} />
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function Owed({ page }: { readonly page: IncidentPage }): ReactNode {
  const { promises, tasks, messages, transfers } = page;
  if (promises.length + tasks.length + messages.length + transfers.length === 0)
    return <p className="soft">Nothing was promised or asked for.</p>;
  return (
    <ul>
      {promises.map((one) => (
        <li key={one.id}>
          Promised ({one.state}): {one.words}
        </li>
      ))}
      {tasks.map((one) => (
        <li key={one.id}>
          {one.kind}: {one.says} ({one.state})
        </li>
      ))}
      {messages.map((one) => (
        <li key={one.id}>
          {one.from}: {one.text},{' '}
          {one.acknowledgedBy === null ? 'not acknowledged' : `acknowledged by ${one.acknowledgedBy}`}
        </li>
      ))}
      {transfers.map((one) => (
        <li key={one.id}>
          Transfer to {one.partner}: {one.state}
        </li>
      ))}
    </ul>
  );
}

function Notes({ page }: { readonly page: IncidentPage }): ReactNode {
  if (page.notes.length === 0) return null;
  return (
    <>
      <h3>Notes</h3>
      <ul>
        {page.notes.map((one) => (
          <li key={`${one.seq} ${one.safeguard} ${one.why.code}`} className="soft">
            {one.why.says}
          </li>
        ))}
      </ul>
    </>
  );
}
