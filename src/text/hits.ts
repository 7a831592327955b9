import type { Automaton } from './automaton.ts';
import type { CueGroup, CueWords } from './cues.ts';
import type { Edges } from './literal.ts';
import type { PhraseList } from './phrases.ts';
import { type Cue, makeScene, type Scene, type Standing, standingOf } from './standing.ts';
import { breaks, type Tokens } from './tokens.ts';

/** What a text tells of, with the words it rests on: `quote` is `text.slice(start, end)`. */
export interface Hit {
  readonly kind: string;
  readonly reads: PhraseList['kinds'][string]['reads'];
  readonly means: string;
  readonly lifeThreat: boolean;
  readonly says?: string;
  readonly phrase: string;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
  readonly standing: Standing;
}

/** What one reading gives at most; what comes first of each kind is kept first. */
export const hitLimits = { hits: 40, quoteCharacters: 400 } as const;

/** What a phrase is for: to tell of something, to keep everyday words quiet, or to say how a hit stands. */
export type Role =
  | { readonly kind: string; readonly phrase: string; readonly edges: Edges }
  | { readonly quiet: ReadonlySet<string>; readonly overCommas: boolean }
  | { readonly cue: CueGroup };

/** A compiled list. */
export interface Compiled {
  readonly list: PhraseList;
  /** By the automaton's pattern. */
  readonly roles: readonly Role[];
  /** The patterns below this one tell of something; those from it on keep quiet or are cues. */
  readonly hitPatterns: number;
  readonly automaton: Automaton;
  readonly words: CueWords;
  /** Kinds that no cue makes past: a relation does not end, and a warning tells of the past by its nature. */
  readonly timeless: ReadonlySet<string>;
}

/** A stretch of a text; hits that begin at the words `from` to `to` are its own. */
export interface Window {
  readonly text: string;
  readonly tokens: Tokens;
  readonly from: number;
  readonly to: number;
}

interface Found {
  readonly kind: string;
  readonly phrase: string;
  readonly first: number;
  readonly last: number;
}

interface Matches {
  readonly found: readonly Found[];
  readonly cues: readonly Cue[];
  /** By word: the kinds that everyday words there keep quiet. */
  readonly silenced: ReadonlyMap<number, readonly ReadonlySet<string>[]>;
}

const noHits: readonly Hit[] = [];
const noKinds: readonly ReadonlySet<string>[] = [];

/** The hits of one window, by place. */
export function hitsIn(window: Window, compiled: Compiled): readonly Hit[] {
  const matches = matchesIn(window.tokens, compiled);
  if (matches === undefined) return noHits;
  const scene = makeScene(window.tokens, compiled.words, matches.cues);
  const judged: Judged[] = [];
  for (const found of widestOnly(matches)) {
    const { kind, phrase, first, last } = found;
    const { standing, cue } = standingOf(scene, found, compiled.timeless.has(kind));
    judged.push({ kind, phrase, first, last, standing, cue });
  }
  judged.push(...warningsOf(judged, scene, { list: compiled.list, cues: matches.cues }));
  const hits: Hit[] = [];
  for (const one of joined(judged))
    if (one.first >= window.from && one.first < window.to) hits.push(hitOf(window, one, compiled.list));
  return hits;
}

/** Everything that the automaton finds; undefined if it is nothing but cues. */
function matchesIn(tokens: Tokens, { automaton, roles, hitPatterns }: Compiled): Matches | undefined {
  const ends = automaton.scan(tokens);
  if (!ends.some((pattern, at) => at % 2 === 0 && pattern < hitPatterns)) return undefined;
  const found: Found[] = [];
  const cues: Cue[] = [];
  const silenced = new Map<number, ReadonlySet<string>[]>();
  for (let at = 0; at < ends.length; at += 2) {
    const pattern = ends[at] ?? 0;
    const last = ends[at + 1] ?? 0;
    const role = roles[pattern];
    const first = automaton.firstOf(tokens, pattern, last);
    if (role === undefined || first < 0) continue;
    if ('kind' in role) {
      const { kind, phrase, edges } = role;
      if (standsAt(tokens, edges, { first, last })) found.push({ kind, phrase, first, last });
    } else if (widestBreak(tokens, first, last) > widestAllowed(role)) continue;
    else if ('cue' in role) cues.push({ group: role.cue, first, last });
    else for (let word = first; word <= last; word += 1) silence(silenced, word, role.quiet);
  }
  return { found, cues, silenced };
}

/** Whether a hit opens or closes its clause as its phrase asks. */
function standsAt({ breaks: between, count }: Tokens, { opens, closes }: Edges, { first, last }: Stretch): boolean {
  if (opens && first > 0 && (between[first] ?? 0) < breaks.pause) return false;
  return !closes || last + 1 >= count || (between[last + 1] ?? 0) >= breaks.pause;
}

interface Stretch {
  readonly first: number;
  readonly last: number;
}

function silence(silenced: Map<number, ReadonlySet<string>[]>, word: number, kinds: ReadonlySet<string>): void {
  const there = silenced.get(word);
  if (there === undefined) silenced.set(word, [kinds]);
  else there.push(kinds);
}

/** Cues and everyday words stand in one clause, so that a sentence set beside danger never takes it away. */
function widestAllowed(role: Role): number {
  const isOver = 'quiet' in role ? role.overCommas : 'cue' in role && role.cue.type === 'unsaid';
  return isOver ? breaks.pause : breaks.slash;
}

