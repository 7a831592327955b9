import { probabilityOf } from './calibrate.ts';
import { type Comparison, comparisons, type Level, levelIn } from './comparisons.ts';
import type { Features } from './features.ts';
import type { Chances, Frequencies, Model } from './model.ts';

/** One step from what is likely before looking to what is likely after. */
export interface Step {
  readonly kind: 'prior' | 'level' | 'frequency' | 'household';
  /** Absent for the prior and the household. */
  readonly comparison?: string;
  readonly level?: string;
  /** "surname sounds alike", "the surname is rare": in words for a person. */
  readonly says: string;
  /** Bits: log2 of how much likelier it makes one person than not. */
  readonly weight: number;
}

/** How much two records speak for one person. */
export interface Scored {
  /** Log2 odds that they are one and the same, against everything else. */
  readonly score: number;
  /** As it was calibrated by decisions; without any, as the score says. */
  readonly probability: number;
  /** Probability that they are two people of one household or family. */
  readonly relative: number;
  /** What names, birth and other marks of identity weigh by themselves, in bits. */
  readonly identity: number;
  /** The level of each comparison. */
  readonly levels: readonly number[];
}

/** The same taken apart. */
export interface Weighed extends Scored {
  /** Prior first, household last; they add up to the score. */
  readonly steps: readonly Step[];
}

/** What a level is worth: bits for one person, and bits for one household, both against two unrelated people. */
export interface Worth {
  readonly match: number;
  readonly household: number;
}

/** What a level is worth before its value is looked at; nothing where it carries no evidence. */
export function worthOf(model: Model, comparison: Comparison, level: Level): Worth {
  const chances = chancesOf(model, comparison, level);
  if (chances === null) return { match: 0, household: 0 };
  return { match: Math.log2(chances.m / chances.u), household: Math.log2(chances.h / chances.u) };
}

/** The chances of a level in a model; null where it carries no evidence. */
export function chancesOf(model: Model, comparison: Comparison, level: Level): Chances | null {
  if (level.isNull === true || !Object.hasOwn(model.comparisons, comparison.id)) return null;
  const levels = model.comparisons[comparison.id] ?? {};
  return Object.hasOwn(levels, level.id) ? (levels[level.id] ?? null) : null;
}

/** How a level's value is counted; null where its worth is the same whatever the value. */
export function countedOf(model: Model, { frequency }: Level): Frequencies | null {
  return frequency === undefined ? null : (model.frequencies[frequency] ?? null);
}

/** How many times as often as by chance the two names of either record go together, whichever is more. */
function togetherOf({ together }: Model, a: Features, b: Features): number {
  const [mine, theirs] = [wholeName(a), wholeName(b)];
  const of = (name: string): number => (Object.hasOwn(together, name) ? (together[name] ?? 1) : 1);
  return mine === theirs ? of(mine) : Math.max(of(mine), of(theirs));
}

/** A name as `together` lists it. */
export function wholeName({ given, surname }: Pick<Features, 'given' | 'surname'>): string {
  return `${given} ${surname}`;
}

/** The share of records that bear the value; of several values the one borne most. 0 where it was not counted. */
export function frequencyOf({ values }: Frequencies, value: string): number {
  if (!value.includes('|')) return Object.hasOwn(values, value) ? (values[value] ?? 0) : 0;
  let most = 0;
  for (const one of value.split('|')) most = Math.max(most, Object.hasOwn(values, one) ? (values[one] ?? 0) : 0);
  return most;
}

/**
 * What a value borne by the share `f` is worth beyond its level. Agreement by chance is as frequent as the value; what
 * a household shares because it is one is worth more the rarer it is, what it shares by chance is not.
 */
function rarityOf({ u, h }: Chances, f: number): Worth {
  const kin = (h - u) / (1 - u);
  return {
    match: Math.log2(u / f),
    household: kin > 0 ? Math.log2(kin / f + (1 - kin)) - Math.log2(h / u) : 0,
  };
}

/** How much more likely one person is than another household's, before anything is compared, in bits. */
export function priorOf({ prior }: Model): number {
  return Math.log2(prior.match / (1 - prior.match));
}

/** What the third possibility takes away: two people of one household agree in much by being one. */
function householdStep({ prior }: Model, household: number): number {
  const unrelated = 1 - prior.match - prior.household;
  return Math.log2((1 - prior.match) / (prior.household * 2 ** household + unrelated));
}

interface Sums {
  match: number;
  household: number;
  identity: number;
}

/** A level with all that a model says of it. */
interface Rated {
  readonly comparison: Comparison;
  readonly level: Level;
  readonly chances: Chances;
  readonly worth: Worth;
  readonly counted: Frequencies | null;
  readonly step: Step;
}

/** What a model says of everything, and of each comparison's levels. */
interface Ratings {
  readonly prior: number;
  /** How likely each of the three possibilities is before anything is compared, log2. */
  readonly possible: { readonly match: number; readonly household: number; readonly unrelated: number };
  readonly byComparison: readonly (readonly (Rated | null)[])[];
}

/** Models never change, and each weighs pair after pair: its levels are rated once. */
const rated = new WeakMap<Model, Ratings>();

