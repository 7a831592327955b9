import type { Reason } from '../room/define.ts';
import type { Gate } from '../room/safeguard.ts';
import type { Room } from '../room/room.ts';
import { isLive } from '../room/deployment.ts';
import type { Arrival } from './arrivals.ts';
import { arrivalsOf, dayOf } from './arrivals.ts';
import { arrivalIn, callsFrom, keyOf } from './calls.ts';
import type { Call } from './calls.ts';
import type { County } from './county.ts';
import { crew, rest } from './crews.ts';
import { answerDuty, answerRefusal } from './desk.ts';
import { end } from './endings.ts';
import { breaks, habits } from './habits.ts';
import { inTurn, openIncidents } from './rounds.ts';
import { shifts } from './shifts.ts';
import { handle, occupied } from './handling.ts';
import { bounded, emptyMemory } from './moment.ts';
import type { Act, DayPlan, Moment } from './moment.ts';
import { textIn } from './question.ts';
import { deploymentsOf, sendInTurn } from './sending.ts';
import type { Job } from './sending.ts';
import { partner } from './partners.ts';
import type { Place } from './places.ts';

/** What came of an act, as the room or its engine says it. */
export type Reply =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly reasons: readonly Reason[]; readonly gates: readonly Gate[] };

/** What the traffic is handed at each tick beside the room. */
export interface Around {
  /** The instant of the room's clock. */
  readonly now: number;
  /** Staff whom visitors have taken: nobody acts in their place. */
  readonly taken: ReadonlySet<string>;
}

export interface TrafficOptions {
  readonly county: County;
  readonly seed: number;
  /** Beginnings in an hour of mean busyness. */
  readonly anHour?: number;
  /** Contacts that come in besides, in order of time: planted ones, or those of a real day. */
  readonly besides?: readonly Call[];
}

/** Invented people going about their day, and the people of the room who answer them. */
export interface Traffic {
  /** What is done next. To be asked every second or so; not asked, nothing happens: the traffic is paused. */
  readonly nextActs: (room: Room, around: Around) => readonly Act[];
  /** What the room said to an act; what it refused is put right, or tried again later. */
  readonly heard: (act: Act, reply: Reply, now: number) => void;
  /** Where the county knows an incident to be, whatever the room was told; null where nothing is known. */
  readonly placeOf: (room: Room, incident: string) => Place | null;
}

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
/** Followers of a beginning come within this time of it. */
const followMs = 100 * minuteMs;
/** What was refused is not put right any more after this. */
const refusedMs = 2 * 60 * minuteMs;
/** Breaks, meals and shifts are looked at this often. */
const peopleMs = 10 * secondMs;
/** A call that has not come to its end by then is left to whoever has it. */
const handlingMs = 45 * minuteMs;
/** Calls are drawn up this far ahead, so that not every second looks at all of them. */
const aheadMs = 10_000;
/** Days drawn and kept, and beginnings of them, at most. */
const daysMost = 8;
const callsMost = 3_000;

interface Source {
  readonly county: County;
  readonly seed: number;
  readonly anHour: number | undefined;
  readonly memory: Moment['memory'];
  readonly besides: readonly Call[];
  readonly besidesById: ReadonlyMap<string, Call>;
  readonly ahead: { from: number; calls: readonly Call[] };
}

function dayPlan({ county, seed, anHour, memory }: Source, day: number): DayPlan {
  const held = memory.days.get(day);
  if (held !== undefined) return held;
  const arrivals = arrivalsOf({ seed, assumed: county.assumed, anHour }, day);
  const made = { arrivals, bySlot: new Map(arrivals.map((one) => [one.slot, one])) };
  memory.days.set(day, made);
  bounded(memory.days, daysMost);
  return made;
}

function callsAt(source: Source, arrival: Arrival): readonly Call[] {
  const { county, seed, memory } = source;
  const key = keyOf(arrival);
  const held = memory.calls.get(key);
  if (held !== undefined) return held;
  const made = callsFrom({ county, seed, arrival });
  memory.calls.set(key, made);
  bounded(memory.calls, callsMost);
  return made;
}

