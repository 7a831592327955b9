import { britishClockAt, readBritishClock } from '../../room/british-time.ts';
import type { Room } from '../../room/room.ts';
import type { Identity, Role } from '../../room/subject.ts';
import { commandSchemas } from '../../room/vocabulary.ts';
import { elementsOf } from './elements.ts';
import type { Field } from './fields.ts';
import { fieldsOf, spokenField, typedCommands } from './fields.ts';
import { identityOf } from './identity.ts';
import type { Positions } from '../../views/unit-suggestions.ts';
import type { Choice } from './things.ts';
import { choicesOf } from './things.ts';

/** What the person at the console has before them: it fills fields that the line leaves out. */
export type Held = Readonly<Record<string, string | undefined>>;

/** What is before whoever types. */
export interface Sight {
  readonly room: Room;
  /** Fills what the line leaves out. */
  readonly held: Held;
  /** The commands that this desk uses most. */
  readonly common: readonly string[];
  readonly positions: Positions;
}

/** A line on its way to a command. */
export interface Draft {
  /** The command that the line begins; null while it may still be several. */
  readonly type: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  /** Needed fields that nothing fills yet. */
  readonly missing: readonly Field[];
  /** What the line's last word could become, the likeliest first. */
  readonly completions: readonly Completion[];
  /** What is wrong with what was typed, in words. */
  readonly faults: readonly string[];
}

/** One way in which the word that is being typed goes on. */
export interface Completion {
  /** The whole line as it would then be. */
  readonly line: string;
  readonly value: string;
  readonly says: string;
}

const completionsMost = 8;

/** The words of a command's name: `SetGrade` is set, grade. */
function humps(type: string): readonly string[] {
  return type.split(/(?=[A-Z])/).map((one) => one.toLowerCase());
}

/**
 * Whether letters stand for a command: the beginnings of its words, one after the other, each at least a letter, the
 * first always. `sg`, `setg` and `grade` are SetGrade.
 */
export function stands(letters: string, type: string): boolean {
  const words = humps(type);
  const typed = letters.toLowerCase();
  return words.some((_, from) => beginsAll(typed, words.slice(from))) && typed !== '';
}

function beginsAll(letters: string, [word, ...rest]: readonly string[]): boolean {
  if (letters === '') return true;
  if (word === undefined) return false;
  for (let taken = Math.min(word.length, letters.length); taken > 0; taken -= 1)
    if (word.startsWith(letters.slice(0, taken)) && beginsAll(letters.slice(taken), rest)) return true;
  return false;
}

/** How well letters stand for a command: by its first word, then by all of it, then by the fewest letters left. */
function rankOf(letters: string, type: string): number {
  const name = type.toLowerCase();
  if (name === letters) return 0;
  if (beginsAll(letters, humps(type))) return name.startsWith(letters) ? 1 : 2;
  return humps(type).includes(letters) ? 2.5 : 3;
}

/** The commands that letters may stand for, the likeliest first; `common` settles what is equally likely. */
export function commandsFor(letters: string, common: readonly string[]): readonly string[] {
  const typed = letters.toLowerCase();
  const place = (type: string): number => (common.includes(type) ? common.indexOf(type) : common.length);
  return typedCommands
    .filter((type) => stands(typed, type))
    .toSorted((a, b) => rankOf(typed, a) - rankOf(typed, b) || place(a) - place(b) || (a < b ? -1 : 1));
}

interface Reading {
  readonly room: Room;
  readonly type: string;
  readonly filled: Map<string, unknown>;
  readonly faults: string[];
}

/** Reads a line: a command, then in any order what it is about, then free text. */
export function readLine(line: string, { room, held, common, positions }: Sight): Draft {
  const [letters = '', ...typed] = line.trimStart().split(/\s+/);
  const isVerbOver = /^\s*\S+\s/.test(line);
  const meant = commandsFor(letters, common);
  const type = isVerbOver ? (meant[0] ?? null) : null;
  if (type === null)
    return {
      type: null,
      data: {},
      missing: [],
      completions: (letters === '' ? common : meant).slice(0, completionsMost).map(completionOfCommand),
      faults: isVerbOver || (letters !== '' && meant.length === 0) ? [`No command begins with “${letters}”.`] : [],
    };
  const reading: Reading = { room, type, filled: new Map(), faults: [] };
  const fields = fieldsOf(type);
  const rest = line.trimStart().slice(letters.length).trimStart();
  readRest(reading, fields, rest);
  fillHeld(reading, fields, held);
  fillRole(reading);
  const data = Object.fromEntries(reading.filled);
  const missing = fields.filter((one) => one.isNeeded && !reading.filled.has(one.name));
  const completions = completionsOf(reading, {
    fields,
    missing,
    positions,
    line,
    last: line.endsWith(' ') ? '' : (typed.at(-1) ?? ''),
  });
  return { type, data, missing, completions, faults: [...reading.faults, ...unfit(type, data, missing)] };
}

