import { z } from 'zod';
import { changeIn, roomWith } from './change.ts';
import { concept, drafts, event, id, instant, line, refuse, taken, unknown } from './define.ts';
import type { Room } from './room.ts';

/** What a caller or partner was told would happen, by when. */
export interface PromiseMade {
  readonly id: string;
  readonly seq: number;
  readonly contact: string | null;
  readonly incident: string | null;
  readonly what: 'attend' | 'call-back' | 'pass-on' | 'other';
  /** As it was told to them. */
  readonly words: string;
  readonly by: string;
  readonly madeAt: number;
  /** Untimed promises have null here; `promise-unkept` gives them a time. */
  readonly dueAt: number | null;
  readonly state: 'made' | 'kept' | 'withdrawn';
}

const ids = { promise: id, contact: id.optional(), incident: id.optional() };
const whats = z.enum(['attend', 'call-back', 'pass-on', 'other']);

const commands = {
  MakePromise: z.strictObject({
    promise: id,
    contact: id.optional(),
    incident: id.optional(),
    what: whats,
    words: line,
    dueAt: instant.optional(),
  }),
  KeepPromise: z.strictObject({ promise: id, how: line }),
  WithdrawPromise: z.strictObject({ promise: id, personTold: z.boolean(), answer: line.optional(), reason: line }),
};

const events = {
  PromiseMade: event(ids, { what: whats, words: line, dueAt: instant.nullable() }),
  PromiseKept: event(ids, { how: line }, { how: '[erased]' }),
  PromiseWithdrawn: event(ids, { personTold: z.boolean(), answer: line.optional(), reason: line }),
};
const make = drafts(events);

function idsOf(promise: PromiseMade): { promise: string; contact?: string; incident?: string } {
  return {
    promise: promise.id,
    ...(promise.contact === null ? {} : { contact: promise.contact }),
    ...(promise.incident === null ? {} : { incident: promise.incident }),
  };
}

/** Promises made to callers and partners. */
export const promiseConcept = concept({
  commands,
  events,
  stakes: { WithdrawPromise: () => 'lowers', KeepPromise: () => 'endangers' },
  decide: {
    MakePromise: (data, room) => {
      if (room.promises.has(data.promise)) return taken('promise', data.promise);
      const contact = data.contact === undefined ? undefined : room.contacts.get(data.contact);
      if (data.contact !== undefined && contact === undefined) return unknown('contact', data.contact);
      if (data.incident !== undefined && !room.incidents.has(data.incident)) return unknown('incident', data.incident);
      const incident = data.incident ?? contact?.incident ?? undefined;
      const body = { what: data.what, words: data.words, dueAt: data.dueAt ?? null };
      return [make.PromiseMade({ promise: data.promise, contact: data.contact, incident }, body)];
    },
    KeepPromise: (data, room) => {
      const promise = room.promises.get(data.promise);
      if (promise === undefined) return unknown('promise', data.promise);
      return promise.state === 'withdrawn'
        ? refuse('promise-withdrawn', `Promise ${promise.id} was withdrawn; tell the person, or promise anew.`)
        : [make.PromiseKept(idsOf(promise), { how: data.how })];
    },
    WithdrawPromise: (data, room) => {
      const promise = room.promises.get(data.promise);
      const { personTold, answer, reason } = data;
      return promise === undefined
        ? unknown('promise', data.promise)
        : [make.PromiseWithdrawn(idsOf(promise), { personTold, answer, reason })];
    },
  },
  evolve: {
    PromiseMade: (room: Room, { ids, body, seq, at, actor }) => {
      const promise: PromiseMade = {
        id: ids.promise,
        seq,
        contact: ids.contact ?? null,
        incident: ids.incident ?? null,
        what: body.what,
        words: body.words,
        by: actor.id,
        madeAt: at,
        dueAt: body.dueAt,
        state: 'made',
      };
      return roomWith(room, { promises: room.promises.set(promise.id, promise) });
    },
    PromiseKept: (room, { ids }) => changeIn(room, 'promises', ids.promise, { state: 'kept' }),
    PromiseWithdrawn: (room, { ids }) => changeIn(room, 'promises', ids.promise, { state: 'withdrawn' }),
  },
});
