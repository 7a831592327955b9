import { isServed } from '../room/deployment.ts';
import type { Duty, Owner } from '../room/duty.ts';
import { effectiveGrade } from '../room/grade.ts';
import type { Incident } from '../room/incident.ts';
import { gradeById } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import type { RaiseDuty, Response, Safeguard } from '../room/safeguard.ts';
import { ask, why, windowMs } from '../room/safeguard.ts';
import type { Transfer } from '../room/transfer.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { liveDangers } from './dangers.ts';
import { actorOr, dispatcher } from './owners.ts';
import { minuteMs } from './spans.ts';
import { quoted } from './words.ts';

const outcomeKey = 'outcome';
const returnedKey = 'returned';

function incidentOf(room: Room, transfer: Transfer): Incident | null {
  return transfer.incident === null ? null : (room.incidents.get(transfer.incident) ?? null);
}

/** Whether it was sent as an emergency, or is one here by now. */
function isEmergency(room: Room, transfer: Transfer): boolean {
  const incident = incidentOf(room, transfer);
  const sent = transfer.grade === null ? null : gradeById(room.policy, transfer.grade);
  const held = incident === null ? null : effectiveGrade(room, incident);
  return sent?.band === 'emergency' || held?.band === 'emergency';
}

/** Whether somebody may be in danger meanwhile: danger was told, or their safety is what was passed on. */
function hasDanger(room: Room, transfer: Transfer): boolean {
  const incident = incidentOf(room, transfer);
  const contact = room.contacts.get(transfer.contact ?? '');
  return (
    transfer.needs.includes('welfare') ||
    (incident !== null && (incident.floors.length > 0 || liveDangers(incident).length > 0)) ||
    (contact?.dangers.length ?? 0) > 0
  );
}

function asksOf(transfer: Transfer) {
  const place = transfer.incident === null ? [] : [ask('AssignUnit', { incident: transfer.incident })];
  return [ask('EndTransfer', { transfer: transfer.id }), ask('ReturnTransfer', { transfer: transfer.id }), ...place];
}

function unaccepted(event: AnyEvent, room: Room, transfer: Transfer): RaiseDuty {
  const isUrgent = isEmergency(room, transfer);
  const isOut = transfer.direction === 'out';
  const { partner, needs } = transfer;
  return {
    kind: 'duty',
    about: `transfer:${transfer.id}`,
    owner: isOut ? actorOr(event, dispatcher) : dispatcher,
    level: isUrgent ? 'alarm' : 'prompt',
    timing: isUrgent ? 'emergency' : 'main',
    why: why(isOut ? 'not-accepted' : 'not-taken', { partner, needs: needs.join(', ') }, [event.seq]),
    asks: [ask('AcceptTransfer', { transfer: transfer.id }), ...asksOf(transfer)],
  };
}

/** The partner has it; until its outcome is known it is asked for, and whether we go ourselves is recorded. */
function awaited(
  room: Room,
  transfer: Transfer,
  on: { readonly seq: number; readonly now: number; readonly dueAt?: number | undefined; readonly owner: Owner },
): RaiseDuty {
  const isWatched = hasDanger(room, transfer) || isEmergency(room, transfer);
  const timing = isWatched ? 'outcome-danger' : 'outcome';
  const at = on.dueAt ?? on.now + windowMs(room, transferUnaccepted, timing);
  return {
    kind: 'duty',
    about: `transfer:${transfer.id}`,
    key: outcomeKey,
    owner: on.owner,
    level: 'prompt',
    timing,
    speaksAt: at,
    dueAt: at,
    why: why(on.dueAt === undefined ? 'no-time-given' : 'partner-time-past', { partner: transfer.partner }, [on.seq]),
    asks: asksOf(transfer),
  };
}

/** It came back: it keeps its first grade and clock, and is open again here. */
function cameBack(event: AnyEvent, room: Room, transfer: Transfer): readonly Response[] {
  const incident = incidentOf(room, transfer);
  const isWatched = hasDanger(room, transfer) || isEmergency(room, transfer);
  const reason = event.type === 'TransferReturned' ? quoted(event.body.reason) : '';
  const back: RaiseDuty = {
    kind: 'duty',
    about: `transfer:${transfer.id}`,
    key: returnedKey,
    owner: dispatcher,
    level: isWatched ? 'alarm' : 'prompt',
    timing: isWatched ? 'returned-danger' : 'returned',
    why: why('came-back', { partner: transfer.partner, reason }, [event.seq, transfer.seq]),
    asks:
      transfer.incident === null
        ? [ask('OpenIncident', transfer.contact === null ? {} : { contact: transfer.contact }), ...asksOf(transfer)]
        : [ask('AssignUnit', { incident: transfer.incident }), ask('SendTransfer', { incident: transfer.incident })],
  };
  if (incident === null || incident.state === 'open' || incident.joinedInto !== null) return [back];
  const body = { reason: `What was passed to ${transfer.partner} came back.` };
  return [{ kind: 'act', type: 'IncidentReopened', ids: { incident: incident.id }, body }, back];
}

