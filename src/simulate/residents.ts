import { between, chance, pick } from './chance.ts';
import type { CountyFile } from './county-file.ts';
import { homeAt } from './places.ts';
import type { Place, Street } from './places.ts';

/** An invented person who lives in the county, with the ids under which the room knows theirs. */
export interface Resident {
  readonly id: string;
  readonly name: string;
  readonly born: string;
  readonly home: Place;
  readonly phone: { readonly id: string; readonly number: string };
  readonly car: { readonly id: string; readonly mark: string; readonly description: string } | null;
}

/** People who live together, the first of them first; how the others belong to the first. */
export interface Household {
  readonly members: readonly Resident[];
  readonly tie: 'partner' | 'family';
}

/** People and homes of the county ward by ward, and the names that nobody in it bears yet. */
export interface Residents {
  readonly wards: readonly (readonly Household[])[];
  readonly freeNames: readonly string[];
}

/** People of each ward. */
const residentsWanted = 150;
const colours = ['Blue', 'Grey', 'Red', 'White', 'Green', 'Silver', 'Black', 'Yellow'];
const bodies = ['hatchback', 'estate', 'van', 'saloon', 'small car', 'pick-up'];
/** Who lives in the first households, which the county's stories are about; the rest are drawn. */
const firstHouseholds: readonly (readonly [
  'partner' | 'family',
  readonly (readonly [given: string, age: number])[],
])[] = [
  [
    'partner',
    [
      ['Amina', 34],
      ['Bartek', 37],
    ],
  ],
  [
    'partner',
    [
      ['Dilys', 41],
      ['Rufus', 44],
    ],
  ],
  ['family', [['Nadia', 29]]],
  [
    'family',
    [
      ['Keziah', 38],
      ['Ivo', 9],
    ],
  ],
  [
    'partner',
    [
      ['Zofia', 27],
      ['Callum', 31],
    ],
  ],
  ['family', [['Freya', 26]]],
  ['family', [['Hester', 45]]],
  ['family', [['Iona', 33]]],
  [
    'family',
    [
      ['Jocelyn', 51],
      ['Desmond', 79],
    ],
  ],
  [
    'partner',
    [
      ['Priya', 43],
      ['Hamza', 45],
      ['Tamsin', 14],
    ],
  ],
  [
    'family',
    [
      ['Saskia', 36],
      ['Orson', 33],
    ],
  ],
  ['family', [['Edith', 82]]],
  ['family', [['Milo', 31]]],
  ['family', [['Tobias', 40]]],
  ['family', [['Gideon', 30]]],
  ['family', [['Cosmo', 52]]],
  ['family', [['Anselm', 36]]],
];

/** A mobile number of the range that Ofcom keeps for drama. */
export function dramaMobile(index: number): string {
  return `07700900${String(index % 1000).padStart(3, '0')}`;
}

/** A landline number of the range that Ofcom keeps for drama. */
export function dramaLandline(index: number): string {
  return `01632960${String(index % 1000).padStart(3, '0')}`;
}

/**
 * A number for somebody of whom there are more than Ofcom keeps numbers for: those of drama, with three digits too many
 * to be dialled.
 */
export function longMobile(index: number): string {
  return `07700900${String(index % 1_000_000).padStart(6, '0')}`;
}

/** A mark of a form that was never issued: no memory tag begins with Q, and no age identifier is 00. */
export function inventedMark(index: number): string {
  const letters = 'ABCDEFGHJKLMNOPRSTUVWXY';
  const letter = (place: number): string => letters.charAt(Math.floor(index / letters.length ** place) % 23);
  return `Q${letter(3)}00${letter(2)}${letter(1)}${letter(0)}`;
}

/** Every pair of a given name and a surname, no two alike, in a fixed order. */
function allNames({ given, surnames }: CountyFile): readonly string[] {
  const names: string[] = [];
  for (let row = 0; row < surnames.length; row += 1)
    for (let column = 0; column < given.length; column += 1)
      names.push(`${given[column] ?? ''} ${surnames[(column + row) % surnames.length] ?? ''}`);
  return names;
}

