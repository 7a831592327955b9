import type { Finding } from '../room/check.ts';
import type { Contact } from '../room/contact.ts';
import type { About, Duty, Level } from '../room/duty.ts';
import { openDuty } from '../room/duty.ts';
import type { Incident } from '../room/incident.ts';
import { spokeToCaller } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { Response, Safeguard } from '../room/safeguard.ts';
import { ask, countOf, timingOf, why, windowMs } from '../room/safeguard.ts';
import type { Appearance } from '../room/subject.ts';
import type { AnyEvent, EventBy } from '../room/vocabulary.ts';
import { isDecidedByAnother } from './authority.ts';
import { dangersBefore, dangersTold, isGrave, isGraveMatter } from './dangers.ts';
import { idOf, isTakenUp } from './duties.ts';
import { findingsOn, isGraveFinding, recordSeqs } from './findings.ts';
import { bandBefore, isAtLeast } from './grades.ts';
import { isElsewise, isOthersThing } from './other-households.ts';
import { earlierMatters, hereOf, keysHere, kindOf, mentionedHere } from './matches.ts';
import type { Here, Matter } from './matches.ts';
import { handlerOf } from './owners.ts';
import { isPublicPlace } from './people.ts';
import { soundingFor } from './outcomes.ts';
import { hasRunningClock, hasUnitLeft, isUnitSent } from './sending.ts';
import { dayMs, hourMs, minuteMs, minutes } from './spans.ts';
import { tellsDanger } from './texts.ts';
import { agoWords, toldIn } from './words.ts';

/** A vehicle is no caller, and a street is `place-cluster`'s. */
const kinds = ['phone', 'person', 'dwelling', 'account', 'event'];

/** The newest matters that are weighed; a number with more in a day is an institution's. */
const mattersMax = 12;

/** Closing or disposing codes that say that nothing was the matter. */
const nothingCodes = ['accidental', 'test', 'abuse-only', 'error', 'no-trace', 'information-only'];

/** What is asked of several matters at once, worked out once. */
interface Seen extends Here {
  readonly seq: number;
  readonly isGraveNow: boolean;
  readonly isInstitution: boolean;
}

interface Weighed {
  readonly matter: Matter;
  readonly isGrave: boolean;
}

interface Judged extends Weighed {
  /** A call about this that nobody need be asked about: one event that is held, or one that another person decided. */
  readonly isQuiet: boolean;
  readonly isUnseen: boolean;
  readonly isWorse: boolean;
  readonly hasLeft: boolean;
}

/** Whether one of these is a home, hospital, pub or hotel: many unconnected people ring from it. */
function namesInstitution(room: Room, mentioned: readonly Appearance[]): boolean {
  return mentioned.some((one) => isPublicPlace(room, one.subject));
}

/** Until this contact names a place, a number that only ever rang from institutions is taken to ring from one. */
function isAtInstitution(room: Room, here: Here, matters: readonly Matter[]): boolean {
  const mentioned = mentionedHere(room, here);
  if (mentioned.some((one) => room.subjects.get(one.subject)?.identity.kind === 'place'))
    return namesInstitution(room, mentioned);
  const before = matters.flatMap((one) => one.contacts);
  return before.length > 0 && before.every((one) => namesInstitution(room, room.mentions.get(one.id) ?? []));
}

/** Whether the same person rang: by number, account, or name as caller. An institution's number is everybody's. */
function isSameCaller(room: Room, here: Seen, matter: Matter): boolean {
  if (matter.by.includes('account')) return true;
  if (matter.by.includes('phone') && !here.isInstitution) return true;
  if (!matter.by.includes('person')) return false;
  return mentionedHere(room, here).some(
    (one) =>
      one.role === 'caller' && (room.subjects.get(one.subject)?.keys ?? []).some((key) => matter.keys.includes(key)),
  );
}

/** An institution's number alone, with different people concerned: two matters, not one. */
function isOnlyInstitution(here: Seen, { matter, isGrave }: Weighed): boolean {
  return here.isInstitution && !here.isGraveNow && !isGrave && matter.by.every((one) => one === 'phone');
}

/** Danger that the earlier contacts did not tell, or danger where they were put down as nothing. */
function isWorseThan(room: Room, here: Seen, matter: Matter): boolean {
  const now = dangersTold(here.contact);
  if (now.size === 0) return false;
  const { incident } = matter;
  const isHeld =
    incident !== null &&
    isAtLeast(bandBefore(room, incident, here.seq), 'emergency') &&
    (isUnitSent(room, incident) || hasRunningClock(room, incident));
  if (isHeld) return false;
  const before = dangersBefore(matter, here);
  const wasNothing =
    nothingCodes.includes(incident?.closed?.code ?? '') ||
    matter.contacts.some((one) => nothingCodes.includes(one.disposition ?? ''));
  return wasNothing || [...now].some((kind) => !before.has(kind));
}

