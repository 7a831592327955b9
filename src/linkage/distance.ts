/** Letters compared; what stands behind them in a longer word is left out, so that no text can make this slow. */
export const comparedMax = 64;

/**
 * Jaro-Winkler similarity, 0 to 1: forgiving of slips in the middle of a word, strict about how it begins. To the last
 * figure what DuckDB's `jaro_winkler_similarity` gives: bytes of UTF-8 are compared, exchanged letters counted in whole
 * pairs, and a common beginning counts only between words that are alike already (above 0.7).
 */
export function jaroWinkler(one: string, other: string): number {
  if (one === other) return 1;
  const a = bytesOf(one.length > comparedMax ? one.slice(0, comparedMax) : one);
  const b = bytesOf(other.length > comparedMax ? other.slice(0, comparedMax) : other);
  const similarity = jaro(a, b);
  if (similarity <= 0.7) return similarity;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix += 1;
  return similarity + prefix * 0.1 * (1 - similarity);
}

function jaro(a: string, b: string): number {
  if (a.length === 0 || b.length === 0) return 0;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const takenB = new Uint8Array(b.length);
  const matched: number[] = [];
  for (let at = 0; at < a.length; at += 1) {
    const letter = a.charCodeAt(at);
    const to = Math.min(b.length - 1, at + reach);
    for (let beside = Math.max(0, at - reach); beside <= to; beside += 1) {
      if (takenB[beside] === 1 || b.charCodeAt(beside) !== letter) continue;
      takenB[beside] = 1;
      matched.push(letter);
      break;
    }
  }
  const matches = matched.length;
  if (matches === 0) return 0;
  let outOfOrder = 0;
  for (let beside = 0, at = 0; at < matches; beside += 1) {
    if (takenB[beside] === 0) continue;
    if (b.charCodeAt(beside) !== matched[at]) outOfOrder += 1;
    at += 1;
  }
  return (matches / a.length + matches / b.length + (matches - Math.floor(outOfOrder / 2)) / matches) / 3;
}

const plainText = /^\p{ASCII}*$/u;

/** A text in UTF-8, a byte in each place; half a character, which no database holds, as the replacement sign. */
function bytesOf(text: string): string {
  if (plainText.test(text)) return text;
  let bytes = '';
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    const rest = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    bytes += String.fromCharCode(([0, 0xc0, 0xe0, 0xf0][rest] ?? 0) | (code >> (6 * rest)));
    for (let left = rest - 1; left >= 0; left -= 1) bytes += String.fromCharCode(0x80 | ((code >> (6 * left)) & 0x3f));
  }
  return bytes;
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
