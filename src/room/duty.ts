import { z } from 'zod';
import type { Agenda } from './agenda.ts';
import { schedule, withoutFirst } from './agenda.ts';
import { listed, roomWith, unlisted, updateIn } from './change.ts';
import { concept, drafts, event, id, instant, line, refuse, span, unknown } from './define.ts';
import type { Asked } from './define.ts';
import type { Room } from './room.ts';
import { hasAuthority, onDuty, resolveRole } from './staff.ts';
import type { Reached } from './staff.ts';

/** Who must act: a named person, or a role whose people are found when they are needed. */
export const ownerSchema = z.union([z.strictObject({ staff: id }), z.strictObject({ role: id })]);
export type Owner = Readonly<z.output<typeof ownerSchema>>;

/**
 * Why a thing was raised, without words: a phrase code of the safeguard, its parameters, and the events it rests on.
 */
export const whySchema = z.strictObject({
  code: z.string().min(1).max(80),
  params: z.record(z.string().max(40), z.union([z.string().max(2_000), z.number()])),
  seqs: z.array(z.int().min(0)).max(40),
});
export type Why = Readonly<z.output<typeof whySchema>>;

/** A command that would meet a duty or satisfy a gate, with what is already known of it. */
export const askSchema = z.strictObject({
  command: z.string().min(1).max(60),
  with: z.record(z.string().max(40), z.string().max(200)),
});
export type Ask = Readonly<z.output<typeof askSchema>>;

export const levels = ['prompt', 'alarm'] as const;
export type Level = (typeof levels)[number];

const rungSchema = z.strictObject({ to: id, afterMs: span });
export type Rung = Readonly<z.output<typeof rungSchema>>;

/** What a duty is about: `incident:i1`, `contact:c1`, or `room`. */
export type About = `${string}:${string}` | 'room';

/** Something that somebody must do by a time. */
export interface Duty {
  readonly id: string;
  readonly seq: number;
  readonly safeguard: string;
  /** One duty of a safeguard is open per thing and key; a repeat of the same cause joins it. */
  readonly key: string;
  readonly about: string;
  readonly incident: string | null;
  readonly owner: Owner;
  readonly level: Level;
  /** Armed: open, with its clock running, but silent until `speaksAt`. */
  readonly state: 'armed' | 'raised';
  readonly openedAt: number;
  readonly speaksAt: number;
  readonly dueAt: number;
  readonly ladder: readonly Rung[];
  readonly againMs: number | null;
  /** Speaking, falling due and each rung are one step each. */
  readonly steps: number;
  readonly nextAt: number | null;
  readonly count: number;
  readonly why: readonly Why[];
  readonly asks: readonly Ask[];
}

/** The incident to which the duty belongs, where it belongs to one. */
const ids = { duty: id, incident: id.optional() };
const looseIds = z.looseObject(ids);
const body = {
  safeguard: id,
  key: z.string().max(200),
  about: z.string().min(1).max(120),
  incident: id.nullable(),
  owner: ownerSchema,
  level: z.enum(levels),
  speaksAt: instant,
  dueAt: instant,
  ladder: z.array(rungSchema).min(1).max(12),
  againMs: span.nullable(),
  why: whySchema,
  asks: z.array(askSchema).max(20),
};

const commands = {
  /** Takes somebody's or a role's duties over by name: never a way to meet one. */
  AcceptDuties: z.strictObject({ duties: z.array(id).min(1).max(500), to: id }),
};

const events = {
  DutyOpened: { ...event({}, body), ids: looseIds },
  /** The duty speaks to its owner. */
  DutyRaised: event(ids, { level: z.enum(levels), late: z.boolean() }),
  /** Another reason for an open duty; one that turns a prompt into an alarm brings its own ladder and starts it. */
  DutyJoined: event(ids, {
    level: z.enum(levels),
    speaksAt: instant,
    dueAt: instant,
    ladder: z.array(rungSchema).min(1).max(12),
    againMs: span.nullable(),
    why: whySchema,
    asks: z.array(askSchema).max(20),
  }),
  DutyFellDue: event(ids, { late: z.boolean() }),
  RungReached: event(ids, { rung: z.int().min(0), to: id, told: id, staff: z.array(id).max(500), late: z.boolean() }),
  DutyMet: event(ids, { by: z.int().min(0) }),
  DutyMoved: event(ids, { owner: ownerSchema }),
  NoteAdded: {
    ...event({}, { safeguard: id, about: z.string().min(1).max(120), why: whySchema }),
    ids: z.looseObject({}),
  },
  CommandRefused: {
    ...event(
      {},
      {
        command: z.string().max(60),
        gates: z
          .array(z.strictObject({ safeguard: id, why: whySchema, asks: z.array(askSchema).max(20) }))
          .min(1)
          .max(40),
      },
    ),
    ids: z.looseObject({}),
  },
  /** A person with authority went past what a safeguard refused, and said why. */
  GateOverridden: {
    ...event({}, { command: z.string().max(60), safeguards: z.array(id).min(1).max(40), reason: line }),
    ids: z.looseObject({}),
  },
  RungFoundUnmanned: event({ role: id }, { told: id }),
};
export const dutyDrafts = drafts(events);

