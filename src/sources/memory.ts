import {
  answerOf,
  byCodeUnit,
  comparedMax,
  farFrom,
  recordHits,
  recordsOfKeyMax,
  sharedMax,
  weightOfKey,
} from './hits.ts';
import type { Candidates } from './hits.ts';
import { familyOf, isNewestOf, isTelling, keysAsked, keysOfRecord } from './keys.ts';
import type { Key } from './keys.ts';
import type { Answer, Question, Source, SourceRecord } from './source.ts';

/** A time in which the source does not answer; from its first instant, up to but not including its last. */
export interface Outage {
  readonly from: number;
  readonly until: number;
  readonly result: 'failed' | 'timed-out' | 'unavailable';
}

export interface MemorySourceOptions {
  readonly id: string;
  readonly records: readonly SourceRecord[];
  readonly latencyMs?: number;
  readonly outages?: readonly Outage[];
}

/** A record with what it is found by, so that an outdated key leads nobody to it. */
interface Held {
  readonly record: SourceRecord;
  readonly keys: readonly Key[];
}

/** Records by kind and id, and those under each key. */
interface Index {
  readonly records: Map<string, Held>;
  readonly keyed: Map<Key, Map<string, SourceRecord>>;
}

/** A source in memory, which can be told more: a record takes the place of an earlier one of its kind and id. */
export interface MemorySource extends Source {
  readonly remember: (record: SourceRecord) => void;
  readonly forget: (record: Pick<SourceRecord, 'kind' | 'id'>) => void;
}

/** A source whose records are held in memory: those of a case file, or of a test. */
export function memorySource({ id, records, latencyMs = 0, outages = [] }: MemorySourceOptions): MemorySource {
  const index: Index = { records: new Map(), keyed: new Map() };
  for (const record of records) remember(index, record);
  return {
    id,
    remember: (record) => {
      remember(index, record);
    },
    forget: (record) => {
      forget(index, record);
    },
    ask: (question): Answer => {
      const outage = outages.find(({ from, until }) => from <= question.at && question.at < until);
      if (outage !== undefined) return { result: outage.result, findings: [], tookMs: latencyMs };
      const { records: near, isCut } = candidatesIn(index, question);
      return { ...answerOf(recordHits(question, near), { source: id, question, isCut }), tookMs: latencyMs };
    },
  };
}

function placeOf({ kind, id }: Pick<SourceRecord, 'kind' | 'id'>): string {
  return `${kind} ${id}`;
}

function remember(index: Index, record: SourceRecord): void {
  const place = placeOf(record);
  const before = index.records.get(place);
  // What is only told more of is found by what it was found by.
  const keys = before !== undefined && isKnownAlike(before.record, record) ? before.keys : keysOfRecord(record);
  forget(index, record);
  index.records.set(place, { record, keys });
  for (const key of keys) {
    const held = index.keyed.get(key);
    if (held === undefined) index.keyed.set(key, new Map([[place, record]]));
    else held.set(place, record);
  }
}

function isKnownAlike(one: SourceRecord, other: SourceRecord): boolean {
  return isSameList(one.subjects, other.subjects) && isSameList(one.names, other.names);
}

function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((each, at) => each === other[at]);
}

function forget(index: Index, record: Pick<SourceRecord, 'kind' | 'id'>): void {
  const place = placeOf(record);
  for (const key of index.records.get(place)?.keys ?? []) {
    const held = index.keyed.get(key);
    held?.delete(place);
    if (held?.size === 0) index.keyed.delete(key);
  }
  index.records.delete(place);
}

/** The records under each key, those first that share the rarest: what a database does in SQL. */
function candidatesIn(index: Index, question: Question): Candidates {
  const weights = new Map<SourceRecord, number>();
  const telling = new Set<SourceRecord>();
  let isCut = false;
  for (const key of keysAsked(question)) {
    const { records, held, isBeyond } = under(index, key, question.at);
    isCut ||= isBeyond;
    const weight = Math.floor(weightOfKey / held);
    for (const one of records.filter(({ when }) => when <= question.at)) {
      weights.set(one, (weights.get(one) ?? 0) + weight);
      if (isTelling(familyOf(key))) telling.add(one);
    }
  }
  const most = Math.max(...weights.values());
  const ranked = [...weights]
    .filter(([one, weight]) => telling.has(one) || weight * farFrom >= most)
    .filter(([one]) => !question.apartFrom.includes(one.id))
    .toSorted(([a, ofA], [b, ofB]) => ofB - ofA || byAge(a, b))
    .map(([record]) => record);
  return { records: ranked.slice(0, comparedMax), isCut: isCut || ranked.length > comparedMax };
}

interface Under {
  readonly records: readonly SourceRecord[];
  /** How many share the key, as far as it was counted. */
  readonly held: number;
  readonly isBeyond: boolean;
}

/** Under a key of which the newest count, those up to an instant; under another all, or none if too many share it. */
function under(index: Index, key: Key, at: number): Under {
  const all = [...(index.keyed.get(key)?.values() ?? [])];
  if (!isNewestOf(familyOf(key))) {
    const isBeyond = all.length > sharedMax;
    return { records: isBeyond ? [] : all, held: all.length, isBeyond };
  }
  const known = all.filter((one) => one.when <= at);
  const isBeyond = known.length > recordsOfKeyMax;
  const records = isBeyond ? known.toSorted(byAge).slice(0, recordsOfKeyMax) : known;
  return { records, held: Math.min(known.length, recordsOfKeyMax + 1), isBeyond };
}

/** The newest first. */
function byAge(a: SourceRecord, b: SourceRecord): number {
  return b.when - a.when || byCodeUnit(b.kind, a.kind) || byCodeUnit(b.id, a.id);
}