function completionOfCommand(type: string): Completion {
  const fields = fieldsOf(type).filter((one) => one.isNeeded);
  return { line: `${type} `, value: type, says: fields.map((one) => spokenField(one.name)).join(', ') };
}

/** Takes word after word for what the command is about; the first that is nothing of that begins the free text. */
function readRest(reading: Reading, fields: readonly Field[], rest: string): void {
  let left = rest;
  for (;;) {
    const [word = ''] = /^(?:[a-zA-Z]+="[^"]*"|\S*)/.exec(left) ?? [];
    if (word === '' || !takes(reading, fields, word)) break;
    left = left.slice(word.length).trimStart();
  }
  if (left === '') return;
  const free = fields.find(
    (one) => (isFree(reading, one) || shapes[one.name] !== undefined) && !reading.filled.has(one.name),
  );
  const shape = free === undefined ? undefined : shapes[free.name];
  const value = shape === undefined ? left : shape(left);
  if (free === undefined || value === null) reading.faults.push(`“${left}” is nothing that this command takes.`);
  else reading.filled.set(free.name, free.isList ? [value] : value);
}

/** What is made of several parts, and is typed as people write it. */
const shapes: Readonly<Record<string, (typed: string) => unknown>> = { identity: identityOf, elements: elementsOf };

function isFree({ room, type }: Reading, field: Field): boolean {
  return (field.kind === 'words' || field.kind === 'line') && choicesOf(room, type, field) === null;
}

/**
 * Puts a word where it belongs, by its name (`source=radio`, `reason="no unit is free"`) or by what it is; false where
 * it is neither.
 */
function takes(reading: Reading, fields: readonly Field[], word: string): boolean {
  const { room, type, filled } = reading;
  const [, name, quoted, bare = ''] = /^([a-zA-Z]+)=(?:"([^"]*)"|(.*))$/.exec(word) ?? [];
  const field = fields.find((one) => one.name.toLowerCase() === name?.toLowerCase());
  if (field !== undefined) {
    const said = quoted ?? bare;
    put(filled, field, valueOf(room, type, field, said) ?? shapes[field.name]?.(said) ?? said);
    return true;
  }
  for (const one of fields) {
    if (filled.has(one.name) && !one.isList) continue;
    if (!one.isNeeded && one.kind !== 'id') continue;
    if (isFree(reading, one) || one.kind === 'number' || one.kind === 'shape') continue;
    const value = valueOf(room, type, one, word);
    if (value === null) continue;
    put(filled, one, value);
    return true;
  }
  return false;
}

function put(filled: Map<string, unknown>, field: Field, value: unknown): void {
  const before = filled.get(field.name);
  filled.set(field.name, field.isList ? [...(Array.isArray(before) ? (before as unknown[]) : []), value] : value);
}

/** What a word stands for in a field: the very thing, or the only one that begins with it; null for neither. */
function valueOf(room: Room, type: string, field: Field, word: string): unknown {
  const typed = word.toLowerCase();
  if (field.kind === 'flag') return flagOf(typed);
  if (field.kind === 'instant') return spanOf(typed, room.now) ?? clockOf(typed, room.now);
  if (field.kind === 'span') return spanOf(typed, 0);
  if (field.kind === 'number') return /^-?\d+(?:\.\d+)?$/.test(typed) ? Number(typed) : null;
  const choices = choicesOf(room, type, field);
  const begun = choices?.filter(({ value }) => value.startsWith(typed)) ?? [];
  const meant = begun.find(({ value }) => value === typed) ?? (begun.length === 1 ? begun[0] : undefined);
  if (meant === undefined) return null;
  if (field.kind !== 'owner') return meant.value;
  return room.staff.has(meant.value) ? { staff: meant.value } : { role: meant.value };
}

function flagOf(typed: string): boolean | null {
  if (['yes', 'y', 'true'].includes(typed)) return true;
  return ['no', 'n', 'false'].includes(typed) ? false : null;
}

