import { readDate, sayDate } from './dates.ts';
import { Draws, spread, Weighted } from './draws.ts';
import { allFaults, bitOf, drawFault, drawSureFault } from './faults.ts';
import type { Fault, Group } from './faults.ts';
import { hasVariants } from './names.ts';
import type { NameBook } from './names.ts';
import type { Person, Population } from './population.ts';
import { badFaults, faultRates, formerInQuestions, furtherRecords, institutionsPerMillion } from './rates.ts';
import type { Origin } from './rates.ts';
import type { LinkRecord } from './record.ts';
import { hasAccents, mistyped, respelt, withoutAccents, wrongFigure } from './slips.ts';

/** A record of the invented population, with what went wrong in it. */
export interface WrittenRecord extends LinkRecord {
  readonly origin: Origin;
  /** The faults in it, a bit each: `faultsIn` names them. */
  readonly faults: number;
}

/** What somebody tells of a person who is looked for. */
export type Asking = 'all' | 'born' | 'postcode' | 'phone';

/** A question about somebody of the population. */
export interface Query {
  readonly person: Person;
  readonly record: WrittenRecord;
}

/** A kind of question: what is told, and how many faults are put in over and above the ordinary ones. */
export interface QueryKind {
  readonly id: string;
  readonly asks: Asking;
  readonly sureFaults: number;
}

/** The kinds of the bench: everything told, a name with one more thing, and both badly corrupted. */
export const queryKinds = [
  { id: 'full', asks: 'all', sureFaults: 0 },
  { id: 'name and date of birth', asks: 'born', sureFaults: 0 },
  { id: 'name and postcode', asks: 'postcode', sureFaults: 0 },
  { id: 'name and phone', asks: 'phone', sureFaults: 0 },
  { id: 'full, badly corrupted', asks: 'all', sureFaults: badFaults.all },
  { id: 'name and date of birth, badly corrupted', asks: 'born', sureFaults: badFaults.partial },
] as const satisfies readonly QueryKind[];

const purposes = { records: 2, queries: 3 };
const timesMore = new Weighted([1, 2, 3, 4], furtherRecords.times);
const groups = Object.keys(faultRates) as Group[];
const former: ReadonlySet<Fault> = new Set<Fault>(['homeFormer', 'phoneFormer']);
const missing: ReadonlySet<Fault> = new Set(allFaults.filter((fault) => fault.endsWith('Missing')));

/** The groups of faults by which a question of each kind can be spoilt. */
const spoilt: Readonly<Record<Asking, readonly Group[]>> = {
  all: ['given', 'surname', 'born', 'postcode', 'phone', 'street'],
  born: ['given', 'surname', 'born'],
  postcode: ['given', 'surname', 'postcode'],
  phone: ['given', 'surname', 'phone'],
};

interface Plan {
  /** A record of years; else a question, which tells all that it is about, and mostly how it is today. */
  readonly isOfYears: boolean;
  /** Groups of which a fault is put in for certain. */
  readonly sure: ReadonlySet<Group>;
}

const ordinary: Plan = { isOfYears: true, sure: new Set() };
const asked: Plan = { isOfYears: false, sure: new Set() };

type Draft = { -readonly [F in keyof WrittenRecord]: WrittenRecord[F] };

const particle = /^(?:al|el|ud)-/i;

/** The halves of a double surname; a particle is no half. */
function halves(surname: string): readonly string[] {
  const parts = particle.test(surname) ? [surname] : surname.split('-');
  return parts.length > 1 ? parts : [];
}

/** Writes records of people of one population, with faults at the stated rates. */
class RecordWriter {
  readonly draws = new Draws();
  private readonly names: NameBook;
  private readonly institutions: number;

  constructor(population: Population) {
    this.names = population.names;
    this.institutions = Math.max(1, Math.round((population.people * institutionsPerMillion) / 1_000_000));
  }

  write(person: Person, id: string, plan: Plan): WrittenRecord {
    const draft = faultless(person, id);
    for (const group of groups) {
      const fault = plan.sure.has(group) ? drawSureFault(group, this.draws) : drawFault(group, this.draws);
      if (fault !== null && this.mayBe(fault, plan) && this.put(fault, draft, person)) draft.faults |= bitOf(fault);
      else if (plan.sure.has(group)) this.slip(group, draft);
    }
    return draft;
  }

  private mayBe(fault: Fault, { isOfYears }: Plan): boolean {
    if (isOfYears) return true;
    return !missing.has(fault) && (!former.has(fault) || this.draws.happens(formerInQuestions));
  }

