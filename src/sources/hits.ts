import { type Match, matchIdentities, matchTogether, sayPlace } from '../linkage/match.ts';
import { metresApart } from '../linkage/nearby.ts';
import type { Finding } from '../room/check.ts';
import type { Model } from '../linkage/model.ts';
import { shippedModel } from '../policy/linkage-model.ts';
import { byStrength } from '../room/link.ts';
import { likelyMatch, weighed } from './likelihood.ts';
import type { Answer, Question, SourceRecord } from './source.ts';

/** Findings in one answer; how many were left out is said in the last. */
export const findingsMax = 20;
/** Records looked at under one exact key, the newest first. */
export const recordsOfKeyMax = 500;
/** Records that may share any other key: what more of them share is worth nothing by itself. */
export const sharedMax = 200;
/** Records compared for one question, those first that share the rarest keys with it. */
export const comparedMax = 300;
/** What shares nothing telling, and this many times less than the nearest, is not compared: it is somebody else. */
export const farFrom = 20;
/** What all records under one key weigh together: to share what hardly anybody shares counts for more. */
export const weightOfKey = 1_000;

/** Reasons of a finding's own, one below what a finding may carry. */
const reasonsMax = 9;
const othersMax = 20;

/** Records that are weighed against the question besides being compared: those that share most with it. */
const weighedMax = 24;

/** A record that matches, and how. */
export interface Hit {
  readonly record: SourceRecord;
  readonly match: Match;
  /** The record's own subject that matched best, where it has one. */
  readonly matched: string | undefined;
  /** Bits that speak for one person: which of the equally sure come first. */
  readonly score: number;
}

/** What a source found under the keys of a question, before anything is compared. */
export interface Candidates {
  readonly records: readonly SourceRecord[];
  /** More share its keys than were looked at. */
  readonly isCut: boolean;
}

/**
 * The matches among records, of which so many before them were looked at, weighed by the model that ships unless there
 * is another; what lies after the asking instant, or belongs to the matter in hand, is none.
 */
export function recordHits(
  question: Question,
  records: readonly SourceRecord[],
  { before = 0, model = shippedModel() }: { readonly before?: number; readonly model?: Model | undefined } = {},
): readonly Hit[] {
  return records.flatMap((record, at) => {
    if (record.when > question.at || question.apartFrom.includes(record.id)) return [];
    const ruled = matchRecord(question, record);
    const all =
      ruled?.match.strength !== 'certain' && before + at < weighedMax ? weighed(question, record, model) : null;
    const found = ruled ?? (all === null ? null : likelyMatch(all));
    return found === null ? [] : [{ record, ...found, score: all?.score ?? Number.NEGATIVE_INFINITY }];
  });
}

/** What a record is to a question by the rules alone. */
type Found = Pick<Hit, 'match' | 'matched'>;

function matchRecord(question: Question, record: SourceRecord): Found | null {
  const { subject, identity, beside } = question;
  if (record.subjects.includes(subject)) return { match: ownRecord, matched: undefined };
  let best: Found | null = null;
  for (const [at, name] of record.names.entries()) {
    const match = matchIdentities(identity, name);
    if (match !== null && (best === null || byStrength(match.strength, best.match.strength) < 0))
      best = { match, matched: record.subjects[at] };
  }
  best = withDistance(best, nearPlace(question, record));
  if (best === null || best.match.strength !== 'weak' || beside.length === 0) return best;
  const together = matchTogether([identity, ...beside], record.names);
  const isSurer = together !== null && byStrength(together.strength, best.match.strength) < 0;
  return isSurer ? { ...best, match: together } : best;
}

/** How far it is apart besides: of the very same premises the distance says nothing. */
function withDistance(best: Found | null, near: Found | null): Found | null {
  if (best === null || near === null) return best ?? near;
  if (best.match.strength !== 'weak') return best;
  return { ...best, match: { strength: 'weak', reasons: [...best.match.reasons, ...near.match.reasons] } };
}

