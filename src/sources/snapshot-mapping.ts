import { z } from 'zod';
import { readDocument } from '../border/document.ts';
import type { Read } from '../border/problem.ts';
import { id, line } from '../room/define.ts';
import { columnsOf, recordMapping } from './record-mapping.ts';
import type { Layout } from './snapshot-items.ts';

/** A mapping file: how the snapshots that another system writes are read. `docs/sources.md` explains every field. */
export const snapshotMapping = z.strictObject({
  source: id,
  title: line,
  format: z.enum(['csv', 'ndjson', 'json']),
  /** Of CSV: what parts the columns. */
  separator: z.string().length(1, 'one character, such as ; or a tab').default(','),
  encoding: z.enum(['utf-8', 'windows-1252', 'utf-16le']).default('utf-8'),
  /** Of JSON: where the list of records is; the whole, when left out. */
  items: z
    .string()
    .regex(/^(?:\/[^/]*)+$/, 'a pointer into JSON, such as /data/items')
    .max(200)
    .optional(),
  record: recordMapping,
});
export type SnapshotMapping = z.output<typeof snapshotMapping>;

/** Reads a mapping file, or says what is wrong with it by line and field. */
export function readMapping(bytes: Uint8Array | string, file: string): Read<SnapshotMapping> {
  return readDocument(bytes, { file, schema: snapshotMapping });
}

/** How the files of a mapping are laid out, and what must be in them. */
export function layoutOf({ record, ...layout }: SnapshotMapping): Layout {
  return { ...layout, named: columnsOf(record).map((one) => ({ ...one, field: `record.${one.field}` })) };
}
