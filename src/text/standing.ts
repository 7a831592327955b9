import type { CueGroup, CueWords } from './cues.ts';
import { breaks, type Tokens } from './tokens.ts';

/** Whether what was said is told as so, denied, of the past, or over. */
export type Standing = 'told' | 'negated' | 'past' | 'resolved';

/** A cue where it stands in a text. */
export interface Cue {
  readonly group: CueGroup;
  readonly first: number;
  readonly last: number;
}

/** A text with the cues in it. */
export interface Scene {
  readonly tokens: Tokens;
  readonly words: CueWords;
  readonly ending: ReadonlyMap<number, readonly Cue[]>;
  readonly starting: ReadonlyMap<number, readonly Cue[]>;
  /** What there is to look for at all. */
  readonly types: ReadonlySet<CueGroup['type']>;
}

/** The words a hit rests on. */
export interface Span {
  readonly kind: string;
  readonly first: number;
  readonly last: number;
}

/** What a hit's words come to, and the cue of the past that says so. */
export interface Judgement {
  readonly standing: Standing;
  readonly cue: Cue | undefined;
}

/** How far cues are looked for at most; every reach of a list is smaller. */
const farthest = 24;
/** How many other things may stand in a list before the one that is denied: "no weapons, drugs or injuries". */
const listItemsMax = 4;

/** Sets the scene: denials that deny nothing and past that is not past are taken out. */
export function makeScene(tokens: Tokens, words: CueWords, cues: readonly Cue[]): Scene {
  const ending = new Map<number, Cue[]>();
  const starting = new Map<number, Cue[]>();
  const types = new Set<CueGroup['type']>();
  const off = { tokens, words, unsaid: covered(cues, 'unsaid'), notPast: covered(cues, 'not-past') };
  for (const cue of cues) {
    if (isOff(cue, off)) continue;
    types.add(cue.group.type);
    addAt(ending, cue.last, cue);
    addAt(starting, cue.first, cue);
  }
  return { tokens, words, ending, starting, types };
}

function addAt(cues: Map<number, Cue[]>, at: number, cue: Cue): void {
  const there = cues.get(at);
  if (there === undefined) cues.set(at, [cue]);
  else there.push(cue);
}

interface TakenOut {
  readonly tokens: Tokens;
  readonly words: CueWords;
  readonly unsaid: ReadonlySet<number>;
  readonly notPast: ReadonlySet<number>;
}

function isOff({ group: { type }, first, last }: Cue, { tokens, words, unsaid, notPast }: TakenOut): boolean {
  if (type === 'unsaid' || type === 'not-past') return true;
  if (type === 'resolved') return words.denials.has(tokens.words[first - 1] ?? 0);
  const taken = type === 'past' ? notPast : unsaid;
  for (let at = first; taken.size > 0 && at <= last; at += 1) if (taken.has(at)) return true;
  return false;
}

function covered(cues: readonly Cue[], type: CueGroup['type']): ReadonlySet<number> {
  const at = new Set<number>();
  for (const { group, first, last } of cues)
    if (group.type === type) for (let token = first; token <= last; token += 1) at.add(token);
  return at;
}

/** Judges a hit: over, denied, past or told, in this order; a timeless one is never past. */
export function standingOf(scene: Scene, span: Span, isTimeless: boolean): Judgement {
  if (cueNear(scene, span, 'resolved') !== undefined) return { standing: 'resolved', cue: undefined };
  if (denialsBefore(scene, span) % 2 === 1 || isAnsweredNo(scene, span)) return { standing: 'negated', cue: undefined };
  const cue = isTimeless ? undefined : cueNear(scene, span, 'past');
  return { standing: cue === undefined ? 'told' : 'past', cue };
}

const breakBefore = ({ tokens }: Scene, at: number): number => tokens.breaks[at] ?? 0;
const wordAt = ({ tokens }: Scene, at: number): number => (at >= 0 && at < tokens.count ? (tokens.words[at] ?? 0) : 0);

/** How many denials reach the hit from before it; an even number of them cancel out. */
function denialsBefore(scene: Scene, span: Span): number {
  const { words } = scene;
  if (!scene.types.has('plain') && !scene.types.has('spoken')) return 0;
  const isList = words.either.has(wordAt(scene, span.first - 1)) || breakBefore(scene, span.first) === breaks.slash;
  let count = 0;
  let items = 0;
  let hasPeople = false;
  let isReported = false;
  for (let at = span.first - 1; at >= 0 && at >= span.first - farthest; at -= 1) {
    const strength = breakBefore(scene, at + 1);
    if (strength > breaks.slash && !(isList && strength === breaks.pause)) break;
    const cue = longest(scene.ending.get(at), denial);
    if (cue !== undefined) {
      if (denies(scene, cue, { span, hasPeople: hasPeople && !isReported })) count += 1;
      at = cue.first;
      continue;
    }
    const word = wordAt(scene, at);
    if (words.stops.has(word)) break;
    if (words.people.has(word)) hasPeople = true;
    else if (words.reported.has(word)) isReported = true;
    else if (!words.bridge.has(word)) {
      items += 1;
      if (!isList || items > listItemsMax) break;
    }
  }
  return count;
}

function denies(scene: Scene, cue: Cue, to: { readonly span: Span; readonly hasPeople: boolean }): boolean {
  const { words } = scene;
  if (to.span.first - 1 - cue.last > cue.group.before) return false;
  if (to.hasPeople && cue.group.type !== 'spoken') return false;
  if (words.hedge.has(wordAt(scene, cue.first - 1))) return false;
  if (!isBareNo(scene, cue)) return true;
  const next = cue.last + 1;
  const isParted = breakBefore(scene, next) > breaks.slash;
  return (
    !isParted && !words.subjects.has(wordAt(scene, next)) && longest(scene.starting.get(next), denial) === undefined
  );
}

