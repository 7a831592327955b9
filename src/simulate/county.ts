import { assumptionsOf } from './assumptions.ts';
import type { Assumptions, Size } from './assumptions.ts';
import { shuffled } from './chance.ts';
import { readLines, readMatters } from './county-file.ts';
import type { CountyFile, Lines, Matter } from './county-file.ts';
import { gazetteerOf, streetsOf } from './places.ts';
import type { Place, Street } from './places.ts';
import { mapOf } from './wards.ts';
import { mixedNames, residentsOf } from './residents.ts';
import type { Household, Resident } from './residents.ts';
import { staffOf, unitsOf } from './staff.ts';
import type { Member, Crew } from './staff.ts';

/** Two people between whom something has been going on, and what stands between them. */
export interface Pair {
  readonly victim: Resident;
  readonly suspect: Resident;
  readonly relation: 'partner' | 'ex-partner' | 'knows';
  /** Which of the kinds of order stands between them, counted from 1. */
  readonly order: number | null;
}

/** Somebody who has gone missing before, and who reports it. */
export interface Missed {
  readonly person: Resident;
  readonly reporter: Resident;
}

/** An invented county: its map, its people, who keeps watch over it, and what they ring about. */
export interface County {
  readonly id: string;
  readonly name: string;
  readonly force: string;
  /** What is taken for granted of it: its traffic, its staffing, the habits of its people. */
  readonly assumed: Assumptions;
  readonly divisions: CountyFile['divisions'];
  readonly towns: CountyFile['towns'];
  readonly streets: readonly Street[];
  readonly places: readonly Place[];
  readonly households: readonly Household[];
  readonly residents: readonly Resident[];
  /** Residents whom no story is about. */
  readonly ordinary: readonly Resident[];
  /** Names for those who only pass through. */
  readonly strangers: readonly string[];
  readonly domestic: readonly Pair[];
  readonly stalked: readonly Pair[];
  readonly missing: readonly Missed[];
  readonly frequent: readonly Resident[];
  readonly staff: readonly Member[];
  readonly units: readonly Crew[];
  readonly matters: readonly Matter[];
  readonly lines: Lines;
}

/** How many households of each ward the county's stories are about. */
const storied = 17;

/** One ward's households, by what the county's stories are about. */
function storiesOf(households: readonly Household[]): Pick<County, 'domestic' | 'stalked' | 'missing' | 'frequent'> {
  const one = (household: number, place = 0): Resident => {
    const found = households[household]?.members[place];
    if (found === undefined) throw new Error(`household ${household} has no member ${place}`);
    return found;
  };
  return {
    domestic: [
      { victim: one(0), suspect: one(0, 1), relation: 'partner', order: null },
      { victim: one(1), suspect: one(1, 1), relation: 'partner', order: null },
      { victim: one(2), suspect: one(12), relation: 'ex-partner', order: 4 },
      { victim: one(3), suspect: one(13), relation: 'ex-partner', order: 5 },
      { victim: one(4), suspect: one(4, 1), relation: 'partner', order: null },
    ],
    stalked: [
      { victim: one(5), suspect: one(14), relation: 'ex-partner', order: 1 },
      { victim: one(6), suspect: one(15), relation: 'knows', order: 2 },
      { victim: one(7), suspect: one(16), relation: 'knows', order: 3 },
    ],
    missing: [
      { person: one(8, 1), reporter: one(8) },
      { person: one(9, 2), reporter: one(9) },
      { person: one(10, 1), reporter: one(10) },
    ],
    frequent: [one(11)],
  };
}

/** Dunnockshire, always the same, as the demonstration's county or as a whole force. Throws where its data is wrong. */
export function inventedCounty(size: Size = 'county'): County {
  const assumed = assumptionsOf(size);
  const file = mapOf(assumed.copies);
  const streets = streetsOf(file);
  const { wards, freeNames } = residentsOf(file, streets, assumed.copies);
  const households = wards.flat();
  const stories = wards.map(storiesOf);
  const staff = staffOf(freeNames, assumed);
  const named = new Set(staff.map(({ name }) => name));
  return {
    id: file.id,
    name: file.name,
    force: file.force,
    assumed,
    divisions: file.divisions,
    towns: file.towns,
    streets,
    places: gazetteerOf(file, streets),
    households,
    residents: households.flatMap(({ members }) => members),
    ordinary: shuffled(
      wards.flatMap((ward) => ward.slice(storied)),
      1,
      'ordinary',
    ).flatMap(({ members }) => members.filter(({ born }) => born < '2007')),
    strangers: shuffled(assumed.copies > 1 ? mixedNames(file) : freeNames, 1, 'strangers').filter(
      (name) => !named.has(name),
    ),
    domestic: stories.flatMap(({ domestic }) => domestic),
    stalked: stories.flatMap(({ stalked }) => stalked),
    missing: stories.flatMap(({ missing }) => missing),
    frequent: stories.flatMap(({ frequent }) => frequent),
    staff,
    units: unitsOf(file.divisions, assumed),
    matters: readMatters(),
    lines: readLines(),
  };
}
