import { hash, randomBytes } from 'node:crypto';
import type { Actor, Header, Ids, StoredEvent } from '../room/define.ts';
import type { Entry, Head } from './journal.ts';

/** What the first event of a room follows. */
export const genesis: Head = { seq: 0, hash: '0'.repeat(64) };

const saltBytes = 16;

/** An event in the exact text that is hashed, with its salt and body apart. */
export interface Link {
  readonly seq: number;
  readonly header: string;
  /** SHA-256 of the header's text. */
  readonly hash: string;
  /** Null, with the body, once it has been erased. */
  readonly salt: string | null;
  readonly body: string | null;
}

/** An event on its way into the log, as its row. */
export interface Sealed extends Link, Copies {
  readonly salt: string;
  readonly body: string;
}

/** A header as it stands in the log: with the digest of its body, and the event that it follows. */
export interface ChainedHeader extends Header {
  /** SHA-256 of salt and body. */
  readonly digest: string;
  readonly previous: string;
}

/** Lower-case hexadecimal SHA-256 of a text in UTF-8. */
export function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}

/** Seals events that follow a head, in order; throws where they do not follow it. */
export function seal(
  room: string,
  after: Head,
  entries: readonly Entry[],
): { readonly sealed: readonly Sealed[]; readonly head: Head } {
  const salts = randomBytes(saltBytes * entries.length).toString('hex');
  const sealed: Sealed[] = [];
  let head = after;
  for (const [place, { event, incident }] of entries.entries()) {
    const salt = salts.slice(place * saltBytes * 2, (place + 1) * saltBytes * 2);
    const one = sealOne(room, head, { event, incident, salt });
    sealed.push(one);
    head = one;
  }
  return { sealed, head: { seq: head.seq, hash: head.hash } };
}

function sealOne(room: string, after: Head, { event, incident, salt }: Entry & { readonly salt: string }): Sealed {
  const { seq, type, scope, recordedAt } = event;
  if (event.room !== room) throw new Error(`${at(room, seq)}: it belongs to the room ${event.room}`);
  if (seq !== after.seq + 1) throw new Error(`${at(room, seq)}: it does not follow event ${after.seq}`);
  if (event.body === null || event.body === undefined) throw new Error(`${at(room, seq)}: it has no body`);
  const body = JSON.stringify(event.body);
  const header = headerText(event, sha256(salt + body), after.hash);
  return {
    seq,
    header,
    hash: sha256(header),
    salt,
    body,
    type,
    scope,
    recordedAt,
    incident: ownIncident(event, incident),
  };
}

/** The incident that a header names is the one under which its event is found; another is found by the room alone. */
function ownIncident({ ids }: Pick<Header, 'ids'>, incident: string | null): string | null {
  return ids['incident'] ?? incident;
}

/** The one text of a header: these keys in this order, ids by code unit and without those that are undefined. */
function headerText(event: StoredEvent, digest: string, previous: string): string {
  const { seq, room, at, recordedAt, actor, second, scope, type, version, cause, command } = event;
  const names = Object.keys(event.ids)
    .filter((name) => event.ids[name] !== undefined)
    .toSorted();
  const ids = Object.fromEntries(names.map((name) => [name, event.ids[name]]));
  return JSON.stringify({
    seq,
    room,
    at,
    recordedAt,
    actor: { kind: actor.kind, id: actor.id },
    second,
    scope,
    type,
    version,
    cause,
    command,
    ids,
    digest,
    previous,
  });
}

/** A link of the chain that is whole in itself, or what is wrong with it. */
export type Opened =
  | { readonly isWhole: true; readonly header: ChainedHeader; readonly body: unknown }
  | { readonly isWhole: false; readonly says: string };

/** Opens one link: its header must give its hash and be its own, and its body, where it is there, its digest. */
export function open(room: string, link: Link): Opened {
  if (sha256(link.header) !== link.hash) return broken('its header does not give its hash');
  const header = parsed(link.header);
  if (header === unreadable || !isHeader(header)) return broken('its header cannot be read');
  if (header.seq !== link.seq) return broken(`its header says that it is event ${header.seq}`);
  if (header.room !== room) return broken(`its header says that it belongs to the room ${header.room}`);
  if (link.salt === null || link.body === null) return { isWhole: true, header, body: null };
  if (sha256(link.salt + link.body) !== header.digest) return broken('its salt and body do not give its digest');
  const body = parsed(link.body);
  return body === unreadable ? broken('its body cannot be read') : { isWhole: true, header, body };
}

function broken(says: string): Opened {
  return { isWhole: false, says };
}

const unreadable = Symbol('unreadable');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return unreadable;
  }
}

const hexDigest = /^[0-9a-f]{64}$/;

function isHeader(value: unknown): value is ChainedHeader {
  if (typeof value !== 'object' || value === null) return false;
  const { seq, room, at, recordedAt, actor, second, scope, type, version, cause, command, ids, digest, previous } =
    value as Partial<ChainedHeader>;
  const numbers: readonly unknown[] = [seq, at, recordedAt, version, cause ?? 0];
  const texts: readonly unknown[] = [room, scope, type, command, second ?? ''];
  return (
    numbers.every((one) => Number.isSafeInteger(one)) &&
    texts.every((one) => typeof one === 'string') &&
    [digest, previous].every((one) => typeof one === 'string' && hexDigest.test(one)) &&
    isActor(actor) &&
    isIds(ids)
  );
}

function isActor(value: Partial<Actor> | undefined): boolean {
  return typeof value?.kind === 'string' && typeof value.id === 'string';
}

function isIds(value: Ids | null | undefined): boolean {
  return typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string');
}

/** The copies of a header beside it, by which events are found. */
export interface Copies {
  readonly type: string;
  readonly scope: string;
  readonly incident: string | null;
  readonly recordedAt: number;
}

/** What is wrong with the copies of a header, or null. */
export function copyFault(header: ChainedHeader, copies: Copies): string | null {
  if (copies.type !== header.type) return `its type column says ${copies.type} and its header ${header.type}`;
  if (copies.scope !== header.scope) return `its scope column says ${copies.scope} and its header ${header.scope}`;
  if (copies.recordedAt !== header.recordedAt)
    return `its recorded_at column says ${copies.recordedAt} and its header ${header.recordedAt}`;
  const incident = ownIncident(header, copies.incident);
  return copies.incident === incident
    ? null
    : `its incident column says ${copies.incident ?? 'none'} and its header ${incident ?? 'none'}`;
}

/** The event of a header that has been opened, as the room folds it. */
export function eventOf(header: ChainedHeader, body: unknown): StoredEvent {
  const { seq, room, at, recordedAt, actor, second, scope, type, version, cause, command, ids } = header;
  return { seq, room, at, recordedAt, actor, second, scope, type, version, cause, command, ids, body };
}

/** How faults name an event. */
export function at(room: string, seq: number): string {
  return `room ${room}, event ${seq}`;
}
