import fc from 'fast-check';
import { is } from 'immutable';
import { describe, expect, test } from 'vitest';
import { isServed } from '../src/room/deployment.ts';
import { resolveOwner } from '../src/room/duty.ts';
import { effectiveGrade, targetAt } from '../src/room/grade.ts';
import { gradeRank } from '../src/room/policy.ts';
import type { Room } from '../src/room/room.ts';
import { emptyRoom } from '../src/room/room.ts';
import { catalogueOf } from '../src/room/safeguard.ts';
import type { Safeguard } from '../src/room/safeguard.ts';
import { nextDue, step } from '../src/room/step.ts';
import type { Command, Stepped } from '../src/room/step.ts';
import { fold } from '../src/room/fold.ts';
import type { Actor, StoredEvent } from '../src/room/define.ts';
import { commandSchemas, eventDefinitions, stakeOf } from '../src/room/vocabulary.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { arbitraryOf } from './arbitrary.ts';
import { nationalPolicy, noon, people } from './control-room.ts';
import { propertySettings } from './runs.ts';

const notGiven = new Set(['AdoptPolicy', 'Recall', 'ArchiveIncident']);
const who: readonly Actor[] = [...Object.keys(people), 'nobody'].map((id) => ({ kind: 'staff', id }));
const machine: Actor = { kind: 'machine', id: 'telephony' };

interface Given {
  readonly type: string;
  readonly data: unknown;
  readonly actor: Actor;
  readonly gapMs: number;
  readonly override: string | undefined;
}

const given: fc.Arbitrary<Given> = fc
  .constantFrom('PassTime', ...[...commandSchemas.keys()].filter((type) => !notGiven.has(type)))
  .chain((type) => {
    const schema = commandSchemas.get(type);
    return fc.record({
      type: fc.constant(type),
      data: schema === undefined ? fc.constant({}) : arbitraryOf(schema),
      actor: fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom(...who) },
        { weight: 1, arbitrary: fc.constant(machine) },
      ),
      gapMs: fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 0, max: 60_000 }) },
        { weight: 2, arbitrary: fc.integer({ min: 0, max: 7_200_000 }) },
      ),
      override: fc.option(fc.constant('for this reason'), { nil: undefined, freq: 6 }),
    });
  });

/** A beginning that lets most commands find what they name. */
const opening: readonly Given[] = [
  ...['c1', 'c2'].flatMap((contact) => [
    { type: 'PresentContact', data: { contact, channel: '999' }, actor: machine, gapMs: 0, override: undefined },
    {
      type: 'AnswerContact',
      data: { contact },
      actor: { kind: 'staff', id: 'handler-1' },
      gapMs: 0,
      override: undefined,
    } as Given,
  ]),
  ...['s1', 's2', 's3'].map(
    (subject, n): Given => ({
      type: 'Mention',
      data: {
        subject,
        identity: { kind: 'person', name: `Person ${n}` },
        contact: 'c1',
        role: n === 0 ? 'suspect' : 'victim',
      },
      actor: machine,
      gapMs: 0,
      override: undefined,
    }),
  ),
  {
    type: 'Mention',
    data: { subject: 's4', identity: { kind: 'phone', number: '07700900123' }, contact: 'c1', role: 'used' },
    actor: machine,
    gapMs: 0,
    override: undefined,
  },
  {
    type: 'OpenIncident',
    data: { incident: 'i1', contact: 'c1', kinds: [], summary: 'report' },
    actor: { kind: 'staff', id: 'handler-1' },
    gapMs: 0,
    override: undefined,
  },
  {
    type: 'SetGrade',
    data: { incident: 'i1', grade: 'priority', reason: 'as reported' },
    actor: { kind: 'staff', id: 'handler-1' },
    gapMs: 0,
    override: undefined,
  },
  {
    type: 'AssignUnit',
    data: { deployment: 'deployment-1', incident: 'i1', unit: 'unit-1' },
    actor: { kind: 'staff', id: 'dispatcher-1' },
    gapMs: 0,
    override: undefined,
  },
];

