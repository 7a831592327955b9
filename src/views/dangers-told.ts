import type { Danger } from '../room/danger.ts';

/** A kind of danger that was told and not dismissed, with the words that told of it, each once. */
export interface DangerTold extends Pick<Danger, 'kind' | 'means' | 'lifeThreat'> {
  readonly quotes: readonly string[];
}

/** Dangers as somebody reads them in seconds: a line a kind, those to life first, else in the order of the telling. */
export function dangersTold(dangers: readonly Danger[]): readonly DangerTold[] {
  const told = new Map<string, DangerTold>();
  for (const { kind, means, lifeThreat, quote, confirmed } of dangers) {
    if (confirmed === false) continue;
    const held = told.get(kind);
    const quotes = [...new Set([...(held?.quotes ?? []), quote])];
    told.set(kind, { kind, means, lifeThreat: lifeThreat || held?.lifeThreat === true, quotes });
  }
  return [...told.values()].toSorted((a, b) => Number(b.lifeThreat) - Number(a.lifeThreat));
}
