import type { Finding } from '../room/check.ts';
import type { Owner } from '../room/duty.ts';
import type { Incident } from '../room/incident.ts';
import type { Pattern } from '../room/pattern.ts';
import type { Room } from '../room/room.ts';
import type { Act, Response, Safeguard } from '../room/safeguard.ts';
import { ask, countOf, why, windowMs } from '../room/safeguard.ts';
import { staffOfRole } from '../room/staff.ts';
import { appearancesOf, isParticular } from '../room/subject.ts';
import type { AnyEvent, EventBy } from '../room/vocabulary.ts';
import { mayDecideProtection } from './authority.ts';
import { dangersTold, liveDangers } from './dangers.ts';
import { findingsOn } from './findings.ts';
import { goingOn, hereOf } from './matches.ts';
import { supervisor } from './owners.ts';
import { isBetween, pairsIn } from './pairs.ts';
import type { Pair } from './pairs.ts';
import { dayMs, hourMs, minuteMs } from './spans.ts';

/** One event of a course of conduct: an incident, a further contact of one, or an earlier record. */
interface Conduct {
  readonly of: string;
  readonly when: number;
  readonly signs: readonly string[];
  /** Everybody whom an earlier record names. */
  readonly people?: readonly string[];
}

/** Acts that a telling can hold; said as past and as now, they are two. */
const actKinds = [
  'threat-to-life',
  'weapon',
  'strangling',
  'struggle',
  'held-or-followed',
  'child-at-risk',
  'hurt',
  'suspect-present',
  'suspect-returning',
  'past-violence-warning',
  'forced-entry',
  'assault-in-progress',
];
const recordKinds: readonly Finding['kind'][] = ['incident', 'contact', 'crime', 'custody'];
const pairsMax = 6;

function callersOf(room: Room, incident: Incident): ReadonlySet<string> {
  const keys = incident.contacts.flatMap((one) => room.contacts.get(one)?.keys ?? []);
  return new Set(keys.filter((key) => key.startsWith('phone:') || key.startsWith('account:')));
}

/** Two people telling of one event within minutes are one event; one person telling twice is two. */
function isDuplicate(room: Room, one: Incident, other: Incident): boolean {
  if (Math.abs(one.receivedAt - other.receivedAt) > windowMs(room, courseOfConduct, 'duplicate')) return false;
  const [callers, others] = [callersOf(room, one), callersOf(room, other)];
  return ![...callers].some((key) => others.has(key));
}

/** Today's other incidents between the same two. */
function fromRoom(room: Room, incident: Incident, pair: Pair): readonly Conduct[] {
  const found = new Map<string, Conduct>();
  for (const subject of pair.suspectSide)
    for (const key of (room.subjects.get(subject)?.keys ?? []).filter(isParticular))
      for (const one of room.appearances.get(key) ?? []) {
        const other = goingOn(room, one.incident ?? room.contacts.get(one.contact ?? '')?.incident);
        if (other === null || other.id === incident.id || found.has(other.id)) continue;
        if (isDuplicate(room, incident, other) || !isBetween(appearancesOf(room, other), pair)) continue;
        found.set(other.id, { of: other.id, when: other.receivedAt, signs: signsOf(other) });
      }
  return [...found.values()];
}

function signsOf(incident: Incident): readonly string[] {
  return [...new Set([...incident.kinds, ...liveDangers(incident).map((one) => one.kind)])].slice(0, 40);
}

/** Earlier records that name both, or that the checks on both returned. */
function fromRecord(room: Room, incident: Incident, pair: Pair): readonly Conduct[] {
  const about = new Map<string, Set<string>>();
  const places = [incident.id, ...incident.contacts];
  for (const place of places)
    for (const check of room.checksOn.get(place) ?? [])
      for (const one of room.checks.get(check)?.findings ?? [])
        about.set(one.id, new Set([...(about.get(one.id) ?? []), one.subject, ...one.others]));
  return findingsOn(room, places)
    .filter((one) => one.strength !== 'weak' && recordKinds.includes(one.kind) && !isInRoom(room, one, incident))
    .filter((one) => {
      const people = [...(about.get(one.id) ?? [])];
      return people.some((held) => pair.personSide.has(held)) && people.some((held) => pair.suspectSide.has(held));
    })
    .map((one) => ({ of: one.id, when: one.when, signs: one.signs, people: [...(about.get(one.id) ?? [])] }));
}

