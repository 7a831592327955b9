import { z } from 'zod';
import { listed, roomWith, updateIn } from './change.ts';
import { concept, drafts, event, id, line, unknown } from './define.ts';
import { firstUnknown } from './known.ts';
import { decidedSame, samenessesOf } from './link.ts';
import { latitude, longitude, metres } from './location.ts';
import type { Room } from './room.ts';

/** What a person, place, phone, vehicle or account is known by; values are personal data and live in event bodies. */
export const identity = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('person'),
    name: line,
    born: z.string().max(10).optional(),
    alias: z.array(line).max(20).optional(),
  }),
  z.strictObject({
    kind: z.literal('place'),
    /** Flat, house number or name. */
    premises: line.optional(),
    street: line,
    town: line.optional(),
    postcode: z.string().max(10).optional(),
    /** A public place, a hospital, a care home and the like: many unconnected people. */
    public: z.boolean().optional(),
    /** Where it stands, in WGS84 degrees within so many metres, as a gazetteer or a survey has it. */
    position: z.strictObject({ latitude, longitude, radiusM: metres }).optional(),
  }),
  z.strictObject({ kind: z.literal('phone'), number: z.string().min(3).max(20) }),
  /** Without a mark it is known by its description alone, and matches nothing by itself. */
  z.strictObject({
    kind: z.literal('vehicle'),
    mark: z.string().min(2).max(10).optional(),
    description: line.optional(),
  }),
  z.strictObject({ kind: z.literal('account'), platform: z.string().min(1).max(40), handle: line }),
]);
export type Identity = Readonly<z.output<typeof identity>>;

export const roles = [
  'caller',
  'victim',
  'at-risk',
  'suspect',
  'possible-suspect',
  'witness',
  'third-party',
  'child',
  'subject',
  'scene',
  'used',
] as const;
export type Role = (typeof roles)[number];

export const relations = [
  'partner',
  'ex-partner',
  'family',
  'household',
  'lives-at',
  'uses',
  'works-at',
  'knows',
] as const;

/** A person, place, phone, vehicle or account as the room knows it. */
export interface Subject {
  readonly id: string;
  readonly identity: Identity;
  /** What it matches on, exactly; fuzzy matching is a source's work. */
  readonly keys: readonly string[];
  readonly seq: number;
  /** Every identity that it was recorded under and where that was told, newest last. */
  readonly told: readonly Telling[];
}

/** An identity as it was told, in a contact or incident or, where both are null, to the room. */
export interface Telling {
  readonly identity: Identity;
  readonly contact: string | null;
  readonly incident: string | null;
  readonly seq: number;
}

/** A subject's appearance in a contact or incident. */
export interface Appearance {
  readonly subject: string;
  readonly contact: string | null;
  readonly incident: string | null;
  readonly role: Role;
  /** In whose hands a phone was said to be. */
  readonly whose: string | null;
  readonly seq: number;
  readonly at: number;
}

export interface Relation {
  readonly from: string;
  readonly to: string;
  readonly relation: (typeof relations)[number];
  readonly seq: number;
  /** The incident in which it was told. */
  readonly incident: string | null;
}

