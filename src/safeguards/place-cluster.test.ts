import { expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { placeCluster } from './place-cluster.ts';

interface Ringing {
  readonly words?: string;
  readonly premises?: string;
  readonly number?: string;
  readonly isPublic?: boolean;
  readonly isLive?: boolean;
}

let callers = 0;

/** A call from Larch Row, by default from a number of its own. */
function rings(control: ControlRoom, contact: string, ringing: Ringing = {}): void {
  const { words = 'they are shouting next door', premises = '9', isPublic = false, isLive = false } = ringing;
  callers += 1;
  const number = ringing.number ?? `07700 9${String(callers).padStart(5, '0')}`;
  const identity = { kind: 'place', premises, street: 'Larch Row', town: 'Ashby', public: isPublic };
  const subjects = {
    [`phone-${contact}`]: [{ kind: 'phone', number }, 'caller'],
    [`place-${contact}`]: [identity, 'scene'],
  } as const;
  control.call(contact, { words, subjects, ...(isLive ? {} : { ends: 'ended' }) });
}

function ownIncident(control: ControlRoom, place: number, grade = 'scheduled', kind = 'disturbance'): void {
  control.opens(`i${place}`, { contact: `c${place}`, kinds: [kind], grade });
}

/** Three calls within eleven minutes, each made into an incident of its own, as it went in the founding case. */
function threeCalls(control: ControlRoom, words = 'they are shouting next door'): void {
  rings(control, 'c1', { words });
  ownIncident(control, 1);
  control.wait('5 min');
  rings(control, 'c2', { words });
  ownIncident(control, 2);
  control.wait('6 min');
  rings(control, 'c3', { words });
}

test('the third call from one street within minutes is one prompt for all of them', () => {
  const control = controlRoom([placeCluster]);
  threeCalls(control);
  expect(control.raised('place-cluster').map((one) => [one.level, one.about])).toEqual([['prompt', 'incident:i1']]);
  const [duty] = control.duties('place-cluster');
  expect(duty?.why[0]?.params).toMatchObject({ count: 3, minutes: 11, numbers: 3, alike: '12:00 and 12:05 and 12:11' });
  control.wait('6 min');
  expect(control.rungs('place-cluster')[0]?.to).toBe('supervisor');
});

test('a fourth call joins it and does not speak again', () => {
  const control = controlRoom([placeCluster]);
  threeCalls(control);
  control.wait('1 min');
  rings(control, 'c4');
  expect(control.raised('place-cluster')).toHaveLength(1);
  expect(control.duties('place-cluster')[0]?.count).toBe(2);
});

test('the second call only shows the first', () => {
  const control = controlRoom([placeCluster]);
  rings(control, 'c1');
  control.wait('2 min');
  rings(control, 'c2');
  expect([control.raised('place-cluster'), control.notes('place-cluster')]).toEqual([[], ['near-another']]);
});

test('one that tells of danger makes it an alarm, told to the supervisor at once', () => {
  const control = controlRoom([placeCluster]);
  threeCalls(control, 'they are shouting and I am scared');
  control.wait('1 s');
  expect(control.raised('place-cluster').map((one) => one.level)).toEqual(['alarm']);
  expect(control.rungs('place-cluster')[0]).toEqual({ to: 'supervisor', afterMs: 11 * 60_000 });
});

test('two of the three may come from one number', () => {
  const control = controlRoom([placeCluster]);
  rings(control, 'c1', { words: 'I am scared of him', number: '07700 900991' });
  ownIncident(control, 1);
  control.wait('4 min');
  rings(control, 'c2', { words: 'the woman next door is shouting' });
  control.wait('4 min');
  rings(control, 'c3', { words: 'I am scared of him', number: '07700 900991' });
  expect(control.raised('place-cluster')).toHaveLength(1);
});

test('calls that led nowhere make a cluster, which goes on about the incident once there is one', () => {
  const control = controlRoom([placeCluster]);
  for (const contact of ['c1', 'c2', 'c3']) {
    rings(control, contact);
    control.wait('3 min');
  }
  expect(control.duties('place-cluster').map((one) => one.about)).toEqual(['contact:c3']);
  control.opens('i3', { contact: 'c3', kinds: ['disturbance'] });
  expect(control.duties('place-cluster').map((one) => one.about)).toEqual(['incident:i3']);
});

test('only a decision on the whole cluster by somebody who took none of the calls meets it', () => {
  const control = controlRoom([placeCluster]);
  threeCalls(control);
  ownIncident(control, 3);
  const reason = 'a patrol will pass';
  control.does('handler-1', 'DecideAttendance', { incidents: ['i1', 'i2', 'i3'], send: false, reason });
  expect(control.duties('place-cluster')).toHaveLength(1);
  control.does('supervisor-1', 'DecideAttendance', { incidents: ['i1'], send: true, reason });
  expect(control.duties('place-cluster')).toHaveLength(1);
  control.does('supervisor-1', 'DecideAttendance', { incidents: ['i1', 'i2', 'i3'], send: true, reason });
  expect(control.duties('place-cluster')).toEqual([]);
});

test('a unit sent to the one incident of the cluster meets it', () => {
  const control = controlRoom([placeCluster]);
  rings(control, 'c1');
  ownIncident(control, 1, 'resolution');
  for (const contact of ['c2', 'c3']) {
    control.wait('1 min');
    rings(control, contact);
    control.does('handler-1', 'JoinContact', { contact, incident: 'i1' });
  }
  expect(control.raised('place-cluster')).toHaveLength(1);
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  expect(control.duties('place-cluster')).toEqual([]);
});

test('joining the incident into another keeps the question with the one that goes on', () => {
  const control = controlRoom([placeCluster]);
  threeCalls(control, 'they are shouting and I am scared');
  control.does('supervisor-1', 'JoinIncidents', { incident: 'i1', into: 'i2', reason: 'one event' });
  expect(control.duties('place-cluster').map((one) => one.about)).toEqual(['incident:i2']);
});

/** Neighbours ringing about a party that one incident holds at a scheduled grade. */
function party(control: ControlRoom, calls: number): void {
  for (let place = 1; place <= calls; place += 1) {
    rings(control, `c${place}`, { words: 'there is loud music from the party at 14' });
    if (place === 1) ownIncident(control, 1);
    else control.does('handler-1', 'JoinContact', { contact: `c${place}`, incident: 'i1' });
    control.wait('2 min');
  }
}

test('neighbours ringing about one loud party held by one incident raise nothing', () => {
  const control = controlRoom([placeCluster]);
  party(control, 6);
  expect(control.raised('place-cluster')).toEqual([]);
});

test('a scream at that party is an alarm, told or heard on the line', () => {
  const told = controlRoom([placeCluster]);
  party(told, 4);
  rings(told, 'c5', { words: 'a woman is screaming at the party' });
  expect(told.raised('place-cluster').map((one) => one.level)).toEqual(['alarm']);
  const heard = controlRoom([placeCluster]);
  party(heard, 4);
  rings(heard, 'c5', { words: 'the party again', isLive: true });
  heard.does('handler-1', 'RecordObservation', { contact: 'c5', observations: ['scream'] });
  expect(heard.raised('place-cluster').map((one) => one.level)).toEqual(['alarm']);
});

test('twenty callers of one crash held as an emergency raise nothing', () => {
  const control = controlRoom([placeCluster]);
  for (let place = 1; place <= 20; place += 1) {
    rings(control, `c${place}`, { words: 'a crash, the driver is hurt and not breathing' });
    if (place === 1) ownIncident(control, 1, 'emergency', 'road-collision');
    else control.does('handler-1', 'JoinContact', { contact: `c${place}`, incident: 'i1' });
    control.wait('20 s');
  }
  expect(control.raised('place-cluster')).toEqual([]);
});

test('calls that come in while the first is being taken stay silent if its incident then holds them', () => {
  const control = controlRoom([placeCluster]);
  for (const contact of ['c1', 'c2', 'c3']) rings(control, contact, { words: 'a crash, he is hurt', isLive: true });
  expect(control.duties('place-cluster').map((one) => one.state)).toEqual(['armed']);
  control.opens('i1', { contact: 'c1', kinds: ['road-collision'], grade: 'emergency' });
  control.does('handler-1', 'JoinContact', { contact: 'c2', incident: 'i1' });
  control.does('handler-1', 'JoinContact', { contact: 'c3', incident: 'i1' });
  control.wait('10 min');
  expect(control.raised('place-cluster')).toEqual([]);
});

test('a busy pub street without danger raises nothing', () => {
  const control = controlRoom([placeCluster]);
  for (const place of [1, 2, 3, 4, 5]) {
    rings(control, `c${place}`, { words: 'I have lost my phone', premises: 'The Anchor', isPublic: true });
    ownIncident(control, place, 'resolution', place % 2 === 0 ? 'disturbance' : 'theft');
    control.wait('2 min');
  }
  expect(control.raised('place-cluster')).toEqual([]);
});

test('danger in a busy pub street is caught', () => {
  const control = controlRoom([placeCluster]);
  for (const place of [1, 2, 3]) {
    rings(control, `c${place}`, { words: 'a man has a knife', premises: 'The Anchor', isPublic: true });
    ownIncident(control, place, 'scheduled');
  }
  expect(control.raised('place-cluster')[0]?.level).toBe('alarm');
});

test('the question stands at the incident that tells of danger, and goes on there', () => {
  const control = controlRoom([placeCluster]);
  rings(control, 'c1', { words: 'a window has been broken', isPublic: true });
  ownIncident(control, 1, 'scheduled', 'damage');
  rings(control, 'c2', { words: 'a man is following a girl', isPublic: true });
  ownIncident(control, 2, 'scheduled', 'suspicious');
  rings(control, 'c3', { words: 'a bicycle is across my door', isPublic: true });
  ownIncident(control, 3, 'scheduled', 'nuisance');
  rings(control, 'c4', { words: 'he has got a knife', isPublic: true });
  ownIncident(control, 4, 'scheduled', 'suspicious');
  expect(control.duties('place-cluster').map((one) => one.about)).toEqual(['incident:i2']);
});

test('nuisance with nobody at risk raises nothing', () => {
  const control = controlRoom([placeCluster]);
  for (const place of [1, 2, 3, 4]) {
    rings(control, `c${place}`, { words: 'children are playing football' });
    ownIncident(control, place, 'resolution', 'nuisance');
  }
  expect(control.raised('place-cluster')).toEqual([]);
});

test('calls spread over an hour, or from one number, are no cluster', () => {
  const control = controlRoom([placeCluster]);
  for (const contact of ['c1', 'c2', 'c3', 'c4']) {
    rings(control, contact);
    control.wait('20 min');
  }
  for (const contact of ['c5', 'c6', 'c7']) rings(control, contact, { number: '07700 900991' });
  expect(control.raised('place-cluster')).toEqual([]);
});
