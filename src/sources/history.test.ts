import { describe, expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import type { ControlRoom } from '../../test/control-room.ts';
import { questionOf } from './history.ts';
import type { Question } from './source.ts';

const anna = { kind: 'person', name: 'Anna Quill', born: '1984-03-07' };
const number = { kind: 'phone', number: '07700 900123' };

function asked(room: ControlRoom, ids: Readonly<Record<string, string>>): Question | null {
  return questionOf(room.room(), { ids }, room.room().now);
}

describe('a question', () => {
  test('is about the subject as it is known now, with what stands beside it in the same matter', () => {
    const room = controlRoom([]);
    room.call('c1', { subjects: { her: [anna, 'victim'], phone: [number, 'used'] } });
    expect(asked(room, { subject: 'phone', contact: 'c1' })).toMatchObject({
      subject: 'phone',
      identity: number,
      beside: [anna],
      at: room.room().now,
    });
    expect(asked(room, { subject: 'nobody', contact: 'c1' })).toBeNull();
  });

  test('is never answered with the matter in hand: the contact, its incident, what was joined with it', () => {
    const room = controlRoom([]);
    room.call('c1', { subjects: { phone: [number, 'used'] } });
    room.call('c2', { subjects: { other: [anna, 'caller'] } });
    room.opens('i1', { contact: 'c1' });
    room.opens('i2', { contact: 'c2' });
    room.does('dispatcher-1', 'JoinIncidents', { incident: 'i2', into: 'i1', reason: 'one event' });
    expect(new Set(asked(room, { subject: 'phone', contact: 'c1' })?.apartFrom)).toEqual(
      new Set(['c1', 'c2', 'i1', 'i2']),
    );
  });

  test('is for what likeness finds: what the room shows of the very same by itself is left out', () => {
    const room = controlRoom([]);
    room.does('heed', 'RecordSubject', { subject: 'her', identity: anna });
    const marker = { marker: 'm1', subject: 'her', kind: 'violent', reason: 'hit an officer', owner: 'supervisor-1' };
    room.does('supervisor-1', 'SetMarker', marker);
    room.call('c1', { subjects: { same: [number, 'used'] }, ends: 'cut-off' });
    room.call('c2', { subjects: { phone: [number, 'used'], again: [anna, 'caller'] } });
    expect(new Set(asked(room, { subject: 'phone', contact: 'c2' })?.apartFrom)).toEqual(new Set(['c2', 'c1']));
    expect(new Set(asked(room, { subject: 'again', contact: 'c2' })?.apartFrom)).toEqual(new Set(['c2', 'm1']));
  });

  test('is asked of a scene where a location of its matter is vouched for, and not where a telephone is', () => {
    const fix = { kind: 'point', latitude: 52.2, longitude: -1, radiusM: 5 };
    const scene = { kind: 'place', premises: '14', street: 'Mill Lane' } as const;
    const room = controlRoom([]);
    room.call('c1', { subjects: { home: [scene, 'scene'] } });
    const positionAsked = (): unknown => asked(room, { subject: 'home', contact: 'c1' })?.identity;
    const tells = (location: string, more: object): void => {
      room.does('handler-1', 'RecordLocation', { location, contact: 'c1', fix, source: 'caller', ...more });
    };
    tells('l1', {});
    expect(positionAsked()).toEqual(scene);
    tells('l2', { source: 'gazetteer' });
    tells('l3', { fix: { ...fix, latitude: 53 } });
    expect(positionAsked()).toEqual({ ...scene, position: { latitude: 52.2, longitude: -1, radiusM: 5 } });
    room.does('handler-1', 'Mention', {
      subject: 'other',
      identity: { ...scene, premises: '90' },
      contact: 'c1',
      role: 'scene',
    });
    expect(positionAsked()).toEqual(scene);
  });
});
