import { z } from 'zod';

/** How wide the columns of a desk are, as shares of the whole. */
export type Widths = readonly number[];

/** No column becomes so narrow that its rows cannot be read. */
const leastShare = 0.12;
const kept = z.array(z.number().min(0).max(1));

/** Shares that add up to one. */
export function sharesOf(widths: Widths): Widths {
  const whole = widths.reduce((sum, one) => sum + one, 0);
  return widths.map((one) => one / whole);
}

/** The widths as they were kept, or the desk's own where nothing that fits it was kept. */
export function widthsKept(text: string | null, own: Widths): Widths {
  const shares = sharesOf(own);
  if (text === null) return shares;
  try {
    const { data } = kept.safeParse(JSON.parse(text));
    const fits = data?.length === shares.length && data.every((one) => one >= leastShare / 2);
    return fits ? sharesOf(data) : shares;
  } catch {
    return shares;
  }
}

/** Moves the edge after a column by a share of the whole; what the one gains the other loses, and neither vanishes. */
export function edgeMoved(widths: Widths, edge: number, by: number): Widths {
  const before = widths[edge];
  const after = widths[edge + 1];
  if (before === undefined || after === undefined || before + after < 2 * leastShare) return widths;
  const room = before + after;
  const moved = Math.min(room - leastShare, Math.max(leastShare, before + by));
  return widths.map((one, at) => (at === edge ? moved : at === edge + 1 ? room - moved : one));
}
