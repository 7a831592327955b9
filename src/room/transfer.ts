import { z } from 'zod';
import { changeIn, roomWith, updateIn } from './change.ts';
import { concept, drafts, event, id, instant, line, refuse, taken, unknown } from './define.ts';
import { firstUnknown } from './known.ts';
import type { Room } from './room.ts';

export const needs = ['welfare', 'arrest', 'crime', 'information'] as const;

const answer = z.enum(['yes', 'no', 'not-asked']);
/** What must be asked of whoever passes a matter on by voice or mail; what was not asked is not a no. */
const questions = {
  injury: answer,
  threat: answer,
  weapon: answer,
  returning: answer,
  children: answer,
};
export type Questions = Readonly<z.output<z.ZodObject<typeof questions>>>;

/** What the other side says that it has of a matter. */
const readBack = {
  by: line,
  grade: id.optional(),
  /** Kinds of danger, and of marker. */
  dangers: z.array(id).max(40),
  markers: z.array(id).max(40),
  children: z.boolean(),
};
export type ReadBack = Readonly<z.output<z.ZodObject<typeof readBack>>>;

/** A matter sent to, or received from, another force, agency or desk; "passed on" is a state, not an end. */
export interface Transfer {
  readonly id: string;
  readonly seq: number;
  readonly direction: 'out' | 'in';
  readonly incident: string | null;
  readonly contact: string | null;
  readonly partner: string;
  readonly needs: readonly (typeof needs)[number][];
  readonly grade: string | null;
  readonly at: number;
  readonly state: 'sent' | 'accepted' | 'returned' | 'ended';
  readonly acceptedBy: string | null;
  /** The grade at which the other side accepted it, where it said one. */
  readonly acceptedGrade: string | null;
  readonly readBack: ReadBack | null;
  readonly asked: Questions | null;
}

const ids = { transfer: id, incident: id.optional(), contact: id.optional() };
const sent = { partner: id, needs: z.array(z.enum(needs)).min(1).max(4), words: line, grade: id.nullable() };

const commands = {
  SendTransfer: z.strictObject({
    transfer: id,
    incident: id.optional(),
    contact: id.optional(),
    partner: id,
    needs: sent.needs,
    words: line,
  }),
  AcceptTransfer: z.strictObject({
    transfer: id,
    by: line,
    reference: line.optional(),
    dueAt: instant.optional(),
    grade: id.optional(),
  }),
  /** The other side said what it has of it. */
  ReadBackTransfer: z.strictObject({
    transfer: id,
    ...readBack,
    dangers: readBack.dangers.default([]),
    markers: readBack.markers.default([]),
    children: z.boolean().default(false),
  }),
  /** Whoever passed it to us was asked, point by point. */
  AskTransfer: z.strictObject({ transfer: id, grade: id.optional(), answers: z.strictObject(questions) }),
  AnswerTransferDifference: z.strictObject({ transfer: id, reason: line }),
  ReturnTransfer: z.strictObject({ transfer: id, reason: line }),
  EndTransfer: z.strictObject({ transfer: id, outcome: line }),
  ReceiveTransfer: z.strictObject({
    transfer: id,
    contact: id.optional(),
    incident: id.optional(),
    partner: id,
    needs: sent.needs,
    words: line,
    grade: id.optional(),
  }),
};

const events = {
  TransferSent: event(ids, sent),
  TransferReceived: event(ids, sent),
  TransferAccepted: event(ids, {
    by: line,
    reference: line.optional(),
    dueAt: instant.optional(),
    grade: id.optional(),
  }),
  TransferReadBack: event(ids, readBack),
  TransferAsked: event(ids, { grade: id.optional(), answers: z.strictObject(questions) }),
  TransferDifferenceAnswered: event(ids, { reason: line }, { reason: '[erased]' }),
  TransferReturned: event(ids, { reason: line }, { reason: '[erased]' }),
  TransferEnded: event(ids, { outcome: line }, { outcome: '[erased]' }),
};
const make = drafts(events);

function idsOf(transfer: Transfer): { transfer: string; incident?: string; contact?: string } {
  return {
    transfer: transfer.id,
    ...(transfer.incident === null ? {} : { incident: transfer.incident }),
    ...(transfer.contact === null ? {} : { contact: transfer.contact }),
  };
}

