import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type DocumentOptions, readDocument } from './document.ts';
import { duration, instant } from './instant.ts';
import { sayProblem } from './problem.ts';

const place = z.strictObject({ address: z.string(), flat: z.string().optional() });
const fix = z.strictObject({ lat: z.number(), lon: z.number() });

const schema = z.strictObject({
  title: z.string().min(1).max(40),
  id: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'an identifier of small letters')
    .optional(),
  code: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  count: z.int().min(0).max(10).optional(),
  share: z.number().gt(0).lt(1).multipleOf(0.25).optional(),
  kind: z.literal('case').optional(),
  grade: z.enum(['emergency', 'priority', 'scheduled']).optional(),
  wait: duration().optional(),
  born: z.iso.date().optional(),
  either: z.union([z.string(), z.number(), place]).optional(),
  where: z.union([fix, place]).optional(),
  when: z.union([instant(), z.strictObject({ after: duration() })]).optional(),
  names: z.record(z.string().regex(/^[a-z]+$/, 'a name in small letters'), z.string()).optional(),
  colours: z.partialRecord(z.enum(['red', 'amber', 'green']), z.string()).optional(),
  pair: z.tuple([z.string(), z.string()]).optional(),
  people: z.array(z.string()).min(1).max(3).optional(),
  commands: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('OpenContact'), at: instant(), text: z.string() }),
        z.strictObject({ type: z.literal('SetGrade'), at: instant(), grade: z.enum(['emergency', 'priority']) }),
      ]),
    )
    .optional(),
});

/** Each problem of a file that begins with a title, as one line of text. */
function problemsIn(text: string, options?: Partial<DocumentOptions<z.ZodType>>): readonly string[] {
  const read = readDocument(`title: a\n${text}\n`, { file: 'x', schema, ...options });
  return read.ok ? [] : read.problems.map(sayProblem);
}

const clockForm = 'an instant such as 2026-02-03T21:04:30Z, or British local time such as 2026-02-03 21:04';
const fieldsForm = 'write its fields as "name: value", with a space after the colon';

