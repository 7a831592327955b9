import type { Description } from '../room/description.ts';
import type { Incident } from '../room/incident.ts';
import { dutiesAbout } from '../room/duty.ts';
import type { Room } from '../room/room.ts';
import type { Response, Safeguard } from '../room/safeguard.ts';
import { ask, countOf, why, windowMs } from '../room/safeguard.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { liveDangers } from './dangers.ts';
import { takerOf } from './owners.ts';
import { hourMs, minuteMs } from './spans.ts';
import { agoWords, quoted } from './words.ts';

const id = 'like-description';
const matterKinds: readonly string[] = ['missing', 'stalking', 'honour', 'order-breach'];
/** Words that say what a thing is, and not which one. */
const emptyWords: readonly string[] = [
  'a',
  'an',
  'the',
  'with',
  'and',
  'of',
  'on',
  'in',
  'man',
  'woman',
  'car',
  'male',
  'female',
];

/** Somebody is missing, wanted, threatened or stalked, and it is not over: its age is no bar. */
function isMatter(room: Room, incident: Incident | undefined): incident is Incident {
  if (incident === undefined || incident.state === 'closed') return false;
  if (incident.kinds.some((kind) => matterKinds.includes(kind))) return true;
  if (incident.tasks.some((one) => room.tasks.get(one)?.kind === 'arrest' && room.tasks.get(one)?.state === 'open'))
    return true;
  return liveDangers(incident).some((danger) => danger.lifeThreat);
}

function wordsOf(texts: readonly string[]): ReadonlySet<string> {
  const words = texts.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u));
  return new Set(words.filter((word) => word.length > 1 && !emptyWords.includes(word)));
}

function shared(one: ReadonlySet<string>, other: ReadonlySet<string>): readonly string[] {
  return [...one].filter((word) => other.has(word));
}

/** Whether both tell of the same place: every word of one of the shorter names stands in the other. */
function isNear(one: Description, other: Description): boolean {
  const far = other.near.map((name) => wordsOf([name]));
  return one.near.some((name) => {
    const here = wordsOf([name]);
    return far.some((there) => {
      const common = shared(here, there).length;
      return common > 0 && common === Math.min(here.size, there.size);
    });
  });
}

/** The traits that two descriptions share, where they are enough to ask about; without a place they must be many. */
function likeness(room: Room, one: Description, other: Description): readonly string[] {
  if (one.what !== other.what || other.compared[one.id] !== undefined) return [];
  const traits = shared(wordsOf(one.features), wordsOf(other.features));
  const least = countOf(room, likeDescription, isNear(one, other) ? 'traits-near' : 'traits-anywhere');
  return traits.length >= least ? traits : [];
}

function placeOf({ incident, contact }: Description): `incident:${string}` | `contact:${string}` {
  return incident === null ? `contact:${contact ?? ''}` : `incident:${incident}`;
}

/** How many were asked about one matter lately: more than that interrupts nobody. */
function askedLately(room: Room, matter: Description, now: number): number {
  const since = now - windowMs(room, likeDescription, 'day');
  let count = 0;
  for (const one of room.descriptions.values())
    if (one.at > since && one.incident !== matter.incident && likeness(room, matter, one).length > 0) count += 1;
  return count;
}

interface Pair {
  readonly sighting: Description;
  readonly matter: Description;
  readonly incident: Incident;
}

function proposed(event: AnyEvent, room: Room, { sighting, matter, incident }: Pair): Response {
  const traits = likeness(room, sighting, matter);
  const params = { what: sighting.what, traits: quoted(traits.join(', ')), ago: agoWords(matter.at, event.recordedAt) };
  const seqs = [matter.seq, sighting.seq];
  if (askedLately(room, matter, event.recordedAt) > countOf(room, likeDescription, 'a-day'))
    return { kind: 'note', about: `incident:${incident.id}`, why: why('also-like', params, seqs) };
  return {
    kind: 'duty',
    about: placeOf(sighting),
    key: `${sighting.id} ${matter.id}`,
    owner: takerOf(room, incident),
    level: 'prompt',
    why: why('like', params, seqs),
    asks: [ask('DecideLikeness', { description: sighting.id, other: matter.id })],
  };
}

/** What was just described against all else, whichever of the two is the matter that is not over. */
function compared(event: AnyEvent, room: Room, told: Description): readonly Response[] {
  const here = room.incidents.get(told.incident ?? '');
  const found: Response[] = [];
  for (const other of room.descriptions.values()) {
    if (other.id === told.id || (told.incident !== null && other.incident === told.incident)) continue;
    if (likeness(room, told, other).length === 0) continue;
    const there = room.incidents.get(other.incident ?? '');
    if (isMatter(room, there)) found.push(proposed(event, room, { sighting: told, matter: other, incident: there }));
    else if (isMatter(room, here)) found.push(proposed(event, room, { sighting: other, matter: told, incident: here }));
  }
  return found;
}

/** `like-description`: what somebody saw is like what somebody else is looked for by. */
export const likeDescription: Safeguard = {
  id,
  needs: ['identifiers'],
  on: ['Described', 'DisposeContact', 'CloseIncident'],
  timings: {
    main: {
      speaksMs: 0,
      dueMs: minuteMs(15),
      ladder: [{ to: 'supervisor', afterMs: 0 }],
      windows: { day: hourMs(24) },
      counts: { 'traits-near': 2, 'traits-anywhere': 4, 'a-day': 3 },
    },
  },
  words: {
    like: 'A {what:plain} like one in a matter that is not over ({ago}): {traits}. Read both; say whether it is one.',
    'also-like': 'Another {what:plain} like one in this matter ({ago}): {traits}.',
    'like-undecided':
      'What was described here is like one in a matter that is not over. Nobody has said whether it is the same.',
  },
  react(event, room) {
    if (event.type !== 'Described') return [];
    const told = room.descriptions.get(event.ids.description);
    return told === undefined ? [] : compared(event, room, told);
  },
  gate(asked, room) {
    if (asked.type !== 'DisposeContact' && asked.type !== 'CloseIncident') return [];
    const about = asked.type === 'DisposeContact' ? `contact:${asked.data.contact}` : `incident:${asked.data.incident}`;
    const open = dutiesAbout(room, about).filter((duty) => duty.safeguard === id);
    return open.map((duty) => ({
      safeguard: id,
      why: why('like-undecided', {}, duty.why[0]?.seqs ?? []),
      asks: duty.asks,
    }));
  },
  isMet(duty, event) {
    if (event.type !== 'LikenessDecided') return false;
    const { description, other } = event.ids;
    return duty.key === `${description} ${other}` || duty.key === `${other} ${description}`;
  },
};
