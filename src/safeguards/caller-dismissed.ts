import type { Contact } from '../room/contact.ts';
import { contactOf } from '../room/contact.ts';
import type { Room } from '../room/room.ts';
import type { Response, Safeguard } from '../room/safeguard.ts';
import { ask, countOf, why } from '../room/safeguard.ts';
import { isParticular } from '../room/subject.ts';
import { distressOf } from './cut-off.ts';
import { handlerOf } from './owners.ts';
import { minuteMs } from './spans.ts';
import { quoted } from './words.ts';

const id = 'caller-dismissed';

/** Tellings that end a matter without police. */
const puttingOff: readonly string[] = ['redirected', 'no-police-needed'];

/** Whether anybody but a suspect has been heard, in words or in an incident that was opened from the contact. */
function isHeardOut(room: Room, contact: Contact): boolean {
  if (contact.statements.some((one) => one.speaker !== 'suspect')) return true;
  const incident = contact.incident === null ? undefined : room.incidents.get(contact.incident);
  return incident !== undefined && incident.contacts[0] === contact.id && incident.seq > contact.seq;
}

/** How the caller was put off, in the words of whoever did it, or null. */
function putOff(contact: Contact): string | null {
  const said = contact.readings.find(
    (one) =>
      one.reads === 'dismissal' && one.standing === 'told' && !contact.statements.some((held) => held.seq === one.seq),
  );
  if (said !== undefined) return quoted(said.quote);
  return contact.tellings.find((one) => puttingOff.includes(one)) ?? null;
}

function isThirdParty(room: Room, contact: Contact): boolean {
  return (room.mentions.get(contact.id) ?? []).some((one) => one.role === 'third-party');
}

/** Contacts of the last day under a key of this one, itself included. */
function timesToday(room: Room, contact: Contact): number {
  const contacts = new Set<string>([contact.id]);
  for (const key of contact.keys)
    if (isParticular(key))
      for (const one of (room.appearances.get(key) ?? []).slice(-50))
        if (one.contact !== null) contacts.add(one.contact);
  return contacts.size;
}

/** Who was not heard, and why it matters; null where there is nothing to ask. */
function unheard(room: Room, contact: Contact): { readonly code: string; readonly says: string } | null {
  const words = putOff(contact);
  if (words !== null) return { code: 'put-off', says: words };
  if (isThirdParty(room, contact)) return { code: 'third-party-unheard', says: '' };
  const distress = distressOf(contact);
  if (distress !== null) return { code: 'distress-unheard', says: quoted(distress) };
  const times = timesToday(room, contact);
  return times >= countOf(room, callerDismissed, 'frequent') ? { code: 'frequent-unheard', says: String(times) } : null;
}

function raised(room: Room, contact: Contact, seq: number): readonly Response[] {
  if (contact.disposition !== null || isHeardOut(room, contact)) return [];
  const found = unheard(room, contact);
  if (found === null) return [];
  return [
    {
      kind: 'duty',
      about: `contact:${contact.id}`,
      owner: handlerOf(contact),
      level: 'prompt',
      why: why(found.code, { says: found.says }, [contact.seq, seq]),
      asks: [
        ask('RecordStatement', { contact: contact.id }),
        ask('AttemptCallback', { contact: contact.id }),
        ask('DisposeContact', { contact: contact.id }),
      ],
    },
  ];
}

/** `caller-dismissed`: a caller was put off, or let go, before anybody had recorded what they had to say. */
export const callerDismissed: Safeguard = {
  id,
  needs: ['contacts', 'text'],
  on: ['ContactEnded', 'CallerTold', 'DisposeContact'],
  timings: {
    main: {
      speaksMs: 0,
      dueMs: 0,
      ladder: [{ to: 'supervisor', afterMs: minuteMs(2) }],
      counts: { frequent: 3 },
    },
  },
  words: {
    'put-off':
      'The caller was put off ("{says:sound}") and nothing that they said is recorded. Record it, or ring back.',
    'third-party-unheard': 'A call on behalf of somebody else has ended and nothing that the caller said is recorded.',
    'distress-unheard': 'A caller in distress ({says:sound}) was let go and nothing that they said is recorded.',
    'frequent-unheard':
      'Contact {says} in a day from the same caller, and nothing that they said this time is recorded.',
    'statement-missing': 'This disposition needs what the caller said, and no statement is recorded.',
  },
  react(event, room) {
    if (event.type === 'ContactEnded') {
      const contact = contactOf(room, event.ids.contact);
      return contact === null || event.body.ending !== 'ended' ? [] : raised(room, contact, event.seq);
    }
    if (event.type !== 'CallerTold') return [];
    const isPutOff =
      puttingOff.includes(event.body.telling) ||
      event.body.readings.some((one) => one.reads === 'dismissal' && one.standing === 'told');
    const contact = isPutOff ? contactOf(room, event.ids.contact) : null;
    return contact === null ? [] : raised(room, contact, event.seq);
  },
  gate(asked, room) {
    if (asked.type !== 'DisposeContact') return [];
    const contact = contactOf(room, asked.data.contact);
    const needs = room.policy.dispositions[asked.data.disposition]?.needsStatement ?? true;
    if (contact === null || !needs || isHeardOut(room, contact) || unheard(room, contact) === null) return [];
    const asks = [ask('RecordStatement', { contact: contact.id }), ask('AttemptCallback', { contact: contact.id })];
    return [{ safeguard: id, why: why('statement-missing', {}, [contact.seq]), asks }];
  },
  isMet(_duty, event, room) {
    if (event.type === 'StatementRecorded') {
      return event.body.speaker !== 'suspect';
    }
    if (event.type === 'CallbackRecorded') {
      return event.body.result === 'spoke-to-caller';
    }
    if (event.type === 'IncidentOpened') {
      return true;
    }
    if (event.type === 'ContactDisposed') {
      return room.policy.dispositions[event.body.disposition]?.needsStatement === false;
    }
    return false;
  },
};
