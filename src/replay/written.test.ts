import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { instant, span } from '../room/define.ts';
import { commandSchemas } from '../room/vocabulary.ts';
import { dataSchemaOf } from './case-file.ts';
import { asWritten } from './written.ts';

/** Every schema inside a schema, itself included. */
function schemasIn(schema: unknown, seen = new Set<unknown>()): readonly unknown[] {
  if (typeof schema !== 'object' || schema === null || !('def' in schema) || seen.has(schema)) return [];
  seen.add(schema);
  const inside = Object.values(schema.def as Readonly<Record<string, unknown>>).flatMap((part) => {
    if (typeof part !== 'object' || part === null) return [];
    return 'def' in part ? [part] : Object.values<unknown>({ ...part });
  });
  return [schema, ...inside.flatMap((one) => schemasIn(one, seen))];
}

const given = [...commandSchemas.keys()].filter((type) => dataSchemaOf(type) !== undefined);

describe('the data of a command in a case file', () => {
  test('is that of the API for all but four commands', () => {
    expect([...commandSchemas.keys()].filter((type) => !given.includes(type))).toEqual([
      'AdoptPolicy',
      'ArchiveIncident',
      'Recall',
    ]);
    for (const type of given.filter((one) => one !== 'Propose'))
      expect(Object.keys(dataSchemaOf(type)?.shape ?? {})).toEqual(
        Object.keys((commandSchemas.get(type) as z.ZodObject).shape),
      );
  });

  test.each(given)('%s holds no instant and no span in milliseconds', (type) => {
    const all = schemasIn(dataSchemaOf(type));
    expect(all.length).toBeGreaterThan(1);
    expect(all.includes(instant) || all.includes(span)).toBe(false);
  });
});

describe('a schema as a person writes it', () => {
  const schema = z.strictObject({
    at: instant,
    until: instant.optional(),
    due: instant.nullable(),
    for: span.default(60_000),
    list: z.array(z.strictObject({ when: instant })).max(3),
    name: z.string().min(2),
    plain: z.array(z.string()).min(1),
  });

  test('takes local time and spans with their unit, at every depth, and gives milliseconds', () => {
    const written = {
      at: '2026-02-03 21:04',
      due: null,
      list: [{ when: '2026-06-03 21:04' }],
      name: 'ab',
      plain: ['a'],
    };
    expect(asWritten(schema).parse(written)).toEqual({
      at: Date.UTC(2026, 1, 3, 21, 4),
      due: null,
      for: 60_000,
      list: [{ when: Date.UTC(2026, 5, 3, 20, 4) }],
      name: 'ab',
      plain: ['a'],
    });
    expect(asWritten(schema).parse({ ...written, for: '5 min', until: '2026-02-03T22:00Z' })).toMatchObject({
      for: 300_000,
      until: Date.UTC(2026, 1, 3, 22),
    });
  });

  test('takes no milliseconds, no further field, and keeps the other bounds', () => {
    const written = { at: '2026-02-03 21:04', due: null, list: [], name: 'ab', plain: ['a'] };
    for (const wrong of [{ at: 1_770_000_000_000 }, { for: 60_000 }, { more: 1 }, { name: 'a' }, { plain: [] }])
      expect(asWritten(schema).safeParse({ ...written, ...wrong }).success).toBe(false);
  });
});