/** The record is this very incident, or one of its contacts. */
function isInRoom(room: Room, finding: Finding, incident: Incident): boolean {
  return goingOn(room, finding.id)?.id === incident.id || incident.contacts.includes(finding.id);
}

function patternOf(room: Room, pair: Pair): Pattern | null {
  for (const one of pair.personSide)
    for (const id of room.patternsOn.get(one) ?? []) {
      const pattern = room.patterns.get(id);
      if (pattern?.between.some((other) => pair.suspectSide.has(other)) === true) return pattern;
    }
  return null;
}

/** Under misspelt names: a pattern of somebody in the records found between the two that holds one of these records. */
function patternHolding(room: Room, records: readonly Conduct[]): Pattern | null {
  const found = new Set(records.map((one) => one.of));
  for (const one of new Set(records.flatMap((record) => record.people ?? [])))
    for (const id of room.patternsOn.get(one) ?? []) {
      const pattern = room.patterns.get(id);
      if (pattern?.members.some((member) => found.has(member.of)) === true) return pattern;
    }
  return null;
}

function joining(pattern: string, incident: string, act: Conduct): Act {
  const body = { of: act.of, signs: [...act.signs], when: act.when };
  return { kind: 'act', type: 'PatternJoined', ids: { pattern, incident }, body };
}

interface At {
  readonly event: AnyEvent;
  readonly place: number;
}

/** Opens or joins the pattern between two, once there is more than one event between them. */
function joined(room: Room, incident: Incident, pair: Pair, at: At): readonly Act[] {
  const { event, place } = at;
  const current: Conduct = { of: incident.id, when: incident.receivedAt, signs: signsOf(incident) };
  const further = furtherActs(room, event);
  const records = fromRecord(room, incident, pair);
  const acts = [...records, ...fromRoom(room, incident, pair), ...further, current];
  const held = patternOf(room, pair) ?? patternHolding(room, records);
  if (held === null && acts.length < 2) return [];
  const fresh = acts.filter((one) => held === null || !held.members.some((member) => member.of === one.of));
  if (fresh.length === 0) return [];
  if (held !== null && fresh.every((one) => one.of === current.of) && isRepeatOfMember(room, incident, held)) return [];
  const pattern = held?.id ?? `pattern-${event.seq}-${place + 1}`;
  const newest = fresh.toSorted((a, b) => a.when - b.when).slice(-40);
  const joins = newest.map((one) => joining(pattern, incident.id, one));
  if (held !== null) return joins;
  const between = [pair.person, pair.suspect];
  const opening: Act = {
    kind: 'act',
    type: 'PatternOpened',
    ids: { pattern, incident: incident.id },
    body: { between },
  };
  return [opening, ...joins];
}

/** Another caller's incident about an event that the pattern already holds. */
function isRepeatOfMember(room: Room, incident: Incident, pattern: Pattern): boolean {
  return pattern.members.some((member) => {
    const other = goingOn(room, member.of);
    return other !== null && other.id !== incident.id && isDuplicate(room, incident, other);
  });
}

/** What one contact adds to its own incident: a further event, or an act of before told with one of now. */
function furtherActs(room: Room, event: AnyEvent): readonly Conduct[] {
  const contact = room.contacts.get(event.ids['contact'] ?? '');
  if (contact === undefined) return [];
  if (event.type === 'ContactJoined' && event.body.as === 'further-to') {
    const told = [...dangersTold(contact)];
    return told.length === 0 ? [] : [{ of: contact.id, when: contact.presentedAt, signs: told }];
  }
  if (event.type !== 'StatementRecorded') return [];
  const acts = event.body.readings.filter((one) => one.reads === 'danger' && actKinds.includes(one.kind));
  const past = new Set(acts.filter((one) => one.standing === 'past').map((one) => one.kind));
  const now = acts.some((one) => one.standing === 'told');
  if (past.size === 0 || (!now && past.size < 2)) return [];
  return [{ of: contact.id, when: contact.presentedAt, signs: ['told-of-before', ...past] }];
}

