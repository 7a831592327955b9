import type { Column } from '../linkage/features.ts';

/** A way in which two records of one person may be found: both have the same key. */
export interface BlockingRule {
  readonly id: string;
  /** In words: what the two share. */
  readonly says: string;
  /** Columns that the key is made of; a rule is left out where the inputs have none of one. */
  readonly columns: readonly Column[];
  /** Columns of several values parted by '|': every value makes a key of its own, as `<column>_one`. */
  readonly each: readonly Column[];
  /** Expressions over one record alone; a key has all of them, and none where one is empty. */
  readonly key: readonly string[];
  /** The pairs that it may cost at most among many records, for each of them: few where strangers share it often. */
  readonly pairsForEach: number;
}

/** What strangers hardly share, what many of them share among millions, and what they share anywhere. */
const narrow = 12;
const loose = 2;
const wide = 0.1;

const year = "CASE WHEN left(born, 2) = '00' THEN '' ELSE left(born, 4) END";
const month = "CASE WHEN substr(born, 6, 2) = '00' THEN '' ELSE substr(born, 6, 2) END";
const monthDay = "CASE WHEN ends_with(born, '-00') OR ends_with(born, '-01-01') THEN '' ELSE substr(born, 6) END";
const wholeDate = "CASE WHEN ends_with(born, '-00') THEN '' ELSE substr(born, 3) END";
/** Day and month in either order, the year without its century. */
const looseDate =
  "CASE WHEN ends_with(born, '-00') OR ends_with(born, '-01-01') THEN '' ELSE substr(born, 3, 2) || " +
  'least(substr(born, 6, 2), substr(born, 9)) || greatest(substr(born, 6, 2), substr(born, 9)) END';
const district = "coalesce(nullif(left(postcode, -3), ''), '')";
const initials = 'least(left(given, 1), left(surname, 1)) || greatest(left(given, 1), left(surname, 1))';
const bothNames =
  "CASE WHEN given = '' OR surname = '' THEN '' ELSE least(given, surname) || ' ' || greatest(given, surname) END";
const opens = (column: Column, letters: number): string =>
  `CASE WHEN length(${column}) < ${letters} THEN '' ELSE left(${column}, ${letters}) END`;

function rule(
  id: string,
  says: string,
  columns: readonly Column[],
  { key, each = [] }: { readonly key: readonly string[]; readonly each?: readonly Column[] },
): BlockingRule {
  return { id, says, columns, key, each, pairsForEach: narrow };
}

function costing(pairsForEach: number, one: BlockingRule): BlockingRule {
  return { ...one, pairsForEach };
}

function ofMany(...given: Parameters<typeof rule>): BlockingRule {
  return costing(wide, rule(...given));
}

const one = (column: Column): string => `${column}_one`;

function shared(column: Column, says: string): BlockingRule {
  return rule(column, says, [column], { key: [one(column)], each: [column] });
}

/** The blocks that a model is learned from. */
export const samePhone = shared('phone', 'a telephone number');
export const sameEmail = shared('email', 'an e-mail address');
export const wholeDateOnly = rule('born', 'date of birth', ['born'], {
  key: ["CASE WHEN ends_with(born, '-00') OR ends_with(born, '-01-01') THEN '' ELSE born END"],
});
export const sameNames = costing(
  loose,
  rule('names', 'both names', ['given', 'surname'], { key: ['given', 'surname'] }),
);
export const sameHouse = rule('postcode-number', 'postcode and house', ['postcode', 'number'], {
  key: ['postcode', 'number'],
});

/**
 * Many narrow rules rather than few wide ones: each asks for so much that few strangers share it, and together they let
 * a record be wrong in any one or two of its parts.
 */