/** Whether the room knows that person or role. */
export function isKnownOwner(room: Room, owner: Owner): boolean {
  const { roles, onCall } = room.policy;
  if ('staff' in owner) return room.staff.has(owner.staff) || onCall.includes(owner.staff);
  return owner.role === 'on-call' || roles[owner.role] !== undefined;
}

/** Everybody who answers for an owner now; a person who is not there is answered for up the chain. */
export function resolveOwner(room: Room, owner: Owner): Reached {
  if ('role' in owner) return resolveRole(room, owner.role);
  const person = onDuty(room, owner.staff);
  if (person !== null) return { role: person.role, staff: [person.id] };
  if (room.policy.onCall.includes(owner.staff)) return { role: 'on-call', staff: [owner.staff] };
  return resolveRole(room, 'supervisor');
}

/** The open duties about one thing. */
export function dutiesAbout(room: Room, about: string): readonly Duty[] {
  return present(room, room.dutiesAbout.get(about));
}

/** The open duty of a safeguard about a thing, or null. */
export function openDuty(room: Room, safeguard: string, about: string, key = ''): Duty | null {
  return dutiesAbout(room, about).find((duty) => duty.safeguard === safeguard && duty.key === key) ?? null;
}

/** Every open duty of an incident and of its contacts. */
export function dutiesOfIncident(
  room: Room,
  incident: { readonly id: string; readonly contacts: readonly string[] },
): readonly Duty[] {
  const own = room.dutiesOn.get(incident.id) ?? [];
  const ofContacts = incident.contacts.flatMap((contact) => room.dutiesAbout.get(`contact:${contact}`) ?? []);
  return present(room, [...new Set([...own, ...ofContacts])]);
}

function present(room: Room, wanted: readonly string[] | undefined): readonly Duty[] {
  return (wanted ?? []).map((one) => room.duties.get(one)).filter((one): one is Duty => one !== undefined);
}

/** When the ladder's rung of that place is reached; rungs past the last repeat it every `againMs`. */
export function rungAt(duty: Duty, place: number): number | null {
  const rung = duty.ladder[place];
  if (rung !== undefined) return duty.dueAt + rung.afterMs;
  const last = duty.ladder.at(-1);
  if (last === undefined || duty.againMs === null) return null;
  return duty.dueAt + last.afterMs + (place - duty.ladder.length + 1) * duty.againMs;
}

function stepAt(duty: Duty): number | null {
  if (duty.steps === 0) return duty.speaksAt;
  return duty.steps === 1 ? duty.dueAt : rungAt(duty, duty.steps - 2);
}

/** Puts the duty in its place with its next time on the agenda. */
function placed(room: Room, duty: Duty): Room {
  const nextAt = stepAt(duty);
  const duties = room.duties.set(duty.id, { ...duty, nextAt });
  if (nextAt === null) return roomWith(room, { duties });
  return roomWith(room, {
    duties,
    agenda: schedule(room.agenda, { at: nextAt, seq: duty.seq, steps: duty.steps, duty: duty.id }),
  });
}

/** Drops what no longer stands from the top of the agenda. */
function trimmed(room: Room): Room {
  let agenda: Agenda | null = room.agenda;
  while (agenda !== null && room.duties.get(agenda.entry.duty)?.steps !== agenda.entry.steps)
    agenda = withoutFirst(agenda);
  return agenda === room.agenda ? room : roomWith(room, { agenda });
}

function advanced(room: Room, wanted: string, change: (duty: Duty) => Duty): Room {
  const duty = room.duties.get(wanted);
  return duty === undefined ? room : trimmed(placed(room, change(duty)));
}

function owned(room: Room, owner: Owner, duty: string): Room {
  return 'staff' in owner ? roomWith(room, { dutiesOf: listed(room.dutiesOf, owner.staff, duty, 100_000) }) : room;
}

function disowned(room: Room, owner: Owner, duty: string): Room {
  return 'staff' in owner ? roomWith(room, { dutiesOf: unlisted(room.dutiesOf, owner.staff, duty) }) : room;
}

/** Why these duties are not this person's to take, or not this actor's to give, or null. */
function mayNotAccept(room: Room, duties: readonly string[], by: { readonly to: string; readonly asked: Asked }) {
  const { to, asked } = by;
  const person = onDuty(room, to);
  if (person === null) return refuse('not-on-duty', `${to} is not on duty and cannot take duties over.`);
  if (asked.actor.kind === 'world') return null;
  if (asked.actor.id !== to && !hasAuthority(room, asked.actor.id, 'approve'))
    return refuse('not-yours', `${asked.actor.id} cannot take duties over in the name of ${to}.`);
  const above = duties.find((one) => isAbove(room, room.duties.get(one)?.owner, person.role));
  return above === undefined ? null : refuse('not-suitable', `${above} is for a role above ${person.role}.`);
}

