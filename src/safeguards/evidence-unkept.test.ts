import { expect, test } from 'vitest';
import { controlRoom, noon, span } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { evidenceUnkept } from './evidence-unkept.ts';

const id = 'evidence-unkept';

function told(lost?: string): ControlRoom {
  const control = controlRoom([evidenceUnkept]);
  control.opens('i1', { grade: 'scheduled' });
  const lostAt = lost === undefined ? {} : { lostAt: noon + span(lost) };
  const data = { exhibit: 'e1', incident: 'i1', kind: 'footage', says: 'The shop’s camera over its door', ...lostAt };
  control.does('handler-1', 'ReportExhibit', data);
  return control;
}

const times = (control: ControlRoom) => control.raised(id).map((one) => [one.level, one.at - noon]);

test('evidence that nobody has is a prompt to whoever heard of it, after half an hour, and climbs after a day', () => {
  const control = told();
  control.wait('3 d');
  expect(times(control)).toEqual([['prompt', span('30 min')]]);
  expect(control.duties(id)[0]?.owner).toEqual({ staff: 'handler-1' });
  expect(control.rungs(id)[0]).toEqual({ to: 'supervisor', afterMs: span('30 min') + span('24 h') });
});

test('what is overwritten at a known time climbs four hours before it is gone', () => {
  const control = told('48 h');
  control.wait('47 h');
  expect(control.rungs(id)).toEqual([
    { to: 'supervisor', afterMs: span('44 h') },
    { to: 'fim', afterMs: span('45 h') },
  ]);
});

test('what is gone within the hour climbs at half of it', () => {
  const control = told('40 min');
  control.wait('25 min');
  expect(times(control)).toEqual([['prompt', span('20 min')]]);
  expect(control.rungs(id)).toEqual([{ to: 'supervisor', afterMs: span('20 min') }]);
});

test('secured in time it is silent; so it is when a person decides that it is not to be had, and says why', () => {
  for (const [command, data] of [
    ['SecureExhibit', { exhibit: 'e1', by: 'The shop, copied to a disc' }],
    ['GiveUpExhibit', { exhibit: 'e1', reason: 'The camera has no recorder' }],
  ] as const) {
    const control = told('10 h');
    expect(control.does('handler-1', command, data).kind).toBe('done');
    control.wait('3 d');
    expect(times(control)).toEqual([]);
  }
});

test('that it is given up is for a person, never for the machine, and never without a word', () => {
  const control = told();
  expect(control.does('heed', 'GiveUpExhibit', { exhibit: 'e1', reason: 'old' }).kind).toBe('refused');
  expect(control.does('handler-1', 'GiveUpExhibit', { exhibit: 'e1', reason: '-' }).kind).toBe('refused');
  expect(control.duties(id)).toHaveLength(1);
});
