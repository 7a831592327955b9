import type { Room } from '../../room/room.ts';
import { nameOf } from '../../room/subject.ts';
import { liveDeployments } from '../../room/deployment.ts';
import type { UnitLine } from '../../views/unit-list.ts';
import { unitList } from '../../views/unit-list.ts';
import type { Positions, UnitSuggestion } from '../../views/unit-suggestions.ts';
import { distanceText, unitSuggestions } from '../../views/unit-suggestions.ts';
import type { Field } from './fields.ts';

/** Something that can stand in a field, with what it is in a few words. */
export interface Choice {
  readonly value: string;
  readonly says: string;
}

/** What a command on its way is about already, where its choices are put in order for somebody. */
interface Toward {
  readonly filled: ReadonlyMap<string, unknown>;
  readonly positions: Positions;
}

type Lister = (room: Room, toward: Toward | null) => Iterable<Choice>;

function* incidents(room: Room): Generator<Choice> {
  for (const one of room.incidents.values()) if (one.state === 'open') yield { value: one.id, says: one.summary };
}

function* everyIncident(room: Room): Generator<Choice> {
  for (const one of room.incidents.values()) yield { value: one.id, says: one.summary };
}

function* contacts(room: Room): Generator<Choice> {
  for (const one of room.contacts.values())
    if (one.disposition === null) yield { value: one.id, says: `${one.channel}, ${one.state}` };
}

function* subjects(room: Room): Generator<Choice> {
  for (const one of room.subjects.values()) yield { value: one.id, says: nameOf(one.identity) };
}

/** Those that could be sent first, the longest free of them first. */
function* units(room: Room): Generator<Choice> {
  for (const one of unitList(room, room.now))
    if (one.status !== 'off-duty') yield { value: one.unit, says: standing(one).join(', ') };
}

function standing({ status, skills }: UnitLine): readonly string[] {
  return [status.replaceAll('-', ' '), ...skills];
}

/**
 * Units in the order in which they could be sent to the incident that the command names, those that stand so first,
 * with what speaks against each.
 */
function unitsFor(named: string, first: UnitSuggestion['stands']): Lister {
  return function* suggested(room, toward) {
    const incident = room.incidents.get(String(toward?.filled.get(named)));
    if (toward === null || incident === undefined) {
      yield* units(room);
      return;
    }
    const all = unitSuggestions(room, incident, { now: room.now, positions: toward.positions });
    for (const one of all.toSorted((a, b) => Number(b.stands === first) - Number(a.stands === first))) {
      const far = one.metres === null ? [] : [distanceText(one.metres)];
      yield { value: one.unit, says: [...standing(one), ...far, ...one.against].join(', ') };
    }
  };
}

function* staff(room: Room): Generator<Choice> {
  for (const one of room.staff.values())
    if (one.state !== 'off') yield { value: one.id, says: room.policy.roles[one.role]?.title ?? one.role };
}

function* deployments(room: Room): Generator<Choice> {
  for (const incident of room.incidents.values())
    for (const one of liveDeployments(room, incident))
      yield { value: one.id, says: `${one.unit} for ${incident.summary}` };
}

function* titled(of: Readonly<Record<string, { readonly title: string }>>): Generator<Choice> {
  for (const [value, { title }] of Object.entries(of)) yield { value, says: title };
}

/** What stands under an id of this concept and still waits for somebody. */
function* saying<T extends { readonly id: string }>(all: Iterable<T>, says: (one: T) => string): Generator<Choice> {
  for (const one of all) yield { value: one.id, says: says(one) };
}

const ofField: Readonly<Record<string, Lister>> = {
  incident: incidents,
  incidents,
  into: incidents,
  contact: contacts,
  subject: subjects,
  subjects,
  phone: subjects,
  respondent: subjects,
  protects: subjects,
  between: subjects,
  unit: units,
  staff,
  readers: staff,
  owner: staff,
  deployment: deployments,
  task: (room) => saying(room.tasks.values(), (one) => one.says),
  check: (room) => saying(room.checks.values(), (one) => `${one.source} ${one.state}`),
  message: (room) => saying(room.messages.values(), (one) => `${one.from}: ${one.text}`),
  promise: (room) => saying(room.promises.values(), (one) => one.words),
  transfer: (room) => saying(room.transfers.values(), (one) => one.partner),
  decision: (room) => saying(room.proposals.values(), (one) => one.reason),
  review: (room) => saying(room.reviews.values(), (one) => `of ${one.incident}, asked by ${one.by}`),
  reliance: (room) => saying(room.reliances.values(), (one) => one.fact.replaceAll('-', ' ')),
  deferral: (room) => saying(room.deferrals.values(), (one) => one.reason),
  link: (room) => saying(room.links.values(), (one) => one.reasons.join('; ')),
  pattern: (room) => saying(room.patterns.values(), (one) => one.members.length.toString()),
  marker: (room) => saying(room.markers.values(), (one) => one.reason),
  order: (room) => saying(room.orders.values(), (one) => one.kind),
  callback: (room) => saying(room.callbacks.values(), (one) => one.means),
  exhibit: (room) => saying(room.exhibits.values(), (one) => one.says),
  harm: (room) => saying(room.harms.values(), (one) => one.kind.replaceAll('-', ' ')),
  duties: (room) => saying(room.duties.values(), (one) => one.safeguard),
  grade: (room) => room.policy.grades.map(({ id, title }) => ({ value: id, says: title })),
  code: (room) => titled(room.policy.closingCodes),
  disposition: (room) => titled(room.policy.dispositions),
};

/** Whoever may answer for something: a person who is here, or a role whose people are found when they are needed. */
function* owners(room: Room): Generator<Choice> {
  for (const [value, { title }] of Object.entries(room.policy.roles)) yield { value, says: title };
  yield* staff(room);
}

/** Where the same name means another thing in one command. */
const ofCommand: Readonly<Record<string, Lister>> = {
  'ReopenIncident incident': everyIncident,
  'AssignUnit unit': unitsFor('incident', 'free'),
  'DivertUnit unit': unitsFor('to', 'divertible'),
  'DivertUnit to': incidents,
  'Relate from': subjects,
  'Relate to': subjects,
  'ProposeLink from': everyIncident,
  'ProposeLink to': everyIncident,
  'Defer reason': (room) => titled(room.policy.deferralReasons),
  'SetMarker kind': (room) => titled(room.policy.markerKinds),
  'RecordOrder kind': (room) => titled(room.policy.orderKinds),
  'SignOn role': (room) => titled(room.policy.roles),
  'EnrolStaff role': (room) => titled(room.policy.roles),
  'RequestCheck source': (room) => room.sources.keySeq().map((value) => ({ value, says: 'source' })),
  'AcceptDuties to': staff,
};

/**
 * What can stand in a field of a command now, from the live room, the likeliest first where it is told what the
 * command is about; null where a person writes freely.
 */
export function choicesOf(
  room: Room,
  type: string,
  field: Field,
  toward: Toward | null = null,
): readonly Choice[] | null {
  if (field.options.length > 0) return field.options.map((value) => ({ value, says: value.replaceAll('-', ' ') }));
  if (field.kind === 'owner') return [...owners(room)];
  const lister = ofCommand[`${type} ${field.name}`] ?? (field.kind === 'id' ? ofField[field.name] : undefined);
  return lister === undefined ? null : [...lister(room, toward)];
}
