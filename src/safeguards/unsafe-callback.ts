import type { CallbackAttempt } from '../room/callback.ts';
import { contactOf } from '../room/contact.ts';
import { isServed } from '../room/deployment.ts';
import type { Ask, Duty } from '../room/duty.ts';
import { spokeToCaller } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { Gate, Response, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import type { AnyEvent, CommandData } from '../room/vocabulary.ts';
import {
  attemptsOn,
  calledOf,
  doubtOf,
  flagOf,
  forbidsMessages,
  handsOf,
  passes,
  phonesOf,
  withSounds,
} from './callback-doubts.ts';
import type { Called } from './callback-doubts.ts';
import { isCutOff } from './cut-off.ts';
import { isTakenUp } from './duties.ts';
import { minuteMs } from './spans.ts';

const id = 'unsafe-callback';

function sendAsk({ contact, incident }: Called): readonly Ask[] {
  if (incident !== null) return [ask('AssignUnit', { incident: incident.id })];
  return contact === null ? [] : [ask('OpenIncident', { contact: contact.id })];
}

/** What a doubtful call back calls for. Danger, distress, a domestic flag, or another voice after a cut-off, raises. */
function raised(room: Room, attempt: CallbackAttempt, seq: number): readonly Response[] {
  const called = calledOf(room, attempt);
  const { contact, incident } = called;
  const doubt = doubtOf(room, attempt, called);
  if (doubt === null || (contact === null && incident === null)) return [];
  if (incident !== null && incident.state === 'closed' && doubt.kind !== 'voice') return [];
  const flag = doubt.isDistress ? 'distress' : flagOf(room, called);
  const isCut = contact !== null && isCutOff(contact);
  const isGrave = flag !== null || (isCut && doubt.kind === 'voice');
  if (doubt.kind === 'silent' && flag === null) return [];
  const code = isGrave ? `${doubt.kind}-flagged` : doubt.kind;
  const reason = why(code, { met: doubt.says, flag: flag ?? 'a call that was cut off' }, [attempt.seq, seq]);
  const about = incident === null ? `contact:${contact?.id ?? ''}` : `incident:${incident.id}`;
  const again = doubt.kind === 'asking' && !isGrave ? againAsks(called) : [];
  const level = isGrave && doubt.kind !== 'silent' ? 'alarm' : 'prompt';
  const duty: Response = {
    kind: 'duty',
    about: about as `${string}:${string}`,
    owner: { staff: attempt.by },
    level,
    timing: level === 'alarm' ? 'alarm' : 'main',
    why: reason,
    asks: [...again, ...sendAsk(called)],
  };
  if (!isGrave || incident === null) return [duty];
  const band = flag === 'domestic' ? 'priority' : 'emergency';
  return [{ kind: 'floor', incident: incident.id, band, why: reason }, duty];
}

/** Asked badly, nothing heard, nothing on record: it may be asked again, or decided by somebody else. */
function againAsks(called: Called): readonly Ask[] {
  const ring = ask('AttemptCallback', idsOf(called));
  const { contact, incident } = called;
  return incident === null && contact !== null ? [ring, ask('DisposeContact', { contact: contact.id })] : [ring];
}

function idsOf({ contact, incident }: Called): Readonly<Record<string, string>> {
  return {
    ...(contact === null ? {} : { contact: contact.id }),
    ...(incident === null ? {} : { incident: incident.id }),
  };
}

/** Doubtful calls back that were made before there was an incident count in it. */
function takenUp(room: Room, wanted: string | undefined, seq: number): readonly Response[] {
  const contact = contactOf(room, wanted);
  if (contact === null || !room.callbacksOn.has(contact.id)) return [];
  return attemptsOn(room, { contact, incident: null }).flatMap((attempt) =>
    raised(room, { ...attempt, incident: contact.incident }, seq),
  );
}

/** Help was withdrawn over a phone that may be in a suspect's hands. */
function withdrawn(room: Room, wanted: string, seq: number): readonly Response[] {
  const called = calledOf(room, { contact: wanted });
  const unsafe = phonesOf(room, called, null)
    .map((phone) => handsOf(room, phone, called))
    .find((hands) => hands === 'suspect' || hands === 'shared');
  if (unsafe === undefined || called.contact === null) return [];
  return [
    {
      kind: 'duty',
      about: called.incident === null ? `contact:${called.contact.id}` : `incident:${called.incident.id}`,
      owner: { role: 'supervisor' },
      level: 'prompt',
      why: why('help-withdrawn', { hands: unsafe }, [seq]),
      asks: sendAsk(called),
    },
  ];
}

function gatesOn(room: Room, data: CommandData<'AttemptCallback'>): readonly Gate[] {
  const called = calledOf(room, data);
  const phones = phonesOf(room, called, data.phone);
  const hands = phones.map((phone) => handsOf(room, phone, called));
  const refuse = (code: string, asks: readonly Ask[]): readonly Gate[] => [
    { safeguard: id, why: why(code, { means: data.means }, called.contact === null ? [] : [called.contact.seq]), asks },
  ];
  const isWriting = data.means !== 'call';
  if (hands.includes('suspect')) return refuse('suspects-phone', sendAsk(called));
  if (isWriting && hands.includes('shared'))
    return refuse('shared-phone', [ask('AttemptCallback', { means: 'call' }), ...sendAsk(called)]);
  if (isWriting && forbidsMessages(room, called, phones))
    return refuse('marked-no-messages', [ask('AttemptCallback', { means: 'call' }), ...sendAsk(called)]);
  const flag = flagOf(room, called);
  if (flag === null) return [];
  if (isWriting && !hands.every((one) => one === 'own')) return refuse('hands-unknown', [ask('Mention')]);
  if (isWriting && phones.length === 0) return refuse('hands-unknown', [ask('Mention')]);
  if (hands.includes('shared') && (called.incident === null || !isServed(room, called.incident)))
    return refuse('send-first', sendAsk(called));
  return [];
}

/** `unsafe-callback`: an outgoing call or text met another voice, or may reach somebody whom the caller fears. */
export const unsafeCallback: Safeguard = {
  id,
  needs: ['contacts'],
  on: ['AttemptCallback', 'CallbackRecorded', 'CallerTold', 'IncidentOpened', 'ContactJoined'],
  timings: {
    main: { speaksMs: 0, dueMs: minuteMs(5), ladder: [{ to: 'supervisor', afterMs: minuteMs(5) }] },
    alarm: {
      speaksMs: 0,
      dueMs: minuteMs(2),
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: minuteMs(10) },
      ],
      againMs: minuteMs(30),
    },
  },
  words: {
    voice: 'The call back met {met:sound}. The caller has not been spoken to safely; this does not count as safe.',
    'voice-flagged':
      'The call back met {met:sound}, and there is {flag:flag}. Send somebody to see the caller apart from others.',
    asking: 'The call back used {met}. Ask again openly, or have the caller seen; this does not count as safe.',
    'asking-flagged': 'The call back used {met}, and there is {flag:flag}. Have the caller seen apart from others.',
    'silent-flagged':
      'Nobody answered the call back ({met:plain}), and there is {flag:flag}. No answer is not ' +
      'safe: what is the next step?',
    'help-withdrawn':
      'The caller was told that nobody comes, over a phone in {hands:flag} hands. Did the ' +
      'caller hear it, and from whom?',
    'suspects-phone':
      'This phone is, or may be, in the hands of a suspect. Ringing or writing to it can bring harm to the caller.',
    'shared-phone': 'Others use this phone. A {means} can be read or heard by the person the caller fears.',
    'marked-no-messages': 'A marker forbids messages here: a {means} can be found by the person the caller fears.',
    'hands-unknown':
      'There is danger or domestic abuse here and nobody has asked whose phone this is and which means is safe.',
    'send-first': 'Others use this phone and there is danger here. Send first; ring when somebody is on the way.',
  },
  react(event, room) {
    if (event.type === 'CallbackRecorded') {
      const attempt = room.callbacks.get(event.ids.callback);
      return attempt === undefined ? [] : raised(room, withSounds(attempt, event.body.readings), event.seq);
    }
    if (event.type === 'CallerTold') {
      return ['no-unit-coming', 'no-police-needed'].includes(event.body.telling)
        ? withdrawn(room, event.ids.contact, event.seq)
        : [];
    }
    if (event.type === 'IncidentOpened' || event.type === 'ContactJoined') {
      return takenUp(room, event.ids.contact, event.seq);
    }
    return [];
  },
  gate(asked, room) {
    return asked.type === 'AttemptCallback' ? gatesOn(room, asked.data) : [];
  },
  isMet,
};

function isMet(duty: Duty, event: AnyEvent, room: Room): boolean {
  if (event.type === 'ResultRecorded') {
    return event.body.seen.length > 0;
  }
  if (isTakenUp(duty, event)) return true;
  if (event.type === 'CallbackRecorded') {
    // Asking badly is mended by asking well; another voice is not.
    return duty.why.every((held) => held.code === 'asking') && passes(room, event);
  }
  if (event.type === 'ContactDisposed') {
    return event.actor.id !== contactOf(room, event.ids.contact)?.handler && !wasRungBy(duty, event.actor.id);
  }
  if (event.type === 'IncidentClosed') {
    const incident = room.incidents.get(duty.incident ?? '');
    return incident === undefined || !spokeToCaller(room, incident).has(event.actor.id);
  }
  return false;
}

function wasRungBy(duty: Duty, staff: string): boolean {
  return 'staff' in duty.owner && duty.owner.staff === staff;
}
