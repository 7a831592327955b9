import type { Owner } from '../room/duty.ts';
import type { ProtectiveOrder } from '../room/order.ts';
import { isInForce } from '../room/order.ts';
import type { Room } from '../room/room.ts';
import type { RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import { hasAuthority } from '../room/staff.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { hasSecondPerson } from './authority.ts';
import { orderTitle } from './orders.ts';
import { actorOr } from './owners.ts';
import { hourMs, minuteMs } from './spans.ts';

interface Entry {
  readonly code: string;
  readonly timing: string;
  readonly owner: Owner;
  readonly event: AnyEvent;
}

function entry(room: Room, order: ProtectiveOrder, { code, timing, owner, event }: Entry): RaiseDuty {
  return {
    kind: 'duty',
    about: `order:${order.id}`,
    owner,
    level: 'prompt',
    timing,
    why: why(code, { order: orderTitle(room, order) }, [order.seq, event.seq]),
    asks: [ask('RecordOrderService', { order: order.id })],
  };
}

const constables: Owner = { role: 'constable' };

function isServiceKnown(order: ProtectiveOrder): boolean {
  return order.service === 'served' || order.service === 'told';
}

/** `order-service-unknown`: the register does not show what was served on whom, when, how and by whom. */
export const orderServiceUnknown: Safeguard = {
  id: 'order-service-unknown',
  needs: ['orders'],
  on: ['OrderRecorded', 'OrderServiceRecorded', 'BreachReported', 'EndOrder'],
  timings: {
    // To whoever recorded it within the shift; a supervisor at its end.
    main: { speaksMs: hourMs(4), dueMs: hourMs(4), ladder: [{ to: 'supervisor', afterMs: 0 }] },
    'not-yet': { speaksMs: hourMs(24), dueMs: hourMs(8), ladder: [{ to: 'supervisor', afterMs: 0 }] },
    asked: { dueMs: minuteMs(30), ladder: [{ to: 'supervisor', afterMs: 0 }] },
  },
  words: {
    'no-evidence': '{order}: it is recorded without evidence of what was served, on whom, when, how and by whom.',
    'service-not-known': '{order}: whether it was served is not known.',
    'ended-alone': '{order}: in force here until two people, one who may end a protection, say that it has ended.',
    'not-served-yet': '{order}: it is recorded as not served.',
    'asked-at-breach': '{order}: a breach is reported and the register does not show that it was served. Ask now.',
  },
  react(event, room) {
    if (event.type !== 'OrderRecorded' && event.type !== 'OrderServiceRecorded' && event.type !== 'BreachReported')
      return [];
    const order = room.orders.get(event.ids.order);
    if (order === undefined || !isInForce(order, event.at)) return [];
    if (event.type === 'BreachReported')
      return isServiceKnown(order)
        ? []
        : [entry(room, order, { code: 'asked-at-breach', timing: 'asked', owner: constables, event })];
    const owner = actorOr(event, constables);
    if (order.service === 'not-served')
      return [entry(room, order, { code: 'not-served-yet', timing: 'not-yet', owner, event })];
    if (event.type === 'OrderServiceRecorded' && order.service !== 'unknown') return [];
    const code = order.service === 'unknown' ? 'service-not-known' : 'no-evidence';
    return [entry(room, order, { code, timing: 'main', owner, event })];
  },
  gate(asked, room) {
    const order = asked.type === 'EndOrder' ? room.orders.get(asked.data.order) : undefined;
    if (order === undefined || !isInForce(order, asked.now)) return [];
    const { actor, approval } = asked;
    const people = approval === null ? [actor.id] : [actor.id, approval.second];
    if (hasSecondPerson(room, asked, null) && people.some((one) => hasAuthority(room, one, 'remove-marker'))) return [];
    const asks = [ask('Propose', { command: 'EndOrder', order: order.id })];
    return [
      {
        safeguard: 'order-service-unknown',
        why: why('ended-alone', { order: orderTitle(room, order) }, [order.seq]),
        asks,
      },
    ];
  },
  isMet(_duty, event) {
    if (event.type === 'OrderEnded') return true;
    return event.type === 'OrderServiceRecorded' && event.body.service !== 'unknown';
  },
};
