import { expect, test } from 'vitest';
import { controlRoom, gatesOf, noon } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { orderBreach } from './order-breach.ts';

const day = 86_400_000;
const her = { kind: 'person', name: 'Ada Example', born: '1990-01-01' };
const him = { kind: 'person', name: 'Bo Example', born: '1988-01-01' };
const hisPhone = { kind: 'phone', number: '07700 900999' };

function ordered(order: object = {}): ControlRoom {
  const control = controlRoom([orderBreach]);
  control.does('heed', 'RecordSubject', { subject: 'her', identity: her });
  control.does('heed', 'RecordSubject', { subject: 'him', identity: him });
  const made = { kind: 'non-molestation', respondent: 'him', protects: ['her'], madeAt: noon - day };
  control.does('constable-1', 'RecordOrder', { order: 'o1', ...made, service: 'served', ...order });
  return control;
}

/** She rings and names him, under the taker's own records of both. */
function calls(control: ControlRoom, words = 'he keeps sending me messages', place = 1): void {
  const subjects = { [`her-${place}`]: [her, 'victim'], [`him-${place}`]: [him, 'suspect'] } as const;
  control.call(`c${place}`, { words, subjects });
  control.opens(`i${place}`, { contact: `c${place}`, grade: 'scheduled' });
}

function decides(control: ControlRoom, arrest: boolean, subject = 'him'): readonly string[] {
  const data = { incident: 'i1', subject, arrest, grounds: 'necessary to protect her' };
  return gatesOf(control.does('constable-1', 'DecideArrest', data));
}

function tasks(control: ControlRoom): void {
  const task = { task: 't1', kind: 'arrest', incident: 'i1', subject: 'him', owner: { role: 'constable' } };
  control.does('constable-1', 'RaiseTask', { ...task, dueAt: noon + day, says: 'arrest' });
}

test('the respondent named together with whom the order protects is counted as a reported breach', () => {
  const control = ordered();
  calls(control);
  expect(control.facts('BreachReported')).toHaveLength(1);
  expect(control.room().orders.get('o1')?.breaches).toMatchObject([{ incident: 'i1' }]);
  expect(control.floors('i1')).toEqual(['order-breach priority']);
  expect(control.raised('order-breach')).toMatchObject([{ level: 'alarm', about: 'incident:i1' }]);
});

test('the arrest decision is due in an hour, then climbs to supervisor, FIM and specialist', () => {
  const control = ordered();
  calls(control);
  control.wait('2 d');
  expect(control.duties('order-breach')[0]?.owner).toEqual({ role: 'constable' });
  expect(control.rungs('order-breach').map((one) => [one.to, one.afterMs / 60_000])).toEqual([
    ['supervisor', 60],
    ['fim', 120],
    ['specialist', 25 * 60],
  ]);
});

test('each incident counts once, and the next shows how many there were', () => {
  const control = ordered();
  calls(control);
  control.does('handler-1', 'Mention', { subject: 'her-1', incident: 'i1', role: 'caller' });
  calls(control, 'he has rung me again', 2);
  expect(control.facts('BreachReported')).toHaveLength(2);
  expect(control.duties('order-breach').at(-1)?.why[0]?.params).toMatchObject({ count: 2, service: 'served' });
});

test('his number on a call from her counts, by who uses it', () => {
  const control = ordered();
  control.does('heed', 'RecordSubject', { subject: 'his-phone', identity: hisPhone });
  control.does('handler-1', 'Relate', { from: 'him', to: 'his-phone', relation: 'uses' });
  const subjects = { p1: [her, 'victim'], p2: [hisPhone, 'used'] } as const;
  control.call('c1', { words: 'somebody keeps ringing me', subjects });
  control.opens('i1', { contact: 'c1' });
  expect(control.facts('BreachReported')).toHaveLength(1);
});

