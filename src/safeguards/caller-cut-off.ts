import type { Contact } from '../room/contact.ts';
import { contactOf } from '../room/contact.ts';
import type { Asked } from '../room/define.ts';
import type { Ask, Duty } from '../room/duty.ts';
import { dutiesAbout, openDuty } from '../room/duty.ts';
import type { Incident } from '../room/incident.ts';
import { spokeToCaller } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { Gate, RaiseDuty, Response, Safeguard } from '../room/safeguard.ts';
import { ask, countOf, why, windowMs } from '../room/safeguard.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { hasSecondPerson } from './authority.ts';
import { attemptsOn, calledOf, handsOf, passes, phonesOf } from './callback-doubts.ts';
import { cutOffIn, distressOf, historyOf, isClean, isCutOff, numbersOf } from './cut-off.ts';
import type { OnRecord } from './cut-off.ts';
import { isTakenUp } from './duties.ts';
import { tellsOfDanger } from './findings.ts';
import { handlerOf } from './owners.ts';
import { isSafeAndApart, wasSeenSafeSince } from './sightings.ts';
import { minuteMs } from './spans.ts';
import { quoted } from './words.ts';

const id = 'caller-cut-off';

/** Endings as a sentence says them. */
const saidOf: Readonly<Record<string, string>> = {
  'cut-off': 'cut off',
  abandoned: 'abandoned',
  silent: 'silent',
  'not-understood': 'not understood',
};

/** Why an emergency: what was heard or told, or what is on record of the number, place or person. */
function gravityOf(room: Room, contact: Contact, at: number): ({ readonly code: string } & OnRecord) | null {
  const distress = distressOf(contact);
  if (distress !== null) return { code: 'cut-off-distress', says: quoted(distress), seqs: [] };
  const history = historyOf(room, contact, at);
  return history === null ? null : { code: 'cut-off-history', says: quoted(history.says), seqs: history.seqs };
}

function incidentOf(room: Room, contact: Contact): Incident | null {
  return contact.incident === null ? null : (room.incidents.get(contact.incident) ?? null);
}

/** One duty per number: about the contact's incident, else where an open one for its number stands, else itself. */
function homeOf(room: Room, contact: Contact): `${string}:${string}` {
  if (contact.incident !== null) return `incident:${contact.incident}`;
  for (const key of numbersOf(contact))
    for (const one of (room.appearances.get(key) ?? []).slice(-20))
      for (const [kind, place] of [['incident', one.incident] as const, ['contact', one.contact] as const])
        if (place !== null && openDuty(room, id, `${kind}:${place}`) !== null) return `${kind}:${place}`;
  return `contact:${contact.id}`;
}

/** Gave up before anybody answered on a line that is not an emergency one, with nothing heard: not worth a prompt. */
function isQueueLoss(contact: Contact): boolean {
  return contact.handler === null && !['999', 'text', 'alarm', 'radio'].includes(contact.channel);
}

/** A fault of the flow or a storm of callers: calls without distress or marker join one callback list. */
function isListed(room: Room): boolean {
  return dutiesAbout(room, 'room').some(
    (duty) => duty.safeguard === 'contact-flow-abnormal' && duty.state === 'raised',
  );
}

function asksOf(room: Room, contact: Contact, isGrave: boolean): readonly Ask[] {
  const { incident } = contact;
  const send = incident === null ? ask('OpenIncident', { contact: contact.id }) : ask('AssignUnit', { incident });
  if (isGrave) return [send];
  const called = calledOf(room, { contact: contact.id });
  const mayRing = phonesOf(room, called, null).every((phone) =>
    ['own', 'unknown'].includes(handsOf(room, phone, called)),
  );
  return mayRing
    ? [ask('AttemptCallback', { contact: contact.id }), ask('DisposeContact', { contact: contact.id })]
    : [send];
}

