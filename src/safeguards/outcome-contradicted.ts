import type { Contact } from '../room/contact.ts';
import type { Incident } from '../room/incident.ts';
import type { Band } from '../room/policy.ts';
import { gradeById } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import type { Response, Safeguard } from '../room/safeguard.ts';
import { ask, why, windowMs } from '../room/safeguard.ts';
import { sameSubjects } from '../room/subject.ts';
import type { AnyEvent, EventBy } from '../room/vocabulary.ts';
import { goingOn, hereOf } from './matches.ts';
import { againstArrest, againstSafe, denialOf, outcomeOf } from './outcomes.ts';
import type { Denied, Recorded } from './outcomes.ts';
import { dispatcher } from './owners.ts';
import { isUnitSent } from './sending.ts';
import { isSafeAndApart } from './sightings.ts';
import { hourMs, minuteMs } from './spans.ts';
import { isToldDanger } from './texts.ts';
import { clockOf, quoted } from './words.ts';

function firstBand(room: Room, incident: Incident): Band | null {
  const { first } = incident.grade;
  return first === null ? null : (gradeById(room.policy, first)?.band ?? null);
}

interface Contradiction {
  readonly says: string;
  readonly by: string;
  readonly seqs: readonly number[];
}

/** The incident goes on where it was: open, at its first grade, on its first clock. */
function contradicted(
  room: Room,
  incident: Incident,
  recorded: Recorded,
  otherwise: Contradiction,
): readonly Response[] {
  const { says, by, seqs } = otherwise;
  const parameters = { outcome: recorded.outcome, when: clockOf(recorded.at), says, by };
  const reason = why('said-otherwise', parameters, [recorded.seq, ...seqs]);
  const reopening: Response = {
    kind: 'act',
    type: 'IncidentReopened',
    ids: { incident: incident.id },
    body: { reason: `${recorded.outcome} at ${parameters.when}; ${by} says otherwise: ${says}`.slice(0, 2_000) },
  };
  const band = firstBand(room, incident);
  // The alarm comes first: what else needs somebody because of this finds that it sounds.
  return [
    {
      kind: 'duty',
      about: `incident:${incident.id}`,
      owner: dispatcher,
      level: 'alarm',
      why: reason,
      asks: [ask('AssignUnit', { incident: incident.id })],
    },
    ...(incident.state === 'closed' ? [reopening] : []),
    ...(band === null ? [] : [{ kind: 'floor', incident: incident.id, band, why: reason } as const]),
  ];
}

function saidOf({ dangers, observations }: Contact, against: readonly string[]): string {
  const quotes = dangers.filter((one) => against.includes(one.kind)).map((one) => `'${quoted(one.quote, 60)}'`);
  return quotes.join(', ') || observations.join(', ');
}

/**
 * Another matter of the same people and place is asked about: this one stays as it is and shows what was said, and the
 * other is no lower than this one ever was.
 */
function alike(
  room: Room,
  { incident, recorded, against }: Denied,
  on: { readonly contact: Contact; readonly seq: number; readonly standing: Incident | null },
): readonly Response[] {
  const { contact, seq, standing } = on;
  const by = `the call at ${clockOf(contact.presentedAt)}`;
  const parameters = { outcome: recorded.outcome, when: clockOf(recorded.at), says: saidOf(contact, against), by };
  const reason = why('said-otherwise-of-nearer', parameters, [recorded.seq, contact.seq, seq]);
  const band = firstBand(room, incident);
  return [
    ...(band === null || standing === null
      ? []
      : [{ kind: 'floor', incident: standing.id, band, why: reason } as const]),
    { kind: 'note', about: `incident:${incident.id}`, why: reason },
  ];
}

/** A later contact tells of what the outcome says cannot be. */
function byContact(room: Room, event: AnyEvent): readonly Response[] {
  const here = hereOf(room, { contact: event.ids['contact'], incident: event.ids['incident'] });
  const contact = here?.contact ?? null;
  if (here === null || contact === null || isUnitSent(room, here.incident)) return [];
  const denial = denialOf(room, here, room.now - windowMs(room, outcomeContradicted, 'day'));
  const raised = denial.asked.flatMap(({ incident, recorded, against }) => {
    const by = `the call at ${clockOf(contact.presentedAt)}`;
    const otherwise = { says: saidOf(contact, against), by, seqs: [contact.seq, event.seq] };
    return contradicted(room, incident, recorded, otherwise);
  });
  const on = { contact, seq: event.seq, standing: denial.standing };
  return [...raised, ...denial.alike.flatMap((one) => alike(room, one, on))];
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
  return contradicted(room, incident, recorded, { says: 'seen, and not safe', by: event.ids.unit, seqs: [event.seq] });
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
  return contradicted(room, incident, recorded, { says, by: event.body.source, seqs: [event.seq] });
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
  return contradicted(room, incident, recorded, { says: quoted(other.says), by: event.body.source, seqs: [event.seq] });
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
        { to: 'fim', afterMs: minuteMs(10) },
      ],
      againMs: minuteMs(30),
      windows: { day: hourMs(24) },
    },
  },
  words: {
    'said-otherwise':
      "Recorded at {when}: '{outcome:plain}'. Now {by:source} says otherwise: {says}. Nobody is on the way.",
    'said-otherwise-of-nearer':
      "Recorded at {when}: '{outcome:plain}'. Now {by:source} says otherwise: {says}. A nearer matter of the same " +
      'people or place is open again.',
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
