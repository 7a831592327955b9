import type { Contact } from '../room/contact.ts';
import type { Danger } from '../room/danger.ts';
import type { StoredEvent } from '../room/define.ts';
import type { Incident } from '../room/incident.ts';
import type { Marker } from '../room/marker.ts';
import type { ProtectiveOrder } from '../room/order.ts';
import type { Room } from '../room/room.ts';
import type { Appearance } from '../room/subject.ts';
import { appearancesOf } from '../room/subject.ts';
import { put } from '../views/plain-words.ts';
import { wellFormed } from './keys.ts';
import type { SourceRecord } from './source.ts';

/** What an event changed in the force's own history: a record as it is now, or one that is told of elsewhere now. */
export type RecordChange =
  | { readonly kind: 'kept'; readonly record: SourceRecord; readonly incident: string | null }
  | { readonly kind: 'gone'; readonly record: Pick<SourceRecord, 'kind' | 'id'> };

/** Whom and what one record names, at most. */
const namesMax = 20;
const saysMax = 2_000;
const termsMax = 5;

/**
 * Events that tell more of an incident than that it was opened: from the first of them on it is on record, and each may
 * change the record. What was dealt with as it was opened and tells of no danger is routine, as such a contact is.
 */
const telling = new Set([
  'Mentioned',
  'ContactJoined',
  'KindsSet',
  'BreachReported',
  'EntryAdded',
  'EntryCorrected',
  'StatementRecorded',
  'DangerConfirmed',
  'DangerDismissed',
  'IncidentsJoined',
  'UnitAssigned',
  'TaskRaised',
  'Deferred',
  'TransferSent',
  'HarmRecorded',
]);
/** Events that put on record at once what tells of danger, and a contact that broke off. */
const warning = new Set(['IncidentOpened', 'RelayRecorded', 'ObservationRecorded', 'CallerTold', 'ContactEnded']);
/** Ends of a contact that leave open what it was. */
const unexplained: readonly (string | null)[] = ['cut-off', 'abandoned', 'silent', 'not-understood'];

const ofMarkers = new Set(['MarkerSet', 'MarkerRenewed', 'MarkerExtended', 'MarkerLapsed', 'MarkerRemoved']);
const ofOrders = new Set(['OrderRecorded', 'OrderServiceRecorded', 'OrderEnded', 'BreachReported']);

/** What the force's own history keeps of what an event is about, where it changes that; the room is as after it. */
export function recordsAfter(room: Room, event: StoredEvent): readonly RecordChange[] {
  const changes: RecordChange[] = [];
  if (telling.has(event.type) || warning.has(event.type)) changes.push(...ofMatters(room, event));
  const marker = ofMarkers.has(event.type) ? room.markers.get(event.ids['marker'] ?? '') : undefined;
  if (marker !== undefined) changes.push(kept(ofMarker(room, marker, event.at)));
  const order = ofOrders.has(event.type) ? room.orders.get(event.ids['order'] ?? '') : undefined;
  if (order !== undefined) changes.push(kept(ofOrder(room, order)));
  return changes;
}

function kept(record: SourceRecord, incident: string | null = null): RecordChange {
  return { kind: 'kept', record, incident };
}

/** The incident that is spoken of, the one it was joined into, and a contact that came to no incident. */
function ofMatters(room: Room, { type, ids }: StoredEvent): readonly RecordChange[] {
  const contact = room.contacts.get(ids['contact'] ?? '');
  const named = [ids['incident'], ids['into'], contact?.incident ?? undefined];
  const changes = [...new Set(named)]
    .map((one) => room.incidents.get(one ?? ''))
    .filter((one) => one !== undefined)
    .map((incident) => ({ incident: incident.id, record: ofIncident(room, incident) }))
    .filter(({ record }) => telling.has(type) || record.signs.length > 0)
    .map(({ record, incident }) => kept(record, incident));
  if (contact === undefined) return changes;
  if (contact.incident === null) return [...changes, ...ofContact(room, contact)];
  const isJoined = type === 'ContactJoined' || type === 'IncidentOpened';
  return isJoined ? [...changes, { kind: 'gone', record: { kind: 'contact', id: contact.id } }] : changes;
}

