import type pg from 'pg';
import { compareBorn } from '../linkage/births.ts';
import type { BornLevel } from '../linkage/births.ts';
import { jaroWinkler } from '../linkage/distance.ts';
import type { PersonName } from '../linkage/names.ts';
import { bornRead, nameRead } from '../linkage/readings.ts';
import type { Identity } from '../room/subject.ts';
import { answerOf } from './hits.ts';
import type { Hit } from './hits.ts';
import { recordOf } from './record-rows.ts';
import type { RecordColumns } from './record-rows.ts';
import { shelfAnswers } from './shelf-source.ts';
import type { Shelves } from './shelf-source.ts';
import type { Answer, LiveSource, Question, Shelf, SourceRecord } from './source.ts';

/** The source that is asked where the own history finds nobody: it reads names as they are spelt. */
export const bySpellingId = 'own-history-spelling';

/** How long the database may look: nobody waits for it, and it has other work. */
const lookingMs = 3_000;
/** Records that are read, the most alike first; found in the end are far fewer. */
const readMax = 50;
const shownMax = 5;
/** Trigrams that a name must share with some stretch of a record's names. */
const trigramsFrom = 0.35;
/** How alike the names of two people must be in the mean, and each of them by itself. */
const alikeFrom = 0.82;
const eachFrom = 0.7;

type Person = Extract<Identity, { kind: 'person' }>;

/** Whether it can find anything: whoever is known by one name alone is like too many. */
export function isSpelt(identity: Identity): identity is Person {
  if (identity.kind !== 'person') return false;
  const name = nameRead(identity.name);
  return !name.isGeneric && name.tokens.length > 1;
}

/** The own history by names as they are spelt: slow, and asked only where its keys found nobody. */
export function bySpelling(shelves: Shelves, shelf: Shelf, schema: string): LiveSource {
  const lookUp = async (question: Question): Promise<Omit<Answer, 'tookMs'>> => {
    if (!isSpelt(question.identity)) return { result: 'no-trace', findings: [] };
    const records = await recordsSpelt(shelves.pool, { shelf, schema }, question);
    const hits = records.flatMap((record) => spellingHit(question, record));
    const shown = hits.toSorted((a, b) => b.score - a.score).slice(0, shownMax);
    return answerOf(shown, { source: bySpellingId, question, isCut: false });
  };
  return { id: bySpellingId, ask: shelfAnswers(shelves, { atOnce: 1, lookUp }) };
}

interface Where {
  readonly shelf: Shelf;
  readonly schema: string;
}

async function recordsSpelt(
  pool: pg.Pool,
  { shelf, schema }: Where,
  { identity, at, apartFrom }: Question,
): Promise<readonly SourceRecord[]> {
  const name = identity.kind === 'person' ? nameRead(identity.name).tokens.join(' ') : '';
  const client = await pool.connect();
  try {
    await client.query('begin read only');
    await client.query(
      `select set_config('statement_timeout', '${lookingMs}', true),
        set_config('pg_trgm.word_similarity_threshold', '${trigramsFrom}', true)`,
    );
    const within = client.escapeIdentifier(schema);
    const { rows } = await client.query<RecordColumns>(
      `select r.kind, r.record, r.happened_at, r.subjects, r.names, r.signs, r.says, r.channels, false as is_cut
       from heed.record r
       where $3 operator(${within}.<%) heed.spelt(r.names) and r.room = $1 and r.source = $2
         and r.happened_at <= $4 and not (r.record = any ($5))
       order by ${within}.word_similarity($3, heed.spelt(r.names)) desc, r.happened_at desc, r.kind, r.record
       limit ${readMax}`,
      [shelf.room, shelf.source, name, at, apartFrom],
    );
    await client.query('commit');
    client.release();
    return rows.map(recordOf);
  } catch (error) {
    client.release(true);
    throw error;
  }
}

/** The person of a record whose name is spelt most like the one asked about; never more than weak. */
function spellingHit(question: Question, record: SourceRecord): readonly Hit[] {
  const { identity } = question;
  if (identity.kind !== 'person') return [];
  const found = record.names.flatMap((theirs, at): readonly Hit[] => {
    if (theirs.kind !== 'person') return [];
    const alike = alikeness(nameRead(identity.name), nameRead(theirs.name));
    if (alike < alikeFrom) return [];
    const born = compareBorn(bornRead(identity.born ?? '').born, bornRead(theirs.born ?? '').born);
    const names = `name spelt somewhat alike: ${identity.name} / ${theirs.name}`;
    const reasons = born === 'unknown' ? [names] : [names, bornSays[born]];
    const score = alike + (bornCounts[born] ?? 0);
    return [{ record, match: { strength: 'weak', reasons }, matched: record.subjects[at], score }];
  });
  return found.toSorted((a, b) => b.score - a.score).slice(0, 1);
}

const bornSays: Readonly<Record<Exclude<BornLevel, 'unknown'>, string>> = {
  same: 'same date of birth',
  swapped: 'same date of birth with day and month exchanged',
  slip: 'date of birth one figure different',
  month: 'same month and year of birth, the day not known',
  year: 'same year of birth, the day not known',
  different: 'another date of birth',
};

/** What birth counts for when the most alike are put first. */
const bornCounts: Readonly<Partial<Record<BornLevel, number>>> = {
  same: 1,
  swapped: 0.8,
  slip: 0.6,
  month: 0.5,
  year: 0.3,
};

/** How alike two names are in the mean of their parts, each with the one most like it; 0 where one of them is not. */
function alikeness(one: PersonName, other: PersonName): number {
  if (one.isGeneric || other.isGeneric) return 0;
  const [few, many] =
    one.tokens.length <= other.tokens.length ? [one.tokens, other.tokens] : [other.tokens, one.tokens];
  const left = [...many];
  let sum = 0;
  if (few.length < 2) return 0;
  for (const mine of few) {
    const likest = left.map((theirs) => jaroWinkler(mine, theirs));
    const most = Math.max(...likest);
    if (most < eachFrom) return 0;
    left.splice(likest.indexOf(most), 1);
    sum += most;
  }
  return sum / few.length;
}
