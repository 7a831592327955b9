import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openBatch, text } from './duckdb.ts';
import { togetherIn } from './frequencies.ts';

type Row = readonly [given: string, surname: string, born: string];

/** Forty people, no two of a name. */
const strangers: readonly Row[] = Array.from({ length: 40 }, (_, at) => [`g${at}`, `s${at}`, `19${at + 10}-02-11`]);

async function togetherOf(rows: readonly Row[], unlike = 0.001): ReturnType<typeof togetherIn> {
  const folder = mkdtempSync(join(tmpdir(), 'heed-names-'));
  const batch = await openBatch(folder, { memoryBytes: 2 ** 28, threads: 1 });
  try {
    const values = [...strangers, ...rows].map((row) => `(${row.map(text).join(', ')})`).join(', ');
    await batch.run(`CREATE TABLE feature AS SELECT * FROM (VALUES ${values}) t(given, surname, born)`);
    return await togetherIn(batch, { known: new Set(['given', 'surname', 'born']), frequencies: {}, unlike });
  } finally {
    batch.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const three: readonly Row[] = [
  ['amina', 'khatun', '1951-03-07'],
  ['amina', 'khatun', '1974-11-20'],
  ['amina', 'khatun', '1988-06-01'],
];

test('a whole name of several people counts as oftener than its parts would say', async () => {
  const found = await togetherOf(three);
  expect(Object.keys(found)).toEqual(['amina khatun']);
  expect(found['amina khatun']).toBeGreaterThan(5);
});

test('one person is one, however often written down and with whatever slip in the date of birth', async () => {
  const written: readonly Row[] = [
    ['amina', 'khatun', '1951-03-07'],
    ['amina', 'khatun', '1951-03-07'],
    ['amina', 'khatun', '1951-03-08'],
    ['amina', 'khatun', '1951-07-03'],
  ];
  expect(await togetherOf(written)).toEqual({});
});

test('where dates of birth of one person often differ altogether, a few of them tell of no second person', async () => {
  expect(await togetherOf(three, 0.3)).toEqual({});
});