/** What a cut-off contact calls for now; taken up by an incident, it speaks again only when it should be done. */
function found(
  room: Room,
  contact: Contact,
  on: { seq: number; at: number; isTakenUp?: boolean },
): readonly Response[] {
  const incident = incidentOf(room, contact);
  if (incident !== null && (incident.state === 'closed' || wasSeenSafeSince(incident, contact))) return [];
  const gravity = gravityOf(room, contact, on.at);
  const how = saidOf[contact.ending ?? 'silent'] ?? 'silent';
  const about = homeOf(room, contact);
  const isLate = on.isTakenUp === true && contact.endedAt !== null;
  const speaksAt = (contact.endedAt ?? on.at) + minuteMs(5);
  const duty = { kind: 'duty', about, owner: handlerOf(contact) } as const;
  const seqs = [contact.seq, on.seq];
  if (gravity === null) {
    if (isListed(room) || isQueueLoss(contact)) return [];
    const open = openDuty(room, id, about);
    if (open !== null && open.why.some((held) => held.seqs.includes(contact.seq))) return [];
    const times = (open?.count ?? 0) + 1;
    const reason = times === 1 ? why('cut-off', { how }, seqs) : why('cut-off-again', { how, times }, seqs);
    const later = isLate ? { speaksAt, timing: 'taken-up' } : {};
    return [{ ...duty, level: 'prompt', why: reason, asks: asksOf(room, contact, false), ...later }];
  }
  const reason = why(gravity.code, { how, says: gravity.says }, [...seqs, ...gravity.seqs]);
  const asks = asksOf(room, contact, true);
  const later = isLate ? { speaksAt, timing: 'taken-up-alarm' } : { timing: 'alarm' };
  const alarm: RaiseDuty = { ...duty, level: 'alarm', why: reason, asks, ...later };
  return incident === null
    ? [alarm]
    : [{ kind: 'floor', incident: incident.id, band: 'emergency', why: reason }, alarm];
}

/** Whether an event tells of a cut-off contact anything that was not known before it. */
function isNews(event: AnyEvent): boolean {
  if (event.type === 'ContactEnded' || event.type === 'ObservationRecorded') {
    return true;
  }
  if (event.type === 'RelayRecorded') {
    return event.body.observations.length > 0 || event.body.readings.some(isTelling);
  }
  if (event.type === 'StatementRecorded') {
    return event.body.readings.some(isTelling);
  }
  return false;
}

function isTelling(one: { readonly reads: string; readonly standing: string }): boolean {
  return (one.reads === 'danger' || one.reads === 'observation') && one.standing === 'told';
}

function react(event: AnyEvent, room: Room): readonly Response[] {
  const on = { seq: event.seq, at: event.at };
  if (
    event.type === 'ContactEnded' ||
    event.type === 'ObservationRecorded' ||
    event.type === 'RelayRecorded' ||
    event.type === 'StatementRecorded'
  ) {
    const contact = contactOf(room, event.ids.contact);
    return contact === null || !isNews(event) || !isCutOff(contact) ? [] : found(room, contact, on);
  }
  if (event.type === 'Mentioned') {
    const contact = contactOf(room, event.ids.contact);
    if (contact === null || !isCutOff(contact) || historyOf(room, contact, event.at) === null) return [];
    return found(room, contact, on);
  }
  if (event.type === 'CheckCompleted') {
    if (!event.body.findings.some(tellsOfDanger)) return [];
    return cutOffAt(room, event.ids).flatMap((contact) => found(room, contact, on));
  }
  if (event.type === 'IncidentOpened' || event.type === 'ContactJoined') {
    const contact = contactOf(room, event.ids.contact);
    return contact === null || !isCutOff(contact) ? [] : found(room, contact, { ...on, isTakenUp: true });
  }
  if (event.type === 'CallbackAttempted') {
    const contact = contactOf(room, event.ids.contact);
    return isBeingTried(room, contact, event.at) ? tried(room, contact, event.seq) : [];
  }
  if (event.type === 'IncidentsJoined') {
    return (room.incidents.get(event.ids.incident)?.contacts ?? [])
      .flatMap((one) => room.contacts.get(one) ?? [])
      .filter(isCutOff)
      .flatMap((contact) => found(room, contact, { ...on, isTakenUp: true }));
  }
  return [];
}

/** Rung back at once, nothing heard and nothing on record: nobody is asked while the tries and the decision go on. */
function isBeingTried(room: Room, contact: Contact | null, at: number): contact is Contact {
  if (contact === null || !isCutOff(contact) || contact.disposition !== null || contact.endedAt === null) return false;
  return gravityOf(room, contact, at) === null && isClean(room, contact, at) && !isReached(room, contact);
}

/** Whether the caller has already been spoken to, apart and openly. */
function isReached(room: Room, contact: Contact): boolean {
  return attemptsOn(room, calledOf(room, { contact: contact.id })).some(
    (one) => one.result === 'spoke-to-caller' && one.apart && one.questions === 'open',
  );
}

