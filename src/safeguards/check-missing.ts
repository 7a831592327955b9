import type { Check, Finding } from '../room/check.ts';
import { checksOf, isSettled, toldBefore } from '../room/check.ts';
import type { Duty } from '../room/duty.ts';
import type { Incident } from '../room/incident.ts';
import { openIncident } from '../room/incident.ts';
import { ownHistory } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import type { Gate, RaiseDuty, Response, Safeguard } from '../room/safeguard.ts';
import { ask, timingOf, why } from '../room/safeguard.ts';
import { appearancesOf } from '../room/subject.ts';
import type { AnyEvent, EventBy } from '../room/vocabulary.ts';
import { automaticChecks } from './automatic-checks.ts';
import { isAnswer, latestChecks } from './checks.ts';
import { idOf, isTakenUp } from './duties.ts';
import { isOfPublicPlace } from './findings.ts';
import { isEmergency } from './grades.ts';
import { loweredBy, loweringCommands } from './lowered.ts';
import { goingOn } from './matches.ts';
import { handlerOf, takerOf } from './owners.ts';
import { minuteMs } from './spans.ts';
import { listed, quoted, subjectWords } from './words.ts';

/** Commands that one refusal asks for, at most. */
const asksMax = 20;

/** What is in force at a place is for whoever goes there, however many people do. */
const inForce: readonly Finding['kind'][] = ['marker', 'order'];

type Place = { readonly id: string; readonly contacts: readonly string[] };

/** Found something more than weak that nobody has read; weak matches are listed, never asked. */
function isUnread(room: Room, check: Check): boolean {
  return check.state === 'found' && check.readBy === null && hitsOf(room, check).length > 0;
}

/** What is to be read of a check: its findings, less weak ones and the very matter that it was asked in. */
function hitsOf(room: Room, check: Check): readonly Finding[] {
  return check.findings.filter((one) => one.strength !== 'weak' && !isOwnMatter(room, check, one));
}

/** Found something that nobody has read and somebody is asked to: not what was once at a busy public place. */
function isAskedAbout(room: Room, check: Check): boolean {
  if (!isUnread(room, check)) return false;
  const places = [check.contact, check.incident].filter((one) => one !== null);
  const present = new Set(places.flatMap((one) => (room.mentions.get(one) ?? []).map(({ subject }) => subject)));
  return hitsOf(room, check).some((one) => inForce.includes(one.kind) || !isOfPublicPlace(room, one, present));
}

/** Whether somebody is asked already to read all that it found: a question that was asked again doubles no prompt. */
function isRepeated(room: Room, check: Check): boolean {
  return toldBefore(room, check).some((one) => isAskedAbout(room, one));
}

/** A caller joined to an incident is found in it: that is no history. */
function isOwnMatter(room: Room, check: Check, found: Finding): boolean {
  const own = goingOn(room, room.contacts.get(check.contact ?? '')?.incident ?? check.incident);
  return own !== null && goingOn(room, found.id)?.id === own.id;
}

/** Whether it came back, and nothing in it but the matter itself waits to be read. */
function isDone(room: Room, check: Check): boolean {
  const isFound = check.state === 'found' && check.findings.length > 0;
  return isSettled(check) || (isFound && check.findings.every((one) => isOwnMatter(room, check, one)));
}

/** Failed or unanswered, by its own fault: while its whole source is down, `source-down` speaks for all of them. */
function isUnanswered(room: Room, check: Check): boolean {
  return !isAnswer(check.state) && room.sources.get(check.source)?.state !== 'down';
}

/** The prompt that a check of this incident has not come back; armed until its time is up. */
function unanswered(room: Room, incident: Incident, check: Check, seq: number): RaiseDuty {
  return {
    kind: 'duty',
    about: `incident:${incident.id}`,
    key: 'unanswered',
    owner: takerOf(room, incident),
    level: 'prompt',
    timing: 'unanswered',
    speaksAt: check.requestedAt + (timingOf(room, checkMissing, 'unanswered').speaksMs ?? 0),
    why: why(`check-${check.state}`, { source: check.source, of: subjectWords(room, check.subject, incident) }, [seq]),
    asks: [ask('RequestCheck', { source: check.source, subject: check.subject, incident: incident.id })],
  };
}

