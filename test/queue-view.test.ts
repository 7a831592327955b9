import { describe, expect, test } from 'vitest';
import { controlRoom, noon } from './control-room.ts';
import type { ControlRoom } from './control-room.ts';
import { incident } from './hostile.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { queueOf } from '../src/views/queue.ts';

function order(control: ControlRoom, now = noon): readonly string[] {
  return queueOf(control.room(), now).incidents.map((row) => row.incident);
}

describe('the queue', () => {
  test('stands by grade, and among equals by whose time is up first', () => {
    const control = controlRoom(safeguards);
    control.opens('scheduled', { grade: 'scheduled' });
    control.opens('later', { grade: 'emergency' });
    control.doesAt(noon - 60_000, 'handler-1', 'OpenIncident', { incident: 'earlier', kinds: [], summary: 'a' });
    control.does('handler-1', 'SetGrade', { incident: 'earlier', grade: 'emergency', reason: 'as told' });
    expect(order(control)).toEqual(['earlier', 'later', 'scheduled']);
  });

  test('puts what nobody has graded beside the highest grade, never last', () => {
    const control = controlRoom(safeguards);
    control.opens('graded', { grade: 'scheduled' });
    control.opens('ungraded');
    expect(order(control)[0]).toBe('ungraded');
    expect(queueOf(control.room(), noon).incidents[0]).toMatchObject({ grade: null, band: null });
  });

  test('counts a floor as the grade, and still says what people gave', () => {
    const control = incident({ grade: 'scheduled' });
    control.does('handler-1', 'RecordStatement', { contact: 'c1', words: 'he has a knife and says he will kill me' });
    const [row] = queueOf(control.room(), noon).incidents;
    expect(row).toMatchObject({ band: 'emergency', givenGrade: 'scheduled', isLifeAtRisk: true });
    expect(row?.floors.length).toBeGreaterThan(0);
  });

  test('shows how late it is, and no more once somebody is there', () => {
    const control = incident({ grade: 'emergency' });
    control.wait('1 h');
    const late = (): number | undefined => queueOf(control.room(), noon + 3_600_000).incidents[0]?.lateMs;
    expect(late()).toBeGreaterThan(0);
    control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: 'unit-1' });
    control.does('dispatcher-1', 'MarkArrived', { deployment: 'd1' });
    expect(late()).toBe(0);
    expect(queueOf(control.room(), noon).incidents[0]?.units).toEqual([
      { unit: 'unit-1', deployment: 'd1', state: 'arrived' },
    ]);
  });

  test('leaves out what is closed and keeps contacts that came to nothing yet, the emergency calls first', () => {
    const control = incident();
    control.call('web', { channel: 'web-form' });
    control.call('urgent');
    const queue = queueOf(control.room(), noon + 5_000);
    expect(queue.contacts.map((one) => one.contact)).toEqual(['urgent', 'web']);
    expect(queue.contacts[0]).toMatchObject({ ageMs: 5_000, handler: 'handler-1', state: 'answered' });
    expect(queue.seq).toBe(control.room().seq);
  });
});
