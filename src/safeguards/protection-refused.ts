import type { Contact } from '../room/contact.ts';
import type { Incident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { Response, Safeguard } from '../room/safeguard.ts';
import { ask, why, windowMs } from '../room/safeguard.ts';
import { sameSubjects } from '../room/subject.ts';
import { isProtectionDecision, mayDecideProtection } from './authority.ts';
import { dangersTold, liveDangers } from './dangers.ts';
import { findingsOn, recordSeqs } from './findings.ts';
import { earlierMatters, hereOf, keysHere } from './matches.ts';
import type { Here, Matter } from './matches.ts';
import { takerOf } from './owners.ts';
import { isDomestic, isSuspect, suspectsIn } from './people.ts';
import { hasProvenAttendance } from './sightings.ts';
import { dayMs, hourMs, minuteMs } from './spans.ts';
import { agoWords, quoted } from './words.ts';

const kinds = ['phone', 'person', 'account', 'dwelling'];
const sentAwayBy = ['redirected', 'no-police-needed', 'advised'];
const askedSigns = ['asked-for-protection', 'refused-protection'];

/** One time that somebody asked to be protected and was sent away or on. */
interface Refusal {
  readonly when: number;
  readonly says: string;
  /** Those it was about, where they are named. */
  readonly people: readonly string[];
  readonly seqs: readonly number[];
}

/** A frightened or domestic contact that was sent elsewhere, and to whom nobody went. */
function isSentAway(room: Room, contact: Contact, incident: Incident | null): boolean {
  const asked = dangersTold(contact).has('fear') || contact.readings.some((one) => one.reads === 'domestic');
  if (!asked || !contact.tellings.some((one) => sentAwayBy.includes(one))) return false;
  return incident === null || (incident.state === 'closed' && !hasProvenAttendance(room, incident));
}

function fromRoom(room: Room, matter: Matter): readonly Refusal[] {
  return matter.contacts
    .filter((one) => isSentAway(room, one, matter.incident))
    .map((one) => ({
      when: one.presentedAt,
      says: quoted(one.statements[0]?.words ?? 'asked for help'),
      people: (room.mentions.get(one.id) ?? []).filter(isSuspect).map((held) => held.subject),
      seqs: [one.seq],
    }));
}

function refusalsBefore(room: Room, here: Here): readonly Refusal[] {
  const day = room.now - windowMs(room, protectionRefused, 'day');
  const since = room.now - windowMs(room, protectionRefused, 'record');
  const places = [here.contact?.id, here.incident?.id, ...(here.incident?.contacts ?? [])];
  const recorded = findingsOn(room, places)
    .filter(
      (one) => one.strength !== 'weak' && one.when >= since && one.signs.some((sign) => askedSigns.includes(sign)),
    )
    .map((one) => ({ when: one.when, says: quoted(one.says), people: one.others, seqs: recordSeqs(room, places) }));
  return [...recorded, ...earlierMatters(room, here, { kinds, since: day }).flatMap((one) => fromRoom(room, one))];
}

/** The same people, or nothing that says they are others while danger or a domestic relation is told. */
function isSamePeople(room: Room, incident: Incident, refusal: Refusal): boolean {
  const named = suspectsIn(room, incident).flatMap((one) => sameSubjects(room, one.subject));
  if (refusal.people.some((one) => named.includes(one))) return true;
  const isOther = named.length > 0 && refusal.people.length > 0;
  return !isOther && (named.length > 0 || isDomestic(room, incident) || liveDangers(incident).length > 0);
}

function noteOn(contact: Contact, refusal: Refusal, now: number): Response {
  return {
    kind: 'note',
    about: `contact:${contact.id}`,
    why: why('asked-before', { when: agoWords(refusal.when, now), says: refusal.says }, refusal.seqs),
  };
}

/** `protection-refused`: somebody asked to be protected, was sent away, and is in touch again. */
export const protectionRefused: Safeguard = {
  id: 'protection-refused',
  needs: ['history', 'identifiers'],
  on: ['Mentioned', 'IncidentOpened', 'ContactJoined', 'CheckCompleted', 'KindsSet', 'StatementRecorded'],
  timings: {
    main: {
      dueMs: minuteMs(15),
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: minuteMs(60) },
      ],
      windows: { day: hourMs(24), record: dayMs(365) },
    },
  },
  words: {
    'asked-before': 'Asked for protection {when} and was sent away or on: {says}.',
    'asked-and-again':
      'Asked for protection before and was sent away or on ({times:time|times}): {says}. Now ' +
      'in touch about the same people.',
  },
  react(event, room) {
    if (event.type === 'CheckCompleted' && event.body.findings.length === 0) return [];
    if (event.type === 'StatementRecorded' && event.body.readings.length === 0) return [];
    const here = hereOf(room, { contact: event.ids['contact'], incident: event.ids['incident'] });
    if (here === null || keysHere(room, here, kinds).length === 0) return [];
    const refusals = refusalsBefore(room, here);
    const last = refusals.toSorted((a, b) => a.when - b.when).at(-1);
    if (last === undefined) return [];
    const notes = here.contact === null ? [] : [noteOn(here.contact, last, room.now)];
    const { incident } = here;
    if (incident === null || incident.state === 'closed') return notes;
    const same = refusals.filter((one) => isSamePeople(room, incident, one));
    const about = `incident:${incident.id}` as const;
    const isDecided = (room.notes.get(about) ?? []).some(
      (one) => one.safeguard === 'protection-refused' && one.why.params['times'] === same.length,
    );
    if (same.length === 0 || isDecided) return notes;
    const reason = why('asked-and-again', { times: same.length, says: last.says }, [...last.seqs, event.seq]);
    return [
      ...notes,
      { kind: 'note', about, why: reason },
      {
        kind: 'duty',
        about,
        owner: takerOf(room, incident),
        level: 'prompt',
        why: reason,
        asks: [ask('DecideAttendance', { incidents: incident.id }), ask('RequestReview', { incident: incident.id })],
      },
    ];
  },
  isMet(_duty, event, room) {
    if (!isProtectionDecision(event)) return false;
    return mayDecideProtection(room, event.actor.id) || event.type === 'ArrestDecided';
  },
};
