import type { Why } from '../room/duty.ts';
import type { Safeguard } from '../room/safeguard.ts';
import { isolated } from './isolated.ts';
import { isPutting, put } from './plain-words.ts';

/** The code of every reason that rests on a record which the reader may not read; its one parameter is the desk. */
export const restrictedMatch = 'restricted-match';

const ofTheRoom: Readonly<Record<string, string>> = {
  [restrictedMatch]: 'A restricted record matches: ask {desk:role}.',
  'safeguard-failed':
    'The safeguard {safeguard} failed here. Until the system owner has dealt with it, nothing is lowered.',
};

/** What each safeguard's phrase codes say. */
export type Words = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** The words of these safeguards. */
export function wordsOf(safeguards: readonly Safeguard[]): Words {
  return new Map(safeguards.map((one) => [one.id, one.words]));
}

/**
 * A slot of a template: `{name}`, `{name:one|many}` for a number with its noun, or `{name:plain}` for a code.
 */
const slotForm = /\{([a-zA-Z-]+)(?::([^{}]*))?\}/g;

/** A slot as the template writes it. */
export interface Slot {
  readonly name: string;
  /** How its value is put, where the template says so. */
  readonly form: string | undefined;
}

/** Every slot of a template. */
export function slotsOf(template: string): readonly Slot[] {
  return [...template.matchAll(slotForm)].map(([, name = '', form]) => ({ name, form }));
}

/** From here on minutes are put into hours, and from two days on into days: nobody counts 2,880 minutes. */
const longMinutes = 120;
const longHours = 48;

function longSpan(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  if (hours < longHours) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${hours / 24} days` : `${Math.floor(hours / 24)} days ${hours % 24} h`;
}

function filled(value: string | number, form: string | undefined): string {
  if (form === undefined) return String(value);
  const [one, many] = form.split('|');
  if (one === 'minute' && typeof value === 'number' && value >= longMinutes) return longSpan(value);
  if (many !== undefined) return `${value} ${value === 1 ? one : many}`;
  return isPutting(form) ? put(String(value), form) : String(value);
}

/** What stands in the place of anything found that the reader may not read. */
export function restrictedWords(desk: string): string {
  return say(new Map(), '', { code: restrictedMatch, params: { desk }, seqs: [] });
}

/** A reason in words, for a file or a terminal; a code that has none is shown as it is rather than lost. */
export function say(words: Words, safeguard: string, why: Why): string {
  return sentence(words, { safeguard, why, put: String });
}

/** The same for a screen: a name that is read from right to left turns nothing of the sentence around it. */
export function sayOnScreen(words: Words, safeguard: string, why: Why): string {
  return sentence(words, { safeguard, why, put: isolated });
}

interface Sentence {
  readonly safeguard: string;
  readonly why: Why;
  readonly put: (value: string) => string;
}

function sentence(words: Words, { safeguard, why, put: placed }: Sentence): string {
  const template = words.get(safeguard)?.[why.code] ?? ofTheRoom[why.code] ?? why.code;
  return template.replaceAll(slotForm, (slot, name: string, form: string | undefined) => {
    const value = why.params[name];
    return value === undefined ? slot : placed(filled(value, form));
  });
}
