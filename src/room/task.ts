import { z } from 'zod';
import { changeIn, roomWith, updateIn } from './change.ts';
import { concept, drafts, event, id, instant, line, refuse, taken, unknown } from './define.ts';
import { isKnownOwner, ownerSchema } from './duty.ts';
import type { Owner } from './duty.ts';
import type { Room } from './room.ts';
import { isHere } from './staff.ts';

export const taskKinds = [
  'arrest',
  'visit',
  'callback',
  'referral',
  'evidence',
  'enquiry',
  'risk-form',
  'other',
] as const;

/** Work that somebody must do by a time: an arrest request, a visit, a callback, a referral. */
export interface Task {
  readonly id: string;
  readonly seq: number;
  readonly kind: (typeof taskKinds)[number];
  readonly incident: string | null;
  readonly subject: string | null;
  readonly owner: Owner;
  readonly urgent: boolean;
  readonly raisedBy: string;
  readonly raisedAt: number;
  readonly dueAt: number;
  readonly state: 'open' | 'deferred' | 'done' | 'withdrawn';
  readonly deferral: string | null;
  /** How often somebody else was given it after its time. */
  readonly ownedLate: number;
  readonly says: string;
}

/** The task if it still waits for somebody. */
export function openTask(room: Room, wanted: string | undefined): Task | null {
  const task = wanted === undefined ? undefined : room.tasks.get(wanted);
  return task !== undefined && (task.state === 'open' || task.state === 'deferred') ? task : null;
}

const ids = { task: id, incident: id.optional(), subject: id.optional() };

const commands = {
  RaiseTask: z.strictObject({
    task: id,
    kind: z.enum(taskKinds),
    incident: id.optional(),
    subject: id.optional(),
    owner: ownerSchema,
    urgent: z.boolean().default(false),
    dueAt: instant,
    says: line,
  }),
  OwnTask: z.strictObject({ task: id, owner: ownerSchema }),
  CompleteTask: z.strictObject({ task: id, result: line }),
  WithdrawTask: z.strictObject({ task: id, reason: line }),
};

const events = {
  TaskRaised: event(ids, {
    kind: z.enum(taskKinds),
    owner: ownerSchema,
    urgent: z.boolean(),
    dueAt: instant,
    says: line,
  }),
  TaskOwned: event(ids, { owner: ownerSchema }),
  TaskCompleted: event(ids, { result: line }, { result: '[erased]' }),
  TaskWithdrawn: event(ids, { reason: line }, { reason: '[erased]' }),
};
const make = drafts(events);

/** The header's ids of whatever happens to a task. */
export function taskIds(task: Task): { task: string; incident?: string; subject?: string } {
  return {
    task: task.id,
    ...(task.incident === null ? {} : { incident: task.incident }),
    ...(task.subject === null ? {} : { subject: task.subject }),
  };
}

function onOpen(room: Room, wanted: string, made: (task: Task) => ReturnType<typeof make.TaskOwned>) {
  const task = openTask(room, wanted);
  if (task !== null) return [made(task)];
  return room.tasks.has(wanted) ? refuse('task-ended', `Task ${wanted} is no longer open.`) : unknown('task', wanted);
}

/** Whether both name the same person or the same role. */
export function isSameOwner(one: Owner, other: Owner): boolean {
  return 'staff' in one ? 'staff' in other && one.staff === other.staff : 'role' in other && one.role === other.role;
}

/** Tasks. */
export const taskConcept = concept({
  commands,
  events,
  stakes: {
    WithdrawTask: () => 'lowers',
    CompleteTask: (data, room) => (room.tasks.get(data.task)?.kind === 'arrest' ? 'endangers' : null),
  },
  decide: {
    RaiseTask: (data, room) => {
      if (room.tasks.has(data.task)) return taken('task', data.task);
      if (data.incident !== undefined && !room.incidents.has(data.incident)) return unknown('incident', data.incident);
      if (data.subject !== undefined && !room.subjects.has(data.subject)) return unknown('subject', data.subject);
      const { task, incident, subject, ...body } = data;
      return [make.TaskRaised({ task, incident, subject }, body)];
    },
    OwnTask: (data, room) => {
      const { owner } = data;
      if ('staff' in owner ? !isHere(room, owner.staff) : !isKnownOwner(room, owner))
        return refuse('not-on-duty', 'A task is given to somebody who is there, or to a role of the room.');
      return onOpen(room, data.task, (task) => make.TaskOwned(taskIds(task), { owner }));
    },
    CompleteTask: (data, room) =>
      onOpen(room, data.task, (task) => make.TaskCompleted(taskIds(task), { result: data.result })),
    WithdrawTask: (data, room) =>
      onOpen(room, data.task, (task) => make.TaskWithdrawn(taskIds(task), { reason: data.reason })),
  },
  evolve: {
    TaskRaised: (room, { ids, body, seq, at, actor }) => {
      const task: Task = {
        id: ids.task,
        seq,
        incident: ids.incident ?? null,
        subject: ids.subject ?? null,
        ...body,
        raisedBy: actor.id,
        raisedAt: at,
        state: 'open',
        deferral: null,
        ownedLate: 0,
      };
      const next = roomWith(room, { tasks: room.tasks.set(task.id, task) });
      return updateIn(next, 'incidents', ids.incident, (incident) => ({
        ...incident,
        tasks: [...incident.tasks, task.id],
      }));
    },
    TaskOwned: (room, { ids, body, recordedAt }) =>
      updateIn(room, 'tasks', ids.task, (task) => ({
        ...task,
        owner: body.owner,
        ownedLate: task.ownedLate + (recordedAt >= task.dueAt && !isSameOwner(task.owner, body.owner) ? 1 : 0),
      })),
    TaskCompleted: (room, { ids }) => changeIn(room, 'tasks', ids.task, { state: 'done' }),
    TaskWithdrawn: (room, { ids }) => changeIn(room, 'tasks', ids.task, { state: 'withdrawn' }),
  },
});
