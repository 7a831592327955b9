import fc from 'fast-check';
import type { z } from 'zod';
import { id, instant, line, span, words } from '../src/room/define.ts';
import { noon, people } from './control-room.ts';

/** Few ids of each kind, so that commands meet one another. */
const pools: Readonly<Record<string, readonly string[]>> = {
  contact: ['c1', 'c2', 'c3'],
  incident: ['i1', 'i2', 'i3'],
  incidents: ['i1', 'i2', 'i3'],
  to: ['i1', 'i2', 's1'],
  into: ['i1', 'i2'],
  subject: ['s1', 's2', 's3', 's4'],
  subjects: ['s1', 's2'],
  from: ['s1', 's2'],
  respondent: ['s1', 's2'],
  protects: ['s3', 's4'],
  between: ['s1', 's3'],
  phone: ['s4'],
  staff: Object.keys(people),
  owner: ['supervisor-1', 'specialist-1'],
  role: ['dispatcher', 'supervisor', 'fim', 'specialist'],
  readers: ['handler-1', 'supervisor-1', 'specialist-1'],
  desk: ['specialist', 'fim', 'supervisor'],
  unit: ['unit-1', 'unit-2', 'unit-3'],
  grade: ['emergency', 'priority', 'scheduled', 'resolution'],
  code: ['attended', 'no-deployment', 'advice', 'duplicate'],
  disposition: ['advice', 'accidental', 'duplicate'],
  kind: ['high-risk-domestic', 'violent', 'non-molestation', 'police-bail'],
  reason: ['chosen-by-caller', 'no-unit-free', 'awaiting-agency'],
  safeguard: ['danger-told', 'marker-effect', 'order-breach', 'caller-cut-off'],
  source: ['own-history', 'intelligence'],
  partner: ['ambulance', 'north-force'],
};

const sentences = [
  'there is a car parked across my drive',
  'he has got a knife and says he will kill me',
  'I can hear a woman screaming',
  'no weapons seen, nobody hurt',
  'checks done, no trace',
  'it could be my ex-husband at the door',
  'spoken to and safe and well',
  'unit en route',
  '',
  '‮ weird text   with \n newlines',
];

type Def = {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly valueType?: z.ZodType;
  readonly keyType?: z.ZodType;
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly (string | number | boolean | null)[];
};

/** An arbitrary for values of a schema; `field` chooses the pool of ids. */
export function arbitraryOf(schema: z.ZodType, field = ''): fc.Arbitrary<unknown> {
  if (schema === id)
    return fc.constantFrom(
      ...(pools[field] ?? [
        `${field.slice(0, 20).toLowerCase() || 'x'}-1`,
        `${field.slice(0, 20).toLowerCase() || 'x'}-2`,
      ]),
    );
  if (schema === instant) return fc.integer({ min: noon - 3_600_000, max: noon + 86_400_000 });
  if (schema === span) return fc.integer({ min: 60_000, max: 3_600_000 });
  if (schema === words || schema === line)
    return field === 'reason'
      ? fc.constantFrom('as reported', 'officers have been there already')
      : fc.constantFrom(...sentences.filter((one) => one !== ''));
  const def = schema.def as unknown as Def;
  switch (def.type) {
    case 'object':
      return fc.record(
        Object.fromEntries(Object.entries(def.shape ?? {}).map(([key, value]) => [key, arbitraryOf(value, key)])),
      );
    case 'optional':
    case 'nullable':
      return fc.option(arbitraryOf(def.innerType as z.ZodType, field), {
        nil: def.type === 'nullable' ? null : undefined,
      });
    case 'default':
    case 'prefault':
      return arbitraryOf(def.innerType as z.ZodType, field);
    case 'array': {
      const least = schema.safeParse([]).success ? 0 : 1;
      return fc.array(arbitraryOf(def.element as z.ZodType, field), {
        minLength: least,
        maxLength: Math.max(least, 3),
      });
    }
    case 'union':
      return fc.oneof(...(def.options ?? []).map((one) => arbitraryOf(one, field)));
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries ?? {}));
    case 'literal':
      return fc.constantFrom(...(def.values ?? []));
    case 'boolean':
      return fc.boolean();
    case 'number':
      return fc.integer({ min: 1, max: 60 });
    case 'string':
      return fc.constantFrom('abc', '07700900123', 'ab12');
    case 'record':
      return def.keyType?.def.type === 'enum' ? recordOf(def) : fc.constant({});
    case 'pipe':
    case 'custom':
    case 'unknown':
      return fc.constant({});
    default:
      throw new Error(`no arbitrary for ${def.type} at ${field}`);
  }
}

function recordOf(def: Def): fc.Arbitrary<unknown> {
  const keyDef = def.keyType?.def as unknown as Def | undefined;
  const keys = Object.values(keyDef?.entries ?? {});
  return fc.record(Object.fromEntries(keys.map((key) => [key, arbitraryOf(def.valueType as z.ZodType, key)])), {
    requiredKeys: [],
  });
}
