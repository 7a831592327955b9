import { describe, expect, test } from 'vitest';
import type { StoredEvent } from '../src/room/define.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import type { Shown } from '../src/views/redact.ts';
import { isWithheld, momentsOf, redact } from '../src/views/redact.ts';
import type { Reader } from '../src/views/reader.ts';
import { accessChanged, mayRead, whyNotRead } from '../src/views/reader.ts';
import { visible } from '../src/views/visible.ts';
import { restrictedWords, say, wordsOf } from '../src/views/words.ts';
import { controlRoom, noon } from './control-room.ts';
import type { ControlRoom } from './control-room.ts';
import { idsStandingIn } from './restricted-nights.ts';

const outsider: Reader = { staff: 'dispatcher-1' };
const reader: Reader = { staff: 'supervisor-1' };
const home = { kind: 'place', premises: '7', street: 'Quillon Street', town: 'Eastbury' } as const;
const phone = { kind: 'phone', number: '07700900555' } as const;

/** Words and ids that stand in the restricted incident alone. */
const secretWords = /quillon|canary/i;
const secretIds = new Set(['i-secret', 'c-secret', 's-secret', 'd-secret', 'k-secret', 't-secret', 'm-secret']);

/**
 * A restricted incident with everything in it that one can have, and beside it a call and an incident of anybody's
 * about the same man and the same number.
 */
function beside(): ControlRoom {
  const control = controlRoom(safeguards);
  control.call('c-open', {
    words: 'my ex-husband is at the door',
    subjects: { him: [{ kind: 'person', name: 'Karl Fenn', born: '1980-02-01' }, 'suspect'], line: [phone, 'used'] },
    ends: 'ended',
  });
  control.opens('i-open', { contact: 'c-open', grade: 'priority' });
  control.call('c-secret', {
    handler: 'supervisor-1',
    words: 'canary: the man with the gun is one of yours',
    subjects: {
      him: [null, 'suspect'],
      line: [null, 'used'],
      's-secret': [{ kind: 'person', name: 'Canary Quillon' }, 'victim'],
      'h-secret': [home, 'scene'],
    },
    ends: 'ended',
  });
  control.opens('i-secret', {
    contact: 'c-secret',
    summary: 'canary summary',
    kinds: ['domestic'],
    grade: 'priority',
    by: 'supervisor-1',
  });
  control.does('fim-1', 'RestrictIncident', {
    incident: 'i-secret',
    readers: ['supervisor-1', 'fim-1'],
    desk: 'specialist',
    reason: 'canary reason',
  });
  return control;
}

/** What an event looks like to somebody, among all those of the last command. */
function shownTo(
  control: ControlRoom,
  who: Reader,
  doing: () => void,
): readonly { event: StoredEvent; shown: Shown }[] {
  const before = control.room();
  const from = control.events().length;
  doing();
  const rooms = { before, after: control.room() };
  return momentsOf(rooms, control.events().slice(from)).map((moment) => ({
    event: moment.event,
    shown: redact(moment.event, moment, who),
  }));
}

function leaks(value: unknown): readonly string[] {
  const text = JSON.stringify(value);
  return [...idsStandingIn(text, secretIds), ...(secretWords.exec(text) ?? [])];
}

function doesAll(control: ControlRoom, all: readonly (readonly [string, string, unknown])[]): void {
  for (const [who, type, data] of all)
    expect([type, control.does(who, type, data, 'canary override')]).toEqual([type, { kind: 'done' }]);
}

const incident = 'i-secret';
const by = 'fim-1';
const later = noon + 7_200_000;

