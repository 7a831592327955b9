import type { Outcome, RecordedCommand } from './journal.ts';

/** A command as its row holds it. What a refusal said stands apart, so that it can be erased. */
export interface CommandColumns {
  readonly command: string;
  readonly digest: string;
  readonly outcome: string;
  readonly answer: string | null;
}

type Said = Omit<Extract<Outcome, { readonly kind: 'refused' }>, 'kind' | 'seq'>;

const erased: Said = {
  reasons: [{ code: 'erased', says: 'It was refused; why was lawfully erased.' }],
  gates: [],
};

/** The part of an outcome that names nobody. */
export function outcomeText({ kind, seq }: Outcome): string {
  return JSON.stringify({ kind, seq });
}

/** What a refusal said, or null for a command that was done. */
export function answerText(outcome: Outcome): string | null {
  if (outcome.kind === 'done') return null;
  const { reasons, gates } = outcome;
  return JSON.stringify({ reasons, gates });
}

/** A command as it was recorded; throws where its row cannot be read. */
export function commandOf(room: string, { command, digest, outcome, answer }: CommandColumns): RecordedCommand {
  const { kind, seq } = outcomeOf(room, command, outcome);
  if (kind === 'done') return { id: command, digest, outcome: { kind, seq } };
  const said = answer === null ? erased : (JSON.parse(answer) as Said);
  return { id: command, digest, outcome: { kind, seq, ...said } };
}

/** The kind and place of an outcome, from its text. */
export function outcomeOf(room: string, command: string, text: string): Pick<Outcome, 'kind' | 'seq'> {
  const { kind, seq } = JSON.parse(text) as Partial<Outcome>;
  if ((kind === 'done' || kind === 'refused') && Number.isSafeInteger(seq)) return { kind, seq: seq ?? 0 };
  throw new Error(`room ${room}, command ${command}: its outcome cannot be read`);
}
