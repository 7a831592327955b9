import { expect, test } from 'vitest';
import { mappingFrom } from '../../test/audited.ts';
import { cell } from '../views/csv-cell.ts';
import { csvText } from './csv.ts';
import { suggestion } from './suggest.ts';

const columns = [
  { name: 'Log No', values: ['A1', 'A1', 'A2'] },
  { name: 'Logged', values: ['14/01/2006 20:40:00', '14/01/2006 20:50:00', '14/01/2006 20:55:00'] },
  { name: 'Entry Type', values: ['CALL', 'RESULT', 'CALL', 'ALLOCATED', 'CALL', 'RESULT', 'RESULT', 'CALL'] },
  { name: 'Priority', values: ['1', '4', '4'] },
  { name: 'Remarks', values: ['one: two', '# three', '"four"'] },
  { name: 'Street: name', values: ['Tansy Row', 'Tansy Row', 'Kiln Lane'] },
];

test('a proposal is a mapping that can be read as it stands, whatever columns are called', () => {
  const sample = { format: 'csv', separator: ';', encoding: 'windows-1252', rows: 3, columns } as const;
  const mapping = mappingFrom(suggestion(sample));
  expect(mapping).toMatchObject({
    separator: ';',
    encoding: 'windows-1252',
    incident: 'Log No',
    text: 'Remarks',
    times: { forms: ['dd/mm/yyyy hh:mi:ss'], repeated: 'refuse' },
    steps: { column: 'Entry Type', time: 'Logged', codes: { CALL: 'received', ALLOCATED: 'assigned' } },
    names: [{ role: 'scene', of: { kind: 'place', street: 'Street: name' } }],
  });
});

test('what only a person can know stands in a proposal as a comment', () => {
  const sample = { format: 'csv', separator: ',', encoding: 'utf-8', rows: 3, columns } as const;
  const text = suggestion(sample);
  expect(text).toContain('# grade: each code is one of');
  expect(text).toContain('#     "4": ?');
  expect(mappingFrom(text).grade).toBeUndefined();
});

test.each(['=1+1', '+44', '-2', '@sum', '|calc', '%x', '\t=1', '\r=1', ' =1', '＝1', '\0=1'])(
  'a cell that begins as a formula is shown as text: %j',
  (value) => {
    expect(cell(value)).toMatch(/^"'/);
  },
);

test('a table of nothing has its head alone', () => {
  const none = { told: [] } as unknown as Parameters<typeof csvText>[0];
  expect(csvText(none)).toMatch(/^"rank".*"story"\r\n$/);
});
