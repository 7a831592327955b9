import type { Policy } from '../room/policy.ts';
import type { CommandData, CommandType } from '../room/vocabulary.ts';
import { chance } from './chance.ts';
import type { County, Pair } from './county.ts';
import { streetPlace } from './places.ts';
import { identityOf } from './records.ts';
import { minuteOf, shiftOf } from './staff.ts';
import type { Resident } from './residents.ts';

const dayMs = 86_400_000;

/** One command of the opening, given by the world before anybody is at work. */
export interface Opening {
  readonly type: CommandType;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a room is opened with. */
export interface OpeningOptions {
  readonly policy: Policy;
  /** Digest of the policy's text, as the room records it. */
  readonly digest: string;
  /** The instant of opening: what came before is told relative to it. */
  readonly at: number;
}

function made<T extends CommandType>(type: T, data: Partial<CommandData<T>>): Opening {
  return { type, data };
}

function people(one: Resident): readonly Opening[] {
  const { phone, car } = one;
  return [
    made('RecordSubject', { subject: one.id, identity: identityOf(one) }),
    made('RecordSubject', { subject: phone.id, identity: { kind: 'phone', number: phone.number } }),
    made('Relate', { from: one.id, to: one.home.id, relation: 'lives-at' }),
    made('Relate', { from: one.id, to: phone.id, relation: 'uses' }),
    ...(car === null
      ? []
      : [
          made('RecordSubject', {
            subject: car.id,
            identity: { kind: 'vehicle', mark: car.mark, description: car.description },
          }),
          made('Relate', { from: one.id, to: car.id, relation: 'uses' }),
        ]),
  ];
}

function homes(county: County): readonly Opening[] {
  return county.households.flatMap(({ members, tie }) => {
    const [first, ...others] = members;
    if (first === undefined) return [];
    return [
      made('RecordSubject', { subject: first.home.id, identity: first.home.identity }),
      ...members.flatMap(people),
      ...others.map((other, place) => {
        const relation = place === 0 && tie === 'partner' && other.born < '2008' ? 'partner' : 'family';
        return made('Relate', { from: first.id, to: other.id, relation });
      }),
    ];
  });
}

const reasons = {
  domestic: 'Assaults by the partner over two years; goes back and forth',
  stalked: 'Followed and written to for months; order made',
  violent: 'Violence to officers and to a former partner',
} as const;

/** Two pairs of five have been grave. */
function isGrave(_: Pair, place: number): boolean {
  return place % 5 === 1 || place % 5 === 4;
}

function markers(county: County, at: number): readonly Opening[] {
  let count = 0;
  const set = (subject: string, kind: string, reason: string): Opening => {
    count += 1;
    const reviewAt = at + Math.floor((40 + chance(1, 'review', count) * 120) * dayMs);
    return made('SetMarker', { marker: `marker-${count}`, subject, kind, reason, owner: 'specialist-1', reviewAt });
  };
  const grave = county.domestic.filter(isGrave);
  const known = county.domestic.filter((pair, place) => !isGrave(pair, place));
  // Of the stalked, two of three are to be treated as urgent.
  const urgent = county.stalked.filter((_, place) => place % 3 < 2);
  const feared = county.stalked.filter((_, place) => place % 3 > 0);
  const { copies } = county.assumed;
  return [
    ...grave.map((pair) => set(pair.victim.home.id, 'high-risk-domestic', reasons.domestic)),
    ...known.map((pair) => set(pair.victim.home.id, 'domestic-history', reasons.domestic)),
    ...urgent.map((pair) => set(pair.victim.home.id, 'treat-as-urgent', reasons.stalked)),
    ...[...grave, ...feared].map((pair) => set(pair.suspect.id, 'violent', reasons.violent)),
    ...county.missing.map(({ person }) => set(person.id, 'vulnerable', 'Has gone missing before; found in danger')),
    ...county.ordinary
      .slice(4, 4 + 2 * copies)
      .map((one) => set(one.id, 'weapons', 'Air rifle and knives taken from the address')),
  ];
}

const orderKinds = ['stalking-protection', 'restraining', 'non-molestation', 'non-molestation', 'police-bail'] as const;

function orders(county: County, at: number): readonly Opening[] {
  const under = [...county.stalked, ...county.domestic].filter(({ order }) => order !== null);
  return under.flatMap((pair, index) => {
    if (pair.order === null) return [];
    const place = pair.order - 1;
    return [
      made('RecordOrder', {
        order: `order-${index + 1}`,
        kind: orderKinds[place] ?? 'non-molestation',
        respondent: pair.suspect.id,
        protects: [pair.victim.id],
        terms: ['Not to go within a hundred metres of her home', 'Not to be in touch by any means'],
        madeAt: at - (30 + place * 23) * dayMs,
        expiresAt: at + (200 + place * 40) * dayMs,
        // Whether the fifth was served nobody has written down: a breach makes the room ask.
        service: place === 4 ? 'unknown' : 'served',
      }),
    ];
  });
}

function ties(county: County): readonly Opening[] {
  return [...county.domestic, ...county.stalked]
    .filter(({ relation }) => relation !== 'partner')
    .map(({ victim, suspect, relation }) => made('Relate', { from: victim.id, to: suspect.id, relation }));
}

/**
 * Everything that stands before the first call, as commands of the world in their order: policy, staff, units, people
 * with their homes, telephones and vehicles, public places, markers and orders. Safeguards do not answer to these.
 */
export function openingOf(county: County, { policy, digest, at }: OpeningOptions): readonly Opening[] {
  const now = shiftOf(county.assumed, minuteOf(at));
  return [
    made('AdoptPolicy', { digest, text: policy }),
    ...county.staff.flatMap(({ id, role, shift }) => [
      made('EnrolStaff', { staff: id, role }),
      ...(shift === now ? [made('SignOn', { staff: id, position: `desk-${id}` })] : []),
    ]),
    ...county.units.map(({ id, division, skills, shift }) => {
      const status = shift === now ? 'available' : 'off-duty';
      return made('EnrolUnit', { unit: id, area: division, skills: [...skills], status });
    }),
    ...[...county.places, ...county.streets.map(streetPlace)].map(({ id, identity }) =>
      made('RecordSubject', { subject: id, identity }),
    ),
    ...homes(county),
    ...ties(county),
    ...markers(county, at),
    ...orders(county, at),
  ];
}
