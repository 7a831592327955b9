import { expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';

function closedIncident() {
  const control = controlRoom([]);
  control.call('c1', { words: 'somebody has taken my bicycle', ends: 'ended' });
  control.opens('i1', { contact: 'c1', grade: 'priority' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  control.does('dispatcher-1', 'RecordResult', { deployment: 'd1', outcome: 'dealt-with' });
  control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'attended', reason: 'done' });
  return control;
}

test('an incident stays in the room until the policy says that it may leave', () => {
  const control = closedIncident();
  control.wait('13 d');
  expect(control.does('heed', 'ArchiveIncident', { incident: 'i1' })).toMatchObject({
    reasons: [{ code: 'too-early' }],
  });
});

test('an open incident never leaves', () => {
  const control = controlRoom([]);
  control.opens('i1');
  control.wait('30 d');
  expect(control.does('heed', 'ArchiveIncident', { incident: 'i1' })).toMatchObject({
    reasons: [{ code: 'incident-open' }],
  });
});

test('an incident that left comes back from its own events as it was, and does not touch what has moved on', () => {
  const control = closedIncident();
  const before = JSON.stringify(control.room().incidents.get('i1'));
  const events = control.events().filter((event) => event.ids['incident'] === 'i1' || event.ids['contact'] === 'c1');
  control.wait('15 d');
  control.does('heed', 'ArchiveIncident', { incident: 'i1' });
  expect(control.room().incidents.has('i1')).toBe(false);
  control.opens('i2', { grade: 'priority' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd2', incident: 'i2', unit: 'unit-1' });
  control.does('heed', 'Recall', { incident: 'i1', digest: 'sha256:0', events });
  expect(JSON.stringify(control.room().incidents.get('i1'))).toBe(before);
  expect(control.room().contacts.get('c1')?.incident).toBe('i1');
  expect(control.room().units.get('unit-1')?.deployment).toBe('d2');
});

test('what never left cannot be recalled', () => {
  const control = closedIncident();
  const outcome = control.does('heed', 'Recall', { incident: 'i1', digest: 'sha256:0', events: [] });
  expect(outcome.kind).toBe('refused');
});
