import type { Why } from '../room/duty.ts';
import type { Safeguard } from '../room/safeguard.ts';

const ofTheRoom: Readonly<Record<string, string>> = {
  'safeguard-failed':
    'The safeguard {safeguard} failed here. Until the system owner has dealt with it, nothing is lowered.',
};

/** What each safeguard's phrase codes say. */
export type Words = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** The words of these safeguards. */
export function wordsOf(safeguards: readonly Safeguard[]): Words {
  return new Map(safeguards.map((one) => [one.id, one.words]));
}

/** A reason in words; a code that has none is shown as it is rather than lost. */
export function say(words: Words, safeguard: string, why: Why): string {
  const template = words.get(safeguard)?.[why.code] ?? ofTheRoom[why.code] ?? why.code;
  return template.replaceAll(/\{([a-zA-Z-]+)\}/g, (slot, name: string) => {
    const value = why.params[name];
    return value === undefined ? slot : String(value);
  });
}
