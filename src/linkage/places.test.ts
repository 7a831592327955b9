import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparePlaces, parsePlace } from './places.ts';

type Given = { premises?: string; street: string; town?: string; postcode?: string; public?: boolean };

/** "premises | street | town | postcode", what is empty left out. */
function placed(text: string): Given & { readonly kind: 'place' } {
  const [premises = '', street = '', town = '', postcode = ''] = text.split('|').map((part) => part.trim());
  return {
    kind: 'place',
    street,
    ...(premises === '' ? {} : { premises }),
    ...(town === '' ? {} : { town }),
    ...(postcode === '' ? {} : { postcode }),
  };
}

const compared = (a: string, b: string): string | null => comparePlaces(parsePlace(placed(a)), parsePlace(placed(b)));

test.each([
  ['Flat 2, 14 | Mill Lane', '14 Flat 2 | Mill Ln'],
  ['Flat 2, 14 | Mill Lane', 'Flat 2 | 14 Mill Lane'],
  ['Flat 2, 14 | Mill Lane', '2/14 | Mill Lane'],
  ['Flat 2, 14 | Mill Lane', '| Flat 2, 14 Mill Lane, Harbury | Harbury'],
  ['14A | Mill Lane', 'Flat A, 14 | Mill Lane'],
  ['14 | Mill Lane', '14 | mill lane | Harbury'],
  ['14 | St Oda’s Road', '14 | Saint Odas Rd'],
  ['14 | Wyckham Street', '14 | Wickham St'],
  ['14 | Mill Field Road', '14 | Millfield Road'],
  ['Rose Cottage | Mill Lane', 'The Rose Cottage | Mill Lane'],
  ['GFF, 14 | Mill Lane', 'Ground Floor Flat, 14 | Mill Lane'],
  ['14 | Mill Lane | Harbury | ZZ1 2AB', '14 | Millers Lane | Harbury | zz12ab'],
  ['14 | Mill Lane | Eastside | ZZ1 2AB', '14 | Mill Lane | Harbury | ZZ1 2AB'],
  ['14-16 | Mill Lane', '14 | Mill Lane'],
])('%s and %s are one dwelling', (a, b) => {
  expect(compared(a, b)).toBe('dwelling');
  expect(compared(b, a)).toBe('dwelling');
});

test.each([
  ['Flat 2, 14 | Mill Lane', 'Flat 3, 14 | Mill Lane', 'building'],
  ['Flat 2, 14 | Mill Lane', '14 | Mill Lane', 'building'],
  ['14 | Mill Lane | Harbury', '14 | Mill Lane | Torwick', 'elsewhere'],
  ['14 | Mill Lane | Harbury', '16 | Mill Lane | Harbury', 'street'],
  ['14 | Mill Lane', '| Mill Lane', 'street'],
  ['14 | Mill Lane', '14 | Mill Road', null],
  ['14 | Mill Lane', '14 | Hill Lane', null],
  ['14 | Mill Lane | Harbury | ZZ1 2AB', '14 | Mill Lane | Torwick | YY9 8CD', null],
  ['14 | Mill Lane | Harbury', '16 | Mill Lane | Torwick', null],
  ['Grand Hotel | Mill Lane', 'Grand Hotel | Mill Lane', null],
  ['Ward 4, County Hospital | Mill Lane', 'Ward 4, County Hospital | Mill Lane', null],
  ['| no fixed abode', '| no fixed abode', null],
  ['Old School | Mill Lane', 'The Old School | Mill Lane', 'dwelling'],
])('%s beside %s: %s', (a, b, level) => {
  expect(compared(a, b)).toBe(level);
  expect(compared(b, a)).toBe(level);
});

test('a public place is nobody’s dwelling', () => {
  const park = { ...placed('14 | Mill Lane'), public: true };
  expect(comparePlaces(parsePlace(park), parsePlace(park))).toBeNull();
});

test('no text throws, in any field, and comparison knows no first and second', () => {
  const text = fc.string({ unit: 'binary', minLength: 1 });
  const place = fc.record(
    { kind: fc.constant('place' as const), premises: text, street: text, town: text, postcode: text },
    { requiredKeys: ['kind', 'street'] },
  );
  fc.assert(
    fc.property(place, place, (a, b) => {
      expect(comparePlaces(parsePlace(a), parsePlace(b))).toBe(comparePlaces(parsePlace(b), parsePlace(a)));
    }),
  );
});

const flat = (premises: string) => parsePlace({ kind: 'place', premises, street: 'Cooper Wharf', town: 'Ashmere' });

test('a flat in a named building without a house number is a dwelling of its own', () => {
  expect(comparePlaces(flat('Flat 11'), flat('Flat 11'))).toBe('dwelling');
  expect(comparePlaces(flat('Flat 11'), flat('Flat 12'))).toBe('street');
});

/** Flat, number, name, street with its type, town and postcode of an address written on one line. */
function onOneLine(street: string): string {
  const { flat, number, name, streetType, town, postcode, ...parts } = parsePlace({ kind: 'place', street });
  return [flat, number, name, `${parts.street} ${streetType}`.trim(), town, postcode].join(' | ');
}

test.each([
  ['FLAT 2 14 MILL LANE ASHMERE ZZ3 4LM', '2 | 14 |  | mill lane | ashmere | zz34lm'],
  ['14 MILL HILL ROAD GREAT ASHMERE NORTHSHIRE ZZ3 4LM', ' | 14 |  | millhill road | great ashmere | zz34lm'],
  ['1ST FLOOR 14 MARKET HILL ASHMERE', 'first | 14 |  | market hill | ashmere | '],
  ['UNITS 16 & 17 COOPER ROAD ASHMERE ZZ3 4LM', '16 |  |  | cooper road | ashmere | zz34lm'],
  ['SOUTH HOUSE QUARRY ROAD LONG ASHMERE NORFOLK', ' |  | south house | quarry road | long ashmere | '],
  ['SOUTH HOUSE 3 ST ODAS STREET ASHMERE', ' | 3 | south house | saintodas street | ashmere | '],
  ['38 THE STREET ASHMERE', ' | 38 |  | street | ashmere | '],
  ['MILL LANE FARM', ' |  |  | milllanefarm |  | '],
])('%s, on one line, is taken apart', (line, parts) => {
  expect(onOneLine(line)).toBe(parts);
});

test.each([
  ['| 14 MILL LANE ASHMERE ZZ3 4LM', '14 | Mill Lane | Ashmere | ZZ3 4LM', 'dwelling'],
  ['| 14 MILL LANE ASHMERE KENT', '14 | Mill Lane | Ashmere', 'dwelling'],
  ['| 14 MILL LANE LITTLE NETHER ASHMERE', '14 | Mill Lane | Ashmere', 'dwelling'],
  ['| FLAT 2 14 MILL LANE ASHMERE', 'Flat 2, 14 | Mill Lane | Ashmere', 'dwelling'],
  ['| 14 HIGH STREET ASHMERE', '14 | High Street | Torwick', 'elsewhere'],
  ['| SOUTH HOUSE QUARRY ROAD ASHMERE', 'South House | Quarry Road | Ashmere', 'dwelling'],
])('%s beside %s: %s', (a, b, level) => {
  expect(compared(a, b)).toBe(level);
  expect(compared(b, a)).toBe(level);
});
