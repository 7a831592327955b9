import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { caseOf, entry, performed, shout } from '../../test/rehearsal.ts';
import { safeguards } from '../safeguards/catalogue.ts';
import { wordsOf } from '../views/words.ts';
import { newCase } from './new.ts';
import type { Report } from './report.ts';
import { askWords, whyWords } from './report.ts';

const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$/);
const text = z.string().min(1);
const level = z.enum(['prompt', 'alarm']);
const expectations = z.array(z.strictObject({ expected: text, held: z.boolean(), found: text }));

/** The JSON report exactly as docs/case-files.md has it: fields are added there and here, never changed. */
const documented = z.strictObject({
  case: text,
  title: text,
  policy: text,
  startedAt: instant,
  endedAt: instant,
  harmAt: instant.nullable(),
  harm: text.nullable(),
  acts: z.array(
    z.strictObject({
      at: instant,
      by: text,
      command: text,
      outcome: z.enum(['done', 'refused', 'skipped']),
      note: text.nullable(),
      says: text.nullable(),
      dependsOn: text.nullable(),
      isAssumed: z.boolean(),
    }),
  ),
  duties: z.array(
    z.strictObject({
      safeguard: text,
      about: text,
      owner: text,
      level,
      raisedAt: instant,
      dueAt: instant,
      metAt: instant.nullable(),
      why: z.array(text).min(1),
      asks: z.array(text),
      spoke: z.array(z.strictObject({ at: instant, level, why: z.string() })).min(1),
      rungs: z.array(z.strictObject({ to: text, told: text, at: instant, late: z.boolean() })),
    }),
  ),
  floors: z.array(
    z.strictObject({
      incident: text,
      safeguard: text,
      band: z.enum(['emergency', 'priority', 'scheduled', 'none']),
      at: instant,
      liftedAt: instant.nullable(),
      why: text,
    }),
  ),
  refusals: z.array(
    z.strictObject({
      at: instant,
      command: text,
      gates: z.array(z.strictObject({ safeguard: text, why: text, asks: z.array(text) })).min(1),
    }),
  ),
  notes: z.array(z.strictObject({ safeguard: text, about: text, at: instant, why: text })),
  firstTurn: z
    .strictObject({
      at: instant,
      safeguard: text,
      why: text,
      minutesBeforeHarm: z.strictObject({ least: z.int(), most: z.int() }),
    })
    .nullable(),
  assumptions: z.array(text),
  expectations,
  variants: z.array(z.strictObject({ name: text, says: text, expectations })),
});

const close =
  "{ at: '21:25', by: supervisor-1, do: CloseIncident, with: { incident: job-1, code: attended, reason: Done } }";
const reopen = "{ at: '21:26', by: supervisor-1, do: ReopenIncident, with: { incident: job-1, reason: Again } }";
const everything = caseOf(
  [
    entry('21:05', 'prompt'),
    entry('21:10', 'alarm'),
    entry('21:12', 'met'),
    entry('21:15', 'floor'),
    entry('21:16', 'note'),
    entry('21:20', 'guarded'),
    close,
    reopen,
    entry('{ after: 5 min, at-least: 1 min, at-most: 9 min }', 'alarm again', 'note: As it was, '),
    "{ at: '21:50', by: fim-1, do: LiftFloor, with: { incident: job-1, safeguard: shout, reason: Seen } }",
  ],
  `assumed: [The gap]
harm: { at: '22:00', says: Harm }
expect: { never: [bar] }
variants: [{ name: other, says: Otherwise, remove: [], expect: { never: [bar] } }]
`,
);

function plain(report: Report): unknown {
  return JSON.parse(JSON.stringify(report));
}

