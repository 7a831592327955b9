import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertySettings } from '../../test/runs.ts';
import { keptFixOf } from '../room/location.ts';
import { commandSchemas } from '../room/vocabulary.ts';
import { parsePidfLo, pidfLoText } from './pidf-lo.ts';
import type { PidfLocation } from './pidf-lo.ts';
import type { LocationTold } from './told.ts';

const metres = 'uom="urn:ogc:def:uom:EPSG::9001"';
const degrees = 'uom="urn:ogc:def:uom:EPSG::9102"';
const flat = 'srsName="urn:ogc:def:crs:EPSG::4326"';

function around(info: string, rest = ''): string {
  return (
    '<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10" ' +
    'xmlns:g="http://www.opengis.net/gml" xmlns:s="http://www.opengis.net/pidflo/1.0" ' +
    'xmlns:c="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr" xmlns:k="urn:ietf:params:xml:ns:geopriv:conf" ' +
    'entity="pres:test@example.org"><tuple id="t"><status><gp:geopriv>' +
    `<gp:location-info>${info}</gp:location-info><gp:usage-rules/>${rest}</gp:geopriv></status>` +
    '<timestamp>2026-02-03T18:17:48.5+01:00</timestamp></tuple></presence>'
  );
}

function read(document: string): readonly PidfLocation[] {
  const parsed = parsePidfLo(document);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value;
}

function onlyFix(info: string): LocationTold['fix'] {
  const [first, ...rest] = read(around(info));
  expect(rest).toEqual([]);
  if (first === undefined) throw new Error('no location');
  return first.location.fix;
}

const circle = `<s:Circle ${flat}><g:pos>54.12345 -1.54321</g:pos><s:radius ${metres}> 20.2 </s:radius></s:Circle>`;

function ring(inside: string): string {
  return `<g:exterior><g:LinearRing>${inside}</g:LinearRing></g:exterior>`;
}

describe('a shape', () => {
  test('of each kind is read', () => {
    expect(onlyFix(`<g:Point ${flat}><g:pos>54.1 -1.5</g:pos></g:Point>`)).toEqual({
      kind: 'point',
      latitude: 54.1,
      longitude: -1.5,
      radiusM: null,
    });
    expect(onlyFix(circle)).toEqual({ kind: 'point', latitude: 54.12345, longitude: -1.54321, radiusM: 21 });
    const axes = `<s:semiMajorAxis ${metres}>90.5</s:semiMajorAxis><s:semiMinorAxis ${metres}>40</s:semiMinorAxis>`;
    const turned = `<s:orientation ${degrees}>-30.4</s:orientation>`;
    expect(onlyFix(`<s:Ellipse ${flat}><g:pos>54.1 -1.5</g:pos>${axes}${turned}</s:Ellipse>`)).toEqual({
      kind: 'ellipse',
      latitude: 54.1,
      longitude: -1.5,
      majorM: 91,
      minorM: 40,
      orientationDeg: 330,
    });
  });

  const corners = [
    { latitude: 54.1, longitude: -1.5 },
    { latitude: 54.1, longitude: -1.4 },
    { latitude: 54.2, longitude: -1.4 },
  ];

  test('of corners is read from a list or one by one, and from the foot of a prism', () => {
    const list = ring('<g:posList>54.1 -1.5 54.1 -1.4 54.2 -1.4 54.1 -1.5</g:posList>');
    expect(onlyFix(`<g:Polygon ${flat}>${list}</g:Polygon>`)).toEqual({ kind: 'area', corners });
    const each = corners.map((one) => `<g:pos>${one.latitude} ${one.longitude}</g:pos><!-- a corner -->`).join('');
    expect(onlyFix(`<g:Polygon ${flat}>${ring(each)}</g:Polygon>`)).toEqual({ kind: 'area', corners });
    const high = ring('<g:posList>54.1 -1.5 30 54.1 -1.4 30 54.2 -1.4 30 54.1 -1.5 30</g:posList>');
    const prism =
      '<s:Prism srsName="urn:ogc:def:crs:EPSG::4979"><s:base><g:Polygon>' +
      `${high}</g:Polygon></s:base><s:height ${metres}>3</s:height></s:Prism>`;
    expect(read(around(prism))[0]?.location).toMatchObject({ fix: { kind: 'area', corners }, altitudeM: 30 });
  });

  test('with more corners than are kept becomes the box around them', () => {
    const many = Array.from({ length: 100 }, (_, n) => `${54 + Math.sin(n / 16) / 10} ${-1.5 + Math.cos(n / 16) / 10}`);
    const list = ring(`<g:posList>${many.join(' ')}</g:posList>`);
    const found = onlyFix(`<g:Polygon ${flat}>${list}</g:Polygon>`);
    expect(found).toMatchObject({ kind: 'area', corners: { length: 4 } });
    expect(JSON.stringify(found)).toContain('"longitude":-1.4}');
  });

  const sector = (opening: number, inner = 100): string =>
    `<s:ArcBand ${flat}><g:pos>54.1 -1.5</g:pos><s:innerRadius ${metres}>${inner}</s:innerRadius>` +
    `<s:outerRadius ${metres}>1000</s:outerRadius><s:startAngle ${degrees}>80</s:startAngle>` +
    `<s:openingAngle ${degrees}>${opening}</s:openingAngle></s:ArcBand>`;

  test('of a mast’s sector is the outline east of it, or the circle around it', () => {
    const found = onlyFix(sector(20));
    if (found.kind !== 'area') throw new Error(found.kind);
    expect(found.corners).toHaveLength(50);
    for (const { latitude, longitude } of found.corners) {
      expect(longitude).toBeGreaterThan(-1.5);
      expect(Math.abs(latitude - 54.1)).toBeLessThan(0.002);
    }
    expect(onlyFix(sector(20, 0))).toMatchObject({ kind: 'area', corners: { length: 26 } });
    expect(onlyFix(sector(360))).toEqual({ kind: 'point', latitude: 54.1, longitude: -1.5, radiusM: 1_000 });
  });

  test('in three dimensions tells its height too', () => {
    const sphere =
      '<s:Sphere srsName="urn:ogc:def:crs:EPSG::4979"><g:pos>54.1 -1.5 26.3</g:pos><s:radius>9</s:radius></s:Sphere>';
    expect(read(around(sphere))[0]?.location).toMatchObject({ fix: { radiusM: 9 }, altitudeM: 26 });
  });

  test('as RFC 4119 first wrote it is read', () => {
    const old =
      '<x:location xmlns:x="urn:opengis:specification:gml:schema-xsd:feature:v3.0"><x:Point srsName="epsg:4326">' +
      '<x:coordinates>54:06:00N 1:30:00W</x:coordinates></x:Point></x:location>';
    expect(onlyFix(old)).toMatchObject({ kind: 'point', latitude: 54.1, longitude: -1.5 });
  });

  test.each([
    ['in another system of coordinates', circle.replace('4326', '27700')],
    ['with a radius in another unit', circle.replace('9001', '9002')],
    ['with a radius that is none', circle.replace('20.2', 'near')],
    ['off the earth', circle.replace('54.12345', '154.1')],
    ['without a position', circle.replace(/<g:pos>.*<\/g:pos>/, '')],
    ['with too many numbers', circle.replace('54.12345', '54.1 1 2 3')],
    ['of two corners', `<g:Polygon ${flat}><g:exterior><g:LinearRing/></g:exterior></g:Polygon>`],
  ])('is told and cannot be read %s', (_, info) => {
    const [first] = read(around(info));
    expect(first?.location).toMatchObject({ fix: { kind: 'none', why: 'unreadable' }, doubts: ['unreadable-field'] });
  });
});

