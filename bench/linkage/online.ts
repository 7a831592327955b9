import { availableParallelism } from 'node:os';
import pg from 'pg';
import { openDatabase } from '../../src/database/connect.ts';
import type { Identity } from '../../src/room/subject.ts';
import { keepRecords } from '../../src/sources/record-rows.ts';
import { shelfSource } from '../../src/sources/shelf-source.ts';
import type { LiveSource, Question, Shelf } from '../../src/sources/source.ts';
import { inDatabase } from '../in-database.ts';
import { nameBook } from './names.ts';
import { identitiesOf, loadPeople, recordOf } from './online-load.ts';
import { Population } from './population.ts';
import { faultlessRecords, queries, queryKinds } from './records.ts';
import type { QueryKind } from './records.ts';

const seed = 1;
const shelf: Shelf = { room: 'bench', source: 'people' };
const clients = 4;
const inserts = 300;

/** What is measured: how many people are held, how many questions of each kind are asked, and of the slow ways. */
export interface OnlineOptions {
  readonly people: number;
  readonly questions: number;
  readonly slowQuestions: number;
  /** Where the database is kept for another run; else it is made anew and gone afterwards. */
  readonly folder?: string | undefined;
}

interface Asked {
  readonly wanted: string;
  readonly question: Question;
}

type Print = (line: string) => void;

/** A new contact against everything known: time, recall, size of what is looked up by, and what a record costs. */
export async function benchOnline(options: OnlineOptions, print: Print): Promise<void> {
  const book = nameBook();
  print(`${options.people} people; ${book.from.join('; ')}; ${availableParallelism()} cores`);
  const population = new Population(options.people, seed, book);
  const settings = { shared_buffers: '2GB', max_wal_size: '8GB' };
  await inDatabase(
    async ({ ownerUrl, ...urls }) => {
      const owner = new pg.Client({ connectionString: ownerUrl });
      const database = openDatabase(urls, print);
      await owner.connect();
      try {
        await build({ ownerUrl, owner, population, print });
        await printSizes(owner, options.people, print);
        const source = shelfSource({ pool: database.service, now: () => performance.now() }, shelf);
        await askKinds(source, { population, options, print });
        await askTogether(source, { population, options, print });
        await measureInserts(database.service, { population, options, print });
        if (options.slowQuestions > 0) await compareOthers(owner, { population, options, print });
      } finally {
        await database.close();
        await owner.end();
      }
    },
    { folder: options.folder, settings },
  );
}

interface Building extends Pick<Bench, 'population' | 'print'> {
  readonly ownerUrl: string;
  readonly owner: pg.Client;
}

/** Puts the population into the database, unless one that was kept holds it already. */
async function build({ ownerUrl, owner, population, print }: Building): Promise<void> {
  const held = await owner.query<{ count: string }>('select count(*) as count from heed.record');
  if (Number(held.rows[0]?.count) >= population.people) return print('the people of a run before stand there');
  const startedAt = performance.now();
  await loadPeople(ownerUrl, { shelf, people: population.people, seed });
  print(`built in ${((performance.now() - startedAt) / 1_000).toFixed(0)} s, keys made by the same functions`);
}

interface Bench {
  readonly population: Population;
  readonly options: OnlineOptions;
  readonly print: Print;
}

function isOfKeys(name: string): boolean {
  return name.startsWith('record_keys') || name === 'record_number';
}

async function printSizes(owner: pg.Client, people: number, print: Print): Promise<void> {
  const { rows } = await owner.query<{ name: string; bytes: string }>(
    `select relname as name, pg_relation_size(oid) as bytes from pg_class
     where relnamespace = 'heed'::regnamespace and relkind in ('r', 'i') and relname like 'record%' order by relname`,
  );
  const all = rows.reduce((sum, { name, bytes }) => sum + (isOfKeys(name) ? Number(bytes) : 0), 0);
  print(`keys with every index on them: ${(all / people / 1_000).toFixed(3)} GB for a million people`);
  print(
    `  bytes a person: ${rows.map(({ name, bytes }) => `${name} ${(Number(bytes) / people).toFixed(0)}`).join(', ')}`,
  );
}

function questionOf(names: readonly [Identity, ...Identity[]]): Question {
  const [identity, ...beside] = names;
  return { subject: 'asked', identity, beside, apartFrom: [], at: Number.MAX_SAFE_INTEGER };
}

function* asking(population: Population, kind: QueryKind): Generator<Asked> {
  for (const { person, record } of queries(population, kind, seed))
    yield { wanted: String(person.index), question: questionOf(identitiesOf(record)) };
}

function some<T>(all: Iterable<T>, count: number): readonly T[] {
  const found: T[] = [];
  for (const one of all) {
    if (found.length === count) break;
    found.push(one);
  }
  return found;
}

/** The place of who was wanted among the answers, from 0; below 0 if not there. */
type Ask = (asked: Asked) => Promise<number>;

