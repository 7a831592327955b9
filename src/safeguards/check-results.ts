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

/** What kind of thing a subject is, in plain words that tell nobody's name. */
export function subjectWords(room: Room, subject: string): string {
  switch (room.subjects.get(subject)?.identity.kind) {
    case 'phone':
      return 'the phone number';
    case 'place':
      return 'the address';
    case 'vehicle':
      return 'the vehicle';
    case 'account':
      return 'the online account';
    case 'person':
      return 'the person';
    default:
      return 'the subject';
  }
}
