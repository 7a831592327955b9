import { isLive } from '../room/deployment.ts';
import type { Deployment } from '../room/deployment.ts';
import type { Incident } from '../room/incident.ts';
import { appearancesOf } from '../room/subject.ts';
import type { Unit } from '../room/unit.ts';
import { chance, pick } from './chance.ts';
import type { Matter } from './county-file.ts';
import { act, draw } from './moment.ts';
import type { Moment } from './moment.ts';
import { bandOf } from './sending.ts';
import type { Job } from './sending.ts';

const secondMs = 1_000;
const minuteMs = 60_000;
/** How long a unit is away for its meal or a prisoner, and how often. */
const awayMs = 25 * minuteMs;
const awayEveryMs = 4 * 60 * minuteMs;
/** A unit that says it is busy is left alone for this long. */
const restMs = 10 * minuteMs;

const harmed: readonly string[] = ['victim', 'at-risk', 'child'];
const defaultVisit: NonNullable<Matter['visit']> = {
  minutes: [12, 30],
  outcome: 'dealt-with',
  says: ['Attended and dealt with, nothing further'],
};

function span(moment: Moment, name: string, of: Deployment, [least, most]: readonly [number, number]): number {
  return least + draw(moment, name, of.id) * (most - least);
}

/** What a visit is like: as its matter says, or that of a caller who was cut off. */
export function visitOf(moment: Moment, { call }: Job): NonNullable<Matter['visit']> {
  if (call?.kind === 'distressed')
    return { minutes: [30, 60], outcome: 'seen', says: [...moment.county.lines.silent.found] };
  return call?.matter?.visit ?? defaultVisit;
}

/** People whom the room wants seen: those at risk or, where none is named, the callers; never a suspect. */
function toBeSeen(moment: Moment, incident: Incident): readonly string[] {
  const people = appearancesOf(moment.room, incident).filter(
    (one) => moment.room.subjects.get(one.subject)?.identity.kind === 'person',
  );
  const suspects = new Set(people.filter(({ role }) => role.endsWith('suspect')).map(({ subject }) => subject));
  const others = people.filter(({ subject }) => !suspects.has(subject));
  const atRisk = others.filter(({ role }) => harmed.includes(role));
  const wanted = atRisk.length > 0 ? atRisk : others.filter(({ role }) => role === 'caller');
  return [...new Set(wanted.map(({ subject }) => subject))].slice(0, 20);
}

/** Whether the room will want to know that somebody was seen, whatever the matter. */
function isGuarded({ incident }: Job): boolean {
  return incident.floors.length > 0 || incident.dangers.length > 0 || incident.domestic.length > 0;
}

/** What a unit reports when it leaves; `isWhole`: with everybody seen who is to be, as when it is asked again. */
export function resultOf(
  moment: Moment,
  job: Job,
  deployment: Deployment,
  isWhole = false,
): Readonly<Record<string, unknown>> {
  const visit = visitOf(moment, job);
  const isSecond = job.incident.deployments.some((one) => {
    const other = moment.room.deployments.get(one);
    return other !== undefined && other.id !== deployment.id && other.outcome !== null;
  });
  const later = isSecond ? visit.later : undefined;
  const says = pick(later ?? visit.says, draw(moment, 'found', deployment.id));
  const searched = visit.searched === undefined ? [] : visit.searched.split(/[,;] /);
  const result = { deployment: deployment.id, searched, says };
  if (visit.later !== undefined && !isSecond) return { ...result, outcome: visit.outcome };
  const outcome = visit.later === undefined ? visit.outcome : 'seen';
  const people = toBeSeen(moment, job.incident);
  const isWanted = isWhole || people.length > 0 || outcome === 'seen' || outcome === 'arrested' || isGuarded(job);
  const known = { identified: 'document', apart: true, safe: true };
  const named = people.map((subject) => ({ subject, ...known }));
  const seen = named.length === 0 ? [{ ...known, identified: 'own-word' }] : named;
  return { ...result, outcome, seen: isWanted ? seen : [] };
}

function isLiveHere(moment: Moment, id: string): boolean {
  const deployment = moment.room.deployments.get(id);
  return deployment !== undefined && isLive(deployment);
}

