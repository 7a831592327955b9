import { z } from 'zod';
import { id, instant, line, span, words } from '../room/define.ts';

type Def = {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
  readonly valueType?: z.ZodType;
  readonly keyType?: z.ZodType;
};

/** An ordinary evening, 2026-02-03T21:04:30Z. */
const exampleInstant = 1_770_152_670_000;
const wordsMost = 60;

/** Something small that the schema takes, for a reader to begin from; a field's name says what stands in it. */
export function exampleOf(schema: z.ZodType, name = 'thing'): unknown {
  const own = ofOwn(schema, name);
  if (own !== undefined) return own;
  const def = schema.def as unknown as Def;
  switch (def.type) {
    case 'object':
      return objectOf(def.shape ?? {});
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
      return def.innerType === undefined ? null : exampleOf(def.innerType, name);
    case 'array':
      return def.element === undefined ? [] : [exampleOf(def.element, singular(name))];
    case 'union':
      return def.options?.[0] === undefined ? null : exampleOf(def.options[0], name);
    case 'enum':
      return Object.values(def.entries ?? {})[0];
    case 'literal':
      return def.values?.[0];
    case 'record':
      return recordOf(def, name);
    default:
      return plainOf(schema, name);
  }
}

/** The room's own kinds of value, each one schema. */
function ofOwn(schema: z.ZodType, name: string): unknown {
  if (schema === id) return `${name}-1`;
  if (schema === instant) return exampleInstant;
  if (schema === span) return 300_000;
  if (schema === line) return 'what was said, in a line';
  return schema === words ? 'what was said, word for word' : undefined;
}

function objectOf(shape: Readonly<Record<string, z.ZodType>>): Readonly<Record<string, unknown>> {
  const needed = Object.entries(shape).filter(([, one]) => !isLeftOut(one));
  return Object.fromEntries(needed.map(([key, one]) => [key, exampleOf(one, key)]));
}

function isLeftOut(schema: z.ZodType): boolean {
  return ['optional', 'default', 'prefault'].includes((schema.def as unknown as Def).type);
}

function recordOf({ keyType, valueType }: Def, name: string): Readonly<Record<string, unknown>> {
  if (valueType === undefined) return {};
  const key = keyType === undefined ? name : exampleOf(keyType, name);
  return { [String(key)]: exampleOf(valueType, name) };
}

function plainOf(schema: z.ZodType, name: string): unknown {
  if (schema instanceof z.ZodBoolean) return true;
  if (schema instanceof z.ZodNumber) return Math.max(1, schema.minValue ?? 1);
  if (schema instanceof z.ZodString)
    return `${name} in words`.padEnd(schema.minLength ?? 0, '.').slice(0, schema.maxLength ?? wordsMost);
  return null;
}

function singular(name: string): string {
  return name.endsWith('ies') ? `${name.slice(0, -3)}y` : name.replace(/s$/, '');
}
