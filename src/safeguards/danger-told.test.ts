import { expect, test } from 'vitest';
import { controlRoom, gatesOf } from '../../test/control-room.ts';
import { callerCutOff } from './caller-cut-off.ts';
import { dangerTold } from './danger-told.ts';

const id = 'danger-told';
const threat = 'he has got a knife';
const followed = 'a man is following me home';
const fear = 'I am scared of him';
const abuse = (contact: string) => ({ contact, disposition: 'abuse-only', reason: 'shouted abuse' });

test('a life-threat term makes an emergency at once, and asks nobody', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1');
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  control.does('handler-1', 'RecordStatement', { contact: 'c1', words: threat });
  expect(control.floors('i1')).toEqual([`${id} emergency`]);
  expect(control.duties(id)).toEqual([]);
});

test.each(['a statement', 'the operator', 'an entry', 'a correction', 'the summary', 'a call back'])(
  'danger told in %s counts',
  (where) => {
    const control = controlRoom([dangerTold]);
    control.call('c1');
    control.opens('i1', { contact: 'c1', grade: 'scheduled', summary: where === 'the summary' ? threat : 'report' });
    const entry = control.room().incidents.get('i1')?.log.first()?.seq;
    if (where === 'a statement') control.does('handler-1', 'RecordStatement', { contact: 'c1', words: threat });
    if (where === 'the operator') control.does('heed', 'RecordRelay', { contact: 'c1', words: threat });
    if (where === 'an entry') control.does('dispatcher-1', 'AddEntry', { incident: 'i1', text: threat });
    if (where === 'a correction') control.does('handler-1', 'CorrectEntry', { incident: 'i1', entry, text: threat });
    if (where === 'a call back') {
      control.does('handler-1', 'AttemptCallback', { callback: 'b1', contact: 'c1' });
      control.does('handler-1', 'RecordCallback', { callback: 'b1', result: 'spoke-to-caller', words: threat });
    }
    expect(control.floors('i1')).toEqual([`${id} emergency`]);
  },
);

test('a word hit prompts the handler where it would raise the grade; confirmed, it sets the floor', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1');
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  control.does('handler-1', 'RecordStatement', { contact: 'c1', words: followed });
  expect(control.raised(id).map((one) => one.level)).toEqual(['prompt']);
  expect(control.duties(id)[0]?.owner).toEqual({ staff: 'handler-1' });
  expect(control.floors('i1')).toEqual([]);
  control.does('handler-1', 'ConfirmDanger', { incident: 'i1', dangers: ['held-or-followed'] });
  expect(control.floors('i1')).toEqual([`${id} emergency`]);
  expect(control.duties(id)).toEqual([]);
});

const alike = "he's stood over her and she's stopped answering me, I'm sat in the bathroom with my back against it";

test('what only reads like danger is asked about; confirmed it sets the floor as danger does', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1');
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  control.does('handler-1', 'RecordStatement', { contact: 'c1', words: alike });
  expect(control.raised(id)).toEqual([]);
  control.wait('1 min');
  expect(control.raised(id)).toHaveLength(1);
  expect(control.duties(id)[0]).toMatchObject({ level: 'prompt', owner: { staff: 'handler-1' } });
  expect(control.floors('i1')).toEqual([]);
  control.does('handler-1', 'ConfirmDanger', { incident: 'i1', dangers: ['like-danger'] });
  expect(control.floors('i1')).toEqual([`${id} priority`]);
  expect(control.room().incidents.get('i1')?.dangers).toMatchObject([{ kind: 'like-danger', confirmed: true }]);
  expect(control.duties(id)).toEqual([]);
});

test('what only reads like danger and is none is not asked about again when the grade is set', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1');
  control.does('handler-1', 'RecordStatement', { contact: 'c1', words: alike });
  control.opens('i1', { contact: 'c1' });
  control.wait('1 min');
  control.does('handler-1', 'DismissDanger', {
    incident: 'i1',
    dangers: ['like-danger'],
    reason: 'a play is rehearsed',
  });
  control.does('handler-1', 'SetGrade', { incident: 'i1', grade: 'scheduled', reason: 'a play' });
  control.wait('10 min');
  expect(control.duties(id)).toEqual([]);
});

test('what reads like danger on a call back can be confirmed as what a caller said at first can', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1');
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  control.does('handler-1', 'AttemptCallback', { callback: 'b1', contact: 'c1' });
  control.does('handler-1', 'RecordCallback', { callback: 'b1', result: 'spoke-to-caller', words: alike });
  control.wait('1 min');
  expect(control.raised(id)).toHaveLength(1);
  control.does('handler-1', 'ConfirmDanger', { incident: 'i1', dangers: ['like-danger'] });
  expect(control.floors('i1')).toEqual([`${id} priority`]);
  expect(control.duties(id)).toEqual([]);
});

