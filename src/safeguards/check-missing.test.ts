import { expect, test } from 'vitest';
import { controlRoom, gatesOf, nationalPolicy } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { checkMissing } from './check-missing.ts';

const phone = [{ kind: 'phone', number: '07700 900123' }, 'used'] as const;
const person = [{ kind: 'person', name: 'Ada Example' }, 'caller'] as const;

function started(): ControlRoom {
  const control = controlRoom([checkMissing]);
  control.call('c1', { words: 'a car is parked across my drive', subjects: { phone, person } });
  return control;
}

function hit(strength = 'strong'): object {
  const when = Date.UTC(2026, 0, 2);
  return { id: 'f1', kind: 'incident', subject: 'phone', when, source: 'own-history', says: 'argued in May', strength };
}

function found(control: ControlRoom, strength?: string): string {
  const [check] = [...control.room().checks.values()].filter((one) => one.subject === 'phone');
  const data = { check: check?.id, result: 'found', findings: [hit(strength)] };
  control.does('heed', 'CompleteCheck', data);
  for (const other of control.room().checks.values())
    if (other.subject !== 'phone') control.does('heed', 'CompleteCheck', { check: other.id, result: 'no-trace' });
  return check?.id ?? '';
}

function closes(control: ControlRoom): readonly string[] {
  return gatesOf(control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'advice', reason: 'advised' }));
}

function reasons(control: ControlRoom): readonly string[] {
  const outcome = control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'advice', reason: 'advised' });
  return outcome.kind === 'refused' ? outcome.gates.map((gate) => gate.why.code) : [];
}

test('an identifier that appears starts the check of own history by itself', () => {
  const control = started();
  expect(control.facts('CheckRequested').map((event) => event.ids['subject'])).toEqual(['phone', 'person']);
  expect(control.facts('CheckRequested').every((event) => event.actor.kind === 'machine')).toBe(true);
});

test('every source that policy adds is asked by itself, once each', () => {
  const control = started();
  const { policy } = nationalPolicy();
  const text = { ...policy, automaticSources: ['crime-records'] };
  const adopted = control.does('owner-1', 'AdoptPolicy', { digest: 'sha256:more', text });
  expect(adopted.kind).toBe('done');
  control.does('handler-1', 'Mention', {
    subject: 'car',
    identity: { kind: 'vehicle', mark: 'ZZ1' },
    contact: 'c1',
    role: 'used',
  });
  control.does('handler-1', 'Mention', { subject: 'car', contact: 'c1', role: 'used' });
  const sources = control.facts('CheckRequested').filter((event) => event.ids['subject'] === 'car');
  expect(sources.map((event) => event.body)).toEqual([
    { source: 'own-history', purpose: 'own history' },
    { source: 'crime-records', purpose: 'automatic' },
  ]);
});

test('the same subject is not checked twice in one matter', () => {
  const control = started();
  control.opens('i1', { contact: 'c1' });
  control.does('handler-1', 'Mention', { subject: 'phone', identity: phone[0], contact: 'c1', role: 'used' });
  control.does('dispatcher-1', 'Mention', { subject: 'person', incident: 'i1', role: 'victim' });
  expect(control.facts('CheckRequested')).toHaveLength(2);
});

test('a subject whose identifier changes is checked again', () => {
  const control = started();
  const identity = { kind: 'person', name: 'Ada Exemplar' };
  control.does('handler-1', 'Mention', { subject: 'person', identity, contact: 'c1', role: 'caller' });
  expect(control.facts('CheckRequested').map((event) => event.ids['subject'])).toEqual(['phone', 'person', 'person']);
});

test('a check that has not come back after five minutes prompts the taker, and the supervisor ten later', () => {
  const control = started();
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  control.wait('4 min');
  expect(control.raised('check-missing')).toEqual([]);
  control.wait('11 min');
  expect(control.raised('check-missing').map((one) => one.level)).toEqual(['prompt']);
  expect(control.duties('check-missing')[0]?.owner).toEqual({ staff: 'handler-1' });
  expect(control.rungs('check-missing')).toEqual([{ to: 'supervisor', afterMs: 15 * 60_000 }]);
});

