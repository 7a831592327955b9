import { homesOf, seqKey } from '../room/belongings.ts';
import type { Actor, Ids, StoredEvent } from '../room/define.ts';
import type { Duty } from '../room/duty.ts';
import { evolve } from '../room/fold.ts';
import { mayReadRoom } from '../room/restriction.ts';
import type { Room } from '../room/room.ts';
import { roomWith } from '../room/change.ts';
import { eventDefinitions } from '../room/vocabulary.ts';
import { homesInText, homesOfFinding, homesOfWhy, homesToldIn } from '../room/traces.ts';
import type { Finding } from '../room/check.ts';
import type { Reader } from './reader.ts';
import type { Sight } from './scrub.ts';
import { isOut, isWhy, restrictedId, restrictedText, scrubbed, scrubWhy, sightOf } from './scrub.ts';
import { shownUnit } from './visible.ts';
import { restrictedMatch } from './words.ts';

/** An event that is not for this reader: only that it has its place in the log is told. */
export interface Withheld {
  readonly seq: number;
  readonly withheld: true;
}

/** What one reader is sent of an event. */
export type Shown = StoredEvent | Withheld;

/** The room just before an event and just after it. For an event of long ago, the room as it stands is both. */
export interface Rooms {
  readonly before: Room;
  readonly after: Room;
}

/** An event between its two rooms. */
export interface Moment extends Rooms {
  readonly event: StoredEvent;
}

/** Whether nothing but its place in the log is told of an event. */
export function isWithheld(shown: Shown): shown is Withheld {
  return 'withheld' in shown;
}

/** Events that became durable together, each between its rooms: access counts from the very event that gives it. */
export function momentsOf({ before, after }: Rooms, events: readonly StoredEvent[]): readonly Moment[] {
  const isRestricting = before.restrictions.size > 0 || events.some((event) => event.type === 'IncidentRestricted');
  if (!isRestricting) return events.map((event) => ({ event, before, after }));
  let room = before;
  return events.map((event) => {
    const was = room;
    room = evolve(room, event);
    return { event, before: was, after: room };
  });
}

/** The event as this reader may see it. */
export function redact(event: StoredEvent, rooms: Rooms, reader: Reader): Shown {
  return redaction(event, rooms)(reader);
}

/** How an event is shown to anybody: what does not depend on the reader is worked out once. */
export function redaction(event: StoredEvent, rooms: Rooms): (reader: Reader) => Shown {
  const { after } = rooms;
  const mayRead = ({ staff }: Reader): boolean => mayReadRoom(after, staff) || isOwn(event, staff);
  if (after.restrictions.size === 0) return (reader) => (mayRead(reader) ? event : withheld(event));
  const homes = homesOf(after, event);
  let traces: readonly string[] | null = null;
  return (reader) => {
    if (!mayRead(reader)) return withheld(event);
    traces ??= tracesIn(after, event);
    if (homes.length === 0 && traces.length === 0) return event;
    const sight = sightOf(after, reader);
    if (homes.some(sight.hides)) return unitOf(event, rooms, sight) ?? withheld(event);
    return traces.some(sight.hides) ? scrubEvent(event, rooms, sight) : event;
  };
}

function withheld({ seq }: StoredEvent): Withheld {
  return { seq, withheld: true };
}

const signingOn: ReadonlySet<string> = new Set([
  'StaffEnrolled',
  'StaffSignedOn',
  'StaffLeaving',
  'StaffSignedOff',
  'BreakStarted',
  'BreakEnded',
]);

/** Off duty, people read whether they are on duty. */
function isOwn({ type, ids }: StoredEvent, staff: string): boolean {
  return signingOn.has(type) && ids['staff'] === staff;
}

/** The restricted incidents that stand anywhere in an event. */
function tracesIn(room: Room, event: StoredEvent): readonly string[] {
  if (event.type === 'PolicyAdopted') return [];
  const homes = new Set<string>();
  const add = (home: string | undefined): void => {
    if (home !== undefined) homes.add(home);
  };
  const isMachines = event.actor.kind === 'machine';
  const texts: string[] = [];
  const walk = (value: unknown, field: string): void => {
    if (typeof value === 'string') {
      add(room.belongings.get(value));
      for (const home of homesInText(room, value)) add(home);
      if (isMachines) texts.push(value);
    } else if (Array.isArray(value)) for (const one of value) walk(one, field);
    else if (typeof value === 'object' && value !== null) {
      if (isWhy(value)) for (const home of homesOfWhy(room, value)) add(home);
      else if (field === 'findings') for (const home of homesOfFinding(room, value as Finding)) add(home);
      for (const [key, one] of Object.entries(value)) walk(one, key);
    }
  };
  walk(event.ids, 'ids');
  walk(event.body, 'body');
  for (const home of homesToldIn(room, texts)) add(home);
  if (event.cause !== null) add(room.belongings.get(seqKey(event.cause)));
  const by = (event.body as { readonly by?: unknown } | null)?.by;
  if (event.type === 'DutyMet' && typeof by === 'number') add(room.belongings.get(seqKey(by)));
  const { link } = event.ids;
  if (link !== undefined) add(room.belongings.get(seqKey(room.links.get(link)?.seq ?? -1)));
  return [...homes];
}

const machine: Actor = { kind: 'machine', id: 'heed' };

