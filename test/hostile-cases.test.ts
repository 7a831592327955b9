import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasPassed } from '../src/replay/case.ts';
import type { CaseResult } from '../src/replay/case.ts';
import { htmlOf } from '../src/replay/html.ts';
import { newCase } from '../src/replay/new.ts';
import { caseText, tableText } from '../src/replay/terminal.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { rehearse } from './rehearsal.ts';
import { propertySettings } from './runs.ts';

/** A case with a little of everything that a case file may hold. */
const rich = `case: rich
title: A case with a little of everything
policy: national
assumed: [Everything]
world:
  staff: { handler-1: handler, dispatcher-1: dispatcher, supervisor-1: supervisor,
    fim-1: { role: fim, on-duty: false } }
  units: { unit-1: available, unit-2: committed }
  subjects:
    flat: { kind: place, premises: Flat 4, street: Larkspur Court, town: Ashmere }
    anna: { kind: person, name: Anna Ray, born: '1988-04-12' }
    karl: { kind: person, name: Karl Fenn }
    phone-a: { kind: phone, number: '07700900123' }
  relations: [{ from: anna, to: karl, relation: ex-partner }]
  markers: [{ marker: m-1, subject: flat, kind: high-risk-domestic, reason: Earlier harm, owner: supervisor-1 }]
  orders:
    - { order: o-1, kind: non-molestation, respondent: karl, protects: [anna], madeAt: 2026-01-05 10:00,
        service: served }
  sources:
    own-history:
      latency: 2 s
      outages: [{ from: 2026-02-03 21:00, until: 2026-02-03 21:02, result: timed-out }]
      records:
        - { id: old-1, kind: incident, when: 2025-11-20 23:10, names: [{ kind: person, name: Anna Ray }],
            says: Assault }
commands:
  - { at: 2026-02-03 21:00, do: PresentContact, with: { contact: call-1, channel: '999' } }
  - { at: '21:00:10', by: handler-1, do: AnswerContact, with: { contact: call-1 } }
  - { at: '21:00:20', do: Mention, with: { subject: phone-a, contact: call-1, role: used } }
  - { at: '21:01', by: handler-1, do: Mention, with: { subject: anna, contact: call-1, role: caller } }
  - { at: '21:01', by: handler-1, do: Mention, with: { subject: karl, contact: call-1, role: suspect } }
  - { at: '21:02', by: handler-1, label: said, do: RecordStatement,
      with: { contact: call-1, words: He is outside my door again } }
  - { at: { after: 1 min, at-least: 30 s, at-most: 5 min }, by: handler-1, do: OpenIncident,
      with: { incident: job-1, contact: call-1, summary: At the door } }
  - { at: '21:08', by: handler-1, do: SetGrade, with: { incident: job-1, grade: scheduled, reason: Not in danger } }
  - { at: '21:09', recorded: '21:20', by: dispatcher-1, do: AssignUnit,
      with: { deployment: sent-1, incident: job-1, unit: unit-1 } }
  - { at: '21:30', by: supervisor-1, label: close, do: CloseIncident,
      with: { incident: job-1, code: attended, reason: Dealt with } }
  - { at: 2026-02-04 00:10, by: handler-1, note: Too late, do: AddEntry,
      with: { incident: job-1, text: She has rung again } }
harm: { at: '22:10', earliest: '22:00', latest: '22:40', says: She was hurt, about: [anna] }
expect:
  raised: [{ safeguard: unresourced, by: '23:00', level: prompt, about: incident:job-1 }]
  refused: [{ at: '21:30', safeguard: closing-unsafe }]
  climbs: [{ safeguard: unresourced, to: supervisor, by: '23:00' }]
  never: [place-cluster]
  turn-before-harm: true
variants:
  - name: quieter
    says: He has gone
    change: { said: { at: '21:03', with: { words: He has gone home } } }
    remove: [close]
    add: [{ at: '21:40', by: handler-1, do: AddEntry, with: { incident: job-1, text: Rang back } }]
    expect: { quiet: alarm }
`;

const strays = [
  '',
  'null',
  'true',
  'no',
  '[]',
  '{}',
  '[[]]',
  '{ a: 1 }',
  '""',
  "'",
  '# cut',
  ': :',
  '- -',
  '|',
  '>',
  '%',
];
const numbers = ['-1', '0', '1e400', '.nan', '0x1F', '99999999999999999999', '9'.repeat(400)];
const yaml = ['!!js/function x', '&a x', '*a', '<<: {}', 'constructor', '__proto__', '"\\u202e"', 'x'.repeat(3_000)];
const times = [
  '2026-13-45 99:99',
  '2026-10-25 01:30',
  '2026-03-29 01:30',
  '1970-01-01 00:00',
  "'24:00'",
  '5 weeks',
  '0 s',
];
const names = ['job-1', 'handler-1', 'unresourced', 'alarm', 'Ünïcödé 😀'];
const values = [...strays, ...numbers, ...yaml, ...times, ...names];
const characters = [
  '\0',
  '\u0007',
  '\u001b',
  '\u202e',
  '\ud800',
  '\u2028',
  '\ufeff',
  '\t',
  '\r',
  '\n',
  '{',
  '}',
  '[',
  ']',
];
const marks = ["'", '"', ',', ':', '#', '&', '*', '!', '|', '-', '?', '😀', 'é', ' '];

