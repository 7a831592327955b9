import { describe, expect, test } from 'vitest';
import { spokeToCaller } from '../src/room/incident.ts';
import type { Outcome } from '../src/room/step.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import type { ControlRoom } from './control-room.ts';
import { controlRoom, gatesOf, noon, span } from './control-room.ts';

/** Why an outcome was refused outright, by code; `done` where it was not. */
function reasonOf(outcome: Outcome): string {
  if (outcome.kind === 'done') return 'done';
  return outcome.reasons[0]?.code ?? `gated by ${gatesOf(outcome).join(', ')}`;
}

const elements = { threat: 'a', harm: 'b', risk: 'c', investigation: 'd', vulnerability: 'e', engagement: 'f' };

function assess(control: ControlRoom, who = 'dispatcher-1'): void {
  control.does(who, 'Assess', { incident: 'i1', elements, level: 'medium' });
}

/** A call taken by handler-1 and opened as an incident. */
function incident(
  options: { words?: string; kinds?: readonly string[]; grade?: string; handler?: string } = {},
): ControlRoom {
  const control = controlRoom(safeguards);
  const { words = 'somebody has taken my bicycle', kinds = [], grade = 'scheduled', handler = 'handler-1' } = options;
  control.call('c1', { handler, words, subjects: { ann: [{ kind: 'person', name: 'Ann Reed' }, 'caller'] }, ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds, grade, by: handler });
  control.checks();
  return control;
}

const closing = { incident: 'i1', code: 'advice', reason: 'advised by telephone' };

function propose(control: ControlRoom, who: string, type: string, data: unknown, decision = 'd1'): Outcome {
  return control.does(who, 'Propose', { decision, command: { type, data }, reason: 'weighed with the caller' });
}

function approve(control: ControlRoom, who: string, decision = 'd1', override?: string): Outcome {
  return control.does(who, 'Approve', { decision, reason: 'agreed' }, override);
}

