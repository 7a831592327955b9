const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Overrides of the direction of text, and what cannot be seen: with them a line reads otherwise than it is. */
const misleading = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Text made safe between tags and in quoted attributes; what would mislead the eye is shown as its number. */
export function escaped(text: string): string {
  return text
    .replaceAll(/\s/g, ' ')
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
    .replaceAll(misleading, (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);
}
