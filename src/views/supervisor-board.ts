import { bands } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import { isFree } from '../room/unit.ts';
import type { DutyLine } from './duty-line.ts';
import { byUrgency, dutyLine } from './duty-line.ts';
import { queueRow, waitingContacts } from './queue.ts';
import type { Seen } from './told.ts';

/** One person on duty with what they carry. */
export interface StaffLine {
  readonly staff: string;
  readonly role: string;
  readonly position: string | null;
  readonly state: string;
  readonly since: number;
  readonly duties: number;
  readonly overdue: number;
}

/** What somebody who leads the room must see at a glance. */
export interface SupervisorBoard {
  readonly at: number;
  readonly seq: number;
  /** Open incidents by band; `ungraded` counts those that nobody has graded. */
  readonly open: Readonly<Record<string, number>>;
  readonly waitingContacts: number;
  readonly unansweredContacts: number;
  readonly lifeAtRisk: number;
  readonly late: number;
  readonly unitsFree: number;
  readonly units: number;
  readonly alarms: number;
  readonly prompts: number;
  /** Duties past their time, alarms first. */
  readonly overdue: readonly DutyLine[];
  readonly overdueCount: number;
  readonly staff: readonly StaffLine[];
  readonly sourcesDown: readonly { readonly source: string; readonly since: number }[];
  readonly failures: readonly { readonly place: string; readonly safeguards: readonly string[] }[];
  readonly proposals: readonly {
    readonly decision: string;
    readonly by: string;
    readonly command: string;
    readonly reason: string;
  }[];
  readonly reviews: readonly { readonly review: string; readonly incident: string; readonly of: string | null }[];
}

const overdueShown = 200;

function staffLines(room: Room, now: number): readonly StaffLine[] {
  return [...room.staff.values()]
    .filter((person) => person.state !== 'off')
    .map(({ id, role, position, state, since }) => {
      const duties = (room.dutiesOf.get(id) ?? [])
        .map((one) => room.duties.get(one))
        .filter((duty) => duty !== undefined && duty.state === 'raised');
      const overdue = duties.filter((duty) => duty !== undefined && duty.dueAt < now).length;
      return { staff: id, role, position, state, since, duties: duties.length, overdue };
    })
    .toSorted((a, b) => (a.staff < b.staff ? -1 : 1));
}

function openByBand(grades: readonly (string | null)[]): Readonly<Record<string, number>> {
  const counted: Record<string, number> = { ungraded: 0 };
  for (const band of bands) counted[band] = 0;
  for (const band of grades) counted[band ?? 'ungraded'] = (counted[band ?? 'ungraded'] ?? 0) + 1;
  return counted;
}

function waitingDecisions(room: Room): Pick<SupervisorBoard, 'proposals' | 'reviews'> {
  const proposals = [...room.proposals.values()].filter((one) => one.state === 'proposed').toSorted(bySeq);
  const reviews = [...room.reviews.values()].filter((one) => one.state === 'asked').toSorted(bySeq);
  return {
    proposals: proposals.map(({ id, by, command, reason }) => ({ decision: id, by, command: command.type, reason })),
    reviews: reviews.map(({ id, incident, of }) => ({ review: id, incident, of })),
  };
}

function bySeq(a: { readonly seq: number }, b: { readonly seq: number }): number {
  return a.seq - b.seq;
}

/** The supervisor's board: what is past its time, what nobody has, who is there, and what is broken. */
export function supervisorBoard(room: Room, seen: Seen): SupervisorBoard {
  const { now } = seen;
  const rows = [...room.incidents.values()]
    .filter((incident) => incident.state === 'open')
    .map((incident) => queueRow(room, incident, now));
  const contacts = waitingContacts(room, now);
  const raised = [...room.duties.values()].filter((duty) => duty.state === 'raised');
  const overdue = raised.filter((duty) => duty.dueAt < now).toSorted(byUrgency);
  const units = [...room.units.values()];
  return {
    at: now,
    seq: room.seq,
    open: openByBand(rows.map((row) => row.band)),
    waitingContacts: contacts.length,
    unansweredContacts: contacts.filter((contact) => contact.state === 'presented').length,
    lifeAtRisk: rows.filter((row) => row.isLifeAtRisk).length + contacts.filter((one) => one.isLifeAtRisk).length,
    late: rows.filter((row) => row.lateMs > 0).length,
    unitsFree: units.filter(isFree).length,
    units: units.length,
    alarms: raised.filter((duty) => duty.level === 'alarm').length,
    prompts: raised.filter((duty) => duty.level === 'prompt').length,
    overdue: overdue.slice(0, overdueShown).map((duty) => dutyLine(room, duty, seen)),
    overdueCount: overdue.length,
    staff: staffLines(room, now),
    sourcesDown: [...room.sources.values()]
      .filter((source) => source.state === 'down')
      .map(({ id, since }) => ({ source: id, since })),
    failures: [...room.failures.entries()]
      .filter(([, safeguards]) => safeguards.length > 0)
      .map(([place, safeguards]) => ({ place, safeguards })),
    ...waitingDecisions(room),
  };
}