describe('a difference from the schema is one sentence at its line', () => {
  test.each([
    [
      'grade: emergancy',
      'x:2:8 grade: expected one of emergency, priority, scheduled; found "emergancy": did you mean "emergency"?',
    ],
    [
      'grade: Emergency',
      'x:2:8 grade: expected one of emergency, priority, scheduled; found "Emergency": did you mean "emergency"?',
    ],
    ['grade: no', 'x:2:8 grade: expected one of emergency, priority, scheduled; found "no"'],
    ['grade: 5', 'x:2:8 grade: expected one of emergency, priority, scheduled; found the number 5'],
    ['kind: story', 'x:2:7 kind: expected "case"; found "story"'],
    ['count: 11', 'x:2:8 count: expected a number of at most 10; found the number 11'],
    ['count: -1', 'x:2:8 count: expected a number of at least 0; found the number -1'],
    ['count: 1.5', 'x:2:8 count: expected a whole number; found the number 1.5'],
    ['share: 0', 'x:2:8 share: expected a number greater than 0; found the number 0'],
    ['share: 1', 'x:2:8 share: expected a number less than 1; found the number 1'],
    ['share: 0.3', 'x:2:8 share: expected a multiple of 0.25; found the number 0.3'],
    ['id: A B', 'x:2:5 id: expected an identifier of small letters; found "A B"'],
    ['code: abc', 'x:2:7 code: expected text of the form /^[A-Z]{2}$/; found "abc"'],
    ['born: 3/2/1990', 'x:2:7 born: expected a date such as 2026-02-03; found "3/2/1990"'],
    ['wait: 5', 'x:2:7 wait: expected a duration such as 90 s, 5 min, 2 h or 28 d; found the number 5'],
    ['people: []', 'x:2:9 people: expected a list of at least 1 item; found an empty list'],
    ['people: [a, b, c, d]', 'x:2:9 people: expected a list of at most 3 items; found a list of 4'],
    ['people: a', 'x:2:9 people: expected a list; found "a": begin each item on a line of its own with "- "'],
    [
      'people: {a: b}',
      'x:2:9 people: expected a list; found a group of fields: begin each item on a line of its own with "- "',
    ],
    ['pair: [a]', 'x:2:7 pair: expected a list of at least 2 items; found a list of 1'],
    ['names: {A1: b}', 'x:2:9 names.A1: expected a name in small letters; found "A1"'],
    ['names: {a: 1}', 'x:2:12 names.a: expected text; found the number 1: put it in quotes, "1"'],
    [
      'colours: {grean: b}',
      'x:2:11 colours.grean: expected one of the fields red, amber, green; found "grean": did you mean "green"?',
    ],
    ['either: [a]', 'x:2:9 either: expected text, a number or a group of fields; found a list of 1'],
    [
      'either: {flat: 2}',
      'x:2:9 either.address: expected text; the field is missing',
      'x:2:16 either.flat: expected text; found the number 2: put it in quotes, "2"',
    ],
    ['where: home', `x:2:8 where: expected a group of fields; found "home": ${fieldsForm}`],
    ['where: {lat: 51.5}', 'x:2:8 where.lon: expected a number; the field is missing'],
    [
      'where: {adress: a}',
      'x:2:9 where.adress: expected one of the fields address, flat; found "adress": did you mean "address"?',
    ],
    ['when: soon', `x:2:7 when: expected ${clockForm}; found "soon"`],
    ['when: 5', `x:2:7 when: expected ${clockForm} or a group of fields; found the number 5`],
    ['when: {after: 5}', 'x:2:15 when.after: expected a duration such as 90 s, 5 min, 2 h or 28 d; found the number 5'],
    ['commands:\n  - OpenContact', `x:3:5 commands[0]: expected a group of fields; found "OpenContact": ${fieldsForm}`],
    ['commands:\n  - at: x', 'x:3:5 commands[0].type: expected one of OpenContact, SetGrade; the field is missing'],
    ['commands:\n  - type: 5', 'x:3:11 commands[0].type: expected one of OpenContact, SetGrade; found the number 5'],
    [
      'commands:\n  - type: OpenContakt',
      'x:3:11 commands[0].type: expected one of OpenContact, SetGrade; found "OpenContakt": ' +
        'did you mean "OpenContact"?',
    ],
    [
      'tilte: b',
      'x:2:1 tilte: expected one of the fields title, id, code, count, share, kind, grade, wait, born, either, ' +
        'where, when, names, colours, pair, people, commands; found "tilte": did you mean "title"?',
    ],
  ])('%s', (text, ...problems) => {
    expect(problemsIn(text)).toEqual(problems);
  });

  test('a missing field is told at the group that lacks it', () => {
    const read = readDocument('\n\n  count: 1\n', { file: 'x', schema });
    expect(read.ok ? [] : read.problems.map(sayProblem)).toEqual(['x:3:3 title: expected text; the field is missing']);
  });

  test('a text too long is shown cut, with its length', () => {
    expect(problemsIn(`id: ${'A'.repeat(100)}`)).toEqual([
      `x:2:5 id: expected an identifier of small letters; found "${'A'.repeat(60)}…" (100 characters)`,
    ]);
  });

  test('what a file says cannot break the line of the problem', () => {
    expect(problemsIn('grade: "a\\nb\\tc"')).toEqual([
      'x:2:8 grade: expected one of emergency, priority, scheduled; found "a\\nb\\tc"',
    ]);
  });

  test('every difference of a file is told, in the order of the file', () => {
    const commands = '  - type: SetGrade\n    at: 2026-10-25 01:30\n    grade: low\n    extra: 1\n';
    expect(problemsIn(`count: 11\ncommands:\n${commands}grade: x`).map((line) => line.split(' ')[1])).toEqual([
      'count:',
      'commands[0].at:',
      'commands[0].grade:',
      'commands[0].extra:',
      'grade:',
    ]);
  });
});

describe("a schema's own words", () => {
  const refined = z
    .strictObject({ title: z.string(), from: z.int().optional(), to: z.int().optional(), word: z.string().optional() })
    .superRefine((value, context) => {
      if (value.from === undefined || value.to === undefined || value.from <= value.to) return;
      context.addIssue({ code: 'custom', path: ['to'], message: 'the end must not come before the beginning' });
    })
    .refine((value) => value.word !== 'forbidden', 'expected another word');

  test('a sentence stays as it was written, at the place it names', () => {
    expect(problemsIn('from: 2\nto: 1', { schema: refined })).toEqual([
      'x:3:5 to: the end must not come before the beginning',
    ]);
  });

  test('what was found is added to what was expected', () => {
    expect(problemsIn('word: forbidden', { schema: refined })).toEqual([
      'x:1:1 expected another word; found a group of fields',
    ]);
  });

  test('a schema that throws is a fault of the program and is not hidden', () => {
    const broken = z.unknown().refine(() => {
      throw new TypeError('broken schema');
    });
    expect(() => problemsIn('', { schema: broken })).toThrow('broken schema');
  });
});

