import type { Column, Features, PersonRecord } from '../linkage/features.ts';
import { featureColumns, featuresOf } from '../linkage/features.ts';
import type { Batch, Columns } from './duckdb.ts';
import { named, pieceRows } from './duckdb.ts';
import type { RawField } from './link-mapping.ts';
import { parting } from './raw-sql.ts';

/**
 * Fields of a record that are read together, and the columns that come of them. Columns of one unit depend on one
 * another; where values of a unit come again and again, each is kept once.
 */
interface Part {
  readonly id: string;
  readonly raw: readonly RawField[];
  readonly units: readonly (readonly Column[])[];
  readonly isRepeated: boolean;
}

const single = (id: string, raw: RawField, column: Column): Part => ({
  id,
  raw: [raw],
  units: [[column]],
  isRepeated: false,
});

const givenUnit: readonly Column[] = ['given', 'givenSound', 'givenRoot'];
const surnameUnit: readonly Column[] = ['surname', 'surnameSound', 'surnameRoot'];

const wholeNames: readonly Part[] = [
  {
    id: 'name',
    raw: ['name', 'given', 'middle', 'surname'],
    units: [givenUnit, ['middle'], surnameUnit],
    isRepeated: true,
  },
];

/** Names that are never written whole are read part by part: there are far fewer of each than of all together. */
const namesInParts: readonly Part[] = [
  { id: 'given', raw: ['given'], units: [givenUnit], isRepeated: true },
  { id: 'middle', raw: ['given', 'middle'], units: [['middle']], isRepeated: true },
  { id: 'surname', raw: ['surname'], units: [surnameUnit], isRepeated: true },
];

const otherParts: readonly Part[] = [
  {
    id: 'place',
    raw: ['premises', 'street', 'town', 'postcode'],
    units: [['number'], ['street'], ['town'], ['postcode']],
    isRepeated: true,
  },
  single('born', 'born', 'born'),
  single('phone', 'phones', 'phone'),
  single('email', 'emails', 'email'),
  single('account', 'accounts', 'account'),
  single('vehicle', 'vehicles', 'vehicle'),
  single('sex', 'sex', 'sex'),
  single('birthplace', 'birthplace', 'birthplace'),
  single('occupation', 'occupation', 'occupation'),
  single('ident', 'idents', 'ident'),
];

const several = new Set<RawField>(['phones', 'emails', 'vehicles', 'idents']);

/** A record of a person from the raw texts of some of its fields. */
export function recordOf(fields: readonly RawField[], values: readonly string[]): PersonRecord {
  const record: Record<string, unknown> = {};
  fields.forEach((field, at) => {
    const value = values[at] ?? '';
    if (value === '') return;
    if (field === 'accounts') record[field] = accountsOf(value);
    else record[field] = several.has(field) ? value.split(parting.value) : value;
  });
  return record;
}

function accountsOf(value: string): PersonRecord['accounts'] {
  const [platform = '', handles = ''] = value.split(parting.platform);
  return handles.split(parting.value).map((handle) => ({ platform, handle }));
}

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
  for (const part of used) distinct[part.id] = await normalisePart(batch, part);
  await joinParts(batch, used);
  return { distinct };
}

function keySql({ raw }: Part): string {
  return raw.map((field) => `r.${named(field)}`).join(` || chr(28) || `);
}

async function normalisePart(batch: Batch, part: Part): Promise<number> {
  const { id } = part;
  const isEmpty = part.raw.map((field) => `r.${named(field)} = ''`).join(' AND ');
  await batch.run(
    `CREATE TABLE part_${id} AS SELECT (row_number() OVER () - 1)::UINTEGER AS n, k FROM ` +
      `(SELECT DISTINCT ${keySql(part)} AS k FROM record r WHERE NOT (${isEmpty}))`,
  );
  const words = part.units.map(() => new Words(part.isRepeated));
  const columns = part.units.map((_, at) => `u${at} UINTEGER`).join(', ');
  await batch.run(`CREATE TABLE units_${id} (${columns})`);
  await batch.append(`units_${id}`, unitsOf(batch, part, words));
  for (const [at, unit] of part.units.entries()) await keepWords(batch, { id, at, unit, words: words[at] });
  const [counted] = await batch.rows<{ n: bigint }>(`SELECT count(*) AS n FROM part_${id}`);
  return Number(counted?.n ?? 0);
}

