import { isComplete } from '../room/assessment.ts';
import { waitingDeferral } from '../room/deferral.ts';
import type { Reading } from '../room/define.ts';
import { isServed, liveDeployments, wasAttended } from '../room/deployment.ts';
import type { Why } from '../room/duty.ts';
import { effectiveGrade } from '../room/grade.ts';
import type { Incident, IncidentKind } from '../room/incident.ts';
import { openIncident } from '../room/incident.ts';
import { markersOn } from '../room/marker.ts';
import { ordersAgainst } from '../room/order.ts';
import type { Room } from '../room/room.ts';
import type { RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, why, windowMs } from '../room/safeguard.ts';
import type { AnyEvent, EventBy } from '../room/vocabulary.ts';
import { isPressing } from './grades.ts';
import { dispatcher, takerOf } from './owners.ts';
import { suspectRoles } from './people.ts';
import { minuteMs, minutes } from './spans.ts';
import { isToldDanger } from './texts.ts';
import { quoted } from './words.ts';

/** Outcomes of a visit that found nobody. */
const failedOutcomes: readonly string[] = ['no-answer', 'left-before', 'area-search', 'nothing-found'];
/** Kinds that change what is at risk. */
const riskKinds: readonly IncidentKind[] = [
  'domestic',
  'child',
  'vulnerable-adult',
  'missing',
  'stalking',
  'honour',
  'sexual',
  'mental-health',
  'weapon',
];

interface Told {
  readonly kind: string;
  readonly means: string;
  readonly quote: string;
}

function dangersIn(readings: readonly Reading[]): readonly Told[] {
  return readings.filter(isToldDanger);
}

/** What an event tells that bears on risk and was not known when the risk was assessed; null for routine. */
function newFact(event: AnyEvent, room: Room, incident: Incident): Why | null {
  if (event.type === 'EntryCorrected')
    return newDanger(incident, dangersIn(event.body.readings), event.seq) ?? corrected(event, incident);
  if (
    event.type === 'EntryAdded' ||
    event.type === 'StatementRecorded' ||
    event.type === 'RelayRecorded' ||
    event.type === 'CallbackRecorded'
  )
    return newDanger(incident, dangersIn(event.body.readings), event.seq);
  if (event.type === 'ContactJoined')
    return newDanger(incident, room.contacts.get(event.ids.contact)?.dangers ?? [], event.seq);
  return newEvent(event, room, incident);
}

function newEvent(event: AnyEvent, room: Room, incident: Incident): Why | null {
  if (event.type === 'KindsSet') {
    const kinds = event.body.add.filter((kind) => riskKinds.includes(kind));
    return kinds.length === 0 ? null : why('since-kind', { kinds: kinds.join(', ') }, [event.seq]);
  }
  if (event.type === 'Mentioned') return newPerson(event, room, incident);
  if (event.type === 'CheckCompleted') return found(event);
  if (event.type === 'BreachReported') return why('since-breach', { says: quoted(event.body.says) }, [event.seq]);
  if (event.type === 'RelianceEnded') return why('since-reliance', { says: quoted(event.body.says) }, [event.seq]);
  if (event.type === 'ResultRecorded' && isFailedVisit(event, room, incident))
    return why('since-visit', { outcome: event.body.outcome }, [event.seq]);
  return null;
}

/** Nobody was found, and nobody else is there or on the way: a second unit's search is no failed visit. */
function isFailedVisit({ body }: EventBy<'ResultRecorded'>, room: Room, incident: Incident): boolean {
  const isElsewhere = liveDeployments(room, incident).length > 0;
  return !isElsewhere && body.seen.length === 0 && failedOutcomes.includes(body.outcome);
}

/** A kind of danger that the assessment did not know; a repeat of what it knew is none. */
function newDanger(incident: Incident, told: readonly Told[], seq: number): Why | null {
  if (told.length === 0) return null;
  const assessedAt = incident.assessment?.seq ?? 0;
  const known = new Set(
    incident.dangers.filter((one) => one.seq <= assessedAt && !told.includes(one)).map((one) => one.kind),
  );
  const first = told.find((one) => !known.has(one.kind));
  return first === undefined ? null : why('since-danger', { means: first.means, quote: quoted(first.quote) }, [seq]);
}

/** A correction of an entry that the assessment knew and that told of danger or claimed that something was done. */
function corrected(event: EventBy<'EntryCorrected'>, incident: Incident): Why | null {
  const { entry, text } = event.body;
  const bears = [...incident.dangers, ...incident.claims].some((one) => one.seq === entry);
  return bears && entry <= (incident.assessment?.seq ?? 0)
    ? why('since-correction', { text: quoted(text) }, [entry, event.seq])
    : null;
}

/** A child, or a suspect whom a marker or an order speaks of, who was not in it before. */
function newPerson(event: EventBy<'Mentioned'>, room: Room, incident: Incident): Why | null {
  const { role } = event.body;
  const { subject } = event.ids;
  if (role !== 'child' && !suspectRoles.includes(role)) return null;
  const isKnown = [incident.id, ...incident.contacts]
    .flatMap((place) => room.mentions.get(place) ?? [])
    .some((one) => one.subject === subject && one.role === role && one.seq < event.seq);
  if (isKnown) return null;
  if (role === 'child') return why('since-child', {}, [event.seq]);
  const isSpokenOf = markersOn(room, subject).length > 0 || ordersAgainst(room, subject, event.at).length > 0;
  return isSpokenOf ? why('since-suspect', {}, [event.seq]) : null;
}

