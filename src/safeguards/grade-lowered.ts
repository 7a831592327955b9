import { isComplete } from '../room/assessment.ts';
import { checksOf } from '../room/check.ts';
import { isLive, liveDeployments } from '../room/deployment.ts';
import { effectiveGrade } from '../room/grade.ts';
import type { Incident } from '../room/incident.ts';
import type { Authority } from '../room/policy.ts';
import { gradeById } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import type { Gate, Response, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import { hasAuthority } from '../room/staff.ts';
import { openTask } from '../room/task.ts';
import { appearancesOf, isParticular } from '../room/subject.ts';
import type { AnyAsked, EventBy } from '../room/vocabulary.ts';
import { hasSecondPerson, isProtected, protectedKinds } from './authority.ts';
import { liveDangers } from './dangers.ts';
import { neverSuffices } from './never-suffices.ts';
import { supervisor } from './owners.ts';
import { isDomestic } from './people.ts';
import { minuteMs } from './spans.ts';
import { clockOf, quoted } from './words.ts';

type Lowering = Extract<AnyAsked, { readonly type: 'SetGrade' | 'LiftFloor' | 'StandDown' | 'DecideAttendance' }>;

const lowerings: readonly string[] = ['SetGrade', 'LiftFloor', 'StandDown', 'DecideAttendance'];
const gatesMost = 20;

/** What the newest complete assessment must answer: the newest fact that bears on risk, in a word. */
interface Newest {
  readonly seq: number;
  readonly what: string;
}

function newestFact(room: Room, incident: Incident): Newest {
  let newest: Newest = { seq: incident.seq, what: incident.summary };
  const later = (seq: number | undefined, what: string): void => {
    if (seq !== undefined && seq > newest.seq) newest = { seq, what };
  };
  const danger = liveDangers(incident).at(-1);
  later(danger?.seq, danger?.quote ?? '');
  const domestic = incident.domestic.at(-1);
  later(domestic?.seq, domestic?.quote ?? '');
  for (const floor of incident.floors)
    later(floor.seq, `the floor on the grade (${floor.safeguard.replaceAll('-', ' ')})`);
  for (const id of incident.contacts) {
    const contact = room.contacts.get(id);
    const said = contact?.statements.at(-1);
    if (contact !== undefined) later(contact.seq, `the contact at ${clockOf(contact.presentedAt)}`);
    later(said?.seq, said?.words ?? '');
  }
  for (const check of checksOf(room, incident))
    if (check.findings.some((one) => one.strength !== 'weak'))
      later(check.completedSeq ?? undefined, check.findings[0]?.says ?? '');
  return newest;
}

/** Whether everything known was weighed, with nothing left out, since the grade was given and the newest fact came. */
function isFreshlyAssessed(incident: Incident, newest: Newest): boolean {
  const { assessment, grade } = incident;
  if (assessment === null || !isComplete(assessment)) return false;
  return assessment.seq > newest.seq && (grade.seq === null || assessment.seq > grade.seq);
}

/** Whether the same person, number or dwelling stands in another contact of the last day. */
function isRepeat(room: Room, incident: Incident, now: number): boolean {
  const keys = new Set<string>();
  for (const one of appearancesOf(room, incident))
    for (const key of room.subjects.get(one.subject)?.keys ?? []) if (isParticular(key)) keys.add(key);
  const oldest = now - room.policy.recentMs;
  for (const key of keys) {
    const contacts = new Set<string>();
    for (const one of room.appearances.get(key) ?? [])
      if (one.contact !== null && one.at >= oldest) contacts.add(one.contact);
    if (contacts.size > 1 || [...contacts].some((one) => !incident.contacts.includes(one))) return true;
  }
  return false;
}

/** Why a lowering needs two people here, or null where one with the authority is enough. */
function protectedBy(room: Room, incident: Incident, now: number): string | null {
  if (!isProtected(room, incident)) return isRepeat(room, incident, now) ? 'it is a repeat contact' : null;
  if (isDomestic(room, incident)) return 'it is or may be domestic';
  const floor = incident.floors[0];
  if (floor !== undefined) return `a floor on the grade stands (${floor.safeguard.replaceAll('-', ' ')})`;
  return 'a child, a vulnerable or missing person, a marker or a call cut off is in it';
}

/** The command without its incidents: which grade, floor or unit, and the reason given. */
interface Attempt {
  readonly asked: Lowering;
  readonly incident: Incident;
  readonly reason: string;
}

function gateOf({ asked, incident }: Attempt, code: string, rest: Omit<Gate['why'], 'code'>, asks: Gate['asks']): Gate {
  return {
    safeguard: gradeLowered.id,
    why: why(
      code,
      { incident: incident.id, on: isOneOfSeveral(asked) ? `“${quoted(incident.summary, 60)}”: ` : '', ...rest.params },
      rest.seqs,
    ),
    asks,
  };
}

/** A decision about several incidents has to say which of them it is refused for. */
function isOneOfSeveral(asked: Lowering): boolean {
  return asked.type === 'DecideAttendance' && asked.data.incidents.length > 1;
}

function assessmentGate(attempt: Attempt, room: Room): readonly Gate[] {
  const { incident } = attempt;
  const newest = newestFact(room, incident);
  if (isFreshlyAssessed(incident, newest)) return [];
  const rest = { params: { newest: quoted(newest.what) }, seqs: [newest.seq] };
  return [gateOf(attempt, 'assess-first', rest, [ask('Assess', { incident: incident.id })])];
}

function personGates(attempt: Attempt, room: Room): readonly Gate[] {
  const { asked, incident } = attempt;
  const because = protectedBy(room, incident, asked.now);
  const needed: Authority = because === null ? 'lower-grade' : 'lower-protected';
  const propose = [ask('Propose', { command: asked.type, incident: incident.id })];
  const gates: Gate[] = [];
  const second = because === null ? (asked.approval?.second ?? null) : null;
  const people = second === null ? [asked.actor.id] : [asked.actor.id, second];
  if (!people.some((one) => hasAuthority(room, one, needed)))
    gates.push(gateOf(attempt, 'authority', { params: { who: asked.actor.id, authority: needed }, seqs: [] }, propose));
  if (because !== null && !hasSecondPerson(room, asked, incident))
    gates.push(gateOf(attempt, 'second-person', { params: { because }, seqs: [] }, propose));
  return gates;
}

/** The earlier reasoning is answered with what has changed, not with what never suffices and not with a copy of it. */
function reasonGates(attempt: Attempt, room: Room): readonly Gate[] {
  const { asked, incident, reason } = attempt;
  const asks = [ask(asked.type, { incident: incident.id })];
  const never = neverSuffices(reason);
  if (never !== null)
    return [
      gateOf(attempt, 'never-suffices', { params: { quote: never.quote, because: never.because }, seqs: [] }, asks),
    ];
  const earlier = incident.grade.reason ?? '';
  const isAnswer = /\p{L}/u.test(reason) && reason.trim().toLowerCase() !== earlier.trim().toLowerCase();
  if (isAnswer) return [];
  const grade = effectiveGrade(room, incident)?.title ?? 'Ungraded';
  const said = earlier === '' ? (incident.floors[0]?.safeguard ?? incident.summary) : earlier;
  return [gateOf(attempt, 'unanswered', { params: { grade, earlier: quoted(said) }, seqs: [] }, asks)];
}

/**
 * Which incidents the command leaves with less. Replacing a unit, and ending what nobody was promised, leave no less.
 */
function lessened(asked: Lowering, room: Room): readonly Incident[] {
  if (asked.type === 'StandDown') {
    const deployment = room.deployments.get(asked.data.deployment);
    const incident = room.incidents.get(deployment?.incident ?? '');
    if (deployment === undefined || incident === undefined || incident.state === 'closed') return [];
    const isReplaced = liveDeployments(room, incident).some((one) => one.id !== deployment.id);
    return isReplaced || deployment.arrivedAt !== null || !isLive(deployment) ? [] : [incident];
  }
  const ids = asked.type === 'DecideAttendance' ? asked.data.incidents : [asked.data.incident];
  const held = ids.map((one) => room.incidents.get(one)).filter((one): one is Incident => one !== undefined);
  return asked.type === 'DecideAttendance' ? held.filter((one) => isOwedSomebody(room, one, asked.now)) : held;
}

/** An incident graded as one that nobody goes to owes nobody, unless it is protected. */
function isOwedSomebody(room: Room, incident: Incident, now: number): boolean {
  const grade = effectiveGrade(room, incident);
  return grade === null || grade.targetMs !== null || protectedBy(room, incident, now) !== null;
}

/** What somebody is protected as is taken away by two; that it is no domestic is `possible-domestic`'s to ask. */
function kindGates(asked: Extract<AnyAsked, { readonly type: 'SetKinds' }>, room: Room): readonly Gate[] {
  const incident = room.incidents.get(asked.data.incident);
  if (incident === undefined || hasSecondPerson(room, asked, incident)) return [];
  const isArrestAsked = incident.tasks.some((one) => openTask(room, one)?.kind === 'arrest');
  const removed = asked.data.remove.filter(
    (kind) =>
      incident.kinds.includes(kind) &&
      (protectedKinds.includes(kind) || (isArrestAsked && ['violence', 'weapon', 'sexual'].includes(kind))),
  );
  if (removed.length === 0) return [];
  const reason = why('kind-removed', { kinds: removed.join(', ') }, [incident.seq]);
  return [{ safeguard: 'grade-lowered', why: reason, asks: [ask('Propose', { command: 'SetKinds' })] }];
}

/** The sending force's grade is the least here too, until a named person lifts it. */
function sentWith(room: Room, { ids, body, seq }: EventBy<'TransferReceived'>): readonly Response[] {
  const grade = body.grade === null ? null : gradeById(room.policy, body.grade);
  if (grade === null || ids.incident === undefined || grade.targetMs === null) return [];
  const reason = why('sent-with', { partner: body.partner, grade: grade.title }, [seq]);
  return [{ kind: 'floor', incident: ids.incident, band: grade.band, why: reason }];
}

/** A proposal to lower waits, at the higher grade, for somebody who may approve it. */
function waiting({ ids, body, seq, actor }: EventBy<'DecisionProposed'>): readonly Response[] {
  if (!lowerings.includes(body.command.type)) return [];
  const params = { who: actor.id, command: body.command.type, reason: quoted(body.reason) };
  return [
    {
      kind: 'duty',
      about: `decision:${ids.decision}`,
      owner: supervisor,
      level: 'prompt',
      why: why('waits-for-second', params, [seq]),
      asks: [ask('Approve', { decision: ids.decision }), ask('Decline', { decision: ids.decision })],
    },
  ];
}

/** `grade-lowered`: less is done for somebody than was decided before. A gate, never on raising or sending. */
export const gradeLowered: Safeguard = {
  id: 'grade-lowered',
  needs: ['grades', 'decisions'],
  on: ['SetGrade', 'LiftFloor', 'StandDown', 'DecideAttendance', 'SetKinds', 'TransferReceived', 'DecisionProposed'],
  timings: { main: { dueMs: minuteMs(15), ladder: [{ to: 'fim', afterMs: 0 }] } },
  words: {
    'assess-first': '{on}Assess every element again first. Not yet weighed: “{newest}”.',
    authority: '{on}{who} has no authority {authority:authority}. Propose it to somebody who has.',
    'second-person': '{on}A second person must agree who neither proposed it nor spoke to the caller: {because}.',
    'never-suffices': '{on}“{quote}” is no reason for less: {because}. Say what has changed.',
    'kind-removed':
      'It is on record as {kinds:plain}. That it is not needs a second person who did not speak to the caller.',
    unanswered: '{on}{grade} was given because “{earlier:plain}”. Say what has changed since.',
    'sent-with': '{partner} sent this as {grade}.',
    'waits-for-second': '{who} proposes to {command:order}: “{reason}”. It stays as it is until somebody else decides.',
  },
  react(event, room) {
    if (event.type === 'TransferReceived') return sentWith(room, event);
    return event.type === 'DecisionProposed' ? waiting(event) : [];
  },
  gate(asked, room) {
    if (asked.type === 'SetKinds') return kindGates(asked, room);
    if (!isLowering(asked)) return [];
    return lessened(asked, room)
      .flatMap((incident) => {
        const attempt = { asked, incident, reason: asked.data.reason };
        return [...reasonGates(attempt, room), ...assessmentGate(attempt, room), ...personGates(attempt, room)];
      })
      .slice(0, gatesMost);
  },
  isMet(duty, event) {
    if (event.type !== 'DecisionApproved' && event.type !== 'DecisionDeclined') return false;
    return duty.about === `decision:${event.ids.decision}`;
  },
};

function isLowering(asked: AnyAsked): asked is Lowering {
  return lowerings.includes(asked.type);
}
