import { expect, test } from 'vitest';
import { controlRoom, noon } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { orderServiceUnknown } from './order-service-unknown.ts';

function recorded(service: string, more: object = {}): ControlRoom {
  const control = controlRoom([orderServiceUnknown]);
  for (const subject of ['her', 'him'])
    control.does('heed', 'RecordSubject', { subject, identity: { kind: 'person', name: subject } });
  const made = { kind: 'restraining', respondent: 'him', protects: ['her'], madeAt: noon, service, ...more };
  control.does('constable-1', 'RecordOrder', { order: 'o1', ...made });
  return control;
}

function serves(control: ControlRoom, service: string): void {
  const evidence = 'order of 3 February handed to him at 14:10 at the station by constable-1';
  control.does('constable-1', 'RecordOrderService', { order: 'o1', service, evidence });
}

function breach(control: ControlRoom): void {
  control.does('handler-1', 'ReportBreach', { breach: 'b1', order: 'o1', says: 'he is at her work' });
}

test('an order whose service is not known prompts whoever recorded it within the shift, then a supervisor', () => {
  const control = recorded('unknown');
  control.wait('3 h');
  expect(control.raised('order-service-unknown')).toEqual([]);
  control.wait('5 h');
  expect(control.raised('order-service-unknown')).toMatchObject([{ level: 'prompt', about: 'order:o1' }]);
  expect(control.duties('order-service-unknown')[0]?.owner).toEqual({ staff: 'constable-1' });
  expect(control.rungs('order-service-unknown').map((one) => [one.to, one.afterMs / 3_600_000])).toEqual([
    ['supervisor', 8],
  ]);
});

test('an entry in the register with its evidence meets it, and one that still does not know does not', () => {
  const control = recorded('unknown');
  serves(control, 'unknown');
  expect(control.duties('order-service-unknown')).toHaveLength(1);
  serves(control, 'served');
  control.wait('2 d');
  expect(control.duties('order-service-unknown')).toEqual([]);
  expect(control.raised('order-service-unknown')).toEqual([]);
});

test('“served” without evidence is asked about as well', () => {
  const control = recorded('served');
  expect(control.duties('order-service-unknown').flatMap((duty) => duty.why.map((one) => one.code))).toEqual([
    'no-evidence',
  ]);
});

test('an order not yet served is quiet for a day', () => {
  const control = recorded('not-served');
  control.wait('23 h');
  expect(control.raised('order-service-unknown')).toEqual([]);
  control.wait('2 h');
  expect(control.raised('order-service-unknown')).toHaveLength(1);
  serves(control, 'not-served');
  expect(control.duties('order-service-unknown').map((duty) => duty.state)).toEqual(['armed']);
});

test('when a breach is told it speaks at once', () => {
  const control = recorded('unknown');
  breach(control);
  expect(control.raised('order-service-unknown')).toHaveLength(1);
  expect(control.duties('order-service-unknown')).toHaveLength(1);
});

test('a breach of an order that was served asks nothing', () => {
  const control = recorded('unknown');
  serves(control, 'served');
  breach(control);
  expect(control.duties('order-service-unknown')).toEqual([]);
});

test('an order that has expired or ended is quiet', () => {
  expect(recorded('unknown', { madeAt: 0, expiresAt: noon - 1 }).duties('order-service-unknown')).toEqual([]);
  const control = recorded('unknown');
  const end = { type: 'EndOrder', data: { order: 'o1', reason: 'discharged by the court' } };
  control.does('constable-1', 'Propose', { decision: 'p1', command: end, reason: 'read at court' });
  control.does('fim-1', 'Approve', { decision: 'p1', reason: 'agreed' });
  expect(control.duties('order-service-unknown')).toEqual([]);
});
