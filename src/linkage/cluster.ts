import { Bonds } from './bonds.ts';
import { absorb, type Groups, headOf, labelsOf, singletons, sizeOf, unite } from './disjoint.ts';
import { heaviestFirst, isBefore, type Weighted } from './heaviest.ts';

/** Pairs of nodes, the two ends of each in two lists of one length. */
export interface Pairs {
  readonly a: Int32Array;
  readonly b: Int32Array;
}

/** Compared pairs, each once: `weight` the whole score, `identity` what name and birth alone say, both in bits. */
export interface Edges extends Weighted {
  readonly identity: Float64Array;
}

export interface Clustering {
  /** How many records; a node is the place of a record in an order of its own, not the order of loading. */
  readonly nodes: number;
  /** All pairs that are known, also those below the threshold: they speak for or against a bridge. */
  readonly edges: Edges;
  /** The least weight that puts two together. */
  readonly threshold: number;
  /** Pairs that somebody decided to be the same, and not the same. */
  readonly same?: Pairs;
  readonly apart?: Pairs;
  /** From how many pairs across two groups on the evidence across them must not speak against it; 16. */
  readonly vetoFrom?: number;
  /** How many bridges are listed at most, the heaviest; 1,000. */
  readonly listed?: number;
}

/** A link above the threshold that was not followed: the heaviest between two clusters that stayed apart. */
export interface Bridge {
  readonly a: number;
  readonly b: number;
  readonly weight: number;
  /** How many records each side has, that of `a` first; how many pairs across are known, and their mean evidence. */
  readonly sizes: readonly [number, number];
  readonly pairs: number;
  readonly identity: number;
  /** The pair decided apart that forbids it; null where the evidence across spoke against it. */
  readonly apart: readonly [number, number] | null;
}

/** A decision that two are the same which was not followed, and the decision it cannot stand together with. */
export interface Contradiction {
  readonly same: readonly [number, number];
  readonly apart: readonly [number, number];
}

export interface Clusters {
  /** For each node the lowest node of its cluster. */
  readonly labels: Int32Array;
  readonly clusters: number;
  /** The heaviest bridges, and how many there are in all. */
  readonly bridges: readonly Bridge[];
  readonly bridgeCount: number;
  readonly contradictions: readonly Contradiction[];
}

const usualVetoFrom = 16;
const usuallyListed = 1000;

/** For each node the lowest node that it hangs together with by any of these pairs, through however many others. */
export function components(nodes: number, pairs: Pairs): Int32Array {
  mustBeNodes(nodes, pairs, 'pairs');
  const groups = singletons(nodes);
  for (let at = 0; at < pairs.a.length; at += 1) unite(groups, pairs.a[at] ?? 0, pairs.b[at] ?? 0);
  return labelsOf(groups);
}

/**
 * Puts records together: what was decided first, then the links from the heaviest down to the threshold. Two groups
 * with many pairs across them are not joined by a link that the mean identity evidence across them speaks against,
 * and never two of whom a pair was decided apart. The order of edges and decisions makes no difference.
 */
export function cluster(asked: Clustering): Clusters {
  mustBeSound(asked);
  const same = inOrder(asked.same);
  const apart = inOrder(asked.apart);
  const state: State = {
    asked,
    apart,
    groups: singletons(asked.nodes),
    ...preparedFor(asked, same, apart),
  };
  const contradictions = joinDecided(state, same);
  joinLinked(state);
  const refused = state.bonds.refused();
  const linkOf = (bond: number): number => state.order[state.bonds.refusal(bond)] ?? 0;
  const foremost = refused.toSorted((x, y) => (isBefore(asked.edges, linkOf(x), linkOf(y)) ? -1 : 1));
  const labels = labelsOf(state.groups);
  return {
    labels,
    clusters: labels.reduce((count, label, node) => (label === node ? count + 1 : count), 0),
    bridges: foremost.slice(0, asked.listed ?? usuallyListed).map((bond) => bridgeOf(state, bond)),
    bridgeCount: refused.length,
    contradictions,
  };
}

interface State {
  readonly asked: Clustering;
  readonly apart: Pairs;
  readonly groups: Groups;
  readonly bonds: Bonds;
  /** The edges above the threshold, those that may come together side by side, the heaviest of them first. */
  readonly order: Int32Array;
}

/**
 * The order of links, and what is known across groups: for those groups alone that may need it. Where everything that
 * hangs together is too small for a veto, only what was decided apart is kept.
 */
function preparedFor(asked: Clustering, same: Pairs, apart: Pairs): Pick<State, 'bonds' | 'order'> {
  const { nodes, edges, threshold, vetoFrom = usualVetoFrom } = asked;
  const { a, b, weight, identity } = edges;
  const loose = singletons(nodes);
  for (let at = 0; at < a.length; at += 1) if ((weight[at] ?? 0) >= threshold) unite(loose, a[at] ?? 0, b[at] ?? 0);
  for (let at = 0; at < same.a.length; at += 1) unite(loose, same.a[at] ?? 0, same.b[at] ?? 0);
  const labels = labelsOf(loose);
  const isWatched = new Uint8Array(nodes);
  for (let node = 0; node < nodes; node += 1) {
    const size = sizeOf(loose, headOf(loose, node));
    if ((size * size) / 4 >= vetoFrom) isWatched[node] = 1;
  }
  const counts = (at: number): boolean => {
    const node = a[at] ?? 0;
    return isWatched[node] === 1 && node !== b[at] && labels[node] === labels[b[at] ?? 0];
  };
  let many = apart.a.length;
  for (let at = 0; at < a.length; at += 1) if (counts(at)) many += 1;
  const bonds = new Bonds(nodes, many);
  for (let at = 0; at < a.length; at += 1) if (counts(at)) bonds.addEvidence(a[at] ?? 0, b[at] ?? 0, identity[at] ?? 0);
  for (let at = 0; at < apart.a.length; at += 1) bonds.addApart(apart.a[at] ?? 0, apart.b[at] ?? 0, at);
  return { bonds, order: heaviestFirst(edges, threshold, labels) };
}

