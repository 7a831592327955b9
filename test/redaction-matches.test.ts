import { describe, expect, test } from 'vitest';
import type { StoredEvent } from '../src/room/define.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { isWithheld, redact } from '../src/views/redact.ts';
import { visible } from '../src/views/visible.ts';
import { restrictedWords, say, wordsOf } from '../src/views/words.ts';
import { noon } from './control-room.ts';
import type { ControlRoom } from './control-room.ts';
import { beside, incident, leaks, outsider, secretIds, shownTo } from './restricted-room.ts';

const finding = {
  kind: 'incident',
  subject: 'him',
  others: ['s-secret'],
  when: noon - 1_000,
  source: 'own-history',
  signs: ['strangulation'],
  says: 'canary: strangled before',
  strength: 'certain',
  reasons: ['canary'],
};

function answered(control: ControlRoom, findings: readonly unknown[]): void {
  control.does('handler-1', 'RequestCheck', {
    check: 'k1',
    source: 'own-history',
    subject: 'him',
    incident: 'i-open',
  });
  expect(control.does('heed', 'CompleteCheck', { check: 'k1', result: 'found', findings })).toEqual({ kind: 'done' });
}

describe('of what matches it elsewhere, somebody outside is told whom to ask and nothing else', () => {
  test('findings of it are one, however many they are, beside those that are anybody’s', () => {
    const control = beside();
    const sent = shownTo(control, outsider, () =>
      answered(control, [
        { ...finding, id: 'i-secret' },
        { ...finding, id: 'c-secret' },
        { ...finding, id: 'r-77', others: [], says: 'an old theft', reasons: [] },
      ]),
    );
    const shown = sent.find(({ event }) => event.type === 'CheckCompleted')?.shown;
    expect(shown).toMatchObject({
      body: {
        findings: [
          { id: 'restricted', says: 'A restricted record matches: ask specialist.', when: 0, signs: [], others: [] },
          { id: 'r-77', says: 'an old theft' },
        ],
      },
    });
    for (const { event, shown: one } of sent) expect([event.type, leaks(one)]).toEqual([event.type, []]);
    expect(leaks(visible(control.room(), outsider))).toEqual([]);
    const reasons = visible(control.room(), outsider)
      .duties.toList()
      .flatMap((duty) => [...duty.why]);
    expect(reasons.some((why) => why.code === 'restricted-match' && why.params['desk'] === 'specialist')).toBe(true);
  });

  test('a link that leads to it has one end', () => {
    const control = beside();
    const link = {
      link: 'l1',
      from: 'i-open',
      to: incident,
      incident: 'i-open',
      strength: 'strong',
      reasons: ['canary'],
    };
    const sent = shownTo(control, outsider, () => control.does('supervisor-1', 'ProposeLink', link));
    expect(sent[0]?.shown).toMatchObject({
      ids: { link: 'l1', incident: 'i-open' },
      body: { from: 'i-open', to: 'restricted', reasons: ['[restricted]'] },
    });
    expect(visible(control.room(), outsider).links.get('l1')).toMatchObject({
      to: 'restricted',
      reasons: ['[restricted]'],
    });
    const decided = shownTo(control, outsider, () =>
      control.does('fim-1', 'ConfirmLink', { link: 'l1', reason: 'canary' }),
    );
    expect(decided[0]?.shown).toMatchObject({ type: 'LinkConfirmed', body: { reason: '[restricted]' } });
    expect([...sent, ...decided].flatMap(({ shown }) => leaks(shown))).toEqual([]);
  });

  test('a decision about several leaves it out, and its refusals and overrides stand with it', () => {
    const control = beside();
    const decide = { incidents: ['i-open', incident], send: false, reason: 'canary for both' };
    const refused = shownTo(control, outsider, () => control.does('supervisor-1', 'DecideAttendance', decide));
    const sent = shownTo(control, outsider, () => control.does('fim-1', 'DecideAttendance', decide, 'canary override'));
    const own = sent.filter(({ event }) => event.type === 'AttendanceDecided').map(({ shown }) => shown);
    expect(own.map(isWithheld)).toEqual([true, false]);
    expect(own[1]).toMatchObject({ body: { send: false, cluster: ['i-open'], reason: '[restricted]' } });
    expect([...refused, ...sent].flatMap(({ shown }) => leaks(shown))).toEqual([]);
  });

  test('a later call about the same people says so to whoever takes it, in words that name nobody', () => {
    const control = beside();
    const sent = shownTo(control, outsider, () =>
      control.call('c-new', { handler: 'handler-2', words: 'he has a knife', subjects: { line: [null, 'used'] } }),
    );
    expect(sent.flatMap(({ shown }) => leaks(shown))).toEqual([]);
    const notes = visible(control.room(), outsider).notes.get('contact:c-new') ?? [];
    const said = notes.map((note) => say(wordsOf(safeguards), note.safeguard, note.why));
    expect(said).toContain('A restricted record matches: ask specialist.');
    expect(new Set(said).size).toBe(said.length);
  });

  test('more calls on it do not make what matches speak again', () => {
    const control = beside();
    control.call('c-new', { handler: 'handler-2', words: 'he has a knife', subjects: { line: [null, 'used'] } });
    control.opens('i-new', { contact: 'c-new', grade: 'priority', by: 'handler-2' });
    const sent = shownTo(control, outsider, () => {
      for (const n of [1, 2, 3]) {
        const contact = `c-more${n}`;
        control.does('supervisor-1', 'AddEntry', { incident, text: `canary ${n}: he has strangled her` });
        control.does('supervisor-1', 'RecordStatement', { contact: 'c-secret', words: `canary ${n} with a gun` });
        expect(contact).not.toBe('');
      }
    });
    expect(sent.filter(({ shown }) => !isWithheld(shown))).toEqual([]);
  });

  test('a legal hold and a referral leave it out of their lists', () => {
    const control = beside();
    control.wait('20 min');
    const sent = shownTo(control, outsider, () =>
      control.does('supervisor-1', 'RecordHarm', {
        harm: 'hm1',
        kind: 'serious-injury',
        incident: 'i-open',
        subjects: ['him'],
        says: 'hurt at home',
      }),
    );
    const types = sent.map(({ event }) => event.type);
    expect(types).toContain('LegalHoldPlaced');
    expect(sent.flatMap(({ shown }) => leaks(shown))).toEqual([]);
    expect([...visible(control.room(), outsider).holds.keys()].filter((one) => secretIds.has(one))).toEqual([]);
  });

  test('the words for it are the same wherever they stand', () => {
    expect(restrictedWords('specialist')).toBe('A restricted record matches: ask specialist.');
    expect(restrictedWords('fim, on-call')).toBe(
      'A restricted record matches: ask force incident manager, on-call officer.',
    );
  });
});

