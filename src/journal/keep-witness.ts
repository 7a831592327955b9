import type { Journal } from './journal.ts';
import type { WitnessKey } from './witness.ts';
import { statementOf } from './witness.ts';
import type { WitnessTarget } from './witness-targets.ts';
import { targetName, tell } from './witness-targets.ts';

/** How often heads are signed, unless configuration says otherwise: no more than this can be taken back unseen. */
export const witnessEveryMs = 180_000;

export interface WitnessAround {
  readonly journal: Pick<Journal, 'rooms' | 'head'>;
  readonly key: WitnessKey;
  readonly targets: readonly WitnessTarget[];
  readonly everyMs?: number;
  /** Told of a target that could not be written to, once for each time. */
  readonly note: (says: string) => void;
}

/** What a target was last told, and since when it could not be. */
export interface TargetState {
  readonly target: string;
  readonly toldAt: number | null;
  readonly fault: string | null;
}

/** The keeping of the witness: every few minutes, until it is stopped. */
export interface WitnessKeeping {
  /** Signs the head of every room now and hands it out; resolves when every target has it or has failed. */
  readonly now: () => Promise<void>;
  readonly state: () => readonly TargetState[];
  /** Signs once more, so that what was written since is witnessed too. */
  readonly stop: () => Promise<void>;
}

/** Signs every room's head at once and then every few minutes. A target that fails keeps no other waiting. */
export function keepWitness(around: WitnessAround): WitnessKeeping {
  const states = new Map<WitnessTarget, TargetState>();
  for (const target of around.targets) states.set(target, { target: targetName(target), toldAt: null, fault: null });
  let running: Promise<void> = Promise.resolve();
  let waiting = 0;
  const now = async (): Promise<void> => {
    waiting += 1;
    running = running.then(async () => witness(around, states)).finally(() => (waiting -= 1));
    return running;
  };
  const timer = setInterval(() => {
    if (waiting === 0) void now();
  }, around.everyMs ?? witnessEveryMs);
  timer.unref();
  void now();
  return {
    now,
    state: () => [...states.values()],
    stop: async () => {
      clearInterval(timer);
      await now();
    },
  };
}

async function witness(around: WitnessAround, states: Map<WitnessTarget, TargetState>): Promise<void> {
  const { targets, note } = around;
  try {
    const statements = await signed(around);
    await Promise.all(targets.map(async (target) => handOut(target, statements, { states, note })));
  } catch (error) {
    note(`the heads could not be read to be witnessed: ${wordsOf(error)}`);
  }
}

async function signed({ journal, key }: WitnessAround): Promise<readonly string[]> {
  const statements: string[] = [];
  for (const { room, kind } of await journal.rooms()) {
    if (kind === 'replay') continue;
    statements.push(statementOf(key, room, { head: await journal.head(room), at: Date.now() }));
  }
  return statements;
}

async function handOut(
  target: WitnessTarget,
  statements: readonly string[],
  { states, note }: { readonly states: Map<WitnessTarget, TargetState>; readonly note: (says: string) => void },
): Promise<void> {
  const name = targetName(target);
  try {
    for (const statement of statements) await tell(target, statement);
    states.set(target, { target: name, toldAt: Date.now(), fault: null });
  } catch (error) {
    const fault = wordsOf(error);
    states.set(target, { target: name, toldAt: states.get(target)?.toldAt ?? null, fault });
    note(`the witness ${name} could not be told: ${fault}`);
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