const nights = fc.array(given, { minLength: 5, maxLength: 60 }).map((rest) => [...opening, ...rest]);

interface Taken extends Stepped {
  readonly before: Room;
  readonly command: Command;
}

/** Gives a night's commands to a staffed room; the look is taken after every one. */
function night(
  commands: readonly Given[],
  catalogueSafeguards: readonly Safeguard[],
  look: (taken: Taken) => void,
): { room: Room; events: readonly StoredEvent[] } {
  const { policy, reader } = nationalPolicy();
  const catalogue = catalogueOf(catalogueSafeguards, (text) => reader.read(text));
  const events: StoredEvent[] = [];
  let room = emptyRoom('room-1', 'replay');
  let now = noon;
  let count = 0;
  const give = (type: string, data: unknown, actor: Actor, override?: string): void => {
    count += 1;
    const command: Command = {
      id: `command-${count}`,
      type,
      data,
      actor,
      at: now,
      ...(override === undefined ? {} : { override }),
    };
    const before = room;
    const stepped = step(room, command, { now, catalogue });
    room = stepped.room;
    events.push(...stepped.events);
    if (actor.kind !== 'world') look({ ...stepped, before, command });
  };
  const world: Actor = { kind: 'world', id: 'world' };
  give('AdoptPolicy', { digest: 'test', text: policy }, world);
  for (const [staff, role] of Object.entries(people)) {
    give('EnrolStaff', { staff, role }, world);
    give('SignOn', { staff, position: `desk-${staff}` }, world);
  }
  for (const unit of ['unit-1', 'unit-2', 'unit-3'])
    give('EnrolUnit', { unit, skills: [], status: 'available' }, world);
  for (const one of commands) {
    now += one.gapMs;
    give(one.type, one.data, one.actor, one.override);
  }
  return { room, events };
}

/** Holds for every night that fast-check thinks of. */
function always(look: (taken: Taken) => void, list: readonly Safeguard[] = safeguards): void {
  fc.assert(
    fc.property(nights, (commands) => {
      night(commands, list, look);
    }),
    propertySettings(40),
  );
}

