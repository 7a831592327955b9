import { describe, expect, test } from 'vitest';
import { isWithheld } from '../src/views/redact.ts';
import type { Reader } from '../src/views/reader.ts';
import { accessChanged, mayRead, whyNotRead } from '../src/views/reader.ts';
import { visible } from '../src/views/visible.ts';
import { beside, incident, leaks, outsider, reader, shownTo } from './restricted-room.ts';

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
