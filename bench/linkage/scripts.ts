import { parse } from 'yaml';
import { z } from 'zod';
import { sharedText } from './shared.ts';
import { hasAccents, withoutAccents } from './slips.ts';
import type { NameBook } from './names.ts';
import { originShares } from './rates.ts';
import type { Origin } from './rates.ts';

/** Scripts of which there are names spelt natively beside their spelling in Latin letters. */
export const scripts = ['arabic', 'russian', 'chinese'] as const;
export type Script = (typeof scripts)[number];

/** One name in two scripts: a single word, of people from anywhere, as encyclopaedias of both languages have it. */
export interface ScriptPair {
  readonly latin: string;
  readonly native: string;
  /** How many people of that name were seen with both spellings. */
  readonly seen: number;
}

/** The pairs of one script; null where their file is absent. */
export function scriptPairs(script: Script): readonly ScriptPair[] | null {
  const lines = sharedText(`linkage/wd_${script}_16.tsv`)?.split('\n') ?? null;
  if (lines === null) return null;
  return lines.flatMap((line) => {
    const [latin, native, seen] = line.split('\t');
    // Letters stand apart in the file.
    return latin && native ? [{ latin, native: native.replaceAll(' ', ''), seen: Number(seen) }] : [];
  });
}

/** Hits among pairs, of one kind of pair. */
export interface Hits {
  readonly hits: number;
  readonly of: number;
}

/** How often a test finds one name in two scripts, and how often it takes two different names for one. */
export interface ScriptRecall {
  readonly same: Hits;
  readonly different: Hits;
}

/** Far enough apart that nothing but chance joins the names of a pair, whatever order the file has. */
const strides = [17, 101, 397];

/**
 * Puts a test to every pair of a script, and to each name beside the native spellings of three others. The test is
 * handed in, so that the same pairs measure a phonetic key, a comparison or a whole model.
 */
export function recallOf(
  pairs: readonly ScriptPair[],
  isSame: (latin: string, native: string) => boolean,
): ScriptRecall {
  let found = 0;
  let wrong = 0;
  for (const [at, { latin, native }] of pairs.entries()) {
    if (isSame(latin, native)) found += 1;
    for (const stride of strides) if (isSame(latin, pairs[(at + stride) % pairs.length]?.native ?? '')) wrong += 1;
  }
  return { same: { hits: found, of: pairs.length }, different: { hits: wrong, of: strides.length * pairs.length } };
}

const names = z.object({
  name: z.string().optional(),
  firstName: z.string().optional(),
  middleName: z.string().optional(),
  fatherName: z.string().optional(),
  lastName: z.string().optional(),
});
const checksFile = z.object({
  checks: z.array(
    z.object({
      match: z.boolean(),
      schema: z.string(),
      label: z.string().optional(),
      query: names,
      candidate: names,
    }),
  ),
});

/** Two names of people, and whether whoever wrote the check means one person. */
export interface NameCheck {
  readonly one: string;
  readonly other: string;
  readonly isSame: boolean;
}

function wholeName({ name, firstName, middleName, fatherName, lastName }: z.infer<typeof names>): string {
  return name ?? [firstName, middleName, fatherName, lastName].filter((part) => part !== undefined).join(' ');
}

/** The checks of full names of people, without those of companies and ships; null where the file is absent. */
export function nameChecks(): readonly NameCheck[] | null {
  const text = sharedText('linkage/name-checks.yml');
  if (text === null) return null;
  return checksFile
    .parse(parse(text))
    .checks.filter(({ schema }) => schema === 'Person')
    .map(({ match, query, candidate }) => ({ one: wholeName(query), other: wholeName(candidate), isSame: match }));
}

/** By what errors are told apart: the origin of a name by the lists that hold it. */
export type Slice = Origin | 'several' | 'none';

const keyOf = (name: string): string => (hasAccents(name) ? withoutAccents(name) : name).toLowerCase();

/**
 * Tells the slice of a name where nobody has said it, as in a truth set: the origin whose lists hold its surname and,
 * where several do, its given name too.
 */
export function slicer(book: NameBook): (given: string, surname: string) => Slice {
  const origins = Object.keys(originShares) as Origin[];
  const holders = (of: (origin: Origin) => readonly string[]): ReadonlyMap<string, ReadonlySet<Origin>> => {
    const found = new Map<string, Set<Origin>>();
    for (const origin of origins)
      for (const name of of(origin)) found.set(keyOf(name), (found.get(keyOf(name)) ?? new Set()).add(origin));
    return found;
  };
  const bySurname = holders((origin) => book.origins[origin].surname.items);
  const byGiven = holders((origin) => [...book.origins[origin].given.f.items, ...book.origins[origin].given.m.items]);
  return (given, surname) => {
    const key = keyOf(surname);
    // The lists have Polish surnames as men bear them.
    const whose = [...(bySurname.get(key) ?? bySurname.get(key.replace(/ka$/, 'ki')) ?? [])];
    const also = byGiven.get(keyOf(given));
    const both = whose.filter((origin) => also?.has(origin) ?? false);
    const narrowed = both.length > 0 ? both : whose;
    return narrowed.length > 1 ? 'several' : (narrowed[0] ?? 'none');
  };
}

/** Counts hits by slice: recall by origin of the name, or whatever else a test says of one thing. */
export function hitsBySlice<T>(
  things: Iterable<T>,
  sliceOf: (thing: T) => Slice,
  isHit: (thing: T) => boolean,
): ReadonlyMap<Slice, Hits> {
  const counted = new Map<Slice, Hits>();
  for (const thing of things) {
    const slice = sliceOf(thing);
    const { hits, of } = counted.get(slice) ?? { hits: 0, of: 0 };
    counted.set(slice, { hits: hits + (isHit(thing) ? 1 : 0), of: of + 1 });
  }
  return counted;
}
