import type { Reason } from './define.ts';
import type { Authority } from './policy.ts';
import type { Room } from './room.ts';
import { hasAuthority } from './staff.ts';

/** Who gives the record of a matter out of the room answers for it by one of these. */
const disclosing: readonly Authority[] = ['audit', 'approve'];

/** Why this person may not give the record of a matter out of the room, or null. */
export function mayNotDisclose(room: Room, staff: string): Reason | null {
  const enrolled = room.policy.roles[room.staff.get(staff)?.enrolledAs ?? '']?.authorities ?? [];
  // Whoever audits is not at a desk.
  if (enrolled.includes('audit') || disclosing.some((one) => hasAuthority(room, staff, one))) return null;
  return { code: 'no-authority', says: `A disclosure needs one of: ${disclosing.join(', ')}.` };
}
