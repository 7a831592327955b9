import { expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { courseOfConduct } from './course-of-conduct.ts';

const ada = { kind: 'person', name: 'Ada Marsh' };
const carl = { kind: 'person', name: 'Carl Dent' };

interface Report {
  readonly by?: string;
  readonly subjects?: Readonly<Record<string, readonly [identity: unknown, role: string]>>;
}

/** An incident of its own, by default of the same two people, rung in from a number. */
function reports(control: ControlRoom, place: number, { by = '07700 900001', subjects }: Report = {}): void {
  const both = subjects ?? { ada: [ada, 'victim'], carl: [carl, 'suspect'] };
  const phone = { kind: 'phone', number: by };
  control.call(`c${place}`, {
    words: 'he will not stop',
    subjects: { ...both, [`phone-${place}`]: [phone, 'caller'] },
  });
  control.opens(`i${place}`, { contact: `c${place}`, grade: 'scheduled' });
}

function members(control: ControlRoom): readonly string[] {
  return [...control.room().patterns.values()].flatMap((one) => one.members.map((member) => member.of));
}

test('the second event between two people opens a pattern that somebody must review within a day', () => {
  const control = controlRoom([courseOfConduct]);
  reports(control, 1);
  expect(members(control)).toEqual([]);
  control.wait('3 h');
  reports(control, 2);
  expect([...control.room().patterns.values()].map((one) => one.between)).toEqual([['ada', 'carl']]);
  expect(members(control)).toEqual(['i1', 'i2']);
  const [duty] = control.duties('course-of-conduct');
  expect([duty?.level, duty?.owner, duty?.asks[1]?.with['form']]).toEqual([
    'prompt',
    { role: 'specialist' },
    'stalking-screening',
  ]);
  expect(control.raised('course-of-conduct')).toHaveLength(1);
  control.wait('25 h');
  expect(control.rungs('course-of-conduct')[0]?.to).toBe('supervisor');
});

test('by the third, the supervisor and the specialist are told at once', () => {
  const control = controlRoom([courseOfConduct]);
  for (const place of [1, 2, 3]) {
    reports(control, place);
    control.wait('2 h');
  }
  expect(members(control)).toEqual(['i1', 'i2', 'i3']);
  expect(control.rungs('course-of-conduct').map((one) => one.to)).toEqual(['supervisor', 'specialist']);
});

test('a fourth joins the same pattern', () => {
  const control = controlRoom([courseOfConduct]);
  for (const place of [1, 2, 3, 4]) {
    reports(control, place);
    control.wait('2 h');
  }
  expect(control.room().patterns.size).toBe(1);
  expect(members(control)).toHaveLength(4);
});

test('an earlier record that names both counts, and so does one that the checks on both returned', () => {
  for (const others of [['carl'], []]) {
    const control = controlRoom([courseOfConduct]);
    reports(control, 1);
    const finding = {
      id: 'old-1',
      kind: 'incident',
      when: 1_700_000_000_000,
      source: 'own',
      says: 'messages',
      strength: 'strong',
    };
    for (const subject of ['ada', 'carl']) {
      control.does('handler-1', 'RequestCheck', { check: `k-${subject}`, source: 'own', subject, contact: 'c1' });
      const found = [{ ...finding, subject, others: subject === 'ada' ? others : [] }];
      control.does('heed', 'CompleteCheck', { check: `k-${subject}`, result: 'found', findings: found });
    }
    expect(members(control)).toEqual(['old-1', 'i1']);
  }
});

test('relatives, accounts and other spellings of the same record count as the same people', () => {
  const control = controlRoom([courseOfConduct]);
  reports(control, 1);
  control.does('handler-1', 'RecordSubject', { subject: 'mother', identity: { kind: 'person', name: 'Rose Marsh' } });
  control.does('handler-1', 'Relate', { from: 'mother', to: 'ada', relation: 'family' });
  const account = { kind: 'account', platform: 'chat', handle: 'carl.d' };
  control.does('handler-1', 'RecordSubject', { subject: 'handle', identity: account });
  control.does('handler-1', 'Relate', { from: 'carl', to: 'handle', relation: 'uses' });
  control.wait('4 h');
  reports(control, 2, {
    subjects: { mother: [{ kind: 'person', name: 'Rose Marsh' }, 'victim'], handle: [account, 'suspect'] },
  });
  expect(members(control)).toEqual(['i1', 'i2']);
});

test('one who called as caller and is later the suspect is the same of the two', () => {
  const control = controlRoom([courseOfConduct]);
  reports(control, 1, { by: '07700 900002', subjects: { carl: [carl, 'caller'], ada: [ada, 'suspect'] } });
  control.wait('2 h');
  reports(control, 2);
  expect(members(control)).toEqual(['i1', 'i2']);
});

test('one contact that tells of an act before and one now opens a pattern', () => {
  const control = controlRoom([courseOfConduct]);
  reports(control, 1);
  control.does('handler-1', 'RecordStatement', {
    contact: 'c1',
    words: 'Last year he broke her arm. He is outside now.',
  });
  expect(members(control)).toEqual(['c1', 'i1']);
});

test('a review meets it: by the pattern’s owner, or by a specialist or supervisor while it has none', () => {
  const control = controlRoom([courseOfConduct]);
  reports(control, 1);
  control.wait('2 h');
  reports(control, 2);
  const pattern = [...control.room().patterns.keys()][0];
  control.does('handler-1', 'ReviewPattern', { pattern, decision: 'no stalking' });
  expect(control.duties('course-of-conduct')).toHaveLength(1);
  control.does('handler-1', 'OwnPattern', { pattern, owner: 'specialist-1' });
  control.does('supervisor-1', 'ReviewPattern', { pattern, decision: 'seen' });
  expect(control.duties('course-of-conduct')).toHaveLength(1);
  control.does('specialist-1', 'ReviewPattern', { pattern, decision: 'stalking: crime recorded' });
  expect(control.duties('course-of-conduct')).toEqual([]);
  control.wait('2 h');
  reports(control, 3);
  expect(control.duties('course-of-conduct').map((one) => one.key)).toEqual(['', 'told']);
});

test('several callers of one event are one event', () => {
  const control = controlRoom([courseOfConduct]);
  for (const place of [1, 2, 3]) {
    reports(control, place, { by: `07700 90000${place}` });
    control.wait('3 min');
  }
  expect(control.room().patterns.size).toBe(0);
  const joined = controlRoom([courseOfConduct]);
  reports(joined, 1);
  joined.wait('2 h');
  joined.call('c2', { words: 'they are at it', subjects: { ada2: [ada, 'victim'], carl2: [carl, 'suspect'] } });
  joined.does('handler-1', 'JoinContact', { contact: 'c2', incident: 'i1' });
  expect(joined.room().patterns.size).toBe(0);
});

test('a shop, its staff, and other people each time make no pattern', () => {
  const control = controlRoom([courseOfConduct]);
  const shop = { kind: 'place', premises: 'Corner Shop', street: 'High Street', public: true };
  control.does('handler-1', 'RecordSubject', { subject: 'shop', identity: shop });
  control.does('handler-1', 'RecordSubject', { subject: 'till', identity: { kind: 'person', name: 'Mo Khan' } });
  control.does('handler-1', 'Relate', { from: 'till', to: 'shop', relation: 'works-at' });
  for (const place of [1, 2, 3]) {
    const thief = { kind: 'person', name: place === 2 ? 'Len Poe' : 'Carl Dent' };
    reports(control, place, {
      subjects: {
        till: [{ kind: 'person', name: 'Mo Khan' }, 'caller'],
        shop: [shop, 'scene'],
        [`thief-${place}`]: [thief, 'suspect'],
      },
    });
    control.wait('2 h');
  }
  expect([control.room().patterns.size, control.raised('course-of-conduct')]).toEqual([0, []]);
});

test('misspelt on both sides, what the records tie to a pattern joins that pattern and opens no second', () => {
  const control = controlRoom([courseOfConduct]);
  reports(control, 1);
  control.wait('2 h');
  reports(control, 2);
  control.wait('30 d');
  const subjects = {
    adda: [{ kind: 'person', name: 'Adda Marsh' }, 'victim'],
    karl: [{ kind: 'person', name: 'Karl Dent' }, 'suspect'],
  } as const;
  reports(control, 3, { by: '07700 900003', subjects });
  const finding = {
    id: 'i1',
    kind: 'incident',
    when: control.room().now - 86_400_000,
    source: 'own',
    says: 'messages',
  };
  for (const subject of ['adda', 'karl']) {
    control.does('handler-1', 'RequestCheck', { check: `k-${subject}`, source: 'own', subject, contact: 'c3' });
    const findings = [{ ...finding, subject, others: ['ada', 'carl'], strength: 'strong' }];
    control.does('heed', 'CompleteCheck', { check: `k-${subject}`, result: 'found', findings });
  }
  expect(control.room().patterns.size).toBe(1);
  expect(members(control)).toEqual(['i1', 'i2', 'i3']);
});
