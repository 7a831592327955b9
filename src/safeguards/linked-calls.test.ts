import { expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import type { ControlRoom, Raised } from '../../test/control-room.ts';
import { courseOfConduct } from './course-of-conduct.ts';
import { joinedUnlike } from './joined-unlike.ts';
import { linkUndecided } from './link-undecided.ts';
import { outcomeContradicted } from './outcome-contradicted.ts';
import { placeCluster } from './place-cluster.ts';
import { protectionRefused } from './protection-refused.ts';
import { repeatContact } from './repeat-contact.ts';
import { risingRisk } from './rising-risk.ts';

/** The rows that see one contact beside another, in the order of the catalogue. */
const together = [
  repeatContact,
  placeCluster,
  joinedUnlike,
  outcomeContradicted,
  linkUndecided,
  risingRisk,
  courseOfConduct,
  protectionRefused,
];

const phone = (number: string): unknown => ({ kind: 'phone', number });
const person = (name: string): unknown => ({ kind: 'person', name });
const street = (premises: string, isPublic = false): unknown => ({
  kind: 'place',
  premises,
  street: 'Larch Row',
  town: 'Ashby',
  public: isPublic,
});

function brief(raised: readonly Raised[]): readonly string[] {
  return raised.map((one) => `${one.safeguard} ${one.level}`);
}

/** The evening of the founding case: four calls, both sides of one event, one operator, nobody sent. */
function streetCalls(control: ControlRoom): void {
  const her = { 'phone-1': [phone('07700 900001'), 'caller'], home: [street('5'), 'scene'] } as const;
  const him = { 'phone-2': [phone('07700 900002'), 'caller'], next: [street('7'), 'scene'] } as const;
  control.call('c1', { words: 'the men next door are threatening me and I am scared', subjects: her, ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds: ['nuisance'], grade: 'resolution' });
  control.wait('5 min');
  control.call('c2', { words: 'the mad woman next door is shouting again', subjects: him, ends: 'ended' });
  control.opens('i2', { contact: 'c2', kinds: ['nuisance'], grade: 'resolution' });
  control.wait('6 min');
  control.call('c3', { words: 'they are outside my door, please come', subjects: her });
}

test('street-calls: by the third call from the street, two alarms ask for somebody else to decide', () => {
  const control = controlRoom(together);
  streetCalls(control);
  const raised = brief(control.raised());
  expect(raised).toContain('place-cluster alarm');
  expect(raised).toContain('repeat-contact alarm');
  const decision = { incidents: ['i1', 'i2'], send: false, reason: 'both sides as bad' };
  control.does('handler-1', 'DecideAttendance', decision);
  expect(control.duties('place-cluster')).toHaveLength(1);
});

test('unlinked-incidents: the second shows the first, and by the third the pattern has an owner', () => {
  const control = controlRoom(together);
  const both = { ada: [person('Ada Marsh'), 'victim'], carl: [person('Carl Dent'), 'suspect'] } as const;
  const reports = (place: number): void => {
    control.wait('5 h');
    control.call(`c${place}`, { words: 'my ex partner keeps sending messages', subjects: both, ends: 'ended' });
    control.opens(`i${place}`, { contact: `c${place}`, kinds: ['domestic'], grade: 'scheduled' });
  };
  reports(1);
  reports(2);
  expect(control.facts('LinkProposed').map((event) => event.body)).toMatchObject([{ from: 'i2', to: 'i1' }]);
  expect(control.room().patterns.size).toBe(1);
  reports(3);
  control.wait('1 s');
  expect(control.rungs('course-of-conduct').map((one) => one.to)).toEqual(['supervisor', 'specialist']);
});

test('deferred-arrest: each further contact on the day scores the risk again, and says why', () => {
  const control = controlRoom(together);
  const both = { ada: [person('Ada Marsh'), 'caller'], carl: [person('Carl Dent'), 'suspect'] } as const;
  const said = ['I am scared of my ex partner', 'I am scared, he says he is coming back', 'he is outside, I am scared'];
  for (const [place, words] of said.entries()) {
    control.call(`c${place}`, { words, subjects: both, ends: 'ended' });
    if (place === 0) control.opens('i1', { contact: 'c0', kinds: ['domestic'], grade: 'scheduled' });
    else control.does('handler-1', 'JoinContact', { contact: `c${place}`, incident: 'i1', as: 'further-to' });
    control.wait(`${3 - place} h`);
  }
  expect(control.raised('rising-risk').map((one) => one.level)).toEqual(['prompt', 'alarm']);
  expect(control.duties('rising-risk')[0]?.why.map((one) => one.params['signs'])).toHaveLength(2);
});

test('one loud party held by one incident raises nothing; a scream there is an alarm', () => {
  const control = controlRoom(together);
  const rings = (place: number, words: string): void => {
    const subjects = {
      [`n${place}`]: [phone(`0770090001${place}`), 'caller'],
      party: [street('14'), 'scene'],
    } as const;
    control.call(`c${place}`, { words, subjects, ends: 'ended' });
    if (place === 1) control.opens('i1', { contact: 'c1', kinds: ['disturbance'], grade: 'scheduled' });
    else control.does('handler-1', 'JoinContact', { contact: `c${place}`, incident: 'i1' });
    control.wait('2 min');
  };
  for (const place of [1, 2, 3, 4, 5, 6]) rings(place, 'loud music from the party at number 14');
  expect(brief(control.raised())).toEqual([]);
  rings(7, 'I can hear a woman screaming at the party');
  expect(new Set(brief(control.raised()))).toEqual(
    new Set(['repeat-contact alarm', 'place-cluster alarm', 'joined-unlike alarm']),
  );
});

test('one crash with twenty callers raises nothing; a second car off the road is asked about', () => {
  const control = controlRoom(together);
  const rings = (place: number, mark: string): void => {
    control.call(`c${place}`, {
      words: 'a car has crashed and the driver is bleeding',
      subjects: {
        [`n${place}`]: [phone(`077009003${String(place).padStart(2, '0')}`), 'caller'],
        road: [{ kind: 'place', street: 'Mill Lane', public: true }, 'scene'],
        [`car-${mark}`]: [{ kind: 'vehicle', mark }, 'subject'],
      },
      ends: 'ended',
    });
    if (place === 1) control.opens('i1', { contact: 'c1', kinds: ['road-collision'], grade: 'emergency' });
    else control.does('handler-1', 'JoinContact', { contact: `c${place}`, incident: 'i1' });
    control.wait('15 s');
  };
  for (let place = 1; place <= 20; place += 1) rings(place, 'ab12cde');
  expect(brief(control.raised())).toEqual([]);
  rings(21, 'xy34zzz');
  expect(brief(control.raised())).toEqual(['joined-unlike alarm']);
});

test('a care home, a pub street, a frequent caller and an ordinary day raise nothing', () => {
  const control = controlRoom(together);
  const said = ['a resident has not come back from the shops', 'a visitor is being rude', 'we have found a purse'];
  for (let place = 0; place < 12; place += 1) {
    const home = { oaks: [street('The Oaks', true), 'scene'], desk: [phone('01632 960001'), 'caller'] } as const;
    const pub = {
      inn: [street('The Anchor', true), 'scene'],
      [`n${place}`]: [phone(`0770090050${place % 9}`), 'caller'],
    } as const;
    control.call(`c${place}`, {
      words: said[place % 3] ?? '',
      subjects: place % 2 === 0 ? home : pub,
      ends: 'ended',
    });
    control.opens(`i${place}`, { contact: `c${place}`, kinds: ['other'], grade: 'scheduled' });
    control.wait('7 min');
  }
  expect(brief(control.raised())).toEqual([]);
});
