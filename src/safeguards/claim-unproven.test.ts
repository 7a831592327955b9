import { expect, test } from 'vitest';
import { controlRoom, gatesOf } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { checkMissing } from './check-missing.ts';
import { claimUnproven } from './claim-unproven.ts';

const phone = [{ kind: 'phone', number: '07700 900123' }, 'used'] as const;

function incident(
  safeguards = [claimUnproven],
  kinds: readonly string[] = ['abandoned-call', 'domestic'],
): ControlRoom {
  const control = controlRoom(safeguards);
  control.call('c1', { subjects: { phone }, ends: 'abandoned' });
  control.opens('i1', { contact: 'c1', grade: 'priority', kinds });
  return control;
}

function writes(control: ControlRoom, text: string, by = 'supervisor-1'): void {
  control.does(by, 'AddEntry', { incident: 'i1', text });
}

function keys(control: ControlRoom): readonly string[] {
  return control.duties('claim-unproven').map((duty) => duty.key);
}

function closes(control: ControlRoom): readonly string[] {
  return gatesOf(control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'advice', reason: 'advised' }));
}

test('an entry that checks were done when none ran stands out at once, and climbs after ten minutes', () => {
  const control = incident();
  writes(control, 'Checks done, no trace');
  expect(control.raised('claim-unproven').map((one) => one.level)).toEqual(['prompt', 'prompt']);
  expect(keys(control)).toEqual(['checks-done', 'no-trace']);
  expect(control.duties('claim-unproven')[0]?.owner).toEqual({ staff: 'supervisor-1' });
  control.wait('11 min');
  expect(control.rungs('claim-unproven')[0]).toEqual({ to: 'supervisor', afterMs: 10 * 60_000 });
});

test('the claim holds back the closing, and its author’s rank changes nothing', () => {
  const control = incident();
  writes(control, 'Checks done');
  expect(closes(control)).toEqual(['claim-unproven']);
  control.does('supervisor-1', 'WithdrawClaim', { incident: 'i1', says: 'checks-done', reason: 'not run' });
  expect(closes(control)).toEqual([]);
});

test('checks that ran, came back and were read make the claim true', () => {
  const control = incident([checkMissing, claimUnproven]);
  control.checks();
  writes(control, 'Checks done, no trace');
  control.wait('1 h');
  expect(control.raised('claim-unproven')).toEqual([]);
  expect(closes(control)).toEqual([]);
});

test('a claim made while the checks are running waits for them, and what they found must be read', () => {
  const control = incident([checkMissing, claimUnproven]);
  writes(control, 'Checks done');
  expect(control.raised('claim-unproven')).toEqual([]);
  const [check] = [...control.room().checks.keys()];
  const finding = {
    id: 'f1',
    kind: 'crime',
    subject: 'phone',
    when: 0,
    source: 'own-history',
    says: 'x',
    strength: 'strong',
  };
  control.does('heed', 'CompleteCheck', { check, result: 'found', findings: [finding] });
  control.wait('3 min');
  expect(control.raised('claim-unproven')).toHaveLength(1);
  control.does('handler-1', 'ReadCheck', { check });
  expect(control.duties('claim-unproven')).toEqual([]);
});

test('checks that failed do not make “no trace” true', () => {
  const control = incident([checkMissing, claimUnproven]);
  control.checks('failed');
  writes(control, 'Checks done, no trace');
  expect(control.raised('claim-unproven')).toHaveLength(2);
});

test('a correcting entry withdraws the claim, and one that says it again does not', () => {
  const control = incident();
  writes(control, 'Checks done');
  const entry = control.facts('EntryAdded')[0]?.seq;
  control.does('supervisor-1', 'CorrectEntry', { incident: 'i1', entry, text: 'To be clear: all checks were run' });
  expect(keys(control)).toEqual(['checks-done']);
  const again = control.facts('EntryCorrected')[0]?.seq;
  control.does('supervisor-1', 'CorrectEntry', { incident: 'i1', entry: again, text: 'I have asked for them now' });
  expect(keys(control)).toEqual([]);
});

test('“a unit is on the way” is asked about after two minutes and met by one that acknowledges', () => {
  const control = incident();
  writes(control, 'unit en route', 'dispatcher-1');
  control.wait('1 min');
  expect(control.raised('claim-unproven')).toEqual([]);
  control.wait('2 min');
  expect(control.raised('claim-unproven')).toHaveLength(1);
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  expect(keys(control)).toEqual(['unit-en-route']);
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  expect(keys(control)).toEqual([]);
});

