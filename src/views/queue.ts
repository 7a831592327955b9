import type { Contact } from '../room/contact.ts';
import { dutiesAbout, dutiesOfIncident } from '../room/duty.ts';
import { waitingDeferral } from '../room/deferral.ts';
import { liveDeployments } from '../room/deployment.ts';
import { effectiveGrade, targetAt } from '../room/grade.ts';
import type { Incident } from '../room/incident.ts';
import { gradeRank } from '../room/policy.ts';
import type { Room } from '../room/room.ts';

/** One open incident in the queue. */
export interface QueueRow {
  readonly incident: string;
  readonly summary: string;
  readonly kinds: readonly string[];
  /** The grade that counts: the higher of what people gave and what floors demand; null: nobody has graded it. */
  readonly grade: string | null;
  readonly band: string | null;
  /** What people gave, where that stands below what counts. */
  readonly givenGrade: string | null;
  readonly floors: readonly { readonly safeguard: string; readonly band: string }[];
  /** A danger to life was told, and nobody has dismissed it. */
  readonly isLifeAtRisk: boolean;
  readonly receivedAt: number;
  readonly ageMs: number;
  readonly targetAt: number | null;
  readonly lateMs: number;
  readonly units: readonly { readonly unit: string; readonly deployment: string; readonly state: string }[];
  readonly contacts: number;
  readonly duties: number;
  readonly alarms: number;
  readonly overdue: number;
  /** When the next of its duties falls due, or the oldest overdue one did. */
  readonly dueAt: number | null;
  readonly deferredUntil: number | null;
}

/** A contact that has come to no incident and no disposition yet. */
export interface WaitingContact {
  readonly contact: string;
  readonly channel: string;
  readonly state: string;
  readonly handler: string | null;
  readonly presentedAt: number;
  readonly ageMs: number;
  readonly ending: string | null;
  readonly isLifeAtRisk: boolean;
  readonly duties: number;
  readonly alarms: number;
}

export interface Queue {
  readonly at: number;
  readonly seq: number;
  readonly incidents: readonly QueueRow[];
  readonly contacts: readonly WaitingContact[];
}

function isLifeAtRisk(dangers: Incident['dangers']): boolean {
  return dangers.some((danger) => danger.lifeThreat && danger.confirmed !== false);
}

function unitsOf(room: Room, incident: Incident): QueueRow['units'] {
  return liveDeployments(room, incident).map(({ id, unit, state }) => ({ unit, deployment: id, state }));
}

/** One incident as a row of the queue. */
export function queueRow(room: Room, incident: Incident, now: number): QueueRow {
  const grade = effectiveGrade(room, incident);
  const target = targetAt(room, incident);
  const duties = dutiesOfIncident(room, incident).filter((duty) => duty.state === 'raised');
  const dues = duties.map((duty) => duty.dueAt);
  const given = incident.grade.current;
  return {
    incident: incident.id,
    summary: incident.summary,
    kinds: incident.kinds,
    grade: grade?.id ?? null,
    band: grade?.band ?? null,
    givenGrade: given === (grade?.id ?? null) ? null : given,
    floors: incident.floors.map(({ safeguard, band }) => ({ safeguard, band })),
    isLifeAtRisk: isLifeAtRisk(incident.dangers),
    receivedAt: incident.receivedAt,
    ageMs: Math.max(0, now - incident.receivedAt),
    targetAt: target,
    lateMs:
      target === null || incident.deployments.some((one) => hasArrived(room, one)) ? 0 : Math.max(0, now - target),
    units: unitsOf(room, incident),
    contacts: incident.contacts.length,
    duties: duties.length,
    alarms: duties.filter((duty) => duty.level === 'alarm').length,
    overdue: duties.filter((duty) => duty.dueAt < now).length,
    dueAt: dues.length === 0 ? null : Math.min(...dues),
    deferredUntil: waitingDeferral(room, incident.deferral)?.until ?? null,
  };
}

function hasArrived(room: Room, deployment: string): boolean {
  return room.deployments.get(deployment)?.arrivedAt != null;
}

/** What nobody has graded stands with the highest: that nobody looked is no good news (design, principle 2). */
function rankOf(room: Room, row: QueueRow): number {
  return row.grade === null ? 0 : gradeRank(room.policy, row.grade);
}

function byRisk(room: Room): (a: QueueRow, b: QueueRow) => number {
  return (a, b) =>
    rankOf(room, a) - rankOf(room, b) ||
    Number(b.isLifeAtRisk) - Number(a.isLifeAtRisk) ||
    (a.targetAt ?? Infinity) - (b.targetAt ?? Infinity) ||
    a.receivedAt - b.receivedAt ||
    (a.incident < b.incident ? -1 : 1);
}

function waitingContact(room: Room, contact: Contact, now: number): WaitingContact {
  const duties = dutiesAbout(room, `contact:${contact.id}`).filter((duty) => duty.state === 'raised');
  return {
    contact: contact.id,
    channel: contact.channel,
    state: contact.state,
    handler: contact.handler,
    presentedAt: contact.presentedAt,
    ageMs: Math.max(0, now - contact.presentedAt),
    ending: contact.ending,
    isLifeAtRisk: isLifeAtRisk(contact.dangers),
    duties: duties.length,
    alarms: duties.filter((duty) => duty.level === 'alarm').length,
  };
}

function byWaiting(a: WaitingContact, b: WaitingContact): number {
  return (
    Number(b.isLifeAtRisk) - Number(a.isLifeAtRisk) ||
    Number(b.channel === '999') - Number(a.channel === '999') ||
    a.presentedAt - b.presentedAt ||
    (a.contact < b.contact ? -1 : 1)
  );
}

/** Contacts that have come to no incident and no disposition: danger first, then emergency calls, then the oldest. */
export function waitingContacts(room: Room, now: number): readonly WaitingContact[] {
  return [...room.contacts.values()]
    .filter((contact) => contact.incident === null && contact.disposition === null)
    .map((contact) => waitingContact(room, contact, now))
    .toSorted(byWaiting);
}

/** The open incidents, those at most risk first and among them those whose time is up first; and contacts that wait. */
export function queueOf(room: Room, now: number): Queue {
  const incidents = [...room.incidents.values()]
    .filter((incident) => incident.state === 'open')
    .map((incident) => queueRow(room, incident, now))
    .toSorted(byRisk(room));
  return { at: now, seq: room.seq, incidents, contacts: waitingContacts(room, now) };
}
