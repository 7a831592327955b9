import fc from 'fast-check';
import type { StoredEvent } from '../src/room/define.ts';
import type { Room } from '../src/room/room.ts';
import type { Rooms } from '../src/views/redact.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { night, nights } from './nights.ts';
import type { Given, Taken } from './nights.ts';

/** Words that nobody says, one for each command, so that it can be seen where what was told ends up. */
const canaryForm = /zq\d+x/g;

/** Fields that hold codes or ids, or that the room must be able to read as they stand. */
const kept = new Set(['born', 'number', 'postcode', 'mark', 'platform', 'type', 'code', 'level']);

function marked(value: unknown, canary: string, field = ''): unknown {
  if (typeof value === 'string')
    return /\s/.test(value) && !kept.has(field) ? `${canary} ${value}`.slice(0, 2_000) : value;
  if (Array.isArray(value)) return value.map((one) => marked(one, canary, field));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, marked(one, canary, key)]));
}

function by(staff: string, type: string, data: unknown, override?: string): Given {
  return { type, data, actor: { kind: 'staff', id: staff }, gapMs: 1_000, override };
}

const telephone = { kind: 'phone', number: '07700900999' } as const;

/** A matter that is restricted from its first minute: only supervisor-1 and the specialists may read it. */
export const secretOpening: readonly Given[] = [
  by('supervisor-1', 'RecordStatement', { contact: 'c2', words: 'he said that he has a gun at home' }),
  by('supervisor-1', 'OpenIncident', {
    incident: 'i2',
    contact: 'c2',
    kinds: ['domestic'],
    summary: 'one of ours, a threat',
  }),
  by('fim-1', 'RestrictIncident', {
    incident: 'i2',
    readers: ['supervisor-1', 'specialist-1'],
    desk: 'specialist',
    reason: 'one of ours is the suspect',
  }),
  by('supervisor-1', 'EndContact', { contact: 'c2', ending: 'ended' }),
  by('supervisor-1', 'Mention', {
    subject: 's5',
    identity: { kind: 'person', name: 'Somebody Unheard Of' },
    contact: 'c2',
    role: 'victim',
  }),
  by('supervisor-1', 'Mention', { subject: 's6', identity: telephone, contact: 'c2', role: 'used', whose: 'own' }),
  by('supervisor-1', 'Mention', { subject: 's1', contact: 'c2', role: 'suspect' }),
  by('supervisor-1', 'SetGrade', { incident: 'i2', grade: 'priority', reason: 'as was told' }),
  by('supervisor-1', 'AssignUnit', { deployment: 'deployment-2', incident: 'i2', unit: 'unit-2' }),
];

/** What happens to who may read it. */
const access: fc.Arbitrary<Given> = fc
  .record({
    type: fc.constantFrom(
      'AdmitReader',
      'WithdrawReader',
      'LiftRestriction',
      'RestrictIncident',
      'BreakGlass',
      'SignOff',
      'SignOn',
    ),
    incident: fc.constantFrom('i1', 'i2', 'i3'),
    staff: fc.constantFrom('handler-1', 'handler-2', 'dispatcher-1', 'supervisor-1', 'supervisor-2', 'specialist-1'),
    gapMs: fc.integer({ min: 0, max: 3_700_000 }),
  })
  .map(({ type, incident, staff, gapMs }): Given => {
    const reason = 'as things stand';
    const own = by(staff, type, type === 'SignOff' ? { staff } : { staff, position: `desk-${staff}` });
    if (type === 'SignOn' || type === 'SignOff') return { ...own, gapMs };
    if (type === 'BreakGlass') return { ...by(staff, type, { incident, reason }), gapMs };
    const data =
      type === 'LiftRestriction'
        ? { incident, reason }
        : type === 'RestrictIncident'
          ? { incident, readers: [staff], desk: 'supervisor', reason }
          : { incident, staff, reason };
    return { ...by('on-call-superintendent', type, data), gapMs };
  });