describe('who may say what', () => {
  test('nobody completes a check as if a source had answered', () => {
    const control = incident();
    control.does('handler-1', 'Mention', { subject: 'bob', identity: { kind: 'person', name: 'Bob' }, incident: 'i1', role: 'suspect' });
    const check = [...control.room().checks.values()].find((one) => one.state === 'not-run');
    expect(reasonOf(control.does('fim-1', 'CompleteCheck', { check: check?.id, result: 'no-trace' }))).toBe('machines-only');
    expect(control.room().checks.get(check?.id ?? '')?.state).toBe('not-run');
  });

  test('nobody says that a source is up, archives an incident, recalls one or moves a unit by hand', () => {
    const control = incident();
    for (const [type, data] of [
      ['ReportSource', { source: 'own-history', state: 'up' }],
      ['ArchiveIncident', { incident: 'i1' }],
      ['Recall', { incident: 'i1', digest: 'x', events: [] }],
      ['ReportUnitMoved', { unit: 'unit-1' }],
    ] as const)
      expect(reasonOf(control.does('owner-1', type, data))).toBe('machines-only');
  });

  test('a source that has answered does not answer again with less', () => {
    const control = incident();
    const check = [...control.room().checks.values()][0]?.id;
    const findings = [{ id: 'f1', kind: 'crime', subject: 'ann', when: noon, source: 'own-history', says: 'assault', strength: 'certain' }];
    control.does('handler-1', 'RequestCheck', { check: 'k9', source: 'own-history', subject: 'ann', incident: 'i1' });
    control.does('heed', 'CompleteCheck', { check: 'k9', result: 'found', findings });
    expect(reasonOf(control.does('heed', 'CompleteCheck', { check: 'k9', result: 'no-trace' }))).toBe('check-answered');
    expect(check).toBeDefined();
  });

  test('a machine reads no answers in place of a person', () => {
    expect(reasonOf(incident().does('heed', 'ReadCheck', { incident: 'i1' }))).toBe('person-needed');
  });

  test('a handler enrols nobody, and no unit', () => {
    const control = incident();
    expect(reasonOf(control.does('handler-1', 'EnrolStaff', { staff: 'puppet', role: 'fim' }))).toBe('no-authority');
    expect(reasonOf(control.does('handler-1', 'EnrolUnit', { unit: 'ghost' }))).toBe('no-authority');
    expect(reasonOf(control.does('heed', 'EnrolStaff', { staff: 'puppet', role: 'fim' }))).toBe('no-authority');
    expect(reasonOf(control.does('owner-1', 'EnrolStaff', { staff: 'new-1', role: 'handler' }))).toBe('done');
    expect(reasonOf(control.does('owner-1', 'EnrolStaff', { staff: 'new-2', role: 'emperor' }))).toBe('role-unknown');
  });

  test('a unit lent in the night is enrolled by a supervisor', () => {
    expect(reasonOf(incident().does('supervisor-1', 'EnrolUnit', { unit: 'lent-1' }))).toBe('done');
  });

  test('nobody signs on in a role other than their own; whoever leads may name a deputy, never above themselves', () => {
    const control = incident();
    const as = (who: string, staff: string, role: string): string =>
      reasonOf(control.does(who, 'SignOn', { staff, position: 'desk-9', role }));
    expect(as('handler-1', 'handler-1', 'fim')).toBe('not-their-role');
    expect(as('handler-1', 'handler-2', 'supervisor')).toBe('not-yours');
    expect(as('supervisor-1', 'handler-2', 'fim')).toBe('not-their-role');
    expect(as('fim-1', 'dispatcher-1', 'supervisor')).toBe('done');
  });

  test('a deputy does not take the deputised role into the next shift', () => {
    const control = incident();
    control.does('fim-1', 'SignOn', { staff: 'handler-2', position: 'desk-9', role: 'supervisor' });
    control.does('handler-2', 'SignOff', { staff: 'handler-2' });
    control.does('handler-2', 'SignOn', { staff: 'handler-2', position: 'desk-9' });
    expect(control.room().staff.get('handler-2')?.role).toBe('handler');
  });

  test('nobody signs somebody else on, off or to a break', () => {
    const control = incident();
    control.does('fim-1', 'SignOff', { staff: 'fim-1' });
    expect(reasonOf(control.does('handler-1', 'SignOn', { staff: 'fim-1', position: 'desk-fim-1' }))).toBe('not-yours');
    expect(reasonOf(control.does('handler-1', 'SignOff', { staff: 'supervisor-1' }))).toBe('not-yours');
    expect(reasonOf(control.does('handler-1', 'StartBreak', { staff: 'supervisor-1' }))).toBe('not-yours');
    expect(reasonOf(control.does('supervisor-1', 'SignOff', { staff: 'handler-2' }))).toBe('done');
  });

  test('what answers for something in a name is said by a person who is there', () => {
    const control = incident();
    control.does('supervisor-2', 'SignOff', { staff: 'supervisor-2' });
    for (const who of ['heed', 'supervisor-2', 'stranger'])
      expect(reasonOf(control.does(who, 'DecideAttendance', { incidents: ['i1'], send: true, reason: 'yes' }))).toBe('person-needed');
  });
});

describe('a policy', () => {
  const looser = (control: ControlRoom): unknown => {
    const { policy } = control.room();
    const grades = policy.grades.map((one) => (one.id === 'emergency' ? { ...one, targetMs: span('5 h') } : one));
    return { digest: 'x', text: { ...policy, version: '2', grades } };
  };

  test('is not adopted by a handler, nor by a machine once there is one', () => {
    const control = incident();
    const same = { digest: 'x', text: control.room().policy };
    for (const who of ['handler-1', 'fim-1', 'heed']) expect(reasonOf(control.does(who, 'AdoptPolicy', same))).toBe('no-authority');
    expect(reasonOf(control.does('owner-1', 'AdoptPolicy', same))).toBe('done');
  });

  test('that is looser needs a second person', () => {
    const control = incident();
    expect(reasonOf(control.does('owner-1', 'AdoptPolicy', looser(control)))).toBe('second-person-needed');
    propose(control, 'owner-1', 'AdoptPolicy', looser(control));
    expect(reasonOf(approve(control, 'fim-1'))).toBe('done');
    expect(control.room().policy.version).toBe('2');
  });

  test.each<[string, (policy: Record<string, unknown>) => Record<string, unknown>]>([
    ['wider authority', (policy) => ({ ...policy, roles: { ...(policy['roles'] as object), handler: { title: 'H', authorities: ['override'] } } })],
    ['another on-call person', (policy) => ({ ...policy, onCall: ['handler-1'] })],
    ['a later ladder', (policy) => ({ ...policy, safeguards: { unresourced: { dueMs: span('9 h') } } })],
    ['no floor for fear', (policy) => ({ ...policy, dangerFloors: {} })],
    ['a marker without its effects', (policy) => ({ ...policy, markerKinds: {} })],
    ['a reason to defer', (policy) => ({ ...policy, deferralReasons: { any: { title: 'Any', chosenByCaller: true } } })],
    ['fewer phrases', (policy) => ({ ...policy, phrases: {} })],
  ])('with %s is looser', (_, change) => {
    const control = incident();
    const text = change(control.room().policy);
    expect(reasonOf(control.does('owner-1', 'AdoptPolicy', { digest: 'x', text }))).toBe('second-person-needed');
  });
});

