import { z } from 'zod';
import { changeIn, listed, roomWith, updateIn } from './change.ts';
import { concept, drafts, event, id, line, taken, unknown } from './define.ts';
import { firstUnknown } from './known.ts';

/** A course of conduct between people, or at a place: an object with an owner, joined by each new event. */
export interface Pattern {
  readonly id: string;
  readonly seq: number;
  /** The incident in which it was opened. */
  readonly incident: string | null;
  readonly openedAt: number;
  /** The people or places between whom it runs. */
  readonly between: readonly string[];
  readonly owner: string | null;
  /** Incidents and earlier records that belong to it, in order of joining. */
  readonly members: readonly {
    readonly of: string;
    readonly at: number;
    readonly signs: readonly string[];
    readonly seq: number;
    /** The incident in which it was found to belong. */
    readonly incident: string | null;
  }[];
  readonly reviewedAt: number | null;
  readonly reviewedBy: string | null;
}

const member = { of: id, signs: z.array(z.string().max(64)).max(40), when: z.int().min(0) };

const commands = {
  OpenPattern: z.strictObject({ pattern: id, between: z.array(id).min(1).max(20), incident: id.optional() }),
  OwnPattern: z.strictObject({ pattern: id, owner: id }),
  ReviewPattern: z.strictObject({ pattern: id, decision: line }),
};

const events = {
  PatternOpened: event({ pattern: id, incident: id.optional() }, { between: z.array(id).min(1).max(20) }),
  PatternJoined: event({ pattern: id, incident: id.optional() }, member),
  PatternOwned: event({ pattern: id, staff: id }, {}, {}),
  PatternReviewed: event({ pattern: id }, { decision: line }, { decision: '[erased]' }),
};
const make = drafts(events);

/** Patterns. */
export const patternConcept = concept({
  commands,
  events,
  stakes: {},
  decide: {
    OpenPattern: (data, room) => {
      if (room.patterns.has(data.pattern)) return taken('pattern', data.pattern);
      const { pattern, incident, between } = data;
      const missing = [{ incident }, ...between.map((subject) => ({ subject }))]
        .map((one) => firstUnknown(room, one))
        .find((one) => one !== null);
      return missing ?? [make.PatternOpened({ pattern, incident }, { between })];
    },
    OwnPattern: (data, room) =>
      room.patterns.has(data.pattern)
        ? [make.PatternOwned({ pattern: data.pattern, staff: data.owner }, {})]
        : unknown('pattern', data.pattern),
    ReviewPattern: (data, room) =>
      room.patterns.has(data.pattern)
        ? [make.PatternReviewed({ pattern: data.pattern }, { decision: data.decision })]
        : unknown('pattern', data.pattern),
  },
  evolve: {
    PatternOpened: (room, { ids, body, seq, at }) => {
      if (room.patterns.has(ids.pattern)) return room;
      const pattern: Pattern = {
        id: ids.pattern,
        seq,
        incident: ids.incident ?? null,
        openedAt: at,
        between: body.between,
        owner: null,
        members: [],
        reviewedAt: null,
        reviewedBy: null,
      };
      const index = body.between.reduce((held, subject) => listed(held, subject, pattern.id, 100), room.patternsOn);
      return roomWith(room, { patternsOn: index, patterns: room.patterns.set(pattern.id, pattern) });
    },
    PatternJoined: (room, { ids, body, seq }) =>
      updateIn(room, 'patterns', ids.pattern, (pattern) => ({
        ...pattern,
        members: [
          ...pattern.members.filter((held) => held.of !== body.of),
          { of: body.of, at: body.when, signs: body.signs, seq, incident: ids.incident ?? null },
        ].slice(-500),
      })),
    PatternOwned: (room, { ids }) => changeIn(room, 'patterns', ids.pattern, { owner: ids.staff }),
    PatternReviewed: (room, { ids, at, actor }) =>
      changeIn(room, 'patterns', ids.pattern, { reviewedAt: at, reviewedBy: actor.id }),
  },
});