/** The place of a record that is nearest to the one asked about, in words; only ever weak: it is another place. */
function nearPlace({ identity, near }: Question, record: SourceRecord): Found | null {
  if (identity.kind !== 'place' || near === undefined || record.when < near.since) return null;
  const all = [...record.names.entries()].flatMap(([at, name]) => {
    const metres = name.kind === 'place' ? metresApart(identity, name, near.withinM) : null;
    return name.kind !== 'place' || metres === null ? [] : [{ at, metres, says: sayPlace(name) }];
  });
  const [nearest] = all.toSorted((a, b) => a.metres - b.metres);
  if (nearest === undefined) return null;
  const reasons = [`${nearest.metres} m from ${nearest.says}`];
  return { match: { strength: 'weak', reasons }, matched: record.subjects[nearest.at] };
}

const ownRecord: Match = { strength: 'certain', reasons: ['recorded under the very same name, number or place'] };

/** What a source is asked about, as its findings name it. */
export interface Asked {
  readonly source: string;
  readonly question: Question;
  readonly isCut: boolean;
}

/**
 * The answer that these matches make: the surest first, of these the likeliest, then the newest; what is not shown or
 * compared is said.
 */
export function answerOf(hits: readonly Hit[], asked: Asked): Pick<Answer, 'result' | 'findings'> {
  const ranked = hits.toSorted(bySurety);
  const shown = ranked.slice(0, findingsMax);
  const left = leftOut(ranked.slice(findingsMax), asked.isCut);
  if (shown.length === 0) return asked.isCut ? { result: 'found', findings: [notCompared(asked)] } : nothing;
  const findings = shown.map((hit, at) => toFinding(hit, asked, at === shown.length - 1 ? left : []));
  return { result: 'found', findings };
}

const nothing: Pick<Answer, 'result' | 'findings'> = { result: 'no-trace', findings: [] };

function bySurety(a: Hit, b: Hit): number {
  return (
    byStrength(a.match.strength, b.match.strength) ||
    byScore(a.score, b.score) ||
    b.record.when - a.record.when ||
    byCodeUnit(a.record.id, b.record.id) ||
    byCodeUnit(a.record.kind, b.record.kind)
  );
}

/** The likelier first; two that were not weighed are alike. */
function byScore(a: number, b: number): number {
  return a === b ? 0 : b - a;
}

/** Order of texts by code unit. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function toFinding({ record, match, matched }: Hit, { source, question }: Asked, more: readonly string[]): Finding {
  const { subject } = question;
  return {
    id: record.id,
    kind: record.kind,
    subject,
    ...(matched === undefined ? {} : { matched }),
    others: record.subjects.filter((other) => other !== subject).slice(0, othersMax),
    when: record.when,
    source,
    signs: record.signs,
    says: record.says,
    strength: match.strength,
    reasons: [...match.reasons.slice(0, reasonsMax), ...more],
  };
}

const cutWords = 'more records share what this is known by than were compared';

/** How much was found and is not shown, or not compared; silence about it would read as "nothing more". */
function leftOut(hits: readonly Hit[], isCut: boolean): readonly string[] {
  const counts = (['certain', 'strong', 'weak'] as const).flatMap((strength) => {
    const count = hits.filter(({ match }) => match.strength === strength).length;
    return count === 0 ? [] : [`${count} ${strength}`];
  });
  const hidden = hits.length === 0 ? [] : [`${hits.length} more not shown: ${counts.join(', ')}`];
  const said = [...hidden, ...(isCut ? [cutWords] : [])];
  return said.length === 0 ? [] : [said.join('; ')];
}

/** Nothing among those compared is not "no trace": it is said, and asks nobody for anything. */
function notCompared({ source, question }: Asked): Finding {
  return {
    id: 'not-all-compared',
    kind: question.identity.kind,
    subject: question.subject,
    others: [],
    when: question.at,
    source,
    signs: [],
    says: 'Too many records are alike to compare them all; none of those compared is the same.',
    strength: 'weak',
    reasons: [cutWords],
  };
}
