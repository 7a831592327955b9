import { describe, expect, test } from 'vitest';
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
  control.wait('15 d');
  control.does('heed', 'ArchiveIncident', { incident: 'i1' });
  expect(control.room().incidents.has('i1')).toBe(false);
  // As the log gives them: that it was archived is among them.
  const events = control.events().filter((event) => event.ids['incident'] === 'i1' || event.ids['contact'] === 'c1');
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

test('an incident that was joined into another comes back closed, as it left', () => {
  const control = controlRoom([]);
  control.opens('i1');
  control.opens('i2');
  control.does('supervisor-1', 'JoinIncidents', { incident: 'i1', into: 'i2', reason: 'the same crash' });
  const before = control.room().incidents.get('i1');
  const events = control.events().filter((event) => event.ids['incident'] === 'i1');
  control.wait('15 d');
  control.does('heed', 'ArchiveIncident', { incident: 'i1' });
  control.does('heed', 'Recall', { incident: 'i1', digest: 'sha256:0', events });
  expect(before).toMatchObject({ state: 'closed', joinedInto: 'i2' });
  expect(JSON.stringify(control.room().incidents.get('i1'))).toBe(JSON.stringify(before));
});

describe('a contact that came to no incident', () => {
  const phone = { kind: 'phone', number: '07700 900123' };

  function overAndDone() {
    const control = controlRoom([]);
    control.call('c1', { words: 'what time do you open', subjects: { p1: [phone, 'used'] }, ends: 'ended' });
    control.does('handler-1', 'DisposeContact', { contact: 'c1', disposition: 'information-only', reason: 'told' });
    return control;
  }

  test('leaves once it is old enough, and whoever was known from it alone is forgotten', () => {
    const control = overAndDone();
    control.wait('15 d');
    expect(control.does('heed', 'ArchiveContact', { contact: 'c1' })).toEqual({ kind: 'done' });
    const { contacts, subjects, subjectsByKey, appearances, mentions } = control.room();
    expect([contacts.size, subjects.size, subjectsByKey.size, appearances.size, mentions.size]).toEqual([
      0, 0, 0, 0, 0,
    ]);
  });

  test('comes back from its own events as it was, with whoever was known from it', () => {
    const control = overAndDone();
    const before = control.room();
    control.wait('15 d');
    control.does('heed', 'ArchiveContact', { contact: 'c1' });
    const events = control.events().filter((event) => event.ids['contact'] === 'c1');
    expect(control.does('heed', 'Recall', { contact: 'c1', digest: 'sha256:0', events })).toEqual({ kind: 'done' });
    for (const field of ['contacts', 'subjects', 'subjectsByKey', 'mentions'] as const)
      expect(JSON.stringify(control.room()[field])).toBe(JSON.stringify(before[field]));
  });

  test.each([
    ['too-early', '13 d', () => {}],
    [
      'contact-joined',
      '15 d',
      (control: ReturnType<typeof overAndDone>) => {
        control.opens('i1');
        control.does('handler-1', 'JoinContact', { contact: 'c1', incident: 'i1' });
      },
    ],
  ] as const)('stays while %s', (code, after, meanwhile) => {
    const control = controlRoom([]);
    control.call('c1', { words: 'what time do you open', ends: 'ended' });
    meanwhile(control);
    control.wait(after);
    expect(control.does('heed', 'ArchiveContact', { contact: 'c1' })).toMatchObject({ reasons: [{ code }] });
  });

  test('stays while it is on the line', () => {
    const control = controlRoom([]);
    control.call('c1', { words: 'hold on' });
    control.wait('30 d');
    expect(control.does('heed', 'ArchiveContact', { contact: 'c1' })).toMatchObject({
      reasons: [{ code: 'contact-open' }],
    });
  });

  test.each([
    [
      'stands in an incident of the room',
      (control: ReturnType<typeof overAndDone>) => {
        control.opens('i1');
        control.does('handler-1', 'Mention', { subject: 'p1', incident: 'i1', role: 'used' });
      },
    ],
    [
      'bears a marker',
      (control: ReturnType<typeof overAndDone>) => {
        const marker = {
          marker: 'm1',
          subject: 'p1',
          kind: 'domestic-history',
          reason: 'history',
          owner: 'specialist-1',
        };
        control.does('constable-1', 'SetMarker', marker);
      },
    ],
  ] as const)('leaves behind whoever %s', (_, meanwhile) => {
    const control = overAndDone();
    meanwhile(control);
    control.wait('15 d');
    control.does('heed', 'ArchiveContact', { contact: 'c1' });
    expect(control.room().contacts.has('c1')).toBe(false);
    expect(control.room().subjects.has('p1')).toBe(true);
  });
});