describe('two people', () => {
  test('a machine by the name of a person proposes nothing for that person', () => {
    const control = incident({ kinds: ['domestic'] });
    expect(reasonOf(propose(control, 'heed', 'CloseIncident', closing))).toBe('person-needed');
  });

  test('a proposal wraps no proposal, no approval and nothing that the room does not know', () => {
    const control = incident();
    propose(control, 'handler-1', 'CloseIncident', closing);
    for (const [type, data] of [
      ['Approve', { decision: 'd1', reason: 'yes' }],
      ['Decline', { decision: 'd1', reason: 'no' }],
      ['Propose', { decision: 'd9', command: { type: 'CloseIncident', data: closing }, reason: 'x' }],
      ['PassTime', {}],
    ] as const)
      expect(reasonOf(propose(control, 'supervisor-1', type, data, 'd2'))).toBe('never-proposed');
    expect(reasonOf(propose(control, 'supervisor-1', 'CloseIncident', { incident: 'i1' }, 'd2'))).toBe('proposal-invalid');
    expect(reasonOf(propose(control, 'supervisor-1', 'Vanish', {}, 'd2'))).toBe('proposal-invalid');
  });

  test('what lowers nothing is not done in somebody else’s name', () => {
    const control = incident();
    propose(control, 'handler-1', 'AddEntry', { incident: 'i1', text: 'seen safe by me' });
    control.does('handler-1', 'SignOff', { staff: 'handler-1' });
    expect(reasonOf(approve(control, 'supervisor-1'))).toBe('nothing-to-approve');
  });

  test('a proposal is approved once, and not declined afterwards', () => {
    const control = incident({ grade: 'priority' });
    assess(control);
    propose(control, 'dispatcher-1', 'SetGrade', { incident: 'i1', grade: 'scheduled', reason: 'the bicycle was found' });
    expect(reasonOf(approve(control, 'supervisor-1'))).toBe('done');
    expect(reasonOf(approve(control, 'supervisor-2'))).toBe('decision-made');
    expect(reasonOf(control.does('handler-1', 'Decline', { decision: 'd1', reason: 'no' }))).toBe('decision-made');
    expect(control.room().proposals.get('d1')?.state).toBe('approved');
  });

  test('the second person is not somebody who spoke to the caller, though another has answered since', () => {
    const control = controlRoom(safeguards);
    control.does('heed', 'PresentContact', { contact: 'c1', channel: '999' });
    control.does('supervisor-1', 'AnswerContact', { contact: 'c1' });
    control.does('handler-1', 'AnswerContact', { contact: 'c1' });
    control.does('heed', 'AnswerContact', { contact: 'c1' });
    expect(control.room().contacts.get('c1')?.handler).toBe('handler-1');
    control.opens('i1', { contact: 'c1', kinds: ['domestic'], grade: 'priority' });
    const held = control.room().incidents.get('i1');
    expect(held === undefined ? [] : [...spokeToCaller(control.room(), held)]).toEqual(['supervisor-1', 'handler-1']);
    propose(control, 'dispatcher-1', 'SetKinds', { incident: 'i1', remove: ['domestic'] });
    expect(reasonOf(approve(control, 'supervisor-1'))).toBe('second-spoke-to-caller');
    expect(reasonOf(approve(control, 'supervisor-2'))).toBe('done');
  });

  test('the second person sits at another desk than the proposer', () => {
    const control = incident({ kinds: ['domestic'] });
    propose(control, 'dispatcher-1', 'SetKinds', { incident: 'i1', remove: ['domestic'] });
    control.does('supervisor-1', 'SignOn', { staff: 'supervisor-1', position: 'desk-dispatcher-1' });
    expect(reasonOf(approve(control, 'supervisor-1'))).toBe('second-at-same-desk');
  });

  test('what was proposed before more danger was told is proposed again', () => {
    const control = incident({ words: 'he has a knife' });
    propose(control, 'handler-1', 'DismissDanger', { incident: 'i1', dangers: ['weapon'], reason: 'a kitchen programme' });
    control.call('c2', { handler: 'handler-2', words: 'a man with a knife is chasing her', ends: 'ended' });
    control.does('handler-2', 'JoinContact', { contact: 'c2', incident: 'i1' });
    expect(reasonOf(approve(control, 'supervisor-1'))).toBe('facts-changed');
  });

  test('an approver does not override in the proposer’s name', () => {
    const control = incident({ words: 'he has a knife', grade: 'emergency' });
    propose(control, 'fim-1', 'CloseIncident', closing);
    const outcome = approve(control, 'supervisor-1', 'd1', 'because I say so');
    expect(outcome.kind).toBe('refused');
    expect(control.facts('GateOverridden')).toEqual([]);
  });

  test('an override gives its reason in words', () => {
    const control = incident({ words: 'he has a knife', grade: 'emergency' });
    expect(control.does('fim-1', 'CloseIncident', closing, ' - ').kind).toBe('refused');
    expect(control.facts('GateOverridden')).toEqual([]);
  });

  test('a lowering with no words for its reason is refused', () => {
    const control = incident();
    expect(reasonOf(control.does('supervisor-1', 'CloseIncident', { ...closing, reason: '...' }))).toBe('words-needed');
  });
});

