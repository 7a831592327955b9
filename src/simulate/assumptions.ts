import { z } from 'zod';
import { id, line } from '../room/define.ts';
import { readShipped } from './shipped.ts';

const trusts = ['found', 'derived', 'known', 'measured', 'chosen'] as const;

/** An assumption with where it comes from; only its value is handed on. */
function assumed<S extends z.ZodType>(value: S) {
  const schema = z.strictObject({ is: value, trust: z.enum(trusts), from: z.string().min(4).max(500) });
  return schema.transform((one) => (one as { readonly is: z.output<S> }).is);
}

const share = assumed(z.number().min(0).max(1));
const span = z.number().positive().max(100);
const crowd = z.strictObject({
  role: id,
  /** How many are on in each shift. */
  on: z.array(z.int().min(0).max(200)).min(1),
  /** How many more there are, who are not on. */
  off: z.int().min(0).default(0),
});

const sizeSchema = z.strictObject({
  about: line,
  copies: assumed(z.int().min(1).max(90)),
  'beginnings-an-hour': assumed(z.number().positive().max(1_000)),
  'slot-seconds': assumed(z.int().min(1).max(60)),
  week: assumed(z.enum(['flat', 'measured'])),
  dispersion: assumed(z.number().min(1).max(5)),
  'storm-a-day': share,
  'storm-factor': assumed(z.number().min(1).max(10)),
  'storm-hours': assumed(z.tuple([span, span])),
  'burst-a-day': assumed(z.number().min(0).max(20)),
  'burst-callers': assumed(z.tuple([z.int().min(1), z.int().max(60)])),
  'silent-share': share,
  'distressed-share': share,
  'storied-share': share,
  'busy-homes': assumed(z.int().min(0).max(20_000)),
  'busy-share': share,
  'units-of-a-place': assumed(z.int().min(1).max(100)),
  'again-share': share,
  'left-share': share,
  'hasty-share': share,
  'careless-share': share,
  'claimed-share': share,
  'overlooked-share': share,
  'unacknowledged-share': share,
  'thin-share': share,
  'unheard-share': share,
  'hand-seconds': assumed(span),
  'break-minutes': assumed(span),
  'break-every-hours': assumed(span),
  'look-seconds': assumed(z.int().min(1).max(60)),
  staff: assumed(z.array(crowd).min(1)),
  'units-on': assumed(z.array(z.number().min(0).max(10)).min(1)),
  'shift-hours': assumed(z.array(z.int().min(0).max(23)).min(1)),
});

const sizes = ['county', 'force'] as const;
/** How large the invented county is: the demonstration's few streets, or a force of 1.7 million people. */
export type Size = (typeof sizes)[number];
/** What is taken for granted of one size; every value's source stands beside it in `assumptions.yaml`. */
export type Assumptions = Readonly<z.output<typeof sizeSchema>>;

const fileSchema = z.strictObject({ county: sizeSchema, force: sizeSchema });

/** The assumptions of a size. Throws where the data that ships is wrong. */
export function assumptionsOf(size: Size): Assumptions {
  return readShipped('assumptions.yaml', fileSchema)[size];
}
