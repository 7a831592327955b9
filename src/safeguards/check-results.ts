import type { Check } from '../room/check.ts';
import type { Room } from '../room/room.ts';

/** The latest check of each source on each subject: one that was asked again stands for those before it. */
export function latestChecks(checks: readonly Check[]): readonly Check[] {
  const latest = new Map<string, Check>();
  for (const check of checks) {
    const key = `${check.source} ${check.subject}`;
    const held = latest.get(key);
    if (held === undefined || held.seq < check.seq) latest.set(key, check);
  }
  return [...latest.values()];
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
