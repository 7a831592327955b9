import type { Deployment } from '../room/deployment.ts';
import { isLive } from '../room/deployment.ts';
import { effectiveGrade } from '../room/grade.ts';
import type { Incident } from '../room/incident.ts';
import { needsTwoOfficers } from '../room/marker.ts';
import type { Band } from '../room/policy.ts';
import type { Unit } from '../room/unit.ts';
import { isSingleCrewed } from '../room/unit.ts';
import type { Call } from './calls.ts';
import { act, draw, somebody } from './moment.ts';
import type { Moment } from './moment.ts';

const secondMs = 1_000;
const minuteMs = 60_000;

/** An open incident with the call that it came from, where that is one of ours. */
export interface Job {
  readonly incident: Incident;
  readonly call: Call | null;
}

/** From grade to sending, least and most, for one that is looked at in its turn. */
const sendingMs: Readonly<Record<Band, readonly [number, number]>> = {
  emergency: [8 * secondMs, 40 * secondMs],
  priority: [35 * secondMs, 6 * minuteMs],
  scheduled: [6 * minuteMs, 55 * minuteMs],
  none: [0, 0],
};
/** Units kept back for worse things. */
const keptFree: Readonly<Record<Band, number>> = { emergency: 0, priority: 3, scheduled: 8, none: 60 };
/** One emergency in so many is nearest to a unit that is on its way to something less. */
const divertedShare = 0.14;

/** Deployments of an incident, in the order of sending. */
export function deploymentsOf(moment: Moment, incident: Incident): readonly Deployment[] {
  return incident.deployments.map((one) => moment.room.deployments.get(one)).filter((one) => one !== undefined);
}

/** The band that counts for an incident now; `none` where nobody is promised. */
export function bandOf(moment: Moment, incident: Incident): Band {
  const grade = effectiveGrade(moment.room, incident);
  return grade === null || grade.targetMs === null ? 'none' : grade.band;
}

function divisionOf({ call }: Job): string | null {
  return call?.place?.division ?? null;
}

function freeUnits(moment: Moment, job: Job): readonly Unit[] {
  const mayBeOne = !needsTwoOfficers(moment.room, job.incident);
  return moment.room.freeUnits
    .keySeq()
    .map((one) => moment.room.units.get(one))
    .filter((one): one is Unit => one !== undefined && !moment.busy.has(one.id))
    .filter((one) => mayBeOne || !isSingleCrewed(one))
    .toArray();
}

function nearest(moment: Moment, job: Job, units: readonly Unit[]): Unit | null {
  const division = divisionOf(job);
  const rank = (unit: Unit): number =>
    (unit.area === division ? 0 : 1) + draw(moment, 'near', job.incident.id, unit.id) * 0.9;
  return units.reduce<Unit | null>((best, one) => (best === null || rank(one) < rank(best) ? one : best), null);
}

function deploymentId({ incident }: Job): string {
  return `sent-${incident.id}-${incident.deployments.length + 1}`.slice(0, 64);
}

/** Sends the nearest free unit; false where there is none, or nobody to send it. */
export function send(moment: Moment, job: Job): boolean {
  const unit = nearest(moment, job, freeUnits(moment, job));
  if (unit === null) return false;
  const { id } = job.incident;
  const as = somebody(moment, 'dispatcher', divisionOf(job) ?? id) ?? somebody(moment, 'dispatcher', id);
  const data = { deployment: deploymentId(job), incident: id, unit: unit.id };
  if (!act(moment, { as, type: 'AssignUnit', data, about: `sending ${id}` })) return false;
  moment.busy.add(unit.id);
  return true;
}

/** A unit that is on its way to something less, and could be there sooner. */
function divertible(moment: Moment, job: Job): Unit | null {
  const units = [...moment.room.units.values()].filter((unit) => {
    const deployment = moment.room.deployments.get(unit.deployment ?? '');
    const held = moment.room.incidents.get(deployment?.incident ?? '');
    if (deployment?.state !== 'en-route' || held === undefined || moment.busy.has(unit.id)) return false;
    return bandOf(moment, held) !== 'emergency' && unit.area === divisionOf(job);
  });
  return nearest(moment, job, units);
}

function divert(moment: Moment, job: Job): boolean {
  const unit = divertible(moment, job);
  if (unit === null) return false;
  const { id } = job.incident;
  const reason = moment.county.lines.reasons['divert'];
  const data = { deployment: deploymentId(job), unit: unit.id, to: id, reason };
  const as = somebody(moment, 'dispatcher', id);
  if (!act(moment, { as, type: 'DivertUnit', data, about: `sending ${id}` })) return false;
  moment.busy.add(unit.id);
  return true;
}

/** How many units it is to have. */
function wanted(job: Job): number {
  return job.call?.kind === 'distressed' ? 2 : (job.call?.matter?.units ?? 1);
}

/** Since when somebody is to be sent: the grade or, where the only unit was lost, its leaving. */
function askedSince(incident: Incident, deployments: readonly Deployment[]): number {
  return Math.max(incident.grade.setAt ?? incident.openedAt, ...deployments.map(({ endedAt }) => endedAt ?? 0));
}

/** Sends to an incident whose turn has come; what is done for it already is left alone. */
export function sendInTurn(moment: Moment, job: Job): void {
  const { incident } = job;
  const band = bandOf(moment, incident);
  if (band === 'none' || incident.deferral !== null || incident.attendance?.send === false) return;
  const deployments = deploymentsOf(moment, incident);
  const live = deployments.filter(isLive).length;
  const isAttended = deployments.some(({ state, arrivedAt }) => arrivedAt !== null && state !== 'diverted');
  const isDone = deployments.some(({ outcome }) => outcome !== null) || (live === 0 && isAttended);
  if (isDone || live >= wanted(job) || (live > 0 && band !== 'emergency')) return;
  const [least, most] = sendingMs[band];
  const isOverlooked =
    band === 'priority' && draw(moment, 'overlooked', incident.id) < moment.county.assumed['overlooked-share'];
  const isLost = live === 0 && deployments.length > 0;
  const drawn = draw(moment, 'sending', incident.id, incident.deployments.length);
  const waits = isOverlooked && !isLost ? 90 * minuteMs : least + drawn * (isLost ? minuteMs : most - least);
  const asked = askedSince(incident, deployments);
  if (moment.now - asked < waits + live * 15 * secondMs) return;
  if (moment.room.freeUnits.size <= keptFree[band]) return;
  const isNearer = band === 'emergency' && live === 0 && draw(moment, 'diverted', incident.id) < divertedShare;
  if (isNearer && divert(moment, job)) return;
  if (!send(moment, job) && band === 'emergency' && live === 0) divert(moment, job);
}