export const blockingRules: readonly BlockingRule[] = [
  samePhone,
  sameEmail,
  shared('ident', 'an identity number'),
  shared('account', 'an online account'),
  shared('vehicle', 'a vehicle'),
  rule('born-surname', 'date of birth and the sound of the surname', ['born', 'surnameSound'], {
    key: [wholeDate, one('surnameSound')],
    each: ['surnameSound'],
  }),
  rule('born-given', 'date of birth and the given name or a form of it', ['born', 'givenRoot'], {
    key: [wholeDate, one('givenRoot')],
    each: ['givenRoot'],
  }),
  rule('born-postcode', 'date of birth and postcode', ['born', 'postcode'], { key: [wholeDate, 'postcode'] }),
  rule('born-birthplace', 'date of birth and birthplace', ['born', 'birthplace'], { key: [wholeDate, 'birthplace'] }),
  rule('born-initials', 'date of birth, day and month in either order, and initials', ['born', 'given', 'surname'], {
    key: [looseDate, initials],
  }),
  rule('sounds-year', 'the sounds of both names and the year of birth', ['born', 'givenSound', 'surnameSound'], {
    key: [year, one('givenSound'), one('surnameSound')],
    each: ['givenSound', 'surnameSound'],
  }),
  rule('names-year', 'both names in either order and the year of birth', ['born', 'given', 'surname'], {
    key: [year, bothNames],
  }),
  rule('names-day', 'both names and the day and month of birth', ['born', 'given', 'surname'], {
    key: [monthDay, 'given', 'surname'],
  }),
  rule(
    'names-district',
    'the forms of the given name, the sound of the surname and the district',
    ['givenRoot', 'surnameSound', 'postcode'],
    { key: [district, one('givenRoot'), one('surnameSound')], each: ['givenRoot', 'surnameSound'] },
  ),
  rule('names-birthplace', 'both names and birthplace', ['given', 'surname', 'birthplace'], {
    key: ['birthplace', 'given', 'surname'],
  }),
  rule('names-town', 'both names and town', ['given', 'surname', 'town'], { key: ['town', 'given', 'surname'] }),
  rule('names-occupation', 'both names and occupation', ['given', 'surname', 'occupation'], {
    key: ['occupation', 'given', 'surname'],
  }),
  sameNames,
  rule('postcode-surname', 'postcode and the sound of the surname', ['postcode', 'surnameSound'], {
    key: ['postcode', one('surnameSound')],
    each: ['surnameSound'],
  }),
  rule('postcode-given', 'postcode and the given name or a form of it', ['postcode', 'givenRoot'], {
    key: ['postcode', one('givenRoot')],
    each: ['givenRoot'],
  }),
  sameHouse,
  rule(
    'street-town-given',
    'street, house, town and the beginning of the given name',
    ['street', 'number', 'town', 'given'],
    { key: ['street', 'number', 'town', opens('given', 1)] },
  ),
  rule('postcode-year', 'postcode and year of birth', ['postcode', 'born'], { key: ['postcode', year] }),
  rule(
    'month-surname-district',
    'month of birth, the beginning of the surname and the district',
    ['born', 'surname', 'postcode'],
    { key: [year, month, opens('surname', 3), district] },
  ),
  rule(
    'month-given-district',
    'month of birth, the beginning of the given name and the district',
    ['born', 'given', 'postcode'],
    { key: [year, month, opens('given', 3), district] },
  ),
  ofMany('sounds', 'the sound of the surname and a form of the given name', ['givenRoot', 'surnameSound'], {
    key: [one('givenRoot'), one('surnameSound')],
    each: ['givenRoot', 'surnameSound'],
  }),
  ofMany('birthplace-surname', 'birthplace and the sound of the surname', ['birthplace', 'surnameSound'], {
    key: ['birthplace', one('surnameSound')],
    each: ['surnameSound'],
  }),
  ofMany('birthplace-given', 'birthplace and the given name or a form of it', ['birthplace', 'givenRoot'], {
    key: ['birthplace', one('givenRoot')],
    each: ['givenRoot'],
  }),
  ofMany('occupation-surname', 'occupation and the sound of the surname', ['occupation', 'surnameSound'], {
    key: ['occupation', one('surnameSound')],
    each: ['surnameSound'],
  }),
  ofMany('day-surname', 'day and month of birth and the sound of the surname', ['born', 'surnameSound'], {
    key: [monthDay, one('surnameSound')],
    each: ['surnameSound'],
  }),
  ofMany('initial-surname', 'the surname and the first letter of the given name', ['given', 'surname'], {
    key: ['surname', opens('given', 1)],
  }),
  ofMany('born', 'date of birth', ['born'], { key: [wholeDate] }),
  ofMany('street-given', 'street, house and the beginning of the given name', ['street', 'number', 'given'], {
    key: ['street', 'number', opens('given', 1)],
  }),
  ofMany('openings-year', 'how both names begin and the year of birth', ['born', 'given', 'surname'], {
    key: [year, opens('given', 3), opens('surname', 3)],
  }),
  ofMany('mailbox', 'the name in the e-mail address', ['email'], { key: ["split_part(email, '@', 1)"] }),
  ofMany('town-surname', 'town and the sound of the surname', ['town', 'surnameSound'], {
    key: ['town', one('surnameSound')],
    each: ['surnameSound'],
  }),
  ofMany('town-given', 'town and the given name or a form of it', ['town', 'givenRoot'], {
    key: ['town', one('givenRoot')],
    each: ['givenRoot'],
  }),
];
