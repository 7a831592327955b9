import type { Owner } from '../room/duty.ts';
import type { Message } from '../room/message.ts';
import type { Room } from '../room/room.ts';

/** A message that needs an answer and has none yet. */
export interface MessageLine
  extends Pick<Message, 'from' | 'to' | 'unit' | 'text' | 'urgency' | 'incident' | 'resent'> {
  readonly message: string;
  readonly sentAt: number;
  readonly forMs: number;
}

const urgencies: readonly Message['urgency'][] = ['emergency', 'prompt', 'routine'];

/** Every message that still needs its answer: the most urgent first, the longest unanswered of them first. */
export function messagesUnanswered(room: Room, now: number): readonly MessageLine[] {
  return [...room.messages.values()]
    .filter((one) => one.needsAnswer && one.acknowledgedBy === null)
    .toSorted((a, b) => urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency) || a.seq - b.seq)
    .map(({ id, from, to, unit, text, urgency, incident, resent, sentAt }) => ({
      message: id,
      from,
      to,
      unit,
      text,
      urgency,
      incident,
      resent,
      sentAt,
      forMs: Math.max(0, now - sentAt),
    }));
}

/** Whether a message is for this person, by name or by role. */
export function isMessageFor(room: Room, { to }: { readonly to: Owner | null }, staff: string): boolean {
  if (to === null) return false;
  return 'staff' in to ? to.staff === staff : room.staff.get(staff)?.role === to.role;
}
