import type { Batch } from './duckdb.ts';

/** Records by their numbers, up to one that is not among them. */
export interface Slice {
  readonly from: number;
  readonly to: number;
}

/** Where the records of some pairs are, on either side. */
export interface Sides {
  readonly l: Slice;
  readonly r: Slice;
}

/** What a record takes in memory while it is compared and found by its number; a rough figure. */
const recordBytes = 700;
/** Of the memory that there is, what the records of either side may take. */
const shareOfSide = 0.25;

/** Records of one slice: as many as may lie in memory on either side of a pair. */
export function sliceRecords({ memoryBytes }: Pick<Batch, 'memoryBytes'>): number {
  return Math.ceil((memoryBytes * shareOfSide) / recordBytes);
}

/** Every two slices between which pairs of so many records may be: the lower number stands left. */
export function* slicesOf(records: number, size: number): Generator<Sides> {
  for (let l = 0; l < records; l += size)
    for (let r = l; r < records; r += size) yield { l: { from: l, to: l + size }, r: { from: r, to: r + size } };
}

/** Whether a column holds the number of a record of a slice. */
export function within(column: string, { from, to }: Slice): string {
  return `${column} >= ${from} AND ${column} < ${to}`;
}

/** A table by record, or what of it belongs to a slice. */
export function sliceSql(table: string, slice: Slice | undefined): string {
  return slice === undefined ? table : `(SELECT * FROM ${table} WHERE ${within('id', slice)})`;
}
