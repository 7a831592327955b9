import { describe, expect, test } from 'vitest';
import { caseOf, entry, performed } from '../../test/rehearsal.ts';
import type { Report } from './report.ts';
import { caseText, leadWords, tableText } from './terminal.ts';

const close =
  "{ at: '21:25', by: supervisor-1, do: CloseIncident, with: { incident: job-1, code: attended, reason: Done } }";
const reopen = "{ at: '21:26', by: supervisor-1, do: ReopenIncident, with: { incident: job-1, reason: Again } }";
const long = 'the neighbour at number four says that it has gone on for an hour '.repeat(6).trim();

const { report } = performed(
  caseOf(
    [
      entry('21:05', `alarm ${long}`),
      entry('21:06', 'note'),
      entry('21:07', 'floor'),
      entry('21:20', 'guarded'),
      close,
      reopen,
      entry('2026-02-04 00:10', 'prompt'),
    ],
    `assumed: [${long}]
harm: { at: '22:00', says: Harm }
expect: { never: [bar], raised: [{ safeguard: shout, by: '21:05' }] }
variants: [{ name: other, says: Otherwise, remove: [], expect: { quiet: alarm } }]
`,
  ),
);
const text = caseText(report);
const lines = text.split('\n');

describe('the report of a case', () => {
  test('is at most a hundred columns wide, and longer text goes on indented', () => {
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    const told = lines.findIndex((line) => line.includes('AddEntry: alarm the neighbour'));
    expect(lines[told + 1]).toMatch(/^ {13}\S/);
    expect(text.replaceAll(/\n {13}/g, ' ')).toContain(long);
  });

  test('breaks no word, however long', () => {
    const word = 'a'.repeat(150);
    expect(caseText(performed(caseOf([entry('21:05', word)])).report)).toContain(word);
  });

  test('puts text of several lines into the one of its instant', () => {
    const { report: wrapped } = performed(caseOf([entry('21:05', '"alarm\\nnext\\tline"')]));
    expect(caseText(wrapped)).toContain('AddEntry: alarm next line');
  });

  test('has each thing under its mark, in order of time', () => {
    const marks = lines.filter((line) => /^ {2}\d{2}:\d{2}:\d{2}/.test(line)).map((line) => line.slice(2, 12));
    expect(marks.slice(0, 16)).toEqual([
      '21:00:00  ',
      '21:00:00  ',
      '21:05:00  ',
      '21:05:00 !',
      '21:05:00 ^',
      '21:06:00  ',
      '21:06:00 i',
      '21:07:00  ',
      '21:07:00 =',
      '21:15:00 ^',
      '21:20:00  ',
      '21:25:00 x',
      '21:26:00 -',
      '21:45:00 ^',
      '22:00:00 #',
      '22:15:00 ^',
    ]);
    expect(lines).toContain('  2026-02-03');
    expect(lines).toContain('  2026-02-04');
  });

  test('says what was refused and why, and what was skipped for it', () => {
    expect(text).toContain('supervisor-1 CloseIncident: Done — REFUSED: [bar] The log says that it is guarded.');
    expect(text).toContain('supervisor-1 ReopenIncident: Again — skipped, depended on CloseIncident');
  });

  test('names the first turn, what is open, what is assumed and what was expected', () => {
    expect(text).toContain('First turn: 2026-02-03 21:05:00 by shout, 55 min before the harm.');
    expect(text).toContain('Still open at the end: shout (fim).');
    expect(text).toContain('Assumed:\n  - the neighbour');
    expect(text).toContain('  FAILED never bar. Found: refused CloseIncident 2026-02-03 21:25:00');
    expect(text).toContain('  held   shout raised by 21:05');
    expect(text).toContain('  FAILED other: quiet: no alarm and nothing refused. Found: shout alarm');
  });

  test('counts the rungs that nobody answered instead of printing them all', () => {
    const { report: night } = performed(caseOf([entry('21:05', 'alarm'), entry('2026-02-04 09:00', 'more')]));
    const rungs = caseText(night)
      .split('\n')
      .filter((line) => line.includes('climbs'));
    expect(rungs).toHaveLength(7);
    expect(rungs.at(-1)).toMatch(/^ {2}10:45:00 \^ shout climbs \d+ more times, now to fim$/);
    expect(night.duties[0]?.rungs.length).toBeGreaterThan(7);
  });

  test('says where a rung found nobody', () => {
    const { report: unmanned } = performed(caseOf([entry('21:05', 'alarm')]).replace(', supervisor-1: supervisor', ''));
    expect(caseText(unmanned)).toContain('^ shout climbs to supervisor (nobody there: fim)');
  });
});

test.each([
  [0, 0, '0 min before the harm'],
  [54, 54, '54 min before the harm'],
  [1, 13, '1 min to 13 min before the harm'],
  [-3, 10, '-3 min to 10 min before the harm'],
  [119, 120, '119 min to 2 h 0 min before the harm'],
  [1_440, 2_945, '1 d 0 h to 2 d 1 h before the harm'],
])('a lead of %i to %i minutes reads "%s"', (least, most, words) => {
  const firstTurn = { at: report.startedAt, safeguard: 'shout', why: 'So.', minutesBeforeHarm: { least, most } };
  expect(leadWords({ ...report, firstTurn })).toBe(words);
});

describe('the table of a folder', () => {
  const quiet: Report = performed(caseOf([])).report;
  const table = tableText([
    { file: 'loud.yaml', report, passed: false },
    { file: 'quiet.yaml', report: quiet, passed: true },
  ]);

  test('has a line for each case under its heads', () => {
    const [head = '', first = '', second = ''] = table.split('\n');
    expect(head).toMatch(/^case +alarms +prompts +refusals +first turn +lead +expected/);
    expect(first).toMatch(/^loud\.yaml +1 +0 +1 +shout +55 min before the harm +1\/3 +FAILED$/);
    expect(second).toMatch(/^quiet\.yaml +0 +0 +0 +- +- +0\/0 +passed$/);
    expect(first.indexOf('shout')).toBe(head.indexOf('first turn'));
  });

  test('names under it what failed, and nothing that held', () => {
    expect(table).toContain('\nloud.yaml\n  FAILED never bar');
    expect(table).not.toContain('held');
    expect(table).not.toContain('\nquiet.yaml\n');
  });
});
