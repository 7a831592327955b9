import { type Document, isMap, isScalar, isSeq, type ParsedNode, Scalar, type YAMLMap } from 'yaml';
import { addFault, type Fault, type FaultList, faultList, workedFaults } from './fault.ts';
import type { Limits } from './limits.ts';
import { firstRefusedCharacter, visible } from './visible.ts';

/** Where a value stands in the text and how it was written there; the same shape as the value itself. */
export interface Mark {
  readonly offset: number;
  /** As written, where it is a value without quotes. */
  readonly source?: string;
  readonly fields?: ReadonlyMap<string, FieldMark>;
  readonly items?: readonly Mark[];
}

/** Where a field's name stands, and its value. */
export interface FieldMark {
  readonly keyOffset: number;
  readonly mark: Mark;
}

/** A document as plain data, with the place of everything in it. */
export interface Tree {
  readonly value: unknown;
  readonly mark: Mark;
  readonly faults: FaultList;
  /** Numbers that may have been meant as text; the schema's own fault about the same place comes first. */
  readonly doubts: readonly Fault[];
  readonly moreDoubts: number;
}

/** What is carried down the document. */
interface Walk {
  readonly limits: Limits;
  readonly faults: FaultList;
  readonly doubts: Fault[];
  moreDoubts: number;
  readonly path: (string | number)[];
  nodes: number;
}

/** A value with its mark. */
export interface Branch {
  readonly value: unknown;
  readonly mark: Mark;
}

/** Names that every object of the language answers to: as data they could be mistaken for what they name. */
const refusedKeys: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'toString',
  'valueOf',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
]);

/** Turns a document into plain data; its depth is bounded before, in syntax.ts. */
export function readTree(document: Document.Parsed, limits: Limits): Tree {
  const walk: Walk = { limits, faults: faultList(limits), doubts: [], moreDoubts: 0, path: [], nodes: 0 };
  const { value, mark } = readNode(walk, document.contents, 0);
  return { value, mark, faults: walk.faults, doubts: walk.doubts, moreDoubts: walk.moreDoubts };
}

/** Counts a name or a value; false beyond the limit. */
function isCounted(walk: Walk, offset: number): boolean {
  const limit = walk.limits.maxNodes;
  walk.nodes += 1;
  if (walk.nodes === limit + 1) {
    refuse(walk, offset, () => `expected at most ${limit} names and values in the file; found more: split it`);
  }
  return walk.nodes <= limit;
}

function readNode(walk: Walk, node: ParsedNode | null, offsetIfEmpty: number): Branch {
  const isWithinLimit = isCounted(walk, node?.range[0] ?? offsetIfEmpty);
  if (!isWithinLimit || node === null) return { value: null, mark: { offset: offsetIfEmpty } };
  if (isScalar(node)) return readScalar(walk, node, offsetIfEmpty);
  if (isMap(node)) return readMap(walk, node);
  const offset = node.range[0];
  if (!isSeq(node)) {
    refuse(walk, offset, () => 'expected a value; found an alias');
    return { value: null, mark: { offset } };
  }
  const branches = node.items.map((item, index) => within(walk, index, () => readNode(walk, item, offset)));
  return { value: branches.map(({ value }) => value), mark: { offset, items: branches.map(({ mark }) => mark) } };
}

function readMap(walk: Walk, node: YAMLMap.Parsed): Branch {
  const value: Record<string, unknown> = {};
  const fields = new Map<string, FieldMark>();
  for (const pair of node.items) {
    const keyOffset = pair.key.range[0];
    const key = isCounted(walk, keyOffset) ? readKey(walk, pair.key) : undefined;
    if (key === undefined) continue;
    const branch = within(walk, key, () => {
      if (fields.has(key)) refuse(walk, keyOffset, () => 'expected each name once; found it a second time');
      return readNode(walk, pair.value, keyOffset);
    });
    value[key] = branch.value;
    fields.set(key, { keyOffset, mark: branch.mark });
  }
  return { value, mark: { offset: node.range[0], fields } };
}

/** The name of a field, or undefined where it is refused. */
function readKey(walk: Walk, node: ParsedNode): string | undefined {
  const offset = node.range[0];
  const key = isScalar(node) && typeof node.value === 'string' ? node.value : undefined;
  const message =
    key === undefined || !isScalar(node) ? 'expected a name; found a list or a group' : keyFault(walk, node, key);
  if (message === undefined) return key;
  refuse(walk, offset, () => message);
  return undefined;
}

function keyFault(walk: Walk, node: Scalar.Parsed, key: string): string | undefined {
  const limit = walk.limits.maxKeyCharacters;
  if (key === '') return 'expected a name before the colon; found none';
  if (key.length > limit) return `expected a name of at most ${limit} characters; found ${key.length}`;
  if (key === '<<' && node.type === Scalar.PLAIN)
    return 'expected a name; found a merge key (<<): write the fields out';
  if (refusedKeys.has(key)) return `expected a name of the document's own; found "${key}", which is reserved`;
  const refused = firstRefusedCharacter(key);
  return refused === undefined ? undefined : `expected a name that can be seen; found ${refused.name} in it`;
}

function readScalar(walk: Walk, node: Scalar.Parsed, offsetIfEmpty: number): Branch {
  const isPlain = node.type === Scalar.PLAIN;
  const source = isPlain ? node.source : undefined;
  const offset = source === '' ? offsetIfEmpty : node.range[0];
  const mark: Mark = source === undefined ? { offset } : { offset, source };
  const { value } = node;
  if (typeof value === 'string') refuseText(walk, value, offset);
  if (typeof value !== 'number') return { value, mark };
  if (!isPlainNumber(value, node.source)) doubtNumber(walk, offset, node.source);
  return { value: value === 0 ? 0 : value, mark };
}

function refuseText(walk: Walk, text: string, offset: number): void {
  const limit = walk.limits.maxTextCharacters;
  if (text.length > limit) {
    refuse(walk, offset, () => `expected text of at most ${limit} characters; found ${text.length}`);
    return;
  }
  const refused = firstRefusedCharacter(text);
  if (refused === undefined) return;
  refuse(walk, offset, () => `expected text that can be seen; found ${refused.name} written as an escape`);
}

/** Whether a number says the same to every reader: no 0123, 0x1F, 1e5, +44 or .nan, nor one too large to be exact. */
function isPlainNumber(value: number, source: string): boolean {
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(source);
}

function doubtNumber(walk: Walk, offset: number, source: string): void {
  if (walk.doubts.length === workedFaults) {
    walk.moreDoubts += 1;
    return;
  }
  const say = (): string => {
    const shown = visible(source, 40);
    return `expected a number in plain digits, or text in quotes; found ${shown}: as text, write "${shown}"`;
  };
  walk.doubts.push({ offset, path: [...walk.path], say });
}

function within<T>(walk: Walk, step: string | number, read: () => T): T {
  walk.path.push(step);
  const result = read();
  walk.path.pop();
  return result;
}

function refuse(walk: Walk, offset: number, say: () => string): void {
  addFault(walk.faults, { offset, path: [...walk.path], say });
}
