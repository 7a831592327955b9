/** Milliseconds in so many minutes. */
export function minuteMs(count: number): number {
  return count * 60_000;
}

/** Milliseconds in so many hours. */
export function hourMs(count: number): number {
  return count * 3_600_000;
}

/** Milliseconds in so many days. */
export function dayMs(count: number): number {
  return count * 86_400_000;
}

/** Whole minutes in a span, rounded up. */
export function minutes(spanMs: number): number {
  return Math.ceil(spanMs / 60_000);
}