/** The duty of a call that is being rung back, silent until the tries should have ended. */
function tried(room: Room, contact: Contact, seq: number): readonly Response[] {
  const about = homeOf(room, contact);
  const incident = incidentOf(room, contact);
  if (openDuty(room, id, about) !== null || isListed(room)) return [];
  if (incident !== null && (incident.state === 'closed' || wasSeenSafeSince(incident, contact))) return [];
  return [
    {
      kind: 'duty',
      about,
      owner: handlerOf(contact),
      level: 'prompt',
      timing: 'tried',
      speaksAt: (contact.endedAt ?? 0) + windowMs(room, callerCutOff, 'tried'),
      why: why('cut-off', { how: saidOf[contact.ending ?? 'silent'] ?? 'silent' }, [contact.seq, seq]),
      asks: asksOf(room, contact, false),
    },
  ];
}

function cutOffAt(
  room: Room,
  ids: { readonly contact?: string | undefined; readonly incident?: string | undefined },
): readonly Contact[] {
  const contact = contactOf(room, ids.contact);
  if (contact !== null) return isCutOff(contact) ? [contact] : [];
  const incident = room.incidents.get(ids.incident ?? '');
  return incident === undefined ? [] : cutOffIn(room, incident);
}

/** Policy's tries over policy's time, each of them made. */
function hasTried(room: Room, contact: Contact): boolean {
  const tries = attemptsOn(room, calledOf(room, { contact: contact.id })).map((one) => one.at);
  if (tries.length < countOf(room, callerCutOff, 'tries')) return false;
  return Math.max(...tries) - Math.min(...tries) >= windowMs(room, callerCutOff, 'tries');
}

/** What is still missing before a decision may end the search for this caller. */
function missing(room: Room, contact: Contact, asked: Asked): readonly Gate[] {
  const gravity = gravityOf(room, contact, asked.now);
  const incident = incidentOf(room, contact);
  const gate = (code: string, asks: readonly Ask[], params = {}): Gate => ({
    safeguard: id,
    why: why(code, params, [contact.seq, ...(gravity?.seqs ?? [])]),
    asks,
  });
  if (gravity !== null) return [gate('needs-sighting', asksOf(room, contact, true), { says: gravity.says })];
  const gates: Gate[] = [];
  if (!isClean(room, contact, asked.now)) gates.push(gate('needs-checks', [ask('ReadCheck'), ask('RequestCheck')]));
  if (numbersOf(contact).length > 0 && !hasTried(room, contact)) {
    const tries = countOf(room, callerCutOff, 'tries');
    const span = windowMs(room, callerCutOff, 'tries') / 60_000;
    gates.push(gate('needs-tries', [ask('AttemptCallback', { contact: contact.id })], { tries, minutes: span }));
  }
  const takers = incident === null ? new Set([contact.handler]) : spokeToCaller(room, incident);
  const second = asked.approval?.second ?? asked.actor.id;
  if (takers.has(second) || (asked.approval !== null && !hasSecondPerson(room, asked, incident)))
    gates.push(gate('needs-another', [ask('Propose')]));
  return gates;
}

