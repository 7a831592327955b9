import { expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { risingRisk } from './rising-risk.ts';

const ada = { kind: 'person', name: 'Ada Marsh' };
const carl = { kind: 'person', name: 'Carl Dent' };
const both = { ada: [ada, 'caller'], carl: [carl, 'suspect'] } as const;

/** A frightened woman rings about her former partner, and her incident is opened. */
function first(control: ControlRoom, words = 'I am scared of my ex partner'): void {
  control.call('c1', { words, subjects: both, ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds: ['domestic'], grade: 'scheduled' });
}

function again(control: ControlRoom, contact: string, words: string): void {
  control.call(contact, { words, subjects: both, ends: 'ended' });
  control.does('handler-1', 'JoinContact', { contact, incident: 'i1', as: 'further-to' });
}

function signs(control: ControlRoom): unknown {
  return control.duties('rising-risk').at(-1)?.why.at(-1)?.params['signs'];
}

test('fear told again by the same person is a prompt to the supervisor, with a floor and the reason', () => {
  const control = controlRoom([risingRisk]);
  first(control);
  expect(control.raised('rising-risk')).toEqual([]);
  control.wait('3 h');
  again(control, 'c2', 'I am scared of him');
  expect(control.raised('rising-risk').map((one) => [one.level, one.about])).toEqual([['prompt', 'incident:i1']]);
  expect(control.floors('i1')).toEqual(['rising-risk priority']);
  expect(signs(control)).toBe('fear told again');
  control.wait('31 min');
  expect(control.rungs('rising-risk')[0]?.to).toBe('fim');
});

test('each further contact scores it again, and three signs make it an alarm', () => {
  const control = controlRoom([risingRisk]);
  first(control);
  control.wait('3 h');
  again(control, 'c2', 'I am scared of him');
  control.wait('1 h');
  again(control, 'c3', 'I am scared, he is following me and he is outside');
  expect(control.raised('rising-risk').map((one) => one.level)).toEqual(['prompt', 'alarm']);
  expect(signs(control)).toContain('contacts closer together (180 min, then 60 min)');
  expect(control.duties('rising-risk')).toHaveLength(1);
});

test('one grave sign between partners is an alarm on the first contact', () => {
  for (const words of ['my ex partner strangled me', 'my husband says he will kill me']) {
    const control = controlRoom([risingRisk]);
    first(control, words);
    expect(control.raised('rising-risk').map((one) => one.level)).toEqual(['alarm']);
    expect(control.floors('i1')).toEqual(['rising-risk emergency']);
  }
});

test('the suspect speaking of suicide is a grave sign', () => {
  const control = controlRoom([risingRisk]);
  first(control);
  control.call('c2', { subjects: { carl2: [carl, 'suspect'], ada2: [ada, 'victim'] } });
  control.does('handler-1', 'RecordStatement', {
    contact: 'c2',
    words: 'I am going to hang myself',
    speaker: 'suspect',
  });
  control.does('handler-1', 'JoinContact', { contact: 'c2', incident: 'i1', as: 'further-to' });
  expect(control.raised('rising-risk').at(-1)?.level).toBe('alarm');
  expect(signs(control)).toContain('the suspect speaks of suicide');
});

test('a release, or the end of the care relied on, is a grave sign', () => {
  const released = controlRoom([risingRisk]);
  first(released);
  released.does('handler-1', 'RequestCheck', { check: 'k1', source: 'custody', subject: 'carl', contact: 'c1' });
  const finding = {
    id: 'old-1',
    kind: 'custody',
    subject: 'carl',
    source: 'custody',
    says: 'bailed',
    strength: 'certain',
  };
  const findings = [{ ...finding, when: released.room().now - 3_600_000, signs: ['release'] }];
  released.does('heed', 'CompleteCheck', { check: 'k1', result: 'found', findings });
  expect(released.raised('rising-risk').map((one) => one.level)).toEqual(['alarm']);
  const left = controlRoom([risingRisk]);
  first(left);
  const confirmBy = left.room().now + 3_600_000;
  const relied = { reliance: 'r1', incident: 'i1', fact: 'in-anothers-care', says: 'at her mother’s', confirmBy };
  left.does('supervisor-1', 'StateReliance', relied);
  left.does('dispatcher-1', 'EndReliance', { reliance: 'r1', says: 'she has gone home' });
  expect(left.raised('rising-risk').map((one) => one.level)).toEqual(['alarm']);
});

test('a reported breach and what is on record are signs', () => {
  const control = controlRoom([risingRisk]);
  first(control);
  control.wait('3 h');
  control.call('c2', { words: 'he has sent another letter', subjects: both });
  control.does('handler-1', 'JoinContact', { contact: 'c2', incident: 'i1', as: 'further-to' });
  expect(control.raised('rising-risk')).toEqual([]);
  const order = { order: 'o1', kind: 'non-molestation', respondent: 'carl', protects: ['ada'], madeAt: 0 };
  control.does('handler-1', 'RecordOrder', order);
  control.does('handler-1', 'ReportBreach', { breach: 'b1', order: 'o1', incident: 'i1', says: 'a letter' });
  expect([control.raised('rising-risk').length, signs(control)]).toEqual([1, 'an order reported broken']);
});

test('only a decision on protection by a supervisor or specialist meets it', () => {
  const control = controlRoom([risingRisk]);
  first(control, 'my ex partner strangled me');
  control.does('handler-1', 'AddEntry', { incident: 'i1', text: 'advised to lock the door' });
  control.does('handler-1', 'CompleteRiskForm', { incident: 'i1', form: 'dash', level: 'high' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('supervisor-1', 'DecideAttendance', { incidents: ['i1'], send: false, reason: 'none free' });
  control.does('supervisor-1', 'RequestReview', { review: 'v1', incident: 'i1', question: 'look?' });
  control.does('specialist-1', 'AnswerReview', { review: 'v1', effect: 'no-change', reason: 'looked' });
  expect(control.duties('rising-risk')).toHaveLength(1);
  control.does('specialist-1', 'CompleteRiskForm', { incident: 'i1', form: 'dash', level: 'high' });
  expect(control.duties('rising-risk')).toEqual([]);
});

test('after a decision it speaks again only when something is added', () => {
  const control = controlRoom([risingRisk]);
  first(control);
  control.wait('3 h');
  again(control, 'c2', 'I am scared of him');
  control.does('supervisor-1', 'DecideAttendance', { incidents: ['i1'], send: true, reason: 'see her today' });
  control.does('handler-1', 'Relate', { from: 'ada', to: 'carl', relation: 'knows', incident: 'i1' });
  expect(control.duties('rising-risk')).toEqual([]);
  control.wait('1 h');
  again(control, 'c3', 'I am scared, he is outside');
  expect(control.duties('rising-risk')).toHaveLength(1);
});

test('a care home’s routine raises nothing, nor does a frequent caller, nor volume at a place', () => {
  const control = controlRoom([risingRisk]);
  const oaks = { kind: 'place', premises: 'The Oaks', street: 'Larch Row', public: true };
  const resident = { kind: 'person', name: 'Rose Field' };
  for (const place of [1, 2, 3, 4]) {
    control.call(`c${place}`, {
      words: place % 2 === 0 ? 'she has fallen and is bleeding' : 'she has not come back and may be hurt',
      subjects: { oaks: [oaks, 'scene'], resident: [resident, 'at-risk'] },
      ends: 'ended',
    });
    control.opens(`i${place}`, { contact: `c${place}`, kinds: ['vulnerable-adult'], grade: 'priority' });
    control.wait('3 h');
  }
  for (const place of [5, 6, 7, 8]) {
    control.call(`c${place}`, { words: 'the cat is on the wall', subjects: { ada: [ada, 'caller'] }, ends: 'ended' });
    control.opens(`i${place}`, { contact: `c${place}`, kinds: ['mental-health'], grade: 'resolution' });
    control.wait(`${90 - place * 10} min`);
  }
  expect([control.raised('rising-risk'), control.floors('i8')]).toEqual([[], []]);
});

test('twenty callers of one crash raise nothing', () => {
  const control = controlRoom([risingRisk]);
  for (let place = 1; place <= 20; place += 1) {
    control.call(`c${place}`, { words: place % 2 === 0 ? 'he is bleeding' : 'she is unconscious', ends: 'ended' });
    if (place === 1) control.opens('i1', { contact: 'c1', kinds: ['road-collision'], grade: 'emergency' });
    else control.does('handler-1', 'JoinContact', { contact: `c${place}`, incident: 'i1' });
  }
  expect(control.raised('rising-risk')).toEqual([]);
});

/** She rings, and her own check finds earlier matters of so many days ago. */
function withRecord(words: string, days: readonly number[], marks: readonly string[] = ['domestic']): ControlRoom {
  const control = controlRoom([risingRisk]);
  control.call('c1', { words, subjects: both, ends: 'ended' });
  control.does('handler-1', 'RequestCheck', { check: 'k1', source: 'own', subject: 'ada', contact: 'c1' });
  const finding = { kind: 'incident', subject: 'ada', source: 'own', says: 'a quarrel', strength: 'certain' };
  const now = control.room().now;
  const findings = days.map((ago) => ({ ...finding, id: `old-${ago}`, when: now - ago * 86_400_000, signs: marks }));
  control.does('heed', 'CompleteCheck', { check: 'k1', result: 'found', findings });
  control.opens('i1', { contact: 'c1', kinds: ['domestic'], grade: 'scheduled' });
  return control;
}

test('danger told for the first time since a matter on record is new behaviour', () => {
  const control = withRecord('he is banging on my door and I am scared', [6]);
  expect(control.raised('rising-risk').map((one) => one.level)).toEqual(['prompt']);
  expect(signs(control)).toContain('told for the first time: ');
});

test('danger that is on record already, or a record that told of none, is nothing new', () => {
  const known = withRecord('he is banging on my door and I am scared', [6], ['domestic', 'danger']);
  const parcel = withRecord('he is banging on my door and I am scared', [6], []);
  expect([known.raised('rising-risk'), parcel.raised('rising-risk')]).toEqual([[], []]);
});

test('matters on record that come closer together are a sign, told in days', () => {
  const control = withRecord('he follows me everywhere', [3, 20], ['domestic', 'danger']);
  expect(signs(control)).toContain('contacts closer together (17 days, then 3 days)');
});

test('an order broken again makes it an alarm', () => {
  const control = controlRoom([risingRisk]);
  first(control);
  control.does('constable-1', 'RecordOrder', {
    order: 'o1',
    kind: 'non-molestation',
    respondent: 'carl',
    protects: ['ada'],
    madeAt: control.room().now,
  });
  control.does('handler-1', 'Relate', { from: 'ada', to: 'carl', relation: 'ex-partner' });
  control.does('handler-1', 'ReportBreach', { breach: 'b1', order: 'o1', incident: 'i1', says: 'messages' });
  control.wait('2 h');
  control.call('c2', { words: 'he has written to me', subjects: both, ends: 'ended' });
  control.opens('i2', { contact: 'c2', kinds: ['domestic'], grade: 'scheduled' });
  expect(control.raised('rising-risk')).toEqual([]);
  control.does('handler-1', 'ReportBreach', { breach: 'b2', order: 'o1', incident: 'i2', says: 'messages again' });
  expect(control.raised('rising-risk').at(-1)?.level).toBe('alarm');
  expect(signs(control)).toContain('broken 2 times');
});

test('what is on record of others at the same home is no sign that the risk to these people rises', () => {
  const home = { kind: 'place', premises: '3', street: 'Larch Row', town: 'Ashby' };
  const found = (others: readonly string[]): ControlRoom => {
    const control = controlRoom([risingRisk]);
    const subjects = { ada: [ada, 'at-risk'], h1: [home, 'scene'] } as const;
    control.call('c1', { words: 'she has cut herself, it is self-harm', subjects });
    control.opens('i1', { contact: 'c1', kinds: ['mental-health'], grade: 'emergency' });
    control.does('handler-1', 'RequestCheck', { check: 'k1', source: 'own', subject: 'h1', contact: 'c1' });
    const when = control.room().now - 86_400_000 * 20;
    const finding = { id: 'old', kind: 'incident', subject: 'h1', when, source: 'own', signs: ['stalking'] };
    const findings = [{ ...finding, others, says: 'thirty messages in a day', strength: 'certain' }];
    control.does('heed', 'CompleteCheck', { check: 'k1', result: 'found', findings });
    return control;
  };
  expect(found(['earlier-tenant']).raised('rising-risk')).toEqual([]);
  expect(found(['earlier-tenant', 'ada']).raised('rising-risk')).toHaveLength(1);
});

test('fewer of the signs that a supervisor has answered, or the same in another order, say nothing new', () => {
  const control = controlRoom([risingRisk]);
  control.call('c1', { words: 'I am scared of my ex partner', subjects: both, ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds: ['domestic', 'stalking'], grade: 'scheduled' });
  control.wait('3 h');
  again(control, 'c2', 'I am scared of him');
  expect(signs(control)).toBe('fear told again; followed, held or stalked');
  control.does('supervisor-1', 'DecideAttendance', { incidents: ['i1'], send: true, reason: 'see her' });
  expect(control.duties('rising-risk')).toEqual([]);
  const kinds = { add: [], remove: ['stalking'], reason: 'not followed' };
  control.does('supervisor-1', 'SetKinds', { incident: 'i1', ...kinds });
  expect(control.raised('rising-risk')).toHaveLength(1);
  control.wait('1 h');
  again(control, 'c3', 'I am scared of him');
  expect(control.raised('rising-risk')).toHaveLength(2);
});
