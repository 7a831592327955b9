import { isComplete } from '../room/assessment.ts';
import { isLive } from '../room/deployment.ts';
import type { Deployment } from '../room/deployment.ts';
import type { Incident } from '../room/incident.ts';
import { isServed } from '../room/deployment.ts';
import { pick } from './chance.ts';
import { act, draw, isPlayed, playedOf, quietMs, somebody } from './moment.ts';
import type { Moment } from './moment.ts';
import { bandOf, deploymentsOf } from './sending.ts';
import type { Job } from './sending.ts';

const secondMs = 1_000;
const minuteMs = 60_000;
const formKinds: readonly string[] = ['domestic', 'stalking', 'missing', 'honour'];

function reasonOf(moment: Moment, { incident, call }: Job): string {
  const own = call?.kind === 'distressed' ? moment.county.lines.silent.closes : call?.matter?.closes;
  const reasons = own !== undefined && own.length > 0 ? own : ['Attended and dealt with'];
  return pick(reasons, draw(moment, 'closes', incident.id));
}

function takerOf(moment: Moment, incident: Incident): string | null {
  return moment.room.contacts.get(incident.contacts[0] ?? '')?.handler ?? null;
}

/** Somebody who can close: the handler of a matter settled by telling, a dispatcher of one that was visited. */
function closer(moment: Moment, job: Job, code: string): string | null {
  const taker = takerOf(moment, job.incident);
  if (code === 'attended' || taker === null) return somebody(moment, 'dispatcher', job.incident.id);
  return isPlayed(moment, taker) && playedOf(moment, 'handler').includes(taker)
    ? taker
    : somebody(moment, 'supervisor', job.incident.id);
}

function close(moment: Moment, job: Job, code: string): void {
  const { id } = job.incident;
  const as = closer(moment, job, code);
  act(moment, {
    as,
    type: 'CloseIncident',
    data: { incident: id, code, reason: reasonOf(moment, job) },
    about: `ending ${id}`,
  });
}

/** Whether the risk form that the room will want for this is still to be done. */
function lacksForm({ incident, call }: Job): boolean {
  if (incident.riskForm !== null) return false;
  const isKind = incident.kinds.some((kind) => formKinds.includes(kind)) || incident.domestic.length > 0;
  return isKind || call?.matter?.form !== undefined;
}

function completeForm(moment: Moment, { incident, call }: Job): void {
  const form = call?.matter?.form ?? 'domestic';
  const level = incident.assessment?.level === 'high' ? 'high' : 'medium';
  const as = somebody(moment, 'constable', incident.id);
  const data = { incident: incident.id, form, level, reason: 'Completed with the person at the scene' };
  act(moment, { as, type: 'CompleteRiskForm', data, about: `ending ${incident.id}` });
}

function afterVisit(moment: Moment, job: Job, deployments: readonly Deployment[]): void {
  const { incident } = job;
  const left = Math.max(...deployments.map(({ endedAt }) => endedAt ?? 0));
  const isHasty = draw(moment, 'hasty', incident.id) < moment.county.assumed['hasty-share'];
  const quiet = quietMs(moment, `ending ${incident.id}`, left);
  if (!isHasty && lacksForm(job)) {
    if (quiet > (2 + draw(moment, 'form', incident.id) * 6) * minuteMs) completeForm(moment, job);
    return;
  }
  if (!isHasty && !isComplete(incident.assessment)) return;
  const waits = isHasty ? 0.4 : 2 + draw(moment, 'closing', incident.id) * 9;
  if (quiet > waits * minuteMs) close(moment, job, 'attended');
}

/** Ends what is done: after the visit, or once its caller has been told what becomes of it. */
export function end(moment: Moment, job: Job): void {
  const { incident, call } = job;
  if (call === null) return;
  const deployments = deploymentsOf(moment, incident);
  if (deployments.some(isLive) || isServed(moment.room, incident)) return;
  if (deployments.some(({ outcome }) => outcome !== null)) {
    afterVisit(moment, job, deployments);
    return;
  }
  const contact = moment.room.contacts.get(incident.contacts[0] ?? '');
  const isTold = bandOf(moment, incident) === 'none' && call.matter?.ends === 'told';
  if (!isTold || contact === undefined || contact.state !== 'ended' || !isComplete(incident.assessment)) return;
  const waits = (40 + draw(moment, 'closing', incident.id) * 320) * secondMs;
  if (quietMs(moment, `ending ${incident.id}`, contact.endedAt ?? 0) > waits) close(moment, job, 'advice');
}