/** `caller-cut-off`: a live contact was silent, abandoned, cut off or not understood. */
export const callerCutOff: Safeguard = {
  id,
  needs: ['contacts'],
  on: [
    'ContactEnded',
    'ObservationRecorded',
    'RelayRecorded',
    'StatementRecorded',
    'Mentioned',
    'CheckCompleted',
    'IncidentOpened',
    'ContactJoined',
    'IncidentsJoined',
    'CallbackAttempted',
    'DisposeContact',
    'DecideAttendance',
    'LiftFloor',
  ],
  timings: {
    main: {
      // The automatic checks and a first call back have this minute before anybody is asked.
      speaksMs: minuteMs(1),
      dueMs: minuteMs(4),
      ladder: [{ to: 'supervisor', afterMs: minuteMs(10) }],
      windows: { tries: minuteMs(5), tried: minuteMs(7) },
      counts: { tries: 2 },
    },
    alarm: {
      speaksMs: 0,
      dueMs: minuteMs(5),
      ladder: [{ to: 'supervisor', afterMs: minuteMs(10) }],
      againMs: minuteMs(10),
    },
    /** The supervisor's rung stays where it would have been: fifteen minutes after the call. */
    tried: { dueMs: 0, ladder: [{ to: 'supervisor', afterMs: minuteMs(8) }] },
    'taken-up': { dueMs: 0, ladder: [{ to: 'supervisor', afterMs: minuteMs(10) }] },
    'taken-up-alarm': { dueMs: 0, ladder: [{ to: 'supervisor', afterMs: minuteMs(10) }], againMs: minuteMs(10) },
  },
  words: {
    'cut-off': 'A call was {how} and nothing was heard. Nobody has found the caller safe.',
    'cut-off-again':
      'A call was {how} and nothing was heard: call {times} from this number. Nobody has found the caller safe.',
    'cut-off-distress':
      'A call was {how}, with distress: {says:sound}. Nobody has seen the caller safe. Send; do not ring first.',
    'cut-off-history': 'A call was {how}. On record: {says}. Nobody has seen the caller safe. Send; do not ring first.',
    'needs-sighting':
      'A call broke off ({says:sound}). Only an officer who has seen the caller safe, apart from others, ends this.',
    'needs-checks':
      'Number, place and person of this cut-off call are not all checked, or what was found is unread or not clean.',
    'needs-tries':
      'A silent caller is given up only after {tries:try|tries} to ring back over {minutes:minute|minutes}.',
    'needs-another': 'Giving up on a cut-off caller is decided by somebody who did not take the call.',
  },
  react,
  gate(asked, room) {
    if (asked.type === 'DisposeContact') {
      const contact = contactOf(room, asked.data.contact);
      if (contact === null || openDuty(room, id, homeOf(room, contact)) === null) return [];
      return isCutOff(contact) ? missing(room, contact, asked) : [];
    }
    if (asked.type === 'DecideAttendance') {
      return asked.data.send ? [] : asked.data.incidents.flatMap((one) => missingOn(room, one, asked));
    }
    if (asked.type === 'LiftFloor') {
      return asked.data.safeguard === id ? missingOn(room, asked.data.incident, asked) : [];
    }
    return [];
  },
  isMet,
};

function missingOn(room: Room, wanted: string, asked: Asked): readonly Gate[] {
  const incident = room.incidents.get(wanted);
  if (incident === undefined || openDuty(room, id, `incident:${wanted}`) === null) return [];
  const all = cutOffIn(room, incident).flatMap((contact) => missing(room, contact, asked));
  return all.filter((gate, at) => all.findIndex((other) => other.why.code === gate.why.code) === at);
}

function isMet(duty: Duty, event: AnyEvent, room: Room): boolean {
  const incident = room.incidents.get(duty.incident ?? '') ?? null;
  // The same call goes on about the incident: see `react`.
  if (isTakenUp(duty, event)) return true;
  if (event.type === 'IncidentsJoined') {
    return duty.incident === event.ids.incident;
  }
  if (event.type === 'ResultRecorded') {
    return event.body.seen.some((one) => isSafeAndApart(one) && one.identified !== 'not-identified');
  }
  if (event.type === 'CallbackAttempted') {
    // Not met, but silent while it is being done: `react` puts another in its place.
    const contact = contactOf(room, event.ids.contact);
    return duty.state === 'armed' && duty.level === 'prompt' && isBeingTried(room, contact, event.at);
  }
  if (event.type === 'CallbackRecorded') {
    return isOfCutOff(room, event.ids.contact) && passes(room, event);
  }
  if (event.type === 'StatementRecorded') {
    return duty.level === 'prompt' && isSpeaking(room, event.ids.contact);
  }
  if (event.type === 'ContactDisposed') {
    return (
      isOfCutOff(room, event.ids.contact) &&
      (duty.level === 'prompt' || event.actor.id !== contactOf(room, event.ids.contact)?.handler)
    );
  }
  if (event.type === 'AttendanceDecided') {
    return !event.body.send;
  }
  if (event.type === 'FloorLifted') {
    return event.body.safeguard === id;
  }
  if (event.type === 'IncidentClosed') {
    return incident === null || !spokeToCaller(room, incident).has(event.actor.id);
  }
  return false;
}

/** About a call that was cut off, or not about one call. */
function isOfCutOff(room: Room, wanted: string | undefined): boolean {
  const contact = contactOf(room, wanted);
  return contact === null || isCutOff(contact);
}

/** The line is still open and the caller has begun to speak. */
function isSpeaking(room: Room, wanted: string): boolean {
  const contact = contactOf(room, wanted);
  return contact !== null && contact.state === 'answered' && !isCutOff(contact);
}
