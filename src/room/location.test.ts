import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { reasonOf } from '../../test/hostile.ts';
import { propertySettings } from '../../test/runs.ts';
import type { StoredEvent } from './define.ts';
import { evolve, fold } from './fold.ts';
import { fix, isPlotted, keptFixOf, locationsOf } from './location.ts';
import type { Fix } from './location.ts';
import { emptyRoom } from './room.ts';
import { commandSchemas, eventDefinitions } from './vocabulary.ts';

const here = { kind: 'point', latitude: 54.12345, longitude: -1.54321, radiusM: 14 };
const none = { kind: 'none', why: 'no-fix' };

function answering(): ControlRoom {
  const control = controlRoom([]);
  control.call('c1');
  return control;
}

function says(control: ControlRoom, location: string, data: Record<string, unknown> = {}): void {
  const outcome = control.does('heed', 'RecordLocation', { location, contact: 'c1', source: 'aml', ...data });
  expect(reasonOf(outcome)).toBe('done');
}

function fixesOf(control: ControlRoom, incident: string): readonly (readonly [string, Fix])[] {
  const held = control.room().incidents.get(incident);
  return held === undefined ? [] : locationsOf(control.room(), held).map((one) => [one.id, one.fix]);
}

describe('a location', () => {
  test('stands beside every other of its contact, with who said it and when it was taken', () => {
    const control = answering();
    const takenAt = control.room().now;
    says(control, 'l1', { fix: here, takenAt, confidence: 68, method: 'wifi' });
    control.wait('30 s');
    says(control, 'l2', { fix: { ...here, latitude: 54.13 }, method: 'gnss' });
    control.does('handler-1', 'RecordLocation', {
      location: 'l3',
      contact: 'c1',
      source: 'caller',
      address: 'behind the mill',
    });
    expect(control.room().locationsOn.get('c1')).toEqual(['l1', 'l2', 'l3']);
    expect(control.room().locations.get('l1')).toMatchObject({
      source: 'aml',
      by: 'heed',
      fix: here,
      takenAt,
      confidence: 68,
      method: 'wifi',
      verified: null,
      doubts: [],
    });
    expect(control.room().locations.get('l3')).toMatchObject({
      source: 'caller',
      by: 'handler-1',
      fix: { kind: 'none', why: 'not-told' },
      address: 'behind the mill',
    });
  });

  test('is never put in the place of another, and belongs to something that the room knows', () => {
    const control = answering();
    says(control, 'l1', { fix: here });
    const again = { location: 'l1', contact: 'c1', source: 'aml', fix: none };
    expect(reasonOf(control.does('heed', 'RecordLocation', again))).toBe('location-taken');
    expect(control.room().locations.get('l1')?.fix).toEqual(here);
    const told = (data: object): string =>
      reasonOf(control.does('heed', 'RecordLocation', { location: 'l2', source: 'aml', ...data }));
    expect(told({})).toBe('nothing-named');
    expect(told({ contact: 'c9' })).toBe('contact-unknown');
    expect(told({ incident: 'i9' })).toBe('incident-unknown');
  });

  test('that a machine gives is given by a machine; a person says it as their own', () => {
    const control = answering();
    for (const source of ['eisec', 'aml', 'pidf-lo', 'ecall'])
      expect(
        reasonOf(control.does('handler-1', 'RecordLocation', { location: 'l1', contact: 'c1', source, fix: here })),
      ).toBe('machines-only');
    const own = { location: 'l1', contact: 'c1', source: 'operator', fix: here };
    expect(reasonOf(control.does('handler-1', 'RecordLocation', own))).toBe('done');
    const blank = { location: 'l2', contact: 'c1', source: 'caller', address: ' - ' };
    expect(reasonOf(control.does('handler-1', 'RecordLocation', blank))).toBe('words-needed');
  });

  test('that was taken long ago or ahead of time is kept and says so', () => {
    const control = answering();
    const { now } = control.room();
    says(control, 'l1', { fix: here, takenAt: now - 16 * 60_000 });
    says(control, 'l2', { fix: here, takenAt: now + 3 * 60_000, doubts: ['unreadable-field'] });
    says(control, 'l3', { fix: here, takenAt: now - 14 * 60_000 });
    expect(['l1', 'l2', 'l3'].map((one) => control.room().locations.get(one)?.doubts)).toEqual([
      ['stale'],
      ['unreadable-field', 'ahead-of-time'],
      [],
    ]);
  });
});

