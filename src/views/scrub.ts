import { isLongList } from '../room/change.ts';
import type { Finding } from '../room/check.ts';
import type { Ask, Duty, Why } from '../room/duty.ts';
import { letsIn } from '../room/restriction.ts';
import type { Room } from '../room/room.ts';
import { homesInText, homesOfFinding, homesOfWhy, idForm, mayHoldId } from '../room/traces.ts';
import type { Reader } from './reader.ts';
import { restrictedMatch, restrictedWords } from './words.ts';

/** Stands for the id of anything that is hidden. */
export const restrictedId = 'restricted';
/** Stands for words that tell of something hidden. */
export const restrictedText = '[restricted]';

/** What one person may see of a room: which restricted incidents are hidden from them. */
export interface Sight {
  readonly room: Room;
  readonly hides: (home: string) => boolean;
}

/** What this person may see of a room as it stands. */
export function sightOf(room: Room, { staff }: Reader): Sight {
  const found = new Map<string, boolean>();
  const hides = (home: string): boolean => {
    const known = found.get(home);
    if (known !== undefined) return known;
    const restriction = room.restrictions.get(home);
    const isHidden = restriction !== undefined && !letsIn(room, restriction, staff);
    found.set(home, isHidden);
    return isHidden;
  };
  return { room, hides };
}

/** Whether the thing of this id is hidden. */
export function isOut({ room, hides }: Sight, id: string | null | undefined): boolean {
  const home = id == null ? undefined : room.belongings.get(id);
  return home !== undefined && hides(home);
}

/** The desks to ask, or null where none of these is hidden. */
function desksOf({ room, hides }: Sight, homes: readonly string[]): string | null {
  const hidden = homes.filter(hides);
  if (hidden.length === 0) return null;
  const desks = new Set(hidden.map((home) => room.restrictions.get(home)?.desk ?? 'on-call'));
  return [...desks].toSorted((a, b) => (a < b ? -1 : 1)).join(', ');
}

/** Whether a value is a reason: nothing else has a code with the events it rests on. */
export function isWhy(value: unknown): value is Why {
  return typeof value === 'object' && value !== null && 'code' in value && 'params' in value && 'seqs' in value;
}

/** The same reason, or that a restricted record matches where it rests on anything hidden. */
export function scrubWhy(sight: Sight, why: Why): Why {
  if (why.code === restrictedMatch) return why;
  const desk = desksOf(sight, homesOfWhy(sight.room, why));
  return desk === null ? why : { code: restrictedMatch, params: { desk }, seqs: [] };
}

/** Reasons, of which those that rest on hidden records are said once for each desk: how many is hidden too. */
function scrubWhys(sight: Sight, whys: readonly Why[]): readonly Why[] {
  const told = new Set<string>();
  const kept = whys.flatMap((why) => {
    const shown = scrubWhy(sight, why);
    if (shown === why) return [why];
    const desk = String(shown.params['desk']);
    if (told.has(desk)) return [];
    told.add(desk);
    return [shown];
  });
  return told.size === 0 ? whys : kept;
}

function scrubAsk(sight: Sight, ask: Ask): Ask {
  const entries = Object.entries(ask.with).map(([field, value]) => {
    const parts = value.split(/,\s*/);
    const shown = parts.filter((part) => !isOut(sight, part));
    return [field, shown.length === parts.length ? value : shown.join(', ')] as const;
  });
  if (entries.every(([field, value]) => value === ask.with[field])) return ask;
  return { command: ask.command, with: Object.fromEntries(entries.filter(([, value]) => value !== '')) };
}

function scrubAsks(sight: Sight, asks: readonly Ask[]): readonly Ask[] {
  const shown = asks.map((ask) => scrubAsk(sight, ask));
  return shown.every((ask, place) => ask === asks[place]) ? asks : shown;
}

/** Findings without records of hidden incidents; that there is any of those is one finding for each desk. */
export function scrubFindings(sight: Sight, findings: readonly Finding[]): readonly Finding[] {
  const told = new Set<string>();
  const kept = findings.flatMap((finding): readonly Finding[] => {
    const desk = desksOf(sight, homesOfFinding(sight.room, finding));
    if (desk === null) return [finding];
    if (told.has(desk)) return [];
    told.add(desk);
    return [
      {
        id: restrictedId,
        kind: 'incident',
        subject: isOut(sight, finding.subject) ? restrictedId : finding.subject,
        others: [],
        when: 0,
        source: finding.source,
        signs: [],
        says: restrictedWords(desk),
        strength: 'strong',
        reasons: [],
      },
    ];
  });
  return told.size === 0 ? findings : kept;
}

