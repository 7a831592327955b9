import { describe, expect, test } from 'vitest';
import { caseOf, entry, judged, performed, problemIn, rehearse } from '../../test/rehearsal.ts';

const evening = [
  entry('21:05', 'alarm'),
  entry('21:10', 'note'),
  entry('21:15', 'floor'),
  entry('21:20', 'guarded'),
  "{ at: '21:25', by: supervisor-1, do: CloseIncident, with: { incident: job-1, code: attended, reason: Done } }",
];

function expects(line: string, commands: readonly string[] = evening, rest = ''): string {
  const [first = 'nothing expected'] = judged(caseOf(commands, `${rest}expect: { ${line} }\n`));
  return first;
}

describe('raised', () => {
  test.each([
    ['by its time', "raised: [{ safeguard: shout, by: '21:05' }]", 'held shout raised by 21:05'],
    [
      'at the level and about the thing named',
      "raised: [{ safeguard: shout, by: '21:30', level: alarm, about: incident:job-1 }]",
      'held shout raised as alarm about incident:job-1 by 21:30',
    ],
    ['about an id alone', "raised: [{ safeguard: shout, by: '21:05', about: job-1 }]", 'held shout raised about job-1'],
    [
      'as a prompt, where it was an alarm',
      "raised: [{ safeguard: shout, by: '21:05', level: prompt }]",
      'held shout raised as prompt by 21:05',
    ],
    ['as a note', "raised: [{ safeguard: shout, by: '21:10', level: note }]", 'held shout raised as note by 21:10'],
    ['with its date', 'raised: [{ safeguard: shout, by: 2026-02-03 21:05 }]', 'held shout raised by 2026-02-03 21:05'],
  ])('holds %s', (_name, line, begins) => {
    expect(expects(line)).toContain(begins);
  });

  test.each([
    ['too late', "raised: [{ safeguard: shout, by: '21:04' }]"],
    ['about another thing', "raised: [{ safeguard: shout, by: '21:30', about: incident:job-2 }]"],
    ['about a thing whose id only ends so', "raised: [{ safeguard: shout, by: '21:30', about: b-1 }]"],
    ['as a note before it was added', "raised: [{ safeguard: shout, by: '21:09', level: note }]"],
    ['by another safeguard', "raised: [{ safeguard: bar, by: '21:30' }]"],
  ])('fails %s, and says what was found', (_name, line) => {
    const said = expects(line);
    expect(said).toMatch(/^FAILED (shout|bar) raised/);
    expect(said).toContain(
      line.includes('bar')
        ? '(refused CloseIncident 2026-02-03 21:25:00)'
        : '(alarm 2026-02-03 21:05:00 about incident:job-1; note 2026-02-03 21:10:00 about incident:job-1; floor',
    );
  });

  test('fails where nothing was ever raised, and says so', () => {
    expect(expects("raised: [{ safeguard: shout, by: '21:30' }]", [])).toBe(
      'FAILED shout raised by 21:30 (never raised)',
    );
  });

  test('fails as an alarm where only a prompt was', () => {
    expect(expects("raised: [{ safeguard: shout, by: '21:30', level: alarm }]", [entry('21:05', 'prompt')])).toBe(
      'FAILED shout raised as alarm by 21:30 (prompt 2026-02-03 21:05:00 about incident:job-1)',
    );
  });

  test('is held by a floor where no level is named, on its incident only', () => {
    const floor = [entry('21:05', 'floor')];
    expect(expects("raised: [{ safeguard: shout, by: '21:05', about: incident:job-1 }]", floor)).toMatch(/^held/);
    expect(expects("raised: [{ safeguard: shout, by: '21:04' }]", floor)).toBe(
      'FAILED shout raised by 21:04 (floor emergency 2026-02-03 21:05:00 on incident:job-1)',
    );
    expect(expects("raised: [{ safeguard: shout, by: '21:05', about: incident:job-2 }]", floor)).toMatch(/^FAILED/);
    expect(expects("raised: [{ safeguard: shout, by: '21:05', level: prompt }]", floor)).toMatch(/^FAILED/);
  });

  test('is judged at a time long after the last command: the clock runs on until then', () => {
    const late = caseOf([], "expect: { climbs: [{ safeguard: shout, to: fim, by: '23:50' }] }\n");
    expect(performed(late).report.endedAt).toBe('2026-02-04T01:50:00Z');
  });
});

describe('refused', () => {
  test('holds at the very time, by the safeguard named', () => {
    expect(expects("refused: [{ at: '21:25', safeguard: bar }]")).toBe(
      'held refused at 21:25 by bar (CloseIncident refused by bar)',
    );
  });

  test('fails by another safeguard, and where nothing was refused', () => {
    expect(expects("refused: [{ at: '21:25', safeguard: shout }]")).toBe(
      'FAILED refused at 21:25 by shout (CloseIncident refused by bar)',
    );
    expect(expects("refused: [{ at: '21:26', safeguard: bar }]")).toBe(
      'FAILED refused at 21:26 by bar (nothing was refused then)',
    );
  });

  test('counts when the room was asked, not when the thing is said to have happened', () => {
    const late = (evening[4] ?? '').replace("at: '21:25'", "at: '21:25', recorded: '21:45'");
    const commands = [entry('21:20', 'guarded'), late];
    expect(expects("refused: [{ at: '21:45', safeguard: bar }]", commands)).toMatch(/^held/);
    expect(expects("refused: [{ at: '21:25', safeguard: bar }]", commands)).toMatch(/^FAILED/);
  });
});