describe('a location without a fix', () => {
  test('is kept as evidence that there was none', () => {
    const control = answering();
    says(control, 'l1', { fix: none });
    expect(control.room().locations.get('l1')?.fix).toEqual(none);
  });

  test.each([
    [0, 0],
    [-0, 0.00001],
    [0.004, -0.009],
  ])('is what latitude %d and longitude %d are, in every shape', (latitude, longitude) => {
    const around = [
      { latitude: 51, longitude: 0 },
      { latitude: 51, longitude: 1 },
      { latitude, longitude },
    ];
    const shapes = [
      { kind: 'point', latitude, longitude, radiusM: 20 },
      { kind: 'ellipse', latitude, longitude, majorM: 20, minorM: 10, orientationDeg: 0 },
      { kind: 'area', corners: around },
    ];
    const control = answering();
    for (const [n, shape] of shapes.entries()) says(control, `l${n}`, { fix: shape });
    for (const one of control.room().locations.values())
      expect(one.fix).toEqual({ kind: 'none', why: 'zero-position' });
  });

  test('is not what the meridian or the equator alone are', () => {
    expect(keptFixOf({ kind: 'point', latitude: 51.47779, longitude: 0, radiusM: null }).kind).toBe('point');
  });
});

const degrees = (most: number): fc.Arbitrary<number> =>
  fc.oneof(fc.double({ min: -most, max: most, noNaN: true }), fc.constantFrom(0, -0, most, -most, 1e-9));
const corner = fc.record({ latitude: degrees(90), longitude: degrees(180) });
const metres = fc.integer({ min: 1, max: 1_000_000 });
const anyFix = fc.oneof(
  fc.record({ kind: fc.constant('point'), latitude: degrees(90), longitude: degrees(180), radiusM: metres }),
  fc.record({
    kind: fc.constant('ellipse'),
    latitude: degrees(90),
    longitude: degrees(180),
    majorM: metres,
    minorM: metres,
    orientationDeg: fc.integer({ min: 0, max: 359 }),
  }),
  fc.record({ kind: fc.constant('area'), corners: fc.array(corner, { minLength: 3, maxLength: 64 }) }),
);

describe('a fix as it is kept', () => {
  test('reads the same from its own text, is kept the same again, and is never nowhere', () => {
    fc.assert(
      fc.property(anyFix, (told) => {
        const kept = keptFixOf(fix.parse(told));
        expect(fix.parse(JSON.parse(JSON.stringify(kept)))).toStrictEqual(kept);
        expect(keptFixOf(kept)).toStrictEqual(kept);
        if (!isPlotted(kept)) return;
        const places = kept.kind === 'area' ? kept.corners : [kept];
        for (const { latitude, longitude } of places) {
          expect(Math.abs(latitude) < 0.01 && Math.abs(longitude) < 0.01).toBe(false);
          expect(Math.abs(latitude)).toBeLessThanOrEqual(90);
          expect(String(Math.abs(longitude))).toMatch(/^\d{1,3}(\.\d{1,5})?$|^\d(\.\d)?e-5$/);
        }
        expect(kept.kind === 'ellipse' && kept.majorM < kept.minorM).toBe(false);
      }),
      propertySettings(300),
    );
  });

  test('has coordinates on the earth and a radius that says something', () => {
    for (const wrong of [
      { ...here, latitude: 90.1 },
      { ...here, longitude: -180.1 },
      { ...here, latitude: Number.NaN },
      { ...here, radiusM: 0 },
      { ...here, radiusM: 2_000_000 },
      { kind: 'none', why: 'no-fix', latitude: 1 },
      { kind: 'none', why: 'erased' },
      { kind: 'area', corners: [here, here] },
    ])
      expect(fix.safeParse(wrong).success).toBe(false);
  });
});

function joined(): ControlRoom {
  const control = answering();
  says(control, 'l1', { fix: here });
  control.opens('i1', { contact: 'c1' });
  control.does('dispatcher-1', 'RecordLocation', {
    location: 'l2',
    incident: 'i1',
    source: 'gazetteer',
    address: '1 Low Row',
  });
  control.opens('i2');
  const assessed = { incident: 'i1', into: 'i2', reason: 'the same event' };
  expect(reasonOf(control.does('supervisor-1', 'JoinIncidents', assessed))).toBe('done');
  return control;
}

