import { britishFamilies } from './nicknames-british.ts';
import { worldFamilies } from './nicknames-world.ts';
import { surnameFamilies } from './surname-table.ts';

/** Each name of a table with the heads of the families it belongs to. */
function headsByName(table: string): ReadonlyMap<string, readonly string[]> {
  const heads = new Map<string, string[]>();
  for (const family of table.split(';')) {
    const [head = '', members = ''] = family.split(':').map((part) => part.trim());
    for (const name of [head, ...members.split(/\s+/)]) {
      const known = heads.get(name);
      if (name === '') continue;
      if (known === undefined) heads.set(name, [head]);
      else if (!known.includes(head)) known.push(head);
    }
  }
  return heads;
}

const givenHeads = headsByName(`${britishFamilies};${worldFamilies}`);
const surnameHeads = headsByName(surnameFamilies);

/**
 * The names that a plain given name may be a short form, pet form or other spelling of, itself included where it heads
 * a family: liz is elizabeth, alex alexander or alexandra. Empty for a name of no family; two names that share one may
 * be of one person.
 */
export function rootsOf(given: string): readonly string[] {
  return givenHeads.get(given) ?? [];
}

/** What a surname ends in for a woman, a wife or a daughter, and what it ends in for her brother. */
const endings: readonly (readonly [RegExp, string])[] = [
  [/(?<=[a-z]{2}[sc]|[a-z]{2}dz)k[aiy]$/, 'ki'],
  [/(?<=[a-z]{2}[sc])kaya$/, 'ki'],
  [/(?<=[a-z]{2}[oe])va$/, 'v'],
  [/(?<=[a-z]{3})(?:ausk|insk)(?:as|iene|aite)$/, 'auskas'],
  [/(?<=[a-z]{3})(?:aviciene|aviciute|avicius)$/, 'avicius'],
  [/(?<=[a-z]{3})(?:iene|aite|yte|iute|ute)$/, 'as'],
];

/**
 * The families of spelling that a plain surname belongs to, for where neither letters nor sound agree: Mc and Mac, with
 * and without O, Kowalska and Kowalski, Wong and Huang. Empty for a surname with one spelling.
 */
export function variantsOf(surname: string): readonly string[] {
  const plainer = endings.reduce((name, [ending, brother]) => {
    return name === surname ? name.replace(ending, brother) : name;
  }, surname);
  const mac = /^mc(?=[a-z]{3})/.test(plainer) ? plainer.replace(/^mc/, 'mac') : plainer;
  const heads = [surname, plainer, mac].flatMap((name) => surnameHeads.get(name) ?? []);
  const isMended = mac !== surname || /^mac[a-z]{3}|[a-z]{2}(?:ski|cki|dzki|ov|ev|uskas|avicius)$/.test(surname);
  return [...new Set(isMended ? [...heads, mac] : heads)];
}
