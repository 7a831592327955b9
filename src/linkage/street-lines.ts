/** What streets end in, with the ways in which it is shortened. */
export const streetTypes: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'road:rd street:st,str avenue:av,ave,avn lane:ln close:cl,clo court:ct,crt crescent:cr,cres,cresc drive:dr,drv ' +
    'gardens:gdns,gdn,gardn grove:gr,gro,grv place:pl square:sq terrace:ter,terr,tce park:pk way:wy hill:hl ' +
    'mews:mws green:grn walk:wlk rise: parade:pde boulevard:blvd row: view:vw buildings:bldgs alley:aly wharf:whf ' +
    'villas: passage: quay: mount:mt chase: approach: causeway: arcade:'
  )
    .split(' ')
    .flatMap((entry) => {
      const [full = '', short = ''] = entry.split(':');
      return [full, ...short.split(',').filter((one) => one !== '')].map((one) => [one, full]);
    }),
);

/** Types that hardly ever stand inside a street's own name; behind any other a street may go on: Mill Hill Road. */
const closing = new Set('road street avenue lane close crescent drive way terrace mews boulevard'.split(' '));

/** What a house or block is called last, where its street may follow without a comma. */
const buildings = new Set(
  (
    'house cottage cottages lodge farm farmhouse barn hall hotel centre church chapel school inn flats mansions ' +
    'tower towers building stores works complex estate arms surgery studios'
  ).split(' '),
);

/** Counties and countries, which people write behind a town or leave out. */
const counties = new RegExp(
  ' (?:(?:(?:north|south|east|west|greater|mid) )?(?:essex|kent|norfolk|suffolk|surrey|sussex|devon|dorset|cornwall|' +
    'cumbria|somerset|yorkshire|midlands|glamorgan|london|manchester|merseyside|durham|northumberland|rutland|' +
    'gwent|powys|dyfed|gwynedd|clwyd|fife)|[a-z]{4,}shire|beds|bucks|cambs|herts|hants|lancs|leics|lincs|northants|' +
    'notts|oxon|staffs|wilts|worcs|england|wales|scotland|uk|united kingdom)$',
);

/** A line of an address that nobody parted by commas: a building, the street, and the town behind it. */
export interface StreetLine {
  readonly before: string;
  readonly street: string;
  readonly behind: string;
}

/** What makes a park a place of work, which its street may follow. */
const working = new Set('business trading retail industrial science technology enterprise office'.split(' '));

function typeAt(words: readonly string[], at: number): string {
  const word = words[at] ?? '';
  if (word === 'park' && working.has(words[at - 1] ?? '')) return '';
  return Object.hasOwn(streetTypes, word) ? (streetTypes[word] ?? '') : '';
}

/** Where the street ends: behind its first type, or behind the second of two that stand together. */
function endOf(words: readonly string[]): number {
  for (let at = 1; at < words.length; at += 1) {
    const type = typeAt(words, at);
    const isSaint = words[at] === 'st' && at + 1 < words.length && typeAt(words, at + 2) !== '';
    if (type === '' || isSaint) continue;
    const isGoingOn = !closing.has(type) && typeAt(words, at + 1) !== '' && words[at + 1] !== 'st';
    return isGoingOn ? at + 2 : at + 1;
  }
  return words.length;
}

/** Takes a line apart where a building stands before its street or a town behind it; else it is all street. */
export function partedLine(line: string): StreetLine {
  const words = line.split(' ');
  const end = endOf(words);
  const isOneName = end < words.length && buildings.has(words.at(-1) ?? '');
  const street = isOneName ? words : words.slice(0, end);
  const house = typeAt(street, street.length - 1) === '' ? 0 : houseBefore(street);
  return {
    before: street.slice(0, house).join(' '),
    street: street.slice(house).join(' '),
    behind: isOneName ? '' : words.slice(end).join(' '),
  };
}

/** How many words before a street are a building's name; a street has two words at least. */
function houseBefore(words: readonly string[]): number {
  for (let at = words.length - 3; at > 0; at -= 1) {
    const isPark = words[at] === 'park' && working.has(words[at - 1] ?? '');
    if (isPark || buildings.has(words[at] ?? '')) return at + 1;
  }
  return 0;
}

/** A town without the counties and countries behind it. */
export function withoutCounty(town: string): string {
  return town.replace(counties, '').replace(counties, '');
}
