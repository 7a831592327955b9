import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import type { CommandAnswer, Given, Kept, ToldGate } from './messages.ts';

interface Keeping extends DBSchema {
  readonly kept: { readonly key: number; readonly value: Kept };
}

/** A command that is not answered by then is sent again, with the same id. */
const answerMs = 15_000;
const againMs = 1_000;
/** What waits longer than this before it is sent tells when it was given. */
const promptMs = 2_000;
/** Nothing was recorded, or nobody can know yet: the same command is sent again. */
const unanswered: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

export interface OutboxAround {
  readonly room: string;
  readonly person: string;
  readonly changed: (kept: readonly Kept[]) => void;
  readonly answered: (id: string, answer: CommandAnswer) => void;
}

/**
 * What this person gave on this machine and the room has not answered: kept durably before it is sent, sent in order,
 * and done once only, for its id goes with it.
 */
export class Outbox {
  readonly #around: OutboxAround;
  readonly #database: Promise<IDBPDatabase<Keeping>>;
  #kept: readonly Kept[] = [];
  #isSending = false;
  #hasEnded = false;

  constructor(around: OutboxAround) {
    this.#around = around;
    this.#database = openDB<Keeping>('heed', 1, {
      upgrade: (database) => void database.createObjectStore('kept', { keyPath: 'place', autoIncrement: true }),
    });
    void this.#load();
  }

  kept(): readonly Kept[] {
    return this.#kept;
  }

  /** Keeps a command and sends it once everything before it was answered. */
  async give(given: Given): Promise<void> {
    const { room, person } = this.#around;
    const entry = { ...given, room, person, at: Date.now() };
    const place = await (await this.#database).add('kept', entry as Kept);
    this.#change([...this.#kept, { ...entry, place }]);
    this.#send();
  }

  end(): void {
    this.#hasEnded = true;
  }

  async #load(): Promise<void> {
    const { room, person } = this.#around;
    const all = await (await this.#database).getAll('kept');
    const own = all.filter((one) => one.room === room && one.person === person);
    const known = new Set(own.map((one) => one.place));
    this.#change([...own, ...this.#kept.filter((one) => !known.has(one.place))]);
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
    for (let next = this.#kept[0]; next !== undefined && !this.#hasEnded; next = this.#kept[0]) {
      const answer = await posted(next);
      if (answer === null) {
        await new Promise((resolve) => setTimeout(resolve, againMs));
        continue;
      }
      await (await this.#database).delete('kept', next.place);
      const { place, id } = next;
      this.#change(this.#kept.filter((one) => one.place !== place));
      this.#around.answered(id, answer);
    }
  }
}

/** Sends a command; null where it is not known what became of it, so that it must be sent again. */
async function posted({ room, type, id, data, override, at }: Kept): Promise<CommandAnswer | null> {
  const isLate = Date.now() - at > promptMs;
  const body = JSON.stringify({ id, data, override, at: isLate ? new Date(at).toISOString() : undefined });
  try {
    const answer = await fetch(`/rooms/${encodeURIComponent(room)}/commands/${encodeURIComponent(type)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'heed-request': 'console' },
      body,
      signal: AbortSignal.timeout(answerMs),
    });
    // Signed out: it waits until its author signs in again.
    if (answer.status === 401 || unanswered.has(answer.status)) return null;
    return told(answer.ok, (await answer.json()) as Problem);
  } catch {
    return null;
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
