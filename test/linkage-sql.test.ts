import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { comparisons, levelsOf, levelsSql } from '../src/linkage/comparisons.ts';
import { jaroWinkler } from '../src/linkage/distance.ts';
import { featureColumns } from '../src/linkage/features.ts';
import type { CountedColumn, Model } from '../src/linkage/model.ts';
import { frequencyOf, weigh, wholeName } from '../src/linkage/weigh.ts';
import { countedColumns, stepsSql, weightSql } from '../src/linkage/weight-sql.ts';
import { toSplink } from '../src/linkage/splink.ts';
import { shippedModel } from '../src/policy/linkage-model.ts';
import { numbersFrom, pairsFrom } from './pairs.ts';

const database = await DuckDBInstance.create(':memory:', { threads: '1' });
const connection = await database.connect();
const pairs = pairsFrom(7, 4_000);

const quoted = (text: string): string => `'${text.replaceAll("'", "''").replaceAll('\u0000', '')}'`;

async function rows(sql: string): Promise<readonly Record<string, unknown>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJS();
}

/** The shipped model, with frequencies of more kinds, a value that everybody bears, and names that go together. */
const model: Model = {
  ...shippedModel(),
  frequencies: {
    ...shippedModel().frequencies,
    phone: { values: { '447700900123': 0.2, '447700900124': 0.000_01 }, floor: 1e-6, generic: 0.1 },
    postcode: { values: { zz14ab: 0.001 }, floor: 1e-5, generic: null },
  },
  together: Object.fromEntries(pairs.slice(0, 1_500).map(([a], at) => [wholeName(a), 1 + (at % 40) / 3])),
};

beforeAll(async () => {
  const counted = countedColumns(model);
  const frequencies = (column: CountedColumn, value: string): number =>
    frequencyOf(model.frequencies[column] ?? { values: {}, floor: 1, generic: null }, value);
  for (const [at, side] of (['l', 'r'] as const).entries()) {
    const shared = [...counted, 'together'];
    const columns = [...featureColumns.map((name) => `${name} VARCHAR`), ...shared.map((name) => `f_${name} DOUBLE`)];
    await connection.run(`CREATE TABLE ${side} (n INTEGER, ${columns.join(', ')})`);
    const values = pairs.map((pair, n) => {
      const one = pair[at === 0 ? 0 : 1];
      const usual = model.together[wholeName(one)] ?? 1;
      const shares = [...counted.map((name) => frequencies(name, one[name])), usual].map((share) =>
        share.toExponential(),
      );
      return `(${[String(n), ...featureColumns.map((name) => quoted(one[name])), ...shares].join(', ')})`;
    });
    await connection.run(`INSERT INTO ${side} VALUES ${values.join(', ')}`);
  }
}, 120_000);

afterAll(() => {
  connection.closeSync();
  database.closeSync();
});

test('features hold nothing that a database would lose', () => {
  for (const pair of pairs)
    for (const one of pair) {
      expect(Object.values(one).join('')).not.toMatch(/\p{C}/u);
      expect(Object.values({ ...one, givenSound: '', surnameSound: '' }).join('')).not.toMatch(/\p{Lu}/u);
    }
});

test('every level of every pair is the same in TypeScript and in SQL, and nearly every level is met', async () => {
  const columns = comparisons.map((one) => `${levelsSql(one)} AS ${one.id}`);
  const found = await rows(`SELECT ${columns.join(', ')} FROM l JOIN r USING (n) ORDER BY n`);
  const met = new Set<string>();
  const unlike: unknown[] = [];
  for (const [n, [a, b]] of pairs.entries()) {
    const levels = levelsOf(a, b);
    comparisons.forEach(({ id, levels: known }, at) => {
      met.add(`${id} ${known[levels[at] ?? 0]?.id ?? ''}`);
      if (found[n]?.[id] !== levels[at])
        unlike.push({ id, typescript: levels[at], sql: found[n]?.[id], of: [a, b].map((one) => JSON.stringify(one)) });
    });
  }
  expect(unlike.slice(0, 3)).toEqual([]);
  const all = comparisons.flatMap(({ id, levels }) => levels.map((level) => `${id} ${level.id}`));
  expect(all.filter((one) => !met.has(one))).toEqual([]);
});

