import { liveDeployments } from '../room/deployment.ts';
import type { Duty, Owner } from '../room/duty.ts';
import type { Incident } from '../room/incident.ts';
import { openIncident } from '../room/incident.ts';
import type { Marker } from '../room/marker.ts';
import { effectsOf, markersOn } from '../room/marker.ts';
import type { Band, MarkerEffect } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import type { AddNote, Gate, RaiseDuty, Response, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import { appearancesOf, isParticular } from '../room/subject.ts';
import { isSingleCrewed } from '../room/unit.ts';
import type { AnyAsked, AnyEvent, EventBy } from '../room/vocabulary.ts';
import { hasSecondPerson } from './authority.ts';
import { actingMarkers, isOnlooker, markersWith, markerTitle } from './markers.ts';
import { openIncidentOf } from './matches.ts';
import { actorOr, dispatcher, isSupervising, supervisor, takerOf } from './owners.ts';
import { wasSeenSafe } from './sightings.ts';
import { minuteMs } from './spans.ts';
import { quoted, subjectWords } from './words.ts';

const effectWords: Readonly<Record<MarkerEffect, string>> = {
  'floor-emergency': 'emergency at least',
  'floor-priority': 'priority at least',
  'sighting-needed': 'must be seen',
  'no-voicemail': 'no voicemail or text',
  'supervisor-told': 'supervisor to be told',
  'two-officers': 'two officers',
  'weapons-warning': 'weapons',
  'violence-warning': 'violence',
  'domestic-history': 'domestic abuse history',
  'acknowledge-by-name': 'to be acknowledged by name',
};

function named(room: Room, marker: Marker): { title: string; on: string } {
  return { title: markerTitle(room, marker), on: subjectWords(room, marker.subject) };
}

function shown(room: Room, about: AddNote['about'], marker: Marker): AddNote {
  const effects = effectsOf(room, marker).map((effect) => effectWords[effect]);
  const params = {
    ...named(room, marker),
    effects: effects.length === 0 ? 'none' : effects.join(', '),
    reason: quoted(marker.reason),
    state: marker.state === 'unreviewed' ? 'expired, unreviewed' : 'in force',
  };
  return { kind: 'note', about, why: why('marker-shown', params, [marker.seq]) };
}

/** Who is asked to acknowledge: the taker at creation, the sender at sending, a supervisor where the effect says so. */
interface Telling {
  readonly whom: 'taker' | 'sender' | 'supervisor';
  readonly owner: Owner;
}

function told(room: Room, incident: Incident, marker: Marker, { whom, owner }: Telling): RaiseDuty {
  return {
    kind: 'duty',
    about: `incident:${incident.id}`,
    key: `${whom}:${marker.id}`,
    owner,
    level: 'prompt',
    timing: whom === 'supervisor' ? 'supervisor' : 'main',
    why: why(`acknowledge-${whom}`, named(room, marker), [marker.seq]),
    asks: [ask('AcknowledgeMarker', { marker: marker.id, incident: incident.id })],
  };
}

function isAcknowledged(marker: Marker, incident: Incident, by: (staff: string) => boolean): boolean {
  return marker.acknowledged.some((one) => one.incident === incident.id && by(one.by));
}

function floorOf(effects: readonly MarkerEffect[]): Band | null {
  if (effects.includes('floor-emergency')) return 'emergency';
  return effects.includes('floor-priority') ? 'priority' : null;
}

/** Everything that a marker does to an incident, at once and by itself. */
function applied(room: Room, incident: Incident, marker: Marker, seq: number): readonly Response[] {
  const effects = effectsOf(room, marker);
  const responses: Response[] = [shown(room, `incident:${incident.id}`, marker)];
  const band = floorOf(effects);
  const reason = why('marker-floor', named(room, marker), [marker.seq, seq]);
  if (band !== null) responses.push({ kind: 'floor', incident: incident.id, band, why: reason });
  if (effects.includes('acknowledge-by-name') && !isAcknowledged(marker, incident, () => true))
    responses.push(told(room, incident, marker, { whom: 'taker', owner: takerOf(room, incident) }));
  if (
    effects.includes('supervisor-told') &&
    !isAcknowledged(marker, incident, (staff) => isSupervising(room, { staff }))
  )
    responses.push(told(room, incident, marker, { whom: 'supervisor', owner: supervisor }));
  return responses;
}

/** Every marker of an incident: those that act, and as notes those of people who only tell of something elsewhere. */
function onIncident(room: Room, incident: Incident, seq: number): readonly Response[] {
  if (room.markers.size === 0) return [];
  const acting = actingMarkers(room, incident);
  const all = appearancesOf(room, incident);
  const onlookers = all
    .filter((one) => isOnlooker(one, all))
    .flatMap((one) => markersOn(room, one.subject))
    .filter((marker) => !acting.includes(marker));
  return [
    ...acting.flatMap((marker) => applied(room, incident, marker, seq)),
    ...onlookers.map((marker) => shown(room, `incident:${incident.id}`, marker)),
  ];
}

function onMention(room: Room, event: EventBy<'Mentioned'>): readonly Response[] {
  const { contact, subject } = event.ids;
  const markers = markersOn(room, subject);
  if (markers.length === 0) return [];
  const incident = openIncident(room, event.ids.incident);
  if (incident === null)
    return contact === undefined ? [] : markers.map((marker) => shown(room, `contact:${contact}`, marker));
  const all = appearancesOf(room, incident);
  const own = all.filter((one) => one.subject === subject);
  // A floor that somebody lifted does not come back because the same person is named again.
  if (own.some((one) => one.seq < event.seq && !isOnlooker(one, all))) return [];
  const isActing = own.some((one) => !isOnlooker(one, all));
  return markers.flatMap((marker) =>
    isActing ? applied(room, incident, marker, event.seq) : [shown(room, `incident:${incident.id}`, marker)],
  );
}

/** A marker newly set counts in the open incidents in which its subject was mentioned of late. */
function onSet(room: Room, event: EventBy<'MarkerSet'>): readonly Response[] {
  const marker = room.markers.get(event.ids.marker);
  const keys = (room.subjects.get(event.ids.subject)?.keys ?? []).filter(isParticular);
  const appearances = keys.flatMap((key) => room.appearances.get(key) ?? []);
  const places = new Set(
    appearances.map((one) => one.incident ?? room.contacts.get(one.contact ?? '')?.incident ?? ''),
  );
  return [...places].flatMap((place) => {
    const incident = openIncident(room, place);
    const acts = incident !== null && marker !== undefined && actingMarkers(room, incident).includes(marker);
    return acts ? applied(room, incident, marker, event.seq) : [];
  });
}

/** Shown again at sending; what the sending breaks is an alarm with an ask, never a refusal. */
function onSending(room: Room, event: EventBy<'UnitAssigned'>): readonly Response[] {
  const incident = room.incidents.get(event.ids.incident);
  if (incident === undefined) return [];
  return actingMarkers(room, incident).flatMap((marker) => atSending(room, incident, marker, event));
}

function atSending(
  room: Room,
  incident: Incident,
  marker: Marker,
  event: EventBy<'UnitAssigned'>,
): readonly Response[] {
  const effects = effectsOf(room, marker);
  const { unit, deployment } = event.ids;
  const owner = actorOr(event, dispatcher);
  const responses: Response[] = [shown(room, `deployment:${deployment}`, marker)];
  if (effects.includes('acknowledge-by-name') && !isAcknowledged(marker, incident, (by) => by === event.actor.id))
    responses.push(told(room, incident, marker, { whom: 'sender', owner }));
  if (effects.includes('two-officers') && isOneOfficer(room, incident))
    responses.push({
      kind: 'duty',
      about: `incident:${incident.id}`,
      key: `two-officers:${marker.id}`,
      owner,
      level: 'alarm',
      why: why('one-officer', { ...named(room, marker), unit }, [marker.seq, event.seq]),
      asks: [ask('AssignUnit', { incident: incident.id })],
    });
  return responses;
}

/** The one unit that is going or there is known to be a single officer. */
function isOneOfficer(room: Room, incident: Incident): boolean {
  const [first, second] = liveDeployments(room, incident);
  const unit = room.units.get(first?.unit ?? '');
  return unit !== undefined && second === undefined && isSingleCrewed(unit);
}

function gate(code: string, room: Room, marker: Marker, asks: Gate['asks']): Gate {
  return { safeguard: markerEffect.id, why: why(code, named(room, marker), [marker.seq]), asks };
}

/** Whoever must be seen has to be seen before it ends or nobody goes. */
function sightingGates(room: Room, place: string): readonly Gate[] {
  const incident = openIncident(room, place);
  if (incident === null || wasSeenSafe(incident)) return [];
  return markersWith(room, incident, 'sighting-needed').map((marker) =>
    gate('must-be-seen', room, marker, [ask('AssignUnit', { incident: place }), ask('RecordResult')]),
  );
}

function voicemailGates(room: Room, asked: Extract<AnyAsked, { type: 'AttemptCallback' }>): readonly Gate[] {
  if (asked.data.means === 'call' || room.markers.size === 0) return [];
  const contact = room.contacts.get(asked.data.contact ?? '');
  const incident = openIncident(room, asked.data.incident ?? contact?.incident ?? '');
  const subjects = [...(contact?.subjects ?? []), ...(asked.data.phone === undefined ? [] : [asked.data.phone])];
  const held = [
    ...subjects.flatMap((subject) => markersOn(room, subject)),
    ...(incident === null ? [] : actingMarkers(room, incident)),
  ];
  return [...new Set(held)]
    .filter((marker) => effectsOf(room, marker).includes('no-voicemail'))
    .map((marker) => gate('no-voicemail', room, marker, [ask('AttemptCallback', { means: 'call' })]));
}

function liftGates(room: Room, asked: Extract<AnyAsked, { type: 'LiftFloor' }>): readonly Gate[] {
  const incident = openIncident(room, asked.data.incident);
  if (incident === null || asked.data.safeguard !== markerEffect.id || hasSecondPerson(room, asked, incident))
    return [];
  return actingMarkers(room, incident)
    .filter((marker) => floorOf(effectsOf(room, marker)) !== null)
    .map((marker) => gate('floor-holds', room, marker, [ask('Propose', { command: 'LiftFloor' })]));
}

/** By the sender for the sending, by a supervisor where one is to be told, by anybody by name else. */
function isAcknowledgement(room: Room, duty: Duty, event: EventBy<'MarkerAcknowledged'>): boolean {
  const [whom, marker] = duty.key.split(':');
  if (marker !== event.ids.marker) return false;
  if (whom === 'taker') return true;
  if (isSupervising(room, { staff: event.actor.id })) return true;
  return whom === 'sender' && 'staff' in duty.owner && duty.owner.staff === event.actor.id;
}

function reacted(event: AnyEvent, room: Room): readonly Response[] {
  if (event.type === 'Mentioned') return onMention(room, event);
  if (event.type === 'MarkerSet') return onSet(room, event);
  if (event.type === 'UnitAssigned') return onSending(room, event);
  const incident = openIncidentOf(room, event);
  return incident === null ? [] : onIncident(room, incident, event.seq);
}

/** `marker-effect`: a marker is in force on somebody or something in it, and does what its kind does. */
export const markerEffect: Safeguard = {
  id: 'marker-effect',
  needs: ['markers', 'identifiers'],
  on: [
    'Mentioned',
    'IncidentOpened',
    'ContactJoined',
    'IncidentsJoined',
    'MarkerSet',
    'UnitAssigned',
    'CloseIncident',
    'DecideAttendance',
    'AttemptCallback',
    'LiftFloor',
  ],
  timings: {
    main: { dueMs: minuteMs(5), ladder: [{ to: 'supervisor', afterMs: minuteMs(5) }] },
    supervisor: { dueMs: minuteMs(5), ladder: [{ to: 'fim', afterMs: minuteMs(10) }] },
  },
  words: {
    'marker-shown': '{title} on {on} ({state}): {effects}. “{reason}”',
    'marker-floor': '{title} on {on}.',
    'acknowledge-taker': '{title} on {on}: acknowledge it by name.',
    'acknowledge-sender': '{title} on {on}: acknowledge it by name as the one who sends.',
    'acknowledge-supervisor': '{title} on {on}: a supervisor is to be told.',
    'one-officer': '{title} on {on} asks for two officers; {unit} is one alone.',
    'must-be-seen': '{title} on {on}: nobody has been seen safe, apart from others.',
    'no-voicemail': '{title} on {on}: no voicemail and no text.',
    'floor-holds': '{title} on {on}: its floor holds until the marker is removed or a second person agrees.',
  },
  react(event, room) {
    return reacted(event, room);
  },
  gate(asked, room) {
    if (asked.type === 'CloseIncident') return sightingGates(room, asked.data.incident);
    if (asked.type === 'DecideAttendance') return asked.data.incidents.flatMap((place) => sightingGates(room, place));
    if (asked.type === 'AttemptCallback') return voicemailGates(room, asked);
    return asked.type === 'LiftFloor' ? liftGates(room, asked) : [];
  },
  isMet(duty, event, room) {
    if (event.type === 'IncidentsJoined') return event.ids.incident === duty.incident;
    if (!duty.key.startsWith('two-officers:'))
      return event.type === 'MarkerAcknowledged' && isAcknowledgement(room, duty, event);
    const incident = room.incidents.get(duty.incident ?? '');
    return incident !== undefined && !isOneOfficer(room, incident);
  },
};
