import type { Contact } from '../room/contact.ts';
import type { Incident } from '../room/incident.ts';
import type { Band } from '../room/policy.ts';
import { gradeById } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import type { Response, Safeguard } from '../room/safeguard.ts';
import { ask, why, windowMs } from '../room/safeguard.ts';
import { sameSubjects } from '../room/subject.ts';
import type { AnyEvent, EventBy } from '../room/vocabulary.ts';
import { dangersTold } from './dangers.ts';
import { isOthersThing } from './other-households.ts';
import { earlierMatters, goingOn, hereOf } from './matches.ts';
import { dispatcher } from './owners.ts';
import { isUnitSent } from './sending.ts';
import { isSafeAndApart } from './sightings.ts';
import { hourMs, minuteMs } from './spans.ts';
import { isToldDanger } from './texts.ts';
import { clockOf, quoted } from './words.ts';

const kinds = ['phone', 'person', 'dwelling', 'account', 'event'];

/** What somebody who is safe, or a place that is in order, cannot be told of. */
const againstSafe = [
  'threat-to-life',
  'weapon',
  'strangling',
  'screaming',
  'struggle',
  'held-or-followed',
  'child-at-risk',
  'self-harm',
  'overdose',
  'vital-medicine',
  'feared-dead',
  'hurt',
  'collapsed',
  'not-seen-as-usual',
  'suspect-present',
  'forced-entry',
  'assault-in-progress',
  'distress',
];
/** What nobody in custody can be doing. */
const againstArrest = [
  'suspect-present',
  'suspect-returning',
  'held-or-followed',
  'forced-entry',
  'assault-in-progress',
];

/** What was recorded as having become of an incident, and when. */
interface Recorded {
  readonly outcome: string;
  readonly at: number;
  readonly seq: number;
  readonly against: readonly string[];
}

/** Claims that a matter is over; a check without trace says nothing about anybody's safety (principle 2). */
const claimedOutcomes: Readonly<Record<string, readonly string[]>> = {
  arrested: againstArrest,
  'seen-safe': againstSafe,
  searched: againstSafe,
};

/** The newest recorded outcome, or null while nothing was said to be over. */
function outcomeOf(room: Room, incident: Incident): Recorded | null {
  const found: Recorded[] = incident.seen
    .filter((one) => one.safe)
    .map((one) => ({ outcome: 'seen safe', at: one.at, seq: one.seq, against: againstSafe }));
  for (const claim of incident.claims) {
    const against = claimedOutcomes[claim.says];
    const at = against === undefined ? undefined : incident.log.find((entry) => entry.seq === claim.seq)?.at;
    if (against !== undefined && at !== undefined && !claim.withdrawn)
      found.push({ outcome: claim.says, at, seq: claim.seq, against });
  }
  const { closed } = incident;
  const code = closed === null ? undefined : room.policy.closingCodes[closed.code];
  if (closed !== null && code?.attended === true) {
    const against = closed.code === 'arrested' ? againstArrest : againstSafe;
    found.push({ outcome: code.title, at: closed.at, seq: closed.seq, against });
  }
  return found.toSorted((a, b) => a.seq - b.seq).at(-1) ?? null;
}

/** Kinds told by those who had been in touch before the outcome, and known when it was proven. */
function knownBefore(room: Room, incident: Incident, recorded: Recorded, contact: Contact): ReadonlySet<string> {
  const before = incident.contacts
    .map((one) => room.contacts.get(one))
    .filter((one): one is Contact => one !== undefined && one.seq < recorded.seq && one.id !== contact.id);
  // The same caller who says it again after the outcome says that it did not hold.
  const isSameCaller = before.some((one) =>
    one.keys.some((key) => key.startsWith('phone:') && contact.keys.includes(key)),
  );
  if (isSameCaller) return new Set();
  const told = before.flatMap((one) => [...dangersTold(one)]);
  return new Set([...told, ...incident.dangers.filter((one) => one.seq < recorded.seq).map((one) => one.kind)]);
}

function firstBand(room: Room, incident: Incident): Band | null {
  const { first } = incident.grade;
  return first === null ? null : (gradeById(room.policy, first)?.band ?? null);
}

interface Contradiction {
  readonly says: string;
  readonly by: string;
  readonly seq: number;
}

/** The incident goes on where it was: open, at its first grade, on its first clock. */
function contradicted(
  room: Room,
  incident: Incident,
  recorded: Recorded,
  otherwise: Contradiction,
): readonly Response[] {
  const { says, by, seq } = otherwise;
  const parameters = { outcome: recorded.outcome, when: clockOf(recorded.at), says, by };
  const reason = why('said-otherwise', parameters, [recorded.seq, seq]);
  const reopening: Response = {
    kind: 'act',
    type: 'IncidentReopened',
    ids: { incident: incident.id },
    body: { reason: `${recorded.outcome} at ${parameters.when}; ${by} says otherwise: ${says}`.slice(0, 2_000) },
  };
  const band = firstBand(room, incident);
  return [
    ...(incident.state === 'closed' ? [reopening] : []),
    ...(band === null ? [] : [{ kind: 'floor', incident: incident.id, band, why: reason } as const]),
    {
      kind: 'duty',
      about: `incident:${incident.id}`,
      owner: dispatcher,
      level: 'alarm',
      why: reason,
      asks: [ask('AssignUnit', { incident: incident.id })],
    },
  ];
}

