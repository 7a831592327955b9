import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ChildImport } from '../../test/import-child.ts';
import { testJournal } from '../../test/journal-log.ts';
import type { TestJournal } from '../../test/journal-log.ts';
import { propertySettings } from '../../test/runs.ts';
import { recordSource } from './record-source.ts';
import type { Imported, Importing } from './snapshot-import.ts';
import { importRecords } from './snapshot-import.ts';
import { readMapping } from './snapshot-mapping.ts';
import type { SnapshotMapping } from './snapshot-mapping.ts';

const takenAt = Date.UTC(2026, 1, 3, 12);
const mappingText = `
source: crimes
title: Crime system
format: csv
separator: ';'
record:
  id: No
  kind: crime
  when: { from: Reported, forms: [dd/mm/yyyy hh:mi] }
  names:
    - { kind: person, name: [Forename, Surname], born: DOB }
    - { kind: phone, number: Phone }
  signs: [{ column: Flag, codes: { DV: [domestic] } }]
  says: 'Crime {No}: {Offence}'
`;

let on: TestJournal;
let folder: string;
beforeAll(async () => {
  on = await testJournal([]);
  folder = mkdtempSync(join(tmpdir(), 'heed-import-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await on.drop();
});

let rooms = 0;

function freshRoom(): string {
  rooms += 1;
  return `room-${rooms}`;
}

function mapping(change: Partial<SnapshotMapping> = {}): SnapshotMapping {
  const read = readMapping(mappingText, 'crimes.yaml');
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return { ...read.value, ...change };
}

const head = 'No;Reported;Forename;Surname;DOB;Phone;Flag;Offence';

function row(place: number): string {
  const surname = String.fromCharCode(97 + (place % 26)).repeat(3);
  const phone = `07700 9${String(place).padStart(5, '0')}`;
  return `C${place};03/07/2025 21:04;Anna;Quill${surname};1984-03-07;${phone};DV;Assault`;
}

function rows(count: number, from = 0): readonly string[] {
  return Array.from({ length: count }, (_, place) => row(from + place));
}

function file(lines: readonly string[], name = 'snapshot.csv'): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\r\n')}\r\n`);
  return path;
}

async function bring(room: string, path: string, change: Partial<Importing> = {}): Promise<Imported> {
  return importRecords({
    pool: on.database.service,
    room,
    mapping: mapping(),
    file: path,
    rejects: join(folder, `${room}.rejects.ndjson`),
    takenAt,
    now: () => takenAt,
    ...change,
  });
}

function rejects(room: string): readonly unknown[] {
  const text = readFileSync(join(folder, `${room}.rejects.ndjson`), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}

async function standing(room: string) {
  const records = await on.asOwner.query(
    `select kind, record, happened_at, names, signs, says, is_keyed from heed.record
     where room = $1 and source = 'crimes' order by kind, record`,
    [room],
  );
  const keys = await on.asOwner.query(
    `select r.kind, r.record, to_jsonb(k) - 'record' as keys from heed.record_keys k
     join heed.record r on r.number = k.record where r.room = $1 order by 1, 2, (to_jsonb(k) - 'record')::text`,
    [room],
  );
  return { records: records.rows as { says: string; names: string }[], keys: keys.rows as unknown[] };
}

async function ask(room: string, number: string, now = takenAt) {
  const source = recordSource({ pool: on.database.service, now: () => now }, room, {
    id: 'crimes',
    staleAfterMs: 1_000,
  });
  const identity = { kind: 'phone' as const, number };
  const question = { subject: 's1', identity, beside: [], apartFrom: [], at: now };
  return source.ask(question, new AbortController().signal);
}

describe('a snapshot', () => {
  test('is imported, and its records answer with what they say and how they match', async () => {
    const room = freshRoom();
    const imported = await bring(room, file([head, ...rows(1_200)]));
    expect(imported).toMatchObject({
      kind: 'imported',
      counts: { kept: 1_200, merged: 0, rejected: 0, remarked: 0, removed: 0 },
    });
    expect(await ask(room, '+447700900007')).toMatchObject({
      result: 'found',
      findings: [
        { kind: 'crime', says: 'Crime C7: Assault', signs: ['domestic'], strength: 'certain', source: 'crimes' },
      ],
    });
    expect((await ask(room, '07700 999999')).result).toBe('no-trace');
  });

  test('imported once more changes nothing, and says so', async () => {
    const room = freshRoom();
    const path = file([head, ...rows(50)]);
    const first = await bring(room, path);
    const before = await standing(room);
    expect(await bring(room, path)).toMatchObject({ kind: 'already-imported', counts: { kept: 50 } });
    expect(await standing(room)).toEqual(before);
    expect(first.kind).toBe('imported');
  });

  test('takes the place of the one before: what is no longer in it goes, and its keys with it', async () => {
    const room = freshRoom();
    await bring(room, file([head, ...rows(60)]));
    const changed = await bring(room, file([head, ...rows(59, 5)]));
    expect(changed).toMatchObject({ kind: 'imported', counts: { kept: 59, removed: 5 } });
    const alone = freshRoom();
    await bring(alone, file([head, ...rows(59, 5)]));
    expect(await standing(room)).toEqual(await standing(alone));
    expect((await ask(room, '07700 900001')).result).toBe('no-trace');
  });

  test('lists every line that it does not take whole, by line and reason and without its words', async () => {
    const room = freshRoom();
    const lines = [
      head,
      ...rows(40),
      'C90;yesterday;Omar;Sarrani;;;DV;Theft',
      'C91;03/07/2025 21:04;Omar;Sarrani;;a very long telephone number;??;Theft',
      'C92;too few',
      'C93;03/07/2025 21:04;"Omar"x;Sarrani;;;DV;Theft',
      ';03/07/2025 21:04;Omar;Sarrani;;;DV;Theft',
      row(41),
    ];
    expect(await bring(room, file(lines))).toMatchObject({
      kind: 'imported',
      counts: { kept: 42, rejected: 4, remarked: 2 },
    });
    expect(rejects(room)).toEqual([
      {
        line: 42,
        kept: false,
        field: 'when',
        reason: 'expected a time written as dd/mm/yyyy hh:mi; found something else',
      },
      {
        line: 43,
        kept: true,
        field: 'names[1].number',
        reason: 'left out: it is longer or shorter than such a thing can be',
      },
      { line: 43, kept: true, field: 'signs[0]', reason: 'a code that the table does not have' },
      { line: 44, kept: false, field: '', reason: 'expected 8 columns; found 2' },
      {
        line: 45,
        kept: false,
        field: '',
        reason: 'expected the end of a column behind its closing quotation mark',
      },
      { line: 46, kept: false, field: 'id', reason: 'expected an id; found nothing' },
    ]);
    expect(statSync(join(folder, `${room}.rejects.ndjson`)).mode & 0o077).toBe(0);
  });

  test('with a row for each person of a record keeps them all in one, wherever they stand', async () => {
    const room = freshRoom();
    const more = 'C3;03/07/2025 21:04;Omar;Sarrani;;;;Assault';
    const lines = [head, ...rows(30), more, ...rows(600, 100), 'C3;03/07/2025 21:04;Lena;Hallow;;;;Assault'];
    expect(await bring(room, file(lines))).toMatchObject({ kind: 'imported', counts: { kept: 630, merged: 2 } });
    const held = (await standing(room)).records.find((one) => one.says === 'Crime C3: Assault');
    expect(JSON.parse(held?.names ?? '')).toHaveLength(4);
    expect(held?.names).toContain('Omar Sarrani');
    expect(held?.names).toContain('Lena Hallow');
  });
});

describe('an import', () => {
  test('stopped after any batches and begun again leaves the same table and the same list', async () => {
    const bad = 'C9999;never;Omar;Sarrani;;;DV;Theft';
    const lines = [head, ...rows(900), bad, ...rows(900, 1_000), bad, ...rows(300, 2_000), ...rows(20, 5)];
    const path = file(lines, 'stopped.csv');
    const whole = freshRoom();
    const told = await bring(whole, path);
    const wanted = { ...(await standing(whole)), rejects: rejects(whole) };
    expect(told).toMatchObject({ kind: 'imported', counts: { kept: 2_100, merged: 20, rejected: 2 } });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }), async (stops) => {
        const room = freshRoom();
        for (const stop of stops) {
          let batches = 0;
          const stopping = bring(room, path, {
            told: () => {
              batches += 1;
              if (batches === stop) throw new Error('stopped');
            },
          });
          await stopping.catch(() => undefined);
        }
        const { counts } = await bring(room, path);
        expect(counts).toMatchObject({ kept: 2_100, merged: 20, rejected: 2 });
        expect({ ...(await standing(room)), rejects: rejects(room) }).toEqual(wanted);
      }),
      propertySettings(6),
    );
  });

  test('killed in the middle and run again leaves the same table', async () => {
    const path = file([head, ...rows(1_700)], 'killed.csv');
    const mappingFile = join(folder, 'crimes.yaml');
    writeFileSync(mappingFile, mappingText);
    const room = freshRoom();
    const told: ChildImport = {
      urls: on.urls,
      room,
      mapping: mappingFile,
      file: path,
      rejects: join(folder, `${room}.rejects.ndjson`),
      takenAt,
      diesAfter: 2,
    };
    await died(told);
    expect((await standing(room)).records).toHaveLength(1_000);
    expect(await ask(room, '07700 900007')).toMatchObject({ result: 'unavailable', findings: [] });
    expect(await bring(room, path)).toMatchObject({ kind: 'imported', counts: { kept: 1_700 } });
    const whole = freshRoom();
    await bring(whole, path);
    expect(await standing(room)).toEqual(await standing(whole));
  });

  test('of a snapshot that lost much is refused until somebody accepts it; what stood there stands on', async () => {
    const room = freshRoom();
    await bring(room, file([head, ...rows(100)]));
    const cut = file([head, ...rows(30)], 'cut.csv');
    const refused = await bring(room, cut);
    expect(refused).toMatchObject({
      kind: 'refused',
      message: '70 of 100 records of the snapshot before are not in this one: it may have been cut off',
    });
    expect((await ask(room, '07700 900099')).result).toBe('found');
    expect(await bring(room, cut, { isLossAccepted: true })).toMatchObject({
      kind: 'imported',
      counts: { removed: 70 },
    });
    expect((await ask(room, '07700 900099')).result).toBe('no-trace');
  });

  test('whose mapping fits few lines, or names a column that is not there, is refused', async () => {
    const room = freshRoom();
    const wrong = rows(20).map((one) => one.replace('03/07/2025', '2025-07-03'));
    expect(await bring(room, file([head, ...wrong]))).toMatchObject({
      kind: 'refused',
      message: '20 of 20 lines were rejected: look at the list of rejects, and mend the mapping',
    });
    expect(await bring(room, file([head.replace('Phone', 'Phones'), ...rows(3)]))).toMatchObject({
      kind: 'refused',
      line: 1,
      message: 'record.names[1].number names the column "Phone", which the table does not have: did you mean "Phones"?',
    });
    expect((await ask(room, '07700 900001')).result).toBe('unavailable');
  });

  test('reads what older systems write: another alphabet, NDJSON, a JSON document', async () => {
    const room = freshRoom();
    const legacy = join(folder, 'legacy.csv');
    writeFileSync(legacy, Buffer.from(`${head}\n${row(1).replace('Anna', 'Zo\u00eb')}\n`, 'latin1'));
    const misread = await bring(room, legacy);
    expect(misread.kind === 'refused' ? misread.message : '').toContain('set `encoding`');
    await bring(room, legacy, { mapping: mapping({ encoding: 'windows-1252' }) });
    expect((await standing(room)).records[0]?.names).toContain('Zoë');
    const record = {
      No: 'C1',
      Reported: '03/07/2025 21:04',
      Surname: 'Quill',
      Phone: '07700 900001',
      Offence: 'Theft',
    };
    const lines = join(folder, 'lines.ndjson');
    writeFileSync(
      lines,
      `${JSON.stringify(record)}\nnot json\n\n${'['.repeat(100_000)}\n${JSON.stringify({ ...record, No: 'C2' })}`,
    );
    const accepted = { isLossAccepted: true };
    expect(await bring(freshRoom(), lines, { mapping: mapping({ format: 'ndjson' }), ...accepted })).toMatchObject({
      kind: 'imported',
      counts: { kept: 2, rejected: 2 },
    });
    const document = join(folder, 'all.json');
    writeFileSync(document, JSON.stringify({ data: { items: [record, 'x', { ...record, No: 'C2' }] } }));
    const json = mapping({ format: 'json', items: '/data/items' });
    expect(await bring(freshRoom(), document, { mapping: json, ...accepted })).toMatchObject({
      kind: 'imported',
      counts: { kept: 2, rejected: 1 },
    });
    expect(await bring(freshRoom(), document, { mapping: mapping({ format: 'json' }) })).toMatchObject({
      kind: 'refused',
      message: 'expected a list of records at the top of the document',
    });
  });

  test('runs once at a time', async () => {
    const room = freshRoom();
    const path = file([head, ...rows(600)], 'alone.csv');
    let second: Promise<Imported> | undefined;
    const first = bring(room, path, {
      told: () => {
        second ??= bring(room, path);
      },
    });
    expect((await first).kind).toBe('imported');
    expect(['refused', 'already-imported']).toContain((await second)?.kind);
  });
});

