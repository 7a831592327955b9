import { expect, test } from 'vitest';
import { controlRoom, noon, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { elements } from '../room/assessment.ts';
import { callerUninformed } from './caller-uninformed.ts';
import { deploymentUnconfirmed } from './deployment-unconfirmed.ts';
import { divertedUnresourced } from './diverted-unresourced.ts';
import { gradeLowered } from './grade-lowered.ts';
import { messageUnacknowledged } from './message-unacknowledged.ts';
import { noUnit } from './no-unit.ts';
import { promiseUnkept } from './promise-unkept.ts';
import { rungUnmanned } from './rung-unmanned.ts';
import { safeguardFailed } from './safeguard-failed.ts';
import { targetAtRisk } from './target-at-risk.ts';
import { unresourced } from './unresourced.ts';

const everything = [
  gradeLowered,
  unresourced,
  targetAtRisk,
  deploymentUnconfirmed,
  divertedUnresourced,
  noUnit,
  rungUnmanned,
  messageUnacknowledged,
  promiseUnkept,
  callerUninformed,
  safeguardFailed,
];

function reported(grade: string): ControlRoom {
  const control = controlRoom(everything);
  control.call('c1', { words: 'my shed was broken into last night', ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds: ['burglary'], grade });
  const weighed = Object.fromEntries(elements.map((element) => [element, 'nothing unusual']));
  control.does('handler-1', 'Assess', { incident: 'i1', elements: weighed, level: 'low' });
  return control;
}

/** Everything that spoke, was refused or is still open. */
function disturbed(control: ControlRoom): readonly unknown[] {
  return [...control.raised(), ...control.facts('CommandRefused'), ...control.duties()];
}

test.each([
  ['emergency', '1 min'],
  ['priority', '5 min'],
])('an ordinary %s, sent, attended and closed, interrupts nobody', (grade, queue) => {
  const control = reported(grade);
  control.does('handler-1', 'MakePromise', {
    promise: 'p1',
    incident: 'i1',
    what: 'attend',
    words: 'an officer comes',
  });
  control.wait(queue);
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  const briefing = { message: 'm1', incident: 'i1', unit: 'unit-1', text: 'side gate is open' };
  control.does('dispatcher-1', 'SendMessage', briefing);
  control.wait('30 s');
  control.does('constable-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  control.does('constable-1', 'AcknowledgeMessage', { message: 'm1' });
  control.wait('1 min');
  control.does('constable-1', 'MarkEnRoute', { deployment: 'd1' });
  control.wait('8 min');
  control.does('constable-1', 'MarkArrived', { deployment: 'd1' });
  control.wait('2 h');
  control.does('constable-1', 'RecordResult', { deployment: 'd1', outcome: 'dealt-with', says: 'statement taken' });
  control.does('handler-1', 'SetGrade', { incident: 'i1', grade, reason: 'as found' });
  control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'attended', reason: 'crime recorded' });
  control.wait('3 d');
  expect(disturbed(control)).toEqual([]);
});

test('an appointment that a safe caller chose, kept the next day, interrupts nobody', () => {
  const control = reported('scheduled');
  const until = noon + span('20 h');
  const appointment = { deferral: 'f1', incident: 'i1', reason: 'chosen-by-caller', until, personTold: true };
  control.does('supervisor-1', 'Defer', appointment);
  control.wait('20 h');
  control.does('dispatcher-1', 'WithdrawDeferral', { deferral: 'f1', reason: 'time of the appointment' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('constable-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  control.wait('20 min');
  control.does('constable-1', 'MarkArrived', { deployment: 'd1' });
  control.wait('30 min');
  control.does('constable-1', 'RecordResult', { deployment: 'd1', outcome: 'dealt-with' });
  control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'attended', reason: 'crime recorded' });
  control.wait('3 d');
  expect(disturbed(control)).toEqual([]);
});

test('advice without attendance, given and closed, interrupts nobody', () => {
  const control = reported('resolution');
  control.does('handler-1', 'TellCaller', { contact: 'c1', telling: 'advised', words: 'a reference for the insurer' });
  control.does('supervisor-1', 'CloseIncident', {
    incident: 'i1',
    code: 'advice',
    reason: 'crime recorded by telephone',
  });
  control.wait('3 d');
  expect(disturbed(control)).toEqual([]);
});

test('every code that the sending safeguards raise has its words', () => {
  for (const safeguard of everything)
    for (const text of Object.values(safeguard.words)) expect(text.length).toBeGreaterThan(10);
  const control = reported('emergency');
  control.wait('2 h');
  for (const duty of control.duties()) {
    const words = everything.find((one) => one.id === duty.safeguard)?.words ?? {};
    for (const { code, params } of duty.why)
      for (const [, name] of (words[code] ?? '{missing}').matchAll(/\{(\w+)\}/g))
        expect(Object.keys(params)).toContain(name);
  }
});
