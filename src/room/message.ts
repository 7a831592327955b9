import { z } from 'zod';
import { changeIn, roomWith } from './change.ts';
import { concept, drafts, event, id, refuse, taken, unknown, words } from './define.ts';
import { ownerSchema } from './duty.ts';
import type { Owner } from './duty.ts';
import type { Room } from './room.ts';

/** Words to a person, a desk or a unit, that may need an answer. */
export interface Message {
  readonly id: string;
  readonly seq: number;
  readonly incident: string | null;
  readonly to: Owner | null;
  readonly unit: string | null;
  readonly from: string;
  readonly text: string;
  readonly urgency: 'emergency' | 'prompt' | 'routine';
  readonly needsAnswer: boolean;
  readonly sentAt: number;
  readonly acknowledgedBy: string | null;
  readonly resent: number;
}

const ids = { message: id, incident: id.optional(), unit: id.optional() };

const commands = {
  SendMessage: z.strictObject({
    message: id,
    incident: id.optional(),
    to: ownerSchema.optional(),
    unit: id.optional(),
    text: words,
    urgency: z.enum(['emergency', 'prompt', 'routine']).default('prompt'),
    needsAnswer: z.boolean().default(true),
  }),
  AcknowledgeMessage: z.strictObject({ message: id }),
};

const events = {
  MessageSent: event(ids, {
    to: ownerSchema.nullable(),
    text: words,
    urgency: z.enum(['emergency', 'prompt', 'routine']),
    needsAnswer: z.boolean(),
  }),
  MessageResent: event(ids, {}, {}),
  MessageAcknowledged: event(ids, {}, {}),
};
const make = drafts(events);

/** Messages; one that needs an answer is never dropped because its incident closed. */
export const messageConcept = concept({
  commands,
  events,
  stakes: {},
  decide: {
    SendMessage: (data, room) => {
      if (room.messages.has(data.message)) return taken('message', data.message);
      if (data.unit === undefined && data.to === undefined)
        return refuse('nobody-named', 'A message needs a person, a role or a unit to go to.');
      if (data.unit !== undefined && !room.units.has(data.unit)) return unknown('unit', data.unit);
      if (data.incident !== undefined && !room.incidents.has(data.incident)) return unknown('incident', data.incident);
      const { message, incident, unit, to, ...body } = data;
      return [make.MessageSent({ message, incident, unit }, { ...body, to: to ?? null })];
    },
    AcknowledgeMessage: (data, room) => {
      const message = room.messages.get(data.message);
      if (message === undefined) return unknown('message', data.message);
      return [
        make.MessageAcknowledged(
          { message: message.id, incident: message.incident ?? undefined, unit: message.unit ?? undefined },
          {},
        ),
      ];
    },
  },
  evolve: {
    MessageSent: (room: Room, { ids, body, seq, at, actor }) => {
      const message: Message = {
        id: ids.message,
        seq,
        incident: ids.incident ?? null,
        unit: ids.unit ?? null,
        to: body.to,
        from: actor.id,
        text: body.text,
        urgency: body.urgency,
        needsAnswer: body.needsAnswer,
        sentAt: at,
        acknowledgedBy: null,
        resent: 0,
      };
      return roomWith(room, { messages: room.messages.set(message.id, message) });
    },
    MessageResent: (room, { ids }) =>
      changeIn(room, 'messages', ids.message, { resent: (room.messages.get(ids.message)?.resent ?? 0) + 1 }),
    MessageAcknowledged: (room, { ids, actor }) =>
      changeIn(room, 'messages', ids.message, { acknowledgedBy: actor.id }),
  },
});
