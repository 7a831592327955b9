import { britishClockAt } from '../room/british-time.ts';
import type { Contact } from '../room/contact.ts';
import type { Room } from '../room/room.ts';
import type { Appearance } from '../room/subject.ts';
import { appearancesOf } from '../room/subject.ts';
import { dayMs } from './spans.ts';

type Role = Appearance['role'];

/** A quotation short enough for a line, cut at a word. */
export function quoted(text: string, most = 120): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  if (flat.length <= most) return flat;
  const cut = flat.slice(0, most);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > most / 2 ? space : most)}…`;
}

/** An instant as the room's clock shows it: `21:04`. */
export function clockOf(instant: number): string {
  const { hour, minute } = britishClockAt(instant);
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** A contact in a few words: when, and what was said. */
export function toldIn(room: Room, contact: Contact): string {
  const said = contact.statements[0]?.words ?? room.incidents.get(contact.incident ?? '')?.summary;
  const sounds = contact.observations.length > 0 ? contact.observations.join(', ') : 'nothing recorded';
  return `${clockOf(contact.presentedAt)} '${said === undefined ? sounds : quoted(said, 60)}'`;
}

const kindWords = {
  phone: 'the phone number',
  place: 'the address',
  vehicle: 'the vehicle',
  account: 'the online account',
  person: 'the person',
} as const;

const personWords: Readonly<Partial<Record<Role, string>>> = {
  caller: 'the caller',
  victim: 'the victim',
  'at-risk': 'the person at risk',
  child: 'the child',
  suspect: 'the suspect',
  'possible-suspect': 'the possible suspect',
  witness: 'the witness',
  'third-party': 'the person who rang for another',
};

/** What a subject is, in plain words that tell nobody's name: a person by the role that they have in this place. */
export function subjectWords(
  room: Room,
  subject: string,
  place?: { readonly id: string; readonly contacts: readonly string[] },
): string {
  const kind = room.subjects.get(subject)?.identity.kind;
  if (kind === undefined) return 'the subject';
  if (kind !== 'person' || place === undefined) return kindWords[kind];
  const appearance = appearancesOf(room, place).find((one) => one.subject === subject);
  return (appearance === undefined ? undefined : personWords[appearance.role]) ?? kindWords[kind];
}

/** Several in one line: each once, with how many where there is more than one of a kind. */
export function listed(all: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1);
  const named = [...counts].map(([one, count]) => (count === 1 ? one : `${one} (${count})`));
  const last = named.pop() ?? '';
  return named.length === 0 ? last : `${named.join(', ')} and ${last}`;
}

/** When something was: the clock within a day, else how many days ago. */
export function agoWords(at: number, now: number): string {
  const days = Math.floor((now - at) / dayMs(1));
  return days <= 0 ? `at ${clockOf(at)}` : days === 1 ? 'a day ago' : `${days} days ago`;
}
