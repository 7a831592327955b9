/** Why a character may not stand in a file, or undefined where it may. `next` and `previous` are its neighbours. */
export interface RefusedCharacter {
  readonly index: number;
  readonly name: string;
}

const tab = 0x09;
const lineFeed = 0x0a;

/** The first character of a text that may not stand in a file: what cannot be seen can mislead the reader. */
export function firstRefusedCharacter(text: string, from = 0): RefusedCharacter | undefined {
  for (let index = from; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 0x20 && code < 0x7f) continue;
    if (isHighSurrogate(code) && isLowSurrogate(text.charCodeAt(index + 1))) {
      index += 1;
      continue;
    }
    const kind = refusedKind(code);
    if (kind !== undefined) return { index, name: `${kind} ${codePointName(code)}` };
  }
  return undefined;
}

/** A text made fit for one line of a terminal: refused characters and line breaks as escapes, cut at a length. */
export function visible(text: string, limit = 200): string {
  let shown = '';
  for (const character of text.slice(0, limit + 2)) {
    if (shown.length >= limit) return `${shown}…`;
    const code = character.codePointAt(0) ?? 0;
    if (code === lineFeed) shown += '\\n';
    else if (code === tab) shown += '\\t';
    else if (refusedKind(code) === undefined) shown += character;
    else shown += `\\u${code.toString(16).padStart(4, '0')}`;
  }
  return text.length > limit + 2 ? `${shown}…` : shown;
}

function refusedKind(code: number): string | undefined {
  if (code === tab || code === lineFeed) return undefined;
  if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return 'the control character';
  if (code === 0x2028 || code === 0x2029) return 'the invisible line separator';
  // Trojan Source (CVE-2021-42574): overrides and isolates make text read otherwise than it is.
  if ((code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)) return 'the text-direction override';
  if (code === 0xfeff) return 'the byte order mark';
  if (code >= 0xd800 && code <= 0xdfff) return 'half of a surrogate pair';
  return code === 0xfffe || code === 0xffff ? 'the non-character' : undefined;
}

function codePointName(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
