import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { csvText } from '../src/audit/csv.ts';
import { auditHtml } from '../src/audit/html.ts';
import { terminalText } from '../src/audit/terminal.ts';
import type { AuditReport } from '../src/audit/report.ts';
import { faultOf } from '../src/sources/snapshot-items.ts';
import { auditedFile, mappingFrom } from './audited.ts';

const example = 'docs/audit-example/log.csv';
const exampleMapping = mappingFrom(readFileSync('docs/audit-example/mapping.yaml', 'utf8'));

function spokenOn(report: AuditReport, about: string): readonly string[] {
  const matter = report.told.find((one) => one.about === about);
  return (matter?.spoken ?? []).map((one) => `${one.clock.slice(11)} ${one.safeguard} ${one.level} ${one.answer}`);
}

describe('a founding case as the flat log of another system', () => {
  test('it is found, told first, and nobody else of that evening is', async () => {
    const { report } = await auditedFile(example, exampleMapping);
    expect(report.told.map((one) => [one.rank, one.about, one.gravity])).toEqual([
      [1, '14 Tansy Row, Ashmere', 'danger-unanswered'],
      [2, '16 Tansy Row, Ashmere', 'danger-unanswered'],
    ]);
    expect(report.incidents).toBe(7);
    expect(report.contacts).toBe(8);
  });

  test('what would have been said is told with its time, and that the record shows no answer', async () => {
    const { report } = await auditedFile(example, exampleMapping);
    expect(spokenOn(report, '14 Tansy Row, Ashmere')).toEqual(
      expect.arrayContaining([
        '20:57 repeat-contact alarm never',
        '21:06 place-cluster alarm never',
        '21:06 danger-told floor never',
        '21:08 unresourced alarm never',
        '21:12 closing-unsafe refusal never',
      ]),
    );
  });

  test('its story says what was recorded, with the references and lines it rests on', async () => {
    const { report } = await auditedFile(example, exampleMapping);
    const [first] = report.told;
    expect(first?.references).toEqual(['ASH-0871', 'ASH-0874']);
    expect(first?.lines).toEqual([7, 8, 11, 13, 14, 15]);
    expect(first?.story).toContain('They are kicking my door. Please send somebody, I think they will kill me');
    expect(first?.story).toContain('21:07 The caller was told (no unit coming)');
    expect(first?.story).toMatch(/No unit stands in the record\.$/);
  });

  test('rows that cannot be read are listed by line with their reasons, and nothing of what they hold', async () => {
    const { report, rejects } = await auditedFile(example, exampleMapping);
    expect(rejects.map((one) => [one.line, one.kept])).toEqual([
      [24, false],
      [25, false],
    ]);
    expect(report.rows).toMatchObject({ rows: 24, taken: 22, rejected: 2 });
    expect(JSON.stringify(rejects)).not.toContain('High Street');
  });

  test('a unit that was sent in time answers what asked for one, and whom it saw is held against nobody', async () => {
    const sent = readFileSync(example, 'utf8').replace(
      '14/01/2006 21:07:30,ASH-0874,TOLD,,It is a neighbour dispute. Nobody will be coming out tonight,,,,,,,,,Desk 1',
      ['21:06:50,ASH-0874,ALLOCATED', '21:09:00,ASH-0874,AT SCENE']
        .map((entry) => `14/01/2006 ${entry},,,,,,,,,AB21,,Desk 7`)
        .join('\n'),
    );
    const { report } = await auditedFile({ bytes: sent }, exampleMapping);
    const spoken = spokenOn(report, '14 Tansy Row, Ashmere');
    expect(spoken).toEqual(
      expect.arrayContaining([
        '20:57 repeat-contact alarm late',
        '21:06 danger-told floor in-time',
        '21:08 target-at-risk prompt in-time',
        '21:12 closing-unsafe refusal not-shown',
      ]),
    );
    // It was sent before anybody would have been asked: see the test above for when nobody is.
    expect(spoken.filter((one) => one.includes('unresourced'))).toEqual([]);
  });

  test('an export without units says so, and that nobody was sent is not said of it', async () => {
    const { unit: _, ...rest } = exampleMapping;
    const { report } = await auditedFile(example, { ...rest, unit: undefined });
    const spoken = report.told.flatMap((one) => one.spoken.map((each) => each.safeguard));
    expect(spoken).not.toContain('unresourced');
    expect(report.cannotSay.join('\n')).toContain('It does not show which units were sent; not looked for:');
    expect(report.told.every((one) => one.story.includes('Whether anybody was sent, the export does not show.'))).toBe(
      true,
    );
  });

  test('bounds keep what began outside them out of the report, and in the history', async () => {
    const from = Date.parse('2006-01-14T20:54:30Z');
    const { report } = await auditedFile(example, exampleMapping, { from });
    expect(report.incidents).toBe(4);
    expect(spokenOn(report, '14 Tansy Row, Ashmere')).toContain('20:57 repeat-contact alarm never');
  });

  test('compressed or not, it is the same audit', async () => {
    const plain = await auditedFile(example, exampleMapping);
    const packed = await auditedFile({ bytes: gzipSync(readFileSync(example)) }, exampleMapping);
    expect(packed.report).toEqual(plain.report);
  });

  test('no form of the report accuses anybody', async () => {
    const { report } = await auditedFile(example, exampleMapping);
    for (const text of [terminalText(report), auditHtml(report), csvText(report)])
      expect(text).not.toMatch(/\b(?:failed|failure|fault|neglect\w*|blame\w*|ignored|guilty|mistake)\b/i);
  });
});

