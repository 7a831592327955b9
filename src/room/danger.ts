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

const dangersMost = 200;

/** Dangers bounded without losing the grave ones: of too many, lesser ones of a kind told again since go first. */
export function keptDangers(dangers: readonly Danger[]): readonly Danger[] {
  if (dangers.length <= dangersMost) return dangers;
  const isGrave = (one: Danger): boolean => one.lifeThreat || one.confirmed === true;
  const newest = new Map(dangers.map((one) => [one.kind, one.seq]));
  let over = dangers.length - dangersMost;
  const rest = dangers.filter((one) => {
    if (over === 0 || isGrave(one) || newest.get(one.kind) === one.seq) return true;
    over -= 1;
    return false;
  });
  return rest.slice(-2 * dangersMost);
}

/** The dangers among readings, as told. */
export function dangersOf(readings: readonly Reading[], seq: number, at: number): readonly Danger[] {
  return readings
    .filter((found) => found.reads === 'danger' && found.standing === 'told')
    .map(({ kind, means, quote, lifeThreat }) => ({ kind, means, quote, lifeThreat, seq, at, confirmed: null }));
}

/** Sounds that are danger by themselves, whoever goes on speaking. */
const graveSounds: Readonly<Record<string, { readonly kind: string; readonly means: string }>> = {
  scream: { kind: 'screaming', means: 'A scream is heard on the line' },
  struggle: { kind: 'struggle', means: 'A struggle is heard on the line' },
  help: { kind: 'screaming', means: 'A cry for help is heard on the line' },
};

/** The dangers among sounds heard. */
export function dangersHeard(sounds: readonly string[], seq: number, at: number): readonly Danger[] {
  return sounds.flatMap((sound) => {
    const grave = graveSounds[sound];
    return grave === undefined ? [] : [{ ...grave, quote: sound, lifeThreat: true, seq, at, confirmed: null }];
  });
}