test('a number that both of them use counts as nobody’s', () => {
  const control = ordered();
  control.does('heed', 'RecordSubject', { subject: 'his-phone', identity: hisPhone });
  for (const from of ['him', 'her']) control.does('handler-1', 'Relate', { from, to: 'his-phone', relation: 'uses' });
  const subjects = { p1: [her, 'caller'], p2: [hisPhone, 'used'] } as const;
  control.call('c1', { words: 'somebody keeps ringing me', subjects });
  control.opens('i1', { contact: 'c1' });
  expect(control.facts('BreachReported')).toEqual([]);
});

test('near her home counts even when she is not named', () => {
  const control = ordered();
  const home = { kind: 'place', premises: '1', street: 'Example Street', town: 'Sampleton' };
  control.does('heed', 'RecordSubject', { subject: 'home', identity: home });
  control.does('handler-1', 'Relate', { from: 'her', to: 'home', relation: 'lives-at' });
  const subjects = { p1: [home, 'scene'], p2: [him, 'suspect'] } as const;
  control.call('c1', { words: 'a man is banging on a door', subjects });
  control.opens('i1', { contact: 'c1' });
  expect(control.facts('BreachReported')).toHaveLength(1);
});

test('there now or coming back makes it an emergency, also when it is told later', () => {
  const control = ordered();
  calls(control, 'he is outside my door now');
  expect(control.floors('i1')).toEqual(['order-breach emergency']);
  const later = ordered();
  calls(later);
  later.does('handler-1', 'RecordStatement', { contact: 'c1', words: 'he is outside my door now' });
  expect(later.floors('i1')).toEqual(['order-breach emergency']);
});

test('a high risk makes it an emergency', () => {
  const control = ordered();
  control.does('heed', 'RecordSubject', { subject: 'her', identity: her });
  const marker = { marker: 'm1', subject: 'her', kind: 'high-risk-domestic', reason: 'threats', owner: 'specialist' };
  control.does('specialist-1', 'SetMarker', marker);
  calls(control);
  expect(control.floors('i1')).toEqual(['order-breach emergency']);
});

test('an order that expired, was discharged, or was made later is quiet', () => {
  for (const order of [{ expiresAt: noon - 1 }, { madeAt: noon + day }]) {
    const control = ordered(order);
    calls(control);
    expect(control.facts('BreachReported')).toEqual([]);
  }
  const discharged = ordered();
  discharged.does('fim-1', 'EndOrder', { order: 'o1', reason: 'discharged by the court' });
  calls(discharged);
  expect(discharged.duties('order-breach')).toEqual([]);
});

test('another person with her, or him with somebody else, is quiet', () => {
  const control = ordered();
  const other = { kind: 'person', name: 'Cy Example' };
  control.call('c1', { words: 'noise', subjects: { p1: [her, 'caller'], p2: [other, 'suspect'] } });
  control.opens('i1', { contact: 'c1' });
  control.call('c2', { words: 'noise', subjects: { p3: [other, 'caller'], p4: [him, 'suspect'] } });
  control.opens('i2', { contact: 'c2' });
  expect(control.duties('order-breach')).toEqual([]);
  expect(control.floors('i1')).toEqual([]);
});

test('a decision to arrest is met only together with its task', () => {
  const control = ordered();
  calls(control);
  expect(decides(control, true)).toEqual([]);
  expect(control.duties('order-breach')).toHaveLength(1);
  tasks(control);
  expect(control.duties('order-breach')).toEqual([]);
});

test('a task without a decision does not meet it, and the decision after it does', () => {
  const control = ordered();
  calls(control);
  tasks(control);
  expect(control.duties('order-breach')).toHaveLength(1);
  decides(control, true, 'her');
  expect(control.duties('order-breach')).toHaveLength(1);
  decides(control, true);
  expect(control.duties('order-breach')).toEqual([]);
});

test('a task that is withdrawn asks for the decision again', () => {
  const control = ordered();
  calls(control);
  tasks(control);
  decides(control, true);
  control.does('constable-1', 'WithdrawTask', { task: 't1', reason: 'she does not want it' });
  expect(control.duties('order-breach')).toHaveLength(1);
});

