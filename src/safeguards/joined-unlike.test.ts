import { expect, test } from 'vitest';
import { controlRoom, gatesOf } from '../../test/control-room.ts';
import type { Call, ControlRoom } from '../../test/control-room.ts';
import { joinedUnlike } from './joined-unlike.ts';

const road = (street: string): unknown => ({ kind: 'place', street, town: 'Ashby' });
const car = (mark: string): unknown => ({ kind: 'vehicle', mark });
const person = (name: string): unknown => ({ kind: 'person', name });

function joins(control: ControlRoom, contact: string, call: Call): void {
  control.call(contact, call);
  control.does('handler-1', 'JoinContact', { contact, incident: 'i1' });
}

function crash(control: ControlRoom): void {
  const subjects = { road: [road('Mill Lane'), 'scene'], car: [car('AB12 CDE'), 'subject'] } as const;
  control.call('c1', { words: 'a car has left the road and the driver is hurt', subjects });
  control.opens('i1', { contact: 'c1', kinds: ['road-collision'], grade: 'emergency' });
}

function party(control: ControlRoom): void {
  control.call('c1', { words: 'loud music at 14', subjects: { road: [road('Larch Row'), 'scene'] } });
  control.opens('i1', { contact: 'c1', kinds: ['nuisance'], grade: 'scheduled' });
}

test('a second car off the road, joined to the first, is asked about', () => {
  const control = controlRoom([joinedUnlike]);
  crash(control);
  joins(control, 'c2', { words: 'there is a car off the road', subjects: { other: [car('XY34 ZZZ'), 'subject'] } });
  expect(control.raised('joined-unlike').map((one) => [one.level, one.about])).toEqual([['prompt', 'incident:i1']]);
  expect(control.duties('joined-unlike')[0]?.why[0]?.params['unlike']).toBe('another vehicle');
  expect(control.facts('LinkProposed')[0]?.body).toMatchObject({ from: 'c2', to: 'i1' });
  control.wait('11 min');
  expect(control.rungs('joined-unlike')[0]?.to).toBe('supervisor');
});

test('another place, another victim and another suspect are told apart', () => {
  const unlike: readonly (readonly [string, unknown, string, string])[] = [
    ['place-2', road('Quarry Hill'), 'scene', 'another place'],
    ['victim-2', person('Rose Field'), 'victim', 'another person harmed or at risk'],
    ['suspect-2', person('Carl Dent'), 'suspect', 'another suspect'],
  ];
  for (const [subject, identity, role, says] of unlike) {
    const control = controlRoom([joinedUnlike]);
    crash(control);
    control.does('handler-1', 'Mention', {
      subject: 'v1',
      identity: person('Ben Shaw'),
      incident: 'i1',
      role: 'victim',
    });
    control.does('handler-1', 'Mention', {
      subject: 's1',
      identity: person('Tom Hale'),
      incident: 'i1',
      role: 'suspect',
    });
    joins(control, 'c2', { words: 'there has been an accident', subjects: { [subject]: [identity, role] } });
    expect(control.duties('joined-unlike')[0]?.why[0]?.params['unlike']).toBe(says);
  }
});

test('a scream at the party adds danger: an alarm, told to the supervisor at once', () => {
  const control = controlRoom([joinedUnlike]);
  party(control);
  joins(control, 'c2', { words: 'a woman is screaming at the party' });
  control.wait('1 s');
  expect(control.raised('joined-unlike').map((one) => one.level)).toEqual(['alarm']);
  expect(control.rungs('joined-unlike')[0]).toEqual({ to: 'supervisor', afterMs: 0 });
});

test('danger told or heard after the contact was joined counts as well', () => {
  const told = controlRoom([joinedUnlike]);
  party(told);
  joins(told, 'c2', { words: 'the party again' });
  told.does('handler-1', 'RecordStatement', { contact: 'c2', words: 'now somebody has a knife' });
  expect(told.raised('joined-unlike').map((one) => one.level)).toEqual(['alarm']);
  const heard = controlRoom([joinedUnlike]);
  party(heard);
  joins(heard, 'c2', { words: 'the party again' });
  heard.does('handler-1', 'RecordObservation', { contact: 'c2', observations: ['scream'] });
  expect(heard.raised('joined-unlike').map((one) => one.level)).toEqual(['alarm']);
});

test('a vehicle named after the contact was joined counts as well', () => {
  const control = controlRoom([joinedUnlike]);
  crash(control);
  joins(control, 'c2', { words: 'there is a car off the road' });
  expect(control.raised('joined-unlike')).toEqual([]);
  control.does('handler-1', 'Mention', { subject: 'car-2', identity: car('XY34 ZZZ'), contact: 'c2', role: 'subject' });
  expect(control.raised('joined-unlike')).toHaveLength(1);
});

test('same or separate, decided by a person, meets it and is never asked again', () => {
  for (const command of ['ConfirmLink', 'DeclineLink']) {
    const control = controlRoom([joinedUnlike]);
    crash(control);
    joins(control, 'c2', { words: 'a car is off the road', subjects: { other: [car('XY34 ZZZ'), 'subject'] } });
    const link = control.facts('LinkProposed')[0]?.ids['link'];
    control.does('dispatcher-1', command, { link, reason: 'asked the caller' });
    expect(control.duties('joined-unlike')).toEqual([]);
    control.does('handler-1', 'Mention', {
      subject: 'm2',
      identity: road('Quarry Hill'),
      contact: 'c2',
      role: 'scene',
    });
    expect(control.raised('joined-unlike')).toHaveLength(1);
  }
});

