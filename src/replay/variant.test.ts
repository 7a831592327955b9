import { describe, expect, test } from 'vitest';
import { caseOf, entry, judged, problemIn, problemsIn } from '../../test/rehearsal.ts';

const commands = [
  entry('21:05', 'alarm', 'label: first, '),
  entry('21:10', 'quiet', 'label: second, '),
  entry('2026-02-04 00:05', 'quiet', 'label: midnight, '),
  entry('00:10', 'quiet', 'label: last, '),
];

/** The case with one variant; `lines` are its fields beside name and says. */
function withVariant(lines: readonly string[]): string {
  return caseOf(
    commands,
    `variants:\n  - name: other\n    says: Otherwise\n${lines.map((one) => `    ${one}\n`).join('')}`,
  );
}

function raised(by: string, more = ''): string {
  return `expect: { raised: [{ safeguard: shout, by: '${by}'${more} }] }`;
}

function heldIn(lines: readonly string[]): readonly boolean[] {
  return judged(withVariant(lines)).map((one) => one.startsWith('held'));
}

describe('a variant', () => {
  test('without a command lacks what that command did', () => {
    expect(heldIn(['remove: [first]', raised('2026-02-04 00:10')])).toEqual([false]);
    expect(heldIn(['remove: [second]', raised('21:05')])).toEqual([true]);
  });

  test('changes the fields that it names and no others', () => {
    const change = 'change: { first: { with: { text: prompt } } }';
    expect(heldIn([change, raised('21:05', ', level: alarm')])).toEqual([false]);
    expect(heldIn([change, raised('21:05', ', level: prompt')])).toEqual([true]);
  });

  test('changes the time of a command, on its own day', () => {
    const change = "change: { first: { at: '21:20' } }";
    expect(heldIn([change, raised('21:19')])).toEqual([false]);
    expect(heldIn([change, raised('21:20')])).toEqual([true]);
    const midnight = "change: { midnight: { at: '00:07', with: { text: alarm } }, first: { with: { text: quiet } } }";
    expect(heldIn([midnight, raised('2026-02-04 00:06')])).toEqual([false]);
    expect(heldIn([midnight, raised('2026-02-04 00:07')])).toEqual([true]);
  });

  test('leaves the times of what it does not name alone, whatever it removes', () => {
    const lines = ['remove: [midnight, first]', 'change: { last: { with: { text: alarm } } }'];
    expect(heldIn([...lines, raised('2026-02-04 00:09')])).toEqual([false]);
    expect(heldIn([...lines, raised('2026-02-04 00:10')])).toEqual([true]);
  });

  test('adds commands at their times, the first on the day on which the case starts', () => {
    const add = `add: [${entry('21:07', 'alarm')}, ${entry('21:08', 'met')}]`;
    expect(heldIn(['remove: [first]', add, raised('21:06')])).toEqual([false]);
    expect(heldIn(['remove: [first]', add, raised('21:07')])).toEqual([true]);
  });

  test('may add something from long before; undated times stay on the day of the case', () => {
    const add = "add: [{ at: 2025-01-05 10:00, do: PresentContact, with: { contact: call-0, channel: '101' } }]";
    expect(heldIn([add, raised('21:04')])).toEqual([false]);
    expect(heldIn([add, raised('21:05')])).toEqual([true]);
  });

  test('has the harm of its case, and a turn of its own', () => {
    const harm = "harm: { at: '22:00', says: Harm }\n";
    const turn = 'expect: { turn-before-harm: true }';
    const of = (lines: readonly string[]): readonly string[] => judged(`${withVariant(lines)}${harm}`);
    expect(of([turn])).toEqual(['held a turn before the harm: yes (shout, 55 min before at least)']);
    expect(of(['remove: [first]', turn])).toEqual(['FAILED a turn before the harm: yes (no turn before the harm)']);
  });
});

