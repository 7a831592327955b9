import type { Level } from '../../src/room/duty.ts';
import type { Words } from '../../src/views/words.ts';
import { say } from '../../src/views/words.ts';
import { formatLocal } from '../../src/room/british-time.ts';
import type { Naive } from './naive.ts';
import { naiveRules } from './naive.ts';
import type { Spoken, Tally } from './tally.ts';
import { deskRoles, timeOf, windowMs } from './tally.ts';
import { shareOf } from '../../src/linkage/wilson.ts';
import type { Share } from '../../src/linkage/wilson.ts';

const hourMs = 3_600_000;
/** More alarms than this to one person in ten minutes is a flood. */
const flood = 10;

/** What one safeguard did, per hundred contacts. */
export interface Row {
  readonly safeguard: string;
  readonly notes: number;
  readonly floors: number;
  readonly prompts: number;
  readonly alarms: number;
  readonly rungs: number;
  readonly refusals: number;
  /** Of the prompts and alarms whose time came: how many were met by then. */
  readonly inTime: Share;
}

/** What the people of one role had to hear. */
export interface Desk {
  readonly role: string;
  readonly hours: number;
  readonly interruptionsAnHour: number;
  readonly alarmsAnHour: number;
  /** Alarms to one person in ten minutes, on average. */
  readonly alarmsAWindow: number;
  readonly floods: Share;
  readonly most: number;
}

export interface Burden {
  readonly contacts: number;
  readonly hours: number;
  readonly notes: number;
  readonly prompts: number;
  readonly alarms: number;
  readonly rungs: number;
  /** Prompts and alarms, each rung counted. */
  readonly interruptions: number;
  readonly refusals: number;
  readonly floors: number;
  readonly refusedShare: Share;
  readonly promptsInTime: Share;
  readonly alarmsInTime: Share;
  readonly rows: readonly Row[];
  readonly desks: readonly Desk[];
  readonly everybody: Desk;
  /** Of each safeguard that interrupts, some of what it said, evenly spread over the time. */
  readonly samples: Readonly<Record<string, readonly string[]>>;
  readonly worstHour: { readonly from: string; readonly lines: readonly string[]; readonly contacts: number };
}

function countBy<T>(list: readonly T[], key: (one: T) => string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of list) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return counts;
}

/** Of the duties of a level that spoke and whose time came, how many were met by then. */
function inTime(tally: Tally, level: Level | null, safeguard: string | null): Share {
  const until = tally.lastAt ?? 0;
  const due = [...tally.duties.values()].filter(
    (one) =>
      one.raisedAt !== null &&
      timeOf(one) !== null &&
      (one.metAt !== null || (timeOf(one) ?? 0) <= until) &&
      (level === null || one.level === level) &&
      (safeguard === null || one.safeguard === safeguard),
  );
  return shareOf(due.filter((one) => one.metAt !== null && one.metAt <= (timeOf(one) ?? 0)).length, due.length);
}

function rowsOf(tally: Tally): readonly Row[] {
  const names = new Set([...tally.spoken, ...tally.quiet].map(({ safeguard }) => safeguard));
  const per = 100 / Math.max(1, tally.contacts.size);
  return [...names]
    .map((safeguard): Row => {
      const spoken = tally.spoken.filter((one) => one.safeguard === safeguard);
      const quiet = countBy(
        tally.quiet.filter((one) => one.safeguard === safeguard),
        ({ kind }) => kind,
      );
      const raised = (level: Level): number =>
        spoken.filter((one) => one.kind === 'raised' && one.level === level).length * per;
      return {
        safeguard,
        notes: (quiet.get('note') ?? 0) * per,
        floors: (quiet.get('floor') ?? 0) * per,
        prompts: raised('prompt'),
        alarms: raised('alarm'),
        rungs: spoken.filter(({ kind }) => kind === 'rung').length * per,
        refusals: (quiet.get('refusal') ?? 0) * per,
        inTime: inTime(tally, null, safeguard),
      };
    })
    .toSorted((a, b) => b.prompts + b.alarms + b.rungs - (a.prompts + a.alarms + a.rungs));
}

/** A prompt in a role's queue is taken by one of its people; an alarm sounds at the desk of each. */
function weightOf({ level, isOfRole, told }: Spoken): number {
  return level === 'prompt' && isOfRole ? 1 / Math.max(1, told.length) : 1;
}

