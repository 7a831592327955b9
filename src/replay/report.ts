import { formatInstant, formatLocal } from '../room/british-time.ts';
import type { StoredEvent } from '../room/define.ts';
import type { Ask, Why } from '../room/duty.ts';
import type { EventBy, EventType } from '../room/vocabulary.ts';
import type { Words } from '../views/words.ts';
import { say } from '../views/words.ts';
import type { PlayedReport, ReportedAct, ReportedDuty } from '../views/played-report.ts';
import type { CaseFile } from './case-file.ts';
import type { Checked } from './expectations.ts';
import type { Played } from './player.ts';
import type { Turn } from './turn.ts';

export interface ReportedGate {
  readonly safeguard: string;
  readonly why: string;
  readonly asks: readonly string[];
}

/** The report of one case; its JSON form is stable and documented in docs/case-files.md. */
export interface Report extends PlayedReport {
  readonly case: string;
  readonly policy: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly floors: readonly {
    readonly incident: string;
    readonly safeguard: string;
    readonly band: string;
    readonly at: string;
    readonly liftedAt: string | null;
    readonly why: string;
  }[];
  readonly refusals: readonly {
    readonly at: string;
    readonly command: string;
    readonly gates: readonly ReportedGate[];
  }[];
  readonly notes: readonly {
    readonly safeguard: string;
    readonly about: string;
    readonly at: string;
    readonly why: string;
  }[];
  readonly assumptions: readonly string[];
  readonly expectations: readonly Checked[];
  readonly variants: readonly {
    readonly name: string;
    readonly says: string;
    readonly expectations: readonly Checked[];
  }[];
}

/** The words of an ask: the command, and what is already known of it. */
export function askWords({ command, with: known }: Ask): string {
  const rest = Object.entries(known).map(([key, value]) => `${key} ${value}`);
  return rest.length === 0 ? command : `${command} (${rest.join(', ')})`;
}

/** The reason in words, with what was said at the events it rests on. */
export function whyWords(
  words: Words,
  safeguard: string,
  reason: { readonly why: Why; readonly events: readonly StoredEvent[] },
): string {
  const evidence = reason.why.seqs.map((seq) => quoteOf(reason.events[seq - 1])).filter((one) => one !== null);
  const says = say(words, safeguard, reason.why);
  const fresh = [...new Set(evidence)].filter(
    (one) => !says.includes(one.slice(one.indexOf('“') + 1, -1).slice(0, 40)),
  );
  return fresh.length === 0 ? says : `${says} ${fresh.slice(0, 6).join('; ')}`;
}

function quoteOf(event: StoredEvent | undefined): string | null {
  const body = event?.body as Readonly<Record<string, unknown>> | null | undefined;
  const text = body?.['words'] ?? body?.['text'];
  if (event === undefined || typeof text !== 'string') return null;
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  return `${formatLocal(event.at).slice(11, 16)} “${shortened(flat)}”`;
}

const quotedMax = 100;

/** A text cut short; never in the middle of a character that takes two code units. */
function shortened(text: string): string {
  if (text.length <= quotedMax) return text;
  const cut = /[\uD800-\uDBFF]/.test(text.charAt(quotedMax - 2)) ? quotedMax - 2 : quotedMax - 1;
  return `${text.slice(0, cut)}…`;
}

interface Reading {
  readonly played: Played;
  readonly words: Words;
}

/** The events of one type; a play erases nothing, so each has its body. */
function ofType<T extends EventType>(events: readonly StoredEvent[], type: T): readonly EventBy<T>[] {
  return events.filter((event) => event.type === type) as unknown as readonly EventBy<T>[];
}

/** Every duty that spoke, in the order in which they first did. */
export function reportedDuties({ played, words }: Reading): readonly ReportedDuty[] {
  const byDuty = new Map<string, StoredEvent[]>();
  for (const event of played.events) {
    const duty = event.ids['duty'];
    if (duty === undefined) continue;
    const held = byDuty.get(duty);
    if (held === undefined) byDuty.set(duty, [event]);
    else held.push(event);
  }
  const all = [...byDuty.values()].map((history) => reportedDuty(history, played, words)).filter((one) => one !== null);
  return all.toSorted((a, b) => (a.raisedAt < b.raisedAt ? -1 : Number(a.raisedAt > b.raisedAt)));
}

