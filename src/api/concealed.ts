import { createHmac } from 'node:crypto';
import type { z } from 'zod';
import type { Order } from '../engine/engine.ts';
import { archivedContact } from '../room/archive.ts';
import type { Asked, Reason } from '../room/define.ts';
import { id, isRefusal } from '../room/define.ts';
import { mayNot } from '../room/may.ts';
import type { Room } from '../room/room.ts';
import { commandSchemas, deciderOf } from '../room/vocabulary.ts';
import { owned } from '../views/visible.ts';
import type { Who } from './admission.ts';
import { isHiddenFrom, mayLook, seenBy } from './sight.ts';

/** Other names for what somebody named and cannot see, by the id that they used. Nearly always there are none. */
export type StandIns = ReadonlyMap<string, string>;

/** The ids among an order's data that the room holds and that its giver cannot see. */
function hiddenIn(order: Order, room: Room, who: Who): readonly string[] {
  if (room.restrictions.size === 0 && mayLook(room, who)) return [];
  const schema = commandSchemas.get(order.type);
  const named = schema === undefined ? [] : idsIn(schema, order.data);
  return [...new Set(named)].filter((one) => isHeld(one, room) && isHiddenFrom(room, who, one));
}

type Def = {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly options?: readonly z.ZodType[];
};

/** Every value that stands where a schema wants an id; words that only read like one are no ids. */
export function idsIn(schema: z.ZodType, value: unknown): readonly string[] {
  if (schema === id) return typeof value === 'string' ? [value] : [];
  if (typeof value !== 'object' || value === null) {
    const { innerType } = schema.def as unknown as Def;
    return innerType === undefined ? [] : idsIn(innerType, value);
  }
  const { shape, innerType, element, options } = schema.def as unknown as Def;
  if (innerType !== undefined) return idsIn(innerType, value);
  if (element !== undefined) return Object.values(value).flatMap((one) => idsIn(element, one));
  if (options !== undefined) return options.flatMap((one) => idsIn(one, value));
  if (shape === undefined) return [];
  const fields = value as Readonly<Record<string, unknown>>;
  const own = Object.entries(shape).flatMap(([key, one]) => idsIn(one, fields[key]));
  return shape === wrappedShape ? [...own, ...idsInProposed(fields)] : own;
}

/** A proposal holds the data of another command, of any type. */
const wrappedShape = shapeOfProposed();

function shapeOfProposed(): unknown {
  const proposing = commandSchemas.get('Propose')?.def as unknown as Def | undefined;
  return (proposing?.shape?.['command']?.def as unknown as Def | undefined)?.shape;
}

function idsInProposed({ type, data }: Readonly<Record<string, unknown>>): readonly string[] {
  const schema = typeof type === 'string' && type !== 'Propose' ? commandSchemas.get(type) : undefined;
  return schema === undefined ? [] : idsIn(schema, data);
}

function isHeld(wanted: string, room: Room): boolean {
  return (
    room.archived.has(wanted) ||
    room.archived.has(archivedContact(wanted)) ||
    owned.some((field) => room[field].has(wanted))
  );
}

/** Why a room refuses an order before any safeguard is asked, or null. */
function refusalOf(order: Order, room: Room, now: number): readonly Reason[] | null {
  const asked = askedOf(order, now);
  const barred = mayNot(room, asked);
  if (barred !== null) return [barred];
  const decision = deciderOf(order.type)?.(order.data, room, asked) ?? [];
  if (isRefusal(decision)) return decision.refused;
  return order.type === 'Approve' ? refusalOfProposed(order, room, now) : null;
}

function askedOf({ id: command, type, data, actor, at }: Order, now: number): Asked {
  return { id: command, type, data, actor, at: at ?? now, now, approval: null, override: null, read: () => [] };
}

/** Whoever approves does what was proposed, and cannot do to a hidden thing what they could not do to it themselves. */
function refusalOfProposed(order: Order, room: Room, now: number): readonly Reason[] | null {
  const proposal = room.proposals.get((order.data as { readonly decision: string }).decision);
  const proposed = proposal?.command;
  const data = proposed === undefined ? undefined : commandSchemas.get(proposed.type)?.safeParse(proposed.data);
  if (proposal === undefined || proposed === undefined || data?.success !== true) return null;
  const actor = { kind: 'staff', id: proposal.by } as const;
  return refusalOf({ ...order, type: proposed.type, data: data.data, actor }, room, now);
}

/** An order as it is given to the room, and the names that stand in for what is hidden from its giver. */
export interface Concealed {
  readonly order: Order;
  readonly standIns: StandIns;
}

/**
 * An order such that what is hidden from its giver answers exactly as what is not there. The room itself refuses it
 * (`may.ts`), or lets it through: nobody is kept from sending help. What it would refuse is given to it with other
 * names in place of the hidden ones where the room as its giver sees it refuses too: so it is refused for the very
 * reasons for which it would be if they did not exist, recorded in the same way and in the same time.
 */
export function conceal(
  order: Order,
  by: { readonly room: Room; readonly who: Who; readonly now: number; readonly key: Uint8Array },
): Concealed {
  const { room, who, now, key } = by;
  const hidden = hiddenIn(order, room, who);
  const standIns = new Map(hidden.map((one) => [one, standIn(one, room.id, key)]));
  const isAsItIs =
    hidden.length === 0 ||
    mayNot(room, askedOf(order, now)) === null ||
    refusalOf(order, seenBy(room, who), now) === null;
  if (isAsItIs) return { order, standIns };
  return { order: { ...order, data: renamed(order.data, standIns) }, standIns };
}

/** Always the same other name for an id, which nobody can work out and nothing is called by. */
function standIn(wanted: string, room: string, key: Uint8Array): string {
  return `absent-${createHmac('sha256', key).update(`${room} ${wanted}`).digest('hex').slice(0, 48)}`;
}

function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map((one) => renamed(one, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renamed(one, names)]));
}

/** Reasons with other names in place of those that the giver used, so that these are not taken for a disclosure. */
export function disguised(reasons: readonly Reason[], standIns: StandIns): readonly Reason[] {
  return withNames(reasons, [...standIns]);
}

/** Reasons with the names that the giver used. */
export function asNamed(reasons: readonly Reason[], standIns: StandIns): readonly Reason[] {
  return withNames(
    reasons,
    [...standIns].map(([named, other]) => [other, named]),
  );
}

function withNames(reasons: readonly Reason[], names: readonly (readonly [string, string])[]): readonly Reason[] {
  if (names.length === 0) return reasons;
  return reasons.map(({ code, says }) => ({
    code,
    says: names.reduce((text, [from, to]) => text.replaceAll(from, to), says),
  }));
}
