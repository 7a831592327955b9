import { visible } from './visible.ts';

/** One thing wrong in a file that a person wrote, said so that the person can put it right. */
export interface Problem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units, as editors count. */
  readonly column: number;
  /** Where in the document, such as `commands[3].at`; empty where the whole file is meant. */
  readonly field: string;
  /** What was expected and what was found, in one sentence. */
  readonly message: string;
}

/** Steps from the top of a document to one place in it: names of fields, positions in lists from 0. */
export type Path = readonly (string | number)[];

/** A document read whole, or every reason why it is refused; never half a value. */
export type Read<T> =
  | {
      readonly ok: true;
      readonly value: T;
      /** The line of the value at a path, or of the nearest thing around it that is there. */
      readonly lineOf: (path: Path) => number;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const fieldLimit = 200;

/** A problem as one line of text: `cases/x.yaml:12:5 commands[3].at: expected …; found …`. */
export function sayProblem(problem: Problem): string {
  const place = `${visible(problem.file)}:${problem.line}:${problem.column}`;
  return problem.field === '' ? `${place} ${problem.message}` : `${place} ${problem.field}: ${problem.message}`;
}

/** A path as a person reads it: `commands[3].at`; a name of unusual characters is quoted, `["a name"]`. */
export function fieldOf(path: Path): string {
  let field = '';
  for (const step of path) {
    if (typeof step === 'number') field += `[${step}]`;
    else if (!/^[\w-]{1,64}$/.test(step)) field += `["${visible(step, 64)}"]`;
    else field += field === '' ? step : `.${step}`;
    if (field.length > fieldLimit) return `${field.slice(0, fieldLimit)}…`;
  }
  return field;
}
