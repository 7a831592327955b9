import { isLive } from '../room/deployment.ts';
import type { Ask, Duty } from '../room/duty.ts';
import { onDuty } from '../room/staff.ts';
import type { Call } from './calls.ts';
import { answerers } from './answers.ts';
import { act, draw, isPlayed, playedOf, quietMs, somebody } from './moment.ts';
import type { Moment, Refused } from './moment.ts';
import { textIn } from './question.ts';
import type { Question } from './question.ts';
import { deploymentsOf } from './sending.ts';

const secondMs = 1_000;
const minuteMs = 60_000;
/** A duty is taken up again no sooner than this after something was done about it. */
const betweenMs = 25 * secondMs;
/** Refusals older than this are given up. */
const staleMs = 30 * minuteMs;

/** What is done first about a duty of these safeguards, where it is not the first that they ask for. */
const preferred: Readonly<Record<string, readonly string[]>> = {
  'caller-uninformed': ['TellCaller'],
  'deployment-unconfirmed': ['AcknowledgeDeployment', 'MarkEnRoute', 'AssignUnit'],
  'promise-unkept': ['WithdrawPromise', 'KeepPromise'],
  'protection-refused': ['DecideProtection'],
  'repeat-contact': ['DecideAttendance', 'AssignUnit', 'OpenIncident'],
  'rising-risk': ['DecideProtection'],
  'attendance-unproven': ['RecordResult', 'AssignUnit'],
};
/** Safeguards that ask for a unit; where one is going already something else is done. */
const forUnits: readonly string[] = [
  'unresourced',
  'target-at-risk',
  'diverted-unresourced',
  'no-unit',
  'outcome-contradicted',
  'reliance-gone',
  'caller-cut-off',
  'unsafe-callback',
];

/** Roles that have been told so far, whoever owns it. */
function rolesTold({ ladder, steps }: Duty): readonly string[] {
  return ladder.slice(0, Math.max(0, steps - 2)).map(({ to }) => to);
}

/** Whoever of those whom the traffic plays would answer this duty now, or null. */
function answererOf(moment: Moment, duty: Duty): string | null {
  const { owner } = duty;
  if ('staff' in owner) {
    const isThere = isPlayed(moment, owner.staff) && onDuty(moment.room, owner.staff) !== null;
    if (isThere) return owner.staff;
  } else {
    const found = somebody(moment, owner.role, duty.id);
    if (found !== null) return found;
  }
  for (const role of rolesTold(duty)) {
    const found = somebody(moment, role, duty.id);
    if (found !== null) return found;
  }
  return null;
}

/** A visitor in the role gets time to answer first. */
function isWatched(moment: Moment, duty: Duty): boolean {
  const { owner } = duty;
  return 'role' in owner && [...moment.taken].some((one) => onDuty(moment.room, one)?.role === owner.role);
}

/** How long after a duty speaks it is answered: soon, or past its time. */
function patienceMs(moment: Moment, duty: Duty): number {
  const drawn = draw(moment, 'patience', duty.id);
  if (draw(moment, 'left', duty.id) < moment.county.assumed['left-share'])
    return Math.min(45 * minuteMs, duty.dueAt - duty.speaksAt + (1 + drawn * 9) * minuteMs);
  const usual = duty.level === 'alarm' ? 8 * secondMs + drawn * 45 * secondMs : 15 * secondMs + drawn * 120 * secondMs;
  return isWatched(moment, duty) ? usual * 3 : usual;
}

function isUnitGoing(moment: Moment, incident: string | null): boolean {
  const held = moment.room.incidents.get(incident ?? '');
  return held !== undefined && deploymentsOf(moment, held).some(isLive);
}

/** Where a unit is to go, to say so again is no answer; where one goes, another is none. */
function unhelpful(command: string, isGoing: boolean): boolean {
  return command === 'DecideAttendance' || (isGoing && (command === 'AssignUnit' || command === 'OpenIncident'));
}

