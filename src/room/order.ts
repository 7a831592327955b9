import { z } from 'zod';
import { changeIn, listed, roomWith, updateIn } from './change.ts';
import { concept, drafts, event, id, instant, line, taken, unknown } from './define.ts';
import type { Room } from './room.ts';
import { sameSubjects } from './subject.ts';

/** How much is known of service; unknown shows as "ask", never as "no". */
export const services = ['served', 'told', 'not-served', 'unknown'] as const;

export interface OrderBreach {
  readonly id: string;
  readonly incident: string | null;
  readonly at: number;
  readonly seq: number;
  readonly says: string;
}

/** An order, bail condition or notice that protects somebody from somebody. */
export interface ProtectiveOrder {
  readonly id: string;
  readonly seq: number;
  readonly kind: string;
  readonly respondent: string;
  readonly protects: readonly string[];
  readonly terms: readonly string[];
  readonly madeAt: number;
  readonly expiresAt: number | null;
  readonly powerAttached: boolean;
  readonly service: (typeof services)[number];
  readonly endedAt: number | null;
  readonly breaches: readonly OrderBreach[];
}

/** Orders in force at `at` that name this subject as respondent. */
export function ordersAgainst(room: Room, subject: string, at: number): readonly ProtectiveOrder[] {
  return sameSubjects(room, subject)
    .flatMap((one) => room.ordersOf.get(one) ?? [])
    .map((one) => room.orders.get(one))
    .filter((one): one is ProtectiveOrder => one !== undefined && isInForce(one, at));
}

/** Neither ended nor expired at that instant. */
export function isInForce(order: ProtectiveOrder, at: number): boolean {
  return order.endedAt === null && (order.expiresAt === null || order.expiresAt > at);
}

const commands = {
  RecordOrder: z.strictObject({
    order: id,
    kind: id,
    respondent: id,
    protects: z.array(id).min(1).max(20),
    terms: z.array(line).max(40).default([]),
    madeAt: instant,
    expiresAt: instant.optional(),
    powerAttached: z.boolean().default(false),
    service: z.enum(services).default('unknown'),
  }),
  RecordOrderService: z.strictObject({ order: id, service: z.enum(services), evidence: line }),
  EndOrder: z.strictObject({ order: id, reason: line }),
  ReportBreach: z.strictObject({ breach: id, order: id, incident: id.optional(), says: line }),
  /** What is done to protect somebody: by a supervisor or specialist. */
  DecideProtection: z.strictObject({ incident: id, subject: id, measures: z.array(line).max(20), reason: line }),
  DecideArrest: z.strictObject({ incident: id, subject: id, arrest: z.boolean(), grounds: line }),
};

const events = {
  OrderRecorded: event(
    { order: id, subject: id },
    {
      kind: id,
      protects: z.array(id).min(1).max(20),
      terms: z.array(line).max(40),
      madeAt: instant,
      expiresAt: instant.nullable(),
      powerAttached: z.boolean(),
      service: z.enum(services),
    },
  ),
  OrderServiceRecorded: event({ order: id }, { service: z.enum(services), evidence: line }),
  OrderEnded: event({ order: id }, { reason: line }),
  /** A breach as reported; whether it was one is decided elsewhere. */
  BreachReported: event({ breach: id, order: id, incident: id.optional() }, { says: line }, { says: '[erased]' }),
  ProtectionDecided: event({ incident: id, subject: id }, { measures: z.array(line).max(20), reason: line }),
  ArrestDecided: event({ incident: id, subject: id }, { arrest: z.boolean(), grounds: line, second: id.nullable() }),
};
const make = drafts(events);

/** Protective orders, their service, their reported breaches, and the decision to arrest. */
export const orderConcept = concept({
  commands,
  events,
  stakes: { EndOrder: () => 'lowers', DecideArrest: (data) => (data.arrest ? null : 'lowers') },
  decide: {
    RecordOrder: (data, room) => {
      if (room.orders.has(data.order)) return taken('order', data.order);
      for (const one of [data.respondent, ...data.protects])
        if (!room.subjects.has(one)) return unknown('subject', one);
      if (room.policy.orderKinds[data.kind] === undefined)
        return unknown('kind of order', data.kind, Object.keys(room.policy.orderKinds));
      const { order, respondent, expiresAt, ...body } = data;
      return [make.OrderRecorded({ order, subject: respondent }, { ...body, expiresAt: expiresAt ?? null })];
    },
    RecordOrderService: (data, room) =>
      room.orders.has(data.order)
        ? [make.OrderServiceRecorded({ order: data.order }, { service: data.service, evidence: data.evidence })]
        : unknown('order', data.order),
    EndOrder: (data, room) =>
      room.orders.has(data.order)
        ? [make.OrderEnded({ order: data.order }, { reason: data.reason })]
        : unknown('order', data.order),
    ReportBreach: (data, room) => {
      if (!room.orders.has(data.order)) return unknown('order', data.order);
      if (data.incident !== undefined && !room.incidents.has(data.incident)) return unknown('incident', data.incident);
      const held = room.orders.get(data.order)?.breaches.find((one) => one.id === data.breach);
      if (held !== undefined && held.incident !== (data.incident ?? null)) return taken('breach', data.breach);
      return [
        make.BreachReported({ breach: data.breach, order: data.order, incident: data.incident }, { says: data.says }),
      ];
    },
    DecideProtection: (data, room) => {
      const { incident, subject, measures, reason } = data;
      if (!room.incidents.has(incident)) return unknown('incident', incident);
      if (!room.subjects.has(subject)) return unknown('subject', subject);
      return [make.ProtectionDecided({ incident, subject }, { measures, reason })];
    },
    DecideArrest: (data, room, asked) => {
      if (!room.incidents.has(data.incident)) return unknown('incident', data.incident);
      if (!room.subjects.has(data.subject)) return unknown('subject', data.subject);
      const second = asked.approval?.second ?? null;
      return [
        make.ArrestDecided(
          { incident: data.incident, subject: data.subject },
          { arrest: data.arrest, grounds: data.grounds, second },
        ),
      ];
    },
  },
  evolve: {
    OrderRecorded: (room, { ids, body, seq }) => {
      const order: ProtectiveOrder = {
        id: ids.order,
        seq,
        respondent: ids.subject,
        ...body,
        endedAt: null,
        breaches: [],
      };
      return roomWith(room, {
        ordersOf: listed(room.ordersOf, ids.subject, order.id, 100),
        orders: room.orders.set(order.id, order),
      });
    },
    OrderServiceRecorded: (room, { ids, body }) => changeIn(room, 'orders', ids.order, { service: body.service }),
    OrderEnded: (room, { ids, at }) => changeIn(room, 'orders', ids.order, { endedAt: at }),
    /** One incident is one reported breach, whoever reports it again. */
    BreachReported: (room, { ids, body, seq, at }) =>
      updateIn(room, 'orders', ids.order, (order) =>
        order.breaches.some(
          (held) => held.id === ids.breach || (held.incident !== null && held.incident === ids.incident),
        )
          ? order
          : {
              ...order,
              breaches: [
                ...order.breaches,
                { id: ids.breach, incident: ids.incident ?? null, at, seq, says: body.says },
              ].slice(-500),
            },
      ),
    ProtectionDecided: (room: Room) => room,
    ArrestDecided: (room: Room) => room,
  },
});
