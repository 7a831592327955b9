import { britishClockAt } from '../room/british-time.ts';
import type { Contact } from '../room/contact.ts';
import type { Room } from '../room/room.ts';

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

/** What kind of thing a subject is, in plain words that tell nobody's name. */
export function subjectWords(room: Room, subject: string): string {
  const kind = room.subjects.get(subject)?.identity.kind;
  return kind === undefined ? 'the subject' : kindWords[kind];
}
