import type { z } from 'zod';
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
  readonly checks?: readonly {
    readonly _zod: { readonly def: { readonly check: string; readonly minimum?: number } };
  }[];
};

/** An ordinary evening, 2026-02-03T21:04:30Z. */
const exampleInstant = 1_770_152_670_000;

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
      return plainOf(def, name);
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

function plainOf({ type, checks = [] }: Def, name: string): unknown {
  if (type === 'boolean') return true;
  if (type === 'number' || type === 'int') return Math.max(1, ...minimaOf(checks));
  if (type === 'string') return `${name} in words`.padEnd(Math.max(0, ...minimaOf(checks)), '.').slice(0, 10);
  return null;
}

function minimaOf(checks: NonNullable<Def['checks']>): readonly number[] {
  return checks.map((one) => one._zod.def.minimum ?? 0);
}

function singular(name: string): string {
  return name.endsWith('ies') ? `${name.slice(0, -3)}y` : name.replace(/s$/, '');
}
