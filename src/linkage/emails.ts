import { plain } from './letters.ts';

/** An e-mail address in comparable parts. */
export interface EmailParts {
  /** As it would be delivered: lower case, no tag behind a plus, no dots where the house ignores them. */
  readonly address: string;
  readonly local: string;
  readonly domain: string;
}

/** Houses that deliver a.b@ and ab@ to one box, under all their names. */
const dotless: Readonly<Record<string, string>> = { 'gmail.com': 'gmail.com', 'googlemail.com': 'gmail.com' };

/** Slips in the domains that most people have. */
const slips: Readonly<Record<string, string>> = {
  'gmial.com': 'gmail.com',
  'gmai.com': 'gmail.com',
  'gmail.co.uk': 'gmail.com',
  'gmail.con': 'gmail.com',
  'hotmial.com': 'hotmail.com',
  'hotmail.con': 'hotmail.com',
  'outlook.con': 'outlook.com',
  'yahoo.con': 'yahoo.com',
};

/** Boxes that many people share, or that are written when there is none. */
const genericLocal = new RegExp(
  '^(?:info|admin|office|enquir(?:y|ies)|contact|mail|email|sales|support|help|reception|no-?reply|donotreply|' +
    'none|no|not|noemail|unknown|unk|na|n\\.?a|nk|refused|declined|notgiven|not\\.given|test|anon(?:ymous)?|' +
    'me|a|x+|abc|aaa|someone|nobody|noone|customer|private|police|control(?:room)?|call(?:handler|s)?)$',
);
const genericDomain = /^(?:example|test|none|unknown|noemail|email|invalid|noreply)\.|\.(?:invalid|test)$/;

/** Characters read of an address as it was typed; the longest that can be delivered has 254. */
const textMax = 320;

/** Takes an e-mail address apart; null if it is none, or names nobody. */
export function parseEmail(text: string): EmailParts | null {
  const written = plain(text.slice(0, textMax))
    .replaceAll(/[\s<>"']/g, '')
    .replace(/^mailto:/, '')
    .replace(/[.,;]+$/, '');
  const found = /^([a-z0-9!#$%&*+/=?^_{|}~.-]{1,64})@([a-z0-9.-]+\.[a-z]{2,})$/.exec(written);
  if (found === null) return null;
  const [, name = '', house = ''] = found;
  const named = Object.hasOwn(slips, house) ? (slips[house] ?? house) : house;
  const domain = Object.hasOwn(dotless, named) ? (dotless[named] ?? named) : named;
  const untagged = name.replace(/(?<=.)\+.*$/, '');
  const local = Object.hasOwn(dotless, named) ? untagged.replaceAll('.', '') : untagged;
  if (local === '' || genericLocal.test(local) || genericDomain.test(domain)) return null;
  return { address: `${local}@${domain}`, local, domain };
}