describe('whatever is commanded, in whatever order', () => {
  test('every duty that was opened is open or was met by an event', () => {
    fc.assert(
      fc.property(nights, (commands) => {
        const { room, events } = night(commands, safeguards, () => {});
        const met = new Set(events.filter((event) => event.type === 'DutyMet').map((event) => event.ids['duty']));
        const opened = events.filter((event) => event.type === 'DutyOpened').map((event) => event.ids['duty'] ?? '');
        expect(opened.filter((duty) => !met.has(duty)).toSorted()).toEqual([...room.duties.keys()].toSorted());
      }),
      propertySettings(40),
    );
  });

  test('a grade that counts goes down only by the decision of a named person on duty', () => {
    always(({ before, room, events, command }) => {
      for (const incident of before.incidents.values()) {
        const after = room.incidents.get(incident.id);
        if (after === undefined) continue;
        const from = gradeRank(before.policy, effectiveGrade(before, incident)?.id ?? null);
        const to = gradeRank(room.policy, effectiveGrade(room, after)?.id ?? null);
        if (to <= from) continue;
        expect(command.actor.kind).toBe('staff');
        expect(
          events.some((event) => ['GradeSet', 'FloorLifted'].includes(event.type) && event.actor.kind === 'staff'),
        ).toBe(true);
      }
    });
  });

  test('nothing is lowered by a machine, or by somebody who is not there', () => {
    always(({ before, command, outcome }) => {
      const asked = { ...command, now: before.now, approval: null, override: null, read: () => [] };
      if (command.type === 'PassTime' || stakeOf(before, asked) !== 'lowers' || outcome.kind !== 'done') return;
      expect(command.actor.kind).toBe('staff');
      expect(before.staff.get(command.actor.id)?.state).toBe('on');
    });
  });

  test('an incident is closed only where no gate stands, or where the override is on record', () => {
    always(({ before, events, command }) => {
      if (!events.some((event) => event.type === 'IncidentClosed') || command.type !== 'CloseIncident') return;
      const { reader } = nationalPolicy();
      const asked = {
        ...command,
        now: before.now,
        approval: null,
        override: null,
        read: (text: string) => reader.read(text),
      };
      const gates = safeguards
        .filter((one) => one.on.includes('CloseIncident'))
        .flatMap((one) => one.gate?.(asked as never, before) ?? []);
      const isOverridden = events.some((event) => event.type === 'GateOverridden');
      expect(gates.length === 0 || isOverridden).toBe(true);
    });
  });

  test('nobody is both the proposer and the second person', () => {
    always(({ before, events }) => {
      for (const event of events)
        if (event.type === 'DecisionApproved')
          expect(event.actor.id).not.toBe(before.proposals.get(event.ids['decision'] ?? '')?.by);
    });
  });

  test('an incident that a unit leaves is served, was attended with a result, or somebody has a duty', () => {
    always(({ room, events }) => {
      for (const event of events) {
        if (event.type !== 'UnitDiverted' && event.type !== 'UnitStoodDown') continue;
        const incident = room.incidents.get(event.ids['incident'] ?? '');
        if (incident === undefined || incident.state === 'closed' || targetAt(room, incident) === null) continue;
        const isCalledFor = (room.dutiesOn.get(incident.id) ?? []).some((duty) =>
          ['unresourced', 'diverted-unresourced', 'attendance-unproven'].includes(
            room.duties.get(duty)?.safeguard ?? '',
          ),
        );
        const isDecided = incident.attendance !== null || incident.deferral !== null;
        const hasResult = incident.deployments.some((one) => room.deployments.get(one)?.state === 'resulted');
        expect(isServed(room, incident) || hasResult || isCalledFor || isDecided).toBe(true);
      }
    });
  });

  test('every open duty has somebody who answers for it now', () => {
    always(({ room }) => {
      for (const duty of room.duties.values()) expect(resolveOwner(room, duty.owner).staff.length).toBeGreaterThan(0);
    });
  });

  test('what has fallen due has been processed, and room time never goes back', () => {
    always(({ before, room, events }) => {
      expect(room.now).toBeGreaterThanOrEqual(before.now);
      expect(
        events.every((event, place) => place === 0 || event.recordedAt >= (events[place - 1]?.recordedAt ?? 0)),
      ).toBe(true);
      expect(nextDue(room) ?? room.now).toBeGreaterThanOrEqual(room.now);
    });
  });

  test('every event names things that are in the room or were archived from it', () => {
    const places = [
      'incident',
      'contact',
      'subject',
      'unit',
      'deployment',
      'task',
      'check',
      'link',
      'pattern',
      'marker',
      'order',
      'promise',
      'message',
      'transfer',
      'review',
      'harm',
    ] as const;
    always(({ room, events }) => {
      for (const event of events)
        for (const place of places) {
          const id = event.ids[place];
          if (id === undefined) continue;
          const isKnown = room[`${place}s`].has(id) || (place === 'incident' && room.archived.has(id));
          expect(isKnown, `${event.type} names ${place} ${id}`).toBe(true);
        }
    });
  });

  test('no safeguard fails', () => {
    always(({ events }) => {
      expect(events.filter((event) => event.type === 'SafeguardFailed').map((event) => event.body)).toEqual([]);
    });
  });

  test('folding the log again gives the same room', () => {
    fc.assert(
      fc.property(nights, (commands) => {
        const { room, events } = night(commands, safeguards, () => {});
        const again = fold(emptyRoom('room-1', 'replay'), events);
        for (const field of Object.keys(room) as (keyof Room)[]) {
          if (is(room[field], again[field])) continue;
          expect(JSON.stringify(again[field])).toBe(JSON.stringify(room[field]));
        }
      }),
      propertySettings(25),
    );
  });

  test('the log of a night folds the same under no catalogue at all', () => {
    fc.assert(
      fc.property(nights, (commands) => {
        const { room, events } = night(commands, safeguards, () => {});
        const parsed = JSON.parse(JSON.stringify(events)) as StoredEvent[];
        const again = fold(emptyRoom('room-1', 'replay'), parsed);
        expect(JSON.stringify(again.incidents)).toBe(JSON.stringify(room.incidents));
        expect(JSON.stringify(again.duties)).toBe(JSON.stringify(room.duties));
      }),
      propertySettings(15),
    );
  });
});

