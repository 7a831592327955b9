import { fileURLToPath } from 'node:url';
import { comparisons, levelIn } from '../src/linkage/comparisons.ts';
import { featuresOf } from '../src/linkage/features.ts';
import { plain } from '../src/linkage/letters.ts';
import { parseName } from '../src/linkage/names.ts';
import { rootsOf } from '../src/linkage/nicknames.ts';
import { compareNames } from '../src/linkage/persons.ts';
import { isSameSound } from '../src/linkage/phonetic.ts';
import { remembered } from '../src/linkage/remembered.ts';
import { soundsOf } from '../src/linkage/scripts.ts';
import { nameChecks, recallOf, type Script, scriptPairs, scripts } from './linkage/scripts.ts';
import { sharedText } from './linkage/shared.ts';

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

function checksOfNames(): readonly string[] | null {
  const checks = nameChecks();
  if (checks === null) return null;
  const wrong: string[] = [];
  const counts = { found: 0, missed: 0, told: 0, wrong: 0 };
  for (const { one, other, isSame } of checks) {
    const level = compareNames(parseName(one), parseName(other));
    const isFound = level === 'same' || level === 'sounds';
    counts[isSame ? (isFound ? 'found' : 'missed') : isFound ? 'wrong' : 'told'] += 1;
    if (isFound !== isSame) wrong.push(`    ${isSame ? 'missed' : 'wrong'}: ${one} / ${other}`);
  }
  const precision = counts.found / (counts.found + counts.wrong);
  const recall = counts.found / (counts.found + counts.missed);
  return [
    `  same or sounds the same: precision ${precision.toFixed(2)}, recall ${recall.toFixed(2)}, ` +
      `F1 ${((2 * precision * recall) / (precision + recall)).toFixed(2)} over ${checks.length} pairs of people`,
    ...(process.argv.includes('--wrong') ? wrong : []),
  ];
}

const given = comparisons.find(({ id }) => id === 'given');
const nameLevels = new Set(['same', 'root', 'close', 'sounds']);
const featured = remembered((name: string) => featuresOf({ given: name, surname: 'Quarrington' }), 200_000);

/** Whether two names are one by the comparison that weighs them: the same, a variant, almost so spelt, or so spoken. */
function isOneName(one: string, other: string): boolean {
  if (given === undefined) return false;
  return nameLevels.has(given.levels[levelIn(given, featured(one), featured(other))]?.id ?? '');
}

/** An English name and its native spelling: how many are found to be one, how many with a stranger's. */
function inScript(script: Script): readonly string[] | null {
  const pairs = scriptPairs(script);
  if (pairs === null) return null;
  const tests = [
    ['share a sound', (latin: string, native: string) => soundsOf(latin).some((one) => soundsOf(native).includes(one))],
    ['one name as it is weighed', isOneName],
  ] as const;
  return tests.map(([name, isSame]) => {
    const { same, different } = recallOf(pairs, isSame);
    return `  ${name}: ${percent(same.hits, same.of)}; with another name's: ${percent(different.hits, different.of)}`;
  });
}

const measurements: readonly Measured[] = [
  { name: 'Arabic names in Latin letters', file: 'names/latin_spelling_variants_from_arabic.csv', measure: arabic },
  { name: 'nicknames', file: 'linkage/nicknames.csv', measure: nicknames },
];

/** Measures the name comparison on data that are not part of the project; says which were absent. */
export function measureLinkageSeed(): readonly string[] {
  const ofFiles = measurements.flatMap(({ name, file, measure }) => {
    const text = sharedText(file);
    return text === null ? [`${name}: left out, ../shared/data/${file} is not there`] : [name, ...measure(text)];
  });
  const others: readonly (readonly [string, readonly string[] | null])[] = [
    ...scripts.map((script) => [`names in ${script} letters`, inScript(script)] as const),
    ['checks of full names', checksOfNames()],
  ];
  return [
    ...ofFiles,
    ...others.flatMap(([name, lines]) => (lines === null ? [`${name}: left out`] : [name, ...lines])),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) for (const line of measureLinkageSeed()) console.log(line);
