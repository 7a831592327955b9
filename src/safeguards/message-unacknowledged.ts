import { contactOf } from '../room/contact.ts';
import type { Reading } from '../room/define.ts';
import type { Owner } from '../room/duty.ts';
import { resolveOwner } from '../room/duty.ts';
import type { Message } from '../room/message.ts';
import type { Room } from '../room/room.ts';
import type { RaiseDuty, Response, Safeguard } from '../room/safeguard.ts';
import { ask, countOf, why } from '../room/safeguard.ts';
import { onDuty, staffOfRole } from '../room/staff.ts';
import type { EventBy } from '../room/vocabulary.ts';
import { liveDangers } from './dangers.ts';
import { idOf } from './duties.ts';
import { isEmergency } from './grades.ts';
import { actorOr, dispatcher, handlerOf, supervisor } from './owners.ts';
import { minuteMs } from './spans.ts';
import { isToldDanger } from './texts.ts';
import { quoted } from './words.ts';

const mail = 'mail';
const threats: readonly string[] = [
  'threat-to-life',
  'weapon',
  'self-harm',
  'overdose',
  'child-at-risk',
  'caller-danger-to-others',
];

/** Whether nobody sits where the message goes. */
function isUnstaffed(room: Room, to: Owner | null): boolean {
  if (to === null) return false;
  return 'role' in to ? staffOfRole(room, to.role).length === 0 : onDuty(room, to.staff) === null;
}

function addresseeOf(message: Message): string {
  if (message.unit !== null) return message.unit;
  if (message.to === null) return 'nobody';
  return 'role' in message.to ? message.to.role : message.to.staff;
}

/** An alarm where lives may hang on the answer: sent as an emergency, or about an emergency or told danger. */
function levelOf(room: Room, message: Message): RaiseDuty['level'] {
  if (message.urgency === 'emergency') return 'alarm';
  const incident = room.incidents.get(message.incident ?? '');
  if (incident === undefined || message.urgency === 'routine') return 'prompt';
  const isGrave = isEmergency(room, incident) || liveDangers(incident).length > 0;
  return isGrave ? 'alarm' : 'prompt';
}

function sent(room: Room, event: EventBy<'MessageSent'>): readonly RaiseDuty[] {
  const message = room.messages.get(event.ids.message);
  if (message === undefined || !message.needsAnswer) return [];
  const unstaffed = isUnstaffed(room, message.to);
  const params = { to: addresseeOf(message), text: quoted(event.body.text) };
  return [
    {
      kind: 'duty',
      about: `message:${message.id}`,
      owner: unstaffed ? supervisor : actorOr(event, dispatcher),
      level: levelOf(room, message),
      timing: message.urgency === 'prompt' ? 'main' : message.urgency,
      ...(unstaffed ? { speaksAt: event.recordedAt } : {}),
      why: why(unstaffed ? 'nobody-reads-it' : 'no-answer', params, [event.seq]),
      asks: [ask('AcknowledgeMessage', { message: message.id })],
    },
  ];
}

function isThreat(one: Reading): boolean {
  return isToldDanger(one) && (one.lifeThreat || threats.includes(one.kind));
}

/** Mail from a partner that tells of a threat to somebody's life, and that nobody has opened. */
function mailed(room: Room, event: EventBy<'StatementRecorded'> | EventBy<'RelayRecorded'>): readonly RaiseDuty[] {
  const contact = contactOf(room, event.ids.contact);
  if (contact === null || contact.channel !== 'partner-mail' || contact.state !== 'presented') return [];
  const threat = event.body.readings.find(isThreat);
  if (threat === undefined) return [];
  return [
    {
      kind: 'duty',
      about: `contact:${contact.id}`,
      key: mail,
      owner: handlerOf(contact),
      level: 'alarm',
      why: why('mail-unread', { quote: quoted(threat.quote) }, [event.seq]),
      asks: [ask('AnswerContact', { contact: contact.id })],
    },
  ];
}

/** Whoever it is to, whoever answers for them while they are away, or somebody above; never the sender. */
function mayAnswer(room: Room, { to, from }: Message, by: string): boolean {
  if (by === from) return false;
  if (to === null || room.policy.onCall.includes(by) || resolveOwner(room, to).staff.includes(by)) return true;
  const { chain } = room.policy;
  const place = 'role' in to ? chain.indexOf(to.role) : -1;
  return place !== -1 && chain.indexOf(onDuty(room, by)?.role ?? '') > place;
}

function resent(message: Message): Response {
  const ids = {
    message: message.id,
    ...(message.incident === null ? {} : { incident: message.incident }),
    ...(message.unit === null ? {} : { unit: message.unit }),
  };
  return { kind: 'act', type: 'MessageResent', ids, body: {} };
}

/** `message-unacknowledged`: a message that needs an answer has none. It outlives its incident. */
export const messageUnacknowledged: Safeguard = {
  id: 'message-unacknowledged',
  needs: ['contacts'],
  on: ['MessageSent', 'StatementRecorded', 'RelayRecorded'],
  timings: {
    main: {
      speaksMs: minuteMs(2),
      dueMs: 0,
      ladder: [{ to: 'supervisor', afterMs: minuteMs(2) }],
      againMs: minuteMs(10),
      counts: { resends: 3 },
    },
    emergency: {
      speaksMs: 30_000,
      dueMs: 0,
      ladder: [
        { to: 'supervisor', afterMs: 30_000 },
        { to: 'fim', afterMs: minuteMs(5) },
      ],
      againMs: minuteMs(10),
    },
    routine: { speaksMs: minuteMs(10), dueMs: 0, ladder: [{ to: 'supervisor', afterMs: minuteMs(10) }] },
  },
  words: {
    'no-answer': 'No answer from {to:role} to “{text}”. It has been sent again.',
    'nobody-reads-it': '“{text}” went to {to:role}, and nobody is there to read it.',
    'mail-unread': 'A partner wrote “{quote}” and nobody has opened it.',
  },
  react(event, room) {
    if (event.type === 'MessageSent') return sent(room, event);
    return event.type === 'StatementRecorded' || event.type === 'RelayRecorded' ? mailed(room, event) : [];
  },
  due(duty, room) {
    const message = room.messages.get(idOf(duty.about));
    if (duty.key === mail || message === undefined) return [];
    return message.resent < countOf(room, messageUnacknowledged, 'resends') ? [resent(message)] : [];
  },
  /** By name: a machine's receipt is no answer, and nobody but a unit's dispatcher can answer for somebody else. */
  isMet(duty, event, room) {
    if (event.actor.kind !== 'staff') return false;
    if (duty.key === mail) return event.type === 'ContactAnswered';
    if (event.type !== 'MessageAcknowledged' || duty.about !== `message:${event.ids.message}`) return false;
    const message = room.messages.get(event.ids.message);
    return message !== undefined && (message.unit !== null || mayAnswer(room, message, event.actor.id));
  },
};
