import type { Finding } from '../room/check.ts';
import type { StoredEvent } from '../room/define.ts';
import type { Incident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import { appearancesOf } from '../room/subject.ts';
import type { Identity } from '../room/subject.ts';
import type { Question, SourceRecord } from './source.ts';

const telling = new Set([
  'Mentioned',
  'ContactJoined',
  'KindsSet',
  'BreachReported',
  'EntryAdded',
  'StatementRecorded',
  'IncidentsJoined',
]);

/** The record that a force's own history would keep of the incident that an event is about, if it changes it. */
export function recordAfter(room: Room, event: StoredEvent): SourceRecord | null {
  const incident = telling.has(event.type) ? room.incidents.get(event.ids['incident'] ?? '') : undefined;
  if (incident === undefined) return null;
  const subjects = [...new Set(appearancesOf(room, incident).map((one) => one.subject))];
  const names = subjects.map((one) => room.subjects.get(one)?.identity).filter((one) => one !== undefined);
  return {
    id: incident.id,
    kind: 'incident',
    when: incident.receivedAt,
    names: names.slice(0, 20),
    subjects: subjects.slice(0, 20),
    signs: signsOf(incident),
    says: incident.summary.slice(0, 2_000),
  };
}

function signsOf(incident: Incident): Finding['signs'] {
  const signs = new Set<Finding['signs'][number]>();
  if (incident.kinds.includes('domestic') || incident.domestic.length > 0) signs.add('domestic');
  if (incident.kinds.includes('stalking')) signs.add('stalking');
  if (incident.kinds.includes('order-breach')) signs.add('order-breach');
  if (incident.kinds.includes('child')) signs.add('child');
  if (incident.kinds.includes('vulnerable-adult')) signs.add('vulnerable');
  for (const { kind, confirmed } of incident.dangers) {
    if (confirmed === false) continue;
    signs.add('danger');
    if (kind === 'weapon') signs.add('weapon');
    if (kind === 'strangling') signs.add('strangulation');
    if (kind === 'threat-to-life') signs.add('threat-to-kill');
    if (kind === 'assault-in-progress' || kind === 'hurt') signs.add('violence');
  }
  return [...signs];
}

/** Where an incident ended up, through every joining; a ring of joinings ends where it began. */
function endOf(room: Room, incident: string): string {
  const seen = new Set<string>();
  let end = incident;
  for (let next: string | null = incident; next !== null && !seen.has(next); ) {
    seen.add(next);
    end = next;
    next = room.incidents.get(next)?.joinedInto ?? null;
  }
  return end;
}

/** An incident and every other that was joined with it as the same event: no history to one another. */
function sameMatter(room: Room, incident: string): readonly string[] {
  const end = endOf(room, incident);
  const joined = [...room.incidents.values()].filter((one) => one.joinedInto !== null && endOf(room, one.id) === end);
  return [...new Set([incident, end, ...joined.map((one) => one.id)])];
}

/** What a requested check asks of its source: the subject, what stands beside it, and what it is no history to. */
export function questionOf(room: Room, event: Pick<StoredEvent, 'ids'>, at: number): Question | null {
  const subject = room.subjects.get(event.ids['subject'] ?? '');
  if (subject === undefined) return null;
  const contact = event.ids['contact'];
  const incident = event.ids['incident'] ?? room.contacts.get(contact ?? '')?.incident ?? undefined;
  const places = [contact, incident].filter((place) => place !== undefined);
  const others = new Set(places.flatMap((place) => (room.mentions.get(place) ?? []).map((one) => one.subject)));
  others.delete(subject.id);
  const beside: readonly Identity[] = [...others]
    .map((one) => room.subjects.get(one)?.identity)
    .filter((one) => one !== undefined);
  return {
    subject: subject.id,
    identity: subject.identity,
    beside: beside.slice(0, 20),
    apartFrom: incident === undefined ? [] : sameMatter(room, incident),
    at,
  };
}