function desksOf(tally: Tally): readonly Desk[] {
  const alarms = new Map<string, number>();
  const heard = new Map<string, number>();
  for (const one of tally.spoken)
    for (const person of one.told) {
      const role = roleOf(person);
      heard.set(role, (heard.get(role) ?? 0) + weightOf(one));
      if (one.level !== 'alarm') continue;
      const key = `${Math.floor(one.at / windowMs)} ${person}`;
      alarms.set(key, (alarms.get(key) ?? 0) + 1);
    }
  const windows = [...tally.windows].flatMap(([window, people]) =>
    [...people].map((person) => ({ role: roleOf(person), many: alarms.get(`${window} ${person}`) ?? 0 })),
  );
  const deskOf = (role: string): Desk => {
    const own = role === 'everybody' ? windows : windows.filter((one) => one.role === role);
    const roles: readonly string[] = role === 'everybody' ? deskRoles : [role];
    const hours = roles.reduce((sum, one) => sum + (tally.deskMs.get(one) ?? 0), 0) / hourMs;
    const all = own.reduce((sum, { many }) => sum + many, 0);
    return {
      role,
      hours,
      interruptionsAnHour: roles.reduce((sum, one) => sum + (heard.get(one) ?? 0), 0) / hours,
      alarmsAnHour: all / hours,
      alarmsAWindow: all / Math.max(1, own.length),
      floods: shareOf(own.filter(({ many }) => many > flood).length, own.length),
      most: own.reduce((most, { many }) => Math.max(most, many), 0),
    };
  };
  return [...deskRoles, 'everybody'].map(deskOf);
}

/** The role in the id of an invented member of staff. */
function roleOf(person: string): string {
  return person.replace(/-\d+$/, '');
}

const samplesMost = 30;

function lineOf(one: Spoken, words: Words): string {
  const what = one.kind === 'rung' ? `${one.level} climbs to ${one.to}` : `${one.level} to ${one.to}`;
  const says = say(words, one.safeguard, one.why);
  return `${formatLocal(one.at).slice(11)} ${one.about} [${one.safeguard}, ${what}] ${says}`;
}

function samplesOf(tally: Tally, words: Words): Burden['samples'] {
  const samples: Record<string, readonly string[]> = {};
  for (const safeguard of new Set(tally.spoken.map((one) => one.safeguard))) {
    const own = tally.spoken.filter((one) => one.safeguard === safeguard && one.kind === 'raised');
    const every = Math.max(1, Math.floor(own.length / samplesMost));
    samples[safeguard] = own.filter((_, place) => place % every === 0).map((one) => lineOf(one, words));
  }
  return samples;
}

/** The hour in which most alarms sounded, as a supervisor would have read it. */
function worstHourOf(tally: Tally, words: Words): Burden['worstHour'] {
  const alarms = tally.spoken.filter(({ level }) => level === 'alarm');
  const counts = countBy(alarms, ({ at }) => String(Math.floor(at / hourMs)));
  const [hour = '0'] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  const isIn = (at: number): boolean => Math.floor(at / hourMs) === Number(hour);
  const lines = tally.spoken.filter(({ at }) => isIn(at)).map((one) => lineOf(one, words));
  const contacts = [...tally.contacts.values()].filter(isIn).length;
  return { from: formatLocal(Number(hour) * hourMs), lines, contacts };
}

/** The burden that a tally comes to. */
export function burdenOf(tally: Tally, words: Words, hours: number): Burden {
  const raised = tally.spoken.filter(({ kind }) => kind === 'raised');
  const quiet = countBy(tally.quiet, ({ kind }) => kind);
  const desks = desksOf(tally);
  const everybody = desks.at(-1);
  if (everybody === undefined) throw new Error('a room has desks');
  return {
    contacts: tally.contacts.size,
    hours,
    notes: quiet.get('note') ?? 0,
    prompts: raised.filter(({ level }) => level === 'prompt').length,
    alarms: raised.filter(({ level }) => level === 'alarm').length,
    rungs: tally.spoken.length - raised.length,
    interruptions: tally.spoken.length,
    refusals: quiet.get('refusal') ?? 0,
    floors: quiet.get('floor') ?? 0,
    refusedShare: shareOf(tally.refused, tally.commands),
    promptsInTime: inTime(tally, 'prompt', null),
    alarmsInTime: inTime(tally, 'alarm', null),
    rows: rowsOf(tally),
    desks: desks.slice(0, -1),
    everybody,
    samples: samplesOf(tally, words),
    worstHour: worstHourOf(tally, words),
  };
}

/** How often each of the naive rules spoke. */
export function naiveCounts(naive: Naive): Readonly<Record<string, number>> {
  return Object.fromEntries(naiveRules.map((rule) => [rule, naive.warnings.filter((one) => one.rule === rule).length]));
}
