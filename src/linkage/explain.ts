import { comparisons } from './comparisons.ts';
import type { Features } from './features.ts';
import type { Step, Weighed } from './weigh.ts';

/** One bar of a waterfall: what was found, between which values, what it weighs, and where the sum stands after it. */
export interface Bar extends Step {
  /** What the two records say, "Kowalczik / Kowalczyk"; once where they say the same, '' for nothing. */
  readonly values: string;
  readonly score: number;
}

type Show = (one: Features) => string;

const capitals = (text: string): string =>
  text.replaceAll(/(?<![\p{L}\p{N}])\p{Ll}/gu, (letter) => letter.toUpperCase());
const several = (text: string): string => text.replaceAll('|', ', ');

/** How each comparison's values are shown to a person. */
const shows: Readonly<Record<string, Show>> = {
  given: ({ given }) => capitals(given),
  middle: ({ middle }) => capitals(middle),
  surname: ({ surname }) => capitals(surname),
  born: ({ born }) => sayDate(born),
  home: sayHome,
  phone: ({ phone }) => several(phone),
  email: ({ email }) => several(email),
  account: ({ account }) => several(account),
  vehicle: ({ vehicle }) => several(vehicle).toUpperCase(),
  sex: ({ sex }) => (sex === '' ? '' : sex === 'm' ? 'male' : 'female'),
  birthplace: ({ birthplace }) => capitals(birthplace),
  occupation: ({ occupation }) => occupation,
  ident: ({ ident }) => several(ident).toUpperCase(),
};

const known = (part: string): string => (part === '00' ? '??' : part);

/** 07/03/1984, with ?? for what nobody knew. */
function sayDate(born: string): string {
  const [year = '', month = '', day = ''] = born.split('-');
  return born === '' ? '' : `${known(day)}/${known(month)}/${year.replace(/^00/, '??')}`;
}

function sayHome({ number, street, town, postcode }: Features): string {
  const line = [capitals(number), capitals(street)].filter((part) => part !== '').join(' ');
  return [line, capitals(town), postcode.toUpperCase().replace(/(?=\d[A-Z]{2}$)/, ' ')]
    .filter((part) => part !== '')
    .join(', ');
}

const shownMax = 60;

function short(text: string): string {
  return text.length > shownMax ? `${text.slice(0, shownMax)}…` : text;
}

/** Every step with the values it is about and the sum so far; the last stands at the score. */
export function waterfall({ steps }: Weighed, a: Features, b: Features): readonly Bar[] {
  let score = 0;
  return steps.map((step) => {
    score += step.weight;
    const show = step.kind === 'level' ? shows[step.comparison ?? ''] : undefined;
    const [mine, theirs] = show === undefined ? ['', ''] : [short(show(a)), short(show(b))];
    return { ...step, values: mine === theirs ? mine : `${mine || 'nothing'} / ${theirs || 'nothing'}`, score };
  });
}

/** One field of two records beside each other, and how far they agree in it. */
export interface Beside {
  readonly comparison: string;
  readonly says: string;
  /** What each record says; '' for nothing. */
  readonly one: string;
  readonly other: string;
  readonly agrees: 'same' | 'partly' | 'different' | 'unknown';
  /** The same in words: "spelt almost the same". */
  readonly words: string;
}

/** Two records field by field; what neither says anything of is left out. */
export function sideBySide({ levels }: Weighed, a: Features, b: Features): readonly Beside[] {
  return comparisons.flatMap(({ id, says, levels: known }, at): readonly Beside[] => {
    const level = known[levels[at] ?? 0];
    const [one, other] = [shows[id]?.(a) ?? '', shows[id]?.(b) ?? ''];
    if (level === undefined || (one === '' && other === '')) return [];
    const field = { comparison: id, says, one, other };
    if (level.isNull !== true)
      return [{ ...field, agrees: agreement(one === other, level === known.at(-1)), words: level.says }];
    const isMissing = one === '' || other === '';
    return [{ ...field, agrees: 'unknown', words: isMissing ? 'only one record says it' : 'not compared by itself' }];
  });
}

function agreement(isSame: boolean, isDifferent: boolean): Beside['agrees'] {
  if (isSame) return 'same';
  return isDifferent ? 'different' : 'partly';
}

/** Less than this is not worth a line to an operator. */
const smallest = 0.05;

/**
 * Why two records may be of one person, in words for an operator, a line for each reason, what speaks most for it first
 * and what speaks against it last: "surname sounds alike: Kowalczik / Kowalczyk +5.1".
 */
export function explain(weighed: Weighed, a: Features, b: Features): readonly string[] {
  const bars = waterfall(weighed, a, b).filter(({ kind, weight }) => kind !== 'prior' && Math.abs(weight) >= smallest);
  const lines = bars
    .toSorted((one, other) => other.weight - one.weight)
    .map(({ says, values, weight }) => `${says}${values === '' ? '' : `: ${values}`} ${signed(weight)}`);
  return [...lines, `all in all ${sayOdds(weighed)}`];
}

/** What no comparison could use, because one of the records does not say it: worth asking for. */
export function unknownIn({ levels }: Weighed): readonly string[] {
  return comparisons.filter((one, at) => one.levels[levels[at] ?? 0]?.id === 'unknown').map(({ says }) => says);
}

function signed(weight: number): string {
  return `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(1)}`;
}

/** Odds as people say them, never more exact than they are. */
function sayOdds({ probability, relative }: Weighed): string {
  const family = relative > 0.5 ? '; more likely two people of one household or family' : '';
  if (probability > 0.999) return `almost certainly one person${family}`;
  if (probability > 0.95) return `very likely one person${family}`;
  if (probability > 0.5) return `more likely one person than not${family}`;
  if (probability > 0.05) return `possibly one person${family}`;
  return `hardly one person${family}`;
}
