import { liveDeployments } from '../room/deployment.ts';
import type { Incident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { Why } from '../room/duty.ts';
import type { RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import { sameSubjects } from '../room/subject.ts';
import type { EventBy } from '../room/vocabulary.ts';
import { dispatcher } from './owners.ts';
import { peopleAtRisk } from './people.ts';
import { isSeenSafe } from './sightings.ts';
import { minuteMs } from './spans.ts';
import { unresolvedIn } from './unresolved.ts';

type Result = EventBy<'ResultRecorded'>;

const saidSeen: readonly string[] = ['seen', 'arrested'];
const notAnOutcome: readonly string[] = ['no-answer', 'area-search'];

/** Whether anybody who was seen is on record here. */
function isAnybodyKnown(room: Room, incident: Incident, subjects: readonly string[]): boolean {
  const known = new Set(incident.subjects);
  return subjects.some((one) => sameSubjects(room, one).some((same) => known.has(same)));
}

/** What the result lacks, one code for each; empty when it proves that the matter was attended to. */
function lacks(room: Room, incident: Incident, { body, ids }: Result): readonly string[] {
  const { deployment } = ids;
  const { outcome, seen, searched } = body;
  if (notAnOutcome.includes(outcome)) return ['no-outcome'];
  const missing: string[] = [];
  if (saidSeen.includes(outcome) && room.deployments.get(deployment)?.arrivedAt === null) missing.push('not-arrived');
  const { grave, guarded } = unresolvedIn(room, incident);
  const atRisk = peopleAtRisk(room, incident);
  const needsSighting = grave.length > 0 || guarded.length > 0;
  if (outcome === 'nothing-found' && searched.length === 0) missing.push('not-searched');
  if (saidSeen.includes(outcome)) {
    if (seen.length === 0) missing.push('not-named');
    else if (seen.every((one) => one.identified === 'not-identified')) missing.push('not-identified');
  }
  const named = seen.flatMap((one) => (one.subject === undefined ? [] : [one.subject]));
  if (named.length > 0 && atRisk.length > 0 && !isAnybodyKnown(room, incident, named)) missing.push('somebody-else');
  if (needsSighting && !isSeenSafe(room, incident)) missing.push(seen.length === 0 ? 'nobody-seen' : 'not-seen-safe');
  return missing;
}

/** Units have given results, and none of them shows that the matter was attended to. */
function isUnprovenSoFar(room: Room, incident: Incident): boolean {
  const outcomes = incident.deployments
    .map((one) => room.deployments.get(one)?.outcome ?? null)
    .filter((one) => one !== null);
  const isNoProof = (one: string): boolean =>
    notAnOutcome.includes(one) || (saidSeen.includes(one) && incident.seen.length === 0);
  return outcomes.length > 0 && outcomes.every(isNoProof);
}

type Leaving = EventBy<'ResultRecorded' | 'UnitStoodDown' | 'UnitDiverted'>;

function asked({ ids }: Leaving, reason: Why): RaiseDuty {
  const { deployment, incident } = ids;
  return {
    kind: 'duty',
    about: `deployment:${deployment}`,
    owner: dispatcher,
    level: 'prompt',
    why: reason,
    asks: [
      ask('AssignUnit', { incident }),
      ask('DecideAttendance', { incidents: incident }),
      ask('RecordResult', { deployment }),
    ],
  };
}

/** `attendance-unproven`: a result says whom it saw, how they were known, what was searched, or does not count. */
export const attendanceUnproven: Safeguard = {
  id: 'attendance-unproven',
  needs: ['units'],
  on: ['ResultRecorded', 'UnitStoodDown', 'UnitDiverted'],
  timings: { main: { speaksMs: 0, dueMs: minuteMs(5), ladder: [{ to: 'supervisor', afterMs: minuteMs(15) }] } },
  words: {
    left: '{unit} was at the scene, has left, and has said nothing of what it found.',
    'last-left': '{unit} was the last one going and has left. No result here says whom anybody saw.',
    unproven: '{unit} gave "{outcome:plain}" as its result. It does not count as attended: {missing:lack}.',
  },
  react(event, room) {
    const incident = room.incidents.get(event.ids['incident'] ?? '');
    if (incident === undefined || liveDeployments(room, incident).length > 0) return [];
    if (event.type === 'UnitStoodDown' || event.type === 'UnitDiverted') {
      const wasThere = room.deployments.get(event.ids.deployment)?.arrivedAt != null;
      const left = wasThere || isUnprovenSoFar(room, incident);
      return left ? [asked(event, why(wasThere ? 'left' : 'last-left', { unit: event.ids.unit }, [event.seq]))] : [];
    }
    if (event.type !== 'ResultRecorded') return [];
    const missing = lacks(room, incident, event).join(', ');
    if (missing === '') return [];
    const { outcome } = event.body;
    return [asked(event, why('unproven', { unit: event.ids.unit, outcome, missing }, [event.seq]))];
  },
  /** A whole result, or further attendance decided: a unit that goes, or a decision that stands up to its gates. */
  isMet(duty, event, room) {
    if (event.type === 'AttendanceDecided') return true;
    const incident = room.incidents.get(duty.incident ?? '');
    if (incident === undefined) return false;
    if (event.type === 'ResultRecorded') return lacks(room, incident, event).length === 0;
    return event.type === 'UnitAssigned';
  },
};
