import { expect, test } from 'vitest';
import { fields, personOf } from '../bench/linkage/record.ts';
import { pathOf, readLabels, readSet, recordOf, truePairs, truthSet, truthSets } from '../bench/linkage/sets.ts';

test.each([
  ['febrl1', 1000, 500],
  ['febrl2', 5000, 1934],
  ['febrl3', 5000, 6538],
  ['fake_1000', 1000, 2031],
  ['fake_20000', 20_000, 33_280],
  ['rldata500', 500, 50],
])('%s has %d records and %d pairs of one person', async (name, count, pairs) => {
  const records = await readSet(truthSet(name));
  if (records === null) return;
  expect(records).toHaveLength(count);
  expect(new Set(records.map(({ id }) => id)).size).toBe(count);
  expect(records.every(({ truth }) => truth !== '')).toBe(true);
  expect(truePairs(records)).toBe(pairs);
});

test('each field that a set maps holds something in most of its records', async () => {
  for (const set of truthSets.filter(({ format }) => format === 'csv')) {
    const records = await readSet(set);
    if (records === null) return;
    for (const field of fields.filter((one) => set.columns.fields[one] !== undefined && one !== 'middle')) {
      const filled = records.filter((record) => record[field] !== '').length;
      expect([set.name, field, filled / records.length > 0.4]).toEqual([set.name, field, true]);
    }
  }
});

test('a clerk called 2,031 of 3,176 pairs of fake_1000 the same', async () => {
  const labels = await readLabels();
  if (labels === null) return;
  expect(labels).toHaveLength(3176);
  expect(labels.filter(({ isSame }) => isSame)).toHaveLength(2031);
});

test('a row becomes a record by its mapping: parts joined, a date put together, the truth cut out', () => {
  const { columns } = truthSet('rldata500');
  const row = new Map(
    Object.entries({
      fname_c1: 'GERD',
      lname_c1: 'BAUER',
      lname_c2: '',
      by: '1968',
      bm: '7',
      bd: '27',
      ent_id: '51',
      rec_id: '2',
    }),
  );
  expect(recordOf(row, columns)).toMatchObject({
    id: '2',
    truth: '51',
    given: 'GERD',
    surname: 'BAUER',
    born: '1968-07-27',
  });
  const { columns: febrl } = truthSet('febrl3');
  expect(recordOf(new Map([['rec_id', 'rec-552-dup-3']]), febrl)).toMatchObject({ truth: '552', born: '' });
});

test('what was not written is left out of what is compared', () => {
  const row = new Map(Object.entries({ rec_id: 'rec-1-org', given_name: 'erin', soc_sec_id: '6988048' }));
  expect(personOf(recordOf(row, truthSet('febrl1').columns))).toEqual({
    given: 'erin',
    phones: [],
    emails: [],
    idents: ['6988048'],
  });
});

test('a set in another format than CSV is left to others, and a name that no set has is told', async () => {
  const figures = truthSet('historical figures');
  await expect(readSet(figures)).rejects.toThrow('no CSV');
  expect(pathOf(figures) ?? figures.file).toMatch(/historical-figures-half\.parquet$/);
  expect(() => truthSet('febrl9')).toThrow('no truth set is called febrl9');
});