function widestBreak({ breaks: between }: Tokens, first: number, last: number): number {
  let widest = 0;
  for (let at = first + 1; at <= last; at += 1) widest = Math.max(widest, between[at] ?? 0);
  return widest;
}

function isQuiet({ silenced }: Matches, { kind, first, last }: Found): boolean {
  if (silenced.size === 0) return false;
  for (let at = first; at <= last; at += 1)
    for (const kinds of silenced.get(at) ?? noKinds) if (kinds.has(kind)) return true;
  return false;
}

/** Leaves out what everyday words keep quiet, and what lies within another hit of its kind. */
function widestOnly(matches: Matches): readonly Found[] {
  const lastOf = new Map<string, number>();
  const kept: Found[] = [];
  for (const one of matches.found.toSorted((a, b) => a.first - b.first || b.last - a.last)) {
    if (one.last <= (lastOf.get(one.kind) ?? -1) || isQuiet(matches, one)) continue;
    lastOf.set(one.kind, one.last);
    kept.push(one);
  }
  return kept;
}

interface Judged extends Found {
  readonly standing: Standing;
  readonly cue: Cue | undefined;
}

/** Hits of one kind that share words are one hit; told if any of them is told. */
function joined(judged: readonly Judged[]): readonly Judged[] {
  const latest = new Map<string, number>();
  const whole: Judged[] = [];
  for (const one of judged.toSorted((a, b) => a.first - b.first)) {
    const at = latest.get(one.kind);
    const before = at === undefined ? undefined : whole[at];
    if (at === undefined || before === undefined || one.first > before.last) {
      latest.set(one.kind, whole.push(one) - 1);
      continue;
    }
    const teller = before.standing !== 'told' && one.standing === 'told' ? one : before;
    whole[at] = { ...teller, first: before.first, last: Math.max(before.last, one.last) };
  }
  return whole;
}

/** Past danger is a warning for now where its sentence speaks of now, or where danger is told beside it. */
function warningsOf(
  judged: readonly Judged[],
  scene: Scene,
  { list, cues }: { readonly list: PhraseList; readonly cues: readonly Cue[] },
): readonly Judged[] {
  const past = judged.filter(
    ({ kind, standing, cue }) =>
      standing === 'past' && cue?.group.warns !== false && list.kinds[kind]?.reads === 'danger',
  );
  if (past.length === 0) return past;
  const isTold = judged.some(({ kind, standing }) => standing === 'told' && list.kinds[kind]?.reads === 'danger');
  const sentences = sentencesOf(scene.tokens);
  const present = new Map<number, Cue>();
  for (const cue of cues) {
    const sentence = sentences[cue.first] ?? 0;
    if (cue.group.type === 'present' && !present.has(sentence)) present.set(sentence, cue);
  }
  return past.flatMap((one): readonly Judged[] => {
    const now = present.get(sentences[one.first] ?? 0);
    if (now === undefined && !isTold) return [];
    const spans = [one, ...(one.cue === undefined ? [] : [one.cue]), ...(now === undefined ? [] : [now])];
    const first = Math.min(...spans.map((span) => span.first));
    const last = Math.max(...spans.map((span) => span.last));
    return [{ ...one, kind: list.cues.present.becomes, standing: 'told', first, last }];
  });
}

/** The number of the sentence, or of the line, that each word stands in. */
function sentencesOf({ breaks: between, count }: Tokens): Int32Array {
  const sentences = new Int32Array(count);
  let sentence = 0;
  for (let at = 0; at < count; at += 1) {
    if ((between[at] ?? 0) >= breaks.line) sentence += 1;
    sentences[at] = sentence;
  }
  return sentences;
}

function hitOf({ text, tokens }: Window, { kind, phrase, standing, first, last }: Judged, list: PhraseList): Hit {
  const entry = list.kinds[kind];
  const start = tokens.starts[first] ?? 0;
  const end = Math.min(tokens.ends[last] ?? 0, start + hitLimits.quoteCharacters);
  const quote = text.slice(start, end);
  const reads = entry?.reads ?? 'danger';
  const means = entry?.means ?? '';
  const lifeThreat = entry?.lifeThreat ?? false;
  const says = entry?.says;
  if (says === undefined) return { kind, reads, means, lifeThreat, phrase, quote, start, end, standing };
  return { kind, reads, means, lifeThreat, says, phrase, quote, start, end, standing };
}

/** At most so many hits, by place: the first of each kind before the second, told before untold, danger before all. */
export function foremost(hits: readonly Hit[]): readonly Hit[] {
  if (hits.length === 0) return hits;
  const byPlace = hits.toSorted((one, other) => one.start - other.start || one.end - other.end);
  if (hits.length <= hitLimits.hits) return byPlace;
  const seen = new Map<string, number>();
  const ranked = byPlace.map((hit, at) => {
    const key = `${hit.kind} ${hit.standing}`;
    const turn = seen.get(key) ?? 0;
    seen.set(key, turn + 1);
    const weight = (hit.standing === 'told' ? 0 : 2) + (hit.reads === 'danger' ? 0 : 1);
    return { hit, at, turn, weight };
  });
  return ranked
    .toSorted((one, other) => one.turn - other.turn || one.weight - other.weight || one.at - other.at)
    .slice(0, hitLimits.hits)
    .toSorted((one, other) => one.at - other.at)
    .map(({ hit }) => hit);
}