/** One event that an open incident holds at a fitting grade, its sending clock still running or a unit sent. */
function isHeld(room: Room, here: Seen, { matter, isGrave }: Weighed): boolean {
  const { incident } = matter;
  if (incident === null || incident.state === 'closed') return false;
  if (isUnitSent(room, incident)) return true;
  if (!hasRunningClock(room, incident)) return false;
  if (!isGrave && !here.isGraveNow) return true;
  return isAtLeast(bandBefore(room, incident, here.seq), 'priority') && !isSameCaller(room, here, matter);
}

function judge(room: Room, here: Seen, weighed: Weighed): Judged {
  const { matter } = weighed;
  if (isOthersThing(room, here, matter))
    return { ...weighed, isQuiet: true, isUnseen: false, isWorse: false, hasLeft: false };
  const isWorse = isWorseThan(room, here, matter);
  const isEitherGrave = weighed.isGrave || here.isGraveNow;
  const wentAway = hasUnitLeft(room, matter.incident);
  const hasLeft = wentAway && (matter.incident?.state === 'open' || (isEitherGrave && !here.isInstitution));
  const isQuiet =
    !isWorse &&
    !hasLeft &&
    (wentAway || isHeld(room, here, weighed) || (!isEitherGrave && isDecidedByAnother(room, matter)));
  return { matter, isGrave: weighed.isGrave, isQuiet, isWorse, hasLeft, isUnseen: !wentAway };
}

/** Someone who rings often, with never a word of danger, today or in what is on record. */
function isFrequentCaller(room: Room, here: Here, judged: readonly Judged[], history: readonly Finding[]): boolean {
  if (judged.some((one) => one.isGrave) || history.some(isGraveFinding)) return false;
  if (isGrave(room, here.contact, here.incident)) return false;
  const today = judged.reduce((count, one) => count + one.matter.contacts.length, 0);
  const often = countOf(room, repeatContact, 'frequent');
  return history.length + today >= often || history.some((one) => one.signs.includes('repeat'));
}

/** What the record holds of the same person or dwelling, not already counted from the room. */
function historyOf(room: Room, here: Here, matters: readonly Matter[]): readonly Finding[] {
  const places = [here.contact?.id, here.incident?.id];
  for (const matter of matters) places.push(...matter.contacts.map((one) => one.id));
  const since = room.now - windowMs(room, repeatContact, 'month');
  const counted = new Set([here.incident?.id, ...matters.flatMap((one) => [one.incident?.id, ...contactIds(one)])]);
  return findingsOn(room, places).filter(
    (one) =>
      (one.kind === 'contact' || one.kind === 'incident') &&
      one.strength !== 'weak' &&
      one.when >= since &&
      !counted.has(one.id),
  );
}

function contactIds(matter: Matter): readonly string[] {
  return matter.contacts.map((one) => one.id);
}

/** Earlier contacts since an instant that nobody went to see; those of one held event do not count. */
function unseenSince(judged: readonly Judged[], since: number): readonly Contact[] {
  return judged
    .filter((one) => one.isUnseen && !one.isQuiet)
    .flatMap((one) => one.matter.contacts.filter((contact) => contact.presentedAt >= since));
}

/**
 * Whether all that is loud here is the same people and place about whom `outcome-contradicted` sounds because of this
 * very contact: it asks for a unit, reaches the same people as soon, and takes less for an answer.
 */
function isAskedOtherwise(room: Room, contact: Contact | null, all: readonly Matter[], loud: readonly Judged[]) {
  const keys = soundingFor(room, contact, all);
  return keys.size > 0 && loud.every(({ matter }) => matter.keys.every((key) => keys.has(key)));
}

interface Picture {
  readonly judged: readonly Judged[];
  readonly history: readonly Finding[];
  readonly level: 'alarm' | 'prompt' | null;
  readonly code: string;
}