describe('an incident that comes back from the cold', () => {
  test('brings nothing with it of one that is restricted', () => {
    const control = beside();
    const cold: StoredEvent[] = control.events().filter((event) => event.ids['incident'] === 'i-open');
    const [template] = cold;
    if (template === undefined) throw new Error('nothing of it');
    const left = {
      ...template,
      type: 'UnitDiverted',
      ids: { deployment: 'd1', incident: 'i-open', unit: 'unit-1', to: incident },
      body: { reason: 'canary' },
    };
    const strange = {
      ...template,
      ids: { incident },
      type: 'EntryAdded',
      body: { text: 'canary', source: 'handler', readings: [] },
    };
    const recalled: StoredEvent = {
      ...template,
      seq: control.room().seq + 1,
      type: 'Recalled',
      ids: { incident: 'i-open' },
      body: { digest: 'sha256', events: [...cold, left, strange, {}] },
    };
    const rooms = { before: control.room(), after: control.room() };
    const shown = redact(recalled, rooms, outsider);
    expect(leaks(shown)).toEqual([]);
    expect(JSON.stringify(shown)).toContain('"to":"restricted"');
    expect(redact({ ...recalled, ids: { incident } }, rooms, outsider)).toEqual({ seq: recalled.seq, withheld: true });
  });

  test('of an event of long ago the room as it stands decides: a duty that was met is still known by its place', () => {
    const control = beside();
    control.wait('1 h');
    const opened = control.facts('DutyOpened').find((event) => event.ids['incident'] === incident);
    control.does('fim-1', 'DecideAttendance', { incidents: [incident], send: true, reason: 'go' });
    const rooms = { before: control.room(), after: control.room() };
    const own = control
      .events()
      .filter((event) => event.ids['incident'] === incident || event.ids['duty'] === opened?.ids['duty']);
    expect(own.some((event) => event.type === 'DutyMet')).toBe(true);
    const told = own.filter((event) => !isWithheld(redact(event, rooms, outsider)));
    expect(told.map((event) => event.type)).toEqual([]);
  });
});
