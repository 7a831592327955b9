import { between, chance } from './chance.ts';
import type { County } from './county.ts';
import { homeAt } from './places.ts';
import { bornAt, longMobile } from './residents.ts';
import type { Resident } from './residents.ts';

/** Doors are this far apart in the list of all doors, so that the busiest ones are not neighbours. */
const stride = 7_919;
/** Long numbers of those behind the doors begin here, and there are so many. */
const firstNumber = 10_000;
const numbers = 880_000;
/** Letters behind a house number, so that there are as many front doors as a force has. */
const parts = ['', 'A', 'B'] as const;

/**
 * Whoever lives behind a front door of a force, by the number of the door: always the same person, made up when they
 * are first wanted. Doors beyond the last are those of the beginning again.
 */
export function occupantOf(county: County, door: number): Resident {
  const houses = county.streets.map(({ from, to }) => to - from + 1);
  const all = houses.reduce((sum, one) => sum + one, 0);
  const index = (door * stride) % (all * parts.length);
  let left = index % all;
  const at = houses.findIndex((many) => {
    left -= many;
    return left < 0;
  });
  const street = county.streets[at];
  if (street === undefined) throw new Error(`there is no door ${door}`);
  const part = parts[Math.floor(index / all)] ?? '';
  const home = { id: `door-${index}`, ...homeAt(street, street.to + left + 1, part) };
  const name = county.strangers[Math.floor(chance(1, 'lives', index) * county.strangers.length)] ?? '';
  const age = between(18, 88, chance(1, 'age', index));
  return {
    id: `lives-${index}`,
    name,
    born: bornAt(age, index),
    home,
    phone: { id: `line-${index}`, number: longMobile(firstNumber + (index % numbers)) },
    car: null,
  };
}