/** The prompt to read what was found, to whoever took the matter. */
function unread(room: Room, check: Check, seq: number): RaiseDuty {
  const contact = room.contacts.get(check.contact ?? '') ?? null;
  const incident = room.incidents.get(check.incident ?? contact?.incident ?? '');
  const hits = hitsOf(room, check);
  const params = {
    source: check.source,
    of: subjectWords(
      room,
      check.subject,
      incident ?? (contact === null ? undefined : { id: contact.id, contacts: [] }),
    ),
    count: hits.length,
    first: quoted(hits[0]?.says ?? ''),
  };
  return {
    kind: 'duty',
    about: contact === null ? `incident:${incident?.id ?? ''}` : `contact:${contact.id}`,
    key: 'unread',
    owner: contact === null && incident !== undefined ? takerOf(room, incident) : handlerOf(contact),
    level: 'prompt',
    speaksAt: (check.completedAt ?? room.now) + (timingOf(room, checkMissing).speaksMs ?? 0),
    why: why('check-unread', params, [seq]),
    asks: [ask('ReadCheck', { check: check.id })],
  };
}

/** What waits in an incident: one prompt for checks without an answer, one for what nobody has read. */
function waiting(room: Room, incident: Incident, seq: number): readonly RaiseDuty[] {
  if (isEmergency(room, incident)) return [];
  const checks = checksOf(room, incident);
  const unansweredOnes = latestChecks(checks).filter((check) => isUnanswered(room, check));
  const raised = checks
    .filter((check) => isAskedAbout(room, check))
    .map((check) => unread(room, check, check.completedSeq ?? seq));
  const first = unansweredOnes[0];
  return first === undefined ? raised : [unanswered(room, incident, first, first.seq), ...raised];
}

function onResult(room: Room, event: EventBy<'CheckCompleted'>): readonly RaiseDuty[] {
  const check = room.checks.get(event.ids.check);
  if (check === undefined) return [];
  const contact = room.contacts.get(check.contact ?? '');
  const place = check.incident ?? contact?.incident ?? undefined;
  const incident = openIncident(room, place);
  if (incident !== null && isEmergency(room, incident)) return [];
  if (incident === null && (place !== undefined || contact === undefined || contact.disposition !== null)) return [];
  if (isAskedAbout(room, check)) return isRepeated(room, check) ? [] : [unread(room, check, event.seq)];
  return incident !== null && isUnanswered(room, check) ? [unanswered(room, incident, check, event.seq)] : [];
}

function reacted(event: AnyEvent, room: Room): readonly Response[] {
  if (event.type === 'Mentioned' || event.type === 'SubjectRecorded') return automaticChecks(room, event);
  if (event.type === 'CheckCompleted') return onResult(room, event);
  const joined = event.type === 'IncidentsJoined' ? event.ids.into : event.ids['incident'];
  const incident = openIncident(room, joined ?? room.contacts.get(event.ids['contact'] ?? '')?.incident ?? '');
  if (incident === null) return [];
  if (event.type !== 'CheckRequested') return waiting(room, incident, event.seq);
  const check = room.checks.get(event.ids.check);
  const isQuiet = check === undefined || isEmergency(room, incident) || !isUnanswered(room, check);
  return isQuiet ? [] : [unanswered(room, incident, check, event.seq)];
}

/** Why an incident gets no less: what no check has answered, failed and unread each apart, its subjects in one line. */
function gates(room: Room, incident: Incident): readonly Gate[] {
  const checks = checksOf(room, incident);
  const latest = new Set(latestChecks(checks));
  const unsettled = checks.filter((check) => !isDone(room, check) && (check.state === 'found' || latest.has(check)));
  const checked = new Set(checks.map((check) => check.subject));
  const never = new Set(
    appearancesOf(room, incident)
      .map((one) => one.subject)
      .filter((subject) => !checked.has(subject)),
  );
  const held = unsettledGates(room, unsettled, incident);
  if (never.size === 0) return held;
  const of = listed([...never].map((subject) => subjectWords(room, subject, incident)));
  const asks = [...never].map((subject) => ask('RequestCheck', { source: ownHistory, subject, incident: incident.id }));
  return [...held, { safeguard: checkMissing.id, why: why('never-checked', { of }), asks: asks.slice(0, asksMax) }];
}

/** One gate for each source and way of not being settled. */
function unsettledGates(room: Room, checks: readonly Check[], place: Place): readonly Gate[] {
  const groups = new Map<string, Check[]>();
  for (const check of checks) {
    const key = `${check.state} ${check.source}`;
    groups.set(key, [...(groups.get(key) ?? []), check]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [unsettledGate(room, [first, ...group.slice(1)], place)];
  });
}