test('what reads like danger and nobody answered goes along into another incident', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1');
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  control.does('handler-1', 'RecordStatement', { contact: 'c1', words: alike });
  control.wait('1 min');
  control.call('c2');
  control.opens('i2', { contact: 'c2', grade: 'scheduled' });
  control.does('handler-1', 'JoinIncidents', { incident: 'i1', into: 'i2', reason: 'the same event' });
  control.wait('1 min');
  expect(control.duties(id).map((one) => one.about)).toEqual(['incident:i2']);
});

test('what reads like danger asks nobody who has graded it as one', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1');
  control.opens('i1', { contact: 'c1', grade: 'priority' });
  control.does('handler-1', 'RecordStatement', { contact: 'c1', words: alike });
  control.wait('10 min');
  expect(control.raised(id)).toEqual([]);
});

test('a contact that reads like danger is not let go without an incident or a reason', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1');
  control.does('handler-1', 'RecordStatement', { contact: 'c1', words: alike });
  control.wait('1 min');
  expect(control.duties(id)[0]?.about).toBe('contact:c1');
});

test('a prompt that nobody answers reaches the supervisor, and confirming another danger does not answer it', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1');
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  control.does('handler-1', 'RecordStatement', { contact: 'c1', words: followed });
  control.does('handler-1', 'ConfirmDanger', { incident: 'i1', dangers: ['fear'] });
  expect(control.duties(id)).toHaveLength(1);
  control.wait('5 min');
  expect(control.rungs(id)).toEqual([{ to: 'supervisor', afterMs: 5 * 60_000 }]);
});

test('a handler who grades it as high as the danger asks is not interrupted', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1', { words: fear });
  control.opens('i1', { contact: 'c1' });
  control.wait('30 s');
  control.does('handler-1', 'SetGrade', { incident: 'i1', grade: 'priority', reason: 'fear' });
  control.wait('1 h');
  expect(control.raised(id)).toEqual([]);
});

test('graded below what was told, it is asked at once', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1', { words: fear });
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  expect(control.raised(id).map((one) => one.level)).toEqual(['prompt']);
});

test('a life-threat term in a contact without an incident alarms within a minute unless one is opened', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1', { words: threat });
  control.call('c2', { words: threat, handler: 'handler-2' });
  control.opens('i2', { contact: 'c2', by: 'handler-2' });
  expect(control.floors('i2')).toEqual([`${id} emergency`]);
  control.wait('1 min');
  expect(control.raised(id).map((one) => [one.level, one.about])).toEqual([['alarm', 'contact:c1']]);
  expect(control.rungs(id).map((one) => one.to)).toEqual(['supervisor']);
});

test('a contact that ends with danger told and no incident alarms at once', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1', { words: threat, ends: 'ended' });
  expect(control.raised(id).map((one) => one.level)).toEqual(['alarm']);
});

test('where the alarm for a cut-off caller already asks for the incident, it does not sound a second', () => {
  const control = controlRoom([callerCutOff, dangerTold]);
  control.call('c1', { words: threat, ends: 'cut-off' });
  expect(control.raised().map((one) => one.safeguard)).toEqual(['caller-cut-off']);
});

test('danger told in a contact counts in the incident that it joins', () => {
  const control = controlRoom([dangerTold]);
  control.opens('i1', { grade: 'scheduled' });
  control.call('c1', { words: threat });
  control.does('handler-1', 'JoinContact', { contact: 'c1', incident: 'i1' });
  expect(control.floors('i1')).toEqual([`${id} emergency`]);
  expect(control.duties(id)).toEqual([]);
});

test('danger told in an incident counts in the one that it is joined into', () => {
  const control = controlRoom([dangerTold]);
  control.opens('i1', { summary: threat });
  control.opens('i2', { grade: 'scheduled', by: 'handler-2' });
  control.does('supervisor-1', 'JoinIncidents', { incident: 'i1', into: 'i2', reason: 'one event' });
  expect(control.floors('i2')).toEqual([`${id} emergency`]);
});

test('what was confirmed goes along into another incident, and what was lifted does not come back', () => {
  const control = controlRoom([dangerTold]);
  control.opens('i1', { summary: followed });
  control.does('handler-1', 'ConfirmDanger', { incident: 'i1', dangers: ['held-or-followed'] });
  control.opens('i2', { by: 'handler-2' });
  control.does('supervisor-1', 'JoinIncidents', { incident: 'i1', into: 'i2', reason: 'one event' });
  expect(control.floors('i2')).toEqual([`${id} emergency`]);
  control.does('fim-1', 'LiftFloor', { incident: 'i2', safeguard: id, reason: 'it was a jogger' });
  control.opens('i3', { by: 'handler-2', grade: 'scheduled' });
  control.does('supervisor-1', 'JoinIncidents', { incident: 'i2', into: 'i3', reason: 'one event' });
  expect(control.floors('i3')).toEqual([]);
});

