import { comparisons } from '../linkage/comparisons.ts';
import type { Column } from '../linkage/features.ts';
import { estimate } from '../linkage/estimate.ts';
import type { Chances, Model } from '../linkage/model.ts';
import type { Counted, Shares } from '../linkage/shares.ts';
import { priorFrom, randomU, startShares } from '../linkage/shares.ts';
import type { Batch } from './duckdb.ts';
import { named } from './duckdb.ts';
import { candidatePatterns, comparable, patternsOf } from './compare.ts';
import { frequenciesIn, togetherIn, unlikeBirths } from './frequencies.ts';
import { shippedModel } from '../policy/linkage-model.ts';
import type { Session } from './sessions.ts';
import { householdSession, pairsOfSession, sessions } from './sessions.ts';

/** What training came to, for a report. */
export interface Trained {
  readonly model: Model;
  readonly learned: readonly Learned[];
  /** Random pairs from which it was learned how often strangers agree. */
  readonly randomPairs: number;
  /** Pairs that sure rules found, which the prior was first taken from. */
  readonly surePairs: number;
}

export interface Learned {
  readonly session: string;
  readonly says: string;
  readonly pairs: number;
  /** How many of them are thought to be of one person. */
  readonly matches: number;
  readonly rounds: number;
  /** False where too few were alike, or the classes came out of order: nothing was taken from it. */
  readonly isUsed: boolean;
}

export interface Training {
  readonly records: number;
  readonly known: ReadonlySet<Column>;
  /** The day, ISO, and of what it is told to be. */
  readonly at: string;
  readonly from: string;
}

/** Records among which every pair is taken for random: about 300,000 pairs. */
const sampleRecords = 800;
/** Share of all true pairs that the sure rules are assumed to find. */
const sureRecall = 0.7;
const rounds = 300;
const tolerance = 1e-5;

/** Probabilities of .99 to be taken as certain, .9 to be put together, .1 to be shown to a person, in bits. */
const thresholds = { certain: 6.63, strong: 3.17, review: -3.17 };

const shape = comparisons.map(({ levels }) => ({ levels }));

/** What is assumed of two records of one person until records say otherwise: the model that ships. */
function assumedShares(): Shares {
  const assumed = shippedModel().comparisons;
  return comparisons.map(({ id, levels }) => levels.map((level) => assumed[id]?.[level.id]?.m ?? 0));
}

/** Learns a model from the records themselves, without anybody's labels; candidate pairs stand in `pair`. */
export async function train(batch: Batch, training: Training): Promise<Trained> {
  const { records, known } = training;
  const of = comparable(known);
  const frequencies = await frequenciesIn(batch, training);
  const random = await randomPatterns(batch, of);
  const randomPairs = random.reduce((sum, { count }) => sum + count, 0);
  const open: Going = { batch, training, of, random, learned: [], seen: [] };
  let u = randomU(shape, random);
  for (const session of sessions) await learn(open, session, u);
  const m = mean(open.seen.map(({ shares, matches, excluded }) => ({ shares: shares.m, matches, excluded })));
  const h = await learnHousehold(open, m, u);
  const surePairs = await countSure(batch, known);
  const prior = { match: priorFrom({ found: surePairs, recall: sureRecall, records }), household: h.prior };
  u = withoutMatches(random, { m, h: h.shares, u }, prior);
  const candidates = await candidatePatterns(batch, of);
  const settled = settledPrior(candidates, { shares: { m, h: h.shares, u }, prior, records });
  const model: Model = {
    format: 'heed-linkage-model',
    version: 1,
    made: { at: training.at, from: training.from, how: howMade(randomPairs, open.learned) },
    prior: settled,
    comparisons: chancesBy(of, { m, h: h.shares, u }),
    frequencies,
    together: await togetherIn(batch, { known, frequencies, unlike: unlikeShare(m) }),
    thresholds,
    calibration: null,
  };
  return { model, learned: open.learned, randomPairs, surePairs };
}