function reportedDuty(history: readonly StoredEvent[], played: Played, words: Words): ReportedDuty | null {
  const [opened] = ofType(history, 'DutyOpened');
  if (opened === undefined) return null;
  const { body } = opened;
  const joins = ofType(history, 'DutyJoined');
  const inWords = (why: Why): string => whyWords(words, body.safeguard, { why, events: played.events });
  const spoke = ofType(history, 'DutyRaised').map(({ at, seq, body: { level } }) => {
    const { why } = joins.findLast((one) => one.seq < seq)?.body ?? body;
    return { at: formatInstant(at), level, why: inWords(why) };
  });
  if (spoke[0] === undefined) return null;
  const joined = joins.map((event) => event.body);
  const [met] = ofType(history, 'DutyMet');
  const raising = joined.findLast((one) => one.level !== body.level);
  const reasons = [body.why, ...joined.map((one) => one.why)];
  return {
    safeguard: body.safeguard,
    about: body.about,
    owner: 'staff' in body.owner ? body.owner.staff : body.owner.role,
    level: spoke.some((one) => one.level === 'alarm') ? 'alarm' : 'prompt',
    raisedAt: spoke[0].at,
    dueAt: formatInstant((raising ?? body).dueAt),
    metAt: met === undefined ? null : formatInstant(met.at),
    why: [...new Set(reasons.map(inWords))],
    asks: (joined.at(-1) ?? body).asks.map(askWords),
    spoke,
    rungs: ofType(history, 'RungReached').map(({ at, body: { to, told, late } }) => ({
      to,
      told,
      at: formatInstant(at),
      late,
    })),
  };
}

function reportedActs({ played, words }: Reading): readonly ReportedAct[] {
  return played.acts.map(({ timed, outcome, gates, dependsOn }) => {
    const { act } = timed;
    const refusal = gates
      .map((gate) => `[${gate.safeguard}] ${whyWords(words, gate.safeguard, { why: gate.why, events: played.events })}`)
      .join(' ');
    return {
      at: formatInstant(timed.at),
      by: act.by ?? 'telephony',
      command: act.do,
      outcome,
      note: act.note ?? detailOf(act.with),
      says: refusal === '' ? null : refusal,
      dependsOn,
      isAssumed: timed.isAssumed,
    };
  });
}

/** What a command was about: the words in it or, lacking those, the things that it names. */
function detailOf(data: Readonly<Record<string, unknown>>): string | null {
  const said = data['words'] ?? data['text'] ?? data['reason'] ?? data['says'] ?? data['summary'];
  const named = Object.entries(data).filter(
    ([key, value]) => typeof value === 'string' && value !== said && key !== 'contact' && key !== 'incident',
  );
  const names = named.map(([key, value]) => `${key} ${String(value)}`).join(', ');
  if (typeof said === 'string') return data['grade'] === undefined ? said : `${names}: ${said}`;
  return names === '' ? null : names;
}

function reportedFloors({ played, words }: Reading): Report['floors'] {
  const lifts = ofType(played.events, 'FloorLifted');
  return ofType(played.events, 'FloorSet').map(({ seq, at, ids: { incident }, body: { safeguard, band, why } }) => {
    const lifted = lifts.find(
      (later) => later.seq > seq && later.ids.incident === incident && later.body.safeguard === safeguard,
    );
    return {
      incident,
      safeguard,
      band,
      at: formatInstant(at),
      liftedAt: lifted === undefined ? null : formatInstant(lifted.at),
      why: whyWords(words, safeguard, { why, events: played.events }),
    };
  });
}

/** A refusal is dated by when the room was asked, which is later than the act where that was recorded late. */
function reportedRefusals({ played, words }: Reading): Report['refusals'] {
  return ofType(played.events, 'CommandRefused').map(({ recordedAt, body: { command, gates } }) => ({
    at: formatInstant(recordedAt),
    command,
    gates: gates.map(({ safeguard, why, asks }) => ({
      safeguard,
      why: whyWords(words, safeguard, { why, events: played.events }),
      asks: asks.map(askWords),
    })),
  }));
}

function reportedNotes({ played, words }: Reading): Report['notes'] {
  return ofType(played.events, 'NoteAdded').map(({ at, body: { safeguard, about, why } }) => ({
    safeguard,
    about,
    at: formatInstant(at),
    why: whyWords(words, safeguard, { why, events: played.events }),
  }));
}

export interface Telling {
  readonly file: CaseFile;
  readonly policy: string;
  readonly words: Words;
  readonly harmAt: number | null;
  readonly turn: Turn | null;
  readonly expectations: readonly Checked[];
  readonly variants: Report['variants'];
}

/** The report of a played case. */
export function reportOf(played: Played, telling: Telling): Report {
  const { file, words, turn, harmAt } = telling;
  const reading = { played, words };
  return {
    case: file.case,
    title: file.title,
    policy: telling.policy,
    startedAt: formatInstant(played.startedAt),
    endedAt: formatInstant(played.endedAt),
    harmAt: harmAt === null ? null : formatInstant(harmAt),
    harm: file.harm?.says ?? null,
    acts: reportedActs(reading),
    duties: reportedDuties(reading),
    floors: reportedFloors(reading),
    refusals: reportedRefusals(reading),
    notes: reportedNotes(reading),
    firstTurn:
      turn === null
        ? null
        : {
            at: formatInstant(turn.at),
            safeguard: turn.safeguard,
            why: whyWords(words, turn.safeguard, { why: turn.why, events: played.events }),
            minutesBeforeHarm: { least: turn.leastMinutes, most: turn.mostMinutes },
          },
    assumptions: file.assumed,
    expectations: telling.expectations,
    variants: telling.variants,
  };
}