const unitMs: Readonly<Record<string, number>> = { m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** `30m`, `2h`, `3d`: so long after this. */
function spanOf(typed: string, after: number): number | null {
  const [, figure, unit] = /^\+?(\d{1,4})(m|min|h|d)$/.exec(typed) ?? [];
  if (figure === undefined || unit === undefined) return null;
  return after + Number(figure) * (unitMs[unit] ?? 0);
}

/** `14:30`: when British clocks show it next; or an instant as the interface writes it, `2026-02-03T21:04:30Z`. */
function clockOf(typed: string, now: number): number | null {
  if (/^\d{4}-\d{2}-\d{2}t\d{2}:\d{2}(?::\d{2}(?:\.\d{3})?)?z$/.test(typed)) {
    const at = Date.parse(typed.toUpperCase());
    return Number.isNaN(at) ? null : at;
  }
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(typed) ?? [];
  if (hour === undefined) return null;
  const shown = [now, now + (unitMs['d'] ?? 0)].map((day) =>
    readBritishClock({ ...britishClockAt(day), hour: Number(hour), minute: Number(minute), second: 0, millisecond: 0 }),
  );
  const instants = shown.flatMap((one) =>
    one.kind === 'once' ? [one.instant] : one.kind === 'repeated' ? [one.bst, one.gmt] : [],
  );
  return instants.find((one) => one > now) ?? null;
}

/** Fields that the line leaves out, from what the person has before them. */
function fillHeld({ filled }: Reading, fields: readonly Field[], held: Held): void {
  const isPlaced = ['incident', 'contact'].some((one) => filled.has(one));
  for (const { name, isList, isNeeded, kind } of fields) {
    const value = held[name];
    if (value === undefined || filled.has(name) || kind !== 'id') continue;
    if (!isNeeded && (isPlaced || !['incident', 'contact'].includes(name))) continue;
    filled.set(name, isList ? [value] : value);
  }
}

/** What an address or a number most often is to whoever names it; of a person nobody can know. */
const usualRole: Readonly<Record<string, Role>> = { place: 'scene', phone: 'used' };

function fillRole({ type, filled }: Reading): void {
  const { kind = '' } = (filled.get('identity') ?? {}) as Partial<Identity>;
  const role = usualRole[kind];
  if (type === 'Mention' && !filled.has('role') && role !== undefined) filled.set('role', role);
}

/** What the room's own schema says against what was filled in, of what was filled in alone. */
function unfit(type: string, data: Readonly<Record<string, unknown>>, missing: readonly Field[]): readonly string[] {
  const left = new Set(missing.map((one) => one.name));
  const read = commandSchemas.get(type)?.safeParse(data);
  if (read === undefined || read.success) return [];
  return read.error.issues
    .filter(({ path }) => path.length > 0 && !left.has(String(path[0])) && String(path[0]) in data)
    .map(({ path, message }) => `${spokenField(String(path[0]))}: ${message}`);
}

interface Going {
  readonly fields: readonly Field[];
  readonly missing: readonly Field[];
  readonly positions: Positions;
  readonly line: string;
  readonly last: string;
}

/** How the last word could go on: as anything that a field which is still open can hold. */
function completionsOf(
  { room, type, filled }: Reading,
  { fields, missing, positions, line, last }: Going,
): readonly Completion[] {
  const toward = { filled, positions };
  const before = line.slice(0, line.length - last.length);
  const typed = last.toLowerCase();
  const isOpen = (one: Field): boolean => missing.includes(one) || (last !== '' && filled.get(one.name) === typed);
  const offered: Completion[] = [];
  for (const field of fields.filter(isOpen)) {
    const choices = choicesOf(room, type, field, toward) ?? [];
    for (const one of choices.filter((choice) => fits(choice, typed)).toSorted(byStart(typed)))
      offered.push({
        line: `${before}${one.value} `,
        value: one.value,
        says: `${spokenField(field.name)}: ${one.says}`,
      });
  }
  const isWhole = offered.length === 1 && offered[0]?.value === typed;
  return isWhole ? [] : offered.slice(0, completionsMost);
}

function fits({ value, says }: Choice, typed: string): boolean {
  return value.includes(typed) || (typed.length > 1 && says.toLowerCase().includes(typed));
}

/** What begins with the word before what only holds it; otherwise in the order of the room. */
function byStart(typed: string): (a: Choice, b: Choice) => number {
  return (a, b) => Number(b.value.startsWith(typed)) - Number(a.value.startsWith(typed));
}
