import { describe, expect, test } from 'vitest';
import { controlRoom, noon } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { fold } from '../room/fold.ts';
import { emptyRoom } from '../room/room.ts';
import { memorySource } from './memory.ts';
import { recordsAfter } from './records.ts';
import type { SourceRecord } from './source.ts';

const anna = { kind: 'person', name: 'Anna Quill', born: '1984-03-07' };
const number = { kind: 'phone', number: '07700 900123' };

/** What is on record once everything has happened, command by command. */
function onRecord(control: ControlRoom): ReadonlyMap<string, SourceRecord> {
  const held = new Map<string, SourceRecord>();
  let room = emptyRoom('room', 'replay');
  for (const command of new Set(control.events().map((event) => event.command))) {
    const events = control.events().filter((event) => event.command === command);
    room = fold(room, events);
    for (const change of events.flatMap((event) => recordsAfter(room, event)))
      if (change.kind === 'kept') held.set(change.record.id, change.record);
      else held.delete(change.record.id);
  }
  return held;
}

describe('the force’s own history keeps', () => {
  test('an incident with everybody in it, what it tells of and when it was first received', () => {
    const room = controlRoom([]);
    room.call('c1', { words: 'he has got a knife', subjects: { her: [anna, 'victim'], phone: [number, 'used'] } });
    room.opens('i1', { contact: 'c1', kinds: ['domestic'], summary: 'man with a knife' });
    const kept = onRecord(room).get('i1');
    expect(kept).toMatchObject({ kind: 'incident', names: [anna, number], subjects: ['her', 'phone'] });
    expect(kept?.signs).toEqual(['domestic', 'danger', 'weapon']);
    expect(kept?.says).toBe('man with a knife');
    expect(kept?.when).toBe(room.room().incidents.get('i1')?.receivedAt);
  });

  test('a contact without an incident that tells of danger, until it comes to an incident', () => {
    const room = controlRoom([]);
    room.call('c1', { words: 'he has got a knife', subjects: { phone: [number, 'used'] } });
    expect(onRecord(room).get('c1')).toMatchObject({
      kind: 'contact',
      names: [number],
      says: 'Contact by 999 without an incident: he has got a knife',
    });
    room.opens('i1', { contact: 'c1', kinds: [], summary: 'man with a knife' });
    expect([...onRecord(room).keys()]).toEqual(['i1']);
  });

  test('a contact that broke off, whatever was said', () => {
    const room = controlRoom([]);
    room.call('c1', { words: 'hello, is that the police', subjects: { phone: [number, 'used'] } });
    room.does('heed', 'EndContact', { contact: 'c1', ending: 'cut-off' });
    expect(onRecord(room).get('c1')?.says).toBe(
      'Contact by 999 without an incident, cut off: hello, is that the police',
    );
  });

  test('no routine contact, and no incident that was dealt with as it was opened and tells of no danger', () => {
    const room = controlRoom([]);
    room.call('c1', { words: 'I lost my umbrella', subjects: { phone: [number, 'used'] }, ends: 'ended' });
    room.call('c2', { words: 'a parcel is gone', subjects: { phone: [number, 'used'] } });
    room.opens('i2', { contact: 'c2', kinds: ['theft'], summary: 'parcel', grade: 'resolution' });
    expect([...onRecord(room).keys()]).toEqual([]);
    room.does('handler-1', 'AddEntry', { incident: 'i2', text: 'the neighbour has it', source: 'handler' });
    expect([...onRecord(room).keys()]).toEqual(['i2']);
  });

  test('a marker with whom it is on, and that it was removed', () => {
    const room = controlRoom([]);
    room.does('heed', 'RecordSubject', { subject: 'her', identity: anna });
    const marker = { marker: 'm1', subject: 'her', kind: 'violent', reason: 'hit an officer', owner: 'supervisor-1' };
    room.does('supervisor-1', 'SetMarker', marker);
    const kept = onRecord(room).get('m1');
    expect(kept).toMatchObject({ kind: 'marker', names: [anna], subjects: ['her'], signs: [] });
    expect(kept?.says).toMatch(/: hit an officer$/);
  });

  test('an order with whom it binds and whom it protects, its terms and its breaches', () => {
    const room = controlRoom([]);
    room.does('heed', 'RecordSubject', { subject: 'her', identity: anna });
    room.does('heed', 'RecordSubject', { subject: 'him', identity: { kind: 'person', name: 'Omar Sarrani' } });
    const order = { order: 'o1', kind: 'non-molestation', respondent: 'him', protects: ['her'], madeAt: noon - 1_000 };
    room.does('supervisor-1', 'RecordOrder', { ...order, terms: ['not to go to Mill Lane'], service: 'served' });
    expect(onRecord(room).get('o1')).toMatchObject({ kind: 'order', subjects: ['him', 'her'], signs: [] });
    expect(onRecord(room).get('o1')?.says).toMatch(/, service served: not to go to Mill Lane$/);
    room.does('handler-1', 'ReportBreach', { breach: 'b1', order: 'o1', says: 'he was there' });
    expect(onRecord(room).get('o1')?.signs).toEqual(['order-breach']);
  });

  test('nothing that a database could not hold', () => {
    const room = controlRoom([]);
    const words = `he has got a knife \0 ${'\u{1F6A8}'.repeat(1_200)}`;
    room.call('c1', { words, subjects: { phone: [number, 'used'] } });
    const says = onRecord(room).get('c1')?.says ?? '';
    expect(says).toContain('knife \uFFFD');
    expect(says.length).toBeLessThanOrEqual(2_000);
    expect(says).not.toMatch(/[\p{Cs}\0]/u);
  });
});

test('a record that is told again is found by what it names now, and no longer by what it named before', () => {
  const kept: SourceRecord = {
    id: 'i1',
    kind: 'incident',
    when: 1,
    names: [{ kind: 'place', premises: '14', street: 'Mill Lane' }],
    subjects: [],
    signs: [],
    says: 'first',
  };
  const source = memorySource({ id: 'own-history', records: [kept] });
  source.remember({ ...kept, names: [{ kind: 'phone', number: '07700 900123' }] });
  const question = { subject: 'new', beside: [], apartFrom: [], at: 2 };
  expect(source.ask({ ...question, identity: { kind: 'place', street: 'Mill Lane' } }).result).toBe('no-trace');
  expect(source.ask({ ...question, identity: { kind: 'phone', number: '+447700900123' } }).result).toBe('found');
});
