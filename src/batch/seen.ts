import type { Contradiction } from '../linkage/cluster.ts';
import type { Features } from '../linkage/features.ts';
import { featureColumns } from '../linkage/features.ts';
import type { Model } from '../linkage/model.ts';
import type { Weighed } from '../linkage/weigh.ts';
import { weigh } from '../linkage/weigh.ts';
import type { Batch } from './duckdb.ts';
import { named } from './duckdb.ts';
import { probabilitySql } from './write.ts';

/** One bit of scores: how many pairs, and how many of them are expected to be of one person. */
export interface ScoreBin {
  readonly score: number;
  readonly pairs: number;
  readonly expected: number;
}

/** A pair taken apart, for a person to look at. */
export interface SamplePair {
  readonly a: string;
  readonly b: string;
  readonly stands: 'same' | 'relative' | 'possible';
  readonly features: readonly [Features, Features];
  readonly weighed: Weighed;
}

export interface SampleCluster {
  readonly cluster: string;
  readonly records: readonly { readonly record: string; readonly features: Features }[];
  /** Records beyond those shown. */
  readonly more: number;
}

/** What a report shows of a run beside its figures: personal data, as the records themselves. */
export interface Seen {
  readonly bins: readonly ScoreBin[];
  readonly sizes: readonly { readonly size: number; readonly clusters: number }[];
  readonly pairs: readonly SamplePair[];
  readonly clusters: readonly SampleCluster[];
  readonly contradictions: readonly { readonly same: readonly string[]; readonly apart: readonly string[] }[];
}

const pairsOfKind = 8;
const clustersShown = 30;
const recordsShown = 20;

/** A row of an answer that holds the features of one record or two, each under the letter of its side. */
export type Row = Readonly<Record<string, string | number | boolean>>;

/** The features of the record on one side of a row. */
export function featuresIn(row: Row, side: string): Features {
  return Object.fromEntries(
    featureColumns.map((column) => [column, String(row[`${side}${column}`] ?? '')]),
  ) as unknown as Features;
}

/** The features of one side, as columns of a statement. */
export function columnsOf(side: string): string {
  return featureColumns.map((column) => `${side}.${named(column)} AS ${named(`${side}${column}`)}`).join(', ');
}

/** Looks at what came out: how the scores lie, how large the clusters are, and samples chosen by marks alone. */
export async function lookAt(
  batch: Batch,
  { model, contradictions }: { readonly model: Model; readonly contradictions: readonly Contradiction[] },
): Promise<Seen> {
  const { rows } = batch;
  const bins = await rows<{ score: number; pairs: bigint; expected: number }>(
    `SELECT greatest(-40, least(60, floor(score)))::INTEGER AS score, count(*) AS pairs, ` +
      `sum(${probabilitySql('score', model)}) AS expected FROM edge GROUP BY 1 ORDER BY 1`,
  );
  const sizes = await rows<{ size: bigint; clusters: bigint }>(
    'SELECT size, count(*) AS clusters FROM (SELECT count(*) AS size FROM placed GROUP BY head) ' +
      'GROUP BY size ORDER BY size',
  );
  const nameOf = new Map<number, string>();
  const ids = contradictions.flatMap(({ same, apart }) => [...same, ...apart]);
  if (ids.length > 0)
    for (const { id, name } of await rows<{ id: number; name: string }>(
      `SELECT id, name FROM placed WHERE id IN (${ids.join(', ')})`,
    ))
      nameOf.set(id, name);
  const say = (pair: readonly number[]): readonly string[] => pair.map((id) => nameOf.get(id) ?? '');
  return {
    bins: bins.map((one) => ({ score: one.score, pairs: Number(one.pairs), expected: one.expected })),
    sizes: sizes.map((one) => ({ size: Number(one.size), clusters: Number(one.clusters) })),
    pairs: await samplePairs(batch, model),
    clusters: await sampleClusters(batch),
    contradictions: contradictions.map(({ same, apart }) => ({ same: say(same), apart: say(apart) })),
  };
}

/** Pairs around every threshold, and of relatives. */
async function samplePairs({ rows }: Batch, model: Model): Promise<readonly SamplePair[]> {
  const { certain, strong, review } = model.thresholds;
  const kinds = [
    `e.score BETWEEN ${certain} AND ${certain + 8}`,
    `e.score BETWEEN ${strong} AND ${certain}`,
    `e.score BETWEEN ${review} AND ${strong}`,
    `e.relative >= 0.5 AND e.score < ${review}`,
  ];
  const found: SamplePair[] = [];
  for (const kind of kinds) {
    const pairs = await rows<Row>(
      `SELECT x.name AS a, y.name AS b, x.head = y.head AS same, e.relative, ${columnsOf('l')}, ${columnsOf('r')} ` +
        `FROM (SELECT e.* FROM edge e WHERE ${kind} ORDER BY hash(e.l, e.r) LIMIT ${pairsOfKind}) e ` +
        'JOIN feature l ON l.id = e.l JOIN feature r ON r.id = e.r ' +
        'JOIN placed x ON x.id = e.l JOIN placed y ON y.id = e.r ' +
        'ORDER BY e.score DESC',
    );
    for (const row of pairs) {
      const features = [featuresIn(row, 'l'), featuresIn(row, 'r')] as const;
      const isRelative = (row['relative'] as number) >= 0.5;
      found.push({
        a: String(row['a']),
        b: String(row['b']),
        stands: row['same'] === true ? 'same' : isRelative ? 'relative' : 'possible',
        features,
        weighed: weigh(model, ...features),
      });
    }
  }
  return found;
}

/** The largest clusters, where faults show first, and some of the rest. */
async function sampleClusters({ rows }: Batch): Promise<readonly SampleCluster[]> {
  const half = clustersShown / 2;
  const heads = await rows<{ head: number; size: bigint }>(
    'WITH sized AS (SELECT head, count(*) AS size FROM placed GROUP BY head HAVING size > 1), ' +
      `largest AS (SELECT * FROM sized ORDER BY size DESC, head LIMIT ${half}) ` +
      `SELECT * FROM largest UNION (SELECT * FROM sized ORDER BY hash(head) LIMIT ${half}) ORDER BY size DESC, head`,
  );
  if (heads.length === 0) return [];
  const shown = await rows<Row>(
    `SELECT p.head, p.name, p.cluster, ${columnsOf('f')} FROM (SELECT * FROM placed ` +
      `WHERE head IN (${heads.map(({ head }) => head).join(', ')}) ` +
      `QUALIFY row_number() OVER (PARTITION BY head ORDER BY name) <= ${recordsShown}) p ` +
      'JOIN feature f ON f.id = p.id ORDER BY p.name',
  );
  return heads.map(({ head, size }) => {
    const records = shown.filter((row) => row['head'] === head);
    return {
      cluster: String(records[0]?.['cluster'] ?? ''),
      records: records.map((row) => ({ record: String(row['name']), features: featuresIn(row, 'f') })),
      more: Math.max(0, Number(size) - records.length),
    };
  });
}
