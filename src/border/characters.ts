import { addFault, type Fault, type FaultList, faultList } from './fault.ts';
import type { Limits } from './limits.ts';
import { firstRefusedCharacter } from './visible.ts';

/** The characters of a file: its text, with line ends as LF and no byte order mark, and what may not stand in it. */
export interface Characters {
  readonly text: string;
  readonly faults: FaultList;
}

/** Reads bytes as UTF-8 text that a person can see the whole of. */
export function readCharacters(bytes: Uint8Array | string, limits: Limits): Characters {
  const faults = faultList(limits);
  const isTooLarge = typeof bytes === 'string' ? isLarger(bytes, limits.maxBytes) : bytes.length > limits.maxBytes;
  if (isTooLarge) {
    addFault(faults, wholeFile(`expected a file of at most ${limits.maxBytes} bytes; found more`));
    return { text: '', faults };
  }
  const decoded = typeof bytes === 'string' ? { text: bytes, badAt: -1 } : decode(bytes);
  if (decoded.badAt !== -1) {
    addFault(faults, { offset: decoded.badAt, path: [], say: () => encodingMessage(bytes) });
    return { text: decoded.text, faults };
  }
  const text = (decoded.text.startsWith('\uFEFF') ? decoded.text.slice(1) : decoded.text).replaceAll('\r\n', '\n');
  addRefusedCharacters(text, faults);
  return { text, faults };
}

function addRefusedCharacters(text: string, faults: FaultList): void {
  for (let from = 0; from < text.length; ) {
    const refused = firstRefusedCharacter(text, from);
    if (refused === undefined) return;
    const { index: offset, name } = refused;
    if (text.charCodeAt(offset) === 0) {
      addFault(faults, {
        offset,
        path: [],
        say: () => 'expected a text file; found a NUL byte (U+0000), so this is some other kind of file',
      });
      return;
    }
    addFault(faults, { offset, path: [], say: () => `expected text that can be seen; found ${name}: delete it` });
    const lineEnd = text.indexOf('\n', offset);
    from = lineEnd === -1 ? text.length : lineEnd;
  }
}

/** Decodes UTF-8, or says at which place of the text decoded as well as can be the first bad byte stands. */
function decode(bytes: Uint8Array): { readonly text: string; readonly badAt: number } {
  const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
  const text = lenient.decode(bytes);
  // Bad bytes become U+FFFD, so the text no longer encodes to the bytes it came from.
  if (!text.includes('\uFFFD')) return { text, badAt: -1 };
  const encoded = new TextEncoder().encode(text);
  let first = 0;
  while (first < bytes.length && encoded[first] === bytes[first]) first += 1;
  if (first === bytes.length && encoded.length === bytes.length) return { text, badAt: -1 };
  return { text, badAt: lenient.decode(bytes.subarray(0, first)).length };
}

function encodingMessage(bytes: Uint8Array | string): string {
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const found = isUtf16 ? 'UTF-16' : 'a byte that is not UTF-8';
  return `expected text in UTF-8; found ${found}: save the file again with the encoding UTF-8`;
}

/** Whether a text is too large in UTF-8; it is encoded only where the number of characters leaves that open. */
function isLarger(text: string, limitBytes: number): boolean {
  return text.length > limitBytes || new TextEncoder().encode(text).length > limitBytes;
}

function wholeFile(message: string): Fault {
  return { offset: 0, path: [], say: () => message };
}
