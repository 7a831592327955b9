import { visible } from '../border/visible.ts';
import type { AuditReport, ReportedMatter } from './report.ts';
import type { Share } from './tally.ts';

/** What each gravity says: of the record, and of nobody. */
export const gravityWords: Readonly<Record<ReportedMatter['gravity'], string>> = {
  'danger-unanswered': 'Danger stood in the record, and it shows no answer',
  'alarm-unanswered': 'An alarm would have sounded, and the record shows no answer',
  'answered-late': 'Answered, later than a control room should',
  'prompt-unanswered': 'Something would have been asked, and the record shows no answer',
  'not-shown': 'An alarm would have sounded; whether anybody answered, the export does not show',
};

/** Matters that a terminal shows; the other forms have them all. */
const shownMax = 20;

/** A table of texts, each column as wide as its widest. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

const widthMax = 100;

function wrapped(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    if (line.length + word.length > widthMax && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()];
}

function shareRow([name, { incidents, missed }]: readonly [string, Share]): readonly string[] {
  return [visible(name, 40), String(incidents), String(missed)];
}

function shares(title: string, of: AuditReport['hours'], most = 24): readonly string[] {
  if (of.length === 0) return [];
  return ['', ...table([[title, 'incidents', 'something open'], ...of.slice(0, most).map(shareRow)])];
}

/** How an export was read, in one or two lines. */
export function rowsText({ rows, taken, empty, rejected, remarked }: AuditReport['rows']): string {
  const none = empty === 0 ? '' : `, ${empty} tell of nothing by the mapping`;
  const left = remarked === 0 ? '' : `; ${remarked} things left out of rows that were taken`;
  return `${rows} rows: ${taken} taken${none}, ${rejected} rejected${left}.`;
}

/** Totals of the safeguards, as the rows of a table with its head. */
export function safeguardRows(report: AuditReport): readonly (readonly string[])[] {
  return [
    ['safeguard', 'prompts', 'alarms', 'floors', 'refusals', 'no answer', 'late', 'not shown'],
    ...report.safeguards.map((one) => [
      one.safeguard,
      ...[one.prompts, one.alarms, one.floors, one.refusals, one.unanswered, one.late, one.unjudged].map(String),
    ]),
  ];
}

/** The report as text for a terminal. */
export function terminalText(report: AuditReport): string {
  const { told, rows } = report;
  const lines = [
    `${visible(report.title)}: audit under policy ${report.policy}`,
    `${report.from ?? '-'} to ${report.until ?? '-'}. ${rowsText(rows)}`,
    `${report.contacts} contacts, ${report.incidents} incidents; ` +
      `of ${report.matters} people or places something stayed open.`,
    ...report.gravities.map(([gravity, count]) => `  ${count}  ${gravityWords[gravity]}`),
  ];
  for (const one of told.slice(0, shownMax))
    lines.push(
      '',
      `${one.rank}. ${visible(one.about)} (${gravityWords[one.gravity]})`,
      ...wrapped(visible(one.story, 20_000), '   '),
    );
  if (told.length > shownMax) lines.push('', `${told.length - shownMax} more are told by --html, --json and --csv.`);
  lines.push('', ...table(safeguardRows(report)));
  lines.push(
    ...shares('hour', report.hours),
    ...shares('channel', report.channels),
    ...shares('desk', report.desks, 10),
  );
  lines.push('', 'What this audit cannot say', ...report.cannotSay.flatMap((one) => wrapped(`- ${one}`, '  ')));
  if (rows.reasons.length > 0)
    lines.push(
      '',
      'Rows rejected, and what was left out',
      ...rows.reasons.map(([why, n]) => `  ${n}  ${visible(why)}`),
    );
  lines.push('', 'An audit says what the record shows. It says nothing about anybody, or about what is not in it.');
  return `${lines.join('\n')}\n`;
}
