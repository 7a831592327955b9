/** What is known of a date of birth; a part that nobody knew is null. */
export interface Born {
  readonly year: number;
  readonly month: number | null;
  readonly day: number | null;
  /** False where only two figures of the year were written: 84 is 1984 or 1884 or 2084. */
  readonly hasCentury: boolean;
  /** 1 January was written, which is what systems and people write when only the year was known. */
  readonly isDefault: boolean;
}

/** How two dates of birth stand to one another. */
export type BornLevel = 'same' | 'swapped' | 'slip' | 'month' | 'year' | 'unknown' | 'different';

const yearMin = 1890;
const yearMax = 2100;
const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Years that systems write by themselves when nobody knew, always with 1 January. */
const inventedYears = new Set([1900, 1901, 1970]);

/** Characters read of a date as it was typed. */
const textMax = 80;

const monthShape =
  /(?<![a-z])(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:r?uary|ch|il|[ety]|ust|tember|ober|ember)?(?![a-z])/;
const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** 07-MAR-1984, March 7th 1984 and Mar 84 in figures, the day first. */
function inFigures(text: string): string {
  const named = monthShape.exec(text);
  if (named === null) return text;
  const month = String(monthNames.indexOf(named[1] ?? '') + 1);
  const rest = `${text.slice(0, named.index)} ${text.slice(named.index + named[0].length)}`;
  const figures = rest.split(/[^0-9]+/).filter((part) => part !== '');
  const [first = '', second] = figures;
  if (second === undefined) return `0/${month}/${first}`;
  return figures.length > 2 ? '' : first.length === 4 ? `${second}/${month}/${first}` : `${first}/${month}/${second}`;
}

/**
 * Reads a date of birth as police write it: 07/03/1984, 1984-03-07, 07-MAR-84, ??/03/84, 070384, 1984, c1984, with or
 * without a time behind it; null if it says nothing.
 */
export function parseBorn(text: string): Born | null {
  const parts = inFigures(
    text
      .slice(0, textMax)
      .toLowerCase()
      .replace(/[t\s]+\d{1,2}:\d{2}.*$/s, ''),
  )
    .replaceAll(/[?x*_]+/g, '0')
    .replace(/^(?:-+\/)+/, (dashes) => '0/'.repeat(dashes.split('/').length - 1))
    .split(/[^0-9]+/)
    .filter((part) => part !== '');
  const figures = parts.length === 1 ? unspaced(parts[0] ?? '') : parts;
  if (figures.length === 0 || figures.length > 3) return null;
  const isYearFirst = (figures[0] ?? '').length === 4;
  const yearText = (isYearFirst ? figures[0] : figures.at(-1)) ?? '';
  if (yearText.length !== 4 && !(yearText.length === 2 && figures.length === 3)) return null;
  const [monthText, dayText] = isYearFirst ? [figures[1], figures[2]] : [figures.at(-2), figures.at(-3)];
  const hasCentury = yearText.length === 4;
  const year = Number(yearText);
  if (hasCentury && (year < yearMin || year > yearMax)) return null;
  return dated({ year, hasCentury, first: Number(monthText ?? 0), second: Number(dayText ?? 0) });
}

/** 07031984, 19840307 or 070384 without anything between; 200312 may be 20 March or December, and is neither. */
function unspaced(text: string): readonly string[] {
  if (text.length === 6) {
    const isYearFirst = Number(text.slice(0, 4)) >= yearMin && Number(text.slice(4)) <= 12;
    return isYearFirst ? [text] : [text.slice(0, 2), text.slice(2, 4), text.slice(4)];
  }
  if (text.length !== 8) return [text];
  const leading = Number(text.slice(0, 4));
  return leading >= yearMin && leading <= yearMax
    ? [text.slice(0, 4), text.slice(4, 6), text.slice(6)]
    : [text.slice(0, 2), text.slice(2, 4), text.slice(4)];
}

interface Figures {
  readonly year: number;
  readonly hasCentury: boolean;
  readonly first: number;
  readonly second: number;
}

/** Puts month and day in order; 1 January is what is written when only the year was known. */
function dated({ year, hasCentury, first, second }: Figures): Born | null {
  const [month, day] = first > 12 && second >= 1 && second <= 12 ? [second, first] : [first, second];
  if (month > 12 || day > 31 || (month > 0 && day > (monthDays[month - 1] ?? 0))) return null;
  const isDefault = month === 1 && day === 1;
  if (isDefault && inventedYears.has(year)) return null;
  return {
    year,
    hasCentury,
    isDefault,
    month: month === 0 || isDefault ? null : month,
    day: day === 0 || month === 0 || isDefault ? null : day,
  };
}

