import type { Ask, Duty } from '../room/duty.ts';
import { effectiveGrade } from '../room/grade.ts';
import type { Incident } from '../room/incident.ts';
import { openIncident } from '../room/incident.ts';
import { gradeById, gradeRank } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import type { RaiseDuty, Response, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import { appearancesOf } from '../room/subject.ts';
import type { Questions, Transfer } from '../room/transfer.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { liveDangers } from './dangers.ts';
import { idOf } from './duties.ts';
import { markersIn, markerTitle } from './markers.ts';
import { actorOr, dispatcher, isSupervising } from './owners.ts';
import { minuteMs } from './spans.ts';
import { listed, quoted } from './words.ts';

const id = 'transfer-thinned';
const differenceKey = 'difference';
const questionsKey = 'questions';

/** What the other side has that is less than what was sent, or what we have that is less than what was sent to us. */
interface Thinned {
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
  readonly isGrave: boolean;
  readonly seqs: readonly number[];
}

function incidentOf(room: Room, transfer: Transfer): Incident | null {
  return transfer.incident === null ? null : (room.incidents.get(transfer.incident) ?? null);
}

function isLower(room: Room, grade: string | null, than: string | null): boolean {
  if (grade === null || than === null || gradeById(room.policy, than) === null) return false;
  return gradeRank(room.policy, grade) > gradeRank(room.policy, than);
}

/** A lower grade on the far side of a transfer than on the near one. */
function lowered(room: Room, transfer: Transfer): Thinned | null {
  const incident = incidentOf(room, transfer);
  const { direction, acceptedGrade, readBack } = transfer;
  const here = incident === null ? null : (effectiveGrade(room, incident)?.id ?? null);
  const [sent, has] =
    direction === 'out' ? [here ?? transfer.grade, readBack?.grade ?? acceptedGrade] : [transfer.grade, acceptedGrade];
  if (!isLower(room, has, sent)) return null;
  const params = { partner: transfer.partner, sent: sent ?? '', has: has ?? '' };
  return { code: 'lower-grade', params, isGrave: true, seqs: [transfer.seq] };
}

/** What stands in the incident and was not read back: told dangers, markers, children. */
function missing(room: Room, transfer: Transfer): Thinned | null {
  const incident = incidentOf(room, transfer);
  const { partner, readBack } = transfer;
  if (readBack === null || incident === null) return null;
  const dangers = liveDangers(incident).filter((one) => !readBack.dangers.includes(one.kind));
  const seqs = [...dangers.map((one) => one.seq), transfer.seq];
  if (dangers.length > 0) {
    const kinds = new Map(dangers.map((one) => [one.kind, quoted(one.quote, 60)]));
    return { code: 'danger-missing', params: { partner, what: [...kinds.values()].join('; ') }, isGrave: true, seqs };
  }
  const markers = markersIn(room, incident).filter((one) => !readBack.markers.includes(one.kind));
  const hasChild =
    incident.kinds.includes('child') || appearancesOf(room, incident).some((one) => one.role === 'child');
  const what = [
    ...new Set(markers.map((one) => markerTitle(room, one))),
    ...(hasChild && !readBack.children ? ['a child there'] : []),
    ...(readBack.grade === undefined ? ['the grade'] : []),
  ];
  return what.length === 0
    ? null
    : { code: 'less-arrived', params: { partner, what: listed(what) }, isGrave: false, seqs };
}

function differenceIn(room: Room, transfer: Transfer): Thinned | null {
  return lowered(room, transfer) ?? missing(room, transfer);
}

function asksOf(transfer: Transfer): readonly Ask[] {
  return [
    ask('ReadBackTransfer', { transfer: transfer.id }),
    ask('AnswerTransferDifference', { transfer: transfer.id }),
    ...(transfer.incident === null ? [] : [ask('AssignUnit', { incident: transfer.incident })]),
  ];
}

function differing(event: AnyEvent, room: Room, transfer: Transfer): readonly RaiseDuty[] {
  const thinned = differenceIn(room, transfer);
  if (thinned === null) return [];
  const { code, params, isGrave, seqs } = thinned;
  return [
    {
      kind: 'duty',
      about: `transfer:${transfer.id}`,
      key: differenceKey,
      owner: actorOr(event, dispatcher),
      level: isGrave ? 'alarm' : 'prompt',
      timing: isGrave ? 'grave' : 'main',
      why: why(code, params, [...seqs, event.seq]),
      asks: asksOf(transfer),
    },
  ];
}

/** Whether somebody's safety, or somebody's arrest, is what was passed on. */
function isPressing(transfer: Transfer): boolean {
  return transfer.needs.some((need) => need === 'welfare' || need === 'arrest');
}

function isAsked({ asked }: Transfer): boolean {
  return asked !== null && Object.values(asked).every((answer) => answer !== 'not-asked');
}

/** With its grade unsaid it is an emergency until somebody asks; what was typed in is asked about point by point. */
function received(event: AnyEvent, room: Room, transfer: Transfer): readonly Response[] {
  const { partner, grade } = transfer;
  if (!isPressing(transfer) || (grade !== null && event.actor.kind !== 'staff')) return [];
  const reason = why(grade === null ? 'grade-unsaid' : 'not-asked', { partner }, [event.seq]);
  const questions: RaiseDuty = {
    kind: 'duty',
    about: `transfer:${transfer.id}`,
    key: questionsKey,
    owner: actorOr(event, dispatcher),
    level: 'prompt',
    why: reason,
    asks: [ask('AskTransfer', { transfer: transfer.id })],
  };
  const incident = openIncident(room, transfer.incident ?? undefined);
  if (grade !== null || incident === null) return [questions];
  return [{ kind: 'floor', incident: incident.id, band: 'emergency', why: reason }, questions];
}

const emergencies: readonly (keyof Questions)[] = ['injury', 'threat', 'weapon'];
const priorities: readonly (keyof Questions)[] = ['returning', 'children'];

/** What was answered yes is danger told, by whoever passed it to us. */
function answered(event: AnyEvent, room: Room, transfer: Transfer): readonly Response[] {
  const incident = openIncident(room, transfer.incident ?? undefined);
  const { asked } = transfer;
  if (incident === null || asked === null) return [];
  const yes = [...emergencies, ...priorities].filter((question) => asked[question] === 'yes');
  if (yes.length === 0) return [];
  const reason = why('answered-yes', { partner: transfer.partner, what: yes.join(', ') }, [event.seq]);
  const band = yes.some((one) => emergencies.includes(one)) ? 'emergency' : 'priority';
  return [{ kind: 'floor', incident: incident.id, band, why: reason }];
}

function isAnswered(duty: Duty, event: AnyEvent, room: Room): boolean {
  if (event.type !== 'TransferDifferenceAnswered') return false;
  return duty.level === 'prompt' || isSupervising(room, { staff: event.actor.id });
}

/** `transfer-thinned`: what arrived is less than what was sent. The difference is answered by whoever sent it. */
export const transferThinned: Safeguard = {
  id,
  needs: ['decisions', 'grades'],
  on: ['TransferReceived', 'TransferAccepted', 'TransferReadBack', 'TransferAsked'],
  timings: {
    main: { speaksMs: 0, dueMs: minuteMs(5), ladder: [{ to: 'supervisor', afterMs: 0 }] },
    grave: {
      speaksMs: 0,
      dueMs: minuteMs(2),
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: minuteMs(10) },
      ],
    },
  },
  words: {
    'lower-grade':
      'Sent as {sent:plain}; held there as {has:plain} ({partner:plain}). One of the two waits by the wrong clock.',
    'danger-missing': '{partner:plain} has it without: "{what}". Tell them again, and have it read back.',
    'less-arrived': '{partner:plain} has it without {what}. Tell them again, or say why it will do.',
    'grade-unsaid': '{partner:plain} passed this on and no grade was said: an emergency until somebody asks.',
    'not-asked':
      '{partner:plain} passed this on. Ask: anybody hurt, threats, weapons, coming back, children? ' +
      'Not asked is not a no.',
    'answered-yes': '{partner:plain} says yes to: {what:plain}.',
  },
  react(event, room) {
    const transfer = room.transfers.get(event.ids['transfer'] ?? '');
    if (transfer === undefined) return [];
    if (event.type === 'TransferReceived') return received(event, room, transfer);
    if (event.type === 'TransferAsked') return answered(event, room, transfer);
    return differing(event, room, transfer);
  },
  isMet(duty, event, room) {
    const transfer = room.transfers.get(idOf(duty.about));
    if (transfer === undefined || transfer.state === 'ended' || transfer.state === 'returned') return true;
    if (isAnswered(duty, event, room)) return true;
    if (duty.key === questionsKey) return isAsked(transfer) && transfer.grade !== null;
    return differenceIn(room, transfer) === null;
  },
};
