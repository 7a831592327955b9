import { nameOf } from '../room/subject.ts';
import type { Identity } from '../room/subject.ts';
import { type Bridge, cluster, type Contradiction } from './cluster.ts';
import { type Features, featuresOf, type PersonRecord } from './features.ts';
import { matchIdentities } from './match.ts';
import type { Model } from './model.ts';
import { scoreOf, weigh } from './weigh.ts';

/** Somebody or something as one record tells of it, with what stood beside it there. */
export interface Mention {
  readonly id: string;
  /** When it was told. */
  readonly at: number;
  /** Where it was told: the incident, the contact, the row of another system. */
  readonly source: string;
  readonly identity: Identity;
  readonly beside: readonly Identity[];
  /** The room's own subject that it is, where it is one. */
  readonly subject?: string | undefined;
}

/** What a person decided of two mentions. */
export interface Decided {
  readonly one: string;
  readonly other: string;
  readonly verdict: 'same' | 'apart';
}

/** Why two mentions stand together: the score that joined them, or that somebody decided it. */
export interface Tie {
  readonly one: string;
  readonly other: string;
  /** Bits; null where it was decided. */
  readonly score: number | null;
  readonly says: readonly string[];
}

/** One value that an entity is known by, and every record that says so: nothing is kept without its source. */
export interface Attribute {
  readonly name: 'name' | 'born' | 'place' | 'phone' | 'vehicle' | 'account';
  readonly value: string;
  readonly mentions: readonly string[];
}

/**
 * A person, place, phone, vehicle or account: a view of the records that tell of it, never stored in their stead. It is
 * called by its earliest mention; every mention's id leads to it, so that an id once given is good for ever.
 */
export interface Entity {
  readonly id: string;
  readonly kind: Identity['kind'];
  readonly mentions: readonly Mention[];
  readonly attributes: readonly Attribute[];
  readonly ties: readonly Tie[];
}

/** Two entities that are not one person but belong together: of one household, or relatives. */
export interface Kin {
  readonly one: string;
  readonly other: string;
  readonly probability: number;
}

export interface Entities {
  /** In order of their earliest mention. */
  readonly all: readonly Entity[];
  /** The entity that a mention belongs to. */
  readonly of: ReadonlyMap<string, Entity>;
  readonly kin: readonly Kin[];
  /** Ties that were not followed because the records beyond them speak against it, or somebody decided so. */
  readonly bridges: readonly Bridge[];
  readonly contradictions: readonly Contradiction[];
}

/** What the surest match of things weighs, in bits; a strong one is told, and joins nothing by itself. */
const certainBits = 30;
const strongBits = 6;
/** From this probability on two people are told as relatives or of one household. */
const kinFrom = 0.5;

interface Pair {
  readonly score: number;
  readonly identity: number;
  readonly kin: number;
  readonly says: readonly string[];
}

/**
 * The entities that these mentions make. A function of the set of mentions and decisions alone: the order in which they
 * came makes no difference, and a decision taken back leaves everything as if it had never been made.
 */
export function entitiesOf(given: readonly Mention[], model: Model, decided: readonly Decided[] = []): Entities {
  const mentions = [...new Map(given.map((one) => [one.id, one])).values()].toSorted(byTime);
  const place = new Map(mentions.map((one, at) => [one.id, at]));
  const pairs = pairsOf(mentions, model);
  const { labels, bridges, contradictions } = cluster({
    nodes: mentions.length,
    edges: {
      a: Int32Array.from(pairs, ([a]) => a),
      b: Int32Array.from(pairs, ([, b]) => b),
      weight: Float64Array.from(pairs, ([, , pair]) => pair.score),
      identity: Float64Array.from(pairs, ([, , pair]) => pair.identity),
    },
    threshold: model.thresholds.certain,
    same: decidedPairs(decided, place, 'same'),
    apart: decidedPairs(decided, place, 'apart'),
  });
  const all = gathered(mentions, labels, tiesOf(mentions, pairs, decided, model.thresholds.certain));
  const of = new Map(all.flatMap((entity) => entity.mentions.map((one) => [one.id, entity] as const)));
  return { all, of, kin: kinOf(mentions, pairs, of), bridges, contradictions };
}