describe('a safeguard that throws', () => {
  const broken: Safeguard = {
    id: 'broken',
    needs: [],
    on: ['EntryAdded', 'GradeSet', 'CloseIncident', 'SetGrade'],
    timings: {},
    words: {},
    react: () => {
      throw new Error('broken');
    },
    gate: () => {
      throw new Error('broken');
    },
  };

  test('stops nothing but lowering', () => {
    always(
      ({ before, outcome, command }) => {
        if (outcome.kind === 'done' || outcome.gates.length === 0) return;
        const asked = { ...command, now: before.now, approval: null, override: null, read: () => [] };
        const isApproved = command.type === 'Approve';
        expect(isApproved || stakeOf(before, asked) !== null).toBe(true);
      },
      [broken, ...safeguards],
    );
  });

  test('is on record, and lowering on its incident waits for the system owner', () => {
    const commands: Given[] = [
      ...opening,
      {
        type: 'AddEntry',
        data: { incident: 'i1', text: 'update', source: 'handler' },
        actor: { kind: 'staff', id: 'handler-1' },
        gapMs: 0,
        override: undefined,
      },
      {
        type: 'CloseIncident',
        data: { incident: 'i1', code: 'attended', reason: 'done' },
        actor: { kind: 'staff', id: 'fim-1' },
        gapMs: 0,
        override: undefined,
      },
    ];
    const outcomes: string[] = [];
    const { room } = night(commands, [broken], ({ outcome, command }) => {
      if (command.type === 'CloseIncident')
        outcomes.push(outcome.kind === 'refused' ? outcome.gates.map((gate) => gate.safeguard).join() : 'done');
    });
    expect(outcomes).toEqual(['broken']);
    expect(room.failures.get('i1')).toEqual(['broken']);
  });
});

describe('evolve', () => {
  const anyEvent = fc.constantFrom(...eventDefinitions.keys()).chain((type) => {
    const definition = eventDefinitions.get(type);
    if (definition === undefined || type === 'PolicyAdopted')
      return fc.constant({ type: 'EntryAdded', ids: {}, body: null });
    return fc.record({
      type: fc.constant(type),
      ids: arbitraryOf(definition.ids),
      body: fc.oneof(
        { weight: 9, arbitrary: arbitraryOf(definition.body) },
        { weight: 1, arbitrary: fc.constant(null) },
      ),
    });
  });

  test('never throws on a schema-valid sequence, unknown ids, unknown types and erased bodies included', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (drafts) => {
        const events = [{ type: 'NotOfThisVersion', ids: {}, body: { x: 1 } }, ...drafts].map(
          (draft, place): StoredEvent => ({
            seq: place + 1,
            room: 'room-1',
            at: noon + place,
            recordedAt: noon + place,
            actor: machine,
            second: null,
            scope: 'room',
            version: 1,
            cause: null,
            command: 'command-1',
            ...(draft as { type: string; ids: Record<string, string>; body: unknown }),
          }),
        );
        expect(fold(emptyRoom('room-1', 'replay'), events).seq).toBe(events.length);
      }),
      propertySettings(200),
    );
  });
});
