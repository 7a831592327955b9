import { describe, expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import type { Actor, Asked, Decision } from './define.ts';
import { erasureConcept, heldAmong, isErasable } from './erasure.ts';
import type { Room } from './room.ts';
import type { Outcome } from './step.ts';

const ann = { kind: 'person', name: 'Ann Lee' };

/** An incident with a caller in it, closed, with nothing left to do. */
function closed(): ControlRoom {
  const control = controlRoom([]);
  control.call('c1', { words: 'there is a car across my drive', subjects: { s1: [ann, 'caller'] }, ends: 'ended' });
  control.opens('i1', { contact: 'c1', grade: 'resolution' });
  control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'advice', reason: 'Advice given' });
  return control;
}

let proposals = 0;

/** Proposes it by one and has it approved by another. */
function decide(
  control: ControlRoom,
  data: unknown,
  [by, second]: readonly [string, string] = ['owner-1', 'fim-1'],
): Outcome {
  proposals += 1;
  const decision = `v${proposals}`;
  const command = { type: 'DecideErasure', data };
  const proposed = control.does(by, 'Propose', { decision, command, reason: 'Seven years have passed' });
  if (proposed.kind === 'refused') return proposed;
  return control.does(second, 'Approve', { decision, reason: 'I agree' });
}

function codesOf(outcome: Outcome): readonly string[] {
  return outcome.kind === 'refused' ? outcome.reasons.map((one) => one.code) : [];
}

const of = (named: object): object => ({ ...named, seqs: [2, 3], reason: 'Seven years have passed' });

describe('an erasure', () => {
  test('is decided by two, and the log says who, of what and why', () => {
    const control = closed();
    const before = control.room();
    expect(decide(control, of({ incident: 'i1' }))).toEqual({ kind: 'done' });
    const [decided] = control.facts('ErasureDecided');
    expect(decided).toMatchObject({ actor: { id: 'owner-1' }, second: 'fim-1', ids: { incident: 'i1' } });
    expect(decided?.body).toEqual({ seqs: [2, 3], accesses: [], reason: 'Seven years have passed' });
    expect(control.room().incidents).toBe(before.incidents);
  });

  test('is never decided by one alone, an override included', () => {
    const control = closed();
    const alone = (override?: string): Outcome =>
      control.does('owner-1', 'DecideErasure', of({ incident: 'i1' }), override);
    expect(codesOf(alone())).toEqual(['second-person-needed']);
    expect(codesOf(alone('I say so'))).toEqual(['second-person-needed']);
    expect(control.facts('ErasureDecided')).toEqual([]);
  });

  test.each([
    ['a supervisor proposes', ['supervisor-1', 'fim-1'], 'no-authority'],
    ['a handler approves', ['owner-1', 'handler-2'], 'no-authority'],
    ['the proposer approves', ['owner-1', 'owner-1'], 'second-is-proposer'],
  ] as const)('is refused where %s', (_, people, code) => {
    const control = closed();
    expect(codesOf(decide(control, of({ incident: 'i1' }), people))).toEqual([code]);
  });

  test('is refused where the second person spoke to the caller', () => {
    const control = controlRoom([]);
    control.call('c1', { handler: 'supervisor-2', words: 'hello', ends: 'ended' });
    control.opens('i1', { contact: 'c1', by: 'supervisor-2', grade: 'resolution' });
    control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'advice', reason: 'Advice given' });
    const outcome = decide(control, of({ incident: 'i1' }), ['owner-1', 'supervisor-2']);
    expect(codesOf(outcome)).toEqual(['second-spoke-to-caller']);
  });

  test('names one matter that the room knows, and events that the log has', () => {
    const control = closed();
    expect(codesOf(decide(control, of({})))).toEqual(['name-one']);
    expect(codesOf(decide(control, of({ incident: 'i1', contact: 'c1' })))).toEqual(['name-one']);
    expect(codesOf(decide(control, of({ incident: 'i9' })))).toEqual(['incident-unknown']);
    expect(codesOf(decide(control, { incident: 'i1', seqs: [], reason: 'Old' }))).toEqual(['nothing-named']);
    expect(codesOf(decide(control, { incident: 'i1', seqs: [9_999], reason: 'Old' }))).toEqual(['not-yet']);
  });

  test('waits for whatever is open', () => {
    const control = closed();
    control.does('supervisor-1', 'ReopenIncident', { incident: 'i1', reason: 'More was told' });
    for (const named of [{ incident: 'i1' }, { contact: 'c1' }, { subject: 's1' }])
      expect(codesOf(decide(control, of(named)))).toEqual(['incident-open']);
    control.call('c2');
    expect(codesOf(decide(control, of({ contact: 'c2' })))).toEqual(['contact-open']);
  });

  test('of a person waits for what protects somebody from them, or them', () => {
    const control = closed();
    const marker = { marker: 'm1', subject: 's1', kind: 'treat-as-urgent', reason: 'Earlier', owner: 'fim-1' };
    control.does('supervisor-1', 'SetMarker', marker);
    expect(codesOf(decide(control, of({ subject: 's1' })))).toEqual(['marker-stands']);
    const other = closed();
    other.does('handler-1', 'RecordSubject', { subject: 's2', identity: { kind: 'person', name: 'Bob Fenn' } });
    const order = { order: 'o1', kind: 'restraining', respondent: 's2', protects: ['s1'], madeAt: 0 };
    other.does('handler-1', 'RecordOrder', order);
    for (const subject of ['s1', 's2']) expect(codesOf(decide(other, of({ subject })))).toEqual(['order-stands']);
  });
});

/** What the room decides once a second person has approved. */
function decidedOn(room: Room, named: object): Decision {
  const data = { ...named, seqs: [2], accesses: [], reason: 'Seven years have passed' };
  const actor: Actor = { kind: 'staff', id: 'owner-1' };
  const approval = { second: 'fim-1', proposer: 'owner-1', decision: 'v1' };
  const asked: Asked<string, typeof data> = {
    id: 'command-1',
    type: 'DecideErasure',
    data,
    actor,
    at: room.now,
    now: room.now,
    approval,
    override: null,
    read: () => [],
  };
  return erasureConcept.decide.DecideErasure(data, room, asked);
}

describe('a legal hold', () => {
  test.each([
    ['the incident', 'i1'],
    ['its contact', 'c1'],
    ['somebody in it', 's1'],
  ])('on %s keeps everything that tells of it', (_, held) => {
    const control = closed();
    const room = { ...control.room(), holds: control.room().holds.set(held, 'h1') };
    for (const named of [{ incident: 'i1' }, { contact: 'c1' }])
      expect(decidedOn(room, named)).toMatchObject({ refused: [{ code: 'legal-hold' }] });
    expect(decidedOn(control.room(), { incident: 'i1' })).toHaveLength(1);
    expect(heldAmong(room, ['i9', held])).toEqual({ id: held, harm: 'h1' });
    expect(heldAmong(room, ['i9'])).toBeNull();
  });
});

test('what the log itself rests on is never erased', () => {
  expect(['PolicyAdopted', 'ErasureDecided', 'LegalHoldPlaced', 'StatementRecorded'].map(isErasable)).toEqual([
    false,
    false,
    false,
    true,
  ]);
});
