import type { AuditReport } from './report.ts';

/**
 * Characters at which a spreadsheet takes a cell for a formula; full-width forms and what stands behind a space count
 * too (OWASP, CSV injection).
 */
const startsFormula = /^[\s\0]*[=+\-@|%\t\r＝＋－＠]/u;

/** A cell that a spreadsheet shows and never works out. */
export function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const flat = value.replaceAll(/[\r\n\t\0]+/g, ' ');
  const safe = startsFormula.test(value) ? `'${flat}` : flat;
  return `"${safe.replaceAll('"', '""')}"`;
}

const columns = [
  'rank',
  'gravity',
  'about',
  'from',
  'until',
  'contacts',
  'references',
  'lines',
  'safeguards',
  'story',
] as const;

/** Every matter told as one row, for a spreadsheet. */
export function csvText({ told }: AuditReport): string {
  const rows = told.map((one) =>
    [
      one.rank,
      one.gravity,
      one.about,
      one.from,
      one.until,
      one.contacts,
      one.references.join(' '),
      one.lines.join(' '),
      [...new Set(one.spoken.map((spoken) => spoken.safeguard))].join(' '),
      one.story,
    ]
      .map(cell)
      .join(','),
  );
  return `${[columns.map(cell).join(','), ...rows].join('\r\n')}\r\n`;
}