/** A later contact tells of what the outcome says cannot be. */
function byContact(room: Room, event: AnyEvent): readonly Response[] {
  const here = hereOf(room, { contact: event.ids['contact'], incident: event.ids['incident'] });
  const contact = here?.contact ?? null;
  if (here === null || contact === null) return [];
  const told = dangersTold(contact);
  if (told.size === 0) return [];
  const since = room.now - windowMs(room, outcomeContradicted, 'day');
  const matters = earlierMatters(room, here, { kinds, since }).filter((one) => !isOthersThing(room, here, one));
  if (isUnitSent(room, here.incident)) return [];
  return matters.flatMap(({ incident }): readonly Response[] => {
    const recorded = incident === null ? null : outcomeOf(room, incident);
    if (incident === null || recorded === null || contact.seq < recorded.seq || isUnitSent(room, incident)) return [];
    const known = knownBefore(room, incident, recorded, contact);
    const against = [...told].filter((kind) => recorded.against.includes(kind) && !known.has(kind));
    if (against.length === 0) return [];
    const quotes = contact.dangers
      .filter((one) => against.includes(one.kind))
      .map((one) => `'${quoted(one.quote, 60)}'`);
    const says = quotes.join(', ') || contact.observations.join(', ');
    return contradicted(room, incident, recorded, {
      says,
      by: `the call at ${clockOf(contact.presentedAt)}`,
      seq: event.seq,
    });
  });
}

/** A unit finds somebody not safe who was recorded as safe. */
function byUnit(room: Room, event: EventBy<'ResultRecorded'>): readonly Response[] {
  const incident = goingOn(room, event.ids.incident);
  if (incident === null) return [];
  const unsafe = event.body.seen.filter((one) => !one.safe);
  const earlier = incident.seen.filter((one) => one.safe && one.seq < event.seq);
  const isSame = (one: string | undefined, other: string | null): boolean =>
    one === undefined || other === null || sameSubjects(room, one).includes(other);
  const last = earlier.findLast((held) => unsafe.some((one) => isSame(one.subject, held.subject)));
  if (last === undefined) return [];
  const recorded = { outcome: 'seen safe', at: last.at, seq: last.seq, against: againstSafe };
  return contradicted(room, incident, recorded, { says: 'seen, and not safe', by: event.ids.unit, seq: event.seq });
}

/** An entry from outside the room, or about a closed incident, tells of danger after the outcome. */
function byEntry(room: Room, event: EventBy<'EntryAdded'>): readonly Response[] {
  const told = event.body.readings.filter(isToldDanger);
  const incident = told.length === 0 ? null : goingOn(room, event.ids.incident);
  const recorded = incident === null ? null : outcomeOf(room, incident);
  if (incident === null || recorded === null || recorded.seq >= event.seq || isUnitSent(room, incident)) return [];
  const known = new Set(incident.dangers.filter((one) => one.seq < recorded.seq).map((one) => one.kind));
  const against = told.filter((one) => recorded.against.includes(one.kind) && !known.has(one.kind));
  if (against.length === 0) return [];
  const says = against.map((one) => `'${quoted(one.quote, 60)}'`).join(', ');
  return contradicted(room, incident, recorded, { says, by: event.body.source, seq: event.seq });
}

/** A source holds somebody released or still wanted after an arrest was recorded. */
function bySource(room: Room, event: EventBy<'CheckCompleted'>): readonly Response[] {
  const incident = goingOn(room, event.ids.incident);
  const recorded = incident === null ? null : outcomeOf(room, incident);
  if (incident === null || recorded === null || recorded.against !== againstArrest) return [];
  const other = event.body.findings.find(
    (one) =>
      one.strength !== 'weak' &&
      one.when >= recorded.at &&
      (one.signs.includes('release') || one.signs.includes('wanted')),
  );
  if (other === undefined) return [];
  return contradicted(room, incident, recorded, { says: quoted(other.says), by: event.body.source, seq: event.seq });
}

/** `outcome-contradicted`: what was recorded as over is said not to be. */
export const outcomeContradicted: Safeguard = {
  id: 'outcome-contradicted',
  needs: ['contacts', 'text', 'units'],
  on: [
    'StatementRecorded',
    'RelayRecorded',
    'ObservationRecorded',
    'Mentioned',
    'ContactJoined',
    'EntryAdded',
    'ResultRecorded',
    'CheckCompleted',
  ],
  timings: {
    main: {
      dueMs: 0,
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: minuteMs(15) },
      ],
      againMs: minuteMs(30),
      windows: { day: hourMs(24) },
    },
  },
  words: {
    'said-otherwise':
      "Recorded at {when}: '{outcome:plain}'. Now {by:source} says otherwise: {says}. Nobody is on the way.",
  },
  react(event, room) {
    if (event.type === 'EntryAdded') return byEntry(room, event);
    if (event.type === 'ResultRecorded') return byUnit(room, event);
    if (event.type === 'CheckCompleted') return event.body.findings.length === 0 ? [] : bySource(room, event);
    return byContact(room, event);
  },
  isMet(_duty, event) {
    if (event.type === 'UnitAssigned') return true;
    // Newer evidence: an officer has seen those it is about, safe and apart from others.
    if (event.type !== 'ResultRecorded' || event.body.seen.length === 0) return false;
    return event.body.seen.every(isSafeAndApart);
  },
};