/** As many names as a force has need of: the beginning of one invented surname with the end of another. */
export function mixedNames({ given, surnames }: CountyFile): readonly string[] {
  const halves = surnames.map((name) => [
    name.slice(0, Math.ceil(name.length / 2)),
    name.slice(Math.ceil(name.length / 2)),
  ]);
  const mixed = halves.flatMap(([first = '']) => halves.map(([, last = '']) => first + last));
  return mixed.flatMap((surname, row) =>
    [0, 29, 58].map((place) => `${given[(row + place) % given.length] ?? ''} ${surname}`),
  );
}

type Shape = readonly ['partner' | 'family', readonly (readonly [given: string | null, age: number])[]];

function shapeOf(index: number): Shape {
  const first = firstHouseholds[index];
  if (first !== undefined) return first;
  const drawn = chance(1, 'household', index);
  const age = between(22, 86, chance(1, 'age', index));
  if (drawn < 0.35) return ['family', [[null, age]]];
  const other = Math.max(20, age + between(-6, 6, chance(1, 'other', index)));
  if (drawn < 0.75)
    return [
      'partner',
      [
        [null, age],
        [null, other],
      ],
    ];
  const young = between(1, Math.max(2, age - 20), chance(1, 'young', index));
  return drawn < 0.88
    ? [
        'family',
        [
          [null, age],
          [null, young],
        ],
      ]
    : [
        'partner',
        [
          [null, age],
          [null, other],
          [null, young],
        ],
      ];
}

/** A date of birth for somebody of that age, by their number. */
export function bornAt(age: number, index: number): string {
  const year = 2026 - age;
  const month = between(1, 12, chance(1, 'month', index));
  const day = between(1, 28, chance(1, 'day', index));
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function carOf(index: number): Resident['car'] {
  if (chance(1, 'car', index) > 0.42) return null;
  const colour = pick(colours, chance(1, 'colour', index));
  const description = `${colour} ${pick(bodies, chance(1, 'body', index))}`;
  return { id: `car-${index}`, mark: inventedMark(index * 37 + 5), description };
}

function unusedName(
  { given }: CountyFile,
  on: { readonly surname: string; readonly from: number; readonly taken: ReadonlySet<string> },
): string {
  const names = given.map((_, index) => `${given[(on.from + index) % given.length] ?? ''} ${on.surname}`);
  const name = names.find((one) => !on.taken.has(one));
  if (name === undefined) throw new Error(`there are no names left beside ${on.surname}`);
  return name;
}

interface Ward {
  readonly copy: number;
  readonly streets: readonly Street[];
  /** Names borne in this ward. */
  readonly taken: Set<string>;
}

function peopleOf(file: CountyFile, ward: Ward, on: { readonly number: number; readonly before: number }): Household {
  const { copy, streets, taken } = ward;
  const { number, before } = on;
  const [tie, shape] = shapeOf(number);
  const street = streets[(number * 7) % streets.length];
  const surname = file.surnames[(number + copy * 5) % file.surnames.length] ?? '';
  if (street === undefined) throw new Error('the county has no streets');
  const house = between(street.from, street.to, chance(1, 'house', number));
  const home: Place = { id: `home-${copy * residentsWanted + number + 1}`, ...homeAt(street, house) };
  const members = shape.slice(0, residentsWanted - before).map(([given, age], index): Resident => {
    const inWard = before + index + 1;
    const place = copy * residentsWanted + inWard;
    const name =
      given === null ? unusedName(file, { surname, from: number * 11 + inWard * 5, taken }) : `${given} ${surname}`;
    taken.add(name);
    return {
      id: `person-${place}`,
      name,
      born: bornAt(age, place),
      home,
      phone: { id: `phone-${place}`, number: copy === 0 ? dramaMobile(place) : longMobile(place) },
      car: age < 18 ? null : carOf(place),
    };
  });
  return { members, tie };
}

/** The households of the county: always the same ones. */
export function residentsOf(file: CountyFile, streets: readonly Street[], copies: number): Residents {
  const names = new Set<string>();
  const perWard = streets.length / copies;
  const wards = Array.from({ length: copies }, (_, copy) => {
    const ward = { copy, streets: streets.slice(copy * perWard, (copy + 1) * perWard), taken: new Set<string>() };
    const households: Household[] = [];
    let count = 0;
    while (count < residentsWanted) {
      const household = peopleOf(file, ward, { number: households.length, before: count });
      count += household.members.length;
      households.push(household);
    }
    for (const name of ward.taken) names.add(name);
    return households;
  });
  return { wards, freeNames: allNames(file).filter((name) => !names.has(name)) };
}
