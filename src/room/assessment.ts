import { z } from 'zod';
import { changeIn } from './change.ts';
import { concept, drafts, event, id, line, unknown, words } from './define.ts';
import type { Room } from './room.ts';

export const elements = ['threat', 'harm', 'risk', 'investigation', 'vulnerability', 'engagement'] as const;
export const levels = ['standard', 'medium', 'high'] as const;
const levelOrNone = z.enum(['none', 'low', ...levels]);

/** THRIVE at one moment: immutable, by a named person, tied to what was known. */
export interface Assessment {
  readonly seq: number;
  readonly at: number;
  readonly by: string;
  /** The elements that were answered. */
  readonly answered: readonly string[];
  readonly level: string | null;
}

/** Every element answered and a level given. */
export function isComplete(assessment: Assessment | null): boolean {
  return (
    assessment !== null &&
    assessment.level !== null &&
    elements.every((element) => assessment.answered.includes(element))
  );
}

const elementTexts = z.partialRecord(z.enum(elements), words);

const commands = {
  Assess: z.strictObject({
    incident: id,
    elements: elementTexts,
    level: levelOrNone.optional(),
    reason: line.optional(),
  }),
  CompleteRiskForm: z.strictObject({ incident: id, form: id, level: z.enum(levels), reason: line.optional() }),
};

const events = {
  Assessed: event(
    { incident: id },
    {
      answered: z.array(z.enum(elements)),
      texts: elementTexts,
      level: levelOrNone.nullable(),
      reason: line.optional(),
    },
    { answered: [], texts: {}, level: null },
  ),
  RiskFormCompleted: event({ incident: id }, { form: id, level: z.enum(levels), reason: line.optional() }),
};
const make = drafts(events);

/** Assessments (THRIVE) and the risk forms that outlive an incident. */
export const assessmentConcept = concept({
  commands,
  events,
  stakes: {},
  decide: {
    Assess: (data, room) =>
      room.incidents.has(data.incident)
        ? [
            make.Assessed(
              { incident: data.incident },
              {
                answered: elements.filter((element) => data.elements[element] !== undefined),
                texts: data.elements,
                level: data.level ?? null,
                reason: data.reason,
              },
            ),
          ]
        : unknown('incident', data.incident),
    CompleteRiskForm: (data, room) =>
      room.incidents.has(data.incident)
        ? [
            make.RiskFormCompleted(
              { incident: data.incident },
              { form: data.form, level: data.level, reason: data.reason },
            ),
          ]
        : unknown('incident', data.incident),
  },
  evolve: {
    Assessed: (room: Room, { ids, body, seq, at, actor }) =>
      changeIn(room, 'incidents', ids.incident, {
        assessment: { seq, at, by: actor.id, answered: body.answered, level: body.level },
      }),
    RiskFormCompleted: (room: Room, { ids, body, seq }) =>
      changeIn(room, 'incidents', ids.incident, { riskForm: { level: body.level, seq } }),
  },
});
