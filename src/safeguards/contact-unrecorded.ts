import type { Contact } from '../room/contact.ts';
import { contactOf } from '../room/contact.ts';
import { effectiveGrade } from '../room/grade.ts';
import { openIncident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { Response, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import { idOf } from './duties.ts';
import { handlerOf } from './owners.ts';
import { minuteMs } from './spans.ts';

const id = 'contact-unrecorded';

function raised(contact: Contact, seq: number): readonly Response[] {
  if (contact.incident !== null || contact.disposition !== null) return [];
  const isAnswered = contact.handler !== null;
  // A caller who gave up in the queue was never answered; `caller-cut-off` has them.
  if (!isAnswered && contact.ending !== 'ended' && contact.ending !== 'transferred') return [];
  const isEnded = contact.ending === 'ended' || contact.ending === 'transferred';
  return [
    {
      kind: 'duty',
      about: `contact:${contact.id}`,
      owner: handlerOf(contact),
      level: 'prompt',
      timing: isEnded ? 'main' : 'followed',
      why: isAnswered
        ? why('unrecorded', { channel: contact.channel }, [contact.seq, seq])
        : why('blind', { channel: contact.channel }, [contact.seq, seq]),
      asks: [ask('OpenIncident', { contact: contact.id }), ask('DisposeContact', { contact: contact.id })],
    },
  ];
}

/** The duties of this safeguard that a person holds. */
function heldBy(room: Room, staff: string): readonly { readonly id: string; readonly about: string }[] {
  return (room.dutiesOf.get(staff) ?? []).flatMap((one) => {
    const duty = room.duties.get(one);
    return duty !== undefined && duty.safeguard === id ? [duty] : [];
  });
}

/** A handler with an emergency on the line is not asked to write up another call: the supervisor's list has it. */
function movedFromBusy(room: Room, wanted: string | undefined): readonly Response[] {
  const incident = openIncident(room, wanted);
  if (incident === null || effectiveGrade(room, incident)?.band !== 'emergency') return [];
  return incident.contacts.flatMap((one) => {
    const contact = room.contacts.get(one);
    if (contact === undefined || contact.state !== 'answered' || contact.handler === null) return [];
    return heldBy(room, contact.handler).map(
      (duty): Response => ({
        kind: 'act',
        type: 'DutyMoved',
        ids: { duty: duty.id },
        body: { owner: { role: 'supervisor' } },
      }),
    );
  });
}

function leftBehind(room: Room, staff: string, seq: number): readonly Response[] {
  return heldBy(room, staff).flatMap((duty): readonly Response[] => {
    const contact = contactOf(room, idOf(duty.about));
    if (contact === null) return [];
    return [
      {
        kind: 'duty',
        about: `contact:${contact.id}`,
        owner: handlerOf(contact),
        level: 'alarm',
        timing: 'sign-off',
        why: why('left-unrecorded', { channel: contact.channel, handler: staff }, [contact.seq, seq]),
        asks: [ask('OpenIncident', { contact: contact.id }), ask('DisposeContact', { contact: contact.id })],
      },
    ];
  });
}

/** `contact-unrecorded`: a contact was answered and has ended, with no incident and no recorded disposition. */
export const contactUnrecorded: Safeguard = {
  id,
  needs: ['contacts'],
  on: ['ContactEnded', 'GradeSet', 'FloorSet', 'StaffLeaving'],
  timings: {
    main: { speaksMs: minuteMs(2), dueMs: 0, ladder: [{ to: 'supervisor', afterMs: minuteMs(5) }] },
    /** A call that was cut off is `caller-cut-off`'s until its own ladder has been climbed. */
    followed: { speaksMs: minuteMs(15), dueMs: 0, ladder: [{ to: 'supervisor', afterMs: minuteMs(5) }] },
    'sign-off': { speaksMs: 0, dueMs: 0, ladder: [{ to: 'supervisor', afterMs: 0 }] },
  },
  words: {
    unrecorded: 'A {channel:plain} contact has ended with no incident and no disposition.',
    blind:
      'A {channel:plain} contact has ended and the channel does not say who answered it. Nothing is recorded of it.',
    'left-unrecorded':
      '{handler} is signing off. A {channel:plain} contact that they answered has no incident and no disposition.',
  },
  react(event, room) {
    if (event.type === 'ContactEnded') {
      const contact = contactOf(room, event.ids.contact);
      return contact === null ? [] : raised(contact, event.seq);
    }
    if (event.type === 'GradeSet' || event.type === 'FloorSet') {
      return movedFromBusy(room, event.ids.incident);
    }
    if (event.type === 'StaffLeaving') {
      return leftBehind(room, event.ids.staff, event.seq);
    }
    return [];
  },
  isMet(_duty, event) {
    return event.type === 'IncidentOpened' || event.type === 'ContactJoined' || event.type === 'ContactDisposed';
  },
};
