import type { ReactNode } from 'react';
import { dutyLine } from '../../views/duty-line.ts';
import { supervisorBoard } from '../../views/supervisor-board.ts';
import type { SupervisorBoard } from '../../views/supervisor-board.ts';
import { spanText } from '../../views/time-text.ts';
import { spoken } from '../command/fields.ts';
import { useGiving } from '../command/giving.tsx';
import { useDesk, usePlace, useRoom } from '../desk-state.tsx';
import { placeAbout } from '../route.ts';
import { Duties, Verbs } from './duties.tsx';

const boards = new WeakMap<object, SupervisorBoard>();

/** What a supervisor sees of the room; made once a moment for all the panels that show of it. */
function useBoard(): SupervisorBoard {
  const { room, seen } = useRoom();
  const board = boards.get(seen) ?? supervisorBoard(room, seen);
  boards.set(seen, board);
  return board;
}

/** The room in figures, and what of it is broken. */
export function RoomCounts(): ReactNode {
  const board = useBoard();
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

/** Duties that are past their time, whosever they are. */
export function Overdue(): ReactNode {
  const board = useBoard();
  return (
    <section className="panel" tabIndex={0} aria-label="Past their time">
      <h2>
        Past their time <span className="soft">{board.overdueCount}</span>
      </h2>
      <Duties duties={board.overdue.slice(0, overdueShown)} none="Nothing is past its time." />
      {board.overdueCount > overdueShown ? (
        <p className="prompt">{board.overdueCount - overdueShown} more, each at its incident.</p>
      ) : null}
    </section>
  );
}

const overdueShown = 50;

/** What waits for a second person, with the reasoning that they must answer; and reviews that were asked for. */
export function SecondPerson(): ReactNode {
  const { proposals, reviews } = useBoard();
  const [, go] = usePlace();
  return (
    <section className="panel" tabIndex={0} aria-label="Waiting for a second person">
      <h2>
        Waiting for a second person <span className="soft">{proposals.length + reviews.length}</span>
      </h2>
      {proposals.length + reviews.length === 0 ? <p className="soft">Nothing.</p> : null}
      <ul className="duties">
        {proposals.map((one) => (
          <li key={one.decision}>
            <b>{spoken(one.command)}</b> by {one.by}
            <p>{one.reason}</p>
            <Verbs of={['Approve', 'Decline']} known={{ decision: one.decision }} />
          </li>
        ))}
        {reviews.map((one) => (
          <li key={one.review}>
            <b>review</b> of{' '}
            <button type="button" className="plain" onClick={() => go(placeAbout(`incident:${one.incident}`, null))}>
              {one.incident}
            </button>
            <Verbs of={['AnswerReview']} known={{ review: one.review }} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who is on duty, since when, and what each of them carries. */
export function Staff(): ReactNode {
  const { now } = useRoom();
  const { person } = useDesk();
  const { staff } = useBoard();
  return (
    <section className="panel" tabIndex={0} aria-label="On duty">
      <h2>
        On duty <span className="soft">{staff.length}</span>
      </h2>
      <ul className="staff">
        {staff.map((one) => (
          <li key={one.staff}>
            <b>{one.staff}</b> {one.state} {spanText(now - one.since)}{' '}
            {one.duties === 0 ? null : (
              <span className={one.overdue > 0 ? 'alarm' : 'soft'}>
                {one.duties} {one.duties === 1 ? 'duty' : 'duties'}
                {one.overdue > 0 ? `, ${one.overdue} over` : ''}
              </span>
            )}
            {one.duties === 0 || one.staff === person ? null : <TakeOver staff={one.staff} />}
          </li>
        ))}
      </ul>
    </section>
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
