import type { Contact } from '../room/contact.ts';
import type { Incident } from '../room/incident.ts';
import type { OrderBreach } from '../room/order.ts';
import type { Room } from '../room/room.ts';
import type { Response, Safeguard } from '../room/safeguard.ts';
import { ask, countOf, why, windowMs } from '../room/safeguard.ts';
import { appearancesOf, relatedTo } from '../room/subject.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { isProtectionDecision, mayDecideProtection } from './authority.ts';
import { liveDangers } from './dangers.ts';
import { findingsOn, isGraveFinding, recordSeqs } from './findings.ts';
import { isElsewise } from './other-households.ts';
import { earlierMatters, goingOn, hereOf } from './matches.ts';
import type { Here, Matter } from './matches.ts';
import { supervisor } from './owners.ts';
import { pairsIn } from './pairs.ts';
import { isDomestic, isPublicPlace, suspectRoles, suspectsIn } from './people.ts';
import { dayMs, hourMs, minuteMs, minutes } from './spans.ts';
import { clockOf } from './words.ts';

/** Who rings, not from where: volume at a place says nothing about a person. */
const kinds = ['phone', 'person', 'account', 'event'];
const personalKinds = ['domestic', 'stalking', 'honour', 'order-breach', 'vulnerable-adult', 'child', 'mental-health'];
/** Facts whose ending takes away what the risk was thought to be held by. */
const carers = ['elsewhere', 'left', 'in-anothers-care'];
const recordSigns: Readonly<Record<string, string>> = {
  strangulation: 'strangled before',
  'threat-to-kill': 'threatened to kill before',
  stalking: 'stalking on record',
  'order-breach': 'an order reported broken',
  separation: 'separation',
};

const matterKinds = ['incident', 'contact', 'crime'];
/** Signs on record by which danger is nothing new. */
const dangerSigns = ['danger', 'violence', 'weapon', 'strangulation', 'threat-to-kill', 'self-harm'];

interface Trend {
  /** Reasons in words, grave ones first. */
  readonly signs: readonly string[];
  readonly grave: number;
  readonly contacts: readonly Contact[];
  /** Whether anything came before: without it nothing rises. */
  readonly isRepeat: boolean;
  readonly isNow: boolean;
}

function isInstitution(room: Room, incident: Incident): boolean {
  return appearancesOf(room, incident).some((one) => isPublicPlace(room, one.subject));
}

/** Whether it is about a person, or about one person and another, at all. */
function isPersonal(room: Room, incident: Incident): boolean {
  if (isDomestic(room, incident)) return true;
  if (suspectsIn(room, incident).length > 0 && liveDangers(incident).length > 0) return true;
  if (isInstitution(room, incident)) return false;
  return incident.kinds.some((kind) => personalKinds.includes(kind));
}

function has(contacts: readonly Contact[], kind: string): boolean {
  return contacts.some((one) => one.dangers.some((danger) => danger.kind === kind));
}

/** The person who is feared says that they will take their own life. */
function suspectSpeaksOfSuicide(contact: Contact): boolean {
  return contact.dangers.some(
    (danger) =>
      danger.kind === 'self-harm' &&
      contact.statements.some((one) => one.seq === danger.seq && one.speaker === 'suspect'),
  );
}

/** What the contact in hand adds to those before it. */
function addedBy(room: Room, contact: Contact | null, before: readonly Contact[]): readonly string[] {
  if (contact === null || before.length === 0) return [];
  const known = new Set(before.flatMap((one) => one.dangers.map((danger) => danger.kind)));
  const fresh = [...new Set(contact.dangers.map((one) => one.kind))].filter((kind) => !known.has(kind));
  const seen = new Set(before.flatMap((one) => one.subjects));
  const others = (room.mentions.get(contact.id) ?? []).filter(
    (one) => [...suspectRoles, 'child', 'third-party'].includes(one.role) && !seen.has(one.subject),
  );
  const fears = has([contact], 'fear') && has(before, 'fear');
  return [
    ...(fresh.length > 0 ? [`told for the first time: ${fresh.join(', ')}`] : []),
    ...(others.length > 0 && before.some((one) => one.subjects.length > 0) ? ['other people now named'] : []),
    ...(fears ? ['fear told again'] : []),
  ];
}

/** Danger is told now, and nothing that is on record between them told of any. */
function addedToRecord(contact: Contact | null, record: OnRecord): readonly string[] {
  if (contact === null || record.matters.length === 0 || record.isDangerous) return [];
  const kinds = [...new Set(contact.dangers.map((one) => one.kind))];
  return kinds.length === 0 ? [] : [`told for the first time: ${kinds.join(', ')}`];
}