describe('climbs', () => {
  test('holds when the rung is reached in time', () => {
    expect(expects("climbs: [{ safeguard: shout, to: fim, by: '21:15' }]")).toMatch(
      /^held shout climbs to fim by 21:15/,
    );
  });

  test('fails before the rung is reached, and says which were', () => {
    expect(expects("climbs: [{ safeguard: shout, to: fim, by: '21:14' }]")).toContain(
      'FAILED shout climbs to fim by 21:14 (supervisor 2026-02-03 21:05:00; fim 2026-02-03 21:15:00; fim',
    );
    expect(expects("climbs: [{ safeguard: bar, to: fim, by: '21:30' }]")).toContain('(reached no rung)');
  });

  test('is held by whoever was told where nobody stands on the rung', () => {
    const text = caseOf(
      [entry('21:05', 'alarm')],
      "expect: { climbs: [{ safeguard: shout, to: on-call, by: '21:15' }] }\n",
    );
    expect(judged(text.replace(', fim-1: fim', ''))[0]).toMatch(/^held/);
    expect(judged(text)[0]).toMatch(/^FAILED/);
  });
});

describe('quiet', () => {
  test('holds where nothing spoke and nothing was refused; a note is no noise', () => {
    expect(expects('quiet: prompt', [entry('21:10', 'note')])).toBe(
      'held quiet: no prompt, no alarm and nothing refused (quiet)',
    );
  });

  test('fails on a prompt, unless only alarms count', () => {
    expect(expects('quiet: prompt', [entry('21:05', 'prompt')])).toBe(
      'FAILED quiet: no prompt, no alarm and nothing refused ' +
        '(shout prompt 2026-02-03 21:05:00: The entry says prompt.)',
    );
    expect(expects('quiet: alarm', [entry('21:05', 'prompt')])).toBe(
      'held quiet: no alarm and nothing refused (quiet)',
    );
    expect(expects('quiet: alarm', [entry('21:05', 'alarm')])).toMatch(/^FAILED quiet: no alarm .*\(shout alarm/);
  });

  test('fails on a refusal at either level', () => {
    for (const level of ['prompt', 'alarm'])
      expect(expects(`quiet: ${level}`, evening.slice(3))).toContain(
        'CloseIncident refused 2026-02-03 21:25:00 by bar',
      );
  });
});

describe('never', () => {
  test.each([
    ['raised', entry('21:05', 'prompt')],
    ['set a floor', entry('21:05', 'floor')],
  ])('fails where the safeguard %s', (_name, command) => {
    expect(expects('never: [shout]', [command])).toMatch(/^FAILED never shout \((prompt|floor)/);
  });

  test('fails where it refused, and holds where it only noted', () => {
    expect(expects('never: [bar]')).toBe('FAILED never bar (refused CloseIncident 2026-02-03 21:25:00)');
    expect(expects('never: [shout]', [entry('21:05', 'note')])).toMatch(/^held never shout/);
  });
});

describe('turn-before-harm', () => {
  const harm = "harm: { at: '21:30', says: Harm }\n";

  test('holds with a turn at least a minute before, and fails without', () => {
    expect(expects('turn-before-harm: true', evening, harm)).toBe(
      'held a turn before the harm: yes (shout, 25 min before at least)',
    );
    expect(expects('turn-before-harm: true', [], harm)).toBe(
      'FAILED a turn before the harm: yes (no turn before the harm)',
    );
    expect(expects('turn-before-harm: true', [entry('21:29:30', 'alarm')], harm)).toBe(
      'FAILED a turn before the harm: yes (shout, 0 min before at least)',
    );
  });

  test('may be expected not to be', () => {
    expect(expects('turn-before-harm: false', [], harm)).toMatch(/^held a turn before the harm: no/);
    expect(expects('turn-before-harm: false', evening, harm)).toMatch(/^FAILED a turn before the harm: no/);
  });
});

describe('an expectation that means nothing is refused', () => {
  test.each([
    [
      "expect: { raised: [{ safeguard: shuot, by: '21:05' }] }",
      'expect.raised[0].safeguard',
      'found "shuot": did you mean "shout"?',
    ],
    ["expect: { refused: [{ at: '21:05', safeguard: barr }] }", 'expect.refused[0].safeguard', 'did you mean "bar"?'],
    ["expect: { climbs: [{ safeguard: shot, to: fim, by: '21:05' }] }", 'expect.climbs[0].safeguard', '"shout"?'],
    [
      'expect: { never: [shout, no-such-thing] }',
      'expect.never[1]',
      'expected the id of a safeguard; found "no-such-thing"',
    ],
    ["expect: { climbs: [{ safeguard: shout, to: superviser, by: '21:05' }] }", 'expect.climbs[0].to', '"supervisor"?'],
    ["expect: { raised: [{ safeguard: shout, by: '25:05' }] }", 'expect.raised[0].by', 'a time from 00:00'],
    [
      'variants: [{ name: other, says: Otherwise, expect: { never: [shou] } }]',
      'variants[0].expect.never[0]',
      'did you mean "shout"?',
    ],
  ])('%s', (line, field, says) => {
    const problem = problemIn(caseOf(evening, `${line}\n`));
    expect(problem.line).toBe(line);
    expect(problem.field).toBe(field);
    expect(problem.message).toContain(says);
  });
});

test('a case and its variants pass only when everything held', () => {
  const result = rehearse(caseOf(evening, 'expect: { never: [bar] }\n'));
  expect(result.ok && result.report.expectations.map((one) => one.held)).toEqual([false]);
});
