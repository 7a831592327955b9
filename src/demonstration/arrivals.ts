import { chance } from './chance.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** At most one call begins in each. */
const slotMs = 20_000;
const slotsOfDay = dayMs / slotMs;

/** How busy each hour of the day is beside the mean (UTC); flatter than life, so that nobody meets an idle room. */
const busyness = [
  1.05, 1, 0.95, 0.9, 0.9, 0.9, 0.9, 0.95, 1, 1, 1.05, 1.05, 1.1, 1.1, 1.1, 1.1, 1.15, 1.2, 1.25, 1.3, 1.3, 1.25, 1.2,
  1.1,
];

/** One beginning of something in the county: its place in the day, and when. */
export interface Arrival {
  readonly day: number;
  readonly slot: number;
  /** How many came before it on this day. */
  readonly ordinal: number;
  readonly at: number;
}

/** Which day an instant belongs to. */
export function dayOf(at: number): number {
  return Math.floor(at / dayMs);
}

/** The hour of the day. */
export function hourOf(at: number): number {
  return Math.floor((at % dayMs) / hourMs);
}

/** Everything that begins on one day, in order: the same for the same seed, whatever became of the day before. */
export function arrivalsOf(seed: number, day: number, anHour: number): readonly Arrival[] {
  const arrivals: Arrival[] = [];
  for (let slot = 0; slot < slotsOfDay; slot += 1) {
    const at = day * dayMs + slot * slotMs;
    const likely = Math.min(0.95, ((busyness[hourOf(at)] ?? 1) * anHour * slotMs) / hourMs);
    if (chance(seed, 'arrives', day, slot) >= likely) continue;
    const within = Math.floor(chance(seed, 'within', day, slot) * slotMs);
    arrivals.push({ day, slot, ordinal: arrivals.length, at: at + within });
  }
  return arrivals;
}
