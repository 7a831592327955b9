import { z } from 'zod';
import { channels, observations, tellings } from '../room/contact.ts';
import { id, line } from '../room/define.ts';
import { outcomes } from '../room/deployment.ts';
import { kinds } from '../room/incident.ts';
import { roles } from '../room/subject.ts';
import { readShipped } from './shipped.ts';

const placeKinds = ['pub', 'school', 'hospital', 'station', 'care-home', 'shop', 'park', 'car-park'] as const;
/** Kinds of public place in the gazetteer. */
export type PlaceKind = (typeof placeKinds)[number];

const countySchema = z.strictObject({
  id,
  name: line,
  force: line,
  divisions: z.array(z.strictObject({ id, title: line, letter: z.string().length(1), units: z.int().min(1).max(60) })),
  towns: z.array(
    z.strictObject({
      id,
      name: line,
      division: id,
      postcode: z.string().regex(/^ZZ\d$/, 'a district of the unallocated area ZZ'),
      at: z.tuple([z.number(), z.number()]),
    }),
  ),
  streets: z.record(id, z.array(z.tuple([line, z.int().min(1), z.int().max(400)])).min(1)),
  gazetteer: z.array(z.tuple([z.enum(placeKinds), line, id, line])),
  surnames: z.array(line).min(20),
  given: z.array(line).min(40),
});

const risk = z.strictObject({
  threat: line.default('None told'),
  harm: line.default('None told'),
  risk: line.default('None told'),
  investigation: line.default('Nothing to secure'),
  vulnerability: line.default('None told'),
  engagement: line.default('Content with what was said'),
  level: z.enum(['low', 'standard', 'medium', 'high']).default('low'),
});

const visit = z.strictObject({
  minutes: z.tuple([z.int().min(1), z.int().max(240)]),
  outcome: z.enum(outcomes),
  says: z.array(line).min(1),
  searched: line.optional(),
  /** What a second visit finds where the first is no outcome. */
  later: z.array(line).min(1).optional(),
});

const told = z.strictObject({ telling: z.enum(tellings), words: line });

const matterSchema = z.strictObject({
  id,
  weight: z.int().min(1).max(20),
  /** Put down without an incident, settled by telling, or visited. */
  ends: z.enum(['disposed', 'told', 'visited']),
  channels: z.array(z.enum(channels)).min(1),
  kinds: z.array(z.enum(kinds)).default([]),
  scene: z.union([z.enum(['none', 'home', 'street']), z.array(z.enum(placeKinds)).min(1)]),
  /** In which role the caller is named; `none` gives no name. */
  caller: z.enum(['caller', 'witness', 'none']).default('caller'),
  /** Somebody of the county whom it is about. */
  who: z.enum(['domestic', 'stalked', 'missing', 'frequent']).optional(),
  people: z.array(z.strictObject({ role: z.enum(roles), who: z.literal('stranger') })).default([]),
  vehicle: z.enum(['suspect', 'involved', 'taken']).optional(),
  grade: id.optional(),
  units: z.int().min(1).max(3).default(1),
  /** Hours of the day between which it happens. */
  hours: z.tuple([z.int().min(0).max(23), z.int().min(0).max(23)]).optional(),
  says: z.array(line).min(2),
  adds: z.array(line).default([]),
  summary: line.optional(),
  risk: risk.prefault({}),
  tells: told.optional(),
  promise: z.boolean().default(false),
  ambulance: z.boolean().default(false),
  form: id.optional(),
  /** Further callers tell of it in these words of `lines.yaml`. */
  chorus: id.optional(),
  disposition: id.optional(),
  reasons: z.array(line).default([]),
  visit: visit.optional(),
  closes: z.array(line).default([]),
});

const heard = z.strictObject({ words: line, observations: z.array(z.enum(observations)).min(1) });
const sentences = z.array(line).min(2);

const linesSchema = z.strictObject({
  silent: z.strictObject({
    clean: z.array(heard).min(2),
    distressed: z.array(heard).min(2),
    reached: sentences,
    accidental: sentences,
    'given-up': sentences,
    summary: line,
    found: sentences,
    closes: z.array(line).min(1),
  }),
  chorus: z.record(id, sentences),
  again: sentences,
  'again-tells': sentences,
  entries: sentences,
  claims: sentences,
  messages: sentences,
  looks: sentences,
  lowers: sentences,
  ambulance: z.strictObject({ words: line, accepted: line, outcome: line }),
  reasons: z.record(id, z.union([line, z.array(line).min(1)])),
});

/** A kind of thing that people ring about, with their words and what the room does with it. */
export type Matter = Readonly<z.output<typeof matterSchema>>;
export type CountyFile = Readonly<z.output<typeof countySchema>>;
export type Lines = Readonly<z.output<typeof linesSchema>>;

/** The county as it is written down: its map and names. Throws where the data that ships is wrong. */
export function readCounty(): CountyFile {
  return readShipped('county.yaml', countySchema);
}

/** Everything that people ring about. */
export function readMatters(): readonly Matter[] {
  const matters = ['advice', 'told', 'visits', 'dangers'].flatMap((name) =>
    readShipped(`voices/${name}.yaml`, z.array(matterSchema).min(1)),
  );
  for (const one of matters) {
    const fault = faultIn(one);
    if (fault !== null) throw new Error(`${one.id}: ${fault}`);
  }
  return matters;
}

/** What a matter lacks for the way in which it ends, or null. */
function faultIn(one: Matter): string | null {
  if (one.ends === 'disposed') {
    return one.disposition === undefined || one.reasons.length === 0 ? 'needs a disposition and reasons' : null;
  }
  if (one.grade === undefined || one.summary === undefined || one.closes.length === 0)
    return 'needs a grade, a summary and reasons for closing';
  return one.ends === 'visited' && one.visit === undefined ? 'needs what the visit finds' : null;
}

/** Words for calls that are about a call, and what people of the room write. */
export function readLines(): Lines {
  return readShipped('voices/lines.yaml', linesSchema);
}
