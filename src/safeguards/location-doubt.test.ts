import { expect, test } from 'vitest';
import { controlRoom, gatesOf, nationalPolicy, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { locationDoubt } from './location-doubt.ts';

const id = 'location-doubt';
const house = { kind: 'place', premises: '14', street: 'Mill Road', town: 'Ashmere' };

function told(subjects: Record<string, readonly [unknown, string]> = { house: [house, 'scene'] }): ControlRoom {
  const control = controlRoom([locationDoubt]);
  control.call('c1', { subjects });
  control.opens('i1', { contact: 'c1', grade: 'emergency' });
  return control;
}

let count = 0;
function located(control: ControlRoom, data: Record<string, unknown>, who = 'heed'): void {
  count += 1;
  control.does(who, 'RecordLocation', { location: `l${count}`, contact: 'c1', ...data });
}

const codes = (control: ControlRoom) => control.duties(id).map((one) => one.why.at(-1)?.code);
const spoken = (control: ControlRoom) => control.raised(id).map((one) => one.level);
const readBack = (control: ControlRoom): void => {
  located(control, { source: 'caller', address: '14 Mill Road, Ashmere', verified: true }, 'handler-1');
};
const point = (latitude: number, longitude: number, radiusM: number | null = 20) => ({
  kind: 'point',
  latitude,
  longitude,
  radiusM,
});

test('an address in another street than the one that was told is a prompt after a minute, and climbs', () => {
  const control = told();
  located(control, { source: 'gazetteer', address: '14 Mill Lane, Ashmere' });
  expect(spoken(control)).toEqual([]);
  control.wait('5 min');
  expect(spoken(control)).toEqual(['prompt']);
  expect(control.rungs(id)).toEqual([{ to: 'supervisor', afterMs: span('3 min') }]);
});

test('read back to the caller, it ends; in the minute before, it is never heard', () => {
  const control = told();
  located(control, { source: 'gazetteer', address: '14 Mill Lane, Ashmere' });
  readBack(control);
  control.wait('10 min');
  expect(spoken(control)).toEqual([]);
});

test('the same street, however it is written, is no doubt', () => {
  const control = told();
  located(control, { source: 'gazetteer', address: 'FLAT 2, 14 MILL ROAD, ASHMERE, ZZ1 2AB' });
  control.wait('10 min');
  expect(spoken(control)).toEqual([]);
});

test('two addresses stored for one number are asked about', () => {
  const control = told();
  located(control, { source: 'eisec', address: '3 Quay Street, Ashmere' });
  expect(codes(control)).toEqual([]);
  located(control, { source: 'eisec', address: '9 Hill Terrace, Ashmere' });
  expect(codes(control)).toEqual(['stored-twice']);
});

test('a house is not believed from a position that only shows an area', () => {
  const control = told();
  located(control, { source: 'pidf-lo', address: '14 Mill Road, Ashmere', fix: point(54.1, -1.5, 600) });
  expect(codes(control)).toEqual(['house-from-radius']);
  const exact = told();
  located(exact, { source: 'pidf-lo', address: '14 Mill Road, Ashmere', fix: point(54.1, -1.5, 15) });
  expect(codes(exact)).toEqual([]);
});

test('a position of nought or an old one is asked about only where no place was told', () => {
  const without = told({});
  located(without, { source: 'aml', fix: point(0, 0) });
  expect(codes(without)).toEqual(['no-position']);
  const withPlace = told();
  located(withPlace, { source: 'aml', fix: point(0, 0) });
  withPlace.wait('10 min');
  expect(spoken(withPlace)).toEqual([]);
  without.does('handler-1', 'Mention', { subject: 'house', identity: house, incident: 'i1', role: 'scene' });
  expect(without.duties(id)).toEqual([]);
});

test('a position outside the area of the force is asked about, where policy says what that is', () => {
  const border = [
    [54, -2],
    [54, -1],
    [55, -1],
    [55, -2],
  ].map(([latitude = 0, longitude = 0]) => ({ latitude, longitude }));
  const { policy } = nationalPolicy();
  for (const [longitude, found] of [
    [-1.5, []],
    [-2.5, ['outside-force']],
  ] as const) {
    const control = told();
    control.does('heed', 'AdoptPolicy', { digest: 'area', text: { ...policy, area: border } });
    control.does('owner-1', 'AdoptPolicy', { digest: 'area', text: { ...policy, area: border } });
    located(control, { source: 'aml', fix: point(54.5, longitude) });
    expect(codes(control)).toEqual(found);
  }
});

test('sending never waits for it; nothing found at an unproven place is an alarm and no outcome', () => {
  const control = told();
  located(control, { source: 'gazetteer', address: '14 Mill Lane, Ashmere' });
  expect(control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' }).kind).toBe(
    'done',
  );
  control.does('heed', 'RecordResult', { deployment: 'd1', outcome: 'no-answer' });
  expect(spoken(control)).toEqual(['alarm']);
  const close = { incident: 'i1', code: 'no-trace', reason: 'all in order' };
  expect(gatesOf(control.does('supervisor-1', 'CloseIncident', close))).toEqual([id]);
  readBack(control);
  expect(control.duties(id)).toEqual([]);
});

test('whoever was seen there proves the place', () => {
  const control = told();
  located(control, { source: 'gazetteer', address: '14 Mill Lane, Ashmere' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  const seen = [{ identified: 'document', apart: true, safe: true }];
  control.does('heed', 'RecordResult', { deployment: 'd1', outcome: 'seen', seen });
  expect(control.duties(id)).toEqual([]);
});

test('one event that several callers see from several streets is no doubt', () => {
  const control = told();
  located(control, { source: 'gazetteer', address: '14 Mill Road, Ashmere' });
  const lane = { kind: 'place', street: 'Mill Lane', town: 'Ashmere' };
  control.call('c2', { subjects: { lane: [lane, 'scene'] } });
  control.does('handler-1', 'RecordLocation', {
    location: 'l-c2',
    contact: 'c2',
    source: 'gazetteer',
    address: 'Mill Lane, Ashmere',
  });
  control.does('handler-1', 'JoinContact', { contact: 'c2', incident: 'i1' });
  control.wait('10 min');
  expect(spoken(control)).toEqual([]);
});