/** Fields that hold codes of the room's own, never an id of a thing. */
const coded: ReadonlySet<string> = new Set([
  'role',
  'kind',
  'kinds',
  'state',
  'status',
  'source',
  'channel',
  'level',
  'band',
  'strength',
  'signs',
  'result',
  'outcome',
  'means',
  'type',
  'code',
  'grade',
  'current',
  'first',
  'relation',
  'speaker',
  'telling',
  'tellings',
  'observations',
  'direction',
  'identified',
  'service',
  'effect',
  'fact',
  'ending',
  'standing',
  'reads',
  'safeguard',
  'command',
  'whose',
  'urgency',
  'needs',
  'partner',
  'dangers',
]);

/** A text without the ids of anything hidden. An id that is a mere word cannot be told from the word, and stays. */
export function scrubText(sight: Sight, text: string): string {
  if (!homesInText(sight.room, text).some(sight.hides)) return text;
  return text.replaceAll(idForm, (id) => (mayHoldId(id) && isOut(sight, id) ? restrictedId : id));
}

function scrubList(sight: Sight, list: readonly unknown[]): readonly unknown[] {
  let isSame = true;
  const kept: unknown[] = [];
  for (const one of list) {
    if (typeof one === 'string' && isOut(sight, one)) {
      isSame = false;
      continue;
    }
    const shown = scrubbed(sight, one);
    isSame &&= shown === one;
    kept.push(shown);
  }
  return isSame ? list : kept;
}

function scrubField(sight: Sight, field: string, value: unknown): unknown {
  if (isWhy(value)) return scrubWhy(sight, value);
  if (field === 'why' && Array.isArray(value)) return scrubWhys(sight, value as readonly Why[]);
  if (field === 'findings') return scrubFindings(sight, value as readonly Finding[]);
  if (field === 'asks') return scrubAsks(sight, value as readonly Ask[]);
  if (field === 'gates') return onceEach(scrubList(sight, value as readonly unknown[]), value as readonly unknown[]);
  const isCode =
    coded.has(field) && (typeof value === 'string' || (Array.isArray(value) && typeof value[0] === 'string'));
  return isCode ? value : scrubAny(sight, value);
}

/** Two refusals that say no more than that something restricted matches are one. */
function onceEach(shown: readonly unknown[], before: readonly unknown[]): readonly unknown[] {
  if (shown === before) return before;
  return [...new Map(shown.map((one) => [JSON.stringify(one), one])).values()];
}

/** The same value, the very same where nothing is hidden in it, without what is. */
export function scrubbed<T>(sight: Sight, value: T): T {
  return scrubAny(sight, value) as T;
}

function scrubAny(sight: Sight, value: unknown): unknown {
  if (typeof value === 'string') return isOut(sight, value) ? restrictedId : scrubText(sight, value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return scrubList(sight, value);
  if (isLongList(value)) {
    const shown = value.map((one) => scrubAny(sight, one));
    return shown.equals(value) ? value : shown;
  }
  const fields = value as Readonly<Record<string, unknown>>;
  let changed: Record<string, unknown> | null = null;
  for (const field of Object.keys(fields)) {
    const held = fields[field];
    if (typeof held !== 'string' && (typeof held !== 'object' || held === null)) continue;
    const shown = scrubField(sight, field, held);
    if (shown !== held) (changed ??= {})[field] = shown;
  }
  return changed === null ? value : { ...fields, ...changed };
}

/** A duty as it is shown: its key goes with its first reason, and how often it was joined with any hidden one. */
export function scrubDuty(sight: Sight, duty: Duty): Duty {
  const why = scrubWhys(sight, duty.why);
  const asks = scrubAsks(sight, duty.asks);
  const key = why[0]?.code === restrictedMatch ? '' : scrubbed(sight, duty.key);
  if (why === duty.why && asks === duty.asks && key === duty.key) return duty;
  return { ...duty, why, asks, key, count: why === duty.why ? duty.count : why.length };
}

type Notes = readonly { readonly safeguard: string; readonly why: Why; readonly seq: number }[];

/** The notes on one thing, of which each safeguard says once that something restricted matches. */
export function scrubNotes(sight: Sight, notes: Notes): Notes {
  const told = new Set<string>();
  const kept = notes.flatMap((note) => {
    const why = scrubWhy(sight, note.why);
    if (why === note.why) return [note];
    const isTold = told.has(note.safeguard);
    told.add(note.safeguard);
    return isTold ? [] : [{ ...note, why }];
  });
  return told.size === 0 ? notes : kept;
}
