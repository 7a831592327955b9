import { List, Map as Persistent, OrderedMap } from 'immutable';
import type { Agenda, AgendaEntry } from './agenda.ts';
import type { Incident, LogEntry } from './incident.ts';
import type { Room } from './room.ts';
import { emptyRoom } from './room.ts';

/** A piece of a room as text: a part of it, and as many entries of that part as fit. */
export interface Slice {
  readonly part: string;
  readonly text: string;
}

/** A slice ends with the entry that takes it past this. */
const sliceCharactersMax = 65_536;
/** The end of every room that was sliced whole. */
const endPart = 'end';
/** The log of an incident grows without end and is sliced by itself. */
const logPart = 'incident-logs';
const agendaPart = 'agenda';
const plainPart = 'plain';

type Collection = Persistent<string, unknown>;
type Fields = Readonly<Record<string, unknown>>;

/**
 * The whole room as slices, made as they are asked for: the room is immutable, so that whoever writes them may let
 * other work through between any two.
 */
export function* sliceRoom(room: Room): Generator<Slice, void, undefined> {
  const { agenda, ...rest } = room;
  const fields = Object.entries(rest as Fields);
  const collections = fields.filter((field): field is [string, Collection] => Persistent.isMap(field[1]));
  const plain = Object.fromEntries(fields.filter(([, value]) => !Persistent.isMap(value)));
  const hashed = collections.filter(([, map]) => isHashed(map)).map(([name]) => name);
  yield { part: plainPart, text: JSON.stringify({ plain, hashed }) };
  for (const [name, map] of collections)
    yield* sliced(name, name === 'incidents' ? withoutLogs(room.incidents) : map.entries());
  yield* sliced(logPart, logEntries(room.incidents));
  yield* sliced(agendaPart, agendaNodes(agenda));
  yield { part: endPart, text: JSON.stringify({ seq: room.seq }) };
}

function* sliced(part: string, entries: Iterable<unknown>): Generator<Slice, void, undefined> {
  let texts: string[] = [];
  let characters = 0;
  for (const entry of entries) {
    const text = JSON.stringify(entry);
    texts.push(text);
    characters += text.length;
    if (characters < sliceCharactersMax) continue;
    yield { part, text: `[${texts.join(',')}]` };
    texts = [];
    characters = 0;
  }
  if (texts.length > 0) yield { part, text: `[${texts.join(',')}]` };
}

function* withoutLogs(incidents: Room['incidents']): Generator<readonly [string, unknown], void, undefined> {
  for (const [id, incident] of incidents) yield [id, { ...incident, log: null }];
}

function* logEntries(incidents: Room['incidents']): Generator<readonly [string, LogEntry], void, undefined> {
  for (const [id, { log }] of incidents) for (const entry of log) yield [id, entry];
}

/** A node of the agenda before all under it: its entry, and whether there is something to its left and right. */
type AgendaNode = readonly [entry: AgendaEntry, hasLeft: 0 | 1, hasRight: 0 | 1];

/** Its left spine may be as long as the agenda, so nothing here calls itself. */
function* agendaNodes(agenda: Agenda | null): Generator<AgendaNode, void, undefined> {
  const ahead = agenda === null ? [] : [agenda];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    const { entry, left, right } = node;
    yield [entry, left === null ? 0 : 1, right === null ? 0 : 1];
    if (right !== null) ahead.push(right);
    if (left !== null) ahead.push(left);
  }
}

function agendaOf(nodes: readonly AgendaNode[]): Agenda | null {
  const built: Agenda[] = [];
  for (const [entry, hasLeft, hasRight] of nodes.toReversed()) {
    const left = hasLeft === 1 ? (built.pop() ?? null) : null;
    const right = hasRight === 1 ? (built.pop() ?? null) : null;
    built.push({ rank: right === null ? 1 : right.rank + 1, entry, left, right });
  }
  return built[0] ?? null;
}

/** Keys that immutable's hash puts first and last of all. */
const hashedFirst = '\u0000';
const hashedLast = '\u001f';
/** Up to so many entries a map that never held more keeps them in the order they came. */
const flatMax = 8;

