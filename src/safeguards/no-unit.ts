import type { About } from '../room/duty.ts';
import { effectiveGrade } from '../room/grade.ts';
import type { Incident } from '../room/incident.ts';
import { openIncident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import { onDuty } from '../room/staff.ts';
import type { Task } from '../room/task.ts';
import { openTask } from '../room/task.ts';
import { freeUnits } from '../room/unit.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { idOf } from './duties.ts';
import { dispatcher } from './owners.ts';
import { isGoing, isMoving } from './sending.ts';
import { minuteMs } from './spans.ts';
import { quoted } from './words.ts';

/** The words in which somebody was told that there is no unit, or null where nobody was. */
function answerIn(event: AnyEvent): string | null {
  if (event.type === 'NoUnitAnswered') return event.body.reason;
  if (event.type !== 'EntryAdded') return null;
  const said = event.body.readings.find((one) => one.says === 'no-unit-available' && one.standing === 'told');
  return said === undefined ? null : said.quote;
}

/** What the unit was asked for: the task that is named or, where an arrest is waiting, that arrest. */
function taskOf(room: Room, incident: Incident, named: string | undefined): Task | null {
  const task = openTask(room, named);
  if (task !== null) return task.incident === incident.id ? task : null;
  for (const one of incident.tasks) {
    const waiting = openTask(room, one);
    if (waiting !== null && waiting.kind === 'arrest') return waiting;
  }
  return null;
}

/** Free units with their areas and what they can do, for the supervisor who asks around. */
function listed(room: Room): string {
  const named = freeUnits(room).map((one) => {
    const unit = room.units.get(one);
    const about = [unit?.area ?? '', ...(unit?.skills ?? [])].filter((word) => word !== '');
    return about.length === 0 ? one : `${one} (${about.join(', ')})`;
  });
  return named.length === 0 ? 'none' : named.join('; ');
}

function raised(room: Room, incident: Incident, event: AnyEvent): RaiseDuty {
  const task = taskOf(room, incident, event.ids['task']);
  const about: About = task === null ? `incident:${incident.id}` : `task:${task.id}`;
  const grade = effectiveGrade(room, incident);
  const isArrest = task?.kind === 'arrest';
  const isUrgent = isArrest || grade?.band === 'emergency';
  const params = { grade: grade?.title ?? 'Ungraded', quote: quoted(answerIn(event) ?? ''), free: listed(room) };
  const reason = isArrest
    ? why('none-for-arrest', { ...params, arrest: quoted(task.says) }, [task.seq, event.seq])
    : why('none-for-incident', { ...params, about: quoted(incident.summary) }, [event.seq]);
  return {
    kind: 'duty',
    about,
    owner: dispatcher,
    level: isUrgent ? 'alarm' : 'prompt',
    timing: isUrgent ? 'urgent' : 'main',
    why: reason,
    asks: [
      ask('AssignUnit', { incident: incident.id }),
      ask('SendMessage', { incident: incident.id }),
      ask('SendTransfer', { incident: incident.id }),
      ask('DecideAttendance', { incidents: incident.id }),
    ],
  };
}

function isFim(room: Room, staff: string): boolean {
  return onDuty(room, staff)?.role === 'fim' || room.policy.onCall.includes(staff);
}

/** A decision about the request by the force incident manager, or by the on-call officer in their place. */
function isDecidedByFim(event: AnyEvent, room: Room, about: string): boolean {
  if (event.type === 'ArrestDecided' && event.body.second !== null && isFim(room, event.body.second)) return true;
  if (event.actor.kind !== 'staff' || !isFim(room, event.actor.id)) return false;
  if (event.type === 'AttendanceDecided' || event.type === 'ArrestDecided') return true;
  return event.type === 'Deferred' && (event.ids.task === undefined || about === `task:${event.ids.task}`);
}

/** `no-unit`: a request for a unit was answered with "none", by command or in the log; it climbs by itself. */
export const noUnit: Safeguard = {
  id: 'no-unit',
  needs: ['units'],
  on: ['NoUnitAnswered', 'EntryAdded'],
  timings: {
    main: {
      dueMs: 0,
      ladder: [
        { to: 'supervisor', afterMs: minuteMs(5) },
        { to: 'fim', afterMs: minuteMs(10) },
      ],
      againMs: minuteMs(30),
    },
    urgent: {
      dueMs: 0,
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: minuteMs(10) },
      ],
      againMs: minuteMs(30),
    },
  },
  words: {
    'none-for-arrest':
      'No unit for an arrest: “{quote}”. Asked for: “{arrest}”. Free: {free}. Ask other kinds and the areas next door.',
    'none-for-incident':
      '{grade}, no unit: “{quote}”. It is about: “{about}”. Free: {free}. Ask other kinds and the areas next door.',
  },
  react(event, room) {
    if (answerIn(event) === null) return [];
    const incident = openIncident(room, event.ids['incident']);
    if (incident === null) return [];
    if (event.type === 'EntryAdded' && isGoing(room, incident)) return [];
    return [raised(room, incident, event)];
  },
  isMet(duty, event, room) {
    const incident = room.incidents.get(duty.incident ?? '');
    if (incident === undefined || incident.state === 'closed') return true;
    const isTask = duty.about.startsWith('task:');
    if (isTask && openTask(room, idOf(duty.about)) === null) return true;
    if (isDecidedByFim(event, room, duty.about)) return true;
    if (event.type !== 'DeploymentAcknowledged' && !isMoving(event)) return false;
    const sent = room.deployments.get(event.ids['deployment'] ?? '');
    return sent !== undefined && (!isTask || sent.assignedAt >= duty.openedAt);
  },
};