describe('the limits', () => {
  test('at most so many problems are told, and then how many more there were', () => {
    const items = Array.from({ length: 50 }, (_, index) => `  a${'b'.repeat(index)}: ${index}`).join('\n');
    const problems = problemsIn(`names:\n${items}`, { limits: { maxProblems: 3 } });
    expect(problems).toEqual([
      'x:3:6 names.a: expected text; found the number 0: put it in quotes, "0"',
      'x:4:7 names.ab: expected text; found the number 1: put it in quotes, "1"',
      'x:5:8 names.abb: expected text; found the number 2: put it in quotes, "2"',
      'x:6:9 and 47 more problems',
    ]);
  });

  test('one more problem is told in the singular', () => {
    expect(problemsIn('count: 11\ngrade: x', { limits: { maxProblems: 1 } }).at(-1)).toBe('x:3:8 and 1 more problem');
  });

  test('the number of problems is right however many there are', () => {
    const list = z.strictObject({ title: z.string(), any: z.array(z.string()) });
    const problems = problemsIn(`any:\n${'- 1\n'.repeat(30_000)}`, { schema: list });
    expect(problems).toHaveLength(21);
    expect(problems[0]).toBe('x:3:3 any[0]: expected text; found the number 1: put it in quotes, "1"');
    expect(problems[20]).toMatch(/ and 29980 more problems$/);
  });

  test('reading stops at a thousand faults of YAML, and says that there may be others', () => {
    const problems = problemsIn(`any:\n${'- *a\n'.repeat(5_000)}`);
    expect(problems).toHaveLength(21);
    expect(problems[20]).toBe('x:23:3 and at least 1000 more problems');
  });

  test('more differences than the schema library can hold end in a problem', () => {
    const lists = z.strictObject({ title: z.string(), any: z.array(z.array(z.string())) });
    const problems = problemsIn(`any:\n-\n${' - 1\n'.repeat(200_000)}`, {
      schema: lists,
      limits: { maxNodes: 500_000 },
    });
    expect(problems).toEqual([
      'x:1:1 expected a document of another form; found so many differences that they cannot be listed',
    ]);
  });

  test.each([
    ['count: 1', { maxBytes: 17 }, 'x:1:1 expected a file of at most 17 bytes; found more'],
    [
      'any: [[1]]',
      { maxDepth: 2 },
      'x:2:8 expected at most 2 lists and groups inside one another; found more: is a bracket left open?',
    ],
    ['count: 1', { maxNodes: 3 }, 'x:2:8 expected at most 3 names and values in the file; found more: split it'],
    [
      'people: []\nnames: {}',
      { maxNodes: 6 },
      'x:3:8 names: expected at most 6 names and values in the file; found more: split it',
    ],
    [
      '\n\n\n\n\n\n\n\n\n\n',
      { maxNodes: 2 },
      'x:7:1 expected at most 12 words, marks and line ends in the file; found more: split it',
    ],
    ['count: 1', { maxKeyCharacters: 4 }, 'x:1:1 expected a name of at most 4 characters; found 5'],
    ['people: [abcd]', { maxTextCharacters: 3 }, 'x:2:10 people[0]: expected text of at most 3 characters; found 4'],
  ])('%j under %j is refused', (text, limits, problem) => {
    expect(problemsIn(text, { limits })[0]).toBe(problem);
  });

  test('the limit on size counts bytes of UTF-8, whether the file comes as bytes or as text', () => {
    const text = 'title: "€"\n';
    const bytes = new TextEncoder().encode(text);
    expect(bytes).toHaveLength(13);
    for (const file of [text, bytes]) {
      expect(readDocument(file, { file: 'x', schema, limits: { maxBytes: 13 } }).ok).toBe(true);
      expect(readDocument(file, { file: 'x', schema, limits: { maxBytes: 12 } }).ok).toBe(false);
    }
  });
});

describe('a file that is right', () => {
  const text = `# A case
title: A call
names:
  ann: x
commands:
  - type: OpenContact
    at: 2026-02-03 21:04
    text: |
      He is here.
      Please come.
  - {type: SetGrade, at: 2026-02-03T21:05:10Z, grade: emergency}
`;

  test('is read as the schema says', () => {
    const read = readDocument(text, { file: 'x', schema });
    const at = Date.UTC(2026, 1, 3, 21, 4);
    expect(read).toMatchObject({
      ok: true,
      value: {
        title: 'A call',
        names: { ann: 'x' },
        commands: [
          { type: 'OpenContact', at, text: 'He is here.\nPlease come.\n' },
          { type: 'SetGrade', at: at + 70_000, grade: 'emergency' },
        ],
      },
    });
  });

  test.each([
    [[], 2],
    [['title'], 2],
    [['names', 'ann'], 4],
    [['names', 'bob'], 4],
    [['commands', 0], 6],
    [['commands', 0, 'text'], 8],
    [['commands', 1, 'grade'], 11],
    [['commands', 7, 'at'], 6],
    [['title', 'constructor'], 2],
    [['commands', 'length'], 6],
    [['nothing', 3, 'here'], 2],
  ])('the line of %j is %i', (path, line) => {
    const read = readDocument(text, { file: 'x', schema });
    expect(read.ok && read.lineOf(path)).toBe(line);
  });
});