function onKnown(room: Room, wanted: string, made: (transfer: Transfer) => ReturnType<typeof make.TransferReturned>) {
  const transfer = room.transfers.get(wanted);
  if (transfer === undefined) return unknown('transfer', wanted);
  return transfer.state === 'ended' ? refuse('transfer-ended', `Transfer ${wanted} has ended.`) : [made(transfer)];
}

type Opened = Omit<Transfer, 'id' | 'state' | 'acceptedBy' | 'acceptedGrade' | 'readBack' | 'asked'>;

function opened(room: Room, id: string, transfer: Opened): Room {
  const fresh = { state: 'sent', acceptedBy: null, acceptedGrade: null, readBack: null, asked: null } as const;
  return roomWith(room, { transfers: room.transfers.set(id, { id, ...transfer, ...fresh }) });
}

/** Transfers between rooms and to partners. */
export const transferConcept = concept({
  commands,
  events,
  stakes: {},
  decide: {
    SendTransfer: (data, room) => {
      if (room.transfers.has(data.transfer)) return taken('transfer', data.transfer);
      const { transfer, incident, contact, ...body } = data;
      const grade = room.incidents.get(incident ?? '')?.grade.current ?? null;
      return (
        firstUnknown(room, { incident, contact }) ?? [
          make.TransferSent({ transfer, incident, contact }, { ...body, grade }),
        ]
      );
    },
    ReceiveTransfer: (data, room) => {
      if (room.transfers.has(data.transfer)) return taken('transfer', data.transfer);
      const { transfer, incident, contact, grade, ...body } = data;
      return (
        firstUnknown(room, { incident, contact }) ?? [
          make.TransferReceived({ transfer, incident, contact }, { ...body, grade: grade ?? null }),
        ]
      );
    },
    AcceptTransfer: ({ transfer, ...body }, room) =>
      onKnown(room, transfer, (held) => make.TransferAccepted(idsOf(held), body)),
    ReadBackTransfer: ({ transfer, ...body }, room) =>
      onKnown(room, transfer, (held) => make.TransferReadBack(idsOf(held), body)),
    AskTransfer: ({ transfer, ...body }, room) =>
      onKnown(room, transfer, (held) => make.TransferAsked(idsOf(held), body)),
    AnswerTransferDifference: ({ transfer, ...body }, room) =>
      onKnown(room, transfer, (held) => make.TransferDifferenceAnswered(idsOf(held), body)),
    ReturnTransfer: ({ transfer, ...body }, room) =>
      onKnown(room, transfer, (held) => make.TransferReturned(idsOf(held), body)),
    EndTransfer: ({ transfer, ...body }, room) =>
      onKnown(room, transfer, (held) => make.TransferEnded(idsOf(held), body)),
  },
  evolve: {
    TransferSent: (room, { ids, body, seq, at }) =>
      opened(room, ids.transfer, {
        seq,
        at,
        direction: 'out',
        incident: ids.incident ?? null,
        contact: ids.contact ?? null,
        partner: body.partner,
        needs: body.needs,
        grade: body.grade,
      }),
    TransferReceived: (room, { ids, body, seq, at }) =>
      opened(room, ids.transfer, {
        seq,
        at,
        direction: 'in',
        incident: ids.incident ?? null,
        contact: ids.contact ?? null,
        partner: body.partner,
        needs: body.needs,
        grade: body.grade,
      }),
    TransferAccepted: (room, { ids, body }) =>
      changeIn(room, 'transfers', ids.transfer, {
        state: 'accepted',
        acceptedBy: body.by,
        acceptedGrade: body.grade ?? null,
      }),
    TransferReadBack: (room, { ids, body }) => changeIn(room, 'transfers', ids.transfer, { readBack: body }),
    TransferAsked: (room, { ids, body }) =>
      updateIn(room, 'transfers', ids.transfer, (held) => ({
        ...held,
        grade: body.grade ?? held.grade,
        asked: body.answers,
      })),
    TransferDifferenceAnswered: (room) => room,
    TransferReturned: (room, { ids }) => changeIn(room, 'transfers', ids.transfer, { state: 'returned' }),
    TransferEnded: (room, { ids }) => changeIn(room, 'transfers', ids.transfer, { state: 'ended' }),
  },
});
