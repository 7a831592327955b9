import { waitingDeferral } from '../room/deferral.ts';
import type { Danger } from '../room/danger.ts';
import type { Duty } from '../room/duty.ts';
import { openDuty } from '../room/duty.ts';
import type { Incident } from '../room/incident.ts';
import { openIncident, spokeToCaller } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, timingOf, why } from '../room/safeguard.ts';
import type { Appearance } from '../room/subject.ts';
import { appearancesOf } from '../room/subject.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { hasSecondPerson } from './authority.ts';
import { cutOffIn, distressOf } from './cut-off.ts';
import { liveDangers } from './dangers.ts';
import { openIncidentOf } from './matches.ts';
import { takerOf } from './owners.ts';
import { harmedRoles, isPerson, suspectsIn } from './people.ts';
import { isArriving, isGoing } from './sending.ts';
import { hasProvenAttendance, wasSeenSafe } from './sightings.ts';
import { minuteMs } from './spans.ts';
import { tellsDanger } from './texts.ts';
import { quoted } from './words.ts';

const id = 'subject-unidentified';

/** Dangers whose source stays a danger to a particular person after the moment of telling. */
const lasting: readonly string[] = ['threat-to-life', 'held-or-followed', 'suspect-returning', 'suspect-present'];

const endangered: readonly string[] = ['caller', ...harmedRoles, 'subject', 'scene'];

/** A place that a unit can be sent to: a house, a flat, a named place; a street alone is none. */
function isLocated(room: Room, one: Appearance): boolean {
  const identity = room.subjects.get(one.subject)?.identity;
  return identity?.kind === 'place' && identity.premises !== undefined;
}

/** Whether anybody at risk is known by name, or by a place where they can be found. */
function isAtRiskKnown(room: Room, incident: Incident): boolean {
  if (wasSeenSafe(incident)) return true;
  return appearancesOf(room, incident).some(
    (one) => endangered.includes(one.role) && (isPerson(room, one.subject) || isLocated(room, one)),
  );
}

/** Whether a suspect is known by name, or by a place where they can be found. */
function isSourceKnown(room: Room, incident: Incident): boolean {
  return suspectsIn(room, incident).some((one) => isPerson(room, one.subject) || isLocated(room, one));
}

/** What is said of danger, or heard of it on a call that was cut off. */
function tellingOf(room: Room, incident: Incident): { readonly says: string; readonly seq: number } | null {
  const danger = liveDangers(incident)[0];
  if (danger !== undefined) return { says: quoted(danger.quote), seq: danger.seq };
  const heard = cutOffIn(room, incident).find((one) => distressOf(one) !== null);
  return heard === undefined ? null : { says: distressOf(heard) ?? '', seq: heard.seq };
}

/** Whoever stands on a bridge is the one in danger and its source: nobody else is to be found. */
function isOwnDanger(incident: Incident): boolean {
  const isTold = liveDangers(incident).some(({ kind }) => kind === 'self-harm');
  return (isTold || incident.kinds.includes('mental-health')) && incident.domestic.length === 0;
}

/** The danger whose source stays a danger to a particular person. */
function lastingIn(incident: Incident): Danger | undefined {
  return isOwnDanger(incident) ? undefined : liveDangers(incident).find((one) => lasting.includes(one.kind));
}

/** While somebody goes to, or is with, whoever told of it, they ask; of whom nobody can find the handler still asks. */
function timingFor(room: Room, incident: Incident): string {
  return isGoing(room, incident) && isAtRiskKnown(room, incident) ? 'going' : 'main';
}

function raised(room: Room, incident: Incident, seq: number): readonly RaiseDuty[] {
  if (waitingDeferral(room, incident.deferral) !== null) return [];
  const telling = tellingOf(room, incident);
  if (telling === null) return [];
  const about = `incident:${incident.id}` as const;
  const owner = takerOf(room, incident);
  const duties: RaiseDuty[] = [];
  const common = { kind: 'duty', about, owner, level: 'prompt' } as const;
  if (!isAtRiskKnown(room, incident) && openDuty(room, id, about, 'at-risk') === null)
    duties.push({
      ...common,
      key: 'at-risk',
      why: why('at-risk-unknown', { says: telling.says }, [telling.seq, seq]),
      asks: [ask('Mention', { incident: incident.id, role: 'at-risk' }), ask('RequestCheck')],
    });
  const source = lastingIn(incident);
  if (source !== undefined && !isSourceKnown(room, incident) && openDuty(room, id, about, 'source') === null)
    duties.push({
      ...common,
      key: 'source',
      timing: timingFor(room, incident),
      why: why('source-unknown', { says: quoted(source.quote) }, [source.seq, seq]),
      asks: [ask('Mention', { incident: incident.id, role: 'suspect' }), ask('RequestCheck')],
    });
  return duties;
}

