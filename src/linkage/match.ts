import { byStrength } from '../room/link.ts';
import type { Strength } from '../room/link.ts';
import type { Identity } from '../room/subject.ts';
import { parseAccount } from './accounts.ts';
import { comparePersons } from './persons.ts';
import { parsePhone, sayPhone } from './phones.ts';
import { comparePlaces, type PlaceLevel, parsePlace } from './places.ts';
import { markKey, parseMark } from './vehicles.ts';

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

function sayPlace({ premises, street }: Of<'place'>): string {
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

function matchVehicles(a: Of<'vehicle'>, b: Of<'vehicle'>): Match | null {
  const mine = parseMark(a.mark ?? '');
  const theirs = parseMark(b.mark ?? '');
  if (mine === null || theirs === null || markKey(mine) !== markKey(theirs)) return null;
  const mark = mine.toUpperCase();
  return mine === theirs
    ? one('certain', `same mark ${mark}`)
    : one('strong', `mark looks the same: ${mark} / ${theirs.toUpperCase()}`);
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
 * strong together with the same dwelling, number, vehicle or account, unless their dates of birth contradict it.
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
  if (beside === null || best?.strength === 'certain') return best;
  for (const mine of a)
    for (const theirs of b) {
      if (mine.kind !== 'person' || theirs.kind !== 'person') continue;
      const likeness = comparePersons(mine, theirs);
      if (likeness === null || likeness.name === 'one' || likeness.born === 'different') continue;
      return { strength: 'strong', reasons: [...likeness.reasons, ...beside.reasons] };
    }
  return best;
}

function better(held: Match | null, found: Match | null): Match | null {
  if (found === null) return held;
  return held === null || byStrength(found.strength, held.strength) < 0 ? found : held;
}
