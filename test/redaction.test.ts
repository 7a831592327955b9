import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoredEvent } from '../src/room/define.ts';
import type { Room } from '../src/room/room.ts';
import { accessChanged, hiddenIncidents, mayRead } from '../src/views/reader.ts';
import type { Reader } from '../src/views/reader.ts';
import type { Shown } from '../src/views/redact.ts';
import { evolveShown, isWithheld, momentsOf, redact } from '../src/views/redact.ts';
import { visible } from '../src/views/visible.ts';
import { canariesIn, changingNights, idsStandingIn, played, secretIds, steadyNights } from './restricted-nights.ts';
import type { Gone } from './restricted-nights.ts';
import { propertySettings } from './runs.ts';

const outsiders: readonly Reader[] = ['dispatcher-1', 'supervisor-2', 'constable-1'].map((staff) => ({ staff }));
const readers: readonly Reader[] = ['supervisor-1', 'specialist-1', 'on-call-superintendent'].map((staff) => ({ staff }));
const everybody: readonly Reader[] = [...outsiders, ...readers, ...['handler-1', 'handler-2', 'fim-1'].map((staff) => ({ staff }))];

/** Words that stand in no event that can be told from its own text to be about anything else. */
function secretWords(events: readonly StoredEvent[], ids: ReadonlySet<string>): ReadonlySet<string> {
  const open = new Set<string>();
  const told = new Set<string>();
  for (const event of events) {
    if (event.cause !== null) continue;
    const isSecret = idsStandingIn(JSON.stringify([event.ids, event.body]), ids).length > 0;
    for (const canary of canariesIn(event.body)) (isSecret ? told : open).add(canary);
  }
  return new Set([...told].filter((canary) => !open.has(canary)));
}

function eventsOf(gone: Gone): readonly StoredEvent[] {
  return gone.batches.flatMap((one) => one.events);
}

/** What leaks of secret ids and words into a value, as lines to compare with none. */
function leaks(value: unknown, ids: ReadonlySet<string>, words: ReadonlySet<string>): readonly string[] {
  const text = JSON.stringify(value);
  return [...idsStandingIn(text, ids), ...[...canariesIn(value)].filter((one) => words.has(one))];
}

/** A console: it starts from what it may see, folds what it is sent, and starts again when access changes. */
function console(gone: Gone, reader: Reader, look: (held: Room, after: Room, shown: Shown, isFresh: boolean) => void): Room {
  const [first] = gone.batches;
  if (first === undefined) throw new Error('a night without a command');
  let held = visible(first.before, reader);
  for (const batch of gone.batches)
    for (const { event, before, after } of momentsOf(batch, batch.events)) {
      const shown = redact(event, { before, after }, reader);
      const isFresh = accessChanged(before, after, reader);
      held = isFresh ? visible(after, reader) : evolveShown(held, shown);
      look(held, after, shown, isFresh);
    }
  return held;
}

describe('whatever happens on a night, to somebody outside a restricted incident', () => {
  test('no event and no room ever holds an id or a word of it', () => {
    fc.assert(
      fc.property(steadyNights, (commands) => {
        const gone = played(commands);
        const events = eventsOf(gone);
        const ids = secretIds(gone.room, events);
        const words = secretWords(events, ids);
        for (const reader of outsiders) {
          const sent: Shown[] = [];
          const held = console(gone, reader, (_held, _after, shown) => sent.push(shown));
          const born = new Set([...ids].filter((id) => ['i2', 'c2'].includes(id) || !/^[ic]\d$/.test(id)));
          for (const shown of sent)
            expect([shown, leaks(shown, born, bornSecret(words, events))]).toEqual([shown, []]);
          expect(leaks(visible(gone.room, reader), ids, words)).toEqual([]);
          expect(leaks(held, ids, words)).toEqual([]);
        }
      }),
      propertySettings(25),
    );
  });
});

/** Of the words that are secret in the end, those that were so when they were said. */
function bornSecret(words: ReadonlySet<string>, events: readonly StoredEvent[]): ReadonlySet<string> {
  const early = new Set(['i2', 'c2']);
  const open = new Set<string>();
  for (const event of events) {
    if (event.cause !== null) continue;
    const { incident, contact } = event.ids;
    if (!early.has(incident ?? '') && !early.has(contact ?? '') && incident !== undefined)
      for (const canary of canariesIn(event.body)) open.add(canary);
    if (contact !== undefined && !early.has(contact)) for (const canary of canariesIn(event.body)) open.add(canary);
  }
  return new Set([...words].filter((one) => !open.has(one)));
}

export { changingNights, everybody, hiddenIncidents, isWithheld, mayRead, readers };
