import { z } from 'zod';
import { instant } from '../border/instant.ts';
import { metresMax } from '../room/location.ts';
import type { Identity } from '../room/subject.ts';
import type { PlaceIdentity } from './civic.ts';
import { addressOf, partOf, placeOf } from './civic.ts';
import { phoneNumber } from './phone-number.ts';
import type { LocationTold } from './told.ts';
import { degreesOf, pointAt } from './told.ts';

const label = z.string().max(200);
const metres = z.int().min(1).max(metresMax);

/** What the emergency information service answers about a number, as the middleware that asked it hands it on. */
export const eisecAnswer = z.strictObject({
  /** Only `found` says anything of the number; the rest is that nothing is known. */
  result: z.enum(['found', 'no-record', 'unavailable', 'timed-out']).default('found'),
  number: phoneNumber.optional(),
  network: label.optional(),
  line: z.enum(['fixed', 'mobile', 'voip', 'payphone', 'unknown']).default('unknown'),
  subscriber: z.strictObject({ name: label.optional(), business: z.boolean().default(false) }).optional(),
  /** The installation address, in parts or in the lines in which the service gives it. */
  address: z
    .strictObject({
      premises: label.optional(),
      street: label.optional(),
      town: label.optional(),
      county: label.optional(),
      postcode: label.optional(),
      lines: z.array(label).max(12).default([]),
    })
    .optional(),
  /** False where the provider does not vouch for the address, as for internet telephony. */
  verified: z.boolean().optional(),
  zone: z.string().max(64).optional(),
  cell: z.string().max(64).optional(),
  ellipse: z
    .strictObject({
      latitude: z.number(),
      longitude: z.number(),
      majorM: metres.optional(),
      minorM: metres.optional(),
      orientationDeg: z.number().min(0).max(360).default(0),
      confidence: z.int().min(0).max(100).optional(),
      takenAt: instant().optional(),
    })
    .optional(),
  /** Whether the service holds an AML position too; it comes by itself. */
  aml: z.boolean().optional(),
  roaming: z.boolean().optional(),
  /** The handset has no service of its own: it cannot be rung back. */
  limitedService: z.boolean().optional(),
});
export type EisecAnswer = z.output<typeof eisecAnswer>;

/** A subscriber lookup as evidence of where, and of whose line and premises it is. */
export interface Eisec {
  readonly location: LocationTold;
  /** The subscriber, where it is a person; not shown to be the caller. */
  readonly subscriber: Extract<Identity, { kind: 'person' }> | null;
  readonly place: PlaceIdentity | null;
}

const saidOf: Readonly<Record<EisecAnswer['result'], string | undefined>> = {
  found: undefined,
  'no-record': 'no record of this number',
  unavailable: 'the service could not be asked',
  'timed-out': 'the service gave no answer in time',
};

/** Every field that was answered, by its own name, so that none of it is ever hidden. */
function toldBy(answer: EisecAnswer): string {
  const fields = [
    saidOf[answer.result],
    named('network', answer.network),
    answer.line === 'unknown' ? undefined : `line ${answer.line}`,
    named('subscriber', answer.subscriber?.name),
    answer.subscriber?.business === true ? 'a business' : undefined,
    answer.verified === false ? 'address not verified' : undefined,
    named('zone', answer.zone),
    named('cell', answer.cell),
    answer.aml === true ? 'AML held' : undefined,
    answer.roaming === true ? 'roaming' : undefined,
    answer.limitedService === true ? 'limited service: cannot be rung back' : undefined,
  ].filter((one) => one !== undefined);
  return fields.length === 0 ? 'nothing' : fields.join('; ').slice(0, 2_000);
}

function named(name: string, value: string | undefined): string | undefined {
  const part = partOf(value);
  return part === undefined ? undefined : `${name} ${part}`;
}

function fixOf(ellipse: EisecAnswer['ellipse']): Pick<LocationTold, 'fix' | 'doubts'> {
  if (ellipse === undefined) return { fix: { kind: 'none', why: 'not-told' }, doubts: [] };
  const at = degreesOf(ellipse.latitude, ellipse.longitude);
  if (at === null) return { fix: { kind: 'none', why: 'unreadable' }, doubts: ['unreadable-field'] };
  const { majorM, minorM, orientationDeg } = ellipse;
  const point = pointAt(at, majorM ?? minorM ?? null);
  if (point.kind === 'none' || majorM === undefined || minorM === undefined) return { fix: point, doubts: [] };
  return {
    fix: { kind: 'ellipse', ...at, majorM, minorM, orientationDeg: Math.round(orientationDeg) % 360 },
    doubts: [],
  };
}

/** Reads a subscriber lookup. */
export function readEisec(answer: EisecAnswer): Eisec {
  const { address, ellipse, subscriber } = answer;
  const parts =
    address === undefined ? [] : [address.premises, address.street, address.town, address.county, ...address.lines];
  const said = addressOf([...parts, address?.postcode]);
  const { fix, doubts } = fixOf(ellipse);
  const name = partOf(subscriber?.name);
  const confidence = fix.kind === 'none' ? 0 : (ellipse?.confidence ?? 0);
  return {
    location: {
      source: 'eisec',
      fix,
      ...(said === undefined ? {} : { address: said }),
      ...(confidence === 0 ? {} : { confidence }),
      ...(ellipse?.takenAt === undefined ? {} : { takenAt: ellipse.takenAt }),
      ...(answer.cell === undefined ? {} : { method: 'cell' }),
      ...(answer.verified === undefined ? {} : { verified: answer.verified }),
      told: toldBy(answer),
      doubts,
    },
    subscriber: name === undefined || subscriber?.business === true ? null : { kind: 'person', name },
    place: placeOf(address ?? {}),
  };
}
