import type { Contact } from '../room/contact.ts';
import { openDuty } from '../room/duty.ts';
import type { Incident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import { dangersTold } from './dangers.ts';
import { isOthersThing } from './other-households.ts';
import { earlierMatters } from './matches.ts';
import type { Here, Matter } from './matches.ts';
import { isUnitSent } from './sending.ts';

const id = 'outcome-contradicted';

/** What a later contact may share with a matter whose outcome it bears on. */
const kinds = ['phone', 'person', 'dwelling', 'account', 'event'];

/** What somebody who is safe, or a place that is in order, cannot be told of. */
export const againstSafe = [
  'threat-to-life',
  'weapon',
  'strangling',
  'screaming',
  'struggle',
  'held-or-followed',
  'child-at-risk',
  'self-harm',
  'overdose',
  'vital-medicine',
  'feared-dead',
  'hurt',
  'collapsed',
  'not-seen-as-usual',
  'suspect-present',
  'forced-entry',
  'assault-in-progress',
  'distress',
];
/** What nobody in custody can be doing. */
export const againstArrest = [
  'suspect-present',
  'suspect-returning',
  'held-or-followed',
  'forced-entry',
  'assault-in-progress',
];

/** What was recorded as having become of an incident, and when. */
export interface Recorded {
  readonly outcome: string;
  readonly at: number;
  readonly seq: number;
  readonly against: readonly string[];
}

/** Claims that a matter is over; a check without trace says nothing about anybody's safety (principle 2). */
const claimedOutcomes: Readonly<Record<string, readonly string[]>> = {
  arrested: againstArrest,
  'seen-safe': againstSafe,
  searched: againstSafe,
};

/** The newest recorded outcome, or null while nothing was said to be over. */
export function outcomeOf(room: Room, incident: Incident): Recorded | null {
  const found: Recorded[] = incident.seen
    .filter((one) => one.safe)
    .map((one) => ({ outcome: 'seen safe', at: one.at, seq: one.seq, against: againstSafe }));
  for (const claim of incident.claims) {
    const against = claimedOutcomes[claim.says];
    const at = against === undefined ? undefined : incident.log.find((entry) => entry.seq === claim.seq)?.at;
    if (against !== undefined && at !== undefined && !claim.withdrawn)
      found.push({ outcome: claim.says, at, seq: claim.seq, against });
  }
  const { closed } = incident;
  const code = closed === null ? undefined : room.policy.closingCodes[closed.code];
  if (closed !== null && code?.attended === true) {
    const against = closed.code === 'arrested' ? againstArrest : againstSafe;
    found.push({ outcome: code.title, at: closed.at, seq: closed.seq, against });
  }
  return found.toSorted((a, b) => a.seq - b.seq).at(-1) ?? null;
}

/** Kinds told by those who had been in touch before the outcome, and known when it was proven. */
function knownBefore(room: Room, incident: Incident, recorded: Recorded, contact: Contact): ReadonlySet<string> {
  const before = incident.contacts
    .map((one) => room.contacts.get(one))
    .filter((one): one is Contact => one !== undefined && one.seq < recorded.seq && one.id !== contact.id);
  // The same caller who says it again after the outcome says that it did not hold.
  const isSameCaller = before.some((one) =>
    one.keys.some((key) => key.startsWith('phone:') && contact.keys.includes(key)),
  );
  if (isSameCaller) return new Set();
  const told = before.flatMap((one) => [...dangersTold(one)]);
  return new Set([...told, ...incident.dangers.filter((one) => one.seq < recorded.seq).map((one) => one.kind)]);
}

/** An outcome that a contact says did not hold, by what it told. */
export interface Denied {
  readonly incident: Incident;
  readonly recorded: Recorded;
  readonly against: readonly string[];
  /** What the contact and the matter have in common. */
  readonly keys: readonly string[];
}

function deniedBy(room: Room, contact: Contact, { incident, keys }: Matter): Denied | null {
  const recorded = incident === null ? null : outcomeOf(room, incident);
  if (incident === null || recorded === null || contact.seq < recorded.seq || isUnitSent(room, incident)) return null;
  const known = knownBefore(room, incident, recorded, contact);
  const against = [...dangersTold(contact)].filter((kind) => recorded.against.includes(kind) && !known.has(kind));
  return against.length === 0 ? null : { incident, recorded, against, keys };
}

/** Whether it was this contact by which the incident is open again. */
function isHeardFrom(room: Room, incident: Incident, contact: Contact): boolean {
  const floor = incident.floors.find((one) => one.safeguard === id);
  const open = openDuty(room, id, `incident:${incident.id}`);
  return [floor?.why, ...(open?.why ?? [])].some((one) => one?.seqs.includes(contact.seq) === true);
}

/** Whether the alarm about its outcome sounds now, or was answered by a unit that goes. */
function isSounding(room: Room, incident: Incident): boolean {
  if (openDuty(room, id, `incident:${incident.id}`) !== null) return true;
  return incident.floors.some((one) => one.safeguard === id) && isUnitSent(room, incident);
}

/** The matter that people joined it to, then the one with most in common, then the newest outcome. */
function byNearness(a: Denied, b: Denied): number {
  const joined = Number(b.keys.includes('event:')) - Number(a.keys.includes('event:'));
  return joined || b.keys.length - a.keys.length || b.recorded.seq - a.recorded.seq;
}

/** What a contact says of recorded outcomes. */
export interface Denial {
  /** Those to ask about: of matters that have the same in common with the contact, the nearest. */
  readonly asked: readonly Denied[];
  /** Those for which another stands: they are the same people and the same place. */
  readonly alike: readonly Denied[];
  /** The incident that stands for them: asked about now, or open again already. */
  readonly standing: Incident | null;
}

const none: Denial = { asked: [], alike: [], standing: null };

/**
 * The outcomes that a contact says did not hold. Several earlier matters that share the same person, number or dwelling
 * with it are one state of affairs, and one of them is asked about.
 */
export function denialOf(room: Room, here: Here, since: number): Denial {
  const { contact } = here;
  if (contact === null || dangersTold(contact).size === 0) return none;
  const matters = earlierMatters(room, here, { kinds, since }).filter((one) => !isOthersThing(room, here, one));
  const found = matters.flatMap((one) => deniedBy(room, contact, one) ?? []).toSorted(byNearness);
  const held = matters.filter(
    ({ incident }) => incident !== null && (isHeardFrom(room, incident, contact) || isSounding(room, incident)),
  );
  const keys = new Set(held.flatMap((one) => one.keys));
  const asked: Denied[] = [];
  const alike: Denied[] = [];
  for (const one of found) {
    const isHeld = held.some(({ incident }) => incident?.id === one.incident.id);
    if (!isHeld && one.keys.every((key) => keys.has(key))) {
      alike.push(one);
      continue;
    }
    asked.push(one);
    for (const key of one.keys) keys.add(key);
  }
  const open = held.find(({ incident }) => incident?.state === 'open')?.incident ?? null;
  return { asked, alike, standing: asked[0]?.incident ?? open };
}

/** What a contact shares with the matters about whose outcome an alarm sounds because of it. */
export function soundingFor(room: Room, contact: Contact | null, matters: readonly Matter[]): ReadonlySet<string> {
  const sounding = matters.filter(
    ({ incident }) =>
      contact !== null && incident !== null && isHeardFrom(room, incident, contact) && isSounding(room, incident),
  );
  return new Set(sounding.flatMap(({ keys }) => keys));
}
