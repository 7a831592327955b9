import type { Why } from '../room/duty.ts';
import type { Room } from '../room/room.ts';
import type { Words } from './words.ts';
import { sayOnScreen } from './words.ts';

/** What a view is made with: the instant it is for, and the words of the safeguards. */
export interface Seen {
  readonly now: number;
  readonly words: Words;
}

/** A reason in words, with the events it rests on. */
export interface ToldWhy {
  readonly code: string;
  readonly says: string;
  readonly seqs: readonly number[];
}

/** What a safeguard had to say that demands nothing. */
export interface ToldNote {
  readonly safeguard: string;
  readonly why: ToldWhy;
  readonly seq: number;
}

/** A reason of a safeguard in words. */
export function toldWhy(words: Words, safeguard: string, why: Why): ToldWhy {
  return { code: why.code, says: sayOnScreen(words, safeguard, why), seqs: why.seqs };
}

/** What safeguards noted about some things of the room. */
export function notesAbout(room: Room, about: readonly string[], { words }: Seen): readonly ToldNote[] {
  return about
    .flatMap((one) => room.notes.get(one) ?? [])
    .map(({ safeguard, why, seq }) => ({ safeguard, why: toldWhy(words, safeguard, why), seq }))
    .toSorted((a, b) => a.seq - b.seq);
}

/** What the room holds under these ids, in their order. */
export function held<T>(among: { readonly get: (id: string) => T | undefined }, ids: Iterable<string>): readonly T[] {
  const found: T[] = [];
  for (const id of new Set(ids)) {
    const one = among.get(id);
    if (one !== undefined) found.push(one);
  }
  return found;
}
