import { chance } from './chance.ts';
import { act, playedOf } from './moment.ts';
import type { Moment } from './moment.ts';
import { shiftAt } from './staff.ts';
import type { Crew, Member } from './staff.ts';

const minuteMs = 60_000;
/** People and crews come up to so much before their shift, and go so much after it, each at a time of their own. */
const earlyMs = 12 * minuteMs;
const lateMs = 15 * minuteMs;

function isWanted({ county, now }: Moment, { id, shift }: Member | Crew): boolean {
  const early = Math.floor(chance(1, 'comes', id) * earlyMs);
  return shift !== null && shiftAt(county.assumed, now + early) === shift;
}

function mayGo({ county, now }: Moment, { id, shift }: Member | Crew): boolean {
  const late = Math.floor((0.2 + chance(1, 'goes', id) * 0.8) * lateMs);
  return shift !== null && shiftAt(county.assumed, now - late) !== shift;
}

/** Whoever goes hands over by name what is theirs, and then signs off; with a caller on the line nobody goes. */
function goes(moment: Moment, { id, role }: Member, occupied: ReadonlySet<string>): void {
  if (occupied.has(id)) return;
  const duties = moment.room.dutiesOf.get(id) ?? [];
  const about = `shift ${id}`;
  if (duties.length === 0) {
    act(moment, { as: id, type: 'SignOff', data: { staff: id }, about });
    return;
  }
  const to = playedOf(moment, role).find((other) => {
    const member = moment.county.staff.find((one) => one.id === other);
    return member !== undefined && other !== id && !mayGo(moment, member) && !moment.busy.has(other);
  });
  if (to === undefined) return;
  const data = { duties: duties.slice(0, 500), to };
  act(moment, { as: to, type: 'AcceptDuties', data, about, key: `takes over ${id}` });
}

/** One shift comes and the other goes: people at their desks, units on the road. */
export function shifts(moment: Moment, occupied: ReadonlySet<string>): void {
  const { county, room, taken } = moment;
  if (county.assumed['shift-hours'].length < 2) return;
  for (const member of county.staff) {
    const state = room.staff.get(member.id)?.state;
    if (taken.has(member.id) || member.shift === null) continue;
    if (state === 'off' && isWanted(moment, member)) {
      const data = { staff: member.id, position: `desk-${member.id}` };
      act(moment, { as: member.id, type: 'SignOn', data, about: `shift ${member.id}` });
    } else if (state === 'on' && mayGo(moment, member) && !isWanted(moment, member)) goes(moment, member, occupied);
  }
  for (const crew of county.units) {
    const unit = room.units.get(crew.id);
    if (unit === undefined || unit.deployment !== null || moment.busy.has(crew.id)) continue;
    const isOut = unit.status !== 'off-duty';
    const isChanging = isOut ? mayGo(moment, crew) && !isWanted(moment, crew) : isWanted(moment, crew);
    if (!isChanging) continue;
    const status = isOut ? 'off-duty' : 'available';
    act(moment, { as: 'radio', type: 'SetUnitStatus', data: { unit: crew.id, status }, about: crew.id });
    moment.busy.add(crew.id);
  }
}
