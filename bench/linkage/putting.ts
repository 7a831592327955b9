import { readDate, sayDate } from './dates.ts';
import type { Draws } from './draws.ts';
import type { Fault } from './faults.ts';
import { hasVariants } from './names.ts';
import type { NameBook } from './names.ts';
import type { Person } from './population.ts';
import type { Origin } from './rates.ts';
import type { LinkRecord } from './record.ts';
import { hasAccents, mistyped, respelt, withoutAccents, wrongFigure } from './slips.ts';

/** A record of the invented population, with what went wrong in it. */
export interface WrittenRecord extends LinkRecord {
  readonly origin: Origin;
  /** The faults in it, a bit each: `faultsIn` names them. */
  readonly faults: number;
}

/** A record that is being written. */
export type Draft = { -readonly [F in keyof WrittenRecord]: WrittenRecord[F] };

/** What faults are made with. */
export interface Kit {
  readonly draws: Draws;
  readonly names: NameBook;
  readonly institutions: number;
}

type Put = (draft: Draft, person: Person, kit: Kit) => boolean;
type Changeable = Exclude<keyof Draft, 'faults' | 'origin'>;

/** Sets a field; false where that is no change, or where nothing was to be changed or put there. */
function change(draft: Draft, field: Changeable, value: string | null): boolean {
  if (value === null || draft[field] === '' || draft[field] === value) return false;
  draft[field] = value;
  return true;
}

const empty =
  (field: Changeable): Put =>
  (draft) =>
    change(draft, field, '');
const mistype =
  (field: Changeable): Put =>
  (draft, _, { draws }) =>
    change(draft, field, mistyped(draft[field], draws));
const respell =
  (field: Changeable): Put =>
  (draft, _, { draws }) =>
    change(draft, field, respelt(draft[field], draws) || null);
const initial =
  (field: Changeable): Put =>
  (draft) =>
    change(draft, field, draft[field].charAt(0));

function oneOf(others: readonly string[] | undefined, draws: Draws): string | null {
  return others === undefined || others.length === 0 ? null : draws.of(others);
}

const variant =
  (field: 'given' | 'surname'): Put =>
  (draft, person, { draws, names }) =>
    hasVariants(person.origin) && change(draft, field, oneOf(names.variants.get(person[field].toLowerCase()), draws));

const particle = /^(?:al|el|ud)-/i;

/** The halves of a double surname; a particle is no half. */
function halves(surname: string): readonly string[] {
  const parts = particle.test(surname) ? [surname] : surname.split('-');
  return parts.length > 1 ? parts : [];
}

function dropAccents(draft: Draft): boolean {
  if (!hasAccents(draft.given) && !hasAccents(draft.surname) && !hasAccents(draft.middle)) return false;
  draft.given = withoutAccents(draft.given);
  draft.surname = withoutAccents(draft.surname);
  draft.middle = withoutAccents(draft.middle);
  return true;
}

function swapNames(draft: Draft): boolean {
  [draft.given, draft.surname] = [draft.surname, draft.given];
  return draft.given !== draft.surname;
}

function swapped(born: string): string | null {
  const { year, month, day } = readDate(born);
  return day <= 12 ? sayDate({ year, month: day, day: month }) : null;
}

/** A date with one figure wrong that a clerk's system would still take. */
function wrongDate(born: string, draws: Draws): string {
  for (let tries = 0; tries < 20; tries += 1) {
    const wrong = wrongFigure(born, draws);
    const { year, month, day } = readDate(wrong);
    if (year >= 1920 && year <= 2025 && month >= 1 && month <= 12 && day >= 1 && day <= 28) return wrong;
  }
  return born.slice(0, 9) + (born.endsWith('1') ? '2' : '1');
}

/** A postcode with one figure or letter wrong. */
function wrongPostcode(postcode: string, draws: Draws): string {
  const drawn = 2 + draws.below(postcode.length - 2);
  const at = postcode.charAt(drawn) === ' ' ? drawn + 1 : drawn;
  const was = postcode.charAt(at);
  const isFigure = was >= '0' && was <= '9';
  const letter = 'ABDEFGHJLNPQRSTUWXYZ'.replace(was, '').charAt(draws.below(19));
  return postcode.slice(0, at) + (isFigure ? wrongFigure(was, draws) : letter) + postcode.slice(at + 1);
}

function leaveOutHome(draft: Draft): boolean {
  draft.premises = '';
  draft.street = '';
  draft.town = '';
  draft.postcode = '';
  return true;
}

/** How each fault is put into a record; false where it cannot occur in it. */
export const puts: Readonly<Record<Fault, Put>> = {
  givenTypo: mistype('given'),
  givenNickname: (draft, person, { draws, names }) =>
    change(draft, 'given', oneOf(names.nicknames.get(person.given.toLowerCase()), draws)),
  givenInitial: initial('given'),
  givenPhonetic: respell('given'),
  givenVariant: variant('given'),
  givenMissing: empty('given'),
  surnameTypo: mistype('surname'),
  surnamePhonetic: respell('surname'),
  surnameVariant: variant('surname'),
  surnameHalf: (draft, _, { draws }) => change(draft, 'surname', oneOf(halves(draft.surname), draws)),
  surnameFormer: (draft, { formerSurname }) => change(draft, 'surname', formerSurname === '' ? null : formerSurname),
  surnameMissing: empty('surname'),
  namesSwapped: swapNames,
  accentsDropped: dropAccents,
  middleMissing: empty('middle'),
  middleInitial: initial('middle'),
  bornMissing: empty('born'),
  bornSwapped: (draft) => change(draft, 'born', swapped(draft.born)),
  bornDigit: (draft, _, { draws }) => change(draft, 'born', wrongDate(draft.born, draws)),
  bornFirstJanuary: (draft) => change(draft, 'born', `${draft.born.slice(0, 4)}-01-01`),
  homeFormer: (draft, { formerHome }) => {
    if (formerHome !== null) Object.assign(draft, formerHome);
    return formerHome !== null;
  },
  homeMissing: leaveOutHome,
  streetTypo: (draft, _, { draws }) => draft.street !== '' && change(draft, 'street', mistyped(draft.street, draws)),
  premisesWrong: (draft, _, { draws }) =>
    draft.premises !== '' && change(draft, 'premises', wrongFigure(draft.premises, draws)),
  premisesMissing: empty('premises'),
  postcodeMissing: empty('postcode'),
  postcodeTypo: (draft, _, { draws }) =>
    draft.postcode !== '' && change(draft, 'postcode', wrongPostcode(draft.postcode, draws)),
  phoneMissing: empty('phone'),
  phoneFormer: (draft, { formerPhone }) => change(draft, 'phone', formerPhone === '' ? null : formerPhone),
  phoneDigit: (draft, _, { draws }) => draft.phone !== '' && change(draft, 'phone', wrongFigure(draft.phone, draws)),
  phoneOfInstitution: (draft, _, { draws, institutions }) =>
    change(draft, 'phone', `01632960${String(draws.below(institutions)).padStart(3, '0')}`),
  emailMissing: empty('email'),
};