describe('the JSON report', () => {
  test('has the documented fields and no others, filled and empty', () => {
    const { report } = performed(everything);
    expect(documented.safeParse(plain(report)).error).toBeUndefined();
    const empty = Object.entries(report).filter(([, value]) => Array.isArray(value) && value.length === 0);
    expect(empty).toEqual([]);
    expect(documented.safeParse(plain(performed(caseOf([])).report)).error).toBeUndefined();
  });

  test('has them under the whole catalogue', () => {
    expect(documented.safeParse(plain(performed(newCase, safeguards).report)).error).toBeUndefined();
  });

  test('tells a duty from its first word to its last', () => {
    const { duties } = performed(everything).report;
    expect(duties[0]).toEqual({
      safeguard: 'shout',
      about: 'incident:job-1',
      owner: 'dispatcher',
      level: 'alarm',
      raisedAt: '2026-02-03T21:05:00Z',
      dueAt: '2026-02-03T21:10:00Z',
      metAt: '2026-02-03T21:12:00Z',
      why: ['The entry says prompt.', 'The entry says alarm.'],
      asks: ['AddEntry (incident job-1)'],
      spoke: [
        { at: '2026-02-03T21:05:00Z', level: 'prompt', why: 'The entry says prompt.' },
        { at: '2026-02-03T21:10:00Z', level: 'alarm', why: 'The entry says alarm.' },
      ],
      rungs: [
        { to: 'supervisor', told: 'supervisor', at: '2026-02-03T21:05:00Z', late: false },
        { to: 'supervisor', told: 'supervisor', at: '2026-02-03T21:10:00Z', late: false },
      ],
    });
    expect(duties[1]?.metAt).toBeNull();
  });

  test('lists duties by when they first spoke, and leaves out those that never did', () => {
    const silent = { ...shout, timings: { main: { speaksMs: 600_000 } } };
    const { duties } = performed(caseOf([entry('21:05', 'alarm'), entry('21:06', 'met')]), [silent]).report;
    expect(duties).toEqual([]);
  });

  test('tells a floor with when it was lifted, and a note with its reason', () => {
    const { floors, notes } = performed(everything).report;
    expect(floors).toMatchObject([{ band: 'emergency', at: '2026-02-03T21:15:00Z', liftedAt: '2026-02-03T21:50:00Z' }]);
    expect(notes).toEqual([
      { safeguard: 'shout', about: 'incident:job-1', at: '2026-02-03T21:16:00Z', why: 'The entry says note.' },
    ]);
  });

  test('says of each act whose it was, what it was about, and whether its time is assumed', () => {
    const { acts } = performed(everything).report;
    expect(acts.find((act) => act.isAssumed)).toMatchObject({
      by: 'handler-1',
      note: 'As it was',
      at: '2026-02-03T21:31:00Z',
    });
    expect(acts.find((act) => act.command === 'AddEntry')?.note).toBe('prompt');
    expect(acts.find((act) => act.outcome === 'skipped')).toMatchObject({ dependsOn: 'CloseIncident', says: null });
  });
});

describe('a reason in words', () => {
  const words = wordsOf([shout]);

  test('quotes what was said at the events that it rests on, once and in one line', () => {
    const { played } = performed(caseOf([entry('21:05', '"alarm  she   said"')]));
    const seqs = played.events.filter((event) => event.type === 'EntryAdded').map((event) => event.seq);
    const reason = {
      why: { code: 'said', params: { word: 'something' }, seqs: [...seqs, ...seqs] },
      events: played.events,
    };
    expect(whyWords(words, 'shout', reason)).toBe('The entry says something. 21:05 “alarm she said”');
  });

  test('does not repeat what its words already quote', () => {
    const { played } = performed(caseOf([entry('21:05', 'alarm')]));
    const seqs = played.events.filter((event) => event.type === 'EntryAdded').map((event) => event.seq);
    const reason = { why: { code: 'said', params: { word: 'alarm' }, seqs }, events: played.events };
    expect(whyWords(words, 'shout', reason)).toBe('The entry says alarm.');
  });

  test('cuts a long quotation, never inside a character', () => {
    for (const before of [97, 98, 99]) {
      const { played } = performed(caseOf([entry('21:05', `alarm ${'a'.repeat(before - 6)}${'😀'.repeat(20)}`)]));
      const seqs = played.events.filter((event) => event.type === 'EntryAdded').map((event) => event.seq);
      const reason = { why: { code: 'said', params: { word: 'x' }, seqs }, events: played.events };
      const said = whyWords(words, 'shout', reason);
      expect(said).toMatch(/…”$/);
      expect(said).not.toMatch(/\p{Surrogate}/u);
    }
  });

  test('of an event that is not there quotes nothing', () => {
    const reason = { why: { code: 'said', params: { word: 'x' }, seqs: [99] }, events: [] };
    expect(whyWords(words, 'shout', reason)).toBe('The entry says x.');
  });
});

test('an ask is its command with what is already known', () => {
  expect(askWords({ command: 'SetGrade', with: {} })).toBe('SetGrade');
  expect(askWords({ command: 'SetGrade', with: { incident: 'job-1', grade: 'priority' } })).toBe(
    'SetGrade (incident job-1, grade priority)',
  );
});
