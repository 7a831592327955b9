import type { StoredEvent } from '../src/room/define.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import type { Shown } from '../src/views/redact.ts';
import { momentsOf, redact } from '../src/views/redact.ts';
import type { Reader } from '../src/views/reader.ts';
import { controlRoom } from './control-room.ts';
import type { ControlRoom } from './control-room.ts';
import { idsStandingIn } from './restricted-nights.ts';

/** Somebody on duty who may not read what is restricted, and somebody who may. */
export const outsider: Reader = { staff: 'dispatcher-1' };
export const reader: Reader = { staff: 'supervisor-1' };
export const incident = 'i-secret';

const home = { kind: 'place', premises: '7', street: 'Quillon Street', town: 'Eastbury' } as const;
const phone = { kind: 'phone', number: '07700900555' } as const;

/** Words and ids that stand in the restricted incident alone. */
const secretWords = /quillon|canary/i;
export const secretIds = new Set(['i-secret', 'c-secret', 's-secret', 'd-secret', 'k-secret', 't-secret', 'm-secret']);

/**
 * A restricted incident with everything in it that one can have, and beside it a call and an incident of anybody's
 * about the same man and the same number.
 */
export function beside(): ControlRoom {
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
export function shownTo(
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

/** Every secret id and word that stands in a value. */
export function leaks(value: unknown): readonly string[] {
  const text = JSON.stringify(value);
  return [...idsStandingIn(text, secretIds), ...(secretWords.exec(text) ?? [])];
}

/** Gives commands that must be done, one after the other. */
export function doesAll(control: ControlRoom, all: readonly (readonly [string, string, unknown])[]): void {
  for (const [who, type, data] of all) {
    const outcome = control.does(who, type, data, 'canary override');
    if (outcome.kind !== 'done') throw new Error(`${type} was refused: ${JSON.stringify(outcome)}`);
  }
}
