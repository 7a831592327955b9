import type { Draws } from './draws.ts';
import { faultRates } from './rates.ts';

type Groups = typeof faultRates;
/** What goes wrong together: of one group at most one fault occurs in a record. */
export type Group = keyof Groups;
/** One fault by its name. */
export type Fault = { [G in Group]: keyof Groups[G] }[Group];

/** Every fault in one order: its place is its bit in `faults` of a record. */
export const allFaults: readonly Fault[] = Object.values(faultRates).flatMap((group) => Object.keys(group) as Fault[]);
if (allFaults.length > 32) throw new Error('expected at most 32 faults: each is one bit');

const bits = Object.fromEntries(allFaults.map((fault, at) => [fault, 1 << at])) as Readonly<Record<Fault, number>>;

/** The bit by which a fault is told. */
export function bitOf(fault: Fault): number {
  return bits[fault];
}

/** The faults that a record says were put into it. */
export function faultsIn(faults: number): readonly Fault[] {
  return allFaults.filter((fault) => (faults & bits[fault]) !== 0);
}

/** The share of records in which a fault occurs, among those in which it can. */
export function rateOf(fault: Fault): number {
  for (const group of Object.values(faultRates))
    for (const [name, rate] of Object.entries(group)) if (name === fault) return rate;
  throw new Error(`no fault is called ${fault}`);
}

interface Drawing {
  readonly faults: readonly Fault[];
  /** Where the faults end, one behind the other, on a line from 0 to 1. */
  readonly ends: readonly number[];
}

const drawings = Object.fromEntries(
  (Object.keys(faultRates) as Group[]).map((group): [Group, Drawing] => {
    const rates = Object.entries<number>(faultRates[group]);
    let end = 0;
    return [group, { faults: rates.map(([fault]) => fault as Fault), ends: rates.map(([, rate]) => (end += rate)) }];
  }),
) as Readonly<Record<Group, Drawing>>;

/** The fault of a group that falls on one draw; null for none. */
export function drawFault(group: Group, draws: Draws): Fault | null {
  const { faults, ends } = drawings[group];
  const drawn = draws.next();
  for (let at = 0; at < ends.length; at += 1) if (drawn < (ends[at] ?? 0)) return faults[at] ?? null;
  return null;
}

/** The same where some fault of the group must fall, each in proportion to its rate. */
export function drawSureFault(group: Group, draws: Draws): Fault {
  const { faults, ends } = drawings[group];
  const drawn = draws.next() * (ends.at(-1) ?? 0);
  return faults[ends.findIndex((end) => drawn < end)] ?? (faults[0] as Fault);
}
