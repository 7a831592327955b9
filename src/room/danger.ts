import { updateIn } from './change.ts';
import type { Reading } from './define.ts';
import type { Incident } from './incident.ts';
import type { Room } from './room.ts';

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

/** The kind of what only reads like danger. */
export const likeDanger = 'like-danger';

/** Where nobody told of danger in so many words: what reads like it, to be asked about. Nothing else rests on it. */
export function likenessesOf(readings: readonly Reading[], seq: number, at: number): readonly Danger[] {
  return readings
    .filter((found) => found.reads === 'likeness')
    .map(({ kind, means, quote }) => ({ kind, means, quote, lifeThreat: false, seq, at, confirmed: null }));
}

/** What callers of an incident said that reads like danger; it becomes one of its dangers when a person decides. */
export function likenessesIn(room: Room, incident: Incident): readonly Danger[] {
  return incident.contacts.flatMap((one) => {
    const contact = room.contacts.get(one);
    return contact?.readings.flatMap((found) => likenessesOf([found], found.seq, contact.presentedAt)) ?? [];
  });
}

/** The dangers of these kinds are so, or are none: a named person has decided. */
export function decideDangers(
  room: Room,
  incident: string,
  decided: { readonly kinds: readonly string[]; readonly confirmed: boolean },
): Room {
  return updateIn(room, 'incidents', incident, (held) => {
    const known = new Set(held.dangers.map(({ seq, kind }) => `${seq} ${kind}`));
    const all = [...held.dangers, ...likenessesIn(room, held).filter(({ seq, kind }) => !known.has(`${seq} ${kind}`))];
    const { kinds, confirmed } = decided;
    const dangers = all
      .filter((danger) => kinds.includes(danger.kind) || held.dangers.includes(danger))
      .map((danger) => (kinds.includes(danger.kind) ? { ...danger, confirmed } : danger));
    return { ...held, dangers: keptDangers(dangers) };
  });
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
