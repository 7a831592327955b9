import { expect, test } from 'vitest';
import { controlRoom, gatesOf } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { likeDescription } from './like-description.ts';

const id = 'like-description';
const van = {
  what: 'vehicle',
  features: ['white van', 'ladder on the roof', 'dented near-side door'],
  near: ['Mill Lane, Ashmere'],
};

function describes(control: ControlRoom, description: string, more: Record<string, unknown>): void {
  control.does('handler-1', 'Describe', { description, ...van, ...more });
}

/** Somebody is missing, last seen getting into a van. */
function missing(): ControlRoom {
  const control = controlRoom([likeDescription]);
  control.call('c1', { handler: 'handler-2' });
  control.opens('i1', { contact: 'c1', kinds: ['missing'], grade: 'priority', by: 'handler-2' });
  describes(control, 'd-missing', { incident: 'i1' });
  return control;
}

function sighting(control: ControlRoom, more: Record<string, unknown> = {}): void {
  control.call('c2');
  describes(control, 'd-seen', { contact: 'c2', ...more });
}

const prompts = (control: ControlRoom) => control.raised(id).map((one) => `${one.level} ${one.about}`);
const decision = { description: 'd-seen', other: 'd-missing', reason: 'read both' };

test('a van like the one that somebody missing was seen in is a prompt to whoever has that matter', () => {
  const control = missing();
  control.wait('20 d');
  sighting(control, { features: ['van', 'white', 'door dented'] });
  expect(prompts(control)).toEqual(['prompt contact:c2']);
  expect(control.duties(id)[0]?.owner).toEqual({ staff: 'handler-2' });
  control.does('handler-2', 'DecideLikeness', { ...decision, alike: true });
  expect(control.duties(id)).toEqual([]);
});

test('the call is not put away before somebody has read both', () => {
  const control = missing();
  sighting(control);
  control.does('handler-1', 'EndContact', { contact: 'c2' });
  const dispose = { contact: 'c2', disposition: 'information-only', reason: 'parking' };
  expect(gatesOf(control.does('supervisor-1', 'DisposeContact', dispose))).toEqual([id]);
  control.does('handler-1', 'DecideLikeness', { ...decision, alike: false });
  expect(control.does('supervisor-1', 'DisposeContact', dispose).kind).toBe('done');
});

test('it is found in either order: what was seen first is compared when somebody is missing', () => {
  const control = controlRoom([likeDescription]);
  sighting(control);
  control.opens('i1', { kinds: ['missing'], grade: 'priority' });
  describes(control, 'd-missing', { incident: 'i1' });
  expect(prompts(control)).toEqual(['prompt contact:c2']);
});

test('one trait in the same street, or three in another town, are common and ask nobody', () => {
  const control = missing();
  sighting(control, { features: ['white'] });
  control.call('c3');
  describes(control, 'd-far', { contact: 'c3', features: ['white van', 'ladder'], near: ['Harbour Road, Westhaven'] });
  expect(prompts(control)).toEqual([]);
});

test('very like is asked about from far away too', () => {
  const control = missing();
  sighting(control, { near: ['Harbour Road, Westhaven'] });
  expect(prompts(control)).toHaveLength(1);
});

test('a matter that is over, and one that is nothing of the kind, are compared with nothing', () => {
  const over = missing();
  over.does('supervisor-1', 'CloseIncident', { incident: 'i1', code: 'attended', reason: 'found' });
  sighting(over);
  const theft = controlRoom([likeDescription]);
  theft.opens('i1', { kinds: ['theft'], grade: 'scheduled' });
  describes(theft, 'd-missing', { incident: 'i1' });
  sighting(theft);
  expect([prompts(over), prompts(theft)]).toEqual([[], []]);
});

test('of many in a day three are asked about, and that there are more is noted on the matter', () => {
  const control = missing();
  for (const place of [3, 4, 5, 6, 7]) {
    control.call(`c${place}`);
    describes(control, `d-${place}`, { contact: `c${place}` });
  }
  expect(prompts(control)).toHaveLength(3);
  expect(control.notes(id)).toEqual(['also-like']);
});
