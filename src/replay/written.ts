import { z } from 'zod';
import { duration, instant as writtenInstant } from '../border/instant.ts';
import { instant, span } from '../room/define.ts';

type Def = {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly valueType?: z.ZodType;
  readonly defaultValue?: unknown;
  readonly discriminator?: string;
};

/**
 * The same schema as a person writes it: instants as British local time or ISO, spans as "5 min". Everything else of a
 * command's data is written in a case file exactly as it is sent to the API.
 */
export function asWritten(schema: z.ZodType): z.ZodType {
  if (schema === instant) return writtenInstant();
  if (schema === span) return duration();
  const def = schema.def as unknown as Def;
  switch (def.type) {
    case 'object':
      return z.strictObject(
        Object.fromEntries(Object.entries(def.shape ?? {}).map(([key, value]) => [key, asWritten(value)])),
      );
    case 'optional':
      return def.innerType === undefined ? schema : asWritten(def.innerType).optional();
    case 'nullable':
      return def.innerType === undefined ? schema : asWritten(def.innerType).nullable();
    case 'default': {
      if (def.innerType === undefined) return schema;
      const written = asWritten(def.innerType);
      // A default in milliseconds is not as anybody writes it, and is not read again.
      return typeof def.defaultValue === 'number'
        ? written.default(def.defaultValue)
        : written.prefault(def.defaultValue as never);
    }
    case 'array':
      return def.element !== undefined && holdsTime(def.element) ? z.array(asWritten(def.element)).max(200) : schema;
    default:
      return schema;
  }
}

/** Whether an instant or a span stands anywhere in a schema. */
function holdsTime(schema: z.ZodType): boolean {
  if (schema === instant || schema === span) return true;
  const def = schema.def as unknown as Def;
  const inside = [...Object.values(def.shape ?? {}), def.innerType, def.element];
  return inside.some((one) => one !== undefined && holdsTime(one));
}
