import type { Finding } from '../room/check.ts';
import type { Incident } from '../room/incident.ts';
import type { Link } from '../room/link.ts';
import { byStrength, samenessesOf, samesMax } from '../room/link.ts';
import type { Room } from '../room/room.ts';
import type { Act, Response, Safeguard } from '../room/safeguard.ts';
import { ask, countOf, why, windowMs } from '../room/safeguard.ts';
import { appearancesOf, sameSubjects } from '../room/subject.ts';
import type { AnyEvent, EventBy } from '../room/vocabulary.ts';
import { isGrave } from './dangers.ts';
import { findingsOn, graveSigns, isGraveFinding, isOfPublicPlace, matchedIn } from './findings.ts';
import { isElsewise, isOthersThing } from './other-households.ts';
import { earlierMatters, hereOf, keysHere } from './matches.ts';
import type { Here, Matter } from './matches.ts';
import { takerOf } from './owners.ts';
import { harmedRoles, isPerson, suspectRoles } from './people.ts';
import { hourMs, minuteMs } from './spans.ts';
import { clockOf, quoted } from './words.ts';

/** Records that a matter can be linked to; what a check tells of a thing alone is read, not linked. */
const linkable: readonly Finding['kind'][] = ['incident', 'contact', 'crime', 'order', 'person'];
const kinds = ['phone', 'person', 'dwelling', 'account', 'vehicle'];
/**
 * Signs of something that goes on between people: history of that is a match whatever is told now. That somebody was
 * once hurt, or a weapon was once seen, is read with the check's other hits, and is a match only where danger is told.
 */
const lastingSigns: readonly Finding['signs'][number][] = [
  'domestic',
  'strangulation',
  'threat-to-kill',
  'stalking',
  'order-breach',
  'child',
  'asked-for-protection',
  'refused-protection',
  'release',
  'separation',
  'wanted',
];
const peopleRoles = ['caller', ...harmedRoles, ...suspectRoles, 'subject'];

/** One candidate, with what makes it worth a person's decision. */
interface Candidate {
  readonly to: string;
  readonly isOrder: boolean;
  readonly strength: 'certain' | 'strong';
  readonly reasons: readonly string[];
  readonly same: Link['same'];
  readonly weight: number;
  readonly when: number;
}

function linksOf(room: Room, incident: string): readonly Link[] {
  return (room.linksOn.get(incident) ?? [])
    .map((one) => room.links.get(one))
    .filter((one): one is Link => one !== undefined);
}

/** A contact's likeness to the incident it was joined to is decided under `joined-unlike`. */
function isOwnContact(room: Room, link: Link): boolean {
  return room.contacts.get(link.from)?.incident === link.to;
}

/** Links of this incident, stronger than weak, that nobody has decided. */
function undecided(room: Room, incident: string): readonly Link[] {
  return linksOf(room, incident).filter(
    (one) =>
      one.state === 'proposed' && one.strength !== 'weak' && one.incident === incident && !isOwnContact(room, one),
  );
}

/** What a reason says, whatever names it says it of. */
function kindOfReason(reason: string): string {
  return reason.split(':')[0] ?? reason;
}

/** Links in which somebody decided that the one asked about here is not whom this candidate takes them for. */
function declinedSame(room: Room, { same }: Candidate): readonly Link[] {
  return same.flatMap(({ subject, other }) =>
    sameSubjects(room, subject)
      .flatMap((one) => samenessesOf(room, one))
      .filter((one) => one.same === other && one.link.state === 'declined')
      .map((one) => one.link),
  );
}

/**
 * What is asked between these two now: nothing where it was asked before, or the same two people were told apart in
 * another matter, unless what speaks for it now is surer than what was declined; what is new is said first. A spelling
 * the more is no new evidence.
 */
function freshly(room: Room, incident: string, candidate: Candidate): Candidate | null {
  const here = linksOf(room, incident).filter((link) => link.from === candidate.to || link.to === candidate.to);
  const before = [...here, ...declinedSame(room, candidate)];
  if (before.length === 0) return candidate;
  if (before.some((link) => link.state !== 'declined')) return null;
  const isSurer = before.every((link) => byStrength(candidate.strength, link.strength) < 0);
  const told = new Set(before.flatMap((link) => link.reasons.map(kindOfReason)));
  const fresh = candidate.reasons.filter((reason) => !told.has(kindOfReason(reason)));
  if (!isSurer || fresh.length === 0) return null;
  const news = `Declined before; new since then: ${fresh.join('; ')}`.slice(0, 500);
  return { ...candidate, reasons: [news, ...candidate.reasons].slice(0, 10) };
}

