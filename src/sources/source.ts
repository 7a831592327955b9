import type { Finding } from '../room/check.ts';
import type { Identity } from '../room/subject.ts';

/** One earlier thing that a source knows: whom and what it names, when it was, and what it tells of. */
export interface SourceRecord {
  readonly id: string;
  readonly kind: Finding['kind'];
  readonly when: number;
  /** Everybody and everything that it names. */
  readonly names: readonly Identity[];
  /**
   * The room's subjects that it is known to be about, where the source has them: first those that `names` names, in
   * the same order.
   */
  readonly subjects: readonly string[];
  readonly signs: Finding['signs'];
  readonly says: string;
  /** How it reached the force, where the source knows; left out is as none. */
  readonly channels?: readonly string[];
}

/** The records of one source in one room. */
export interface Shelf {
  readonly room: string;
  readonly source: string;
}

/** What is asked of a source: one subject, as it is known at that instant. */
export interface Question {
  readonly subject: string;
  readonly identity: Identity;
  /**
   * What else is known to belong to the same contact or incident: a name that only sounds alike counts for more at
   * the same address.
   */
  readonly beside: readonly Identity[];
  /** Records of the matter in hand, which are no history to it, and what the room shows of the very same by itself. */
  readonly apartFrom: readonly string[];
  readonly at: number;
  /** Up to how far from a place, and since when, others are near it; left out, nothing is found by its distance. */
  readonly near?: { readonly withinM: number; readonly since: number };
}

/** What came back, and how long it took. Only `no-trace` says that there is nothing. */
export interface Answer {
  readonly result: 'no-trace' | 'found' | 'failed' | 'timed-out' | 'unavailable';
  readonly findings: readonly Finding[];
  /** Milliseconds from the question to the answer. */
  readonly tookMs: number;
  /** Why there is no answer, for the log of the service: without a word of whom it was about. */
  readonly reason?: string;
}

/** The port behind which every source of history stands. */
export interface Source {
  readonly id: string;
  readonly ask: (question: Question) => Answer;
}

/** A source that answers in its own time: a database, another system, another process. Never rejects for its own fault:
 * what went wrong is the answer's result. */
export interface LiveSource {
  readonly id: string;
  readonly ask: (question: Question, signal: AbortSignal) => Promise<Answer>;
  /** The source to ask next, by id, where this answer leaves it open who it is. */
  readonly askNext?: (question: Question, answer: Answer) => string | null;
}