/** Something was done here about what came back. */
function isTakenUp(duty: Duty, event: AnyEvent, room: Room): boolean {
  if (event.type === 'TransferSent' || event.type === 'AttendanceDecided') return true;
  if (event.type === 'IncidentOpened' || event.type === 'ContactJoined') return duty.incident === null;
  const incident = room.incidents.get(duty.incident ?? '');
  return incident !== undefined && isServed(room, incident);
}

/** `transfer-unaccepted`: "passed on" is a state, not an end. The sender keeps it until somebody has it by name. */
export const transferUnaccepted: Safeguard = {
  id: 'transfer-unaccepted',
  needs: ['decisions'],
  on: ['TransferSent', 'TransferReceived', 'TransferAccepted', 'TransferReturned'],
  timings: {
    main: {
      speaksMs: minuteMs(10),
      dueMs: 0,
      ladder: [
        { to: 'supervisor', afterMs: minuteMs(5) },
        { to: 'fim', afterMs: minuteMs(30) },
      ],
      againMs: minuteMs(30),
      windows: { outcome: minuteMs(60), 'outcome-danger': minuteMs(20) },
    },
    emergency: {
      speaksMs: minuteMs(2),
      dueMs: 0,
      ladder: [
        { to: 'supervisor', afterMs: minuteMs(1) },
        { to: 'fim', afterMs: minuteMs(5) },
      ],
      againMs: minuteMs(10),
    },
    outcome: { ladder: [{ to: 'supervisor', afterMs: minuteMs(15) }], againMs: minuteMs(60) },
    'outcome-danger': { ladder: [{ to: 'supervisor', afterMs: minuteMs(5) }], againMs: minuteMs(20) },
    returned: { speaksMs: 0, dueMs: minuteMs(5), ladder: [{ to: 'supervisor', afterMs: minuteMs(5) }] },
    'returned-danger': {
      speaksMs: 0,
      dueMs: 0,
      ladder: [
        { to: 'supervisor', afterMs: minuteMs(1) },
        { to: 'fim', afterMs: minuteMs(5) },
      ],
      againMs: minuteMs(10),
    },
  },
  words: {
    'not-accepted':
      'Sent to {partner:plain} ({needs:plain}), and nobody there has accepted it by name or ' +
      'reference. It is still ours.',
    'not-taken': '{partner:plain} sent us this ({needs:plain}); nobody here has accepted it by name.',
    'partner-time-past':
      'The time that {partner:plain} gave has passed and no outcome is known. Ask, and say whether we go.',
    'no-time-given':
      '{partner:plain} has it and gave no time. Ask what has been done, and say whether we go ourselves.',
    'came-back': '{partner:plain} sent this back: "{reason}". It keeps its first grade and clock; nobody has it now.',
  },
  react(event, room) {
    const transfer = room.transfers.get(event.ids['transfer'] ?? '');
    if (transfer === undefined) return [];
    if (event.type === 'TransferSent' || event.type === 'TransferReceived') return [unaccepted(event, room, transfer)];
    if (transfer.direction === 'in') return [];
    if (event.type === 'TransferReturned') return cameBack(event, room, transfer);
    if (event.type !== 'TransferAccepted' || transfer.needs.every((need) => need === 'information')) return [];
    const { seq, recordedAt: now, body } = event;
    return [awaited(room, transfer, { seq, now, dueAt: body.dueAt, owner: actorOr(event, dispatcher) })];
  },
  isMet(duty, event, room) {
    const isSame = duty.about === `transfer:${event.ids['transfer'] ?? ''}`;
    if (isSame && event.type === 'TransferEnded') return true;
    if (duty.key === returnedKey) return isTakenUp(duty, event, room);
    if (isSame && event.type === 'TransferReturned') return true;
    return duty.key === '' && isSame && event.type === 'TransferAccepted';
  },
};
