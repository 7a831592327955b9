import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoredEvent } from '../src/room/define.ts';
import { evolve } from '../src/room/fold.ts';
import { mayReadIncident } from '../src/room/restriction.ts';
import type { Room } from '../src/room/room.ts';
import { emptyRoom } from '../src/room/room.ts';
import { eventDefinitions } from '../src/room/vocabulary.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { accessChanged, hiddenIncidents } from '../src/views/reader.ts';
import type { Reader } from '../src/views/reader.ts';
import type { Moment, Shown } from '../src/views/redact.ts';
import { evolveShown, isWithheld, momentsOf, redact } from '../src/views/redact.ts';
import { visible } from '../src/views/visible.ts';
import { arbitraryOf } from './arbitrary.ts';
import { nationalPolicy, noon } from './control-room.ts';
import { machine, night, nights } from './nights.ts';
import type { Gone } from './restricted-nights.ts';
import { canariesIn, changingNights, idsStandingIn, played, secretIds, steadyNights } from './restricted-nights.ts';
import { propertySettings } from './runs.ts';

const named = (...people: readonly string[]): readonly Reader[] => people.map((staff) => ({ staff }));
const outsiders = named('dispatcher-1', 'supervisor-2', 'constable-1', 'owner-1');
const everybody = [
  ...outsiders,
  ...named('handler-1', 'handler-2', 'supervisor-1', 'fim-1', 'specialist-1', 'on-call-superintendent', 'nobody'),
];

function eventsOf(gone: Gone): readonly StoredEvent[] {
  return gone.batches.flatMap((one) => one.events);
}

/** The words said in events that name something secret, and in no other. */
function secretWords(events: readonly StoredEvent[], ids: ReadonlySet<string>): ReadonlySet<string> {
  const told = new Set<string>();
  const open = new Set<string>();
  for (const { cause, ids: header, body } of events) {
    if (cause !== null) continue;
    const isSecret = idsStandingIn(JSON.stringify([header, body]), ids).length > 0;
    for (const word of canariesIn(body)) (isSecret ? told : open).add(word);
  }
  return new Set([...told].filter((word) => !open.has(word)));
}

/** Every secret id and word that stands in a room; its policy, which is long, is everybody's. */
function leaks({ policy: _, ...room }: Room, ids: ReadonlySet<string>, words: ReadonlySet<string>): readonly string[] {
  return [...idsStandingIn(JSON.stringify(room), ids), ...[...canariesIn(room)].filter((one) => words.has(one))];
}

function momentsIn(gone: Gone): readonly Moment[] {
  return gone.batches.flatMap((batch) => momentsOf(batch, batch.events));
}

/** What a console does: it starts from what it may see, folds what it is sent, and starts anew when access changes. */
function consoleOf(
  moments: readonly Moment[],
  reader: Reader,
  look?: (held: Room, moment: Moment, shown: Shown) => void,
): Room {
  const [first] = moments;
  if (first === undefined) throw new Error('a night without an event');
  let held = visible(first.before, reader);
  for (const moment of moments) {
    const shown = redact(moment.event, moment, reader);
    held = accessChanged(moment.before, moment.after, reader)
      ? visible(moment.after, reader)
      : evolveShown(held, shown);
    look?.(held, moment, shown);
  }
  return held;
}

