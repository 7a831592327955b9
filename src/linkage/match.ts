import { byStrength } from '../room/link.ts';
import type { Strength } from '../room/link.ts';
import type { Identity } from '../room/subject.ts';
import { parseAccount } from './accounts.ts';
import { comparePersons, type Likeness } from './persons.ts';
import { parsePhone, sayPhone } from './phones.ts';
import { comparePlaces, type PlaceLevel, parsePlace } from './places.ts';
import { compareMarks, type MarkLevel, parseMark } from './vehicles.ts';

/** That two mentions may be of the same one: how surely, and why, in words for a tired person. */
export interface Match {
  readonly strength: Strength;
  readonly reasons: readonly string[];
}

type Of<K extends Identity['kind']> = Extract<Identity, { kind: K }>;

function one(strength: Strength, reason: string): Match {
  return { strength, reasons: [reason] };
}

function matchPersons(a: Of<'person'>, b: Of<'person'>): Match | null {
  const likeness = comparePersons(a, b);
  if (likeness === null || likeness.strength === null) return null;
  return { strength: likeness.strength, reasons: likeness.reasons };
}

const placeSays: Readonly<Record<PlaceLevel, readonly [Strength, string]>> = {
  dwelling: ['strong', 'same dwelling'],
  building: ['weak', 'same building, the flat different or not given'],
  elsewhere: ['weak', 'same house and street, another town given'],
  street: ['weak', 'same street'],
};

/** A place in a few words: its premises and street. */
export function sayPlace({ premises, street }: Of<'place'>): string {
  const line = premises === undefined ? street : `${premises}, ${street}`;
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}

function matchPlaces(a: Of<'place'>, b: Of<'place'>): Match | null {
  const level = comparePlaces(parsePlace(a), parsePlace(b));
  if (level === null) return null;
  const [strength, says] = placeSays[level];
  const [mine, theirs] = level === 'street' ? [a.street, b.street] : [sayPlace(a), sayPlace(b)];
  return one(strength, `${says}: ${mine === theirs ? mine : `${mine} / ${theirs}`}`);
}

function matchPhones(a: Of<'phone'>, b: Of<'phone'>): Match | null {
  const number = parsePhone(a.number);
  return number === null || number !== parsePhone(b.number) ? null : one('certain', `same number ${sayPhone(number)}`);
}

const markSays: Readonly<Record<MarkLevel, readonly [Strength, string]>> = {
  same: ['certain', 'same mark'],
  looks: ['strong', 'mark looks the same'],
  slip: ['weak', 'mark one sign different'],
  partial: ['weak', 'mark seen in part fits'],
};

function matchVehicles(a: Of<'vehicle'>, b: Of<'vehicle'>): Match | null {
  const level = compareMarks(a.mark ?? '', b.mark ?? '');
  if (level === null) return null;
  const [strength, says] = markSays[level];
  const [mine, theirs] = [a, b].map(({ mark = '' }) => {
    const said = level === 'partial' ? null : parseMark(mark);
    return (said ?? mark.slice(0, 40)).toUpperCase();
  });
  return one(strength, level === 'same' ? `${says} ${mine}` : `${says}: ${mine} / ${theirs}`);
}

function matchAccounts(a: Of<'account'>, b: Of<'account'>): Match | null {
  const mine = parseAccount(a.platform, a.handle);
  const theirs = parseAccount(b.platform, b.handle);
  if (mine === null || theirs === null || mine.platform !== theirs.platform || mine.bare !== theirs.bare) return null;
  const handle = mine.handle.slice(0, 80);
  return mine.handle === theirs.handle
    ? one('certain', `same ${mine.platform} account ${handle}`)
    : one(
        'strong',
        `${mine.platform} account differs only in dots or lines: ${handle} / ${theirs.handle.slice(0, 80)}`,
      );
}

/**
 * Whether two mentions may be of the same one; null where nothing particular ties them. Symmetric in strength; the
 * reasons name the first one first. What many unconnected people share is worth nothing by itself.
 */
export function matchIdentities(a: Identity, b: Identity): Match | null {
  if (a.kind === 'person') return b.kind === 'person' ? matchPersons(a, b) : null;
  if (a.kind === 'place') return b.kind === 'place' ? matchPlaces(a, b) : null;
  if (a.kind === 'phone') return b.kind === 'phone' ? matchPhones(a, b) : null;
  if (a.kind === 'vehicle') return b.kind === 'vehicle' ? matchVehicles(a, b) : null;
  return b.kind === 'account' ? matchAccounts(a, b) : null;
}

/**
 * The best match between two groups of mentions, each from one contact or record. Two people whose names agree are
 * strong together with the same dwelling, number, vehicle or account, unless their dates of birth contradict it; and so
 * are two people of the one who are both like two people of the other, in name and in birth.
 */
export function matchTogether(a: readonly Identity[], b: readonly Identity[]): Match | null {
  let best: Match | null = null;
  let beside: Match | null = null;
  for (const mine of a)
    for (const theirs of b) {
      const match = matchIdentities(mine, theirs);
      best = better(best, match);
      if (mine.kind !== 'person' && match !== null && match.strength !== 'weak') beside = better(beside, match);
    }
  if (best?.strength === 'certain') return best;
  if (beside === null && !(areSeveral(a) && areSeveral(b))) return best;
  const likenesses = likenessesOf(a, b);
  const named = beside === null ? undefined : likenesses.find(({ name }) => name !== 'one');
  if (beside !== null && named !== undefined)
    return { strength: 'strong', reasons: [...named.reasons, ...beside.reasons] };
  return bothOf(likenesses) ?? best;
}

function areSeveral(mentions: readonly Identity[]): boolean {
  return mentions.filter(({ kind }) => kind === 'person').length > 1;
}

/** Two people as they stand to one another, and which of either group they are. */
interface Pair extends Likeness {
  readonly mine: Identity;
  readonly theirs: Identity;
}

function likenessesOf(a: readonly Identity[], b: readonly Identity[]): readonly Pair[] {
  return a.flatMap((mine) =>
    b.flatMap((theirs) => {
      const likeness = mine.kind === 'person' && theirs.kind === 'person' ? comparePersons(mine, theirs) : null;
      return likeness === null ? [] : [{ ...likeness, mine, theirs }];
    }),
  );
}

/** Two different people who are each like another of two, in name and in birth: neither is so by chance. */
function bothOf(likenesses: readonly Pair[]): Match | null {
  const born = likenesses.filter((one) => one.strength !== null && one.born !== 'unknown' && one.born !== 'year');
  for (const [at, one] of born.entries()) {
    const other = born.slice(at + 1).find(({ mine, theirs }) => mine !== one.mine && theirs !== one.theirs);
    if (other !== undefined) return { strength: 'strong', reasons: [...one.reasons, ...other.reasons] };
  }
  return null;
}

function better(held: Match | null, found: Match | null): Match | null {
  if (found === null) return held;
  return held === null || byStrength(found.strength, held.strength) < 0 ? found : held;
}
