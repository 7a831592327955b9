import type { Contact } from '../room/contact.ts';
import { effectiveGrade } from '../room/grade.ts';
import type { Incident } from '../room/incident.ts';
import { gradeRank } from '../room/policy.ts';
import type { CommandType } from '../room/vocabulary.ts';
import type { Call, Cast } from './calls.ts';
import { pick } from './chance.ts';
import { act, draw, isPlayed, quietMs, somebody } from './moment.ts';
import type { Moment } from './moment.ts';
import { ringBack } from './ringing.ts';

/** A call that was not presented by then never is: the traffic was paused. */
const presentMs = 15_000;
/** A visitor who takes a call has this long with the caller. */
const visitorTalkMs = 300_000;
/** While somebody is away from a handler's desk some calls are held for them this long. */
const heldMs = 20_000;

/** Seconds until a call is answered, least and most, by channel. */
const answering: Readonly<Record<string, readonly [number, number]>> = {
  '999': [3, 11],
  '101': [8, 70],
  text: [10, 40],
  'front-desk': [3, 10],
  alarm: [5, 20],
  radio: [3, 12],
};
const writtenAnswering = [40, 240] as const;

/** One thing to do about a call: by whom, and how many seconds after the thing before. */
interface Step {
  readonly as: 'line' | 'handler';
  readonly type: CommandType;
  readonly data: Readonly<Record<string, unknown>>;
  readonly afterS: number;
  readonly key: string;
}

type Told = Call & { readonly matter: NonNullable<Call['matter']> };

/** Whether a call that follows another still has a reason: the matter is open and nobody is there. */
function isStillAsked(moment: Moment, call: Call): boolean {
  if (call.kind !== 'chorus' && call.kind !== 'again') return true;
  const incident = moment.room.incidents.get(call.incident);
  if (incident === undefined || incident.state === 'closed') return false;
  const isThere = incident.deployments.some((one) => {
    const deployment = moment.room.deployments.get(one);
    return deployment !== undefined && deployment.arrivedAt !== null;
  });
  return !isThere;
}

function present(moment: Moment, call: Call): void {
  if (moment.now - call.at > presentMs || !isStillAsked(moment, call)) return;
  const data = { contact: call.id, channel: call.channel };
  act(moment, { as: 'telephony', type: 'PresentContact', data, about: call.id });
}

/** Handlers who are talking or still writing a call up; `isTried`: those who ring a silent caller back as well. */
export function occupied(moment: Moment, calls: readonly Call[], isTried = false): ReadonlySet<string> {
  const people = new Set<string>();
  for (const call of calls) {
    const contact = moment.room.contacts.get(call.id);
    if (contact === undefined || contact.handler === null) continue;
    const isOpen = contact.state === 'answered' || (contact.incident === null && contact.disposition === null);
    if (isOpen && (isTried || contact.ending === null || contact.ending === 'ended')) people.add(contact.handler);
  }
  return people;
}

function answer(moment: Moment, call: Call, calls: readonly Call[]): void {
  const [least, most] = answering[call.channel] ?? writtenAnswering;
  const waits = (least + draw(moment, 'answer', call.id) * (most - least)) * 1_000;
  const isVisited = [...moment.taken].some((one) => moment.room.staff.get(one)?.role === 'handler');
  const held = isVisited && draw(moment, 'held', call.id) < 0.4 ? heldMs : 0;
  if (moment.now - call.at < waits + held) return;
  const role = call.channel === 'radio' ? 'dispatcher' : 'handler';
  const as = somebody(moment, role, call.id, occupied(moment, calls));
  act(moment, { as, type: 'AnswerContact', data: { contact: call.id }, about: call.id });
}

function isNamed(moment: Moment, call: Call, cast: Cast): boolean {
  const named = moment.room.mentions.get(call.id) ?? [];
  return named.some((one) => one.subject === cast.subject && one.role === cast.role);
}

function mention(moment: Moment, call: Call, cast: Cast): Step['data'] {
  const identity = moment.room.subjects.has(cast.subject) ? {} : { identity: cast.identity };
  // Whose telephone it is decides how it may be rung: it is asked at first contact.
  const whose = cast.identity.kind === 'phone' ? { whose: 'own' } : {};
  return { subject: cast.subject, ...identity, contact: call.id, role: cast.role, ...whose };
}