test('with danger told, the one who took the contact cannot decide it alone', () => {
  const control = controlRoom([joinedUnlike]);
  party(control);
  joins(control, 'c2', { words: 'a woman is screaming at the party' });
  const link = control.facts('LinkProposed')[0]?.ids['link'];
  control.does('handler-1', 'ConfirmLink', { link });
  expect(control.duties('joined-unlike')).toHaveLength(1);
});

test('sending a unit or a note in the log does not meet it', () => {
  const control = controlRoom([joinedUnlike]);
  party(control);
  joins(control, 'c2', { words: 'a woman is screaming at the party' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('handler-1', 'AddEntry', { incident: 'i1', text: 'same event' });
  expect(control.duties('joined-unlike')).toHaveLength(1);
});

test('twenty callers of one crash, with injuries and half-heard names, raise nothing', () => {
  const control = controlRoom([joinedUnlike]);
  crash(control);
  control.does('handler-1', 'Mention', { subject: 'v', identity: person('Ben Shaw'), incident: 'i1', role: 'victim' });
  const said = ['he is bleeding', 'he is unconscious', 'a crash', 'not breathing I think', 'car in the ditch'];
  for (let place = 2; place <= 21; place += 1)
    joins(control, `c${place}`, {
      words: said[place % said.length] ?? 'a crash',
      subjects: { [`r${place}`]: [road('Mill Lane'), 'scene'], [`v${place}`]: [person('Ben'), 'victim'] },
    });
  expect(control.raised('joined-unlike')).toEqual([]);
});

test('neighbours of one party raise nothing, nor does a witness who names their own car', () => {
  const control = controlRoom([joinedUnlike]);
  party(control);
  control.does('handler-1', 'Mention', { subject: 'v1', identity: car('AB12 CDE'), incident: 'i1', role: 'subject' });
  for (const place of [2, 3, 4])
    joins(control, `c${place}`, {
      words: 'loud music at the party',
      subjects: { [`w${place}`]: [car(`WW1${place} AAA`), 'witness'], [`r${place}`]: [road('Larch Row'), 'scene'] },
    });
  expect(control.raised('joined-unlike')).toEqual([]);
});

test('the same caller ringing on, and a contact that is further to an incident, are not asked about', () => {
  const control = controlRoom([joinedUnlike]);
  const phone = { kind: 'phone', number: '07700 900001' };
  control.call('c1', { words: 'my neighbour is loud', subjects: { p: [phone, 'caller'] } });
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  joins(control, 'c2', { words: 'now I am scared', subjects: { p: [phone, 'caller'] } });
  control.call('c3', { words: 'he has a knife' });
  control.does('handler-1', 'JoinContact', { contact: 'c3', incident: 'i1', as: 'further-to' });
  expect(control.raised('joined-unlike')).toEqual([]);
});

test('two incidents that differ are not joined without a second person', () => {
  const control = controlRoom([joinedUnlike]);
  party(control);
  control.call('c2', { words: 'a man has a knife', handler: 'handler-2' });
  control.opens('i2', { contact: 'c2', grade: 'emergency', by: 'handler-2' });
  const join = { incident: 'i2', into: 'i1', reason: 'same address' };
  expect(gatesOf(control.does('handler-1', 'JoinIncidents', join))).toEqual(['joined-unlike']);
  const propose = { decision: 'x1', command: { type: 'JoinIncidents', data: join }, reason: 'read both' };
  control.does('handler-1', 'Propose', propose);
  control.does('supervisor-1', 'Approve', { decision: 'x1', reason: 'read both' });
  expect(control.room().incidents.get('i2')?.joinedInto).toBe('i1');
});

test('two incidents that do not differ are joined at once, and so are two said to be the same', () => {
  const control = controlRoom([joinedUnlike]);
  party(control);
  control.call('c2', { words: 'loud music at 14' });
  control.opens('i2', { contact: 'c2' });
  expect(control.does('handler-1', 'JoinIncidents', { incident: 'i2', into: 'i1', reason: 'same' }).kind).toBe('done');
  control.call('c3', { words: 'a man has a knife at 14' });
  control.opens('i3', { contact: 'c3' });
  control.does('heed', 'ProposeLink', { link: 'l1', from: 'i3', to: 'i1', strength: 'strong', reasons: ['same home'] });
  control.does('supervisor-1', 'ConfirmLink', { link: 'l1' });
  expect(control.does('handler-1', 'JoinIncidents', { incident: 'i3', into: 'i1', reason: 'same' }).kind).toBe('done');
});

test('danger is not closed or disposed of as a duplicate of nothing named', () => {
  const control = controlRoom([joinedUnlike]);
  control.call('c1', { words: 'a woman is screaming', ends: 'ended' });
  const disposed = control.does('handler-1', 'DisposeContact', {
    contact: 'c1',
    disposition: 'duplicate',
    reason: 'seen',
  });
  expect(gatesOf(disposed)).toEqual(['joined-unlike']);
  control.opens('i1', { contact: 'c1' });
  const closing = { incident: 'i1', code: 'duplicate', reason: 'seen' };
  expect(gatesOf(control.does('supervisor-1', 'CloseIncident', closing))).toEqual(['joined-unlike']);
  control.call('c2', { words: 'loud music', ends: 'ended' });
  const dull = { contact: 'c2', disposition: 'duplicate', reason: 'seen' };
  expect(control.does('handler-1', 'DisposeContact', dull).kind).toBe('done');
});
