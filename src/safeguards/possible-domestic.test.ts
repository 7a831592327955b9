import { expect, test } from 'vitest';
import { controlRoom, gatesOf } from '../../test/control-room.ts';
import { possibleDomestic } from './possible-domestic.ts';

const id = 'possible-domestic';
const ann = { kind: 'person', name: 'Ann Example' };
const bob = { kind: 'person', name: 'Bob Example' };

test('"it could be my ex-husband" is treated as domestic, with the words that say so and no interruption', () => {
  const control = controlRoom([possibleDomestic]);
  control.call('c1', { words: 'somebody is banging on my door, I think it could be my ex-husband' });
  control.opens('i1', { contact: 'c1', grade: 'priority' });
  expect(control.room().incidents.get('i1')?.kinds).toEqual(['domestic']);
  expect(control.notes(id)).toEqual(['said']);
  expect(control.duties()).toEqual([]);
});

test('said later, in a statement or an entry, it counts from then', () => {
  const control = controlRoom([possibleDomestic]);
  control.call('c1');
  control.opens('i1', { contact: 'c1' });
  control.opens('i2');
  control.does('handler-1', 'RecordStatement', { contact: 'c1', words: 'my husband hit me' });
  control.does('dispatcher-1', 'AddEntry', { incident: 'i2', text: 'her boyfriend hit her' });
  expect(control.room().incidents.get('i1')?.kinds).toEqual(['domestic']);
  expect(control.room().incidents.get('i2')?.kinds).toEqual(['domestic']);
});

test.each(['partner', 'ex-partner', 'family'])('a possible suspect who is a %s makes it domestic', (relation) => {
  const control = controlRoom([possibleDomestic]);
  control.call('c1', { subjects: { ann: [ann, 'caller'], bob: [bob, 'possible-suspect'] } });
  control.opens('i1', { contact: 'c1' });
  expect(control.room().incidents.get('i1')?.kinds).toEqual([]);
  control.does('handler-1', 'Relate', { from: 'bob', to: 'ann', relation, incident: 'i1' });
  expect(control.room().incidents.get('i1')?.kinds).toEqual(['domestic']);
});

test('a relation known before makes it domestic as soon as the suspect is named', () => {
  const control = controlRoom([possibleDomestic]);
  control.call('c1', { subjects: { ann: [ann, 'caller'] } });
  control.opens('i1', { contact: 'c1' });
  control.does('handler-1', 'RecordSubject', { subject: 'bob', identity: bob });
  control.does('handler-1', 'Relate', { from: 'bob', to: 'ann', relation: 'ex-partner' });
  control.does('handler-1', 'Mention', { subject: 'bob', incident: 'i1', role: 'suspect' });
  expect(control.room().incidents.get('i1')?.kinds).toEqual(['domestic']);
});

test('a neighbour as suspect, or a relative who is no suspect, changes nothing', () => {
  const control = controlRoom([possibleDomestic]);
  control.call('c1', { words: 'my neighbour plays music', subjects: { ann: [ann, 'caller'], bob: [bob, 'suspect'] } });
  control.opens('i1', { contact: 'c1' });
  control.does('handler-1', 'Relate', { from: 'bob', to: 'ann', relation: 'knows', incident: 'i1' });
  control.call('c2', { subjects: { ann: [ann, 'caller'], carl: [{ kind: 'person', name: 'Carl' }, 'witness'] } });
  control.opens('i2', { contact: 'c2' });
  control.does('handler-1', 'Relate', { from: 'carl', to: 'ann', relation: 'partner', incident: 'i2' });
  expect(control.facts('KindsSet')).toEqual([]);
});

test('a suspect who is somebody else’s partner changes nothing', () => {
  const control = controlRoom([possibleDomestic]);
  control.call('c1', { subjects: { ann: [ann, 'caller'], bob: [bob, 'suspect'] } });
  control.opens('i1', { contact: 'c1' });
  control.does('handler-1', 'RecordSubject', { subject: 'eve', identity: { kind: 'person', name: 'Eve Example' } });
  control.does('handler-1', 'Relate', { from: 'bob', to: 'eve', relation: 'partner', incident: 'i1' });
  expect(control.facts('KindsSet')).toEqual([]);
});

test('the treatment is given up only by a second person who has not spoken to the caller', () => {
  const control = controlRoom([possibleDomestic]);
  control.call('c1', { words: 'I think it could be my ex-husband outside' });
  control.opens('i1', { contact: 'c1' });
  const data = { incident: 'i1', remove: ['domestic'], reason: 'it was a delivery driver' };
  expect(gatesOf(control.does('handler-1', 'SetKinds', data))).toEqual([id]);
  expect(gatesOf(control.does('supervisor-1', 'SetKinds', data))).toEqual([id]);
  control.does('handler-1', 'Propose', { decision: 'p1', command: { type: 'SetKinds', data }, reason: 'driver seen' });
  expect(control.does('supervisor-1', 'Approve', { decision: 'p1', reason: 'agreed' })).toEqual({ kind: 'done' });
  expect(control.room().incidents.get('i1')?.kinds).toEqual([]);
  control.does('handler-1', 'AddEntry', { incident: 'i1', text: 'unit resumed' });
  control.does('handler-1', 'Mention', { subject: 'ann', identity: ann, incident: 'i1', role: 'caller' });
  expect(control.room().incidents.get('i1')?.kinds).toEqual([]);
});

test('adding kinds, or removing others, is nobody’s to approve', () => {
  const control = controlRoom([possibleDomestic]);
  control.opens('i1', { kinds: ['nuisance'] });
  const data = { incident: 'i1', add: ['disturbance'], remove: ['nuisance'] };
  expect(control.does('handler-1', 'SetKinds', data)).toEqual({ kind: 'done' });
});
