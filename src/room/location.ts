import { z } from 'zod';
import { listed, roomWith } from './change.ts';
import { concept, drafts, event, id, instant, line, refuse, taken } from './define.ts';
import type { Asked } from './define.ts';
import { firstUnknown } from './known.ts';
import type { Room } from './room.ts';

/** Who says where it is. The first four are machines' own words; the rest is what a person told, read or worked out. */
export const locationSources = [
  'eisec',
  'aml',
  'pidf-lo',
  'ecall',
  'caller',
  'operator',
  'partner',
  'gazetteer',
  'video-link',
  'what3words',
  'alarm',
  'other',
] as const;
const machineSources: readonly string[] = locationSources.slice(0, 4);

/** Decimal places of a degree that are kept: about a metre, and what handsets send (ETSI TS 103 625). */
export const degreePlaces = 5;
const degreeScale = 10 ** degreePlaces;
/** So near to latitude and longitude nought there is only sea, and every device that has no fix. */
const nowhereDegrees = 0.01;
/** The furthest radius or axis that says anything: a country. */
export const metresMax = 1_000_000;
export const cornersMax = 64;
/** Locations of one contact or incident held in the room; the log holds them all. */
const locationsMax = 1_000;
/** A fix taken longer ago than this when it is told is marked stale, and one further ahead than this as ahead. */
const staleMs = 15 * 60_000;
const aheadMs = 2 * 60_000;

export const latitude = z.number().min(-90).max(90);
export const longitude = z.number().min(-180).max(180);
export const metres = z.int().min(1).max(metresMax);
const corner = z.strictObject({ latitude, longitude });

/** Why there is no position; each is evidence of its own, and none of them can be plotted. */
export const noFixes = ['no-fix', 'zero-position', 'not-told', 'unreadable'] as const;

const shapes = [
  /** A position in WGS84 degrees, within so many metres; a radius that nobody told is null, never nought. */
  z.strictObject({ kind: z.literal('point'), latitude, longitude, radiusM: metres.nullable().default(null) }),
  /** Its longer half-axis points this many degrees clockwise from north. */
  z.strictObject({
    kind: z.literal('ellipse'),
    latitude,
    longitude,
    majorM: metres,
    minorM: metres,
    orientationDeg: z.int().min(0).max(359),
  }),
  /** Somewhere inside these corners, in order around it. */
  z.strictObject({ kind: z.literal('area'), corners: z.array(corner).min(3).max(cornersMax) }),
] as const;

/** Where something is, as far as one source knows. */
export const fix = z.discriminatedUnion('kind', [
  ...shapes,
  z.strictObject({ kind: z.literal('none'), why: z.enum(noFixes) }),
]);
const keptFix = z.discriminatedUnion('kind', [
  ...shapes,
  z.strictObject({ kind: z.literal('none'), why: z.enum([...noFixes, 'erased']) }),
]);
export type Fix = Readonly<z.output<typeof keptFix>>;
type ToldFix = Readonly<z.output<typeof fix>>;
/** A fix that has coordinates: the only kind that a map can be given. */
export type Plotted = Exclude<Fix, { readonly kind: 'none' }>;

/** What is doubtful about a location as it was told. */
export const locationDoubts = ['length-differs', 'unreadable-field', 'ahead-of-time', 'stale'] as const;
const doubts = z.array(z.enum(locationDoubts)).max(locationDoubts.length);

/** One source's word on where a contact or incident is, kept beside every other; none overwrites another. */
export interface LocationEvidence {
  readonly id: string;
  readonly seq: number;
  readonly contact: string | null;
  readonly incident: string | null;
  readonly source: (typeof locationSources)[number];
  readonly fix: Fix;
  /** Per cent, as the source rates itself. */
  readonly confidence: number | null;
  /** When the position was taken, where the source says. */
  readonly takenAt: number | null;
  /** How it was found: gnss, wifi, cell, or the source's own word. */
  readonly method: string | null;
  readonly address: string | null;
  readonly floor: string | null;
  readonly altitudeM: number | null;
  /** Whether the source vouches for it; null where it does not say. */
  readonly verified: boolean | null;
  /** What else the source said, in its own fields, so that it can always be read. */
  readonly told: string | null;
  readonly doubts: readonly (typeof locationDoubts)[number][];
  readonly at: number;
  readonly by: string;
}

const evidence = {
  source: z.enum(locationSources),
  confidence: z.int().min(1).max(100).optional(),
  takenAt: instant.optional(),
  method: z.string().min(1).max(64).optional(),
  address: line.optional(),
  floor: z.string().min(1).max(16).optional(),
  altitudeM: z.int().min(-500).max(9_000).optional(),
  verified: z.boolean().optional(),
  told: line.optional(),
};

const commands = {
  RecordLocation: z.strictObject({
    location: id,
    contact: id.optional(),
    incident: id.optional(),
    fix: fix.prefault({ kind: 'none', why: 'not-told' }),
    ...evidence,
    doubts: doubts.default([]),
  }),
};
type Told = z.output<typeof commands.RecordLocation>;

const events = {
  LocationRecorded: event(
    { location: id, contact: id.optional(), incident: id.optional() },
    { fix: keptFix, ...evidence, doubts },
    { fix: { kind: 'none', why: 'erased' }, source: 'other', doubts: [] },
  ),
};
const make = drafts(events);

/** Whether a fix may be shown on a map. */
export function isPlotted(fix: Fix): fix is Plotted {
  return fix.kind !== 'none';
}

/** Whether coordinates are what a device sends that has none. */
export function isNowhere(latitude: number, longitude: number): boolean {
  return Math.abs(latitude) < nowhereDegrees && Math.abs(longitude) < nowhereDegrees;
}