  /** Where a fault must be and the one drawn cannot be: the slip that is always possible. */
  private slip(group: Group, draft: Draft): void {
    const slips: Partial<Record<Group, Fault>> = {
      given: 'givenTypo',
      surname: 'surnameTypo',
      born: 'bornDigit',
      street: 'streetTypo',
      postcode: 'postcodeTypo',
      phone: 'phoneDigit',
    };
    const fault = slips[group];
    if (fault !== undefined && this.putSlip(fault, draft)) draft.faults |= bitOf(fault);
  }

  /** Puts a fault into a draft; false where it cannot occur in it. */
  private put(fault: Fault, draft: Draft, person: Person): boolean {
    if (fault.startsWith('given')) return this.change(draft, 'given', this.givenWith(fault, draft.given, person));
    if (fault.startsWith('surname'))
      return this.change(draft, 'surname', this.surnameWith(fault, draft.surname, person));
    if (fault.startsWith('born')) return this.change(draft, 'born', this.bornWith(fault, draft.born));
    if (fault.startsWith('phone')) return this.change(draft, 'phone', this.phoneWith(fault, draft.phone, person));
    switch (fault) {
      case 'namesSwapped':
        [draft.given, draft.surname] = [draft.surname, draft.given];
        return draft.given !== draft.surname;
      case 'accentsDropped':
        return dropAccents(draft);
      case 'middleMissing':
        return this.change(draft, 'middle', '');
      case 'middleInitial':
        return this.change(draft, 'middle', draft.middle.charAt(0));
      case 'homeFormer':
        if (person.formerHome === null) return false;
        Object.assign(draft, person.formerHome);
        return true;
      case 'homeMissing':
        draft.premises = draft.street = draft.town = draft.postcode = '';
        return true;
      case 'premisesMissing':
        return this.change(draft, 'premises', '');
      case 'postcodeMissing':
        return this.change(draft, 'postcode', '');
      case 'emailMissing':
        return this.change(draft, 'email', '');
      default:
        return this.putSlip(fault, draft);
    }
  }

  private putSlip(fault: Fault, draft: Draft): boolean {
    switch (fault) {
      case 'givenTypo':
        return this.change(draft, 'given', mistyped(draft.given, this.draws));
      case 'surnameTypo':
        return this.change(draft, 'surname', mistyped(draft.surname, this.draws));
      case 'bornDigit':
        return this.change(draft, 'born', this.bornWith(fault, draft.born));
      case 'streetTypo':
        return draft.street !== '' && this.change(draft, 'street', mistyped(draft.street, this.draws));
      case 'premisesWrong':
        return draft.premises !== '' && this.change(draft, 'premises', wrongFigure(draft.premises, this.draws));
      case 'postcodeTypo':
        return draft.postcode !== '' && this.change(draft, 'postcode', this.wrongPostcode(draft.postcode));
      case 'phoneDigit':
        return draft.phone !== '' && this.change(draft, 'phone', wrongFigure(draft.phone, this.draws));
      default:
        return false;
    }
  }

  /** Sets a field; false where that is no change, or where there was nothing to change. */
  private change(draft: Draft, field: Changeable, value: string | null): boolean {
    if (value === null || draft[field] === '' || draft[field] === value) return false;
    draft[field] = value;
    return true;
  }

  private one(others: readonly string[] | undefined): string | null {
    return others === undefined || others.length === 0 ? null : this.draws.of(others);
  }

  private givenWith(fault: Fault, given: string, person: Person): string | null {
    switch (fault) {
      case 'givenTypo':
        return mistyped(given, this.draws);
      case 'givenNickname':
        return this.one(this.names.nicknames.get(person.given.toLowerCase()));
      case 'givenInitial':
        return given.charAt(0);
      case 'givenPhonetic':
        return respelt(given, this.draws) || null;
      case 'givenVariant':
        return hasVariants(person.origin) ? this.one(this.names.variants.get(person.given.toLowerCase())) : null;
      default:
        return '';
    }
  }

  private surnameWith(fault: Fault, surname: string, person: Person): string | null {
    switch (fault) {
      case 'surnameTypo':
        return mistyped(surname, this.draws);
      case 'surnamePhonetic':
        return respelt(surname, this.draws) || null;
      case 'surnameVariant':
        return hasVariants(person.origin) ? this.one(this.names.variants.get(person.surname.toLowerCase())) : null;
      case 'surnameHalf':
        return this.one(halves(surname));
      case 'surnameFormer':
        return person.formerSurname === '' ? null : person.formerSurname;
      default:
        return '';
    }
  }

  private bornWith(fault: Fault, born: string): string | null {
    const { year, month, day } = readDate(born);
    switch (fault) {
      case 'bornSwapped':
        return day <= 12 ? sayDate({ year, month: day, day: month }) : null;
      case 'bornDigit':
        return this.wrongDate(born);
      case 'bornFirstJanuary':
        return sayDate({ year, month: 1, day: 1 });
      default:
        return '';
    }
  }

