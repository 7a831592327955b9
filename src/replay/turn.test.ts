import { describe, expect, test } from 'vitest';
import { caseOf, entry, performed, problemIn } from '../../test/rehearsal.ts';
import type { Report } from './report.ts';

const harm = "harm: { at: '22:00', says: Harm }\n";
const close =
  "{ at: '21:25', by: supervisor-1, do: CloseIncident, with: { incident: job-1, code: attended, reason: Done } }";

/** A grade given then; `at` as it stands in the file. */
function grade(at: string, given: string): string {
  return `{ at: ${at}, by: handler-1, do: SetGrade, with: { incident: job-1, grade: ${given}, reason: So } }`;
}

function about(ids: string): string {
  return `harm: { at: '22:00', says: Harm, about: [${ids}] }\n`;
}

function turn(commands: readonly string[], rest = harm): Report['firstTurn'] {
  return performed(caseOf(commands, rest)).report.firstTurn;
}

/** Least and most minutes. */
function lead(commands: readonly string[], rest = harm): readonly (number | undefined)[] {
  const found = turn(commands, rest)?.minutesBeforeHarm;
  return [found?.least, found?.most];
}

describe('the first turn is', () => {
  test('an alarm', () => {
    expect(turn([entry('21:05', 'prompt'), entry('21:10', 'alarm')])).toEqual({
      at: '2026-02-03T21:10:00Z',
      safeguard: 'shout',
      why: 'The entry says alarm.',
      minutesBeforeHarm: { least: 50, most: 50 },
    });
  });

  test('a refusal', () => {
    expect(turn([entry('21:20', 'guarded'), close])).toMatchObject({ at: '2026-02-03T21:25:00Z', safeguard: 'bar' });
  });

  test('a floor above what people gave', () => {
    expect(turn([entry('21:05', 'floor')])).toMatchObject({ at: '2026-02-03T21:05:00Z', safeguard: 'shout' });
    expect(turn([grade("'21:04'", 'scheduled'), entry('21:05', 'floor')])?.at).toBe('2026-02-03T21:05:00Z');
    expect(turn([grade("'21:04'", 'emergency'), entry('21:05', 'floor')])).toBeNull();
    expect(turn([entry('21:05', 'floor'), grade("'21:08'", 'emergency')])).toBeNull();
    expect(turn([entry('21:05', 'floor'), grade("'21:11'", 'emergency')])?.at).toBe('2026-02-03T21:05:00Z');
  });

  test.each([
    ['a prompt', entry('21:05', 'prompt')],
    ['a note', entry('21:05', 'note')],
    ['an alarm about the room itself', entry('21:05', 'source')],
  ])('not %s', (_name, command) => {
    expect(turn([command])).toBeNull();
  });

  test('a prompt only from when it becomes an alarm, with that reason', () => {
    expect(turn([entry('21:05', 'prompt'), entry('21:30', 'alarm')])).toMatchObject({
      at: '2026-02-03T21:30:00Z',
      why: 'The entry says alarm.',
    });
  });

  test('none when it comes with the harm or after it', () => {
    expect(turn([entry('22:00', 'alarm')])).toBeNull();
    expect(turn([entry('22:05', 'alarm')])).toBeNull();
    expect(turn([entry('21:59:59', 'alarm')])?.minutesBeforeHarm).toEqual({ least: 0, most: 0 });
  });

  test('none in a case without a harm', () => {
    expect(turn([entry('21:05', 'alarm')], '')).toBeNull();
  });

  test('at the moment when the room learned what demanded it', () => {
    const late = close.replace("at: '21:25'", "at: '21:25', recorded: '21:50'");
    expect(turn([entry('21:20', 'guarded'), late])).toMatchObject({
      at: '2026-02-03T21:50:00Z',
      minutesBeforeHarm: { least: 10, most: 10 },
    });
  });
});

