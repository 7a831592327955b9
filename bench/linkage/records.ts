import { Draws, spread, Weighted } from './draws.ts';
import { allFaults, bitOf, drawFault, drawSureFault } from './faults.ts';
import type { Fault, Group } from './faults.ts';
import type { Person, Population } from './population.ts';
import { puts } from './putting.ts';
import type { Draft, Kit, WrittenRecord } from './putting.ts';
import { badFaults, faultRates, formerInQuestions, furtherRecords, institutionsPerMillion } from './rates.ts';

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

/** The slip that can always be made, where some fault of a group must be and the one drawn cannot be. */
const slips: Partial<Record<Group, Fault>> = {
  given: 'givenTypo',
  surname: 'surnameTypo',
  born: 'bornDigit',
  street: 'streetTypo',
  postcode: 'postcodeTypo',
  phone: 'phoneDigit',
};

interface Plan {
  /** A record of years; else a question, which tells all that it is about, and mostly how it is today. */
  readonly isOfYears: boolean;
  /** Groups of which a fault is put in for certain. */
  readonly sure: ReadonlySet<Group>;
}

const ordinary: Plan = { isOfYears: true, sure: new Set() };
const asked: Plan = { isOfYears: false, sure: new Set() };

/** Writes records of people of one population, with faults at the stated rates. */
class RecordWriter {
  readonly draws = new Draws();
  private readonly kit: Kit;

  constructor({ names, people }: Population) {
    const institutions = Math.max(1, Math.round((people * institutionsPerMillion) / 1_000_000));
    this.kit = { draws: this.draws, names, institutions };
  }

  write(person: Person, id: string, plan: Plan): WrittenRecord {
    const draft = faultless(person, id);
    for (const group of groups) {
      const fault = plan.sure.has(group) ? drawSureFault(group, this.draws) : drawFault(group, this.draws);
      if (fault !== null && this.mayBe(fault, plan) && puts[fault](draft, person, this.kit))
        draft.faults |= bitOf(fault);
      else if (plan.sure.has(group)) this.slip(group, draft, person);
    }
    return draft;
  }

  private mayBe(fault: Fault, { isOfYears }: Plan): boolean {
    if (isOfYears) return true;
    return !missing.has(fault) && (!former.has(fault) || this.draws.happens(formerInQuestions));
  }

  /** Where a fault must be and the one drawn cannot be: the slip that is always possible. */
  private slip(group: Group, draft: Draft, person: Person): void {
    const fault = slips[group];
    if (fault !== undefined && puts[fault](draft, person, this.kit)) draft.faults |= bitOf(fault);
  }
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

/** Everybody as they are, one record each without a fault: what an online bench holds; or one part of so many. */
export function* faultlessRecords(population: Population, part = 0, parts = 1): Generator<WrittenRecord> {
  for (const person of population.everybody(part, parts)) yield faultless(person, String(person.index));
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
