import { describe, expect, test } from 'vitest';
import { read, standings, toldDangers, toldKinds } from '../../test/phrase-list.ts';

type Row = readonly [sentence: string, kind: string];

const denied: readonly Row[] = [
  ['no weapons', 'weapon'],
  ['no weapons seen or mentioned', 'weapon'],
  ['not hurt', 'hurt'],
  ['nobody injured', 'hurt'],
  ['no one has been hurt', 'hurt'],
  ['denies any violence', 'hurt'],
  ['denies that he hit her', 'hurt'],
  ["hasn't got a knife", 'weapon'],
  ['he has not got a knife on him', 'weapon'],
  ['without a knife', 'weapon'],
  ['w/o a knife', 'weapon'],
  ['no sign of any injuries', 'hurt'],
  ['no mention of any weapons', 'weapon'],
  ['no weapons, drugs or injuries', 'hurt'],
  ['no weapons/violence', 'hurt'],
  ['neither hurt nor scared', 'fear'],
  ["I don't think he has a knife", 'weapon'],
  ["they don't hurt me", 'hurt'],
  ['she has not said he has a knife', 'weapon'],
  ['not believed to be injured', 'hurt'],
  ['cant see any weapons', 'weapon'],
  ['NIL INJURIES', 'hurt'],
  ['never hit her', 'hurt'],
  ["he isn't armed", 'weapon'],
  ['Weapons: none', 'weapon'],
  ['Injuries - nil', 'hurt'],
  ['Any weapons? No.', 'weapon'],
  ['weapons? no', 'weapon'],
  ['is he hurting you? No.', 'assault-in-progress'],
  ["no, he hasn't got a knife", 'weapon'],
  ['not told to see a solicitor', 'sent-elsewhere'],
];

const toldDespite: readonly Row[] = [
  ["no, he's got a knife", 'weapon'],
  ["No he's got a knife", 'weapon'],
  ['no - knife in his hand', 'weapon'],
  ['not safe', 'fear'],
  ["can't breathe", 'collapsed'],
  ['not breathing', 'collapsed'],
  ["won't let me leave", 'held-or-followed'],
  ["I don't want him to kill me", 'threat-to-life'],
  ['not seen for two days', 'not-seen-as-usual'],
  ["he's not stopped hitting her", 'assault-in-progress'],
  ["won't stop hitting me", 'assault-in-progress'],
  ['no sign of her', 'not-seen-as-usual'],
  ['not without a knife', 'weapon'],
  ['he is never without a knife', 'weapon'],
  ['not drunk but he has a knife', 'weapon'],
  ['no injuries; knife seen', 'weapon'],
  ['No answer. Screaming heard', 'screaming'],
  ['no answer at door screaming heard', 'screaming'],
  ['no injuries, he has a knife', 'weapon'],
  ['not home however neighbour heard screaming', 'screaming'],
  ['not only hit her but strangled her', 'hurt'],
  ["don't know if he has a knife", 'weapon'],
  ['not sure whether she is hurt', 'hurt'],
  ["please don't hurt me", 'hurt'],
  ['do not hurt me', 'hurt'],
  ['no stop hitting me', 'assault-in-progress'],
  ['nobody is helping me he is strangling her', 'strangling'],
  ['nobody came and he stabbed her', 'weapon'],
  ['I never told anyone he hits me', 'hurt'],
  ['never hit me like this before', 'hurt'],
  ['may not be breathing', 'collapsed'],
  ['she might not be safe', 'fear'],
  ['he may have a knife', 'weapon'],
  ['possibly armed', 'weapon'],
  ['I think he has a gun', 'weapon'],
  ['could be hurt', 'hurt'],
  ['no longer screaming', 'screaming'],
  ["he's got a knife? no one knows", 'weapon'],
  ['why has nobody come, she is hurt', 'hurt'],
  ['no idea where he is, he has a knife', 'weapon'],
  ['he is not well and has a machete', 'weapon'],
];

const ofThePast: readonly Row[] = [
  ['he used to hit me', 'hurt'],
  ['last year he broke her arm', 'hurt'],
  ['he broke her arm last year', 'hurt'],
  ['Last year, he broke her arm', 'hurt'],
  ['assaulted by him three years ago', 'hurt'],
  ['previously strangled by ex', 'strangling'],
  ['when we were together he strangled me', 'strangling'],
  ['he strangled me when we were together', 'strangling'],
  ['as a child I was raped', 'hurt'],
  ['he was stabbed in 2015', 'weapon'],
  ['historic rape reported', 'hurt'],
  ['he has hit me before', 'hurt'],
  ['in the past he threatened to kill me', 'threat-to-life'],
];