function isSameYear(a: Born, b: Born): boolean {
  return a.hasCentury && b.hasCentury ? a.year === b.year : a.year % 100 === b.year % 100;
}

/** Whether one figure is wrong, or two in the year exchanged, and everything else agrees. */
function isSlip(a: Born, b: Born): boolean {
  const [one, other] = [a, b].map(({ year, month, day }) =>
    [year % 100, month ?? 0, day ?? 0].map((figure) => String(figure).padStart(2, '0')).join(''),
  ) as [string, string];
  const wrong = one.split('').filter((figure, at) => figure !== other.charAt(at)).length;
  const isExchanged = one.charAt(0) === other.charAt(1) && one.charAt(1) === other.charAt(0);
  const sameCentury = !a.hasCentury || !b.hasCentury || Math.trunc(a.year / 100) === Math.trunc(b.year / 100);
  return sameCentury && (wrong === 1 || (wrong === 2 && isExchanged));
}

/** Compares two dates of birth, or the parts of them that are known. */
export function compareBorn(a: Born | null, b: Born | null): BornLevel {
  if (a === null || b === null) return 'unknown';
  const isWhole = a.day !== null && b.day !== null && a.month !== null && b.month !== null;
  if (!isSameYear(a, b)) return isWhole && isSlip(a, b) ? 'slip' : 'different';
  if (a.month === null || b.month === null) return 'year';
  if (isWhole && a.month === b.day && a.day === b.month && a.month !== b.month) return 'swapped';
  if (isWhole && a.month === b.month && a.day === b.day) return 'same';
  if (isWhole) return isSlip(a, b) ? 'slip' : 'different';
  return a.month === b.month ? 'month' : 'different';
}

/** One key for a whole date, whichever way round day and month were written; null if it is not whole. */
export function bornKey(born: Born | null): string | null {
  if (born === null || born.month === null || born.day === null) return null;
  return `${born.year % 100}|${Math.min(born.month, born.day)}|${Math.max(born.month, born.day)}`;
}

/** The last two-figure year that is read as of this century, as forms are filled in. */
const thisCenturyMax = 29;

/**
 * A date of birth as YYYY-MM-DD, 00 for a part that nobody knew; a default 1 January is kept as it was written. A year
 * of two figures is of this century up to 29.
 */
export function bornText({ year, hasCentury, month, day, isDefault }: Born): string {
  const whole = hasCentury ? year : year + (year <= thisCenturyMax ? 2000 : 1900);
  const parts = isDefault ? [1, 1] : [month ?? 0, day ?? 0];
  return [String(whole), ...parts.map((part) => String(part).padStart(2, '0'))].join('-');
}

/** The years of age that somebody was thought to be, both ends included. */
export interface AgeRange {
  readonly from: number;
  readonly to: number;
}

const ageMax = 110;

const partsOfDecade: Readonly<Record<string, AgeRange>> = {
  early: { from: 0, to: 4 },
  mid: { from: 3, to: 7 },
  late: { from: 6, to: 9 },
};

/** Reads an age that was guessed or told: "approx 40", "40s", "mid 30s", "35-40", "aged 7"; null if it says none. */
export function parseAge(text: string): AgeRange | null {
  const said = text.slice(0, textMax).toLowerCase();
  const decade = /\b(early|mid|late)?[\s-]*(?:to[\s-]+)?(?:late[\s-]*)?([1-9])0['’]?s\b/.exec(said);
  if (decade !== null) {
    const start = Number(decade[2]) * 10;
    const part = partsOfDecade[decade[1] ?? ''] ?? { from: 0, to: 9 };
    return { from: start + part.from, to: start + part.to };
  }
  if (/\b\d{1,2}\s*(?:months?|mths?|weeks?|wks?|days?)\b/.test(said)) return { from: 0, to: 1 };
  const years = [...said.matchAll(/(?<![\d/.])\d{1,3}(?![\d/.])/g)].map(([figure]) => Number(figure));
  const [one, other = one] = years;
  if (one === undefined || other === undefined || years.length > 2 || one > ageMax || other > ageMax) return null;
  const slack = /\b(?:appro?x|about|abt|around|circa|c)\b|[~?]|approximately/.test(said) && years.length === 1 ? 5 : 0;
  return { from: Math.max(0, Math.min(one, other) - slack), to: Math.max(one, other) + slack };
}

/** Whether somebody born then could be of that age in that year. */
export function isOfAge({ year, hasCentury }: Born, { from, to }: AgeRange, inYear: number): boolean {
  const [latest, earliest] = [inYear - from, inYear - to - 1];
  if (hasCentury) return year >= earliest && year <= latest;
  return [1900, 2000].some((century) => century + year >= earliest && century + year <= latest);
}
