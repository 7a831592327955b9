import { useId, useRef, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { paperDoubts, paperTime, paperWords } from '../../views/back-entry.ts';
import { momentText } from '../../views/time-text.ts';
import { useGiving } from '../command/giving.tsx';
import { usePlace, useRoom } from '../desk-state.tsx';
import { picturePath } from '../browser/picture-kept.ts';

const empty = { time: '', unit: '', who: '', words: '' };
type Written = typeof empty;

/** A line that was entered, as it was on paper. */
interface Entered extends Written {
  readonly place: number;
  readonly at: number;
  readonly incident: string;
}

/** What was written on paper while nothing answered, entered with the times at which it happened. */
export function PaperDesk(): ReactNode {
  const [place, go] = usePlace();
  const [entered, setEntered] = useState<readonly Entered[]>([]);
  return (
    <main className="paper">
      <section className="panel" tabIndex={0} aria-label="Enter from paper">
        <h1>Paper</h1>
        <p>
          Enter what was written by hand, line by line, with the time at which it happened. The log shows both clocks:
          when it happened, and that it was recorded now.
        </p>
        <Line
          incident={place.incident ?? ''}
          choose={(incident) => go({ incident: incident === '' ? undefined : incident })}
          after={entered[0]?.at ?? null}
          entered={(line) => setEntered((before) => [{ ...line, place: before.length }, ...before])}
        />
        <p className="soft">
          An empty sheet to write on is the last page of the{' '}
          <a href={picturePath} target="_blank" rel="noopener">
            picture of the room
          </a>
          .
        </p>
      </section>
      <section className="panel" tabIndex={0} aria-label="Entered from this sheet">
        <h2>
          Entered from this sheet <span className="soft">{entered.length}</span>
        </h2>
        <ol className="log">
          {entered.map((one) => (
            <li key={one.place}>
              {momentText(one.at)} <b>{one.incident}</b>
              <p>{paperWords(one)}</p>
            </li>
          ))}
        </ol>
      </section>
    </main>
  );
}

interface LineProps {
  readonly incident: string;
  readonly choose: (incident: string) => void;
  readonly after: number | null;
  readonly entered: (line: Omit<Entered, 'place'>) => void;
}

/** One line of the sheet, with what the room holds against its time. */
function Line({ incident, choose, after, entered }: LineProps): ReactNode {
  const { room, now } = useRoom();
  const { give } = useGiving();
  const [line, setLine] = useState(empty);
  const time = useRef<HTMLInputElement>(null);
  const [hints, units, incidents] = [useId(), useId(), useId()];
  const read = paperTime(line.time, now);
  const doubts = 'at' in read ? paperDoubts(room, { at: read.at, incident, unit: line.unit, after }, now) : [];
  const isReady = 'at' in read && read.at <= now && room.incidents.has(incident) && line.words.trim() !== '';
  const set = (name: keyof Written) => (event: { readonly target: { readonly value: string } }) =>
    setLine((before) => ({ ...before, [name]: event.target.value }));
  const enter = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (!isReady) return;
    void give('AddEntry', { incident, text: paperWords(line), source: 'back-entry' }, { at: read.at });
    entered({ ...line, at: read.at, incident });
    setLine({ ...line, time: '', words: '' });
    time.current?.focus();
  };
  return (
    <form className="stack paper-line" onSubmit={enter}>
      <label>
        When it happened
        <input
          ref={time}
          value={line.time}
          onChange={set('time')}
          aria-describedby={hints}
          autoComplete="off"
          required
        />
      </label>
      <label>
        Incident
        <input
          value={incident}
          onChange={(event) => choose(event.target.value)}
          list={incidents}
          autoComplete="off"
          required
        />
      </label>
      <label>
        Unit
        <input value={line.unit} onChange={set('unit')} list={units} autoComplete="off" />
      </label>
      <label>
        Who says it
        <input value={line.who} onChange={set('who')} autoComplete="off" />
      </label>
      <label className="wide">
        Words, as they stand on paper
        <textarea value={line.words} onChange={set('words')} rows={3} required />
      </label>
      <datalist id={incidents}>
        {[...room.incidents.values()]
          .filter((one) => one.state === 'open')
          .map((one) => (
            <option key={one.id} value={one.id}>
              {one.summary.slice(0, 80)}
            </option>
          ))}
      </datalist>
      <datalist id={units}>
        {[...room.units.keys()].map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <div id={hints} role="status" className="wide">
        {'at' in read ? (
          <p>Happened {momentText(read.at)}.</p>
        ) : (
          <p className="soft">{line.time === '' ? 'Such as 21:30, or 2026-02-03 21:30.' : read.says}</p>
        )}
        {doubts.map((one) => (
          <p key={one} className="prompt">
            ⚠ {one}
          </p>
        ))}
      </div>
      <button type="submit" disabled={!isReady}>
        Enter this line
      </button>
    </form>
  );
}