const toldOfNow: readonly Row[] = [
  ['he said he would kill me', 'threat-to-life'],
  ["said he'd stab me", 'threat-to-life'],
  ['threatened to kill her', 'threat-to-life'],
  ['sounds of a struggle', 'struggle'],
  ['hears screaming in background', 'screaming'],
  ['she was stabbed', 'weapon'],
  ['he hit her last night', 'hurt'],
  ['she was strangled yesterday', 'strangling'],
  ["We split up last year, he's got a knife", 'weapon'],
  ['we split up last year and he has got a knife', 'weapon'],
  ['since last year he has been hitting me', 'assault-in-progress'],
  ["I'm used to him hitting me", 'assault-in-progress'],
  ['in the past hour he has hit her twice', 'hurt'],
  ['he hit me before he left', 'hurt'],
  ['ring before he kills me', 'threat-to-life'],
  ['he used to be nice but he hit me', 'hurt'],
  ['he used to live here. He has a knife', 'weapon'],
  ['if he comes he will kill me', 'threat-to-life'],
];

const warnings: readonly string[] = [
  "has strangled me before and he's outside",
  'last year he broke her arm and now he is outside',
  'last year he broke her arm. He is coming back.',
  'he used to hit me and I am scared',
  'He broke my jaw three years ago, he is on his way here now',
  'previously stabbed by ex who has been released',
];

const over: readonly Row[] = [
  ['he had a knife but police have taken it', 'weapon'],
  ['knife has been seized by police', 'weapon'],
  ['weapon recovered', 'weapon'],
  ['baby now breathing', 'collapsed'],
  ['was not breathing, now breathing', 'collapsed'],
  ['screaming heard, false alarm, was the TV', 'screaming'],
  ['sounds of a struggle, turned out to be kids playing', 'struggle'],
  ['missing from home, has returned home', 'not-seen-as-usual'],
];

const notOver: readonly Row[] = [
  ['he had a knife and has left', 'weapon'],
  ['police have taken one knife but he has another knife', 'weapon'],
  ['he stabbed her, knife recovered', 'assault-in-progress'],
  ['knife not recovered', 'weapon'],
  ['he was strangling her but has calmed down', 'strangling'],
  ['he came round to my house and strangled her', 'strangling'],
  ['the screaming has stopped', 'screaming'],
  ['she was hurt, he has been arrested', 'hurt'],
  ['Screaming next door. False alarm at number nine.', 'screaming'],
  ['no false alarm, there is screaming', 'screaming'],
];

describe('a denial', () => {
  test.each(denied)('is read in: %s', (sentence, kind) => {
    expect(standings(sentence, kind)).toEqual(['negated']);
  });
  test.each(toldDespite)('is not read in: %s', (sentence, kind) => {
    expect(toldKinds(sentence)).toContain(kind);
  });
});

describe('the past', () => {
  test.each(ofThePast)('is read in: %s', (sentence, kind) => {
    expect(standings(sentence, kind)).toEqual(['past']);
    expect(toldDangers(sentence)).toEqual([]);
  });
  test.each(toldOfNow)('is not read in: %s', (sentence, kind) => {
    expect(toldKinds(sentence)).toContain(kind);
  });
  test.each(warnings)('is a warning for now in: %s', (sentence) => {
    expect(toldKinds(sentence)).toContain('past-violence-warning');
  });
});

describe('what is over', () => {
  test.each(over)('is read in: %s', (sentence, kind) => {
    expect(standings(sentence, kind)).toEqual(['resolved']);
  });
  test.each(notOver)('is not read in: %s', (sentence, kind) => {
    expect(toldKinds(sentence)).toContain(kind);
  });
});

test.each([
  ['drunk caller, very abusive, says ', ' and is slurring'],
  ['frequent caller with mental health history states ', ', rambling'],
  ['she has paranoia and thinks that ', ' again'],
])('illness, drink and manner change nothing: "%s...%s"', (before, after) => {
  for (const said of ['he has a knife', 'he will kill me', 'he is strangling her'])
    expect(toldDangers(`${before}${said}${after}`)).toEqual(expect.arrayContaining([...toldDangers(said)]));
});

test('one danger told in several words is one hit that quotes them all', () => {
  const hits = read('inf states he would kill me').filter(({ kind }) => kind === 'threat-to-life');
  expect(hits.map(({ quote, standing }) => ({ quote, standing }))).toEqual([
    { quote: 'would kill me', standing: 'told' },
  ]);
});

test('denied and told of the same kind stand side by side', () => {
  const hits = read('no knife but he has a machete').filter(({ kind }) => kind === 'weapon');
  expect(hits.map(({ quote, standing }) => [quote, standing])).toEqual([
    ['knife', 'negated'],
    ['has a machete', 'told'],
  ]);
});