describe('less, by another way', () => {
  test.each(['child', 'vulnerable-adult', 'missing', 'welfare', 'stalking', 'honour', 'order-breach', 'domestic'])(
    'that it is no longer %s is for a second person',
    (kind) => {
      const control = incident({ kinds: [kind], grade: 'priority' });
      for (const who of ['handler-1', 'supervisor-1', 'fim-1'])
        expect(control.does(who, 'SetKinds', { incident: 'i1', remove: [kind] }).kind).toBe('refused');
      expect(control.room().incidents.get('i1')?.kinds).toContain(kind);
    },
  );

  test('a protective order is not ended by one person, nor by two without the authority', () => {
    const control = incident();
    control.does('handler-1', 'Mention', { subject: 'bob', identity: { kind: 'person', name: 'Bob' }, incident: 'i1', role: 'suspect' });
    const order = { order: 'o1', kind: 'restraining', respondent: 'bob', protects: ['ann'], madeAt: 0 };
    control.does('handler-1', 'RecordOrder', order);
    const end = { order: 'o1', reason: 'discharged by the court' };
    for (const who of ['handler-1', 'fim-1']) expect(control.does(who, 'EndOrder', end).kind).toBe('refused');
    propose(control, 'handler-1', 'EndOrder', end);
    expect(approve(control, 'supervisor-1').kind).toBe('refused');
    expect(approve(control, 'fim-1').kind).toBe('done');
  });

  test('what is joined takes its kinds, its people, its dangers and its floors along', () => {
    const control = incident({ words: 'he has a knife and my child is here', kinds: ['child'], grade: 'emergency' });
    control.does('handler-1', 'AddEntry', { incident: 'i1', text: 'caller says he will kill her' });
    const before = control.room().incidents.get('i1');
    control.opens('i2', { by: 'handler-2', grade: 'emergency', summary: 'the same event' });
    control.does('fim-1', 'JoinIncidents', { incident: 'i1', into: 'i2', reason: 'the same event' }, 'read both');
    const into = control.room().incidents.get('i2');
    expect(control.room().incidents.get('i1')?.joinedInto).toBe('i2');
    expect(into?.kinds).toContain('child');
    expect(into?.subjects).toContain('ann');
    expect(into?.dangers.map((one) => one.kind)).toEqual(expect.arrayContaining(before?.dangers.map((one) => one.kind) ?? []));
    expect(into?.floors.map((one) => one.safeguard)).toEqual(expect.arrayContaining(before?.floors.map((one) => one.safeguard) ?? []));
  });

  test('nothing is joined into what waits, or into what nobody goes to', () => {
    const control = incident({ grade: 'priority' });
    control.opens('i2', { by: 'handler-2', grade: 'priority' });
    const wait = { deferral: 'f1', incident: 'i2', reason: 'no-unit-free', until: noon + span('20 h'), owner: { role: 'dispatcher' } };
    expect(control.does('fim-1', 'Defer', wait, 'nobody to send')).toEqual({ kind: 'done' });
    const outcome = control.does('supervisor-1', 'JoinIncidents', { incident: 'i1', into: 'i2', reason: 'the same' });
    expect(gatesOf(outcome)).toContain('closing-unsafe');
    expect(outcome.kind === 'refused' && outcome.gates.some((one) => one.why.code === 'joined-waiting')).toBe(true);
  });

  test('a task is not deferred under the name of another incident', () => {
    const control = incident({ words: 'my husband hit me', kinds: ['domestic'], grade: 'priority' });
    control.does('handler-1', 'RaiseTask', { task: 't1', kind: 'visit', incident: 'i1', owner: { role: 'dispatcher' }, dueAt: noon + span('1 h'), says: 'see her' });
    control.opens('i2', { by: 'handler-2', grade: 'resolution' });
    const wait = { deferral: 'f1', task: 't1', incident: 'i2', reason: 'chosen-by-caller', until: noon + span('9 h'), owner: { role: 'dispatcher' } };
    expect(reasonOf(control.does('supervisor-1', 'Defer', wait))).toBe('task-elsewhere');
  });

  test('nothing waits under a name that nobody bears, or for years', () => {
    const control = incident();
    assess(control);
    const wait = { deferral: 'f1', incident: 'i1', reason: 'chosen-by-caller', until: noon + span('2 d'), personTold: true };
    expect(reasonOf(control.does('supervisor-1', 'Defer', { ...wait, owner: { staff: 'ghost' } }))).toBe('owner-unknown');
    const late = { ...wait, owner: { role: 'dispatcher' }, until: noon + span('400 d') };
    expect(gatesOf(control.does('supervisor-1', 'Defer', late))).toContain('deferral-wrong');
    expect(reasonOf(control.does('supervisor-1', 'Defer', { ...wait, owner: { role: 'dispatcher' } }))).toBe('done');
  });

  test('a marker is renewed for as long as its kind lives, not for ever, and not into the past', () => {
    const control = incident();
    control.does('specialist-1', 'SetMarker', { marker: 'm1', subject: 'ann', kind: 'vulnerable', reason: 'frail', owner: 'specialist-1', reviewAt: noon + span('9000 d') });
    expect(control.room().markers.get('m1')?.reviewAt).toBe(noon + span('365 d'));
    const renew = (reviewAt: number): string =>
      reasonOf(control.does('specialist-1', 'RenewMarker', { marker: 'm1', reviewAt, reason: 'still frail' }));
    expect(renew(noon + span('9000 d'))).toBe('review-too-late');
    expect(renew(noon - 1)).toBe('review-past');
    expect(renew(noon + span('300 d'))).toBe('done');
  });

  test('a contact that belongs to an incident is not disposed of beside it', () => {
    const control = incident({ words: 'he has a knife' });
    const dispose = { contact: 'c1', disposition: 'advice', reason: 'advised' };
    expect(reasonOf(control.does('supervisor-1', 'DisposeContact', dispose))).toBe('contact-joined');
  });

  test('an earlier assessment is not made fresh by dating the grade back', () => {
    const control = incident({ grade: 'scheduled' });
    control.wait('10 min');
    assess(control);
    control.wait('5 min');
    control.doesAt(noon + span('1 min'), 'handler-1', 'SetGrade', { incident: 'i1', grade: 'priority', reason: 'they came back' });
    const lower = { incident: 'i1', grade: 'scheduled', reason: 'they have left and the bicycle is found' };
    expect(gatesOf(control.does('supervisor-1', 'SetGrade', lower))).toContain('grade-lowered');
  });

  test('an id that was archived is not taken again', () => {
    const control = incident();
    assess(control);
    expect(control.does('supervisor-1', 'CloseIncident', closing)).toEqual({ kind: 'done' });
    control.wait('90 d');
    expect(control.does('heed', 'ArchiveIncident', { incident: 'i1' })).toEqual({ kind: 'done' });
    expect(reasonOf(control.does('handler-1', 'OpenIncident', { incident: 'i1', summary: 'another' }))).toBe('incident-taken');
  });

  test('a breach is not swallowed under the id of an earlier one', () => {
    const control = incident();
    control.does('handler-1', 'Mention', { subject: 'bob', identity: { kind: 'person', name: 'Bob' }, incident: 'i1', role: 'suspect' });
    control.does('handler-1', 'RecordOrder', { order: 'o1', kind: 'restraining', respondent: 'bob', protects: ['ann'], madeAt: 0 });
    control.opens('i2', { by: 'handler-2' });
    control.does('handler-1', 'ReportBreach', { breach: 'b1', order: 'o1', incident: 'i1', says: 'at the door' });
    expect(reasonOf(control.does('handler-2', 'ReportBreach', { breach: 'b1', order: 'o1', incident: 'i2', says: 'again' }))).toBe('breach-taken');
  });

  test('many lesser words do not push a threat to life out of what is known', () => {
    const control = incident({ words: 'he said he will kill me' });
    const grave = (): number => (control.room().incidents.get('i1')?.dangers ?? []).filter((one) => one.lifeThreat).length;
    const before = grave();
    for (let count = 0; count < 210; count += 1) control.does('handler-1', 'AddEntry', { incident: 'i1', text: 'she is scared' });
    expect(before).toBeGreaterThan(0);
    expect(grave()).toBeGreaterThanOrEqual(before);
  });
});