/** One thing that a slip of the hand, a bad merge or somebody's malice does to a text. */
type Mutation = (text: string) => string;

function onLines(change: (lines: string[]) => void): Mutation {
  return (text) => {
    const lines = text.split('\n');
    change(lines);
    return lines.join('\n');
  };
}

const valueForm = /(?<=: )[^,{}[\]\n]+/g;
const place = fc.nat({ max: 4_000 });
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  place.map((at) => onLines((lines) => lines.splice(at % lines.length, 1))),
  place.map((at) => onLines((lines) => lines.splice(at % lines.length, 0, lines[at % lines.length] ?? ''))),
  fc.tuple(place, place).map(([a, b]) =>
    onLines((lines) => {
      const [left, right] = [a % lines.length, b % lines.length];
      [lines[left], lines[right]] = [lines[right] ?? '', lines[left] ?? ''];
    }),
  ),
  fc.tuple(place, fc.constantFrom(...values)).map(([at, value]) => replacedAt(valueForm, at, value)),
  fc.tuple(place, fc.constantFrom(...values)).map(([at, value]) => replacedAt(/[a-z-]+(?=:)/g, at, value)),
  // One value of the case in the place of another.
  fc.tuple(place, place).map(([at, from]) => (text: string) => {
    const found = text.match(valueForm) ?? [];
    return replacedAt(valueForm, at, found[from % Math.max(1, found.length)] ?? '')(text);
  }),
  fc.tuple(place, fc.integer({ min: 0, max: 99 })).map(([at, number]) => replacedAt(/(?<=:)\d\d/g, at, String(number))),
  fc.tuple(place, fc.constantFrom(...characters, ...marks)).map(([at, character]) => (text: string) => {
    const cut = at % (text.length + 1);
    return `${text.slice(0, cut)}${character}${text.slice(cut)}`;
  }),
  fc.tuple(place, fc.nat({ max: 40 })).map(([at, length]) => (text: string) => {
    const cut = at % (text.length + 1);
    return text.slice(0, cut) + text.slice(cut + length);
  }),
);

/** Replaces one of the places where a pattern is found. */
function replacedAt(pattern: RegExp, at: number, value: string): Mutation {
  return (text) => {
    const found = [...text.matchAll(pattern)];
    const one = found[at % Math.max(1, found.length)];
    return one === undefined ? text : text.slice(0, one.index) + value + text.slice(one.index + one[0].length);
  };
}

const mutated = fc
  .tuple(fc.constantFrom<string>(newCase, rich), fc.array(mutation, { minLength: 1, maxLength: 3 }))
  .map(([text, mutations]) => mutations.reduce((now, change) => change(now), text));

test('the case with a little of everything plays', () => {
  const result = rehearse(rich, safeguards);
  expect(result.ok ? [] : result.problems).toEqual([]);
});

/** What is wrong with how a case came out: a page that shows its insides, a refusal that nobody can act on. */
function faultsOf(text: string, result: CaseResult): readonly string[] {
  if (result.ok) {
    const { report } = result;
    const row = { file: 'x', report, passed: hasPassed(report) };
    return [caseText(report), htmlOf(report), tableText([row])].filter((shown) => inside.test(shown));
  }
  const last = text.split('\n').length;
  if (result.problems.length === 0) return ['refused without a problem'];
  return result.problems
    .filter(({ line, column, field, message }) => {
      const isPlaced = line >= 1 && line <= last && column >= 1;
      return !isPlaced || message.length < 10 || inside.test(`${field} ${message}`) || hidden.test(message);
    })
    .map((problem) => JSON.stringify(problem));
}

const inside = /undefined|\[object|NaN|\.ts:\d|^\w*Error\b/;
const hidden = /\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/u;

test('a case file with anything done to it plays, or is refused in words a person can act on', () => {
  const seen = { played: 0, refused: 0 };
  fc.assert(
    fc.property(mutated, (text) => {
      const result = rehearse(text, safeguards);
      seen[result.ok ? 'played' : 'refused'] += 1;
      expect(faultsOf(text, result)).toEqual([]);
    }),
    propertySettings(150),
  );
  expect(Math.min(seen.played, seen.refused)).toBeGreaterThan(0);
});
