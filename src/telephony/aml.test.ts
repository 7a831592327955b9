import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { propertySettings } from '../../test/runs.ts';
import { commandSchemas } from '../room/vocabulary.ts';
import { amlForms, amlPost, amlText, packed, parseAml } from './aml.ts';
import type { Aml } from './aml.ts';
import type { LocationTold } from './told.ts';

const handset = 'si=001011234567890;ei=490154203237518;mcc=001;mnc=01';

/** A text with the length field that its own length calls for. */
function measured(text: string): string {
  const length = text.length + 4 + String(text.length + 6).length;
  return `${text};ml=${length}`;
}

function read(text: string): Aml {
  const parsed = parseAml('text', text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value;
}

function posted(fields: Record<string, string>): Aml {
  const parsed = parseAml('post', new URLSearchParams(fields).toString());
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value;
}

const first = measured(`A"ML=1;lt=+54.12345;lg=-1.54321;rd=14;top=20260203171748;lc=68;pm=W;${handset}`);
const takenAt = Date.UTC(2026, 1, 3, 17, 17, 48);

describe('the text of an SMS', () => {
  test('gives the point, its radius, its confidence, its method and its time', () => {
    expect(read(first)).toEqual({
      version: 1,
      number: null,
      location: {
        source: 'aml',
        fix: { kind: 'point', latitude: 54.12345, longitude: -1.54321, radiusM: 14 },
        confidence: 68,
        takenAt,
        method: 'wifi',
        doubts: [],
      },
    });
  });

  test.each([
    ['W', 'wifi'],
    ['G', 'gnss'],
    ['C', 'cell'],
    ['U', undefined],
  ])('knows the method %s', (letter, method) => {
    expect(read(`A"ML=1;lt=+54.1;lg=-1.5;pm=${letter}`).location.method).toBe(method);
  });

  test.each([
    ['nought and N all through', 'lt=+00.00000;lg=+000.00000;rd=N;lc=0;pm=N', 'no-fix'],
    ['no method, whatever the coordinates', 'lt=+54.1;lg=-1.5;rd=20;lc=68;pm=N', 'no-fix'],
    ['nought with a method', 'lt=+00.00000;lg=-0.00000;rd=30;lc=68;pm=G', 'zero-position'],
    ['nought without a method', 'lt=0;lg=0', 'zero-position'],
    ['no coordinates', 'rd=30;lc=68;pm=G', 'not-told'],
    ['empty coordinates', 'lt=;lg=;pm=G', 'not-told'],
    ['half a position', 'lt=+54.1;rd=30;pm=G', 'unreadable'],
  ])('has no fix with %s', (_, fields, why) => {
    const { location } = read(`A"ML=1;${fields}`);
    expect(location.fix).toEqual({ kind: 'none', why });
    expect(location.confidence).toBeUndefined();
  });

  test.each([
    ['N', null],
    ['0', null],
    ['', null],
    ['20.0', 20],
    ['20.1', 21],
  ])('reads the radius %s as %s', (radius, radiusM) => {
    const { fix, doubts } = read(`A"ML=1;lt=+54.1;lg=-1.5;rd=${radius};pm=G`).location;
    expect(fix).toMatchObject({ kind: 'point', radiusM });
    expect(doubts).toEqual([]);
  });

  test.each([
    ['a length that differs', `${first.slice(0, -3)}999`, 'length-differs'],
    ['a length that is no number', 'A"ML=1;lt=+54.1;lg=-1.5;ml=x', 'length-differs'],
    ['a time that is none', 'A"ML=1;lt=+54.1;lg=-1.5;top=20260231000000', 'unreadable-field'],
    ['half a time', 'A"ML=1;lt=+54.1;lg=-1.5;top=20260203', 'unreadable-field'],
    ['a radius that is no number', 'A"ML=1;lt=+54.1;lg=-1.5;rd=near', 'unreadable-field'],
    ['a radius of nowhere in particular', 'A"ML=1;lt=+54.1;lg=-1.5;rd=99999999', 'unreadable-field'],
    ['a confidence above all', 'A"ML=1;lt=+54.1;lg=-1.5;lc=101', 'unreadable-field'],
    ['a method that nobody knows', 'A"ML=1;lt=+54.1;lg=-1.5;pm=Z', 'unreadable-field'],
    ['a method named like a part of the language', 'A"ML=1;lt=+54.1;lg=-1.5;pm=constructor', 'unreadable-field'],
  ])('keeps the position and doubts %s', (_, text, doubt) => {
    expect(read(text).location).toMatchObject({ fix: { kind: 'point' }, doubts: [doubt] });
  });

  test('passes over fields that it does not know, spaces and a last semicolon', () => {
    expect(read(' A"ML=1; lt = +54.12345 ;lg=-1.54321;kl=23;rd=14; \r\n').location.fix).toMatchObject({ radiusM: 14 });
  });

  test.each([
    ['a latitude off the earth', 'A"ML=1;lt=+90.1;lg=-1.5', /degrees such as/],
    ['a longitude off the earth', 'A"ML=1;lt=+54.1;lg=-180.5', /degrees such as/],
    ['a latitude that is no number', 'A"ML=1;lt=+g4.1d;lg=-1.5', /degrees such as/],
    ['no header', 'lt=+54.1;lg=-1.5', /begins with/],
    ['another version', 'A"ML=7;lt=+54.1;lg=-1.5', /version/],
    ['a field twice', 'A"ML=1;lt=+54.1;lg=-1.5;lt=+54.2', /lt twice/],
    ['a field that is none', 'A"ML=1;lt=+54.1;a==;lg=-1.5', /Field 3/],
    ['too much of it', `A"ML=1;${'x'.repeat(3_000)}`, /at most 2000/],
    [
      'too many fields',
      `A"ML=1;${Array.from({ length: 80 }, (_, n) => `a${'bcdefghij'[n % 9]}=${n}`).join(';')}`,
      /most/,
    ],
    ['nothing', '', /begins with/],
  ])('is refused with %s, in words that quote nothing of it', (_, text, problem) => {
    const parsed = parseAml('text', text);
    expect(parsed).toEqual({ ok: false, problem: expect.stringMatching(problem) as string });
    expect(JSON.stringify(parsed)).not.toContain('54.1');
  });

  test('of the experimental form counts its times from the start of the call', () => {
    const started = takenAt / 1_000;
    const text = `A"ML=2;en=999;et=${started};lo=54.12345,-1.54321,20.1;lt=5;lc=68;lz=-10.1,10.1;ls=F;ei=4;nc=00101`;
    expect(read(text)).toMatchObject({
      version: 2,
      location: {
        fix: { kind: 'point', latitude: 54.12345, longitude: -1.54321, radiusM: 21 },
        takenAt: takenAt + 5_000,
        method: 'fused',
        altitudeM: -10,
      },
    });
    expect(read('A"ML=2;en=999;et=1;lc=68;ls=U').location.fix).toEqual({ kind: 'none', why: 'not-told' });
    expect(read('A"ML=2;et=x;lo=54.1,-1.5,0;lt=5').location).toMatchObject({
      fix: { kind: 'point', radiusM: null },
      doubts: ['unreadable-field'],
    });
  });
});

describe('the bytes of a data SMS', () => {
  test('say what the text says, with the header of a port or without', () => {
    const bytes = packed(first);
    expect(parseAml('data', bytes)).toEqual({ ok: true, value: read(first) });
    const headed = Uint8Array.from([6, 5, 4, 0x0b, 0x84, 0, 0, ...bytes]);
    expect(parseAml('data', headed)).toEqual({ ok: true, value: read(first) });
  });

  test('say it for a text of any length, however the last byte is filled', () => {
    for (let more = 0; more < 16; more += 1) {
      const text = `A"ML=1;lt=+54.1;lg=-1.5;ab=${'7'.repeat(more)}`;
      expect(parseAml('data', packed(text))).toEqual({ ok: true, value: read(text) });
    }
  });
});

describe('the body of an HTTPS POST', () => {
  const told = {
    v: '3',
    device_number: '+44 7700 900123',
    location_latitude: '54.12345',
    location_longitude: '-1.54321',
    location_time: String(takenAt + 445),
    location_accuracy: '10.4',
    location_source: 'GPS',
    location_certainty: '83',
    location_altitude: '41.6',
    location_floor: 'G',
    device_model: 'A Phone',
    device_imei: '490154203237518',
    device_imsi: '001011234567890',
    cell_network_mcc: '001',
  };

  test('gives the point, the number and the floor, and keeps neither IMSI nor IMEI', () => {
    const aml = posted(told);
    expect(aml).toEqual({
      version: 3,
      number: '+447700900123',
      location: {
        source: 'aml',
        fix: { kind: 'point', latitude: 54.12345, longitude: -1.54321, radiusM: 11 },
        confidence: 83,
        takenAt: takenAt + 445,
        method: 'gnss',
        altitudeM: 42,
        floor: 'G',
        doubts: [],
      },
    });
    expect(JSON.stringify([aml, read(first)])).not.toMatch(/490154203237518|001011234567890/);
  });

  test('tells its confidence as a share of one where it is Android’s', () => {
    const { location_certainty: _, ...rest } = told;
    const confidence = (location_confidence: string): number | undefined =>
      posted({ ...rest, location_confidence }).location.confidence;
    expect([confidence('0.68'), confidence('1'), confidence('68'), confidence('0')]).toEqual([68, 100, 68, undefined]);
    expect(posted({ ...rest, location_confidence: 'high' }).location.doubts).toEqual(['unreadable-field']);
  });

  test('is read with any of its fields missing', () => {
    expect(posted({ device_number: '07700900123' }).location.fix).toEqual({ kind: 'none', why: 'not-told' });
    const bare = posted({ location_latitude: '54.1', location_longitude: '-1.5' });
    expect(bare).toMatchObject({ number: null, location: { fix: { kind: 'point', radiusM: null }, doubts: [] } });
    const zero = posted({ ...told, location_latitude: '0.0', location_longitude: '0.0', location_accuracy: '0' });
    expect(zero.location.fix).toEqual({ kind: 'none', why: 'zero-position' });
    expect(posted({ ...told, device_number: '../../etc' }).number).toBeNull();
  });

  test.each([
    ['other fields', 'a=1&b=2', /form fields such as/],
    ['nothing', '', /form fields such as/],
    ['a field twice', 'location_latitude=54.1&location_latitude=54.2', /twice/],
    ['a latitude that is no number', 'location_latitude=x&location_longitude=1', /degrees such as/],
    ['too much of it', `location_latitude=${'1'.repeat(9_000)}`, /at most 8192/],
  ])('is refused with %s', (_, body, problem) => {
    expect(parseAml('post', body)).toEqual({ ok: false, problem: expect.stringMatching(problem) as string });
  });
});

const degrees = (most: number): fc.Arbitrary<number> =>
  fc.integer({ min: -most * 100_000, max: most * 100_000 }).map((scaled) => scaled / 100_000 + 0);
const someMethod = fc.constantFrom('wifi', 'gnss', 'cell', undefined);
const somewhere: fc.Arbitrary<LocationTold> = fc
  .record({
    latitude: degrees(90).filter((one) => Math.abs(one) >= 0.01),
    longitude: degrees(180),
    radiusM: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
    confidence: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
    takenAt: fc.option(
      fc.integer({ min: 0, max: 4_102_444_799 }).map((seconds) => seconds * 1_000),
      { nil: undefined },
    ),
    method: someMethod,
  })
  .map(({ latitude, longitude, radiusM, ...rest }) => ({
    source: 'aml',
    fix: { kind: 'point', latitude, longitude, radiusM },
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    doubts: [],
  }));

describe('whatever is sent', () => {
  test('a location written in any form is read back as it was', () => {
    fc.assert(
      fc.property(somewhere, (location) => {
        expect(read(amlText(location)).location).toEqual(location);
        expect(parseAml('data', packed(amlText(location)))).toMatchObject({ ok: true, value: { location } });
        const body = parseAml('post', amlPost(location, '+447700900123'));
        expect(body).toMatchObject({ ok: true, value: { location, number: '+447700900123' } });
      }),
      propertySettings(300),
    );
  });

  test('no fix written is no fix read', () => {
    const location: LocationTold = { source: 'aml', fix: { kind: 'none', why: 'no-fix' }, takenAt, doubts: [] };
    expect(read(amlText(location)).location).toEqual(location);
    const body = parseAml('post', amlPost(location, null));
    expect(body).toMatchObject({ ok: true, value: { location: { fix: { kind: 'none', why: 'zero-position' } } } });
  });

  const pieces = [
    'A"ML=',
    '1',
    '2',
    ';',
    '=',
    'lt',
    'lg',
    'rd',
    'top',
    'lo',
    'et',
    'pm',
    'N',
    '0',
    '-',
    '.',
    '1e9',
    '\0',
  ];
  const posts = ['location_latitude=', 'location_longitude=', 'device_number=', '&', '%', '+', '%00', '%ff'];
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(fc.constantFrom(...pieces, ...posts), { maxLength: 40 }).map((some) => some.join('')),
  );

  test('nothing throws, and what is read is always a location that the room can take', () => {
    const schema = commandSchemas.get('RecordLocation');
    fc.assert(
      fc.property(fc.constantFrom(...amlForms), fc.oneof(anyText, fc.uint8Array({ maxLength: 300 })), (form, body) => {
        const parsed = parseAml(form, body);
        if (!parsed.ok) return;
        const data = { location: 'l1', contact: 'c1', ...parsed.value.location };
        expect(schema?.safeParse(data).error).toBeUndefined();
      }),
      propertySettings(1_000),
    );
  });

  test('latitude and longitude nought are never plotted, however they are written', () => {
    const nought = fc.constantFrom('0', '+0', '-0', '00.00000', '-000.00000', '0.0', '0e0', '+00.00001', '-0.009');
    fc.assert(
      fc.property(nought, nought, fc.constantFrom('W', 'G', 'C', 'N', 'U', 'Z'), (lt, lg, pm) => {
        expect(read(`A"ML=1;lt=${lt};lg=${lg};rd=9;pm=${pm}`).location.fix.kind).toBe('none');
        expect(read(`A"ML=2;lo=${lt},${lg},9;ls=${pm}`).location.fix.kind).toBe('none');
        expect(posted({ location_latitude: lt, location_longitude: lg, location_source: pm }).location.fix.kind).toBe(
          'none',
        );
      }),
      propertySettings(200),
    );
  });
});

test('the module that reads AML names neither identifier of a handset or its card', () => {
  const source = readFileSync(new URL('./aml.ts', import.meta.url), 'utf8');
  expect(source).not.toMatch(/device_imsi|device_imei|'si'|'ei'/);
});