/** Whom the checks on an incident take to be one with somebody of a record, unless they are known to be the same. */
function sameOf(room: Room, incident: Incident, record: string): Link['same'] {
  const pairs = new Map<string, Link['same'][number]>();
  for (const pair of matchedIn(room, [incident.id, ...incident.contacts], record))
    if (!sameSubjects(room, pair.subject).includes(pair.other)) pairs.set(`${pair.subject} ${pair.other}`, pair);
  return [...pairs.values()].slice(0, samesMax);
}

function peopleIn(room: Room, incident: Incident): ReadonlySet<string> {
  return new Set(
    appearancesOf(room, incident)
      .filter((one) => peopleRoles.includes(one.role))
      .flatMap((one) => sameSubjects(room, one.subject)),
  );
}

/**
 * How many of the people here a record names, each once. Their homes and telephones are no further people: whoever rang
 * about a bicycle last month and rings about a hedge now is one person twice, from one home.
 */
function peopleShared(room: Room, { subject, others }: Finding, present: ReadonlySet<string>): number {
  const people = [subject, ...others].filter((one) => present.has(one) && isPerson(room, one));
  return new Set(people.map((one) => sameSubjects(room, one).toSorted()[0])).size;
}

/** Strong findings of an order, of two of the same people, of what lasts, or of danger where danger is told. */
function fromFindings(room: Room, here: Here, incident: Incident): readonly Candidate[] {
  const isGraveNow = isGrave(room, here.contact, incident);
  const present = peopleIn(room, incident);
  return findingsOn(room, [incident.id, ...incident.contacts])
    .filter((one) => one.strength !== 'weak' && linkable.includes(one.kind) && !isOfPublicPlace(room, one, present))
    .filter((one) => !isElsewise(room, one, here))
    .flatMap((one): readonly Candidate[] => {
      const shared = Math.max(0, peopleShared(room, one, present) - 1);
      const isOfDanger = isGraveNow ? isGraveFinding(one) : one.signs.some((sign) => lastingSigns.includes(sign));
      if (one.kind !== 'order' && shared === 0 && !isOfDanger) return [];
      const grave = one.signs.filter((sign) => graveSigns.includes(sign)).length;
      const strength = one.strength === 'certain' ? 'certain' : 'strong';
      const weight = grave + shared * 3 + (one.kind === 'order' ? 4 : 0) + (strength === 'certain' ? 2 : 0);
      const reasons = [quoted(one.says), ...one.reasons].slice(0, 10);
      return [
        {
          to: one.id,
          isOrder: one.kind === 'order',
          strength,
          reasons,
          same: sameOf(room, incident, one.id),
          weight,
          when: one.when,
        },
      ];
    });
}

/** Incidents of the last day that share a person, number, home, account or vehicle, where either tells of danger. */
function fromRoom(room: Room, here: Here, incident: Incident): readonly Candidate[] {
  const since = room.now - windowMs(room, linkUndecided, 'day');
  let graveNow: boolean | null = null;
  const isGraveNow = (): boolean => (graveNow ??= isGrave(room, here.contact, incident));
  return earlierMatters(room, here, { kinds, since }).flatMap((matter): readonly Candidate[] => {
    const other = matter.incident;
    if (other === null || other.id === incident.id || isOthersThing(room, here, matter)) return [];
    if (people(matter) < 2 && !isGraveNow() && !isGrave(room, null, other)) return [];
    const reasons = [`the same ${matter.by.join(', ')}`];
    const weight = 1 + people(matter) * 2;
    return [{ to: other.id, isOrder: false, strength: 'strong', reasons, same: [], weight, when: other.receivedAt }];
  });
}

function people(matter: Matter): number {
  return matter.keys.filter((key) => key.startsWith('person:')).length;
}

function comesFirst(a: Candidate, b: Candidate): number {
  if (a.weight !== b.weight) return b.weight - a.weight;
  if (a.when !== b.when) return b.when - a.when;
  return a.to < b.to ? -1 : 1;
}