/** The asks of a duty in the order in which they are tried. */
function inOrder(moment: Moment, duty: Duty): readonly Ask[] {
  const { safeguard, incident, asks } = duty;
  if (forUnits.includes(safeguard))
    return asks.filter(({ command }) => !unhelpful(command, isUnitGoing(moment, incident)));
  const first = preferred[safeguard];
  if (first === undefined) return asks;
  const added = first.includes('DecideProtection') && incident !== null;
  const all: readonly Ask[] = added ? [{ command: 'DecideProtection', with: { incident } }, ...asks] : asks;
  const rank = ({ command }: Ask): number => {
    const place = first.indexOf(command);
    return place === -1 ? first.length : place;
  };
  return all.toSorted((a, b) => rank(a) - rank(b));
}

function answerAsks(moment: Moment, asks: readonly Ask[], on: Omit<Question, 'ask'>): boolean {
  for (const ask of asks) {
    const answerer = answerers[ask.command];
    if (answerer?.(moment, { ...on, ask }) === true) return true;
  }
  return false;
}

/** Answers one duty that has spoken, if its time has come and somebody is there. */
export function answerDuty(moment: Moment, duty: Duty, callOf: (incident: string | null) => Call | null): void {
  if (duty.state !== 'raised') return;
  const about = `duty ${duty.id}`;
  const since = moment.memory.touched.get(about);
  const waits =
    since === undefined ? moment.now - duty.speaksAt < patienceMs(moment, duty) : moment.now - since < betweenMs;
  if (waits) return;
  const who = answererOf(moment, duty);
  if (who === null) return;
  const incident = moment.room.incidents.get(duty.incident ?? '') ?? null;
  const contact = duty.about.startsWith('contact:') ? duty.about.slice('contact:'.length) : null;
  const on = { incident, call: callOf(duty.incident ?? contact), who, about, safeguard: duty.safeguard, duty };
  if (!answerAsks(moment, inOrder(moment, duty), on)) moment.memory.touched.set(about, moment.now);
}

/** Whether what was refused has come about by another way. */
function isOver(moment: Moment, data: Refused['act']['data']): boolean {
  const incident = moment.room.incidents.get(textIn(data, 'incident'));
  const contact = moment.room.contacts.get(textIn(data, 'contact'));
  return incident?.state === 'closed' || contact?.disposition != null || contact?.incident != null;
}

/** What was refused is put right: first what the gates ask for, then, where they ask it, by a second person. */
export function answerRefusal(
  moment: Moment,
  refused: Refused,
  callOf: (incident: string | null) => Call | null,
): void {
  const { as, data, type, key } = refused.act;
  if (moment.now - refused.at > staleMs || refused.asks.length === 0 || isOver(moment, data)) return;
  const about = `refused ${key}`;
  if (quietMs(moment, about, refused.at) < 12 * secondMs) return;
  const incident = moment.room.incidents.get(textIn(data, 'incident')) ?? null;
  const contact = textIn(data, 'contact') || null;
  const who = isPlayed(moment, as.id) ? as.id : (playedOf(moment, 'supervisor')[0] ?? as.id);
  const on = { incident, call: callOf(incident?.id ?? contact), who, about, safeguard: '', duty: null };
  const asks = refused.asks.filter(({ command }) => command !== 'Propose');
  const isGoing = isUnitGoing(moment, incident?.id ?? null);
  const useful = isGoing ? asks.filter(({ command }) => command !== 'AssignUnit') : asks;
  if (answerAsks(moment, useful, on)) return;
  const proposed = `propose ${key}`;
  const since = moment.now - (moment.memory.given.get(proposed) ?? 0);
  const isProposable = type !== 'Approve' && type !== 'Propose' && refused.asks.length > asks.length;
  if (isProposable && useful.length === asks.length && since > staleMs) {
    const decision = `decision-${moment.room.seq}-${moment.acts.length}`;
    const proposal = {
      decision,
      command: { type, data },
      reason: 'Everything that could be done is done; agreed by two',
    };
    act(moment, { as: who, type: 'Propose', data: proposal, about, key: proposed });
  }
}
