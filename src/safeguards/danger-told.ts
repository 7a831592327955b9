import type { Contact } from '../room/contact.ts';
import { contactOf } from '../room/contact.ts';
import type { Danger } from '../room/danger.ts';
import { dangersHeard, dangersOf, likeDanger, likenessesIn, likenessesOf } from '../room/danger.ts';
import type { Reading } from '../room/define.ts';
import type { Duty } from '../room/duty.ts';
import { openDuty } from '../room/duty.ts';
import { effectiveGrade } from '../room/grade.ts';
import type { Incident } from '../room/incident.ts';
import { spokeToCaller } from '../room/incident.ts';
import type { Band } from '../room/policy.ts';
import { gradeOfBand, gradeRank } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import type { Gate, Response, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import type { AnyAsked, AnyEvent, EventBy } from '../room/vocabulary.ts';
import { hasSecondPerson } from './authority.ts';
import { liveDangers } from './dangers.ts';
import { isTakenUp } from './duties.ts';
import { handlerOf, takerOf } from './owners.ts';
import { wasSeenSafe } from './sightings.ts';
import { minuteMs } from './spans.ts';
import { isText, textEvents } from './texts.ts';
import type { TextEvent } from './texts.ts';
import { quoted } from './words.ts';

const id = 'danger-told';

/** The floor of a danger once it is confirmed: life-threat terms are emergencies, the others as policy says. */
function floorOf(room: Room, danger: { readonly kind: string; readonly lifeThreat: boolean }): Band {
  return danger.lifeThreat ? 'emergency' : (room.policy.dangerFloors[danger.kind] ?? 'priority');
}

/** Whether what counts now is below that band; an incident without a grade is below every band. */
function isBelow(room: Room, incident: Incident, band: Band): boolean {
  const wanted = gradeOfBand(room.policy, band);
  const now = effectiveGrade(room, incident);
  return wanted !== null && (now === null || gradeRank(room.policy, now.id) > gradeRank(room.policy, wanted.id));
}

function gravest(room: Room, dangers: readonly Danger[]): Danger | undefined {
  return dangers.find((one) => floorOf(room, one) === 'emergency') ?? dangers[0];
}

/** Danger told in an incident: life-threat terms act at once, any other is put to the handler where it would raise. */
function inIncident(room: Room, incident: Incident, dangers: readonly Danger[]): readonly Response[] {
  const threat = dangers.find((one) => one.lifeThreat);
  if (threat !== undefined) {
    const reason = why('life-threat', paramsOf(threat, 'emergency'), [threat.seq]);
    const floor: Response = { kind: 'floor', incident: incident.id, band: 'emergency', why: reason };
    return incident.state === 'open' ? [floor] : [floor, onClosed(room, incident, threat)];
  }
  const danger = gravest(
    room,
    dangers.filter((one) => one.confirmed === null && isBelow(room, incident, floorOf(room, one))),
  );
  if (danger === undefined) return [];
  if (incident.state === 'closed') return [onClosed(room, incident, danger)];
  return [
    {
      kind: 'duty',
      about: `incident:${incident.id}`,
      owner: takerOf(room, incident),
      level: 'prompt',
      timing: timingIn(room, incident, danger),
      why: why('told', paramsOf(danger, floorOf(room, danger)), [danger.seq]),
      asks: [
        ask('ConfirmDanger', { incident: incident.id, dangers: danger.kind }),
        ask('DismissDanger', { incident: incident.id, dangers: danger.kind }),
      ],
    },
  ];
}

/** What was told waits for whoever is about to grade; what only reads like danger waits for an answer longer. */
function timingIn(room: Room, incident: Incident, { kind }: Danger): string {
  if (kind === likeDanger) return 'alike';
  return effectiveGrade(room, incident) === null ? 'grading' : 'main';
}

function timingUnopened({ kind, lifeThreat }: Danger): string {
  if (lifeThreat) return 'threat-unopened';
  return kind === likeDanger ? 'alike' : 'unopened';
}

/** Somebody told of danger in a matter that was over. */
function onClosed(room: Room, incident: Incident, danger: Danger): Response {
  return {
    kind: 'duty',
    about: `incident:${incident.id}`,
    owner: takerOf(room, incident),
    level: danger.lifeThreat ? 'alarm' : 'prompt',
    timing: danger.lifeThreat ? 'threat' : 'main',
    why: why('told-after-closing', paramsOf(danger, floorOf(room, danger)), [danger.seq]),
    asks: [ask('ReopenIncident', { incident: incident.id })],
  };
}

function paramsOf(danger: Danger, band: Band): Readonly<Record<string, string>> {
  return { kind: danger.kind, means: danger.means, quote: quoted(danger.quote), band };
}

/** Danger told in a contact that has no incident yet; it cannot hold a floor, so somebody must open one. */
function inContact(room: Room, wanted: string, on: { dangers: readonly Danger[]; seq: number }): readonly Response[] {
  const contact = contactOf(room, wanted);
  const danger = on.dangers.find((one) => one.lifeThreat) ?? gravest(room, on.dangers);
  if (contact === null || danger === undefined || contact.disposition !== null) return [];
  // The alarm for a cut-off caller asks for the same incident.
  if (openDuty(room, 'caller-cut-off', `contact:${contact.id}`)?.level === 'alarm') return [];
  const params = paramsOf(danger, floorOf(room, danger));
  const isOver = contact.state === 'ended';
  return [
    {
      kind: 'duty',
      about: `contact:${contact.id}`,
      owner: handlerOf(contact),
      level: danger.lifeThreat ? 'alarm' : 'prompt',
      timing: timingUnopened(danger),
      ...(isOver ? { speaksAt: 0 } : {}),
      why: why(isOver ? 'told-and-ended' : 'told-unopened', params, [danger.seq, on.seq]),
      asks: [
        ask('OpenIncident', { contact: contact.id }),
        ...(danger.lifeThreat ? [] : [ask('DisposeContact', { contact: contact.id })]),
      ],
    },
  ];
}

/** Danger that is denied, past or resolved is context. */
function noted(about: `${string}:${string}`, readings: readonly Reading[], seq: number): readonly Response[] {
  const one = readings.find((found) => found.reads === 'danger' && found.standing !== 'told');
  if (one === undefined) return [];
  const params = { means: one.means, quote: quoted(one.quote), standing: one.standing };
  return [{ kind: 'note', about, why: why('not-told', params, [seq]) }];
}

function aboutOf(incident: string | undefined, contact: string | undefined): `${string}:${string}` | null {
  if (incident !== undefined) return `incident:${incident}`;
  return contact === undefined ? null : `contact:${contact}`;
}

function onText(event: TextEvent, room: Room): readonly Response[] {
  const { readings } = event.body;
  if (readings.length === 0 || (event.type === 'EntryAdded' && event.body.source === 'system')) return [];
  const contact = event.ids['contact'];
  const incident = room.incidents.get(event.ids['incident'] ?? contactOf(room, contact)?.incident ?? '');
  const told = dangersOf(readings, event.seq, event.at);
  const dangers = told.length > 0 ? told : likenessesOf(readings, event.seq, event.at);
  const about = aboutOf(incident?.id, contact);
  const notes = told.length > 0 || about === null ? [] : noted(about, readings, event.seq);
  if (dangers.length === 0) return notes;
  if (incident === undefined)
    return contact === undefined ? [] : [...notes, ...inContact(room, contact, { dangers, seq: event.seq })];
  // Whoever writes on a finished incident after the event tells history; whoever rings about it tells news.
  return incident.state === 'closed' && contact === undefined ? [] : [...notes, ...inIncident(room, incident, dangers)];
}

/** A scream, a struggle or a cry for help behind whoever speaks is danger as much as words are. */
function onSound(event: EventBy<'ObservationRecorded'>, room: Room): readonly Response[] {
  const dangers = dangersHeard(event.body.observations, event.seq, event.at);
  if (dangers.length === 0) return [];
  const incident = room.incidents.get(event.ids.incident ?? '');
  if (incident === undefined) return inContact(room, event.ids.contact, { dangers, seq: event.seq });
  return inIncident(room, incident, dangers);
}

/** The dangers of a contact or, where none was told, what it said that reads like one. */
function saidIn({ dangers, readings, presentedAt }: Contact): readonly Danger[] {
  return dangers.length > 0 ? dangers : readings.flatMap((one) => likenessesOf([one], one.seq, presentedAt));
}

/** The dangers of an incident that are not dismissed or, where none was ever told, what reads like one. */
function toldOrAlike(room: Room, incident: Incident): readonly Danger[] {
  return incident.dangers.length > 0 ? liveDangers(incident) : likenessesIn(room, incident);
}

/** What people confirmed counts at once, by policy. */
function confirmed(event: EventBy<'DangerConfirmed'>, room: Room): readonly Response[] {
  const incident = room.incidents.get(event.ids.incident);
  if (incident === undefined) return [];
  const told = event.body.dangers.map(
    (kind) =>
      incident.dangers.find((one) => one.kind === kind) ?? { kind, means: kind, quote: kind, lifeThreat: false },
  );
  const danger = told.find((one) => floorOf(room, one) === 'emergency') ?? told[0];
  if (danger === undefined) return [];
  const params = { kind: danger.kind, means: danger.means, quote: quoted(danger.quote), band: floorOf(room, danger) };
  return [{ kind: 'floor', incident: incident.id, band: params.band, why: why('confirmed', params, [event.seq]) }];
}

/** What stands in an incident goes with it into another; what was lifted there does not come back. */
function carried(room: Room, from: Incident, into: Incident): readonly Response[] {
  const floor = from.floors.find((one) => one.safeguard === id);
  if (floor !== undefined) return [{ kind: 'floor', incident: into.id, band: floor.band, why: floor.why }];
  return inIncident(
    room,
    into,
    toldOrAlike(room, from).filter((one) => !one.lifeThreat && one.confirmed === null),
  );
}

function react(event: AnyEvent, room: Room): readonly Response[] {
  if (isText(event)) {
    return onText(event, room);
  }
  if (event.type === 'ObservationRecorded') return onSound(event, room);
  if (event.type === 'IncidentOpened') {
    const incident = room.incidents.get(event.ids.incident);
    return incident === undefined ? [] : inIncident(room, incident, toldOrAlike(room, incident));
  }
  if (event.type === 'ContactJoined') {
    const incident = room.incidents.get(event.ids.incident);
    const contact = contactOf(room, event.ids.contact);
    return incident === undefined || contact === null ? [] : inIncident(room, incident, saidIn(contact));
  }
  if (event.type === 'IncidentsJoined') {
    const from = room.incidents.get(event.ids.incident);
    const into = room.incidents.get(event.ids.into);
    return from === undefined || into === undefined ? [] : carried(room, from, into);
  }
  if (event.type === 'ContactEnded') {
    const contact = contactOf(room, event.ids.contact);
    if (contact === null || contact.incident !== null) return [];
    return inContact(room, contact.id, { dangers: saidIn(contact), seq: event.seq });
  }
  if (event.type === 'GradeSet') {
    // Graded below what was told, and nobody has said whether it is so.
    const incident = room.incidents.get(event.ids.incident);
    if (incident === undefined || incident.state === 'closed') return [];
    const open = toldOrAlike(room, incident).filter((one) => !one.lifeThreat && one.confirmed === null);
    return open.length === 0 ? [] : inIncident(room, incident, open);
  }
  if (event.type === 'DangerConfirmed') {
    return confirmed(event, room);
  }
  return [];
}

/** `danger-told`: danger is told, in the verbatim first words or in any entry. */
export const dangerTold: Safeguard = {
  id,
  needs: ['text'],
  on: [
    'ObservationRecorded',
    ...textEvents,
    'IncidentOpened',
    'ContactJoined',
    'IncidentsJoined',
    'ContactEnded',
    'GradeSet',
    'DangerConfirmed',
    'DismissDanger',
  ],
  timings: {
    main: { speaksMs: 0, dueMs: minuteMs(2), ladder: [{ to: 'supervisor', afterMs: minuteMs(3) }] },
    /** A handler who is about to grade is not interrupted. */
    grading: { speaksMs: minuteMs(1), dueMs: minuteMs(2), ladder: [{ to: 'supervisor', afterMs: minuteMs(3) }] },
    /** What reads like danger is a question, and oftener answered no: it leaves time to ask the caller. */
    alike: { speaksMs: minuteMs(1), dueMs: minuteMs(4), ladder: [{ to: 'supervisor', afterMs: minuteMs(5) }] },
    unopened: { speaksMs: minuteMs(2), dueMs: 0, ladder: [{ to: 'supervisor', afterMs: minuteMs(3) }] },
    threat: { speaksMs: 0, dueMs: 0, ladder: [{ to: 'supervisor', afterMs: 0 }], againMs: minuteMs(10) },
    'threat-unopened': {
      speaksMs: minuteMs(1),
      dueMs: 0,
      ladder: [{ to: 'supervisor', afterMs: 0 }],
      againMs: minuteMs(10),
    },
  },
  words: {
    'life-threat': 'Told: "{quote}" ({means}). This is an emergency until a named person decides otherwise.',
    'dismissed-alone':
      'Told: "{quote}" ({means}). To say that it is none needs a second person who did not speak to the caller.',
    told: 'Told: "{quote}" ({means}). Is it so? Confirmed, the grade is at least {band}.',
    confirmed:
      'Confirmed: {means:plain} ("{quote}"). The grade is at least {band} until a named person decides otherwise.',
    'told-after-closing': 'Told after this was closed: "{quote}" ({means}). Open it again.',
    'told-unopened': 'Told: "{quote}" ({means}). There is no incident yet, and nobody can be sent.',
    'told-and-ended':
      'The contact has ended. Told in it: "{quote}" ({means}). There is no incident, and nobody can be sent.',
    'not-told': 'Mentioned, but {standing:standing}: "{quote}" ({means}).',
  },
  react,
  gate,
  isMet,
};

/** A threat to life, or what somebody confirmed, is not one person's to dismiss. */
function gate(asked: AnyAsked, room: Room): readonly Gate[] {
  if (asked.type !== 'DismissDanger') return [];
  const incident = room.incidents.get(asked.data.incident) ?? null;
  const grave = incident?.dangers.find(
    (one) => asked.data.dangers.includes(one.kind) && (one.lifeThreat || one.confirmed === true),
  );
  if (grave === undefined || hasSecondPerson(room, asked, incident)) return [];
  const reason = why('dismissed-alone', paramsOf(grave, 'emergency'), [grave.seq]);
  return [{ safeguard: id, why: reason, asks: [ask('Propose', { command: 'DismissDanger' })] }];
}

function isMet(duty: Duty, event: AnyEvent, room: Room): boolean {
  const incident = room.incidents.get(duty.incident ?? '');
  if (isTakenUp(duty, event)) return true;
  if (event.type === 'ContactDisposed') {
    return isDecidedContact(duty, event, room);
  }
  if (event.type === 'IncidentsJoined') {
    return duty.incident === event.ids.incident;
  }
  if (event.type === 'IncidentReopened') {
    return duty.why.some((held) => held.code === 'told-after-closing') && openDuty(room, id, duty.about) !== null;
  }
  if (event.type === 'DangerConfirmed' || event.type === 'DangerDismissed') {
    return duty.why.every((held) => event.body.dangers.includes(String(held.params['kind'])));
  }
  if (event.type === 'ResultRecorded' || event.type === 'SightingRecorded') {
    // Whoever was seen safe and apart has been asked what no handler can ask.
    return incident !== undefined && duty.level === 'prompt' && wasSeenSafe(incident);
  }
  if (event.type === 'FloorLifted') {
    return event.body.safeguard === id;
  }
  if (event.type === 'GradeSet' || event.type === 'FloorSet') {
    return (
      incident !== undefined &&
      incident.state === 'open' &&
      duty.why.every((held) => !isBelow(room, incident, held.params['band'] === 'emergency' ? 'emergency' : 'priority'))
    );
  }
  if (event.type === 'IncidentClosed') {
    return incident !== undefined && !spokeToCaller(room, incident).has(event.actor.id);
  }
  return false;
}

/** Given up by somebody other than its handler; by its handler only as abuse, and never where a life was threatened. */
function isDecidedContact(duty: Duty, event: EventBy<'ContactDisposed'>, room: Room): boolean {
  const contact = contactOf(room, event.ids.contact);
  if (contact === null || event.actor.id !== contact.handler) return true;
  return event.body.disposition === 'abuse-only' && duty.level === 'prompt';
}
