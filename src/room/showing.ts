import { z } from 'zod';
import { roomWith } from './change.ts';
import { concept, drafts, event, id } from './define.ts';
import { firstUnknown } from './known.ts';
import type { Room } from './room.ts';

/** Facts of an incident that other systems keep too: whether it is open, its grade, its queue, who is in custody. */
export const shownFacts = ['state', 'grade', 'queue', 'custody'] as const;
export type ShownFact = (typeof shownFacts)[number];

/** What another record shows of an incident: a dispatch queue, a custody record, a screen. */
export interface Showing {
  readonly id: string;
  readonly seq: number;
  readonly incident: string;
  readonly source: string;
  readonly fact: ShownFact;
  /** As that record says it: open, closed; a grade; sending, none; held, none. */
  readonly shows: string;
  readonly at: number;
}

const body = { fact: z.enum(shownFacts), shows: id };

const commands = {
  ReportShown: z.strictObject({ incident: id, source: id, ...body }),
};

const events = {
  RecordShown: event({ incident: id, source: id }, body),
};
const make = drafts(events);

/** What one record shows of one fact, by name. */
export function showingName(source: string, fact: ShownFact): string {
  return `${source} ${fact}`;
}

/** What a record of that name last showed of an incident. */
export function showingOf(room: Room, incident: string, name: string): Showing | undefined {
  return room.showings.get(`${incident} ${name}`);
}

/** What other records show of the incidents of this room. */
export const showingConcept = concept({
  commands,
  events,
  stakes: {},
  decide: {
    ReportShown: ({ incident, source, ...shown }, room) =>
      firstUnknown(room, { incident }) ?? [make.RecordShown({ incident, source }, shown)],
  },
  evolve: {
    RecordShown: (room: Room, { ids, body: shown, seq, at }) => {
      const key = `${ids.incident} ${showingName(ids.source, shown.fact)}`;
      const showing: Showing = { id: key, seq, incident: ids.incident, source: ids.source, ...shown, at };
      return roomWith(room, { showings: room.showings.set(key, showing) });
    },
  },
});
