import { expect, test } from 'vitest';
import { controlRoom, gatesOf, noon } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { markerUnkept } from './marker-unkept.ts';

const day = 86_400_000;
const place = (premises: string): object => ({ kind: 'place', premises, street: 'Example Street', town: 'Sampleton' });

function kept(kind = 'domestic-history', owner = 'specialist-1'): ControlRoom {
  const control = controlRoom([markerUnkept]);
  control.does('heed', 'RecordSubject', { subject: 'home', identity: place('1') });
  const marker = { marker: 'm1', subject: 'home', kind, reason: 'abuse', owner, reviewAt: noon + 100 * day };
  control.does('specialist-1', 'SetMarker', marker);
  return control;
}

function renews(control: ControlRoom, days: number): void {
  const reviewAt = noon + days * day;
  control.does('specialist-1', 'RenewMarker', { marker: 'm1', reviewAt, reason: 'spoken to; still at risk' });
}

function removes(told: string): { decision: string; command: object; reason: string } {
  const data = { marker: 'm1', reassessment: 'risk reassessed as standard', told, reason: 'moved away' };
  return { decision: `p-${told}`, command: { type: 'RemoveMarker', data }, reason: 'moved away' };
}

test('its owner hears of the review 28 days before it, and the owner’s desk 14 and 7 days before', () => {
  const control = kept();
  control.wait('71 d');
  expect(control.raised('marker-unkept')).toEqual([]);
  control.wait('1 d');
  expect(control.raised('marker-unkept')).toMatchObject([{ level: 'prompt', about: 'marker:m1' }]);
  expect(control.duties('marker-unkept')[0]?.owner).toEqual({ staff: 'specialist-1' });
  control.wait('21 d');
  expect(control.rungs('marker-unkept').map((one) => [one.to, one.afterMs / day])).toEqual([
    ['specialist', 86],
    ['specialist', 93],
  ]);
});

test('a renewal meets everything and starts the next round', () => {
  const control = kept();
  control.wait('80 d');
  renews(control, 180);
  expect(control.duties('marker-unkept').every((duty) => duty.state === 'armed')).toBe(true);
  control.wait('71 d');
  expect(control.raised('marker-unkept')).toHaveLength(1);
});

test('a protective marker past its review is extended each time and climbs to its owner’s head by the third', () => {
  const control = kept();
  control.wait('101 d');
  expect(control.facts('MarkerExtended')).toHaveLength(1);
  expect(control.room().markers.get('m1')?.state).toBe('in-force');
  control.wait('28 d');
  expect(control.facts('MarkerExtended')).toHaveLength(2);
  control.wait('28 d');
  expect(control.facts('MarkerExtended')).toHaveLength(3);
  expect(control.raised('marker-unkept').at(-1)?.level).toBe('alarm');
  expect(control.duties('marker-unkept').at(-1)?.owner).toEqual({ role: 'fim' });
  control.wait('60 d');
  expect(control.facts('MarkerExtended').length).toBeGreaterThan(3);
  renews(control, 400);
  expect(control.duties('marker-unkept').every((duty) => duty.state === 'armed')).toBe(true);
});

test('an adverse marker past its review is not extended, and says so', () => {
  const control = kept('violent');
  control.wait('101 d');
  expect(control.facts('MarkerExtended')).toEqual([]);
  expect(control.duties('marker-unkept').flatMap((duty) => duty.why.map((one) => one.code))).toContain('unreviewed');
});

test('a marker without an owner is asked about', () => {
  const control = kept('domestic-history', 'nobody-known');
  expect(control.raised('marker-unkept')).toHaveLength(1);
  expect(control.duties('marker-unkept').at(-1)?.key).toBe('owner');
  expect(kept().raised('marker-unkept')).toEqual([]);
});

test('when the protected person moves, the owner is asked to move the marker', () => {
  const control = kept();
  control.does('heed', 'RecordSubject', { subject: 'ada', identity: { kind: 'person', name: 'Ada Example' } });
  control.does('heed', 'RecordSubject', { subject: 'new', identity: place('2') });
  control.does('handler-1', 'Relate', { from: 'ada', to: 'home', relation: 'lives-at' });
  expect(control.raised('marker-unkept')).toEqual([]);
  control.does('handler-1', 'Relate', { from: 'ada', to: 'new', relation: 'lives-at' });
  expect(control.raised('marker-unkept')).toHaveLength(1);
  const marker = { marker: 'm2', subject: 'new', kind: 'domestic-history', reason: 'moved', owner: 'specialist-1' };
  control.does('specialist-1', 'SetMarker', marker);
  expect(control.duties('marker-unkept').map((duty) => duty.key)).toContain('moved:new');
  control.does('specialist-1', 'Propose', removes('told'));
  control.does('fim-1', 'Approve', { decision: 'p-told', reason: 'stands on the new address' });
  expect(control.duties('marker-unkept').map((duty) => duty.about)).toEqual(['marker:m2', 'marker:m2']);
});

test('a new address where the marker stands already is quiet', () => {
  const control = kept();
  control.does('heed', 'RecordSubject', { subject: 'ada', identity: { kind: 'person', name: 'Ada Example' } });
  control.does('heed', 'RecordSubject', { subject: 'new', identity: place('2') });
  const marker = { marker: 'm2', subject: 'new', kind: 'domestic-history', reason: 'moved', owner: 'specialist-1' };
  control.does('specialist-1', 'SetMarker', marker);
  for (const to of ['home', 'new']) control.does('handler-1', 'Relate', { from: 'ada', to, relation: 'lives-at' });
  expect(control.raised('marker-unkept')).toEqual([]);
});

test('nobody removes a marker alone, whatever their rank', () => {
  const control = kept();
  const data = { marker: 'm1', reassessment: 'risk reassessed', told: 'told', reason: 'moved away' };
  expect(gatesOf(control.does('fim-1', 'RemoveMarker', data))).toEqual(['marker-unkept']);
  expect(control.room().markers.get('m1')?.state).toBe('in-force');
});

test('two people remove it once the protected person was told, or it is recorded why that is not safe', () => {
  for (const told of ['told', 'attempts-recorded', 'not-safe-to-tell']) {
    const control = kept();
    control.does('specialist-1', 'Propose', removes(told));
    expect(control.does('fim-1', 'Approve', { decision: `p-${told}`, reason: 'read' }).kind).toBe('done');
    expect(control.room().markers.get('m1')?.state).toBe('removed');
    expect(control.duties('marker-unkept')).toEqual([]);
  }
});

test('without telling the protected person two people do not remove it either', () => {
  const control = kept();
  control.does('specialist-1', 'Propose', removes('not-told'));
  const outcome = control.does('fim-1', 'Approve', { decision: 'p-not-told', reason: 'read' });
  expect(gatesOf(outcome)).toEqual(['marker-unkept']);
});

test('two people of whom neither may remove markers do not', () => {
  const control = kept();
  control.does('supervisor-1', 'Propose', removes('told'));
  expect(gatesOf(control.does('supervisor-2', 'Approve', { decision: 'p-told', reason: 'read' }))).toEqual([
    'marker-unkept',
  ]);
});