/** A unit that goes to, or comes back from, something hidden: that it is committed or free again, and not where. */
function unitOf(event: StoredEvent, { before, after }: Rooms, sight: Sight): StoredEvent | null {
  const { unit: id } = event.ids;
  const [was, is] = [before.units.get(id ?? ''), after.units.get(id ?? '')];
  if (id === undefined || was === undefined || is === undefined) return null;
  const [shownBefore, shown] = [shownUnit(before, was, sight), shownUnit(after, is, sight)];
  if (shown.status === shownBefore.status && shown.since === shownBefore.since) return null;
  return {
    ...event,
    at: shown.since,
    actor: machine,
    second: null,
    scope: 'room',
    type: 'UnitStatusSet',
    version: 1,
    cause: null,
    command: restrictedId,
    ids: { unit: id },
    body: { status: shown.status, leaves: false },
  };
}

/** Fields in which people, or the machine in their place, say something. */
const wordFields: readonly string[] = ['reason', 'says', 'words', 'text', 'question', 'reasons'];

function wordless(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  const blank = wordFields.filter((field) => field in body);
  return blank.length === 0
    ? body
    : {
        ...body,
        ...Object.fromEntries(
          blank.map((field) => [
            field,
            Array.isArray((body as Record<string, unknown>)[field]) ? [restrictedText] : restrictedText,
          ]),
        ),
      };
}

/** Whether an event names something hidden as a thing of its own: then its words are about that too. */
function namesHidden(event: StoredEvent, sight: Sight): boolean {
  const { room, hides } = sight;
  if (Object.values(event.ids).some((id) => isOut(sight, id))) return true;
  const {
    cluster = [],
    from,
    to,
  } = (event.body ?? {}) as {
    readonly cluster?: readonly string[];
    readonly from?: string;
    readonly to?: unknown;
  };
  if ([...cluster, from, typeof to === 'string' ? to : undefined].some((id) => isOut(sight, id))) return true;
  const home = room.belongings.get(seqKey(room.links.get(event.ids['link'] ?? '')?.seq ?? -1));
  return home !== undefined && hides(home);
}

/** A visible event that tells of something hidden, without what it tells of it. */
function scrubEvent(event: StoredEvent, rooms: Rooms, sight: Sight): Shown {
  if (isMoreOfTheSame(event, rooms, sight)) return withheld(event);
  const { room, hides } = sight;
  const home = event.cause === null ? undefined : room.belongings.get(seqKey(event.cause));
  const isFollowing = home !== undefined && hides(home);
  const cause = isFollowing ? null : event.cause;
  const ids = scrubIds(event.ids, sight);
  const isTelling = namesHidden(event, sight) || (isFollowing && event.actor.kind === 'machine');
  const body = bodyOf(event, sight);
  return { ...event, cause, ids, scope: scopeOf(event, ids), body: isTelling ? wordless(body) : body };
}

function scrubIds(ids: Ids, sight: Sight): Ids {
  const shown = Object.entries(ids).map(([role, id]) => [role, isOut(sight, id) ? restrictedId : id]);
  return Object.fromEntries(shown) as Ids;
}

function scopeOf({ scope }: StoredEvent, ids: Ids): string {
  return scope.startsWith('subject:') ? `subject:${ids['subject'] ?? restrictedId}` : scope;
}

function bodyOf(event: StoredEvent, sight: Sight): unknown {
  const { body, type } = event;
  if (body === null) return null;
  if (type === 'Recalled') {
    const { events, ...rest } = body as { readonly events: readonly StoredEvent[] };
    const rooms = { before: sight.room, after: sight.room };
    const read = events.filter((one) => eventDefinitions.has(one.type));
    const shown = read.map((one) => shownTo(one, rooms, sight)).filter((one) => !isWithheld(one));
    return { ...rest, events: shown };
  }
  const shown = scrubbed(sight, body as Readonly<Record<string, unknown>>);
  if (type === 'DutyMet') return { by: hiddenSeq(sight, shown['by']) ? 0 : shown['by'] };
  const { why } = shown;
  const isHinting = isWhy(why) && why.code === restrictedMatch;
  return type === 'DutyOpened' && isHinting ? { ...shown, key: '' } : shown;
}

function hiddenSeq({ room, hides }: Sight, seq: unknown): boolean {
  const home = typeof seq === 'number' ? room.belongings.get(seqKey(seq)) : undefined;
  return home !== undefined && hides(home);
}

function shownTo(event: StoredEvent, rooms: Rooms, sight: Sight): Shown {
  if (homesOf(sight.room, event).some(sight.hides)) return withheld(event);
  return tracesIn(sight.room, event).some(sight.hides) ? scrubEvent(event, rooms, sight) : event;
}

/**
 * Whether an event says once more that something restricted matches, and nothing else: how often it does is part of
 * what is hidden.
 */
function isMoreOfTheSame(event: StoredEvent, { before, after }: Rooms, sight: Sight): boolean {
  const why = (event.body as { readonly why?: unknown } | null)?.why;
  if (!isWhy(why) || scrubWhy(sight, why) === why) return false;
  if (event.type === 'NoteAdded') {
    const { about, safeguard } = event.body as { readonly about: string; readonly safeguard: string };
    return (before.notes.get(about) ?? []).some(
      (note) => note.safeguard === safeguard && scrubWhy(sight, note.why) !== note.why,
    );
  }
  if (event.type !== 'DutyJoined') return false;
  const [was, is] = [before.duties.get(event.ids['duty'] ?? ''), after.duties.get(event.ids['duty'] ?? '')];
  if (was === undefined || is === undefined || !isUnmoved(was, is)) return false;
  return was.why.some((held) => scrubWhy(sight, held) !== held);
}

function isUnmoved(was: Duty, is: Duty): boolean {
  return was.level === is.level && was.speaksAt === is.speaksAt && was.dueAt === is.dueAt && was.nextAt === is.nextAt;
}

/** The room of a reader after what they were sent: a withheld event only takes its place in the log. */
export function evolveShown(room: Room, shown: Shown): Room {
  return isWithheld(shown) ? roomWith(room, { seq: shown.seq }) : evolve(room, shown);
}