function through(source: LiveSource): Ask {
  const signal = new AbortController().signal;
  return async ({ wanted, question }) => {
    const answer = await source.ask(question, signal);
    if (answer.result !== 'found' && answer.result !== 'no-trace')
      throw new Error(`${answer.result}: ${answer.reason}`);
    return answer.findings.findIndex(({ id }) => id === wanted);
  };
}

interface Row {
  readonly took: readonly number[];
  readonly places: readonly number[];
}

async function measured(asked: readonly Asked[], ask: Ask): Promise<Row> {
  const took: number[] = [];
  const places: number[] = [];
  for (const one of asked) {
    const startedAt = performance.now();
    places.push(await ask(one));
    took.push(performance.now() - startedAt);
  }
  return { took, places };
}

function sayRow(name: string, { took, places }: Row): string {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1);
  const within = (count: number): string =>
    (places.filter((place) => place >= 0 && place < count).length / places.length).toFixed(4);
  const times = `p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)} ms`;
  return `${name}: ${times}; recall@1 ${within(1)}, @10 ${within(10)} (${took.length} questions)`;
}

async function askKinds(source: LiveSource, { population, options, print }: Bench): Promise<void> {
  const ask = through(source);
  for (const kind of queryKinds) {
    const asked = some(asking(population, kind), options.questions);
    await measured(asked.slice(0, Math.ceil(asked.length / 3)), ask);
    print(sayRow(kind.id, await measured(asked, ask)));
  }
}

async function askTogether(source: LiveSource, { population, options, print }: Bench): Promise<void> {
  const [full] = queryKinds;
  const asked = some(asking(population, full), options.questions);
  const parts = Array.from({ length: clients }, (_, client) => asked.filter((_one, at) => at % clients === client));
  const rows = await Promise.all(parts.map(async (part) => measured(part, through(source))));
  const all = { took: rows.flatMap((row) => row.took), places: rows.flatMap((row) => row.places) };
  print(sayRow(`full, ${clients} clients at once`, all));
}

async function measureInserts(pool: pg.Pool, { population, options, print }: Bench): Promise<void> {
  const took: number[] = [];
  for (const written of some(faultlessRecords(new Population(population.people, seed + 1, nameBook())), inserts)) {
    const record = recordOf({ ...written, id: `new-${written.id}` }, options.people + took.length);
    const startedAt = performance.now();
    await keepRecords(pool, shelf, [record]);
    took.push(performance.now() - startedAt);
  }
  print(`a record put on the shelf with its keys, each committed to disk: ${sayTimes(took)}`);
}

function sayTimes(took: readonly number[]): string {
  const sorted = took.toSorted((a, b) => a - b);
  return `p50 ${(sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(1)}, p99 ${(sorted.at(-3) ?? 0).toFixed(1)} ms`;
}

/** The same people by trigrams of the whole name, and by the very same name and date of birth. */
async function compareOthers(owner: pg.Client, { population, options, print }: Bench): Promise<void> {
  await owner.query('create extension if not exists pg_trgm with schema heed');
  await owner.query('set search_path to heed, public');
  await owner.query(
    `create unlogged table if not exists heed.bench_name as select record, lower(names::json -> 0 ->> 'name') as name,
      names::json -> 0 ->> 'born' as born from heed.record`,
  );
  await owner.query('create index if not exists bench_trgm on heed.bench_name using gin (name gin_trgm_ops)');
  await owner.query('create index if not exists bench_exact on heed.bench_name (name)');
  await owner.query('analyze heed.bench_name');
  const { rows } = await owner.query<{ trgm: string; exact: string }>(
    "select pg_relation_size('heed.bench_trgm') as trgm, pg_relation_size('heed.bench_exact') as exact",
  );
  const size = (bytes: string | undefined): string => `${(Number(bytes) / options.people / 1_000).toFixed(3)} GB`;
  print(`for a million people: pg_trgm index ${size(rows[0]?.trgm)}, index of exact names ${size(rows[0]?.exact)}`);
  const trgm = `select record from heed.bench_name where name % $1
    order by similarity(name, $1) + case when born = $2 then 1 else 0 end desc limit 10`;
  const exact = `select record from heed.bench_name where name = $1
    order by case when born = $2 then 1 else 0 end desc limit 10`;
  for (const kind of queryKinds) {
    const asked = some(asking(population, kind), options.slowQuestions);
    for (const [name, text] of Object.entries({ pg_trgm: trgm, 'exact name': exact }))
      print(sayRow(`${kind.id} by ${name}`, await measured(asked, byText(owner, { name, text }))));
  }
}

function byText(owner: pg.Client, query: { readonly name: string; readonly text: string }): Ask {
  return async ({ wanted, question: { identity } }) => {
    if (identity.kind !== 'person') return -1;
    const values = [identity.name.toLowerCase(), identity.born ?? null];
    const { rows } = await owner.query<{ record: string }>({ ...query, values });
    return rows.findIndex(({ record }) => record === wanted);
  };
}