const changing = ['AdmitReader', 'WithdrawReader', 'LiftRestriction', 'RestrictIncident', 'BreakGlass', 'EnrolStaff'];

/** Whether the dispatcher, as whom the steady nights are read, goes home: off duty nobody reads anything. */
function endsReading({ type, data }: Given): boolean {
  return type === 'SignOff' && JSON.stringify(data) === JSON.stringify({ staff: 'dispatcher-1' });
}

/** Nights in which the readers of what is restricted stay as they are, and the dispatcher stays. */
export const steadyNights: fc.Arbitrary<readonly Given[]> = nights.map((all) => [
  ...all.slice(0, 11),
  ...secretOpening,
  ...all.slice(11).filter((one) => !changing.includes(one.type) && !endsReading(one)),
]);

/** Nights in which incidents are restricted, opened and closed to people, and people come and go. */
export const changingNights: fc.Arbitrary<readonly Given[]> = fc
  .tuple(nights, fc.array(fc.tuple(fc.nat(80), access), { minLength: 3, maxLength: 12 }))
  .map(([all, changes]) => {
    const rest = all.slice(11);
    for (const [place, change] of changes) rest.splice(place % (rest.length + 1), 0, change);
    return [...all.slice(0, 11), ...secretOpening, ...rest];
  });

/** A night as it went: its events, each batch between its rooms. */
export interface Gone {
  readonly batches: readonly (Rooms & { readonly events: readonly StoredEvent[] })[];
  readonly room: Room;
}

/** Plays a night with every word in it marked by the command that said it. */
export function played(commands: readonly Given[]): Gone {
  const batches: Taken[] = [];
  const said = commands.map((one, place) => ({ ...one, data: marked(one.data, `zq${place}x`) }));
  const { room } = night(said, safeguards, (taken) => batches.push(taken));
  return { room, batches: batches.map(({ before, room: after, events }) => ({ before, after, events })) };
}

/** The marks that stand in a value. */
export function canariesIn(value: unknown): ReadonlySet<string> {
  return new Set(JSON.stringify(value).match(canaryForm) ?? []);
}

const shared = new Set([
  'unit',
  'staff',
  'source',
  'role',
  'subject',
  'other',
  'phone',
  'to',
  'marker',
  'order',
  'incident',
  'into',
  'contact',
  'pattern',
]);

/**
 * The ids of what is secret by the plainest reading: the incident, what was joined into it, their contacts, and what
 * an event that names one of those brought up. Works on headers alone, apart from what is tested.
 */
export function secretIds(
  room: Room,
  events: readonly StoredEvent[],
  homes: Iterable<string> = room.restrictions.keys(),
): ReadonlySet<string> {
  const ids = new Set(homes);
  for (let size = 0; size < ids.size; ) {
    size = ids.size;
    for (const one of room.incidents.values()) if (one.joinedInto !== null && ids.has(one.joinedInto)) ids.add(one.id);
  }
  for (const one of room.contacts.values()) if (one.incident !== null && ids.has(one.incident)) ids.add(one.id);
  const owners = new Map<string, boolean>();
  for (const event of events) {
    const isSecret = ['incident', 'contact'].some((role) => ids.has(event.ids[role] ?? ''));
    for (const [role, id] of Object.entries(event.ids))
      if (id !== undefined && !shared.has(role) && !owners.has(id)) owners.set(id, isSecret);
  }
  for (const [id, isSecret] of owners) if (isSecret) ids.add(id);
  return ids;
}

const tokenForm = /[a-z0-9][a-z0-9-]*/g;

/** Whether one of these ids stands anywhere in a text. */
export function idsStandingIn(text: string, ids: ReadonlySet<string>): readonly string[] {
  return [...new Set([...text.matchAll(tokenForm)].map(([token]) => token))].filter((token) => ids.has(token));
}
