import { expect, test } from 'vitest';
import { loadPolicy, nationalPolicyFile } from '../policy/load.ts';
import { commandSchemas } from '../room/vocabulary.ts';
import { finding } from '../room/check.ts';
import { memorySource } from '../sources/memory.ts';
import { inventedCounty } from './county.ts';
import { openingOf } from './opening.ts';
import { streetPlace } from './places.ts';
import { historyOf, identityOf } from './records.ts';
import { dramaLandline, dramaMobile, inventedMark } from './residents.ts';

const county = inventedCounty();
const at = Date.UTC(2026, 6, 25, 18, 0, 0);
const loaded = loadPolicy(nationalPolicyFile);
if (!loaded.ok) throw new Error('the national policy does not load');
const { policy, reader } = loaded.value;
const everyPlace = [...county.places, ...county.residents.map(({ home }) => home), ...county.streets.map(streetPlace)];

/** The streets that Britain has most of: an invented county has none of them. */
const commonStreets = [
  'High Street',
  'Station Road',
  'Main Street',
  'Park Road',
  'Church Road',
  'Church Street',
  'London Road',
  'Victoria Road',
  'Green Lane',
  'Manor Road',
  'Church Lane',
  'Park Avenue',
  'The Avenue',
  'The Crescent',
  'Queens Road',
  'New Road',
  'Grange Road',
  'Kings Road',
  'Kingsway',
  'Windsor Road',
  'Highfield Road',
  'Mill Lane',
  'York Road',
  'Main Road',
  'Broadway',
  'King Street',
  'The Green',
  'Springfield Road',
  'George Street',
  'Park Lane',
  'Victoria Street',
  'Albert Road',
  'New Street',
  'Queen Street',
  'West Street',
  'North Street',
  'The Grove',
  'South Street',
  'School Lane',
  'The Drive',
  'North Road',
  'Mill Road',
];

test('the county is as large as its map says', () => {
  expect(county.towns).toHaveLength(8);
  expect(county.streets).toHaveLength(60);
  expect(county.residents).toHaveLength(150);
  expect(county.units).toHaveLength(60);
  expect(county.staff.length).toBeGreaterThanOrEqual(39);
  expect(county.places.length).toBeGreaterThanOrEqual(40);
});

test('it is the same county every time', () => {
  expect(JSON.stringify(inventedCounty())).toBe(JSON.stringify(county));
});

test('every place of it lies in the open North Sea', () => {
  for (const { at: position } of everyPlace) {
    const [latitude, longitude] = position;
    expect(latitude).toBeGreaterThan(55.5);
    expect(latitude).toBeLessThan(55.95);
    expect(longitude).toBeGreaterThan(2.2);
    expect(longitude).toBeLessThan(3.05);
  }
});

test('no postcode of it can be real: ZZ is no postcode area', () => {
  const postcodes = everyPlace.flatMap(({ identity }) => identity.postcode ?? []);
  expect(postcodes.length).toBeGreaterThan(150);
  for (const one of postcodes) expect(one).toMatch(/^ZZ\d \d[A-Z]{2}$/);
});

test('every number is of the ranges that Ofcom keeps for drama, and nobody shares one', () => {
  const numbers = county.residents.map(({ phone }) => phone.number);
  for (const one of numbers) expect(one).toMatch(/^07700900\d{3}$/);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect([dramaMobile(0), dramaMobile(999), dramaMobile(12_345)]).toEqual([
    '07700900000',
    '07700900999',
    '07700900345',
  ]);
  expect([dramaLandline(0), dramaLandline(999)]).toEqual(['01632960000', '01632960999']);
});

test('every mark is of a form that was never issued', () => {
  const marks = county.residents.flatMap(({ car }) => (car === null ? [] : [car.mark]));
  expect(marks.length).toBeGreaterThan(30);
  expect(new Set(marks).size).toBe(marks.length);
  for (const one of [...marks, inventedMark(0), inventedMark(219_999)]) expect(one).toMatch(/^Q[A-Y]00[A-Y]{3}$/);
});

test('nobody bears the name of anybody else', () => {
  const names = [...county.residents, ...county.staff].map(({ name }) => name);
  expect(new Set([...names, ...county.strangers]).size).toBe(names.length + county.strangers.length);
});

test('no street bears one of the names that Britain has most of', () => {
  expect(county.streets.map(({ name }) => name).filter((name) => commonStreets.includes(name))).toEqual([]);
});

test('two hundred sentences and more, no two alike', () => {
  const { silent, chorus, again } = county.lines;
  const matters = county.matters.flatMap(({ says, adds }) => [...says, ...adds]);
  const heard = [...silent.clean, ...silent.distressed].map(({ words }) => words);
  const sentences = [...matters, ...heard, ...silent.reached, ...Object.values(chorus).flat(), ...again];
  expect(sentences.length).toBeGreaterThan(250);
  expect(new Set(sentences).size).toBe(sentences.length);
});

test('what is put down or settled by telling says nothing that the room reads as danger', () => {
  const plain = county.matters.filter(({ ends }) => ends !== 'visited');
  const read = plain.flatMap(({ id, says, adds, summary = '' }) =>
    [...says, ...adds, summary].flatMap((text) =>
      reader
        .read(text, 'staff')
        .filter(({ reads, standing }) => ['danger', 'domestic'].includes(reads) && standing === 'told')
        .map(({ quote }) => `${id}: ${quote}`),
    ),
  );
  expect(read).toEqual([]);
});

test('every emergency that callers speak of is read as one in some of its words', () => {
  const unread = county.matters
    .filter(({ grade }) => grade === 'emergency')
    .filter(({ says }) => !says.some((text) => reader.read(text, 'staff').some(({ reads }) => reads === 'danger')))
    .map(({ id }) => id);
  expect(unread).toEqual([]);
});

test('grades and dispositions are those of the national policy', () => {
  const grades = new Set(county.matters.flatMap(({ grade }) => grade ?? []));
  const dispositions = new Set(county.matters.flatMap(({ disposition }) => disposition ?? []));
  expect(policy.grades.map(({ id }) => id)).toEqual(expect.arrayContaining([...grades]));
  expect(Object.keys(policy.dispositions)).toEqual(expect.arrayContaining([...dispositions]));
});

test('the opening is made of commands that the room knows, each of them valid', () => {
  const opening = openingOf(county, { policy, digest: 'test', at });
  const faults = opening.flatMap(({ type, data }) => {
    const read = commandSchemas.get(type)?.safeParse(data);
    return read?.success === true ? [] : [`${type} ${JSON.stringify(read?.error)}`];
  });
  expect(faults).toEqual([]);
  expect(opening[0]?.type).toBe('AdoptPolicy');
  const many = (type: string): number => opening.filter((one) => one.type === type).length;
  expect(many('EnrolUnit')).toBe(60);
  expect(many('SetMarker')).toBeGreaterThanOrEqual(12);
  expect(many('RecordOrder')).toBe(5);
});

test('its history is found by those whom it names, and every finding is one that a check may carry', () => {
  const source = memorySource({ id: 'own-history', records: historyOf(county, at) });
  for (const { victim } of [...county.domestic, ...county.stalked]) {
    const question = { subject: 'somebody', identity: identityOf(victim), beside: [], apartFrom: [], at };
    const answer = source.ask(question);
    expect(answer.result).toBe('found');
    expect(answer.findings.some(({ signs }) => signs.length > 0)).toBe(true);
    for (const one of answer.findings) expect(finding.parse(one)).toEqual(one);
  }
});
