/** What is known of a date of birth; a part that nobody knew is null. */
export interface Born {
  readonly year: number;
  readonly month: number | null;
  readonly day: number | null;
  /** False where only two figures of the year were written: 84 is 1984 or 1884 or 2084. */
  readonly hasCentury: boolean;
}

/** How two dates of birth stand to one another. */
export type BornLevel = 'same' | 'swapped' | 'slip' | 'month' | 'year' | 'unknown' | 'different';

const yearMin = 1890;
const yearMax = 2100;
const monthDays = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Years that systems write by themselves when nobody knew, always with 1 January. */
const inventedYears = new Set([1900, 1901, 1970]);

/** Reads a date of birth as police write it: 07/03/1984, 1984-03-07, ??/03/84, 1984, c1984; null if it says nothing. */
export function parseBorn(text: string): Born | null {
  const parts = text
    .toLowerCase()
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

/** 07031984 or 19840307 without anything between. */
function unspaced(text: string): readonly string[] {
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