describe('to somebody outside a restricted incident', () => {
  test('no event that is sent and no room that is loaded holds an id or a word of it', () => {
    fc.assert(
      fc.property(steadyNights, (commands) => {
        const gone = played(commands);
        const events = eventsOf(gone);
        const ids = secretIds(gone.room, events);
        const words = secretWords(events, ids);
        // What is open now and joined to it later in the night was told to everybody until then.
        const always = new Set([...ids].filter((id) => !/^[ic][13]$/.test(id)));
        const moments = momentsIn(gone);
        const from = moments.findIndex(({ event }) => event.type === 'IncidentRestricted');
        for (const reader of outsiders) {
          const held = consoleOf(moments.slice(from), reader, (_, { event }, shown) =>
            expect([event.type, idsStandingIn(JSON.stringify(shown), always)]).toEqual([event.type, []]),
          );
          expect(leaks(held, ids, words)).toEqual([]);
          expect(leaks(visible(gone.room, reader), ids, words)).toEqual([]);
        }
      }),
      propertySettings(25),
    );
  });

  test('nor of any of them, whoever it is, as people are let in and turned away and incidents restricted', () => {
    fc.assert(
      fc.property(changingNights, (commands) => {
        const gone = played(commands);
        const events = eventsOf(gone);
        const moments = momentsIn(gone);
        for (const reader of everybody) {
          const held = consoleOf(moments, reader);
          const ids = secretIds(gone.room, events, hiddenIncidents(gone.room, reader));
          const words = secretWords(events, ids);
          expect([reader, leaks(held, ids, words)]).toEqual([reader, []]);
          expect([reader, leaks(visible(gone.room, reader), ids, words)]).toEqual([reader, []]);
        }
      }),
      propertySettings(15),
    );
  });
});

/** Parts of a room that are no part of what is seen: times and places in the log, and indexes of what is hidden. */
const unseen: readonly (keyof Room)[] = ['now', 'agenda', 'seqsOn', 'belongings'];

function seen(room: Room): unknown {
  const plain = JSON.parse(JSON.stringify({ ...room, policy: null })) as Record<string, unknown>;
  for (const field of unseen) delete plain[field];
  const duties = plain['duties'] as Record<
    string,
    { why: { code: string }[]; count: number; asks: unknown; key: string }
  >;
  for (const duty of Object.values(duties)) {
    if (!duty.why.some((why) => why.code === 'restricted-match')) continue;
    // That something restricted matches is said once; what is joined to it after that is part of what is hidden.
    duty.why = duty.why.filter((why) => why.code !== 'restricted-match');
    Object.assign(duty, { count: 0, asks: [], key: '' });
  }
  return plain;
}

describe('a console that folds what it is sent', () => {
  test('holds after every command just what it would be given then, whoever it is and whatever changed', () => {
    fc.assert(
      fc.property(changingNights, (commands) => {
        const gone = played(commands);
        const last = new Set(gone.batches.map((batch) => batch.events.at(-1)?.seq ?? 0).filter((seq) => seq % 5 === 0));
        for (const reader of named('dispatcher-1', 'handler-1', 'supervisor-1')) {
          const pairs: (readonly [held: Room, given: Room])[] = [];
          consoleOf(momentsIn(gone), reader, (held, { event, after }) => {
            if (last.has(event.seq)) pairs.push([held, visible(after, reader)]);
          });
          for (const [held, given] of pairs) expect(seen(held)).toEqual(seen(given));
        }
      }),
      propertySettings(10),
    );
  });

  test('has everything that is not restricted just as the room has it', () => {
    fc.assert(
      fc.property(steadyNights, (commands) => {
        const gone = played(commands);
        const ids = secretIds(gone.room, eventsOf(gone));
        const shown = visible(gone.room, { staff: 'dispatcher-1' });
        const open = [...gone.room.incidents.keys()].filter((id) => !ids.has(id));
        expect([...shown.incidents.keys()]).toEqual(open);
        // One in which something of the restricted incident was named, or that rests on it, is shown without that.
        const mixed = new Set(
          eventsOf(gone)
            .filter((event) => idsStandingIn(JSON.stringify(event.ids), ids).length > 0)
            .map((event) => event.ids['incident']),
        );
        const apart = open.filter(
          (id) => !mixed.has(id) && !JSON.stringify(shown.incidents.get(id)).includes('restricted'),
        );
        for (const id of apart) {
          expect(shown.incidents.get(id)).toEqual(gone.room.incidents.get(id));
          expect(shown.dutiesOn.get(id)).toEqual(gone.room.dutiesOn.get(id));
        }
      }),
      propertySettings(25),
    );
  });
});

