import type { Parsed } from './told.ts';
import { unread } from './told.ts';

/** One element, with the text directly in it. Attributes are those without a prefix; comments are read past. */
export interface XmlElement {
  readonly name: string;
  /** Its namespace, empty where it has none. */
  readonly space: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

export const xmlLimits = {
  characters: 65_536,
  depth: 32,
  elements: 2_000,
  attributes: 32,
  nameCharacters: 100,
} as const;

interface Open {
  readonly raw: string;
  readonly name: string;
  readonly space: string;
  readonly spaces: ReadonlyMap<string, string>;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Open[];
  text: string;
}

/** What one reading has come to. Local to one call of `parseXml`. */
interface Reading {
  readonly text: string;
  at: number;
  elements: number;
  root: Open | null;
  readonly open: Open[];
}

type Fault = string | null;

const spaceOfXml = 'http://www.w3.org/XML/1998/namespace';
const outermost: ReadonlyMap<string, string> = new Map([['xml', spaceOfXml]]);
const named: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);
const nameForm = /[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?/y;
const attributeForm = /\s+([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;
const endForm = /\s*(\/?)>/y;
const closeForm = /<\/([^\s>]{1,201})\s*>/y;

/** Whether a text holds what XML 1.0 allows in no document. */
function hasControls(text: string): boolean {
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    if ((code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) || code >= 0xfffe) return true;
  }
  return false;
}

/**
 * Reads a document strictly and within bounds: no document type, no entities but the five of XML itself, no depth or
 * size that anybody needs. Never throws; the problem says nothing of the content.
 */
export function parseXml(document: string): Parsed<XmlElement> {
  if (document.length > xmlLimits.characters)
    return unread(`A document has at most ${xmlLimits.characters} characters.`);
  if (hasControls(document)) return unread('A document holds no control characters.');
  const text = document.startsWith('\ufeff') ? document.slice(1) : document;
  const reading: Reading = { text, at: 0, elements: 0, root: null, open: [] };
  while (reading.at < text.length) {
    const fault = next(reading);
    if (fault !== null) return unread(fault);
  }
  if (reading.open.length > 0) return unread('The document breaks off before its last element is closed.');
  return reading.root === null ? unread('A document holds one element.') : { ok: true, value: reading.root };
}

/** Reads up to and with the next piece of markup. */
function next(reading: Reading): Fault {
  const start = reading.text.indexOf('<', reading.at);
  const end = start === -1 ? reading.text.length : start;
  const fault = addText(reading, reading.text.slice(reading.at, end), true);
  reading.at = end;
  if (fault !== null || start === -1) return fault;
  if (reading.text.startsWith('<!--', start)) return skipped(reading, '<!--', '-->');
  if (reading.text.startsWith('<?', start)) return skipped(reading, '<?', '?>');
  if (reading.text.startsWith('<![CDATA[', start)) return characters(reading);
  if (reading.text.startsWith('<!', start)) return 'A document type, and anything that it declares, is not read.';
  return reading.text.startsWith('</', start) ? closed(reading) : opened(reading);
}

function skipped(reading: Reading, from: string, to: string): Fault {
  const end = reading.text.indexOf(to, reading.at + from.length);
  if (end === -1) return 'The document breaks off inside a comment or an instruction.';
  reading.at = end + to.length;
  return null;
}

function characters(reading: Reading): Fault {
  const start = reading.at + '<![CDATA['.length;
  const end = reading.text.indexOf(']]>', start);
  if (end === -1) return 'The document breaks off inside its text.';
  reading.at = end + 3;
  return addText(reading, reading.text.slice(start, end), false);
}

function addText(reading: Reading, raw: string, isEscaped: boolean): Fault {
  if (raw === '') return null;
  const element = reading.open.at(-1);
  if (element === undefined) return raw.trim() === '' ? null : 'There is text outside the document.';
  const read = isEscaped ? unescaped(raw) : raw;
  if (read === null) return 'Only the five entities of XML itself and character numbers are read.';
  element.text += read;
  return null;
}

/** Text with its entities put in; null where one is not XML's own. */
function unescaped(raw: string): string | null {
  if (!raw.includes('&')) return raw;
  const text = raw.replaceAll(/&(?:([a-z]{1,8});|#(\d{1,7});|#x([0-9A-Fa-f]{1,6});)?/g, (_, name, decimal, hex) => {
    const found =
      typeof name === 'string'
        ? named.get(name)
        : typeof decimal === 'string'
          ? characterOf(Number.parseInt(decimal, 10))
          : typeof hex === 'string'
            ? characterOf(Number.parseInt(hex, 16))
            : undefined;
    // No document holds this character, so it stands for what could not be put in.
    return found ?? '\0';
  });
  return text.includes('\0') ? null : text;
}

function characterOf(code: number): string | undefined {
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  if (code === 0 || code > 0x10_ffff || isSurrogate) return undefined;
  const character = String.fromCodePoint(code);
  return hasControls(character) ? undefined : character;
}

function closed(reading: Reading): Fault {
  closeForm.lastIndex = reading.at;
  const found = closeForm.exec(reading.text);
  const element = reading.open.pop();
  if (found === null || element === undefined || found[1] !== element.raw)
    return 'An element is closed that is not the one that is open.';
  reading.at = closeForm.lastIndex;
  return null;
}

function opened(reading: Reading): Fault {
  if (reading.root !== null && reading.open.length === 0) return 'A document holds one element.';
  if (reading.open.length === xmlLimits.depth) return `Elements stand at most ${xmlLimits.depth} deep.`;
  if (reading.elements === xmlLimits.elements) return `A document has at most ${xmlLimits.elements} elements.`;
  nameForm.lastIndex = reading.at + 1;
  const raw = nameForm.exec(reading.text)?.[0];
  if (raw === undefined || raw.length > xmlLimits.nameCharacters) return 'There is a < that begins no element.';
  reading.at = nameForm.lastIndex;
  const told = attributesAt(reading);
  if (typeof told === 'string') return told;
  endForm.lastIndex = reading.at;
  const end = endForm.exec(reading.text);
  if (end === null) return 'An element does not end, or has an attribute without quotes.';
  reading.at = endForm.lastIndex;
  const element = elementOf(raw, told, reading.open.at(-1)?.spaces ?? outermost);
  if (typeof element === 'string') return element;
  reading.elements += 1;
  reading.open.at(-1)?.children.push(element);
  reading.root ??= element;
  if (end[1] === '') reading.open.push(element);
  return null;
}

function attributesAt(reading: Reading): ReadonlyMap<string, string> | string {
  const told = new Map<string, string>();
  for (;;) {
    attributeForm.lastIndex = reading.at;
    const found = attributeForm.exec(reading.text);
    if (found === null) return told;
    const [, name = '', double, single = ''] = found;
    const value = unescaped(double ?? single);
    if (value === null) return 'Only the five entities of XML itself and character numbers are read.';
    if (told.has(name)) return 'An element has the same attribute twice.';
    if (told.size === xmlLimits.attributes) return `An element has at most ${xmlLimits.attributes} attributes.`;
    told.set(name, value);
    reading.at = attributeForm.lastIndex;
  }
}

function elementOf(raw: string, told: ReadonlyMap<string, string>, around: ReadonlyMap<string, string>): Open | string {
  const declared = [...told].filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  const spaces =
    declared.length === 0
      ? around
      : new Map([...around, ...declared.map(([name, uri]) => [name.slice('xmlns:'.length), uri] as const)]);
  const cut = raw.indexOf(':');
  const prefix = cut === -1 ? '' : raw.slice(0, cut);
  const space = spaces.get(prefix) ?? (prefix === '' ? '' : undefined);
  if (space === undefined) return 'An element has a prefix that is not declared.';
  const attributes = new Map([...told].filter(([name]) => !name.includes(':') && name !== 'xmlns'));
  return { raw, name: raw.slice(cut + 1), space, spaces, attributes, children: [], text: '' };
}

/** Every element of that name and namespace, however deep, in the order of the document; the element itself too. */
export function elementsOf(from: XmlElement, space: string, name: string): readonly XmlElement[] {
  const own = from.name === name && from.space === space ? [from] : [];
  return [...own, ...from.children.flatMap((child) => elementsOf(child, space, name))];
}