describe('of a harm that is about some of the case, the turn', () => {
  const other = [
    "{ at: '21:01', by: handler-1, do: OpenIncident, with: { incident: job-2, summary: Another } }",
    "{ at: '21:02', by: handler-1, do: Mention, with: { subject: anna, incident: job-2, role: victim } }",
    "{ at: '21:05', by: handler-1, do: AddEntry, with: { incident: job-1, text: alarm } }",
    "{ at: '21:20', by: handler-1, do: AddEntry, with: { incident: job-2, text: alarm } }",
  ];

  test('is the first that concerns it', () => {
    expect(turn(other)?.at).toBe('2026-02-03T21:05:00Z');
    expect(turn(other, about('job-1'))?.at).toBe('2026-02-03T21:05:00Z');
    expect(turn(other, about('job-2'))?.at).toBe('2026-02-03T21:20:00Z');
  });

  test('is that of an incident in which a person of it appears', () => {
    expect(turn(other, about('anna'))?.at).toBe('2026-02-03T21:20:00Z');
  });

  test('cannot be about what the case does not name', () => {
    const problem = problemIn(caseOf(other, about('job-1, job-3')));
    expect(problem.field).toBe('harm.about[1]');
    expect(problem.message).toContain('found "job-3"');
  });
});

describe('the lead', () => {
  test('is rounded down to whole minutes', () => {
    expect(lead([entry('21:10:30', 'alarm')])).toEqual([49, 49]);
  });

  test('runs over the bounds of the harm', () => {
    const bounded = "harm: { at: '22:00', earliest: '21:45', latest: '22:30', says: Harm }\n";
    expect(lead([entry('21:10', 'alarm')], bounded)).toEqual([35, 80]);
  });

  test('is negative at its least where the harm may have come before the turn', () => {
    const bounded = "harm: { at: '22:00', earliest: '21:00', latest: '22:30', says: Harm }\n";
    expect(lead([entry('21:10', 'alarm')], bounded)).toEqual([-10, 80]);
  });

  test('runs over the assumed gaps, before the turn and before the harm', () => {
    const gap = '{ after: 10 min, at-least: 5 min, at-most: 40 min }';
    expect(lead([entry(gap, 'alarm')])).toEqual([20, 55]);
    const after = 'harm: { at: { after: 60 min, at-least: 30 min, at-most: 90 min }, says: Harm }\n';
    expect(lead([entry('21:10', 'alarm')], after)).toEqual([30, 90]);
    expect(lead([entry(gap, 'alarm')], after)).toEqual([30, 90]);
  });

  test('is not claimed at all where one play of the gaps demands nothing before the harm', () => {
    const floor = entry('21:05', 'floor');
    expect(lead([floor, grade('{ after: 10 min, at-least: 6 min }', 'emergency')])).toEqual([55, 55]);
    expect(turn([floor, grade('{ after: 10 min, at-least: 1 min }', 'emergency')])).toBeNull();
  });
});

describe('the harm', () => {
  test('without a date is on the day of the first command', () => {
    const over = [entry('21:05', 'alarm'), entry('2026-02-04 00:30', 'quiet')];
    expect(performed(caseOf(over, harm)).report.harmAt).toBe('2026-02-03T22:00:00Z');
  });

  test.each([
    ["harm: { at: '00:30', says: Harm }", 'harm.at', 'before the first command. A time on another day needs its date.'],
    ["harm: { at: '22:00', earliest: '22:01', says: Harm }", 'harm', 'between its earliest and its latest'],
    ["harm: { at: '22:00', latest: '00:30', says: Harm }", 'harm', 'a new day needs its date'],
    ["harm: { at: '22:61', says: Harm }", 'harm.at', 'a time from 00:00 to 23:59:59'],
    ["harm: { at: '22:00', latest: '22:61', says: Harm }", 'harm.latest', 'a time from 00:00 to 23:59:59'],
    ['harm: { at: { after: 5 min, at-least: 6 min }, says: Harm }', 'harm.at', 'between at-least and at-most'],
  ])('that cannot be is refused: %s', (line, field, says) => {
    const problem = problemIn(caseOf([], `${line}\n`));
    expect(problem).toMatchObject({ line, field });
    expect(problem.message).toContain(says);
  });

  test('as a gap stays within its bounds in every play', () => {
    const gap = '{ after: 60 min, at-least: 1 min, at-most: 3 h }';
    const bounded = `harm: { at: ${gap}, earliest: '21:40', latest: '22:20', says: Harm }\n`;
    expect(lead([entry('21:10', 'alarm')], bounded)).toEqual([30, 70]);
  });
});
