import { expect, test } from 'vitest';
import { controlRoom } from './control-room.ts';
import type { ControlRoom } from './control-room.ts';
import { harmReferral } from '../src/safeguards/harm-referral.ts';
import { harmList } from '../src/views/harm-list.ts';
import { wordsOf } from '../src/views/words.ts';

const authority = 'standards-1';

/** A call about a house, and a death there two hours later. */
function afterDeath(): ControlRoom {
  const control = controlRoom([harmReferral]);
  control.does('owner-1', 'EnrolStaff', { staff: authority, role: 'appropriate-authority' });
  control.does(authority, 'SignOn', { staff: authority, position: 'standards' });
  control.call('c1', { subjects: { ada: [{ kind: 'person', name: 'Ada Marsh' }, 'caller'] }, ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds: ['disturbance'], grade: 'scheduled' });
  control.wait('2 h');
  const awareAt = Date.UTC(2026, 1, 3, 13, 30);
  const told = { kind: 'death', subjects: ['ada'], says: 'found dead', incident: 'i1', awareAt };
  control.does('supervisor-1', 'RecordHarm', { harm: 'h1', ...told });
  return control;
}

const lines = (control: ControlRoom) =>
  harmList(control.room(), { now: control.room().now, words: wordsOf([harmReferral]) });

test('a harm stands with its clock, what is held because of it and what is demanded', () => {
  const [harm] = lines(afterDeath());
  expect(harm).toMatchObject({ harm: 'h1', kind: 'death', incident: 'i1', referral: 'drafted', isOpen: true });
  expect(harm?.people).toEqual(['Ada Marsh']);
  expect(harm?.dueAt).toBe(Date.UTC(2026, 1, 4, 23, 59));
  expect(harm?.held.map((one) => one.id).toSorted()).toEqual(['ada', 'c1', 'i1']);
  expect(harm?.duties.length).toBeGreaterThan(0);
});

test('once it is referred it waits for nobody, and what is held stays held', () => {
  const control = afterDeath();
  control.does('supervisor-1', 'MakeReferral', { harm: 'h1', to: 'the Office for Conduct' });
  const [harm] = lines(control);
  expect(harm).toMatchObject({ referral: 'made', isOpen: false, duties: [] });
  expect(harm?.held.length).toBe(3);
});
