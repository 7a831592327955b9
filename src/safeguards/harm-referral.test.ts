import { expect, test } from 'vitest';
import { controlRoom, gatesOf, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { harmReferral } from './harm-referral.ts';

const id = 'harm-referral';
const woman = { kind: 'person', name: 'Ada Marsh' };
const house = { kind: 'place', premises: '4', street: 'Mill Row', town: 'Easton' };
const hospital = { kind: 'place', premises: 'Main Wing', street: 'Infirmary Road', town: 'Easton', public: true };
const authority = 'standards-1';

function room(): ControlRoom {
  const control = controlRoom([harmReferral]);
  control.does('owner-1', 'EnrolStaff', { staff: authority, role: 'appropriate-authority' });
  control.does(authority, 'SignOn', { staff: authority, position: 'standards' });
  return control;
}

/** The founding case: calls about one house, nobody sent; then the death. */
function afterCalls(): ControlRoom {
  const control = room();
  control.call('c1', { subjects: { ada: [woman, 'caller'], house: [house, 'scene'] }, ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds: ['disturbance'], grade: 'scheduled' });
  control.wait('2 h');
  return control;
}

const harm = { harm: 'h1', kind: 'death', subjects: ['ada'], says: 'found dead' };
const state = (control: ControlRoom) => control.room().harms.get('h1')?.referral;

test('a death after calls for help is drafted for referral, everything is held, and the manager is alarmed', () => {
  const control = afterCalls();
  control.does('supervisor-1', 'RecordHarm', { ...harm, incident: 'i1' });
  expect(state(control)).toBe('drafted');
  expect(control.room().holds.keySeq().toArray().toSorted()).toEqual(['ada', 'c1', 'i1']);
  expect(control.raised(id).map((one) => one.level)).toEqual(['alarm']);
  expect(control.duties(id)[0]?.owner).toEqual({ role: 'fim' });
  control.wait('60 min');
  expect(control.raised(id).map((one) => one.level)).toEqual(['alarm', 'prompt']);
});

test('it is due by the end of the next day on British clocks from the first awareness, in summer too', () => {
  const control = afterCalls();
  const awareAt = Date.UTC(2026, 1, 3, 13, 30);
  control.does('supervisor-1', 'RecordHarm', { ...harm, incident: 'i1', awareAt });
  expect(control.duties(id)[0]?.dueAt).toBe(Date.UTC(2026, 1, 4, 23, 59));
  control.wait('40 h');
  expect(control.rungs(id).map((one) => one.to)).toContain('appropriate-authority');
  const summer = afterCalls();
  summer.wait('180 d');
  const lateEvening = Date.UTC(2026, 6, 31, 23, 30);
  summer.does('supervisor-1', 'RecordHarm', { ...harm, incident: 'i1', awareAt: lateEvening });
  expect(summer.duties(id)[0]?.why[0]?.code).toBe('refer');
  expect(summer.duties(id)[0]?.dueAt).toBe(Date.UTC(2026, 7, 2, 22, 59));
});

test('when the time has already passed it says so and climbs at once', () => {
  const control = afterCalls();
  const awareAt = Date.UTC(2026, 1, 3, 13, 0);
  control.wait('5 d');
  control.does('supervisor-1', 'RecordHarm', { ...harm, incident: 'i1', awareAt });
  expect(control.duties(id)[0]?.why[0]?.code).toBe('late-already');
  control.wait('1 min');
  expect(control.rungs(id).map((one) => one.to)).toContain('appropriate-authority');
});

test('an earlier call from the same dwelling is earlier contact', () => {
  const control = room();
  control.call('c1', { subjects: { house: [house, 'scene'] }, ends: 'ended' });
  control.wait('3 h');
  control.does('handler-1', 'RecordSubject', { subject: 'house2', identity: house });
  control.does('supervisor-1', 'RecordHarm', { ...harm, subjects: ['house2'] });
  expect(state(control)).toBe('drafted');
});

test.each([
  ['within twelve months', 200, 'drafted'],
  ['longer ago', 400, 'none'],
])('history that comes back with contact %s', (_, days, expected) => {
  const control = room();
  control.does('handler-1', 'RecordSubject', { subject: 'ada', identity: woman });
  control.does('supervisor-1', 'RecordHarm', harm);
  expect(state(control)).toBe('none');
  const [asked] = control.facts('CheckRequested');
  expect(asked?.body).toMatchObject({ source: 'own-history' });
  const check = asked?.ids['check'];
  const when = Date.UTC(2026, 1, 3) - span(`${days} d`);
  const finding = { id: 'f1', kind: 'incident', subject: 'ada', when, source: 'own-history', says: 'domestic' };
  control.does('heed', 'CompleteCheck', { check, result: 'found', findings: [{ ...finding, strength: 'strong' }] });
  expect(state(control)).toBe(expected);
});

test('it is quiet when there was no earlier contact and history knows of none', () => {
  const control = room();
  control.does('handler-1', 'RecordSubject', { subject: 'ada', identity: woman });
  control.does('supervisor-1', 'RecordHarm', harm);
  control.checks('no-trace');
  control.wait('3 d');
  expect(control.raised(id)).toEqual([]);
  expect(control.facts('LegalHoldPlaced')).toEqual([]);
});

test('the report of the death itself is no earlier contact', () => {
  const control = room();
  control.call('c1', { subjects: { ada: [woman, 'subject'] }, ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds: ['death'], grade: 'priority' });
  control.wait('2 h');
  control.does('supervisor-1', 'RecordHarm', { ...harm, incident: 'i1' });
  expect(control.raised(id)).toEqual([]);
});

test('calls of other people from the same hospital are no earlier contact', () => {
  const control = room();
  control.call('c1', { subjects: { ward: [hospital, 'scene'] }, ends: 'ended' });
  control.wait('3 h');
  control.does('handler-1', 'RecordSubject', { subject: 'ada', identity: woman });
  control.does('handler-1', 'RecordSubject', { subject: 'ward2', identity: hospital });
  control.does('supervisor-1', 'RecordHarm', { ...harm, subjects: ['ada', 'ward2'] });
  expect(control.raised(id)).toEqual([]);
});

test('a referral that was made meets it', () => {
  const control = afterCalls();
  control.does('supervisor-1', 'RecordHarm', { ...harm, incident: 'i1' });
  control.does('fim-1', 'MakeReferral', { harm: 'h1', to: 'the watchdog', reference: 'r-9' });
  expect(control.duties(id)).toEqual([]);
});

test('only the appropriate authority decides against one', () => {
  const control = afterCalls();
  control.does('supervisor-1', 'RecordHarm', { ...harm, incident: 'i1' });
  const against = { harm: 'h1', reason: 'a natural death, certified' };
  expect(gatesOf(control.does('fim-1', 'DecideAgainstReferral', against))).toEqual([id]);
  expect(control.does('fim-1', 'DecideAgainstReferral', against, 'it is plain')).toEqual({ kind: 'done' });
  expect(control.duties(id).length).toBeGreaterThan(0);
  control.does(authority, 'DecideAgainstReferral', against);
  expect(control.duties(id)).toEqual([]);
});
