import { expect, test } from 'vitest';
import { controlRoom, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { stateMismatch } from './state-mismatch.ts';

const id = 'state-mismatch';

function room(): ControlRoom {
  const control = controlRoom([stateMismatch]);
  control.opens('i1', { grade: 'priority' });
  return control;
}

function shows(control: ControlRoom, fact: string, says: string): void {
  control.does('heed', 'ReportShown', { incident: 'i1', source: 'dispatch', fact, shows: says });
}

const codes = (control: ControlRoom) => control.duties(id).map((one) => one.why[0]?.code);

test('a grade that another screen shows otherwise is an alarm to a supervisor and the owner of the system', () => {
  const control = room();
  shows(control, 'grade', 'scheduled');
  control.wait('1 min');
  expect(control.raised(id)).toEqual([]);
  control.wait('1 min');
  expect(control.raised(id)).toMatchObject([{ level: 'alarm', about: 'incident:i1' }]);
  control.wait('1 min');
  expect(control.rungs(id)).toEqual([
    { to: 'supervisor', afterMs: span('2 min') },
    { to: 'system-owner', afterMs: span('2 min') },
  ]);
});

test('two systems that are a moment apart say nothing', () => {
  const control = room();
  shows(control, 'grade', 'scheduled');
  control.wait('1 min');
  shows(control, 'grade', 'priority');
  control.wait('1 h');
  expect(control.raised(id)).toEqual([]);
});

test('it is reconciled on either side', () => {
  const control = room();
  shows(control, 'grade', 'emergency');
  control.does('handler-1', 'SetGrade', { incident: 'i1', grade: 'emergency', reason: 'as they have it' });
  expect(control.duties(id)).toEqual([]);
});

test('what waits for a unit and stands in no queue is found; what is served may leave it', () => {
  const control = room();
  shows(control, 'queue', 'none');
  expect(codes(control)).toEqual(['queue-differs']);
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  expect(control.duties(id)).toEqual([]);
});

test('an arrest that no custody record shows is found, and a custody record before the result is not', () => {
  const control = room();
  shows(control, 'custody', 'held');
  expect(control.duties(id)).toEqual([]);
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('heed', 'RecordResult', { deployment: 'd1', outcome: 'arrested' });
  shows(control, 'custody', 'none');
  expect(codes(control)).toEqual(['custody-differs']);
  shows(control, 'custody', 'held');
  expect(control.duties(id)).toEqual([]);
});

test('a unit that is still going to what was closed is found, and ends when it is stood down', () => {
  const control = room();
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'advice', reason: 'advised' });
  control.wait('2 min');
  expect(control.raised(id)).toHaveLength(1);
  control.does('supervisor-1', 'StandDown', { deployment: 'd1', reason: 'closed' });
  expect(control.duties(id)).toEqual([]);
});

test('records that agree say nothing', () => {
  const control = room();
  for (const [fact, says] of [
    ['state', 'open'],
    ['grade', 'priority'],
    ['queue', 'sending'],
    ['custody', 'none'],
  ] as const)
    shows(control, fact, says);
  control.wait('1 d');
  expect(control.raised(id)).toEqual([]);
});
