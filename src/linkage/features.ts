import { parseAccount } from './accounts.ts';
import { comparedMax } from './distance.ts';
import { parseEmail } from './emails.ts';
import { plain, wordsOf } from './letters.ts';
import { type PersonName, soundsIn } from './names.ts';
import { rootsOf, variantsOf } from './nicknames.ts';
import { parsePhone } from './phones.ts';
import { phoneticKeys } from './phonetic.ts';
import { parsePlace } from './places.ts';
import { bornRead, nameRead, partRead } from './readings.ts';
import { remembered } from './remembered.ts';
import { markKey, parseMark } from './vehicles.ts';

/** One record of a person as somebody wrote it down; what was not written is left out. */
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

/** Values kept of one field that may hold several. */
const valuesMax = 64;

/** The record as it is compared. */
export function featuresOf(record: PersonRecord): Features {
  const { given, middle, surname, givenSound, surnameSound, givenRoot, surnameRoot } = namesOf(record);
  const { number, street, town, postcode } = homeOf(record);
  // Each column by its name, one after the other: objects put together of others are compared half as fast.
  return {
    given,
    middle,
    surname,
    givenSound,
    surnameSound,
    givenRoot,
    surnameRoot,
    born: bornOf(record.born ?? ''),
    number,
    street,
    town,
    postcode,
    phone: listed(record.phones?.map(parsePhone)),
    email: listed(record.emails?.map((text) => parseEmail(text)?.address ?? null)),
    account: listed(record.accounts?.map(({ platform, handle }) => accountOf(platform, handle))),
    vehicle: listed(record.vehicles?.map(markOf)),
    sex: sexOf(record.sex ?? ''),
    birthplace: worded(record.birthplace ?? ''),
    occupation: worded(record.occupation ?? ''),
    ident: listed(record.idents?.map((one) => plain(one.slice(0, textMax)).replaceAll(/[^a-z0-9]/g, ''))),
  };
}

/** Characters read of a field as it was typed. */
const textMax = 400;

type Names = Pick<
  Features,
  'given' | 'middle' | 'surname' | 'givenSound' | 'surnameSound' | 'givenRoot' | 'surnameRoot'
>;

const noName: PersonName = nameRead('');

const nameless: Names = {
  given: '',
  middle: '',
  surname: '',
  givenSound: '',
  surnameSound: '',
  givenRoot: '',
  surnameRoot: '',
};

/** The parts of a name, from its columns where it was written in columns, else from the whole. */
function namesOf(record: PersonRecord): Names {
  if (!record.name && !record.given && !record.middle && !record.surname) return nameless;
  const isParted = record.given !== undefined || record.surname !== undefined;
  const whole = isParted ? noName : named(record.name ?? '');
  const first = isParted ? part(record.given ?? '') : whole;
  const last = isParted ? part(record.surname ?? '') : whole;
  const givens = isParted ? first.tokens : whole.given;
  const between = part(record.middle ?? '').tokens;
  const surnames = isParted ? last.tokens : whole.surname;
  const given = givens[0] ?? '';
  const surname = bounded(surnames.join(' '));
  return {
    given: bounded(given),
    middle: bounded([...givens.slice(1), ...between].join(' ')),
    surname,
    givenSound: first.native.has(given) ? listed(soundsAs(first, given)) : plainSounds(given),
    surnameSound:
      surnames.length === 1 && !last.native.has(surname)
        ? plainSounds(surname)
        : listed(surnames.flatMap((one) => soundsAs(last, one))),
    givenRoot: givenRoots(given),
    surnameRoot: surnames.length === 1 ? surnameRoots(surname) : listed(surnames.flatMap((one) => variantsOf(one))),
  };
}

function named(text: string): PersonName {
  return somebody(nameRead(text));
}

function part(text: string): PersonName {
  return somebody(partRead(text));
}

function somebody(name: PersonName): PersonName {
  return name.isGeneric ? noName : name;
}

/** Names that are remembered with what they come to: a few are borne by very many. */
const namesMax = 20_000;
const plainSounds = remembered((name) => listed(phoneticKeys(name)), namesMax);
const givenRoots = remembered((name) => listed(rootsOf(name)), namesMax);
const surnameRoots = remembered((name) => listed(variantsOf(name)), namesMax);

