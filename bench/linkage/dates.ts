/** A day of the calendar. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Days from 1 March of year 0 to a day (the civil calendar as Hinnant counts it). */
export function dayNumber({ year, month, day }: Day): number {
  const years = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return years * 365 + Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400) + dayOfYear;
}

const pad = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** The date in figures, YYYY-MM-DD. */
export function sayDate({ year, month, day }: Day): string {
  return `${year}-${pad(month)}-${pad(day)}`;
}

/** The day of such a number as YYYY-MM-DD. */
export function dateOf(number: number): string {
  const era = Math.floor(number / 146_097);
  const inEra = number - era * 146_097;
  const yearOfEra = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365,
  );
  const dayOfYear = inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return sayDate({ year, month, day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1 });
}

/** The parts of a date that was written YYYY-MM-DD. */
export function readDate(text: string): Day {
  return { year: Number(text.slice(0, 4)), month: Number(text.slice(5, 7)), day: Number(text.slice(8, 10)) };
}