describe('as if it had been done', () => {
  test('nobody who spoke to the caller proves by their own entry alone that the caller was seen', () => {
    const control = incident({ words: 'my husband is hitting me', kinds: ['domestic'], grade: 'emergency' });
    const seen = { subject: 'ann', identified: 'own-word', apart: true, safe: true };
    control.does('handler-1', 'RecordSighting', { incident: 'i1', by: 'a neighbour', seen });
    expect(gatesOf(control.does('handler-1', 'CloseIncident', closing))).toContain('closing-unsafe');
    const outcome = control.does('fim-1', 'CloseIncident', closing);
    expect(outcome.kind === 'refused' && outcome.gates.some((one) => one.why.code === 'nobody-seen' || one.why.code === 'protected-unseen')).toBe(true);
  });

  test('a sighting by nobody, or of somebody not identified, shows nothing', () => {
    const control = incident({ words: 'my husband is hitting me', kinds: ['domestic'], grade: 'emergency' });
    const seen = { subject: 'ann', identified: 'document', apart: true, safe: true };
    expect(reasonOf(control.does('dispatcher-1', 'RecordSighting', { incident: 'i1', by: ' ', seen }))).toBe('words-needed');
    control.does('dispatcher-1', 'RecordSighting', { incident: 'i1', by: 'PC 1', seen: { ...seen, identified: 'not-identified' } });
    const outcome = control.does('handler-1', 'CloseIncident', closing);
    expect(outcome.kind === 'refused' && outcome.gates.some((one) => one.why.code === 'nobody-seen' || one.why.code === 'protected-unseen')).toBe(true);
  });

  test('a unit that never arrived has seen nobody', () => {
    const control = incident({ words: 'my husband is hitting me', kinds: ['domestic'], grade: 'emergency' });
    control.does('dispatcher-1', 'AssignUnit', { deployment: 'p1', incident: 'i1', unit: 'unit-1' });
    const seen = [{ subject: 'ann', identified: 'document', apart: true, safe: true }];
    control.does('dispatcher-1', 'RecordResult', { deployment: 'p1', outcome: 'seen', seen });
    expect(control.duties('attendance-unproven')).toHaveLength(1);
  });

  test('an arrest request is not completed without an arrest by one person', () => {
    const control = incident({ words: 'my husband is hitting me', kinds: ['domestic'], grade: 'emergency' });
    control.does('handler-1', 'RaiseTask', { task: 't1', kind: 'arrest', incident: 'i1', owner: { role: 'dispatcher' }, dueAt: noon + span('1 h'), says: 'arrest him' });
    expect(gatesOf(control.does('handler-1', 'CompleteTask', { task: 't1', result: 'no further action' }))).toEqual(['task-overdue']);
    expect(reasonOf(control.does('handler-1', 'CompleteTask', { task: 't1', result: '-' }))).toBe('words-needed');
    expect(control.room().tasks.get('t1')?.state).toBe('open');
  });

  test('a task is not put off for ever by handing it to and fro', () => {
    const control = incident();
    control.does('handler-1', 'RaiseTask', { task: 't1', kind: 'visit', incident: 'i1', owner: { role: 'dispatcher' }, dueAt: noon + span('10 min'), says: 'see her' });
    for (const who of ['handler-1', 'handler-2', 'handler-1', 'handler-2', 'handler-1']) {
      control.wait('50 min');
      control.does('dispatcher-1', 'OwnTask', { task: 't1', owner: { staff: who } });
    }
    control.wait('15 min');
    expect(control.rungs('task-overdue').map((one) => one.to)).toContain('supervisor');
  });

  test('a task is not given to somebody who is not there', () => {
    const control = incident();
    control.does('handler-2', 'SignOff', { staff: 'handler-2' });
    control.does('handler-1', 'RaiseTask', { task: 't1', kind: 'visit', incident: 'i1', owner: { role: 'dispatcher' }, dueAt: noon + span('10 min'), says: 'see her' });
    for (const staff of ['handler-2', 'ghost'])
      expect(reasonOf(control.does('dispatcher-1', 'OwnTask', { task: 't1', owner: { staff } }))).toBe('not-on-duty');
  });

  test('a review is not answered by whoever asked for it, twice, or by somebody below whom it was asked of', () => {
    const control = incident();
    control.does('handler-1', 'RequestReview', { review: 'r1', incident: 'i1', of: 'fim-1', question: 'is this right?' });
    const answer = (who: string, effect = 'changed'): string =>
      reasonOf(control.does(who, 'AnswerReview', { review: 'r1', effect, reason: 'read it' }));
    expect(answer('handler-1')).toBe('asked-by-you');
    expect(answer('handler-1', 'no-change')).toBe('asked-by-you');
    expect(answer('handler-2')).toBe('not-asked');
    expect(answer('heed')).toBe('person-needed');
    expect(answer('fim-1', 'no-change')).toBe('done');
    expect(answer('fim-1')).toBe('review-answered');
  });

  test('a message is answered for its addressee by nobody below them', () => {
    const control = incident();
    control.does('dispatcher-1', 'SendMessage', { message: 'm1', incident: 'i1', to: { role: 'fim' }, text: 'no unit free' });
    for (const who of ['dispatcher-1', 'handler-1', 'heed']) control.does(who, 'AcknowledgeMessage', { message: 'm1' });
    expect(control.duties('message-unacknowledged')).toHaveLength(1);
    control.does('fim-1', 'AcknowledgeMessage', { message: 'm1' });
    expect(control.duties('message-unacknowledged')).toEqual([]);
  });

  test('a promise is not kept by saying so', () => {
    const control = incident({ grade: 'priority' });
    control.does('handler-1', 'MakePromise', { promise: 'p1', contact: 'c1', what: 'attend', words: 'somebody will come', dueAt: noon + span('30 min') });
    expect(gatesOf(control.does('handler-1', 'KeepPromise', { promise: 'p1', how: 'they have been' }))).toEqual(['promise-unkept']);
    control.does('dispatcher-1', 'AssignUnit', { deployment: 'p1', incident: 'i1', unit: 'unit-1' });
    control.does('dispatcher-1', 'MarkArrived', { deployment: 'p1' });
    expect(reasonOf(control.does('handler-1', 'KeepPromise', { promise: 'p1', how: 'they are there' }))).toBe('done');
  });

  test('a promise withdrawn untold is not kept afterwards', () => {
    const control = incident();
    control.does('handler-1', 'MakePromise', { promise: 'p1', contact: 'c1', what: 'pass-on', words: 'we will tell the council' });
    control.does('fim-1', 'WithdrawPromise', { promise: 'p1', personTold: false, reason: 'cannot be done' }, 'cannot be done');
    expect(reasonOf(control.does('handler-1', 'KeepPromise', { promise: 'p1', how: 'done' }))).toBe('promise-withdrawn');
    expect(control.duties('promise-unkept')).toHaveLength(1);
  });

  test('a transfer that nobody accepted does not close a matter by being ended', () => {
    const control = incident({ grade: 'resolution' });
    assess(control);
    control.does('handler-1', 'TellCaller', { contact: 'c1', telling: 'no-police-needed', words: 'the council will deal with it' });
    control.does('dispatcher-1', 'SendTransfer', { transfer: 'x1', incident: 'i1', partner: 'council', needs: ['information'], words: 'a bicycle' });
    control.does('dispatcher-1', 'EndTransfer', { transfer: 'x1', outcome: 'with them' });
    const outcome = control.does('supervisor-1', 'CloseIncident', { ...closing, code: 'passed-to-partner' });
    expect(outcome.kind === 'refused' && outcome.gates.some((one) => one.why.code === 'partner-not-accepted')).toBe(true);
  });

  test('duties are taken over by whoever takes them, or allotted by whoever leads; a supervisor’s by no handler', () => {
    const control = incident({ words: 'he said he will kill me', grade: 'emergency' });
    control.wait('4 min');
    const of = (role: string): string =>
      control.duties().find((duty) => 'role' in duty.owner && duty.owner.role === role)?.id ?? '';
    const dispatchers = of('dispatcher');
    const supervisors = control.duties().find((duty) => 'role' in duty.owner && ['supervisor', 'fim'].includes(duty.owner.role));
    const accept = (who: string, duty: string, to: string): string => reasonOf(control.does(who, 'AcceptDuties', { duties: [duty], to }));
    expect(accept('handler-1', dispatchers, 'handler-2')).toBe('not-yours');
    expect(accept('heed', dispatchers, 'handler-2')).toBe('person-needed');
    expect(accept('handler-2', dispatchers, 'handler-2')).toBe('done');
    expect(accept('supervisor-1', dispatchers, 'dispatcher-1')).toBe('done');
    if (supervisors !== undefined) expect(accept('handler-1', supervisors.id, 'handler-1')).toBe('not-suitable');
  });
});

