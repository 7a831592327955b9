import { z } from 'zod';
import { changeIn, roomWith } from './change.ts';
import { concept, drafts, event, id, instant, line, refuse, taken, unknown } from './define.ts';
import { isKnownOwner, ownerSchema } from './duty.ts';
import type { Owner } from './duty.ts';
import { openIncident } from './incident.ts';
import { firstUnknown } from './known.ts';
import type { Room } from './room.ts';
import { openTask } from './task.ts';
import { freeUnits } from './unit.ts';

/** A decision to wait until a time, with a reason and an owner; it comes back by itself. */
export interface Deferral {
  readonly id: string;
  readonly seq: number;
  readonly incident: string | null;
  readonly task: string | null;
  readonly reason: string;
  readonly until: number;
  readonly owner: Owner | null;
  readonly by: string;
  readonly state: 'waiting' | 'returned' | 'withdrawn';
  /** How many times this thing has been deferred, this one included. */
  readonly times: number;
}

/** The deferral under which an incident or task waits now, or null. */
export function waitingDeferral(room: Room, deferral: string | null): Deferral | null {
  const held = deferral === null ? undefined : room.deferrals.get(deferral);
  return held !== undefined && held.state === 'waiting' ? held : null;
}

const place = { deferral: id, incident: id.optional(), task: id.optional() };

const commands = {
  Defer: z.strictObject({
    deferral: id,
    incident: id.optional(),
    task: id.optional(),
    reason: id,
    /** Without a wake time, owner or word to the person, `deferral-wrong` refuses; it may still be asked. */
    until: instant.optional(),
    owner: ownerSchema.optional(),
    personTold: z.boolean().default(false),
    says: line.optional(),
  }),
  WithdrawDeferral: z.strictObject({ deferral: id, reason: line }),
};

const events = {
  Deferred: event(place, {
    reason: id,
    until: instant.nullable(),
    owner: ownerSchema.nullable(),
    personTold: z.boolean(),
    says: line.optional(),
    free: z.array(id).max(20),
  }),
  DeferralReturned: event(place, {}, {}),
  DeferralWithdrawn: event(place, { reason: line }, { reason: '[erased]' }),
};
const make = drafts(events);

function timesDeferred(
  room: Room,
  place: { readonly incident?: string | undefined; readonly task?: string | undefined },
): number {
  return room.deferralsOf.get(place.task ?? place.incident ?? '') ?? 0;
}

/** Without a wake time a deferral that was let through returns after this long. */
const wakelessMs = 3_600_000;

function back(
  room: Room,
  ids: { readonly deferral: string; readonly incident?: string | undefined; readonly task?: string | undefined },
  state: 'returned' | 'withdrawn',
): Room {
  const next = changeIn(room, 'deferrals', ids.deferral, { state });
  if (ids.task !== undefined) return changeIn(next, 'tasks', ids.task, { state: 'open', deferral: null });
  return changeIn(next, 'incidents', ids.incident, { deferral: null });
}

/** Deferrals: what waits stays counted and visible, and returns by itself. */
export const deferralConcept = concept({
  commands,
  events,
  stakes: { Defer: () => 'lowers' },
  decide: {
    Defer: (data, room) => {
      if (room.deferrals.has(data.deferral)) return taken('deferral', data.deferral);
      const missing = firstUnknown(room, { incident: data.incident });
      if (missing !== null) return missing;
      const task = openTask(room, data.task);
      if (data.task !== undefined && task === null) return unknown('open task', data.task);
      if (task !== null && data.incident !== undefined && data.incident !== task.incident)
        return refuse('task-elsewhere', `Task ${task.id} does not belong to ${data.incident}.`);
      if (data.owner !== undefined && !isKnownOwner(room, data.owner))
        return refuse('owner-unknown', 'Nobody of the room bears that name or holds that role.');
      const incident = data.incident ?? task?.incident ?? undefined;
      if (data.task === undefined && openIncident(room, incident) === null)
        return unknown('open incident', incident ?? 'none');
      if (room.policy.deferralReasons[data.reason] === undefined)
        return unknown('reason for deferral', data.reason, Object.keys(room.policy.deferralReasons));
      const body = {
        reason: data.reason,
        until: data.until ?? null,
        owner: data.owner ?? null,
        personTold: data.personTold,
        says: data.says,
        free: [...freeUnits(room, 20)],
      };
      return [make.Deferred({ deferral: data.deferral, incident, task: data.task }, body)];
    },
    WithdrawDeferral: (data, room) => {
      const deferral = waitingDeferral(room, data.deferral);
      if (deferral === null) return refuse('deferral-ended', `No deferral ${data.deferral} is waiting.`);
      const ids = { deferral: deferral.id, incident: deferral.incident ?? undefined, task: deferral.task ?? undefined };
      return [make.DeferralWithdrawn(ids, { reason: data.reason })];
    },
  },
  evolve: {
    Deferred: (room, { ids, body, seq, at, actor }) => {
      const times = timesDeferred(room, ids) + 1;
      const deferral: Deferral = {
        id: ids.deferral,
        seq,
        incident: ids.incident ?? null,
        task: ids.task ?? null,
        reason: body.reason,
        until: body.until ?? at + wakelessMs,
        owner: body.owner,
        by: actor.id,
        state: 'waiting',
        times,
      };
      const next = roomWith(room, {
        deferrals: room.deferrals.set(deferral.id, deferral),
        deferralsOf: room.deferralsOf.set(ids.task ?? ids.incident ?? '', times),
      });
      if (ids.task !== undefined)
        return changeIn(next, 'tasks', ids.task, { state: 'deferred', deferral: deferral.id });
      return changeIn(next, 'incidents', ids.incident, { deferral: deferral.id });
    },
    DeferralReturned: (room, { ids }) => back(room, ids, 'returned'),
    DeferralWithdrawn: (room, { ids }) => back(room, ids, 'withdrawn'),
  },
});
