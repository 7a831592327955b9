import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { Shown } from '../../views/redact.ts';
import { isWithheld } from '../../views/redact.ts';
import { momentText } from '../../views/time-text.ts';
import { ask } from '../browser/ask.ts';
import { spoken } from '../command/fields.ts';
import { PastRoom, useDesk, usePlace, useRoom } from '../desk-state.tsx';
import { Disclose } from '../parts/disclose.tsx';
import { Harms } from '../parts/harms.tsx';
import { Past } from '../past/past.ts';
import { Scrub } from '../past/scrub.tsx';
import { Then } from '../past/then.tsx';

interface Page {
  readonly head: number;
  readonly next: number;
  readonly events: readonly Shown[];
}

/** So many events of the log are asked for at once: as many as one page holds. */
const pageEvents = 500;
const eventsShown = 60;
const chosenMost = 500;

/** The review desk: the room at any past moment, as whoever looks may see it, with what was owed then. */
export function ReviewDesk(): ReactNode {
  const { roomId } = useDesk();
  const [shown, setShown] = useState<readonly Shown[] | null>(null);
  const [progress, setProgress] = useState<{ readonly done: number; readonly of: number } | null>(null);
  const [fault, setFault] = useState('');
  const load = (): void => {
    setFault('');
    wholeLog(roomId, (done, of) => setProgress({ done, of }))
      .then(setShown)
      .catch((error: Error) => setFault(`The log could not be read: ${error.message}`));
  };
  if (shown !== null) return <Through shown={shown} />;
  return (
    <main className="review-first">
      <section className="panel" tabIndex={0} aria-label="Review">
        <h1>Review</h1>
        <p>
          Reads the log of this room as you may see it, and goes through it moment by moment. That you read it is
          logged.
        </p>
        <button type="button" onClick={load} disabled={progress !== null && fault === ''}>
          Read the log
        </button>
        {progress === null ? null : (
          <p role="status">
            <progress aria-label="Read so far" value={progress.done} max={progress.of} /> {progress.done} of{' '}
            {progress.of}
          </p>
        )}
        {fault === '' ? null : <p role="alert">{fault}</p>}
      </section>
      <div className="panel" tabIndex={0}>
        <Harms />
      </div>
      <div className="panel" tabIndex={0}>
        <Chosen />
      </div>
    </main>
  );
}

/** The disclosure of the incident that lies open, or of one that is chosen. */
function Chosen(): ReactNode {
  const { room } = useRoom();
  const [place, go] = usePlace();
  const incident = room.incidents.has(place.incident ?? '') ? place.incident : undefined;
  const newest = [...room.incidents.values()].toReversed().slice(0, chosenMost);
  return (
    <>
      <label>
        Incident{' '}
        <select value={incident ?? ''} onChange={(event) => go({ incident: event.target.value || undefined })}>
          <option value="">choose…</option>
          {newest.map((one) => (
            <option key={one.id} value={one.id}>
              {one.id} {one.summary.slice(0, 60)}
            </option>
          ))}
        </select>
      </label>
      {incident === undefined ? (
        <p className="soft">A disclosure is of one incident, with what was joined and its contacts.</p>
      ) : (
        <Disclose key={incident} incident={incident} />
      )}
    </>
  );
}

async function wholeLog(room: string, told: (done: number, of: number) => void): Promise<readonly Shown[]> {
  const all: Shown[] = [];
  for (let after = 0; ; ) {
    const path = `/rooms/${encodeURIComponent(room)}/events?after=${after}&limit=${pageEvents}`;
    const { head, next, events } = await ask<Page>(path);
    all.push(...events);
    told(next, head);
    if (events.length === 0 || next >= head) return all;
    after = next;
  }
}

function Through({ shown }: { readonly shown: readonly Shown[] }): ReactNode {
  const { roomId } = useDesk();
  const [place] = usePlace();
  const past = useMemo(() => new Past(roomId, shown), [roomId, shown]);
  const moments = useMoments(past, shown, place.incident);
  const [at, setAt] = useState(moments.length - 1);
  const count = (moments[Math.min(at, moments.length - 1)] ?? 0) + 1;
  const now = past.timeOf(count - 1);
  const room = useMemo(() => past.roomAfter(count), [past, count]);
  if (room === null) return <p>The log is empty.</p>;
  const before = shown.slice(Math.max(0, count - eventsShown), count).toReversed();
  return (
    <main className="cases review">
      <section className="panel" tabIndex={0} aria-label="The log">
        <h2>{momentText(now)}</h2>
        <p className="soft">
          Event {count} of {past.length}
          {place.incident === undefined ? '' : `; moments of ${place.incident} alone`}
        </p>
        {place.incident === undefined ? null : (
          <details>
            <summary>Disclose {place.incident}</summary>
            <Disclose key={place.incident} incident={place.incident} />
          </details>
        )}
        <details>
          <summary>Harm, referral and hold</summary>
          <Harms />
        </details>
        <Scrub label="Moment" at={Math.min(at, moments.length - 1)} most={moments.length - 1} now={now} go={setAt} />
        <ol className="log">
          {before.map((one) => (
            <li key={one.seq}>
              <EventLine shown={one} />
            </li>
          ))}
        </ol>
      </section>
      <PastRoom room={room} now={now}>
        <Then />
      </PastRoom>
    </main>
  );
}

/** The events to go through: all of them, or those that touch the incident that lies open. */
function useMoments(past: Past, shown: readonly Shown[], incident: string | undefined): readonly number[] {
  return useMemo(() => {
    const all = Array.from({ length: past.length }, (_, place) => place);
    if (incident === undefined) return all;
    const own = all.filter((place) => touches(shown[place], incident));
    return own.length === 0 ? all : own;
  }, [past, shown, incident]);
}

function touches(shown: Shown | undefined, incident: string): boolean {
  return shown !== undefined && !isWithheld(shown) && Object.values(shown.ids).includes(incident);
}

function EventLine({ shown }: { readonly shown: Shown }): ReactNode {
  if (isWithheld(shown)) return <span className="soft">event {shown.seq} is not for you to see</span>;
  return (
    <>
      <b>{spoken(shown.type)}</b> <span className="soft">{momentText(shown.recordedAt)}</span>
      <p>
        {shown.actor.id} · {Object.values(shown.ids).join(' · ')}
      </p>
    </>
  );
}