describe('a presence', () => {
  const civic =
    '<c:civicAddress><c:country>GB</c:country><c:A1>England</c:A1><c:A3>Northwick</c:A3><c:RD> Low  Row</c:RD>' +
    '<c:HNO>12</c:HNO><c:UNIT>Flat 3</c:UNIT><c:FLR>2</c:FLR><c:PC>ZZ1 1ZZ</c:PC></c:civicAddress>';

  test('gives an address with the place that it names', () => {
    expect(read(around(civic))).toEqual([
      {
        place: { kind: 'place', street: 'Low Row', premises: 'Flat 3, 12', town: 'Northwick', postcode: 'ZZ1 1ZZ' },
        location: {
          source: 'pidf-lo',
          fix: { kind: 'none', why: 'not-told' },
          address: 'Flat 3, 12 Low Row, Northwick, England, ZZ1 1ZZ, GB',
          floor: '2',
          takenAt: Date.UTC(2026, 1, 3, 17, 17, 48, 500),
          doubts: [],
        },
      },
    ]);
  });

  test('tells a position and an address of one place together, with its confidence and its method', () => {
    const sure = '<k:confidence pdf="normal">95</k:confidence>';
    const [first, ...rest] = read(around(circle + civic + sure, '<gp:method>A-GPS</gp:method>'));
    expect(rest).toEqual([]);
    expect(first?.location).toMatchObject({ fix: { radiusM: 21 }, floor: '2', confidence: 95, method: 'a-gps' });
  });

  test('may give several locations, each with the time of the device or person it is of', () => {
    const geopriv = (radius: number): string =>
      `<gp:geopriv><gp:location-info>${circle.replace('20.2', String(radius))}</gp:location-info></gp:geopriv>`;
    const device = (n: number): string =>
      `<dm:device xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model">${geopriv(n)}` +
      `<dm:timestamp>2026-02-03T17:17:0${n}Z</dm:timestamp></dm:device>`;
    const document = around(circle).replace('<tuple', `${device(1)}${device(2)}<tuple`);
    expect(read(document).map(({ location }) => [location.fix, location.takenAt])).toMatchObject([
      [{ radiusM: 1 }, Date.UTC(2026, 1, 3, 17, 17, 1)],
      [{ radiusM: 2 }, Date.UTC(2026, 1, 3, 17, 17, 2)],
      [{ radiusM: 21 }, Date.UTC(2026, 1, 3, 17, 17, 48, 500)],
    ]);
    const crowd = around(circle).replace('<tuple', `${device(1).repeat(9)}<tuple`);
    expect(parsePidfLo(crowd)).toEqual({ ok: false, problem: expect.stringMatching(/at most 8/) as string });
  });

  test.each([
    ['that is none', '<a/>', /is a presence/],
    ['without a location', around('<g:speed>12</g:speed>'), /no location/],
    ['with a document type', `<!DOCTYPE x>${around(circle)}`, /document type/],
  ])('%s is refused', (_, document, problem) => {
    expect(parsePidfLo(document)).toEqual({ ok: false, problem: expect.stringMatching(problem) as string });
  });
});

