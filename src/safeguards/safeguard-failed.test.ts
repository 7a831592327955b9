import { expect, test } from 'vitest';
import { controlRoom, gatesOf } from '../../test/control-room.ts';
import type { Safeguard } from '../room/safeguard.ts';
import { safeguardFailed } from './safeguard-failed.ts';

/** A safeguard that cannot do its work. */
const broken: Safeguard = {
  id: 'broken',
  needs: [],
  on: ['EntryAdded', 'UnitEnrolled'],
  timings: { main: {} },
  words: {},
  react() {
    throw new Error('no such column');
  },
};

function entry(text: string): Readonly<Record<string, string>> {
  return { incident: 'i1', text };
}

test('a safeguard that throws alarms the owner of the system, and on-call if nothing is done', () => {
  const control = controlRoom([broken, safeguardFailed]);
  control.opens('i1', { grade: 'priority' });
  control.does('handler-1', 'AddEntry', entry('one'));
  expect(control.raised('safeguard-failed')).toMatchObject([{ level: 'alarm', about: 'incident:i1' }]);
  expect(control.duties('safeguard-failed')[0]?.owner).toEqual({ role: 'system-owner' });
  expect(control.duties('safeguard-failed')[0]?.why[0]?.params).toMatchObject({ message: 'no such column' });
  control.wait('16 min');
  expect(control.rungs('safeguard-failed').map((one) => one.to)).toEqual(['on-call']);
});

test('everything but lowering goes on where it failed', () => {
  const control = controlRoom([broken, safeguardFailed]);
  control.opens('i1', { grade: 'priority' });
  control.does('handler-1', 'AddEntry', entry('one'));
  const raising = control.does('handler-1', 'SetGrade', { incident: 'i1', grade: 'emergency', reason: 'worse' });
  expect(raising.kind).toBe('done');
  const lowering = { incident: 'i1', grade: 'scheduled', reason: 'less' };
  expect(gatesOf(control.does('supervisor-1', 'SetGrade', lowering))).toEqual(['broken']);
});

test('failing again in the same place is the same alarm; elsewhere it is another', () => {
  const control = controlRoom([broken, safeguardFailed]);
  control.opens('i1');
  control.opens('i2');
  for (const text of ['one', 'two', 'three']) control.does('handler-1', 'AddEntry', entry(text));
  expect(control.raised('safeguard-failed')).toHaveLength(1);
  control.does('handler-1', 'AddEntry', { incident: 'i2', text: 'one' });
  expect(control.raised('safeguard-failed')).toHaveLength(2);
});

test('only the end of that failure in that place meets it', () => {
  const control = controlRoom([broken, safeguardFailed]);
  control.opens('i1');
  control.does('handler-1', 'AddEntry', entry('one'));
  control.does('supervisor-1', 'EnrolUnit', { unit: 'unit-9' });
  expect(control.duties('safeguard-failed').map((duty) => duty.about)).toEqual(['incident:i1', 'room']);
  control.does('owner-1', 'EndSafeguardFailure', { place: 'i1', safeguard: 'broken', reason: 'column restored' });
  expect(control.duties('safeguard-failed').map((duty) => duty.about)).toEqual(['room']);
  control.does('owner-1', 'EndSafeguardFailure', { place: 'room', safeguard: 'broken', reason: 'column restored' });
  expect(control.duties('safeguard-failed')).toEqual([]);
});

test('nobody but the owner of the system can end it, and closing the incident does not', () => {
  const control = controlRoom([broken, safeguardFailed]);
  control.opens('i1');
  control.does('handler-1', 'AddEntry', entry('one'));
  const end = { place: 'i1', safeguard: 'broken', reason: 'looks fine' };
  expect(control.does('fim-1', 'EndSafeguardFailure', end).kind).toBe('refused');
  control.does('fim-1', 'CloseIncident', { incident: 'i1', code: 'advice', reason: 'done' }, 'nothing left to do');
  expect(control.room().incidents.get('i1')?.state).toBe('closed');
  expect(control.duties('safeguard-failed')).toHaveLength(1);
});

test('a room whose safeguards work raises nothing', () => {
  const control = controlRoom([safeguardFailed]);
  control.opens('i1', { grade: 'priority' });
  control.does('handler-1', 'AddEntry', entry('one'));
  control.wait('1 d');
  expect(control.duties('safeguard-failed')).toEqual([]);
});
