import fc from 'fast-check';
import type { Actor, StoredEvent } from '../src/room/define.ts';
import { emptyRoom } from '../src/room/room.ts';
import type { Room } from '../src/room/room.ts';
import { catalogueOf } from '../src/room/safeguard.ts';
import type { Safeguard } from '../src/room/safeguard.ts';
import { step } from '../src/room/step.ts';
import type { Command, Stepped } from '../src/room/step.ts';
import { commandSchemas } from '../src/room/vocabulary.ts';
import { arbitraryOf } from './arbitrary.ts';
import { nationalPolicy, noon, people } from './control-room.ts';

const notGiven = new Set(['AdoptPolicy', 'Recall', 'ArchiveIncident', 'ArchiveContact']);
const who: readonly Actor[] = [...Object.keys(people), 'nobody'].map((id) => ({ kind: 'staff', id }));
const handler: Actor = { kind: 'staff', id: 'handler-1' };
export const machine: Actor = { kind: 'machine', id: 'telephony' };

/** A command on its way to the room, so long after the one before it. */
export interface Given {
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
export const opening: readonly Given[] = [
  ...['c1', 'c2'].flatMap((contact): readonly Given[] => [
    { type: 'PresentContact', data: { contact, channel: '999' }, actor: machine, gapMs: 0, override: undefined },
    { type: 'AnswerContact', data: { contact }, actor: handler, gapMs: 0, override: undefined },
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

/** Whole nights of commands, valid by schema and in any order. */
export const nights = fc.array(given, { minLength: 5, maxLength: 60 }).map((rest) => [...opening, ...rest]);

/** One step of a night, with the room before it. */
export interface Taken extends Stepped {
  readonly before: Room;
  readonly command: Command;
}

/** Gives a night's commands to a staffed room; the look is taken after every one. */
export function night(
  commands: readonly Given[],
  catalogueSafeguards: readonly Safeguard[],
  look: (taken: Taken) => void,
): { room: Room; events: readonly StoredEvent[] } {
  const { policy, reader } = nationalPolicy();
  const catalogue = catalogueOf(catalogueSafeguards, reader.read);
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