/** What the contacts before this one come to. */
function pictureOf(room: Room, at: Here, seq: number): Picture | null {
  const since = room.now - windowMs(room, repeatContact, 'day');
  const all = earlierMatters(room, at, { kinds, since }).slice(-mattersMax);
  const history = historyOf(room, at, all);
  if (all.length === 0 && history.length === 0) return null;
  const isGraveNow = isGrave(room, at.contact, null);
  const { contact, incident } = at;
  const here: Seen = { contact, incident, seq, isGraveNow, isInstitution: isAtInstitution(room, at, all) };
  const judged = all
    .map((matter) => ({ matter, isGrave: isGraveMatter(room, matter) }))
    .filter((one) => !isOnlyInstitution(here, one))
    .map((one) => judge(room, here, one));
  const loud = judged.filter((one) => !one.isQuiet);
  const quiet: Picture = { judged, history, level: null, code: 'seen-before' };
  if (loud.length === 0) return quiet;
  if (isUnitSent(room, here.incident) && !loud.some((one) => one.isWorse)) return quiet;
  if (isFrequentCaller(room, here, judged, history)) return quiet;
  if (isAskedOtherwise(room, contact, all, loud)) return quiet;
  const open = loud.filter((one) => one.isGrave || !isDecidedByAnother(room, one.matter));
  const needed = countOf(room, repeatContact, 'burst');
  const isBurst = unseenSince(open, room.now - windowMs(room, repeatContact, 'hour')).length + 1 >= needed;
  const week = room.now - windowMs(room, repeatContact, 'week');
  const grave = history.filter((one) => one.when >= week && isGraveFinding(one) && !isElsewise(room, one, here));
  const inWeek = unseenSince(open, week).length + grave.length + 1;
  const isWeekly = open.length > 0 && inWeek >= needed && isGrave(room, here.contact, here.incident);
  if (isBurst || isWeekly) return { ...quiet, level: 'alarm', code: 'third-unseen' };
  if (loud.some((one) => one.isWorse && one.isUnseen)) return { ...quiet, level: 'alarm', code: 'worse-now' };
  if (loud.some((one) => one.isWorse || one.hasLeft)) return { ...quiet, level: 'prompt', code: 'after-attendance' };
  return { ...quiet, level: 'prompt', code: 'second-unseen' };
}

/** Where the question stands: the open incident that already holds it, else this one's, else the contact. */
function placeOf(judged: readonly Judged[], here: Here): About | null {
  const held = judged.find((one) => !one.isQuiet && one.matter.incident?.state === 'open')?.matter.incident;
  const incident: Incident | null = held ?? (here.incident?.state === 'open' ? here.incident : null);
  if (incident !== null) return `incident:${incident.id}`;
  return here.contact === null ? null : `contact:${here.contact.id}`;
}

/** Whether this is asked already, of the incident or of the contact that comes to it: a word more says nothing new. */
function isAsked(
  room: Room,
  places: readonly About[],
  { level, code, count }: { readonly level: Level; readonly code: string; readonly count: number },
): boolean {
  return places.some((about) => {
    const open = openDuty(room, 'repeat-contact', about);
    if (open === null || (open.level === 'prompt' && level === 'alarm')) return false;
    return open.why.some((one) => one.code === code && one.params['count'] === count);
  });
}

function responsesTo(
  room: Room,
  here: Here,
  picture: Picture,
  on: { readonly seq: number; readonly speaksAt: number },
): readonly Response[] {
  const { judged, history, level, code } = picture;
  const { seq, speaksAt } = on;
  const contacts = judged.flatMap((one) => one.matter.contacts).toSorted((a, b) => a.seq - b.seq);
  const lastAt = contacts.at(-1)?.presentedAt ?? history.reduce((last, one) => Math.max(last, one.when), 0);
  const responses: Response[] = [];
  const record = recordSeqs(room, [here.contact?.id, here.incident?.id, ...contacts.map((one) => one.id)]);
  const seqs = [...contacts.map((one) => one.seq), ...record, seq];
  if (here.contact !== null && contacts.length + history.length > 0)
    responses.push({
      kind: 'note',
      about: `contact:${here.contact.id}`,
      why: why(
        'seen-before',
        { count: contacts.length, onRecord: history.length, last: agoWords(lastAt, room.now) },
        seqs,
      ),
    });
  const about = level === null ? null : placeOf(judged, here);
  if (level === null || about === null) return responses;
  if (isAsked(room, [about, `contact:${here.contact?.id ?? ''}`], { level, code, count: contacts.length + 1 }))
    return responses;
  const first = contacts[0]?.presentedAt ?? lastAt;
  const said = contacts.slice(-4).map((one) => toldIn(room, one));
  const parameters = {
    count: contacts.length + 1,
    minutes: minutes((here.contact?.presentedAt ?? room.now) - first),
    said: said.join(', ') || `${history.length} on record`,
  };
  const incident = about.startsWith('incident:') ? idOf(about) : null;
  const known: Readonly<Record<string, string>> = incident === null ? {} : { incident };
  responses.push({
    kind: 'duty',
    about,
    owner: handlerOf(here.contact),
    level,
    timing: level === 'alarm' ? 'alarm' : 'main',
    speaksAt,
    why: why(code, parameters, seqs),
    asks:
      incident === null
        ? [ask('OpenIncident', { contact: here.contact?.id ?? '' })]
        : [ask('AssignUnit', known), ask('DecideAttendance', { incidents: incident })],
  });
  return responses;
}

