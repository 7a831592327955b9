import { z } from 'zod';
import { roomWith } from './change.ts';
import { concept, drafts, event, id, line, refuse, unknown } from './define.ts';
import type { Room } from './room.ts';
import { hasAuthority } from './staff.ts';

const commands = {
  EndSafeguardFailure: z.strictObject({ place: id, safeguard: id, reason: line }),
};

const events = {
  /** A safeguard threw. Everything else proceeds; lowering where it failed waits for the system owner. */
  SafeguardFailed: event(
    { incident: id.optional() },
    { safeguard: id, on: z.string().max(60), message: z.string().max(400) },
  ),
  SafeguardFailureEnded: event({ incident: id.optional() }, { safeguard: id, reason: line }),
};
export const failureDrafts = drafts(events);

/** Where failures of safeguards stand: on an incident, or on the room. */
export function failuresOf(room: Room, incident: string | undefined): readonly string[] {
  return room.failures.get(incident ?? 'room') ?? [];
}

/** Contained failures of safeguards (settled point 15). */
export const failureConcept = concept({
  commands,
  events,
  stakes: {},
  decide: {
    EndSafeguardFailure: (data, room, asked) => {
      if (!(room.failures.get(data.place) ?? []).includes(data.safeguard)) return unknown('failure', data.safeguard);
      if (asked.actor.kind !== 'staff' || !hasAuthority(room, asked.actor.id, 'end-safeguard-failure'))
        return refuse('no-authority', 'Only the system owner can say that a failed safeguard has been dealt with.');
      const ids = data.place === 'room' ? {} : { incident: data.place };
      return [failureDrafts.SafeguardFailureEnded(ids, { safeguard: data.safeguard, reason: data.reason })];
    },
  },
  evolve: {
    SafeguardFailed: (room: Room, { ids, body }) => {
      const place = ids.incident ?? 'room';
      const held = room.failures.get(place) ?? [];
      return held.includes(body.safeguard)
        ? room
        : roomWith(room, { failures: room.failures.set(place, [...held, body.safeguard]) });
    },
    SafeguardFailureEnded: (room: Room, { ids, body }) => {
      const place = ids.incident ?? 'room';
      const rest = (room.failures.get(place) ?? []).filter((one) => one !== body.safeguard);
      return roomWith(room, {
        failures: rest.length === 0 ? room.failures.delete(place) : room.failures.set(place, rest),
      });
    },
  },
});
