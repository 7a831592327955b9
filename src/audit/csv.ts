import { cell } from '../views/csv-cell.ts';
import type { AuditReport } from './report.ts';

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
