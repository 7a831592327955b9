import { expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import { contactUnrecorded } from './contact-unrecorded.ts';

const words = 'there is a car parked across my drive';

test('a call that has ended without a record prompts its handler at two minutes, its supervisor five later', () => {
  const control = controlRoom([contactUnrecorded]);
  control.call('c1', { words, ends: 'ended' });
  control.wait('1 min');
  expect(control.raised('contact-unrecorded')).toEqual([]);
  control.wait('6 min');
  expect(control.raised('contact-unrecorded').map((one) => one.level)).toEqual(['prompt']);
  expect(control.duties('contact-unrecorded')[0]?.owner).toEqual({ staff: 'handler-1' });
  expect(control.rungs('contact-unrecorded')).toEqual([{ to: 'supervisor', afterMs: 7 * 60_000 }]);
});

test('it is quiet while the caller is still talking', () => {
  const control = controlRoom([contactUnrecorded]);
  control.call('c1', { words });
  control.wait('1 h');
  expect(control.duties('contact-unrecorded')).toEqual([]);
});

test.each(['opened before', 'opened after', 'joined', 'disposed'])('it is met when the contact is %s', (how) => {
  const control = controlRoom([contactUnrecorded]);
  control.opens('i0');
  if (how === 'opened before') {
    control.call('c1', { words });
    control.opens('i1', { contact: 'c1' });
    control.does('handler-1', 'EndContact', { contact: 'c1' });
  } else {
    control.call('c1', { words, ends: 'ended' });
    if (how === 'opened after') control.opens('i1', { contact: 'c1' });
    if (how === 'joined') control.does('handler-1', 'JoinContact', { contact: 'c1', incident: 'i0' });
    if (how === 'disposed')
      control.does('handler-1', 'DisposeContact', { contact: 'c1', disposition: 'advice', reason: 'advice given' });
  }
  control.wait('1 h');
  expect(control.duties('contact-unrecorded')).toEqual([]);
  expect(control.raised('contact-unrecorded')).toEqual([]);
});

test('neither a statement written afterwards nor something told to the caller meets it', () => {
  const control = controlRoom([contactUnrecorded]);
  control.call('c1', { words, ends: 'ended' });
  control.does('handler-1', 'RecordStatement', { contact: 'c1', words: 'and it is a red one' });
  control.does('handler-1', 'TellCaller', { contact: 'c1', telling: 'informed', words: 'noted' });
  expect(control.duties('contact-unrecorded')).toHaveLength(1);
});

test('it becomes an alarm when its handler signs off', () => {
  const control = controlRoom([contactUnrecorded]);
  control.call('c1', { words, ends: 'ended' });
  control.wait('3 min');
  control.does('handler-1', 'SignOff', { staff: 'handler-1' });
  expect(control.raised('contact-unrecorded').map((one) => one.level)).toEqual(['prompt', 'alarm']);
  control.wait('1 s');
  expect(control.rungs('contact-unrecorded').map((one) => one.to)).toEqual(['supervisor']);
});

test('a sign-off with nothing left unrecorded raises nothing', () => {
  const control = controlRoom([contactUnrecorded]);
  control.does('handler-1', 'SignOff', { staff: 'handler-1' });
  expect(control.raised('contact-unrecorded')).toEqual([]);
});

test('a handler with an emergency on the line is not asked: it goes to the supervisor', () => {
  const control = controlRoom([contactUnrecorded]);
  control.call('c1', { words, ends: 'ended' });
  control.call('c2', { words: 'he is at the door' });
  control.opens('i2', { contact: 'c2', grade: 'emergency' });
  expect(control.duties('contact-unrecorded')[0]?.owner).toEqual({ role: 'supervisor' });
  control.wait('3 min');
  expect(control.raised('contact-unrecorded').map((one) => one.level)).toEqual(['prompt']);
});

test('an ordinary call on the line changes nothing', () => {
  const control = controlRoom([contactUnrecorded]);
  control.call('c1', { words, ends: 'ended' });
  control.call('c2', { words });
  control.opens('i2', { contact: 'c2', grade: 'scheduled' });
  expect(control.duties('contact-unrecorded')[0]?.owner).toEqual({ staff: 'handler-1' });
});

test('a channel that does not report who answered is shown as blind and still needs a record', () => {
  const control = controlRoom([contactUnrecorded]);
  control.does('heed', 'PresentContact', { contact: 'c1', channel: 'web-form' });
  control.does('heed', 'EndContact', { contact: 'c1' });
  control.wait('2 min');
  expect(control.duties('contact-unrecorded')[0]?.why[0]?.code).toBe('blind');
});

test('a caller who gave up before anybody answered is not a handler’s unrecorded contact', () => {
  const control = controlRoom([contactUnrecorded]);
  control.does('heed', 'PresentContact', { contact: 'c1', channel: '101' });
  control.does('heed', 'EndContact', { contact: 'c1', ending: 'abandoned' });
  control.wait('1 h');
  expect(control.duties('contact-unrecorded')).toEqual([]);
});

test('a call that was cut off is left to its own safeguard until that has climbed its ladder', () => {
  const control = controlRoom([contactUnrecorded]);
  control.call('c1', { ends: 'silent' });
  control.wait('14 min');
  expect(control.raised('contact-unrecorded')).toEqual([]);
  control.wait('1 min');
  expect(control.raised('contact-unrecorded')).toHaveLength(1);
});
