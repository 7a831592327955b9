import { z } from 'zod';
import { changeIn, listed, roomWith } from './change.ts';
import { concept, drafts, event, id, line, refuse, taken, unknown } from './define.ts';
import { firstUnknown } from './known.ts';
import type { Room } from './room.ts';

/** A relation between two records, proposed with reasons and decided by a person; a decline is remembered. */
export interface Link {
  readonly id: string;
  readonly seq: number;
  /** The incident or contact in which the question arose. */
  readonly incident: string | null;
  readonly from: string;
  readonly to: string;
  readonly strength: 'certain' | 'strong' | 'weak';
  readonly reasons: readonly string[];
  readonly state: 'proposed' | 'confirmed' | 'declined';
  readonly by: string | null;
}

/** The index of links by what they stand on, with one more; an incident that is one of its own ends has it once. */
export function linkedWith(index: Room['linksOn'], link: Link): Room['linksOn'] {
  let next = index;
  for (const place of new Set([link.from, link.to, ...(link.incident === null ? [] : [link.incident])]))
    next = listed(next, place, link.id, 500);
  return next;
}

const commands = {
  ProposeLink: z.strictObject({
    link: id,
    from: id,
    to: id,
    incident: id.optional(),
    strength: z.enum(['certain', 'strong', 'weak']),
    reasons: z.array(line).min(1).max(10),
  }),
  ConfirmLink: z.strictObject({ link: id, reason: line.optional() }),
  DeclineLink: z.strictObject({ link: id, reason: line }),
};

const ids = { link: id, incident: id.optional() };
const events = {
  LinkProposed: event(ids, {
    from: id,
    to: id,
    strength: z.enum(['certain', 'strong', 'weak']),
    reasons: z.array(line).max(10),
  }),
  LinkConfirmed: event(ids, { reason: line.optional() }, {}),
  LinkDeclined: event(ids, { reason: line }, { reason: '[erased]' }),
};
const make = drafts(events);

function decided(
  room: Room,
  link: string,
  made: (ids: { link: string; incident?: string }) => ReturnType<typeof make.LinkConfirmed>,
) {
  const held = room.links.get(link);
  if (held === undefined) return unknown('link', link);
  if (held.state !== 'proposed')
    return refuse('link-decided', `Link ${link} was ${held.state} by ${held.by ?? 'somebody'}.`);
  return [made(held.incident === null ? { link } : { link, incident: held.incident })];
}

/** Links between records. */
export const linkConcept = concept({
  commands,
  events,
  stakes: { DeclineLink: () => 'lowers' },
  decide: {
    ProposeLink: (data, room) => {
      const { link, from, to, strength, reasons, incident } = data;
      const missing = firstUnknown(room, { incident });
      if (missing !== null) return missing;
      return room.links.has(link)
        ? taken('link', link)
        : [make.LinkProposed({ link, incident }, { from, to, strength, reasons })];
    },
    ConfirmLink: (data, room) => decided(room, data.link, (held) => make.LinkConfirmed(held, { reason: data.reason })),
    DeclineLink: (data, room) => decided(room, data.link, (held) => make.LinkDeclined(held, { reason: data.reason })),
  },
  evolve: {
    LinkProposed: (room, { ids, body, seq }) => {
      const link: Link = { id: ids.link, seq, incident: ids.incident ?? null, ...body, state: 'proposed', by: null };
      return roomWith(room, { linksOn: linkedWith(room.linksOn, link), links: room.links.set(link.id, link) });
    },
    LinkConfirmed: (room, { ids, actor }) => changeIn(room, 'links', ids.link, { state: 'confirmed', by: actor.id }),
    LinkDeclined: (room, { ids, actor }) => changeIn(room, 'links', ids.link, { state: 'declined', by: actor.id }),
  },
});