/** From the supervisor up, what is a role's goes to nobody who stands lower in the chain, or outside it. */
function isAbove(room: Room, owner: Owner | undefined, role: string): boolean {
  if (owner === undefined) return false;
  const { chain } = room.policy;
  const wanted = 'role' in owner ? owner.role : (room.staff.get(owner.staff)?.role ?? '');
  const place = chain.indexOf(wanted);
  return place >= Math.max(0, chain.indexOf('supervisor')) && chain.indexOf(role) < place;
}

/** The one mechanism: duties, their ladders, notes, refusals and overrides. Only events meet a duty. */
export const dutyConcept = concept({
  commands,
  events,
  stakes: {},
  decide: {
    AcceptDuties: (data, room, asked) => {
      const missing = data.duties.find((one) => !room.duties.has(one));
      if (missing !== undefined) return unknown('open duty', missing);
      const refused = mayNotAccept(room, data.duties, { to: data.to, asked });
      if (refused !== null) return refused;
      return data.duties.map((duty) => dutyDrafts.DutyMoved({ duty }, { owner: { staff: data.to } }));
    },
  },
  evolve: {
    DutyOpened: (room, { ids, body, seq, recordedAt }) => {
      // Written out: to spread an object and then add fields to it takes V8 fifty times as long.
      const duty: Duty = {
        id: ids.duty,
        seq,
        safeguard: body.safeguard,
        key: body.key,
        about: body.about,
        incident: body.incident,
        owner: body.owner,
        level: body.level,
        speaksAt: body.speaksAt,
        dueAt: body.dueAt,
        ladder: body.ladder,
        againMs: body.againMs,
        asks: body.asks,
        why: [body.why],
        state: 'armed',
        openedAt: recordedAt,
        steps: 0,
        nextAt: null,
        count: 1,
      };
      const about = listed(room.dutiesAbout, duty.about, duty.id, 100_000);
      const on = duty.incident === null ? room.dutiesOn : listed(room.dutiesOn, duty.incident, duty.id, 100_000);
      return placed(owned(roomWith(room, { dutiesAbout: about, dutiesOn: on }), duty.owner, duty.id), duty);
    },
    DutyRaised: (room, { ids, body, recordedAt }) =>
      advanced(room, ids.duty, (duty) => ({
        ...duty,
        level: body.level,
        state: 'raised',
        speaksAt: Math.min(duty.speaksAt, recordedAt),
        steps: Math.max(duty.steps, 1),
      })),
    DutyJoined: (room, { ids, body }) =>
      advanced(room, ids.duty, (duty) => {
        const speaksAt = duty.state === 'armed' ? Math.min(duty.speaksAt, body.speaksAt) : duty.speaksAt;
        const joined = {
          ...duty,
          speaksAt,
          count: duty.count + 1,
          why: [...duty.why, body.why].slice(-20),
          asks: body.asks,
        };
        if (body.level === duty.level)
          return { ...joined, dueAt: duty.steps > 1 ? duty.dueAt : Math.min(duty.dueAt, body.dueAt) };
        const { level, dueAt, ladder, againMs } = body;
        return { ...joined, level, dueAt, ladder, againMs, steps: Math.min(duty.steps, 1) };
      }),
    DutyFellDue: (room, { ids }) => advanced(room, ids.duty, (duty) => ({ ...duty, steps: Math.max(duty.steps, 2) })),
    RungReached: (room, { ids, body }) =>
      advanced(room, ids.duty, (duty) => ({ ...duty, steps: Math.max(duty.steps, body.rung + 3) })),
    DutyMet: (room, { ids }) => {
      const duty = room.duties.get(ids.duty);
      if (duty === undefined) return room;
      return trimmed(
        roomWith(disowned(room, duty.owner, duty.id), {
          duties: room.duties.delete(duty.id),
          dutiesAbout: unlisted(room.dutiesAbout, duty.about, duty.id),
          dutiesOn: duty.incident === null ? room.dutiesOn : unlisted(room.dutiesOn, duty.incident, duty.id),
        }),
      );
    },
    DutyMoved: (room, { ids, body }) => {
      const duty = room.duties.get(ids.duty);
      if (duty === undefined) return room;
      const moved = owned(disowned(room, duty.owner, duty.id), body.owner, duty.id);
      return updateIn(moved, 'duties', duty.id, (held) => ({ ...held, owner: body.owner }));
    },
    NoteAdded: (room: Room, { body, seq }) => {
      const note = { safeguard: body.safeguard, why: body.why, seq };
      return roomWith(room, { notes: listed(room.notes, body.about, note, 40) });
    },
    CommandRefused: (room: Room) => room,
    GateOverridden: (room: Room) => room,
    RungFoundUnmanned: (room: Room) => room,
  },
});
