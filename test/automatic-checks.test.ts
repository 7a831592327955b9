import { expect, test } from 'vitest';
import { controlRoom } from './control-room.ts';
import type { ControlRoom } from './control-room.ts';
import { questionOf } from '../src/sources/history.ts';
import { memorySource } from '../src/sources/memory.ts';
import { checksOfSubjectMax } from '../src/safeguards/automatic-checks.ts';
import { checkMissing } from '../src/safeguards/check-missing.ts';

const home = { kind: 'place', premises: '14', street: 'Mill Lane', town: 'Ashmere' } as const;
const onRecord = { kind: 'person', name: 'Katharine Dunmore', born: '1984-03-07' } as const;

const history = memorySource({
  id: 'own-history',
  records: [
    {
      id: 'before',
      kind: 'incident',
      when: 1,
      names: [onRecord, home],
      subjects: [],
      signs: [],
      says: 'argued in May',
    },
  ],
});

function told(name = 'Kate Dunmore'): ControlRoom {
  const control = controlRoom([checkMissing]);
  control.call('c1', { words: 'he is outside again', subjects: { her: [{ kind: 'person', name }, 'caller'] } });
  return control;
}

/** Puts every check that has not come back to the history, as the engine would, and gives what it answers. */
function answered(control: ControlRoom): readonly string[] {
  return control.facts('CheckRequested').flatMap((event) => {
    const check = event.ids['check'] ?? '';
    if (control.room().checks.get(check)?.completedAt !== null) return [];
    const question = questionOf(control.room(), event, event.at);
    if (question === null) return [];
    const { result, findings } = history.ask(question);
    control.does('heed', 'CompleteCheck', { check, result, findings });
    return findings.map(({ id, strength }) => `${id} ${strength}`);
  });
}

function asked(control: ControlRoom): readonly (string | undefined)[] {
  return control.facts('CheckRequested').map((event) => event.ids['subject']);
}

test('a date of birth told a minute later finds the record, and nobody asks for it', () => {
  const control = told();
  expect(answered(control)).toEqual(['before weak']);
  control.wait('1 min');
  control.does('handler-1', 'RecordSubject', {
    subject: 'her',
    identity: { kind: 'person', name: 'Kate Dunmore', born: '1984-03-07' },
  });
  expect(answered(control)).toEqual(['before strong']);
  control.wait('2 min');
  expect(control.raised('check-missing').map((one) => one.about)).toEqual(['contact:c1']);
});

test('another name told later is asked about in the incident that the contact came to', () => {
  const control = told('Kitty Elsewhere');
  control.opens('i1', { contact: 'c1' });
  const identity = { kind: 'person', name: 'Kitty Elsewhere', alias: ['Kate Dunmore'] };
  control.does('handler-1', 'RecordSubject', { subject: 'her', identity });
  expect(control.facts('CheckRequested').at(-1)?.ids).toMatchObject({ subject: 'her', incident: 'i1' });
});

test('the very same told again, or of somebody whose matter is over, asks nothing', () => {
  const control = told();
  const identity = { kind: 'person', name: 'Kate Dunmore' };
  control.does('handler-1', 'RecordSubject', { subject: 'her', identity });
  expect(asked(control)).toEqual(['her']);
  answered(control);
  control.does('handler-1', 'DisposeContact', { contact: 'c1', disposition: 'accidental', reason: 'pocket call' });
  control.does('handler-1', 'RecordSubject', { subject: 'her', identity: { ...identity, born: '1984-03-07' } });
  expect(asked(control)).toEqual(['her']);
});

test('a home told later asks again about whoever is beside it, once, and finds them at it', () => {
  const control = told();
  expect(answered(control)).toEqual(['before weak']);
  const mention = { subject: 'home', identity: home, contact: 'c1', role: 'scene' };
  control.does('handler-1', 'Mention', mention);
  control.does('handler-1', 'Mention', mention);
  expect(asked(control)).toEqual(['her', 'home', 'her']);
  expect(answered(control)).toContain('before strong');
});

test('a postcode told later asks again about the home and whoever is beside it', () => {
  const control = told();
  control.does('handler-1', 'Mention', { subject: 'home', identity: home, contact: 'c1', role: 'scene' });
  const identity = { ...home, postcode: 'ZZ3 4LM' };
  control.does('handler-1', 'Mention', { subject: 'home', identity, contact: 'c1', role: 'scene' });
  expect(asked(control)).toEqual(['her', 'home', 'her', 'home', 'her']);
});

test('a street alone, or a public place, asks about nobody beside it', () => {
  const control = told();
  const identity = { ...home, public: true };
  control.does('handler-1', 'Mention', { subject: 'street', identity, contact: 'c1', role: 'scene' });
  expect(asked(control)).toEqual(['her', 'street']);
});

test('what was read and comes back again, asked again, is read already and prompts nobody', () => {
  const control = told('Katharine Dunmore');
  control.does('handler-1', 'RecordSubject', { subject: 'her', identity: onRecord });
  answered(control);
  control.wait('2 min');
  const before = control.raised('check-missing').length;
  control.does('handler-1', 'ReadCheck', { contact: 'c1' });
  control.does('handler-1', 'Mention', { subject: 'home', identity: home, contact: 'c1', role: 'scene' });
  const again = control.facts('CheckRequested').findLast((event) => event.ids['subject'] === 'her');
  const earlier = [...control.room().checks.values()].findLast((one) => one.subject === 'her' && one.state === 'found');
  const findings = earlier?.findings;
  control.does('heed', 'CompleteCheck', { check: again?.ids['check'], result: 'found', findings });
  expect(control.room().checks.get(again?.ids['check'] ?? '')?.readBy).toBe('handler-1');
  control.wait('1 h');
  expect(control.raised('check-missing').filter((one) => one.about === 'contact:c1')).toHaveLength(before);
});

test('however often something new is told, one subject in one matter is asked about so many times by itself', () => {
  const control = told();
  for (let place = 0; place < checksOfSubjectMax * 2; place += 1) {
    const identity = { kind: 'phone', number: `07700 900${100 + place}` };
    control.does('handler-1', 'Mention', { subject: `phone-${place}`, identity, contact: 'c1', role: 'used' });
  }
  expect(asked(control).filter((subject) => subject === 'her')).toHaveLength(checksOfSubjectMax);
});
