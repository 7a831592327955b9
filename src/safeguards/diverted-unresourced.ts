import { isServed, liveDeployments } from '../room/deployment.ts';
import { clockStart, effectiveGrade } from '../room/grade.ts';
import type { Incident } from '../room/incident.ts';
import { openIncident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import { hasAuthority } from '../room/staff.ts';
import type { AnyEvent, EventBy } from '../room/vocabulary.ts';
import { isProtected } from './authority.ts';
import { liveDangers } from './dangers.ts';
import { dispatcher } from './owners.ts';
import { isDecisionToWait, isGoing, isLeaving } from './sending.ts';
import { minuteMs, minutes } from './spans.ts';
import { quoted } from './words.ts';

type Leaving = EventBy<'UnitDiverted'> | EventBy<'UnitStatusSet'>;

/** Only a job that can wait by its grade and tells of nothing worse is left with a prompt. */
function levelOf(room: Room, incident: Incident): RaiseDuty['level'] {
  const band = effectiveGrade(room, incident)?.band ?? 'emergency';
  const canWait = band === 'scheduled' || band === 'none';
  return canWait && liveDangers(incident).length === 0 && !isProtected(room, incident) ? 'prompt' : 'alarm';
}

function reasonOf(room: Room, incident: Incident, event: Leaving): RaiseDuty['why'] {
  const grade = effectiveGrade(room, incident);
  const since = grade === null ? incident.receivedAt : clockStart(incident, grade);
  const told = incident.dangers.at(-1)?.quote ?? incident.summary;
  const params = {
    unit: event.ids.unit,
    grade: grade?.title ?? 'Ungraded',
    waited: minutes(Math.max(0, event.recordedAt - since)),
    told: quoted(told),
  };
  if (event.type === 'UnitStatusSet')
    return why('left-by-status', { ...params, status: event.body.status }, [event.seq]);
  const other = room.incidents.get(event.ids.to ?? '');
  const job = other === undefined ? 'another job' : `“${quoted(other.summary, 60)}”`;
  return why('left', { ...params, to: event.ids.to ?? '', job }, [event.seq]);
}

/** A decision about the incident by somebody who answers for the room, or one that the gates let through. */
function isDecided(event: AnyEvent, room: Room): boolean {
  const hasRank = event.actor.kind === 'staff' && hasAuthority(room, event.actor.id, 'lower-grade');
  if (event.type === 'AttendanceDecided') return hasRank || !event.body.send;
  return hasRank && isDecisionToWait(event);
}

/** `diverted-unresourced`: a unit left an incident and nobody else is going; the first clock goes on. */
export const divertedUnresourced: Safeguard = {
  id: 'diverted-unresourced',
  needs: ['units'],
  on: ['UnitDiverted', 'UnitStatusSet'],
  timings: {
    main: {
      /** Somebody else sent within this time is a replacement, and nobody is interrupted. */
      speaksMs: 30_000,
      dueMs: 0,
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: minuteMs(10) },
      ],
      againMs: minuteMs(30),
    },
    low: { speaksMs: 30_000, dueMs: minuteMs(15), ladder: [{ to: 'supervisor', afterMs: 0 }] },
  },
  words: {
    left: '{unit} left this for {job} and nobody else is going. {grade}, {waited:minute|minutes} gone: “{told}”.',
    'left-by-status':
      '{unit} says "{status:plain}" and is no longer coming; nobody else is going. ' +
      '{grade}, {waited:minute|minutes} gone: “{told}”.',
  },
  react(event, room) {
    if (!isLeaving(event)) return [];
    const incident = openIncident(room, event.ids.incident);
    if (incident === null || liveDeployments(room, incident).length > 0) return [];
    const level = levelOf(room, incident);
    return [
      {
        kind: 'duty',
        about: `incident:${incident.id}`,
        owner: dispatcher,
        level,
        timing: level === 'alarm' ? 'main' : 'low',
        why: reasonOf(room, incident, event),
        asks: [
          ask('AssignUnit', { incident: incident.id }),
          ...incident.contacts.slice(0, 1).map((contact) => ask('TellCaller', { contact })),
          ask('DecideAttendance', { incidents: incident.id }),
        ],
      },
    ];
  },
  isMet(duty, event, room) {
    const incident = room.incidents.get(duty.incident ?? '');
    if (incident === undefined || incident.state === 'closed') return true;
    if (event.type === 'UnitAssigned') return duty.state === 'armed';
    return isDecided(event, room) || isServed(room, incident) || isGoing(room, incident);
  },
};
