import { expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { repeatContact } from './repeat-contact.ts';

const phone = (number: string): unknown => ({ kind: 'phone', number });
const person = (name: string): unknown => ({ kind: 'person', name });
const home = (premises: string): unknown => ({ kind: 'place', premises, street: 'Larch Row', town: 'Ashby' });

function rings(control: ControlRoom, contact: string, words: string, number = '07700 900001'): void {
  control.call(contact, {
    words,
    subjects: { [`phone-${number.slice(-1)}`]: [phone(number), 'caller'] },
    ends: 'ended',
  });
}

test('the second call shows the first before the greeting and asks, for nobody was sent', () => {
  const control = controlRoom([repeatContact]);
  rings(control, 'c1', 'he is shouting in the street again');
  control.wait('6 min');
  control.does('heed', 'PresentContact', { contact: 'c2', channel: '999' });
  control.does('heed', 'Mention', { subject: 'phone-1', contact: 'c2', role: 'caller' });
  expect(control.notes('repeat-contact')).toEqual(['seen-before']);
  expect(control.raised('repeat-contact').map((one) => [one.level, one.about])).toEqual([['prompt', 'contact:c2']]);
  control.wait('6 min');
  expect(control.rungs('repeat-contact')[0]?.to).toBe('supervisor');
});

test('the third within an hour with nobody seen is an alarm, told to the supervisor at once', () => {
  const control = controlRoom([repeatContact]);
  rings(control, 'c1', 'he is shouting in the street again');
  control.wait('4 min');
  rings(control, 'c2', 'he is still shouting');
  control.wait('4 min');
  rings(control, 'c3', 'he is still there');
  control.wait('1 s');
  expect(control.raised('repeat-contact').map((one) => one.level)).toEqual(['prompt', 'alarm']);
  expect(control.rungs('repeat-contact')[0]).toEqual({ to: 'supervisor', afterMs: 8 * 60_000 });
});

test('the third in the same open incident turns its one prompt into an alarm', () => {
  const control = controlRoom([repeatContact]);
  rings(control, 'c1', 'he is outside my house and I am scared');
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  for (const contact of ['c2', 'c3']) {
    control.wait('5 min');
    rings(control, contact, 'I am scared');
    control.does('handler-1', 'JoinContact', { contact, incident: 'i1', as: 'further-to' });
  }
  expect(control.duties('repeat-contact')).toHaveLength(1);
  expect(control.raised('repeat-contact').map((one) => [one.level, one.about])).toEqual([
    ['prompt', 'incident:i1'],
    ['alarm', 'incident:i1'],
  ]);
});

test('a call that tells of danger after one that told of none is an alarm', () => {
  const control = controlRoom([repeatContact]);
  rings(control, 'c1', 'can I ask about my case');
  control.wait('2 h');
  rings(control, 'c2', 'he is strangling her');
  expect(control.raised('repeat-contact').at(-1)?.level).toBe('alarm');
});

test('it is the same person also by name, by home and by account', () => {
  const pairs: readonly (readonly [string, unknown, string])[] = [
    ['person-1', person('Ada Marsh'), 'victim'],
    ['place-1', home('3'), 'scene'],
    ['account-1', { kind: 'account', platform: 'chat', handle: 'ada.m' }, 'caller'],
  ];
  for (const [subject, identity, role] of pairs) {
    const control = controlRoom([repeatContact]);
    control.call('c1', { words: 'she is scared of him', subjects: { [subject]: [identity, role] }, ends: 'ended' });
    control.wait('1 h');
    control.call('c2', { words: 'she is scared of him', subjects: { [`${subject}-b`]: [identity, role] } });
    expect(control.raised('repeat-contact')).toHaveLength(1);
  }
});

test('it stands about the incident once one is opened, and a unit assigned meets it', () => {
  const control = controlRoom([repeatContact]);
  rings(control, 'c1', 'I am scared of him');
  control.wait('5 min');
  rings(control, 'c2', 'I am scared of him');
  control.opens('i2', { contact: 'c2', grade: 'scheduled' });
  expect(control.duties('repeat-contact').map((one) => [one.about, one.state])).toEqual([['incident:i2', 'armed']]);
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i2', unit: 'unit-1' });
  expect(control.duties('repeat-contact')).toEqual([]);
  control.wait('2 h');
  expect(control.raised('repeat-contact')).toHaveLength(1);
});

test('it speaks again two minutes after the incident opened if nobody was sent', () => {
  const control = controlRoom([repeatContact]);
  rings(control, 'c1', 'I am scared of him');
  control.wait('5 min');
  rings(control, 'c2', 'I am scared of him');
  control.opens('i2', { contact: 'c2', grade: 'scheduled' });
  control.wait('2 min');
  expect(control.raised('repeat-contact').map((one) => one.about)).toEqual(['contact:c2', 'incident:i2']);
});

test('a decision on attendance meets it only from somebody who took none of the calls', () => {
  const control = controlRoom([repeatContact]);
  rings(control, 'c1', 'I am scared of him');
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  control.wait('5 min');
  rings(control, 'c2', 'I am scared of him');
  const decision = { incidents: ['i1'], send: false, reason: 'no offence' };
  control.does('handler-1', 'DecideAttendance', decision);
  expect(control.duties('repeat-contact')).toHaveLength(1);
  control.does('handler-1', 'SetGrade', { incident: 'i1', grade: 'priority', reason: 'again' });
  expect(control.duties('repeat-contact')).toHaveLength(1);
  control.does('supervisor-1', 'DecideAttendance', decision);
  expect(control.duties('repeat-contact')).toEqual([]);
});

test('a call after the unit has left is never quiet', () => {
  const control = controlRoom([repeatContact]);
  rings(control, 'c1', 'my husband is shouting at me and I am scared');
  control.opens('i1', { contact: 'c1', grade: 'priority' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  control.does('dispatcher-1', 'RecordResult', { deployment: 'd1', outcome: 'dealt-with' });
  control.wait('1 h');
  rings(control, 'c2', 'my husband is shouting at me and I am scared');
  expect(control.raised('repeat-contact').map((one) => one.level)).toEqual(['prompt']);
});

test('a third frightened call in seven days counts what is on record', () => {
  const control = controlRoom([repeatContact]);
  const day = 86_400_000;
  control.call('c1', { words: 'I am scared of him', subjects: { p1: [person('Ada Marsh'), 'caller'] }, ends: 'ended' });
  control.wait('3 h');
  control.call('c2', { words: 'I am scared of him', subjects: { p1: [person('Ada Marsh'), 'caller'] } });
  control.does('handler-1', 'RequestCheck', { check: 'k1', source: 'own', subject: 'p1', contact: 'c2' });
  const finding = { kind: 'contact', subject: 'p1', source: 'own', says: 'rang, frightened', strength: 'certain' };
  const when = control.room().now - 4 * day;
  const findings = [{ ...finding, id: 'old-1', when, signs: ['domestic'] }];
  control.does('heed', 'CompleteCheck', { check: 'k1', result: 'found', findings });
  expect(control.raised('repeat-contact').map((one) => one.level)).toEqual(['prompt', 'alarm']);
});

test('neighbours ringing about one loud party that an incident holds count once while its clock runs', () => {
  const control = controlRoom([repeatContact]);
  const party = home('14');
  for (const place of [1, 2, 3, 4, 5]) {
    const subjects = { [`n${place}`]: [phone(`0770090000${place}`), 'caller'], party: [party, 'scene'] } as const;
    control.call(`c${place}`, { words: 'there is loud music from a party at number 14', subjects, ends: 'ended' });
    if (place === 1) control.opens('i1', { contact: 'c1', kinds: ['nuisance'], grade: 'scheduled' });
    else control.does('handler-1', 'JoinContact', { contact: `c${place}`, incident: 'i1' });
    control.wait('2 min');
  }
  expect(control.raised('repeat-contact')).toEqual([]);
});

test('a scream at that party is caught', () => {
  const control = controlRoom([repeatContact]);
  const party = home('14');
  control.call('c1', {
    words: 'loud music at 14',
    subjects: { n1: [phone('07700900011'), 'caller'], party: [party, 'scene'] },
  });
  control.opens('i1', { contact: 'c1', kinds: ['nuisance'], grade: 'scheduled' });
  control.wait('5 min');
  control.call('c2', {
    words: 'I can hear a woman screaming at the party at 14',
    subjects: { n2: [phone('07700900012'), 'caller'], party: [party, 'scene'] },
  });
  expect(control.raised('repeat-contact').map((one) => one.level)).toEqual(['alarm']);
});

test('twenty callers of one crash that an incident holds raise nothing', () => {
  const control = controlRoom([repeatContact]);
  for (let place = 1; place <= 20; place += 1) {
    const subjects = { [`n${place}`]: [phone(`077009001${String(place).padStart(2, '0')}`), 'caller'] } as const;
    control.call(`c${place}`, { words: 'there has been a crash and the driver is hurt', subjects, ends: 'ended' });
    if (place === 1) control.opens('i1', { contact: 'c1', kinds: ['road-collision'], grade: 'emergency' });
    else control.does('handler-1', 'JoinContact', { contact: `c${place}`, incident: 'i1' });
    control.wait('10 s');
  }
  expect(control.raised('repeat-contact')).toEqual([]);
});

test('a frequent caller without danger is a note', () => {
  const control = controlRoom([repeatContact]);
  const finding = { kind: 'contact', subject: 'phone-1', source: 'own', says: 'rang about a cat', strength: 'certain' };
  for (const contact of ['c1', 'c2', 'c3', 'c4']) {
    control.call(contact, {
      words: 'the cat is on the wall again',
      subjects: { 'phone-1': [phone('07700900001'), 'caller'] },
    });
    if (contact === 'c1') {
      control.does('handler-1', 'RequestCheck', { check: 'k1', source: 'own', subject: 'phone-1', contact });
      const findings = [1, 2, 3, 4].map((place) => ({
        ...finding,
        id: `old-${place}`,
        when: control.room().now - place * 86_400_000,
      }));
      control.does('heed', 'CompleteCheck', { check: 'k1', result: 'found', findings });
    }
    control.does('handler-1', 'EndContact', { contact });
    control.does('handler-1', 'DisposeContact', { contact, disposition: 'advice', reason: 'heard' });
    control.wait('10 min');
  }
  expect(control.raised('repeat-contact')).toEqual([]);
  expect(control.notes('repeat-contact').length).toBeGreaterThan(0);
});

test('a care home ringing about different residents raises nothing', () => {
  const control = controlRoom([repeatContact]);
  const oaks = { kind: 'place', premises: 'The Oaks', street: 'Larch Row', public: true };
  for (const place of [1, 2, 3]) {
    const subjects = { oaks: [oaks, 'scene'], desk: [phone('01632960001'), 'caller'] } as const;
    control.call(`c${place}`, { words: 'a resident has not come back from the shops', subjects, ends: 'ended' });
    control.opens(`i${place}`, { contact: `c${place}`, grade: 'scheduled' });
    control.wait('10 min');
  }
  expect(control.raised('repeat-contact')).toEqual([]);
});

test('the number of a care home is known for one before its place is named', () => {
  const control = controlRoom([repeatContact]);
  const oaks = { kind: 'place', premises: 'The Oaks', street: 'Larch Row', public: true };
  const desk = phone('01632960001');
  control.call('c1', {
    words: 'the key safe has a new code',
    subjects: { desk: [desk, 'used'], oaks: [oaks, 'scene'] },
  });
  control.does('handler-1', 'DisposeContact', { contact: 'c1', disposition: 'information-only', reason: 'noted' });
  control.wait('90 min');
  control.call('c2', { handler: 'handler-2', subjects: { desk: [desk, 'used'] } });
  expect(control.raised('repeat-contact')).toEqual([]);
  control.does('handler-2', 'RecordStatement', { contact: 'c2', words: 'he has got a knife to her throat' });
  expect(control.raised('repeat-contact').map((one) => one.level)).toEqual(['alarm']);
});

test('a number that rang from a private home is not an institution, wherever it rings from later', () => {
  const control = controlRoom([repeatContact]);
  const home = { kind: 'place', premises: '4', street: 'Larch Row' };
  const mobile = phone('07700900001');
  control.call('c1', { words: 'a car across my drive', subjects: { mobile: [mobile, 'used'], home: [home, 'scene'] } });
  control.does('handler-1', 'DisposeContact', { contact: 'c1', disposition: 'advice', reason: 'advised' });
  control.wait('30 min');
  control.call('c2', { subjects: { mobile: [mobile, 'used'] } });
  expect(control.raised('repeat-contact').map((one) => one.level)).toEqual(['prompt']);
});

test('an earlier contact that a second person disposed of, without danger, raises nothing', () => {
  const control = controlRoom([repeatContact]);
  rings(control, 'c1', 'a car is parked across my drive');
  control.does('supervisor-1', 'DisposeContact', { contact: 'c1', disposition: 'advice', reason: 'civil' });
  control.wait('1 h');
  rings(control, 'c2', 'the car is still across my drive');
  expect(control.raised('repeat-contact')).toEqual([]);
});

test('somebody ringing while the unit is on its way, with nothing worse, raises nothing', () => {
  const control = controlRoom([repeatContact]);
  rings(control, 'c1', 'he is outside and I am scared');
  control.opens('i1', { contact: 'c1', grade: 'emergency' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.wait('3 min');
  rings(control, 'c2', 'he is outside and I am scared');
  expect(control.raised('repeat-contact')).toEqual([]);
});

test('a first call raises nothing', () => {
  const control = controlRoom([repeatContact]);
  rings(control, 'c1', 'he is outside and I am scared');
  control.opens('i1', { contact: 'c1', grade: 'emergency' });
  control.wait('2 h');
  expect([control.raised('repeat-contact'), control.notes('repeat-contact')]).toEqual([[], []]);
});

test('a matter of last week that the room still holds is shown, with how long ago it was', () => {
  const control = controlRoom([repeatContact]);
  rings(control, 'c1', 'a car is parked across my drive');
  control.opens('i1', { contact: 'c1', grade: 'resolution' });
  control.wait('6 d');
  rings(control, 'c2', 'the car is there again');
  control.does('handler-1', 'RequestCheck', { check: 'k1', source: 'own', subject: 'phone-1', contact: 'c2' });
  const when = control.room().now - 6 * 86_400_000;
  const finding = { id: 'i1', kind: 'incident', subject: 'phone-1', when, source: 'own', says: 'a car' };
  const findings = [{ ...finding, strength: 'certain' }];
  control.does('heed', 'CompleteCheck', { check: 'k1', result: 'found', findings });
  const [note] = control.room().notes.get('contact:c2') ?? [];
  expect(note?.why.params).toMatchObject({ count: 0, onRecord: 1, last: '6 days ago' });
});

/** Two people, each by their own number, ring from one home. */
function fromOneHome(
  first: { words: string; kinds: readonly string[] },
  second: string,
  name = 'Ben Holt',
): ControlRoom {
  const control = controlRoom([repeatContact]);
  const h1 = [home('3'), 'scene'] as const;
  control.call('c1', { words: first.words, subjects: { p1: [person('Ada Marsh'), 'caller'], h1 }, ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds: first.kinds });
  control.does('handler-1', 'CloseIncident', { incident: 'i1', code: 'advice', reason: 'told how to report it' });
  control.wait('2 h');
  control.call('c2', { words: second, subjects: { p2: [person(name), 'caller'], h1 } });
  control.wait('1 s');
  return control;
}

test('another person at the same home tells no second time of the first one’s stolen bicycle', () => {
  const bicycle = { words: 'my bike was stolen', kinds: ['theft'] };
  expect(fromOneHome(bicycle, 'there is shouting next door').raised('repeat-contact')).toEqual([]);
  expect(fromOneHome(bicycle, 'he is hitting me').raised('repeat-contact')).toEqual([]);
  const same = fromOneHome(bicycle, 'he is hitting me', 'Ada Marsh');
  expect(same.raised('repeat-contact').at(-1)?.level).toBe('alarm');
});

test('another person at the same home is a second contact where the first told of no thing alone', () => {
  const noise = { words: 'they are shouting again', kinds: ['disturbance'] };
  expect(fromOneHome(noise, 'he is hitting me').raised('repeat-contact').at(-1)?.level).toBe('alarm');
});

test('where nobody told of danger it speaks again about the incident no sooner than it was due', () => {
  const control = controlRoom([repeatContact]);
  rings(control, 'c1', 'can I ask about my case');
  control.wait('5 min');
  rings(control, 'c2', 'can I ask about my case');
  control.opens('i2', { contact: 'c2', grade: 'scheduled' });
  control.wait('4 min');
  expect(control.raised('repeat-contact').map((one) => one.about)).toEqual(['contact:c2']);
  control.wait('1 min');
  expect(control.raised('repeat-contact').map((one) => one.about)).toEqual(['contact:c2', 'incident:i2']);
});

test('what is asked of the contact is not asked again of the earlier incident that is opened again', () => {
  const control = controlRoom([repeatContact]);
  rings(control, 'c1', 'I am scared of him');
  control.opens('i1', { contact: 'c1' });
  control.does('handler-1', 'CloseIncident', { incident: 'i1', code: 'advice', reason: 'advised' });
  control.wait('5 min');
  control.call('c2', { subjects: { 'phone-1': [phone('07700 900001'), 'caller'] } });
  control.does('supervisor-1', 'ReopenIncident', { incident: 'i1', reason: 'she rings again' });
  control.does('handler-1', 'RecordStatement', { contact: 'c2', words: 'I am scared of him' });
  expect(control.raised('repeat-contact').map((one) => one.about)).toEqual(['contact:c2']);
  control.does('handler-1', 'RecordStatement', { contact: 'c2', words: 'he has a knife' });
  expect(control.raised('repeat-contact').at(-1)).toMatchObject({ level: 'alarm' });
});