test('nobody decides alone not to arrest, and not with the one who spoke to her', () => {
  const control = ordered();
  calls(control);
  expect(decides(control, false)).toEqual(['order-breach']);
  expect(control.duties('order-breach')).toHaveLength(1);
  const data = { incident: 'i1', subject: 'him', arrest: false, grounds: 'the order does not forbid this' };
  control.does('constable-1', 'Propose', { decision: 'p1', command: { type: 'DecideArrest', data }, reason: 'terms' });
  control.does('supervisor-2', 'AttemptCallback', { callback: 'b1', incident: 'i1' });
  expect(gatesOf(control.does('supervisor-2', 'Approve', { decision: 'p1', reason: 'rang her' }))).toEqual([
    'order-breach',
  ]);
  control.does('supervisor-1', 'Approve', { decision: 'p1', reason: 'read the order' });
  expect(control.duties('order-breach')).toEqual([]);
});

test('two people of whom neither may decide on an arrest do not', () => {
  const control = ordered();
  calls(control);
  const data = { incident: 'i1', subject: 'him', arrest: false, grounds: 'she does not wish it' };
  control.does('handler-2', 'Propose', { decision: 'p1', command: { type: 'DecideArrest', data }, reason: 'her wish' });
  expect(gatesOf(control.does('specialist-1', 'Approve', { decision: 'p1', reason: 'agreed' }))).toEqual([
    'order-breach',
  ]);
});

test('before there is an incident the order is shown, and the contact does not end without one', () => {
  const control = ordered({ service: 'unknown' });
  const subjects = { p1: [her, 'caller'], p2: [him, 'suspect'] } as const;
  control.call('c1', { words: 'I only want advice', subjects });
  const [note] = control.room().notes.get('contact:c1') ?? [];
  expect(note?.why).toMatchObject({ code: 'order-in-force', params: { service: 'unknown, ask' } });
  const dispose = { contact: 'c1', disposition: 'advice', reason: 'see a solicitor' };
  expect(gatesOf(control.does('handler-1', 'DisposeContact', dispose))).toEqual(['order-breach']);
});

test('a breach reported by hand without an incident asks for one', () => {
  const control = ordered();
  control.does('handler-1', 'ReportBreach', { breach: 'b1', order: 'o1', says: 'seen near her work' });
  expect(control.raised('order-breach').map((one) => one.level)).toEqual(['prompt']);
  control.opens('i1');
  control.does('handler-1', 'ReportBreach', { breach: 'b2', order: 'o1', incident: 'i1', says: 'seen near her work' });
  expect(control.duties('order-breach').map((duty) => duty.about)).toEqual(['incident:i1']);
});

test('what the machine counted and a person then reports in the same incident is one breach', () => {
  const control = ordered();
  calls(control);
  control.does('handler-1', 'ReportBreach', { breach: 'b1', order: 'o1', incident: 'i1', says: 'messages again' });
  calls(control, 'he has rung me again', 2);
  expect(control.duties('order-breach').at(-1)?.why[0]?.params).toMatchObject({ count: 2 });
});

test('both under other names, it is counted as soon as somebody decides who they are', () => {
  const control = ordered();
  const subjects = {
    'her-2': [{ kind: 'person', name: 'Aida Exampel' }, 'victim'],
    'him-2': [{ kind: 'person', name: 'Robert Exempel' }, 'suspect'],
  } as const;
  control.call('c1', { words: 'he keeps sending me messages', subjects });
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  expect(control.facts('BreachReported')).toEqual([]);
  const same = [
    { subject: 'her-2', other: 'her' },
    { subject: 'him-2', other: 'him' },
  ];
  const link = { link: 'l1', incident: 'i1', from: 'i1', to: 'o1', strength: 'strong', reasons: ['born the same day'] };
  control.does('handler-1', 'ProposeLink', { ...link, same });
  expect(control.facts('BreachReported')).toEqual([]);
  control.does('handler-1', 'ConfirmLink', { link: 'l1' });
  expect(control.facts('BreachReported')).toHaveLength(1);
});
