import type { Report } from './report.ts';

/** Names that the machine made from places in a log: a kind, a number, and what it is of. */
const madeName = /\b[a-z]+(?:-[a-z]+)*-\d+(?:-[a-z0-9-]*[a-z0-9])?\b/g;

/**
 * Where two reports of one case first differ, in words, or null. Names that the machine made are numbered afresh in
 * the order in which they appear: two rooms may count differently and tell the same story.
 */
export function firstDifference(one: Report, other: Report): string | null {
  for (const part of Object.keys(one) as (keyof Report)[]) {
    const [here, there] = [renumbered(one[part]), renumbered(other[part])];
    if (here !== there) return `${part}: ${around(here, there)}`;
  }
  return null;
}

function renumbered(value: unknown): string {
  const numbers = new Map<string, number>();
  return JSON.stringify(value).replaceAll(madeName, (name) => {
    if (!numbers.has(name)) numbers.set(name, numbers.size + 1);
    return `${name.replace(/-\d.*$/, '')}-${numbers.get(name)}`;
  });
}

const shownChars = 120;

function around(here: string, there: string): string {
  let place = 0;
  while (place < here.length && here[place] === there[place]) place += 1;
  const from = Math.max(0, place - shownChars / 2);
  return `“${here.slice(from, from + shownChars)}” against “${there.slice(from, from + shownChars)}”`;
}
