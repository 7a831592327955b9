import { expect, test } from 'vitest';
import { controlRoom } from '../../test/control-room.ts';
import { mayNotEnter } from './entry.ts';

const room = controlRoom([]).room();
const staff = (id: string) => ({ kind: 'staff', id }) as const;

test('whoever is enrolled may enter, on duty or not', () => {
  expect(mayNotEnter(room, { actor: staff('handler-1'), roles: null })).toBeNull();
});

test.each(['nobody', 'HANDLER-1', '', '__proto__', 'on-call-superintendent'])('"%s" is not enrolled', (id) => {
  expect(mayNotEnter(room, { actor: staff(id), roles: null })?.code).toBe('not-enrolled');
});

test('a directory that is asked about roles can take away and never give', () => {
  expect(mayNotEnter(room, { actor: staff('handler-1'), roles: ['handler'] })).toBeNull();
  expect(mayNotEnter(room, { actor: staff('handler-1'), roles: ['supervisor'] })?.code).toBe('role-not-vouched-for');
  expect(mayNotEnter(room, { actor: staff('handler-1'), roles: [] })?.code).toBe('role-not-vouched-for');
  expect(mayNotEnter(room, { actor: staff('nobody'), roles: ['supervisor'] })?.code).toBe('not-enrolled');
});

test('a machine that has proved which it is may enter, and the opening of a world never', () => {
  expect(mayNotEnter(room, { actor: { kind: 'machine', id: 'telephony' }, roles: null })).toBeNull();
  expect(mayNotEnter(room, { actor: { kind: 'world', id: 'world' }, roles: null })?.code).toBe('nobody');
});
