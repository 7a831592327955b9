import { parseAccount } from './accounts.ts';
import { type Born, parseBorn } from './births.ts';
import { wordsOf } from './letters.ts';
import { parseName } from './names.ts';
import { parsePhone } from './phones.ts';
import { phoneticKeys } from './phonetic.ts';
import { parsePlace } from './places.ts';
import { markKey, parseMark } from './vehicles.ts';

/** One record of a person as somebody wrote it down; what was not written is left out. Several values stand in a list. */
export interface PersonRecord {
  /** The whole name, where it was not written in parts. */
  readonly name?: string;
  readonly given?: string;
  readonly middle?: string;
  readonly surname?: string;
  readonly born?: string;
  /** Flat, number or name of the house. */
  readonly premises?: string;
  /** The street, or the whole address on one line. */
  readonly street?: string;
  readonly town?: string;
  readonly postcode?: string;
  readonly phones?: readonly string[];
  readonly emails?: readonly string[];
  readonly accounts?: readonly { readonly platform: string; readonly handle: string }[];
  readonly vehicles?: readonly string[];
  readonly sex?: string;
  readonly birthplace?: string;
  readonly occupation?: string;
  /** Numbers that stand for one person: of a passport, a custody record, a health service. */
  readonly idents?: readonly string[];
}

/**
 * One record of a person as it is compared: lower-case plain text in every field, '' where nothing is known. The same
 * names are the columns in which the batch holds it.
 */
export interface Features {
  /** First given name. */
  readonly given: string;
  /** The other names between, parted by spaces. */
  readonly middle: string;
  /** Last name, the parts of a double one parted by a space. */
  readonly surname: string;
  /** As it may sound, several parted by '|'. */
  readonly givenSound: string;
  readonly surnameSound: string;
  /** The families of nicknames and variants it belongs to, several parted by '|'. */
  readonly givenRoot: string;
  readonly surnameRoot: string;
  /** YYYY-MM-DD, 00 for a part nobody knew; a year written with two figures is 00YY. */
  readonly born: string;
  /** Premises: '14', '2/14' for flat 2 at 14, or the name of a house. */
  readonly number: string;
  readonly street: string;
  readonly town: string;
  /** Without the space. */
  readonly postcode: string;
  /** Several parted by '|', as all that follow but sex. */
  readonly phone: string;
  readonly email: string;
  readonly account: string;
  readonly vehicle: string;
  /** 'm', 'f' or ''. */
  readonly sex: string;
  readonly birthplace: string;
  readonly occupation: string;
  readonly ident: string;
}

/** A column of the features. */
export type Column = keyof Features;

/** Every column, in one order. */
export const featureColumns: readonly Column[] = [
  'given',
  'middle',
  'surname',
  'givenSound',
  'surnameSound',
  'givenRoot',
  'surnameRoot',
  'born',
  'number',
  'street',
  'town',
  'postcode',
  'phone',
  'email',
  'account',
  'vehicle',
  'sex',
  'birthplace',
  'occupation',
  'ident',
];

/** The record as it is compared. */
export function featuresOf(record: PersonRecord): Features {
  const name = nameOf(record);
  return {
    ...name,
    givenSound: soundOf(name.given),
    surnameSound: soundOf(name.surname),
    givenRoot: name.given,
    surnameRoot: name.surname,
    born: dateOf(parseBorn(record.born ?? '')),
    ...homeOf(record),
    phone: listed(record.phones?.map(parsePhone)),
    email: listed(record.emails?.map((one) => one.trim().toLowerCase())),
    account: listed(record.accounts?.map(({ platform, handle }) => accountOf(platform, handle))),
    vehicle: listed(record.vehicles?.map(markOf)),
    sex: sexOf(record.sex ?? ''),
    birthplace: wordsOf(record.birthplace ?? '').join(' '),
    occupation: wordsOf(record.occupation ?? '').join(' '),
    ident: listed(record.idents?.map((one) => one.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))),
  };
}

type NameParts = Pick<Features, 'given' | 'middle' | 'surname'>;

function nameOf({ name, given, middle, surname }: PersonRecord): NameParts {
  const whole = parseName(name ?? '').tokens;
  if (given === undefined && surname === undefined)
    return { given: whole[0] ?? '', middle: whole.slice(1, -1).join(' '), surname: whole.slice(1).at(-1) ?? '' };
  const first = parseName(given ?? '').tokens;
  return {
    given: first[0] ?? '',
    middle: [...first.slice(1), ...parseName(middle ?? '').tokens].join(' '),
    surname: parseName(surname ?? '').tokens.join(' '),
  };
}

function soundOf(name: string): string {
  return listed(name.split(' ').flatMap(phoneticKeys));
}

function dateOf(born: Born | null): string {
  if (born === null) return '';
  const parts = [born.month ?? 0, born.day ?? 0].map((figure) => String(figure).padStart(2, '0'));
  return [String(born.year).padStart(4, '0'), ...parts].join('-');
}

function homeOf(record: PersonRecord): Pick<Features, 'number' | 'street' | 'town' | 'postcode'> {
  const { premises, street = '', town, postcode } = record;
  const place = { kind: 'place' as const, premises, street, town, postcode };
  const parts = parsePlace(place);
  if (parts.isGeneric && street !== '') return { number: '', street: '', town: '', postcode: '' };
  const house = parts.number === '' ? parts.name : parts.number;
  return {
    number: parts.flat === '' ? house : `${parts.flat}/${house}`,
    street: [parts.street, parts.streetType].filter((one) => one !== '').join(' '),
    town: parts.town,
    postcode: parts.postcode,
  };
}

function accountOf(platform: string, handle: string): string | null {
  const parts = parseAccount(platform, handle);
  return parts === null ? null : `${parts.platform}:${parts.bare}`;
}

function markOf(text: string): string | null {
  const mark = parseMark(text);
  return mark === null ? null : markKey(mark);
}

function sexOf(text: string): string {
  const letter = text.trim().charAt(0).toLowerCase();
  return letter === 'm' || letter === 'f' ? letter : '';
}

/** Values in one order, each once. */
function listed(values: readonly (string | null)[] = []): string {
  const known = values.filter((value) => value !== null && value !== '');
  return [...new Set(known)].toSorted((a, b) => (a < b ? -1 : 1)).join('|');
}
