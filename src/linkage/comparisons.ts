import {
  all,
  any,
  column,
  type Condition,
  isAmong,
  isCrossed,
  isEqual,
  isKnown,
  isOneSlip,
  isShared,
  isSpeltNear,
  isUnknown,
  not,
  ofEither,
  opening,
  orElse,
  part,
  withoutLast,
} from './conditions.ts';
import type { Features } from './features.ts';
import type { CountedColumn } from './model.ts';

/** One way in which two records can stand to one another in one kind of evidence. */
export interface Level {
  readonly id: string;
  /** In words for a person, after the name of the comparison: "sounds alike". */
  readonly says: string;
  readonly holds: (a: Features, b: Features) => boolean;
  /** The same over columns of `l` and `r`. */
  readonly sql: string;
  /** It carries no evidence: something is not known, or was counted elsewhere. */
  readonly isNull?: true;
  /** The column whose value tells how much an agreement is worth. */
  readonly frequency?: CountedColumn;
  /** The whole name agrees: where both given name and surname do, that the two often go together counts against it. */
  readonly isOfName?: true;
}

/** One independent kind of evidence; the first level that holds is the one that counts, and the last always holds. */
export interface Comparison {
  readonly id: string;
  readonly says: string;
  readonly levels: readonly Level[];
  /** It speaks of who somebody is, not of where they live or what they own. */
  readonly isIdentity?: true;
}

type Extras = Pick<Level, 'isNull' | 'frequency' | 'isOfName'>;

function level(id: string, says: string, condition: Condition, extras: Extras = {}): Level {
  return { id, says, ...condition, ...extras };
}

function unknown(condition: Condition): Level {
  return level('unknown', 'not known of both', condition, { isNull: true });
}

const different = level('different', 'different', { holds: () => true, sql: 'TRUE' });

/** Spellings this near are the same name but for a slip; twelve figures, so that no two words lie exactly on them. */
const closeSpelling = 0.921_372_913_777;
const nearSpelling = 0.843_712_913_777;

const given = column('given');
const middle = column('middle');
const surname = column('surname');
const born = column('born');

const isOneLetter = {
  is: (text: string) => text.length === 1 || (text.length === 2 && (text.codePointAt(0) ?? 0) > 0xffff),
  // What takes more bytes than any letter need not be counted.
  sql: (text: string) => `(strlen(${text}) <= 4 AND length(${text}) = 1)`,
};
const isSeveral = (sign: string): Parameters<typeof ofEither>[1] => ({
  is: (text) => text.includes(sign),
  sql: (text) => `contains(${text}, '${sign}')`,
});

const isOfName = true;

/** Given name and surname written each in the other's place: told once, by the given name. */
const isExchanged = all(isCrossed(given, surname), not(isEqual(given)));

const givenNames: Comparison = {
  id: 'given',
  says: 'given name',
  isIdentity: true,
  levels: [
    unknown(isUnknown(given)),
    level('initial', 'agrees as an initial', all(ofEither(given, isOneLetter), isEqual(opening(given, 1)))),
    level('same', 'the same', isEqual(given), { frequency: 'given', isOfName }),
    level('exchanged', 'and surname the same, written in exchanged places', isExchanged),
    level('root', 'a short form or variant of the same', isShared(column('givenRoot')), {
      frequency: 'givenRoot',
      isOfName,
    }),
    level('close', 'spelt almost the same', isSpeltNear(given, closeSpelling), { isOfName }),
    level('sounds', 'sounds alike', isShared(column('givenSound')), { isOfName }),
    level('near', 'spelt somewhat alike', isSpeltNear(given, nearSpelling)),
    level('beside', 'is a middle name of the other', isAmong(given, middle)),
    different,
  ],
};

const middleNames: Comparison = {
  id: 'middle',
  says: 'middle name',
  isIdentity: true,
  levels: [
    unknown(isUnknown(middle)),
    level('initial', 'agrees as an initial', all(ofEither(middle, isOneLetter), isEqual(opening(middle, 1)))),
    level('same', 'the same', isEqual(middle)),
    level('shared', 'partly the same', isShared(middle, ' ')),
    level('close', 'spelt almost the same', isSpeltNear(middle, closeSpelling)),
    different,
  ],
};