function byRadio(
  moment: Moment,
  deployment: Deployment,
  type: 'AcknowledgeDeployment' | 'MarkEnRoute' | 'MarkArrived',
) {
  act(moment, { as: 'radio', type, data: { deployment: deployment.id }, about: deployment.id });
}

function report(moment: Moment, job: Job, deployment: Deployment): void {
  const full = resultOf(moment, job, deployment);
  const isThin =
    draw(moment, 'thin', deployment.id) < moment.county.assumed['thin-share'] && full['seen'] !== undefined;
  const data = isThin ? { ...full, seen: [] } : full;
  act(moment, { as: 'radio', type: 'RecordResult', data, about: deployment.id });
}

/** What a unit says next about where it was sent. */
export function crew(moment: Moment, job: Job, deployment: Deployment): void {
  const { room, now } = moment;
  const unit = room.units.get(deployment.unit);
  const isUrgent = bandOf(moment, job.incident) === 'emergency';
  const isNear = unit?.area === job.call?.place?.division;
  const since = Math.max(unit?.since ?? 0, deployment.assignedAt, deployment.acknowledgedAt ?? 0);
  switch (deployment.state) {
    case 'assigned': {
      const isSilent = draw(moment, 'silent', deployment.id) < moment.county.assumed['unacknowledged-share'];
      const within = isSilent ? [150 * secondMs, 330 * secondMs] : [6 * secondMs, 35 * secondMs];
      if (now - deployment.assignedAt >= span(moment, 'acknowledges', deployment, [within[0] ?? 0, within[1] ?? 0]))
        byRadio(moment, deployment, 'AcknowledgeDeployment');
      return;
    }
    case 'acknowledged':
      if (now - since >= span(moment, 'sets-out', deployment, isUrgent ? [4_000, 25_000] : [10_000, 120_000]))
        byRadio(moment, deployment, 'MarkEnRoute');
      return;
    case 'en-route': {
      const [least, most] = isUrgent ? [2.5, 8] : [5, 16];
      const travel = span(moment, 'travels', deployment, [least * minuteMs, most * minuteMs]) * (isNear ? 1 : 1.5);
      if (now - since >= travel) byRadio(moment, deployment, 'MarkArrived');
      return;
    }
    case 'arrived': {
      const [least, most] = visitOf(moment, job).minutes;
      const isFirst = job.incident.deployments.find((one) => isLiveHere(moment, one)) === deployment.id;
      const stays = span(moment, 'stays', deployment, [least * minuteMs, most * minuteMs]) * (isFirst ? 1 : 0.5);
      if (deployment.arrivedAt !== null && now - deployment.arrivedAt >= stays) report(moment, job, deployment);
      return;
    }
    case 'resulted':
    case 'diverted':
    case 'stood-down':
      return;
  }
}

/** Why a unit is away at an instant, or null: each has its meal, and now and then something that cannot be left. */
function awayAs(unit: Unit, now: number): 'refreshments' | 'committed' | null {
  const place = (now + Math.floor(chance(1, 'away', unit.id) * awayEveryMs)) % awayEveryMs;
  if (place < awayMs) return 'refreshments';
  const isBound = chance(1, 'bound', unit.id, Math.floor(now / awayEveryMs)) < 0.3;
  return isBound && place > awayEveryMs / 2 && place < awayEveryMs / 2 + 2 * awayMs ? 'committed' : null;
}

/** Units go to their meals and come back; one that is at a job finishes it first. */
export function rest(moment: Moment): void {
  for (const unit of moment.room.units.values()) {
    if (unit.deployment !== null || moment.busy.has(unit.id)) continue;
    const away = awayAs(unit, moment.now);
    const isAway = unit.status === 'refreshments' || unit.status === 'committed';
    const isFree = unit.status === 'available' || unit.status === 'at-station';
    const status = away === null ? 'available' : away;
    if (!(away === null ? isAway && moment.now - unit.since > restMs : isFree)) continue;
    act(moment, { as: 'radio', type: 'SetUnitStatus', data: { unit: unit.id, status }, about: unit.id });
    moment.busy.add(unit.id);
  }
}