test('said after the fact it is quiet', () => {
  const control = incident();
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'MarkEnRoute', { deployment: 'd1' });
  writes(control, 'unit en route', 'dispatcher-1');
  control.wait('1 h');
  expect(control.duties('claim-unproven')).toEqual([]);
});

test('“no units available” while some are free stands out at once, and is met by the recorded answer', () => {
  const control = incident();
  writes(control, 'no units available', 'dispatcher-1');
  expect(control.raised('claim-unproven')).toHaveLength(1);
  control.does('dispatcher-1', 'AnswerNoUnit', { incident: 'i1', reason: 'all committed' });
  expect(keys(control)).toEqual([]);
});

test('“no units available” is quiet when none is free', () => {
  const control = incident();
  for (const unit of ['unit-1', 'unit-2', 'unit-3'])
    control.does('dispatcher-1', 'SetUnitStatus', { unit, status: 'refreshments' });
  writes(control, 'no units available', 'dispatcher-1');
  expect(control.duties('claim-unproven')).toEqual([]);
});

test('“seen safe” is not met by a call back, and is met by an officer who saw them', () => {
  const control = incident();
  writes(control, 'female safe and well');
  control.wait('3 min');
  expect(control.raised('claim-unproven')).toHaveLength(1);
  control.does('supervisor-1', 'AttemptCallback', { callback: 'b1', incident: 'i1' });
  control.does('supervisor-1', 'RecordCallback', { callback: 'b1', result: 'spoke-to-caller', questions: 'closed' });
  expect(keys(control)).toEqual(['seen-safe']);
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  const seen = [{ identified: 'document', apart: true, safe: true }];
  control.does('dispatcher-1', 'RecordResult', { deployment: 'd1', outcome: 'seen', seen });
  expect(keys(control)).toEqual([]);
});

test('what officers at the scene say waits for their result', () => {
  const control = incident();
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  writes(control, 'male arrested', 'dispatcher-1');
  control.wait('20 min');
  expect(control.raised('claim-unproven')).toEqual([]);
  control.does('dispatcher-1', 'RecordResult', { deployment: 'd1', outcome: 'arrested' });
  expect(control.duties('claim-unproven')).toEqual([]);
});

test('“supervisor aware” is met by asking a supervisor to look', () => {
  const control = incident();
  writes(control, 'supervisor aware', 'handler-1');
  control.wait('3 min');
  expect(control.raised('claim-unproven')).toHaveLength(1);
  control.does('handler-1', 'RequestReview', { review: 'r1', incident: 'i1', question: 'please look' });
  expect(keys(control)).toEqual([]);
});

test('an order said to have lapsed is asked about unless the register shows it', () => {
  const control = incident();
  control.does('handler-1', 'Mention', {
    subject: 'him',
    identity: { kind: 'person', name: 'Bo Example' },
    incident: 'i1',
    role: 'suspect',
  });
  const made = { kind: 'restraining', respondent: 'him', protects: ['phone'], madeAt: 0, service: 'served' };
  control.does('handler-1', 'RecordOrder', { order: 'o1', ...made });
  writes(control, 'order has expired', 'handler-1');
  expect(keys(control)).toEqual(['order-not-in-force']);
  control.does('fim-1', 'EndOrder', { order: 'o1', reason: 'discharged by the court today' });
  writes(control, 'order has been discharged', 'handler-1');
  expect(keys(control)).toEqual([]);
});

test('where nobody is at risk, words about a visit are only marked as a claim', () => {
  const control = controlRoom([claimUnproven]);
  control.call('c1', { words: 'a car is parked across my drive', subjects: { phone }, ends: 'ended' });
  control.opens('i1', { contact: 'c1', grade: 'scheduled', kinds: ['road-other'] });
  writes(control, 'area searched, all in order', 'handler-1');
  control.wait('1 d');
  expect(control.duties('claim-unproven')).toEqual([]);
  expect(control.notes('claim-unproven')).toEqual(['searched', 'seen-safe']);
});

test('routine entries raise nothing', () => {
  const control = incident();
  writes(control, 'caller hung up before giving a name', 'handler-1');
  control.wait('1 d');
  expect(control.duties('claim-unproven')).toEqual([]);
});