interface Going {
  readonly batch: Batch;
  readonly training: Training;
  readonly of: ReadonlySet<string>;
  readonly random: readonly Counted[];
  readonly learned: Learned[];
  readonly seen: { readonly shares: ByClass; readonly matches: number; readonly excluded: readonly string[] }[];
}

interface ByClass {
  readonly m: Shares;
  readonly h: Shares;
  readonly u: Shares;
}

async function randomPatterns(batch: Batch, of: ReadonlySet<string>): Promise<readonly Counted[]> {
  await batch.run(`CREATE OR REPLACE TABLE sampled AS SELECT id FROM feature ORDER BY mark LIMIT ${sampleRecords}`);
  const pairs = 'SELECT a.id AS l, b.id AS r FROM sampled a JOIN sampled b ON a.id < b.id';
  return patternsOf(batch, pairs, of);
}

/** Hides what the block itself makes equal: it is no evidence there. */
function blind(counts: readonly Counted[], excluded: readonly string[]): readonly Counted[] {
  const hidden = comparisons.map(({ id }) => excluded.includes(id));
  const merged = new Map<string, { levels: (number | null)[]; count: number }>();
  for (const { levels, count } of counts) {
    const seen = levels.map((level, at) => (hidden[at] === true ? null : level));
    const key = seen.join(' ');
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { levels: seen, count });
    else known.count += count;
  }
  return [...merged.values()];
}

/** Fewer pairs of one person than this tell too little to learn from. */
const matchesLeast = 30;

async function learn(going: Going, session: Session, u: Shares): Promise<void> {
  const { batch, training, of, learned, seen } = going;
  if (!session.columns.every((column) => training.known.has(column))) return;
  const pairs = await pairsOfSession(batch, session, training.records);
  const counts = blind(await patternsOf(batch, pairs, of), session.excluded);
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const said = { session: session.id, says: session.says, pairs: total };
  if (total < matchesLeast) {
    learned.push({ ...said, matches: 0, rounds: 0, isUsed: false });
    return;
  }
  const isOfHouseholds = session.isOfHouseholds && knowsHouseholds(training);
  const start = { m: assumedShares(), u, ...(isOfHouseholds ? { h: householdStart() } : {}) };
  const classes = isOfHouseholds ? (['m', 'h', 'u'] as const) : (['m', 'u'] as const);
  const found = estimate({ shape, counts, classes, start, held: ['u'], rounds, tolerance });
  const matches = total * (found.prior.m ?? 0);
  const isUsed = found.isOrdered && matches >= matchesLeast;
  learned.push({ ...said, matches, rounds: found.likelihoods.length, isUsed });
  const { m, h } = found.shares;
  if (isUsed && m !== undefined) seen.push({ shares: { m, h: h ?? u, u }, matches, excluded: session.excluded });
}

/** Whether the records say who lives with whom: without it a household is taken for one person written badly. */
function knowsHouseholds({ known }: Training): boolean {
  return householdSession.columns.every((column) => known.has(column));
}

/** What a household begins as: one surname and address, other given names and dates of birth. */
function householdStart(): Shares {
  const best: Readonly<Record<string, number>> = {
    given: 0.02,
    surname: 0.7,
    born: 0.005,
    middle: 0.05,
    home: 0.9,
    phone: 0.3,
    email: 0.03,
    sex: 0.5,
  };
  const shares = startShares(
    shape,
    comparisons.map(({ id }) => best[id] ?? 0.3),
  );
  // Where a household does not agree it mostly differs outright.
  return shares.map((levels, at) => {
    const isAgreement = comparisons[at]?.id === 'home';
    const last = levels.length - 1;
    const moved = levels.slice(2, last).reduce((sum, one) => sum + one / 2, 0);
    return isAgreement
      ? levels
      : levels.map((one, level) => (level < 2 ? one : level === last ? one + moved : one / 2));
  });
}

/** How many matches what is assumed counts for beside those that were seen: few records leave it standing. */
const assumedMatches = 20;

