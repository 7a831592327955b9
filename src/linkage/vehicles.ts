import { isWithinOneSlip } from './distance.ts';

/** Letters that a tired eye or a camera reads as figures. */
const lookAlikes: Readonly<Record<string, string>> = { o: '0', i: '1', s: '5', b: '8' };

const genericMarks = /^(?:unknown|unk|none|notknown|nk|na|noplates?|noreg|nomark|foreign|partial|tbc|x+|0+)$/;

/** A registration mark as letters and figures only; null if it is none. */
export function parseMark(text: string): string | null {
  const mark = text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return mark.length < 3 || genericMarks.test(mark) ? null : mark;
}

/** The mark with every look-alike letter turned into its figure. */
export function markKey(mark: string): string {
  return mark.replaceAll(/[oisb]/g, (letter) => lookAlikes[letter] ?? letter);
}

/** How two marks stand: equal; alike to a tired eye; one slip apart; or one seen in part, fitting the other. */
export type MarkLevel = 'same' | 'looks' | 'slip' | 'partial';

/** Characters that must have been seen for a mark in part to say anything. */
const seenMin = 4;

/** Characters from which a slip is told from another vehicle. */
const slipMin = 6;

/** Characters read of a mark as it was typed. */
const textMax = 40;

/** What was seen of a mark, `.` for each character not seen, `*` for any number of them; null if all of it was. */
function seenPart(text: string): string | null {
  const said = text.slice(0, textMax).toLowerCase();
  const isOpen = /\b(?:part(?:ial)?|starts?|starting|begins?|beginning|first)\b/.test(said);
  const isEnd = /\b(?:ends?|ending|last)\b/.test(said);
  const seen = markKey(
    said
      .replaceAll(/\b(?:part(?:ial)?|starts?|starting|begins?|beginning|first|ends?|ending|last|in|with)\b/g, '')
      .replaceAll(/\.{2,}|…|\*+/g, '*')
      .replaceAll('?', '.')
      .replaceAll(/[^a-z0-9.*]/g, ''),
  );
  if (!isOpen && !isEnd && !/[.*]/.test(seen)) return null;
  return `${isEnd ? '*' : ''}${seen}${isOpen && !isEnd ? '*' : ''}`;
}

function fits(part: string, key: string): boolean {
  const isBounded = part.split('*').length <= 3;
  if (!isBounded || part.replaceAll(/[.*]/g, '').length < seenMin) return false;
  return new RegExp(`^${part.replaceAll(/\*+/g, '.*')}$`).test(key);
}

/** Compares two marks as they were typed, whole or in part; null where nothing ties them. */
export function compareMarks(one: string, other: string): MarkLevel | null {
  const [partA, partB] = [seenPart(one), seenPart(other)];
  const [a, b] = [parseMark(one), parseMark(other)];
  if (partA !== null && partB !== null) return partA === partB && fits(partA, partB) ? 'partial' : null;
  if (partA !== null) return b !== null && fits(partA, markKey(b)) ? 'partial' : null;
  if (partB !== null) return a !== null && fits(partB, markKey(a)) ? 'partial' : null;
  if (a === null || b === null) return null;
  if (a === b) return 'same';
  const [keyA, keyB] = [markKey(a), markKey(b)];
  if (keyA === keyB) return 'looks';
  return Math.min(a.length, b.length) >= slipMin && isWithinOneSlip(keyA, keyB) ? 'slip' : null;
}
