import { z } from 'zod';
import { roomWith } from './change.ts';
import { concept, drafts, event, instant, line, refuse } from './define.ts';
import type { Room } from './room.ts';

/** How many contacts a span of time usually brings, and how many have come. */
export interface Flow {
  readonly seq: number;
  readonly from: number;
  readonly until: number;
  /** What this hour of this weekday brings, as whoever counts has found. */
  readonly contacts: number;
  /** Of them, how many usually break off unanswered or unheard. */
  readonly lost: number;
  readonly came: number;
  readonly brokeOff: number;
}

const expected = {
  from: instant,
  until: instant,
  contacts: z.int().min(0).max(1_000_000),
  lost: z.int().min(0).max(1_000_000),
};

const commands = {
  /** What the span ahead usually brings: counted outside from the force's own past, told at its beginning. */
  ExpectContacts: z.strictObject(expected),
  /** The lines work again; the list was worked off and reconciled with what the telephone operator lost. */
  EndFlowFault: z.strictObject({ reconciled: line }),
};

const events = {
  ContactsExpected: event({}, expected),
  FlowFaultEnded: event({}, { reconciled: line }),
};
const make = drafts(events);

const unheard: readonly string[] = ['cut-off', 'abandoned', 'silent', 'not-understood'];

/** Whether a contact of this ending was lost on the way: nobody heard out who rang. */
export function isLost(ending: string | null): boolean {
  return ending !== null && unheard.includes(ending);
}

/** The room with one contact more in its flow. */
export function withArrival(room: Room): Room {
  return room.flow === null ? room : roomWith(room, { flow: { ...room.flow, came: room.flow.came + 1 } });
}

/** The room with one contact more that broke off. */
export function withLoss(room: Room, ending: string): Room {
  if (room.flow === null || !isLost(ending)) return room;
  return roomWith(room, { flow: { ...room.flow, brokeOff: room.flow.brokeOff + 1 } });
}

/** Contacts lost since then that nobody has rung back, put away or brought to an incident, oldest first. */
export function lostSince(room: Room, since: number): readonly string[] {
  const waiting = [...room.contacts.values()].filter(
    (one) =>
      one.presentedAt >= since &&
      isLost(one.ending) &&
      one.incident === null &&
      one.disposition === null &&
      (room.callbacksOn.get(one.id) ?? []).length === 0,
  );
  return waiting.toSorted((a, b) => a.seq - b.seq).map((one) => one.id);
}

/** The flow of contacts into the room, held against what is usual. */
export const flowConcept = concept({
  commands,
  events,
  stakes: { EndFlowFault: () => 'lowers' },
  decide: {
    ExpectContacts: (data) =>
      data.until <= data.from
        ? refuse('empty-span', 'The span must end after it begins.')
        : [make.ContactsExpected({}, data)],
    EndFlowFault: (data, room) => {
      const { flow } = room;
      if (flow === null) return refuse('no-flow', 'Nothing is known here of what is usual.');
      const waiting = lostSince(room, flow.from);
      return waiting.length === 0
        ? [make.FlowFaultEnded({}, data)]
        : refuse(
            'list-open',
            `${waiting.length} of the contacts that were lost wait to be rung back, the oldest ${waiting[0] ?? ''}.`,
          );
    },
  },
  evolve: {
    ContactsExpected: (room: Room, { body, seq }) => roomWith(room, { flow: { seq, ...body, came: 0, brokeOff: 0 } }),
    FlowFaultEnded: (room: Room) => room,
  },
});