/** The shares of several sessions as one: each comparison from those that do not block by it, by their matches. */
function mean(
  seen: readonly { readonly shares: Shares; readonly matches: number; readonly excluded: readonly string[] }[],
): Shares {
  const assumed = assumedShares();
  return comparisons.map(({ id, levels }, at) => {
    const open = seen.filter(({ excluded }) => !excluded.includes(id));
    const weight = open.reduce((sum, { matches }) => sum + matches, assumedMatches);
    return levels.map((_, level) => {
      const before = (assumed[at]?.[level] ?? 0) * assumedMatches;
      return open.reduce((sum, { shares, matches }) => sum + (shares[at]?.[level] ?? 0) * matches, before) / weight;
    });
  });
}

/** The place of a level among those of its comparison. */
function levelAt(comparison: string, level: string): readonly [number, number] {
  const at = comparisons.findIndex(({ id }) => id === comparison);
  return [at, comparisons[at]?.levels.findIndex(({ id }) => id === level) ?? -1];
}

/** Of pairs of one person the share whose dates of birth are those of two. */
function unlikeShare(m: Shares): number {
  return unlikeBirths.reduce((sum, level) => {
    const [at, place] = levelAt('born', level);
    return sum + (m[at]?.[place] ?? 0);
  }, 0);
}

/** What two people of one household share no more often than this; else the class is one person written badly. */
const credible: readonly (readonly [comparison: string, level: string, most: number])[] = [
  ['born', 'same', 0.1],
  ['ident', 'same', 0.1],
  ['given', 'same', 0.2],
];

function isHousehold(h: Shares, of: ReadonlySet<string>): boolean {
  return credible.every(([comparison, level, most]) => {
    const [at, place] = levelAt(comparison, level);
    return !of.has(comparison) || (h[at]?.[place] ?? 0) <= most;
  });
}

/** Learns the third class from records of one postcode and house: what of it is not one person is one household. */
async function learnHousehold(going: Going, m: Shares, u: Shares): Promise<{ shares: Shares; prior: number }> {
  const { batch, training, of, learned } = going;
  const { excluded, id, says } = householdSession;
  if (!knowsHouseholds(training)) return { shares: u, prior: 0 };
  const pairs = await pairsOfSession(batch, householdSession, training.records);
  const counts = blind(await patternsOf(batch, pairs, of), excluded);
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const start = { m, h: householdStart(), u };
  const found = estimate({ shape, counts, classes: ['m', 'h', 'u'], start, held: ['m', 'u'], rounds, tolerance });
  const { h } = found.shares;
  const many = total * (found.prior.h ?? 0);
  const isUsed = h !== undefined && many >= matchesLeast && isHousehold(h, of);
  learned.push({
    session: id,
    says,
    pairs: total,
    matches: total * (found.prior.m ?? 0),
    rounds: found.likelihoods.length,
    isUsed,
  });
  if (!isUsed) return { shares: u, prior: 0 };
  const shares = comparisons.map(
    ({ id: comparison }, at) => (comparison === 'home' ? householdStart()[at] : h[at]) ?? [],
  );
  return { shares, prior: 1e-9 };
}

/** Pairs that nobody would doubt: the whole name and a whole date of birth, or a name and a number of their own. */
async function countSure({ rows }: Batch, known: ReadonlySet<Column>): Promise<number> {
  const whole = "born <> '' AND NOT ends_with(born, '-00') AND NOT ends_with(born, '-01-01')";
  const rules: readonly (readonly Column[])[] = [
    ['given', 'surname', 'born'],
    ['given', 'surname', 'ident'],
    ['given', 'surname', 'email'],
    ['given', 'surname', 'phone'],
    ['given', 'surname', 'postcode'],
  ];
  const usable = rules.filter((rule) => rule.every((column) => known.has(column))).slice(0, 2);
  const counts = usable.map((rule) => {
    const key = rule.map(named).join(', ');
    const isKnown = rule.map((column) => (column === 'born' ? whole : `${named(column)} <> ''`)).join(' AND ');
    const sizes = `SELECT count(*) AS n FROM feature WHERE ${isKnown} GROUP BY ${key}`;
    return `SELECT sum(n * (n - 1) / 2) AS pairs FROM (${sizes})`;
  });
  if (counts.length === 0) return 0;
  const found = await rows<{ pairs: number | null }>(counts.join(' UNION ALL '));
  return Math.max(...found.map(({ pairs }) => pairs ?? 0));
}

