import { z } from 'zod';
import { roomWith, updateIn } from './change.ts';
import { concept, drafts, event, id, line, refuse, taken, unknown } from './define.ts';
import { firstUnknown } from './known.ts';
import type { Room } from './room.ts';

export const described = ['vehicle', 'person', 'object', 'place'] as const;

/** What somebody or something was said to look like, where nobody knows who or what it is. */
export interface Description {
  readonly id: string;
  readonly seq: number;
  readonly incident: string | null;
  readonly contact: string | null;
  readonly what: (typeof described)[number];
  /** One trait each: "red", "estate", "dent in the near side". */
  readonly features: readonly string[];
  /** Streets, towns and roads where it was, or where it is expected. */
  readonly near: readonly string[];
  /** Descriptions with which it was compared, and whether it is the same. */
  readonly compared: Readonly<Record<string, boolean>>;
  readonly at: number;
}

const ids = { description: id, incident: id.optional(), contact: id.optional() };
const features = z.array(line).min(1).max(20);
const near = z.array(line).max(20);
const told = { what: z.enum(described), features, near };

const commands = {
  Describe: z.strictObject({
    description: id,
    incident: id.optional(),
    contact: id.optional(),
    what: z.enum(described),
    features,
    near: near.default([]),
  }),
  /** Somebody has read both and says whether they are of the same one. */
  DecideLikeness: z.strictObject({ description: id, other: id, alike: z.boolean(), reason: line }),
};

const events = {
  Described: event(ids, told, { what: 'object', features: ['[erased]'], near: [] }),
  LikenessDecided: event({ ...ids, other: id }, { alike: z.boolean(), reason: line }),
};
const make = drafts(events);

function compared(room: Room, one: string, other: string, alike: boolean): Room {
  return updateIn(room, 'descriptions', one, (held) => ({ ...held, compared: { ...held.compared, [other]: alike } }));
}

/** Descriptions: of whom and of what nobody knows who or what it is, so that they can be held against each other. */
export const descriptionConcept = concept({
  commands,
  events,
  stakes: { DecideLikeness: (data) => (data.alike ? null : 'lowers') },
  decide: {
    Describe: ({ description, contact, incident: named, ...body }, room) => {
      if (room.descriptions.has(description)) return taken('description', description);
      if (contact === undefined && named === undefined)
        return refuse('nothing-named', 'Name the contact or the incident in which it was described.');
      const incident = named ?? room.contacts.get(contact ?? '')?.incident ?? undefined;
      return firstUnknown(room, { contact, incident }) ?? [make.Described({ description, contact, incident }, body)];
    },
    DecideLikeness: ({ description, other, ...body }, room) => {
      const one = room.descriptions.get(description);
      if (one === undefined) return unknown('description', description);
      if (!room.descriptions.has(other)) return unknown('description', other);
      if (description === other) return refuse('same-description', 'A description is always like itself.');
      const { incident, contact } = one;
      return [
        make.LikenessDecided(
          { description, other, incident: incident ?? undefined, contact: contact ?? undefined },
          body,
        ),
      ];
    },
  },
  evolve: {
    Described: (room, { ids: of, body, seq, at }) => {
      const description: Description = {
        id: of.description,
        seq,
        incident: of.incident ?? null,
        contact: of.contact ?? null,
        ...body,
        compared: {},
        at,
      };
      return roomWith(room, { descriptions: room.descriptions.set(description.id, description) });
    },
    LikenessDecided: (room, { ids: of, body }) =>
      compared(compared(room, of.description, of.other, body.alike), of.other, of.description, body.alike),
  },
});
