import { expect, test } from 'vitest';
import { controlRoom } from './control-room.ts';
import type { ControlRoom } from './control-room.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import type { Debrief } from '../src/views/debrief.ts';
import { debriefOf } from '../src/views/debrief.ts';
import { wordsOf } from '../src/views/words.ts';

function night(): ControlRoom {
  const control = controlRoom(safeguards);
  control.does('owner-1', 'EnrolUnit', { unit: 'kilo-11' });
  control.call('c-1', { words: 'He has a knife and he is in the house' });
  control.opens('i-1', { contact: 'c-1', summary: 'Man with a knife' });
  return control;
}

function of(control: ControlRoom, staff: string, role: string): Debrief {
  const words = wordsOf(safeguards);
  return debriefOf(control.events(), { staff, role, endedAt: control.room().now, words });
}

test('what was demanded in time, late and never is told apart, with who met it', () => {
  const control = night();
  control.wait('20 min');
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd-1', incident: 'i-1', unit: 'kilo-11' });
  control.wait('1 min');
  const { duties } = of(control, 'dispatcher-1', 'dispatcher');
  const sending = duties.find((one) => one.safeguard === 'unresourced');
  expect(sending).toMatchObject({ level: 'alarm', climbed: false });
  expect(duties.every((one) => one.says !== '')).toBe(true);
  expect(new Set(duties.map((one) => one.end)).size).toBeGreaterThan(0);
  for (const { end, metAt, dueAt } of duties) {
    if (end === 'in time') expect(metAt).toBeLessThanOrEqual(dueAt);
    if (end === 'late') expect(metAt).toBeGreaterThan(dueAt);
    if (end === 'missed' || end === 'still open') expect(metAt).toBeNull();
  }
});

test('what climbed to somebody is shown when it reached them', () => {
  const control = night();
  control.wait('20 min');
  const climbed = of(control, 'supervisor-1', 'supervisor').duties.filter((one) => one.climbed);
  expect(climbed.length).toBeGreaterThan(0);
  const [first] = control.rungs(climbed[0]?.safeguard ?? '');
  expect(first).toBeDefined();
});

test('what somebody did stands in its order, and a refusal with what refused it; others’ acts are not theirs', () => {
  const control = night();
  control.does('handler-1', 'CloseIncident', { incident: 'i-1', code: 'advice', reason: 'spoken to' });
  const { acts } = of(control, 'handler-1', 'handler');
  expect(acts.map((one) => one.did[0] ?? one.refused?.command)).toContain('CloseIncident');
  const refused = acts.find((one) => one.refused !== null)?.refused;
  expect(refused?.safeguards).toContain('closing-unsafe');
  expect(refused?.says).not.toBe('');
  expect(of(control, 'handler-2', 'handler').acts).toEqual([]);
});
