import { expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { assessmentStale } from './assessment-stale.ts';

const elements = {
  threat: 'shouting',
  harm: 'none',
  risk: 'some',
  investigation: 'none',
  vulnerability: 'none known',
  engagement: 'willing',
};

function assessed(words = 'there is shouting next door', grade = 'scheduled'): ControlRoom {
  const control = controlRoom([assessmentStale]);
  control.call('c1', { words });
  control.opens('i1', { contact: 'c1', grade });
  assesses(control);
  return control;
}

function assesses(control: ControlRoom): void {
  control.does('handler-1', 'Assess', { incident: 'i1', elements, level: 'standard', reason: 'as told' });
}

function codes(control: ControlRoom): readonly string[] {
  return control.duties('assessment-stale').flatMap((duty) => duty.why.map((one) => one.code));
}

test('a new danger told after the assessment asks for a new one, due in ten minutes, the supervisor ten later', () => {
  const control = assessed();
  control.does('handler-1', 'RecordStatement', { contact: 'c1', words: 'he has a knife' });
  expect(control.raised('assessment-stale')).toEqual([]);
  control.wait('21 min');
  expect(control.raised('assessment-stale').map((one) => one.level)).toEqual(['prompt']);
  expect(control.rungs('assessment-stale')).toEqual([{ to: 'supervisor', afterMs: 20 * 60_000 }]);
});

test('a new assessment meets it, and one made within two minutes is not interrupted', () => {
  const control = assessed();
  control.does('handler-1', 'RecordStatement', { contact: 'c1', words: 'he has a knife' });
  control.wait('1 min');
  control.does('handler-1', 'Assess', { incident: 'i1', elements: { threat: 'knife' }, level: 'high' });
  expect(control.duties('assessment-stale')).toHaveLength(1);
  assesses(control);
  expect(control.duties('assessment-stale')).toEqual([]);
  expect(control.raised('assessment-stale')).toEqual([]);
});

test('a danger that the assessment knew, and routine entries, are quiet', () => {
  const control = assessed('he has a knife');
  control.does('handler-1', 'RecordStatement', { contact: 'c1', words: 'he still has the knife, he has a knife' });
  control.does('dispatcher-1', 'AddEntry', { incident: 'i1', text: 'caller gave her date of birth' });
  control.wait('1 d');
  expect(control.duties('assessment-stale')).toEqual([]);
});

test('without an assessment there is none to be stale', () => {
  const control = controlRoom([assessmentStale]);
  control.opens('i1', { grade: 'scheduled' });
  control.does('handler-1', 'AddEntry', { incident: 'i1', text: 'he has a knife' });
  expect(control.duties('assessment-stale')).toEqual([]);
});

test('a contact that is joined and tells of more than was known makes it stale', () => {
  const control = assessed();
  control.call('c2', { handler: 'handler-2', words: 'he is strangling her' });
  control.does('handler-2', 'JoinContact', { contact: 'c2', incident: 'i1' });
  expect(codes(control)).toEqual(['since-danger']);
});

test('a corrected entry on which danger rested makes it stale', () => {
  const control = assessed('he has a knife');
  const entry = control.facts('StatementRecorded')[0]?.seq;
  control.does('handler-1', 'CorrectEntry', { incident: 'i1', entry, text: 'she said wife, not knife' });
  expect(codes(control)).toEqual(['since-correction']);
});

test('a visit that found nobody makes it stale', () => {
  const control = assessed();
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  control.does('dispatcher-1', 'RecordResult', { deployment: 'd1', outcome: 'no-answer' });
  expect(codes(control)).toEqual(['since-visit']);
});

test('the search of a second unit is no failed visit while the first is still there', () => {
  const control = assessed();
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd2', incident: 'i1', unit: 'unit-2' });
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  control.does('dispatcher-1', 'RecordResult', { deployment: 'd2', outcome: 'area-search' });
  expect(control.duties('assessment-stale')).toEqual([]);
  control.does('dispatcher-1', 'RecordResult', { deployment: 'd1', outcome: 'no-answer' });
  expect(codes(control)).toEqual(['since-visit']);
});

test('a visit that saw them is quiet', () => {
  const control = assessed();
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  const seen = [{ identified: 'document', apart: true, safe: true }];
  control.does('dispatcher-1', 'RecordResult', { deployment: 'd1', outcome: 'seen', seen });
  expect(control.duties('assessment-stale')).toEqual([]);
});

test('a child named later, a kind of risk added later and a grave finding each make it stale', () => {
  const control = assessed();
  const child = { subject: 'child', identity: { kind: 'person', name: 'Cy Example' }, incident: 'i1', role: 'child' };
  control.does('handler-1', 'Mention', child);
  control.does('handler-1', 'SetKinds', { incident: 'i1', add: ['vulnerable-adult'] });
  control.does('handler-1', 'RequestCheck', { check: 'k1', source: 'own-history', subject: 'child', incident: 'i1' });
  const when = Date.UTC(2026, 0, 2);
  const finding = { id: 'f1', kind: 'crime', subject: 'child', when, source: 'own-history', strength: 'strong' };
  const findings = [{ ...finding, signs: ['violence'], says: 'assault in January' }];
  control.does('heed', 'CompleteCheck', { check: 'k1', result: 'found', findings });
  expect(codes(control)).toEqual(['since-child', 'since-kind', 'since-check']);
  control.wait('1 h');
  expect(control.raised('assessment-stale')).toHaveLength(1);
});

test('an incident that waits for a unit an hour after its assessment is to be assessed again', () => {
  const control = assessed('there is shouting next door', 'priority');
  control.wait('59 min');
  expect(control.raised('assessment-stale')).toEqual([]);
  control.wait('2 min');
  expect(control.raised('assessment-stale')).toHaveLength(1);
  assesses(control);
  control.wait('30 min');
  expect(control.raised('assessment-stale')).toHaveLength(1);
  control.wait('31 min');
  expect(control.raised('assessment-stale')).toHaveLength(2);
});

test('a unit that acknowledged, or a grade that sends nobody, stops that clock', () => {
  const control = assessed('there is shouting next door', 'priority');
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  expect(control.duties('assessment-stale')).toHaveLength(1);
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  expect(control.duties('assessment-stale')).toEqual([]);
  const scheduled = assessed();
  scheduled.wait('2 d');
  expect(scheduled.raised('assessment-stale')).toEqual([]);
});

test('a unit that is diverted away starts the clock again from the assessment', () => {
  const control = assessed('there is shouting next door', 'priority');
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  control.wait('50 min');
  control.opens('i2', { grade: 'emergency' });
  control.does('dispatcher-1', 'DivertUnit', { deployment: 'd2', unit: 'unit-1', to: 'i2', reason: 'worse' });
  control.wait('11 min');
  expect(control.raised('assessment-stale')).toHaveLength(1);
});
