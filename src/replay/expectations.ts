import { formatInstant, formatLocal } from '../room/british-time.ts';
import type { Path } from '../border/problem.ts';
import type { Expectation } from './case-file.ts';
import type { Report } from './report.ts';
import type { Misplaced } from './timeline.ts';
import { clockInstant } from './timeline.ts';

/** One line of `expect`, with whether it held and what was found instead. */
export interface Checked {
  readonly expected: string;
  readonly held: boolean;
  readonly found: string;
}

/** What of a report expectations are held against. */
export type Facts = Pick<Report, 'duties' | 'notes' | 'refusals' | 'floors' | 'firstTurn'>;

const foundMax = 5;

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

/** What a safeguard did, for the reader of an expectation that failed. */
function doneBy(facts: Facts, safeguard: string): string {
  const spoke = facts.duties
    .filter((one) => one.safeguard === safeguard)
    .flatMap(({ spoke: times, about }) =>
      times.map(({ at, level }) => ({ at, says: `${level} ${local(at)} about ${about}` })),
    );
  const floors = facts.floors
    .filter((one) => one.safeguard === safeguard)
    .map(({ at, band, incident }) => ({ at, says: `floor ${band} ${local(at)} on incident:${incident}` }));
  const refusals = facts.refusals
    .filter((one) => one.gates.some((gate) => gate.safeguard === safeguard))
    .map(({ at, command }) => ({ at, says: `refused ${command} ${local(at)}` }));
  const notes = facts.notes
    .filter((one) => one.safeguard === safeguard)
    .map(({ at, about }) => ({ at, says: `note ${local(at)} about ${about}` }));
  return some([...spoke, ...floors, ...refusals, ...notes].toSorted(byInstant), 'never raised');
}

function byInstant(a: { readonly at: string }, b: { readonly at: string }): number {
  return a.at < b.at ? -1 : Number(a.at > b.at);
}

function some(found: readonly { readonly says: string }[], none: string): string {
  if (found.length === 0) return none;
  const shown = found.slice(0, foundMax).map(({ says }) => says);
  return found.length > foundMax ? `${shown.join('; ')}; and ${found.length - foundMax} more` : shown.join('; ');
}

function local(at: string): string {
  return formatLocal(Date.parse(at));
}

type Raised = NonNullable<Expectation['raised']>[number];

/** Without a level, a prompt, an alarm or a floor will do; a prompt is held by an alarm too; a note only by a note. */
function isRaised(facts: Facts, { safeguard, level, about }: Raised, by: string): boolean {
  const isIt = (one: { readonly safeguard: string; readonly about: string }): boolean =>
    one.safeguard === safeguard && isAbout(one.about, about);
  if (level === 'note') return facts.notes.some((note) => note.at <= by && isIt(note));
  const spoke = facts.duties.filter(isIt).flatMap((duty) => duty.spoke);
  if (spoke.some((one) => one.at <= by && (level !== 'alarm' || one.level === 'alarm'))) return true;
  return (
    level === undefined &&
    facts.floors.some((one) => one.at <= by && isIt({ ...one, about: `incident:${one.incident}` }))
  );
}

function raisedChecked(facts: Facts, one: Raised, standing: Standing): Checked {
  const about = one.about === undefined ? '' : ` about ${one.about}`;
  return {
    expected: `${one.safeguard} raised${one.level === undefined ? '' : ` as ${one.level}`}${about} by ${one.by}`,
    held: isRaised(facts, one, formatInstant(instantOf(one.by, standing))),
    found: doneBy(facts, one.safeguard),
  };
}

