import { automaticSources, ownHistory } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import type { Act } from '../room/safeguard.ts';
import type { Appearance, Identity } from '../room/subject.ts';
import { isParticular, keysOf } from '../room/subject.ts';
import type { EventBy } from '../room/vocabulary.ts';

/** Checks of one source on one subject in one matter that start by themselves: whoever wants more asks. */
export const checksOfSubjectMax = 20;
/** People beside a home or number who are asked about again when it is told; those mentioned last. */
const besideMax = 8;
/** Open matters in which somebody is asked about again when more is told of them; those of their last mention. */
const mattersMax = 3;

/** Where a check belongs, and every place that is of the same matter. */
interface Matter {
  readonly contact: string | undefined;
  readonly incident: string | undefined;
  readonly places: ReadonlySet<string>;
}

/** Somebody or something to be asked about: of these sources, unless they were since. */
interface Wanted {
  readonly subject: string;
  readonly sources: readonly string[];
  /** A check requested after this position counts as asked. */
  readonly since: number;
}

/**
 * The checks that start by themselves: of each subject in each matter once, again when what it is known by changes
 * there, and again, of own history alone, of the people beside a home, number, vehicle or account that is told.
 */
export function automaticChecks(room: Room, event: EventBy<'Mentioned'> | EventBy<'SubjectRecorded'>): readonly Act[] {
  const found = event.type === 'Mentioned' ? ofMention(room, event) : ofTelling(room, event);
  return found.map(({ matter: { contact, incident }, subject, source }, place) => {
    const isFirst = subject === event.ids.subject && place < automaticSources(room.policy).length;
    const check = isFirst ? `check-${event.seq}-${source}` : `check-${event.seq}-again-${place}`;
    const purpose = source === ownHistory ? 'own history' : 'automatic';
    return {
      kind: 'act',
      type: 'CheckRequested',
      ids: { check, subject, contact, incident },
      body: { source, purpose },
    };
  });
}

interface Due {
  readonly matter: Matter;
  readonly subject: string;
  readonly source: string;
}

function ofMention(room: Room, event: EventBy<'Mentioned'>): readonly Due[] {
  const { subject, contact, incident } = event.ids;
  const matter = matterOf(room, contact, incident);
  if (matter.places.size === 0) return [];
  const sources = automaticSources(room.policy);
  const isNew = isNewHere(room, event, matter);
  // What was told in the same breath and asked about as it was told is not asked twice.
  const told = room.subjects.get(subject)?.seq ?? 0;
  const own = due(room, matter, { subject, sources, since: isNew ? told : 0 });
  const wasHere = mentionsIn(room, matter).some((one) => one.subject === subject && one.seq < event.seq);
  return wasHere || !isNew ? own : [...own, ...besides(room, matter, { subject, since: event.seq })];
}

function mentionsIn(room: Room, { places }: Matter): readonly Appearance[] {
  return [...places].flatMap((place) => room.mentions.get(place) ?? []);
}

/** More told of somebody who was mentioned before: asked about where that matter is still open. */
function ofTelling(room: Room, event: EventBy<'SubjectRecorded'>): readonly Due[] {
  const { subject } = event.ids;
  const before = (room.subjects.get(subject)?.told ?? []).filter(({ seq }) => seq < event.seq);
  const known = new Set(before.flatMap(({ identity }) => foundBy(identity)));
  if (known.size === 0 || foundBy(event.body.identity).every((one) => known.has(one))) return [];
  const sources = automaticSources(room.policy);
  return openMatters(room, subject, known).flatMap((matter) => [
    ...due(room, matter, { subject, sources, since: event.seq }),
    ...besides(room, matter, { subject, since: event.seq }),
  ]);
}

/** All that leads to what is on record of somebody or something. */
function foundBy(identity: Identity): readonly string[] {
  const keys = keysOf(identity);
  if (identity.kind !== 'place') return keys;
  const { postcode, position } = identity;
  return [
    ...keys,
    ...(postcode === undefined ? [] : [`post:${postcode}`]),
    ...(position === undefined ? [] : [`position:${JSON.stringify(position)}`]),
  ];
}

function matterOf(room: Room, contact: string | undefined, incident: string | undefined): Matter {
  const contacts = room.incidents.get(incident ?? '')?.contacts ?? [];
  return { contact, incident, places: new Set([contact, incident, ...contacts].filter((one) => one !== undefined)) };
}

/** The matters still open in which a subject was mentioned under one of these keys, the last mention first. */
function openMatters(room: Room, subject: string, keys: ReadonlySet<string>): readonly Matter[] {
  const all = new Map<number, Appearance>();
  for (const key of keys)
    for (const one of room.appearances.get(key) ?? []) if (one.subject === subject) all.set(one.seq, one);
  const matters: Matter[] = [];
  for (const one of [...all.values()].toSorted((a, b) => b.seq - a.seq)) {
    const contact = room.contacts.get(one.contact ?? '');
    const incident = one.incident ?? contact?.incident ?? undefined;
    const isOpen = incident === undefined ? contact?.disposition === null : isGoingOn(room, incident);
    if (!isOpen || matters.some(({ places }) => places.has(incident ?? one.contact ?? ''))) continue;
    matters.push(matterOf(room, one.contact ?? undefined, incident));
    if (matters.length === mattersMax) break;
  }
  return matters;
}

function isGoingOn(room: Room, incident: string): boolean {
  return room.incidents.get(incident)?.closed === null;
}

/** Whether what this subject is known by has changed here: it has a key under which it was not mentioned before. */
function isNewHere(room: Room, event: EventBy<'Mentioned'>, { places }: Matter): boolean {
  const { subject } = event.ids;
  return (room.subjects.get(subject)?.keys ?? []).some((key) =>
    (room.appearances.get(key) ?? []).every(
      (one) =>
        one.seq >= event.seq ||
        one.subject !== subject ||
        !(places.has(one.contact ?? '') || places.has(one.incident ?? '')),
    ),
  );
}

/** The sources that are to be asked about a subject in a matter, each within its bound. */
function due(room: Room, matter: Matter, { subject, sources, since }: Wanted): readonly Due[] {
  const ids = new Set([...matter.places].flatMap((place) => room.checksOn.get(place) ?? []));
  const checks = [...ids].flatMap((id) => room.checks.get(id) ?? []).filter((check) => check.subject === subject);
  return sources
    .filter((source) => {
      const asked = checks.filter((check) => check.source === source);
      return asked.length < checksOfSubjectMax && !asked.some(({ seq }) => seq > since);
    })
    .map((source) => ({ matter, subject, source }));
}

/** The people mentioned before beside a home or number told now; only own history is asked by what stands beside. */
function besides(room: Room, matter: Matter, { subject, since }: Omit<Wanted, 'sources'>): readonly Due[] {
  const told = room.subjects.get(subject);
  if (told === undefined || told.identity.kind === 'person' || !told.keys.some(isParticular)) return [];
  const mentions = mentionsIn(room, matter).toSorted((a, b) => b.seq - a.seq);
  const people = [...new Set(mentions.map((one) => one.subject))].filter(
    (one) => room.subjects.get(one)?.identity.kind === 'person',
  );
  return people.slice(0, besideMax).flatMap((one) => due(room, matter, { subject: one, sources: [ownHistory], since }));
}
