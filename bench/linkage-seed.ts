import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { plain } from '../src/linkage/letters.ts';
import { parseName } from '../src/linkage/names.ts';
import { rootsOf } from '../src/linkage/nicknames.ts';
import { compareNames } from '../src/linkage/persons.ts';
import { isSameSound } from '../src/linkage/phonetic.ts';
import { soundsOf } from '../src/linkage/scripts.ts';

const data = new URL('../../shared/data/', import.meta.url);

interface Measured {
  readonly name: string;
  readonly file: string;
  readonly measure: (text: string) => readonly string[];
}

function percent(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} % of ${whole}`;
}

/** American Soundex, to have something that everybody knows beside our own key. */
function soundex(word: string): string {
  const codes = word.split('').map((letter) => '01230120022455012623010202'.charAt(letter.charCodeAt(0) - 97));
  const rest = codes.filter((code, at) => at > 0 && code !== '0' && code !== codes[at - 1]).join('');
  return `${word.charAt(0)}${rest}000`.slice(0, 4);
}

type Pair = readonly [string, string];

const tests: readonly (readonly [string, (pair: Pair) => boolean])[] = [
  ['equal', ([one, other]) => one === other],
  ['soundex', ([one, other]) => soundex(one) === soundex(other)],
  ['phonetic key', ([one, other]) => isSameSound(one, other)],
  ['root', ([one, other]) => shareRoot(one, other)],
  ['root or key', ([one, other]) => shareRoot(one, other) || isSameSound(one, other)],
  ['name comparison', ([one, other]) => compareNames(withFamily(one), withFamily(other)) !== 'one'],
];

function shareRoot(one: string, other: string): boolean {
  const roots = rootsOf(one);
  return rootsOf(other).some((root) => roots.includes(root));
}

/** The given name as one of two, the family name agreeing. */
function withFamily(given: string): ReturnType<typeof parseName> {
  return parseName(`${given} Quarrington`);
}

function rates(title: string, pairs: readonly Pair[]): readonly string[] {
  return tests.map(([name, isHit]) => `  ${title}, ${name}: ${percent(pairs.filter(isHit).length, pairs.length)}`);
}

/** Every word beside the one a fixed stride further on: pairs that have nothing to do with one another. */
function strangers(words: readonly string[]): readonly Pair[] {
  return [17, 101, 397].flatMap((stride) =>
    words.map((word, at): Pair => [word, words[(at + stride) % words.length] ?? word]),
  );
}

const isWord = (text: string): boolean => /^[a-z]{3,}$/.test(text);

function arabic(text: string): readonly string[] {
  const pairs: Pair[] = [];
  const heads: string[] = [];
  for (const row of text.split('\n').slice(1)) {
    const counted = (row.split(',').at(-1) ?? '').trim().split(' ');
    const spellings = counted.map((one) => one.split(':')).filter(([, count]) => Number(count) >= 5);
    const words = [...new Set(spellings.map(([word]) => plain(word ?? '')))].filter(isWord);
    const [head, ...others] = words;
    if (head === undefined) continue;
    heads.push(head);
    for (const other of others) pairs.push([head, other]);
  }
  const distinct = [...new Set(heads)];
  return [...rates('spellings of one Arabic name', pairs), ...rates('different names', strangers(distinct))];
}

function nicknames(text: string): readonly string[] {
  const rows = text.split('\n').slice(1);
  const pairs = rows.flatMap((row): readonly Pair[] => {
    const [one = '', , other = ''] = row.trim().split(',').map(plain);
    return isWord(one) && isWord(other) ? [[one, other]] : [];
  });
  const distinct = [...new Set(pairs.map(([one]) => one))];
  return [...rates('nickname pairs', pairs), ...rates('different given names', strangers(distinct))];
}

type Named = Readonly<Record<string, string | undefined>>;
interface Check {
  readonly match: boolean;
  readonly schema: string;
  readonly query: Named;
  readonly candidate: Named;
}

function fullName(named: Named): string {
  return named['name'] ?? [named['firstName'], named['middleName'], named['lastName']].filter(Boolean).join(' ');
}

function nameChecks(text: string): readonly string[] {
  const { checks } = parse(text) as { readonly checks: readonly Check[] };
  const people = checks.filter(({ schema }) => schema === 'Person');
  const wrong: string[] = [];
  const counts = { found: 0, missed: 0, told: 0, wrong: 0 };
  for (const { match, query, candidate } of people) {
    const level = compareNames(parseName(fullName(query)), parseName(fullName(candidate)));
    const isFound = level === 'same' || level === 'sounds';
    counts[match ? (isFound ? 'found' : 'missed') : isFound ? 'wrong' : 'told'] += 1;
    if (isFound !== match) wrong.push(`    ${match ? 'missed' : 'wrong'}: ${fullName(query)} / ${fullName(candidate)}`);
  }
  const precision = counts.found / (counts.found + counts.wrong);
  const recall = counts.found / (counts.found + counts.missed);
  return [
    `  same or sounds the same: precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)}, ` +
      `F1 ${((2 * precision * recall) / (precision + recall)).toFixed(2)} over ${people.length} pairs of people`,
    ...(process.argv.includes('--wrong') ? wrong : []),
  ];
}

/** An English name and its native spelling: how many share a sound, and how many names share one with a stranger. */
function scripts(text: string): readonly string[] {
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  const english = rows.map(([name = '']) => new Set(soundsOf(name)));
  const native = rows.map(([, written = '']) => soundsOf(written.replaceAll(' ', '')));
  const shared = (stride: number): number =>
    native.filter((sounds, at) => sounds.some((sound) => english[(at + stride) % rows.length]?.has(sound))).length;
  const strides = [17, 101, 397];
  return [
    `  share a sound with the English spelling: ${percent(shared(0), rows.length)}`,
    `  share a sound with another name's: ${percent(
      strides.reduce((sum, stride) => sum + shared(stride), 0),
      rows.length * strides.length,
    )}`,
  ];
}

const measurements: readonly Measured[] = [
  { name: 'Arabic names in Latin letters', file: 'names/latin_spelling_variants_from_arabic.csv', measure: arabic },
  { name: 'nicknames', file: 'linkage/nicknames.csv', measure: nicknames },
  { name: 'Arabic spellings of names', file: 'linkage/wd_arabic_16.tsv', measure: scripts },
  { name: 'Russian spellings of names', file: 'linkage/wd_russian_16.tsv', measure: scripts },
  { name: 'Chinese spellings of names', file: 'linkage/wd_chinese_16.tsv', measure: scripts },
  { name: 'checks of full names', file: 'linkage/name-checks.yml', measure: nameChecks },
];

/** Measures the name comparison on data that are not part of the project; says which were absent. */
export function measureLinkageSeed(): readonly string[] {
  return measurements.flatMap(({ name, file, measure }) => {
    const path = new URL(file, data);
    if (!existsSync(path)) return [`${name}: left out, ../shared/data/${file} is not there`];
    return [name, ...measure(readFileSync(path, 'utf8'))];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) for (const line of measureLinkageSeed()) console.log(line);
