/** A share with the interval in which the true one lies in 95 of 100 such counts (Wilson 1927). */
export interface Share {
  readonly hits: number;
  readonly of: number;
  readonly share: number;
  readonly from: number;
  readonly to: number;
}

const z = 1.959_964;

/** The share of `hits` in `of`, with its 95 % interval; of nothing it is unknown: from 0 to 1. */
export function shareOf(hits: number, of: number): Share {
  if (of === 0) return { hits, of, share: Number.NaN, from: 0, to: 1 };
  const share = hits / of;
  const scale = 1 + (z * z) / of;
  const middle = (share + (z * z) / (2 * of)) / scale;
  const half = (z / scale) * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  return { hits, of, share, from: Math.max(0, middle - half), to: Math.min(1, middle + half) };
}

function percent(value: number): string {
  return (value * 100).toFixed(1);
}

/** The share in words: `59 of 60 (98.3 %, 91.1 to 99.7)`. */
export function sayShare({ hits, of, share, from, to }: Share): string {
  if (of === 0) return 'none to count';
  return `${hits} of ${of} (${percent(share)} %, ${percent(from)} to ${percent(to)})`;
}
