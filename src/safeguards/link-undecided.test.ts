import { expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { linkUndecided } from './link-undecided.ts';

const ada = { kind: 'person', name: 'Ada Marsh' };

interface Found {
  readonly id: string;
  readonly kind?: string;
  readonly signs?: readonly string[];
  readonly strength?: string;
  readonly others?: readonly string[];
  readonly matched?: string;
  readonly reasons?: readonly string[];
}

/** A check on the caller, completed with these findings. */
function finds(control: ControlRoom, check: string, found: readonly Found[]): void {
  control.does('handler-1', 'RequestCheck', { check, source: 'own', subject: 'p1', contact: 'c1' });
  const findings = found.map(({ kind = 'incident', signs = ['domestic'], strength = 'strong', ...rest }) => ({
    ...rest,
    kind,
    subject: 'p1',
    when: control.room().now - 86_400_000 * 40,
    source: 'own',
    signs,
    says: 'he sent messages all night',
    strength,
  }));
  control.does('heed', 'CompleteCheck', { check, result: 'found', findings });
}

function called(): ControlRoom {
  const control = controlRoom([linkUndecided]);
  control.call('c1', { words: 'he will not leave me alone', subjects: { p1: [ada, 'caller'] } });
  control.opens('i1', { contact: 'c1', grade: 'priority' });
  return control;
}

function linksOf(control: ControlRoom): readonly unknown[] {
  return control.facts('LinkProposed').map((event) => (event.body as { to: string }).to);
}

test('a strong match with an incident of danger is proposed at once and asked about after two minutes', () => {
  const control = called();
  finds(control, 'k1', [{ id: 'old-1' }]);
  expect(linksOf(control)).toEqual(['old-1']);
  expect(control.raised('link-undecided')).toEqual([]);
  control.wait('2 min');
  expect(control.raised('link-undecided').map((one) => [one.level, one.about])).toEqual([['prompt', 'incident:i1']]);
  control.wait('61 min');
  expect(control.rungs('link-undecided')[0]?.to).toBe('supervisor');
});

test('what was found before the incident was opened is proposed when it is', () => {
  const control = controlRoom([linkUndecided]);
  control.call('c1', { words: 'he will not leave me alone', subjects: { p1: [ada, 'caller'] } });
  finds(control, 'k1', [{ id: 'old-1' }]);
  expect(linksOf(control)).toEqual([]);
  control.opens('i1', { contact: 'c1' });
  expect(linksOf(control)).toEqual(['old-1']);
});

test('an order, or a record of two of the same people, is proposed without any other sign', () => {
  const control = called();
  control.does('handler-1', 'Mention', {
    subject: 's1',
    identity: { kind: 'person', name: 'Carl Dent' },
    incident: 'i1',
    role: 'suspect',
  });
  finds(control, 'k1', [
    { id: 'order-1', kind: 'order', signs: [] },
    { id: 'old-1', signs: [], others: ['s1'] },
  ]);
  expect(linksOf(control)).toEqual(['order-1', 'old-1']);
});

test('today’s other incident of the same person is proposed where either tells of danger', () => {
  const control = called();
  control.does('handler-1', 'RecordStatement', { contact: 'c1', words: 'I am scared of him' });
  control.wait('3 h');
  control.call('c2', { words: 'it is me again', subjects: { p2: [ada, 'caller'] } });
  control.opens('i2', { contact: 'c2' });
  expect(control.facts('LinkProposed').map((event) => event.body)).toMatchObject([{ from: 'i2', to: 'i1' }]);
});

test('a match that a person proposes waits for a decision as well', () => {
  const control = called();
  const link = { link: 'l1', from: 'i1', to: 'old-7', incident: 'i1', strength: 'strong', reasons: ['same van'] };
  control.does('handler-2', 'ProposeLink', link);
  control.wait('2 min');
  expect(control.raised('link-undecided')).toHaveLength(1);
});

test('at most five stand open on one contact, the gravest first, and one place is kept for an order', () => {
  const control = called();
  const plain = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => ({ id: `old-${name}` }));
  finds(control, 'k1', [...plain, { id: 'grave', signs: ['domestic', 'strangulation', 'stalking'] }]);
  expect(linksOf(control)).toHaveLength(4);
  expect(linksOf(control)[0]).toBe('grave');
  finds(control, 'k2', [{ id: 'order-1', kind: 'order' }, { id: 'old-h' }]);
  expect(linksOf(control)).toHaveLength(5);
  expect(linksOf(control)[4]).toBe('order-1');
  expect(control.duties('link-undecided')).toHaveLength(1);
});

