import type { Bridge, Contradiction, Edges, Pairs } from '../linkage/cluster.ts';
import { cluster, components } from '../linkage/cluster.ts';
import type { Model } from '../linkage/model.ts';
import type { Batch } from './duckdb.ts';
import { pieceRows } from './duckdb.ts';
import { scoredSql } from './score.ts';

/** Components of more records than this are not completed: what blocking found of them must do. */
const completedMax = 400;

export interface Grouped {
  readonly clusters: number;
  /** Clusters of two records or more, and the records in them. */
  readonly several: number;
  readonly severalRecords: number;
  readonly largest: number;
  /** Pairs compared only because other records tie them together. */
  readonly completed: number;
  /** Loose components too large to be completed, and their records. */
  readonly tooLarge: number;
  readonly tooLargeRecords: number;
  readonly bridgeCount: number;
  /** By record. */
  readonly bridges: readonly Bridge[];
  readonly contradictions: readonly Contradiction[];
}

export interface Grouping {
  readonly records: number;
  readonly model: Model;
  readonly of: ReadonlySet<string>;
  /** Whether pairs of one input are compared too. */
  readonly isBetweenInputsOnly: boolean;
}

/**
 * Puts the records together: loose components first, every pair inside them compared, then single link with the veto
 * on bridges. Makes the table `cluster (id, head)`; a cluster is headed by the record whose mark comes first in it.
 */
export async function group(batch: Batch, grouping: Grouping): Promise<Grouped> {
  const { records, model } = grouping;
  const { review, strong } = model.thresholds;
  const loose = components(records, await pairsIn(batch, `SELECT l, r FROM edge WHERE score >= ${review}`));
  const large = await keepLoose(batch, loose);
  const completed = await complete(batch, grouping);
  const nodes = await numberNodes(batch, records);
  const asked = {
    nodes: nodes.recordOf.length,
    edges: await edgesIn(batch, nodes.nodeOf),
    threshold: strong,
    ...(await decidedPairs(batch, nodes.nodeOf)),
  };
  const found = cluster(asked);
  await keepClusters(batch, found.labels, nodes.recordOf);
  const recordAt = (node: number): number => nodes.recordOf[node] ?? 0;
  const sizes = sizesOf(found.labels);
  return {
    clusters: records - nodes.recordOf.length + found.clusters,
    ...sizes,
    completed,
    ...large,
    bridgeCount: found.bridgeCount,
    bridges: found.bridges.map((one) => ({ ...one, a: recordAt(one.a), b: recordAt(one.b) })),
    contradictions: found.contradictions.map(({ same, apart }) => ({
      same: [recordAt(same[0]), recordAt(same[1])],
      apart: [recordAt(apart[0]), recordAt(apart[1])],
    })),
  };
}

async function pairsIn(batch: Batch, sql: string): Promise<Pairs> {
  const [counted] = await batch.rows<{ n: bigint }>(`SELECT count(*) AS n FROM (${sql})`);
  const many = Number(counted?.n ?? 0);
  const [a, b] = [new Int32Array(many), new Int32Array(many)];
  let at = 0;
  for await (const chunk of batch.chunks(sql)) {
    const [l, r] = [chunk.getColumnVector(0), chunk.getColumnVector(1)];
    for (let row = 0; row < chunk.rowCount; row += 1) {
      a[at] = l.getItem(row) as number;
      b[at] = r.getItem(row) as number;
      at += 1;
    }
  }
  return { a, b };
}

/** Keeps the components of two records or more as `loose (id, head, size)`. */
async function keepLoose(batch: Batch, loose: Int32Array): Promise<Pick<Grouped, 'tooLarge' | 'tooLargeRecords'>> {
  const sizes = new Int32Array(loose.length);
  for (const head of loose) sizes[head] = (sizes[head] ?? 0) + 1;
  await batch.run('CREATE OR REPLACE TABLE loose (id UINTEGER, head UINTEGER, size UINTEGER)');
  await batch.append(
    'loose',
    piecesOf(loose.length, (id) => {
      const head = loose[id] ?? 0;
      const size = sizes[head] ?? 0;
      return size < 2 ? null : [id, head, size];
    }),
  );
  let tooLarge = 0;
  let tooLargeRecords = 0;
  for (const size of sizes) {
    if (size <= completedMax) continue;
    tooLarge += 1;
    tooLargeRecords += size;
  }
  return { tooLarge, tooLargeRecords };
}

/** Rows of a table made one by one, in pieces. */
function* piecesOf(many: number, rowOf: (at: number) => readonly number[] | null): Generator<readonly number[][]> {
  let columns: number[][] = [];
  for (let at = 0; at < many; at += 1) {
    const row = rowOf(at);
    if (row === null) continue;
    if (columns.length === 0) columns = row.map(() => []);
    for (const [place, value] of row.entries()) columns[place]?.push(value);
    if (columns[0]?.length !== pieceRows) continue;
    yield columns;
    columns = [];
  }
  if (columns.length > 0) yield columns;
}