/** Stalking specialists where there are any, else the supervisors. */
function ownerOf(room: Room, pattern: Pattern): Owner {
  if (pattern.owner !== null) return { staff: pattern.owner };
  return staffOfRole(room, 'specialist').length > 0 ? { role: 'specialist' } : supervisor;
}

function told(room: Room, event: EventBy<'PatternJoined'>): readonly Response[] {
  const pattern = room.patterns.get(event.ids.pattern);
  const incident = event.ids.incident;
  const isLive = event.body.of === incident || room.contacts.has(event.body.of);
  if (pattern === undefined || incident === undefined || !isLive) return [];
  const events = new Set(pattern.members.map((one) => goingOn(room, one.of)?.id ?? one.of)).size;
  if (events < 2) return [];
  const first = pattern.members.reduce((at, one) => Math.min(at, one.at), event.body.when);
  const days = Math.ceil((event.recordedAt - first) / dayMs(1));
  const signs = [...new Set(pattern.members.flatMap((one) => one.signs))].slice(0, 12).join(', ') || 'nothing told';
  const common = {
    kind: 'duty',
    about: `pattern:${pattern.id}`,
    level: 'prompt',
    why: why('events-between-two', { events, days, signs }, [
      ...pattern.members.map((one) => one.seq).slice(-20),
      event.seq,
    ]),
    asks: [
      ask('OwnPattern', { pattern: pattern.id }),
      ask('CompleteRiskForm', { incident, form: 'stalking-screening' }),
      ask('ReviewPattern', { pattern: pattern.id }),
    ],
  } as const;
  const review = { ...common, owner: ownerOf(room, pattern) };
  if (events < countOf(room, courseOfConduct, 'told')) return [review];
  return [review, { ...common, key: 'told', owner: supervisor, timing: 'told' }];
}

/** `course-of-conduct`: what happens between the same two people again is one thing, with an owner. */
export const courseOfConduct: Safeguard = {
  id: 'course-of-conduct',
  needs: ['identifiers', 'history'],
  on: [
    'Mentioned',
    'Related',
    'IncidentOpened',
    'ContactJoined',
    'CheckCompleted',
    'StatementRecorded',
    'PatternJoined',
    'LinkConfirmed',
  ],
  timings: {
    main: {
      dueMs: hourMs(24),
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: hourMs(24) },
      ],
      windows: { duplicate: minuteMs(30) },
      counts: { told: 3 },
    },
    told: {
      dueMs: 0,
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'specialist', afterMs: 0 },
      ],
    },
  },
  words: {
    'events-between-two':
      '{events:event|events} between the same two people in {days:day|days}: {signs:plain}. One course of conduct?',
  },
  react(event, room) {
    if (event.type === 'PatternJoined') return told(room, event);
    if (event.type === 'CheckCompleted' && event.body.findings.length === 0) return [];
    if (event.type === 'StatementRecorded' && furtherActs(room, event).length === 0) return [];
    const here = hereOf(room, { contact: event.ids['contact'], incident: event.ids['incident'] });
    if (here?.incident == null) return [];
    const { incident } = here;
    return pairsIn(room, appearancesOf(room, incident))
      .slice(0, pairsMax)
      .flatMap((pair, place) => joined(room, incident, pair, { event, place }));
  },
  isMet(duty, event, room) {
    if (event.type !== 'PatternReviewed') return false;
    const pattern = room.patterns.get(event.ids.pattern);
    if (duty.about !== `pattern:${event.ids.pattern}` || pattern === undefined) return false;
    return pattern.owner === null ? mayDecideProtection(room, event.actor.id) : pattern.owner === event.actor.id;
  },
};
