import type { Identity } from '../room/subject.ts';
import { parseAccount } from './accounts.ts';
import { bornKey, parseBorn } from './births.ts';
import { parseName } from './names.ts';
import { parsePhone } from './phones.ts';
import { phoneticSkeletons } from './phonetic.ts';
import { parsePlace, placeKeys } from './places.ts';
import { markKey, parseMark } from './vehicles.ts';

/** Each name as it sounds with the opening sound of each other, in any order; and the names run together. */
function nameKeys(text: string): readonly string[] {
  const name = parseName(text);
  if (name.isGeneric) return [];
  const sounds = name.tokens.map((token) => phoneticSkeletons(token));
  const initials = sounds.map((skeletons) => new Set(skeletons.map((skeleton) => skeleton.charAt(0))));
  const keys = [`whole:${name.whole}`];
  for (const [at, skeletons] of sounds.entries())
    for (const [beside, letters] of initials.entries())
      if (at !== beside)
        for (const skeleton of skeletons) for (const letter of letters) keys.push(`name:${skeleton}|${letter}`);
  return keys;
}

/**
 * What a mention is looked up by, so that nobody compares it with everything: two mentions that match certainly or
 * strongly share at least one key. Empty where its value is worthless by itself.
 */
export function blockingKeys(one: Identity): readonly string[] {
  return [...new Set(keysFor(one))];
}

function keysFor(one: Identity): readonly string[] {
  switch (one.kind) {
    case 'person': {
      const names = [one.name, ...(one.alias ?? [])].flatMap(nameKeys);
      const born = bornKey(parseBorn(one.born ?? ''));
      return names.length === 0 || born === null ? names : [...names, `born:${born}`];
    }
    case 'place':
      return placeKeys(parsePlace(one));
    case 'phone': {
      const digits = parsePhone(one.number);
      return digits === null ? [] : [`phone:${digits}`];
    }
    case 'vehicle': {
      const mark = parseMark(one.mark ?? '');
      return mark === null ? [] : [`vehicle:${markKey(mark)}`];
    }
    case 'account': {
      const parts = parseAccount(one.platform, one.handle);
      return parts === null ? [] : [`account:${parts.platform}|${parts.bare}`];
    }
  }
}

/** Whether a mention names nobody and nothing that could be looked up: a withheld number, "unknown", a public place. */
export function isWorthless(one: Identity): boolean {
  return blockingKeys(one).length === 0;
}
