import type { Erasable } from '../room/erasure.ts';
import { heldAmong, isErasable } from '../room/erasure.ts';
import { fold } from '../room/fold.ts';
import type { Room } from '../room/room.ts';
import { emptyRoom } from '../room/room.ts';
import type { ChainedHeader } from './chain.ts';
import type { Journal, Restored, RoomEntry } from './journal.ts';
import type { Asks } from './rows.ts';
import { headOf, readEvents, readOfType } from './rows.ts';

/** Events looked at in one statement while a log is searched. */
const scannedAtOnce = 100_000;

/** Events read at once while a room is brought up to its head. */
const readAtOnce = 5_000;

/** What became of an erasure that was decided. */
export type Erasing =
  | {
      readonly kind: 'erased';
      /** Bodies that went now; those that had gone before are not counted. */
      readonly erased: number;
      /** Events about the same matter whose bodies are there still: nobody decided on them. */
      readonly left: readonly number[];
    }
  | { readonly kind: 'refused'; readonly says: string };

export interface EraseAround {
  readonly service: Asks;
  /** As heed_eraser, who may do nothing else. */
  readonly eraser: Asks;
  readonly entry: RoomEntry;
}

/** An event of the log by its header alone. */
interface Place {
  readonly seq: number;
  readonly header: string;
  readonly incident: string | null;
  readonly has_body: boolean;
}

/** A room brought up to the end of its log, from its newest snapshot: for whoever looks at it from outside. */
export async function roomNow(journal: Journal, entry: RoomEntry): Promise<Restored> {
  const { room: restored, head } = await journal.restore(entry);
  const end = await journal.head(entry.room);
  let room = restored;
  while (room.seq < end.seq)
    room = fold(room, await journal.read(entry.room, room.seq, Math.min(readAtOnce, end.seq - room.seq)));
  return { room, head: room.seq === head.seq ? head : end };
}

/** The events about a matter whose bodies could go, by their places in the log: what two people are to decide on. */
export async function seqsAbout(database: Asks, room: string, named: Erasable): Promise<readonly number[]> {
  const places = await placesAbout(database, room, named);
  return places.filter(({ header, has_body }) => has_body && isErasable(headerOf(header).type)).map(({ seq }) => seq);
}

/**
 * Carries out a decision of the log: every body that it names, or none. Refused where an event is not about what the
 * decision names, or is held; a hold that was placed after the room was looked at refuses in the database itself.
 */
export async function eraseBodies(around: EraseAround, decision: number): Promise<Erasing> {
  const { service, eraser, entry } = around;
  const [event] = await readEvents(service, entry.room, { after: decision - 1, limit: 1 });
  if (event?.type !== 'ErasureDecided' || event.body === null)
    return { kind: 'refused', says: `event ${decision} of room ${entry.room} decides no erasure` };
  const { seqs } = event.body as { readonly seqs: readonly number[] };
  const places = await placesAbout(service, entry.room, event.ids);
  const room = await holdsNow(service, entry);
  const says = unfit(room, seqs, places);
  if (says !== null) return { kind: 'refused', says };
  const query = 'select heed.erase_bodies($1, $2, $3::bigint[], $4) as erased';
  const { rows } = await eraser.query<{ erased: number }>(query, [entry.room, decision, seqs, room.seq]);
  const gone = new Set(seqs);
  const left = places.filter(
    ({ seq, has_body, header }) => has_body && !gone.has(seq) && isErasable(headerOf(header).type),
  );
  return { kind: 'erased', erased: rows[0]?.erased ?? 0, left: left.map(({ seq }) => seq) };
}

/** A room in which nothing has happened but what bears on holds, at the head of the log. */
async function holdsNow(service: Asks, { room, kind }: RoomEntry): Promise<Room> {
  const { seq } = await headOf(service, room);
  const events = await readOfType(service, room, 'LegalHoldPlaced');
  return { ...fold(emptyRoom(room, kind), events), seq };
}

function unfit(room: Room, seqs: readonly number[], places: readonly Place[]): string | null {
  const about = new Map(places.map((place) => [place.seq, place]));
  for (const seq of seqs) {
    const place = about.get(seq);
    if (place === undefined) return `event ${seq} is not about what was decided on`;
    const { type, ids } = headerOf(place.header);
    if (!isErasable(type)) return `event ${seq} is a ${type}, which the log rests on`;
    const named = [...Object.values(ids), place.incident].filter((one) => one !== undefined && one !== null);
    const held = heldAmong(room, named);
    if (held !== null) return `event ${seq} tells of ${held.id}, which is held for harm ${held.harm}`;
  }
  return null;
}

function headerOf(text: string): ChainedHeader {
  return JSON.parse(text) as ChainedHeader;
}

const ofIncidentText = `
select e.seq, e.header, e.incident, exists (select from heed.body b where b.room = e.room and b.seq = e.seq) as has_body
from heed.event e where e.room = $1 and e.incident = $2`;

// Ids hold no character that LIKE would take for another.
const namingText = `
select e.seq, e.header, e.incident, exists (select from heed.body b where b.room = e.room and b.seq = e.seq) as has_body
from heed.event e where e.room = $1 and e.seq > $2 and e.seq <= $3 and e.header like any ($4::text[])`;

async function placesAbout(database: Asks, room: string, named: Erasable): Promise<readonly Place[]> {
  const { incident, contact, subject } = named;
  if (incident !== undefined) return placesOfIncident(database, room, incident);
  if (contact !== undefined) return placesNaming(database, room, [['contact', contact]]);
  return subject === undefined
    ? []
    : placesNaming(database, room, [
        ['subject', subject],
        ['other', subject],
      ]);
}

/** The incident's own events, and those of its contacts from before they were joined to it. */
async function placesOfIncident(database: Asks, room: string, incident: string): Promise<readonly Place[]> {
  const { rows } = await database.query<Place>(ofIncidentText, [room, incident]);
  const contacts = new Set(
    rows.map(({ header }) => headerOf(header).ids['contact']).filter((one) => one !== undefined),
  );
  const before = await placesNaming(
    database,
    room,
    [...contacts].map((contact) => ['contact', contact]),
  );
  return [...rows, ...before.filter((one) => one.incident === null)].toSorted((a, b) => a.seq - b.seq);
}

/** Every event whose header names one of these ids in one of these roles. */
async function placesNaming(
  database: Asks,
  room: string,
  names: readonly (readonly [role: string, id: string])[],
): Promise<readonly Place[]> {
  if (names.length === 0) return [];
  const patterns = names.map(([role, id]) => `%"${role}":"${id}"%`);
  const { seq: end } = await headOf(database, room);
  const found: Place[] = [];
  for (let after = 0; after < end; after += scannedAtOnce) {
    const { rows } = await database.query<Place>(namingText, [room, after, after + scannedAtOnce, patterns]);
    for (const row of rows) {
      const { ids } = headerOf(row.header);
      if (names.some(([role, id]) => ids[role] === id)) found.push(row);
    }
  }
  return found.toSorted((a, b) => a.seq - b.seq);
}
