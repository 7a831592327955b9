import { z } from 'zod';
import { changeIn, roomWith } from './change.ts';
import { concept, drafts, event, id, instant, line, refuse, taken, unknown } from './define.ts';
import { firstUnknown } from './known.ts';
import type { Room } from './room.ts';

export const exhibitKinds = [
  'message',
  'footage',
  'recording',
  'object',
  'scene',
  'witness',
  'document',
  'other',
] as const;

/** Evidence that is said to exist, until somebody has it or decides that it is not to be had. */
export interface Exhibit {
  readonly id: string;
  readonly seq: number;
  readonly incident: string | null;
  readonly contact: string | null;
  readonly kind: (typeof exhibitKinds)[number];
  readonly says: string;
  /** When it is lost: overwritten, washed away, gone home; null where nobody knows. */
  readonly lostAt: number | null;
  readonly state: 'told' | 'secured' | 'given-up';
}

const ids = { exhibit: id, incident: id.optional(), contact: id.optional() };
const told = { kind: z.enum(exhibitKinds), says: line, lostAt: instant.optional() };

const commands = {
  ReportExhibit: z.strictObject({ exhibit: id, incident: id.optional(), contact: id.optional(), ...told }),
  SecureExhibit: z.strictObject({ exhibit: id, by: line }),
  GiveUpExhibit: z.strictObject({ exhibit: id, reason: line }),
};

const events = {
  ExhibitReported: event(ids, told, { kind: 'other', says: '[erased]' }),
  ExhibitSecured: event(ids, { by: line }, { by: '[erased]' }),
  ExhibitGivenUp: event(ids, { reason: line }, { reason: '[erased]' }),
};
const make = drafts(events);

function onTold(
  room: Room,
  wanted: string,
  made: (ids: ReturnType<typeof idsOf>) => ReturnType<typeof make.ExhibitSecured>,
) {
  const exhibit = room.exhibits.get(wanted);
  if (exhibit === undefined) return unknown('exhibit', wanted);
  if (exhibit.state === 'secured') return refuse('already-secured', `Exhibit ${wanted} is secured.`);
  return [made(idsOf(exhibit))];
}

function idsOf({ id: exhibit, incident, contact }: Exhibit): { exhibit: string; incident?: string; contact?: string } {
  return {
    exhibit,
    ...(incident === null ? {} : { incident }),
    ...(contact === null ? {} : { contact }),
  };
}

/** Exhibits: what could prove it, who has it, and when it will be gone. */
export const exhibitConcept = concept({
  commands,
  events,
  stakes: { GiveUpExhibit: () => 'lowers' },
  decide: {
    ReportExhibit: ({ exhibit, contact, incident: named, ...body }, room) => {
      if (room.exhibits.has(exhibit)) return taken('exhibit', exhibit);
      if (contact === undefined && named === undefined)
        return refuse('nothing-named', 'Name the contact or the incident that it is evidence of.');
      const incident = named ?? room.contacts.get(contact ?? '')?.incident ?? undefined;
      return firstUnknown(room, { contact, incident }) ?? [make.ExhibitReported({ exhibit, contact, incident }, body)];
    },
    SecureExhibit: (data, room) => onTold(room, data.exhibit, (of) => make.ExhibitSecured(of, { by: data.by })),
    GiveUpExhibit: (data, room) => onTold(room, data.exhibit, (of) => make.ExhibitGivenUp(of, { reason: data.reason })),
  },
  evolve: {
    ExhibitReported: (room, { ids: of, body, seq }) => {
      const exhibit: Exhibit = {
        id: of.exhibit,
        seq,
        incident: of.incident ?? null,
        contact: of.contact ?? null,
        kind: body.kind,
        says: body.says,
        lostAt: body.lostAt ?? null,
        state: 'told',
      };
      return roomWith(room, { exhibits: room.exhibits.set(exhibit.id, exhibit) });
    },
    ExhibitSecured: (room, { ids: of }) => changeIn(room, 'exhibits', of.exhibit, { state: 'secured' }),
    ExhibitGivenUp: (room, { ids: of }) => changeIn(room, 'exhibits', of.exhibit, { state: 'given-up' }),
  },
});