/** Whether this event could change what earlier contacts come to; most of what is said does not. */
function bearsOnIt(event: AnyEvent, room: Room): boolean {
  if (event.type === 'StatementRecorded' || event.type === 'RelayRecorded') return tellsDanger(event.body.readings);
  if (event.type === 'CheckCompleted')
    return event.body.findings.some((one) => one.kind === 'contact' || one.kind === 'incident');
  return event.type !== 'Mentioned' || bringsKey(event, room);
}

function bringsKey(event: EventBy<'Mentioned'>, room: Room): boolean {
  return (room.subjects.get(event.ids.subject)?.keys ?? []).some((key) => kinds.includes(kindOf(key)));
}

/**
 * How long a new incident has before its handler, who was asked about the contact, is asked again: a moment to be given
 * a unit; where no danger was ever told, until the question about the contact would have been due.
 */
function waitFor(room: Room, here: Here, { level, judged }: Picture): number {
  const isPlain =
    level === 'prompt' && !judged.some((one) => one.isGrave) && !isGrave(room, here.contact, here.incident);
  return isPlain ? (timingOf(room, repeatContact).dueMs ?? 0) : windowMs(room, repeatContact, 'opening');
}

/** `repeat-contact`: somebody, or somewhere, has been in touch before. */
export const repeatContact: Safeguard = {
  id: 'repeat-contact',
  needs: ['contacts', 'identifiers'],
  on: [
    'Mentioned',
    'StatementRecorded',
    'RelayRecorded',
    'ObservationRecorded',
    'IncidentOpened',
    'ContactJoined',
    'IncidentsJoined',
    'CheckCompleted',
  ],
  timings: {
    main: {
      dueMs: minuteMs(5),
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: minuteMs(30) },
      ],
      windows: { hour: hourMs(1), day: hourMs(24), week: dayMs(7), month: dayMs(30), opening: minuteMs(2) },
      counts: { burst: 3, frequent: 5 },
    },
    alarm: {
      dueMs: 0,
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: minuteMs(10) },
      ],
      againMs: minuteMs(30),
    },
  },
  words: {
    'seen-before': 'In touch before, last {last}: {count} earlier today, {onRecord} more on record.',
    'second-unseen': 'Contact {count} in {minutes:minute|minutes}; nobody has been sent. Before: {said}.',
    'third-unseen': 'Contact {count} in {minutes:minute|minutes} and nobody has been seen. Before: {said}.',
    'worse-now': 'Contact {count} tells of danger that was not told before. Before: {said}. Nobody has been sent.',
    'after-attendance': 'Contact {count}, after the unit left. Before: {said}.',
  },
  react(event, room) {
    if (!bearsOnIt(event, room)) return [];
    const ids = event.type === 'IncidentsJoined' ? { incident: event.ids.into } : event.ids;
    const here = hereOf(room, ids);
    if (here === null || (keysHere(room, here, kinds).length === 0 && event.type !== 'ContactJoined')) return [];
    const picture = pictureOf(room, here, event.seq);
    if (picture === null) return [];
    // It has just spoken about the contact: the new incident has a moment to be given a unit.
    const waitMs = event.type === 'IncidentOpened' ? waitFor(room, here, picture) : 0;
    return responsesTo(room, here, picture, { seq: event.seq, speaksAt: event.recordedAt + waitMs });
  },
  isMet(duty, event, room) {
    if (event.type === 'UnitAssigned') return true;
    // The question goes on about the incident, where what is sent and decided can answer it.
    if (isTakenUp(duty, event)) return true;
    if (event.type === 'IncidentsJoined') return duty.about === `incident:${event.ids.incident}`;
    return event.type === 'AttendanceDecided' && !spokeBefore(room, duty).has(event.actor.id);
  },
};

/** Everybody who spoke to a caller of the duty's incident. */
function spokeBefore(room: Room, duty: Duty): ReadonlySet<string> {
  const incident = room.incidents.get(duty.incident ?? '');
  return incident === undefined ? new Set() : spokeToCaller(room, incident);
}
