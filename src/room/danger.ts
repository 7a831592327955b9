import type { Reading } from './define.ts';

/** Danger that was told, with the words it rests on; `confirmed` is null until somebody has decided. */
export interface Danger {
  readonly kind: string;
  readonly means: string;
  readonly quote: string;
  readonly lifeThreat: boolean;
  readonly seq: number;
  readonly at: number;
  readonly confirmed: boolean | null;
}

/** The dangers among readings, as told. */
export function dangersOf(readings: readonly Reading[], seq: number, at: number): readonly Danger[] {
  return readings
    .filter((found) => found.reads === 'danger' && found.standing === 'told')
    .map(({ kind, means, quote, lifeThreat }) => ({ kind, means, quote, lifeThreat, seq, at, confirmed: null }));
}