describe('a variant that cannot be', () => {
  const anything = raised('21:05');

  test.each([
    ['an unknown label', 'remove: [first, fist]', 'variants[0].remove[1]', 'Did you mean first?'],
    [
      'a change of an unknown label',
      'change: { secnd: { with: { text: x } } }',
      'variants[0].change.secnd',
      'No command of this case has the label secnd. Did you mean second?',
    ],
    [
      'an unknown field',
      'change: { first: { with: { words: x } } }',
      'variants[0].change.first.with.words',
      'AddEntry has no field words; it has incident, text, source.',
    ],
    [
      'a name that every object answers to',
      "change: { first: { with: { toString: '1' } } }",
      'variants[0].change.first.with',
      "expected a name of the document's own",
    ],
    [
      'a value of another type',
      'change: { first: { with: { text: [alarm] } } }',
      'variants[0].change.first.with.text',
      'expected text; found ["alarm"]',
    ],
    [
      'a value that is none of those allowed',
      'change: { first: { with: { source: hearsay } } }',
      'variants[0].change.first.with.source',
      'expected one of handler, dispatcher',
    ],
    [
      'an id that is none',
      'change: { first: { with: { incident: Job 1 } } }',
      'variants[0].change.first.with.incident',
      'expected an identifier of lower-case letters, digits and hyphens; found "Job 1"',
    ],
    [
      'a time that is none',
      "change: { first: { at: '25:00' } }",
      'variants[0].change.first.at',
      'a time from 00:00 to 23:59:59',
    ],
    [
      'an added time of the next day without its date',
      `add: [${entry('21:07', 'x')}, ${entry('00:07', 'x')}]`,
      'variants[0].add[1].at',
      'Recorded time goes backwards',
    ],
  ])('is refused in its own line: %s', (_name, line, field, says) => {
    const problem = problemIn(withVariant([line, anything]));
    expect(problem.line).toBe(line);
    expect(problem.field).toBe(field);
    expect(problem.message).toContain(says);
  });

  test('because of what it changed is refused there, and named', () => {
    const { field, message } = problemIn(withVariant(['change: { first: { with: { incident: job-7 } } }', anything]));
    expect(field).toBe('variants[0].change.first.with');
    expect(message).toBe(
      'AddEntry cannot happen here: No incident job-7 is known in this room. (In the variant other.)',
    );
  });

  test('because of what it removed is refused where that is missed, and named', () => {
    const opened = caseOf(commands).replace(
      'by: handler-1, do: OpenIncident',
      'by: handler-1, label: open, do: OpenIncident',
    );
    const text = `${opened}variants: [{ name: other, says: Otherwise, remove: [open], ${anything} }]\n`;
    const { line, field, message } = problemIn(text);
    expect(line).toContain("at: '21:05'");
    expect(field).toBe('commands[2].with');
    expect(message).toContain('AddEntry cannot happen here: No incident job-1 is known');
    expect(message).toContain('(In the variant other.)');
  });

  test('because nothing is left is refused', () => {
    const none = 'variants: [{ name: none, says: Nothing, remove: [all], expect: {} }]\n';
    const text = `${caseOf([]).replaceAll('do: ', 'label: all, do: ')}${none}`;
    expect(problemIn(text).field).toBe('variants[0]');
    expect(problemIn(text).message).toContain('Nothing is left of the case');
  });
});

test('an instant and a span in a changed field are written as in a command', () => {
  const promise =
    "{ at: '21:02', by: handler-1, label: promise, do: MakePromise, " +
    'with: { promise: p-1, contact: call-1, what: attend, words: Soon, dueAt: 2026-02-03 22:00 } }';
  const variant = (dueAt: string): string =>
    caseOf(
      [promise],
      `variants: [{ name: later, says: Later, change: { promise: { with: { dueAt: ${dueAt} } } }, expect: {} }]\n`,
    );
  expect(problemsIn(variant('2026-02-03 23:00'))).toEqual([]);
  expect(problemIn(variant('1770159600000')).message).toContain('expected an instant such as');
});
