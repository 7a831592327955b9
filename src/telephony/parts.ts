import { createHmac } from 'node:crypto';
import type { Contact } from '../room/contact.ts';
import type { Actor } from '../room/define.ts';
import type { Room } from '../room/room.ts';
import type { Identity, Role } from '../room/subject.ts';
import { keysOf, phoneKey } from '../room/subject.ts';
import type { CommandType } from '../room/vocabulary.ts';
import { commandSchemas } from '../room/vocabulary.ts';
import { digitsOf, isPseudo } from './phone-number.ts';

/** What ingress sees of a room while it turns a message into commands. */
export interface IngressView {
  /** The room up to its last durable event. */
  readonly room: Room;
  /**
   * Keyed digests of references and numbers are the ids that the room gets, so that none can be worked back to a
   * number. Kept with the room and never changed: another key makes other ids of the same call.
   */
  readonly idKey: string;
  /** The id of the machine that sent it, as it is configured; several keys may sign for it. */
  readonly sender: string;
  readonly now: number;
}

/** A command of the room that follows from a message: checked, with its actor, ready for the engine. */
export interface IngressCommand {
  readonly id: string;
  readonly type: CommandType;
  readonly data: unknown;
  readonly at: number;
  readonly actor: Actor;
}

/** One message on its way to commands. */
export interface Taking {
  readonly view: IngressView;
  readonly channel: string;
  /** The sender's id of the message. */
  readonly id: string;
  readonly at: number;
}

/** Hexadecimal digits of a made id: 96 bits. */
const idDigits = 24;
/** A call or message of a number longer ago than this is another matter. */
const recentMs = 30 * 60_000;

/** An opaque id, the same each time for the same parts. */
export function madeId(view: IngressView, kind: string, parts: readonly string[]): string {
  const digest = createHmac('sha256', view.idKey)
    .update(JSON.stringify([view.room.id, kind, ...parts]))
    .digest('hex');
  return `${kind}-${digest.slice(0, idDigits)}`;
}

/** The id of the contact that a call, conversation, form or mail is. */
export function contactId(view: IngressView, channel: string, ref: string): string {
  return madeId(view, 'contact', [channel, ref]);
}

/** A command of a message; `part` tells it from the message's others, so that each keeps its id when it is resent. */
export function command(
  taking: Taking,
  part: string,
  [type, data]: readonly [CommandType, Readonly<Record<string, unknown>>],
  actor?: Actor,
): IngressCommand {
  const { view, channel, id, at } = taking;
  const schema = commandSchemas.get(type);
  if (schema === undefined) throw new Error(`the room knows no command ${type}`);
  return {
    id: madeId(view, 'ingress', [view.sender, channel, id, part]),
    type,
    data: schema.parse(data),
    // A sender's clock that runs ahead does not make the room refuse what has happened.
    at: Math.min(at, view.now),
    actor: actor ?? { kind: 'machine', id: view.sender },
  };
}

/** Presents a contact, unless the room holds it: whatever is told first of a contact makes it known. */
export function present(taking: Taking, contact: string, channel: Contact['channel']): readonly IngressCommand[] {
  return taking.view.room.contacts.has(contact)
    ? []
    : [command(taking, 'present', ['PresentContact', { contact, channel }])];
}

/** Who is at a position now: the last to have signed on there. */
export function staffAt(room: Room, position: string | undefined): Actor | undefined {
  if (position === undefined) return undefined;
  const there = [...room.staff.values()].filter((one) => one.position === position && one.state !== 'off');
  const [last] = there.toSorted((a, b) => b.since - a.since);
  return last === undefined ? undefined : { kind: 'staff', id: last.id };
}

/** The subject that an identity is, by its exact key: the same number is the same subject each time. */
export function subjectOf(view: IngressView, identity: Identity): string {
  return madeId(view, identity.kind, [keysOf(identity)[0] ?? JSON.stringify(identity)]);
}

interface Named {
  readonly subject: string;
  readonly identity: Identity;
  readonly role: Role;
}

/** Mentions somebody or something in a contact, unless it is mentioned there already. */
export function mention(
  taking: Taking,
  contact: string,
  { subject, identity, role }: Named,
): readonly IngressCommand[] {
  const { room } = taking.view;
  if (room.contacts.get(contact)?.subjects.includes(subject) === true) return [];
  // What people have since put down about it is not written over.
  const known = room.subjects.has(subject) ? {} : { identity };
  return [command(taking, `mention-${subject}`, ['Mention', { subject, ...known, contact, role }])];
}

/** Mentions a number as what the contact came from; what stands in the place of a number is none. */
export function mentionPhone(taking: Taking, contact: string, number: string | undefined): readonly IngressCommand[] {
  if (number === undefined || isPseudo(number)) return [];
  const identity: Identity = { kind: 'phone', number: digitsOf(number) };
  if (taking.view.room.contacts.get(contact)?.keys.includes(phoneKey(number)) === true) return [];
  return mention(taking, contact, { subject: subjectOf(taking.view, identity), identity, role: 'caller' });
}

/** The newest contact of a number within half an hour, one that goes on before one that has ended. */
export function contactOfNumber(
  { room, now }: IngressView,
  number: string | undefined,
  channels: readonly Contact['channel'][],
): Contact | null {
  if (number === undefined || isPseudo(number)) return null;
  const found = (room.appearances.get(phoneKey(number)) ?? [])
    .map((one) => room.contacts.get(one.contact ?? ''))
    .filter((one): one is Contact => one !== undefined && channels.includes(one.channel))
    .filter((one) => one.presentedAt >= now - recentMs)
    .toReversed();
  return found.find((one) => one.state !== 'ended') ?? found[0] ?? null;
}
