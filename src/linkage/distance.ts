/** Letters compared; what stands behind them in a longer word is left out, so that no text can make this slow. */
export const comparedMax = 64;

/** Most bytes that the letters compared can take. */
const bytesMax = 3 * comparedMax;

// Pair after pair is compared, so that nothing is made anew for any of them: every call fills these before it reads.
const bytesA = new Uint8Array(bytesMax);
const bytesB = new Uint8Array(bytesMax);
const matchedA = new Uint8Array(bytesMax);
const takenB = new Uint8Array(bytesMax);

/**
 * Jaro-Winkler similarity, 0 to 1: forgiving of slips in the middle of a word, strict about how it begins. To the last
 * figure what DuckDB's `jaro_winkler_similarity` gives: bytes of UTF-8 are compared, exchanged letters counted in whole
 * pairs, and a common beginning counts only between words that are alike already (above 0.7).
 */
export function jaroWinkler(one: string, other: string): number {
  if (one === other) return 1;
  const a = bytesOf(one, bytesA);
  const b = bytesOf(other, bytesB);
  const similarity = jaro(a, b, 0);
  return similarity <= alikeFrom ? similarity : similarity + prefixOf(a, b) * 0.1 * (1 - similarity);
}

/** Words this alike are more so for beginning alike. */
const alikeFrom = 0.7;

/** Whether the Jaro-Winkler similarity is above a threshold, itself above 0.7: told as soon as it cannot be. */
export function isJaroWinklerAbove(threshold: number, one: string, other: string): boolean {
  if (one === other) return threshold < 1;
  const a = bytesOf(one, bytesA);
  const b = bytesOf(other, bytesB);
  const bonus = prefixOf(a, b) * 0.1;
  const needed = Math.max(alikeFrom, (threshold - bonus) / (1 - bonus));
  const similarity = jaro(a, b, ((3 * needed - 1) * a * b) / (a + b) - rounding);
  return similarity > alikeFrom && similarity + bonus * (1 - similarity) > threshold;
}

/** Far less than any letter counts for, far more than is lost in reckoning. */
const rounding = 1e-6;

/** How many of the first four bytes are the same before one differs. */
function prefixOf(a: number, b: number): number {
  const most = Math.min(4, a, b);
  let prefix = 0;
  while (prefix < most && bytesA[prefix] === bytesB[prefix]) prefix += 1;
  return prefix;
}

/** Jaro similarity of what stands in the first `a` and `b` bytes; 0 as soon as fewer than `least` can match. */
function jaro(a: number, b: number, least: number): number {
  if (a === 0 || b === 0 || Math.min(a, b) < least) return 0;
  const reach = Math.max(0, Math.floor(Math.max(a, b) / 2) - 1);
  takenB.fill(0, 0, b);
  let matches = 0;
  for (let at = 0; at < a; at += 1) {
    if (matches + a - at < least) return 0;
    const letter = bytesA[at] ?? 0;
    const to = Math.min(b - 1, at + reach);
    for (let beside = Math.max(0, at - reach); beside <= to; beside += 1) {
      if (takenB[beside] === 1 || bytesB[beside] !== letter) continue;
      takenB[beside] = 1;
      matchedA[matches] = letter;
      matches += 1;
      break;
    }
  }
  if (matches === 0) return 0;
  let outOfOrder = 0;
  for (let beside = 0, at = 0; at < matches; beside += 1) {
    if (takenB[beside] === 0) continue;
    if (bytesB[beside] !== matchedA[at]) outOfOrder += 1;
    at += 1;
  }
  return (matches / a + matches / b + (matches - Math.floor(outOfOrder / 2)) / matches) / 3;
}

/** Writes a text in UTF-8, half a character, which no database holds, as the replacement sign; tells how many bytes. */
function bytesOf(text: string, bytes: Uint8Array): number {
  const letters = Math.min(text.length, comparedMax);
  for (let at = 0; at < letters; at += 1) {
    const letter = text.charCodeAt(at);
    if (letter >= 0x80) return wideBytesOf(text.slice(0, comparedMax), bytes);
    bytes[at] = letter;
  }
  return letters;
}

function wideBytesOf(text: string, bytes: Uint8Array): number {
  let count = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    const rest = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    bytes[count] = ([0, 0xc0, 0xe0, 0xf0][rest] ?? 0) | (code >> (6 * rest));
    count += 1;
    for (let left = rest - 1; left >= 0; left -= 1) {
      bytes[count] = 0x80 | ((code >> (6 * left)) & 0x3f);
      count += 1;
    }
  }
  return count;
}

/** Whether one letter added, dropped, changed, or two neighbours exchanged makes the one into the other. */
export function isWithinOneSlip(a: string, b: string): boolean {
  if (a === b) return true;
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && start < b.length && a.charCodeAt(start) === b.charCodeAt(start)) start += 1;
  if (a.length > b.length) return isTheRest(a, start + 1, b, start);
  if (a.length < b.length) return isTheRest(b, start + 1, a, start);
  if (isTheRest(a, start + 1, b, start + 1)) return true;
  const isExchanged = a.charAt(start) === b.charAt(start + 1) && a.charAt(start + 1) === b.charAt(start);
  return isExchanged && isTheRest(a, start + 2, b, start + 2);
}

/** Whether all that is left of two texts, each from its place on, is the same. */
function isTheRest(a: string, from: number, b: string, beside: number): boolean {
  if (a.length - from !== b.length - beside) return false;
  for (let at = 0; from + at < a.length; at += 1)
    if (a.charCodeAt(from + at) !== b.charCodeAt(beside + at)) return false;
  return true;
}
