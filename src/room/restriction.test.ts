import { expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import type { Actor } from './define.ts';
import { may } from './may.ts';
import { answerersOf, letsIn, mayReadIncident, mayReadRoom, restrictionOn } from './restriction.ts';
import type { Safeguard } from './safeguard.ts';
import type { Outcome } from './step.ts';

const onCall = 'on-call-superintendent';
const restrict = {
  incident: 'i1',
  readers: ['supervisor-1'],
  desk: 'specialist',
  reason: 'one of ours is the suspect',
};

/** One incident of one call that has ended, restricted by the force incident manager; i2 is anybody's. */
function restricted(): ControlRoom {
  const control = controlRoom([]);
  control.call('c1', { words: 'he is one of yours', ends: 'ended' });
  control.opens('i1', { contact: 'c1', grade: 'priority' });
  control.opens('i2', { grade: 'scheduled', by: 'handler-2' });
  expect(control.does('fim-1', 'RestrictIncident', restrict)).toEqual({ kind: 'done' });
  return control;
}

function codes(outcome: Outcome): readonly string[] {
  return outcome.kind === 'refused' ? outcome.reasons.map((one) => one.code) : [];
}

function reads(control: ControlRoom, staff: string, incident = 'i1'): boolean {
  return mayReadIncident(control.room(), staff, incident);
}

test('those admitted by name read it, with its desk and the standing on-call people, and nobody else', () => {
  const control = restricted();
  const people = ['handler-1', 'dispatcher-1', 'supervisor-1', 'supervisor-2', 'fim-1', 'specialist-1', onCall];
  expect(people.filter((one) => reads(control, one))).toEqual(['supervisor-1', 'specialist-1', onCall]);
  expect(people.every((one) => reads(control, one, 'i2'))).toBe(true);
});

test('only somebody with the authority restricts, admits, withdraws and lifts, and only a person', () => {
  const control = controlRoom([]);
  control.opens('i1', { grade: 'priority' });
  expect(codes(control.does('supervisor-1', 'RestrictIncident', restrict))).toEqual(['no-authority']);
  expect(codes(control.does('heed', 'RestrictIncident', restrict))).toEqual(['person-needed']);
  control.does(onCall, 'RestrictIncident', restrict);
  const admit = { incident: 'i1', staff: 'handler-1', reason: 'took the first call' };
  for (const type of ['AdmitReader', 'WithdrawReader'])
    expect(codes(control.does('supervisor-1', type, admit))).toEqual(['no-authority']);
  expect(codes(control.does('supervisor-1', 'LiftRestriction', { incident: 'i1', reason: 'over' }))).toEqual([
    'no-authority',
  ]);
  expect(codes(control.does(onCall, 'AdmitReader', { ...admit, reason: '-' }))).toEqual(['words-needed']);
});

test.each([
  ['themselves alone', { readers: ['fim-1'] }, 'nobody-else'],
  ['a stranger', { readers: ['supervisor-1', 'nobody-known'] }, 'member of staff-unknown'],
  ['a desk that there is not', { desk: 'archive' }, 'role-unknown'],
  ['an incident that there is not', { incident: 'i9' }, 'incident-unknown'],
])('it is not restricted to %s', (_, change, code) => {
  const control = controlRoom([]);
  control.opens('i1', { grade: 'priority' });
  expect(codes(control.does('fim-1', 'RestrictIncident', { ...restrict, ...change }))).toEqual([code]);
  expect(control.room().restrictions.size).toBe(0);
});

test('nobody can lock everybody out: the last other reader stays, and the on-call people always do', () => {
  const control = restricted();
  const withdraw = (staff: string): Outcome =>
    control.does(onCall, 'WithdrawReader', { incident: 'i1', staff, reason: 'no longer needed' });
  expect(codes(withdraw('supervisor-1'))).toEqual(['nobody-else']);
  expect(codes(withdraw(onCall))).toEqual(['on-call-always']);
  control.does(onCall, 'AdmitReader', { incident: 'i1', staff: 'handler-2', reason: 'knows her' });
  expect(withdraw('supervisor-1')).toEqual({ kind: 'done' });
  expect([reads(control, 'supervisor-1'), reads(control, 'handler-2')]).toEqual([false, true]);
});

test('whoever was withdrawn by name is let in by neither the desk, a call nor the glass, until admitted again', () => {
  const control = restricted();
  control.does(onCall, 'WithdrawReader', { incident: 'i1', staff: 'specialist-1', reason: 'a friend of his' });
  expect(reads(control, 'specialist-1')).toBe(false);
  const glass = { incident: 'i1', reason: 'I want to see' };
  expect(codes(control.does('specialist-1', 'BreakGlass', glass))).toEqual(['withdrawn-by-name']);
  control.does(onCall, 'AdmitReader', { incident: 'i1', staff: 'specialist-1', reason: 'mistaken' });
  expect(reads(control, 'specialist-1')).toBe(true);
});

test('where its desk is unmanned, whoever answers for that desk reads it', () => {
  const control = restricted();
  expect(reads(control, 'fim-1')).toBe(false);
  control.does('specialist-1', 'SignOff', { staff: 'specialist-1' });
  expect([reads(control, 'fim-1'), reads(control, 'specialist-1')]).toEqual([true, false]);
});

test('whoever is on the line with a caller of it reads it until the call has ended', () => {
  const control = restricted();
  control.call('c2', { handler: 'handler-2', words: 'it is about him again' });
  expect(reads(control, 'handler-2')).toBe(false);
  control.does('supervisor-1', 'JoinContact', { contact: 'c2', incident: 'i1' });
  expect(reads(control, 'handler-2')).toBe(true);
  control.does('handler-2', 'EndContact', { contact: 'c2' });
  expect(reads(control, 'handler-2')).toBe(false);
});

test('off duty nobody reads the room but an auditor, and an auditor reads nothing restricted', () => {
  const control = restricted();
  control.does('owner-1', 'EnrolStaff', { staff: 'auditor-1', role: 'auditor' });
  control.does('owner-1', 'EnrolStaff', { staff: 'owner-2', role: 'system-owner' });
  control.does('supervisor-1', 'SignOff', { staff: 'supervisor-1' });
  const people = ['supervisor-1', 'owner-2', 'auditor-1', onCall, 'never-heard-of'];
  expect(people.filter((one) => mayReadRoom(control.room(), one))).toEqual(['auditor-1', onCall]);
  expect([reads(control, 'auditor-1', 'i2'), reads(control, 'auditor-1')]).toEqual([true, false]);
  expect(reads(control, 'supervisor-1')).toBe(false);
});

test('somebody on a break or about to leave reads the room still', () => {
  const control = restricted();
  control.does('supervisor-1', 'StartBreak', { staff: 'supervisor-1' });
  expect(reads(control, 'supervisor-1')).toBe(true);
});

test('the glass opens it at once for the time of the policy, to that person alone, and is never silent', () => {
  const control = restricted();
  expect(control.does('dispatcher-1', 'BreakGlass', { incident: 'i1', reason: 'she is on the line' })).toEqual({
    kind: 'done',
  });
  expect([reads(control, 'dispatcher-1'), reads(control, 'handler-2')]).toEqual([true, false]);
  expect(control.facts('GlassBroken').map((one) => one.ids)).toEqual([{ incident: 'i1', staff: 'dispatcher-1' }]);
  control.wait('59 min');
  expect(reads(control, 'dispatcher-1')).toBe(true);
  control.wait('2 min');
  const held = restrictionOn(control.room(), 'i1');
  if (held === null) throw new Error('it is not restricted');
  expect(letsIn(control.room(), held, 'dispatcher-1', control.room().now + 3_700_000)).toBe(false);
});

test.each([
  ['nothing named', 'dispatcher-1', {}, 'nothing-named'],
  ['nothing restricted', 'dispatcher-1', { incident: 'i2' }, 'nothing-restricted'],
  ['a reader', 'supervisor-1', { incident: 'i1' }, 'nothing-restricted'],
  ['nobody on duty', 'nobody-known', { incident: 'i1' }, 'person-needed'],
  ['a machine', 'heed', { incident: 'i1' }, 'person-needed'],
])('no glass is broken by or for %s', (_, who, data, code) => {
  expect(codes(restricted().does(who, 'BreakGlass', { ...data, reason: 'it is urgent' }))).toEqual([code]);
});

test('whoever does not know its number breaks the glass on their own contact, where a record of it matches', () => {
  const control = restricted();
  control.does('supervisor-1', 'ProposeLink', {
    link: 'l1',
    from: 'i2',
    to: 'i1',
    strength: 'strong',
    reasons: ['him'],
  });
  expect(control.does('handler-2', 'BreakGlass', { incident: 'i2', reason: 'the desk does not answer' })).toEqual({
    kind: 'done',
  });
  expect(reads(control, 'handler-2')).toBe(true);
});

test('of what is restricted to others a command hears what it hears of what is not there', () => {
  const control = restricted();
  for (const incident of ['i1', 'i9'])
    for (const [type, data] of [
      ['AddEntry', { text: 'more', source: 'handler' }],
      ['CloseIncident', { code: 'advice', reason: 'done' }],
      ['Assess', { elements: {} }],
      ['SetKinds', { add: ['theft'] }],
    ] as const) {
      const outcome = control.does('handler-2', type, { ...data, incident });
      expect(outcome).toMatchObject({
        reasons: [{ code: 'incident-unknown', says: `No incident ${incident} is known in this room.` }],
      });
    }
  expect(codes(control.does('handler-2', 'RecordStatement', { contact: 'c1', words: 'hello' }))).toEqual([
    'contact-unknown',
  ]);
});

test('sending, its loop and a higher grade are never refused for want of access; a lower one is', () => {
  const control = restricted();
  const sent = control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  expect(sent).toEqual({ kind: 'done' });
  for (const type of ['AcknowledgeDeployment', 'MarkEnRoute', 'MarkArrived'])
    expect(control.does('constable-1', type, { deployment: 'd1' })).toEqual({ kind: 'done' });
  const grade = (to: string): Outcome =>
    control.does('dispatcher-1', 'SetGrade', { incident: 'i1', grade: to, reason: 'told by radio' });
  expect(grade('emergency')).toEqual({ kind: 'done' });
  expect(codes(grade('scheduled'))).toEqual(['incident-unknown']);
});

test('a console is told the same as the room decides', () => {
  const control = restricted();
  const wish = (staff: string, type: string, data: unknown): string | undefined => {
    const actor: Actor = { kind: 'staff', id: staff };
    return may(control.room(), { actor, type, data, now: control.room().now })?.code;
  };
  const entry = { incident: 'i1', text: 'more', source: 'handler' };
  expect([wish('handler-2', 'AddEntry', entry), wish('supervisor-1', 'AddEntry', entry)]).toEqual([
    'incident-unknown',
    undefined,
  ]);
  expect(wish('supervisor-1', 'LiftRestriction', {})).toBe('no-authority');
  expect(wish('fim-1', 'RestrictIncident', undefined)).toBeUndefined();
  expect(wish('handler-1', 'Propose', {})).toBeUndefined();
  expect(wish('handler-1', 'NoSuchThing', {})).toBe('command-unknown');
  control.does('handler-1', 'SignOff', { staff: 'handler-1' });
  const close = { incident: 'i2', code: 'advice', reason: 'done' };
  expect([wish('handler-1', 'CloseIncident', close), wish('handler-2', 'CloseIncident', close)]).toEqual([
    'person-needed',
    undefined,
  ]);
});

test('two restricted to different people are not joined; what is joined to one stands and falls with it', () => {
  const control = restricted();
  control.does('fim-1', 'RestrictIncident', { ...restrict, incident: 'i2', readers: ['handler-2'] });
  const join = (incident: string, into: string): Outcome =>
    control.does('specialist-1', 'JoinIncidents', { incident, into, reason: 'the same event' });
  expect(codes(join('i2', 'i1'))).toEqual(['restricted-apart']);
  control.opens('i3', { grade: 'priority' });
  expect(join('i1', 'i3')).toEqual({ kind: 'done' });
  expect([...control.room().restrictions.keys()].toSorted()).toEqual(['i2', 'i3']);
  expect(['i1', 'i3'].map((one) => reads(control, 'handler-1', one))).toEqual([false, false]);
  control.does(onCall, 'LiftRestriction', { incident: 'i1', reason: 'it is in the papers' });
  expect(['i1', 'i3'].map((one) => reads(control, 'handler-1', one))).toEqual([true, true]);
  expect([...control.room().belongings.values()]).not.toContain('i3');
});

test('what is joined into a restricted incident is restricted, with its calls', () => {
  const control = restricted();
  control.does('supervisor-1', 'JoinIncidents', { incident: 'i2', into: 'i1', reason: 'the same event' });
  expect(reads(control, 'handler-2', 'i2')).toBe(false);
});

/** Asks a supervisor at once, and two minutes later the force incident manager. */
const asking: Safeguard = {
  id: 'asking',
  needs: ['text'],
  on: ['EntryAdded'],
  timings: {
    main: {
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: 120_000 },
      ],
    },
  },
  words: {},
  react: (event) => {
    const about = `incident:${String(event.ids['incident'])}` as const;
    const why = { code: 'asked', params: {}, seqs: [event.seq] };
    return [{ kind: 'duty', about, owner: { role: 'handler' }, level: 'prompt', why, asks: [] }];
  },
};

