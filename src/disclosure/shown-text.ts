/** What cannot be seen, or turns the direction of what stands beside it: a line would read otherwise than it is. */
const misleading = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u;
/** No word of any language is longer; what is longer is broken, as it would be at the edge of the paper. */
const longestWord = 80;

/** A text as it is put on paper: each character as itself where there is a letter for it, or else as its number. */
export function shownText(text: string, hasLetter: (codePoint: number) => boolean): string {
  let shown = '';
  let run = 0;
  for (const character of text.replaceAll('\r\n', '\n')) {
    const one = shownCharacter(character, hasLetter);
    run = /^\s$/u.test(one) ? 0 : run + one.length;
    if (run > longestWord) {
      shown += '\n';
      run = one.length;
    }
    shown += one;
  }
  return shown;
}

function shownCharacter(character: string, hasLetter: (codePoint: number) => boolean): string {
  if (character === '\n' || character === ' ') return character;
  const code = character.codePointAt(0) ?? 0;
  return misleading.test(character) || !hasLetter(code)
    ? `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`
    : character;
}
