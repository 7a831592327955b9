import { isLive } from '../room/deployment.ts';
import type { Deployment } from '../room/deployment.ts';
import { chance, pick } from './chance.ts';
import { act, draw, isPlayed, somebody } from './moment.ts';
import type { Moment } from './moment.ts';
import { bandOf, deploymentsOf } from './sending.ts';
import type { Job } from './sending.ts';

const secondMs = 1_000;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Of incidents that are visited: how many are looked at, or are proposed for less. */
const lookedShare = 0.05;
const loweredShare = 0.06;
/** Of scheduled ones, how many callers choose a time of their own. */
const appointedShare = 0.45;
/** Of units under way, how many are asked something. */
const messagedShare = 0.15;

/** Now and then a line in the log of something that is under way. */
function note(moment: Moment, { incident, call }: Job): void {
  if (call === null) return;
  const place = Math.floor((moment.now - incident.openedAt) / (9 * minuteMs));
  if (place < 1 || place > 6) return;
  const key = `note ${incident.id} ${place}`;
  if (moment.memory.given.has(key) || draw(moment, 'notes', incident.id, place) > 0.4) return;
  const at = (place + draw(moment, 'note-at', incident.id, place) * 0.8) * 9 * minuteMs;
  if (moment.now < incident.openedAt + at) return;
  const text = pick(moment.county.lines.entries, draw(moment, 'note', incident.id, place));
  if (incident.log.some((entry) => entry.text === text)) return;
  const as = somebody(moment, 'dispatcher', incident.id);
  const data = { incident: incident.id, text, source: 'dispatcher' };
  act(moment, { as, type: 'AddEntry', data, about: `note ${incident.id}`, key });
}

/** Something is written before it is so. */
function claim(moment: Moment, { incident }: Job): void {
  if (draw(moment, 'claims', incident.id) >= moment.county.assumed['claimed-share'] || incident.deployments.length > 0)
    return;
  if (moment.now - incident.openedAt < 2 * minuteMs) return;
  const text = pick(moment.county.lines.claims, draw(moment, 'claim', incident.id));
  if (incident.log.some((entry) => entry.text === text)) return;
  const as = somebody(moment, 'dispatcher', incident.id);
  const data = { incident: incident.id, text, source: 'dispatcher' };
  act(moment, { as, type: 'AddEntry', data, about: `claim ${incident.id}` });
}

/** Somebody asks a supervisor to look. */
function look(moment: Moment, { incident }: Job): void {
  const review = `look-${incident.id}`.slice(0, 64);
  if (draw(moment, 'looks', incident.id) >= lookedShare || moment.room.reviews.has(review)) return;
  if (moment.now - incident.openedAt < (3 + draw(moment, 'look-at', incident.id) * 9) * minuteMs) return;
  const question = pick(moment.county.lines.looks, draw(moment, 'look', incident.id));
  const as = somebody(moment, 'dispatcher', `look ${incident.id}`);
  const data = { review, incident: incident.id, question };
  act(moment, { as, type: 'RequestReview', data, about: review });
}

/** The handler weighs it again and proposes less; a supervisor decides. */
function proposeLess(moment: Moment, { incident }: Job): void {
  const decision = `less-${incident.id}`.slice(0, 64);
  if (draw(moment, 'less', incident.id) >= loweredShare || moment.room.proposals.has(decision)) return;
  if (bandOf(moment, incident) !== 'priority' || incident.floors.length + incident.dangers.length > 0) return;
  const handler = moment.room.contacts.get(incident.contacts[0] ?? '')?.handler ?? null;
  const { assessment, grade } = incident;
  if (handler === null || !isPlayed(moment, handler) || assessment === null || grade.setAt === null) return;
  if (moment.now - grade.setAt < 2 * minuteMs || incident.deployments.length > 0) return;
  if (assessment.seq < (grade.seq ?? 0)) {
    const elements = { threat: 'None told', harm: 'None now', risk: 'None told', investigation: 'Can wait' };
    const others = { vulnerability: 'None told', engagement: 'Content to wait until the morning' };
    const data = { incident: incident.id, elements: { ...elements, ...others }, level: 'low', reason: 'Rung again' };
    act(moment, { as: handler, type: 'Assess', data, about: decision, key: `again ${decision}` });
    return;
  }
  const reason = pick(moment.county.lines.lowers, draw(moment, 'lower', incident.id));
  const command = { type: 'SetGrade', data: { incident: incident.id, grade: 'scheduled', reason } };
  act(moment, { as: handler, type: 'Propose', data: { decision, command, reason }, about: decision });
}