/**
 * Whether a small map stands in the order of its hashes, as one does that was larger once. It must do so again: what
 * walks over it decides in that order.
 */
function isHashed(map: Collection): boolean {
  const isNever: boolean = map.size === 0 || map.size > flatMax || OrderedMap.isOrderedMap(map);
  if (isNever) return false;
  const few = map.size > flatMax - 2 ? map.deleteAll([...map.keys()].slice(flatMax - 2)) : map;
  const [first] = few
    .set(hashedLast, null)
    .set(hashedFirst, null)
    .keySeq()
    .filter((key) => key === hashedFirst || key === hashedLast);
  return first === hashedFirst;
}

/** So many that a map which has held them stands in the order of its hashes. No id is like them. */
const fillers = Array.from({ length: flatMax + 1 }, (_, place) => `${hashedFirst}${place}`);

/** A room on its way back from its slices, given in the order in which they were made. */
export interface Rebuilding {
  readonly add: (slice: Slice) => void;
  /** The very room that was sliced, or null while slices are missing. */
  readonly room: () => Room | null;
}

interface Parts {
  plain: Fields;
  hashed: readonly string[];
  readonly collections: Map<string, Collection>;
  readonly logs: Map<string, LogEntry[]>;
  readonly nodes: AgendaNode[];
  isWhole: boolean;
}

/** Takes slices and gives their room back. Their texts are as they were made: whoever kept them has checked that. */
export function rebuilding(): Rebuilding {
  const parts: Parts = { plain: {}, hashed: [], collections: new Map(), logs: new Map(), nodes: [], isWhole: false };
  return {
    add: ({ part, text }) => add(parts, part, JSON.parse(text)),
    room: () => (parts.isWhole ? roomOf(parts) : null),
  };
}

/** The room of these slices, or null when some are missing. */
export function roomFromSlices(slices: Iterable<Slice>): Room | null {
  const building = rebuilding();
  for (const slice of slices) building.add(slice);
  return building.room();
}

function add(parts: Parts, part: string, read: unknown): void {
  switch (part) {
    case plainPart:
      Object.assign(parts, read);
      break;
    case endPart:
      parts.isWhole = true;
      break;
    case agendaPart:
      for (const node of read as readonly AgendaNode[]) parts.nodes.push(node);
      break;
    case logPart:
      for (const [id, entry] of read as readonly [string, LogEntry][]) {
        const held = parts.logs.get(id);
        if (held === undefined) parts.logs.set(id, [entry]);
        else held.push(entry);
      }
      break;
    default: {
      const held = parts.collections.get(part) ?? begun(part, parts.hashed);
      for (const [key, value] of read as readonly [string, unknown][])
        held.set(key, part === listsField ? List(value as readonly number[]) : value);
      parts.collections.set(part, held);
    }
  }
}

const orderedField: keyof Room = 'freeUnits';
/** Its values are persistent lists. */
const listsField: keyof Room = 'seqsOn';

/** A map that is filled in place. */
function begun(part: string, hashed: readonly string[]): Collection {
  if (part === orderedField) return OrderedMap<string, unknown>().asMutable();
  const map = Persistent<string, unknown>().asMutable();
  if (hashed.includes(part)) for (const filler of fillers) map.set(filler, null);
  return map;
}

function roomOf({ plain, hashed, collections, logs, nodes }: Parts): Room {
  const { id, kind } = plain as Pick<Room, 'id' | 'kind'>;
  const incidents = collections.get('incidents') as Persistent<string, Incident | null> | undefined;
  for (const key of incidents?.keySeq().toArray() ?? []) {
    const incident = incidents?.get(key) ?? null;
    if (incident !== null) incidents?.set(key, { ...incident, log: List(logs.get(key) ?? []) });
  }
  const maps = [...collections].map(([part, map]) => {
    if (hashed.includes(part)) for (const filler of fillers) map.delete(filler);
    return [part, map.asImmutable()] as const;
  });
  return { ...emptyRoom(id, kind), ...plain, ...Object.fromEntries(maps), agenda: agendaOf(nodes) };
}