function naming(moment: Moment, call: Call, cast: Cast | null, afterS: number): Step | null {
  if (cast === null || isNamed(moment, call, cast)) return null;
  const as = cast.identity.kind === 'phone' ? 'line' : 'handler';
  const data = mention(moment, call, cast);
  return { as, type: 'Mention', data, afterS, key: `${cast.subject} ${cast.role}` };
}

function locating(moment: Moment, call: Call): Step | null {
  if (call.fix === null || (moment.room.locationsOn.get(call.id) ?? []).length > 0) return null;
  const data = { location: `fix-${call.id.slice('call-'.length)}`, contact: call.id, ...call.fix, doubts: [] };
  return { as: 'line', type: 'RecordLocation', data, afterS: 1, key: 'locates' };
}

/** What the line brings with it: the number, and where the handset says that it is. */
function brought(moment: Moment, call: Call): Step | null {
  return naming(moment, call, call.phone, 1) ?? locating(moment, call);
}

function saying(call: Call, contact: Contact, afterS: number): Step | null {
  const words = call.words[contact.statements.length];
  if (words === undefined) return null;
  const data = { contact: call.id, words };
  return { as: 'handler', type: 'RecordStatement', data, afterS, key: `says ${contact.statements.length}` };
}

/** What came back and waits to be read; a careless handler does not look, and is asked. */
function reading(moment: Moment, call: Call): Step | null {
  if (draw(moment, 'careless', call.id) < moment.county.assumed['careless-share']) return null;
  const waits = (moment.room.checksOn.get(call.id) ?? []).some((one) => {
    const check = moment.room.checks.get(one);
    return check !== undefined && check.state === 'found' && check.readBy === null;
  });
  return waits ? { as: 'handler', type: 'ReadCheck', data: { contact: call.id }, afterS: 5, key: 'reads' } : null;
}

function filled(text: string, call: Call): string {
  const { premises, street = '' } = call.place?.identity ?? {};
  const where = call.place?.kind === 'home' ? `${premises ?? ''} ${street}` : (premises ?? street);
  return text.replaceAll('{place}', where).replaceAll('{street}', street);
}

function opening(call: Told, contact: Contact, afterS: number): Step | null {
  const { kinds, summary = '' } = call.matter;
  if (contact.incident !== null) return null;
  const data = { incident: call.incident, contact: call.id, kinds, summary: filled(summary, call) };
  return { as: 'handler', type: 'OpenIncident', data, afterS, key: 'opens' };
}

function grading(moment: Moment, call: Told, contact: Contact, afterS: number): Step | null {
  const incident = moment.room.incidents.get(contact.incident ?? '');
  if (incident === undefined || incident.grade.current !== null) return null;
  const { policy } = moment.room;
  // What stands already, by a marker or by what was told, is not graded below.
  const held = effectiveGrade(moment.room, incident)?.id ?? null;
  const own = call.matter.grade ?? 'priority';
  const grade = gradeRank(policy, held) < gradeRank(policy, own) ? held : own;
  const reason = moment.county.lines.reasons['grade'];
  const data = { incident: incident.id, grade, reason };
  return { as: 'handler', type: 'SetGrade', data, afterS, key: 'grades' };
}

function assessing(call: Told, incident: Incident | undefined, afterS: number): Step | null {
  if (incident === undefined || incident.assessment !== null) return null;
  const { level, ...elements } = call.matter.risk;
  return { as: 'handler', type: 'Assess', data: { incident: incident.id, elements, level }, afterS, key: 'assesses' };
}

function telling(call: Call, contact: Contact, tells: Told['matter']['tells'], afterS: number): Step | null {
  if (tells === undefined || contact.tellings.length > 0 || contact.state === 'ended') return null;
  return { as: 'handler', type: 'TellCaller', data: { contact: call.id, ...tells }, afterS, key: 'tells' };
}

function promising(moment: Moment, call: Told, contact: Contact): Step | null {
  const promise = `promise-${call.id.slice('call-'.length)}`;
  const isMade = !call.matter.promise || contact.incident === null || moment.room.promises.has(promise);
  if (isMade) return null;
  const dueAt = call.at + 60 * 60_000;
  const words = call.matter.tells?.words ?? 'Somebody will come';
  const data = { promise, contact: call.id, incident: contact.incident, what: 'attend', words, dueAt };
  return { as: 'handler', type: 'MakePromise', data, afterS: 3, key: 'promises' };
}