test('its duties and their rungs go to those who may read it, else to its desk, and never to nobody', () => {
  const control = controlRoom([asking]);
  for (const incident of ['i1', 'i2']) control.opens(incident, { grade: 'priority' });
  control.does('fim-1', 'RestrictIncident', restrict);
  for (const incident of ['i1', 'i2'])
    control.does('supervisor-1', 'AddEntry', { incident, text: 'look at this', source: 'supervisor' });
  const answering = control.duties('asking').map((duty) => answerersOf(control.room(), duty));
  expect(answering).toEqual([
    { role: 'specialist', staff: ['specialist-1'] },
    { role: 'handler', staff: ['handler-1', 'handler-2'] },
  ]);
  control.wait('2 min');
  const rungs = control.facts('RungReached').map((one) => one.body as { to: string; told: string; staff: string[] });
  expect(rungs.map(({ to, told, staff }) => [to, told, staff])).toEqual([
    ['supervisor', 'supervisor', ['supervisor-1']],
    ['supervisor', 'supervisor', ['supervisor-1', 'supervisor-2']],
    ['fim', 'specialist', ['specialist-1']],
    ['fim', 'fim', ['fim-1']],
  ]);
});

test('a restricted incident stays in the room until the restriction is lifted', () => {
  const control = restricted();
  control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'advice', reason: 'advised' });
  control.wait('15 d');
  expect(codes(control.does('heed', 'ArchiveIncident', { incident: 'i1' }))).toEqual(['incident-restricted']);
  control.does(onCall, 'LiftRestriction', { incident: 'i1', reason: 'over' });
  expect(control.does('heed', 'ArchiveIncident', { incident: 'i1' })).toEqual({ kind: 'done' });
  expect(control.room().seqsOn.has('i1')).toBe(false);
});
