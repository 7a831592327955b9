import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertySettings } from '../../test/runs.ts';
import { cluster, type Clusters, components, type Edges, type Pairs } from './cluster.ts';

type Edge = readonly [a: number, b: number, weight: number, identity: number];
type Pair = readonly [number, number];

function edgesOf(list: readonly Edge[]): Edges {
  return {
    ...pairsOf(list.map(([a, b]) => [a, b])),
    weight: Float64Array.from(list, ([, , weight]) => weight),
    identity: Float64Array.from(list, ([, , , identity]) => identity),
  };
}

function pairsOf(list: readonly Pair[]): Pairs {
  return { a: Int32Array.from(list, ([a]) => a), b: Int32Array.from(list, ([, b]) => b) };
}

interface Situation {
  readonly nodes: number;
  readonly edges: readonly Edge[];
  readonly same: readonly Pair[];
  readonly apart: readonly Pair[];
}

function clustered({ nodes, edges, same, apart }: Situation, vetoFrom = 4): Clusters {
  const decided = { same: pairsOf(same), apart: pairsOf(apart) };
  return cluster({ nodes, edges: edgesOf(edges), threshold: 0, vetoFrom, ...decided });
}

/** Everybody of a group with everybody else of it. */
function complete(nodes: readonly number[], weight: number, identity: number): readonly Edge[] {
  return nodes.flatMap((a, at) => nodes.slice(at + 1).map((b): Edge => [a, b, weight, identity]));
}

const family = { mother: [0, 1, 2, 3], son: [4, 5, 6, 7] };
const within = [...complete(family.mother, 12, 9), ...complete(family.son, 12, 9)];

/** One mistaken link between mother and son; what else is known across says that they are two. */
const across = family.mother.flatMap((a) => family.son.map((b): Edge => [a, b, a === 3 && b === 4 ? 6 : -3, -8]));

test('one link between two groups is not followed where the evidence across says that they are two people', () => {
  const found = cluster({ nodes: 9, edges: edgesOf([...within, ...across]), threshold: 3 });
  expect([...found.labels]).toEqual([0, 0, 0, 0, 4, 4, 4, 4, 8]);
  expect(found).toMatchObject({ clusters: 3, bridgeCount: 1, contradictions: [] });
  expect(found.bridges).toEqual([{ a: 3, b: 4, weight: 6, sizes: [4, 4], pairs: 16, identity: -8, apart: null }]);
});

test('the same link is followed where the evidence across speaks for it, or where a group is small', () => {
  const friendly = across.map(([a, b, weight]): Edge => [a, b, weight, 0.5]);
  expect(cluster({ nodes: 9, edges: edgesOf([...within, ...friendly]), threshold: 3 }).clusters).toBe(2);
  const small = [...within, ...across].filter(([a, b]) => a !== 7 && b !== 7);
  expect(cluster({ nodes: 9, edges: edgesOf(small), threshold: 3 }).clusters).toBe(3);
});

test('at most so many bridges are listed, the heaviest, and all are counted', () => {
  const groups = [0, 4, 8].map((first) => [first, first + 1, first + 2, first + 3]);
  const edges = [
    ...groups.flatMap((nodes) => complete(nodes, 12, 9)),
    ...[
      [3, 4, 5, -9],
      [7, 8, 6, -9],
      [0, 11, 4, -9],
    ].map(([a = 0, b = 0, weight = 0, identity = 0]): Edge => [a, b, weight, identity]),
  ];
  const found = cluster({ nodes: 12, edges: edgesOf(edges), threshold: 3, listed: 2 });
  expect(found.bridgeCount).toBe(3);
  expect(found.bridges.map(({ a, b }) => [a, b])).toEqual([
    [7, 8],
    [3, 4],
  ]);
});

test('what was decided the same is put together against all evidence, and what was decided apart stays so', () => {
  const edges = edgesOf([...within, ...across]);
  expect(cluster({ nodes: 9, edges, threshold: 3, same: pairsOf([[7, 0]]) }).clusters).toBe(2);
  const apart = cluster({ nodes: 9, edges, threshold: 3, apart: pairsOf([[1, 0]]) });
  expect(apart.labels[0]).not.toBe(apart.labels[1]);
  expect(apart.bridges[0]).toMatchObject({ weight: 12, apart: [0, 1] });
});

test('decisions that cannot stand together are told, and what was decided apart stays apart', () => {
  const found = cluster({
    nodes: 3,
    edges: edgesOf([]),
    threshold: 0,
    same: pairsOf([
      [2, 1],
      [0, 1],
    ]),
    apart: pairsOf([[2, 0]]),
  });
  expect([...found.labels]).toEqual([0, 0, 2]);
  expect(found.contradictions).toEqual([{ same: [1, 2], apart: [0, 2] }]);
});

test('what hangs together by any link is one component', () => {
  expect([
    ...components(
      6,
      pairsOf([
        [5, 1],
        [1, 3],
        [2, 4],
      ]),
    ),
  ]).toEqual([0, 1, 2, 1, 2, 1]);
});

test.each<[string, Edge]>([
  ['node 9, of 9', [0, 9, 1, 1]],
  ['node -1, of 9', [-1, 0, 1, 1]],
  ['no number', [0, 1, NaN, 1]],
  ['no number', [0, 1, 1, NaN]],
])('an edge that cannot be is a fault: %s', (says, edge) => {
  expect(() => cluster({ nodes: 9, edges: edgesOf([edge]), threshold: 0 })).toThrow(says);
});

