import { britishClockAt } from '../room/british-time.ts';
import type { Check, Finding } from '../room/check.ts';
import type { Contact } from '../room/contact.ts';
import { heardDistress } from '../room/contact.ts';
import { liveDeployments } from '../room/deployment.ts';
import { effectiveGrade, targetAt } from '../room/grade.ts';
import type { Incident } from '../room/incident.ts';
import { spokeToCaller } from '../room/incident.ts';
import type { Band } from '../room/policy.ts';
import { bands } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import { relatedTo } from '../room/subject.ts';
import type { Appearance } from '../room/subject.ts';
import { hasProvenAttendance, isProtected, liveDangers, quoted } from './parts.ts';

/** What an event is about: the contact that is speaking and the incident that it belongs to, where there is one. */
export interface Here {
  readonly contact: Contact | null;
  readonly incident: Incident | null;
}

/** Something earlier about the same: an incident with the contacts that came before, or one contact alone. */
export interface Matter {
  readonly incident: Incident | null;
  readonly contacts: readonly Contact[];
  /** Kinds of key on which it matched: `phone`, `person`, `dwelling`…, or `event` where people joined the two. */
  readonly by: readonly string[];
  readonly keys: readonly string[];
}

/** Incidents joined into each other, followed at most this far. */
const joinsMax = 8;

/** The incident in which the matter goes on once joins are followed, or null if it left the room. */
export function goingOn(room: Room, incident: string | null | undefined): Incident | null {
  let held = incident == null ? undefined : room.incidents.get(incident);
  for (let joins = 0; held?.joinedInto != null && joins < joinsMax; joins += 1)
    held = room.incidents.get(held.joinedInto);
  return held ?? null;
}

/** Where an event happened; null when it names neither a contact nor an incident that the room holds. */
export function hereOf(
  room: Room,
  ids: { readonly contact?: string | undefined; readonly incident?: string | undefined },
): Here | null {
  const named = ids.contact === undefined ? null : (room.contacts.get(ids.contact) ?? null);
  const incident = goingOn(room, ids.incident ?? named?.incident);
  const contact = named ?? room.contacts.get(incident?.contacts.at(-1) ?? '') ?? null;
  return contact === null && incident === null ? null : { contact, incident };
}

/** Everything mentioned here: in this contact, and in its incident by no other contact. */
export function mentionedHere(room: Room, here: Here): readonly Appearance[] {
  const own = here.contact === null ? [] : (room.mentions.get(here.contact.id) ?? []);
  if (here.incident === null) return own;
  const direct = (room.mentions.get(here.incident.id) ?? []).filter((one) => one.contact === null);
  return [...own, ...direct];
}

/** Matching keys of everything mentioned here, of these kinds. */
export function keysHere(room: Room, here: Here, kinds: readonly string[]): readonly string[] {
  const keys = new Set<string>();
  for (const one of mentionedHere(room, here))
    for (const key of room.subjects.get(one.subject)?.keys ?? []) if (kinds.includes(kindOf(key))) keys.add(key);
  return [...keys];
}

/** What kind of key it is. */
export function kindOf(key: string): string {
  return key.slice(0, key.indexOf(':'));
}

interface Growing {
  readonly incident: Incident | null;
  readonly contacts: Map<string, Contact>;
  readonly keys: Set<string>;
  readonly by: Set<string>;
}