/** A caller who is safe would rather be seen at a time of their own choosing. */
function appoint(moment: Moment, { incident, call }: Job): void {
  const deferral = `visit-${incident.id}`.slice(0, 64);
  if (call?.matter?.id !== 'harassment-report' && draw(moment, 'appoints', incident.id) >= appointedShare) return;
  const isReady = bandOf(moment, incident) === 'scheduled' && incident.assessment !== null;
  if (!isReady || call?.matter?.chorus !== undefined || moment.room.deferrals.has(deferral)) return;
  if (incident.deployments.length > 0 || moment.now - incident.openedAt < 3 * minuteMs) return;
  const until = incident.openedAt + Math.floor((1.5 + draw(moment, 'until', incident.id) * 2.5) * hourMs);
  const says = 'Would rather be seen when the children are in bed; time agreed on the telephone';
  const data = { deferral, incident: incident.id, reason: 'chosen-by-caller', until, owner: { role: 'dispatcher' } };
  const as = somebody(moment, 'supervisor', incident.id);
  act(moment, { as, type: 'Defer', data: { ...data, personTold: true, says }, about: deferral });
}

/** A unit on its way is told something that it has to answer. */
function message(moment: Moment, { incident }: Job, { id, unit, state, acknowledgedAt }: Deployment): void {
  if (draw(moment, 'messages', id) >= messagedShare || acknowledgedAt === null) return;
  const name = `word-${id}`.slice(0, 64);
  const sent = moment.room.messages.get(name);
  if (sent === undefined) {
    if (state !== 'en-route') return;
    const text = pick(moment.county.lines.messages, draw(moment, 'message', id));
    const data = { message: name, incident: incident.id, unit, text, needsAnswer: true };
    act(moment, { as: somebody(moment, 'dispatcher', id), type: 'SendMessage', data, about: name });
    return;
  }
  const isUnheard = draw(moment, 'unheard', id) < moment.county.assumed['unheard-share'];
  if (sent.acknowledgedBy !== null || isUnheard || moment.now - sent.sentAt < 12 * secondMs) return;
  // The unit says it over the radio; whoever hears it puts it down by name.
  const hears = isPlayed(moment, sent.from) ? sent.from : somebody(moment, 'dispatcher', id);
  act(moment, { as: hears, type: 'AcknowledgeMessage', data: { message: name }, about: name });
}

/** What people do about an incident beside what has to be done. */
export function habits(moment: Moment, job: Job): void {
  if (job.call === null) return;
  note(moment, job);
  if (job.call.matter?.ends !== 'visited') return;
  claim(moment, job);
  look(moment, job);
  proposeLess(moment, job);
  appoint(moment, job);
  for (const deployment of deploymentsOf(moment, job.incident))
    if (isLive(deployment)) message(moment, job, deployment);
}

/** Handlers go on their breaks and come back; nobody goes with a caller on the line. */
export function breaks(moment: Moment, occupied: ReadonlySet<string>): void {
  const everyMs = moment.county.assumed['break-every-hours'] * hourMs;
  const forMs = moment.county.assumed['break-minutes'] * minuteMs;
  for (const { id, role, state } of moment.room.staff.values()) {
    if (role !== 'handler' || moment.taken.has(id) || (state !== 'on' && state !== 'break')) continue;
    const place = (moment.now + Math.floor(chance(1, 'break', id) * everyMs)) % everyMs;
    const isAway = place < forMs;
    const data = { staff: id };
    if (isAway && state === 'on' && !occupied.has(id))
      act(moment, { as: id, type: 'StartBreak', data, about: `break ${id}` });
    if (!isAway && state === 'break') act(moment, { as: id, type: 'EndBreak', data, about: `break ${id}` });
  }
}
