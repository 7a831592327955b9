import { expect, test } from 'vitest';
import { controlRoom, noon, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { transferUnaccepted } from './transfer-unaccepted.ts';

const id = 'transfer-unaccepted';

function sent(grade = 'scheduled', more: Record<string, unknown> = {}): ControlRoom {
  const control = controlRoom([transferUnaccepted]);
  control.opens('i1', { grade });
  const base = { transfer: 't1', incident: 'i1', partner: 'other-force', needs: ['crime'], words: 'please take' };
  control.does('handler-1', 'SendTransfer', { ...base, ...more });
  return control;
}

const levels = (control: ControlRoom) => control.raised(id).map((one) => one.level);
const accept = { transfer: 't1', by: 'sergeant of the day', reference: 'x-7' };

test('what is sent and not accepted prompts its sender after ten minutes and climbs', () => {
  const control = sent();
  control.wait('9 min');
  expect(levels(control)).toEqual([]);
  control.wait('1 min');
  expect(levels(control)).toEqual(['prompt']);
  expect(control.duties(id)[0]?.owner).toEqual({ staff: 'handler-1' });
  control.wait('30 min');
  expect(control.rungs(id)).toEqual([
    { to: 'supervisor', afterMs: span('15 min') },
    { to: 'fim', afterMs: span('40 min') },
  ]);
});

test('an emergency alarms after two minutes', () => {
  const control = sent('emergency');
  control.wait('2 min');
  expect(levels(control)).toEqual(['alarm']);
});

test('accepted by name in time it is silent, and a log entry that it was passed on is not acceptance', () => {
  const control = sent('scheduled', { needs: ['information'] });
  control.does('handler-1', 'AddEntry', { incident: 'i1', text: 'passed to the other force' });
  expect(control.duties(id)).toHaveLength(1);
  control.does('handler-1', 'AcceptTransfer', accept);
  control.wait('1 d');
  expect(levels(control)).toEqual([]);
});

test('a partner that gave no time is asked after an hour, and again every hour', () => {
  const control = sent();
  control.does('handler-1', 'AcceptTransfer', accept);
  control.wait('59 min');
  expect(levels(control)).toEqual([]);
  control.wait('1 min');
  expect(levels(control)).toEqual(['prompt']);
  control.wait('75 min');
  expect(control.rungs(id)).toHaveLength(2);
});

test('with somebody in danger it is asked every twenty minutes', () => {
  const control = sent('scheduled', { needs: ['welfare'] });
  control.does('handler-1', 'AcceptTransfer', accept);
  control.wait('20 min');
  expect(levels(control)).toEqual(['prompt']);
});

test('a partner that gave a time is asked when it has passed', () => {
  const control = sent();
  control.does('handler-1', 'AcceptTransfer', { ...accept, dueAt: noon + span('3 h') });
  control.wait('179 min');
  expect(levels(control)).toEqual([]);
  control.wait('1 min');
  expect(levels(control)).toEqual(['prompt']);
  control.does('handler-1', 'EndTransfer', { transfer: 't1', outcome: 'arrested there' });
  expect(control.duties(id)).toEqual([]);
});

test('what comes back is open again here, and somebody must take it', () => {
  const control = sent('priority', { needs: ['welfare'] });
  control.does('handler-1', 'AcceptTransfer', accept);
  control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'passed-to-partner', reason: 'taken' });
  control.wait('10 min');
  control.does('dispatcher-1', 'ReturnTransfer', { transfer: 't1', reason: 'not our area' });
  expect(control.room().incidents.get('i1')).toMatchObject({ state: 'open', grade: { current: 'priority' } });
  expect(levels(control)).toEqual(['alarm']);
  expect(control.duties(id)).toHaveLength(1);
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  expect(control.duties(id)).toEqual([]);
});

test('what another force sends us must be accepted by name', () => {
  const control = controlRoom([transferUnaccepted]);
  control.opens('i1', { grade: 'scheduled' });
  const data = { transfer: 't1', incident: 'i1', partner: 'other-force', needs: ['welfare'], words: 'please go' };
  control.does('heed', 'ReceiveTransfer', { ...data, grade: 'emergency' });
  control.wait('2 min');
  expect(levels(control)).toEqual(['alarm']);
  control.does('dispatcher-1', 'AcceptTransfer', { transfer: 't1', by: 'dispatcher-1' });
  expect(control.duties(id)).toEqual([]);
});
