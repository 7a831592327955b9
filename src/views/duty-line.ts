import type { Ask, Duty, Level, Owner } from '../room/duty.ts';
import { answerersOf, reachedFor } from '../room/restriction.ts';
import type { Room } from '../room/room.ts';
import { resolveRole } from '../room/staff.ts';
import type { Seen, ToldWhy } from './told.ts';
import { toldWhy } from './told.ts';

/** One open duty as a desk shows it. */
export interface DutyLine {
  readonly duty: string;
  readonly safeguard: string;
  readonly about: string;
  readonly incident: string | null;
  readonly owner: Owner;
  /** Who answers for it at this moment. */
  readonly answers: readonly string[];
  readonly level: Level;
  /** Armed: its clock runs, and it is silent until `speaksAt`. */
  readonly state: Duty['state'];
  readonly openedAt: number;
  readonly speaksAt: number;
  readonly dueAt: number;
  readonly overdueMs: number;
  readonly nextAt: number | null;
  /** Who was told on the way up its ladder. */
  readonly climbedTo: readonly string[];
  readonly count: number;
  readonly why: readonly ToldWhy[];
  readonly asks: readonly Ask[];
}

/** The rungs that a duty has reached, lowest first. */
function rungsReached(duty: Duty): readonly string[] {
  return duty.ladder.slice(0, Math.max(0, duty.steps - 2)).map((rung) => rung.to);
}

/** One duty as a desk shows it. */
export function dutyLine(room: Room, duty: Duty, { now, words }: Seen): DutyLine {
  const { id, safeguard, about, incident, owner, level, state, openedAt, speaksAt, dueAt, nextAt, count, asks } = duty;
  return {
    duty: id,
    safeguard,
    about,
    incident,
    owner,
    answers: answerersOf(room, duty).staff,
    level,
    state,
    openedAt,
    speaksAt,
    dueAt,
    overdueMs: Math.max(0, now - dueAt),
    nextAt,
    climbedTo: rungsReached(duty),
    count,
    why: duty.why.map((why) => toldWhy(words, safeguard, why)),
    asks,
  };
}

/** Which duties are asked for; everything that is left out does not narrow the list. */
export interface DutyWanted {
  /** Those that this person must answer: their own, their role's, and those that climbed to them. */
  readonly staff?: string | undefined;
  /** Those of a role, and those that climbed to it. */
  readonly role?: string | undefined;
  /** Those that are still silent as well. */
  readonly armed?: boolean | undefined;
}

/** Whether this person must answer the duty now. */
function isFor(room: Room, duty: Duty, staff: string): boolean {
  if (answerersOf(room, duty).staff.includes(staff)) return true;
  return rungsReached(duty).some((role) => reachedFor(room, duty.id, resolveRole(room, role)).staff.includes(staff));
}

function isOfRole(room: Room, duty: Duty, role: string): boolean {
  const { owner } = duty;
  const own = 'role' in owner ? owner.role : room.staff.get(owner.staff)?.role;
  return own === role || rungsReached(duty).includes(role);
}

/** The open duties that are asked for: alarms first, then by when they fall due. */
export function dutyList(room: Room, wanted: DutyWanted, seen: Seen): readonly DutyLine[] {
  const { staff, role, armed = false } = wanted;
  return [...room.duties.values()]
    .filter((duty) => armed || duty.state === 'raised')
    .filter((duty) => staff === undefined || isFor(room, duty, staff))
    .filter((duty) => role === undefined || isOfRole(room, duty, role))
    .toSorted(byUrgency)
    .map((duty) => dutyLine(room, duty, seen));
}

/** Alarms before prompts, then what falls due first, then what was opened first. */
export function byUrgency(a: Duty, b: Duty): number {
  if (a.level !== b.level) return a.level === 'alarm' ? -1 : 1;
  return a.dueAt === b.dueAt ? a.seq - b.seq : a.dueAt - b.dueAt;
}