/** Contacts, and matters on record, that come closer together. */
function closing(contacts: readonly Contact[], record: OnRecord): readonly string[] {
  const held = new Set(contacts.map((one) => one.incident));
  const before = record.matters.filter((one) => one.isRecent && !held.has(one.id)).map((one) => one.when);
  const times = [...before, ...contacts.map((one) => one.presentedAt)].toSorted((a, b) => a - b);
  const [last, middle, first] = [times.at(-1), times.at(-2), times.at(-3)];
  if (last === undefined || middle === undefined || first === undefined || last - middle >= middle - first) return [];
  return [`contacts closer together (${lengthOf(middle - first)}, then ${lengthOf(last - middle)})`];
}

function lengthOf(spanMs: number): string {
  return spanMs < 2 * dayMs(1) ? `${minutes(spanMs)} min` : `${Math.round(spanMs / dayMs(1))} days`;
}

/** What the record holds of those it is about. */
interface OnRecord {
  readonly signs: readonly string[];
  readonly released: boolean;
  /** Earlier matters that told of danger or of somebody to protect. */
  readonly matters: readonly { readonly id: string; readonly when: number; readonly isRecent: boolean }[];
  readonly isDangerous: boolean;
}

function onRecord(room: Room, here: Here, incident: Incident): OnRecord {
  const since = room.now - windowMs(room, risingRisk, 'record');
  const recent = room.now - windowMs(room, risingRisk, 'recent');
  const findings = findingsOn(room, [incident.id, ...incident.contacts]).filter(
    (one) =>
      one.strength !== 'weak' &&
      one.when >= since &&
      one.id !== incident.id &&
      !isElsewise(room, one, { ...here, incident }),
  );
  const signs = new Set(
    findings.flatMap((one) => one.signs.map((sign) => recordSigns[sign]).filter((one) => one !== undefined)),
  );
  return {
    signs: [...signs],
    released: findings.some((one) => one.when >= recent && one.signs.includes('release')),
    matters: findings
      .filter((one) => matterKinds.includes(one.kind) && isGraveFinding(one))
      .map(({ id, when }) => ({ id, when, isRecent: when >= recent })),
    isDangerous: findings.some((one) => one.signs.some((sign) => dangerSigns.includes(sign))),
  };
}

/** The reported breaches of each order of the suspects that was broken here. */
function brokenIn(room: Room, incident: Incident): readonly (readonly OrderBreach[])[] {
  return suspectsIn(room, incident)
    .flatMap((one) => room.ordersOf.get(one.subject) ?? [])
    .map((one) => room.orders.get(one)?.breaches ?? [])
    .filter((breaches) => breaches.some((one) => one.incident === incident.id));
}

/** An order broken more than once is a sign of its own. */
function brokenAgain(room: Room, incident: Incident): readonly string[] {
  const times = Math.max(
    0,
    ...brokenIn(room, incident).map((breaches) => new Set(breaches.map((one) => one.incident ?? one.id)).size),
  );
  return times < 2 ? [] : [`broken ${times} times`];
}

function isSeparated(room: Room, incident: Incident): boolean {
  return pairsIn(room, appearancesOf(room, incident)).some((pair) =>
    relatedTo(room, pair.person).some((one) => one.relation === 'ex-partner' && pair.suspectSide.has(one.subject)),
  );
}

function breachesIn(room: Room, event: AnyEvent, incident: Incident): boolean {
  if (event.type === 'BreachReported') return true;
  return suspectsIn(room, incident).some((one) =>
    (room.ordersOf.get(one.subject) ?? []).some((order) =>
      (room.orders.get(order)?.breaches ?? []).some((breach) => breach.incident === incident.id),
    ),
  );
}

function contactsOf(matters: readonly Matter[], contact: Contact | null): readonly Contact[] {
  const before = matters.flatMap((one) => one.contacts);
  return [...before, ...(contact === null ? [] : [contact])].toSorted((a, b) => a.seq - b.seq);
}

function trendOf(room: Room, here: Here, incident: Incident, event: AnyEvent): Trend {
  const since = room.now - windowMs(room, risingRisk, 'day');
  const matters = earlierMatters(room, here, { kinds, since });
  const contacts = contactsOf(matters, here.contact);
  const before = contacts.filter((one) => one !== here.contact);
  const record = onRecord(room, here, incident);
  const cared = event.type === 'RelianceEnded' && carers.includes(room.reliances.get(event.ids.reliance)?.fact ?? '');
  const grave = [
    ...(has(contacts, 'strangling') ? ['strangling told'] : []),
    ...(has(contacts, 'threat-to-life') ? ['threat to life told'] : []),
    ...(contacts.some(suspectSpeaksOfSuicide) ? ['the suspect speaks of suicide'] : []),
    ...(record.released ? ['the suspect has been released'] : []),
    ...(cared ? ['the care or custody relied on has ended'] : []),
  ];
  const others = [
    ...(before.length > 0 ? addedBy(room, here.contact, before) : addedToRecord(here.contact, record)),
    ...(breachesIn(room, event, incident) ? ['an order reported broken', ...brokenAgain(room, incident)] : []),
    ...(has(contacts, 'held-or-followed') || incident.kinds.includes('stalking') ? ['followed, held or stalked'] : []),
    ...(isSeparated(room, incident) ? ['separation'] : []),
    ...record.signs,
    ...closing(contacts, record),
  ];
  const isNow =
    has(here.contact === null ? [] : [here.contact], 'strangling') || has(contacts.slice(-1), 'threat-to-life');
  return {
    signs: [...new Set([...grave, ...others])],
    grave: grave.length,
    contacts,
    isRepeat: before.length + record.matters.length + record.signs.length > 0 || record.released || cared,
    isNow,
  };
}

