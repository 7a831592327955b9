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