/** Earlier matters that share a key of these kinds with what is mentioned here, oldest first. */
export function earlierMatters(
  room: Room,
  here: Here,
  wanted: { readonly kinds: readonly string[]; readonly since: number },
): readonly Matter[] {
  const found = new Map<string, Growing>();
  const before = here.contact?.seq ?? here.incident?.seq ?? 0;
  const add = (contact: Contact | null, incident: Incident | null, key: string): void => {
    if (contact !== null ? contact.seq >= before : incident === null || incident.seq >= before) return;
    if (contact === null && incident?.id === here.incident?.id) return;
    const id = incident === null ? `contact:${contact?.id ?? ''}` : `incident:${incident.id}`;
    const held = found.get(id) ?? { incident, contacts: new Map(), keys: new Set(), by: new Set() };
    found.set(id, held);
    if (contact !== null) held.contacts.set(contact.id, contact);
    held.by.add(kindOf(key));
    held.keys.add(key);
  };
  for (const key of keysHere(room, here, wanted.kinds))
    for (const one of room.appearances.get(key) ?? []) {
      if (one.at < wanted.since || (one.contact !== null && one.contact === here.contact?.id)) continue;
      const contact = one.contact === null ? null : (room.contacts.get(one.contact) ?? null);
      if (one.contact !== null && contact === null) continue;
      add(contact, goingOn(room, contact?.incident ?? one.incident), key);
    }
  if (wanted.kinds.includes('event'))
    for (const one of here.incident?.contacts ?? []) {
      const contact = room.contacts.get(one);
      if (contact !== undefined && contact.presentedAt >= wanted.since) add(contact, here.incident, 'event:');
    }
  return [...found.values()]
    .map(({ incident, contacts, by, keys }) => ({
      incident,
      contacts: [...contacts.values()].toSorted((a, b) => a.seq - b.seq),
      by: [...by],
      keys: [...keys],
    }))
    .toSorted((a, b) => firstSeq(a) - firstSeq(b));
}

function firstSeq(matter: Matter): number {
  return matter.contacts[0]?.seq ?? matter.incident?.seq ?? 0;
}

/** Kinds of danger told in one contact; sounds of distress count as `distress`. */
export function dangersTold(contact: Contact | null): ReadonlySet<string> {
  const told = new Set((contact?.dangers ?? []).map((danger) => danger.kind));
  if (contact !== null && heardDistress(contact)) told.add('distress');
  return told;
}

/** Kinds of danger that a matter told before this contact. */
export function dangersBefore(matter: Matter, here: Here): ReadonlySet<string> {
  const told = new Set<string>();
  for (const contact of matter.contacts) for (const kind of dangersTold(contact)) told.add(kind);
  if (matter.incident !== null) {
    const own = new Set((here.contact?.dangers ?? []).map((danger) => danger.seq));
    for (const danger of liveDangers(matter.incident)) if (!own.has(danger.seq)) told.add(danger.kind);
  }
  return told;
}

/** Whether danger, distress, a domestic relation or a protected person stands anywhere in a contact or incident. */
export function isGrave(room: Room, contact: Contact | null, incident: Incident | null): boolean {
  if (contact !== null && (dangersTold(contact).size > 0 || isCutOff(contact))) return true;
  if (contact?.readings.some((one) => one.reads === 'domestic') === true) return true;
  // `isProtected` asks for domestic relations, children, markers, floors and cut-off callers.
  return incident !== null && (liveDangers(incident).length > 0 || isProtected(room, incident));
}

function isCutOff(contact: Contact): boolean {
  return contact.ending === 'cut-off' || contact.ending === 'abandoned' || contact.ending === 'not-understood';
}

/** Whether the earlier matter told of danger or of somebody to protect. */
export function isGraveMatter(room: Room, matter: Matter): boolean {
  return matter.contacts.some((contact) => isGrave(room, contact, null)) || isGrave(room, null, matter.incident);
}

/** The band that people and floors gave before an event; floors that the event itself caused do not count. */
export function bandBefore(room: Room, incident: Incident, seq: number): Band | null {
  const floors = incident.floors.filter((floor) => floor.seq < seq);
  return effectiveGrade(room, { ...incident, floors })?.band ?? null;
}

/** Whether one band stands at or above another. */
export function isAtLeast(band: Band | null, least: Band): boolean {
  return band !== null && bands.indexOf(band) <= bands.indexOf(least);
}

/** Whether the incident is open, graded for attendance, and its time to arrive has not run out. */
export function hasRunningClock(room: Room, incident: Incident): boolean {
  const target = incident.state === 'open' ? targetAt(room, incident) : null;
  return target !== null && target > room.now;
}

/** Whether a unit has been sent and has not left. */
export function isUnitSent(room: Room, incident: Incident | null): boolean {
  return incident !== null && liveDeployments(room, incident).length > 0;
}

