import type { ReactNode } from 'react';
import type { Ask } from '../../room/duty.ts';
import type { Room } from '../../room/room.ts';
import type { DutyLine } from '../../views/duty-line.ts';
import { spoken } from '../command/fields.ts';
import { lineFor, useGiving } from '../command/giving.tsx';
import { usePlace, useRoom } from '../desk-state.tsx';
import { placeAbout } from '../route.ts';
import { Due } from './time.tsx';

/** What must be done, by when and why; each with the commands that meet it. */
export function Duties({ duties, none }: { readonly duties: readonly DutyLine[]; readonly none: string }): ReactNode {
  const { room, now } = useRoom();
  const [, go] = usePlace();
  if (duties.length === 0) return <p className="soft">{none}</p>;
  return (
    <ul className="duties">
      {duties.map((one) => (
        <li key={one.duty} className={one.level}>
          <div>
            <b>
              {one.level === 'alarm' ? '▲ ' : ''}
              {one.safeguard.replaceAll('-', ' ')}
            </b>{' '}
            <Due at={one.dueAt} now={now} />
            {one.climbedTo.length === 0 ? null : <span className="soft"> told: {one.climbedTo.join(', ')}</span>}
          </div>
          {one.about === 'room' ? null : (
            <button type="button" className="plain" onClick={() => go(placeAbout(one.about, one.incident))}>
              {aboutText(room, one.about)}
            </button>
          )}
          {one.why.map(({ says, code }, place) => (
            <p key={`${code} ${place}`}>{says}</p>
          ))}
          <Asks asks={one.asks} />
        </li>
      ))}
    </ul>
  );
}

/** What a duty is about, by what it is as well as by its id. */
function aboutText(room: Room, about: string): string {
  const [kind = '', id = ''] = about.split(':');
  const summary = kind === 'incident' ? room.incidents.get(id)?.summary : room.contacts.get(id)?.channel;
  return summary === undefined ? `${kind} ${id}` : `${id} ${summary}`;
}

/** Commands that would satisfy something, each a button that says its name. */
export function Asks({ asks }: { readonly asks: readonly Ask[] }): ReactNode {
  const { begin } = useGiving();
  const { isPast } = useRoom();
  if (asks.length === 0) return null;
  if (isPast) return <p className="soft">Meets it: {asks.map((one) => spoken(one.command)).join(', ')}</p>;
  return (
    <div className="asks">
      {asks.map((one) => (
        <button
          key={`${one.command} ${JSON.stringify(one.with)}`}
          type="button"
          onClick={() => begin(lineFor(one.command, one.with))}
        >
          {spoken(one.command)}
        </button>
      ))}
    </div>
  );
}

/** Buttons for commands that begin a line of this much. */
export function Verbs({
  of,
  known,
}: {
  readonly of: readonly string[];
  readonly known: Readonly<Record<string, string>>;
}): ReactNode {
  const { isPast } = useRoom();
  return isPast ? null : <Asks asks={of.map((command) => ({ command, with: { ...known } }))} />;
}