function unsettledGate(room: Room, group: readonly [Check, ...Check[]], place: Place): Gate {
  const [{ source, state }] = group;
  const of = listed(group.map((check) => subjectWords(room, check.subject, place)));
  if (state !== 'found') {
    const asks = group.map((check) => ask('RequestCheck', { source, subject: check.subject }));
    const reason = why(
      `check-${state}`,
      { source, of },
      group.map((check) => check.seq),
    );
    return { safeguard: checkMissing.id, why: reason, asks: asks.slice(0, asksMax) };
  }
  const found = new Map(group.flatMap((check) => check.findings.map((one) => [one.id, one.says])));
  const [first = ''] = found.values();
  const reason = why(
    'check-unread',
    { source, of, count: found.size, first: quoted(first) },
    group.map((check) => check.completedSeq ?? check.seq),
  );
  const asks = group.map((check) => ask('ReadCheck', { check: check.id }));
  return { safeguard: checkMissing.id, why: reason, asks: asks.slice(0, asksMax) };
}

/** `check-missing`: an identifier has no check that is done and read. It also starts the check of own history. */
export const checkMissing: Safeguard = {
  id: 'check-missing',
  needs: ['identifiers', 'history'],
  on: [
    'Mentioned',
    'SubjectRecorded',
    'CheckRequested',
    'CheckCompleted',
    'IncidentOpened',
    'ContactJoined',
    'IncidentsJoined',
    'IncidentReopened',
    'GradeSet',
    'FloorLifted',
    ...loweringCommands,
    'DisposeContact',
  ],
  timings: {
    main: {
      speaksMs: minuteMs(1),
      dueMs: minuteMs(5),
      ladder: [{ to: 'supervisor', afterMs: minuteMs(5) }],
    },
    unanswered: {
      speaksMs: minuteMs(5),
      dueMs: minuteMs(5),
      ladder: [{ to: 'supervisor', afterMs: minuteMs(5) }],
    },
  },
  words: {
    'check-not-run': 'The check of {source:source} on {of} has not come back. That says nothing about anybody.',
    'check-failed': 'The check of {source:source} on {of} failed. That says nothing about anybody.',
    'check-timed-out': 'The check of {source:source} on {of} was asked and timed out. That says nothing about anybody.',
    'check-unavailable': 'The check of {source:source} on {of} could not be made. That says nothing about anybody.',
    'check-unread': 'Found in {source:source} on {of} and not yet read: {count:record|records}. First: “{first}”.',
    'never-checked': 'Not checked at all: {of}.',
  },
  react(event, room) {
    return reacted(event, room);
  },
  gate(asked, room) {
    if (asked.type !== 'DisposeContact') return loweredBy(asked, room).flatMap((incident) => gates(room, incident));
    // A contact without an incident is only held back by hits; its checks may still be on their way.
    const { contact } = asked.data;
    const unread = checksAbout(room, `contact:${contact}`).filter((check) => isUnread(room, check));
    return unsettledGates(room, unread, { id: contact, contacts: [] });
  },
  isMet(duty, event, room) {
    const incident = room.incidents.get(duty.incident ?? '');
    // A prompt that has not spoken is not needed once the grade is an emergency: sending is never held up.
    if (event.type === 'GradeSet' || event.type === 'FloorSet')
      return incident !== undefined && duty.state === 'armed' && isEmergency(room, incident);
    // What a handler was asked to read of the contact is not asked again because it came to an incident.
    if (isTakenUp(duty, event)) return duty.key !== 'unread' || duty.state === 'armed';
    if (event.type === 'IncidentsJoined') return event.ids.incident === duty.incident;
    if (event.type === 'CheckCompleted') return duty.key === 'unanswered' && isAnswered(room, duty, incident);
    return (
      event.type === 'CheckRead' &&
      duty.key === 'unread' &&
      !checksAbout(room, duty.about).some((check) => isUnread(room, check))
    );
  },
};

function checksAbout(room: Room, about: string): readonly Check[] {
  return (room.checksOn.get(idOf(about)) ?? []).map((one) => room.checks.get(one)).filter((one) => one !== undefined);
}

/** Every check came back; one that has not spoken also leaves what is down to `source-down`. */
function isAnswered(room: Room, duty: Duty, incident: Incident | undefined): boolean {
  if (incident === undefined) return false;
  const latest = latestChecks(checksOf(room, incident));
  if (duty.state === 'armed') return !latest.some((check) => isUnanswered(room, check));
  return latest.every((check) => isAnswer(check.state));
}