function passing(moment: Moment, call: Told, contact: Contact): Step | null {
  const transfer = `ambulance-${call.id.slice('call-'.length)}`;
  if (!call.matter.ambulance || contact.incident === null || moment.room.transfers.has(transfer)) return null;
  const { words } = moment.county.lines.ambulance;
  const data = { transfer, incident: contact.incident, partner: 'ambulance', needs: ['information'], words };
  return { as: 'handler', type: 'SendTransfer', data, afterS: 4, key: 'passes' };
}

function ending(contact: Contact, afterS: number): Step | null {
  if (contact.state === 'ended') return null;
  return { as: 'line', type: 'EndContact', data: { contact: contact.id }, afterS, key: 'ends' };
}

function disposing(moment: Moment, call: Told, contact: Contact): Step | null {
  if (contact.incident !== null || contact.disposition !== null) return null;
  const reason = pick(call.matter.reasons, draw(moment, 'reason', call.id));
  const data = { contact: call.id, disposition: call.matter.disposition, reason };
  return { as: 'handler', type: 'DisposeContact', data, afterS: 14, key: 'disposes' };
}

/** Somebody who rings about a matter of their own: heard, recorded, graded, told. */
function ownMatter(moment: Moment, call: Told, contact: Contact): Step | null {
  const { ends, grade, tells } = call.matter;
  const incident = moment.room.incidents.get(contact.incident ?? '');
  const isUrgent = grade === 'emergency';
  const named = call.people.find((cast) => !isNamed(moment, call, cast)) ?? null;
  const heard =
    brought(moment, call) ??
    (contact.statements.length === 0 ? saying(call, contact, 9) : null) ??
    naming(moment, call, call.scene, 6);
  if (heard !== null) return heard;
  if (ends === 'disposed')
    return (
      naming(moment, call, named, 7) ??
      saying(call, contact, 10) ??
      reading(moment, call) ??
      telling(call, contact, tells, 12) ??
      ending(contact, 9) ??
      disposing(moment, call, contact)
    );
  const first = isUrgent ? (opening(call, contact, 4) ?? grading(moment, call, contact, 4)) : null;
  return (
    first ??
    naming(moment, call, named, 7) ??
    passing(moment, call, contact) ??
    saying(call, contact, 10) ??
    reading(moment, call) ??
    opening(call, contact, 14) ??
    (isUrgent ? null : assessing(call, incident, 22)) ??
    grading(moment, call, contact, 9) ??
    telling(call, contact, tells, 8) ??
    promising(moment, call, contact) ??
    ending(contact, 10) ??
    assessing(call, incident, 25)
  );
}

/** Somebody who rings about what is already known: joined to it, and told so. */
function knownMatter(moment: Moment, call: Call, contact: Contact): Step | null {
  const heard = naming(moment, call, call.phone, 1) ?? saying(call, contact, 8) ?? naming(moment, call, call.scene, 6);
  const named = call.people.find((cast) => !isNamed(moment, call, cast)) ?? null;
  const rest = heard ?? naming(moment, call, named, 6) ?? reading(moment, call);
  if (rest !== null) return rest;
  const held = moment.room.incidents.get(call.incident);
  if (contact.incident === null && contact.disposition === null) {
    if (held === undefined || held.state === 'closed') {
      const data = { contact: call.id, disposition: 'information-only', reason: 'The matter was dealt with meanwhile' };
      return ending(contact, 8) ?? { as: 'handler', type: 'DisposeContact', data, afterS: 12, key: 'disposes' };
    }
    const as = call.kind === 'again' ? 'further-to' : 'same-event';
    const data = { contact: call.id, incident: held.id, as };
    return { as: 'handler', type: 'JoinContact', data, afterS: 9, key: 'joins' };
  }
  const words = pick(moment.county.lines['again-tells'], draw(moment, 'again-tells', call.id));
  return telling(call, contact, { telling: 'informed', words }, 9) ?? ending(contact, 9);
}

/** A line on which distress is heard: an incident at once, and somebody sent before anybody rings. */
function distressed(moment: Moment, call: Call, contact: Contact): Step | null {
  const { silent, reasons } = moment.county.lines;
  const early = brought(moment, call) ?? cutOff(contact) ?? naming(moment, call, call.scene, 8);
  if (early !== null) return early;
  const incident = moment.room.incidents.get(contact.incident ?? '');
  if (incident === undefined) {
    const data = { incident: call.incident, contact: call.id, kinds: ['abandoned-call'], summary: silent.summary };
    return { as: 'handler', type: 'OpenIncident', data, afterS: 6, key: 'opens' };
  }
  if (incident.grade.current === null) {
    const data = { incident: incident.id, grade: 'emergency', reason: reasons['grade'] };
    return { as: 'handler', type: 'SetGrade', data, afterS: 4, key: 'grades' };
  }
  const named = call.people.find((cast) => !isNamed(moment, call, cast)) ?? null;
  return naming(moment, call, named, 8) ?? reading(moment, call);
}

