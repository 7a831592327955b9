import { z } from 'zod';
import type { Problem } from '../border/problem.ts';
import type { Call, Channel } from './calls.ts';
import { chance } from './chance.ts';
import type { County } from './county.ts';
import type { Matter } from './county-file.ts';
import { occupantOf } from './occupants.ts';

const minuteMs = 60_000;
/** Nothing is planted so close to the end that nobody could answer it. */
const lastMs = 3 * 60 * minuteMs;
/** Front doors from here on are those of planted callers: nobody else rings from them. */
const firstDoor = 5_000_000;

const schema = z.strictObject({
  id: z.string().regex(/^[a-z]+-\d{3}$/),
  kind: z.string().min(1).max(40),
  /** Whether somebody is in danger, or it only sounds so. */
  danger: z.boolean(),
  channel: z.enum(['999', '101', 'text', 'web', 'partner']),
  style: z.enum(['spoken', 'typed']),
  /** Minutes from the first contact, one for each text. */
  at: z.array(z.int().min(0)).min(1).max(8),
  texts: z.array(z.string().min(1).max(2_000)).min(1).max(8),
  why: z.string(),
});
/** Something that callers say, of which it is known whether it is a danger. */
export type Planted = Readonly<z.output<typeof schema>>;

const channelOf: Readonly<Record<Planted['channel'], Channel>> = {
  '999': '999',
  '101': '101',
  text: 'text',
  web: 'web-form',
  partner: 'partner-mail',
};

/** Reads planted dangers, one JSON object a line; a line that is not one is a problem with its number. */
export function readPlanted(
  text: string,
  file: string,
): { readonly planted: readonly Planted[]; readonly problems: readonly Problem[] } {
  const planted: Planted[] = [];
  const problems: Problem[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const one = readLine(line);
    if (typeof one === 'string') problems.push({ file, line: index + 1, column: 1, field: '', message: one });
    else planted.push(one);
  }
  return { planted, problems };
}

function readLine(line: string): Planted | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'This line is not JSON.';
  }
  const read = schema.safeParse(value);
  if (!read.success)
    return `This is no planted danger: ${read.error.issues[0]?.path.join('.')} ${read.error.issues[0]?.message}.`;
  return read.data.at.length === read.data.texts.length ? read.data : 'There is one time for each text.';
}

/**
 * What a handler makes of it who hears nothing in it: recorded, told so, closed. Whatever is done beyond that, the room
 * made them do.
 */
const unheard: Matter = {
  id: 'planted',
  weight: 1,
  ends: 'told',
  channels: ['101'],
  kinds: ['other'],
  scene: 'home',
  caller: 'caller',
  people: [],
  grade: 'resolution',
  units: 1,
  says: [],
  adds: [],
  summary: 'Recorded as told',
  risk: {
    threat: 'Not asked',
    harm: 'Not asked',
    risk: 'Not asked',
    investigation: 'Nothing to secure',
    vulnerability: 'Not asked',
    engagement: 'Content with what was said',
    level: 'low',
  },
  tells: { telling: 'informed', words: 'It is recorded, and you have the number' },
  promise: false,
  ambulance: false,
  reasons: [],
  closes: ['Recorded and advice given'],
};

/** A contact of a planted danger, with what it is. */
export interface PlantedCall {
  readonly call: Call;
  readonly planted: Planted;
  /** Which of its texts this one tells. */
  readonly part: number;
}

interface Span {
  readonly from: number;
  readonly until: number;
}

/** The contacts of one planted danger: one caller, from one home, by one number. */
function callsOf(
  county: County,
  one: Planted,
  { begins, door }: { readonly begins: number; readonly door: number },
): readonly PlantedCall[] {
  const caller = occupantOf(county, firstDoor + door);
  const channel = channelOf[one.channel];
  const isSpoken = channel === '999' || channel === '101' || channel === 'text';
  return one.texts.map((words, part) => ({
    planted: one,
    part,
    call: {
      id: `call-planted-${one.id}-${part + 1}`,
      incident: `job-planted-${one.id}-${part + 1}`,
      at: begins + (one.at[part] ?? 0) * minuteMs,
      kind: 'matter',
      matter: unheard,
      isDanger: one.danger,
      channel,
      words: [words],
      heard: null,
      phone: isSpoken
        ? { subject: caller.phone.id, identity: { kind: 'phone', number: caller.phone.number }, role: 'used' }
        : null,
      scene: { subject: caller.home.id, identity: caller.home.identity, role: 'scene' },
      place: caller.home,
      fix: null,
      people: [
        { subject: caller.id, identity: { kind: 'person', name: caller.name, born: caller.born }, role: 'caller' },
      ],
    },
  }));
}

/** Strews planted dangers over a span of time; what is too long for it is left out, and named. */
export function plant(
  county: County,
  planted: readonly Planted[],
  { seed, from, until }: Span & { readonly seed: number },
): { readonly calls: readonly PlantedCall[]; readonly leftOut: readonly string[] } {
  const calls: PlantedCall[] = [];
  const leftOut: string[] = [];
  for (const [door, one] of planted.entries()) {
    const room = until - lastMs - from - Math.max(...one.at) * minuteMs;
    if (room <= 0) {
      leftOut.push(one.id);
      continue;
    }
    const begins = from + Math.floor(chance(seed, 'planted', one.id) * room);
    calls.push(...callsOf(county, one, { begins, door }));
  }
  return { calls: calls.toSorted((a, b) => a.call.at - b.call.at), leftOut };
}
