import { chance } from './chance.ts';
import { act, playedOf } from './moment.ts';
import type { Moment } from './moment.ts';
import { minuteOf, shiftOf } from './staff.ts';
import type { Crew, Member } from './staff.ts';

/** People and crews come up to so many minutes before their shift, and go so many after it, each at their own time. */
const earlyMinutes = 12;
const lateMinutes = 15;

/** One look at who comes and goes. */
interface Change {
  readonly moment: Moment;
  /** The minute of the day. */
  readonly minute: number;
  /** People with a caller on the line. */
  readonly occupied: ReadonlySet<string>;
}

function isWanted({ moment, minute }: Change, { id, shift }: Member | Crew): boolean {
  const early = Math.floor(chance(1, 'comes', id) * earlyMinutes);
  return shiftOf(moment.county.assumed, minute + early) === shift;
}

function mayGo(change: Change, one: Member | Crew): boolean {
  const { moment, minute } = change;
  const late = Math.floor((0.2 + chance(1, 'goes', one.id) * 0.8) * lateMinutes);
  return shiftOf(moment.county.assumed, minute - late) !== one.shift && !isWanted(change, one);
}

/** Whoever goes hands over by name what is theirs, and then signs off; with a caller on the line nobody goes. */
function goes(change: Change, { id, role }: Member): void {
  const { moment, occupied } = change;
  if (occupied.has(id)) return;
  const duties = moment.room.dutiesOf.get(id) ?? [];
  const about = `shift ${id}`;
  if (duties.length === 0) {
    act(moment, { as: id, type: 'SignOff', data: { staff: id }, about });
    return;
  }
  const to = playedOf(moment, role).find((other) => {
    const member = moment.county.staff.find((one) => one.id === other);
    return member !== undefined && other !== id && !mayGo(change, member) && !moment.busy.has(other);
  });
  if (to === undefined) return;
  const data = { duties: duties.slice(0, 500), to };
  act(moment, { as: to, type: 'AcceptDuties', data, about, key: `takes over ${id}` });
}

function people(change: Change): void {
  const { moment } = change;
  for (const member of moment.county.staff) {
    const state = moment.room.staff.get(member.id)?.state;
    if (moment.taken.has(member.id) || member.shift === null) continue;
    if (state === 'off' && isWanted(change, member)) {
      const data = { staff: member.id, position: `desk-${member.id}` };
      act(moment, { as: member.id, type: 'SignOn', data, about: `shift ${member.id}` });
    } else if (state === 'on' && mayGo(change, member)) goes(change, member);
  }
}

function crews(change: Change): void {
  const { moment } = change;
  for (const crew of moment.county.units) {
    const unit = moment.room.units.get(crew.id);
    if (unit === undefined || unit.deployment !== null || moment.busy.has(crew.id)) continue;
    const isOut = unit.status !== 'off-duty';
    if (!(isOut ? mayGo(change, crew) : isWanted(change, crew))) continue;
    const status = isOut ? 'off-duty' : 'available';
    act(moment, { as: 'radio', type: 'SetUnitStatus', data: { unit: crew.id, status }, about: crew.id });
    moment.busy.add(crew.id);
  }
}

/** One shift comes and the other goes: people at their desks, units on the road. */
export function shifts(moment: Moment, occupied: ReadonlySet<string>): void {
  if (moment.county.assumed['shift-hours'].length < 2) return;
  const change = { moment, minute: minuteOf(moment.now), occupied };
  people(change);
  crews(change);
}
