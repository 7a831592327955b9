import { roomWith, unlisted } from './change.ts';
import type { Room } from './room.ts';
import type { Appearance, Subject, Telling } from './subject.ts';
import { keysOf } from './subject.ts';

type Place = Pick<Telling, 'contact' | 'incident'>;

function isHere(room: Room, { contact, incident }: Place): boolean {
  return (incident !== null && room.incidents.has(incident)) || (contact !== null && room.contacts.has(contact));
}

/** Every key under which a subject was ever recorded, as far as the room remembers. */
function everyKey(subject: Subject): readonly string[] {
  const others = subject.told.filter((one) => one.identity !== subject.identity);
  if (others.length === 0) return subject.keys;
  return [...new Set([...subject.keys, ...others.flatMap((one) => keysOf(one.identity))])];
}

/** Whether nothing in the room has to do with a subject any more; the history of the force still knows it. */
function isForgotten(room: Room, subject: Subject): boolean {
  const { id } = subject;
  const held = [room.markersOf, room.ordersOf, room.relations, room.patternsOn, room.linksOn] as const;
  if (held.some((index) => index.has(id)) || room.belongings.has(id)) return false;
  if (room.dutiesAbout.has(`subject:${id}`)) return false;
  if (subject.told.some((one) => (one.contact === null && one.incident === null) || isHere(room, one))) return false;
  return !everyKey(subject).some((key) =>
    (room.appearances.get(key) ?? []).some((one) => one.subject === id && isHere(room, one)),
  );
}

/** Whether safeguards may still look back at an appearance. */
function isNeeded(room: Room, one: Appearance, now: number): boolean {
  return isHere(room, one) || one.at >= now - room.policy.recentMs;
}

/** The room without those of these subjects that stand nowhere in it any more, and without their old appearances. */
export function withoutForgotten(room: Room, subjects: ReadonlySet<string>, now: number): Room {
  let { subjects: held, subjectsByKey, phoneHands, appearances } = room;
  for (const id of subjects) {
    const subject = held.get(id);
    if (subject === undefined) continue;
    const isGone = isForgotten(room, subject);
    for (const key of everyKey(subject)) {
      const all = appearances.get(key);
      const kept = all?.filter((one) => isNeeded(room, one, now)) ?? [];
      if (kept.length === 0) appearances = appearances.delete(key);
      else if (kept.length !== all?.length) appearances = appearances.set(key, kept);
      if (isGone) subjectsByKey = unlisted(subjectsByKey, key, id);
    }
    if (!isGone) continue;
    held = held.delete(id);
    phoneHands = phoneHands.delete(id);
  }
  return roomWith(room, { subjects: held, subjectsByKey, phoneHands, appearances });
}
