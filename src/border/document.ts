import type { LineCounter } from 'yaml';
import type { z } from 'zod';
import { readCharacters } from './characters.ts';
import { type Fault, type FaultList, faultsInOrder, linesOf, problemsOf } from './fault.ts';
import { defaultLimits, type Limits } from './limits.ts';
import type { Read } from './problem.ts';
import { fitSchema, placeOf } from './schema-faults.ts';
import { readSyntax } from './syntax.ts';
import { readTree } from './tree.ts';

export type { Limits } from './limits.ts';

/** What a file is read as, and how much of it. */
export interface DocumentOptions<S extends z.ZodType> {
  /** The name of the file, as it is shown in problems. */
  readonly file: string;
  readonly schema: S;
  readonly limits?: Partial<Limits>;
}

/**
 * Reads a file that a person wrote, YAML or JSON, or says what is wrong with it. Malformed, hostile and huge input ends
 * in problems: first those of its characters, then of YAML, then of its names and texts, then of the schema. It throws
 * only what the schema's own code throws. Words given in the schema to a type, a form or a size are a noun, such as
 * "an identifier of small letters"; the words of a refinement are a whole sentence.
 */
export function readDocument<S extends z.ZodType>(
  bytes: Uint8Array | string,
  options: DocumentOptions<S>,
): Read<z.output<S>> {
  const limits = { ...defaultLimits, ...options.limits };
  const { text, faults } = readCharacters(bytes, limits);
  const lines = linesOf(text);
  const refuse = (list: FaultList): Read<z.output<S>> => ({
    ok: false,
    problems: problemsOf(options.file, lines, list),
  });
  if (faults.shown.length > 0) return refuse(faults);
  const syntax = readSyntax(text, limits);
  if (!syntax.ok) return refuse(syntax.faults);
  const tree = readTree(syntax.document, limits);
  if (tree.faults.shown.length > 0) return refuse(tree.faults);
  const fit = fitSchema(options.schema, tree);
  if (!fit.ok) return refuse(faultsInOrder(distinct([...fit.faults, ...tree.doubts]), limits, fit.more));
  if (tree.doubts.length > 0) return refuse(faultsInOrder(tree.doubts, limits, tree.moreDoubts));
  return { ok: true, value: fit.value, lineOf: (path) => lineAt(lines, placeOf(path, tree).offset) };
}

/** One fault for each field of one place, the first found: what a schema says twice of a value is said once. */
function distinct(faults: readonly Fault[]): readonly Fault[] {
  const seen = new Set<string>();
  return faults.filter(({ offset, path }) => {
    const key = `${offset} ${path.join(' ')}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function lineAt(lines: LineCounter, offset: number): number {
  return lines.linePos(offset).line;
}