test('the weight of every pair is the same in TypeScript and in SQL to 1e-9', async () => {
  const columns = {
    level: (id: string) => `level_${id}`,
    frequency: (column: CountedColumn, side: 'l' | 'r') => `f_${side}_${column}`,
    together: (side: 'l' | 'r') => `f_${side}_together`,
  };
  const sql = weightSql(model, stepsSql(model, columns));
  const levels = comparisons.map((one) => `${levelsSql(one)} AS level_${one.id}`);
  const shares = [...countedColumns(model), 'together'].flatMap((one) =>
    ['l', 'r'].map((side) => `${side}.f_${one} AS f_${side}_${one}`),
  );
  const found = await rows(
    `SELECT ${sql.score} AS score, ${sql.relative} AS relative, ${sql.identity} AS identity FROM ` +
      `(SELECT n, ${[...levels, ...shares].join(', ')} FROM l JOIN r USING (n)) ORDER BY n`,
  );
  let furthest = 0;
  for (const [n, [a, b]] of pairs.entries()) {
    const { score, relative, identity } = weigh(model, a, b);
    for (const [mine, theirs] of [
      [score, found[n]?.['score']],
      [relative, found[n]?.['relative']],
      [identity, found[n]?.['identity']],
    ])
      furthest = Math.max(furthest, Math.abs(Number(mine) - Number(theirs)));
  }
  expect(furthest).toBeLessThan(1e-9);
});

test('Jaro-Winkler is to the last figures what DuckDB computes, in every script', async () => {
  const below = numbersFrom(11);
  const word = (letters: string): string =>
    Array.from(
      { length: below(below(4) === 0 ? 60 : 10) },
      () => Array.from(letters)[below(letters.length)] ?? '',
    ).join('');
  const words = Array.from({ length: 6_000 }, () => {
    const letters = ['ab', 'abcde', 'aeé', 'жаqق'][below(4)] ?? 'ab';
    return [`a${word(letters)}`, `${below(2) === 0 ? 'a' : ''}${word(letters)}b`] as const;
  });
  const values = words.map(([a, b], n) => `(${n}, ${quoted(a)}, ${quoted(b)})`).join(', ');
  const found = await rows(
    `SELECT jaro_winkler_similarity(a, b) AS near FROM (VALUES ${values}) t(n, a, b) ORDER BY n`,
  );
  const furthest = words.map(([a, b], n) => Math.abs(jaroWinkler(a, b) - Number(found[n]?.['near'])));
  expect(Math.max(...furthest)).toBeLessThan(1e-15);
});

test('what is exported for Splink finds the same weights on DuckDB, but for what its notes say', async () => {
  const { household: _, ...prior } = model.prior;
  const two: Model = {
    ...model,
    prior: { ...prior, household: 0 },
    together: {},
    frequencies: { given: shippedModel().frequencies.given, surname: shippedModel().frequencies.surname },
  };
  const { settings, notes } = toSplink(two, ['l.born = r.born']);
  expect(notes.join(' ')).not.toMatch(/household|weigh nothing|go together/);
  expect(toSplink(model, []).notes.join(' ')).toMatch(/go together/);
  const steps = settings.comparisons.map(({ comparison_levels: levels }) => {
    const cases = levels.map((level) => {
      const { sql_condition: sql, m_probability: m = 1, u_probability: u = 1 } = level;
      const column = level.tf_adjustment_column;
      const borne = `greatest("f_${column}_l", "f_${column}_r", ${level.tf_minimum_u_value})`;
      const factor = `${m.toExponential()} / ${u.toExponential()}`;
      const bayes = column === undefined ? factor : `${factor} * (${u.toExponential()} / ${borne})`;
      return sql === 'ELSE' ? `ELSE log2(${bayes})` : `WHEN ${sql} THEN log2(${bayes})`;
    });
    return `(CASE ${cases.join(' ')} END)`;
  });
  const columns = [...featureColumns, ...countedColumns(two).map((one) => `f_${one}`)];
  const named = columns.flatMap((one) => [`l.${one} AS "${one}_l"`, `r.${one} AS "${one}_r"`]);
  const lambda = settings.probability_two_random_records_match;
  const found = await rows(
    `SELECT log2(${lambda.toExponential()} / ${(1 - lambda).toExponential()}) + ${steps.join(' + ')} AS score ` +
      `FROM (SELECT n, ${named.join(', ')} FROM l JOIN r USING (n)) ORDER BY n`,
  );
  const furthest = pairs.map(([a, b], n) => Math.abs(weigh(two, a, b).score - Number(found[n]?.['score'])));
  expect(Math.max(...furthest)).toBeLessThan(1e-9);
});
