import { z } from 'zod';
import { duration } from '../border/instant.ts';
import { callbackResults } from '../room/callback.ts';
import { channels, endings, tellings } from '../room/contact.ts';
import { id, line } from '../room/define.ts';
import { outcomes } from '../room/deployment.ts';
import { kinds } from '../room/incident.ts';
import { roles } from '../room/subject.ts';
import { codes, column, columnWords, columnsNamed, named, timeForm } from '../sources/record-mapping.ts';
import type { Layout } from '../sources/snapshot-items.ts';

/**
 * What a row can tell of. `received`: somebody got in touch; `opened`: an incident without a caller; `wrote`: an entry
 * in its log; `nothing`: rows that are no part of any incident.
 */
export const steps = [
  'received',
  'opened',
  'wrote',
  'told',
  'rang-back',
  'graded',
  'assigned',
  'en-route',
  'arrived',
  'left',
  'no-unit',
  'closed',
  'reopened',
  'nothing',
] as const;
export type StepKind = (typeof steps)[number];

/** Rows that have one of these codes in a column. */
const condition = z.strictObject({ column, is: z.array(z.string().max(200)).min(1).max(200) });

/** For exports with one row for each incident: every time in the row is a step of its own. */
const stepsOfRow = z
  .array(z.strictObject({ step: z.enum(steps), time: column, when: condition.optional() }))
  .min(1)
  .max(30);
/** For exports with one row for each event: a column says what happened. */
const stepByCode = z.strictObject({ column, time: column, codes: codes(z.enum(steps)) });

/** A value from a column by a table of codes, or always the same; `otherwise`: what any other code stands for. */
const coded = <T extends z.ZodType>(of: T) =>
  z.union([
    z.strictObject({ is: of }),
    z.strictObject({ column, codes: codes(of).default({}), otherwise: of.optional() }),
  ]);

/** A mapping file: how the log export of another system is read. `docs/audit.md` explains every field. */
export const auditMapping = z.strictObject({
  title: line,
  format: z.enum(['csv', 'ndjson']),
  separator: z.string().length(1, 'one character, such as ; or a tab').default(','),
  encoding: z.enum(['utf-8', 'windows-1252', 'utf-16le']).default('utf-8'),
  /** What stands in a column that is empty, such as NULL or N/A. */
  empty: z.array(z.string().max(40)).max(20).default([]),
  times: z
    .strictObject({
      forms: z.array(timeForm).min(1).max(6).default(['iso']),
      zone: z.enum(['britain', 'utc']).default('britain'),
      repeated: z.enum(['refuse', 'first', 'second']).default('refuse'),
    })
    .prefault({}),
  /** How far rows may be out of the order of their times. */
  disorder: duration().default(3_600_000),
  /** How long after its last row an incident is followed that no row closes. */
  follow: duration().default(86_400_000),
  /** How far back earlier rows are looked up as history. */
  history: duration().default(2_592_000_000),
  /** What the incident is called; rows with the same words tell of the same one. Left out: each row is its own. */
  incident: columnWords.optional(),
  steps: z.union([stepsOfRow, stepByCode]),
  channel: coded(z.enum(channels)).optional(),
  grade: coded(id).optional(),
  kinds: coded(z.array(z.enum(kinds)).max(10)).optional(),
  ending: coded(z.enum(endings)).optional(),
  closing: coded(id).optional(),
  telling: coded(z.enum(tellings)).optional(),
  callback: coded(z.enum(callbackResults)).optional(),
  outcome: coded(z.enum(outcomes)).optional(),
  /** A few words that say what it is, such as the type of the call. */
  summary: columnWords.optional(),
  /** What was said or written, in words. */
  text: columnWords.optional(),
  unit: columnWords.optional(),
  /** Who dealt with it: only for the totals. */
  desk: columnWords.optional(),
  names: z
    .array(z.strictObject({ role: z.enum(roles), of: named }))
    .max(40)
    .default([]),
});
export type AuditMapping = z.output<typeof auditMapping>;
export type Coded<T> = { readonly is: T } | { readonly column: string; readonly codes: Readonly<Record<string, T>> };

const codedFields = ['channel', 'grade', 'kinds', 'ending', 'closing', 'telling', 'callback', 'outcome'] as const;
const wordFields = ['incident', 'summary', 'text', 'unit', 'desk'] as const;

/** What a mapping says of how its export is laid out, with every column that must be in it. */
export function layoutOf(mapping: AuditMapping): Layout {
  const { format, separator, encoding } = mapping;
  const found: { column: string; field: string }[] = [];
  const add = (field: string, from: unknown): void => {
    if (typeof from === 'string') found.push({ column: from, field });
    else if (Array.isArray(from)) for (const one of from as readonly string[]) found.push({ column: one, field });
  };
  for (const field of wordFields) add(field, mapping[field]);
  for (const field of codedFields) add(`${field}.column`, (mapping[field] as { column?: string } | undefined)?.column);
  if (Array.isArray(mapping.steps))
    for (const [at, one] of mapping.steps.entries()) {
      add(`steps[${at}].time`, one.time);
      add(`steps[${at}].when.column`, one.when?.column);
    }
  else {
    add('steps.column', mapping.steps.column);
    add('steps.time', mapping.steps.time);
  }
  for (const [at, one] of mapping.names.entries())
    for (const [key, from] of columnsNamed(one.of)) add(`names[${at}].of.${key}`, from);
  return { format, separator, encoding, named: found };
}

/** Every step that an export can tell of. */
export function stepsTold({ steps: told }: AuditMapping): ReadonlySet<StepKind> {
  return new Set(Array.isArray(told) ? told.map((one) => one.step) : Object.values(told.codes));
}