function byTime(a: Mention, b: Mention): number {
  return a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Every pair of one kind that is compared, the earlier mention first. */
function pairsOf(mentions: readonly Mention[], model: Model): readonly (readonly [number, number, Pair])[] {
  const features = mentions.map((one) => (one.identity.kind === 'person' ? featuresOf(recordOf(one)) : null));
  const pairs: (readonly [number, number, Pair])[] = [];
  for (const [a, one] of mentions.entries())
    for (let b = a + 1; b < mentions.length; b += 1) {
      const other = mentions[b];
      if (other === undefined || other.identity.kind !== one.identity.kind) continue;
      const [mine, theirs] = [features[a] ?? null, features[b] ?? null];
      const pair = mine === null || theirs === null ? ofThings(one, other) : ofPersons(mine, theirs, model);
      if (pair !== null) pairs.push([a, b, pair]);
    }
  return pairs;
}

function ofPersons(mine: Features, theirs: Features, model: Model): Pair {
  const { score, identity, relative } = scoreOf(model, mine, theirs);
  const says = score < model.thresholds.certain ? [] : weigh(model, mine, theirs).steps.map((step) => step.says);
  return { score, identity, kin: relative, says };
}

function ofThings(one: Mention, other: Mention): Pair | null {
  const match = matchIdentities(one.identity, other.identity);
  if (match === null || match.strength === 'weak') return null;
  const score = match.strength === 'certain' ? certainBits : strongBits;
  return { score, identity: score, kin: 0, says: match.reasons };
}

/** A mention of a person with the home, numbers, accounts and vehicles that stood beside it. */
export function recordOf({ identity, beside }: Pick<Mention, 'identity' | 'beside'>): PersonRecord {
  if (identity.kind !== 'person') return {};
  const places = beside.filter((one) => one.kind === 'place' && one.public !== true);
  const [home] = places.length === 1 ? places : [];
  return {
    name: identity.name,
    ...(identity.born === undefined ? {} : { born: identity.born }),
    ...(home?.kind === 'place' ? homeOf(home) : {}),
    phones: beside.flatMap((one) => (one.kind === 'phone' ? [one.number] : [])),
    accounts: beside.flatMap((one) => (one.kind === 'account' ? [one] : [])),
    vehicles: beside.flatMap((one) => (one.kind === 'vehicle' && one.mark !== undefined ? [one.mark] : [])),
  };
}

function homeOf({ premises, street, town, postcode }: Extract<Identity, { kind: 'place' }>): PersonRecord {
  return {
    street,
    ...(premises === undefined ? {} : { premises }),
    ...(town === undefined ? {} : { town }),
    ...(postcode === undefined ? {} : { postcode }),
  };
}

function decidedPairs(
  decided: readonly Decided[],
  place: ReadonlyMap<string, number>,
  verdict: Decided['verdict'],
): { readonly a: Int32Array; readonly b: Int32Array } {
  const found = decided.flatMap((one) => {
    const [a, b] = [place.get(one.one), place.get(one.other)];
    return one.verdict !== verdict || a === undefined || b === undefined || a === b ? [] : [[a, b] as const];
  });
  return { a: Int32Array.from(found, ([a]) => a), b: Int32Array.from(found, ([, b]) => b) };
}

function tiesOf(
  mentions: readonly Mention[],
  pairs: readonly (readonly [number, number, Pair])[],
  decided: readonly Decided[],
  threshold: number,
): readonly Tie[] {
  const scored = pairs.flatMap(([a, b, { score, says }]): readonly Tie[] => {
    const [one, other] = [mentions[a]?.id, mentions[b]?.id];
    return score < threshold || one === undefined || other === undefined ? [] : [{ one, other, score, says }];
  });
  const confirmed = decided
    .filter(({ verdict }) => verdict === 'same')
    .map(({ one, other }): Tie => ({ one, other, score: null, says: ['decided to be the same'] }));
  return [...confirmed, ...scored];
}

function gathered(mentions: readonly Mention[], labels: Int32Array, ties: readonly Tie[]): readonly Entity[] {
  const groups = new Map<number, Mention[]>();
  for (const [at, one] of mentions.entries()) {
    const label = labels[at] ?? at;
    const held = groups.get(label);
    if (held === undefined) groups.set(label, [one]);
    else held.push(one);
  }
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const ids = new Set(members.map((one) => one.id));
    const own = ties.filter(({ one, other }) => ids.has(one) && ids.has(other));
    return [
      { id: first.id, kind: first.identity.kind, mentions: members, attributes: attributesOf(members), ties: own },
    ];
  });
}

function attributesOf(mentions: readonly Mention[]): readonly Attribute[] {
  const found = new Map<string, { readonly name: Attribute['name']; readonly value: string; mentions: string[] }>();
  for (const { id, identity, beside } of mentions)
    for (const [name, value] of [identity, ...(identity.kind === 'person' ? beside : [])].flatMap(valuesOf)) {
      const key = `${name} ${value}`;
      const held = found.get(key) ?? { name, value, mentions: [] };
      found.set(key, { ...held, mentions: held.mentions.includes(id) ? held.mentions : [...held.mentions, id] });
    }
  return [...found.values()];
}

function valuesOf(one: Identity): readonly (readonly [Attribute['name'], string])[] {
  switch (one.kind) {
    case 'person': {
      const names = [one.name, ...(one.alias ?? [])].map((name) => ['name', name] as const);
      return one.born === undefined ? names : [...names, ['born', one.born]];
    }
    case 'place':
      return [['place', nameOf(one)]];
    case 'phone':
      return [['phone', nameOf(one)]];
    case 'vehicle':
      return [['vehicle', nameOf(one)]];
    case 'account':
      return [['account', nameOf(one)]];
  }
}

/** Entities that are kin by any pair of their mentions, each pair of entities once, as probable as its best. */
function kinOf(
  mentions: readonly Mention[],
  pairs: readonly (readonly [number, number, Pair])[],
  of: ReadonlyMap<string, Entity>,
): readonly Kin[] {
  const found = new Map<string, Kin>();
  for (const [a, b, { kin }] of pairs) {
    const [one, other] = [of.get(mentions[a]?.id ?? '')?.id, of.get(mentions[b]?.id ?? '')?.id];
    if (kin < kinFrom || one === undefined || other === undefined || one === other) continue;
    const key = one < other ? `${one}\n${other}` : `${other}\n${one}`;
    const held = found.get(key);
    if (held === undefined || held.probability < kin) found.set(key, { one, other, probability: kin });
  }
  return [...found.values()];
}