describe('access', () => {
  test('counts from the very event that gives or takes it', () => {
    fc.assert(
      fc.property(changingNights, (commands) => {
        const moments = momentsIn(played(commands));
        const wrong: unknown[] = [];
        for (const reader of everybody)
          consoleOf(moments, reader, (held, { event, after }, shown) => {
            const { incident } = event.ids;
            if (incident === undefined || !after.incidents.has(incident)) return;
            const may = mayReadIncident(after, reader.staff, incident);
            const isTold = !isWithheld(shown) && shown.type !== 'UnitStatusSet';
            if ((isTold && !may) || held.incidents.has(incident) !== may) wrong.push([reader, event, may, isTold]);
          });
        expect(wrong).toEqual([]);
      }),
      propertySettings(10),
    );
  });

  test('is nobody’s to lose where nothing is restricted: every event and the room itself are as they are', () => {
    fc.assert(
      fc.property(nights, (commands) => {
        night(
          commands.filter((one) => one.type !== 'RestrictIncident'),
          safeguards,
          ({ before, room, events }) => {
            for (const moment of momentsOf({ before, after: room }, events))
              expect(redact(moment.event, moment, { staff: 'on-call-superintendent' })).toBe(moment.event);
            expect(visible(room, { staff: 'on-call-superintendent' })).toBe(room);
          },
        );
      }),
      propertySettings(10),
    );
  });
});

const anyEvent = fc.constantFrom(...eventDefinitions.keys(), 'IncidentRestricted', 'IncidentsJoined').chain((type) => {
  const definition = eventDefinitions.get(type);
  if (definition === undefined || type === 'PolicyAdopted')
    return fc.constant({ type: 'NotOfThisVersion', ids: { incident: 'i1' }, body: { x: 'i2' } });
  return fc.record({
    type: fc.constant(type),
    ids: arbitraryOf(definition.ids),
    body: fc.oneof({ weight: 9, arbitrary: arbitraryOf(definition.body) }, { weight: 1, arbitrary: fc.constant(null) }),
  });
});

describe('a log that no room would have made', () => {
  test('is folded, redacted and folded again without a fault, unknown ids and erased bodies included', () => {
    const { policy } = nationalPolicy();
    const opening = [
      { type: 'PolicyAdopted', ids: {}, body: { digest: 'test', text: policy } },
      { type: 'StaffEnrolled', ids: { staff: 'handler-1' }, body: { role: 'handler' } },
      { type: 'StaffSignedOn', ids: { staff: 'handler-1' }, body: { position: 'desk', role: 'handler' } },
      { type: 'IncidentOpened', ids: { incident: 'i1' }, body: { kinds: [], summary: 'secret', readings: [] } },
      { type: 'IncidentRestricted', ids: { incident: 'i1' }, body: { readers: [], desk: 'fim', reason: 'so' } },
    ];
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (drafts) => {
        let room = emptyRoom('room-1', 'replay');
        let held = room;
        const reader = { staff: 'handler-1' };
        for (const [place, draft] of [...opening, ...drafts].entries()) {
          const event: StoredEvent = {
            seq: place + 1,
            room: 'room-1',
            at: noon + place,
            recordedAt: noon + place,
            actor: machine,
            second: null,
            scope: 'room',
            version: 1,
            cause: place,
            command: 'command-1',
            ...(draft as { type: string; ids: Record<string, string>; body: unknown }),
          };
          const before = room;
          room = evolve(before, event);
          held = evolveShown(held, redact(event, { before, after: room }, reader));
          expect([held.seq, (place % 10 === 9 ? visible(room, reader) : room).seq]).toEqual([event.seq, event.seq]);
        }
      }),
      propertySettings(100),
    );
  });
});