/** Compares every pair inside a component that was not compared yet. */
async function complete(batch: Batch, { model, of, isBetweenInputsOnly }: Grouping): Promise<number> {
  const across = isBetweenInputsOnly
    ? ' JOIN feature x ON x.id = a.id JOIN feature y ON y.id = b.id AND y.input <> x.input'
    : '';
  await batch.run(
    `CREATE OR REPLACE TABLE missing AS SELECT w.l, w.r FROM (SELECT a.id AS l, b.id AS r FROM loose a ` +
      `JOIN loose b ON a.head = b.head AND a.id < b.id${across} WHERE a.size BETWEEN 3 AND ${completedMax}) w ` +
      'ANTI JOIN edge e ON e.l = w.l AND e.r = w.r',
  );
  const [counted] = await batch.rows<{ n: bigint }>('SELECT count(*) AS n FROM missing');
  await batch.run(`INSERT INTO edge ${scoredSql('SELECT l, r FROM missing', model, of)}`);
  await batch.run('DROP TABLE missing');
  return Number(counted?.n ?? 0);
}

interface Nodes {
  readonly recordOf: Int32Array;
  /** -1 for records that nothing is tied to. */
  readonly nodeOf: Int32Array;
}

/** Numbers the records that something is tied to by their marks, so that the order of loading makes no difference. */
async function numberNodes(batch: Batch, records: number): Promise<Nodes> {
  const nodeOf = new Int32Array(records).fill(-1);
  const found: number[] = [];
  const tied = 'SELECT id FROM loose UNION SELECT a FROM decided UNION SELECT b FROM decided';
  const sql = `SELECT id FROM (${tied}) AS x(id) JOIN feature USING (id) ORDER BY mark, id`;
  for await (const chunk of batch.chunks(sql)) {
    const ids = chunk.getColumnVector(0);
    for (let row = 0; row < chunk.rowCount; row += 1) {
      const id = ids.getItem(row) as number;
      nodeOf[id] = found.length;
      found.push(id);
    }
  }
  return { recordOf: Int32Array.from(found), nodeOf };
}

async function edgesIn(batch: Batch, nodeOf: Int32Array): Promise<Edges> {
  const sql =
    'SELECT e.l, e.r, e.score, e.identity FROM edge e JOIN loose a ON a.id = e.l ' +
    'JOIN loose b ON b.id = e.r AND a.head = b.head';
  const [counted] = await batch.rows<{ n: bigint }>(`SELECT count(*) AS n FROM (${sql})`);
  const many = Number(counted?.n ?? 0);
  const edges = {
    a: new Int32Array(many),
    b: new Int32Array(many),
    weight: new Float64Array(many),
    identity: new Float64Array(many),
  };
  let at = 0;
  for await (const chunk of batch.chunks(sql)) {
    const [l, r, score, identity] = [0, 1, 2, 3].map((column) => chunk.getColumnVector(column));
    for (let row = 0; row < chunk.rowCount; row += 1) {
      edges.a[at] = nodeOf[l?.getItem(row) as number] ?? -1;
      edges.b[at] = nodeOf[r?.getItem(row) as number] ?? -1;
      edges.weight[at] = score?.getItem(row) as number;
      edges.identity[at] = identity?.getItem(row) as number;
      at += 1;
    }
  }
  return edges;
}

/** What people decided, from the table `decided (a, b, is_same)`. */
async function decidedPairs(
  batch: Batch,
  nodeOf: Int32Array,
): Promise<{ readonly same: Pairs; readonly apart: Pairs }> {
  const inNodes = ({ a, b }: Pairs): Pairs => ({
    a: a.map((id) => nodeOf[id] ?? -1),
    b: b.map((id) => nodeOf[id] ?? -1),
  });
  return {
    same: inNodes(await pairsIn(batch, 'SELECT a, b FROM decided WHERE is_same')),
    apart: inNodes(await pairsIn(batch, 'SELECT a, b FROM decided WHERE NOT is_same')),
  };
}

async function keepClusters(batch: Batch, labels: Int32Array, recordOf: Int32Array): Promise<void> {
  await batch.run('CREATE OR REPLACE TABLE grouped (id UINTEGER, head UINTEGER)');
  await batch.append(
    'grouped',
    piecesOf(labels.length, (node) => [recordOf[node] ?? 0, recordOf[labels[node] ?? 0] ?? 0]),
  );
  await batch.run(
    'CREATE OR REPLACE TABLE cluster AS SELECT f.id, coalesce(g.head, f.id) AS head FROM feature f ' +
      'LEFT JOIN grouped g ON g.id = f.id',
  );
  await batch.run('DROP TABLE grouped');
  await batch.run('DROP TABLE loose');
}

function sizesOf(labels: Int32Array): Pick<Grouped, 'several' | 'severalRecords' | 'largest'> {
  const sizes = new Int32Array(labels.length);
  for (const label of labels) sizes[label] = (sizes[label] ?? 0) + 1;
  let several = 0;
  let severalRecords = 0;
  let largest = labels.length === 0 ? 0 : 1;
  for (const size of sizes) {
    if (size < 2) continue;
    several += 1;
    severalRecords += size;
    if (size > largest) largest = size;
  }
  return { several, severalRecords, largest };
}
