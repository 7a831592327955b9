import type { KindRecall } from './recall.ts';
import type { Burden, Desk, Row } from './report.ts';
import type { Week } from './week.ts';
import { sayShare } from '../../src/linkage/wilson.ts';

function right(text: string | number, width: number): string {
  return String(text).padStart(width);
}

function wide(texts: readonly string[]): string {
  return texts.map((one) => one.padEnd(32)).join('');
}

function rowLine({ safeguard, notes, floors, prompts, alarms, rungs, refusals, inTime }: Row): string {
  const numbers = [notes, floors, prompts, alarms, rungs, refusals].map((one) => right(one.toFixed(2), 8)).join('');
  return `${safeguard.padEnd(24)}${numbers}  ${sayShare(inTime)}`;
}

function deskLine({ role, hours, interruptionsAnHour, alarmsAnHour, alarmsAWindow, floods, most }: Desk): string {
  const rates = [interruptionsAnHour.toFixed(2), alarmsAnHour.toFixed(2), alarmsAWindow.toFixed(3)];
  const numbers = rates.map((one) => right(one, 10)).join('');
  return `${role.padEnd(12)}${right(Math.round(hours), 8)}${numbers}  ${sayShare(floods)}, most ${most}`;
}

function kindLine({ kind, heard, heardByNaive, met, falsely, falselyByNaive }: KindRecall): string {
  return `${kind.padEnd(14)}${wide([heard, heardByNaive, met, falsely, falselyByNaive].map(sayShare))}`;
}

function listed(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, many]) => `${name} ${many}`)
    .join(', ');
}

/** How much there was of everything, beside the naive rules. */
function totals({
  burden,
  likeForLike,
  paid,
  naive,
  channels,
  silentShare,
  processorSeconds,
}: Week): readonly string[] {
  const per = (many: number): string => `${((100 * many) / burden.contacts).toFixed(1)} per 100 contacts`;
  const beside = (many: number): string => (many / naive.interruptions).toFixed(2);
  const { notes, prompts, alarms, rungs, floors, refusals, interruptions } = burden;
  const paidShare = paid.heed / paid.naive;
  return [
    `${burden.contacts} contacts in ${burden.hours} h: ${listed(channels)}`,
    `emergency calls silent: ${(silentShare * 100).toFixed(1)} %; processor time: ${processorSeconds.toFixed(0)} s`,
    '',
    `in all: ${listed({ notes, prompts, alarms, rungs, floors, refusals })}`,
    `interruptions (prompts and alarms, each rung counted): ${interruptions}, ${per(interruptions)}`,
    `of these by what hears, or asks who or what is meant: ${likeForLike}, ${per(likeForLike)}`,
    `naive rules: ${naive.interruptions}, ${per(naive.interruptions)} (${listed(naive.byRule)})`,
    `beside the naive rules: ${beside(interruptions)} of theirs in all, ${beside(likeForLike)} like for like`,
    `not about a planted danger: ${per(paid.heed)}, naive rules ${per(paid.naive)}: ${paidShare.toFixed(2)}`,
    `commands refused: ${sayShare(burden.refusedShare)}`,
    `met by their time: prompts ${sayShare(burden.promptsInTime)}; alarms ${sayShare(burden.alarmsInTime)}`,
  ];
}

function desks({ desks: each, everybody }: Burden): readonly string[] {
  const head = 'desk           hours  heard/h  alarms/h  alarms per person in 10 min; windows with more than ten';
  return ['', head, ...[...each, everybody].map(deskLine)];
}

function planted({ recall, leftOut }: Week, half: string): readonly string[] {
  const heads = ['heard in time', 'by naive rules', 'duty met by its time', 'falsely', 'falsely by naive rules'];
  // Of the judging half no single item is named: somebody tunes by what is read here.
  const named =
    half === 'tuning' ? [`missed: ${recall.missed.join(' ')}`, `false: ${recall.falseAlarms.join(', ')}`] : [];
  return [
    '',
    `planted (${half}): ${leftOut.length} left out, too long for the span`,
    `kind          ${wide(heads)}`,
    ...[...recall.kinds, recall.all].map(kindLine),
    `sequences heard before their last contact: ${sayShare(recall.all.early)}`,
    ...named,
  ];
}

/** The report as text. */
export function textOf(week: Week, half: string): string {
  const { rows, worstHour } = week.burden;
  // What a planted caller of the judging half says would be read in the worst hour.
  const lines = half === 'judging' ? worstHour.lines.filter((line) => !line.includes('planted')) : worstHour.lines;
  return [
    ...totals(week),
    ...desks(week.burden),
    '',
    'per 100 contacts           notes  floors prompts  alarms   rungs refusals  met by its time',
    ...rows.map(rowLine),
    ...planted(week, half),
    '',
    `worst hour, from ${worstHour.from}: ${worstHour.contacts} contacts, ${worstHour.lines.length} interruptions`,
    ...lines.map((line) => `  ${line}`),
    '',
  ].join('\n');
}
