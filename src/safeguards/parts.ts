import type { Contact } from '../room/contact.ts';
import { heardDistress } from '../room/contact.ts';
import type { Danger } from '../room/danger.ts';
import type { Asked } from '../room/define.ts';
import { checksOf } from '../room/check.ts';
import type { Finding } from '../room/check.ts';
import { wasAttended } from '../room/deployment.ts';
import type { Owner } from '../room/duty.ts';
import type { Incident } from '../room/incident.ts';
import { spokeToCaller } from '../room/incident.ts';
import { effectsOf, markersOn } from '../room/marker.ts';
import type { Marker } from '../room/marker.ts';
import type { Room } from '../room/room.ts';
import { appearancesOf, relatedTo } from '../room/subject.ts';
import type { Appearance } from '../room/subject.ts';

/** The dispatchers of the room. */
export const dispatcher: Owner = { role: 'dispatcher' };
/** The supervisors of the room. */
export const supervisor: Owner = { role: 'supervisor' };

/** Who answers for a contact: its handler or, before anybody took it, the handlers. */
export function handlerOf(contact: Contact | null): Owner {
  return contact === null || contact.handler === null ? { role: 'handler' } : { staff: contact.handler };
}

/** Who answers for an incident: the handler of its first contact, or the dispatchers. */
export function takerOf(room: Room, incident: Incident): Owner {
  const first = incident.contacts[0];
  return first === undefined ? dispatcher : handlerOf(room.contacts.get(first) ?? null);
}

/** Dangers told in an incident that nobody has decided to be none. */
export function liveDangers(incident: Incident): readonly Danger[] {
  return incident.dangers.filter((danger) => danger.confirmed !== false);
}

/** Markers in force on anybody or anything that appears in an incident in a role that they speak to. */
export function markersIn(room: Room, incident: Incident): readonly Marker[] {
  const subjects = new Set(
    appearancesOf(room, incident)
      .filter((one) => one.role !== 'witness')
      .map((one) => one.subject),
  );
  const all = new Map<string, Marker>();
  for (const subject of subjects) for (const marker of markersOn(room, subject)) all.set(marker.id, marker);
  return [...all.values()];
}

/** Findings of an incident's checks that are more than weak. */
export function findingsOf(
  room: Room,
  incident: { readonly id: string; readonly contacts: readonly string[] },
): readonly Finding[] {
  return checksOf(room, incident).flatMap((check) => check.findings.filter((finding) => finding.strength !== 'weak'));
}

/** Whether the suspect is, or may be, a partner, ex-partner or family member (`possible-domestic`). */
export function isDomestic(room: Room, incident: Incident): boolean {
  if (incident.kinds.includes('domestic') || incident.domestic.length > 0) return true;
  const appearances = appearancesOf(room, incident);
  const suspects = appearances.filter((one) => one.role === 'suspect' || one.role === 'possible-suspect');
  const others = new Set(appearances.map((one) => one.subject));
  return suspects.some((one) =>
    relatedTo(room, one.subject).some(
      (relation) => others.has(relation.subject) && ['partner', 'ex-partner', 'family'].includes(relation.relation),
    ),
  );
}

/** Whether a marker or a finding tells of domestic abuse or danger in the past of anybody in it. */
export function hasDangerHistory(room: Room, incident: Incident): boolean {
  return (
    markersIn(room, incident).some((marker) => effectsOf(room, marker).length > 0) ||
    findingsOf(room, incident).some((finding) =>
      finding.signs.some((sign) => ['domestic', 'danger', 'violence', 'stalking', 'order-breach'].includes(sign)),
    )
  );
}

/** Contacts of an incident that were cut off, silent or abandoned, or on which distress was heard. */
export function cutOffContacts(room: Room, incident: Incident): readonly Contact[] {
  return incident.contacts
    .map((one) => room.contacts.get(one))
    .filter((one): one is Contact => one !== undefined)
    .filter(
      (one) =>
        heardDistress(one) ||
        (one.ending !== null && ['cut-off', 'abandoned', 'silent', 'not-understood'].includes(one.ending)),
    );
}

/**
 * Whether a lowering needs a second person: domestic, child, vulnerable, marked, cut-off, repeat, missing (`grade-
 * lowered`).
 */
export function isProtected(room: Room, incident: Incident): boolean {
  return (
    isDomestic(room, incident) ||
    incident.kinds.some((kind) =>
      ['child', 'vulnerable-adult', 'missing', 'stalking', 'honour', 'order-breach', 'welfare'].includes(kind),
    ) ||
    incident.floors.length > 0 ||
    cutOffContacts(room, incident).length > 0 ||
    markersIn(room, incident).length > 0
  );
}

/** Whether somebody at risk was seen safe, apart from others, by an officer. */
export function wasSeenSafe(incident: Incident): boolean {
  return incident.seen.some((one) => one.safe && one.apart);
}

/** Whether anybody went, arrived or saw somebody. */
export function hasProvenAttendance(room: Room, incident: Incident): boolean {
  return incident.seen.length > 0 || wasAttended(room, incident);
}

/**
 * Whether a second person has approved who is neither the proposer nor anybody who spoke to the caller (principle 1).
 */
export function hasSecondPerson(room: Room, asked: Asked, incident: Incident | null): boolean {
  if (asked.approval === null || asked.approval.second === asked.approval.proposer) return false;
  return incident === null || !spokeToCaller(room, incident).has(asked.approval.second);
}

/** People at risk in an incident: callers for themselves, victims, children and those said to be at risk. */
export function atRiskIn(room: Room, incident: Incident): readonly Appearance[] {
  return appearancesOf(room, incident).filter((one) => ['caller', 'victim', 'at-risk', 'child'].includes(one.role));
}

/** Suspects in an incident, possible ones included. */
export function suspectsIn(room: Room, incident: Incident): readonly Appearance[] {
  return appearancesOf(room, incident).filter((one) => one.role === 'suspect' || one.role === 'possible-suspect');
}

/** A quotation short enough for a line, cut at a word. */
export function quoted(text: string, most = 120): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  if (flat.length <= most) return flat;
  const cut = flat.slice(0, most);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > most / 2 ? space : most)}…`;
}

/** Whole minutes in a span, rounded up. */
export function minutes(spanMs: number): number {
  return Math.ceil(spanMs / 60_000);
}

/** Milliseconds in so many minutes. */
export function minuteMs(count: number): number {
  return count * 60_000;
}

/** Milliseconds in so many hours. */
export function hourMs(count: number): number {
  return count * 3_600_000;
}

/** Milliseconds in so many days. */
export function dayMs(count: number): number {
  return count * 86_400_000;
}
