import { blockingKeys } from '../linkage/blocking.ts';
import { type Match, matchIdentities, matchTogether } from '../linkage/match.ts';
import { byStrength } from '../linkage/persons.ts';
import type { Finding } from '../room/check.ts';
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

/** Findings in one answer; how many were left out is said in the last. */
export const findingsMax = 20;

/** Reasons of a finding's own, one below what a finding may carry. */
const reasonsMax = 9;
const othersMax = 20;

interface Hit {
  readonly record: SourceRecord;
  readonly match: Match;
}

/** Records by id, and the ids of those under each blocking key. */
interface Index {
  readonly records: Map<string, SourceRecord>;
  readonly keyed: Map<string, Set<string>>;
}

/** A source in memory, which can be told more: a record takes the place of an earlier one with its id. */
export interface MemorySource extends Source {
  readonly remember: (record: SourceRecord) => void;
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
    ask: (question): Answer => {
      const outage = outages.find(({ from, until }) => from <= question.at && question.at < until);
      if (outage !== undefined) return { result: outage.result, findings: [], tookMs: latencyMs };
      const hits = hitsFor(question, index);
      const findings = toFindings(hits, { source: id, subject: question.subject });
      return { result: findings.length === 0 ? 'no-trace' : 'found', findings, tookMs: latencyMs };
    },
  };
}

function remember(index: Index, record: SourceRecord): void {
  index.records.set(record.id, record);
  for (const key of [...record.names.flatMap(blockingKeys), ...record.subjects.map(subjectKey)]) {
    const held = index.keyed.get(key);
    if (held === undefined) index.keyed.set(key, new Set([record.id]));
    else held.add(record.id);
  }
}

function subjectKey(subject: string): string {
  return `subject:${subject}`;
}

/** Records that match, the surest first, then the newest; what lies after the asking instant is not known yet. */
function hitsFor(question: Question, index: Index): readonly Hit[] {
  const candidates = new Set<string>();
  for (const key of [subjectKey(question.subject), ...blockingKeys(question.identity)])
    for (const one of index.keyed.get(key) ?? []) candidates.add(one);
  for (const one of question.apartFrom) candidates.delete(one);
  const hits: Hit[] = [];
  for (const one of candidates) {
    const record = index.records.get(one);
    if (record === undefined || record.when > question.at) continue;
    const match = matchRecord(question, record);
    if (match !== null) hits.push({ record, match });
  }
  return hits.toSorted(
    (a, b) =>
      byStrength(a.match.strength, b.match.strength) ||
      b.record.when - a.record.when ||
      (a.record.id < b.record.id ? -1 : a.record.id > b.record.id ? 1 : 0),
  );
}

function matchRecord({ subject, identity, beside }: Question, record: SourceRecord): Match | null {
  if (record.subjects.includes(subject))
    return { strength: 'certain', reasons: ['recorded under the very same name, number or place'] };
  let best: Match | null = null;
  for (const name of record.names) {
    const match = matchIdentities(identity, name);
    if (match !== null && (best === null || byStrength(match.strength, best.strength) < 0)) best = match;
  }
  if (best === null || best.strength !== 'weak' || beside.length === 0) return best;
  const together = matchTogether([identity, ...beside], record.names);
  return together !== null && byStrength(together.strength, best.strength) < 0 ? together : best;
}

interface Asked {
  readonly source: string;
  readonly subject: string;
}

function toFindings(hits: readonly Hit[], asked: Asked): readonly Finding[] {
  const shown = hits.slice(0, findingsMax);
  const left = hits.slice(findingsMax);
  return shown.map((hit, at) => toFinding(hit, asked, at === shown.length - 1 ? leftOut(left) : []));
}

function toFinding({ record, match }: Hit, { source, subject }: Asked, more: readonly string[]): Finding {
  return {
    id: record.id,
    kind: record.kind,
    subject,
    others: record.subjects.filter((other) => other !== subject).slice(0, othersMax),
    when: record.when,
    source,
    signs: record.signs,
    says: record.says,
    strength: match.strength,
    reasons: [...match.reasons.slice(0, reasonsMax), ...more],
  };
}

/** How much was found and is not shown; silence about it would read as "nothing more". */
function leftOut(hits: readonly Hit[]): readonly string[] {
  if (hits.length === 0) return [];
  const counts = (['certain', 'strong', 'weak'] as const).flatMap((strength) => {
    const count = hits.filter(({ match }) => match.strength === strength).length;
    return count === 0 ? [] : [`${count} ${strength}`];
  });
  return [`${hits.length} more not shown: ${counts.join(', ')}`];
}
