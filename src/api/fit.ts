import type { z } from 'zod';
import { workedFaults } from '../border/fault.ts';
import { fieldOf } from '../border/problem.ts';
import { fitSchema } from '../border/schema-faults.ts';
import type { Branch, FieldMark, Mark } from '../border/tree.ts';
import { apiLimits } from './limits.ts';

/** One thing wrong in a request: where, what was expected, what was found. */
export interface RequestFault {
  readonly field: string;
  readonly says: string;
}

export type Fitted<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly faults: readonly RequestFault[]; readonly more: number };

/** Advice that is about the layout of a file written by hand, and says nothing to whoever sends JSON. */
const layoutAdvice = [
  ': begin each item on a line of its own with "- "',
  ': write its fields as "name: value", with a space after the colon',
  ': write a value or delete the line',
];

function withoutLayout(words: string): string {
  const advice = layoutAdvice.find((one) => words.endsWith(one));
  return advice === undefined ? words : words.slice(0, -advice.length);
}

/** Holds what came in a request against its schema, with words for everything that does not fit. */
export function fit<S extends z.ZodType>(schema: S, value: unknown): Fitted<z.output<S>> {
  const result = schema.safeParse(value);
  if (result.success) return { ok: true, value: result.data };
  const fitted = fitSchema(schema, branchOf(value));
  if (fitted.ok) return fitted;
  const shown = distinct(
    fitted.faults.slice(0, workedFaults).map(({ path, say }) => ({
      field: fieldOf(path),
      says: withoutLayout(say()),
    })),
  );
  const faults = shown.slice(0, apiLimits.faultsShown);
  return { ok: false, faults, more: shown.length - faults.length + fitted.more };
}

/** One fault for each field, the first found. */
function distinct(faults: readonly RequestFault[]): readonly RequestFault[] {
  const first = new Map(faults.toReversed().map((one) => [one.field, one]));
  return faults.filter((one) => first.get(one.field) === one);
}

/** JSON as the words of the border know a document: each value with how it was written. */
function branchOf(value: unknown): Branch {
  return { value, mark: markOf(value) };
}

function markOf(value: unknown): Mark {
  if (Array.isArray(value)) return { offset: 0, items: value.map(markOf) };
  if (typeof value === 'object' && value !== null)
    return { offset: 0, fields: new Map(Object.entries(value).map(([key, one]) => [key, fieldMark(one)])) };
  return typeof value === 'string' || value === undefined
    ? { offset: 0 }
    : { offset: 0, source: JSON.stringify(value) };
}

function fieldMark(value: unknown): FieldMark {
  return { keyOffset: 0, mark: markOf(value) };
}

/**
 * Why a body is not looked at any closer, or null: nested too deep, or with too many names and values. Asked before
 * anything walks it.
 */
export function tooMuch(body: unknown): string | null {
  let nodes = 0;
  let level: readonly unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > apiLimits.bodyDepth) return `expected at most ${apiLimits.bodyDepth} levels inside one another`;
    nodes += level.length;
    if (nodes > apiLimits.bodyNodes) return `expected at most ${apiLimits.bodyNodes} names and values`;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? (Object.values(one) as unknown[]) : []));
  }
  return null;
}
