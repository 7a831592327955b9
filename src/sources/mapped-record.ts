import { createHash } from 'node:crypto';
import type { Identity } from '../room/subject.ts';
import { identity } from '../room/subject.ts';
import type { Item } from './items.ts';
import { jsonItem } from './items.ts';
import { wellFormed } from './keys.ts';
import type { NamedMapping, RecordMapping } from './record-mapping.ts';
import { filled } from './record-mapping.ts';
import type { SourceRecord } from './source.ts';
import { readTime } from './written-time.ts';

/** Something of a record that could not be taken as it is: where, and why, without repeating it. */
export interface Remark {
  readonly field: string;
  readonly reason: string;
}

/** A record, with what had to be left out of it; or why there is none. */
export type Mapped =
  | { readonly ok: true; readonly record: SourceRecord; readonly remarks: readonly Remark[] }
  | { readonly ok: false; readonly remark: Remark };

/** How items of one source are read. */
export interface Mapping {
  readonly mapping: RecordMapping;
  /** Makes its ids ours alone. */
  readonly source: string;
  readonly now: number;
}

const namesMax = 20;
const signsMax = 20;
const saysMax = 2_000;
/** Items of one list, and values parted in one column; more than a record may name by far. */
const listMax = 200;
/** A clock a little ahead of ours is no mistake; a record of next year is. */
const aheadMs = 86_400_000;

type Words = string | readonly string[] | { readonly is: string };
type Tell = (field: string, reason: string) => void;

/** Reads the texts of one item. */
export interface Reader {
  readonly item: Item;
  readonly empty: readonly string[];
  readonly tell: Tell;
}

/** Turns one record of another system into one of ours, by its mapping. */
export function mappedRecord(item: Item, { mapping, source, now }: Mapping): Mapped {
  const remarks: Remark[] = [];
  const reader: Reader = {
    item,
    empty: mapping.empty,
    tell: (field, reason) => remarks.push({ field, reason }),
  };
  const key = wordsIn(reader, 'id', mapping.id);
  if (key === '') return rejected('id', 'expected an id; found nothing');
  const kind = kindOf(reader, mapping.kind);
  if (kind === null) return rejected('kind', 'expected a code of the table; found another, or nothing');
  const written = wordsIn(reader, 'when', mapping.when.from);
  const when = readTime(written, mapping.when);
  if (!when.ok) return rejected('when', `${when.reason}; found ${written === '' ? 'nothing' : 'something else'}`);
  if (when.instant > now + aheadMs) return rejected('when', 'expected a time that has come; found one in the future');
  const names = mapping.names.flatMap((one, at) => namedBy(reader, one, `names[${at}]`));
  if (names.length === 0) return rejected('names', 'expected somebody or something named; found nothing to look up');
  if (names.length > namesMax) reader.tell('names', `${names.length} are named, and ${namesMax} of them are kept`);
  const record: SourceRecord = {
    id: idOf(source, key),
    kind,
    when: when.instant,
    names: names.slice(0, namesMax),
    subjects: [],
    signs: signsOf(reader, mapping.signs),
    says: saysOf(reader, mapping.says, kind),
  };
  return { ok: true, record, remarks };
}

function rejected(field: string, reason: string): Mapped {
  return { ok: false, remark: { field, reason } };
}

/** An id that tells nothing of what the other system calls it. */
function idOf(source: string, key: string): string {
  return `r-${createHash('sha256').update(`${source}\0${key}`).digest('hex').slice(0, 40)}`;
}

/** The text of one column; nothing where it is empty, or stands for nothing. */
export function textIn(reader: Reader, field: string, column: string): string {
  const value = reader.item.value(column);
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return String(value);
  if (typeof value !== 'string') {
    reader.tell(field, 'expected a text; found a list or a group of fields');
    return '';
  }
  const trimmed = value.trim();
  return reader.empty.includes(trimmed) ? '' : trimmed;
}

/** The words of the columns named, with a space between them; nothing where all are empty. */
export function wordsIn(reader: Reader, field: string, from: Words | undefined): string {
  if (from === undefined) return '';
  if (typeof from === 'string') return textIn(reader, field, from);
  if ('is' in from) return from.is;
  return from
    .map((column) => textIn(reader, field, column))
    .filter((one) => one !== '')
    .join(' ');
}

