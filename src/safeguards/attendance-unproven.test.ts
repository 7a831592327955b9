import { expect, test } from 'vitest';
import { controlRoom, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { attendanceUnproven } from './attendance-unproven.ts';

const id = 'attendance-unproven';
const woman = { kind: 'person', name: 'Ada Marsh' };
const other = { kind: 'person', name: 'Cora Pell' };
const seenSafe = { subject: 'ada', identified: 'document', apart: true, safe: true };

function attended(result: Record<string, unknown>, kinds: readonly string[] = ['domestic']): ControlRoom {
  const control = controlRoom([attendanceUnproven]);
  control.call('c1', { subjects: { ada: [woman, 'victim'] }, ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds, grade: 'priority' });
  control.does('handler-1', 'RecordSubject', { subject: 'cora', identity: other });
  goes(control, 'd1', 'unit-1', result);
  return control;
}

function goes(control: ControlRoom, deployment: string, unit: string, result: Record<string, unknown>): void {
  control.does('dispatcher-1', 'AssignUnit', { deployment, incident: 'i1', unit });
  control.does('dispatcher-1', 'MarkArrived', { deployment });
  control.does('dispatcher-1', 'RecordResult', { deployment, ...result });
}

const missing = (control: ControlRoom) => control.duties(id)[0]?.why[0]?.params['missing'];

test.each([
  ['no answer at the door', { outcome: 'no-answer' }, 'no-outcome'],
  ['an area search', { outcome: 'area-search', searched: ['the park'] }, 'no-outcome'],
  ['nothing found, nowhere searched', { outcome: 'nothing-found', seen: [seenSafe] }, 'not-searched'],
  ['seen, but not whom', { outcome: 'seen' }, 'not-named, nobody-seen'],
  ['dealt with, nobody seen', { outcome: 'dealt-with' }, 'nobody-seen'],
  ['seen among others', { outcome: 'seen', seen: [{ ...seenSafe, apart: false }] }, 'not-seen-safe'],
  [
    'seen, not identified',
    { outcome: 'seen', seen: [{ ...seenSafe, identified: 'not-identified' }] },
    'not-identified, not-seen-safe',
  ],
  ['somebody else seen', { outcome: 'seen', seen: [{ ...seenSafe, subject: 'cora' }] }, 'somebody-else, not-seen-safe'],
])('not accepted as attended: %s', (_, result, lacks) => {
  const control = attended(result);
  expect(control.raised(id).map((one) => one.level)).toEqual(['prompt']);
  expect(missing(control)).toBe(lacks);
});

test('the dispatcher is asked for the next step within five minutes, and the supervisor fifteen later', () => {
  const control = attended({ outcome: 'no-answer' });
  expect(control.duties(id)[0]?.owner).toEqual({ role: 'dispatcher' });
  control.wait('30 min');
  expect(control.rungs(id)).toEqual([{ to: 'supervisor', afterMs: span('20 min') }]);
});

test.each([
  ['she was seen safe, apart, and known', { outcome: 'seen', seen: [seenSafe] }, ['domestic']],
  ['an ordinary matter was dealt with', { outcome: 'dealt-with' }, ['road-other']],
  ['an ordinary place was searched', { outcome: 'nothing-found', searched: ['the yard'] }, ['suspicious']],
])('it is quiet when %s', (_, result, kinds) => {
  expect(attended(result, kinds).raised(id)).toEqual([]);
});

test.each([
  ['another unit sent', 'AssignUnit', { deployment: 'd9', incident: 'i1', unit: 'unit-3' }],
  ['further attendance decided', 'DecideAttendance', { incidents: ['i1'], send: true, reason: 'try again' }],
])('it is met by %s', (_, type, data) => {
  const control = attended({ outcome: 'no-answer' });
  control.does('dispatcher-1', type, data);
  expect(control.duties(id)).toEqual([]);
});

test('it is met by a whole result of another unit, and not by a second empty one', () => {
  const control = attended({ outcome: 'no-answer' });
  goes(control, 'd2', 'unit-2', { outcome: 'no-answer' });
  expect(control.duties(id).map((duty) => duty.about)).toEqual(['deployment:d2']);
  goes(control, 'd3', 'unit-3', { outcome: 'seen', seen: [seenSafe] });
  expect(control.duties(id)).toEqual([]);
});

test('an entry that says she is fine does not meet it', () => {
  const control = attended({ outcome: 'no-answer' });
  control.does('dispatcher-1', 'AddEntry', { incident: 'i1', text: 'spoke to her, all in order' });
  expect(control.duties(id)).toHaveLength(1);
});

test('a unit stood down at the scene owes what it found, and may still say it', () => {
  const control = controlRoom([attendanceUnproven]);
  control.opens('i1', { grade: 'priority' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  control.does('dispatcher-1', 'StandDown', { deployment: 'd1', reason: 'all in order' });
  expect(control.raised('attendance-unproven').map((one) => one.level)).toEqual(['prompt']);
  control.does('dispatcher-1', 'RecordResult', { deployment: 'd1', outcome: 'dealt-with' });
  expect(control.duties('attendance-unproven')).toEqual([]);
});
