import { z } from 'zod';
import { concept, drafts, event, instant, line, refuse } from './define.ts';
import type { Room } from './room.ts';

/** A plan for a room that is short holds for a shift at most; after that somebody plans afresh. */
const planMaxMs = 12 * 3_600_000;

const commands = {
  /** How the force incident manager gets through: who is borrowed, what waits, until when. */
  PlanShortage: z.strictObject({ until: instant, says: line }),
  /** Everything that waits was looked at, one by one. */
  WalkList: z.strictObject({ says: line }),
};

const events = {
  ShortagePlanned: event({}, { until: instant, says: line }),
  ListWalked: event({}, { says: line }),
};
const make = drafts(events);

/** A room that has too few units or people for what waits, and what is done about it. */
export const shortageConcept = concept({
  commands,
  events,
  stakes: {},
  decide: {
    PlanShortage: (data, _room, asked) =>
      data.until <= asked.now || data.until > asked.now + planMaxMs
        ? refuse('plan-without-end', 'A plan ends within twelve hours from now.')
        : [make.ShortagePlanned({}, data)],
    WalkList: (data) => [make.ListWalked({}, data)],
  },
  evolve: {
    ShortagePlanned: (room: Room) => room,
    ListWalked: (room: Room) => room,
  },
});
