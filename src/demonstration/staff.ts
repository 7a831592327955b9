import type { CountyFile } from './county-file.ts';

/** An invented member of staff: who they are shown as, what they do, whether their shift is on. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly isOn: boolean;
}

/** A unit on shift, with what it can do. */
export interface Crew {
  readonly id: string;
  readonly division: string;
  readonly skills: readonly string[];
}

/** Role, how many of them there are, and how many are on. */
const establishment: readonly (readonly [role: string, people: number, on: number])[] = [
  ['handler', 17, 14],
  ['dispatcher', 8, 7],
  ['supervisor', 4, 3],
  ['fim', 2, 1],
  ['specialist', 3, 2],
  ['constable', 4, 4],
  ['appropriate-authority', 1, 0],
  ['system-owner', 1, 1],
];
/** Names are taken this far apart, so that neighbours in the list do not share one. */
const stride = 131;

/** The people of the control room: always the same. */
export function staffOf(names: readonly string[]): readonly Member[] {
  const members: Member[] = [];
  for (const [role, people, on] of establishment)
    for (let number = 1; number <= people; number += 1) {
      const name = names[(members.length * stride + 17) % names.length];
      if (name === undefined) throw new Error('there are no names left for the staff');
      members.push({ id: `${role}-${number}`, name, role, isOn: number <= on });
    }
  return members;
}

/** The units of each division: one in ten from roads policing, one dog unit each, a fifth crewed by one officer. */
export function unitsOf(divisions: CountyFile['divisions']): readonly Crew[] {
  return divisions.flatMap(({ id, letter, units }) =>
    Array.from({ length: units }, (_, place): Crew => {
      const number = place + 1;
      const special = number === 1 ? ['dog'] : number % 10 === 0 ? ['roads'] : ['response'];
      const skills = number % 4 === 3 ? [...special, 'single-crewed'] : special;
      return { id: `${letter}-${10 + number}`, division: id, skills };
    }),
  );
}