function ratedBy(model: Model): Ratings {
  const known = rated.get(model);
  if (known !== undefined) return known;
  const byComparison = comparisons.map((one) => one.levels.map((level) => rate(model, one, level)));
  const { match, household } = model.prior;
  const possible = {
    match: Math.log2(match),
    household: Math.log2(household),
    unrelated: Math.log2(1 - match - household),
  };
  const found = { prior: priorOf(model), possible, byComparison };
  rated.set(model, found);
  return found;
}

function rate(model: Model, comparison: Comparison, level: Level): Rated | null {
  const chances = chancesOf(model, comparison, level);
  if (chances === null) return null;
  const worth = worthOf(model, comparison, level);
  const says = `${comparison.says} ${level.says}`;
  const step: Step = { kind: 'level', comparison: comparison.id, level: level.id, says, weight: worth.match };
  return { comparison, level, chances, worth, counted: countedOf(model, level), step };
}

/** Comparisons that make up a whole name: given name and surname. */
export const wholeNames = 2;

/** Scores two records: how much speaks for one person, and how much for two of one household. */
export function scoreOf(model: Model, a: Features, b: Features): Scored {
  const ratings = ratedBy(model);
  const levels: number[] = [];
  const sums: Sums = { match: 0, household: 0, identity: 0 };
  let names = 0;
  for (let at = 0; at < comparisons.length; at += 1) {
    const comparison = comparisons[at];
    if (comparison === undefined) break;
    const level = levelIn(comparison, a, b);
    levels.push(level);
    const found = ratings.byComparison[at]?.[level] ?? null;
    if (found === null) continue;
    const rarity = rarityIn(found, a, b);
    const match = found.worth.match + (rarity?.match ?? 0);
    sums.match += match;
    sums.household += found.worth.household + (rarity?.household ?? 0);
    if (comparison.isIdentity === true) sums.identity += match;
    if (found.level.isOfName === true) names += 1;
  }
  if (names === wholeNames) {
    const usual = Math.log2(togetherOf(model, a, b));
    sums.match -= usual;
    sums.identity -= usual;
  }
  const score = ratings.prior + sums.match + householdStep(model, sums.household);
  const probability = probabilityOf(score, model.calibration);
  return { score, probability, relative: relativeOf(ratings, sums), identity: sums.identity, levels };
}

/** Scores two records and says why, step by step. */
export function weigh(model: Model, a: Features, b: Features): Weighed {
  const scored = scoreOf(model, a, b);
  const { prior, byComparison } = ratedBy(model);
  const steps: Step[] = [{ kind: 'prior', says: 'before anything is compared', weight: prior }];
  let [household, names] = [0, 0];
  for (const [at, ratings] of byComparison.entries()) {
    const found = ratings[scored.levels[at] ?? 0] ?? null;
    if (found === null) continue;
    if (found.level.isOfName === true) names += 1;
    const rarity = rarityIn(found, a, b);
    household += found.worth.household + (rarity?.household ?? 0);
    steps.push(found.step);
    if (rarity !== null)
      steps.push({
        ...found.step,
        kind: 'frequency',
        says: sayRarity(found.comparison, rarity),
        weight: rarity.match,
      });
    const usual = found.level.isOfName === true && names === wholeNames ? togetherOf(model, a, b) : 1;
    if (usual > 1)
      steps.push({
        ...found.step,
        kind: 'frequency',
        says: 'these two names often go together',
        weight: -Math.log2(usual),
      });
  }
  const weight = householdStep(model, household);
  if (model.prior.household > 0)
    steps.push({ kind: 'household', says: 'people of one household agree in as much', weight });
  return { ...scored, steps };
}

interface Rarity extends Worth {
  readonly isGeneric: boolean;
}

/**
 * What the shared value adds or takes away, null where values of the level are not counted; a value borne by very many
 * takes away all that the level gave.
 */
function rarityIn({ chances, worth, counted, level }: Rated, a: Features, b: Features): Rarity | null {
  if (counted === null || level.frequency === undefined) return null;
  const [mine, theirs] = [a[level.frequency], b[level.frequency]];
  const f = Math.max(counted.floor, Math.min(frequencyOf(counted, mine), frequencyOf(counted, theirs)));
  if (counted.generic !== null && f >= counted.generic)
    return { match: -worth.match, household: -worth.household, isGeneric: true };
  return { ...rarityOf(chances, f), isGeneric: false };
}

function sayRarity({ says }: Comparison, { match, isGeneric }: Rarity): string {
  if (isGeneric) return `the same ${says} is given by so many that it tells nothing`;
  return match < 0 ? `the ${says} is common` : `the ${says} is rare`;
}

/** The share of the household among the three possibilities, the greatest taken out so that nothing overflows. */
function relativeOf({ possible }: Ratings, sums: Sums): number {
  const match = possible.match + sums.match;
  const household = possible.household + sums.household;
  const { unrelated } = possible;
  const most = Math.max(match, household, unrelated);
  return 2 ** (household - most) / (2 ** (match - most) + 2 ** (household - most) + 2 ** (unrelated - most));
}
