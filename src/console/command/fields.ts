import { z } from 'zod';
import { id, instant, span, words } from '../../room/define.ts';
import { ownerSchema } from '../../room/duty.ts';
import { commandSchemas } from '../../room/vocabulary.ts';

/** What a person gives for one field of a command. */
export type FieldKind = 'id' | 'owner' | 'choice' | 'flag' | 'number' | 'instant' | 'span' | 'line' | 'words' | 'shape';

/** One field of a command as a person fills it in; read from the very schema that the room checks. */
export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  readonly isNeeded: boolean;
  /** Several may be given. */
  readonly isList: boolean;
  /** What can be chosen, where the schema itself says so. */
  readonly options: readonly string[];
}

/** The id that a command gives to what it makes: the console makes it up, no person does. */
const makes: Readonly<Record<string, string>> = {
  PresentContact: 'contact',
  AttemptCallback: 'callback',
  RecordLocation: 'location',
  OpenIncident: 'incident',
  RecordSubject: 'subject',
  Mention: 'subject',
  RequestCheck: 'check',
  ProposeLink: 'link',
  OpenPattern: 'pattern',
  SetMarker: 'marker',
  RecordOrder: 'order',
  ReportBreach: 'breach',
  AssignUnit: 'deployment',
  DivertUnit: 'deployment',
  RaiseTask: 'task',
  Defer: 'deferral',
  SendMessage: 'message',
  MakePromise: 'promise',
  SendTransfer: 'transfer',
  ReceiveTransfer: 'transfer',
  Propose: 'decision',
  RequestReview: 'review',
  StateReliance: 'reliance',
  RecordHarm: 'harm',
  ReportExhibit: 'exhibit',
  Describe: 'description',
  RecordLesson: 'lesson',
};

/** What is named may be known already; where nobody says which it is, it is new. */
const mayBeKnown: ReadonlySet<string> = new Set(['Mention']);

/** What only the service and its machines say, or is a document: no person types it. */
const notTyped: ReadonlySet<string> = new Set([
  'AdoptPolicy',
  'ArchiveContact',
  'ArchiveIncident',
  'CompleteCheck',
  'ExpectContacts',
  'PassTime',
  'Recall',
  'ReportLogFault',
  'ReportShown',
  'ReportSource',
  'ReportUnitMoved',
]);

/** Every command that a person may give here, in the order of the vocabulary. */
export const typedCommands: readonly string[] = [...commandSchemas.keys()].filter((type) => !notTyped.has(type));

/** The field under which a command names the new thing that it makes; null for one that makes none. */
export function madeBy(type: string): string | null {
  return makes[type] ?? null;
}

/** The fields that a person fills in, in the order of the schema; what the console makes up is left out. */
export function fieldsOf(type: string): readonly Field[] {
  const schema = commandSchemas.get(type);
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries<z.core.$ZodType>(schema.shape)
    .filter(([name]) => name !== madeBy(type) || mayBeKnown.has(type))
    .map(([name, one]) => fieldOf(name, one, { isNeeded: name !== madeBy(type), isList: false }));
}

function fieldOf(name: string, schema: z.core.$ZodType, so: Pick<Field, 'isNeeded' | 'isList'>): Field {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return fieldOf(name, schema.def.innerType, { ...so, isNeeded: false });
  if (schema instanceof z.ZodArray) return fieldOf(name, schema.def.element, { ...so, isList: true });
  return { name, ...so, ...kindOf(schema) };
}

function kindOf(schema: z.core.$ZodType): Pick<Field, 'kind' | 'options'> {
  if (schema === ownerSchema) return { kind: 'owner', options: [] };
  if (schema === id) return { kind: 'id', options: [] };
  if (schema === instant) return { kind: 'instant', options: [] };
  if (schema === span) return { kind: 'span', options: [] };
  if (schema === words) return { kind: 'words', options: [] };
  if (schema instanceof z.ZodEnum) return { kind: 'choice', options: schema.options.map(String) };
  if (schema instanceof z.ZodString) return { kind: 'line', options: [] };
  if (schema instanceof z.ZodBoolean) return { kind: 'flag', options: ['yes', 'no'] };
  if (schema instanceof z.ZodNumber) return { kind: 'number', options: [] };
  return { kind: 'shape', options: [] };
}

/** A command's name as a person reads it: `SetGrade` is set grade. */
export function spoken(type: string): string {
  return type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

/** A field's name as a person reads it: `personTold` is person told. */
export function spokenField(name: string): string {
  return spoken(name).replaceAll('-', ' ');
}
