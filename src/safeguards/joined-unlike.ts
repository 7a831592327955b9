import type { Contact } from '../room/contact.ts';
import { heardDistress } from '../room/contact.ts';
import type { Asked } from '../room/define.ts';
import type { Incident } from '../room/incident.ts';
import type { Link } from '../room/link.ts';
import type { Room } from '../room/room.ts';
import type { Gate, Response, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import type { Appearance } from '../room/subject.ts';
import { appearancesOf } from '../room/subject.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { hasSecondPerson } from './authority.ts';
import { liveDangers } from './dangers.ts';
import { bandBefore, isAtLeast } from './grades.ts';
import { dispatcher } from './owners.ts';
import { harmedRoles, suspectRoles } from './people.ts';
import { minuteMs } from './spans.ts';
import { tellsDanger } from './texts.ts';
import { toldIn } from './words.ts';

/** What an emergency already held may be told of by its next caller without becoming another event. */
const injuries = ['hurt', 'collapsed', 'feared-dead', 'threat-to-life', 'distress'];
/** A witness's own car is no part of what happened. */
const concernedRoles = [...suspectRoles, 'victim', 'at-risk', 'subject', 'scene', 'used'];

interface Side {
  readonly appearances: readonly Appearance[];
  readonly dangers: ReadonlySet<string>;
}

/** How two tellings differ: in what, and whether danger is added. */
interface Unlikeness {
  readonly differences: readonly string[];
  readonly dangers: readonly string[];
}

function keysOf(room: Room, side: Side, kind: string, roles?: readonly string[]): readonly string[] {
  return side.appearances
    .filter((one) => roles === undefined || roles.includes(one.role))
    .flatMap((one) => room.subjects.get(one.subject)?.keys ?? [])
    .filter((key) => key.startsWith(`${kind}:`));
}

/** Both sides name one of a kind, and none in common. */
function areApart(room: Room, sides: readonly [Side, Side], kind: string, roles?: readonly string[]): boolean {
  const [one, other] = [keysOf(room, sides[0], kind, roles), keysOf(room, sides[1], kind, roles)];
  return one.length > 0 && other.length > 0 && !one.some((key) => other.includes(key));
}

function namesOf(room: Room, side: Side, roles: readonly string[]): readonly (readonly string[])[] {
  return keysOf(room, side, 'person', roles).map((key) => (key.slice('person:'.length).split('|')[0] ?? '').split(' '));
}

/** Names that share no word: half a name heard on a bad line is still the same person. */
function areOtherPeople(room: Room, sides: readonly [Side, Side], roles: readonly string[]): boolean {
  const [one, other] = [namesOf(room, sides[0], roles), namesOf(room, sides[1], roles)];
  if (one.length === 0 || other.length === 0) return false;
  return !one.some((name) => other.some((held) => name.some((word) => held.includes(word))));
}

function unlikeness(room: Room, sides: readonly [Side, Side], isHeldEmergency: boolean): Unlikeness {
  const differences = [
    ...(areApart(room, sides, 'street', ['scene']) ? ['another place'] : []),
    ...(areApart(room, sides, 'vehicle', concernedRoles) ? ['another vehicle'] : []),
    ...(areOtherPeople(room, sides, harmedRoles) ? ['another person harmed or at risk'] : []),
    ...(areOtherPeople(room, sides, suspectRoles) ? ['another suspect'] : []),
  ];
  const dangers = [...sides[0].dangers].filter(
    (kind) => !sides[1].dangers.has(kind) && !(isHeldEmergency && injuries.includes(kind)),
  );
  return { differences, dangers };
}

function sideOfContact(room: Room, contact: Contact): Side {
  const dangers = new Set(contact.dangers.map((danger) => danger.kind));
  if (heardDistress(contact)) dangers.add('distress');
  return { appearances: room.mentions.get(contact.id) ?? [], dangers };
}

/** Everything the incident tells apart from one contact. */
function sideOfIncident(room: Room, incident: Incident, without: Contact | null): Side {
  const others = incident.contacts.filter((one) => one !== without?.id);
  const own = new Set((without?.dangers ?? []).map((danger) => danger.seq));
  const dangers = new Set(
    liveDangers(incident)
      .filter((one) => !own.has(one.seq))
      .map((one) => one.kind),
  );
  for (const one of others) {
    const contact = room.contacts.get(one);
    if (contact !== undefined && heardDistress(contact)) dangers.add('distress');
  }
  const appearances = appearancesOf(room, incident).filter(
    (one) => one.contact === null || one.contact !== without?.id,
  );
  return { appearances, dangers };
}

/** The same caller ringing on about the same thing is `repeat-contact`'s. */
function isSameCaller(room: Room, contact: Contact, incident: Incident): boolean {
  return contact.keys.some(
    (key) =>
      (key.startsWith('phone:') || key.startsWith('account:')) &&
      incident.contacts.some((one) => one !== contact.id && (room.contacts.get(one)?.keys.includes(key) ?? false)),
  );
}

function linksBetween(room: Room, one: string, other: string): readonly Link[] {
  return (room.linksOn.get(one) ?? [])
    .map((id) => room.links.get(id))
    .filter((link): link is Link => link !== undefined)
    .filter((link) => (link.from === one && link.to === other) || (link.from === other && link.to === one));
}

function asked(room: Room, contact: Contact, incident: Incident, event: AnyEvent): readonly Response[] {
  const band = bandBefore(room, incident, event.seq);
  const isHeldEmergency = band === null || isAtLeast(band, 'emergency');
  const sides = [sideOfContact(room, contact), sideOfIncident(room, incident, contact)] as const;
  const { differences, dangers } = unlikeness(room, [...sides], isHeldEmergency);
  if (differences.length === 0 && (dangers.length === 0 || isSameCaller(room, contact, incident))) return [];
  const links = linksBetween(room, contact.id, incident.id);
  if (links.some((one) => one.state !== 'proposed')) return [];
  const link = links[0]?.id ?? `link-${event.seq}-unlike`;
  const unlike = [...differences, ...dangers].join(', ');
  const told = sides[0].dangers.size > 0;
  const first = room.contacts.get(incident.contacts.find((one) => one !== contact.id) ?? '');
  const parameters = {
    unlike,
    said: toldIn(room, contact),
    held: first === undefined ? incident.summary : toldIn(room, first),
  };
  const responses: Response[] = [
    {
      kind: 'duty',
      about: `incident:${incident.id}`,
      key: contact.id,
      owner: dispatcher,
      level: told ? 'alarm' : 'prompt',
      timing: told ? 'alarm' : 'main',
      why: why('joined-but-unlike', parameters, [contact.seq, event.seq]),
      asks: [ask('ConfirmLink', { link }), ask('DeclineLink', { link })],
    },
  ];
  if (links.length > 0) return responses;
  const reasons = [`joined as the same event, but tells of ${unlike}`.slice(0, 2_000)];
  const body = { from: contact.id, to: incident.id, strength: 'strong', reasons };
  return [...responses, { kind: 'act', type: 'LinkProposed', ids: { link, incident: incident.id }, body }];
}

/** Whether the contact came to an incident that others had already made. */
function isLaterContact(contact: Contact, incident: Incident): boolean {
  return incident.contacts.includes(contact.id) && incident.contacts[0] !== contact.id;
}

/** Whether the second person asked for has looked, or somebody has already said that the two are the same. */
function isSettledAs(room: Room, request: Asked, pair: readonly [string, string]): boolean {
  return (
    hasSecondPerson(room, request, room.incidents.get(pair[0]) ?? null) ||
    linksBetween(room, pair[0], pair[1]).some((link) => link.state === 'confirmed')
  );
}

function gateOn(unlike: string, command: string, known: Readonly<Record<string, string>>): readonly Gate[] {
  const asks = [ask('Propose', { command }), ask('ProposeLink', known)];
  return [{ safeguard: 'joined-unlike', why: why('not-the-same', { unlike }), asks }];
}

/** `joined-unlike`: what was put down as one event tells of another, or of more danger. */
export const joinedUnlike: Safeguard = {
  id: 'joined-unlike',
  needs: ['contacts', 'text', 'identifiers'],
  on: [
    'ContactJoined',
    'Mentioned',
    'StatementRecorded',
    'RelayRecorded',
    'ObservationRecorded',
    'JoinIncidents',
    'CloseIncident',
    'DisposeContact',
  ],
  timings: {
    main: { dueMs: minuteMs(10), ladder: [{ to: 'supervisor', afterMs: 0 }] },
    alarm: {
      dueMs: 0,
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: minuteMs(15) },
      ],
      againMs: minuteMs(30),
    },
  },
  words: {
    'joined-but-unlike':
      'Joined as the same event, but tells of {unlike:plain}: {said}. The incident began: {held}. Same, or another?',
    'not-the-same':
      'It differs: {unlike:plain}. It stays its own incident until a second person who read both says it is the same.',
    'danger-as-duplicate':
      'It tells of danger ({unlike:plain}) and names no incident of which it is a duplicate. Join it to that one.',
  },
  react(event, room) {
    const contact = room.contacts.get(event.ids['contact'] ?? '');
    const incident = room.incidents.get(contact?.incident ?? '');
    if (contact === undefined || incident === undefined || !isLaterContact(contact, incident)) return [];
    if (event.type === 'ContactJoined' && event.body.as === 'further-to') return [];
    if ((event.type === 'StatementRecorded' || event.type === 'RelayRecorded') && !tellsDanger(event.body.readings))
      return [];
    return asked(room, contact, incident, event);
  },
  gate(request, room) {
    if (request.type === 'JoinIncidents') {
      const [one, into] = [room.incidents.get(request.data.incident), room.incidents.get(request.data.into)];
      if (one === undefined || into === undefined) return [];
      const sides = [sideOfIncident(room, one, null), sideOfIncident(room, into, null)] as const;
      const isHeldEmergency = isAtLeast(bandBefore(room, into, room.seq + 1), 'emergency');
      const { differences, dangers } = unlikeness(room, [...sides], isHeldEmergency);
      if (differences.length + dangers.length === 0 || isSettledAs(room, request, [one.id, into.id])) return [];
      return gateOn([...differences, ...dangers].join(', '), 'JoinIncidents', { from: one.id, to: into.id });
    }
    if (request.type === 'CloseIncident' && request.data.code === 'duplicate') {
      const incident = room.incidents.get(request.data.incident);
      const dangers = incident === undefined ? [] : liveDangers(incident).map((one) => one.kind);
      if (incident === undefined || dangers.length === 0 || hasSecondPerson(room, request, incident)) return [];
      const isLinked = (room.linksOn.get(incident.id) ?? []).some((one) => room.links.get(one)?.state === 'confirmed');
      return isLinked ? [] : duplicateGate(dangers, 'JoinIncidents', { incident: incident.id });
    }
    if (request.type === 'DisposeContact' && request.data.disposition === 'duplicate') {
      const contact = room.contacts.get(request.data.contact);
      if (contact === undefined || request.approval !== null || contact.incident !== null) return [];
      const dangers = [...sideOfContact(room, contact).dangers];
      return dangers.length === 0 ? [] : duplicateGate(dangers, 'JoinContact', { contact: contact.id });
    }
    return [];
  },
  isMet(duty, event, room) {
    if (event.type !== 'LinkConfirmed' && event.type !== 'LinkDeclined') return false;
    const link = room.links.get(event.ids.link);
    if (link === undefined || link.from !== duty.key || event.actor.kind !== 'staff') return false;
    // With danger told, whoever took the contact cannot alone say that it adds nothing.
    return duty.level === 'prompt' || room.contacts.get(duty.key)?.handler !== event.actor.id;
  },
};

function duplicateGate(
  dangers: readonly string[],
  command: 'JoinIncidents' | 'JoinContact',
  known: Readonly<Record<string, string>>,
): readonly Gate[] {
  const unlike = [...new Set(dangers)].join(', ');
  return [{ safeguard: 'joined-unlike', why: why('danger-as-duplicate', { unlike }), asks: [ask(command, known)] }];
}