test('it is met when each has been confirmed or declined, and not before', () => {
  const control = called();
  finds(control, 'k1', [{ id: 'old-1' }, { id: 'old-2' }]);
  const [first, second] = control.facts('LinkProposed').map((event) => event.ids['link']);
  control.does('handler-1', 'ConfirmLink', { link: first });
  expect(control.duties('link-undecided')).toHaveLength(1);
  control.does('handler-1', 'DeclineLink', { link: second, reason: 'another Ada Marsh' });
  expect(control.duties('link-undecided')).toEqual([]);
});

test('what was declined is never asked again', () => {
  const control = called();
  finds(control, 'k1', [{ id: 'old-1' }]);
  control.does('handler-1', 'DeclineLink', { link: control.facts('LinkProposed')[0]?.ids['link'], reason: 'not her' });
  finds(control, 'k2', [{ id: 'old-1' }]);
  control.wait('2 h');
  expect([linksOf(control), control.raised('link-undecided')]).toEqual([['old-1'], []]);
});

test('what was declined is asked again when what speaks for it is surer, and what is new is said first', () => {
  const control = called();
  const sounds = 'name sounds the same: Ada Marsh / Aida March';
  finds(control, 'k1', [{ id: 'old-1', reasons: [sounds] }]);
  control.does('handler-1', 'DeclineLink', { link: control.facts('LinkProposed')[0]?.ids['link'], reason: 'not her' });
  finds(control, 'k2', [{ id: 'old-1', strength: 'certain', reasons: [sounds] }]);
  expect(linksOf(control)).toEqual(['old-1']);
  finds(control, 'k3', [{ id: 'old-1', strength: 'certain', reasons: [sounds, 'same date of birth'] }]);
  expect(control.facts('LinkProposed').at(-1)?.body).toMatchObject({
    to: 'old-1',
    reasons: [
      'Declined before; new since then: same date of birth',
      'he sent messages all night',
      sounds,
      'same date of birth',
    ],
  });
});

test('somebody told apart in one matter is not proposed again in the next', () => {
  const control = called();
  finds(control, 'k1', [{ id: 'old-1', matched: 'old-person' }]);
  expect(control.facts('LinkProposed')[0]?.body).toMatchObject({ same: [{ subject: 'p1', other: 'old-person' }] });
  control.does('handler-1', 'DeclineLink', { link: control.facts('LinkProposed')[0]?.ids['link'], reason: 'not her' });
  control.call('c2', { words: 'he is here again', subjects: { p1: [ada, 'caller'] } });
  control.opens('i2', { contact: 'c2', grade: 'priority' });
  finds(control, 'k2', [{ id: 'old-2', matched: 'old-person' }, { id: 'old-3' }]);
  expect(linksOf(control)).toEqual(['old-1', 'i1', 'old-3']);
});

test('a decision that is undone is asked about again', () => {
  const control = called();
  finds(control, 'k1', [{ id: 'old-1' }]);
  const link = control.facts('LinkProposed')[0]?.ids['link'];
  control.does('handler-1', 'ConfirmLink', { link });
  expect(control.duties('link-undecided')).toEqual([]);
  control.does('handler-1', 'UndoLink', { link, reason: 'the wrong one of two' });
  expect(control.duties('link-undecided')).toHaveLength(1);
});

test('weak matches and records without danger are never asked', () => {
  const control = called();
  finds(control, 'k1', [
    { id: 'old-1', strength: 'weak' },
    { id: 'old-2', signs: [] },
    { id: 'old-3', signs: ['repeat'] },
  ]);
  control.wait('2 h');
  expect([linksOf(control), control.raised('link-undecided')]).toEqual([[], []]);
});

test('one person known by name, home and telephone is one person: yesterday’s bicycle is no match for today’s', () => {
  const control = controlRoom([linkUndecided]);
  const home = { kind: 'place', premises: '4', street: 'Example Street', town: 'Sampleton' };
  const subjects = { p1: [ada, 'caller'], h1: [home, 'scene'] } as const;
  control.call('c1', { words: 'my bike was stolen', subjects });
  control.opens('i1', { contact: 'c1', grade: 'scheduled' });
  finds(control, 'k1', [{ id: 'old-1', signs: [], others: ['p1', 'h1'] }]);
  expect(linksOf(control)).toEqual([]);
});

