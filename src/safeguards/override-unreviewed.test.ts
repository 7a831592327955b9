import { expect, test } from 'vitest';
import { controlRoom, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { closingUnsafe } from './closing-unsafe.ts';
import { overrideUnreviewed } from './override-unreviewed.ts';

const id = 'override-unreviewed';
const onCall = 'on-call-superintendent';

function overridden(): ControlRoom {
  const control = controlRoom([closingUnsafe, overrideUnreviewed]);
  control.call('c1', { ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds: ['domestic'], grade: 'scheduled' });
  control.does('handler-1', 'AddEntry', { incident: 'i1', text: 'he has a knife' });
  const close = { incident: 'i1', code: 'no-deployment', reason: 'ended' };
  expect(control.does('fim-1', 'CloseIncident', close, 'seen by another force')).toEqual({ kind: 'done' });
  return control;
}

/** An override where nobody is in danger: a code that says attended, of an ordinary matter. */
function harmless(): ControlRoom {
  const control = controlRoom([closingUnsafe, overrideUnreviewed]);
  control.opens('i1', { kinds: ['theft'], grade: 'resolution' });
  const close = { incident: 'i1', code: 'attended', reason: 'paper log' };
  expect(control.does('fim-1', 'CloseIncident', close, 'paper log of last night')).toEqual({ kind: 'done' });
  return control;
}

function reviews(control: ControlRoom, who: string, effect = 'no-change'): void {
  control.does('handler-2', 'RequestReview', { review: 'r1', incident: 'i1', question: 'was this right?' });
  control.does(who, 'AnswerReview', { review: 'r1', effect, reason: 'read' });
}

test('an override is reviewed within a day by the rank above, never by the overrider', () => {
  const control = harmless();
  expect(control.raised(id).map((one) => one.level)).toEqual(['prompt']);
  expect(control.duties(id)[0]?.owner).toEqual({ role: 'on-call' });
  control.wait('23 h');
  expect(control.rungs(id)).toEqual([]);
  control.wait('1 h');
  expect(control.rungs(id)).toEqual([{ to: 'on-call', afterMs: span('24 h') }]);
});

test.each(['fim-1', 'supervisor-1', 'handler-1'])(
  'a review by %s, the overrider or one below, does not meet it',
  (who) => {
    const control = harmless();
    reviews(control, who, 'changed');
    expect(control.duties(id)).toHaveLength(1);
  },
);

test.each([onCall, 'specialist-1'])('a review by %s, above or outside that line, meets it', (who) => {
  const control = harmless();
  reviews(control, who);
  expect(control.duties(id)).toEqual([]);
});

test('where a person in danger was not seen it wakes after an hour as an alarm, and the incident is open again', () => {
  const control = overridden();
  expect(control.room().incidents.get('i1')?.state).toBe('closed');
  control.wait('59 min');
  expect(control.raised(id).map((one) => one.level)).toEqual(['prompt']);
  control.wait('1 min');
  expect(control.raised(id).map((one) => one.level)).toEqual(['prompt', 'alarm']);
  expect(control.room().incidents.get('i1')?.state).toBe('open');
  control.wait('5 min');
  expect(control.rungs(id)).toEqual([
    { to: 'supervisor', afterMs: span('60 min') },
    { to: 'fim', afterMs: span('65 min') },
  ]);
});

test.each([
  ['reopened by a person', 'ReopenIncident', { incident: 'i1', reason: 'again' }],
  ['reviewed with effect', 'review', {}],
])('the wake is acted upon when the incident is %s', (_, type, data) => {
  const control = overridden();
  if (type === 'review') reviews(control, onCall, 'action-asked');
  else control.does('supervisor-1', type, data);
  control.wait('2 h');
  expect(control.raised(id).filter((one) => one.level === 'alarm')).toEqual([]);
});

test('a review that changes nothing leaves the wake, and a unit that goes meets it', () => {
  const control = overridden();
  reviews(control, onCall);
  expect(control.duties(id)).toHaveLength(1);
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  expect(control.duties(id)).toHaveLength(1);
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  expect(control.duties(id)).toEqual([]);
});

test('a contact that told of danger and was disposed of by override wakes too, until an incident is opened', () => {
  const control = controlRoom([closingUnsafe, overrideUnreviewed]);
  control.call('c1', {});
  control.does('handler-1', 'RecordObservation', { contact: 'c1', observations: ['scream'] });
  const data = { contact: 'c1', disposition: 'accidental', reason: 'television' };
  expect(control.does('fim-1', 'DisposeContact', data, 'a television')).toEqual({ kind: 'done' });
  control.wait('60 min');
  expect(control.raised(id).map((one) => one.level)).toEqual(['prompt', 'alarm']);
  control.opens('i1', { contact: 'c1' });
  expect(control.duties(id).map((duty) => duty.level)).toEqual(['prompt']);
});

test('a command that no gate refused raises nothing', () => {
  const control = controlRoom([closingUnsafe, overrideUnreviewed]);
  control.opens('i1', { kinds: ['theft'], grade: 'resolution' });
  control.does('fim-1', 'CloseIncident', { incident: 'i1', code: 'advice', reason: 'done' }, 'no need');
  control.wait('48 h');
  expect(control.raised(id)).toEqual([]);
});

/** One incident restricted to a supervisor, with the specialists as its desk. */
function restricted(): ControlRoom {
  const control = controlRoom([overrideUnreviewed]);
  control.opens('i1', { grade: 'priority' });
  const data = { incident: 'i1', readers: ['supervisor-1'], desk: 'specialist', reason: 'one of ours' };
  expect(control.does('fim-1', 'RestrictIncident', data)).toEqual({ kind: 'done' });
  return control;
}

test('a broken glass is reviewed by the desk within a day, and climbs to the on-call people', () => {
  const control = restricted();
  control.does('dispatcher-1', 'BreakGlass', { incident: 'i1', reason: 'she is on the line' });
  expect(control.duties(id).map(({ owner, level, key }) => ({ owner, level, key }))).toEqual([
    { owner: { role: 'specialist' }, level: 'prompt', key: 'glass-dispatcher-1' },
  ]);
  control.wait('24 h');
  expect(control.rungs(id)).toEqual([{ to: 'on-call', afterMs: span('24 h') }]);
});

test.each([
  ['dispatcher-1', 1],
  ['handler-2', 1],
  ['specialist-1', 0],
])('a review of a broken glass by %s leaves %i open', (who, left) => {
  const control = restricted();
  control.does('dispatcher-1', 'BreakGlass', { incident: 'i1', reason: 'she is on the line' });
  control.does('supervisor-1', 'RequestReview', { review: 'r1', incident: 'i1', question: 'was this right?' });
  control.does(who, 'AnswerReview', { review: 'r1', effect: 'no-change', reason: 'it was' });
  expect(control.duties(id)).toHaveLength(left);
});

test('each who broke it is answered for apart, and an override of theirs besides', () => {
  const control = restricted();
  for (const who of ['dispatcher-1', 'handler-2', 'dispatcher-1'])
    control.does(who, 'BreakGlass', { incident: 'i1', reason: `${who} needs it` });
  expect(control.duties(id).map((duty) => duty.key)).toEqual(['glass-dispatcher-1', 'glass-handler-2']);
});

test('a reader who is admitted, reads and is withdrawn raises nothing, nor does a glass that holds', () => {
  const control = restricted();
  for (const type of ['AdmitReader', 'WithdrawReader'])
    control.does(onCall, type, { incident: 'i1', staff: 'handler-2', reason: 'took the first call' });
  control.does('supervisor-1', 'BreakGlass', { incident: 'i1', reason: 'she reads it already' });
  control.does('handler-2', 'BreakGlass', { incident: 'i1', reason: 'withdrawn by name' });
  control.wait('48 h');
  expect(control.raised(id)).toEqual([]);
});