function cutOff(contact: Contact): Step | null {
  if (contact.state === 'ended') return null;
  return { as: 'line', type: 'EndContact', data: { contact: contact.id, ending: 'abandoned' }, afterS: 6, key: 'ends' };
}

/** A line on which nobody speaks. */
function silent(moment: Moment, call: Call, contact: Contact): Step | null {
  const observations = call.heard?.observations ?? ['silence'];
  if (contact.state !== 'ended' && contact.observations.length === 0) {
    const early = brought(moment, call);
    const data = { contact: call.id, observations };
    return early ?? { as: 'handler', type: 'RecordObservation', data, afterS: 15, key: 'hears' };
  }
  const ends = { as: 'line', type: 'EndContact', data: { contact: call.id, ending: 'silent' }, key: 'ends' } as const;
  return contact.state === 'ended' ? reading(moment, call) : { ...ends, afterS: 12 };
}

function stepOf(moment: Moment, call: Call, contact: Contact): Step | null {
  const { matter } = call;
  if (call.kind === 'chorus' || call.kind === 'again') return knownMatter(moment, call, contact);
  if (call.kind === 'distressed') return distressed(moment, call, contact);
  return matter === null ? silent(moment, call, contact) : ownMatter(moment, { ...call, matter }, contact);
}

/** What the operator passes on before anybody has answered. */
function relay(moment: Moment, call: Call, contact: Contact): void {
  if (call.heard === null || contact.state === 'ended' || moment.memory.given.has(`relay ${call.id}`)) return;
  const { words } = call.heard;
  const observations = call.kind === 'distressed' ? call.heard.observations : [];
  const data = { contact: call.id, words, observations };
  act(moment, { as: 'telephony', type: 'RecordRelay', data, about: call.id, key: `relay ${call.id}` });
}

/** A visitor has the call: the line says what the caller says, and they do the rest. */
function byVisitor(moment: Moment, call: Call, contact: Contact): void {
  const quiet = quietMs(moment, call.id, contact.presentedAt);
  const named = brought(moment, call);
  const says = saying(call, contact, 0);
  const step = named ?? (quiet > 7_000 ? says : null);
  if (step !== null && contact.state === 'answered') {
    const key = `${step.type} ${call.id} ${step.key}`;
    act(moment, { as: 'telephony', type: step.type, data: step.data, about: call.id, key });
  } else if (contact.state === 'answered' && moment.now - contact.presentedAt > visitorTalkMs) {
    act(moment, { as: 'telephony', type: 'EndContact', data: { contact: call.id }, about: call.id });
  }
}

/** Ended, with an incident that has been weighed: nothing is left to do about the call itself. */
function isWrittenUp(moment: Moment, contact: Contact): boolean {
  const incident = moment.room.incidents.get(contact.incident ?? '');
  return contact.state === 'ended' && incident !== undefined && incident.assessment !== null;
}

/** Does the next thing about a call that has come in, or lets it come. */
export function handle(moment: Moment, call: Call, calls: readonly Call[]): void {
  const contact = moment.room.contacts.get(call.id);
  if (contact === undefined) {
    present(moment, call);
    return;
  }
  if (contact.disposition !== null || isWrittenUp(moment, contact)) return;
  if (contact.state === 'presented') {
    relay(moment, call, contact);
    answer(moment, call, calls);
    return;
  }
  const { handler } = contact;
  if (handler === null) return;
  if (!isPlayed(moment, handler)) {
    byVisitor(moment, call, contact);
    ringBack(moment, call, contact);
    return;
  }
  const step = stepOf(moment, call, contact);
  if (step === null) {
    ringBack(moment, call, contact);
    return;
  }
  const pace = (call.channel === '999' ? 0.8 : 1.3) * (0.7 + draw(moment, 'pace', call.id, step.key) * 0.8);
  if (quietMs(moment, call.id, contact.presentedAt) < step.afterS * 1_000 * pace) return;
  const as = step.as === 'line' ? 'telephony' : handler;
  const key = `${step.type} ${call.id} ${step.key}`;
  act(moment, { as, type: step.type, data: step.data, about: call.id, key });
}
