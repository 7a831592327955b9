import { expect, test } from 'vitest';
import { controlRoom, gatesOf, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { logAltered } from './log-altered.ts';

const id = 'log-altered';
const explanation = { fault: 'f1', cause: 'backup-restored', reason: 'Last night’s backup, after the disk failed' };

function altered(): ControlRoom {
  const control = controlRoom([logAltered]);
  control.does('owner-1', 'EnrolStaff', { staff: 'auditor-1', role: 'auditor' });
  control.does('auditor-1', 'SignOn', { staff: 'auditor-1', position: 'audit-desk' });
  control.does('heed', 'ReportLogFault', { fault: 'f1', found: 'behind-witness', says: 'seq 900 was witnessed' });
  return control;
}

function explained(control: ControlRoom, by: string, second: string): string {
  const command = { type: 'ExplainLogFault', data: explanation };
  control.does(by, 'Propose', { decision: `v-${by}`, command, reason: 'as found' });
  return control.does(second, 'Approve', { decision: `v-${by}`, reason: 'seen' }).kind;
}

test('a log that is not the one that was proven alarms the owner of the system, then an auditor, then on call', () => {
  const control = altered();
  expect(control.raised(id)).toMatchObject([{ level: 'alarm', about: 'room' }]);
  expect(control.duties(id)[0]?.owner).toEqual({ role: 'system-owner' });
  control.wait('30 min');
  expect(control.rungs(id)).toEqual([
    { to: 'auditor', afterMs: span('15 min') },
    { to: 'on-call', afterMs: span('30 min') },
  ]);
});

test('no person can report it, and none ends it by saying that the source is up again', () => {
  const control = altered();
  expect(control.does('owner-1', 'ReportLogFault', { fault: 'f2', found: 'chain-broken', says: 'so' }).kind).toBe(
    'refused',
  );
  control.does('heed', 'ReportSource', { source: 'log', state: 'up' });
  expect(control.duties(id)).toHaveLength(1);
});

test('it is explained by whoever answers for the system together with an auditor, and then it ends', () => {
  const control = altered();
  expect(explained(control, 'owner-1', 'auditor-1')).toBe('done');
  expect(control.duties(id)).toEqual([]);
  expect(control.room().logFaults.get('f1')?.cause).toBe('backup-restored');
});

test('neither of them says it alone, nor with a supervisor', () => {
  const control = altered();
  for (const who of ['owner-1', 'auditor-1'])
    expect(gatesOf(control.does(who, 'ExplainLogFault', explanation))).toEqual([id]);
  expect(control.does('fim-1', 'ExplainLogFault', explanation).kind).toBe('refused');
  expect(explained(control, 'owner-1', 'supervisor-1')).toBe('refused');
  expect(control.duties(id)).toHaveLength(1);
});

test('every fault is explained by itself', () => {
  const control = altered();
  control.does('heed', 'ReportLogFault', { fault: 'f2', found: 'chain-broken', says: 'event 12 does not follow' });
  expect(control.duties(id)).toHaveLength(2);
  explained(control, 'owner-1', 'auditor-1');
  expect(control.duties(id).map((one) => one.key)).toEqual(['f2']);
});

test('a room whose log is as it was proven hears nothing of it', () => {
  const control = controlRoom([logAltered]);
  control.opens('i1', { grade: 'priority' });
  control.wait('1 d');
  expect(control.raised(id)).toEqual([]);
});
