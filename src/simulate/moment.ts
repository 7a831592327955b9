import type { Actor } from '../room/define.ts';
import type { Ask } from '../room/duty.ts';
import type { Room } from '../room/room.ts';
import { isHere } from '../room/staff.ts';
import type { CommandType } from '../room/vocabulary.ts';
import type { Arrival } from './arrivals.ts';
import type { Call } from './calls.ts';
import { chance, pick } from './chance.ts';
import type { County } from './county.ts';
import { emptyRound } from './rounds.ts';
import type { OpenOnes, Round } from './rounds.ts';

/** Something done next, by a member of staff or one of the machines `telephony`, `radio` and `partner`. */
export interface Act {
  readonly as: Actor;
  readonly type: CommandType;
  readonly data: Readonly<Record<string, unknown>>;
  /** How long after the tick, so that a second's acts do not come all at once. */
  readonly waitMs: number;
  /** What it is an attempt at: given back with what the room said to it. */
  readonly key: string;
}

/** What the room would not do, and what would satisfy it. */
export interface Refused {
  readonly at: number;
  readonly times: number;
  readonly asks: readonly Ask[];
  readonly reasons: readonly string[];
  readonly act: Act;
}

/** What begins on one day, in order and by the slot in which it does. */
export interface DayPlan {
  readonly arrivals: readonly Arrival[];
  readonly bySlot: ReadonlyMap<number, Arrival>;
}

/**
 * What the traffic keeps beside the room, all of it to be had again: what was drawn, and what was tried. The room is
 * the only truth, so that a service that starts anew goes on where the room stands.
 */
export interface Memory {
  readonly days: Map<number, DayPlan>;
  readonly calls: Map<string, readonly Call[]>;
  /** The call that each contact came from; null for those that are not ours. */
  readonly origins: Map<string, Call | null>;
  /** When something was last done, by what it was about. */
  readonly touched: Map<string, number>;
  /** When an act was last given, by its key. */
  readonly given: Map<string, number>;
  readonly refused: Map<string, Refused>;
  /** How often the same answer was given to the same question. */
  readonly tries: Map<string, number>;
  /** What is looked at in turn. */
  readonly duties: Round;
  readonly incidents: Round;
  readonly refusals: Round;
  readonly people: Round;
  readonly open: OpenOnes;
}

/** One look at the room, and what is done at it. */
export interface Moment {
  readonly county: County;
  readonly seed: number;
  readonly room: Room;
  readonly now: number;
  /** Staff whom a visitor has taken: nobody acts in their place. */
  readonly taken: ReadonlySet<string>;
  readonly memory: Memory;
  readonly acts: Act[];
  /** People and units who already do something at this moment. */
  readonly busy: Set<string>;
}

/** An act that was given and has not come back yet is not given again within this time. */
const pendingMs = 20_000;
/** After a refusal the same is tried again no sooner, and no more often than this. */
const againMs = 25_000;
const triesMost = 6;
/** Acts of one tick, at most. */
const actsMost = 40;
/** Things remembered, at most; older ones go first. */
const rememberedMost = 60_000;

/** An empty memory. */
export function emptyMemory(): Memory {
  return {
    days: new Map(),
    calls: new Map(),
    origins: new Map(),
    touched: new Map(),
    given: new Map(),
    refused: new Map(),
    tries: new Map(),
    duties: emptyRound(),
    incidents: emptyRound(),
    refusals: emptyRound(),
    people: emptyRound(),
    open: { ids: new Set(), readAt: -Infinity },
  };
}

/** Lets the oldest entries of a memory go. */
export function bounded<K, V>(map: Map<K, V>, most = rememberedMost): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}

/** A number in [0, 1) for this county, by name. */
export function draw(moment: Moment, ...names: readonly (string | number)[]): number {
  return chance(moment.seed, ...names);
}

/** Whether the traffic plays this member of staff: on duty, and not taken by a visitor. */
export function isPlayed(moment: Moment, staff: string): boolean {
  return !moment.taken.has(staff) && moment.room.staff.has(staff) && isHere(moment.room, staff);
}

/** The people of a role whom the traffic plays and who are at their desks. */
export function playedOf(moment: Moment, role: string): readonly string[] {
  return (moment.room.onDuty.get(role) ?? []).filter((one) => !moment.taken.has(one));
}

function hasHandsFree(moment: Moment, one: string): boolean {
  const last = moment.memory.touched.get(`hands ${one}`) ?? 0;
  return !moment.busy.has(one) && moment.now - last >= moment.county.assumed['hand-seconds'] * 1_000;
}

/** Somebody of a role who can do something now, or null; the same one for the same thing while that lasts. */
export function somebody(
  moment: Moment,
  role: string,
  about: string,
  except: ReadonlySet<string> = new Set(),
): string | null {
  const people = playedOf(moment, role).filter((one) => !except.has(one) && hasHandsFree(moment, one));
  return people.length === 0 ? null : pick(people, draw(moment, 'who', role, about));
}

/** How long ago something was last done about a thing, or since an instant where nothing was. */
export function quietMs(moment: Moment, about: string, since: number): number {
  return moment.now - Math.max(since, moment.memory.touched.get(about) ?? 0);
}

/** Whether this may be tried now: it is not under way, and was not refused just now or too often. */
export function mayTry(moment: Moment, key: string): boolean {
  const given = moment.memory.given.get(key);
  if (given !== undefined && moment.now - given < pendingMs) return false;
  const refused = moment.memory.refused.get(key);
  if (refused === undefined) return true;
  return refused.times < triesMost && moment.now - refused.at >= againMs * refused.times;
}

interface Doing {
  readonly as: string | null;
  readonly type: CommandType;
  readonly data: Readonly<Record<string, unknown>>;
  readonly key?: string;
  /** What it is about, so that the next thing about it waits. */
  readonly about: string;
}

/** Does something, where somebody is there to do it and it is not already being tried. */
export function act(moment: Moment, { as, type, data, about, key = `${type} ${about}` }: Doing): boolean {
  if (as === null || moment.acts.length >= actsMost || !mayTry(moment, key)) return false;
  const isPerson = moment.room.staff.has(as);
  if (isPerson && !hasHandsFree(moment, as)) return false;
  const waitMs = Math.floor(draw(moment, 'wait', key, moment.now) * 900);
  moment.acts.push({ as: { kind: isPerson ? 'staff' : 'machine', id: as }, type, data, waitMs, key });
  moment.memory.given.set(key, moment.now);
  moment.memory.touched.set(about, moment.now);
  if (isPerson) {
    moment.memory.touched.set(`hands ${as}`, moment.now);
    moment.busy.add(as);
  }
  return true;
}
