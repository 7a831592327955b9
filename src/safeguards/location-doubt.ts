import type { Duty } from '../room/duty.ts';
import { openDuty } from '../room/duty.ts';
import type { Incident } from '../room/incident.ts';
import { openIncident } from '../room/incident.ts';
import type { Fix, LocationEvidence, Plotted } from '../room/location.ts';
import { isPlotted, locationsOf } from '../room/location.ts';
import type { Policy } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import type { RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, countOf, why } from '../room/safeguard.ts';
import { appearancesOf } from '../room/subject.ts';
import type { Appearance } from '../room/subject.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { takerOf } from './owners.ts';
import { minuteMs } from './spans.ts';
import { quoted } from './words.ts';

const id = 'location-doubt';
/** Whoever is there, or has spoken with them: their word proves a place once it was read back to them. */
const people: readonly string[] = ['caller', 'operator', 'partner', 'video-link', 'what3words'];
/** What a force's own address search made of what was said. */
const resolved: readonly string[] = ['gazetteer', 'operator'];
const noOutcomes: readonly string[] = ['nothing-found', 'no-answer', 'area-search', 'left-before'];

interface Doubt {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly seqs: readonly number[];
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Where it is said to happen: every place that stands as the scene. */
function scenesIn(room: Room, incident: Incident): readonly Appearance[] {
  return appearancesOf(room, incident).filter(
    (one) => one.role === 'scene' && room.subjects.get(one.subject)?.identity.kind === 'place',
  );
}

/** How far off a fix may be, in metres; null where it says nothing of it. */
function reachOf(fix: Plotted): number | null {
  if (fix.kind === 'point') return fix.radiusM;
  return fix.kind === 'ellipse' ? fix.majorM : Infinity;
}

/** An address was found for what was said, and it lies in another street. */
function elsewhere(room: Room, scenes: readonly Appearance[], evidence: readonly LocationEvidence[]): Doubt | null {
  for (const one of evidence) {
    if (!resolved.includes(one.source) || one.address === null) continue;
    const there = wordsOf(one.address);
    // What one caller sees from another street says nothing against what another caller told.
    const here = scenes.filter((scene) => one.contact === null || scene.contact === one.contact);
    const isElsewhere = here.every((scene) => {
      const place = room.subjects.get(scene.subject)?.identity;
      return place?.kind !== 'place' || !wordsOf(place.street).every((word) => there.includes(word));
    });
    if (here.length > 0 && isElsewhere)
      return {
        code: 'found-elsewhere',
        params: { address: quoted(one.address, 80) },
        seqs: [one.seq, here[0]?.seq ?? 0],
      };
  }
  return null;
}

/** One number under two addresses. */
function twice(evidence: readonly LocationEvidence[]): Doubt | null {
  const stored = evidence.filter((one) => one.source === 'eisec' && one.address !== null);
  for (const one of stored)
    for (const other of stored) {
      const differs = wordsOf(one.address ?? '').join(' ') !== wordsOf(other.address ?? '').join(' ');
      if (one.contact === other.contact && one.seq < other.seq && differs)
        return { code: 'stored-twice', params: {}, seqs: [one.seq, other.seq] };
    }
  return null;
}

/** A house, from evidence that only shows an area. */
function tooExact(room: Room, evidence: readonly LocationEvidence[]): Doubt | null {
  const most = countOf(room, locationDoubt, 'area-metres');
  const found = evidence.find(
    ({ source, address, fix }) =>
      !people.includes(source) &&
      address !== null &&
      /^(?:flat|unit|apartment|\d)/i.test(address) &&
      isPlotted(fix) &&
      (reachOf(fix) ?? 0) >= most,
  );
  if (found === undefined || !isPlotted(found.fix)) return null;
  const reach = reachOf(found.fix) ?? Infinity;
  return reach === Infinity
    ? { code: 'house-from-area', params: { address: quoted(found.address ?? '', 80) }, seqs: [found.seq] }
    : {
        code: 'house-from-radius',
        params: { address: quoted(found.address ?? '', 80), metres: reach },
        seqs: [found.seq],
      };
}

function centreOf(fix: Plotted): { readonly latitude: number; readonly longitude: number } {
  if (fix.kind !== 'area') return fix;
  const sum = fix.corners.reduce(
    (all, one) => ({ latitude: all.latitude + one.latitude, longitude: all.longitude + one.longitude }),
    { latitude: 0, longitude: 0 },
  );
  return { latitude: sum.latitude / fix.corners.length, longitude: sum.longitude / fix.corners.length };
}

/** Whether a position lies inside the force's own area: by how often a ray from it crosses the border. */
function isInside(area: NonNullable<Policy['area']>, fix: Plotted): boolean {
  const { latitude, longitude } = centreOf(fix);
  let isIn = false;
  for (const [place, one] of area.entries()) {
    const other = area[place === 0 ? area.length - 1 : place - 1] ?? one;
    if (one.latitude > latitude === other.latitude > latitude) continue;
    const part = (latitude - one.latitude) / (other.latitude - one.latitude);
    if (longitude < one.longitude + part * (other.longitude - one.longitude)) isIn = !isIn;
  }
  return isIn;
}

function outside(room: Room, evidence: readonly LocationEvidence[]): Doubt | null {
  const { area } = room.policy;
  const newest = evidence.findLast((one) => isPlotted(one.fix));
  if (area === undefined || newest === undefined || !isPlotted(newest.fix) || isInside(area, newest.fix)) return null;
  return { code: 'outside-force', params: {}, seqs: [newest.seq] };
}

function isNothing(fix: Fix): boolean {
  return fix.kind === 'none';
}

/** No place was told, and what the line brought is no position or an old one. */
function nowhere(scenes: readonly Appearance[], evidence: readonly LocationEvidence[]): Doubt | null {
  const last = evidence.at(-1);
  if (scenes.length > 0 || last === undefined) return null;
  const isUseless = evidence.every(
    (one) => one.address === null && (isNothing(one.fix) || one.doubts.includes('stale')),
  );
  return isUseless ? { code: 'no-position', params: {}, seqs: [last.seq] } : null;
}

/** What is in doubt about where an incident is; nothing once somebody there has had it read back. */
function doubtOf(room: Room, incident: Incident): Doubt | null {
  const all = locationsOf(room, incident);
  if (all.length === 0) return null;
  const proven = all.findLast((one) => one.verified === true && people.includes(one.source));
  const evidence = proven === undefined ? all : all.filter((one) => one.seq > proven.seq);
  const scenes = scenesIn(room, incident);
  return (
    elsewhere(room, scenes, evidence) ??
    twice(evidence) ??
    tooExact(room, evidence) ??
    outside(room, evidence) ??
    (proven === undefined ? nowhere(scenes, evidence) : null)
  );
}

function raised(room: Room, incident: Incident, { code, params, seqs }: Doubt): RaiseDuty {
  return {
    kind: 'duty',
    about: `incident:${incident.id}`,
    owner: takerOf(room, incident),
    level: 'prompt',
    why: why(code, params, seqs),
    asks: [ask('RecordLocation', { incident: incident.id, source: 'caller', verified: 'true' })],
  };
}

/** Somebody went where it may not be, and found nothing there. */
function foundNothing(event: AnyEvent, room: Room, incident: Incident): readonly RaiseDuty[] {
  if (event.type !== 'ResultRecorded' || !noOutcomes.includes(event.body.outcome)) return [];
  if (openDuty(room, id, `incident:${incident.id}`) === null) return [];
  const nothing = { code: 'nothing-there', params: { unit: event.ids.unit }, seqs: [event.seq] };
  return [{ ...raised(room, incident, nothing), level: 'alarm', timing: 'nothing-there' }];
}

/** `location-doubt`: where it is said to be is not where it may be. Sending never waits for it. */
export const locationDoubt: Safeguard = {
  id,
  needs: ['identifiers', 'positions'],
  on: ['LocationRecorded', 'Mentioned', 'IncidentOpened', 'ContactJoined', 'ResultRecorded', 'CloseIncident'],
  timings: {
    main: {
      // The caller is still telling; read back meanwhile, it is never heard.
      speaksMs: minuteMs(1),
      dueMs: minuteMs(2),
      ladder: [{ to: 'supervisor', afterMs: 0 }],
      counts: { 'area-metres': 100 },
    },
    'nothing-there': { speaksMs: 0, dueMs: 0, ladder: [{ to: 'supervisor', afterMs: 0 }] },
  },
  words: {
    'found-elsewhere': 'The address that was found ({address}) is not in the street that was told. Read it back.',
    'stored-twice': 'Two addresses are stored for this number. Ask which it is, or whether it is either.',
    'house-from-area': 'A house is recorded ({address}) and the position only shows an area. Read it back.',
    'house-from-radius':
      'A house is recorded ({address}) and the position may be {metres:metre|metres} off. Read it back.',
    'outside-force': 'By its position this is outside our area. Read the place back, and see who must go.',
    'no-position': 'No place was told, and what the line brought is no position or an old one. Ask where they are.',
    'nothing-there': '{unit} found nothing where it may not be. That nobody was there proves nothing: find the place.',
    unproven: 'Where it is has not been proven, and nobody was seen. Nothing found there is no outcome.',
  },
  react(event, room) {
    if (event.type === 'Mentioned' && event.body.role !== 'scene') return [];
    const incident = openIncident(room, event.ids['incident']);
    if (incident === null) return [];
    if (event.type === 'ResultRecorded') return foundNothing(event, room, incident);
    const doubt = doubtOf(room, incident);
    return doubt === null ? [] : [raised(room, incident, doubt)];
  },
  gate(asked, room) {
    if (asked.type !== 'CloseIncident') return [];
    const incident = openIncident(room, asked.data.incident);
    const duty = incident === null ? null : openDuty(room, id, `incident:${incident.id}`);
    if (incident === null || duty === null || !wasLookedFor(room, incident)) return [];
    return [
      {
        safeguard: id,
        why: why(
          'unproven',
          {},
          duty.why.flatMap((one) => one.seqs),
        ),
        asks: duty.asks,
      },
    ];
  },
  isMet,
};

function wasLookedFor(room: Room, incident: Incident): boolean {
  return incident.deployments.some((one) => noOutcomes.includes(room.deployments.get(one)?.outcome ?? ''));
}

function isMet(duty: Duty, event: AnyEvent, room: Room): boolean {
  const incident = openIncident(room, duty.incident ?? undefined);
  if (incident === null) return true;
  if (event.type === 'ResultRecorded' || event.type === 'SightingRecorded')
    return incident.seen.some((one) => one.seq === event.seq);
  return (event.type === 'LocationRecorded' || event.type === 'Mentioned') && doubtOf(room, incident) === null;
}