describe('what is never refused', () => {
  test('sending, upgrading, opening, saying and marking go through for anybody at any hour', () => {
    const control = incident({ words: 'help', grade: 'resolution' });
    control.does('handler-1', 'SignOff', { staff: 'handler-1' });
    for (const who of ['handler-1', 'heed', 'stranger']) {
      const id = who.replace('-', '');
      for (const [type, data] of [
        ['PresentContact', { contact: `c-${id}`, channel: '999' }],
        ['OpenIncident', { incident: `i-${id}`, summary: '-' }],
        ['SetGrade', { incident: 'i1', grade: 'emergency', reason: '-' }],
        ['AssignUnit', { deployment: `p-${id}`, incident: `i-${id}`, unit: 'unit-1' }],
        ['AddEntry', { incident: 'i1', text: '?' }],
        ['SetMarker', { marker: `m-${id}`, subject: 'ann', kind: 'vulnerable', reason: '-', owner: 'specialist-1' }],
        ['RequestReview', { review: `r-${id}`, incident: 'i1', question: '?' }],
        ['RaiseTask', { task: `t-${id}`, kind: 'arrest', incident: 'i1', owner: { staff: 'ghost' }, dueAt: noon + span('1 h'), says: '-' }],
      ] as const)
        expect(reasonOf(control.does(who, type, data)), `${type} by ${who}`).toBe('done');
    }
  });
});