/** Whether an event can tell of danger where none was known. */
function isTelling(event: AnyEvent): boolean {
  if (
    event.type === 'StatementRecorded' ||
    event.type === 'RelayRecorded' ||
    event.type === 'EntryAdded' ||
    event.type === 'EntryCorrected'
  ) {
    return tellsDanger(event.body.readings);
  }
  if (event.type === 'FloorSet') {
    return event.body.safeguard === 'caller-cut-off';
  }
  return true;
}

/** Events by which somebody begins to go there, or goes there no more. */
const goingOrNot = [
  'DeploymentAcknowledged',
  'UnitEnRoute',
  'UnitMoved',
  'UnitArrived',
  'UnitStatusSet',
  'UnitDiverted',
  'UnitStoodDown',
] as const;

function wasArrested(room: Room, incident: Incident): boolean {
  return incident.deployments.some((one) => room.deployments.get(one)?.outcome === 'arrested');
}

/** Whether by this event a silent question about the source has another time to speak. */
function isRetimed(duty: Duty, event: AnyEvent, room: Room, incident: Incident): boolean {
  if (duty.state !== 'armed' || duty.key !== 'source' || !goingOrNot.some((one) => one === event.type)) return false;
  const waitsMs = timingOf(room, subjectUnidentified, 'going').speaksMs ?? 0;
  const isWaiting = duty.speaksAt - duty.openedAt >= waitsMs;
  const isGoingNow = timingFor(room, incident) === 'going';
  if (!isWaiting || isArriving(event)) return isGoingNow;
  return !isGoingNow && !hasProvenAttendance(room, incident);
}

/** `subject-unidentified`: a person said to be in danger, or the source of it, is not identified or located. */
export const subjectUnidentified: Safeguard = {
  id,
  needs: ['text', 'identifiers'],
  on: [
    'StatementRecorded',
    'RelayRecorded',
    'EntryAdded',
    'EntryCorrected',
    'IncidentOpened',
    'ContactJoined',
    'IncidentsJoined',
    'FloorSet',
    'DeferralReturned',
    'DeferralWithdrawn',
    ...goingOrNot,
    'Defer',
  ],
  timings: {
    main: {
      // The handler is still asking who and where.
      speaksMs: minuteMs(5),
      dueMs: 0,
      ladder: [
        { to: 'supervisor', afterMs: minuteMs(30) },
        { to: 'fim', afterMs: minuteMs(120) },
      ],
    },
    // Whoever is sent asks on the spot: the clock runs from their setting out, and from their being there.
    going: {
      speaksMs: minuteMs(30),
      dueMs: 0,
      ladder: [
        { to: 'supervisor', afterMs: minuteMs(5) },
        { to: 'fim', afterMs: minuteMs(95) },
      ],
    },
  },
  words: {
    'at-risk-unknown': 'Somebody is said to be in danger ("{says:sound}") and nobody knows who or where they are.',
    'source-unknown': 'Danger was told ("{says}") and nobody knows who it comes from or where they are.',
    'deferring-unknown':
      'Somebody in danger, or the source of it, is not found. To let this wait needs a second person and a wake time.',
  },
  react(event, room) {
    const incident = openIncidentOf(room, event);
    if (incident === null || !isTelling(event)) return [];
    const duties = raised(room, incident, event.seq);
    if (!goingOrNot.some((one) => one === event.type)) return duties;
    return wasArrested(room, incident) ? [] : duties.filter(({ key }) => key === 'source');
  },
  gate(asked, room) {
    if (asked.type !== 'Defer' || asked.data.incident === undefined) return [];
    const incident = openIncident(room, asked.data.incident);
    if (incident === null) return [];
    const about = `incident:${incident.id}` as const;
    const open = openDuty(room, id, about, 'at-risk') ?? openDuty(room, id, about, 'source');
    if (open === null || (asked.data.until !== undefined && hasSecondPerson(room, asked, incident))) return [];
    return [{ safeguard: id, why: why('deferring-unknown', {}, open.why[0]?.seqs ?? []), asks: [ask('Propose')] }];
  },
  isMet(duty: Duty, event, room) {
    const incident = room.incidents.get(duty.incident ?? '');
    if (incident === undefined) return true;
    if (event.type === 'Mentioned' || event.type === 'ContactJoined' || event.type === 'ResultRecorded') {
      return duty.key === 'source' ? isSourceFound(room, incident, event) : isAtRiskKnown(room, incident);
    }
    if (event.type === 'DangerDismissed') {
      return duty.key === 'source' ? lastingIn(incident) === undefined : tellingOf(room, incident) === null;
    }
    if (isRetimed(duty, event, room, incident)) return true;
    if (event.type === 'Deferred') {
      return event.body.until !== null;
    }
    if (event.type === 'IncidentsJoined') {
      return event.ids.incident === incident.id;
    }
    if (event.type === 'IncidentClosed') {
      return !spokeToCaller(room, incident).has(event.actor.id);
    }
    return false;
  },
};

function isSourceFound(room: Room, incident: Incident, event: AnyEvent): boolean {
  return isSourceKnown(room, incident) || (event.type === 'ResultRecorded' && event.body.outcome === 'arrested');
}