const simple = mappingFrom(`
title: Calls
format: csv
times: { forms: [iso, dd/mm/yyyy hh:mi] }
incident: id
steps: [{ step: received, time: at }]
text: words
desk: desk
names:
  - { role: scene, of: { kind: place, premises: house, street: street } }
`);
const head = 'id,at,words,house,street,desk\n';

describe('malformed exports', () => {
  test.each([
    ['a row with too many columns', 'a,2026-01-05T10:00:00Z,hello,1,Weir Close,d,more', 'expected 6 columns; found 7'],
    ['a row with too few', 'a,2026-01-05T10:00:00Z', 'expected 6 columns; found 2'],
    ['a date that is none', 'a,2026-02-30T10:00:00Z,hello,1,Weir Close,d', 'expected a date on the calendar'],
    ['a time of another form', 'a,yesterday,hello,1,Weir Close,d', 'expected a time written as iso or dd/mm/yyyy'],
    ['an hour that came twice', 'a,25/10/2026 01:30,hello,1,Weir Close,d', 'this hour came twice'],
    ['an hour that never came', 'a,29/03/2026 01:30,hello,1,Weir Close,d', 'they went forward over it'],
    ['no name of its incident', ',2026-01-05T10:00:00Z,hello,1,Weir Close,d', 'expected what the incident is called'],
    ['a column of ten million letters', `a,2026-01-05T10:00:00Z,${'x'.repeat(10_000_000)},1,Weir Close,d`, '65536'],
    ['quotation marks left open', 'a,2026-01-05T10:00:00Z,"hello,1,Weir Close,d', 'quotation marks'],
  ])('%s is rejected with its line and reason, and the rows around it are read', async (_, row, reason) => {
    const good = 'b,2026-01-05T10:00:00Z,hello,1,Weir Close,d\n';
    const { report, rejects } = await auditedFile({ bytes: `${head}${good}${row}\n${good}` }, simple);
    expect(rejects.map((one) => [one.line, one.kept])).toEqual([[3, false]]);
    expect(rejects[0]?.reason).toContain(reason);
    expect(report.rows).toMatchObject({ rows: 3, taken: 2, rejected: 1 });
  });

  test('the hour that came twice is read as the mapping says', async () => {
    const bytes = `${head}a,25/10/2026 01:30,hello,1,Weir Close,d\n`;
    const first = await auditedFile({ bytes }, { ...simple, times: { ...simple.times, repeated: 'first' } });
    const second = await auditedFile({ bytes }, { ...simple, times: { ...simple.times, repeated: 'second' } });
    expect([first.report.from, second.report.from]).toEqual(['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z']);
  });

  test('mixed zones are each read as written', async () => {
    const rows = [
      'a,2026-07-05T10:00:00Z',
      'b,2026-07-05T11:00:00+01:00',
      'c,05/07/2026 11:00',
      'd,2026-07-05T11:00:00',
    ];
    const { report } = await auditedFile(
      { bytes: head + rows.map((row) => `${row},hi,1,Weir Close,d\n`).join('') },
      simple,
    );
    expect([report.from, report.until]).toEqual(['2026-07-05T10:00:00Z', '2026-07-05T10:00:00Z']);
  });

  test.each([
    ['bytes of another encoding', Buffer.from(`${head}a,2026-01-05T10:00:00Z,caf\u00e9,1,Weir Close,d\n`, 'latin1')],
    ['a table without a column that the mapping names', Buffer.from('id,at\na,2026-01-05T10:00:00Z\n')],
    ['a column that stands there twice', Buffer.from(`id,${head}`)],
  ])('%s ends the audit with a message', async (_, bytes) => {
    const fault = await auditedFile({ bytes }, simple).then(
      () => null,
      (error: unknown) => faultOf(error),
    );
    expect(fault?.message).toMatch(/^expected|names the column/);
  });

  test('a gzip that was cut off ends the audit, and is no short export', async () => {
    const bytes = gzipSync(Buffer.from(head + 'a,2026-01-05T10:00:00Z,hello,1,Weir Close,d\n'.repeat(5_000)));
    await expect(auditedFile({ bytes: bytes.subarray(0, bytes.length - 20) }, simple)).rejects.toThrow(
      /unexpected end of file/,
    );
  });

  test('an export with nothing in it is an audit with nothing in it', async () => {
    const { report } = await auditedFile({ bytes: head }, simple);
    expect(report).toMatchObject({ incidents: 0, matters: 0, told: [], from: null });
    expect(terminalText(report)).toContain('0 rows');
  });

  test('rows out of order within what the mapping allows are taken in the order of their times', async () => {
    const rows = [
      'b,2026-01-05T10:30:00Z',
      'a,2026-01-05T10:00:00Z',
      'c,2026-01-05T09:00:00Z',
      'd,2026-01-06T10:00:00Z',
    ];
    const bytes = head + rows.map((row) => `${row},hi,1,Weir Close,d\n`).join('');
    const { report } = await auditedFile({ bytes }, { ...simple, disorder: 3_600_000 });
    expect(report.rows.taken).toBe(4);
    expect(report.cannotSay.join('\n')).not.toContain('out of order');
  });

  test('names of desks are never taken for anything of the program', async () => {
    const rows = ['__proto__', 'constructor'].map((desk) => `${desk},2026-01-05T10:00:00Z,hi,1,Weir Close,${desk}\n`);
    const bytes = head + rows.join('');
    const { report } = await auditedFile({ bytes }, simple);
    expect(report.desks.map(([name]) => name).toSorted()).toEqual(['__proto__', 'constructor']);
  });
});