/** Joins what was decided to be the same, unless it would bring together what was decided apart: that is told. */
function joinDecided(state: State, same: Pairs): readonly Contradiction[] {
  const { groups, bonds, apart } = state;
  const contradictions: Contradiction[] = [];
  for (let at = 0; at < same.a.length; at += 1) {
    const one = headOf(groups, same.a[at] ?? 0);
    const other = headOf(groups, same.b[at] ?? 0);
    if (one === other) continue;
    const bond = bonds.between(one, other);
    const decision = bond === -1 ? -1 : bonds.apart(bond);
    if (decision === -1) join(state, one, other);
    else contradictions.push({ same: pairAt(same, at), apart: pairAt(apart, decision) });
  }
  return contradictions;
}

function joinLinked(state: State): void {
  const { asked, groups, bonds, order } = state;
  const { a, b } = asked.edges;
  const vetoFrom = asked.vetoFrom ?? usualVetoFrom;
  for (let rank = 0; rank < order.length; rank += 1) {
    const edge = order[rank] ?? 0;
    const one = headOf(groups, a[edge] ?? 0);
    const other = headOf(groups, b[edge] ?? 0);
    if (one === other) continue;
    const bond = bonds.between(one, other);
    const isVetoed =
      bond !== -1 &&
      (bonds.apart(bond) !== -1 ||
        (sizeOf(groups, one) * sizeOf(groups, other) >= vetoFrom && bonds.evidence(bond) < 0));
    if (isVetoed) bonds.refuse(bond, rank);
    else join(state, one, other);
  }
}

/** Joins two groups by their heads; the one with fewer bonds, then with fewer nodes, goes into the other. */
function join({ groups, bonds }: State, one: number, other: number): void {
  const fewer = bonds.heldBy(one) - bonds.heldBy(other) || sizeOf(groups, one) - sizeOf(groups, other);
  const [into, from] = fewer < 0 ? [other, one] : [one, other];
  bonds.absorb(into, from);
  absorb(groups, into, from);
}

function bridgeOf({ asked, groups, bonds, order, apart }: State, bond: number): Bridge {
  const edge = order[bonds.refusal(bond)] ?? 0;
  const [a, b] = pairAt(asked.edges, edge);
  const decision = bonds.apart(bond);
  return {
    a,
    b,
    weight: asked.edges.weight[edge] ?? 0,
    sizes: [sizeOf(groups, headOf(groups, a)), sizeOf(groups, headOf(groups, b))],
    pairs: bonds.pairs(bond),
    identity: bonds.evidence(bond),
    apart: decision === -1 ? null : pairAt(apart, decision),
  };
}

/** A pair, the lower node first. */
function pairAt({ a, b }: Pairs, at: number): readonly [number, number] {
  const one = a[at] ?? 0;
  const other = b[at] ?? 0;
  return one < other ? [one, other] : [other, one];
}

/** Decided pairs in the order of their nodes, a node with itself left out. */
function inOrder(pairs: Pairs | undefined): Pairs {
  if (pairs === undefined) return { a: new Int32Array(0), b: new Int32Array(0) };
  const sorted = Array.from(pairs.a, (_, at) => pairAt(pairs, at))
    .filter(([low, high]) => low !== high)
    .toSorted((x, y) => x[0] - y[0] || x[1] - y[1]);
  return { a: Int32Array.from(sorted, ([low]) => low), b: Int32Array.from(sorted, ([, high]) => high) };
}

function mustBeSound({ nodes, edges, same, apart, threshold }: Clustering): void {
  mustBeNodes(nodes, edges, 'edges');
  if (same !== undefined) mustBeNodes(nodes, same, 'pairs decided the same');
  if (apart !== undefined) mustBeNodes(nodes, apart, 'pairs decided apart');
  const { a, weight, identity } = edges;
  if (weight.length !== a.length || identity.length !== a.length)
    throw new RangeError(`${a.length} edges with ${weight.length} weights and ${identity.length} of identity`);
  if (Number.isNaN(threshold)) throw new RangeError('the threshold is not a number');
  for (let at = 0; at < a.length; at += 1)
    if (Number.isNaN(weight[at]) || Number.isNaN(identity[at]))
      throw new RangeError(`edge ${at} has no number for its weight or its identity`);
}

function mustBeNodes(nodes: number, { a, b }: Pairs, what: string): void {
  if (a.length !== b.length) throw new RangeError(`${what}: ${a.length} first ends and ${b.length} second`);
  for (const ends of [a, b])
    for (let at = 0; at < ends.length; at += 1)
      if ((ends[at] ?? 0) < 0 || (ends[at] ?? 0) >= nodes)
        throw new RangeError(`${what}: node ${ends[at]}, of ${nodes} in all`);
}
