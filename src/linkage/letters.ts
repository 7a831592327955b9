/** Latin letters that no decomposition takes apart, as British records write them. */
const plainLetters: Readonly<Record<string, string>> = {
  ł: 'l',
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ə: 'a',
  ŋ: 'ng',
};

/** Lower case without accents; letters of other scripts stay as they are. */
export function plain(text: string): string {
  // Most of what is written here has nothing else, and the rest takes twenty times as long.
  if (/^[ -~]*$/.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f\u064b-\u065f]/g, '')
    .replaceAll(/[łßøæœđðþħıəŋ]/g, (letter) => plainLetters[letter] ?? letter);
}

/** Words of letters and digits, lower case, without accents and apostrophes; the full stop parts words. */
export function wordsOf(text: string): readonly string[] {
  return plain(text)
    .replaceAll(/['’‘ʼʻʾʿ`´]/g, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '');
}
