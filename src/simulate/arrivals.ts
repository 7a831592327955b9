import { britishClockAt, instantOf } from '../room/british-time.ts';
import type { Assumptions } from './assumptions.ts';
import { chance } from './chance.ts';
import { measured } from './measured.ts';

const secondMs = 1_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How busy each hour of the day is beside the mean; flatter than life, so that nobody meets an idle room. */
const flat = [
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
  /** How many ring about it within minutes, where it is one event that half the town sees; otherwise 0. */
  readonly burst: number;
}

/** What arrivals are drawn from: the same seed and assumptions give the same ones. */
export interface Demand {
  readonly seed: number;
  readonly assumed: Assumptions;
  /** Beginnings in an hour of mean busyness, where it is not as assumed. */
  readonly anHour?: number | undefined;
}

/** Which day an instant belongs to (UTC). */
export function dayOf(at: number): number {
  return Math.floor(at / dayMs);
}

/** The hour of the day on the clocks of Britain. */
export function hourOf(at: number): number {
  return britishClockAt(at).hour;
}

/** The hour of the week on the clocks of Britain, Monday at midnight being 0. */
function weekHourOf(at: number): number {
  const local = instantOf(britishClockAt(at));
  // 1 January 1970 was a Thursday.
  return (Math.floor(local / hourMs) + 72) % 168;
}

/** A number about 0 with variance 1: the sum of twelve draws. */
function about(draw: (place: number) => number): number {
  let sum = -6;
  for (let place = 0; place < 12; place += 1) sum += draw(place);
  return sum;
}

/** From when until when a storm goes on that day, or null: weather, a match, a fair night. */
export function stormOf({ seed, assumed }: Demand, day: number): readonly [from: number, until: number] | null {
  if (chance(seed, 'storm', day) >= assumed['storm-a-day']) return null;
  const from = day * dayMs + (14 + chance(seed, 'storm-at', day) * 6) * hourMs;
  const [least, most] = assumed['storm-hours'];
  return [from, from + (least + chance(seed, 'storm-for', day) * (most - least)) * hourMs];
}

/** How busy an hour is beside the mean, with what is uneven beyond chance. */
function levelOf(demand: Demand, hour: number): number {
  const { seed, assumed, anHour = assumed['beginnings-an-hour'] } = demand;
  const at = hour * hourMs;
  const usual = assumed.week === 'flat' ? (flat[hourOf(at)] ?? 1) : (measured.weekHours[weekHourOf(at)] ?? 1);
  // Counts whose rate itself varies: their variance is this many times their mean.
  const spread = Math.sqrt((assumed.dispersion - 1) / (anHour * usual));
  const uneven = spread === 0 ? 1 : Math.max(0.2, 1 + spread * about((place) => chance(seed, 'uneven', hour, place)));
  return anHour * usual * uneven;
}

/** Everything that begins on one day, in order: the same for the same seed, whatever became of the day before. */
export function arrivalsOf(demand: Demand, day: number): readonly Arrival[] {
  const { seed, assumed } = demand;
  const slotMs = assumed['slot-seconds'] * secondMs;
  const slotsOfHour = hourMs / slotMs;
  const storm = stormOf(demand, day);
  const burstShare = assumed['burst-a-day'] / (assumed['beginnings-an-hour'] * 24);
  const [fewest, most] = assumed['burst-callers'];
  const arrivals: Arrival[] = [];
  let level = 0;
  for (let slot = 0; slot < 24 * slotsOfHour; slot += 1) {
    const at = day * dayMs + slot * slotMs;
    if (slot % slotsOfHour === 0) level = levelOf(demand, at / hourMs);
    const isStormy = storm !== null && at >= storm[0] && at < storm[1];
    const likely = Math.min(0.95, ((isStormy ? assumed['storm-factor'] : 1) * level) / slotsOfHour);
    if (chance(seed, 'arrives', day, slot) >= likely) continue;
    const within = Math.floor(chance(seed, 'within', day, slot) * slotMs);
    const isBurst = chance(seed, 'burst', day, slot) < burstShare;
    const burst = isBurst ? fewest + Math.floor(chance(seed, 'callers', day, slot) * (most - fewest)) : 0;
    arrivals.push({ day, slot, ordinal: arrivals.length, at: at + within, burst });
  }
  return arrivals;
}
