import { isJaroWinklerAbove, isWithinOneSlip } from './distance.ts';
import type { Column, Features } from './features.ts';

/** One test of two records, written twice: called on features, and as DuckDB asks it of columns of `l` and `r`. */
export interface Condition {
  readonly holds: (a: Features, b: Features) => boolean;
  readonly sql: string;
}

/** What is read of one record: a column, or something made of one. */
interface Term {
  readonly of: (one: Features) => string;
  readonly sql: (side: 'l' | 'r') => string;
}

/** Each column by a function of its own: one that reads whatever it is told to reads several times as slowly. */
const readers: Readonly<Record<Column, Term['of']>> = {
  given: (one) => one.given,
  middle: (one) => one.middle,
  surname: (one) => one.surname,
  givenSound: (one) => one.givenSound,
  surnameSound: (one) => one.surnameSound,
  givenRoot: (one) => one.givenRoot,
  surnameRoot: (one) => one.surnameRoot,
  born: (one) => one.born,
  number: (one) => one.number,
  street: (one) => one.street,
  town: (one) => one.town,
  postcode: (one) => one.postcode,
  phone: (one) => one.phone,
  email: (one) => one.email,
  account: (one) => one.account,
  vehicle: (one) => one.vehicle,
  sex: (one) => one.sex,
  birthplace: (one) => one.birthplace,
  occupation: (one) => one.occupation,
  ident: (one) => one.ident,
};

export function column(name: Column): Term {
  return { of: readers[name], sql: (side) => `${side}.${name}` };
}

/** What stands before or behind the first such sign; '' behind a sign that is not there. */
export function part(term: Term, sign: string, at: 1 | 2): Term {
  return {
    of: (one) => partOf(term.of(one), sign, at),
    sql: (side) => `split_part(${term.sql(side)}, '${sign}', ${at})`,
  };
}

/** The term without its last letters; '' where it has no more than those. */
export function withoutLast(term: Term, letters: number): Term {
  return {
    of: (one) => withoutLastLetters(term.of(one), letters),
    sql: (side) => `left(${term.sql(side)}, -${letters})`,
  };
}

/** The first letters of a term. */
export function opening(term: Term, letters: number): Term {
  return {
    of: (one) => firstLetters(term.of(one), letters),
    sql: (side) => `left(${term.sql(side)}, ${letters})`,
  };
}

function partOf(text: string, sign: string, at: 1 | 2): string {
  const first = text.indexOf(sign);
  if (at === 1) return first < 0 ? text : text.slice(0, first);
  if (first < 0) return '';
  const second = text.indexOf(sign, first + 1);
  return text.slice(first + 1, second < 0 ? undefined : second);
}

/** Letters that take two places in a text are one to a database. */
function hasWide(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0xd800 && code <= 0xdfff) return true;
  }
  return false;
}

function firstLetters(text: string, letters: number): string {
  return hasWide(text) ? Array.from(text).slice(0, letters).join('') : text.slice(0, letters);
}

function withoutLastLetters(text: string, letters: number): string {
  return hasWide(text) ? Array.from(text).slice(0, -letters).join('') : text.slice(0, -letters);
}

/** One term, or another where that is empty. */
export function orElse(first: Term, second: Term): Term {
  return {
    of: (one) => first.of(one) || second.of(one),
    sql: (side) => `coalesce(nullif(${first.sql(side)}, ''), ${second.sql(side)})`,
  };
}

export function all(...conditions: readonly Condition[]): Condition {
  return {
    holds: (a, b) => {
      for (const one of conditions) if (!one.holds(a, b)) return false;
      return true;
    },
    sql: `(${conditions.map(({ sql }) => sql).join(' AND ')})`,
  };
}

export function any(...conditions: readonly Condition[]): Condition {
  return {
    holds: (a, b) => {
      for (const one of conditions) if (one.holds(a, b)) return true;
      return false;
    },
    sql: `(${conditions.map(({ sql }) => sql).join(' OR ')})`,
  };
}

export function not(condition: Condition): Condition {
  return { holds: (a, b) => !condition.holds(a, b), sql: `(NOT ${condition.sql})` };
}

/** Whether both records have something there. */
export function isKnown(term: Term): Condition {
  return {
    holds: (a, b) => term.of(a) !== '' && term.of(b) !== '',
    sql: `(${term.sql('l')} <> '' AND ${term.sql('r')} <> '')`,
  };
}

export function isUnknown(term: Term): Condition {
  return {
    holds: (a, b) => term.of(a) === '' || term.of(b) === '',
    sql: `(${term.sql('l')} = '' OR ${term.sql('r')} = '')`,
  };
}

