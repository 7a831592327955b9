import type { Place, WordSets } from './wordsets.ts';

/** All phrases as one graph: from a node, a word or a set leads on; a gap may pass over a word. */
export interface Graph {
  /** Where symbol `symbol` leads from `node`, by `node * symbolCount + symbol`. */
  readonly edges: ReadonlyMap<number, readonly number[]>;
  readonly symbolCount: number;
  /** The node that a gap node becomes by passing over one word; 0 if it may not. */
  readonly skips: readonly number[];
  /** The nodes reached together with a node, because a gap may be empty. */
  readonly beside: readonly (readonly number[])[];
  /** The patterns that end at a node. */
  readonly ends: readonly (readonly number[])[];
}

/** The node from which every phrase starts. */
export const startNode = 0;

interface Building {
  readonly wordSets: WordSets;
  readonly wordCount: number;
  readonly symbolCount: number;
  readonly edges: Map<number, number[]>;
  readonly own: Map<number, number>;
  readonly gaps: Map<string, readonly number[]>;
  readonly skips: number[];
  readonly beside: number[][];
  readonly ends: number[][];
}

/** Builds the graph; pattern n is `patterns[n]`. Symbols are words first, then sets. */
export function buildGraph(
  patterns: readonly (readonly Place[])[],
  { wordSets, wordCount }: { readonly wordSets: WordSets; readonly wordCount: number },
): Graph {
  const symbolCount = wordCount + wordSets.sets.length;
  const empty = { edges: new Map(), own: new Map(), gaps: new Map(), skips: [0], beside: [[]], ends: [[]] };
  const building: Building = { wordSets, wordCount, symbolCount, ...empty };
  for (const [pattern, places] of patterns.entries()) insert(building, places, pattern);
  return building;
}

function insert(building: Building, places: readonly Place[], pattern: number): void {
  let group: readonly number[] = [startNode];
  for (const place of places) {
    if ('gap' in place) group = gapNodes(building, group[0] ?? startNode, place.gap);
    else group = [advance(building, group, place)];
  }
  for (const node of group) building.ends[node]?.push(pattern);
}

function addNode({ skips, beside, ends }: Building): number {
  beside.push([]);
  ends.push([]);
  return skips.push(0) - 1;
}

/** The nodes of a gap of up to `words` words behind `node`. */
function gapNodes(building: Building, node: number, words: number): readonly number[] {
  const key = `${node} ${words}`;
  const known = building.gaps.get(key);
  if (known !== undefined) return known;
  const made = Array.from({ length: words + 1 }, () => addNode(building));
  for (const [at, gapNode] of made.entries()) building.skips[gapNode] = made[at + 1] ?? 0;
  building.beside[node]?.push(made[0] ?? 0);
  building.gaps.set(key, made);
  return made;
}

/** The one node that `place` leads to from every node of the group. */
function advance(building: Building, group: readonly number[], place: Exclude<Place, { gap: number }>): number {
  const child = ownChild(building, group[0] ?? startNode, symbolOf(building, place));
  for (const node of group) lead(building, { node, place, target: child });
  return child;
}

function symbolOf(building: Building, place: Exclude<Place, { gap: number }>): number {
  return 'word' in place ? place.word : building.wordCount + place.set;
}

function ownChild(building: Building, node: number, symbol: number): number {
  const key = node * building.symbolCount + symbol;
  const known = building.own.get(key);
  if (known !== undefined) return known;
  const made = addNode(building);
  building.own.set(key, made);
  return made;
}

interface Leading {
  readonly node: number;
  readonly place: Place;
  readonly target: number;
}

/** Makes `place` lead from `node` to `target`: by itself, and by each entry of several words if it is a set. */
function lead(building: Building, { node, place, target }: Leading): void {
  if ('gap' in place) return;
  const key = node * building.symbolCount + symbolOf(building, place);
  const targets = building.edges.get(key) ?? [];
  if (targets.includes(target)) return;
  building.edges.set(key, [...targets, target]);
  if ('word' in place) return;
  for (const sequence of building.wordSets.sets[place.set]?.sequences ?? []) {
    let from = node;
    for (const step of sequence.slice(0, -1)) if (!('gap' in step)) from = advance(building, [from], step);
    const last = sequence.at(-1);
    if (last !== undefined) lead(building, { node: from, place: last, target });
  }
}
