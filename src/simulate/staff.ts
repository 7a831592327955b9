import { britishClockAt } from '../room/british-time.ts';
import type { Assumptions } from './assumptions.ts';
import type { CountyFile } from './county-file.ts';

/** An invented member of staff: who they are shown as, what they do, and in which shift; null for one who is not on. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly shift: number | null;
}

/** A unit, with what it can do and the shift in which it is out. */
export interface Crew {
  readonly id: string;
  readonly division: string;
  readonly skills: readonly string[];
  readonly shift: number;
}

/** Names are taken this far apart, so that neighbours in the list do not share one. */
const stride = 131;

/** The people of the control room: always the same. Where there are more of them than names, names come again. */
export function staffOf(names: readonly string[], { staff }: Assumptions): readonly Member[] {
  const members: Member[] = [];
  for (const { role, on, off } of staff) {
    const shifts = on.flatMap((many, shift) => Array.from({ length: many }, () => shift));
    const everybody: readonly (number | null)[] = [...shifts, ...Array.from({ length: off }, () => null)];
    for (const [place, shift] of everybody.entries()) {
      const name = names[(members.length * stride + 17) % names.length];
      if (name === undefined) throw new Error('there are no names for the staff');
      members.push({ id: `${role}-${place + 1}`, name, role, shift });
    }
  }
  return members;
}

/** The units of each division: one in ten from roads policing, one dog unit each, a fifth crewed by one officer. */
export function unitsOf(divisions: CountyFile['divisions'], { 'units-on': on }: Assumptions): readonly Crew[] {
  return divisions.flatMap(({ id, letter, units }) => {
    const shifts = on.flatMap((share, shift) => Array.from({ length: Math.round(units * share) }, () => shift));
    return shifts.map((shift, place): Crew => {
      const number = place + 1;
      const special = number === 1 ? ['dog'] : number % 10 === 0 ? ['roads'] : ['response'];
      const skills = number % 4 === 3 ? [...special, 'single-crewed'] : special;
      return { id: `${letter}-${10 + number}`, division: id, skills, shift };
    });
  });
}

const minutesOfDay = 1_440;

/** Minutes since midnight on the clocks of Britain. */
export function minuteOf(at: number): number {
  const { hour, minute } = britishClockAt(at);
  return hour * 60 + minute;
}

/** Which shift is on at a minute of the day, which may lie before the day or after it: the last that has begun. */
export function shiftOf({ 'shift-hours': hours }: Assumptions, minute: number): number {
  const within = (minute + minutesOfDay) % minutesOfDay;
  const begun = hours.findLastIndex((hour) => hour * 60 <= within);
  return begun === -1 ? hours.length - 1 : begun;
}
