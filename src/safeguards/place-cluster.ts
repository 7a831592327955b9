import type { Contact } from '../room/contact.ts';
import type { About, Duty } from '../room/duty.ts';
import { openDuty } from '../room/duty.ts';
import type { Incident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { Response, Safeguard } from '../room/safeguard.ts';
import { ask, countOf, why, windowMs } from '../room/safeguard.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { dangersTold, isGrave } from './dangers.ts';
import { isTakenUp } from './duties.ts';
import { bandBefore, isAtLeast } from './grades.ts';
import { goingOn, hereOf, keysHere } from './matches.ts';
import type { Here } from './matches.ts';
import { dispatcher } from './owners.ts';
import { isPublicPlace } from './people.ts';
import { hasRunningClock, isUnitSent } from './sending.ts';
import { minuteMs, minutes } from './spans.ts';
import { tellsDanger } from './texts.ts';
import { clockOf, toldIn } from './words.ts';

/** What a place can put up with while nobody tells of danger. */
const nuisances = ['nuisance', 'theft', 'damage', 'road-other', 'administration', 'other'];

/** Contacts within minutes that name one street, with the incidents they went to. */
interface Cluster {
  readonly key: string;
  readonly contacts: readonly Contact[];
  readonly incidents: readonly Incident[];
  readonly numbers: number;
  readonly isPublic: boolean;
}

function numberOf(contact: Contact): string {
  return contact.keys.find((key) => key.startsWith('phone:')) ?? contact.id;
}

function clusterAt(room: Room, key: string, since: number): Cluster {
  const contacts = new Map<string, Contact>();
  let isPublic = false;
  for (const one of room.appearances.get(key) ?? []) {
    const named = one.contact === null ? (room.incidents.get(one.incident ?? '')?.contacts ?? []) : [one.contact];
    for (const id of named) {
      const contact = room.contacts.get(id);
      if (contact === undefined || contact.presentedAt < since) continue;
      contacts.set(id, contact);
      if (isPublicPlace(room, one.subject)) isPublic = true;
    }
  }
  const all = [...contacts.values()].toSorted((a, b) => a.seq - b.seq);
  const incidents = new Map<string, Incident>();
  for (const contact of all) {
    const incident = goingOn(room, contact.incident);
    if (incident !== null && incident.state === 'open') incidents.set(incident.id, incident);
  }
  const numbers = new Set(all.map(numberOf)).size;
  return { key, contacts: all, incidents: [...incidents.values()], numbers, isPublic };
}

/** Whether any of its contacts or incidents tells of danger or of somebody to protect. */
function isGraveCluster(room: Room, cluster: Cluster): boolean {
  return (
    cluster.contacts.some((one) => isGrave(room, one, null)) ||
    cluster.incidents.some((one) => isGrave(room, null, one))
  );
}

/** Nuisance, or a public place, with nobody at risk; a call that led nowhere and says nothing cannot tell that. */
function isMereNuisance(cluster: Cluster, current: Contact | null): boolean {
  if (cluster.isPublic) return true;
  const isUnknown = cluster.contacts.some(
    (one) => one !== current && one.id !== current?.id && one.incident === null && one.disposition === null,
  );
  return !isUnknown && cluster.incidents.every((one) => one.kinds.every((kind) => nuisances.includes(kind)));
}

/** One incident holds every call but the newest, at a fitting grade with its sending clock running. */
function isHeldByOne(
  room: Room,
  cluster: Cluster,
  at: { readonly current: Contact | null; readonly seq: number },
): boolean {
  const [held, ...others] = cluster.incidents;
  if (held === undefined || others.length > 0 || !hasRunningClock(room, held)) return false;
  const isWithin = (one: Contact): boolean =>
    goingOn(room, one.incident)?.id === held.id || (one.id === at.current?.id && one.incident === null);
  if (!cluster.contacts.every(isWithin)) return false;
  return !isGraveCluster(room, cluster) || isAtLeast(bandBefore(room, held, at.seq), 'priority');
}

/** A unit goes to it, and no part of it that tells of danger is left without. */
function isServedCluster(room: Room, cluster: Cluster): boolean {
  return (
    cluster.incidents.some((one) => isUnitSent(room, one)) &&
    cluster.incidents.every((one) => isUnitSent(room, one) || !isGrave(room, null, one))
  );
}

/** Somebody who spoke to none of its callers decided on all of it, and nothing graver was told since. */
function isDecided(cluster: Cluster): boolean {
  const spoke = new Set(cluster.contacts.map((one) => one.handler));
  const last = cluster.contacts.reduce(
    (seq, one) => Math.max(seq, ...one.dangers.map((danger) => danger.seq), one.seq),
    0,
  );
  return (
    cluster.incidents.length > 0 &&
    cluster.incidents.every(
      (one) => one.attendance !== null && !spoke.has(one.attendance.by) && one.attendance.seq > last,
    )
  );
}

function likeKinds(room: Room, incident: string): readonly string[] {
  return (goingOn(room, incident)?.kinds ?? []).filter((kind) => !nuisances.includes(kind));
}

/** Which of its calls look like one event: the same incident, home, or kind of danger. */
function likeGroups(room: Room, cluster: Cluster): string {
  const signs = (one: Contact): readonly string[] => [
    ...dangersTold(one),
    ...one.keys.filter((key) => key.startsWith('dwelling:')),
    ...(one.incident === null ? [] : [one.incident, ...likeKinds(room, one.incident)]),
  ];
  const groups: { readonly signs: Set<string>; readonly contacts: Contact[] }[] = [];
  for (const contact of cluster.contacts) {
    const own = signs(contact);
    const group = groups.find((one) => own.some((sign) => one.signs.has(sign)));
    if (group === undefined) groups.push({ signs: new Set(own), contacts: [contact] });
    else {
      group.contacts.push(contact);
      for (const sign of own) group.signs.add(sign);
    }
  }
  const alike = groups.filter((one) => one.contacts.length > 1);
  if (alike.length === 0) return 'none, by what was told';
  return alike.map((one) => one.contacts.map((contact) => clockOf(contact.presentedAt)).join(' and ')).join('; ');
}

/** While the first call is being taken, or its incident is about to be graded, the question waits until then. */
function takenUntil(room: Room, cluster: Cluster): number {
  const first = cluster.contacts[0];
  if (first === undefined) return room.now;
  const [incident, ...others] = cluster.incidents;
  const isBeingTaken =
    others.length === 0 &&
    cluster.contacts.every((one) => (one.incident === null ? one.state !== 'ended' : one.incident === incident?.id)) &&
    (incident === undefined || incident.grade.current === null);
  return isBeingTaken ? first.presentedAt + windowMs(room, placeCluster, 'taking') : room.now;
}

/** The street as somebody said it; its key is squeezed. */
function streetOf(room: Room, key: string): string {
  for (const one of room.appearances.get(key) ?? []) {
    const identity = room.subjects.get(one.subject)?.identity;
    if (identity?.kind === 'place') return identity.street;
  }
  return 'one street';
}

/** Where the question stands: where it was already put, else the incident that tells of danger, else the first. */
function placeOf(room: Room, cluster: Cluster, here: Here): About | null {
  const key = cluster.key.slice(0, 200);
  const isAsked = (one: Incident): boolean => openDuty(room, placeCluster.id, `incident:${one.id}`, key) !== null;
  const incident =
    cluster.incidents.find(isAsked) ??
    cluster.incidents.find((one) => isGrave(room, null, one)) ??
    cluster.incidents[0];
  if (incident !== undefined) return `incident:${incident.id}`;
  return here.contact === null ? null : `contact:${here.contact.id}`;
}

function responsesTo(room: Room, here: Here, at: { readonly key: string; readonly seq: number }): readonly Response[] {
  const cluster = clusterAt(room, at.key, room.now - windowMs(room, placeCluster, 'minutes'));
  if (cluster.contacts.length < 2 || cluster.numbers < 2) return [];
  const earlier = cluster.contacts.filter((one) => one.id !== here.contact?.id);
  const said = earlier.slice(-6).map((one) => toldIn(room, one));
  const street = streetOf(room, at.key);
  const seqs = [...cluster.contacts.map((one) => one.seq), at.seq];
  if (cluster.contacts.length < countOf(room, placeCluster, 'contacts'))
    return here.contact === null || isNoted(room, here.contact)
      ? []
      : [
          {
            kind: 'note',
            about: `contact:${here.contact.id}`,
            why: why('near-another', { street, said: said.join(', ') }, seqs),
          },
        ];
  const isGraver = isGraveCluster(room, cluster);
  if (isServedCluster(room, cluster) || isDecided(cluster)) return [];
  if (isHeldByOne(room, cluster, { current: here.contact, seq: at.seq })) return [];
  if (!isGraver && isMereNuisance(cluster, here.contact)) return [];
  const about = placeOf(room, cluster, here);
  const speaksAt = takenUntil(room, cluster);
  if (about === null || (speaksAt > room.now && !isGraver)) return [];
  const open = openDuty(room, 'place-cluster', about, at.key.slice(0, 200));
  // The same calls with a word more say nothing new.
  const isKnown = open?.why.some((one) => one.params['count'] === cluster.contacts.length) === true;
  if (isKnown && (open.level === 'alarm' || !isGraver)) return [];
  const first = cluster.contacts[0]?.presentedAt ?? room.now;
  const counts = { count: cluster.contacts.length, numbers: cluster.numbers, minutes: minutes(room.now - first) };
  const incidents = cluster.incidents
    .slice(0, 3)
    .map((one) => one.id)
    .join(',');
  return [
    {
      kind: 'duty',
      about,
      key: at.key.slice(0, 200),
      owner: dispatcher,
      level: isGraver ? 'alarm' : 'prompt',
      timing: isGraver ? 'alarm' : 'main',
      speaksAt,
      why: why(
        'calls-from-one-street',
        { ...counts, street, said: said.join(', '), alike: likeGroups(room, cluster) },
        seqs,
      ),
      asks: incidents === '' ? [ask('OpenIncident')] : [ask('DecideAttendance', { incidents }), ask('AssignUnit')],
    },
  ];
}

function isNoted(room: Room, contact: Contact): boolean {
  return (room.notes.get(`contact:${contact.id}`) ?? []).some((one) => one.safeguard === 'place-cluster');
}

/** Whether this event could make or worsen a cluster. */
function bearsOnIt(event: AnyEvent): boolean {
  if (event.type === 'StatementRecorded' || event.type === 'RelayRecorded') return tellsDanger(event.body.readings);
  return true;
}

/** The cluster a duty is about, as it stands now, from when it began. */
function clusterOf(room: Room, duty: Duty): Cluster {
  return clusterAt(room, duty.key, duty.openedAt - windowMs(room, placeCluster, 'minutes'));
}

/** `place-cluster`: several calls from one street within minutes, and nobody has been sent. */
export const placeCluster: Safeguard = {
  id: 'place-cluster',
  needs: ['contacts', 'identifiers', 'units'],
  on: [
    'Mentioned',
    'StatementRecorded',
    'RelayRecorded',
    'ObservationRecorded',
    'ContactEnded',
    'GradeSet',
    'IncidentOpened',
    'ContactJoined',
    'IncidentsJoined',
  ],
  timings: {
    main: {
      dueMs: minuteMs(5),
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: minuteMs(30) },
      ],
      windows: { minutes: minuteMs(15), taking: minuteMs(3) },
      counts: { contacts: 3 },
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
    'near-another': 'Another call from {street} a few minutes ago: {said}.',
    'calls-from-one-street':
      '{count} calls from {street} in {minutes:minute|minutes}, from {numbers} numbers; nobody ' +
      'has been sent. {said}. Alike: {alike}.',
  },
  react(event, room) {
    if (!bearsOnIt(event)) return [];
    const here = hereOf(room, event.type === 'IncidentsJoined' ? { incident: event.ids.into } : event.ids);
    if (here === null) return [];
    return keysHere(room, here, ['street']).flatMap((key) => responsesTo(room, here, { key, seq: event.seq }));
  },
  isMet(duty, event, room) {
    // The question goes on about the incident, where what is decided can answer it.
    if (isTakenUp(duty, event)) return true;
    if (event.type === 'IncidentsJoined') return duty.about === `incident:${event.ids.incident}`;
    if (event.type === 'AttendanceDecided') {
      const cluster = clusterOf(room, duty);
      const spoke = cluster.contacts.some((one) => one.handler === event.actor.id);
      return !spoke && cluster.incidents.every((one) => event.body.cluster.includes(one.id));
    }
    if (event.type === 'UnitAssigned') return isServedCluster(room, clusterOf(room, duty));
    // It has not spoken yet, and the calls turn out to be one event that is held.
    return duty.state === 'armed' && isHeldByOne(room, clusterOf(room, duty), { current: null, seq: event.seq });
  },
};