function refusedChecked(facts: Facts, one: NonNullable<Expectation['refused']>[number], standing: Standing): Checked {
  const at = formatInstant(instantOf(one.at, standing));
  const there = facts.refusals.filter((refusal) => refusal.at === at);
  const found = there.map(({ command, gates }) => ({
    says: `${command} refused by ${gates.map((gate) => gate.safeguard).join(', ')}`,
  }));
  return {
    expected: `refused at ${one.at} by ${one.safeguard}`,
    held: there.some((refusal) => refusal.gates.some((gate) => gate.safeguard === one.safeguard)),
    found: some(found, 'nothing was refused then'),
  };
}

function climbChecked(facts: Facts, one: NonNullable<Expectation['climbs']>[number], standing: Standing): Checked {
  const by = formatInstant(instantOf(one.by, standing));
  const rungs = facts.duties.filter((duty) => duty.safeguard === one.safeguard).flatMap((duty) => duty.rungs);
  return {
    expected: `${one.safeguard} climbs to ${one.to} by ${one.by}`,
    held: rungs.some((rung) => (rung.to === one.to || rung.told === one.to) && rung.at <= by),
    found: some(
      rungs.toSorted(byInstant).map(({ to, at }) => ({ says: `${to} ${local(at)}` })),
      'reached no rung',
    ),
  };
}

/** Judges every line of an expectation against what was played. */
export function judge(expect: Expectation, facts: Facts, standing: Standing): Judged {
  const times = expectedInstants(expect, standing);
  if (!times.ok) return times;
  const checked = [
    ...(expect.raised ?? []).map((one) => raisedChecked(facts, one, standing)),
    ...(expect.refused ?? []).map((one) => refusedChecked(facts, one, standing)),
    ...(expect.climbs ?? []).map((one) => climbChecked(facts, one, standing)),
    ...(expect.quiet === undefined ? [] : [quietChecked(facts, expect.quiet)]),
    ...(expect.never ?? []).map((safeguard) => neverChecked(facts, safeguard)),
    ...(expect['turn-before-harm'] === undefined ? [] : [turnChecked(facts, expect['turn-before-harm'])]),
  ];
  return { ok: true, checked };
}

/** A lead of less than a minute is not claimed. */
function turnChecked({ firstTurn }: Facts, expected: boolean): Checked {
  const isBefore = firstTurn !== null && firstTurn.minutesBeforeHarm.least > 0;
  return {
    expected: `a turn before the harm: ${expected ? 'yes' : 'no'}`,
    held: isBefore === expected,
    found:
      firstTurn === null
        ? 'no turn before the harm'
        : `${firstTurn.safeguard}, ${firstTurn.minutesBeforeHarm.least} min before at least`,
  };
}

/** Quiet is that nobody is interrupted at this level, and that nothing routine is refused. */
function quietChecked(facts: Facts, level: NonNullable<Expectation['quiet']>): Checked {
  const loud = facts.duties
    .filter((duty) => level === 'prompt' || duty.level === 'alarm')
    .map((duty) => ({
      at: duty.raisedAt,
      says: `${duty.safeguard} ${duty.level} ${local(duty.raisedAt)}: ${duty.why[0] ?? ''}`,
    }));
  const refused = facts.refusals.map(({ at, command, gates }) => ({
    at,
    says: `${command} refused ${local(at)} by ${gates.map((gate) => gate.safeguard).join(', ')}`,
  }));
  const found = [...loud, ...refused].toSorted(byInstant);
  const levels = level === 'prompt' ? 'no prompt, no alarm' : 'no alarm';
  return { expected: `quiet: ${levels} and nothing refused`, held: found.length === 0, found: some(found, 'quiet') };
}

/** Notes are allowed: they interrupt nobody. */
function neverChecked(facts: Facts, safeguard: string): Checked {
  const held =
    !facts.duties.some((duty) => duty.safeguard === safeguard) &&
    !facts.floors.some((floor) => floor.safeguard === safeguard) &&
    !facts.refusals.some((refusal) => refusal.gates.some((gate) => gate.safeguard === safeguard));
  return { expected: `never ${safeguard}`, held, found: doneBy(facts, safeguard) };
}
