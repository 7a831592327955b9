import type { Desk, Row } from './report.ts';
import type { KindRecall } from './recall.ts';
import type { Week } from './week.ts';
import { sayShare } from './wilson.ts';

function right(text: string | number, width: number): string {
  return String(text).padStart(width);
}

function rowLine({ safeguard, notes, floors, prompts, alarms, rungs, refusals, inTime }: Row): string {
  const numbers = [notes, floors, prompts, alarms, rungs, refusals].map((one) => right(one.toFixed(2), 8)).join('');
  return `${safeguard.padEnd(24)}${numbers}  ${sayShare(inTime)}`;
}

function deskLine({ role, hours, interruptionsAnHour, alarmsAnHour, alarmsAWindow, floods, most }: Desk): string {
  const numbers = [interruptionsAnHour.toFixed(2), alarmsAnHour.toFixed(2), alarmsAWindow.toFixed(3)];
  return `${role.padEnd(12)}${right(Math.round(hours), 8)}${numbers.map((one) => right(one, 10)).join('')}  ${sayShare(floods)}, most ${most}`;
}

function kindLine({ kind, heard, heardByNaive, met, falsely, falselyByNaive }: KindRecall): string {
  return `${kind.padEnd(14)}${[heard, heardByNaive, met, falsely, falselyByNaive].map((one) => sayShare(one).padEnd(32)).join('')}`;
}

/** The report as text; of the judging half no single item is named. */
export function textOf(
  { burden, recall, leftOut, likeForLike, naive, channels, silentShare, processorSeconds }: Week,
  half: string,
): string {
  const per = (many: number): string => ((100 * many) / burden.contacts).toFixed(1);
  const lines = [
    `${burden.contacts} contacts in ${burden.hours} h: ${Object.entries(channels)
      .map(([name, many]) => `${name} ${many}`)
      .join(', ')}`,
    `of the emergency calls ${(silentShare * 100).toFixed(1)} % silent; ${processorSeconds.toFixed(0)} s of processor time`,
    '',
    `per 100 contacts: ${per(burden.notes)} notes, ${per(burden.prompts)} prompts, ${per(burden.alarms)} alarms, ${per(burden.rungs)} rungs, ${per(burden.floors)} floors, ${per(burden.refusals)} refusals`,
    `interruptions (prompts and alarms, each rung counted): ${burden.interruptions}, ${per(burden.interruptions)} per 100 contacts`,
    `naive rules: ${naive.interruptions}, ${per(naive.interruptions)} per 100 contacts (${Object.entries(naive.byRule)
      .map(([rule, many]) => `${rule} ${many}`)
      .join(', ')}); Heed's share of that: ${(burden.interruptions / naive.interruptions).toFixed(2)}`,
    `what stands in for those rules (it hears, or asks who or what is meant): ${likeForLike}, ${per(likeForLike)} per 100 contacts; share of the naive: ${(likeForLike / naive.interruptions).toFixed(2)}`,
    `commands refused: ${sayShare(burden.refusedShare)}`,
    `prompts met by their time: ${sayShare(burden.promptsInTime)}; alarms: ${sayShare(burden.alarmsInTime)}`,
    '',
    `desk           hours  heard/h  alarms/h  alarms per person in 10 min (mean); windows with more than ten`,
    ...[...burden.desks, burden.everybody].map(deskLine),
    '',
    `per 100 contacts           notes  floors prompts  alarms   rungs refusals  met by its time`,
    ...burden.rows.map(rowLine),
    '',
    `planted (${half}): ${leftOut.length} left out, too long for the span`,
    `kind          ${['heard in time', 'by naive rules', 'duty met by its time', 'falsely', 'falsely by naive rules'].map((one) => one.padEnd(32)).join('')}`,
    ...[...recall.kinds, recall.all].map(kindLine),
    ...(half !== 'tuning' ? [] : [`missed: ${recall.missed.join(' ')}`, `false: ${recall.falseAlarms.join(', ')}`]),
    '',
    `worst hour, from ${burden.worstHour.from}, ${burden.worstHour.contacts} contacts:`,
    ...burden.worstHour.lines.map((line) => `  ${line}`),
  ];
  return `${lines.join('\n')}\n`;
}
