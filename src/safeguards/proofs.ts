import { checksOf, isSettled } from '../room/check.ts';
import type { Deployment } from '../room/deployment.ts';
import { isServed, liveDeployments, wasAttended } from '../room/deployment.ts';
import { dutiesOfIncident } from '../room/duty.ts';
import type { Incident } from '../room/incident.ts';
import type { ProtectiveOrder } from '../room/order.ts';
import { isInForce } from '../room/order.ts';
import type { Room } from '../room/room.ts';
import { appearancesOf, sameSubjects } from '../room/subject.ts';
import { latestChecks } from './checks.ts';
import { isSupervising } from './owners.ts';
import { minuteMs } from './spans.ts';

/** A unit that was there and has gone still proves, for this long, an entry that it was sent. */
const lateEntryMs = minuteMs(15);

type Proof = (room: Room, incident: Incident) => boolean;

/** What the room's state must show for each thing that a text may claim (`claim-unproven`). */
const proofs: Readonly<Record<string, Proof>> = {
  'checks-done': areChecksDone,
  'no-trace': (room, incident) =>
    areChecksDone(room, incident) && checksOf(room, incident).some((check) => check.state === 'no-trace'),
  'unit-assigned': (room, incident) => liveDeployments(room, incident).length > 0 || wasJustThere(room, incident),
  'unit-en-route': (room, incident) => isServed(room, incident) || wasJustThere(room, incident),
  'no-unit-available': (room) => room.freeUnits.size === 0,
  reopened: (_room, incident) => incident.state === 'open',
  'order-not-in-force': isOrderEnded,
  arrested: (room, incident) =>
    deploymentsOf(room, incident).some((one) => one.outcome === 'arrested') ||
    incident.tasks.some((one) => {
      const task = room.tasks.get(one);
      return task !== undefined && task.kind === 'arrest' && task.state === 'done';
    }),
  'seen-safe': (_room, incident) => incident.seen.some((one) => one.safe),
  'spoken-to': (room, incident) =>
    incident.seen.length > 0 ||
    incident.contacts.some((one) => (room.contacts.get(one)?.statements.length ?? 0) > 0) ||
    [incident.id, ...incident.contacts]
      .flatMap((place) => room.callbacksOn.get(place) ?? [])
      .some((one) => room.callbacks.get(one)?.result === 'spoke-to-caller'),
  searched: (room, incident) => deploymentsOf(room, incident).some((one) => one.searched.length > 0),
  'address-checked': (room, incident) =>
    wasAttended(room, incident) ||
    checksOf(room, incident).some(
      (check) => isSettled(check) && room.subjects.get(check.subject)?.identity.kind === 'place',
    ),
  'supervisor-told': (room, incident) =>
    (room.reviewsOn.get(incident.id) ?? []).length > 0 ||
    dutiesOfIncident(room, incident).some(
      (duty) =>
        (duty.state === 'raised' && (duty.level === 'alarm' || isSupervising(room, duty.owner))) ||
        // Speaking and falling due are the first two steps; each one after them is a rung that was reached.
        duty.ladder.slice(0, Math.max(0, duty.steps - 2)).some((rung) => isSupervising(room, { role: rung.to })),
    ),
};

/** Whether the state shows what was claimed; a claim of a kind that nothing can show is never proven. */
export function isProven(room: Room, incident: Incident, says: string): boolean {
  return proofs[says]?.(room, incident) ?? false;
}

/** Every identifier of the incident was checked, and every check came back and was read. */
function areChecksDone(room: Room, incident: Incident): boolean {
  const latest = latestChecks(checksOf(room, incident));
  const checked = new Set(latest.map((check) => check.subject));
  return (
    latest.length > 0 &&
    latest.every(isSettled) &&
    appearancesOf(room, incident).every((one) => checked.has(one.subject))
  );
}

function wasJustThere(room: Room, incident: Incident): boolean {
  return incident.deployments.some((one) => {
    const deployment = room.deployments.get(one);
    return (
      deployment !== undefined &&
      deployment.arrivedAt !== null &&
      deployment.endedAt !== null &&
      deployment.endedAt + lateEntryMs >= room.now
    );
  });
}

function deploymentsOf(room: Room, incident: Incident): readonly Deployment[] {
  return incident.deployments.map((one) => room.deployments.get(one)).filter((one) => one !== undefined);
}

/** An order on record is shown to have ended; where none is on record, every check must have come back without one. */
function isOrderEnded(room: Room, incident: Incident): boolean {
  const orders = ordersIn(room, incident);
  if (orders.length > 0) return !orders.some((order) => isInForce(order, room.now));
  return (
    areChecksDone(room, incident) &&
    !checksOf(room, incident).some((check) => check.findings.some((finding) => finding.kind === 'order'))
  );
}

function ordersIn(room: Room, incident: Incident): readonly ProtectiveOrder[] {
  if (room.orders.size === 0) return [];
  return incident.subjects
    .flatMap((subject) => sameSubjects(room, subject))
    .flatMap((subject) => room.ordersOf.get(subject) ?? [])
    .map((one) => room.orders.get(one))
    .filter((one) => one !== undefined);
}
