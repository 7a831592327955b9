import { featuresOf, type Features, type PersonRecord } from '../src/linkage/features.ts';

/** Numbers from a seed, the same in every run. */
export function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const givens = 'David,Katharine,Mohammed,Agnieszka,Oluwatunde,Jo,Seán,Xiu Ying,Łukasz,J,Anne-Marie,Юлия,محمد,Liz'.split(
  ',',
);
const surnames = (
  'Smith,Dunmore,Kowalczyk,Kowalczik,O’Fearnagh,Van der Berg,Khan,Adekoyin,' +
  'Griffith-Penlan,Penlan,Li,X,Smyth,Иванова'
).split(',');
const middles = ['', '', '', 'Anne', 'J', 'Mary Rose', 'Katharine', 'Smith'];
const borns = [
  '1984-03-07',
  '1984-03-21',
  '07/03/84',
  '01/01/1984',
  '1984',
  '??/03/1984',
  '',
  '1985-03-07',
  '1984-07-03',
  '1721-02-11',
];
const streets = ['Mill Lane', 'Mill Ln', 'Milll Lane', 'Station Road', 'County Hospital', ''];
const postcodes = ['ZZ1 4AB', 'zz14ab', 'ZZ1 4AC', 'ZZ1 5AB', 'ZZ2 1AA', '4011', ''];
const phones = ['07700 900123', '+447700900123', '07700 900124', '0300 123 4567', 'withheld', '020 7946 0000'];
const mails = ['kat@post.example', 'Kat@letters.example', 'katt@post.example', '@', 'unknown', ''];
const marks = ['ZZ05 OIS', 'zzo5015', 'ZZ05OIT', 'unknown'];
const letters = "abcdeilmnorstuyéşжق👮 '-.\u202e\u0000|";

type Below = (below: number) => number;

function one<T>(of: readonly T[], below: Below): T {
  return of[below(of.length)] as T;
}

/** A text with up to two letters lost, exchanged, changed or added. */
function mistyped(text: string, below: Below): string {
  let now = Array.from(text);
  for (let slips = below(3); slips > 0; slips -= 1) {
    const at = below(now.length + 1);
    const [before, behind] = [now.slice(0, at), now.slice(at)];
    const [first = '', second = '', ...rest] = behind;
    const slip = below(4);
    if (slip === 0) now = [...before, second, ...rest];
    else if (slip === 1) now = [...before, second, first, ...rest];
    else now = [...before, one(Array.from(letters), below), ...(slip === 2 ? [second, ...rest] : behind)];
  }
  return now.join('');
}

/** A record as people might have written it, or as nobody should. */
function recordFrom(below: Below): PersonRecord {
  const given = mistyped(one(givens, below), below);
  const surname = mistyped(one(surnames, below), below);
  const middle = one(middles, below);
  const [first, last] = below(8) === 0 ? [surname, given] : [given, surname];
  const name = below(2) === 0 ? { name: `${first} ${middle} ${last}` } : { given: first, middle, surname: last };
  const some = (of: readonly string[]): readonly string[] =>
    Array.from({ length: below(3) }, () => mistyped(one(of, below), below));
  return {
    ...name,
    born: one(borns, below),
    premises: one(['14', 'Flat 2, 14', '2/14', 'Rose Cottage', ''], below),
    street: mistyped(one(streets, below), below),
    town: one(['Harrowby', 'Harroby', ''], below),
    postcode: one(postcodes, below),
    phones: some(phones),
    emails: some(mails),
    accounts: some(['kat.dunmore', 'katdunmore', 'kat']).map((handle) => ({
      platform: one(['Instagram', 'fb'], below),
      handle,
    })),
    vehicles: some(marks),
    sex: one(['M', 'female', '', 'x'], below),
    birthplace: one(['Leeds', 'Leedes', 'Lahore', ''], below),
    occupation: one(['nurse', 'nurses', 'joiner', 'unknown', ''], below),
    idents: some(['AB123456', 'AB123457']),
  };
}

/** So many pairs of records, as they are compared; the same for the same seed. */
export function pairsFrom(seed: number, count: number): readonly (readonly [Features, Features])[] {
  const below = numbersFrom(seed);
  return Array.from({ length: count }, () => {
    const first = recordFrom(below);
    const second = recordFrom(below);
    const shared = below(4) === 0 ? {} : below(12) === 0 ? exchanged(first) : partOf(first, below);
    return [featuresOf(first), featuresOf({ ...second, ...shared })] as const;
  });
}

/** The record with given name and surname in one another's columns. */
function exchanged({ given = 'ann', surname = 'li', ...rest }: PersonRecord): PersonRecord {
  return { ...rest, given: surname, surname: given };
}

/** Some fields of a record, so that two records agree in more than chance would make them. */
function partOf(record: PersonRecord, below: Below): PersonRecord {
  return Object.fromEntries(Object.entries(record).filter(() => below(2) === 0));
}
