import type { Harm } from '../room/harm.ts';
import { referBy } from '../room/harm.ts';
import type { Room } from '../room/room.ts';
import { nameOf } from '../room/subject.ts';
import type { DutyLine } from './duty-line.ts';
import { dutyLine } from './duty-line.ts';
import { put } from './plain-words.ts';
import type { Seen } from './told.ts';

/** Something that is held from erasure because of a harm, by its id and by what it is. */
export interface HeldThing {
  readonly id: string;
  readonly kind: 'incident' | 'contact' | 'other';
  readonly says: string;
}

/** One harm with its referral, the clock of that, and what is held. */
export interface HarmLine {
  readonly harm: string;
  readonly kind: string;
  readonly incident: string | null;
  readonly summary: string | null;
  readonly people: readonly string[];
  readonly referral: Harm['referral'];
  /** Whether somebody must still refer it, or decide against that. */
  readonly isOpen: boolean;
  readonly awareAt: number;
  readonly dueAt: number;
  readonly held: readonly HeldThing[];
  readonly duties: readonly DutyLine[];
}

/** Every harm on record: those that wait for a referral first and among them those that are due first. */
export function harmList(room: Room, seen: Seen): readonly HarmLine[] {
  const held = new Map<string, string[]>();
  for (const [id, harm] of room.holds) held.set(harm, [...(held.get(harm) ?? []), id]);
  return [...room.harms.values()]
    .map((harm) => harmLine(room, harm, { seen, held: held.get(harm.id) ?? [] }))
    .toSorted((a, b) => Number(b.isOpen) - Number(a.isOpen) || a.dueAt - b.dueAt || (a.harm < b.harm ? -1 : 1));
}

function harmLine(room: Room, harm: Harm, on: { readonly seen: Seen; readonly held: readonly string[] }): HarmLine {
  const { id, kind, incident, referral, awareAt, subjects } = harm;
  const duties = [...room.duties.values()].filter(
    (duty) => duty.safeguard === 'harm-referral' && duty.asks.some((ask) => ask.with['harm'] === id),
  );
  return {
    harm: id,
    kind: put(kind, 'harm'),
    incident,
    summary: room.incidents.get(incident ?? '')?.summary ?? null,
    people: subjects.map((one) => {
      const subject = room.subjects.get(one);
      return subject === undefined ? one : nameOf(subject.identity);
    }),
    referral,
    isOpen: referral === 'none' || referral === 'drafted',
    awareAt,
    dueAt: referBy(awareAt),
    held: on.held.map((one) => heldThing(room, one)),
    duties: duties.map((duty) => dutyLine(room, duty, on.seen)),
  };
}

function heldThing(room: Room, id: string): HeldThing {
  const incident = room.incidents.get(id);
  if (incident !== undefined) return { id, kind: 'incident', says: incident.summary };
  const contact = room.contacts.get(id);
  if (contact !== undefined) return { id, kind: 'contact', says: `a contact by ${put(contact.channel, 'plain')}` };
  const subject = room.subjects.get(id);
  return { id, kind: 'other', says: subject === undefined ? 'no longer in the room' : nameOf(subject.identity) };
}
