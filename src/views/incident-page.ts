import type { Assessment } from '../room/assessment.ts';
import type { Check } from '../room/check.ts';
import { checksOf } from '../room/check.ts';
import type { Danger } from '../room/danger.ts';
import type { Deferral } from '../room/deferral.ts';
import type { Deployment } from '../room/deployment.ts';
import { dutiesOfIncident } from '../room/duty.ts';
import type { GradeState } from '../room/grade.ts';
import type { Claim, Incident, LogEntry, Seen as Sighting } from '../room/incident.ts';
import type { Link } from '../room/link.ts';
import type { LocationEvidence } from '../room/location.ts';
import type { Message } from '../room/message.ts';
import type { Pattern } from '../room/pattern.ts';
import type { PromiseMade } from '../room/promise.ts';
import type { Proposal, Reliance, ReviewRequest } from '../room/decision.ts';
import type { Room } from '../room/room.ts';
import type { Task } from '../room/task.ts';
import type { Transfer } from '../room/transfer.ts';
import type { DutyLine } from './duty-line.ts';
import { byUrgency, dutyLine } from './duty-line.ts';
import type { QueueRow } from './queue.ts';
import { queueRow } from './queue.ts';
import type { SubjectHere } from './subject-page.ts';
import { subjectsHere } from './subject-page.ts';
import type { Seen, ToldNote, ToldWhy } from './told.ts';
import { held, notesAbout, toldWhy } from './told.ts';

/** An incident whole, as one desk reads it. */
export interface IncidentPage {
  readonly at: number;
  readonly seq: number;
  readonly row: QueueRow;
  readonly state: Incident['state'];
  readonly openedAt: number;
  readonly openedBy: string;
  readonly grading: GradeState;
  readonly floors: readonly { readonly safeguard: string; readonly band: string; readonly why: ToldWhy }[];
  readonly assessment: Assessment | null;
  readonly riskForm: Incident['riskForm'];
  readonly closed: Incident['closed'];
  readonly joinedInto: string | null;
  readonly attendance: Incident['attendance'];
  /** What stands between the incident and its end: every open duty of it and of its contacts, alarms first. */
  readonly duties: readonly DutyLine[];
  readonly notes: readonly ToldNote[];
  readonly log: readonly LogEntry[];
  readonly claims: readonly Claim[];
  readonly dangers: readonly Danger[];
  readonly domestic: Incident['domestic'];
  readonly seen: readonly Sighting[];
  readonly tellings: Incident['tellings'];
  readonly contacts: readonly string[];
  /** Where it is said to be, by whom; one without a fix has no coordinates and cannot be plotted. */
  readonly locations: readonly LocationEvidence[];
  readonly subjects: readonly SubjectHere[];
  readonly checks: readonly Check[];
  readonly deployments: readonly Deployment[];
  readonly tasks: readonly Task[];
  readonly deferral: Deferral | null;
  readonly messages: readonly Message[];
  readonly promises: readonly PromiseMade[];
  readonly transfers: readonly Transfer[];
  readonly links: readonly Link[];
  readonly patterns: readonly Pattern[];
  readonly proposals: readonly Proposal[];
  readonly reviews: readonly ReviewRequest[];
  readonly reliances: readonly Reliance[];
  /** Safeguards that failed here: lowering waits for the system owner. */
  readonly failures: readonly string[];
  readonly isHeld: boolean;
}

/** Those of a collection that belong to a contact or incident, oldest first. */
function belonging<
  T extends { readonly seq: number; readonly incident?: string | null; readonly contact?: string | null },
>(among: { readonly values: () => Iterable<T> }, places: ReadonlySet<string>): readonly T[] {
  return [...among.values()]
    .filter((one) => places.has(one.incident ?? '') || places.has(one.contact ?? ''))
    .toSorted((a, b) => a.seq - b.seq);
}

/** Whether a proposal is to do something to this incident or to anything of it. */
function isAbout(proposal: Proposal, ids: ReadonlySet<string>): boolean {
  return Object.values(proposal.command.data).some(
    (value) =>
      (typeof value === 'string' && ids.has(value)) ||
      (Array.isArray(value) && value.some((one) => ids.has(one as string))),
  );
}

function decisionsOn(room: Room, incident: Incident): Pick<IncidentPage, 'proposals' | 'reviews' | 'reliances'> {
  const ids = new Set([incident.id, ...incident.contacts, ...incident.tasks, ...incident.deployments]);
  return {
    proposals: [...room.proposals.values()].filter((one) => isAbout(one, ids)).toSorted((a, b) => a.seq - b.seq),
    reviews: held(room.reviews, room.reviewsOn.get(incident.id) ?? []),
    reliances: [...room.reliances.values()]
      .filter((one) => one.incident === incident.id)
      .toSorted((a, b) => a.seq - b.seq),
  };
}

function ofPeople(room: Room, incident: Incident): Pick<IncidentPage, 'subjects' | 'links' | 'patterns'> {
  const subjects = subjectsHere(room, incident);
  const places = [incident.id, ...incident.contacts, ...subjects.map((one) => one.subject)];
  return {
    subjects,
    links: held(
      room.links,
      places.flatMap((one) => room.linksOn.get(one) ?? []),
    ),
    patterns: held(
      room.patterns,
      subjects.flatMap((one) => room.patternsOn.get(one.subject) ?? []),
    ),
  };
}

/** An incident whole, as the room given holds it. */
export function incidentPage(room: Room, incident: Incident, seen: Seen): IncidentPage {
  const { id, contacts, floors } = incident;
  const places = new Set([id, ...contacts]);
  const duties = dutiesOfIncident(room, incident).toSorted(byUrgency);
  return {
    at: seen.now,
    seq: room.seq,
    row: queueRow(room, incident, seen.now),
    state: incident.state,
    openedAt: incident.openedAt,
    openedBy: incident.openedBy,
    grading: incident.grade,
    floors: floors.map(({ safeguard, band, why }) => ({ safeguard, band, why: toldWhy(seen.words, safeguard, why) })),
    assessment: incident.assessment,
    riskForm: incident.riskForm,
    closed: incident.closed,
    joinedInto: incident.joinedInto,
    attendance: incident.attendance,
    duties: duties.map((duty) => dutyLine(room, duty, seen)),
    notes: notesAbout(room, [`incident:${id}`, ...contacts.map((one) => `contact:${one}`)], seen),
    log: incident.log.toArray(),
    claims: incident.claims,
    dangers: incident.dangers,
    domestic: incident.domestic,
    seen: incident.seen,
    tellings: incident.tellings,
    contacts,
    locations: held(
      room.locations,
      [...places].flatMap((one) => room.locationsOn.get(one) ?? []),
    ),
    ...ofPeople(room, incident),
    checks: checksOf(room, incident),
    deployments: held(room.deployments, incident.deployments),
    tasks: held(room.tasks, incident.tasks),
    deferral: room.deferrals.get(incident.deferral ?? '') ?? null,
    messages: belonging(room.messages, places),
    promises: belonging(room.promises, places),
    transfers: belonging(room.transfers, places),
    ...decisionsOn(room, incident),
    failures: room.failures.get(id) ?? [],
    isHeld: room.holds.has(id),
  };
}