describe('a location travels', () => {
  test('into the incident that its contact opens, and what comes later is the incident’s too', () => {
    const control = answering();
    says(control, 'l1', { fix: here });
    control.opens('i1', { contact: 'c1' });
    says(control, 'l2', { fix: none });
    expect(control.facts('LocationRecorded').map((event) => event.ids['incident'])).toEqual([undefined, 'i1']);
    expect(control.facts('LocationRecorded').map((event) => event.scope)).toEqual(['room', 'incident:i1']);
    expect(fixesOf(control, 'i1').map(([one]) => one)).toEqual(['l1', 'l2']);
    expect([...control.room().locations.values()].map((one) => one.incident)).toEqual(['i1', 'i1']);
  });

  test('into the incident that its own is joined into', () => {
    const control = joined();
    expect(fixesOf(control, 'i2').map(([one]) => one)).toEqual(['l1', 'l2']);
    expect([...control.room().locations.values()].map((one) => one.incident)).toEqual(['i2', 'i2']);
  });

  test('and stays there, with its contact, when the incident it came from leaves the room', () => {
    const control = joined();
    control.wait('15 d');
    expect(reasonOf(control.does('heed', 'ArchiveIncident', { incident: 'i1' }))).toBe('done');
    expect(control.room().contacts.has('c1')).toBe(true);
    expect(fixesOf(control, 'i2').map(([one]) => one)).toEqual(['l1', 'l2']);
    expect(control.room().locationsOn.has('i1')).toBe(false);
  });

  test('out of the room with its incident, and back with it as it was', () => {
    const control = answering();
    says(control, 'l1', { fix: here });
    control.opens('i1', { contact: 'c1', grade: 'priority' });
    says(control, 'l2', { fix: none });
    const before = JSON.stringify(fixesOf(control, 'i1'));
    const events = control.events().filter((one) => one.ids['incident'] === 'i1' || one.ids['contact'] === 'c1');
    control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'advice', reason: 'advised' });
    control.wait('15 d');
    control.does('heed', 'ArchiveIncident', { incident: 'i1' });
    expect([control.room().locations.size, control.room().locationsOn.size]).toEqual([0, 0]);
    control.does('heed', 'Recall', { incident: 'i1', digest: 'sha256:0', events });
    expect(JSON.stringify(fixesOf(control, 'i1'))).toBe(before);
  });
});

describe('a location that was lawfully erased', () => {
  test('leaves that there was one, and not a digit of where', () => {
    const control = answering();
    says(control, 'l1', { fix: here, address: '1 Low Row', told: 'zone 7' });
    const events = control
      .events()
      .map((one): StoredEvent => (one.type === 'LocationRecorded' ? { ...one, body: null } : one));
    const room = fold(emptyRoom('room-1', 'replay'), events);
    expect(room.locations.get('l1')).toMatchObject({
      fix: { kind: 'none', why: 'erased' },
      source: 'other',
      address: null,
      told: null,
    });
    expect(JSON.stringify(room)).not.toMatch(/54\.12|Low Row/);
  });

  test('and one of a contact that nobody knows changes nothing else', () => {
    const [template] = answering().events();
    if (template === undefined) throw new Error('no events');
    const ids = { location: 'l1', contact: 'c9' };
    const room = evolve(emptyRoom('room-1', 'replay'), { ...template, type: 'LocationRecorded', ids, body: null });
    expect(room.contacts.size).toBe(0);
    expect(room.locations.get('l1')?.fix.kind).toBe('none');
  });
});

test('the command has its schema and the event its definition in the one vocabulary', () => {
  const schema = commandSchemas.get('RecordLocation');
  expect(schema?.safeParse({ location: 'l1', contact: 'c1', source: 'caller', address: 'the mill' }).success).toBe(
    true,
  );
  expect(schema?.safeParse({ location: 'l1', contact: 'c1', source: 'rumour' }).success).toBe(false);
  expect(eventDefinitions.get('LocationRecorded')?.version).toBe(1);
});
