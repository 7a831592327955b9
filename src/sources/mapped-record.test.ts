import { describe, expect, test } from 'vitest';
import { jsonItem } from './items.ts';
import { mappedRecord } from './mapped-record.ts';
import { recordMapping } from './record-mapping.ts';

const now = Date.UTC(2026, 1, 3, 12);

const written = {
  id: ['Year', 'No'],
  kind: { column: 'Type', codes: { CR: 'crime', CU: 'custody' } },
  when: { from: ['Date', 'Time'], forms: ['dd/mm/yyyy hh:mi', 'dd/mm/yyyy'] },
  names: [
    { kind: 'person', name: ['Forename', 'Surname'], born: 'DOB', alias: 'AKA', split: '/' },
    { kind: 'place', premises: 'House', street: 'Street', town: 'Town', postcode: 'Postcode' },
    { kind: 'phone', number: 'Phones', split: '/' },
    { kind: 'vehicle', mark: 'VRM', description: 'Car' },
    { kind: 'account', platform: { is: 'facebook' }, handle: 'FB' },
  ],
  signs: [
    { column: 'Flags', split: ';', codes: { DV: ['domestic'], KN: ['weapon', 'danger'] } },
    { always: ['repeat'] },
  ],
  says: 'Crime {No}/{Year}: {Offence}',
  empty: ['NULL', '-'],
} as const;

const row = {
  Year: '2025',
  No: 17,
  Type: 'CR',
  Date: '03/07/2025',
  Time: '21:04',
  Forename: 'Anna',
  Surname: 'Quill',
  DOB: '1984-03-07 00:00:00',
  AKA: 'Annie/ Nan ',
  House: '14',
  Street: 'Mill Lane',
  Town: 'NULL',
  Phones: '07700 900123 / 07700 900124',
  VRM: 'AB12 CDE',
  FB: '@anna.quill',
  Flags: 'DV;KN',
  Offence: 'Common assault',
};

function mapped(change: Readonly<Record<string, unknown>> = {}, mapping: object = {}) {
  return mappedRecord(jsonItem({ ...row, ...change }), {
    mapping: recordMapping.parse({ ...written, ...mapping }),
    source: 'crimes',
    now,
  });
}

describe('a record of another system', () => {
  test('becomes one of ours by its mapping', () => {
    const read = mapped();
    expect(read).toMatchObject({
      ok: true,
      remarks: [],
      record: {
        kind: 'crime',
        when: Date.UTC(2025, 6, 3, 20, 4),
        names: [
          { kind: 'person', name: 'Anna Quill', born: '1984-03-07', alias: ['Annie', 'Nan'] },
          { kind: 'place', premises: '14', street: 'Mill Lane' },
          { kind: 'phone', number: '07700 900123' },
          { kind: 'phone', number: '07700 900124' },
          { kind: 'vehicle', mark: 'AB12 CDE' },
          { kind: 'account', platform: 'facebook', handle: '@anna.quill' },
        ],
        subjects: [],
        signs: ['domestic', 'weapon', 'danger', 'repeat'],
        says: 'Crime 17/2025: Common assault',
      },
    });
    expect(read.ok ? read.record.id : '').toMatch(/^r-[0-9a-f]{40}$/);
  });

  test('has one id however often it is read, and another in another source', () => {
    const ids = [mapped(), mapped({ Offence: 'changed' }), mapped({ No: 18 })].map((one) =>
      one.ok ? one.record.id : '',
    );
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).not.toBe(ids[2]);
  });

  test.each([
    ['without an id', { Year: '', No: null }, 'id', 'expected an id; found nothing'],
    ['of a kind that is not in the table', { Type: 'ZZ' }, 'kind', 'expected a code of the table'],
    ['of no time', { Date: '', Time: '' }, 'when', 'found nothing'],
    ['of a time that is none', { Date: '31/02/2025' }, 'when', 'expected a date on the calendar'],
    ['of a time to come', { Date: '03/07/2027' }, 'when', 'found one in the future'],
    [
      'that names nobody and nothing',
      { Forename: '-', Surname: 'NULL', Street: '', Phones: '', VRM: '', FB: '' },
      'names',
      'found nothing to look up',
    ],
  ])('%s is rejected, and the reason repeats nothing of it', (_, change, field, reason) => {
    const read = mapped(change);
    expect(read).toMatchObject({ ok: false, remark: { field } });
    expect(read.ok ? '' : read.remark.reason).toContain(reason);
  });

  test('is kept without what no such thing can be, and says what was left out', () => {
    const read = mapped({
      Phones: 'see the notes of the officer',
      DOB: 'born in the spring of 1984',
      Flags: 'DV;??',
      VRM: ['a'],
    });
    expect(read).toMatchObject({
      ok: true,
      record: { signs: ['domestic', 'repeat'] },
      remarks: [
        { field: 'names[0].born', reason: 'left out: it is longer or shorter than such a thing can be' },
        { field: 'names[2].number', reason: 'left out: it is longer or shorter than such a thing can be' },
        { field: 'names[3].mark', reason: 'expected a text; found a list or a group of fields' },
        { field: 'signs[0]', reason: 'a code that the table does not have' },
      ],
    });
    expect(read.ok ? read.record.names[0] : null).toEqual({
      kind: 'person',
      name: 'Anna Quill',
      alias: ['Annie', 'Nan'],
    });
  });

  test('of JSON is read by pointers, each of a list by itself', () => {
    const mapping = {
      id: '/ref/no',
      kind: 'custody',
      when: { from: '/at' },
      names: [{ kind: 'person', each: '/people', name: '/name/full', born: 'dob' }],
      signs: [],
      says: '{/ref/no}',
    };
    const people = [{ name: { full: 'Anna Quill' }, dob: '1984' }, { name: { full: 'Omar Sarrani' } }, 'nobody'];
    const read = mapped({ ref: { no: 'C/1' }, at: '2025-07-03T20:04:00Z', people }, mapping);
    expect(read).toMatchObject({
      ok: true,
      record: { names: [{ name: 'Anna Quill', born: '1984' }, { name: 'Omar Sarrani' }], says: 'C/1' },
    });
  });

  test('with fields that are not its own is read as if they were not there', () => {
    const hostile: unknown = JSON.parse('{"__proto__": {"No": "9"}, "constructor": "x", "No": "1", "Year": "2"}');
    const item = jsonItem(hostile);
    expect([item.value('toString'), item.value('/constructor/name'), item.value('/No/length')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(item.value('/__proto__/No')).toBe('9');
    expect(({} as Record<string, unknown>)['No']).toBeUndefined();
  });
});