/** Whether something holds of at least one of the two records. */
export function ofEither(
  term: Term,
  { is, sql }: { is: (text: string) => boolean; sql: (term: string) => string },
): Condition {
  return {
    holds: (a, b) => is(term.of(a)) || is(term.of(b)),
    sql: `(${sql(term.sql('l'))} OR ${sql(term.sql('r'))})`,
  };
}

export function isEqual(term: Term): Condition {
  return { holds: (a, b) => term.of(a) === term.of(b), sql: `${term.sql('l')} = ${term.sql('r')}` };
}

/** Whether the one's first is the other's second, and the one's second the other's first. */
export function isCrossed(first: Term, second: Term): Condition {
  return {
    holds: (a, b) => first.of(a) === second.of(b) && second.of(a) === first.of(b),
    sql: `(${first.sql('l')} = ${second.sql('r')} AND ${second.sql('l')} = ${first.sql('r')})`,
  };
}

/** Whether two lists parted by one sign share a value. */
export function isShared(term: Term, sign: '|' | ' ' = '|'): Condition {
  const [l, r] = [term.sql('l'), term.sql('r')];
  return {
    holds: (a, b) => shares(term.of(a), term.of(b), sign),
    sql:
      `(CASE WHEN ${l} = '' OR ${r} = '' THEN FALSE WHEN ${l} = ${r} THEN TRUE ` +
      `WHEN contains(${l}, '${sign}') OR contains(${r}, '${sign}') ` +
      `THEN list_has_any(string_split(${l}, '${sign}'), string_split(${r}, '${sign}')) ELSE FALSE END)`,
  };
}

function shares(a: string, b: string, sign: string): boolean {
  if (a === '' || b === '') return false;
  if (a === b) return true;
  if (!a.includes(sign) && !b.includes(sign)) return false;
  for (let from = 0; from <= a.length; ) {
    const end = a.indexOf(sign, from);
    const to = end < 0 ? a.length : end;
    if (isListed(a.slice(from, to), b, sign)) return true;
    from = to + 1;
  }
  return false;
}

/** Whether a value stands in a list between two signs, or at either end of it. */
function isListed(value: string, list: string, sign: string): boolean {
  let at = list.indexOf(value);
  while (at >= 0) {
    const to = at + value.length;
    const isWhole = (at === 0 || list[at - 1] === sign) && (to === list.length || list[to] === sign);
    if (isWhole) return true;
    at = at < list.length ? list.indexOf(value, at + 1) : -1;
  }
  return false;
}

function isWordOf(one: string, text: string): boolean {
  return one !== '' && text !== '' && isListed(one, text, ' ');
}

/** Whether all of the one's term is one word among the words of the other's. */
export function isAmong(term: Term, words: Term): Condition {
  const asks = (one: 'l' | 'r', other: 'l' | 'r'): string =>
    `(${term.sql(one)} <> '' AND ${words.sql(other)} <> '' AND contains(${words.sql(other)}, ${term.sql(one)}) ` +
    `AND contains(' ' || ${words.sql(other)} || ' ', ' ' || ${term.sql(one)} || ' '))`;
  return {
    holds: (a, b) => isWordOf(term.of(a), words.of(b)) || isWordOf(term.of(b), words.of(a)),
    sql: `(${asks('l', 'r')} OR ${asks('r', 'l')})`,
  };
}

/** Whether the spellings are nearer than this; a threshold is never a value that two words can have. */
export function isSpeltNear(term: Term, threshold: number): Condition {
  return {
    holds: (a, b) => term.of(a) !== '' && isJaroWinklerAbove(threshold, term.of(a), term.of(b)),
    // Told of the threshold, DuckDB stops comparing as soon as it cannot be reached.
    sql:
      `jaro_winkler_similarity(${term.sql('l')}, ${term.sql('r')}, ${threshold.toExponential()}) > ` +
      threshold.toExponential(),
  };
}

/** Whether one letter changed, or two neighbours exchanged, makes one into the other of the same length. */
export function isOneSlip(term: Term): Condition {
  const [l, r] = [term.sql('l'), term.sql('r')];
  /** Where every letter is one byte, how many places differ is cheap to count, and a slip is at most two. */
  const isPlain = `strlen(${l}) = length(${l}) AND strlen(${r}) = length(${r})`;
  return {
    holds: (a, b) =>
      term.of(a) !== term.of(b) && term.of(a).length === term.of(b).length && isWithinOneSlip(term.of(a), term.of(b)),
    sql:
      `(CASE WHEN length(${l}) <> length(${r}) OR length(${l}) = 0 THEN FALSE ` +
      `WHEN ${isPlain} THEN CASE hamming(${l}, ${r}) WHEN 1 THEN TRUE ` +
      `WHEN 2 THEN damerau_levenshtein(${l}, ${r}) = 1 ELSE FALSE END ` +
      `ELSE damerau_levenshtein(${l}, ${r}) = 1 END)`,
  };
}