/** Everything that can be done to an incident, by what is done to it; each line is one family of events. */
const families: readonly (readonly [string, readonly (readonly [string, string, unknown])[]])[] = [
  ['an entry and its correction', [[by, 'AddEntry', { incident, text: 'canary entry' }]]],
  [
    'kinds and dangers',
    [
      [by, 'SetKinds', { incident, add: ['stalking'], reason: 'canary' }],
      [by, 'ConfirmDanger', { incident, dangers: ['weapon'], reason: 'canary' }],
    ],
  ],
  [
    'an assessment and a form',
    [
      [by, 'Assess', { incident, elements: { threat: 'canary threat' }, level: 'high' }],
      [by, 'CompleteRiskForm', { incident, form: 'dara', level: 'high', reason: 'canary' }],
    ],
  ],
  ['a grade', [[by, 'SetGrade', { incident, grade: 'emergency', reason: 'canary grade' }]]],
  ['a statement on its contact alone', [[by, 'RecordStatement', { contact: 'c-secret', words: 'canary words' }]]],
  ['what its caller is told', [[by, 'TellCaller', { contact: 'c-secret', telling: 'unit-coming', words: 'canary' }]]],
  [
    'a subject and a relation known from it alone',
    [
      [
        by,
        'Mention',
        {
          subject: 's-secret',
          identity: { kind: 'person', name: 'Canary Once More' },
          contact: 'c-secret',
          role: 'victim',
        },
      ],
      [by, 'RecordSubject', { subject: 's-secret', identity: { kind: 'person', name: 'Canary Again' } }],
      [by, 'Relate', { from: 's-secret', to: 'him', relation: 'ex-partner' }],
      [by, 'Relate', { from: 'him', to: 'line', relation: 'uses', incident }],
    ],
  ],
  [
    'a marker and an order on somebody known from it alone',
    [
      [
        by,
        'SetMarker',
        { marker: 'mk-secret', subject: 's-secret', kind: 'vulnerable', reason: 'canary', owner: 'fim-1' },
      ],
      [
        by,
        'RecordOrder',
        { order: 'o-secret', kind: 'police-bail', respondent: 's-secret', protects: ['him'], madeAt: noon },
      ],
      ['fim-1', 'RecordOrderService', { order: 'o-secret', service: 'served', evidence: 'canary' }],
      [by, 'RenewMarker', { marker: 'mk-secret', reviewAt: later, reason: 'canary' }],
    ],
  ],
  [
    'a check, its answer and its reading',
    [
      [by, 'RequestCheck', { check: 'k-secret', source: 'intelligence', subject: 'him', incident, purpose: 'canary' }],
      ['heed', 'CompleteCheck', { check: 'k-secret', result: 'no-trace' }],
      [by, 'ReadCheck', { incident }],
    ],
  ],
  [
    'a deployment with its loop',
    [
      [by, 'AssignUnit', { deployment: 'd-secret', incident, unit: 'unit-2' }],
      [by, 'BriefUnit', { deployment: 'd-secret', told: ['canary, he is armed'] }],
      ['heed', 'AcknowledgeDeployment', { deployment: 'd-secret' }],
      ['heed', 'MarkEnRoute', { deployment: 'd-secret' }],
      ['heed', 'ReportUnitMoved', { unit: 'unit-2' }],
      ['heed', 'MarkArrived', { deployment: 'd-secret' }],
      ['heed', 'RecordResult', { deployment: 'd-secret', outcome: 'nothing-found', searched: ['canary shed'] }],
    ],
  ],
  [
    'a sighting and an answer of no unit',
    [
      [
        by,
        'RecordSighting',
        { incident, by: 'canary', seen: { subject: 's-secret', identified: 'document', apart: true, safe: true } },
      ],
      [by, 'AnswerNoUnit', { incident, reason: 'canary: none' }],
    ],
  ],
  [
    'a task, deferred, owned and done',
    [
      [
        by,
        'RaiseTask',
        { task: 't-secret', kind: 'visit', incident, owner: { role: 'constable' }, dueAt: later, says: 'canary visit' },
      ],
      [
        by,
        'Defer',
        {
          deferral: 'f-secret',
          task: 't-secret',
          reason: 'awaiting-daylight',
          until: later,
          owner: { role: 'supervisor' },
          personTold: true,
        },
      ],
      [by, 'WithdrawDeferral', { deferral: 'f-secret', reason: 'canary' }],
      [by, 'OwnTask', { task: 't-secret', owner: { staff: 'supervisor-1' } }],
      [by, 'CompleteTask', { task: 't-secret', result: 'canary done' }],
    ],
  ],
  [
    'a message, to a unit too',
    [
      [by, 'SendMessage', { message: 'm-secret', incident, unit: 'unit-3', text: 'canary: are you there' }],
      [by, 'AcknowledgeMessage', { message: 'm-secret' }],
    ],
  ],
  [
    'a promise and a call back',
    [
      [
        by,
        'MakePromise',
        { promise: 'p-secret', contact: 'c-secret', what: 'call-back', words: 'canary', dueAt: later },
      ],
      [by, 'AttemptCallback', { callback: 'b-secret', contact: 'c-secret', phone: 'line' }],
      [by, 'RecordCallback', { callback: 'b-secret', result: 'no-answer', words: 'canary rang out' }],
      [by, 'WithdrawPromise', { promise: 'p-secret', personTold: true, reason: 'canary' }],
    ],
  ],
  [
    'a location',
    [
      [
        by,
        'RecordLocation',
        { location: 'l-secret', contact: 'c-secret', source: 'caller', address: '7 Quillon Street' },
      ],
    ],
  ],
  [
    'a transfer',
    [
      [
        by,
        'SendTransfer',
        { transfer: 'x-secret', incident, partner: 'ambulance', needs: ['welfare'], words: 'canary' },
      ],
      ['heed', 'AcceptTransfer', { transfer: 'x-secret', by: 'canary desk' }],
      ['heed', 'EndTransfer', { transfer: 'x-secret', outcome: 'canary' }],
    ],
  ],
  [
    'a review and a reliance',
    [
      ['supervisor-1', 'RequestReview', { review: 'r-secret', incident, question: 'canary?' }],
      ['fim-1', 'AnswerReview', { review: 'r-secret', effect: 'changed', reason: 'canary' }],
      [by, 'StateReliance', { reliance: 'y-secret', incident, fact: 'left', says: 'canary', confirmBy: later }],
      [by, 'ConfirmReliance', { reliance: 'y-secret', by: 'canary' }],
    ],
  ],
  [
    'a link and a pattern',
    [
      [
        by,
        'ProposeLink',
        { link: 'n-secret', from: incident, to: 'i-open', incident, strength: 'strong', reasons: ['canary'] },
      ],
      [by, 'ConfirmLink', { link: 'n-secret', reason: 'canary' }],
      [by, 'OpenPattern', { pattern: 'pt-secret', between: ['him', 'line'], incident }],
      ['specialist-1', 'OwnPattern', { pattern: 'pt-secret', owner: 'specialist-1' }],
      ['specialist-1', 'ReviewPattern', { pattern: 'pt-secret', decision: 'canary' }],
    ],
  ],
  [
    'harm and its referral',
    [
      [by, 'RecordHarm', { harm: 'hm-secret', kind: 'serious-injury', incident, subjects: ['him'], says: 'canary' }],
      [by, 'MakeReferral', { harm: 'hm-secret', to: 'canary' }],
    ],
  ],
  [
    'a proposal, declined',
    [
      [
        by,
        'Propose',
        {
          decision: 'q-secret',
          command: { type: 'SetGrade', data: { incident, grade: 'scheduled', reason: 'canary' } },
          reason: 'canary',
        },
      ],
      ['fim-1', 'Decline', { decision: 'q-secret', reason: 'canary' }],
    ],
  ],
  [
    'an attendance decided and a closing overridden',
    [
      ['fim-1', 'DecideAttendance', { incidents: [incident], send: false, reason: 'canary' }],
      ['fim-1', 'CloseIncident', { incident, code: 'advice', reason: 'canary' }],
      ['fim-1', 'ReopenIncident', { incident, reason: 'canary' }],
    ],
  ],
  [
    'readers, admitted and withdrawn',
    [
      ['on-call-superintendent', 'AdmitReader', { incident, staff: 'handler-2', reason: 'canary' }],
      ['on-call-superintendent', 'WithdrawReader', { incident, staff: 'handler-2', reason: 'canary' }],
    ],
  ],
];

