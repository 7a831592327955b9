import { isServed } from '../room/deployment.ts';
import type { Incident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, why, windowMs } from '../room/safeguard.ts';
import { hasAuthority } from '../room/staff.ts';
import type { Task } from '../room/task.ts';
import { isSameOwner, openTask } from '../room/task.ts';
import { isGraveArrest } from './arrest-request.ts';
import { hasSecondPerson } from './authority.ts';
import { idOf } from './duties.ts';
import { dispatcher } from './owners.ts';
import { minuteMs } from './spans.ts';
import { quoted } from './words.ts';

const unassignedKey = 'unassigned';

function asksOf(task: Task) {
  const place = task.incident === null ? [] : [ask('AssignUnit', { incident: task.incident })];
  return [ask('CompleteTask', { task: task.id }), ask('OwnTask', { task: task.id }), ...place];
}

/** Somebody by name has the task, or a unit is on its way to its incident. */
function isAssigned(room: Room, task: Task): boolean {
  if ('staff' in task.owner) return true;
  const incident = task.incident === null ? undefined : room.incidents.get(task.incident);
  return incident !== undefined && isServed(room, incident);
}

/** The clock of the task itself. */
function clock(room: Room, task: Task, dueAt: number): RaiseDuty {
  const isGrave = isGraveArrest(room, task);
  return {
    kind: 'duty',
    about: `task:${task.id}`,
    owner: task.owner,
    level: isGrave ? 'alarm' : 'prompt',
    timing: isGrave ? 'arrest' : 'main',
    speaksAt: dueAt,
    dueAt,
    why: why('overdue', { kind: task.kind, says: quoted(task.says), by: task.raisedBy }, [task.seq]),
    asks: asksOf(task),
  };
}

/** A grave arrest request that nobody has taken does not wait for its own time. */
function untaken(room: Room, task: Task, from: number): readonly RaiseDuty[] {
  if (!isGraveArrest(room, task) || isAssigned(room, task)) return [];
  const speaksAt = Math.min(
    task.dueAt,
    from + windowMs(room, taskOverdue, task.urgent ? 'urgent-unassigned' : 'unassigned'),
  );
  return [
    {
      kind: 'duty',
      about: `task:${task.id}`,
      key: unassignedKey,
      owner: dispatcher,
      level: 'alarm',
      timing: 'untaken',
      speaksAt,
      dueAt: speaksAt,
      why: why('arrest-unassigned', { says: quoted(task.says), by: task.raisedBy }, [task.seq]),
      asks: asksOf(task),
    },
  ];
}

/** Facts may have made an open arrest request graver than it was; its own clock weighs it again when it is due. */
function graver(room: Room, incident: string, now: number): readonly RaiseDuty[] {
  return (room.incidents.get(incident)?.tasks ?? []).flatMap((one) => {
    const task = room.tasks.get(one);
    if (task?.kind !== 'arrest' || task.state !== 'open' || !isGraveArrest(room, task)) return [];
    return untaken(room, task, now);
  });
}

/** Whether a unit of the incident gave an arrest as its result. */
function wasArrested(room: Room, incident: Incident | null): boolean {
  return (incident?.deployments ?? []).some((one) => room.deployments.get(one)?.outcome === 'arrested');
}

/** `task-overdue`: an arrest request, a visit, a callback, any task is done by its time, or climbs. */
export const taskOverdue: Safeguard = {
  id: 'task-overdue',
  needs: ['decisions'],
  on: [
    'TaskRaised',
    'TaskOwned',
    'DeferralReturned',
    'DeferralWithdrawn',
    'FloorSet',
    'KindsSet',
    'WithdrawTask',
    'CompleteTask',
  ],
  timings: {
    main: {
      ladder: [
        { to: 'supervisor', afterMs: minuteMs(10) },
        { to: 'fim', afterMs: minuteMs(60) },
      ],
      windows: {
        'urgent-unassigned': minuteMs(5),
        unassigned: minuteMs(15),
        'after-return': minuteMs(10),
        'new-owner': minuteMs(60),
        'new-owner-arrest': minuteMs(15),
      },
    },
    untaken: {
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: minuteMs(10) },
      ],
    },
    arrest: {
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: minuteMs(10) },
      ],
      againMs: minuteMs(30),
    },
  },
  words: {
    overdue: 'The {kind:plain} asked for by {by} is past its time and not done: "{says}".',
    'arrest-unassigned': '{by} asked for the arrest of a violent or domestic suspect; nobody has taken it: "{says}".',
    'done-without-arrest':
      'Nobody is recorded as arrested. Record the arrest, or have a second person agree that it is done: "{says}".',
    'withdrawn-alone': 'The arrest of a violent or domestic suspect is not withdrawn by one person alone: "{says}".',
  },
  react(event, room) {
    if (event.type === 'FloorSet' || event.type === 'KindsSet')
      return graver(room, event.ids.incident, event.recordedAt);
    const task = openTask(room, event.ids['task']);
    if (task === null || task.state !== 'open') return [];
    if (event.type === 'TaskRaised') return [clock(room, task, task.dueAt), ...untaken(room, task, event.recordedAt)];
    const isOwned = event.type === 'TaskOwned';
    const grace = isOwned ? (isGraveArrest(room, task) ? 'new-owner-arrest' : 'new-owner') : 'after-return';
    const isLate = task.dueAt <= event.recordedAt;
    // Time is given once; a task that goes from hand to hand is due.
    const graceMs = isOwned && task.ownedLate > 1 ? 0 : windowMs(room, taskOverdue, grace);
    const dueAt = isLate ? event.recordedAt + graceMs : task.dueAt;
    return [clock(room, task, dueAt), ...untaken(room, task, event.recordedAt)];
  },
  /** When it falls due it is weighed again: what was an ordinary request may be a grave one by now. */
  due(duty, room, now) {
    const task = openTask(room, idOf(duty.about));
    if (task === null || duty.key !== '' || duty.level === 'alarm' || !isGraveArrest(room, task)) return [];
    return [clock(room, task, now)];
  },
  gate(asked, room) {
    if (asked.type !== 'WithdrawTask' && asked.type !== 'CompleteTask') return [];
    const task = openTask(room, asked.data.task);
    if (task === null || !isGraveArrest(room, task)) return [];
    const incident = task.incident === null ? null : (room.incidents.get(task.incident) ?? null);
    if (asked.type === 'CompleteTask' && wasArrested(room, incident)) return [];
    const mayDecide = [asked.actor.id, asked.approval?.second ?? ''].some((one) =>
      hasAuthority(room, one, 'decide-arrest'),
    );
    if (mayDecide && hasSecondPerson(room, asked, incident)) return [];
    return [
      {
        safeguard: 'task-overdue',
        why: why(
          asked.type === 'CompleteTask' ? 'done-without-arrest' : 'withdrawn-alone',
          { says: quoted(task.says) },
          [task.seq],
        ),
        asks: [ask('Propose', { command: 'WithdrawTask', task: task.id }), ask('CompleteTask', { task: task.id })],
      },
    ];
  },
  isMet(duty, event, room) {
    const id = idOf(duty.about);
    const task = room.tasks.get(id);
    if (task === undefined || task.state === 'done' || task.state === 'withdrawn') return true;
    if (duty.key === unassignedKey) return isAssigned(room, task) || task.state === 'deferred';
    if (event.type === 'Deferred') return event.ids.task === id;
    return event.type === 'TaskOwned' && event.ids.task === id && !isSameOwner(event.body.owner, duty.owner);
  },
};