test('checks that come back with no trace raise nothing and hold nothing back', () => {
  const control = started();
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  control.checks();
  control.wait('1 d');
  expect(control.raised('check-missing')).toEqual([]);
  expect(control.duties('check-missing')).toEqual([]);
  expect(closes(control)).toEqual([]);
});

test('a check that failed prompts in its own word and is met by asking again', () => {
  const control = started();
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  control.checks('failed');
  control.wait('6 min');
  expect(control.raised('check-missing')).toHaveLength(1);
  expect(control.duties('check-missing')[0]?.why.map((one) => one.code)).toContain('check-failed');
  for (const subject of ['phone', 'person'])
    control.does('handler-1', 'RequestCheck', {
      check: `again-${subject}`,
      source: 'own-history',
      subject,
      incident: 'i1',
    });
  expect(control.duties('check-missing')).toHaveLength(1);
  control.checks();
  expect(control.duties('check-missing')).toEqual([]);
});

test('the five results that say nothing each hold back the closing in their own word', () => {
  for (const result of ['failed', 'timed-out', 'unavailable'] as const) {
    const control = started();
    control.opens('i1', { contact: 'c1', grade: 'scheduled' });
    expect(reasons(control)).toEqual(['check-not-run']);
    control.checks(result);
    expect(reasons(control)).toEqual([`check-${result}`]);
  }
});

test('one refusal names everybody whose check has not come back, each by their role', () => {
  const control = started();
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  for (const [subject, name, role] of [
    ['a', 'Ann Field', 'victim'],
    ['b', 'Ben Lane', 'suspect'],
  ])
    control.does('handler-1', 'Mention', { subject, identity: { kind: 'person', name }, incident: 'i1', role });
  const outcome = control.does('handler-1', 'CloseIncident', {
    incident: 'i1',
    code: 'advice',
    reason: 'advice given',
  });
  const held = outcome.kind === 'refused' ? outcome.gates.filter((gate) => gate.safeguard === 'check-missing') : [];
  expect(held.map((gate) => gate.why.params['of'])).toEqual([
    'the victim, the suspect, the phone number and the caller',
  ]);
  expect(held[0]?.asks).toHaveLength(4);
});

test('what a check found is to be read: a prompt to the taker after a minute, met by reading it', () => {
  const control = started();
  const check = found(control);
  control.wait('59 s');
  expect(control.raised('check-missing')).toEqual([]);
  control.wait('2 s');
  expect(control.raised('check-missing').map((one) => one.about)).toEqual(['contact:c1']);
  control.does('handler-1', 'ReadCheck', { check });
  expect(control.duties('check-missing')).toEqual([]);
});

test('what was found before the incident was opened stays to be read under the incident', () => {
  const control = started();
  const check = found(control);
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  expect(control.duties('check-missing').map((duty) => duty.incident)).toEqual(['i1']);
  expect(reasons(control)).toEqual(['check-unread']);
  control.does('handler-1', 'ReadCheck', { check });
  expect(control.duties('check-missing')).toEqual([]);
  expect(closes(control)).toEqual([]);
});

test('a caller who is found in the incident that they are joined to has no history to read', () => {
  const control = controlRoom([checkMissing]);
  control.opens('i1', { grade: 'scheduled' });
  control.call('c1', { words: 'the same party again', subjects: { phone } });
  const findings = [{ ...hit('certain'), id: 'i1' }];
  const [check] = [...control.room().checks.values()];
  control.does('heed', 'CompleteCheck', { check: check?.id, result: 'found', findings });
  control.does('handler-1', 'JoinContact', { contact: 'c1', incident: 'i1' });
  control.wait('1 h');
  expect(control.raised('check-missing')).toEqual([]);
  expect(closes(control)).toEqual([]);
});

test('what was found beside the own incident is still to be read', () => {
  const control = controlRoom([checkMissing]);
  control.opens('i1', { grade: 'scheduled' });
  control.call('c1', { words: 'the same party again', subjects: { phone } });
  const findings = [{ ...hit('certain'), id: 'i1' }, hit()];
  const [check] = [...control.room().checks.values()];
  control.does('heed', 'CompleteCheck', { check: check?.id, result: 'found', findings });
  control.does('handler-1', 'JoinContact', { contact: 'c1', incident: 'i1' });
  expect(reasons(control)).toEqual(['check-unread']);
  control.wait('2 min');
  expect(control.raised('check-missing')).toHaveLength(1);
});