const latitude = fc.integer({ min: -9_000_000, max: 9_000_000 }).map((scaled) => scaled / 100_000 + 0);
const longitude = fc.integer({ min: -18_000_000, max: 18_000_000 }).map((scaled) => scaled / 100_000 + 0);
const size = fc.integer({ min: 1, max: 1_000_000 });
const anyFix = fc
  .oneof(
    fc.record({ kind: fc.constant('point' as const), latitude, longitude, radiusM: fc.option(size) }),
    fc.record({
      kind: fc.constant('ellipse' as const),
      latitude,
      longitude,
      majorM: size,
      minorM: size,
      orientationDeg: fc.integer({ min: 0, max: 359 }),
    }),
    fc.record({
      kind: fc.constant('area' as const),
      corners: fc.array(fc.record({ latitude, longitude }), { minLength: 3, maxLength: 64 }),
    }),
  )
  .map(keptFixOf)
  .filter((fix) => fix.kind !== 'none');

describe('whatever is sent', () => {
  test('a location written as a document is read back as it was', () => {
    const name = fc
      .string({ unit: fc.constantFrom('a', 'b', ' ', '<', '>', '&', '"', "'", 'é', ';', '#'), maxLength: 20 })
      .map((one) => `A${one}`);
    fc.assert(
      fc.property(anyFix, name, fc.option(fc.integer({ min: 1, max: 100 })), (fix, named, confidence) => {
        const location: LocationTold = {
          source: 'pidf-lo',
          fix,
          address: named.replaceAll(/\s+/g, ' ').trim(),
          takenAt: 1_770_139_068_000,
          method: 'a-gps',
          ...(confidence === null ? {} : { confidence }),
          doubts: [],
        };
        expect(read(pidfLoText(location))).toEqual([{ place: null, location }]);
      }),
      propertySettings(300),
    );
  });

  const nought = fc.constantFrom('0', '-0', '0.0', '0.00001', '-0.009', '0e5');

  test('latitude and longitude nought are never plotted, in any shape', () => {
    fc.assert(
      fc.property(nought, nought, (north, east) => {
        const pos = `<g:pos>${north} ${east}</g:pos>`;
        const corners = ring(`<g:pos>1 1</g:pos><g:pos>1 2</g:pos>${pos}`);
        const shapes = [
          `<g:Point>${pos}</g:Point>`,
          `<s:Circle>${pos}<s:radius>9</s:radius></s:Circle>`,
          `<g:Polygon>${corners}</g:Polygon>`,
          `<s:Ellipse>${pos}<s:semiMajorAxis>9</s:semiMajorAxis><s:semiMinorAxis>9</s:semiMinorAxis>` +
            '<s:orientation>0</s:orientation></s:Ellipse>',
          `<s:ArcBand>${pos}<s:innerRadius>0</s:innerRadius><s:outerRadius>9</s:outerRadius>` +
            '<s:startAngle>0</s:startAngle><s:openingAngle>9</s:openingAngle></s:ArcBand>',
        ];
        for (const shape of shapes) expect(onlyFix(shape)).toEqual({ kind: 'none', why: 'zero-position' });
      }),
      propertySettings(50),
    );
  });

  test('a document cut, doubled or scrambled never throws, and gives only what the room can take', () => {
    const schema = commandSchemas.get('RecordLocation');
    const whole = around(circle + '<c:civicAddress><c:RD>Low Row</c:RD></c:civicAddress>');
    const change = fc.record({
      at: fc.nat({ max: whole.length }),
      cut: fc.nat({ max: 40 }),
      paste: fc.constantFrom('', '-', '9', '1e99', '<', '>', '&', '"', '</g:pos>', ' 1 1', '0', 'x'.repeat(3_000)),
    });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 4 }), (changes) => {
        const document = changes.reduce(
          (text, { at, cut, paste }) => text.slice(0, at) + paste + text.slice(at + cut),
          whole,
        );
        const parsed = parsePidfLo(document);
        if (!parsed.ok) return;
        for (const { location } of parsed.value)
          expect(schema?.safeParse({ location: 'l1', contact: 'c1', ...location }).error).toBeUndefined();
      }),
      propertySettings(1_000),
    );
  });
});
