import type { ChainedHeader } from './chain.ts';
import { genesis } from './chain.ts';
import type { Head } from './journal.ts';
import type { ErasureRecord, EventRow } from './rows.ts';
import { examine } from './rows.ts';
import type { Witnessed } from './witness.ts';

/** What became of looking at every event of a room's log, from the first to the head. */
export type Verdict =
  | {
      readonly kind: 'whole';
      readonly room: string;
      readonly head: Head;
      /** Bodies that are gone by a decision that the log holds. */
      readonly erased: number;
      /** Heads that the witness saw and that the log has still. */
      readonly witnessed: number;
    }
  | Broken
  /** The witness saw more than the log has: an older backup was restored, or the log's end was removed. */
  | { readonly kind: 'behind'; readonly room: string; readonly head: Head; readonly seen: Witnessed };

/** The first event that is not as it was written, and what is wrong with it. */
export interface Broken {
  readonly kind: 'broken';
  readonly room: string;
  readonly seq: number;
  readonly says: string;
}

/** Where the log must end: the writer's head, and the first row that stands where none should. */
export interface End {
  readonly head: Head;
  readonly stray: { readonly seq: number; readonly says: string } | null;
}

/** Looks at a log event by event, remembering no more than the one before, the witness and what was erased. */
export interface Walk {
  /** Takes the next row; says what is broken, if anything is. */
  readonly take: (row: EventRow) => Broken | null;
  readonly end: (end: End) => Verdict;
  readonly head: () => Head;
  /** The furthest event that is said to have decided an erasure and has not been come by; 0 where there is none. */
  readonly awaited: () => number;
}

interface Walking {
  readonly room: string;
  readonly witnessed: ReadonlyMap<number, Witnessed>;
  head: Head;
  erased: number;
  seen: number;
  /** Erased events by the event that is said to have decided it, until the walk comes by there. */
  readonly undecided: Map<number, Erased[]>;
}

interface Erased {
  readonly seq: number;
  readonly record: ErasureRecord;
}

/** Begins at the first event of a room. */
export function walk(room: string, witnessed: ReadonlyMap<number, Witnessed> = new Map()): Walk {
  const walking: Walking = { room, witnessed, head: genesis, erased: 0, seen: 0, undecided: new Map() };
  return {
    take: (row) => take(walking, row),
    end: (end) => ended(walking, end),
    head: () => walking.head,
    awaited: () => Math.max(0, ...walking.undecided.keys()),
  };
}

function broken({ room }: Walking, seq: number, says: string): Broken {
  return { kind: 'broken', room, seq, says };
}

function take(walking: Walking, row: EventRow): Broken | null {
  const { head, room } = walking;
  if (row.seq !== head.seq + 1) return broken(walking, head.seq + 1, 'it is missing');
  const link = examine(room, row);
  if (!link.isWhole) return broken(walking, row.seq, link.says);
  if (link.header.previous !== head.hash) return unlinked(walking, row.seq);
  const seen = walking.witnessed.get(row.seq);
  if (seen !== undefined && seen.hash !== row.hash) return broken(walking, row.seq, rewrittenText(seen));
  if (seen !== undefined) walking.seen += 1;
  walking.head = { seq: row.seq, hash: row.hash };
  if (row.erasure !== null) return noted(walking, { seq: row.seq, record: row.erasure });
  return decided(walking, link.header, link.body);
}

/** The later of two that do not fit is whole by itself, so it is the earlier one that is another than it was. */
function unlinked(walking: Walking, seq: number): Broken {
  if (seq === 1) return broken(walking, seq, 'it was not the first of its chain');
  return broken(walking, seq - 1, `it was changed and given a new hash: event ${seq} was chained to another`);
}

function noted(walking: Walking, erased: Erased): Broken | null {
  const { decision } = erased.record;
  walking.erased += 1;
  if (decision <= erased.seq) return broken(walking, erased.seq, `event ${decision} cannot have decided its erasure`);
  const held = walking.undecided.get(decision);
  if (held === undefined) walking.undecided.set(decision, [erased]);
  else held.push(erased);
  return null;
}

/** What is said to have been decided here was decided here, by those two, of those events. */
function decided(walking: Walking, header: ChainedHeader, body: unknown): Broken | null {
  const erased = walking.undecided.get(header.seq);
  if (erased === undefined) return null;
  walking.undecided.delete(header.seq);
  const named = new Set(header.type === 'ErasureDecided' ? (body as { readonly seqs: readonly number[] }).seqs : []);
  const isByTwo = header.second !== null && header.second !== header.actor.id;
  const wrong = erased.find(
    ({ seq, record }) =>
      !isByTwo || !named.has(seq) || record.by !== header.actor.id || record.second !== header.second,
  );
  return wrong === undefined ? null : broken(walking, wrong.seq, undecidedText(header.seq));
}

function undecidedText(decision: number): string {
  return `its body was erased, and event ${decision} is no decision by those two people that names it`;
}

function ended(walking: Walking, { head, stray }: End): Verdict {
  const { room, undecided, erased, seen, witnessed } = walking;
  const last = walking.head;
  if (last.seq < head.seq)
    return broken(walking, last.seq + 1, `it is missing: the writer's head is event ${head.seq}`);
  if (last.seq > head.seq) return broken(walking, head.seq + 1, "it stands after the writer's head");
  if (last.hash !== head.hash) return broken(walking, head.seq, "the writer's head has another hash for it");
  for (const [decision, [first]] of undecided)
    if (first !== undefined) return broken(walking, first.seq, undecidedText(decision));
  if (stray !== null) return broken(walking, stray.seq, stray.says);
  const newest = newestOf(witnessed);
  if (newest !== null && newest.seq > last.seq) return { kind: 'behind', room, head: last, seen: newest };
  return { kind: 'whole', room, head: last, erased, witnessed: seen };
}

/** The furthest head that a witness saw, or null. */
export function newestOf(witnessed: ReadonlyMap<number, Witnessed>): Witnessed | null {
  let newest: Witnessed | null = null;
  for (const one of witnessed.values()) if (one.seq > (newest?.seq ?? -1)) newest = one;
  return newest;
}

/** Of a log whose event is not the one that the witness saw in its place. */
export function rewrittenText(seen: Witnessed): string {
  return `the witness saw another in its place at ${new Date(seen.at).toISOString()}`;
}

/** Of a log that ends before what the witness saw. */
export function behindText(end: number, seen: Witnessed): string {
  const at = new Date(seen.at).toISOString();
  const why = 'an older backup was restored, or the end of the log was removed';
  return `the log ends at event ${end}, and the witness saw event ${seen.seq} at ${at}: ${why}`;
}
