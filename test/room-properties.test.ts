import fc from 'fast-check';
import { is } from 'immutable';
import { describe, expect, test } from 'vitest';
import type { StoredEvent } from '../src/room/define.ts';
import { isServed } from '../src/room/deployment.ts';
import { resolveOwner } from '../src/room/duty.ts';
import { fold } from '../src/room/fold.ts';
import { effectiveGrade, targetAt } from '../src/room/grade.ts';
import { gradeRank } from '../src/room/policy.ts';
import { emptyRoom } from '../src/room/room.ts';
import type { Room } from '../src/room/room.ts';
import type { Safeguard } from '../src/room/safeguard.ts';
import { nextDue } from '../src/room/step.ts';
import { eventDefinitions, stakeOf } from '../src/room/vocabulary.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { arbitraryOf } from './arbitrary.ts';
import { nationalPolicy, noon } from './control-room.ts';
import { machine, night, nights, opening } from './nights.ts';
import type { Given, Taken } from './nights.ts';
import { propertySettings } from './runs.ts';

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
        read: reader.read,
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
      const approved = events.filter((event) => event.type === 'DecisionApproved');
      const proposers = approved.map((event) => before.proposals.get(event.ids['decision'] ?? '')?.by);
      expect(approved.filter((event, place) => event.actor.id === proposers[place])).toEqual([]);
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
