import { describe, expect, test } from 'vitest';
import { controlRoom, gatesOf } from '../../test/control-room.ts';
import type { Safeguard } from './safeguard.ts';
import { ask, why } from './safeguard.ts';

/** Speaks after five minutes about any incident; due five later; supervisor at due, FIM five later, and again. */
const watch: Safeguard = {
  id: 'watch',
  needs: ['grades'],
  on: ['IncidentOpened', 'KindsSet', 'CloseIncident'],
  timings: {
    main: {
      speaksMs: 300_000,
      dueMs: 300_000,
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: 300_000 },
      ],
      againMs: 600_000,
    },
    loud: { speaksMs: 0, dueMs: 60_000, ladder: [{ to: 'fim', afterMs: 0 }] },
  },
  words: { opened: 'opened', changed: 'changed', open: 'open' },
  react(event) {
    const incident = event.ids['incident'];
    if (incident === undefined) return [];
    const isLoud = event.type === 'KindsSet';
    return [
      {
        kind: 'duty',
        about: `incident:${incident}`,
        owner: { role: 'dispatcher' },
        level: isLoud ? 'alarm' : 'prompt',
        timing: isLoud ? 'loud' : 'main',
        why: why(isLoud ? 'changed' : 'opened', {}, [event.seq]),
        asks: [ask('SetGrade', { incident })],
      },
    ];
  },
  gate(asked) {
    return asked.type === 'CloseIncident' ? [{ safeguard: 'watch', why: why('open'), asks: [ask('SetGrade')] }] : [];
  },
  isMet: (_duty, event) => event.type === 'GradeSet',
};

describe('a duty', () => {
  test('is armed in silence, speaks at its time, falls due, and climbs its ladder', () => {
    const control = controlRoom([watch]);
    control.opens('i1');
    expect(control.duties('watch').map((duty) => duty.state)).toEqual(['armed']);
    control.wait('4 min');
    expect(control.raised('watch')).toEqual([]);
    control.wait('30 min');
    expect(control.raised('watch')).toHaveLength(1);
    expect(control.rungs('watch').map(({ to, afterMs }) => `${to} ${afterMs / 60_000}`)).toEqual([
      'supervisor 10',
      'fim 15',
      'fim 25',
    ]);
  });

  test('that is met before it speaks has interrupted nobody', () => {
    const control = controlRoom([watch]);
    control.opens('i1', { grade: 'priority' });
    control.wait('1 h');
    expect(control.raised('watch')).toEqual([]);
    expect(control.facts('DutyMet')).toHaveLength(1);
  });

  test('raised again as an alarm joins the open one, speaks at once and starts the ladder of the alarm', () => {
    const control = controlRoom([watch]);
    control.opens('i1');
    control.does('handler-1', 'SetKinds', { incident: 'i1', add: ['child'] });
    expect(control.duties('watch').map((duty) => [duty.level, duty.count, duty.state])).toEqual([
      ['alarm', 2, 'raised'],
    ]);
    control.wait('1 min');
    expect(control.rungs('watch').map((rung) => rung.to)).toEqual(['fim']);
  });

  test('raised again for the same reason says nothing', () => {
    const control = controlRoom([watch]);
    control.opens('i1');
    control.does('handler-1', 'SetKinds', { incident: 'i1', add: ['child'] });
    control.does('handler-1', 'SetKinds', { incident: 'i1', add: ['welfare'] });
    expect(control.raised('watch')).toHaveLength(1);
  });

  test('after the room was down climbs at once to its latest rung, and says that it is late', () => {
    const control = controlRoom([watch]);
    control.opens('i1');
    control.sleep('16 min');
    control.does('heed', 'PassTime', {});
    expect(control.facts('RungReached').map((event) => event.body)).toMatchObject([{ to: 'fim', rung: 1, late: true }]);
    expect(control.facts('DutyRaised').map((event) => event.body)).toMatchObject([{ late: true }]);
  });

  test('whose rung finds nobody goes to the next of the chain at once', () => {
    const control = controlRoom([watch]);
    for (const staff of ['supervisor-1', 'supervisor-2']) control.does(staff, 'SignOff', { staff });
    control.opens('i1');
    control.wait('10 min');
    expect(control.facts('RungReached').map((event) => event.body)).toMatchObject([{ to: 'supervisor', told: 'fim' }]);
    expect(control.facts('RungFoundUnmanned')).toHaveLength(1);
  });
});

describe('a gate', () => {
  test('refuses with its reason and what would satisfy it, and the refusal is on record', () => {
    const control = controlRoom([watch]);
    control.opens('i1');
    const outcome = control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'attended', reason: 'done' });
    expect(gatesOf(outcome)).toEqual(['watch']);
    expect(control.facts('CommandRefused')).toHaveLength(1);
    expect(control.room().incidents.get('i1')?.state).toBe('open');
  });

  test('yields to somebody with the authority to override and a reason, and that is on record', () => {
    const control = controlRoom([watch]);
    control.opens('i1');
    const close = { incident: 'i1', code: 'attended', reason: 'done' };
    expect(control.does('supervisor-1', 'CloseIncident', close, 'I say so').kind).toBe('refused');
    expect(control.does('fim-1', 'CloseIncident', close, 'seen on camera, safe').kind).toBe('done');
    expect(control.facts('GateOverridden').map((event) => event.body)).toMatchObject([{ safeguards: ['watch'] }]);
  });
});

describe('two people', () => {
  const data = { incident: 'i1', grade: 'scheduled', reason: 'the caller rang to say that it is over' };

  test('decide a proposal: approved, it is done in the name of the proposer with the second on record', () => {
    const control = controlRoom([]);
    control.opens('i1', { grade: 'priority' });
    control.does('handler-1', 'Propose', { decision: 'p1', command: { type: 'SetGrade', data }, reason: 'over' });
    expect(control.does('supervisor-1', 'Approve', { decision: 'p1', reason: 'read it' }).kind).toBe('done');
    const lowered = control.facts('GradeSet').at(-1);
    expect([lowered?.actor.id, lowered?.second]).toEqual(['handler-1', 'supervisor-1']);
    expect(control.facts('DecisionApproved').at(-1)?.actor.id).toBe('supervisor-1');
  });

  test('are two: the proposer cannot approve', () => {
    const control = controlRoom([]);
    control.opens('i1', { grade: 'priority' });
    control.does('supervisor-1', 'Propose', { decision: 'p1', command: { type: 'SetGrade', data }, reason: 'over' });
    expect(control.does('supervisor-1', 'Approve', { decision: 'p1', reason: 'mine' })).toMatchObject({
      reasons: [{ code: 'second-is-proposer' }],
    });
  });
});

test('a machine closes nothing', () => {
  const control = controlRoom([]);
  control.opens('i1');
  expect(control.does('heed', 'CloseIncident', { incident: 'i1', code: 'attended', reason: 'done' })).toMatchObject({
    reasons: [{ code: 'person-needed' }],
  });
});