const surnames: Comparison = {
  id: 'surname',
  says: 'surname',
  isIdentity: true,
  levels: [
    unknown(any(isUnknown(surname), isExchanged)),
    level('initial', 'agrees as an initial', all(ofEither(surname, isOneLetter), isEqual(opening(surname, 1)))),
    level('same', 'the same', isEqual(surname), { frequency: 'surname', isOfName }),
    level('part', 'one part of a double name the same', isShared(surname, ' ')),
    level('root', 'a variant of the same', isShared(column('surnameRoot')), { frequency: 'surnameRoot', isOfName }),
    level('close', 'spelt almost the same', isSpeltNear(surname, closeSpelling), { isOfName }),
    level('sounds', 'sounds alike', isShared(column('surnameSound')), { isOfName }),
    level('near', 'spelt somewhat alike', isSpeltNear(surname, nearSpelling)),
    level('beside', 'is a middle name of the other', isAmong(surname, middle)),
    different,
  ],
};

/** Whether two dates have the same figures, each from its place on. */
const isPart =
  (figures: number, from: number, beside: number) =>
  (a: string, b: string): boolean => {
    for (let at = 0; at < figures; at += 1) if (a.charCodeAt(from + at) !== b.charCodeAt(beside + at)) return false;
    return true;
  };
const isCenturySame = isPart(2, 0, 0);
const isYearOfCenturySame = isPart(2, 2, 2);
const isMonthSame = isPart(2, 5, 5);
const isMonthAndDaySame = isPart(6, 4, 4);
const isMonthTheirDay = isPart(2, 5, 8);
const isDayTheirMonth = isPart(2, 8, 5);

/** A date as YYYY-MM-DD, 00 for what nobody knew, 00YY for a year without its century. */
const year: Condition = {
  holds: ({ born: a }, { born: b }) =>
    isYearOfCenturySame(a, b) && (isCenturySame(a, b) || a.startsWith('00') || b.startsWith('00')),
  sql:
    "(substr(l.born, 3, 2) = substr(r.born, 3, 2) AND (left(l.born, 2) = left(r.born, 2) OR left(l.born, 2) = '00' " +
    "OR left(r.born, 2) = '00'))",
};

const monthAndDay: Condition = {
  holds: ({ born: a }, { born: b }) => isMonthAndDaySame(a, b),
  sql: 'substr(l.born, 5) = substr(r.born, 5)',
};

const month: Condition = {
  holds: ({ born: a }, { born: b }) => isMonthSame(a, b),
  sql: 'substr(l.born, 6, 2) = substr(r.born, 6, 2)',
};

const isSwapped: Condition = {
  holds: ({ born: a }, { born: b }) => isMonthTheirDay(a, b) && isDayTheirMonth(a, b),
  sql: '(substr(l.born, 6, 2) = substr(r.born, 9) AND substr(l.born, 9) = substr(r.born, 6, 2))',
};

const ends = (end: string): Condition =>
  ofEither(born, { is: (text) => text.endsWith(end), sql: (text) => `ends_with(${text}, '${end}')` });
const isNewYear = ends('-01-01');
const isDayUnknown = ends('-00');
const isMonthUnknown = ends('-00-00');

const isYearNear: Condition = {
  holds: (a, b) => Math.abs(yearOf(a.born) - yearOf(b.born)) <= 2,
  sql: 'abs(try_cast(left(l.born, 4) AS INTEGER) - try_cast(left(r.born, 4) AS INTEGER)) <= 2',
};

function yearOf(date: string): number {
  let year = 0;
  for (let at = 0; at < 4; at += 1) year = year * 10 + date.charCodeAt(at) - 0x30;
  return year;
}

const births: Comparison = {
  id: 'born',
  says: 'date of birth',
  isIdentity: true,
  levels: [
    unknown(isUnknown(born)),
    level('default', 'the same 1 January, as systems write it for an unknown day', all(isNewYear, isEqual(born))),
    level('year', 'the same year, the day not known', all(year, any(isMonthUnknown, isNewYear))),
    level('month', 'the same month and year, the day not known', all(year, month, isDayUnknown)),
    level('same', 'the same', all(year, monthAndDay)),
    level('swapped', 'the same with day and month exchanged', all(year, isSwapped)),
    level('slip', 'one figure different', all(not(isDayUnknown), isOneSlip(born))),
    level('otherDay', 'the same month and year, another day', all(year, month)),
    level('near', 'at most two years apart', isYearNear),
    different,
  ],
};

const number = column('number');
const street = column('street');
const town = column('town');
const postcode = column('postcode');

const isSame = (term: typeof number): Condition => all(isKnown(term), isEqual(term));

/** Flat and number as one, or what stands behind the flat. */
const building = orElse(part(number, '/', 2), number);

/** One street, in one town if both towns are known; a slip in its spelling is looked past inside one town. */
const isOneStreet = any(
  all(isSame(street), any(isUnknown(town), isEqual(town))),
  all(isKnown(street), isSame(town), isSpeltNear(street, closeSpelling)),
);
const isOneSpot = any(isSame(postcode), isOneStreet);

