import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { columns, csvOf, invented, linkedCsv, linkFolder, writtenTwice } from '../../test/linked.ts';
import type { Weighed } from '../linkage/weigh.ts';
import { weigh } from '../linkage/weigh.ts';
import { shippedModel } from '../policy/linkage-model.ts';
import { openBatch } from './duckdb.ts';
import { link } from './link.ts';
import { linkMapping } from './link-mapping.ts';
import { evaluate, explain } from './look-up.ts';
import { modelAt, modelText } from './model-file.ts';
import { linkHtml } from './report.ts';
import type { Row } from './seen.ts';
import { columnsOf, featuresIn } from './seen.ts';

const bounds = { memoryBytes: 1_000_000_000, threads: 2 };
const people = 300;

async function clustersOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const batch = await openBatch(folder, bounds);
  try {
    const rows = await batch.rows<{ record: string; cluster: string }>(
      `SELECT record, cluster FROM read_parquet('${join(folder, 'clusters.parquet')}')`,
    );
    return new Map(rows.map(({ record, cluster }) => [record, cluster]));
  } finally {
    batch.close();
  }
}

const truth = `record,person\n${writtenTwice(people)
  .map((row) => `${row['id'] ?? ''},${(row['id'] ?? '').split('-')[0] ?? ''}\n`)
  .join('')}`;

/** The number of a person that stands in the id of a record: the same in both inputs. */
function numberIn(record: string): string {
  return record.replace(/^\w+:(\d+)-\w$/, '$1');
}

test('people written twice are found, and their households are not merged with them', async () => {
  const { linked, folder } = await linkedCsv(csvOf(writtenTwice(people)));
  expect(linked.taken.records).toBe(2 * people);
  const file = join(folder, 'truth.csv');
  writeFileSync(file, truth);
  writeFileSync(join(folder, 'model.json'), modelText(linked.model));
  const { clusters } = await evaluate(folder, file, bounds);
  expect(clusters.pairs.precision.share).toBeGreaterThan(0.99);
  expect(clusters.pairs.recall.share).toBeGreaterThan(0.95);
  const left = readdirSync(folder).filter((name) => name.startsWith('.'));
  expect(left).toEqual([]);
});

test('of three records a model is written that can be read again', async () => {
  const { linked, folder } = await linkedCsv(csvOf(writtenTwice(2).slice(0, 3)));
  expect(linked.taken.records).toBe(3);
  writeFileSync(join(folder, 'model.json'), modelText(linked.model));
  expect(modelAt(join(folder, 'model.json'))).toEqual(linked.model);
});

test('the order of the records makes no difference to who is put together', async () => {
  const rows = writtenTwice(120);
  const [forward, backward] = [await linkedCsv(csvOf(rows)), await linkedCsv(csvOf(rows.toReversed()))];
  const [one, other] = [await clustersOf(forward.folder), await clustersOf(backward.folder)];
  expect(other.size).toBe(one.size);
  for (const [record, cluster] of one) expect(other.get(record)).toBe(cluster);
});

test('what was decided holds: a pair declined stays apart, a pair confirmed is put together', async () => {
  const decisions = 'a,b,decision\npeople:0-a,people:0-b,apart\npeople:2-a,people:5-a,same\n';
  const { linked, folder } = await linkedCsv(csvOf(writtenTwice(60)), { decisions });
  const clusters = await clustersOf(folder);
  expect(linked.decisions).toEqual({ given: 2, applied: 2 });
  expect(clusters.get('people:0-a')).not.toBe(clusters.get('people:0-b'));
  expect(clusters.get('people:2-a')).toBe(clusters.get('people:5-a'));
});

