import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertySettings } from '../../test/runs.ts';
import type { CsvRow } from './csv-rows.ts';
import { csvRows } from './csv-rows.ts';

async function* inPieces(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield await Promise.resolve(text.slice(at, at + size));
}

async function read(text: string, { size = 1_000_000, separator = ',' } = {}): Promise<readonly CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const row of csvRows(inPieces(text, size), separator)) rows.push(row);
  return rows;
}

/** Pieces of a megabyte, each with one long column in its middle. */
async function* pieces(count: number): AsyncGenerator<string> {
  for (let at = 0; at < count; at += 1) {
    const rows = Array.from({ length: 10_000 }, (_, row) => `${at},${row},a line of a table that is as long as most\n`);
    yield await Promise.resolve(Buffer.from(`${rows.join('')}"kept of piece ${at}",,\n`).toString('latin1'));
  }
}

function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

function quoted(one: string): string {
  return `"${one.replaceAll('"', '""')}"`;
}

describe('a table', () => {
  test('is read by rows with the line each begins on, empty lines left out', async () => {
    expect(await read('a,b\r\n1,"x\ny"\r\n\r\n"say ""hi""",6" pipe\n,last')).toEqual([
      { line: 1, fields: ['a', 'b'] },
      { line: 2, fields: ['1', 'x\ny'] },
      { line: 5, fields: ['say "hi"', '6" pipe'] },
      { line: 6, fields: ['', 'last'] },
    ]);
  });

  test('loses no row to a quotation mark that is wrong in another', async () => {
    expect(await read('1,2\n4,"5"6\n7,8\n"open,9\nnext,1\n"q",2\n')).toEqual([
      { line: 1, fields: ['1', '2'] },
      { line: 2, fields: null, reason: 'expected the end of a column behind its closing quotation mark' },
      { line: 3, fields: ['7', '8'] },
      { line: 4, fields: null, reason: 'expected the end of a column behind its closing quotation mark' },
      { line: 5, fields: ['next', '1'] },
      { line: 6, fields: ['q', '2'] },
    ]);
  });

  test('that was cut off within quotation marks says so of its last row alone', async () => {
    expect(await read('1,2\n3,"cut o')).toEqual([
      { line: 1, fields: ['1', '2'] },
      { line: 2, fields: null, reason: 'expected quotation marks that are closed' },
    ]);
  });

  test('with a row that does not end is read on behind its first line', async () => {
    const rows = await read(`1,2\n3,"${'x'.repeat(70_000)}\n5,6\n${'7,8\n'.repeat(30_000)}`, { size: 50_000 });
    expect(rows[1]).toMatchObject({ line: 2, fields: null });
    expect(rows[2]).toEqual({ line: 3, fields: ['5', '6'] });
    expect(rows).toHaveLength(30_003);
  });

  test('of any texts, written down and read in pieces of any size, is the same again', async () => {
    const field = fc.oneof(fc.constantFrom('', 'a', '"', '\n', '\r\n', ';', ',', '""', 'a,b"c"'), fc.string());
    const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(',', ';', '\t'),
        async (rows, size, separator) => {
          const text = rows.map((row) => row.map(quoted).join(separator)).join('\r\n');
          const found = await read(text, { size, separator });
          expect(found.map((row) => row.fields)).toEqual(rows);
        },
      ),
      propertySettings(300),
    );
  });

  test('keeps a column without the piece of the file that it came in', async () => {
    const before = heapAfterCollection();
    const kept: string[] = [];
    for await (const { fields } of csvRows(pieces(60), ','))
      if (fields?.[0]?.startsWith('kept') === true) kept.push(fields[0]);
    expect(kept).toHaveLength(60);
    expect((heapAfterCollection() - before) / 1_048_576).toBeLessThan(10);
    expect(kept.at(-1)).toBe('kept of piece 59');
  });

  test('of any text at all is read to its end, alike in one piece and in many', async () => {
    const text = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', ' '), maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), async (one, size) => {
        expect(await read(one, { size })).toEqual(await read(one));
      }),
      propertySettings(500),
    );
  });
});
