import type { Duty } from './duty.ts';
import { dutyDrafts, openDuty, rungAt } from './duty.ts';
import type { Cause, Pass } from './pass.ts';
import { append, byMachine, contained, happened, idsOfAbout, machine, respond } from './pass.ts';
import { reachedFor } from './restriction.ts';
import { resolveRole, staffOfRole } from './staff.ts';

/** Processes all that has fallen due, in the order (due, duty seq, step). */
export function letTimePass(pass: Pass): void {
  for (
    let entry = pass.room.agenda?.entry;
    entry !== undefined && entry.at <= pass.now;
    entry = pass.room.agenda?.entry
  ) {
    const duty = pass.room.duties.get(entry.duty);
    if (duty === undefined) return;
    const late = pass.now - entry.at > pass.room.policy.lateMs;
    const by: Cause = { cause: duty.seq, actor: machine, at: entry.at };
    if (duty.steps === 0) append(pass, dutyDrafts.DutyRaised({ duty: duty.id }, { level: duty.level, late }), by);
    else if (duty.steps === 1) {
      append(pass, dutyDrafts.DutyFellDue({ duty: duty.id }, { late }), by);
      followUp(pass, duty);
    } else climb(pass, duty, late);
  }
}

/** The next rung; after downtime the latest one that is past, in one event that says it is late. */
function climb(pass: Pass, duty: Duty, late: boolean): void {
  const place = late ? latestPlace(duty, pass.now) : duty.steps - 2;
  const to = duty.ladder[Math.min(place, duty.ladder.length - 1)]?.to ?? 'on-call';
  const reached = reachedFor(pass.room, duty.id, resolveRole(pass.room, to));
  const at = rungAt(duty, place) ?? pass.now;
  const body = { rung: place, to, told: reached.role, staff: [...reached.staff], late };
  append(pass, dutyDrafts.RungReached({ duty: duty.id }, body), { cause: duty.seq, actor: machine, at });
  if (
    to !== 'on-call' &&
    staffOfRole(pass.room, to).length === 0 &&
    openDuty(pass.room, 'rung-unmanned', 'room', to) === null
  )
    happened(pass, dutyDrafts.RungFoundUnmanned({ role: to }, { told: reached.role }), {
      ...byMachine(pass, duty.seq),
      depth: 0,
    });
  if (place >= duty.ladder.length) followUp(pass, duty);
}

function followUp(pass: Pass, duty: Duty): void {
  const safeguard = pass.catalogue.byId.get(duty.safeguard);
  if (safeguard?.due === undefined) return;
  const ids = idsOfAbout(pass.room, duty.about);
  const now = pass.room.duties.get(duty.id) ?? duty;
  const responses = contained(
    pass,
    safeguard,
    { on: 'DutyFellDue', ids },
    () => safeguard.due?.(now, pass.room, pass.now) ?? [],
  );
  respond(pass, safeguard, responses, { cause: duty.seq, depth: 0, ids });
}

/** The last rung that is past, from the one that comes next. */
function latestPlace(duty: Duty, now: number): number {
  let place = duty.steps - 2;
  while ((rungAt(duty, place + 1) ?? Infinity) <= now) place += 1;
  return place;
}