/** A check that came back after the assessment with something graver than that they were in touch before. */
function found(event: EventBy<'CheckCompleted'>): Why | null {
  const grave = event.body.findings.find(
    (one) => one.strength !== 'weak' && one.signs.some((sign) => sign !== 'repeat'),
  );
  return grave === undefined
    ? null
    : why('since-check', { source: event.body.source, says: quoted(grave.says) }, [event.seq]);
}

function stale(incident: Incident, room: Room, reason: Why): RaiseDuty {
  const isOnScene = liveDeployments(room, incident).some((one) => one.arrivedAt !== null);
  return {
    kind: 'duty',
    about: `incident:${incident.id}`,
    owner: takerOf(room, incident),
    level: 'prompt',
    timing: isOnScene ? 'on-scene' : 'main',
    why: reason,
    asks: [ask('Assess', { incident: incident.id })],
  };
}

/** Whether somebody should be on the way by now and nobody is. */
function isUnresourced(room: Room, incident: Incident): boolean {
  const band = effectiveGrade(room, incident)?.band;
  if (!isPressing(band)) return false;
  const deferral = waitingDeferral(room, incident.deferral);
  const isChosen = deferral !== null && (room.policy.deferralReasons[deferral.reason]?.chosenByCaller ?? false);
  return !isChosen && !isServed(room, incident) && !wasAttended(room, incident) && incident.attendance?.send !== false;
}

/** The silent clock of an incident that waits for a unit under an assessment that grows old. */
function waiting(room: Room, incident: Incident, seq: number): readonly RaiseDuty[] {
  const spanMs = windowMs(room, assessmentStale, 'unresourced');
  const assessment = incident.assessment;
  if (assessment === null || !isUnresourced(room, incident)) return [];
  return [
    {
      kind: 'duty',
      about: `incident:${incident.id}`,
      key: 'unresourced',
      owner: dispatcher,
      level: 'prompt',
      speaksAt: assessment.at + spanMs,
      why: why('old-and-waiting', { minutes: minutes(spanMs) }, [assessment.seq, seq]),
      asks: [ask('Assess', { incident: incident.id }), ask('AssignUnit', { incident: incident.id })],
    },
  ];
}

const clockEvents = [
  'Assessed',
  'GradeSet',
  'FloorSet',
  'UnitDiverted',
  'UnitStoodDown',
  'UnitStatusSet',
  'DeferralReturned',
  'DeferralWithdrawn',
  'IncidentReopened',
] as const;

/** `assessment-stale`: since the last assessment a fact has come that bears on risk, or too much time has gone by. */
export const assessmentStale: Safeguard = {
  id: 'assessment-stale',
  needs: ['text', 'grades'],
  on: [
    'EntryAdded',
    'EntryCorrected',
    'StatementRecorded',
    'RelayRecorded',
    'CallbackRecorded',
    'ContactJoined',
    'ResultRecorded',
    'CheckCompleted',
    'KindsSet',
    'Mentioned',
    'BreachReported',
    'RelianceEnded',
    ...clockEvents,
  ],
  timings: {
    // Silent while whoever hears it may be writing it down already; due ten minutes after the fact.
    main: {
      speaksMs: minuteMs(2),
      dueMs: minuteMs(8),
      ladder: [{ to: 'supervisor', afterMs: minuteMs(10) }],
      windows: { unresourced: minuteMs(60) },
    },
    'on-scene': {
      speaksMs: minuteMs(30),
      dueMs: minuteMs(10),
      ladder: [{ to: 'supervisor', afterMs: minuteMs(10) }],
    },
  },
  words: {
    'since-danger': 'Told since the assessment of risk: {means}, “{quote}”.',
    'since-correction': 'An entry that the assessment of risk knew was corrected: “{text}”.',
    'since-kind': 'Since the assessment of risk this has also become: {kinds:plain}.',
    'since-child': 'A child has been named since the assessment of risk.',
    'since-suspect': 'A suspect with a marker or an order has been named since the assessment of risk.',
    'since-check': 'Found in {source:source} after the assessment of risk: “{says}”.',
    'since-breach': 'A breach was reported since the assessment of risk: “{says}”.',
    'since-reliance': 'What was relied on no longer holds: “{says}”.',
    'since-visit': 'The visit found nobody ({outcome:plain}); the risk was assessed before it.',
    'old-and-waiting': 'Nobody is on the way, and the risk was assessed {minutes:minute|minutes} ago.',
  },
  react(event, room) {
    const incident = openIncident(room, event.ids['incident']);
    if (incident === null || !isComplete(incident.assessment)) return [];
    if (clockEvents.some((type) => type === event.type)) return waiting(room, incident, event.seq);
    const reason = newFact(event, room, incident);
    return reason === null ? [] : [stale(incident, room, reason)];
  },
  isMet(duty, event, room) {
    const incident = room.incidents.get(duty.incident ?? '');
    if (incident === undefined) return false;
    if (event.type === 'Assessed') return isComplete(incident.assessment);
    if (event.type === 'IncidentsJoined') return event.ids.incident === incident.id;
    return duty.key === 'unresourced' && (incident.state === 'closed' || !isUnresourced(room, incident));
  },
};
