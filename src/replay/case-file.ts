import { z } from 'zod';
import { duration, instant } from '../border/instant.ts';
import type { Limits } from '../border/limits.ts';
import { finding } from '../room/check.ts';
import { id, line } from '../room/define.ts';
import { commandSchemas } from '../room/vocabulary.ts';
import { unitStatuses } from '../room/unit.ts';
import { identity, relations } from '../room/subject.ts';
import { asWritten } from './written.ts';

/** Commands that a case cannot give: time passes by itself, policy is named at the top. */
const notForCases = new Set(['AdoptPolicy', 'ArchiveIncident', 'Recall', 'PassTime']);

const clockTime = z
  .string()
  .regex(
    /^(\d{4}-\d{2}-\d{2}[T ])?\d{2}:\d{2}(:\d{2})?( GMT| BST|Z|[+-]\d{2}:\d{2})?$/,
    'a time such as 2026-02-03 21:04 or, on the day of the line before, 21:04',
  );

/** An assumed moment: so long after the command before, with the bounds within which the truth must lie. */
const afterPrevious = z.strictObject({
  after: duration(),
  'at-least': duration().optional(),
  'at-most': duration().optional(),
});

/** When something happened: a clock time, or an order with an assumed gap. */
export const when = z.union([clockTime, afterPrevious]);
export type When = z.output<typeof when>;

const actFields = {
  at: when,
  /** When the room learned it, where that was later. */
  recorded: when.optional(),
  by: id.optional(),
  label: id.optional(),
  note: line.optional(),
  override: line.optional(),
};

const given = [...commandSchemas.entries()].filter(([type]) => !notForCases.has(type));

/** What is proposed is written as it would be given. */
const proposable = given
  .filter(([type]) => type !== 'Propose' && type !== 'Approve')
  .map(([type, schema]) => z.strictObject({ type: z.literal(type), data: asWritten(schema) }));
const proposed = z.discriminatedUnion(
  'type',
  proposable as unknown as [(typeof proposable)[number], ...typeof proposable],
);

const dataSchemas: ReadonlyMap<string, z.ZodObject> = new Map(
  given.map(([type, schema]) => {
    const written =
      type === 'Propose' ? z.strictObject({ decision: id, command: proposed, reason: line }) : asWritten(schema);
    return [type, written as z.ZodObject];
  }),
);

/** The data of a command as a case file writes it, or undefined for one that a case cannot give. */
export function dataSchemaOf(type: string): z.ZodObject | undefined {
  return dataSchemas.get(type);
}

const actSchemas = [...dataSchemas].map(([type, written]) =>
  z.strictObject({ do: z.literal(type), with: written, ...actFields }),
);

/** One timed command: what somebody really did, in the vocabulary of the API. */
export const act = z.discriminatedUnion(
  'do',
  actSchemas as unknown as [(typeof actSchemas)[number], ...typeof actSchemas],
);
export interface Act {
  readonly do: string;
  readonly with: Readonly<Record<string, unknown>>;
  readonly at: When;
  readonly recorded?: When | undefined;
  readonly by?: string | undefined;
  readonly label?: string | undefined;
  readonly note?: string | undefined;
  readonly override?: string | undefined;
}

const staff = z.union([id, z.strictObject({ role: id, 'on-duty': z.boolean() })]);
const unit = z.enum(unitStatuses);
const written = (type: string): z.ZodType => {
  const schema = commandSchemas.get(type);
  return schema === undefined ? z.never() : asWritten(schema);
};

const record = z.strictObject({
  id,
  kind: finding.shape.kind,
  when: instant(),
  names: z.array(identity).max(20).default([]),
  subjects: z.array(id).max(20).default([]),
  signs: finding.shape.signs,
  says: line,
});

const source = z.strictObject({
  latency: duration().optional(),
  outages: z
    .array(
      z.strictObject({ from: instant(), until: instant(), result: z.enum(['failed', 'timed-out', 'unavailable']) }),
    )
    .max(50)
    .default([]),
  records: z.array(record).max(5_000).default([]),
});

/** What stood before the first call: people of the room, units, subjects, markers, orders, and what sources know. */
const world = z.strictObject({
  staff: z.record(id, staff),
  units: z.record(id, unit).default({}),
  subjects: z.record(id, identity).default({}),
  relations: z
    .array(z.strictObject({ from: id, to: id, relation: z.enum(relations) }))
    .max(500)
    .default([]),
  markers: z.array(written('SetMarker')).max(200).default([]),
  orders: z.array(written('RecordOrder')).max(200).default([]),
  sources: z.record(id, source).default({}),
});

const by = clockTime;
const expectation = z.strictObject({
  raised: z
    .array(
      z.strictObject({
        safeguard: id,
        by,
        level: z.enum(['note', 'prompt', 'alarm']).optional(),
        about: z.string().max(120).optional(),
      }),
    )
    .max(200)
    .optional(),
  refused: z
    .array(z.strictObject({ at: by, safeguard: id }))
    .max(200)
    .optional(),
  climbs: z
    .array(z.strictObject({ safeguard: id, to: id, by }))
    .max(200)
    .optional(),
  quiet: z.enum(['prompt', 'alarm']).optional(),
  never: z.array(id).max(100).optional(),
  'turn-before-harm': z.boolean().optional(),
});
export type Expectation = z.output<typeof expectation>;

const harm = z.strictObject({
  says: line,
  /** Where only bounds are known, `at` is assumed between them. */
  at: when,
  earliest: clockTime.optional(),
  latest: clockTime.optional(),
  /** What it is about (incidents, contacts, subjects): only what concerns that can be a turn. All, when left out. */
  about: z.array(id).max(100).optional(),
});

const variant = z.strictObject({
  name: id,
  says: line,
  remove: z.array(id).max(200).default([]),
  /** Facts changed by label: the data given here takes the place of the command's own, field by field. */
  change: z
    .record(id, z.strictObject({ at: when.optional(), with: z.record(z.string().max(60), z.unknown()).optional() }))
    .default({}),
  add: z.array(act).max(200).default([]),
  expect: expectation,
});
export type Variant = z.output<typeof variant>;

const commandsMax = 20_000;

/** How much of a case file is read: enough for as many commands as it may have. */
export const caseLimits: Pick<Limits, 'maxBytes' | 'maxNodes'> = {
  maxBytes: 4 * 1024 * 1024,
  maxNodes: 32 * commandsMax,
};

/** A case file; `docs/case-files.md` teaches it, and its JSON Schema is published beside it. */
export const caseFileSchema = z.strictObject({
  case: id,
  title: line,
  /** Where the facts are published; never a name of anybody hurt, related or to blame. */
  source: line.optional(),
  about: z.string().max(8_000).optional(),
  policy: z.string().max(200).optional(),
  /** What the source does not give and this file supposes. */
  assumed: z.array(line).max(200).default([]),
  world,
  commands: z.array(act).min(1).max(commandsMax),
  harm: harm.optional(),
  expect: expectation.default({}),
  variants: z.array(variant).max(20).default([]),
});
export type CaseFile = Omit<z.output<typeof caseFileSchema>, 'commands' | 'variants'> & {
  readonly commands: readonly Act[];
  readonly variants: readonly (Omit<Variant, 'add'> & { readonly add: readonly Act[] })[];
};