test('a snapshot that is too old tells what it holds with its date, and nothing of whom it does not hold', async () => {
  const room = freshRoom();
  expect(await ask(room, '07700 900001')).toMatchObject({
    result: 'unavailable',
    reason: 'no snapshot of it has been imported to its end',
  });
  await bring(room, file([head, ...rows(3)]));
  expect((await ask(room, '07700 900001', takenAt + 1_000)).findings[0]?.reasons).toEqual(['same number 07700 900001']);
  expect((await ask(room, '07700 900001', takenAt + 1_001)).findings[0]?.reasons).toEqual([
    'same number 07700 900001',
    'its snapshot is of 2026-02-03T12:00:00Z, older than it may be',
  ]);
  expect(await ask(room, '07700 999999', takenAt + 1_001)).toMatchObject({ result: 'unavailable', findings: [] });
});

test('a mapping file that is wrong is refused by line and field', () => {
  const wrong = mappingText.replace('kind: phone', 'kind: telephone').replace('dd/mm/yyyy hh:mi', 'hh:mi');
  const read = readMapping(wrong, 'crimes.yaml');
  expect(read.ok ? [] : read.problems.map(({ line, field }) => `${line} ${field}`)).toEqual([
    '9 record.when.forms[0]',
    '12 record.names[1].kind',
  ]);
});

/** Runs an import in a process of its own that dies in the middle. */
async function died(told: ChildImport): Promise<void> {
  const script = fileURLToPath(new URL('../../test/import-child.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script, JSON.stringify(told)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
}
