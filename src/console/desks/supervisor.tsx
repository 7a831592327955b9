import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { dutyLine } from '../../views/duty-line.ts';
import { supervisorBoard } from '../../views/supervisor-board.ts';
import type { SupervisorBoard } from '../../views/supervisor-board.ts';
import { spoken } from '../command/fields.ts';
import { useGiving } from '../command/giving.tsx';
import { useDesk, usePlace, useRoom } from '../desk-state.tsx';
import { Duties, Verbs } from '../parts/duties.tsx';
import { IncidentPanel } from '../parts/incident.tsx';
import { Mine } from '../parts/mine.tsx';
import { Queue } from '../parts/queue.tsx';
import { SubjectPanel } from '../parts/subject.tsx';
import { spanText } from '../parts/time.tsx';

/** The supervisor's board: what is past its time, what waits for a second person, who is there, what is broken. */
export function SupervisorDesk(): ReactNode {
  const { room, seen } = useRoom();
  const [place] = usePlace();
  const board = useMemo(() => supervisorBoard(room, seen), [room, seen]);
  return (
    <main className="desk">
      <div className="side led">
        <Counts board={board} />
        <Queue />
      </div>
      {place.subject !== undefined ? (
        <SubjectPanel subject={place.subject} />
      ) : place.incident !== undefined ? (
        <IncidentPanel incident={place.incident} />
      ) : (
        <section className="panel" tabIndex={0} aria-label="Past their time">
          <h2>
            Past their time <span className="soft">{board.overdueCount}</span>
          </h2>
          <Duties duties={board.overdue.slice(0, 50)} none="Nothing is past its time." />
        </section>
      )}
      <section className="panel" tabIndex={0} aria-label="Waiting for you">
        <Mine />
        <h2>Waiting for a second person</h2>
        <Proposals board={board} />
        <h2>On duty</h2>
        <Staff board={board} />
      </section>
    </main>
  );
}

function Counts({ board }: { readonly board: SupervisorBoard }): ReactNode {
  const { open, waitingContacts, unansweredContacts, lifeAtRisk, late, unitsFree, units, alarms, prompts } = board;
  const figures: readonly (readonly [string, string | number, boolean])[] = [
    ...Object.entries(open).map(([band, count]): readonly [string, number, boolean] => [band, count, false]),
    ['contacts waiting', waitingContacts, false],
    ['unanswered', unansweredContacts, unansweredContacts > 0],
    ['life at risk', lifeAtRisk, lifeAtRisk > 0],
    ['past target', late, late > 0],
    ['units free', `${unitsFree} of ${units}`, unitsFree === 0],
    ['alarms', alarms, alarms > 0],
    ['prompts', prompts, false],
  ];
  return (
    <section className="panel" tabIndex={0} aria-label="The room">
      <dl className="figures">
        {figures.map(([name, figure, isBad]) => (
          <div key={name} className={isBad ? 'alarm' : ''}>
            <dt>{name}</dt>
            <dd>{figure}</dd>
          </div>
        ))}
      </dl>
      {board.sourcesDown.map((one) => (
        <p key={one.source} className="alarm">
          Source {one.source.replaceAll('-', ' ')} is down.
        </p>
      ))}
      {board.failures.map((one) => (
        <p key={one.place} className="alarm">
          {one.safeguards.join(', ')} failed at {one.place}.
        </p>
      ))}
    </section>
  );
}

function Proposals({ board }: { readonly board: SupervisorBoard }): ReactNode {
  if (board.proposals.length + board.reviews.length === 0) return <p className="soft">Nothing.</p>;
  return (
    <ul className="duties">
      {board.proposals.map((one) => (
        <li key={one.decision}>
          <b>{spoken(one.command)}</b> by {one.by}
          <p>{one.reason}</p>
          <Verbs of={['Approve', 'Decline']} known={{ decision: one.decision }} />
        </li>
      ))}
      {board.reviews.map((one) => (
        <li key={one.review}>
          <b>review</b> of {one.incident}
          <Verbs of={['AnswerReview']} known={{ review: one.review }} />
        </li>
      ))}
    </ul>
  );
}

function Staff({ board }: { readonly board: SupervisorBoard }): ReactNode {
  const { now } = useRoom();
  const { person } = useDesk();
  return (
    <ul className="staff">
      {board.staff.map((one) => (
        <li key={one.staff}>
          <b>{one.staff}</b> {one.state} {spanText(now - one.since)}{' '}
          <span className={one.overdue > 0 ? 'alarm' : 'soft'}>
            {one.duties} duties{one.overdue > 0 ? `, ${one.overdue} over` : ''}
          </span>
          {one.duties === 0 || one.staff === person ? null : <TakeOver staff={one.staff} />}
        </li>
      ))}
    </ul>
  );
}

/** What somebody carries, to be taken over item by item: each is read before it is taken. */
function TakeOver({ staff }: { readonly staff: string }): ReactNode {
  const { room, seen } = useRoom();
  const { person } = useDesk();
  const { give } = useGiving();
  const own = (room.dutiesOf.get(staff) ?? []).map((id) => room.duties.get(id)).filter((duty) => duty !== undefined);
  return (
    <details>
      <summary>Take over from {staff}</summary>
      <ul className="duties">
        {own.map((duty) => (
          <li key={duty.id} className={duty.level}>
            <Duties duties={[dutyLine(room, duty, seen)]} none="" />
            <button type="button" onClick={() => void give('AcceptDuties', { duties: [duty.id], to: person })}>
              accept this one
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
