import { formatInstant, formatLocal } from '../room/british-time.ts';
import type { Path } from '../border/problem.ts';
import type { Expectation } from './case-file.ts';
import type { Report, ReportedDuty } from './report.ts';
import type { Misplaced } from './timeline.ts';
import { clockInstant } from './timeline.ts';

/** One line of `expect`, with whether it held and what was found instead. */
export interface Checked {
  readonly expected: string;
  readonly held: boolean;
  readonly found: string;
}

type Facts = Pick<Report, 'duties' | 'notes' | 'refusals' | 'floors' | 'acts' | 'firstTurn' | 'harmAt'>;

/** Where an expectation stands in its file, and the day on which its times without a date are. */
export interface Standing {
  readonly startedAt: number;
  readonly path: Path;
}

export type Judged =
  | { readonly ok: true; readonly checked: readonly Checked[] }
  | { readonly ok: false; readonly misplaced: Misplaced };

/** The instants named in an expectation, so that the clock runs far enough to judge it. */
export function expectedInstants(
  expect: Expectation,
  standing: Standing,
): { readonly ok: true; readonly value: readonly number[] } | { readonly ok: false; readonly misplaced: Misplaced } {
  const found: number[] = [];
  const lists = [
    ['raised', (expect.raised ?? []).map((one) => one.by), 'by'],
    ['refused', (expect.refused ?? []).map((one) => one.at), 'at'],
    ['climbs', (expect.climbs ?? []).map((one) => one.by), 'by'],
  ] as const;
  for (const [name, times, field] of lists)
    for (const [index, text] of times.entries()) {
      const read = clockInstant(text, standing.startedAt, [...standing.path, name, index, field]);
      if (!read.ok) return read;
      found.push(read.value);
    }
  return { ok: true, value: found };
}

function instantOf(text: string, standing: Standing): number {
  const read = clockInstant(text, standing.startedAt, standing.path);
  return read.ok ? read.value : 0;
}

function isAbout(about: string, wanted: string | undefined): boolean {
  return wanted === undefined || about === wanted || about.endsWith(`:${wanted}`);
}

function spokenBy(duties: readonly ReportedDuty[], safeguard: string): string {
  const all = duties
    .filter((one) => one.safeguard === safeguard)
    .flatMap((one) =>
      one.spoke.map((spoke) => `${spoke.level} ${formatLocal(Date.parse(spoke.at))} about ${one.about}`),
    );
  return all.length === 0 ? 'never raised' : all.slice(0, 5).join('; ');
}

function raisedHeld(facts: Facts, one: NonNullable<Expectation['raised']>[number], by: string): boolean {
  if (one.level === 'note')
    return facts.notes.some(
      (note) => note.safeguard === one.safeguard && note.at <= by && isAbout(note.about, one.about),
    );
  const duties = facts.duties.filter((duty) => duty.safeguard === one.safeguard && isAbout(duty.about, one.about));
  if (
    duties.some((duty) =>
      duty.spoke.some((spoke) => spoke.at <= by && (one.level !== 'alarm' || spoke.level === 'alarm')),
    )
  )
    return true;
  return one.level === undefined && facts.floors.some((floor) => floor.safeguard === one.safeguard && floor.at <= by);
}

/** Judges every line of an expectation against what was played. */
export function judge(expect: Expectation, facts: Facts, standing: Standing): Judged {
  const times = expectedInstants(expect, standing);
  if (!times.ok) return times;
  const checked: Checked[] = [];
  for (const one of expect.raised ?? []) {
    const by = formatInstant(instantOf(one.by, standing));
    const about = one.about === undefined ? '' : ` about ${one.about}`;
    checked.push({
      expected: `${one.safeguard} raised${one.level === undefined ? '' : ` as ${one.level}`}${about} by ${one.by}`,
      held: raisedHeld(facts, one, by),
      found: spokenBy(facts.duties, one.safeguard),
    });
  }
  for (const one of expect.refused ?? []) {
    const at = formatInstant(instantOf(one.at, standing));
    const there = facts.refusals.filter((refusal) => refusal.at === at);
    const held = there.some((refusal) => refusal.gates.some((gate) => gate.safeguard === one.safeguard));
    const found =
      there.length === 0
        ? 'nothing was refused then'
        : there
            .map((refusal) => `${refusal.command} refused by ${refusal.gates.map((gate) => gate.safeguard).join(', ')}`)
            .join('; ');
    checked.push({ expected: `refused at ${one.at} by ${one.safeguard}`, held, found });
  }
  for (const one of expect.climbs ?? []) {
    const by = formatInstant(instantOf(one.by, standing));
    const duties = facts.duties.filter((duty) => duty.safeguard === one.safeguard);
    const held = duties.some((duty) =>
      duty.rungs.some((rung) => (rung.to === one.to || rung.told === one.to) && rung.at <= by),
    );
    const rungs = duties.flatMap((duty) => duty.rungs.map((rung) => `${rung.to} ${formatLocal(Date.parse(rung.at))}`));
    checked.push({
      expected: `${one.safeguard} climbs to ${one.to} by ${one.by}`,
      held,
      found: rungs.length === 0 ? 'reached no rung' : rungs.slice(0, 5).join('; '),
    });
  }
  checked.push(...quietness(expect, facts));
  if (expect['turn-before-harm'] !== undefined) {
    const found =
      facts.firstTurn === null
        ? 'no turn before the harm'
        : `${facts.firstTurn.safeguard}, ${facts.firstTurn.minutesBeforeHarm.least} min before at least`;
    const turned = facts.firstTurn !== null && facts.firstTurn.minutesBeforeHarm.least > 0;
    checked.push({
      expected: `a turn before the harm: ${expect['turn-before-harm'] ? 'yes' : 'no'}`,
      held: turned === expect['turn-before-harm'],
      found,
    });
  }
  return { ok: true, checked };
}

function quietness(expect: Expectation, facts: Facts): readonly Checked[] {
  const checked: Checked[] = [];
  if (expect.quiet !== undefined) {
    const loud = facts.duties.filter((duty) => expect.quiet === 'prompt' || duty.level === 'alarm');
    const found = loud.map(
      (duty) => `${duty.safeguard} ${duty.level} ${formatLocal(Date.parse(duty.raisedAt))}: ${duty.why[0] ?? ''}`,
    );
    checked.push({
      expected: `quiet: no ${expect.quiet}${expect.quiet === 'prompt' ? ' and no alarm' : ''}`,
      held: loud.length === 0,
      found: found.length === 0 ? 'quiet' : found.slice(0, 5).join('; '),
    });
  }
  for (const safeguard of expect.never ?? []) {
    const held =
      !facts.duties.some((duty) => duty.safeguard === safeguard) &&
      !facts.floors.some((floor) => floor.safeguard === safeguard) &&
      !facts.refusals.some((refusal) => refusal.gates.some((gate) => gate.safeguard === safeguard));
    checked.push({ expected: `never ${safeguard}`, held, found: spokenBy(facts.duties, safeguard) });
  }
  return checked;
}
