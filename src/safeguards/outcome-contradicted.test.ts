import { expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { outcomeContradicted } from './outcome-contradicted.ts';
import { repeatContact } from './repeat-contact.ts';

const phone = (number: string): unknown => ({ kind: 'phone', number });
const home = [{ kind: 'place', premises: '3', street: 'Larch Row', town: 'Ashby' }, 'scene'] as const;
const caller = { p1: [phone('07700 900001'), 'caller'] } as const;

/** An incident that a unit attended, with whom it saw, closed by a supervisor unless it is left open. */
function attended(code: string | null = 'attended', words = 'they are shouting'): ControlRoom {
  const control = controlRoom([outcomeContradicted]);
  control.call('c1', { words, subjects: caller, ends: 'ended' });
  control.opens('i1', { contact: 'c1', grade: 'priority' });
  control.does('handler-1', 'Mention', {
    subject: 'v1',
    identity: { kind: 'person', name: 'Ada Marsh' },
    incident: 'i1',
    role: 'victim',
  });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  const seen = [{ subject: 'v1', identified: 'document', apart: true, safe: true }];
  control.does('dispatcher-1', 'RecordResult', { deployment: 'd1', outcome: 'seen', seen });
  if (code !== null) control.does('supervisor-1', 'CloseIncident', { incident: 'i1', code, reason: 'dealt with' });
  control.wait('1 h');
  return control;
}

function stateOf(control: ControlRoom): unknown {
  return control.room().incidents.get('i1')?.state;
}

test('a later call from the same number that tells of danger opens the incident again, with an alarm', () => {
  const control = attended();
  control.call('c2', { words: 'he is hitting her', subjects: caller });
  control.wait('1 s');
  expect(stateOf(control)).toBe('open');
  expect(control.floors('i1')).toEqual(['outcome-contradicted priority']);
  expect(control.raised('outcome-contradicted').map((one) => [one.level, one.about])).toEqual([
    ['alarm', 'incident:i1'],
  ]);
  expect(control.rungs('outcome-contradicted')[0]?.to).toBe('supervisor');
  expect(control.duties('outcome-contradicted')[0]?.owner).toEqual({ role: 'dispatcher' });
});

test('it does so for an open incident whose people were recorded as seen safe', () => {
  const control = attended(null);
  control.call('c2', {
    words: 'she is being strangled',
    subjects: { v2: [{ kind: 'person', name: 'Ada Marsh' }, 'victim'] },
  });
  expect(control.raised('outcome-contradicted')).toHaveLength(1);
  expect(control.facts('IncidentReopened')).toEqual([]);
});

test('somebody recorded as arrested who is said to be there is a contradiction', () => {
  const control = attended('arrested');
  control.call('c2', { words: 'he is outside my house', subjects: caller });
  expect(control.raised('outcome-contradicted')).toHaveLength(1);
  const claimed = controlRoom([outcomeContradicted]);
  claimed.call('c1', { words: 'they are shouting', subjects: caller, ends: 'ended' });
  claimed.opens('i1', { contact: 'c1', grade: 'priority' });
  claimed.does('handler-1', 'AddEntry', { incident: 'i1', text: 'he has been arrested' });
  claimed.call('c2', { words: 'he is outside my house', subjects: caller });
  expect(claimed.raised('outcome-contradicted')).toHaveLength(1);
});

test('a source that holds him released, after an arrest was recorded, is one as well', () => {
  const control = attended('arrested');
  control.does('handler-1', 'RequestCheck', { check: 'k1', source: 'custody', subject: 'v1', incident: 'i1' });
  const finding = {
    id: 'old-1',
    kind: 'custody',
    subject: 'v1',
    source: 'custody',
    says: 'released',
    strength: 'certain',
  };
  const findings = [{ ...finding, when: control.room().now, signs: ['release'] }];
  control.does('heed', 'CompleteCheck', { check: 'k1', result: 'found', findings });
  expect(control.raised('outcome-contradicted')).toHaveLength(1);
});

test('a unit or a partner that says otherwise is one as well', () => {
  const unit = attended(null);
  unit.does('dispatcher-1', 'AssignUnit', { deployment: 'd2', incident: 'i1', unit: 'unit-2' });
  const seen = [{ subject: 'v1', identified: 'document', apart: true, safe: false }];
  unit.does('dispatcher-1', 'RecordResult', { deployment: 'd2', outcome: 'seen', seen });
  expect(unit.raised('outcome-contradicted')).toHaveLength(1);
  const partner = attended();
  partner.does('dispatcher-1', 'AddEntry', {
    incident: 'i1',
    text: 'ambulance: she is unconscious',
    source: 'partner',
  });
  expect([partner.raised('outcome-contradicted').length, stateOf(partner)]).toEqual([1, 'open']);
});

test('a unit sent meets it, and so does newer evidence that she is safe; nothing else does', () => {
  const sent = attended();
  sent.call('c2', { words: 'he is hitting her', subjects: caller });
  sent.does('handler-1', 'AddEntry', { incident: 'i1', text: 'caller says it is quiet now' });
  sent.does('supervisor-1', 'DecideAttendance', { incidents: ['i1'], send: false, reason: 'been there already' });
  expect(sent.duties('outcome-contradicted')).toHaveLength(1);
  sent.does('dispatcher-1', 'AssignUnit', { deployment: 'd2', incident: 'i1', unit: 'unit-1' });
  expect(sent.duties('outcome-contradicted')).toEqual([]);
  const evidence = attended(null);
  evidence.does('dispatcher-1', 'AssignUnit', { deployment: 'd2', incident: 'i1', unit: 'unit-2' });
  evidence.does('dispatcher-1', 'AssignUnit', { deployment: 'd3', incident: 'i1', unit: 'unit-3' });
  const seen = { subject: 'v1', identified: 'document', apart: true };
  evidence.does('dispatcher-1', 'RecordResult', {
    deployment: 'd2',
    outcome: 'seen',
    seen: [{ ...seen, safe: false }],
  });
  expect(evidence.duties('outcome-contradicted')).toHaveLength(1);
  evidence.does('dispatcher-1', 'RecordResult', { deployment: 'd3', outcome: 'seen', seen: [{ ...seen, safe: true }] });
  expect(evidence.duties('outcome-contradicted')).toEqual([]);
});

test('another caller who repeats what was known when the outcome was proven raises nothing', () => {
  const control = attended('attended', 'a woman is screaming next door');
  control.call('c2', { words: 'a woman was screaming', subjects: { p2: [phone('07700 900002'), 'caller'] } });
  control.does('handler-1', 'JoinContact', { contact: 'c2', incident: 'i1' });
  expect([control.raised('outcome-contradicted'), stateOf(control)]).toEqual([[], 'closed']);
});

test('the same caller who says it again after the outcome is heard', () => {
  const control = attended('attended', 'he is hitting her');
  control.call('c2', { words: 'he is hitting her', subjects: caller });
  expect(control.raised('outcome-contradicted')).toHaveLength(1);
});

test('an ordinary call after an ordinary ending, another matter, and no outcome at all raise nothing', () => {
  const control = attended();
  control.call('c2', { words: 'thank you, I have the crime number', subjects: caller, ends: 'ended' });
  control.call('c3', {
    words: 'a man has a knife',
    subjects: { p3: [phone('07700 900003'), 'caller'] },
    ends: 'ended',
  });
  const open = controlRoom([outcomeContradicted]);
  open.call('c1', { words: 'they are shouting', subjects: caller, ends: 'ended' });
  open.opens('i1', { contact: 'c1', grade: 'priority' });
  open.does('handler-1', 'AddEntry', { incident: 'i1', text: 'pnc no trace' });
  open.call('c2', { words: 'he is hitting her', subjects: caller });
  expect([control.raised('outcome-contradicted'), open.raised('outcome-contradicted')]).toEqual([[], []]);
});

/** A matter of these kinds, attended, and later another person at the same home who tells of danger. */
function later(kinds: readonly string[]): ControlRoom {
  const control = controlRoom([outcomeContradicted]);
  control.call('c1', { words: 'my car has gone', subjects: { ...caller, h1: home }, ends: 'ended' });
  control.opens('i1', { contact: 'c1', kinds, grade: 'priority' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
  const seen = [{ identified: 'document', apart: true, safe: true }];
  control.does('dispatcher-1', 'RecordResult', { deployment: 'd1', outcome: 'seen', seen });
  control.wait('1 h');
  const other = { p2: [phone('07700 900002'), 'caller'], h1: home } as const;
  control.call('c2', { words: 'he is hitting her', subjects: other });
  return control;
}

test('what another person tells at the same home says nothing of a theft that was attended', () => {
  expect(later(['theft']).raised('outcome-contradicted')).toEqual([]);
  expect(later(['disturbance']).raised('outcome-contradicted')).toHaveLength(1);
});

/** Matters of one dwelling, each attended and closed, with the grade and the person of each. */
function severalAttended(matters: readonly (readonly [grade: string, name: string])[]): ControlRoom {
  const control = controlRoom([outcomeContradicted, repeatContact]);
  for (const [index, [grade, name]] of matters.entries()) {
    const number = index + 1;
    const subjects = { h1: home, [`v${number}`]: [{ kind: 'person', name }, 'victim'] as const };
    control.call(`c${number}`, { words: 'they are shouting', subjects, ends: 'ended' });
    control.opens(`i${number}`, { contact: `c${number}`, grade });
    control.does('dispatcher-1', 'AssignUnit', { deployment: `d${number}`, incident: `i${number}`, unit: 'unit-1' });
    control.does('dispatcher-1', 'MarkArrived', { deployment: `d${number}` });
    const seen = [{ subject: `v${number}`, identified: 'document', apart: true, safe: true }];
    control.does('dispatcher-1', 'RecordResult', { deployment: `d${number}`, outcome: 'seen', seen });
    control.does('supervisor-1', 'CloseIncident', { incident: `i${number}`, code: 'attended', reason: 'dealt with' });
    control.wait('20 min');
  }
  return control;
}

const threeAtOneDoor = [
  ['emergency', 'Ada Marsh'],
  ['priority', 'Bram Cole'],
  ['scheduled', 'Cara Dunn'],
] as const;

test('one call that denies several outcomes at one door is one alarm, at the gravest grade of all of them', () => {
  const control = severalAttended(threeAtOneDoor);
  const before = control.raised().length;
  control.call('c9', { words: 'he is hitting her', subjects: { h1: home } });
  control.wait('1 s');
  expect(control.raised('outcome-contradicted').map((one) => one.about)).toEqual(['incident:i3']);
  expect(control.floors('i3')).toEqual(['outcome-contradicted emergency']);
  expect([1, 2, 3].map((one) => control.room().incidents.get(`i${one}`)?.state)).toEqual(['closed', 'closed', 'open']);
  expect(control.notes('outcome-contradicted')).toEqual(['said-otherwise-of-nearer', 'said-otherwise-of-nearer']);
  // `repeat-contact` would say of the same call that nobody has been sent.
  expect(control.raised().slice(before)).toHaveLength(1);
});

test('what it says further neither sounds again nor opens an older one', () => {
  const control = severalAttended(threeAtOneDoor);
  control.call('c9', { words: 'he is hitting her', subjects: { h1: home } });
  control.does('handler-1', 'RecordStatement', { contact: 'c9', words: 'he has a knife' });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd9', incident: 'i3', unit: 'unit-1' });
  control.does('handler-1', 'RecordStatement', { contact: 'c9', words: 'she is being strangled' });
  control.call('c10', { words: 'a woman is screaming', subjects: { h1: home } });
  expect(control.raised('outcome-contradicted')).toHaveLength(1);
  expect(control.facts('IncidentReopened')).toHaveLength(1);
});

test('somebody of whom only one of them tells is a matter of their own, and sounds as well', () => {
  const control = severalAttended(threeAtOneDoor);
  control.call('c9', { words: 'he is hitting her', subjects: { h1: home } });
  control.does('handler-1', 'Mention', {
    subject: 'a1',
    identity: { kind: 'person', name: 'Ada Marsh' },
    contact: 'c9',
    role: 'victim',
  });
  expect(control.raised('outcome-contradicted').map((one) => one.about)).toEqual(['incident:i3', 'incident:i1']);
});

test('when it is met by evidence and she rings anew, it sounds anew', () => {
  const control = severalAttended(threeAtOneDoor);
  control.call('c9', { words: 'he is hitting her', subjects: { h1: home } });
  control.does('dispatcher-1', 'AssignUnit', { deployment: 'd9', incident: 'i3', unit: 'unit-1' });
  control.does('dispatcher-1', 'MarkArrived', { deployment: 'd9' });
  const seen = [{ subject: 'v3', identified: 'document', apart: true, safe: true }];
  control.does('dispatcher-1', 'RecordResult', { deployment: 'd9', outcome: 'seen', seen });
  control.wait('30 min');
  control.call('c10', { words: 'he has a knife', subjects: { h1: home } });
  expect(control.raised('outcome-contradicted')).toHaveLength(2);
});