  /** A date with one figure wrong that a clerk's system would still take. */
  private wrongDate(born: string): string {
    for (let tries = 0; tries < 20; tries += 1) {
      const wrong = wrongFigure(born, this.draws);
      const { year, month, day } = readDate(wrong);
      if (year >= 1920 && year <= 2025 && month >= 1 && month <= 12 && day >= 1 && day <= 28) return wrong;
    }
    return born.slice(0, 9) + (born.endsWith('1') ? '2' : '1');
  }

  private wrongPostcode(postcode: string): string {
    const at = 2 + this.draws.below(postcode.length - 2);
    const isFigure = /\d/.test(postcode.charAt(at));
    const wrong = isFigure ? wrongFigure(postcode.charAt(at), this.draws) : 'ABDEFGHJLN'.charAt(this.draws.below(10));
    return postcode.charAt(at) === ' '
      ? postcode.replace(' ', '')
      : postcode.slice(0, at) + wrong + postcode.slice(at + 1);
  }

  private phoneWith(fault: Fault, phone: string, person: Person): string | null {
    switch (fault) {
      case 'phoneFormer':
        return person.formerPhone === '' ? null : person.formerPhone;
      case 'phoneDigit':
        return phone === '' ? null : wrongFigure(phone, this.draws);
      case 'phoneOfInstitution':
        return `01632960${String(this.draws.below(this.institutions)).padStart(3, '0')}`;
      default:
        return '';
    }
  }
}

type Changeable = 'given' | 'middle' | 'surname' | 'born' | 'premises' | 'street' | 'postcode' | 'phone' | 'email';

function dropAccents(draft: Draft): boolean {
  if (!hasAccents(draft.given) && !hasAccents(draft.surname) && !hasAccents(draft.middle)) return false;
  draft.given = withoutAccents(draft.given);
  draft.surname = withoutAccents(draft.surname);
  draft.middle = withoutAccents(draft.middle);
  return true;
}

function faultless(person: Person, id: string): Draft {
  return {
    id,
    truth: String(person.index),
    origin: person.origin,
    faults: 0,
    name: '',
    given: person.given,
    middle: person.middle,
    surname: person.surname,
    born: person.born,
    premises: person.home.premises,
    street: person.home.street,
    town: person.home.town,
    postcode: person.home.postcode,
    phone: person.phone,
    email: person.email,
    sex: person.sex,
    birthplace: '',
    occupation: '',
    ident: '',
  };
}

/** Everybody as they are, one record each without a fault: what an online bench holds. */
export function* faultlessRecords(population: Population): Generator<WrittenRecord> {
  for (const person of population.everybody()) yield faultless(person, String(person.index));
}

/**
 * Records of everybody, one each and for some of them up to four more, as years of contacts leave them. Identifiers are
 * scattered: that two stand beside one another in order of identifier says nothing.
 */
export function* records(population: Population, seed: number): Generator<WrittenRecord> {
  const writer = new RecordWriter(population);
  let ordinal = 0;
  for (const person of population.everybody()) {
    writer.draws.start(seed, purposes.records, person.index);
    const more = writer.draws.happens(furtherRecords.share) ? timesMore.draw(writer.draws) : 0;
    for (let time = 0; time <= more; time += 1) {
      yield writer.write(person, String((Math.imul(ordinal, 0x9e37_79b1) ^ spread(seed)) >>> 0), ordinary);
      ordinal += 1;
    }
  }
}

/** Questions of one kind about people of the population, drawn from all of them. */
export function* queries(population: Population, kind: QueryKind, seed: number): Generator<Query> {
  const writer = new RecordWriter(population);
  const { draws } = writer;
  const purpose = purposes.queries + queryKinds.findIndex(({ id }) => id === kind.id);
  for (let number = 0; ; number += 1) {
    draws.start(seed, purpose, number);
    const person = population.person(draws.below(population.people));
    if (kind.asks === 'phone' && person.phone === '') continue;
    const possible = spoilt[kind.asks].filter((group) => group !== 'phone' || person.phone !== '');
    const sure = kind.sureFaults === 0 ? asked : { isOfYears: false, sure: drawn(possible, kind.sureFaults, draws) };
    yield { person, record: toldOnly(writer.write(person, `q${number}`, sure), kind.asks) };
  }
}

/** Some of a list, each at most once. */
function drawn<T>(list: readonly T[], count: number, draws: Draws): ReadonlySet<T> {
  const found = new Set<T>();
  while (found.size < Math.min(count, list.length)) found.add(draws.of(list));
  return found;
}

function toldOnly(record: WrittenRecord, asks: Asking): WrittenRecord {
  if (asks === 'all') return record;
  const bare = {
    ...record,
    middle: '',
    born: '',
    premises: '',
    street: '',
    town: '',
    postcode: '',
    phone: '',
    email: '',
  };
  return { ...bare, sex: '', [asks]: record[asks] };
}
