/** Letters and figures that nobody takes for another when they are read out. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const letters = 6;

/** A new id, short enough to say: `incident` gives `i-7k3mqa`. */
export function newId(kind: string): string {
  const random = crypto.getRandomValues(new Uint32Array(letters));
  return `${kind[0] ?? 'x'}-${[...random].map((one) => alphabet[one % alphabet.length]).join('')}`;
}