/** A row without what it is called, by which rows are put in order of time. */
function unnamed(row: string): string {
  return row.slice(row.indexOf(','));
}

/** Calls about one home on these days and hours of January, and one in between about another. */
function calls(days: readonly string[]): string {
  const quiet = 'q,2026-01-08T10:00:00Z,A lost purse,9,Mill Lane,d';
  const rows = [quiet, ...days.map((day, at) => `r${at},2026-01-${day}:00:00Z,He is hitting me,1,Weir Close,d`)];
  return `${head}${rows.toSorted((a, b) => (unnamed(a) < unnamed(b) ? -1 : 1)).join('\n')}\n`;
}

async function alarms(days: readonly string[], history: number): Promise<number> {
  const { report } = await auditedFile({ bytes: calls(days) }, { ...simple, history });
  return report.safeguards.find((one) => one.safeguard === 'repeat-contact')?.alarms ?? 0;
}

describe('history', () => {
  const today = ['09T10', '09T12'];
  const dayMs = 86_400_000;

  test('is asked about whoever is named: danger told days ago counts with what is told today', async () => {
    expect(await alarms(today, 30 * dayMs)).toBe(0);
    expect(await alarms(['05T10', ...today], 30 * dayMs)).toBe(1);
  });

  test('goes no further back than the mapping says', async () => {
    expect(await alarms(['05T10', ...today], 2 * dayMs)).toBe(0);
  });

  test('asks nobody for anything: that a check was read is in no log', async () => {
    const { report } = await auditedFile({ bytes: calls(['05T10', ...today]) }, simple);
    expect(report.safeguards.map((one) => one.safeguard)).not.toContain('check-missing');
    expect(report.cannotSay.join('\n')).toMatch(/whether anybody answered; not looked for:.*check-missing/);
  });
});

describe('what is written out', () => {
  const hostile = '=HYPERLINK("http://example.org") <script>alert(1)</script>';
  const street = hostile.replaceAll('"', '""');
  const row = (id: string, minute: number, words: string): string =>
    `${id},2026-01-05T10:${String(minute).padStart(2, '0')}:00Z,"${words}",1,"${street}",d\n`;

  test('no cell of the table is a formula, and no page runs what a caller said', async () => {
    const bytes = head + row('=1+1', 0, 'He said he will kill me') + row('@b', 4, 'He has a knife, he will kill me');
    const { report } = await auditedFile({ bytes }, simple);
    expect(report.told).toHaveLength(1);
    for (const line of csvText(report).split('\r\n'))
      for (const cell of line.split('","')) expect(cell.replace(/^"/, '')).not.toMatch(/^[=+\-@|%]/);
    expect(auditHtml(report)).not.toContain('<script>');
    expect(auditHtml(report)).toContain('&lt;script&gt;');
  });
});
