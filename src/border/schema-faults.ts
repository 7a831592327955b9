import { z } from 'zod';
import { type Fault, workedFaults } from './fault.ts';
import type { Path } from './problem.ts';
import type { Branch, Mark } from './tree.ts';
import {
  adviceWords,
  authorsWords,
  eitherOf,
  expectedWords,
  type Found,
  foundWords,
  unknownNameWords,
} from './words.ts';

type Issue = z.core.$ZodIssue;

/** A value of the schema, or every difference between the document and the schema. */
export type Fit<T> =
  | { readonly ok: true; readonly value: T }
  /** Differences beyond those worked out are only counted. */
  | { readonly ok: false; readonly faults: readonly Fault[]; readonly more: number };

/** Begins the message of an issue that the schema's author gave no words; the known names of an object follow it. */
const unworded = '\0';

/** Holds a document against a schema. */
export function fitSchema<S extends z.ZodType>(schema: S, root: Branch): Fit<z.output<S>> {
  const result = parse(schema, root.value);
  if (result === undefined) return { ok: false, faults: [tooManyFaults(root.mark)], more: 0 };
  if (result.success) return { ok: true, value: result.data };
  const { issues } = result.error;
  const faults = issues.slice(0, workedFaults).flatMap((issue) => faultsOf(issue, [], root));
  return { ok: false, faults, more: Math.max(0, weightOf(issues) - faults.length) };
}

/**
 * Undefined where the stack ran out: zod 4 hands on the issues of a list as the arguments of one call, so a list of
 * much more than a hundred thousand wrong items overflows it. Nothing else here recurses beyond the limit on nesting.
 */
function parse<S extends z.ZodType>(schema: S, value: unknown): z.ZodSafeParseResult<z.output<S>> | undefined {
  try {
    return schema.safeParse(value, { error: leaveUnworded });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function tooManyFaults(mark: Mark): Fault {
  return { offset: mark.offset, path: [], say: tooManyWords };
}

function tooManyWords(): string {
  return 'expected a document of another form; found so many differences that they cannot be listed';
}

function leaveUnworded(issue: z.core.$ZodRawIssue): string {
  return issue.code === 'unrecognized_keys' ? `${unworded}${knownNames(issue.inst).join('\n')}` : unworded;
}

/** The names that an object or a record allows. */
function knownNames(schema: unknown): readonly string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum) return schema.keyType.options.map(String);
  return [];
}

/** The faults of one issue; its path starts at `above`, which is empty but inside a union. */
function faultsOf(issue: Issue, above: Path, root: Branch): readonly Fault[] {
  const path = [...above, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  const place = placeOf(path, root);
  if (!isUnworded(issue)) {
    return [{ ...place, path, say: () => authorsWords(issue, foundWords(place.found)) }];
  }
  if (issue.code === 'unrecognized_keys') return unknownNames(issue, path, root);
  if (issue.code === 'invalid_union' && issue.errors.length > 0) return faultsOfUnion(issue.errors, path, root);
  if (issue.code === 'invalid_key') return [wrongName(issue, path, root)];
  const say = (): string =>
    `expected ${expectedWords(issue)}; ${foundWords(place.found)}${adviceWords(issue, place.found)}`;
  return [{ ...place, path, say }];
}

function unknownNames(issue: z.core.$ZodIssueUnrecognizedKeys, path: Path, root: Branch): readonly Fault[] {
  const known = issue.message.slice(unworded.length);
  return issue.keys.slice(0, workedFaults).map((key) => ({
    offset: keyOffsetOf(path, key, root),
    path: [...path, key],
    say: () => unknownNameWords(key, known === '' ? [] : known.split('\n')),
  }));
}

function wrongName(issue: z.core.$ZodIssueInvalidKey, path: Path, root: Branch): Fault {
  const key = String(path.at(-1) ?? '');
  const [first] = issue.issues;
  const found: Found = { value: key, mark: { offset: 0 } };
  const say = (): string => {
    if (first === undefined) return `expected another name; ${foundWords(found)}`;
    if (!isUnworded(first)) return authorsWords(first, foundWords(found));
    return `expected ${expectedWords(first)} as the name; ${foundWords(found)}${adviceWords(first, found)}`;
  };
  return { offset: keyOffsetOf(path.slice(0, -1), key, root), path, say };
}

/**
 * One useful message for a value that fits none of several forms. A form whose kind the value has (text for text,
 * fields for fields) was meant: alone, all its faults are told; among several, one fault of the nearest.
 */
function faultsOfUnion(forms: readonly (readonly Issue[])[], path: Path, root: Branch): readonly Fault[] {
  const meant = forms.filter((issues) => !issues.some(isOfOtherKind));
  const [best] = meant.toSorted((left, right) => weightOf(left) - weightOf(right));
  if (best !== undefined && meant.length === 1) return best.flatMap((issue) => faultsOf(issue, path, root));
  if (best !== undefined) {
    const telling = best.find(({ code }) => code === 'unrecognized_keys') ?? best[0];
    return telling === undefined ? [] : faultsOf(telling, path, root).slice(0, 1);
  }
  const place = placeOf(path, root);
  const kinds = forms.flatMap((issues) => issues.slice(0, 1));
  const say = (): string => {
    const advices = kinds.filter(isUnworded).map((issue) => adviceWords(issue, place.found));
    const advice = advices.find((one) => one !== '') ?? '';
    return `expected ${eitherOf(kinds.map(kindWords))}; ${foundWords(place.found)}${advice}`;
  };
  return [{ ...place, path, say }];
}

function isOfOtherKind(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_union') return issue.errors.every((issues) => issues.some(isOfOtherKind));
  return issue.code === 'invalid_type' || issue.code === 'invalid_value';
}

function isUnworded(issue: Issue): boolean {
  return issue.message.startsWith(unworded);
}

function kindWords(issue: Issue): string {
  return isUnworded(issue) ? expectedWords(issue) : issue.message.replace(/^expected |; found.*$/g, '');
}

function weightOf(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}

/** What stands at a path, and the place of it or of the nearest thing around it that is there. */
export function placeOf(path: Path, root: Branch): { readonly offset: number; readonly found: Found } {
  let { value, mark }: { value: unknown; mark: Mark } = root;
  for (const step of path) {
    const next = typeof step === 'number' ? mark.items?.[step] : mark.fields?.get(step)?.mark;
    if (next === undefined) return { offset: mark.offset, found: { value: undefined, mark: undefined } };
    value = (value as Readonly<Record<string | number, unknown>>)[step];
    mark = next;
  }
  return { offset: mark.offset, found: { value, mark } };
}

function keyOffsetOf(path: Path, key: string, root: Branch): number {
  const place = placeOf(path, root);
  return place.found.mark?.fields?.get(key)?.keyOffset ?? place.offset;
}