/** "Weapons: none", "any injuries? no", "is he hurting you? No." */
function isAnsweredNo(scene: Scene, { first, last }: Span): boolean {
  const { words, tokens } = scene;
  if (!scene.types.has('answer')) return false;
  const next = last + 1;
  const answer = next < tokens.count ? longest(scene.starting.get(next), answered) : undefined;
  if (answer === undefined || !isWholeAnswer(scene, answer)) return false;
  const opening = words.askers.has(wordAt(scene, first - 1)) ? first - 1 : first;
  const parting = breakBefore(scene, next);
  if (opening === 0 || breakBefore(scene, opening) >= breaks.pause)
    return parting !== breaks.sentence && (parting > breaks.slash || opening < first || !isBareNo(scene, answer));
  if (breakBefore(scene, next) !== breaks.question) return false;
  let start = first;
  while (start > 0 && first - start < farthest && breakBefore(scene, start) < breaks.line) start -= 1;
  return words.askers.has(wordAt(scene, start));
}

const isBareNo = (scene: Scene, { first, last }: Cue): boolean =>
  first === last && scene.words.interjections.has(wordAt(scene, last));

/** A bare "no" answers only if nothing that it might belong to follows it. */
function isWholeAnswer(scene: Scene, answer: Cue): boolean {
  const { words, tokens } = scene;
  if (!isBareNo(scene, answer)) return true;
  const next = answer.last + 1;
  return next >= tokens.count || breakBefore(scene, next) > breaks.slash || words.subjects.has(wordAt(scene, next));
}

/** The cue of this type that reaches the hit, from before, from behind or from inside it. */
function cueNear(scene: Scene, span: Span, type: 'past' | 'resolved'): Cue | undefined {
  if (!scene.types.has(type)) return undefined;
  const wanted = { type, kind: span.kind };
  for (let at = span.first; at <= span.last; at += 1) {
    const inside = longest(scene.starting.get(at), wanted) ?? longest(scene.ending.get(at), wanted);
    if (inside !== undefined && closesWell(scene, inside)) return inside;
  }
  return cueBefore(scene, span, wanted) ?? cueBehind(scene, span, wanted);
}

/** Which cues are looked for: of this type, and working on this kind. */
interface Wanted {
  readonly type: CueGroup['type'] | 'denial';
  readonly kind?: string;
}

const denial: Wanted = { type: 'denial' };
const answered: Wanted = { type: 'answer' };

function isWanted({ group }: Cue, { type, kind }: Wanted): boolean {
  if (type === 'denial') return group.type === 'plain' || group.type === 'spoken';
  return group.type === type && (kind === undefined || group.kinds === undefined || group.kinds.has(kind));
}

function cueBefore(scene: Scene, { first }: Span, wanted: Wanted): Cue | undefined {
  let hasComma = false;
  for (let at = first - 1; at >= 0 && at >= first - farthest; at -= 1) {
    const strength = breakBefore(scene, at + 1);
    if (strength >= breaks.line) return undefined;
    if (strength === breaks.pause) hasComma = true;
    const passed = first - 1 - at;
    for (const cue of scene.ending.get(at) ?? none) {
      const isNear = passed <= cue.group.before && (!hasComma || cue.group.overCommas);
      if (isNear && isWanted(cue, wanted) && opensWell(scene, cue)) return cue;
    }
    if (isHalt(scene, at)) return undefined;
  }
  return undefined;
}

function cueBehind(scene: Scene, { last }: Span, wanted: Wanted): Cue | undefined {
  let isParted = false;
  for (let at = last + 1; at < scene.tokens.count && at <= last + farthest; at += 1) {
    const strength = breakBefore(scene, at);
    if (strength >= breaks.line) return undefined;
    if (strength === breaks.pause) isParted = true;
    const passed = at - last - 1;
    for (const cue of scene.starting.get(at) ?? none) {
      const isNear = passed <= cue.group.after && (!isParted || cue.group.type === 'resolved');
      if (isNear && isWanted(cue, wanted) && closesWell(scene, cue)) return cue;
    }
    const word = wordAt(scene, at);
    if (scene.words.stops.has(word) || scene.words.subjects.has(word)) isParted = true;
  }
  return undefined;
}

const none: readonly Cue[] = [];

/** A cue that must open its clause does so behind a break or a word that stops. */
function opensWell(scene: Scene, { group, first }: Cue): boolean {
  if (!group.opens || first === 0 || breakBefore(scene, first) > breaks.slash) return true;
  return scene.words.stops.has(wordAt(scene, first - 1));
}

/** A cue that must close its clause does so at a break, a word that halts, or "or". */
function closesWell(scene: Scene, { group, last }: Cue): boolean {
  if (!group.closes) return true;
  const next = last + 1;
  const isEnd = next >= scene.tokens.count || breakBefore(scene, next) > breaks.slash;
  return isEnd || isHalt(scene, next) || scene.words.either.has(wordAt(scene, next));
}

const isHalt = ({ words, tokens }: Scene, at: number): boolean => {
  const word = tokens.words[at] ?? 0;
  return words.stops.has(word) || words.halts.has(word);
};

function longest(cues: readonly Cue[] | undefined, wanted: Wanted): Cue | undefined {
  let found: Cue | undefined;
  for (const cue of cues ?? [])
    if (isWanted(cue, wanted) && (found === undefined || cue.last - cue.first > found.last - found.first)) found = cue;
  return found;
}
