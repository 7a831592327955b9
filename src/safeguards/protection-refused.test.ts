import { expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { protectionRefused } from './protection-refused.ts';

const ada = { kind: 'person', name: 'Ada Marsh' };
const carl = { kind: 'person', name: 'Carl Dent' };

interface Found {
  readonly signs?: readonly string[];
  readonly others?: readonly string[];
  readonly strength?: string;
}

/** A call whose check finds that she asked for an order six days ago. */
function calls(
  words: string,
  { signs = ['refused-protection'], others = ['carl'], strength = 'strong' }: Found = {},
): ControlRoom {
  const control = controlRoom([protectionRefused]);
  control.does('handler-1', 'RecordSubject', { subject: 'carl', identity: carl });
  control.call('c1', { words, subjects: { ada: [ada, 'caller'] } });
  control.does('handler-1', 'RequestCheck', { check: 'k1', source: 'own', subject: 'ada', contact: 'c1' });
  const finding = {
    id: 'old-1',
    kind: 'contact',
    subject: 'ada',
    source: 'own',
    says: 'asked for an order, told to see a solicitor',
  };
  const findings = [{ ...finding, when: control.room().now - 6 * 86_400_000, signs, others, strength }];
  control.does('heed', 'CompleteCheck', { check: 'k1', result: 'found', findings });
  return control;
}

test('having been sent away is noted on the next contact, and asked about when it is the same people', () => {
  const control = calls('can you tell me who to speak to');
  expect(control.notes('protection-refused')).toEqual(['asked-before']);
  control.opens('i1', { contact: 'c1', grade: 'priority' });
  expect(control.raised('protection-refused')).toEqual([]);
  control.does('handler-1', 'Mention', { subject: 'carl', contact: 'c1', role: 'possible-suspect' });
  expect(control.raised('protection-refused').map((one) => [one.level, one.about])).toEqual([
    ['prompt', 'incident:i1'],
  ]);
  control.wait('16 min');
  expect(control.rungs('protection-refused')[0]?.to).toBe('supervisor');
});

test('not knowing who it is does not make it other people while danger is told', () => {
  const control = calls('somebody is banging on my door and I am scared');
  control.opens('i1', { contact: 'c1', grade: 'priority' });
  expect(control.raised('protection-refused')).toHaveLength(1);
});

test('having asked counts where nothing says that it was given', () => {
  const control = calls('my ex husband rang me', { signs: ['asked-for-protection'] });
  control.opens('i1', { contact: 'c1', kinds: ['domestic'], grade: 'scheduled' });
  expect(control.raised('protection-refused')).toHaveLength(1);
});

test('somebody frightened who was sent elsewhere earlier today is noted and asked about', () => {
  const control = controlRoom([protectionRefused]);
  control.call('c1', { words: 'I am scared of my ex partner', subjects: { ada: [ada, 'caller'] } });
  control.does('handler-1', 'TellCaller', { contact: 'c1', telling: 'redirected', words: 'please see a solicitor' });
  control.does('handler-1', 'EndContact', { contact: 'c1' });
  control.wait('5 h');
  control.call('c2', { words: 'my ex partner is here', subjects: { ada: [ada, 'caller'] } });
  expect(control.notes('protection-refused')).toEqual(['asked-before']);
  control.opens('i2', { contact: 'c2', kinds: ['domestic'] });
  expect(control.raised('protection-refused')).toHaveLength(1);
});

test('only a decision on protection meets it, and it is not asked twice', () => {
  const control = calls('my ex husband is here', {});
  control.opens('i1', { contact: 'c1', kinds: ['domestic'], grade: 'priority' });
  control.does('handler-1', 'CompleteRiskForm', { incident: 'i1', form: 'dash', level: 'high' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('supervisor-1', 'DecideAttendance', { incidents: ['i1'], send: false, reason: 'advice' });
  expect(control.duties('protection-refused')).toHaveLength(1);
  control.does('constable-1', 'DecideArrest', { incident: 'i1', subject: 'carl', arrest: true, grounds: 'breach' });
  expect(control.duties('protection-refused')).toEqual([]);
  control.does('handler-1', 'Mention', { subject: 'carl', contact: 'c1', role: 'suspect' });
  expect(control.raised('protection-refused')).toHaveLength(1);
});

test('a supervisor who decides to send meets it', () => {
  const control = calls('my ex husband is here');
  control.opens('i1', { contact: 'c1', kinds: ['domestic'], grade: 'priority' });
  control.does('supervisor-1', 'DecideAttendance', { incidents: ['i1'], send: true, reason: 'see her' });
  expect(control.duties('protection-refused')).toEqual([]);
});

test('other people, or a matter without danger, leave it at the note', () => {
  const bike = calls('my bike was stolen');
  bike.opens('i1', { contact: 'c1', kinds: ['theft'], grade: 'scheduled' });
  expect([bike.raised('protection-refused'), bike.notes('protection-refused')]).toEqual([[], ['asked-before']]);
  const others = calls('a neighbour hit me');
  others.opens('i1', { contact: 'c1', grade: 'priority' });
  const next = { subject: 's9', identity: { kind: 'person', name: 'Len Poe' }, contact: 'c1', role: 'suspect' };
  const named = controlRoom([protectionRefused]);
  named.does('handler-1', 'RecordSubject', { subject: 'carl', identity: carl });
  named.call('c1', { words: 'a row with the neighbour', subjects: { ada: [ada, 'caller'] } });
  named.does('handler-1', 'Mention', next);
  named.opens('i1', { contact: 'c1', grade: 'priority' });
  expect(named.raised('protection-refused')).toEqual([]);
});

test('a weak match, a caller who was sent a unit, and a first contact raise nothing', () => {
  const weak = calls('my ex husband is here', { strength: 'weak' });
  weak.opens('i1', { contact: 'c1', kinds: ['domestic'] });
  expect([weak.raised('protection-refused'), weak.notes('protection-refused')]).toEqual([[], []]);
  const control = controlRoom([protectionRefused]);
  control.call('c1', { words: 'I am scared of my ex partner', subjects: { ada: [ada, 'caller'] } });
  control.does('handler-1', 'TellCaller', {
    contact: 'c1',
    telling: 'advised',
    words: 'lock the door, a unit is coming',
  });
  control.opens('i1', { contact: 'c1', kinds: ['domestic'], grade: 'priority' });
  control.wait('1 h');
  control.call('c2', { words: 'I am scared of my ex partner', subjects: { ada: [ada, 'caller'] } });
  control.does('handler-1', 'JoinContact', { contact: 'c2', incident: 'i1', as: 'further-to' });
  expect([control.raised('protection-refused'), control.notes('protection-refused')]).toEqual([[], []]);
});