/** Whether somebody went and nobody is there or going any more. */
export function hasUnitLeft(room: Room, incident: Incident | null): boolean {
  return incident !== null && hasProvenAttendance(room, incident) && !isUnitSent(room, incident);
}

/** Whether somebody who spoke to none of its callers decided what becomes of the matter. */
export function isDecidedByAnother(room: Room, matter: Matter): boolean {
  if (matter.incident === null)
    return matter.contacts.every((one) => one.disposedBy !== null && one.disposedBy !== one.handler);
  const spoke = spokeToCaller(room, matter.incident);
  const { attendance, closed } = matter.incident;
  return (attendance !== null && !spoke.has(attendance.by)) || (closed !== null && !spoke.has(closed.by));
}

/** Findings of the checks on these contacts and incidents, each record once, as surely as anybody matched it. */
export function findingsOn(room: Room, places: readonly (string | undefined)[]): readonly Finding[] {
  const here = new Set(places.flatMap((place) => (room.mentions.get(place ?? '') ?? []).map((one) => one.subject)));
  const found = new Map<string, Finding>();
  for (const place of places)
    for (const check of checksAt(room, place))
      for (const one of check.findings) {
        const finding = corroborated(room, one, here);
        const held = found.get(one.id);
        found.set(one.id, held === undefined ? finding : surer(held, finding));
      }
  return [...found.values()];
}

const strengths: readonly Finding['strength'][] = ['certain', 'strong', 'weak'];
const kinships = ['partner', 'ex-partner', 'family', 'household'];

/** One record found under two subjects: the surer match of the two, with everybody whom either names. */
function surer(held: Finding, other: Finding): Finding {
  const best = strengths.indexOf(other.strength) < strengths.indexOf(held.strength) ? other : held;
  const others = new Set([...held.others, ...other.others, held.subject, other.subject]);
  others.delete(best.subject);
  return { ...best, others: [...others].slice(0, 20) };
}

/** A name alone is weak; beside somebody of the same record, or a relative of theirs, it is more than a name. */
function corroborated(room: Room, finding: Finding, here: ReadonlySet<string>): Finding {
  const isPerson = (subject: string): boolean => room.subjects.get(subject)?.identity.kind === 'person';
  const isHere = (subject: string): boolean => subject !== finding.subject && here.has(subject);
  if (finding.strength !== 'weak' || !isPerson(finding.subject)) return finding;
  const isBeside = finding.others.some(
    (one) =>
      isPerson(one) &&
      (isHere(one) || relatedTo(room, one).some((held) => kinships.includes(held.relation) && isHere(held.subject))),
  );
  if (!isBeside) return finding;
  const reasons = [...finding.reasons.slice(0, 9), 'beside somebody of that record, or a relative of theirs'];
  return { ...finding, strength: 'strong', reasons };
}

function checksAt(room: Room, place: string | undefined): readonly Check[] {
  if (place === undefined) return [];
  return (room.checksOn.get(place) ?? [])
    .map((one) => room.checks.get(one))
    .filter((one): one is Check => one !== undefined);
}

/** Signs that tell of danger between people, as against a mere record. */
export const graveSigns: readonly string[] = [
  'domestic',
  'danger',
  'violence',
  'weapon',
  'strangulation',
  'threat-to-kill',
  'stalking',
  'order-breach',
  'child',
  'self-harm',
  'asked-for-protection',
  'refused-protection',
  'wanted',
  'release',
  'separation',
];

/** Whether a finding tells of danger. */
export function isGraveFinding(finding: Finding): boolean {
  return finding.signs.some((sign) => graveSigns.includes(sign));
}

/** An instant as the room's clock shows it: `21:04`. */
export function clockOf(instant: number): string {
  const { hour, minute } = britishClockAt(instant);
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** A contact in a few words: when, and what was said. */
export function toldIn(room: Room, contact: Contact): string {
  const said = contact.statements[0]?.words ?? room.incidents.get(contact.incident ?? '')?.summary;
  const sounds = contact.observations.length > 0 ? contact.observations.join(', ') : 'nothing recorded';
  return `${clockOf(contact.presentedAt)} '${said === undefined ? sounds : quoted(said, 60)}'`;
}