/** All that is known of where somebody lives, as one evidence: told in parts, families would be merged. */
const homes: Comparison = {
  id: 'home',
  says: 'home',
  levels: [
    unknown(all(isUnknown(postcode), isUnknown(street), isUnknown(town))),
    level('dwelling', 'the same address', all(isSame(number), isOneSpot)),
    level('building', 'the same building, the flat different or not given', all(isSame(building), isOneSpot)),
    level('postcode', 'the same postcode', isSame(postcode), { frequency: 'postcode' }),
    level('street', 'the same street', isOneStreet),
    level('sector', 'neighbouring postcodes', isSame(withoutLast(postcode, 2))),
    level('district', 'the same postcode district', isSame(withoutLast(postcode, 3))),
    level('town', 'the same town', isSame(town), { frequency: 'town' }),
    different,
  ],
};

const phone = column('phone');
const email = column('email');
const account = column('account');
const vehicle = column('vehicle');
const ident = column('ident');
const sex = column('sex');

const isSingle = (term: typeof phone): Condition => not(ofEither(term, isSeveral('|')));

const phones: Comparison = {
  id: 'phone',
  says: 'telephone',
  levels: [
    unknown(isUnknown(phone)),
    level('same', 'the same number', isShared(phone), { frequency: 'phone' }),
    level('slip', 'one figure different', isOneSlip(phone)),
    different,
  ],
};

const emails: Comparison = {
  id: 'email',
  says: 'e-mail',
  levels: [
    unknown(isUnknown(email)),
    level('same', 'the same', isShared(email), { frequency: 'email' }),
    level('mailbox', 'the same name at another provider', all(isSingle(email), isSame(part(email, '@', 1)))),
    level(
      'close',
      'almost the same',
      all(isSingle(email), isKnown(part(email, '@', 1)), isSpeltNear(part(email, '@', 1), closeSpelling)),
    ),
    different,
  ],
};

const accounts: Comparison = {
  id: 'account',
  says: 'online account',
  levels: [
    unknown(isUnknown(account)),
    level('same', 'the same', isShared(account), { frequency: 'account' }),
    level('handle', 'the same name on another platform', all(isSingle(account), isSame(part(account, ':', 2)))),
    different,
  ],
};

const vehicles: Comparison = {
  id: 'vehicle',
  says: 'vehicle',
  levels: [
    unknown(isUnknown(vehicle)),
    level('same', 'the same mark', isShared(vehicle), { frequency: 'vehicle' }),
    level('slip', 'one sign of the mark different', isOneSlip(vehicle)),
    different,
  ],
};

const sexes: Comparison = {
  id: 'sex',
  says: 'sex',
  isIdentity: true,
  levels: [unknown(isUnknown(sex)), level('same', 'the same', isEqual(sex)), different],
};

function told(id: 'birthplace' | 'occupation', says: string): Comparison {
  const term = column(id);
  return {
    id,
    says,
    levels: [
      unknown(isUnknown(term)),
      level('same', 'the same', isShared(term), { frequency: id }),
      level('close', 'almost the same', isSpeltNear(term, closeSpelling)),
      different,
    ],
  };
}

const idents: Comparison = {
  id: 'ident',
  says: 'identity number',
  isIdentity: true,
  levels: [
    unknown(isUnknown(ident)),
    level('same', 'the same', isShared(ident), { frequency: 'ident' }),
    level('slip', 'one sign different', isOneSlip(ident)),
    different,
  ],
};

/** Every kind of evidence, each once. */
export const comparisons: readonly Comparison[] = [
  givenNames,
  middleNames,
  surnames,
  births,
  homes,
  phones,
  emails,
  accounts,
  vehicles,
  sexes,
  told('birthplace', 'birthplace'),
  told('occupation', 'occupation'),
  idents,
];

/** The level of one comparison for two records, as its place among the comparison's levels. */
export function levelIn({ levels }: Comparison, a: Features, b: Features): number {
  let at = 0;
  while (levels[at]?.holds(a, b) === false) at += 1;
  return at;
}

/** The level of each comparison for two records. */
export function levelsOf(a: Features, b: Features): readonly number[] {
  return comparisons.map((one) => levelIn(one, a, b));
}

/** The same of one comparison as DuckDB finds it, from the features `l` and `r`. */
export function levelsSql({ levels }: Comparison): string {
  const cases = levels.slice(0, -1).map(({ sql }, at) => `WHEN ${sql} THEN ${at}`);
  return `(CASE ${cases.join(' ')} ELSE ${levels.length - 1} END)::UTINYINT`;
}