test('an explanation of two records adds up, from the model that was written', async () => {
  const { folder, linked } = await linkedCsv(csvOf(writtenTwice(60)));
  writeFileSync(join(folder, 'model.json'), modelText(linked.model));
  expect(modelAt(join(folder, 'model.json'))).toEqual(linked.model);
  const { weighed, isTogether } = await explain(folder, ['people:3-a', '3-b'], bounds);
  expect(isTogether).toBe(true);
  expect(weighed.steps.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(weighed.score, 9);
});

/** What `weigh` says of two records as a pair is written: each comparison with its bits. */
function explanationOf({ steps }: Weighed): string {
  const said = steps.filter(({ kind }) => kind === 'level');
  const bits = said.map((one) =>
    steps.filter(({ comparison }) => comparison === one.comparison).reduce((sum, { weight }) => sum + weight, 0),
  );
  return said
    .map(({ says }, at) => `${says} ${(bits[at] ?? 0) < 0 ? '' : '+'}${(bits[at] ?? 0).toFixed(1)}`)
    .join(', ');
}

test('every pair that is written has the score and the words that the live room gives it', async () => {
  const { folder, linked } = await linkedCsv(csvOf(writtenTwice(150)));
  const batch = await openBatch(folder, bounds);
  const records = join(folder, 'records.parquet');
  const pairs = await batch.rows<Row>(
    `SELECT p.score, p.explanation, ${columnsOf('l')}, ${columnsOf('r')} FROM '${join(folder, 'pairs.parquet')}' p ` +
      `JOIN '${records}' l ON l.name = p.a JOIN '${records}' r ON r.name = p.b`,
  );
  batch.close();
  expect(pairs.length).toBeGreaterThan(150);
  for (const pair of pairs) {
    const weighed = weigh(linked.model, featuresIn(pair, 'l'), featuresIn(pair, 'r'));
    expect(pair['score']).toBeCloseTo(weighed.score, 9);
    expect(pair['explanation']).toBe(explanationOf(weighed));
  }
});

test('lines that are damaged are told by number, and swallow nothing behind them', async () => {
  const rows = csvOf(writtenTwice(20)).split('\n');
  rows.splice(3, 0, 'x,"never closed,and on', 'y,too,few');
  const { linked, folder } = await linkedCsv(rows.join('\n'));
  const rejects = readFileSync(join(folder, 'rejects.ndjson'), 'utf8').trim().split('\n');
  expect(rejects.map((one) => (JSON.parse(one) as { line: number }).line)).toEqual([4, 5]);
  expect(linked.taken.records).toBe(40);
});

test('a record without an id or with one that was there before is told of and left out', async () => {
  const rows = [...writtenTwice(10), { ...invented(3), id: '' }, { ...invented(4), id: '4-a' }];
  const { linked } = await linkedCsv(csvOf(rows));
  expect(linked.taken.records).toBe(20);
  expect(linked.taken.rejectedCount).toBe(2);
});

test('cells that a spreadsheet would work out are made harmless in the table', async () => {
  const rows = [...writtenTwice(5), { ...invented(50), id: '=cmd()' }];
  const { folder } = await linkedCsv(csvOf(rows));
  const lines = readFileSync(join(folder, 'clusters.csv'), 'utf8').split('\n');
  expect(lines.some((line) => line.includes(`"'=cmd()"`))).toBe(true);
});

test('the report runs nothing and takes what records hold for text', async () => {
  const script = '<script>alert(1)</script>';
  const rows = writtenTwice(30).map((row) => ({ ...row, id: `${row['id'] ?? ''}${script}` }));
  const { linked } = await linkedCsv(csvOf(rows));
  const html = linkHtml(linked);
  expect(html).not.toContain('<script');
  expect(html).toContain('&lt;script&gt;');
  expect(html).not.toMatch(/(?:src|href)=/);
});

test('a column that the mapping names wrongly is refused with the one that was meant', async () => {
  const csv = csvOf(writtenTwice(5)).replace('"postcode"', '"postcod"');
  await expect(linkedCsv(csv)).rejects.toThrow(/did you mean "postcod"/);
});

const hostile = 1_500;
/** Generous: other tests run beside it. */
const patientMs = 120_000;

test(
  'one number on every record, "unknown" everywhere and names of 100 KB find nobody, and it is said',
  async () => {
    const long = 'a'.repeat(100_000);
    const rows = Array.from({ length: hostile }, (_, at) => ({
      ...invented(at),
      id: String(at),
      phone: '07700 900123',
      email: 'unknown',
      given: at < 5 ? long : (invented(at)['given'] ?? ''),
    }));
    const { linked } = await linkedCsv(csvOf(rows));
    const phone = linked.rules.find(({ id }) => id === 'phone');
    expect(phone).toMatchObject({ pairs: 0, keysLeftOut: 1, mostSharing: hostile });
    expect(linked.taken.cutCount).toBe(5);
    expect(linked.compared).toBeLessThan(hostile * 60);
    expect(linked.grouped.largest).toBeLessThan(6);
    expect(linkHtml(linked)).toContain('shared by more than');
    const elsewhere = await linkedCsv(csvOf(rows), { model: shippedModel() });
    expect(elsewhere.linked.grouped.largest).toBeLessThan(6);
  },
  patientMs,
);

test('control characters and right-to-left marks in a record do no more than stand there', async () => {
  const odd = '\u202eevil\u0007\u001c\u001d\u001e\u001f|\u200bname';
  const rows = writtenTwice(20).map((row) => ({ ...row, given: `${row['given'] ?? ''}${odd}`, street: odd }));
  const { linked, folder } = await linkedCsv(csvOf(rows));
  expect(linked.taken.records).toBe(40);
  expect((await clustersOf(folder)).size).toBe(40);
});

test(
  'NDJSON and Parquet, linked to one another alone, come to the same people',
  async () => {
    const folder = linkFolder();
    const rows = writtenTwice(40);
    const one = rows.filter((row) => row['id']?.endsWith('a') === true);
    const other = rows.filter((row) => row['id']?.endsWith('b') === true);
    writeFileSync(join(folder, 'one.ndjson'), one.map((row) => `${JSON.stringify(row)}\n`).join(''));
    writeFileSync(join(folder, 'other.csv'), csvOf(other));
    const batch = await openBatch(folder, bounds);
    const parquet = join(folder, 'other.parquet');
    await batch.run(
      `COPY (SELECT * FROM read_csv('${join(folder, 'other.csv')}', all_varchar=true)) ` +
        `TO '${parquet}' (FORMAT parquet)`,
    );
    batch.close();
    const fields = columns.slice(1, 8).map((column) => `${column === 'house' ? 'premises' : column}: ${column}`);
    const input = (format: string): string => `{ format: ${format}, id: id, person: { ${fields.join(', ')} } }`;
    const mapping = `{ title: Two, link: between, inputs: { one: ${input('ndjson')}, other: ${input('parquet')} } }`;
    const linked = await link(
      {
        files: [
          { input: 'one', file: join(folder, 'one.ndjson') },
          { input: 'other', file: parquet },
        ],
        mapping: linkMapping.parse(parse(mapping)),
        bounds,
        at: '2026-01-02',
        told: () => undefined,
      },
      { folder: join(folder, 'out'), model: null, decisionsFile: null },
    );
    expect(linked.taken.byInput).toEqual({ one: 40, other: 40 });
    const clusters = await clustersOf(join(folder, 'out'));
    const together = one.filter((row) => {
      const id = row['id'] ?? '';
      return clusters.get(`one:${id}`) === clusters.get(`other:${id.replace('a', 'b')}`);
    });
    expect(together.length).toBeGreaterThan(25);
    for (const [record, cluster] of clusters) expect(numberIn(cluster)).toBe(numberIn(record));
  },
  patientMs,
);
