/** Letters compared; what stands behind them in a longer word is left out, so that no text can make this slow. */
export const comparedMax = 64;

/**
 * Jaro-Winkler similarity, 0 to 1: forgiving of slips in the middle of a word, strict about how it begins. To the last
 * figure what DuckDB's `jaro_winkler_similarity` gives: bytes of UTF-8 are compared, exchanged letters counted in whole
 * pairs, and a common beginning counts only between words that are alike already (above 0.7).
 */
export function jaroWinkler(one: string, other: string): number {
  if (one === other) return 1;
  const a = bytesOf(one.slice(0, comparedMax));
  const b = bytesOf(other.slice(0, comparedMax));
  const similarity = jaro(a, b);
  if (similarity <= 0.7) return similarity;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix += 1;
  return similarity + prefix * 0.1 * (1 - similarity);
}

function jaro(a: Uint8Array, b: Uint8Array): number {
  if (a.length === 0 || b.length === 0) return 0;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const takenA = new Uint8Array(a.length);
  const takenB = new Uint8Array(b.length);
  let matches = 0;
  for (let at = 0; at < a.length; at += 1) {
    const to = Math.min(b.length - 1, at + reach);
    for (let beside = Math.max(0, at - reach); beside <= to; beside += 1) {
      if (takenB[beside] === 1 || a[at] !== b[beside]) continue;
      takenA[at] = 1;
      takenB[beside] = 1;
      matches += 1;
      break;
    }
  }
  if (matches === 0) return 0;
  const exchanged = Math.floor(outOfOrder({ a, b, takenA, takenB }) / 2);
  return (matches / a.length + matches / b.length + (matches - exchanged) / matches) / 3;
}

interface Taken {
  readonly a: Uint8Array;
  readonly b: Uint8Array;
  readonly takenA: Uint8Array;
  readonly takenB: Uint8Array;
}

/** How many of the matched letters stand where another one stands in the other word. */
function outOfOrder({ a, b, takenA, takenB }: Taken): number {
  let count = 0;
  let beside = 0;
  for (let at = 0; at < a.length; at += 1) {
    if (takenA[at] === 0) continue;
    while (takenB[beside] === 0) beside += 1;
    if (a[at] !== b[beside]) count += 1;
    beside += 1;
  }
  return count;
}

/** A text in UTF-8; half a character, which no database holds, as the sign for an unreadable one. */
function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let length = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    if (code < 0x80) {
      bytes[length] = code;
      length += 1;
      continue;
    }
    const rest = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    bytes[length] = ([0xc0, 0xe0, 0xf0][rest - 1] ?? 0) | (code >> (6 * rest));
    for (let left = rest; left > 0; left -= 1)
      bytes[length + rest - left + 1] = 0x80 | ((code >> (6 * (left - 1))) & 0x3f);
    length += rest + 1;
  }
  return bytes.subarray(0, length);
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
