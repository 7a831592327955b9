import { useEffect, useMemo, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import type { StoredEvent } from '../../room/define.ts';
import { ask } from '../browser/ask.ts';
import { spoken } from '../command/fields.ts';
import { PastRoom } from '../desk-state.tsx';
import { Past } from '../past/past.ts';
import { Scrub } from '../past/scrub.tsx';
import { Then } from '../past/then.tsx';
import { begin, scriptOf } from '../browser/begin-practice.ts';
import type { PlayedReport } from '../../views/played-report.ts';
import type { Script } from '../practice/script.ts';
import { partsOf } from '../practice/script.ts';
import { momentText, spanText } from '../../views/time-text.ts';

/** A case as the service played it. */
interface PlayedCase {
  readonly report: PlayedReport;
  readonly events: readonly StoredEvent[];
}

/** A case of many months is played in some seconds, on a busy machine in more. */
const playedMs = 60_000;

/** The founding cases: what was done, and what Heed would have shown, demanded and refused, with the clock. */
export function CasesDesk(): ReactNode {
  const [names, setNames] = useState<readonly string[]>([]);
  const [chosen, setChosen] = useState<string | null>(null);
  const [played, setPlayed] = useState<PlayedCase | null>(null);
  const [fault, setFault] = useState('');
  useEffect(() => {
    ask<{ readonly cases: readonly string[] }>('/cases')
      .then(({ cases }) => setNames(cases))
      .catch((error: Error) => setFault(error.message));
  }, []);
  const choose = (name: string): void => {
    setChosen(name);
    setPlayed(null);
    ask<PlayedCase>(`/cases/${encodeURIComponent(name)}`, undefined, playedMs)
      .then(setPlayed)
      .catch((error: Error) => setFault(error.message));
  };
  return (
    <main className="cases">
      <nav className="panel" aria-label="Cases">
        <h2>The founding cases</h2>
        <p className="soft">
          Real failures, with invented names. What was done is attempted; see what Heed says to it.
        </p>
        {names.map((name) => (
          <button key={name} type="button" aria-pressed={name === chosen} onClick={() => choose(name)}>
            {name.replaceAll('-', ' ')}
          </button>
        ))}
        {fault === '' ? null : <p role="alert">{fault}</p>}
        {chosen === null ? null : <Practise key={chosen} name={chosen} />}
      </nav>
      {chosen === null ? null : played === null ? (
        <p role="status">Playing it…</p>
      ) : (
        <Play key={chosen} played={played} />
      )}
    </main>
  );
}

/** Practising a case: one chooses whom to be, and all others are played. */
function Practise({ name }: { readonly name: string }): ReactNode {
  const [script, setScript] = useState<Script | null>(null);
  const [fault, setFault] = useState('');
  const [isOpening, setIsOpening] = useState(false);
  const told = (error: Error): void => {
    setIsOpening(false);
    setFault(error.message);
  };
  useEffect(() => {
    scriptOf(name)
      .then(setScript)
      .catch((error: Error) => setFault(error.message));
  }, [name]);
  const enter = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const staff = new FormData(event.currentTarget).get('part');
    if (script === null || typeof staff !== 'string') return;
    setIsOpening(true);
    begin(name, staff, script).catch(told);
  };
  return (
    <form className="stack" onSubmit={enter} aria-label="Practise">
      <h3>Practise it yourself</h3>
      <p className="soft">In a room of your own: the others act as they did, you as you see fit. Then a debrief.</p>
      <label>
        Be
        <select name="part">
          {(script === null ? [] : partsOf(script)).map((one) => (
            <option key={one.staff} value={one.staff}>
              {one.staff} ({one.acts === 0 ? 'did nothing' : `did ${one.acts} things`})
            </option>
          ))}
        </select>
      </label>
      <button type="submit" disabled={script === null || isOpening}>
        {isOpening ? 'Opening…' : 'Begin the practice'}
      </button>
      {fault === '' ? null : <p role="alert">{fault}</p>}
    </form>
  );
}

/** One line of what happened and of what Heed did about it. */
interface Line {
  readonly at: number;
  readonly who: string;
  readonly says: string;
  readonly kind: 'done' | 'refused' | 'alarm' | 'prompt' | 'rung';
}

function linesOf({ report }: PlayedCase): readonly Line[] {
  const acts = report.acts.map(
    ({ at, by, command, outcome, note, says }): Line => ({
      at: Date.parse(at),
      who: by,
      says: [spoken(command), note, outcome === 'done' ? null : `${outcome.toUpperCase()}: ${says ?? ''}`]
        .filter((one) => one !== null)
        .join(' · '),
      kind: outcome === 'done' ? 'done' : 'refused',
    }),
  );
  const duties = report.duties.flatMap(({ safeguard, owner, spoke, rungs }) => [
    ...spoke.map(
      ({ at, level, why }): Line => ({
        at: Date.parse(at),
        who: `Heed to ${owner}`,
        says: `${safeguard.replaceAll('-', ' ')}: ${why}`,
        kind: level === 'alarm' ? 'alarm' : 'prompt',
      }),
    ),
    ...rungs.map(
      ({ told, at }): Line => ({
        at: Date.parse(at),
        who: `Heed to ${told}`,
        says: `${safeguard.replaceAll('-', ' ')}: nobody did it, so it climbed`,
        kind: 'rung',
      }),
    ),
  ]);
  return [...acts, ...duties].toSorted((a, b) => a.at - b.at);
}

function Play({ played }: { readonly played: PlayedCase }): ReactNode {
  const lines = useMemo(() => linesOf(played), [played]);
  const past = useMemo(() => new Past('case', played.events), [played]);
  const [at, setAt] = useState(0);
  const now = lines[at]?.at ?? 0;
  const room = useMemo(() => past.roomAfter(past.countBy(now)), [past, now]);
  if (room === null) return null;
  return (
    <>
      <section className="panel" tabIndex={0} aria-label="What happened">
        <Head played={played} now={now} />
        <Scrub label="Moment" at={at} most={lines.length - 1} now={now} go={setAt} />
        <ol className="log">
          {lines
            .slice(0, at + 1)
            .toReversed()
            .slice(0, 40)
            .map((one, place) => (
              <li key={lines.length - place} className={`line ${one.kind}`}>
                <b>{momentText(one.at)}</b> <span className="soft">{one.who}</span>
                <p>{one.says}</p>
              </li>
            ))}
        </ol>
      </section>
      <PastRoom room={room} now={now}>
        <Then />
      </PastRoom>
    </>
  );
}

function Head({ played: { report }, now }: { readonly played: PlayedCase; readonly now: number }): ReactNode {
  const { harmAt, harm, firstTurn } = report;
  return (
    <header>
      <h2>{report.title}</h2>
      <p>
        <b className="clock">{momentText(now)}</b>
        {harmAt === null ? null : (
          <span className="alarm">
            {' '}
            {now < Date.parse(harmAt) ? `${spanText(Date.parse(harmAt) - now)} before the harm` : harm}
          </span>
        )}
      </p>
      {firstTurn === null || Date.parse(firstTurn.at) > now ? null : (
        <p className="live">
          A different course was demanded at {momentText(Date.parse(firstTurn.at))}
          {harmAt === null ? '' : `, ${spanText(Date.parse(harmAt) - Date.parse(firstTurn.at))} before the harm`}
        </p>
      )}
    </header>
  );
}
