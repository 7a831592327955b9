import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { propertySettings } from '../../test/runs.ts';
import { readDocument } from './document.ts';
import { duration, instant } from './instant.ts';
import { sayProblem } from './problem.ts';

const limits = { maxBytes: 4_000, maxDepth: 6, maxNodes: 200, maxTextCharacters: 300, maxProblems: 5 };

const act = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('OpenContact'), at: instant(), text: z.string().min(1) }),
  z.strictObject({ do: z.literal('Wait'), wait: duration(), why: z.union([z.string(), z.number()]).optional() }),
]);
const schema = z.strictObject({
  title: z.string().max(100),
  world: z.record(z.string().regex(/^[a-z]+$/), z.union([act, z.array(z.string()), z.boolean()])).optional(),
  acts: z.array(act).max(10),
});

const right = `# A case
title: 'It''s a case'
world:
  ann: {do: Wait, wait: 5 min, why: "a \\"reason\\""}
  ben: [a, b]
  cat: true
acts:
  - do: OpenContact
    at: 2026-02-03 21:04
    text: |
      He is here.

      Come.
  - do: Wait
    wait: 90 s
    why: 7
`;

/** What turns a file into another kind of file when it is typed or pasted into it. */
const fragments: readonly string[] = [
  ['\n', '\r\n', '\r', '\t', ' ', '  ', '- ', ': ', ':', '? ', ', ', '[', ']', '{', '}', '"', "'", '\\', '#', ' #x'],
  ['|', '>-\n', '&a ', '*a', '!!binary ', '!', '%YAML 1.1\n', '---\n', '...\n', '@', '`', '<<: ', '~', '.nan', '0x1F'],
  ['__proto__: ', 'constructor: ', '\0', '\x1b', '\u202E', '\uFEFF', '\u2028', '\ud800', '\udc00', '🚨', '"\\ud800"'],
  ['07700900123', '1e999', 'yes', 'null', '[[[[[[[[', '{a: {a: {a: {a: {a: {a: ', '- - - - - - - - a', 'x'.repeat(400)],
].flat();

interface Change {
  readonly at: number;
  readonly cut: number;
  readonly paste: string;
}

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat({ max: right.length }),
  cut: fc.oneof(fc.constant(0), fc.nat({ max: 12 })),
  paste: fc.oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 3, unit: 'binary' })),
});

function changed(text: string, changes: readonly Change[]): string {
  return changes.reduce((all, { at, cut, paste }) => all.slice(0, at) + paste + all.slice(at + cut), text);
}

const problemForm = /^(expected \S.*; (found \S|the field is missing)|and (at least )?\d+ more problems?$)/;
/** No control character, override or half of a pair may reach the terminal, and no inside of the program the person. */
const unfit = /[\p{Cc}\p{Cs}\u2028-\u202E\u2066-\u2069]|undefined|\[object|\.ts:/u;

/** What is wrong with the answer to a file; nothing, whatever the file. */
function wrongAnswers(file: string | Uint8Array): readonly string[] {
  const read = readDocument(file, { file: 'x.yaml', schema, limits });
  if (read.ok) return read.lineOf(['acts', 0, 'at']) > 0 ? [] : ['no line'];
  const lineCount = (typeof file === 'string' ? file : new TextDecoder().decode(file)).split('\n').length;
  const count = read.problems.length;
  const wrongCount = count === 0 || count > limits.maxProblems + 1 ? [`${count} problems`] : [];
  const wrong = read.problems.filter(
    (problem) =>
      !(problem.line >= 1 && problem.line <= lineCount && problem.column >= 1) ||
      !problemForm.test(problem.message) ||
      unfit.test(sayProblem(problem)) ||
      sayProblem(problem).length > 1_000,
  );
  return [...wrongCount, ...wrong.map(sayProblem)];
}

describe('whatever the file, the answer is its value or problems that can be acted on', () => {
  const heap = fc.array(fc.oneof(fc.constantFrom(...fragments), fc.constantFrom('a', 'do', '\n  ', '\n', 'b: ')), {
    maxLength: 40,
  });
  const units = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 });
  const spots = fc.array(fc.tuple(fc.nat({ max: right.length - 1 }), fc.nat({ max: 255 })), { maxLength: 3 });
  const changedBytes = spots.map((all) => {
    const bytes = new TextEncoder().encode(right);
    for (const [at, byte] of all) bytes[at] = byte;
    return bytes;
  });
  const files: readonly (readonly [name: string, file: fc.Arbitrary<string | Uint8Array>])[] = [
    ['any bytes', fc.uint8Array({ maxLength: 400 })],
    ['any text, halves of surrogate pairs included', units.map((all) => String.fromCharCode(...all))],
    ['any heap of the marks of YAML', heap.map((parts) => parts.join(''))],
    ['a file that was right, changed', fc.array(change, { maxLength: 4 }).map((changes) => changed(right, changes))],
    ['the bytes of a file that was right, changed', changedBytes],
    ['any data, written as JSON', fc.json({ maxDepth: 8 })],
  ];

  test.each(files)('%s', (_name, file) => {
    fc.assert(
      fc.property(file, (one) => {
        expect(wrongAnswers(one)).toEqual([]);
      }),
      propertySettings(600),
    );
  });

  test('the file that is changed is right before', () => {
    expect(readDocument(right, { file: 'x.yaml', schema, limits })).toMatchObject({ ok: true });
  });
});

test('data written as JSON is read as JSON reads it, or refused', () => {
  const anything = z.unknown();
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (written) => {
      const read = readDocument(written, { file: 'x', schema: anything });
      const value: unknown = JSON.parse(written, (_key, one: unknown) => (one === 0 ? 0 : one));
      expect(read.ok ? read.value : value).toEqual(value);
    }),
    propertySettings(500),
  );
});

test('reading the same file twice gives the same answer', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 3 }), (changes) => {
      const answer = (): string =>
        JSON.stringify(readDocument(changed(right, changes), { file: 'x.yaml', schema, limits }));
      expect(answer()).toBe(answer());
    }),
    propertySettings(100),
  );
});
