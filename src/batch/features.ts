import type { Column } from '../linkage/features.ts';
import { featureColumns } from '../linkage/features.ts';
import type { Batch, Columns } from './duckdb.ts';
import { named } from './duckdb.ts';
import type { RawField } from './link-mapping.ts';
import type { RawPiece } from './normalised-piece.ts';
import type { Normaliser } from './normalisers.ts';
import { withNormaliser } from './normalisers.ts';

/** Fields of a record that are read together, and the columns that come of them. */
interface Part {
  readonly id: string;
  readonly raw: readonly RawField[];
  readonly columns: readonly Column[];
}

const single = (raw: RawField, column: Column): Part => ({ id: column, raw: [raw], columns: [column] });

const ofGiven: readonly Column[] = ['given', 'givenSound', 'givenRoot'];
const ofSurname: readonly Column[] = ['surname', 'surnameSound', 'surnameRoot'];

const wholeNames: readonly Part[] = [
  { id: 'name', raw: ['name', 'given', 'middle', 'surname'], columns: [...ofGiven, 'middle', ...ofSurname] },
];

/** Names that are never written whole are read part by part: there are far fewer of each than of all together. */
const namesInParts: readonly Part[] = [
  { id: 'given', raw: ['given'], columns: ofGiven },
  { id: 'middle', raw: ['given', 'middle'], columns: ['middle'] },
  { id: 'surname', raw: ['surname'], columns: ofSurname },
];

const otherParts: readonly Part[] = [
  {
    id: 'place',
    raw: ['premises', 'street', 'town', 'postcode'],
    columns: ['number', 'street', 'town', 'postcode'],
  },
  single('born', 'born'),
  single('phones', 'phone'),
  single('emails', 'email'),
  single('accounts', 'account'),
  single('vehicles', 'vehicle'),
  single('sex', 'sex'),
  single('birthplace', 'birthplace'),
  single('occupation', 'occupation'),
  single('idents', 'ident'),
];

/** How many values were normalised, each once, for how many records. */
export interface Normalised {
  readonly distinct: Readonly<Record<string, number>>;
}

/**
 * Makes the table `feature` of the table `record`: every distinct value is normalised once, by the very functions that
 * the live room uses, and joined back.
 */
export async function normalise(batch: Batch, mapped: ReadonlySet<RawField>): Promise<Normalised> {
  const parts = [...(mapped.has('name') ? wholeNames : namesInParts), ...otherParts];
  const used = parts.filter(({ raw }) => raw.some((field) => mapped.has(field)));
  const distinct: Record<string, number> = {};
  const [counted] = await batch.rows<{ n: bigint }>('SELECT count(*) AS n FROM record');
  await withNormaliser({ ...batch, records: Number(counted?.n ?? 0) }, async (normaliser) => {
    for (const part of used) distinct[part.id] = await normalisePart(batch, part, normaliser);
  });
  await joinParts(batch, used);
  return { distinct };
}

function keySql({ raw }: Part): string {
  return raw.map((field) => `r.${named(field)}`).join(` || chr(28) || `);
}

/** Values that are normalised at once, and go as one text: a text for each would cost more than making it. */
const pieceValues = 2_048;

/** Makes the table `part_<id>`: every distinct value once, with its columns. Tells how many there are. */
async function normalisePart(batch: Batch, part: Part, normaliser: Normaliser): Promise<number> {
  const { id, columns } = part;
  const isEmpty = part.raw.map((field) => `r.${named(field)} = ''`).join(' AND ');
  await batch.run(
    `CREATE TABLE value AS SELECT (row_number() OVER () - 1)::UINTEGER AS n, k FROM ` +
      `(SELECT DISTINCT ${keySql(part)} AS k FROM record r WHERE NOT (${isEmpty}))`,
  );
  await batch.run(`CREATE TABLE words (${columns.map((column) => `${named(column)} VARCHAR`).join(', ')})`);
  await batch.append('words', wordsOf(normaliser(piecesOf(batch, part))));
  const each = columns.map((column) => `unnest(string_split(${named(column)}, chr(30))) AS ${named(column)}`);
  await batch.run(
    `CREATE TABLE part_${id} AS SELECT k, w.* FROM value POSITIONAL JOIN (SELECT ${each.join(', ')} FROM words) w`,
  );
  for (const table of ['value', 'words']) await batch.run(`DROP TABLE ${table}`);
  const [counted] = await batch.rows<{ n: bigint }>(`SELECT count(*) AS n FROM part_${id}`);
  return Number(counted?.n ?? 0);
}

async function* piecesOf({ chunks }: Batch, { raw, columns }: Part): AsyncGenerator<RawPiece> {
  const joined =
    `SELECT string_agg(k, chr(30) ORDER BY n) AS k FROM value ` +
    `GROUP BY n // ${pieceValues} ORDER BY n // ${pieceValues}`;
  for await (const chunk of chunks(joined))
    for (const piece of chunk.getColumnValues(0) as readonly string[]) yield { raw, columns, piece };
}

async function* wordsOf(pieces: AsyncIterable<readonly string[]>): AsyncGenerator<Columns> {
  for await (const words of pieces) yield words.map((text) => [text]);
}

async function joinParts({ run }: Batch, used: readonly Part[]): Promise<void> {
  const sourceOf = new Map(
    used.flatMap(({ id, columns }) => columns.map((column) => [column, `coalesce(p_${id}.${named(column)}, '')`])),
  );
  const columns = featureColumns.map((column) => `${sourceOf.get(column) ?? "''"} AS ${named(column)}`);
  const joins = used.map((part) => `LEFT JOIN part_${part.id} p_${part.id} ON p_${part.id}.k = ${keySql(part)}`);
  await run(
    `CREATE TABLE feature AS SELECT r.rowid::UINTEGER AS id, r.mark, r.input, ${columns.join(', ')} ` +
      `FROM record r ${joins.join(' ')}`,
  );
  for (const { id } of used) await run(`DROP TABLE part_${id}`);
  await withoutRaw({ run });
}

/** Once it is normalised nobody asks for the raw text of a record: only its name is kept. */
async function withoutRaw({ run }: Pick<Batch, 'run'>): Promise<void> {
  await run('CREATE TABLE kept AS SELECT rowid::UINTEGER AS id, mark, input, key FROM record');
  await run('DROP TABLE record');
  await run('ALTER TABLE kept RENAME TO record');
}