describe('of what is done to a restricted incident, somebody outside is sent', () => {
  test.each(families)('nothing but its places in the log: %s', (_, commands) => {
    const control = beside();
    const sent = shownTo(control, outsider, () => doesAll(control, commands));
    const direct = sent.filter(({ event }) => event.cause === null);
    expect(direct.length).toBeGreaterThan(0);
    for (const { event, shown } of direct)
      if (!isWithheld(shown))
        expect([event.type, shown.type, shown.ids]).toEqual([event.type, 'UnitStatusSet', { unit: 'unit-2' }]);
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

describe('of a unit that is sent to it', () => {
  function statuses(
    control: ControlRoom,
    commands: readonly (readonly [string, string, unknown])[],
  ): readonly unknown[] {
    return shownTo(control, outsider, () => doesAll(control, commands))
      .map(({ shown }) => shown)
      .filter((shown) => !isWithheld(shown) && shown.type === 'UnitStatusSet')
      .map((shown) => (isWithheld(shown) ? null : shown.body));
  }

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

describe('of what matches it elsewhere, somebody outside is told whom to ask and nothing else', () => {
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
    for (const event of control.events())
      if (event.ids['incident'] === incident || event.ids['duty'] === opened?.ids['duty'])
        expect([event.type, isWithheld(redact({ ...event, ids: { ...event.ids } }, rooms, outsider))]).toEqual([
          event.type,
          true,
        ]);
  });
});

describe('somebody known from it alone', () => {
  test('is named elsewhere by a reader and is known there from then on, and consoles load anew', () => {
    const control = beside();
    const before = control.room();
    expect(visible(before, outsider).subjects.has('s-secret')).toBe(false);
    expect(mayRead(before, outsider, 'subject:s-secret')).toBe(false);
    control.does('supervisor-1', 'Mention', { subject: 's-secret', incident: 'i-open', role: 'victim' });
    expect(visible(control.room(), outsider).subjects.get('s-secret')?.identity).toEqual({
      kind: 'person',
      name: 'Canary Quillon',
    });
    expect(accessChanged(before, control.room(), outsider)).toBe(true);
    expect(accessChanged(before, control.room(), reader)).toBe(false);
  });

  test('whose name was told anew in it keeps for everybody else the name that they were known by', () => {
    const control = beside();
    const named = { kind: 'person', name: 'Karl Quillon', born: '1980-02-01' };
    control.does('supervisor-1', 'Mention', { subject: 'him', identity: named, contact: 'c-secret', role: 'suspect' });
    expect(control.room().subjects.get('him')?.identity).toMatchObject({ name: 'Karl Quillon' });
    expect(visible(control.room(), outsider).subjects.get('him')?.identity).toMatchObject({ name: 'Karl Fenn' });
    expect(leaks(visible(control.room(), outsider))).toEqual([]);
  });
});

describe('what comes to it later', () => {
  const quillon = /zanzibar/i;

  test('a call that is joined to it leaves everybody else’s room, with all that was told and done on it', () => {
    const control = beside();
    control.call('c-new', {
      handler: 'handler-2',
      words: 'zanzibar, he has a knife',
      subjects: { 's-new': [{ kind: 'person', name: 'Zanzibar Roe' }, 'victim'] },
      ends: 'ended',
    });
    control.does('handler-2', 'MakePromise', {
      promise: 'p-new',
      contact: 'c-new',
      what: 'call-back',
      words: 'zanzibar',
    });
    expect(JSON.stringify(visible(control.room(), outsider))).toMatch(quillon);
    const before = control.room();
    const sent = shownTo(control, outsider, () =>
      control.does('supervisor-1', 'JoinContact', { contact: 'c-new', incident }),
    );
    expect(sent.flatMap(({ shown }) => (isWithheld(shown) ? [] : [shown.type]))).toEqual([]);
    expect(accessChanged(before, control.room(), outsider)).toBe(true);
    const { policy: _, ...room } = visible(control.room(), outsider);
    expect(JSON.stringify(room)).not.toMatch(/zanzibar|c-new|s-new|p-new/i);
  });

  test('what names a call of it and another incident together is of it', () => {
    const control = beside();
    const shown = (): readonly unknown[] => {
      const room = visible(control.room(), outsider);
      return [room.incidents.get('i-open')?.subjects, room.mentions.get('i-open'), room.checksOn.get('i-open')];
    };
    const before = shown();
    const sent = shownTo(control, outsider, () => {
      const both = { contact: 'c-secret', incident: 'i-open' };
      control.does('supervisor-1', 'Mention', { subject: 'h-secret', ...both, role: 'scene' });
      control.does('supervisor-1', 'RequestCheck', {
        check: 'k-both',
        source: 'intelligence',
        subject: 'him',
        ...both,
      });
    });
    expect(sent.filter(({ event, shown: one }) => event.cause === null && !isWithheld(one))).toEqual([]);
    expect(sent.flatMap(({ shown: one }) => leaks(one))).toEqual([]);
    expect(shown()).toEqual(before);
    expect(leaks({ ...visible(control.room(), outsider), policy: null })).toEqual([]);
  });

  test('its handler, on the line with the caller still, goes on and reads it until the call has ended', () => {
    const control = beside();
    const handler: Reader = { staff: 'handler-2' };
    control.call('c-new', { handler: 'handler-2', words: 'zanzibar' });
    control.does('supervisor-1', 'JoinContact', { contact: 'c-new', incident });
    expect(mayRead(control.room(), handler, incident)).toBe(true);
    const told = { contact: 'c-new', words: 'he is coming back' };
    expect(control.does('handler-2', 'RecordStatement', told)).toEqual({ kind: 'done' });
    const before = control.room();
    control.does('handler-2', 'EndContact', { contact: 'c-new' });
    expect(accessChanged(before, control.room(), handler)).toBe(true);
    expect(visible(control.room(), handler).contacts.has('c-new')).toBe(false);
  });

  test.each([
    ['joined into it', 'i-other', incident],
    ['into which it is joined', incident, 'i-other'],
  ])('an incident %s is restricted with it', (_, one, into) => {
    const control = beside();
    control.call('c-other', { handler: 'handler-2', words: 'zanzibar', ends: 'ended' });
    control.opens('i-other', { contact: 'c-other', summary: 'zanzibar', grade: 'priority', by: 'handler-2' });
    const before = control.room();
    const join = { incident: one, into, reason: 'the same event' };
    expect(control.does('fim-1', 'JoinIncidents', join, 'read both')).toEqual({ kind: 'done' });
    expect(accessChanged(before, control.room(), outsider)).toBe(true);
    const { policy: __, ...room } = visible(control.room(), outsider);
    expect(leaks(room)).toEqual([]);
    expect(JSON.stringify(room)).not.toMatch(/zanzibar|c-other|i-other/i);
    const sent = shownTo(control, outsider, () =>
      control.does('fim-1', 'AddEntry', { incident: 'i-other', text: 'zanzibar once more' }),
    );
    expect(sent.filter(({ event, shown }) => event.cause === null && !isWithheld(shown))).toEqual([]);
  });

  test('a call on it that says otherwise opens another incident again, and does not say what was said', () => {
    const control = beside();
    control.does('fim-1', 'AssignUnit', { deployment: 'd1', incident: 'i-open', unit: 'unit-1' });
    control.does('heed', 'MarkArrived', { deployment: 'd1' });
    const seen = { subject: 'line', identified: 'document', apart: true, safe: true };
    control.does('heed', 'RecordResult', { deployment: 'd1', outcome: 'seen', seen: [seen] });
    control.does('fim-1', 'CloseIncident', { incident: 'i-open', code: 'attended', reason: 'seen' }, 'seen and safe');
    control.wait('5 min');
    control.call('c-late', { handler: 'supervisor-1', subjects: { line: [null, 'used'] } });
    control.does('supervisor-1', 'JoinContact', { contact: 'c-late', incident });
    const sent = shownTo(control, outsider, () =>
      control.does('supervisor-1', 'RecordStatement', {
        contact: 'c-late',
        words: 'zanzibar zanzibar he is strangling her',
      }),
    );
    const again = sent.find(({ event }) => event.type === 'IncidentReopened');
    expect(JSON.stringify(again?.event.body)).toMatch(/strangl/);
    expect(again?.shown).toMatchObject({ ids: { incident: 'i-open' }, cause: null, body: { reason: '[restricted]' } });
    const raised = sent.find(
      ({ event }) =>
        (event.body as { readonly safeguard?: string }).safeguard === 'outcome-contradicted' &&
        event.type === 'DutyOpened',
    );
    expect(raised?.shown).toMatchObject({ body: { level: 'alarm', why: { code: 'restricted-match', seqs: [] } } });
    expect(sent.map(({ shown }) => JSON.stringify(shown)).join(' ')).not.toMatch(/strangl|zanzibar/i);
    expect(JSON.stringify({ ...visible(control.room(), outsider), policy: null })).not.toMatch(/zanzibar/i);
    expect(visible(control.room(), outsider).incidents.get('i-open')?.state).toBe('open');
    const more = shownTo(control, outsider, () =>
      control.does('supervisor-1', 'RecordStatement', {
        contact: 'c-late',
        words: 'and she cannot breathe, he has a knife',
      }),
    );
    const joined = more.filter(({ event }) => event.type === 'DutyJoined' && event.ids['incident'] === 'i-open');
    expect(joined.length).toBeGreaterThan(0);
    expect(joined.every(({ shown }) => isWithheld(shown))).toBe(true);
  });
});

describe('off duty', () => {
  test('one is sent whether one is on duty, and has nothing else of the room', () => {
    const control = beside();
    const sent = shownTo(control, { staff: 'handler-2' }, () => {
      control.does('handler-2', 'SignOff', { staff: 'handler-2' });
      control.does('handler-1', 'AddEntry', { incident: 'i-open', text: 'more' });
    });
    expect(sent.filter(({ shown }) => !isWithheld(shown)).map(({ event }) => event.type)).toEqual(['StaffSignedOff']);
    const held = visible(control.room(), { staff: 'handler-2' });
    expect([held.staff.size, held.incidents.size, held.subjects.size, held.policy.id]).toEqual([1, 0, 0, 'none']);
    expect(visible(control.room(), { staff: 'never-heard-of' }).staff.size).toBe(0);
    expect(whyNotRead(control.room(), { staff: 'handler-2' }, 'room')?.code).toBe('not-on-duty');
  });
});

describe('asked for by its number', () => {
  test('it is as little there as one that never was', () => {
    const room = beside().room();
    for (const what of ['i-secret', 'incident:i-secret', 'incident:i-never'])
      expect([what, mayRead(room, reader, what)]).toEqual([what, true]);
    expect(whyNotRead(room, outsider, 'i-secret')).toEqual({
      code: 'incident-unknown',
      says: 'No incident i-secret is known in this room.',
    });
    expect(mayRead(room, outsider, 'contact:c-secret')).toBe(false);
    expect(mayRead(room, outsider, 'i-open')).toBe(true);
    expect(mayRead(room, outsider, 'subject:him')).toBe(true);
  });
});