/** The colours that the first vowel of a short word may have; a script without vowels leaves all of them open. */
const colours = ['a', 'e', 'u'];

/** How one name may sound, with the first vowel of short ones: Hassan is not Hussain. */
function soundsAs(name: PersonName, token: string): readonly string[] {
  const keys = phoneticKeys(token);
  if (!name.native.has(token)) return keys;
  const open = soundsIn(name, token).flatMap((sound) => [sound, ...colours.map((colour) => sound + colour)]);
  return [...keys, ...open];
}

const newYear = /^(?:0?1\D+0?1\D+\d{4}|\d{4}\D+0?1\D+0?1|0101\d{4}|\d{4}0101)$/;
const whole = /^(1[0-8]\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** The date with 00 for what nobody knew; 1 January stays what it is, and so does a whole date long ago. */
function bornOf(text: string): string {
  const date = text.trim();
  if (date === '') return '';
  if (whole.test(date)) return date;
  const { born } = bornRead(date.slice(0, textMax));
  if (born === null) return '';
  const year = String(born.year).padStart(4, '0');
  if (newYear.test(date)) return `${year}-01-01`;
  return [year, ...[born.month ?? 0, born.day ?? 0].map((figure) => String(figure).padStart(2, '0'))].join('-');
}

const nowhere = { number: '', street: '', town: '', postcode: '' };

function homeOf(record: PersonRecord): Pick<Features, 'number' | 'street' | 'town' | 'postcode'> {
  const { premises, street = '', town, postcode = '' } = record;
  if (!premises && !town && street === '' && postcode === '') return nowhere;
  const parts = parsePlace({
    kind: 'place',
    street,
    ...(premises === undefined ? {} : { premises }),
    ...(town === undefined ? {} : { town }),
    ...(postcode === '' ? {} : { postcode }),
  });
  if (parts.isGeneric && street !== '') return nowhere;
  const house = (parts.number === '' ? parts.name : parts.number).replaceAll('/', ' ');
  return {
    number: bounded(parts.flat === '' ? house : `${parts.flat}/${house}`),
    street: bounded([parts.street, parts.streetType].filter((one) => one !== '').join(' ')),
    town: bounded(parts.town),
    postcode: parts.postcode === '' ? foreignCode(postcode) : parts.postcode,
  };
}

/** A code of another country's post, as it was written. */
function foreignCode(text: string): string {
  return plain(text.slice(0, textMax))
    .replaceAll(/[^a-z0-9]/g, '')
    .replace(/^\D*$/, '')
    .slice(0, 10);
}

function accountOf(platform: string, handle: string): string | null {
  const parts = parseAccount(platform.slice(0, textMax), handle.slice(0, textMax));
  return parts === null ? null : `${parts.platform}:${parts.bare}`;
}

function markOf(text: string): string | null {
  const mark = parseMark(text.slice(0, textMax));
  return mark === null ? null : markKey(mark);
}

function sexOf(text: string): string {
  const letter = text.trim().charAt(0).toLowerCase();
  if (letter === 'w') return 'f';
  return letter === 'm' || letter === 'f' ? letter : '';
}

const nothingSaid = /^(?:unknown|not known|nk|none|na|n a|null|refused|tbc|not given|not stated)$/;

function worded(text: string): string {
  if (text === '') return '';
  const words = wordsOf(text.slice(0, textMax)).join(' ');
  return nothingSaid.test(words) ? '' : bounded(words);
}

/** Nothing that nobody sees, and no half of a character. */
const isPlain = /^[ -{}~]*$/;

/** As much as is compared, without signs that nobody sees and half characters. */
function bounded(text: string): string {
  if (text.length <= comparedMax && isPlain.test(text)) return text.trim();
  return text.slice(0, comparedMax).replaceAll(/\p{C}/gu, '').trim();
}

/** Values in one order, each once. */
function listed(values: readonly (string | null)[] = []): string {
  if (values.length === 0) return '';
  const [first] = values;
  if (values.length === 1) return bounded(first ?? '').replaceAll('|', '');
  const known = values.flatMap((value) => (value === null ? [] : [bounded(value).replaceAll('|', '')]));
  const kept = [...new Set(known.filter((value) => value !== ''))].slice(0, valuesMax);
  return kept.toSorted((a, b) => (a < b ? -1 : 1)).join('|');
}
