import { LineCounter } from 'yaml';
import type { Limits } from './limits.ts';
import { fieldOf, type Path, type Problem } from './problem.ts';

/** A problem before it is put into words: where in the text, where in the document, and how to say it. */
export interface Fault {
  readonly offset: number;
  readonly path: Path;
  /** Called only for the faults that are shown: a hostile file may have a hundred thousand. */
  readonly say: () => string;
}

/** How many faults are worked out beyond those that are shown; a hostile file may have a hundred thousand. */
export const workedFaults = 1_000;

/** The first faults found, how many more there were, and where the first of those stands. */
export interface FaultList {
  readonly limit: number;
  readonly shown: Fault[];
  more: number;
  moreOffset: number;
  /** Reading stopped at that many, so there may be others. */
  isCut: boolean;
}

/** An empty list that keeps as many faults as a person is shown. */
export function faultList(limits: Limits): FaultList {
  return { limit: Math.max(1, limits.maxProblems), shown: [], more: 0, moreOffset: 0, isCut: false };
}

/** Adds a fault, or counts it where the list is full. */
export function addFault(list: FaultList, fault: Fault): void {
  if (list.shown.length < list.limit) {
    list.shown.push(fault);
    return;
  }
  if (list.more === 0) list.moreOffset = fault.offset;
  list.more += 1;
}

/** A list of faults found in any order, the first in the file first; `more` were found but not kept. */
export function faultsInOrder(faults: readonly Fault[], limits: Limits, more = 0): FaultList {
  const list = faultList(limits);
  for (const fault of faults.toSorted((left, right) => left.offset - right.offset)) addFault(list, fault);
  if (list.more === 0) list.moreOffset = list.shown.at(-1)?.offset ?? 0;
  list.more += more;
  return list;
}

/** The place of every line of a text. */
export function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return lines;
}

/** The faults of one file as the problems that are shown, in words, with a last line for those left out. */
export function problemsOf(file: string, lines: LineCounter, list: FaultList): readonly Problem[] {
  const at = (offset: number): { readonly line: number; readonly column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const problems: Problem[] = list.shown.map((fault) => ({
    file,
    ...at(fault.offset),
    field: fieldOf(fault.path),
    message: fault.say(),
  }));
  if (list.more === 0) return problems;
  const count = list.isCut ? `at least ${list.more}` : String(list.more);
  const noun = list.more === 1 ? 'problem' : 'problems';
  return [...problems, { file, ...at(list.moreOffset), field: '', message: `and ${count} more ${noun}` }];
}