test('a weak match is never asked about', () => {
  const control = started();
  found(control, 'weak');
  control.wait('1 h');
  expect(control.raised('check-missing')).toEqual([]);
});

test('an emergency is not prompted, and its lowering is still held back', () => {
  const control = started();
  control.opens('i1', { contact: 'c1', grade: 'emergency' });
  control.checks('timed-out');
  control.wait('1 h');
  expect(control.raised('check-missing')).toEqual([]);
  const lower = { incident: 'i1', grade: 'scheduled', reason: 'calm' };
  expect(gatesOf(control.does('supervisor-1', 'SetGrade', lower))).toEqual(['check-missing']);
});

test('raising a grade and sending are never held back', () => {
  const control = started();
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  const raise = { incident: 'i1', grade: 'emergency', reason: 'he is here' };
  expect(control.does('handler-1', 'SetGrade', raise).kind).toBe('done');
  const send = { deployment: 'd1', incident: 'i1', unit: 'unit-1' };
  expect(control.does('dispatcher-1', 'AssignUnit', send).kind).toBe('done');
});

test('deferring, deciding that nobody goes and lowering are held back until the check is done and read', () => {
  const control = started();
  control.opens('i1', { contact: 'c1', grade: 'priority' });
  const defer = { deferral: 'w1', incident: 'i1', reason: 'no-unit-free' };
  expect(gatesOf(control.does('supervisor-1', 'Defer', defer))).toEqual(['check-missing']);
  const no = { incidents: ['i1'], send: false, reason: 'advice' };
  expect(gatesOf(control.does('supervisor-1', 'DecideAttendance', no))).toEqual(['check-missing']);
  control.checks();
  expect(control.does('supervisor-1', 'DecideAttendance', no).kind).toBe('done');
});

test('a contact is not disposed of over hits that nobody read, and is over a check that failed', () => {
  const unread = started();
  const check = found(unread);
  const dispose = { contact: 'c1', disposition: 'accidental', reason: 'pocket call' };
  expect(gatesOf(unread.does('handler-1', 'DisposeContact', dispose))).toEqual(['check-missing']);
  unread.does('handler-1', 'ReadCheck', { check });
  expect(unread.does('handler-1', 'DisposeContact', dispose).kind).toBe('done');
  const failed = started();
  failed.checks('failed');
  expect(failed.does('handler-1', 'DisposeContact', dispose).kind).toBe('done');
});

/** A contact from a busy street, with what is on record there. */
function atTheStreet(record: object): ControlRoom {
  const control = controlRoom([checkMissing]);
  const street = { kind: 'place', street: 'Example Street', town: 'Sampleton', public: true };
  control.call('c1', {
    words: 'a car is parked across my drive',
    subjects: { phone: [...phone], street: [street, 'scene'] },
  });
  for (const check of control.room().checks.values()) {
    const findings = [{ ...hit(), subject: 'street', ...record }];
    const answer = check.subject === 'street' ? { result: 'found', findings } : { result: 'no-trace' };
    control.does('heed', 'CompleteCheck', { check: check.id, ...answer });
  }
  control.wait('2 min');
  return control;
}

test('what was once at a public place and names nobody here holds back a closing, and interrupts nobody', () => {
  const control = atTheStreet({});
  expect(control.raised('check-missing')).toEqual([]);
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  control.wait('1 h');
  expect(control.raised('check-missing')).toEqual([]);
  expect(closes(control)).toContain('check-missing');
});

test.each([
  ['a record that names somebody here', { others: ['phone'] }],
  ['a marker on the place', { kind: 'marker' }],
])('%s is asked to be read at a public place as well', (_, record) => {
  expect(atTheStreet(record).raised('check-missing')).toHaveLength(1);
});

test('what the handler was asked to read of a contact is not asked again when its incident opens', () => {
  const control = started();
  found(control);
  control.wait('2 min');
  expect(control.raised('check-missing')).toHaveLength(1);
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  control.wait('3 min');
  expect(control.raised('check-missing')).toHaveLength(1);
  control.wait('10 min');
  expect(control.rungs('check-missing')[0]?.to).toBe('supervisor');
});
