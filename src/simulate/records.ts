import type { Finding } from '../room/check.ts';
import type { Identity } from '../room/subject.ts';
import type { SourceRecord } from '../sources/source.ts';
import { between, chance, pick } from './chance.ts';
import type { County, Pair } from './county.ts';
import type { Resident } from './residents.ts';

const dayMs = 86_400_000;

/** A person as the room and its sources know them. */
export function identityOf(one: Resident): Identity {
  return { kind: 'person', name: one.name, born: one.born };
}

interface Told {
  readonly id: string;
  readonly kind: Finding['kind'];
  readonly daysAgo: number;
  readonly people: readonly Resident[];
  readonly signs: Finding['signs'];
  readonly says: string;
}

function recordOf({ id, kind, daysAgo, people, signs, says }: Told, at: number): SourceRecord {
  const [first] = people;
  const phone: readonly Identity[] = first === undefined ? [] : [{ kind: 'phone', number: first.phone.number }];
  return {
    id,
    kind,
    when: at - Math.floor((daysAgo + chance(1, 'hour', id)) * dayMs),
    names: [...people.map(identityOf), ...(first === undefined ? [] : [first.home.identity]), ...phone],
    subjects: [...people.map((one) => one.id), ...(first === undefined ? [] : [first.home.id, first.phone.id])],
    signs,
    says,
  };
}

const quarrels: readonly (readonly [says: string, signs: Finding['signs']])[] = [
  ['Neighbours reported shouting and a door broken; both spoken to, nothing alleged', ['domestic']],
  ['Reported that she was pushed and her phone taken; statement withdrawn two days later', ['domestic', 'violence']],
  ['Reported a hand round the throat; arrested, released without charge', ['domestic', 'violence', 'strangulation']],
  ['Asked at the front desk about an order; given a leaflet', ['domestic', 'asked-for-protection']],
  ['Left for a fortnight and went back; refuge place offered', ['domestic', 'separation']],
];
const pursuits: readonly (readonly [says: string, signs: Finding['signs']])[] = [
  ['Reported forty messages in a day from accounts that she does not know', ['stalking']],
  ['Reported being followed from work; statement taken', ['stalking', 'danger']],
  ['Reported him outside the house; gone on arrival', ['stalking', 'order-breach']],
  ['Said that she had been sent away when she asked for help in the spring', ['stalking', 'asked-for-protection']],
];

function pairRecords(county: County, at: number): readonly SourceRecord[] {
  const between = (pair: Pair, place: number, told: typeof quarrels): readonly SourceRecord[] =>
    told
      .filter((_, index) => (index + place) % 5 !== 4)
      .map(([says, signs], index) => {
        const id = `record-${pair.victim.id}-${index + 1}`;
        const daysAgo = 20 + index * 47 + place * 9;
        return recordOf({ id, kind: 'incident', daysAgo, people: [pair.victim, pair.suspect], signs, says }, at);
      });
  return [
    ...county.domestic.flatMap((pair, place) => between(pair, place, quarrels)),
    ...county.stalked.flatMap((pair, place) => between(pair, place, pursuits)),
    ...[...county.domestic, ...county.stalked].map(({ suspect }, place) => {
      const says = 'Custody record: assault, charged and bailed with conditions';
      const told = {
        id: `custody-${suspect.id}`,
        kind: 'custody',
        daysAgo: 90 + place * 31,
        people: [suspect],
      } as const;
      return recordOf({ ...told, signs: ['violence'], says }, at);
    }),
  ];
}

const ordinaryRecords: readonly string[] = [
  'Reported a bicycle taken from a shed',
  'Witness to a collision at a crossroads, statement given',
  'Reported fly-tipping on the verge',
  'Burglary at the address, jewellery taken, nobody found',
  'Handed in a purse with eighty pounds in it',
  'Complained of a neighbour’s music, settled between them',
  'Car window broken, nothing taken',
  'Rang about a lost dog, found the same day',
];

/**
 * What the force's own history holds when the room opens, as records of a source, told relative to that instant.
 */
export function historyOf(county: County, at: number): readonly SourceRecord[] {
  const often = county.frequent.flatMap((one) =>
    [40, 75, 130, 210].map((daysAgo, index) => {
      const says =
        'Rings most days, lonely. Plan: hear her out, write it down, visit by the team on Thursdays at three';
      return recordOf(
        { id: `plan-${one.id}-${index + 1}`, kind: 'contact', daysAgo, people: [one], signs: ['repeat'], says },
        at,
      );
    }),
  );
  const missed = county.missing.flatMap(({ person, reporter }) =>
    [35, 160].map((daysAgo, index) => {
      const says = 'Reported missing in the evening, found by the water at midnight, cold and well';
      const people = [person, reporter];
      return recordOf(
        { id: `missing-${person.id}-${index + 1}`, kind: 'incident', daysAgo, people, signs: ['vulnerable'], says },
        at,
      );
    }),
  );
  const ordinary = county.ordinary
    .filter((one) => chance(1, 'history', one.id) < 0.4)
    .map((one) => {
      const daysAgo = between(12, 900, chance(1, 'ago', one.id));
      const says = pick(ordinaryRecords, chance(1, 'says', one.id));
      return recordOf({ id: `record-${one.id}`, kind: 'incident', daysAgo, people: [one], signs: [], says }, at);
    });
  return [...pairRecords(county, at), ...often, ...missed, ...ordinary];
}