function squeezed(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A number in one form: British numbers with their country code, others as their digits. */
export function phoneKey(number: string): string {
  const digits = number.replaceAll(/[^0-9+]/g, '');
  if (digits.startsWith('+')) return `phone:${digits.slice(1)}`;
  if (digits.startsWith('00')) return `phone:${digits.slice(2)}`;
  return digits.startsWith('0') ? `phone:44${digits.slice(1)}` : `phone:${digits}`;
}

/** The exact keys of an identity, the most particular first. Public places have no dwelling key. */
export function keysOf(one: Identity): readonly string[] {
  switch (one.kind) {
    case 'person':
      return [one.name, ...(one.alias ?? [])].map((name) =>
        one.born === undefined ? `person:${squeezed(name)}` : `person:${squeezed(name)}|${one.born}`,
      );
    case 'place': {
      const street = `street:${squeezed(one.street)}|${squeezed(one.town ?? '')}`;
      return one.premises === undefined || one.public === true
        ? [street]
        : [`dwelling:${squeezed(one.premises)}|${squeezed(one.street)}|${squeezed(one.town ?? '')}`, street];
    }
    case 'phone':
      return [phoneKey(one.number)];
    case 'vehicle':
      return one.mark === undefined ? [] : [`vehicle:${squeezed(one.mark).replaceAll(' ', '')}`];
    case 'account':
      return [`account:${squeezed(one.platform)}|${squeezed(one.handle).replaceAll(' ', '')}`];
  }
}

/** What a person, place, phone, vehicle or account is called. */
export function nameOf(identity: Identity): string {
  switch (identity.kind) {
    case 'person':
      return [identity.name, identity.born === undefined ? null : `born ${identity.born}`, ...(identity.alias ?? [])]
        .filter((one) => one !== null)
        .join(', ');
    case 'place':
      return [identity.premises, identity.street, identity.town, identity.postcode]
        .filter((one) => one !== undefined)
        .join(', ');
    case 'phone':
      return identity.number;
    case 'vehicle':
      return [identity.mark, identity.description].filter((one) => one !== undefined).join(', ');
    case 'account':
      return `${identity.platform} ${identity.handle}`;
  }
}

/** Whether a key says that two mentions are of the same one; a street does not. */
export function isParticular(key: string): boolean {
  return !key.startsWith('street:');
}

/** Subjects taken for one, at most: more than anybody is known by. */
const samesMax = 500;

/** Every other subject that the room holds under one of a subject's particular keys. */
function alikeOf(room: Room, subject: string): readonly string[] {
  const keys = room.subjects.get(subject)?.keys ?? [];
  return keys.filter(isParticular).flatMap((key) => room.subjectsByKey.get(key) ?? []);
}

/**
 * The subject itself, every other that the room holds under one of its particular keys, and whoever people decided to
 * be the same as one of these; never somebody decided not to be. An undone decision counts no more.
 */
export function sameSubjects(room: Room, subject: string): readonly string[] {
  if (!room.subjects.has(subject)) return [subject];
  const all = new Set([subject]);
  const add = (one: string): void => {
    if (all.size < samesMax && decidedSame(room, subject, one) !== 'declined') all.add(one);
  };
  for (const one of alikeOf(room, subject)) add(one);
  for (const one of all)
    for (const { link, same } of samenessesOf(room, one)) {
      if (link.state !== 'confirmed' || all.has(same)) continue;
      add(same);
      for (const other of all.has(same) ? alikeOf(room, same) : []) add(other);
    }
  return [...all];
}

/** Subjects related to this one, with the relation, in either direction. */
export function relatedTo(
  room: Room,
  subject: string,
): readonly { readonly subject: string; readonly relation: string }[] {
  return (room.relations.get(subject) ?? []).map((one) => ({
    subject: one.from === subject ? one.to : one.from,
    relation: one.relation,
  }));
}

const commands = {
  RecordSubject: z.strictObject({ subject: id, identity }),
  Mention: z.strictObject({
    subject: id,
    identity: identity.optional(),
    contact: id.optional(),
    incident: id.optional(),
    role: z.enum(roles),
    /** In whose hands a phone may be: decides how it may be rung (`unsafe-callback`). */
    whose: z.enum(['own', 'shared', 'suspect', 'unknown']).optional(),
  }),
  Relate: z.strictObject({ from: id, to: id, relation: z.enum(relations), incident: id.optional() }),
};

const whose = z.enum(['own', 'shared', 'suspect', 'unknown']).optional();

const events = {
  SubjectRecorded: event({ subject: id, contact: id.optional(), incident: id.optional() }, { identity }),
  Mentioned: event({ subject: id, contact: id.optional(), incident: id.optional() }, { role: z.enum(roles), whose }),
  Related: event({ subject: id, other: id, incident: id.optional() }, { relation: z.enum(relations) }),
};
const make = drafts(events);

/** Identities of one subject that the room remembers; the log holds them all. */
const tellingsMax = 20;

/**
 * What is told again where somebody known from a restricted incident alone is named in another place: whoever names
 * them there lets it be known there.
 */
function retold(
  room: Room,
  place: { readonly subject: string; readonly contact: string | undefined; readonly incident: string | undefined },
): Identity | null {
  const home = room.belongings.get(place.subject);
  if (home === undefined) return null;
  const there = room.belongings.get(place.incident ?? '') ?? room.belongings.get(place.contact ?? '');
  return there === home ? null : (room.subjects.get(place.subject)?.identity ?? null);
}

function isOpen(room: Room, incident: string | null): boolean {
  return room.incidents.get(incident ?? '')?.closed === null;
}

/** The newest appearances under a key; those older than the policy's window leave as new ones come, unless open. */
function appear(room: Room, subject: Subject, appearance: Appearance): Room {
  let index = room.appearances;
  const oldest = appearance.at - room.policy.recentMs;
  for (const key of subject.keys) {
    const kept = (index.get(key) ?? []).filter((one) => one.at >= oldest || isOpen(room, one.incident));
    index = index.set(key, [...kept, appearance].slice(-200));
  }
  return roomWith(room, { appearances: index });
}

/** People, places, phones, vehicles and accounts, where they were mentioned, and how they are related. */
export const subjectConcept = concept({
  commands,
  events,
  stakes: {},
  decide: {
    RecordSubject: (data) => [make.SubjectRecorded({ subject: data.subject }, { identity: data.identity })],
    Mention: (data, room) => {
      const contact = data.contact === undefined ? undefined : room.contacts.get(data.contact);
      if (data.contact !== undefined && contact === undefined) return unknown('contact', data.contact);
      if (data.incident !== undefined && !room.incidents.has(data.incident)) return unknown('incident', data.incident);
      if (data.identity === undefined && !room.subjects.has(data.subject)) return unknown('subject', data.subject);
      const incident = data.incident ?? contact?.incident ?? undefined;
      const mention = make.Mentioned(
        { subject: data.subject, contact: data.contact, incident },
        { role: data.role, whose: data.whose },
      );
      const place = { subject: data.subject, contact: data.contact, incident };
      const identity = data.identity ?? retold(room, place);
      return identity === null ? [mention] : [make.SubjectRecorded(place, { identity }), mention];
    },
    Relate: (data, room) => {
      const missing =
        firstUnknown(room, { subject: data.from, incident: data.incident }) ?? firstUnknown(room, { subject: data.to });
      if (missing !== null) return missing;
      return [
        make.Related({ subject: data.from, other: data.to, incident: data.incident }, { relation: data.relation }),
      ];
    },
  },
  evolve: {
    SubjectRecorded: (room, { ids, body, seq }) => {
      const keys = keysOf(body.identity);
      let index = room.subjectsByKey;
      for (const key of keys)
        if (!(index.get(key) ?? []).includes(ids.subject)) index = listed(index, key, ids.subject, 100);
      // What is recorded of somebody known from a restricted incident alone, and of no other place, belongs there.
      const isPlaced = ids.contact !== undefined || ids.incident !== undefined;
      const incident = isPlaced ? ids.incident : room.belongings.get(ids.subject);
      const telling = { identity: body.identity, contact: ids.contact ?? null, incident: incident ?? null, seq };
      const told = [...(room.subjects.get(ids.subject)?.told ?? []), telling].slice(-tellingsMax);
      const subject: Subject = { id: ids.subject, identity: body.identity, keys, seq, told };
      return roomWith(room, { subjectsByKey: index, subjects: room.subjects.set(ids.subject, subject) });
    },
    Mentioned: (room, { ids, body, seq, at }) => {
      const subject = room.subjects.get(ids.subject);
      if (subject === undefined) return room;
      const appearance: Appearance = {
        subject: ids.subject,
        contact: ids.contact ?? null,
        incident: ids.incident ?? null,
        role: body.role,
        whose: body.whose ?? null,
        seq,
        at,
      };
      let next = appear(room, subject, appearance);
      if (body.whose !== undefined) next = roomWith(next, { phoneHands: next.phoneHands.set(ids.subject, body.whose) });
      next = updateIn(next, 'contacts', ids.contact, (contact) => ({
        ...contact,
        subjects: united(contact.subjects, [ids.subject]),
        keys: united(contact.keys, subject.keys),
      }));
      next = roomWith(next, { mentions: mentioned(next, appearance) });
      return updateIn(next, 'incidents', ids.incident, (incident) => ({
        ...incident,
        subjects: united(incident.subjects, [ids.subject]),
      }));
    },
    Related: (room, { ids, body, seq }) => {
      const relation: Relation = {
        from: ids.subject,
        to: ids.other,
        relation: body.relation,
        seq,
        incident: ids.incident ?? null,
      };
      return roomWith(room, {
        relations: listed(listed(room.relations, ids.subject, relation, 500), ids.other, relation, 500),
      });
    },
  },
});

/** Appearances by the contact or incident they stand in. */
function mentioned(room: Room, appearance: Appearance): Room['mentions'] {
  let index = room.mentions;
  for (const place of [appearance.contact, appearance.incident])
    if (place !== null) index = listed(index, place, appearance, 500);
  return index;
}

function united(held: readonly string[], more: readonly string[]): readonly string[] {
  return more.every((one) => held.includes(one)) ? held : [...new Set([...held, ...more])];
}

/** Everybody and everything that appears in an incident, its contacts included, in order of mention. */
export function appearancesOf(
  room: Room,
  incident: { readonly id: string; readonly contacts: readonly string[] },
): readonly Appearance[] {
  const all = new Map<number, Appearance>();
  for (const place of [incident.id, ...incident.contacts])
    for (const one of room.mentions.get(place) ?? []) all.set(one.seq, one);
  return [...all.values()].toSorted((a, b) => a.seq - b.seq);
}
