import type { CommandData } from '../room/vocabulary.ts';
import type { Identity, Role } from '../room/subject.ts';
import type { Item } from '../sources/items.ts';
import { wellFormed } from '../sources/keys.ts';
import type { Remark } from '../sources/mapped-record.ts';
import { namedBy, textIn, wordsIn } from '../sources/mapped-record.ts';
import { readTime } from '../sources/written-time.ts';
import type { AuditMapping, Coded, StepKind } from './mapping.ts';

/** Somebody or something that a row names. */
export interface Named {
  readonly role: Role;
  readonly identity: Identity;
}

/** What a row says beside its steps. Null: it says nothing of that. */
export interface RowFacts {
  readonly channel: CommandData<'PresentContact'>['channel'] | null;
  readonly grade: string | null;
  readonly kinds: CommandData<'OpenIncident'>['kinds'];
  readonly ending: CommandData<'EndContact'>['ending'] | null;
  readonly closing: string | null;
  readonly telling: CommandData<'TellCaller'>['telling'] | null;
  readonly callback: CommandData<'RecordCallback'>['result'] | null;
  readonly outcome: CommandData<'RecordResult'>['outcome'] | null;
  readonly summary: string;
  readonly text: string;
  readonly unit: string;
  readonly desk: string;
  readonly names: readonly Named[];
}

/** One thing that a row tells of, at its time. */
export interface Step {
  readonly at: number;
  readonly kind: StepKind;
  /** What the export calls the incident. */
  readonly ref: string;
  /** The line on which the row begins. */
  readonly line: number;
  readonly facts: RowFacts;
}

/** The steps of a row with what had to be left out of it; or why it tells nothing. */
export type ReadRow =
  | { readonly ok: true; readonly steps: readonly Step[]; readonly remarks: readonly Remark[] }
  | { readonly ok: false; readonly remark: Remark };

type Tell = (field: string, reason: string) => void;

const refMax = 200;
const summaryMax = 300;
const textMax = 20_000;
/** Two times of one row further apart than this are a mistake in one of them. */
const spanMax = 366 * 86_400_000;

/** Reads one row of an export by its mapping. Reasons never repeat what the row holds. */
export function readRow(item: Item, at: number, mapping: AuditMapping): ReadRow {
  const remarks: Remark[] = [];
  const tell: Tell = (field, reason) => remarks.push({ field, reason });
  const reader = { item, empty: mapping.empty, tell };
  const ref = mapping.incident === undefined ? `row ${at}` : wordsIn(reader, 'incident', mapping.incident);
  const timed = timesIn(item, mapping, tell);
  if (!timed.ok) return timed;
  if (timed.steps.length === 0) return { ok: true, steps: [], remarks };
  if (ref === '') return rejected('incident', 'expected what the incident is called; found nothing');
  if (ref.length > refMax) return rejected('incident', `expected at most ${refMax} characters`);
  const [first] = timed.steps;
  if (timed.steps.some((one) => Math.abs(one.at - (first?.at ?? 0)) > spanMax))
    return rejected('steps', 'expected times of one row within a year of each other');
  const facts = factsIn(item, mapping, tell);
  const name = shown(ref);
  const steps = timed.steps.map(({ at: when, kind }): Step => ({ at: when, kind, ref: name, line: at, facts }));
  return { ok: true, steps, remarks };
}

function rejected(field: string, reason: string): { readonly ok: false; readonly remark: Remark } {
  return { ok: false, remark: { field, reason } };
}

/** A text that the room can hold: half characters and NUL as U+FFFD. */
function shown(text: string): string {
  return wellFormed(text).trim();
}

interface Timed {
  readonly ok: true;
  readonly steps: readonly { readonly at: number; readonly kind: StepKind }[];
}

/** The steps of a row in the order of their times; the first time must be there, and each must be one. */
function timesIn(item: Item, mapping: AuditMapping, tell: Tell): Timed | ReturnType<typeof rejected> {
  const reader = { item, empty: mapping.empty, tell };
  const { steps, times } = mapping;
  if (!Array.isArray(steps)) {
    const code = textIn(reader, 'steps.column', steps.column);
    const kind = Object.hasOwn(steps.codes, code) ? steps.codes[code] : undefined;
    if (kind === undefined)
      return rejected('steps.column', `expected a code of the table; found ${code === '' ? 'nothing' : 'another'}`);
    if (kind === 'nothing') return { ok: true, steps: [] };
    const time = readTime(textIn(reader, 'steps.time', steps.time), times);
    return time.ok ? { ok: true, steps: [{ at: time.instant, kind }] } : rejected('steps.time', time.reason);
  }
  const found: { at: number; kind: StepKind }[] = [];
  for (const [place, { step, time, when }] of steps.entries()) {
    if (step === 'nothing') continue;
    if (when !== undefined && !when.is.includes(textIn(reader, `steps[${place}].when`, when.column))) continue;
    const written = textIn(reader, `steps[${place}].time`, time);
    if (written === '' && place > 0) continue;
    const read = readTime(written, times);
    if (read.ok) found.push({ at: read.instant, kind: step });
    else if (found.length === 0) return rejected(`steps[${place}].time`, read.reason);
    else tell(`steps[${place}].time`, `left out: ${read.reason}`);
  }
  return { ok: true, steps: found.toSorted((a, b) => a.at - b.at) };
}

function factsIn(item: Item, mapping: AuditMapping, tell: Tell): RowFacts {
  const reader = { item, empty: mapping.empty, tell };
  const value = <T>(field: string, from: Coded<T> | undefined): T | null => codedIn(reader, field, from);
  const words = (field: 'summary' | 'text' | 'unit' | 'desk', most: number): string => {
    const from = mapping[field];
    if (from === undefined) return '';
    const text = shown(wordsIn(reader, field, from));
    if (text.length > most) tell(field, `cut: it has ${text.length} characters, and ${most} are read`);
    return text.slice(0, most).trimEnd();
  };
  return {
    channel: value('channel', mapping.channel),
    grade: value('grade', mapping.grade),
    kinds: value('kinds', mapping.kinds) ?? [],
    ending: value('ending', mapping.ending),
    closing: value('closing', mapping.closing),
    telling: value('telling', mapping.telling),
    callback: value('callback', mapping.callback),
    outcome: value('outcome', mapping.outcome),
    summary: words('summary', summaryMax),
    text: words('text', textMax),
    unit: words('unit', 60),
    desk: words('desk', 60),
    names: mapping.names.flatMap(({ role, of }, place) =>
      namedBy(reader, of, `names[${place}].of`).map((identity): Named => ({ role, identity })),
    ),
  };
}

function codedIn<T>(reader: Parameters<typeof textIn>[0], field: string, from: Coded<T> | undefined): T | null {
  if (from === undefined) return null;
  if ('is' in from) return from.is;
  const code = textIn(reader, field, from.column);
  if (code === '') return null;
  if (Object.hasOwn(from.codes, code)) return from.codes[code] ?? null;
  const { otherwise } = from as { readonly otherwise?: T };
  if (otherwise !== undefined) return otherwise;
  reader.tell(field, 'left out: a code that the table does not have');
  return null;
}