/** Alarm, prompt, or nothing that rises: how often somebody rings is no reason by itself. */
function levelOf(room: Room, trend: Trend, incident: Incident): 'alarm' | 'prompt' | null {
  const isSupported = trend.signs.some((one) => one !== 'separation' && !one.startsWith('contacts closer'));
  if (!isSupported) return null;
  if (trend.grave > 0 && (trend.isRepeat || isDomestic(room, incident))) return 'alarm';
  if (!trend.isRepeat) return null;
  return trend.signs.length >= countOf(room, risingRisk, 'signs') ? 'alarm' : 'prompt';
}

function responsesTo(room: Room, incident: Incident, trend: Trend, seq: number): readonly Response[] {
  const level = levelOf(room, trend, incident);
  if (level === null) return [];
  const about = `incident:${incident.id}` as const;
  const parameters = {
    contacts:
      trend.contacts
        .map((one) => clockOf(one.presentedAt))
        .slice(-8)
        .join(', ') || 'none',
    signs: trend.signs.join('; '),
  };
  // The same signs in another order, or fewer of them, say nothing new.
  const isKnown = (room.notes.get(about) ?? []).some((one) => {
    const known = String(one.why.params['signs']).split('; ');
    return (
      one.safeguard === 'rising-risk' &&
      one.why.params['contacts'] === parameters.contacts &&
      trend.signs.every((sign) => known.includes(sign))
    );
  });
  if (isKnown) return [];
  const record = recordSeqs(room, [incident.id, ...incident.contacts]);
  const breaches = brokenIn(room, incident).flat().slice(-10);
  const contacts = trend.contacts.map((one) => one.seq).slice(-18);
  const reason = why('rising', parameters, [...record, ...breaches.map((one) => one.seq), ...contacts, seq]);
  return [
    { kind: 'note', about, why: reason },
    { kind: 'floor', incident: incident.id, band: trend.isNow ? 'emergency' : 'priority', why: reason },
    {
      kind: 'duty',
      about,
      owner: supervisor,
      level,
      timing: level === 'alarm' ? 'alarm' : 'main',
      why: reason,
      asks: [
        ask('DecideAttendance', { incidents: incident.id }),
        ask('DecideArrest', { incident: incident.id }),
        ask('CompleteRiskForm', { incident: incident.id }),
      ],
    },
  ];
}

/** `rising-risk`: for one person, or between two, it is getting worse. */
export const risingRisk: Safeguard = {
  id: 'rising-risk',
  needs: ['contacts', 'text', 'identifiers'],
  on: [
    'Mentioned',
    'Related',
    'StatementRecorded',
    'RelayRecorded',
    'IncidentOpened',
    'ContactJoined',
    'KindsSet',
    'CheckCompleted',
    'BreachReported',
    'RelianceEnded',
  ],
  timings: {
    main: {
      dueMs: minuteMs(30),
      ladder: [{ to: 'fim', afterMs: 0 }],
      windows: { day: hourMs(24), recent: dayMs(30), record: dayMs(365) },
      counts: { signs: 3 },
    },
    alarm: {
      dueMs: minuteMs(30),
      ladder: [{ to: 'fim', afterMs: 0 }],
      againMs: minuteMs(30),
    },
  },
  words: { rising: 'The risk is rising: {signs:plain}. Contacts today: {contacts}. How is this person protected now?' },
  react(event, room) {
    if (event.type === 'StatementRecorded' || event.type === 'RelayRecorded')
      if (event.body.readings.length === 0) return [];
    if (event.type === 'CheckCompleted' && event.body.findings.length === 0) return [];
    const here = hereOf(room, { contact: event.ids['contact'], incident: event.ids['incident'] });
    const incident = goingOn(room, here?.incident?.id);
    if (here === null || incident === null || incident.state === 'closed' || !isPersonal(room, incident)) return [];
    return responsesTo(room, incident, trendOf(room, here, incident, event), event.seq);
  },
  isMet(_duty, event, room) {
    return isProtectionDecision(event) && mayDecideProtection(room, event.actor.id);
  },
};