const low = ([a, b]: Pair | Edge): number => Math.min(a, b);
const high = ([a, b]: Pair | Edge): number => Math.max(a, b);
const byNodes = (x: Pair | Edge, y: Pair | Edge): number => low(x) - low(y) || high(x) - high(y);
const key = ([a, b]: Pair | Edge): string => `${Math.min(a, b)} ${Math.max(a, b)}`;

const anySituation = fc.integer({ min: 2, max: 24 }).chain((nodes): fc.Arbitrary<Situation> => {
  const node = fc.nat(nodes - 1);
  const pair = fc.tuple(node, node).filter(([a, b]) => a !== b);
  const edge = fc
    .tuple(
      pair,
      fc.oneof(fc.integer({ min: -4, max: 4 }), fc.double({ min: -9, max: 9, noNaN: true })),
      fc.double({ min: -9, max: 9, noNaN: true }),
    )
    .map(([[a, b], weight, identity]): Edge => [a, b, weight, identity]);
  return fc.record({
    nodes: fc.constant(nodes),
    edges: fc.uniqueArray(edge, { selector: key, maxLength: 120 }),
    same: fc.array(pair, { maxLength: 3 }),
    apart: fc.array(pair, { maxLength: 3 }),
  });
});

/** The rule itself, in the plainest words: for every link all pairs across are gone through again. */
function plainly({ nodes, edges, same, apart }: Situation, vetoFrom: number): readonly number[] {
  const labels = Array.from({ length: nodes }, (_, node) => node);
  const isAcross = (a: number, b: number, [x, y]: Pair): boolean =>
    (labels[x] === a && labels[y] === b) || (labels[x] === b && labels[y] === a);
  const join = (x: number, y: number, isLink: boolean): void => {
    const [a = 0, b = 0] = [labels[x], labels[y]];
    if (a === b || apart.some((pair) => isAcross(a, b, pair))) return;
    const size = (label: number): number => labels.filter((one) => one === label).length;
    const evidence = edges
      .filter(([u, v]) => isAcross(a, b, [u, v]))
      .map(([, , , identity]) => Math.round(identity * 65_536));
    if (isLink && size(a) * size(b) >= vetoFrom && evidence.reduce((sum, one) => sum + one, 0) < 0) return;
    for (const [node, label] of labels.entries()) if (label === Math.max(a, b)) labels[node] = Math.min(a, b);
  };
  for (const [a, b] of same.toSorted(byNodes)) join(a, b, false);
  const links = edges.filter(([, , weight]) => weight >= 0).toSorted((x, y) => y[2] - x[2] || byNodes(x, y));
  for (const [a, b] of links) join(a, b, true);
  return labels;
}

test('the clusters are those of the rule gone through plainly', () => {
  fc.assert(
    fc.property(anySituation, fc.constantFrom(1, 4, 16, Infinity), (situation, vetoFrom) => {
      expect([...clustered(situation, vetoFrom).labels]).toEqual(plainly(situation, vetoFrom));
    }),
    propertySettings(400),
  );
});

test('neither the order of links and decisions nor which end comes first makes a difference', () => {
  fc.assert(
    fc.property(anySituation, fc.infiniteStream(fc.nat(1000)), (situation, stream) => {
      const shuffled = <T>(list: readonly T[]): readonly T[] =>
        list
          .map((one) => [stream.next().value ?? 0, one] as const)
          .toSorted(([x], [y]) => x - y)
          .map(([, one]) => one);
      const again = {
        nodes: situation.nodes,
        edges: shuffled(situation.edges).map(([a, b, ...rest]): Edge => [b, a, ...rest]),
        same: shuffled(situation.same).map(([a, b]): Pair => [b, a]),
        apart: shuffled(situation.apart).map(([a, b]): Pair => [b, a]),
      };
      expect(clustered(again)).toEqual(clustered(situation));
    }),
    propertySettings(200),
  );
});

test('every record is in one cluster named after its lowest, and decisions are kept unless they are told', () => {
  fc.assert(
    fc.property(anySituation, (situation) => {
      const { labels, clusters, contradictions } = clustered(situation);
      expect(labels).toHaveLength(situation.nodes);
      for (const [node, label] of labels.entries()) expect(label <= node && labels[label] === label).toBe(true);
      expect(new Set(labels).size).toBe(clusters);
      for (const [a, b] of situation.apart) expect(labels[a]).not.toBe(labels[b]);
      const told = new Set(contradictions.map(({ same }) => same.join(' ')));
      for (const [a, b] of situation.same)
        expect(labels[a] === labels[b] || told.has(`${Math.min(a, b)} ${Math.max(a, b)}`)).toBe(true);
    }),
    propertySettings(200),
  );
});

test('taking a decision back restores exactly what was before', () => {
  fc.assert(
    fc.property(anySituation, fc.boolean(), (situation, isSame) => {
      const before = clustered(situation);
      const more = isSame
        ? { same: [...situation.same, [0, 1] as const] }
        : { apart: [...situation.apart, [0, 1] as const] };
      const decided = { ...situation, ...more };
      clustered(decided);
      const back = {
        ...decided,
        same: decided.same.slice(0, situation.same.length),
        apart: decided.apart.slice(0, situation.apart.length),
      };
      expect(clustered(back)).toEqual(before);
    }),
    propertySettings(100),
  );
});
