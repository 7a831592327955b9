/** Letters compared; what stands behind them in a longer word is left out, so that no text can make this slow. */
export const comparedMax = 64;

/** Jaro-Winkler similarity, 0 to 1: forgiving of slips in the middle of a word, strict about how it begins. */
export function jaroWinkler(one: string, other: string): number {
  const a = one.slice(0, comparedMax);
  const b = other.slice(0, comparedMax);
  if (a === b) return 1;
  const similarity = jaro(a, b);
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a.charAt(prefix) === b.charAt(prefix)) prefix += 1;
  return similarity + prefix * 0.1 * (1 - similarity);
}

function jaro(a: string, b: string): number {
  if (a.length === 0 || b.length === 0) return 0;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Set<number>();
  const matchedInA: string[] = [];
  for (let at = 0; at < a.length; at += 1) {
    const found = matchNear(b, { letter: a.charAt(at), from: at - reach, to: at + reach, taken });
    if (found < 0) continue;
    taken.add(found);
    matchedInA.push(a.charAt(at));
  }
  const matches = matchedInA.length;
  if (matches === 0) return 0;
  const matchedInB = [...taken].toSorted((x, y) => x - y).map((at) => b.charAt(at));
  const outOfOrder = matchedInA.filter((letter, at) => letter !== matchedInB[at]).length;
  return (matches / a.length + matches / b.length + (matches - outOfOrder / 2) / matches) / 3;
}

interface Window {
  readonly letter: string;
  readonly from: number;
  readonly to: number;
  readonly taken: ReadonlySet<number>;
}

function matchNear(text: string, { letter, from, to, taken }: Window): number {
  for (let at = Math.max(0, from); at <= to && at < text.length; at += 1)
    if (!taken.has(at) && text.charAt(at) === letter) return at;
  return -1;
}

/** Whether one letter added, dropped, changed, or two neighbours exchanged makes the one into the other. */
export function isWithinOneSlip(a: string, b: string): boolean {
  if (a === b) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a.charAt(start) === b.charAt(start)) start += 1;
  const restA = a.slice(start);
  const restB = b.slice(start);
  if (restA.length !== restB.length) {
    const [longer, shorter] = restA.length > restB.length ? [restA, restB] : [restB, restA];
    return longer.slice(1) === shorter;
  }
  const isExchanged =
    restA.charAt(0) === restB.charAt(1) && restA.charAt(1) === restB.charAt(0) && restA.slice(2) === restB.slice(2);
  return isExchanged || restA.slice(1) === restB.slice(1);
}
