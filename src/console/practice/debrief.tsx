import { useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { StoredEvent } from '../../room/define.ts';
import type { Debrief, DebriefDuty } from '../../views/debrief.ts';
import { debriefOf } from '../../views/debrief.ts';
import { spanText } from '../../views/time-text.ts';
import { ask } from '../browser/ask.ts';
import { spoken } from '../command/fields.ts';
import { useDesk } from '../desk-state.tsx';
import { Time } from '../parts/time.tsx';
import type { PlayedReport } from '../../views/played-report.ts';
import { Banner } from '../sign-in.tsx';
import type { Practice } from '../browser/begin-practice.ts';
import { leave } from '../browser/begin-practice.ts';
import type { Script } from './script.ts';
import { partsOf } from './script.ts';

interface Told {
  /** What was really done, and what Heed demanded of it. */
  readonly real: PlayedReport;
  readonly debrief: Debrief;
}

const pageEvents = 5_000;
const waitMs = 60_000;

interface DebriefProps {
  readonly practice: Practice;
  readonly script: Script;
  readonly endedAt: number;
}

/** What whoever practised was shown and did, beside what was done in the case, and what Heed demanded of both. */
export function DebriefPage({ practice, script, endedAt }: DebriefProps): ReactNode {
  const { words, banner } = useDesk();
  const [told, setTold] = useState<Told | null>(null);
  const [fault, setFault] = useState('');
  const role = useMemo(
    () => partsOf(script).find((one) => one.staff === practice.staff)?.role ?? '',
    [script, practice.staff],
  );
  useEffect(() => {
    Promise.all([
      ask<{ readonly report: PlayedReport }>(`/cases/${encodeURIComponent(practice.name)}`, undefined, waitMs),
      logOf(practice.room),
    ])
      .then(([{ report }, events]) =>
        setTold({ real: report, debrief: debriefOf(events, { staff: practice.staff, role, endedAt, words }) }),
      )
      .catch((error: Error) => setFault(error.message));
  }, [practice, role, endedAt, words]);
  return (
    <>
      {banner === null ? null : <Banner text={banner} />}
      <main className="debrief">
        <header>
          <h1>Debrief: {told?.real.title ?? practice.name.replaceAll('-', ' ')}</h1>
          <p>
            You were {practice.staff}.{' '}
            <button type="button" onClick={() => void leave(practice)}>
              Back to the cases
            </button>
          </p>
        </header>
        {fault === '' ? null : <p role="alert">{fault}</p>}
        {told === null ? (
          <p role="status">Reading what you were shown and did…</p>
        ) : (
          <Whole told={told} staff={practice.staff} role={role} />
        )}
      </main>
    </>
  );
}

async function logOf(room: string): Promise<readonly StoredEvent[]> {
  const all: StoredEvent[] = [];
  for (;;) {
    const path = `/replays/${encodeURIComponent(room)}/events?after=${all.length}&limit=${pageEvents}`;
    const { events } = await ask<{ readonly events: readonly StoredEvent[] }>(path, undefined, waitMs);
    all.push(...events);
    if (events.length < pageEvents) return all;
  }
}

interface WholeProps {
  readonly told: Told;
  readonly staff: string;
  readonly role: string;
}

function Whole({ told: { real, debrief }, staff, role }: WholeProps): ReactNode {
  const { duties, acts } = debrief;
  const missed = duties.filter((one) => one.end === 'missed').length;
  const late = duties.filter((one) => one.end === 'late').length;
  const refused = acts.filter((one) => one.refused !== null).length;
  return (
    <>
      <p>
        Heed demanded {count(duties.length, 'thing')} of you: {missed} missed, {late} late. You did{' '}
        {count(acts.length - refused, 'thing')}; {count(refused, 'command')} refused.
        {real.harm === null ? null : ` In the case: ${real.harm}.`}
        {real.firstTurn === null ? null : ` There Heed first demanded another course: ${real.firstTurn.why}`}
      </p>
      <section className="panel" tabIndex={0} aria-label="What you were shown">
        <h2>What you were shown, and when it was met</h2>
        {duties.length === 0 ? <p className="soft">Nothing was demanded of you.</p> : null}
        <ol>
          {duties.map((one) => (
            <li key={one.duty} className={one.end === 'missed' ? 'alarm-row' : undefined}>
              <Time at={one.shownAt} /> <b>{one.safeguard.replaceAll('-', ' ')}</b> <span>{endOf(one, staff)}</span>
              <p>{one.says}</p>
            </li>
          ))}
        </ol>
      </section>
      <section className="panel" tabIndex={0} aria-label="What you did">
        <h2>What you did</h2>
        {acts.length === 0 ? <p className="soft">You did nothing.</p> : null}
        <ol>
          {acts.map((one, place) => (
            <li key={`${one.at} ${place}`}>
              <Time at={one.at} /> {one.did.map((type) => spoken(type)).join(', ')}
              {one.refused === null ? null : (
                <>
                  <b className="alarm">refused: {spoken(one.refused.command)}</b>
                  <p>{one.refused.says}</p>
                </>
              )}
            </li>
          ))}
        </ol>
      </section>
      <section className="panel" tabIndex={0} aria-label="What was done in the case">
        <h2>In the case: what {staff} did, and what Heed said</h2>
        <ol>
          {realLines(real, staff, role).map((one, place) => (
            <li key={`${one.at} ${place}`}>
              <Time at={one.at} /> {one.did} {one.note === null ? null : <span className="soft">{one.note}</span>}
              {one.heed === null ? null : <b className="alarm"> {one.heed}</b>}
              {one.says === null ? null : <p>{one.says}</p>}
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

interface RealLine {
  readonly at: number;
  readonly did: string;
  readonly note: string | null;
  readonly heed: string | null;
  readonly says: string | null;
}

/** What the person of the case did, and what Heed demanded of them, in the order in which it was. */
function realLines(real: PlayedReport, staff: string, role: string): readonly RealLine[] {
  const acts = real.acts
    .filter((one) => one.by === staff)
    .map(({ at, command, note, outcome, says }): RealLine => {
      const heed = outcome === 'done' ? null : outcome;
      return { at: Date.parse(at), did: spoken(command), note, heed, says: heed === null ? null : says };
    });
  const duties = real.duties
    .filter((one) => one.owner === staff || one.owner === role)
    .map(({ raisedAt, safeguard, metAt, why }): RealLine => {
      const spanned =
        metAt === null ? 'and nobody did it' : `met after ${spanText(Date.parse(metAt) - Date.parse(raisedAt))}`;
      return {
        at: Date.parse(raisedAt),
        did: safeguard.replaceAll('-', ' '),
        note: spanned,
        heed: 'demanded',
        says: why[0] ?? null,
      };
    });
  return [...acts, ...duties].toSorted((a, b) => a.at - b.at);
}

function count(number: number, of: string): string {
  return `${number} ${of}${number === 1 ? '' : 's'}`;
}

/** How a duty ended, in words; never by colour alone. */
function endOf({ end, shownAt, dueAt, metAt, metBy, climbed, level }: DebriefDuty, staff: string): string {
  const came = climbed ? ` It climbed to you: whoever it was for had not done it.` : '';
  const by = metBy === staff ? 'by you' : metBy === null ? '' : `by ${metBy}`;
  const how =
    metAt === null
      ? end === 'missed'
        ? `MISSED: nobody met it by ${spanText(dueAt - shownAt)} after you saw it`
        : 'still open at the end, and not yet due'
      : `met ${end} ${by}, ${spanText(metAt - shownAt)} after you saw it`;
  return `${level === 'alarm' ? '▲ ' : ''}${how}.${came}`;
}
