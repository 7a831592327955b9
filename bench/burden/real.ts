import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Call, Channel } from '../../src/simulate/calls.ts';
import type { County } from '../../src/simulate/county.ts';
import type { Matter } from '../../src/simulate/county-file.ts';

/** Real police calls, where they are; no record of them is in the project. */
const file = '../shared/data/traffic/police-calls-rehomed.csv.gz';
const dayMs = 86_400_000;
/** Days of the file that come before those that are lived through, as history. */
const historyDays = 28;

/** What a type of the file is most like among the matters of the invented county; anything else is like a dispute. */
const likes: readonly (readonly [type: RegExp, matter: string, channel: Channel])[] = [
  [/SHOTSPOTTER|SHOTS FIRED|SHOOT/, 'alarm-sounding', '101'],
  [/ABANDON|911/, 'toddler-phone', '999'],
  [/ACC PDO|ACC /, 'collision-standing', '101'],
  [/WELFARE/, 'welfare-neighbour', '101'],
  [/TRBL|FIGHT|BATTERY|DISTURB/, 'pub-dispute', '999'],
  [/THEFT|STOLEN|RETAIL/, 'shop-theft', '101'],
  [/NOISE|LOUD/, 'noise-earlier', '101'],
  [/ALARM/, 'alarm-sounding', 'alarm'],
  [/PARK|TRAF/, 'parking-dispute', '101'],
  [/ENTRY|BURG/, 'burglary-found', '101'],
];

/** Why there is nothing to run, or null. */
export function whyNoFile(): string | null {
  return existsSync(file) ? null : `The real calls are not here (${file}): that part is left out.`;
}

function likeOf(county: County, type: string): { readonly matter: Matter; readonly channel: Channel } {
  const [, id, channel] = likes.find(([pattern]) => pattern.test(type)) ?? [null, 'pub-dispute', '101' as const];
  const matter = county.matters.find((one) => one.id === id);
  if (matter === undefined) throw new Error(`the county has no matter ${id}`);
  return { matter, channel };
}

/**
 * The public calls of the file up to so many days after an instant, most of them before it as history: their times and
 * their addresses are real, the words
 * are those of the type and nothing more, and nobody gives a name or a number, for the file has none.
 */
export function realCalls(
  county: County,
  { from, days }: { readonly from: number; readonly days: number },
): readonly Call[] {
  const [, ...lines] = gunzipSync(readFileSync(file)).toString('utf8').split(/\r?\n/);
  const rows = lines
    .map((line) => line.split(','))
    .filter((row) => row.at(-1) === 'public_or_other_agency')
    .map((row) => ({
      at: Date.parse(`${row[1] ?? ''}Z`),
      premise: row[2] ?? '',
      street: row[4] ?? '',
      type: row[9] ?? '',
    }))
    .filter(({ at }) => Number.isFinite(at))
    .toSorted((a, b) => a.at - b.at);
  const start = Math.ceil((rows[0]?.at ?? 0) / dayMs) * dayMs + historyDays * dayMs;
  const streets = new Map([...new Set(rows.map(({ street }) => street))].map((street, place) => [street, place]));
  return rows
    .filter(({ at }) => at < start + days * dayMs)
    .map(({ at, premise, street, type }, place): Call => {
      const { matter, channel } = likeOf(county, type);
      const identity = {
        kind: 'place',
        premises: premise,
        street: `Street ${streets.get(street) ?? 0}`,
        town: 'The city of the file',
      } as const;
      const scene = {
        id: `real-${premise}`.toLowerCase(),
        kind: 'home',
        identity,
        division: 'kellow',
        at: [0, 0],
      } as const;
      return {
        id: `call-real-${place}`,
        incident: `job-real-${place}`,
        at: from + (at - start),
        kind: 'matter',
        matter: { ...matter, ambulance: false },
        channel,
        words: [type],
        heard: null,
        phone: null,
        scene: { subject: scene.id, identity, role: 'scene' },
        place: scene,
        fix: null,
        people: [],
      };
    })
    .toSorted((a, b) => a.at - b.at);
}
