import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import { asPerson } from './as-person.ts';
import type { CommandAnswer, Given, Kept, ToldGate } from './messages.ts';

interface Keeping extends DBSchema {
  readonly kept: { readonly key: number; readonly value: Kept };
}

/** A command that is not answered by then is sent again, with the same id. */
const answerMs = 15_000;
const againMs = 1_000;
/** Whoever is signed out is asked for this often: what they gave waits for them. */
const signedOutMs = 5_000;
/** What waits longer than this before it is sent tells when it was given. */
const promptMs = 2_000;
/** Nothing was recorded, or nobody can know yet: the same command is sent again. */
const unanswered: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

export interface OutboxAround {
  readonly room: string;
  readonly person: string;
  /** The room's time. */
  readonly now: () => number;
  readonly changed: (kept: readonly Kept[]) => void;
  readonly answered: (given: Given, answer: CommandAnswer) => void;
  /** The service does not take this person for signed in. */
  readonly turnedAway: () => void;
}

/**
 * What this person gave on this machine and the room has not answered: kept durably before it is sent, sent in order,
 * and done once only, for its id goes with it.
 */
export class Outbox {
  readonly #around: OutboxAround;
  readonly #database: Promise<IDBPDatabase<Keeping>>;
  /** What was left from before stands before whatever is given now. */
  readonly #loaded: Promise<void>;
  #kept: readonly Kept[] = [];
  #isSending = false;
  #memoryPlace = 0;
  #hasEnded = false;

  constructor(around: OutboxAround) {
    this.#around = around;
    this.#database = openDB<Keeping>('heed', 1, {
      upgrade: (database) => void database.createObjectStore('kept', { keyPath: 'place', autoIncrement: true }),
    });
    this.#loaded = this.#load().catch(() => undefined);
  }

  kept(): readonly Kept[] {
    return this.#kept;
  }

  /** Keeps a command and sends it once everything before it was answered; one that is kept already is the same. */
  async give({ id, type, data, override, at }: Given): Promise<void> {
    const { room, person, now } = this.#around;
    const entry = { id, type, data, override, room, person, at: at ?? now() };
    const place = await this.#keep(entry);
    if (this.#kept.every((one) => one.id !== id)) this.#change([...this.#kept, { ...entry, place }]);
    this.#send();
  }

  end(): void {
    this.#hasEnded = true;
  }

  /** Its place on this machine's disk; where nothing can be kept there, in memory: it is sent all the same. */
  async #keep(entry: Omit<Kept, 'place'>): Promise<number> {
    try {
      return await (await this.#database).add('kept', entry as Kept);
    } catch {
      this.#memoryPlace -= 1;
      return this.#memoryPlace;
    }
  }

  async #drop({ id }: Kept): Promise<void> {
    try {
      const database = await this.#database;
      for (const one of await database.getAll('kept')) if (one.id === id) await database.delete('kept', one.place);
    } catch {
      // Nothing could be kept there, or it is sent again after the next start, and is the same command then.
    }
    this.#change(this.#kept.filter((one) => one.id !== id));
  }

  async #load(): Promise<void> {
    const { room, person } = this.#around;
    const all = await (await this.#database).getAll('kept').catch(() => []);
    const own = all.filter((one) => one.room === room && one.person === person);
    const known = new Set(own.map((one) => one.id));
    this.#change([...own, ...this.#kept.filter((one) => !known.has(one.id))]);
    this.#send();
  }

  #change(kept: readonly Kept[]): void {
    this.#kept = kept;
    this.#around.changed(kept);
  }

  #send(): void {
    if (this.#isSending) return;
    this.#isSending = true;
    void this.#sendAll().finally(() => {
      this.#isSending = false;
    });
  }

  async #sendAll(): Promise<void> {
    await this.#loaded;
    for (let next = this.#kept[0]; next !== undefined && !this.#hasEnded; next = this.#kept[0]) {
      const answer = await posted(next, this.#around.now() - next.at > promptMs);
      if (typeof answer === 'object') {
        await this.#drop(next);
        this.#around.answered(next, answer);
        continue;
      }
      if (answer === 'turned-away') this.#around.turnedAway();
      const waitMs = answer === 'turned-away' ? signedOutMs : againMs;
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}

/**
 * Sends a command, with when it was given where that is some time ago. One that got through before, without the time,
 * is asked about as it was then. `unknown`: it must be sent again.
 */
async function posted(kept: Kept, isLate: boolean): Promise<CommandAnswer | 'unknown' | 'turned-away'> {
  const { room, person, type, id, data, override, at } = kept;
  const body = JSON.stringify({ id, data, override, at: isLate ? new Date(at).toISOString() : undefined });
  try {
    const answer = await fetch(`/rooms/${encodeURIComponent(room)}/commands/${encodeURIComponent(type)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'heed-request': 'console', ...asPerson(person) },
      body,
      signal: AbortSignal.timeout(answerMs),
    });
    // Signed out: it waits until its author signs in again.
    if (answer.status === 401) return 'turned-away';
    if (unanswered.has(answer.status)) return 'unknown';
    const problem = (await answer.json().catch(() => null)) as Problem | null;
    if (problem?.code === 'id-conflict' && isLate) return await posted(kept, false);
    if (problem !== null) return told(answer.ok, problem);
    // Something before the service answered: what it lets through is not known, what it refuses will be refused again.
    return answer.ok ? 'unknown' : told(false, { title: `It was turned away on its way (${answer.status}).` });
  } catch {
    return 'unknown';
  }
}

interface Problem {
  readonly seq?: number;
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly faults?: readonly { readonly field: string; readonly says: string }[];
  readonly gates?: readonly ToldGate[];
  readonly override?: { readonly you: boolean };
}

function told(isDone: boolean, problem: Problem): CommandAnswer {
  const { seq = 0, code = 'fault', title = 'Not done', detail, faults = [], gates = [], override } = problem;
  if (isDone) return { outcome: 'done', seq };
  const says = detail ?? title;
  return { outcome: 'refused', code, says, faults, gates, mayOverride: override?.you ?? null };
}