/** The place of the first that is later than an instant. */
function firstAfter(arrivals: readonly { readonly at: number }[], at: number): number {
  let [low, high] = [0, arrivals.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((arrivals[middle]?.at ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

function within<T extends { readonly at: number }>(arrivals: readonly T[], after: number, until: number): readonly T[] {
  return arrivals.slice(firstAfter(arrivals, after), firstAfter(arrivals, until));
}

/** Every call that may be coming in, on the line or being written up now; drawn up for the next seconds as well. */
function callsAround(source: Source, now: number): readonly Call[] {
  const { ahead } = source;
  if (now < ahead.from || now >= ahead.from + aheadMs) {
    ahead.calls = drawnUp(source, now);
    ahead.from = now;
  }
  return ahead.calls.filter(({ at }) => at <= now);
}

function drawnUp(source: Source, now: number): readonly Call[] {
  const until = now + aheadMs;
  const days = [...new Set([dayOf(now - followMs), dayOf(until)])];
  const besides = within(source.besides, now - handlingMs, until);
  const own = days
    .flatMap((day) => within(dayPlan(source, day).arrivals, now - followMs, until))
    .flatMap((arrival) => callsAt(source, arrival))
    .filter(({ at }) => at <= until && at > now - handlingMs);
  return besides.length === 0 ? own : [...own, ...besides];
}

/** The call that a contact or incident of ours came from, drawn again where it was forgotten. */
function callOf(source: Source, room: Room, id: string | null): Call | null {
  if (id === null) return null;
  const incident = room.incidents.get(id);
  const of = incident?.contacts[0] ?? id;
  const held = source.besidesById.get(of) ?? source.memory.origins.get(of);
  if (held !== undefined) return held;
  const found = arrivalIn(of);
  const arrival = found === null ? undefined : dayPlan(source, found.day).bySlot.get(found.slot);
  const calls = arrival === undefined ? [] : callsAt(source, arrival);
  const call = calls.find((one) => one.id === of) ?? calls[0] ?? null;
  source.memory.origins.set(of, call);
  return call;
}

function work(moment: Moment, job: Job): void {
  const deployments = deploymentsOf(moment, job.incident);
  for (const one of deployments) if (isLive(one)) crew(moment, job, one);
  sendInTurn(moment, job);
  partner(moment, job);
  end(moment, job);
  habits(moment, job);
}

type From = (id: string | null) => Call | null;

/** What is asked of people is answered; what was refused is put right. */
function atDesks(moment: Moment, from: From): void {
  const { room, memory, now, county } = moment;
  const ms = county.assumed['look-seconds'] * secondMs;
  for (const id of inTurn(memory.duties, now, { ms, all: () => [...room.duties.keys()] })) {
    const duty = room.duties.get(id);
    if (duty !== undefined) answerDuty(moment, duty, from);
  }
  for (const [key, { at }] of memory.refused) if (now - at > refusedMs) memory.refused.delete(key);
  for (const key of inTurn(memory.refusals, now, { ms, all: () => [...memory.refused.keys()] })) {
    const refused = memory.refused.get(key);
    if (refused !== undefined) answerRefusal(moment, refused, from);
  }
}

/** Every open incident moves on. */
function atScenes(moment: Moment, from: From): void {
  const { room, memory, now, county } = moment;
  const all = (): readonly string[] => openIncidents(memory.open, room, now);
  for (const id of inTurn(memory.incidents, now, { ms: county.assumed['look-seconds'] * secondMs, all })) {
    const incident = room.incidents.get(id);
    if (incident?.state === 'open') work(moment, { incident, call: from(id) });
  }
}

/** Breaks, meals and shifts. */
function comeAndGo(moment: Moment, calls: readonly Call[]): void {
  if (inTurn(moment.memory.people, moment.now, { ms: peopleMs, all: () => ['everybody'] }).length === 0) return;
  const busy = occupied(moment, calls, true);
  rest(moment);
  breaks(moment, busy);
  shifts(moment, busy);
}

function forget(memory: Moment['memory']): void {
  for (const map of [memory.touched, memory.given, memory.tries]) bounded(map);
  bounded(memory.refused);
  bounded(memory.origins);
}

/** Dunnockshire at work. The same seed, room and clock give the same acts; what it remembers can be had again. */
export function trafficOf({ county, seed, anHour, besides = [] }: TrafficOptions): Traffic {
  const memory = emptyMemory();
  const besidesById = new Map(besides.map((call) => [call.id, call]));
  const source: Source = { county, seed, anHour, memory, besides, besidesById, ahead: { from: Infinity, calls: [] } };
  return {
    nextActs: (room, { now, taken }) => {
      const moment: Moment = { county, seed, room, now, taken, memory, acts: [], busy: new Set() };
      const from = (id: string | null): Call | null => callOf(source, room, id);
      const calls = callsAround(source, now);
      for (const call of calls) handle(moment, call, calls);
      atDesks(moment, from);
      atScenes(moment, from);
      comeAndGo(moment, calls);
      forget(memory);
      return moment.acts.toSorted((a, b) => a.waitMs - b.waitMs);
    },
    heard: (act, reply, now) => {
      if (reply.kind === 'done') {
        memory.refused.delete(act.key);
        if (act.type === 'OpenIncident' || act.type === 'ReopenIncident')
          memory.open.ids.add(textIn(act.data, 'incident'));
        return;
      }
      const times = (memory.refused.get(act.key)?.times ?? 0) + 1;
      const asks = reply.gates.flatMap((gate) => gate.asks);
      const reasons = reply.reasons.map(({ code }) => code);
      memory.refused.set(act.key, { at: now, times, asks, reasons, act });
    },
    placeOf: (room, incident) => callOf(source, room, incident)?.place ?? null,
  };
}
