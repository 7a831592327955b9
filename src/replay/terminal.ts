import { formatLocal } from '../room/british-time.ts';
import type { Report } from './report.ts';
import type { ReportedAct, ReportedDuty } from '../views/played-report.ts';
import { rungLines } from './rungs.ts';

const width = 100;

function clock(text: string): string {
  return formatLocal(Date.parse(text)).slice(11, 19);
}

function day(text: string): string {
  return formatLocal(Date.parse(text)).slice(0, 10);
}

/** Text broken at words, each further line indented; a line break in it is a space. */
function folded(text: string, indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && indent + line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`);
}

interface Line {
  readonly at: string;
  readonly mark: string;
  readonly text: string;
}

function actLine(act: ReportedAct): Line {
  const marks = { done: ' ', refused: 'x', skipped: '-' };
  const note = act.note === null ? '' : `: ${act.note}`;
  const outcome = {
    done: '',
    refused: ` — REFUSED: ${act.says ?? ''}`,
    skipped: ` — skipped, depended on ${act.dependsOn ?? 'a refused act'}`,
  };
  return { at: act.at, mark: marks[act.outcome], text: `${act.by} ${act.command}${note}${outcome[act.outcome]}` };
}

/** When it was met, with the day where that is another one. */
export function metWords({ metAt, raisedAt }: ReportedDuty): string {
  if (metAt === null) return 'never met';
  return day(metAt) === day(raisedAt) ? `met ${clock(metAt)}` : `met ${day(metAt)} ${clock(metAt)}`;
}

function dutyLines(duty: ReportedDuty): readonly Line[] {
  const met = metWords(duty);
  const spoken = duty.spoke.map(
    ({ at, level, why }): Line => ({
      at,
      mark: level === 'alarm' ? '!' : '?',
      text: `${level} ${duty.safeguard} to ${duty.owner}: ${why} (${met})`,
    }),
  );
  const rungs = rungLines(duty).map(
    ({ at, says }): Line => ({ at, mark: '^', text: `${duty.safeguard} climbs ${says}` }),
  );
  return [...spoken, ...rungs];
}

function timeline(report: Report): readonly string[] {
  const lines: Line[] = [
    ...report.acts.map(actLine),
    ...report.duties.flatMap(dutyLines),
    ...report.floors.map((floor) => ({
      at: floor.at,
      mark: '=',
      text: `floor ${floor.band} by ${floor.safeguard}: ${floor.why}`,
    })),
    ...report.notes.map((note) => ({ at: note.at, mark: 'i', text: `note ${note.safeguard}: ${note.why}` })),
  ];
  if (report.harmAt !== null) lines.push({ at: report.harmAt, mark: '#', text: `HARM: ${report.harm ?? ''}` });
  const sorted = lines
    .map((line, place) => ({ line, place }))
    .toSorted((a, b) => (a.line.at === b.line.at ? a.place - b.place : a.line.at < b.line.at ? -1 : 1));
  const printed: string[] = [];
  let today = '';
  for (const { line } of sorted) {
    if (day(line.at) !== today) {
      today = day(line.at);
      printed.push('', `  ${today}`);
    }
    printed.push(`  ${clock(line.at)} ${line.mark} ${folded(line.text, 13)}`);
  }
  return printed;
}

/** How long the turn was before the harm, in words. */
export function leadWords(report: Report): string {
  if (report.harmAt === null) return 'no harm in this case';
  if (report.firstTurn === null) return 'no different course was demanded before the harm';
  const { least, most } = report.firstTurn.minutesBeforeHarm;
  return least === most
    ? `${spanWords(least)} before the harm`
    : `${spanWords(least)} to ${spanWords(most)} before the harm`;
}

function spanWords(minutes: number): string {
  if (minutes < 0) return `${minutes} min`;
  if (minutes < 120) return `${minutes} min`;
  const days = Math.floor(minutes / 1_440);
  const hours = Math.floor((minutes % 1_440) / 60);
  return days > 0 ? `${days} d ${hours} h` : `${hours} h ${minutes % 60} min`;
}

/** The report of one case as text. */
export function caseText(report: Report): string {
  const turn = report.firstTurn;
  const head = [
    folded(`${report.case}: ${report.title}`, 2),
    `Policy ${report.policy}. ! alarm  ? prompt  ^ rung  = floor  i note  x refused  - skipped  # harm`,
  ];
  const first =
    turn === null
      ? []
      : [
          '',
          folded(`First turn: ${formatLocal(Date.parse(turn.at))} by ${turn.safeguard}, ${leadWords(report)}.`, 2),
          `  ${folded(turn.why, 2)}`,
        ];
  const open = report.duties.filter((duty) => duty.metAt === null);
  const owners = open.map((duty) => `${duty.safeguard} (${duty.rungs.at(-1)?.told ?? duty.owner})`);
  const left = open.length === 0 ? [] : ['', folded(`Still open at the end: ${owners.join(', ')}.`, 2)];
  const assumed =
    report.assumptions.length === 0
      ? []
      : ['', 'Assumed:', ...report.assumptions.map((one) => `  - ${folded(one, 4)}`)];
  return [...head, ...first, ...timeline(report), ...left, ...assumed, ...expectationLines(report), ''].join('\n');
}

function expectationLines(report: Report): readonly string[] {
  const all = [
    ...report.expectations,
    ...report.variants.flatMap(({ name, expectations }) =>
      expectations.map((one) => ({ ...one, expected: `${name}: ${one.expected}` })),
    ),
  ];
  const lines = all.map(({ expected, held, found }) =>
    held ? `  held   ${folded(expected, 9)}` : `  FAILED ${folded(`${expected}. Found: ${found}`, 9)}`,
  );
  return lines.length === 0 ? [] : ['', 'Expected:', ...lines];
}

/** A folder of cases as a table. */
export function tableText(
  reports: readonly { readonly file: string; readonly report: Report; readonly passed: boolean }[],
): string {
  const rows = reports.map(({ file, report, passed }) => {
    const alarms = report.duties.filter((duty) => duty.level === 'alarm').length;
    const prompts = report.duties.length - alarms;
    const expectations = [...report.expectations, ...report.variants.flatMap((one) => one.expectations)];
    const held = `${expectations.filter((one) => one.held).length}/${expectations.length}`;
    const turn = report.harmAt === null ? '-' : (report.firstTurn?.safeguard ?? 'none');
    return [
      file,
      String(alarms),
      String(prompts),
      String(report.refusals.length),
      turn,
      report.harmAt === null ? '-' : leadWords(report),
      held,
      passed ? 'passed' : 'FAILED',
    ];
  });
  const head = ['case', 'alarms', 'prompts', 'refusals', 'first turn', 'lead', 'expected', ''];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const print = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const failures = reports
    .filter((one) => !one.passed)
    .flatMap(({ file, report }) => ['', file, ...expectationLines(report).filter((one) => one.startsWith('  FAILED'))]);
  return [print(head), ...rows.map(print), ...failures, ''].join('\n');
}