test('a caller who tells of danger in a closed matter alarms; an officer who writes it up does not', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1');
  control.opens('i1', { contact: 'c1' });
  control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'advice', reason: 'advice' });
  control.does('constable-1', 'AddEntry', { incident: 'i1', text: threat, source: 'officer' });
  expect(control.duties(id)).toEqual([]);
  control.does('handler-1', 'RecordStatement', { contact: 'c1', words: threat });
  expect(control.raised(id).map((one) => one.level)).toEqual(['alarm']);
  control.does('handler-1', 'ReopenIncident', { incident: 'i1', reason: 'danger told' });
  expect(control.duties(id)).toEqual([]);
});

test('lifting the floor by decision ends it, and only new words set it again', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1', { words: threat });
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  control.does('fim-1', 'LiftFloor', { incident: 'i1', safeguard: id, reason: 'a kitchen knife that was stolen' });
  control.does('handler-1', 'SetGrade', { incident: 'i1', grade: 'scheduled', reason: 'theft' });
  control.does('handler-1', 'AddEntry', { incident: 'i1', text: 'will be seen tomorrow' });
  expect(control.floors('i1')).toEqual([]);
  control.does('handler-1', 'RecordStatement', { contact: 'c1', words: 'he is going to kill me' });
  expect(control.floors('i1')).toEqual([`${id} emergency`]);
});

test('danger that is denied is a note and asks nothing', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1', { words: 'he has no knife' });
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  control.wait('1 h');
  expect(control.notes(id)).toEqual(['not-told']);
  expect(control.floors('i1')).toEqual([]);
  expect(control.duties(id)).toEqual([]);
});

test('an ordinary report says nothing', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1', { words: 'there is a car parked across my drive', ends: 'ended' });
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  control.wait('1 h');
  expect(control.facts('NoteAdded')).toEqual([]);
  expect(control.duties(id)).toEqual([]);
});

test('given up as abuse by its handler, or by somebody else; never by its handler where a life was threatened', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1', { words: fear, ends: 'ended' });
  control.does('handler-1', 'DisposeContact', abuse('c1'));
  expect(control.duties(id)).toEqual([]);
  control.call('c2', { words: threat, ends: 'ended' });
  control.does('handler-1', 'DisposeContact', abuse('c2'));
  expect(control.duties(id)).toHaveLength(1);
  control.does('supervisor-1', 'DisposeContact', abuse('c2'));
  expect(control.duties(id)).toEqual([]);
});

test('a handler may say that a word was no danger, with a reason', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1', { words: 'I am really frightened of him' });
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  expect(control.duties('danger-told')).toHaveLength(1);
  const outcome = control.does('handler-1', 'DismissDanger', {
    incident: 'i1',
    dangers: ['fear'],
    reason: 'of the dog',
  });
  expect(outcome.kind).toBe('done');
  expect(control.duties('danger-told')).toEqual([]);
});

test('a threat to life is not dismissed by one person, and not by two who both spoke to the caller', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1', { words: 'he has got a knife and says he will kill me' });
  control.opens('i1', { contact: 'c1' });
  const data = { incident: 'i1', dangers: ['weapon', 'threat-to-life'], reason: 'a film' };
  expect(gatesOf(control.does('handler-1', 'DismissDanger', data))).toEqual(['danger-told']);
  control.does('handler-1', 'Propose', { decision: 'p1', command: { type: 'DismissDanger', data }, reason: 'a film' });
  expect(control.does('supervisor-1', 'Approve', { decision: 'p1', reason: 'heard the recording' }).kind).toBe('done');
});

test('a scream behind a caller who goes on speaking makes an emergency at once', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1', { words: 'there is a loud party next door' });
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  control.does('handler-1', 'RecordObservation', { contact: 'c1', observations: ['scream'] });
  expect(control.floors('i1')).toEqual(['danger-told emergency']);
});

test('laughter and noise behind a caller are none', () => {
  const control = controlRoom([dangerTold]);
  control.call('c1', { words: 'there is a loud party next door' });
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  control.does('handler-1', 'RecordObservation', { contact: 'c1', observations: ['laughter', 'background-noise'] });
  expect(control.floors('i1')).toEqual([]);
});
