import { buildGraph, type Graph, startNode } from './graph.ts';
import { breaks, type Tokens } from './tokens.ts';
import type { Place, WordSets } from './wordsets.ts';

/** Finds every phrase of a list in one pass over the words. */
export interface Automaton {
  /** Every pattern that ends, each followed by the place of its last word, in order of place. */
  readonly scan: (tokens: Tokens) => readonly number[];
  /** Where a pattern that ends at `last` begins; the shortest reading if there are several. */
  readonly firstOf: (tokens: Tokens, pattern: number, last: number) => number;
}

export interface AutomatonParts {
  readonly patterns: readonly (readonly Place[])[];
  readonly wordSets: WordSets;
  readonly wordCount: number;
  /** Words that no gap may pass over, so that a denial is never swallowed. */
  readonly barriers: ReadonlySet<number>;
}

interface State {
  readonly nodes: readonly number[];
  readonly accepts: readonly number[];
  readonly next: Map<number, State>;
}

/** Steps remembered before they are worked out afresh; bounds memory whatever the text. */
const stepsMax = 100_000;

/** Compiles patterns to one automaton over words; its states are made as the text asks for them. */
export function compileAutomaton(parts: AutomatonParts): Automaton {
  const graph = buildGraph(parts.patterns, parts);
  let states = new Map<string, State>();
  let start: State = { nodes: [], accepts: [], next: new Map() };
  let steps = 0;
  const stateOf = (nodes: readonly number[]): State => {
    if (nodes.length === 0) return start;
    const key = nodes.join(' ');
    const known = states.get(key);
    if (known !== undefined) return known;
    const accepts = [...new Set(nodes.flatMap((node) => graph.ends[node] ?? []))];
    const made: State = { nodes, accepts, next: new Map() };
    states.set(key, made);
    return made;
  };
  const step = (from: State, word: number): State => {
    steps += 1;
    if (steps > stepsMax) {
      states = new Map();
      start = { nodes: [], accepts: [], next: new Map() };
      steps = 0;
    }
    const state = stateOf(nodesAfter(from.nodes, word, { graph, parts }));
    from.next.set(word, state);
    return state;
  };
  return {
    scan: (tokens) => {
      const ends: number[] = [];
      let state = start;
      for (let at = 0; at < tokens.count; at += 1) {
        if ((tokens.breaks[at] ?? 0) >= breaks.sentence) state = start;
        const word = tokens.words[at] ?? 0;
        state = state.next.get(word) ?? step(state, word);
        for (const pattern of state.accepts) ends.push(pattern, at);
      }
      return ends;
    },
    firstOf: (tokens, pattern, last) => {
      const places = parts.patterns[pattern] ?? [];
      const straight = straightFirst(tokens, places, { last, parts });
      return straight >= 0
        ? straight
        : matchBack({ tokens, parts, end: last + 1 }, { places, upTo: places.length - 1, first: last + 1 });
    },
  };
}

interface Stepping {
  readonly graph: Graph;
  readonly parts: AutomatonParts;
}

function nodesAfter(from: readonly number[], word: number, { graph, parts }: Stepping): readonly number[] {
  const nodes = new Set<number>();
  const reach = (node: number): void => {
    nodes.add(node);
    for (const other of graph.beside[node] ?? []) nodes.add(other);
  };
  const symbols = word === 0 ? [] : [word, ...(parts.wordSets.setsOf[word] ?? []).map((set) => parts.wordCount + set)];
  const isBarrier = parts.barriers.has(word);
  for (const node of [startNode, ...from]) {
    for (const symbol of symbols)
      for (const target of graph.edges.get(node * graph.symbolCount + symbol) ?? []) reach(target);
    const skip = graph.skips[node] ?? 0;
    if (skip !== 0 && !isBarrier) reach(skip);
  }
  return [...nodes].toSorted((one, other) => one - other);
}

interface Text {
  readonly tokens: Tokens;
  readonly parts: AutomatonParts;
  /** The token behind the last word of the match; what parts it from the match does not matter. */
  readonly end: number;
}

/** Where a pattern begins whose places are one word each and whose gaps are empty, or -1; no reading is shorter. */
function straightFirst(
  tokens: Tokens,
  places: readonly Place[],
  { last, parts }: { readonly last: number; readonly parts: AutomatonParts },
): number {
  let at = last + 1;
  for (let index = places.length - 1; index >= 0; index -= 1) {
    const place = places[index];
    if (place === undefined || 'gap' in place) continue;
    if (at <= 0 || (at <= last && (tokens.breaks[at] ?? 0) >= breaks.sentence)) return -1;
    at -= 1;
    const word = tokens.words[at] ?? 0;
    const fits = 'word' in place ? place.word === word : parts.wordSets.sets[place.set]?.words.has(word) === true;
    if (!fits) return -1;
  }
  return at;
}

/** What is left to match backwards: the places up to `upTo`, ending before token `first`. */
interface Rest {
  readonly places: readonly Place[];
  readonly upTo: number;
  readonly first: number;
}

/** The token where the rest begins, or -1 if it does not stand there. */
function matchBack(text: Text, rest: Rest): number {
  const { places, upTo, first } = rest;
  const place = places[upTo];
  if (place === undefined) return first;
  if ('gap' in place) return matchGap(text, rest, place.gap);
  const at = before(text, first);
  if (at < 0) return -1;
  const word = text.tokens.words[at] ?? 0;
  const isHere = 'word' in place ? place.word === word : text.parts.wordSets.sets[place.set]?.words.has(word) === true;
  let found = isHere ? matchBack(text, { places, upTo: upTo - 1, first: at }) : -1;
  if ('word' in place) return found;
  for (const sequence of text.parts.wordSets.sets[place.set]?.sequences ?? []) {
    const unfolded = [...places.slice(0, upTo), ...sequence];
    found = Math.max(found, matchBack(text, { places: unfolded, upTo: unfolded.length - 1, first }));
  }
  return found;
}

function matchGap(text: Text, { places, upTo, first }: Rest, words: number): number {
  let from = first;
  let found = -1;
  for (let passed = 0; passed <= words && found < 0; passed += 1) {
    found = matchBack(text, { places, upTo: upTo - 1, first: from });
    from = before(text, from);
    if (from < 0 || text.parts.barriers.has(text.tokens.words[from] ?? 0)) break;
  }
  return found;
}

/** The token before `first` in the same sentence, or -1. */
function before({ tokens, end }: Text, first: number): number {
  const isParted = first !== end && (tokens.breaks[first] ?? 0) >= breaks.sentence;
  return isParted ? -1 : first - 1;
}