/** Degrees as the room keeps them; never minus nought, which is not written. */
export function roundedDegrees(degrees: number): number {
  return Math.round(degrees * degreeScale) / degreeScale + 0;
}

type Corner = Readonly<z.output<typeof corner>>;

function roundedCorner({ latitude, longitude }: Corner): Corner {
  return { latitude: roundedDegrees(latitude), longitude: roundedDegrees(longitude) };
}

function isSameCorner(a: Corner | undefined, b: Corner | undefined): boolean {
  return a?.latitude === b?.latitude && a?.longitude === b?.longitude;
}

function keptArea(told: readonly Corner[]): ToldFix {
  const rounded = told.map(roundedCorner);
  if (rounded.some((one) => isNowhere(one.latitude, one.longitude))) return { kind: 'none', why: 'zero-position' };
  const corners = rounded.filter((one, place) => place === 0 || !isSameCorner(one, rounded[place - 1]));
  // A ring that says its first corner again at the end says no more.
  if (corners.length > 1 && isSameCorner(corners[0], corners.at(-1))) corners.pop();
  return corners.length < 3 ? { kind: 'none', why: 'unreadable' } : { kind: 'area', corners };
}

/** A fix as the room keeps it: rounded, and no fix at all where its coordinates are nought. */
export function keptFixOf(told: ToldFix): ToldFix {
  if (told.kind === 'none') return told;
  if (told.kind === 'area') return keptArea(told.corners);
  const centre = roundedCorner(told);
  if (isNowhere(centre.latitude, centre.longitude)) return { kind: 'none', why: 'zero-position' };
  if (told.kind === 'point') return { ...told, ...centre };
  const isTurned = told.minorM > told.majorM;
  return {
    ...told,
    ...centre,
    majorM: isTurned ? told.minorM : told.majorM,
    minorM: isTurned ? told.majorM : told.minorM,
    orientationDeg: (told.orientationDeg + (isTurned ? 90 : 0)) % 180,
  };
}

/** What whoever told it doubted, and what its time says when it is told. */
function doubtsOf(data: Told, asked: Asked): Told['doubts'] {
  const { takenAt } = data;
  const isAhead = takenAt !== undefined && takenAt > asked.at + aheadMs;
  const isStale = takenAt !== undefined && takenAt < asked.at - staleMs;
  const found = new Set([
    ...data.doubts,
    ...(isAhead ? ['ahead-of-time'] : []),
    ...(isStale ? ['stale'] : []),
  ] as const);
  return locationDoubts.filter((one) => found.has(one));
}

/** Where contacts and incidents are, by everybody who says so. Which of them is believed is a decision apart. */
export const locationConcept = concept({
  commands,
  events,
  stakes: {},
  decide: {
    RecordLocation: (data, room, asked) => {
      const { location, contact, incident: named, fix, ...said } = data;
      if (room.locations.has(location)) return taken('location', location);
      if (contact === undefined && named === undefined)
        return refuse('nothing-named', 'Name the contact or the incident whose location it is.');
      const missing = firstUnknown(room, { contact, incident: named });
      if (missing !== null) return missing;
      if (asked.actor.kind === 'staff' && machineSources.includes(data.source))
        return refuse(
          'machines-only',
          `What ${data.source} says comes from the telephone system. Typed in from another screen it is the ` +
            "operator's word: give operator as the source.",
        );
      const incident = named ?? room.contacts.get(contact ?? '')?.incident ?? undefined;
      const body = { ...said, fix: keptFixOf(fix), doubts: doubtsOf(data, asked) };
      return [make.LocationRecorded({ location, contact, incident }, body)];
    },
  },
  evolve: {
    LocationRecorded: (room, { ids, body, seq, at, actor }) => {
      const found: LocationEvidence = {
        id: ids.location,
        seq,
        contact: ids.contact ?? null,
        incident: ids.incident ?? null,
        source: body.source,
        fix: body.fix,
        confidence: body.confidence ?? null,
        takenAt: body.takenAt ?? null,
        method: body.method ?? null,
        address: body.address ?? null,
        floor: body.floor ?? null,
        altitudeM: body.altitudeM ?? null,
        verified: body.verified ?? null,
        told: body.told ?? null,
        doubts: body.doubts,
        at,
        by: actor.id,
      };
      let index = room.locationsOn;
      for (const place of [ids.contact, ids.incident])
        if (place !== undefined) index = listed(index, place, found.id, locationsMax);
      return roomWith(room, { locationsOn: index, locations: room.locations.set(found.id, found) });
    },
  },
});

type Place = { readonly id: string; readonly contacts: readonly string[] };

/** Everything that was said of where an incident and its contacts are, in the order in which the room learned it. */
export function locationsOf(room: Room, incident: Place): readonly LocationEvidence[] {
  const ids = new Set([incident.id, ...incident.contacts].flatMap((place) => room.locationsOn.get(place) ?? []));
  return [...ids]
    .map((one) => room.locations.get(one))
    .filter((one): one is LocationEvidence => one !== undefined)
    .toSorted((a, b) => a.seq - b.seq);
}

/** What was said of where a contact or another incident is belongs to the incident that it has joined. */
export function locatedWith(room: Room, place: string, incident: string): Room {
  const joining = room.locationsOn.get(place);
  if (joining === undefined) return room;
  let { locations, locationsOn } = room;
  for (const one of joining) {
    const held = locations.get(one);
    if (held === undefined) continue;
    locations = locations.set(one, { ...held, incident });
    if (!(locationsOn.get(incident) ?? []).includes(one))
      locationsOn = listed(locationsOn, incident, one, locationsMax);
  }
  return roomWith(room, { locations, locationsOn });
}
