import { describe, expect, test } from 'vitest';
import { isWithheld } from '../src/views/redact.ts';
import { visible } from '../src/views/visible.ts';
import type { ControlRoom } from './control-room.ts';
import { families } from './restricted-families.ts';
import { beside, doesAll, incident, leaks, outsider, reader, shownTo } from './restricted-room.ts';

describe('of what is done to a restricted incident, somebody outside is sent', () => {
  test.each(families)('nothing but its places in the log: %s', (_, commands) => {
    const control = beside();
    const sent = shownTo(control, outsider, () => doesAll(control, commands));
    const direct = sent.filter(({ event }) => event.cause === null);
    expect(direct.length).toBeGreaterThan(0);
    const told = direct.flatMap(({ shown }) => (isWithheld(shown) ? [] : [[shown.type, shown.ids]]));
    expect(told.filter(([type]) => type !== 'UnitStatusSet')).toEqual([]);
    expect(new Set(told.map(([, ids]) => JSON.stringify(ids))).size).toBeLessThan(2);
    for (const { event, shown } of sent) expect([event.type, leaks(shown)]).toEqual([event.type, []]);
    expect(leaks(visible(control.room(), outsider))).toEqual([]);
  });

  test.each(families)('and a reader everything: %s', (_, commands) => {
    const control = beside();
    const sent = shownTo(control, reader, () => doesAll(control, commands));
    for (const { event, shown } of sent) expect(shown).toBe(event);
    expect(visible(control.room(), reader)).toBe(control.room());
  });

  test('neither a refusal with its gates nor a duty, as it speaks, climbs, is taken over and is met', () => {
    const control = beside();
    const sent = shownTo(control, outsider, () => {
      control.does('supervisor-1', 'CloseIncident', { incident, code: 'advice', reason: 'canary' });
      control.wait('3 h');
      const own = control.duties().filter((duty) => duty.incident === incident);
      control.does('fim-1', 'AcceptDuties', {
        duties: own.slice(0, 1).map((duty) => duty.id),
        to: 'fim-1',
      });
      control.does('fim-1', 'DecideAttendance', { incidents: [incident], send: true, reason: 'canary' });
    });
    const seen = new Set(sent.map(({ event }) => event.type));
    for (const type of [
      'CommandRefused',
      'DutyOpened',
      'DutyRaised',
      'DutyFellDue',
      'RungReached',
      'DutyMet',
      'DutyMoved',
    ])
      expect([type, seen.has(type)]).toEqual([type, true]);
    const refusals = sent.filter(({ event }) => event.type === 'CommandRefused');
    expect(refusals.every(({ shown }) => isWithheld(shown))).toBe(true);
    for (const { event, shown } of sent) expect([event.type, leaks(shown)]).toEqual([event.type, []]);
  });
});

/** The statuses of units that somebody outside is sent while this is done. */
function statuses(control: ControlRoom, commands: readonly (readonly [string, string, unknown])[]): readonly unknown[] {
  return shownTo(control, outsider, () => doesAll(control, commands))
    .map(({ shown }) => shown)
    .filter((shown) => !isWithheld(shown) && shown.type === 'UnitStatusSet')
    .map((shown) => (isWithheld(shown) ? null : shown.body));
}

describe('of a unit that is sent to it', () => {
  test('that it is committed, once, and that it is free again; never where it was or who sent it', () => {
    const control = beside();
    const sent = statuses(control, families.find(([name]) => name.startsWith('a deployment'))?.[1] ?? []);
    expect(sent).toEqual([
      { status: 'committed', leaves: false },
      { status: 'available', leaves: false },
    ]);
  });

  test('when it leaves another incident for it, that incident is told that it left', () => {
    const control = beside();
    control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i-open', unit: 'unit-1' });
    const sent = shownTo(control, outsider, () =>
      control.does('supervisor-1', 'DivertUnit', {
        deployment: 'd-secret',
        unit: 'unit-1',
        to: incident,
        reason: 'canary',
      }),
    );
    const left = sent.find(({ event }) => event.type === 'UnitDiverted')?.shown;
    expect(left).toMatchObject({ ids: { incident: 'i-open', to: 'restricted' }, body: { reason: '[restricted]' } });
    expect(sent.flatMap(({ shown }) => leaks(shown))).toEqual([]);
    expect(visible(control.room(), outsider).units.get('unit-1')).toMatchObject({
      status: 'committed',
      deployment: null,
    });
    expect(visible(control.room(), outsider).freeUnits.has('unit-1')).toBe(false);
  });

  test('its emergency is heard by everybody', () => {
    const control = beside();
    control.does('supervisor-1', 'AssignUnit', { deployment: 'd-secret', incident, unit: 'unit-1' });
    expect(statuses(control, [['heed', 'SetUnitStatus', { unit: 'unit-1', status: 'emergency' }]])).toEqual([
      { status: 'emergency', leaves: false },
    ]);
  });
});
