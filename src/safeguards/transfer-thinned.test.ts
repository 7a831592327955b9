import { expect, test } from 'vitest';
import { controlRoom, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { transferThinned } from './transfer-thinned.ts';

const id = 'transfer-thinned';
const base = { transfer: 't1', incident: 'i1', partner: 'north-force', needs: ['welfare'], words: 'please go' };
const no = { injury: 'no', threat: 'no', weapon: 'no', returning: 'no', children: 'no' };

function sent(words: string): ControlRoom {
  const control = controlRoom([transferThinned]);
  control.call('c1', { words });
  control.opens('i1', { contact: 'c1', grade: 'emergency' });
  control.does('handler-1', 'SendTransfer', base);
  return control;
}

function received(by: string, more: Record<string, unknown> = {}): ControlRoom {
  const control = controlRoom([transferThinned]);
  control.opens('i1', { grade: 'scheduled' });
  control.does(by, 'ReceiveTransfer', { ...base, ...more });
  return control;
}

const readBack = (control: ControlRoom, data: Record<string, unknown>): void => {
  control.does('dispatcher-1', 'ReadBackTransfer', { transfer: 't1', by: 'their sergeant', ...data });
};
const codes = (control: ControlRoom) => control.duties(id).map((one) => `${one.level} ${one.why.at(-1)?.code ?? ''}`);

test('a told danger that is not read back is an alarm, and ends when it is', () => {
  const control = sent('he has a knife and he is coming back');
  readBack(control, { grade: 'emergency' });
  expect(codes(control)).toEqual(['alarm danger-missing']);
  control.wait('12 min');
  expect(control.rungs(id)).toEqual([
    { to: 'supervisor', afterMs: span('2 min') },
    { to: 'fim', afterMs: span('12 min') },
  ]);
  const dangers = control
    .room()
    .incidents.get('i1')
    ?.dangers.map((one) => one.kind);
  readBack(control, { grade: 'emergency', dangers });
  expect(control.duties(id)).toEqual([]);
});

test('a lower grade on acceptance is an alarm that a supervisor answers, not whoever sent it', () => {
  const control = sent('there is shouting next door');
  control.does('heed', 'AcceptTransfer', { transfer: 't1', by: 'their desk', grade: 'scheduled' });
  expect(codes(control)).toEqual(['alarm lower-grade']);
  const answer = { transfer: 't1', reason: 'agreed by telephone' };
  control.does('handler-1', 'AnswerTransferDifference', answer);
  expect(control.duties(id)).toHaveLength(1);
  control.does('supervisor-1', 'AnswerTransferDifference', answer);
  expect(control.duties(id)).toEqual([]);
});

test('a child or a marker that did not arrive is a prompt', () => {
  const control = sent('there is shouting next door');
  control.does('handler-1', 'SetKinds', { incident: 'i1', add: ['child'] });
  readBack(control, { grade: 'emergency' });
  expect(codes(control)).toEqual(['prompt less-arrived']);
  control.does('handler-1', 'AnswerTransferDifference', { transfer: 't1', reason: 'told them again' });
  expect(control.duties(id)).toEqual([]);
});

test('what arrived as it was sent says nothing', () => {
  const control = sent('there is shouting next door');
  readBack(control, { grade: 'emergency' });
  control.does('heed', 'AcceptTransfer', { transfer: 't1', by: 'their desk', grade: 'emergency' });
  control.wait('1 d');
  expect(control.raised(id)).toEqual([]);
});

test('what comes to us with its grade unsaid is an emergency until somebody asks', () => {
  const control = received('heed');
  expect(control.floors('i1')).toEqual([`${id} emergency`]);
  expect(codes(control)).toEqual(['prompt grade-unsaid']);
  control.does('dispatcher-1', 'AskTransfer', { transfer: 't1', grade: 'scheduled', answers: no });
  expect(control.duties(id)).toEqual([]);
});

test('what was told by voice or mail is asked about point by point, and a yes is danger told', () => {
  const control = received('handler-1', { grade: 'scheduled' });
  expect(codes(control)).toEqual(['prompt not-asked']);
  const ask = (answers: unknown) => control.does('handler-1', 'AskTransfer', { transfer: 't1', answers });
  ask({ ...no, weapon: 'not-asked' });
  expect(control.duties(id)).toHaveLength(1);
  ask({ ...no, weapon: 'yes' });
  expect(control.duties(id)).toEqual([]);
  expect(control.floors('i1')).toEqual([`${id} emergency`]);
});

test('a graded transfer between systems, and what is for information only, are asked about by nobody', () => {
  for (const control of [
    received('heed', { grade: 'scheduled' }),
    received('handler-1', { needs: ['information'] }),
    received('heed', { needs: ['crime'] }),
  ]) {
    control.wait('1 h');
    expect([control.raised(id), control.floors('i1')]).toEqual([[], []]);
  }
});

test('we accept for less than we were sent it for: that is said too', () => {
  const control = received('heed', { grade: 'emergency' });
  control.does('dispatcher-1', 'AcceptTransfer', { transfer: 't1', by: 'dispatcher-1', grade: 'scheduled' });
  expect(codes(control)).toEqual(['alarm lower-grade']);
});