function kindOf(reader: Reader, kind: RecordMapping['kind']): SourceRecord['kind'] | null {
  if (typeof kind === 'string') return kind;
  const code = textIn(reader, 'kind', kind.column);
  return Object.hasOwn(kind.codes, code) ? (kind.codes[code] ?? null) : null;
}

/** Whom or what one line of the mapping names: one, or each of a list. */
export function namedBy(reader: Reader, mapping: NamedMapping, field: string): readonly Identity[] {
  if (mapping.each === undefined) return identitiesIn(reader, mapping, field);
  const items = reader.item.list(mapping.each) ?? [];
  if (items.length > listMax) reader.tell(field, `the list has ${items.length} items, and ${listMax} of them are read`);
  return items.slice(0, listMax).flatMap((item) => identitiesIn({ ...reader, item: jsonItem(item) }, mapping, field));
}

function identitiesIn(reader: Reader, mapping: NamedMapping, field: string): readonly Identity[] {
  return written(reader, mapping, field).flatMap((one) => identified(reader, one, field));
}

/** What nobody can be looked up without; the rest may be left out. */
const essential: readonly string[] = ['name', 'street', 'number', 'mark', 'platform', 'handle'];

function identified(reader: Reader, one: Readonly<Record<string, unknown>>, field: string): readonly Identity[] {
  const read = identity.safeParse(one);
  if (read.success) return [read.data];
  const wrong = String(read.error.issues[0]?.path[0] ?? '');
  reader.tell(`${field}.${wrong}`, 'left out: it is longer or shorter than such a thing can be');
  if (essential.includes(wrong) || !Object.hasOwn(one, wrong)) return [];
  return identified(reader, Object.fromEntries(Object.entries(one).filter(([key]) => key !== wrong)), field);
}

/** What the columns say, before it is known to be an identity that the room can hold. */
function written(reader: Reader, mapping: NamedMapping, field: string): readonly Readonly<Record<string, unknown>>[] {
  const at = (name: string, from: Words | undefined): string => wordsIn(reader, `${field}.${name}`, from);
  switch (mapping.kind) {
    case 'person': {
      const name = at('name', mapping.name);
      const alias = parted(at('alias', mapping.alias), mapping.split);
      const born = at('born', mapping.born).replace(/[T ]\d{1,2}:\d{2}.*$/, '');
      return name === '' ? [] : [given({ kind: 'person', name, born, alias })];
    }
    case 'place': {
      const [premises, town, postcode] = [
        at('premises', mapping.premises),
        at('town', mapping.town),
        at('postcode', mapping.postcode),
      ];
      const street = at('street', mapping.street);
      return street === '' ? [] : [given({ kind: 'place', premises, street, town, postcode, public: mapping.public })];
    }
    case 'phone':
      return parted(at('number', mapping.number), mapping.split).map((number) => ({ kind: 'phone', number }));
    case 'vehicle': {
      const description = at('description', mapping.description);
      const marks = parted(at('mark', mapping.mark), mapping.split);
      if (marks.length === 0) return description === '' ? [] : [{ kind: 'vehicle', description }];
      return marks.map((mark) => given({ kind: 'vehicle', mark, description }));
    }
    case 'account': {
      const platform = at('platform', mapping.platform);
      const handles = parted(at('handle', mapping.handle), mapping.split);
      return platform === '' ? [] : handles.map((handle) => ({ kind: 'account', platform, handle }));
    }
  }
}

/** Only what was given. */
function given(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  );
}

function parted(value: string, separator: string | undefined): readonly string[] {
  const all = separator === undefined ? [value] : value.split(separator, listMax).map((one) => one.trim());
  return all.filter((one) => one !== '');
}

function signsOf(reader: Reader, mapping: RecordMapping['signs']): SourceRecord['signs'] {
  const signs = new Set<SourceRecord['signs'][number]>();
  for (const [at, one] of mapping.entries()) {
    if ('always' in one) {
      for (const sign of one.always) signs.add(sign);
      continue;
    }
    for (const code of parted(textIn(reader, `signs[${at}]`, one.column), one.split))
      if (Object.hasOwn(one.codes, code)) for (const sign of one.codes[code] ?? []) signs.add(sign);
      else reader.tell(`signs[${at}]`, 'a code that the table does not have');
  }
  return [...signs].slice(0, signsMax);
}

function saysOf(reader: Reader, template: string, kind: string): string {
  const says = filled(template, (column) => textIn(reader, 'says', column));
  return wellFormed(says.slice(0, saysMax)).trim() || kind;
}
