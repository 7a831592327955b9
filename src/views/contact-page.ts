import type { CallbackAttempt } from '../room/callback.ts';
import type { Check } from '../room/check.ts';
import type { Contact } from '../room/contact.ts';
import { dutiesAbout } from '../room/duty.ts';
import type { LocationEvidence } from '../room/location.ts';
import type { PromiseMade } from '../room/promise.ts';
import type { Room } from '../room/room.ts';
import type { DutyLine } from './duty-line.ts';
import { byUrgency, dutyLine } from './duty-line.ts';
import type { SubjectHere } from './subject-page.ts';
import { subjectsHere } from './subject-page.ts';
import type { Seen, ToldNote } from './told.ts';
import { held, notesAbout } from './told.ts';

/** A contact whole: what was said, who was mentioned, what is still owed to the caller. */
export interface ContactPage {
  readonly at: number;
  readonly seq: number;
  readonly contact: Omit<Contact, 'keys'>;
  readonly subjects: readonly SubjectHere[];
  readonly locations: readonly LocationEvidence[];
  readonly checks: readonly Check[];
  readonly callbacks: readonly CallbackAttempt[];
  readonly promises: readonly PromiseMade[];
  readonly duties: readonly DutyLine[];
  readonly notes: readonly ToldNote[];
}

/** A contact whole, as the room given holds it; null where it holds none. */
export function contactPage(room: Room, wanted: string, seen: Seen): ContactPage | null {
  const contact = room.contacts.get(wanted);
  if (contact === undefined) return null;
  const { keys: _keys, ...shown } = contact;
  const duties = dutiesAbout(room, `contact:${wanted}`).toSorted(byUrgency);
  return {
    at: seen.now,
    seq: room.seq,
    contact: shown,
    subjects: subjectsHere(room, { id: wanted, contacts: [] }),
    locations: held(room.locations, room.locationsOn.get(wanted) ?? []),
    checks: held(room.checks, room.checksOn.get(wanted) ?? []),
    callbacks: held(room.callbacks, room.callbacksOn.get(wanted) ?? []),
    promises: [...room.promises.values()].filter((one) => one.contact === wanted).toSorted((a, b) => a.seq - b.seq),
    duties: duties.map((duty) => dutyLine(room, duty, seen)),
    notes: notesAbout(room, [`contact:${wanted}`], seen),
  };
}
