import { expect, test } from 'vitest';
import { controlRoom, noon, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { callerUninformed } from './caller-uninformed.ts';

const id = 'caller-uninformed';

function graded(grade = 'priority', channel = '999'): ControlRoom {
  const control = controlRoom([callerUninformed]);
  control.call('c1', { words: 'somebody is banging on my door', channel, ends: 'ended' });
  control.opens('i1', { contact: 'c1', grade });
  return control;
}

function sends(control: ControlRoom, deployment = 'd1', unit = 'unit-1'): void {
  control.does('dispatcher-1', 'AssignUnit', { deployment, incident: 'i1', unit });
  control.does('dispatcher-1', 'MarkEnRoute', { deployment });
}

function diverted(): ControlRoom {
  const control = graded();
  control.opens('i2', { grade: 'emergency' });
  sends(control);
  control.wait('10 min');
  control.does('dispatcher-1', 'DivertUnit', { deployment: 'd9', unit: 'unit-1', to: 'i2', reason: 'immediate' });
  return control;
}

function tells(control: ControlRoom, telling = 'delay'): void {
  control.does('handler-1', 'TellCaller', { contact: 'c1', telling, words: 'it will take longer' });
}

function heard(control: ControlRoom): readonly (readonly [string, number])[] {
  return control.raised(id).map((one) => [one.level, (one.at - noon) / 60_000]);
}

test('past the target with nobody there and nothing said, the dispatcher is prompted and then the supervisor', () => {
  const control = graded();
  control.wait('59 min');
  expect(heard(control)).toEqual([]);
  control.wait('47 min');
  expect(heard(control)).toEqual([['prompt', 60]]);
  expect(control.rungs(id).map((one) => [one.to, one.afterMs / 60_000])).toEqual([
    ['supervisor', 75],
    ['supervisor', 105],
  ]);
});

test('a unit that arrives in time tells them itself', () => {
  const control = graded();
  sends(control);
  control.wait('30 min');
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  control.wait('5 h');
  expect(heard(control)).toEqual([]);
  expect(control.duties(id)).toEqual([]);
});

test('when their unit is diverted they are to be told within five minutes', () => {
  const control = diverted();
  control.wait('6 min');
  expect(heard(control)).toEqual([['prompt', 15]]);
  expect(control.duties(id)[0]?.why[0]?.code).toBe('unit-left');
});

test('another unit on its way within five minutes leaves nothing to tell before the target', () => {
  const control = diverted();
  control.wait('2 min');
  sends(control, 'd2', 'unit-2');
  control.wait('40 min');
  expect(heard(control)).toEqual([]);
  control.wait('9 min');
  expect(heard(control)).toEqual([['prompt', 60]]);
});

test('another unit staying leaves nothing to tell', () => {
  const control = graded();
  sends(control);
  sends(control, 'd2', 'unit-2');
  control.does('dispatcher-1', 'SetUnitStatus', { unit: 'unit-1', status: 'available' });
  control.wait('40 min');
  expect(heard(control)).toEqual([]);
});

test('put off without being told is asked about; put off and told is quiet past the target', () => {
  const until = noon + span('8 h');
  const deferral = { deferral: 'f1', incident: 'i1', reason: 'no-unit-free', until };
  const untold = graded();
  untold.does('supervisor-1', 'Defer', deferral);
  untold.wait('6 min');
  expect(heard(untold)).toEqual([['prompt', 5]]);
  const told = graded();
  told.does('supervisor-1', 'Defer', { ...deferral, personTold: true });
  told.wait('5 h');
  expect(heard(told)).toEqual([]);
});

test('an arrest that is put off without telling anybody is asked about too, and the target still counts', () => {
  const control = graded();
  const until = noon + span('8 h');
  const owner = { role: 'dispatcher' };
  control.does('constable-1', 'RaiseTask', {
    task: 't1',
    kind: 'arrest',
    incident: 'i1',
    owner,
    dueAt: until,
    says: 'x',
  });
  control.does('dispatcher-1', 'Defer', { deferral: 'f1', task: 't1', reason: 'not-due', until, personTold: true });
  control.wait('61 min');
  expect(heard(control)).toEqual([['prompt', 60]]);
});

test('telling them meets it, and it comes again every half hour while nobody has come', () => {
  const control = graded();
  control.wait('65 min');
  tells(control);
  expect(heard(control)).toEqual([['prompt', 60]]);
  control.wait('29 min');
  expect(heard(control)).toHaveLength(1);
  control.wait('2 min');
  expect(heard(control).at(-1)).toEqual(['prompt', 95]);
});

test('told of the delay before the target they are not rung again at once', () => {
  const control = graded();
  control.wait('50 min');
  tells(control);
  control.wait('29 min');
  expect(heard(control)).toEqual([]);
  control.wait('2 min');
  expect(heard(control)).toEqual([['prompt', 80]]);
});

test('what was said on the first call is not news of the missed target', () => {
  const control = graded();
  tells(control, 'unit-coming');
  control.wait('61 min');
  expect(heard(control)).toEqual([['prompt', 60]]);
});

test('speaking to them by a call back meets it; ringing in vain, or with a whisper on the line, does not', () => {
  const control = graded();
  control.wait('61 min');
  const rings = (callback: string, result: string, observations: readonly string[] = []): void => {
    control.does('handler-1', 'AttemptCallback', { callback, contact: 'c1' });
    control.does('handler-1', 'RecordCallback', { callback, result, observations });
  };
  rings('b1', 'no-answer');
  rings('b2', 'voicemail');
  rings('b3', 'third-party');
  rings('b4', 'spoke-to-caller', ['whispering']);
  expect(control.duties(id).map((duty) => duty.state)).toEqual(['raised']);
  rings('b5', 'spoke-to-caller');
  expect(control.duties(id).map((duty) => duty.state)).toEqual(['armed']);
});

test('an entry, and a unit that was only assigned, do not meet it', () => {
  const control = graded();
  control.wait('61 min');
  control.does('dispatcher-1', 'AddEntry', { incident: 'i1', text: 'caller updated' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  expect(control.duties(id).map((duty) => duty.state)).toEqual(['raised']);
});

test('a higher grade brings its own target', () => {
  const control = graded();
  control.does('handler-1', 'SetGrade', { incident: 'i1', grade: 'emergency', reason: 'he is inside' });
  control.wait('16 min');
  expect(heard(control)).toEqual([['prompt', 15]]);
});

test('nobody waits to hear of an alarm panel, an incident without a caller, or where no attendance is promised', () => {
  const panel = graded('priority', 'alarm');
  const alone = controlRoom([callerUninformed]);
  alone.opens('i1', { grade: 'priority' });
  const nobody = graded('resolution');
  for (const control of [panel, alone, nobody]) {
    control.wait('5 h');
    expect(control.duties(id)).toEqual([]);
  }
});

test('an appointment that a safe caller chose is quiet', () => {
  const control = graded();
  const until = noon + span('20 h');
  const deferral = { deferral: 'f1', incident: 'i1', reason: 'chosen-by-caller', until, personTold: true };
  control.does('supervisor-1', 'Defer', deferral);
  control.does('supervisor-1', 'SetGrade', { incident: 'i1', grade: 'scheduled', reason: 'appointment' });
  control.wait('19 h');
  expect(heard(control)).toEqual([]);
});