/** The best candidates for which there is room among the open questions, of which the last place is kept for an order. */
function fitting(candidates: readonly Candidate[], open: readonly boolean[], most: number): readonly Candidate[] {
  let left = most - open.length;
  let others = most - 1 - open.filter((isOrder) => !isOrder).length;
  return candidates.toSorted(comesFirst).filter(({ isOrder }) => {
    if (left <= 0 || (!isOrder && others <= 0)) return false;
    left -= 1;
    if (!isOrder) others -= 1;
    return true;
  });
}

/** Proposes the best candidates that were never asked, so that no more than the policy's number stand open. */
function proposed(room: Room, here: Here, event: AnyEvent): readonly Act[] {
  const { incident } = here;
  if (incident === null || incident.state === 'closed') return [];
  const most = countOf(room, linkUndecided, 'open');
  const open = undecided(room, incident.id);
  if (open.length >= most) return [];
  const found = [...fromFindings(room, here, incident), ...fromRoom(room, here, incident)];
  const fresh = new Map<string, Candidate>();
  for (const one of found) {
    const asks = one.to === incident.id || fresh.has(one.to) ? null : freshly(room, incident.id, one);
    if (asks !== null) fresh.set(one.to, asks);
  }
  const orders = new Set(found.filter((one) => one.isOrder).map((one) => one.to));
  const isOrder = open.map((one) => orders.has(one.to));
  return fitting([...fresh.values()], isOrder, most).map(({ to, strength, reasons, same }, place) => ({
    kind: 'act',
    type: 'LinkProposed',
    ids: { link: `link-${event.seq}-${place + 1}`, incident: incident.id },
    body: { from: incident.id, to, strength, reasons, ...(same.length === 0 ? {} : { same: [...same] }) },
  }));
}

/** Asks about a link that was proposed, or whose decision was undone while its incident is open. */
function asked(room: Room, event: EventBy<'LinkProposed' | 'LinkUndone'>): readonly Response[] {
  const link = room.links.get(event.ids.link);
  const incident = room.incidents.get(event.ids.incident ?? '');
  if (link === undefined || incident === undefined || link.strength === 'weak' || isOwnContact(room, link)) return [];
  if (link.state !== 'proposed' || (event.type === 'LinkUndone' && incident.state === 'closed')) return [];
  const other = room.incidents.get(link.to);
  const what = other === undefined ? 'On record' : `${clockOf(other.receivedAt)} '${quoted(other.summary, 60)}'`;
  // A record that is an incident of today gives its summary as its first reason.
  const reasons = link.reasons.filter((one) => other === undefined || one !== quoted(other.summary));
  const parameters = {
    what,
    reasons: reasons.join('; ').slice(0, 500),
    open: undecided(room, incident.id).length,
  };
  return [
    {
      kind: 'duty',
      about: `incident:${incident.id}`,
      owner: takerOf(room, incident),
      level: 'prompt',
      why: why('match-undecided', parameters, [event.seq]),
      asks: undecided(room, incident.id)
        .slice(0, 5)
        .flatMap((one) => [ask('ConfirmLink', { link: one.id }), ask('DeclineLink', { link: one.id })]),
    },
  ];
}

/** `link-undecided`: a strong match with something that tells of danger waits for a person to say yes or no. */
export const linkUndecided: Safeguard = {
  id: 'link-undecided',
  needs: ['identifiers', 'history'],
  on: ['CheckCompleted', 'Mentioned', 'IncidentOpened', 'ContactJoined', 'LinkProposed', 'LinkUndone'],
  timings: {
    main: {
      speaksMs: minuteMs(2),
      dueMs: minuteMs(60),
      ladder: [{ to: 'supervisor', afterMs: 0 }],
      windows: { day: hourMs(24) },
      counts: { open: 5 },
    },
  },
  words: {
    'match-undecided': 'Is this the same matter? {what}: {reasons}. {open} to decide before closing or handing over.',
  },
  react(event, room) {
    if (event.type === 'LinkProposed' || event.type === 'LinkUndone') return asked(room, event);
    if (event.type === 'CheckCompleted' && event.body.findings.length === 0) return [];
    const here = hereOf(room, { contact: event.ids['contact'], incident: event.ids['incident'] });
    if (here?.incident == null) return [];
    if (event.type === 'Mentioned' && keysHere(room, here, kinds).length === 0) return [];
    return proposed(room, here, event);
  },
  isMet(duty, event, room) {
    if (event.type !== 'LinkConfirmed' && event.type !== 'LinkDeclined') return false;
    return undecided(room, duty.incident ?? '').length === 0;
  },
};