test('old danger is a match where danger is told now; what lasts between people always is', () => {
  const plain = controlRoom([linkUndecided]);
  plain.call('c1', { words: 'my bike was stolen', subjects: { p1: [ada, 'caller'] } });
  plain.opens('i1', { contact: 'c1', grade: 'scheduled' });
  finds(plain, 'k1', [
    { id: 'old-1', signs: ['danger', 'weapon'] },
    { id: 'old-2', signs: ['stalking'] },
  ]);
  expect(linksOf(plain)).toEqual(['old-2']);
  const grave = controlRoom([linkUndecided]);
  grave.call('c1', { words: 'he said he is going to kill me', subjects: { p1: [ada, 'caller'] } });
  grave.opens('i1', { contact: 'c1', grade: 'emergency' });
  finds(grave, 'k1', [{ id: 'old-1', signs: ['danger', 'weapon'] }]);
  expect(linksOf(grave)).toEqual(['old-1']);
});

test('what was once at a public place is no match by itself', () => {
  const control = controlRoom([linkUndecided]);
  const station = { kind: 'place', premises: 'The Station', street: 'Example Street', public: true };
  control.call('c1', {
    words: 'he has a knife and he said he is going to kill me',
    subjects: { p1: [station, 'scene'] },
  });
  control.opens('i1', { contact: 'c1', grade: 'emergency' });
  finds(control, 'k1', [{ id: 'old-1', signs: ['weapon'] }]);
  expect(linksOf(control)).toEqual([]);
});

test('an ordinary call whose checks come back clean, and an ordinary second one, raise nothing', () => {
  const control = controlRoom([linkUndecided]);
  for (const place of [1, 2]) {
    control.call(`c${place}`, { words: 'my bike was stolen', subjects: { p1: [ada, 'caller'] } });
    control.does('handler-1', 'RequestCheck', {
      check: `k${place}`,
      source: 'own',
      subject: 'p1',
      contact: `c${place}`,
    });
    control.checks();
    control.opens(`i${place}`, { contact: `c${place}`, kinds: ['theft'], grade: 'scheduled' });
    control.wait('1 h');
  }
  expect([linksOf(control), control.raised('link-undecided')]).toEqual([[], []]);
});

/** A record of the home, found by its place, that names others. */
function atHome(control: ControlRoom, signs: readonly string[], others: readonly string[]): void {
  control.does('handler-1', 'RequestCheck', { check: 'k1', source: 'own', subject: 'h1', contact: 'c1' });
  const when = control.room().now - 86_400_000 * 20;
  const finding = { id: 'old-1', kind: 'incident', subject: 'h1', others, when, source: 'own', signs };
  control.does('heed', 'CompleteCheck', {
    check: 'k1',
    result: 'found',
    findings: [{ ...finding, says: 'he hit her', strength: 'certain' }],
  });
}

function atTheHome(words: string, kinds: readonly string[], isNamed = true): ControlRoom {
  const control = controlRoom([linkUndecided]);
  const home = { kind: 'place', premises: '4', street: 'Example Street', town: 'Sampleton' };
  control.call('c1', { words, subjects: { h1: [home, 'scene'] } });
  if (isNamed) control.does('handler-1', 'Mention', { subject: 'p1', identity: ada, contact: 'c1', role: 'caller' });
  control.opens('i1', { contact: 'c1', kinds });
  return control;
}

test('what was between others at the same home is no match for a stolen bicycle; where nobody is named it is', () => {
  const named = atTheHome('my bike was stolen', ['theft']);
  atHome(named, ['domestic', 'danger'], ['earlier-tenant']);
  expect(linksOf(named)).toEqual([]);
  const unnamed = atTheHome('my bike was stolen', ['theft'], false);
  atHome(unnamed, ['domestic', 'danger'], ['earlier-tenant']);
  expect(linksOf(unnamed)).toEqual(['old-1']);
});

test('what was between others at the same home is a match where danger between people is told now', () => {
  const control = atTheHome('he is hitting her', ['violence']);
  atHome(control, ['domestic', 'danger'], ['earlier-tenant']);
  expect(linksOf(control)).toEqual(['old-1']);
  const alone = atTheHome('she has taken an overdose', ['mental-health']);
  atHome(alone, ['domestic', 'danger'], ['earlier-tenant']);
  expect(linksOf(alone)).toEqual([]);
});

test('a record of the home that names the caller as well is a match whatever is told', () => {
  const control = atTheHome('my bike was stolen', ['theft']);
  atHome(control, ['domestic', 'danger'], ['earlier-tenant', 'p1']);
  expect(linksOf(control)).toEqual(['old-1']);
});
