import { z } from 'zod';
import { changeIn, listed, roomWith } from './change.ts';
import { observations } from './contact.ts';
import { concept, drafts, event, id, reading, taken, unknown, words } from './define.ts';
import type { Room } from './room.ts';

export const callbackResults = [
  'spoke-to-caller',
  'third-party',
  'no-answer',
  'voicemail',
  'wrong-number',
  'line-muted',
  'text-sent',
] as const;

/** One try to reach a caller: by whose phone, by which means, and what came of it. */
export interface CallbackAttempt {
  readonly id: string;
  readonly seq: number;
  readonly contact: string | null;
  readonly incident: string | null;
  readonly phone: string | null;
  readonly means: 'call' | 'text' | 'voicemail';
  readonly by: string;
  /** Who put down what came of it. */
  readonly recordedBy: string | null;
  readonly at: number;
  readonly result: (typeof callbackResults)[number] | null;
  readonly observations: readonly string[];
  readonly questions: 'open' | 'closed' | 'leading' | null;
  readonly apart: boolean;
}

const ids = { callback: id, contact: id.optional(), incident: id.optional(), phone: id.optional() };
const heard = z.array(z.enum(observations)).max(20);
const result = z.enum(callbackResults);
const questions = z.enum(['open', 'closed', 'leading']);
const readings = z.array(reading).max(40);

const commands = {
  AttemptCallback: z.strictObject({
    callback: id,
    contact: id.optional(),
    incident: id.optional(),
    /** The phone's subject, so that in whose hands it may be is known. */
    phone: id.optional(),
    means: z.enum(['call', 'text', 'voicemail']).default('call'),
  }),
  RecordCallback: z.strictObject({
    callback: id,
    result,
    observations: heard.default([]),
    questions: questions.optional(),
    /** The caller was alone and said so in their own words. */
    apart: z.boolean().default(false),
    words: words.optional(),
  }),
};

const events = {
  CallbackAttempted: event(ids, { means: z.enum(['call', 'text', 'voicemail']) }, { means: 'call' }),
  CallbackRecorded: event(
    ids,
    {
      result,
      observations: heard,
      questions: questions.nullable(),
      apart: z.boolean(),
      words: words.optional(),
      readings,
    },
    { result: 'no-answer', observations: [], questions: null, apart: false, readings: [] },
  ),
};
const make = drafts(events);

/** Calls back. One never counts as somebody seen safe by itself. */
export const callbackConcept = concept({
  commands,
  events,
  stakes: { AttemptCallback: () => 'endangers' },
  decide: {
    AttemptCallback: (data, room) => {
      if (room.callbacks.has(data.callback)) return taken('callback', data.callback);
      const contact = data.contact === undefined ? undefined : room.contacts.get(data.contact);
      if (data.contact !== undefined && contact === undefined) return unknown('contact', data.contact);
      if (data.incident !== undefined && !room.incidents.has(data.incident)) return unknown('incident', data.incident);
      if (data.phone !== undefined && !room.subjects.has(data.phone)) return unknown('phone', data.phone);
      const incident = data.incident ?? contact?.incident ?? undefined;
      const { callback, phone, means } = data;
      return [make.CallbackAttempted({ callback, contact: data.contact, incident, phone }, { means })];
    },
    RecordCallback: (data, room, asked) => {
      const attempt = room.callbacks.get(data.callback);
      if (attempt === undefined) return unknown('callback', data.callback);
      const contact = attempt.contact ?? undefined;
      const incident = attempt.incident ?? room.contacts.get(contact ?? '')?.incident ?? undefined;
      return [
        make.CallbackRecorded(
          { callback: data.callback, contact, incident, phone: attempt.phone ?? undefined },
          {
            result: data.result,
            observations: data.observations,
            questions: data.questions ?? null,
            apart: data.apart,
            words: data.words,
            readings: data.words === undefined ? [] : [...asked.read(data.words, 'caller')],
          },
        ),
      ];
    },
  },
  evolve: {
    CallbackAttempted: (room, { ids, body, seq, at, actor }) => {
      const attempt: CallbackAttempt = {
        id: ids.callback,
        seq,
        contact: ids.contact ?? null,
        incident: ids.incident ?? null,
        phone: ids.phone ?? null,
        means: body.means,
        by: actor.id,
        recordedBy: null,
        at,
        result: null,
        observations: [],
        questions: null,
        apart: false,
      };
      let index = room.callbacksOn;
      for (const place of [ids.contact, ids.incident])
        if (place !== undefined) index = listed(index, place, attempt.id, 200);
      return roomWith(room, { callbacksOn: index, callbacks: room.callbacks.set(attempt.id, attempt) });
    },
    CallbackRecorded: (room: Room, { ids, body, actor }) => {
      const { result, questions, apart } = body;
      const recordedBy = actor.kind === 'staff' ? actor.id : null;
      const heard = { result, questions, apart, recordedBy, observations: body.observations };
      return changeIn(room, 'callbacks', ids.callback, heard);
    },
  },
});