interface Odds {
  readonly match: number;
  readonly household: number;
}

/** How many times as likely as among strangers a pattern is among pairs of one person, of one household. */
function timesAsLikely({ levels }: Counted, { m, h, u }: ByClass): Odds {
  const logs = { match: 0, household: 0 };
  for (const [at, level] of levels.entries()) {
    if (level === null || comparisons[at]?.levels[level]?.isNull === true) continue;
    const unrelated = Math.log(u[at]?.[level] ?? 1);
    logs.match += Math.log(m[at]?.[level] ?? 1) - unrelated;
    logs.household += Math.log(h[at]?.[level] ?? 1) - unrelated;
  }
  return { match: Math.exp(logs.match), household: Math.exp(logs.household) };
}

/** The share of the pairs of a pattern so likely that is of one person, of one household. */
function posterior(times: Odds, prior: Odds): Odds {
  const [match, household] = [times.match * prior.match, times.household * prior.household];
  const sum = match + household + 1 - prior.match - prior.household;
  return { match: match / sum, household: household / sum };
}

/** How often strangers agree, those random pairs left out that are of one person or household after all. */
function withoutMatches(random: readonly Counted[], shares: ByClass, prior: Odds): Shares {
  return randomU(
    shape,
    random.map((one) => {
      const { match, household } = posterior(timesAsLikely(one, shares), prior);
      return { levels: one.levels, count: one.count * Math.max(0, 1 - match - household) };
    }),
  );
}

/** The prior with which as many pairs are expected to be of one person as it says, of all pairs that there are. */
function settledPrior(
  candidates: readonly Counted[],
  { shares, prior, records }: { readonly shares: ByClass; readonly prior: Odds; readonly records: number },
): Odds {
  const pairs = Math.max(1, (records * (records - 1)) / 2);
  const counted = candidates.map((one) => ({ count: one.count, times: timesAsLikely(one, shares) }));
  let settled = prior.household === 0 ? prior : { ...prior, household: prior.match };
  for (let round = 0; round < 20; round += 1) {
    const expected = { match: 0, household: 0 };
    for (const { count, times } of counted) {
      const { match, household } = posterior(times, settled);
      expected.match += match * count;
      expected.household += household * count;
    }
    settled = {
      match: Math.min(0.5, Math.max(expected.match, 0.5) / pairs),
      household: prior.household === 0 ? 0 : Math.min(0.4, Math.max(expected.household, 0.5) / pairs),
    };
  }
  return settled;
}

function chancesBy(of: ReadonlySet<string>, { m, h, u }: ByClass): Model['comparisons'] {
  const found: Record<string, Record<string, Chances>> = {};
  for (const [at, { id, levels }] of comparisons.entries()) {
    if (!of.has(id)) continue;
    found[id] = Object.fromEntries(
      levels.flatMap((level, place) => {
        if (level.isNull === true) return [];
        return [[level.id, { m: m[at]?.[place] ?? 1, u: u[at]?.[place] ?? 1, h: h[at]?.[place] ?? 1 }] as const];
      }),
    );
  }
  return found;
}

function howMade(randomPairs: number, learned: readonly Learned[]): string {
  const used = learned.filter(({ isUsed }) => isUsed).map(({ says, pairs }) => `${says} (${Math.round(pairs)} pairs)`);
  return (
    `u from ${randomPairs} random pairs; m and h by expectation and maximisation over patterns of levels, from ` +
    `records that share ${used.length === 0 ? 'nothing: too few were alike' : used.join('; ')}`
  );
}
