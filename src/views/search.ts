import type { Room } from '../room/room.ts';
import type { Subject } from '../room/subject.ts';
import { keysOf, nameOf, phoneKey } from '../room/subject.ts';

/** One thing of the room that a search found. */
export interface Hit {
  readonly kind: 'incident' | 'contact' | 'subject' | 'unit' | 'staff';
  readonly id: string;
  /** What it is, in a line. */
  readonly says: string;
  /** Found by its very id or number, by a word it begins with, or somewhere inside. */
  readonly match: 'exact' | 'start' | 'inside';
  readonly seq: number;
}

const matches = ['exact', 'start', 'inside'] as const;

/** A text without case, accents' joining marks or punctuation, as it is searched. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function matchIn(text: string, wanted: string): Hit['match'] | null {
  const at = ` ${text}`.indexOf(` ${wanted}`);
  if (at === -1) return text.includes(wanted) ? 'inside' : null;
  return text === wanted ? 'exact' : 'start';
}

function matchSubject(subject: Subject, wanted: string, numbers: ReadonlySet<string>): Hit['match'] | null {
  if (keysOf(subject.identity).some((key) => numbers.has(key))) return 'exact';
  return matchIn(plain(nameOf(subject.identity)), wanted);
}

/** The keys under which what was typed would be a telephone number or a registration mark. */
function numbersIn(query: string): ReadonlySet<string> {
  const digits = query.replaceAll(/\D/g, '');
  const mark = plain(query).replaceAll(' ', '');
  return new Set([...(digits.length >= 6 ? [phoneKey(query)] : []), `vehicle:${mark}`]);
}

function* hitsIn(room: Room, query: string): Generator<Hit> {
  const wanted = plain(query);
  if (wanted === '') return;
  const id = query.trim().toLowerCase();
  const numbers = numbersIn(query);
  for (const one of room.incidents.values()) {
    const match = one.id === id ? 'exact' : matchIn(plain(one.summary), wanted);
    if (match !== null) yield { kind: 'incident', id: one.id, says: one.summary, match, seq: one.seq };
  }
  for (const one of room.contacts.values()) {
    const said = one.statements.find(({ words }) => plain(words).includes(wanted));
    const match = one.id === id ? 'exact' : said === undefined ? null : 'inside';
    if (match !== null)
      yield { kind: 'contact', id: one.id, says: said?.words.slice(0, 200) ?? one.channel, match, seq: one.seq };
  }
  for (const one of room.subjects.values()) {
    const match = one.id === id ? 'exact' : matchSubject(one, wanted, numbers);
    if (match !== null) yield { kind: 'subject', id: one.id, says: nameOf(one.identity), match, seq: one.seq };
  }
  for (const one of room.units.values()) if (one.id.startsWith(id)) yield hitOfId('unit', one.id, id, one.status);
  for (const one of room.staff.values()) if (one.id.startsWith(id)) yield hitOfId('staff', one.id, id, one.role);
}

function hitOfId(kind: 'unit' | 'staff', found: string, wanted: string, says: string): Hit {
  return { kind, id: found, says, match: found === wanted ? 'exact' : 'start', seq: 0 };
}

/**
 * What the room holds that answers to a few words, a number or an id: exact matches first, then the newest. The room
 * holds the present; what is older is asked of the sources.
 */
export function searchRoom(
  room: Room,
  query: string,
  most: number,
): { readonly hits: readonly Hit[]; readonly isCut: boolean } {
  const hits = [...hitsIn(room, query)].toSorted(
    (a, b) => matches.indexOf(a.match) - matches.indexOf(b.match) || b.seq - a.seq || (a.id < b.id ? -1 : 1),
  );
  return { hits: hits.slice(0, most), isCut: hits.length > most };
}