/** Texts in the order of their numbers; those that come again are found again where they are remembered. */
class Words {
  readonly #known: Map<string, number> | null;
  readonly #pieces: string[] = [];
  #open: string[] = [];
  #count = 0;

  constructor(isRemembered: boolean) {
    this.#known = isRemembered ? new Map() : null;
  }

  numberOf(word: string): number {
    const known = this.#known?.get(word);
    if (known !== undefined) return known;
    const number = this.#count;
    this.#known?.set(word, number);
    this.#open.push(word);
    this.#count += 1;
    if (this.#open.length === pieceRows) this.#close();
    return number;
  }

  #close(): void {
    this.#pieces.push(this.#open.join(parting.record));
    this.#open = [];
  }

  /** All of them, many to a text: a text for each would cost more than making it. */
  *pieces(): Generator<Columns> {
    if (this.#open.length > 0) this.#close();
    for (const piece of this.#pieces) yield [[piece]];
  }
}

async function* unitsOf(batch: Batch, { id, raw, units }: Part, words: readonly Words[]): AsyncGenerator<Columns> {
  const joined =
    `SELECT string_agg(k, chr(30) ORDER BY n) AS k FROM part_${id} ` +
    `GROUP BY n // ${pieceRows} ORDER BY n // ${pieceRows}`;
  for await (const chunk of batch.chunks(joined))
    for (const piece of chunk.getColumnValues(0) as readonly string[]) {
      const numbers: number[][] = units.map(() => []);
      for (const key of piece.split(parting.record)) {
        const features = featuresOf(recordOf(raw, key.split(parting.field)));
        units.forEach((unit, at) => numbers[at]?.push(words[at]?.numberOf(wordOf(features, unit)) ?? 0));
      }
      yield numbers;
    }
}

function wordOf(features: Features, unit: readonly Column[]): string {
  return unit.length === 1 && unit[0] !== undefined
    ? features[unit[0]]
    : unit.map((column) => features[column]).join(parting.field);
}

interface Unit {
  readonly id: string;
  readonly at: number;
  readonly unit: readonly Column[];
  readonly words: Words | undefined;
}

async function keepWords({ run, append }: Batch, { id, at, unit, words }: Unit): Promise<void> {
  const table = `word_${id}_${at}`;
  await run(`CREATE TABLE ${table}_text (piece VARCHAR)`);
  await append(`${table}_text`, words?.pieces() ?? []);
  const columns = unit.map((column, place) =>
    unit.length === 1 ? `word AS ${named(column)}` : `split_part(word, chr(28), ${place + 1}) AS ${named(column)}`,
  );
  await run(
    `CREATE TABLE ${table} AS SELECT (row_number() OVER () - 1)::UINTEGER AS w, ${columns.join(', ')} ` +
      `FROM (SELECT unnest(string_split(piece, chr(30))) AS word FROM ${table}_text)`,
  );
  await run(`DROP TABLE ${table}_text`);
}

async function joinParts({ run }: Batch, used: readonly Part[]): Promise<void> {
  const sourceOf = new Map<Column, string>();
  const joins: string[] = [];
  for (const part of used) {
    const { id } = part;
    joins.push(
      `LEFT JOIN (SELECT * FROM part_${id} POSITIONAL JOIN units_${id}) p_${id} ON p_${id}.k = ${keySql(part)}`,
    );
    part.units.forEach((unit, at) => {
      joins.push(`LEFT JOIN word_${id}_${at} w_${id}_${at} ON w_${id}_${at}.w = p_${id}.u${at}`);
      for (const column of unit) sourceOf.set(column, `coalesce(w_${id}_${at}.${named(column)}, '')`);
    });
  }
  const columns = featureColumns.map((column) => `${sourceOf.get(column) ?? "''"} AS ${named(column)}`);
  await run(
    `CREATE TABLE feature AS SELECT r.id, r.mark, r.input, ${columns.join(', ')} FROM record r ${joins.join(' ')}`,
  );
  for (const { id, units } of used)
    for (const table of [`part_${id}`, `units_${id}`, ...units.map((_, at) => `word_${id}_${at}`)])
      await run(`DROP TABLE ${table}`);
  await withoutRaw({ run });
}

/** Once it is normalised nobody asks for the raw text of a record: only its name is kept. */
async function withoutRaw({ run }: Pick<Batch, 'run'>): Promise<void> {
  await run('CREATE TABLE kept AS SELECT id, mark, input, key FROM record');
  await run('DROP TABLE record');
  await run('ALTER TABLE kept RENAME TO record');
}