function ofIncident(room: Room, incident: Incident): SourceRecord {
  return {
    id: incident.id,
    kind: 'incident',
    when: incident.receivedAt,
    ...namedIn(room, appearancesOf(room, incident)),
    signs: signsOf(incident.kinds, incident),
    says: said(incident.summary),
  };
}

/** A contact that came to no incident and tells of danger, or broke off; routine ones are not kept. */
function ofContact(room: Room, contact: Contact): readonly RecordChange[] {
  const domestic = contact.readings.filter((one) => one.reads === 'domestic');
  const signs = signsOf([], { domestic, dangers: contact.dangers });
  const named = namedIn(room, room.mentions.get(contact.id) ?? []);
  if (named.subjects.length === 0 || (signs.length === 0 && !unexplained.includes(contact.ending))) return [];
  const end = unexplained.includes(contact.ending) ? `, ${put(contact.ending ?? '', 'plain')}` : '';
  const words = contact.statements[0]?.words ?? '';
  const says = said(`Contact by ${put(contact.channel, 'plain')} without an incident${end}${words && `: ${words}`}`);
  return [kept({ id: contact.id, kind: 'contact', when: contact.presentedAt, ...named, signs, says })];
}

function ofMarker(room: Room, marker: Marker, when: number): SourceRecord {
  const title = room.policy.markerKinds[marker.kind]?.title ?? put(marker.kind, 'plain');
  const state = { 'in-force': '', unreviewed: ', not reviewed', removed: ', removed' }[marker.state];
  return {
    id: marker.id,
    kind: 'marker',
    when,
    ...identified(room, [marker.subject]),
    signs: marker.state === 'removed' ? ['marker-removed'] : [],
    says: said(`${title}${state}: ${marker.reason}`),
  };
}

function ofOrder(room: Room, order: ProtectiveOrder): SourceRecord {
  const title = room.policy.orderKinds[order.kind]?.title ?? put(order.kind, 'plain');
  const state = order.endedAt === null ? `service ${put(order.service, 'plain')}` : 'ended';
  const terms = order.terms.slice(0, termsMax).join('; ');
  return {
    id: order.id,
    kind: 'order',
    when: order.madeAt,
    ...identified(room, [order.respondent, ...order.protects]),
    signs: order.breaches.length === 0 ? [] : ['order-breach'],
    says: said(`${title}, ${state}${terms === '' ? '' : `: ${terms}`}`),
  };
}

function namedIn(room: Room, appearances: readonly Appearance[]): Pick<SourceRecord, 'names' | 'subjects'> {
  return identified(room, [...new Set(appearances.map((one) => one.subject))]);
}

function identified(room: Room, subjects: readonly string[]): Pick<SourceRecord, 'names' | 'subjects'> {
  const known = subjects.filter((one) => room.subjects.has(one));
  const names = known.map((one) => room.subjects.get(one)?.identity).filter((one) => one !== undefined);
  const all = [...new Set([...known, ...subjects])];
  return { names: names.slice(0, namesMax), subjects: all.slice(0, namesMax) };
}

function said(text: string): string {
  return wellFormed(text.slice(0, saysMax));
}

interface Told {
  readonly domestic: readonly unknown[];
  readonly dangers: readonly Danger[];
}

function signsOf(kinds: Incident['kinds'], { domestic, dangers }: Told): SourceRecord['signs'] {
  const signs = new Set<SourceRecord['signs'][number]>();
  if (kinds.includes('domestic') || domestic.length > 0) signs.add('domestic');
  if (kinds.includes('stalking')) signs.add('stalking');
  if (kinds.includes('order-breach')) signs.add('order-breach');
  if (kinds.includes('child')) signs.add('child');
  if (kinds.includes('vulnerable-adult')) signs.add('vulnerable');
  for (const { kind, confirmed } of dangers) {
    if (confirmed === false) continue;
    signs.add('danger');
    if (kind === 'weapon') signs.add('weapon');
    if (kind === 'strangling') signs.add('strangulation');
    if (kind === 'threat-to-life') signs.add('threat-to-kill');
    if (kind === 'assault-in-progress' || kind === 'hurt') signs.add('violence');
  }
  return [...signs];
}
