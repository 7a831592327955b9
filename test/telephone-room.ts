import type { Actor, StoredEvent } from '../src/room/define.ts';
import { emptyRoom } from '../src/room/room.ts';
import type { Room } from '../src/room/room.ts';
import type { Catalogue, Safeguard } from '../src/room/safeguard.ts';
import { catalogueOf } from '../src/room/safeguard.ts';
import { nextDue, step } from '../src/room/step.ts';
import type { Outcome } from '../src/room/step.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { commandsFor } from '../src/telephony/ingress.ts';
import { ingressSchemas } from '../src/telephony/messages.ts';
import type { IngressChannel, IngressSent } from '../src/telephony/messages.ts';
import type { IngressCommand, IngressView } from '../src/telephony/parts.ts';
import { nationalPolicy, noon, people } from './control-room.ts';

/** What became of one command of a message; a repeat and a conflict are told apart as the engine tells them. */
export interface Answered {
  readonly kind: 'recorded' | 'conflict';
  readonly type: string;
  readonly outcome: Outcome | null;
  readonly isRepeat: boolean;
}

export interface TelephoneRoom {
  readonly room: () => Room;
  readonly view: () => IngressView;
  readonly events: () => readonly StoredEvent[];
  /** A message as it comes in, through its schema. */
  readonly takes: <C extends IngressChannel>(channel: C, message: IngressSent[C]) => readonly Answered[];
  /** A person, or `heed`, gives a command. */
  readonly does: (who: string, type: string, data: unknown) => Outcome;
  /** Time passes, each thing falling due at its own instant. */
  readonly wait: (ms: number) => void;
}

const world: Actor = { kind: 'world', id: 'world' };

interface Running {
  room: Room;
  now: number;
  count: number;
  readonly catalogue: Catalogue;
  readonly events: StoredEvent[];
  readonly asked: Map<string, { readonly payload: string; readonly outcome: Outcome }>;
}

type Given = Omit<IngressCommand, 'type'> & { readonly type: string };

function give(running: Running, { id, type, data, at, actor }: Given): Outcome {
  const { now, catalogue } = running;
  const stepped = step(running.room, { id, type, data, at, actor }, { now, catalogue });
  running.room = stepped.room;
  running.events.push(...stepped.events);
  return stepped.outcome;
}

/** As the engine does: an id is used once, and its payload is part of it (settled point 11). */
function once(running: Running, command: IngressCommand): Answered {
  const payload = JSON.stringify([command.type, command.data, command.actor, command.at]);
  const held = running.asked.get(command.id);
  if (held !== undefined)
    return held.payload === payload
      ? { kind: 'recorded', type: command.type, outcome: held.outcome, isRepeat: true }
      : { kind: 'conflict', type: command.type, outcome: null, isRepeat: true };
  const outcome = give(running, command);
  running.asked.set(command.id, { payload, outcome });
  return { kind: 'recorded', type: command.type, outcome, isRepeat: false };
}

/** A staffed room under the national policy, with every safeguard unless others are named, that telephony speaks to. */
export function telephoneRoom(inForce: readonly Safeguard[] = safeguards): TelephoneRoom {
  const { policy, reader } = nationalPolicy();
  const running: Running = {
    room: emptyRoom('room-1', 'replay'),
    now: noon,
    count: 0,
    catalogue: catalogueOf(inForce, reader.read),
    events: [],
    asked: new Map(),
  };
  const does = (actor: Actor, type: string, data: unknown): Outcome => {
    running.count += 1;
    return give(running, { id: `command-${running.count}`, type, data, at: running.now, actor });
  };
  does(world, 'AdoptPolicy', { digest: 'test', text: policy });
  for (const [staff, role] of Object.entries(people)) {
    does(world, 'EnrolStaff', { staff, role });
    does(world, 'SignOn', { staff, position: `desk-${staff}` });
  }
  const view = (): IngressView => ({
    room: running.room,
    idKey: 'a key that only this room has',
    sender: 'switch',
    now: running.now,
  });
  return {
    room: () => running.room,
    view,
    events: () => running.events,
    takes: (channel, message) =>
      commandsFor(ingressSchemas[channel].parse(message), view()).map((command) => once(running, command)),
    does: (who, type, data) =>
      does(who === 'heed' ? { kind: 'machine', id: who } : { kind: 'staff', id: who }, type, data),
    wait: (ms) => {
      const until = running.now + ms;
      for (let due = nextDue(running.room); due !== null && due <= until; due = nextDue(running.room)) {
        running.now = Math.max(running.now, due);
        does({ kind: 'machine', id: 'heed' }, 'PassTime', {});
      }
      running.now = until;
    },
  };
}
