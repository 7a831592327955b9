import { expect, test } from 'vitest';
import { controlRoom, noon } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { deploymentUnconfirmed } from './deployment-unconfirmed.ts';
import { divertedUnresourced } from './diverted-unresourced.ts';
import { messageUnacknowledged } from './message-unacknowledged.ts';
import { targetAtRisk } from './target-at-risk.ts';
import { unresourced } from './unresourced.ts';

const id = 'diverted-unresourced';

/** A unit goes to i1; an emergency i2 waits beside it. */
function going(grade = 'priority', words = 'somebody is banging on my door'): ControlRoom {
  const control = controlRoom([divertedUnresourced]);
  control.call('c1', { words, ends: 'ended' });
  control.opens('i1', { contact: 'c1', grade, summary: 'report from a flat' });
  control.opens('i2', { grade: 'emergency' });
  sends(control, 'd1', 'unit-1');
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  return control;
}

function sends(control: ControlRoom, deployment: string, unit: string, incident = 'i1'): void {
  control.does('dispatcher-1', 'AssignUnit', { deployment, incident, unit });
}

function diverts(control: ControlRoom): void {
  control.does('dispatcher-1', 'DivertUnit', { deployment: 'd9', unit: 'unit-1', to: 'i2', reason: 'immediate' });
}

function levels(control: ControlRoom): readonly string[] {
  return control.raised(id).map((one) => one.level);
}

test('a unit diverted with nobody in its place alarms dispatcher and supervisor after half a minute', () => {
  const control = going();
  control.wait('10 min');
  diverts(control);
  control.wait('29 s');
  expect(levels(control)).toEqual([]);
  control.wait('1 s');
  expect(levels(control)).toEqual(['alarm']);
  expect(control.rungs(id).map((one) => one.to)).toEqual(['supervisor']);
  const duty = control.duties(id)[0];
  expect(duty?.owner).toEqual({ role: 'dispatcher' });
  expect(duty?.why[0]).toMatchObject({ code: 'left', params: { unit: 'unit-1', to: 'i2', waited: 10 } });
});

test('nobody acting, it climbs to the FIM', () => {
  const control = going();
  diverts(control);
  control.wait('11 min');
  expect(control.rungs(id).map((one) => one.to)).toEqual(['supervisor', 'fim']);
});

test('assigning the unit to something else is a diversion by another name', () => {
  const control = going();
  sends(control, 'd9', 'unit-1', 'i2');
  control.wait('1 min');
  expect(levels(control)).toEqual(['alarm']);
});

test('a unit that goes off by its own status is a diversion too', () => {
  const control = going();
  control.does('dispatcher-1', 'SetUnitStatus', { unit: 'unit-1', status: 'committed' });
  control.wait('1 min');
  expect(levels(control)).toEqual(['alarm']);
  expect(control.duties(id)[0]?.why[0]).toMatchObject({ code: 'left-by-status', params: { status: 'committed' } });
});

test('a unit that reports itself under way leaves nobody', () => {
  const control = going();
  control.does('dispatcher-1', 'SetUnitStatus', { unit: 'unit-1', status: 'en-route' });
  control.wait('1 h');
  expect(levels(control)).toEqual([]);
});

test('the last of several units that stays keeps it quiet', () => {
  const control = going();
  sends(control, 'd2', 'unit-2');
  diverts(control);
  control.wait('1 h');
  expect(control.duties(id)).toEqual([]);
  expect(levels(control)).toEqual([]);
});

test('a replacement within half a minute is quiet, answered or not', () => {
  const control = going();
  diverts(control);
  control.wait('20 s');
  sends(control, 'd2', 'unit-2');
  control.wait('1 h');
  expect(levels(control)).toEqual([]);
});

test('once it has sounded, a unit that was only assigned does not meet it; one that acknowledges does', () => {
  const control = going();
  diverts(control);
  control.wait('1 min');
  sends(control, 'd2', 'unit-2');
  expect(control.duties(id)).toHaveLength(1);
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd2' });
  expect(control.duties(id)).toEqual([]);
});

test.each(['supervisor-1', 'fim-1'])('an attendance decision by %s meets it', (who) => {
  const control = going();
  diverts(control);
  control.wait('1 min');
  control.does(who, 'DecideAttendance', { incidents: ['i1'], send: true, reason: 'unit-2 clears in five minutes' });
  expect(control.duties(id)).toEqual([]);
});

test('an attendance decision by the dispatcher, an entry and a call to the caller do not meet it', () => {
  const control = going();
  diverts(control);
  control.wait('1 min');
  control.does('dispatcher-1', 'DecideAttendance', { incidents: ['i1'], send: true, reason: 'next free' });
  control.does('dispatcher-1', 'AddEntry', { incident: 'i1', text: 'noted' });
  control.does('handler-1', 'TellCaller', { contact: 'c1', telling: 'delay', words: 'it will take longer' });
  expect(control.duties(id)).toHaveLength(1);
});

test('an ordinary job that can wait is a prompt and no alarm', () => {
  const control = going('scheduled', 'my shed was broken into last week');
  diverts(control);
  control.wait('10 min');
  expect(levels(control)).toEqual(['prompt']);
});

test('a job that can wait by its grade alarms when danger was told', () => {
  const control = going('scheduled', 'he said he will kill me');
  diverts(control);
  control.wait('1 min');
  expect(levels(control)).toEqual(['alarm']);
});

test('a unit that had arrived and is called away has not attended', () => {
  const control = going();
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  diverts(control);
  control.wait('1 min');
  expect(levels(control)).toEqual(['alarm']);
});

test('a unit diverted after its result leaves nobody', () => {
  const control = going();
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  control.does('dispatcher-1', 'RecordResult', { deployment: 'd1', outcome: 'dealt-with' });
  diverts(control);
  control.wait('1 h');
  expect(levels(control)).toEqual([]);
});

test('diverted-unit: two hours before she rang again the room had heard of it from four sides', () => {
  const control = controlRoom([
    unresourced,
    targetAtRisk,
    deploymentUnconfirmed,
    divertedUnresourced,
    messageUnacknowledged,
  ]);
  control.call('c1', { words: 'somebody is banging on my door and pressing my buzzer', ends: 'ended' });
  control.opens('i1', { contact: 'c1', grade: 'priority', kinds: ['disturbance'] });
  control.opens('i2', { grade: 'emergency' });
  sends(control, 'd1', 'unit-1');
  control.does('dispatcher-1', 'AcknowledgeDeployment', { deployment: 'd1' });
  control.wait('2 min');
  control.does('heed', 'SetUnitStatus', { unit: 'unit-1', status: 'committed' });
  const message = { message: 'm1', incident: 'i1', unit: 'unit-1', text: 'are you still going?', urgency: 'prompt' };
  control.does('dispatcher-1', 'SendMessage', message);
  control.wait('150 min');
  const first = (safeguard: string): number | undefined => {
    const spoken = control.raised(safeguard).find((one) => one.about !== 'incident:i2');
    return spoken === undefined ? undefined : (spoken.at - noon) / 60_000;
  };
  expect(first('diverted-unresourced')).toBe(2.5);
  expect(first('message-unacknowledged')).toBe(4);
  expect(first('unresourced')).toBe(7.5);
  expect(first('target-at-risk')).toBe(40);
});
