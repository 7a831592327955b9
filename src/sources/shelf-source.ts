import type pg from 'pg';
import type { Model } from '../linkage/model.ts';
import { codeOf, isAway } from '../database/fault-words.ts';
import { answerOf, recordHits } from './hits.ts';
import type { Candidates, Hit } from './hits.ts';
import { candidatesIn, nearStatement } from './record-rows.ts';
import type { RecordColumns } from './record-rows.ts';
import type { Answer, LiveSource, Question, Shelf } from './source.ts';

/** Look-ups of one source at a time: the writer of the room needs the other connections. */
const lookUpsMax = 2;
/** Records compared before whoever else waits has a turn. */
const comparedAtOnce = 25;

/** Connections of the service's role, and the time of the room: a replay has its own. */
export interface Shelves {
  readonly pool: pg.Pool;
  readonly now: () => number;
  /** By what people are weighed; left out, the model that ships. */
  readonly model?: Model | undefined;
}

type Found = Omit<Answer, 'tookMs'>;

/** A source whose records stand on a shelf of the database; `weigh` may judge what was found by the shelf's age. */
export function shelfSource(
  shelves: Shelves,
  shelf: Shelf,
  weigh: (found: Found) => Promise<Found> = (found) => Promise.resolve(found),
): LiveSource {
  const look = async (question: Question): Promise<Found> => weigh(await lookUp(shelves, shelf, question));
  return { id: shelf.source, ask: shelfAnswers(shelves, { atOnce: lookUpsMax, lookUp: look }) };
}

/** How a shelf is looked up, and how often at a time. */
interface Looking {
  readonly atOnce: number;
  readonly lookUp: (question: Question) => Promise<Found>;
}

/** Answers of the database, each in its turn: a fault is the answer's result, and so is that nobody waited for it. */
export function shelfAnswers({ now }: Pick<Shelves, 'now'>, { atOnce, lookUp: look }: Looking): LiveSource['ask'] {
  const turn = turns(atOnce);
  return async (question, signal) => {
    const startedAt = now();
    const looked = turn(signal, async () => look(question)).catch(missed);
    const found = await soonest(looked, signal);
    return { ...found, tookMs: Math.max(0, now() - startedAt) };
  };
}

/** The records of a shelf that share a key with a question, not yet compared. Rejects where the database does. */
export async function recordsNear(pool: pg.Pool, shelf: Shelf, question: Question): Promise<Candidates> {
  const { name, text, values } = nearStatement(shelf, question);
  const { rows } = await pool.query<RecordColumns>({ name: `heed-${name}`, text, values: [...values] });
  return candidatesIn(rows);
}

async function lookUp({ pool, model }: Shelves, shelf: Shelf, question: Question): Promise<Found> {
  const { records, isCut } = await recordsNear(pool, shelf, question);
  const hits: Hit[] = [];
  for (let at = 0; at < records.length; at += comparedAtOnce) {
    if (at > 0) await new Promise((resolve) => setImmediate(resolve));
    hits.push(...recordHits(question, records.slice(at, at + comparedAtOnce), { before: at, model }));
  }
  return answerOf(hits, { source: shelf.source, question, isCut });
}

function nothing(result: 'failed' | 'timed-out' | 'unavailable', reason: string): Found {
  return { result, findings: [], reason };
}

const cancelled = '57014';

/** What a fault of the database comes to; its code is told, its words may name people. */
function missed(error: unknown): Found {
  const code = codeOf(error);
  if (code === cancelled) return nothing('timed-out', 'the database took too long');
  if (isAway(error)) return nothing('unavailable', `the database is away ${code}`.trim());
  return nothing('failed', `the database refused the look-up: ${code}`);
}

/** What was found, unless nobody waits for it any longer before that. */
async function soonest(looked: Promise<Found>, signal: AbortSignal): Promise<Found> {
  const answered = new AbortController();
  const left = new Promise<Found>((resolve) => {
    const leave = (): void => resolve(nothing('timed-out', 'nobody waited for the answer any longer'));
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true, signal: answered.signal });
  });
  const found = await Promise.race([looked, left]);
  answered.abort();
  return found;
}

/** Lets a few works run at a time, the others in their order; those nobody waits for any more are left out. */
function turns(most: number): (signal: AbortSignal, work: () => Promise<Found>) => Promise<Found> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (signal, work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return signal.aborted ? nothing('timed-out', 'it waited too long for its turn') : await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
