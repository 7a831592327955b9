import type { Approval, Draft, Reason } from './define.ts';
import type { Incident } from './incident.ts';
import { spokeToCaller, spokeOn } from './incident.ts';
import type { Room } from './room.ts';

/**
 * Why an approval does not stand for what it would carry out, or null: the second person spoke to the caller, sits at
 * the proposer's own desk, or approves what was proposed before somebody told more.
 */
export function unsound(room: Room, approval: Approval, drafts: readonly Draft[]): Reason | null {
  const { second } = approval;
  const proposal = room.proposals.get(approval.decision);
  if (proposal === undefined) return { code: 'decision-unknown', says: 'There is no such proposal.' };
  const desk = room.staff.get(second)?.position ?? null;
  if (desk !== null && desk === room.staff.get(proposal.by)?.position)
    return {
      code: 'second-at-same-desk',
      says: `${proposal.by} proposed it from ${desk}; approve it from another desk.`,
    };
  for (const { ids } of drafts) {
    const incident = room.incidents.get(ids['incident'] ?? '');
    const contact = room.contacts.get(ids['contact'] ?? '');
    if (
      (incident !== undefined && spokeToCaller(room, incident).has(second)) ||
      (contact !== undefined && spokeOn(room, contact).has(second))
    )
      return { code: 'second-spoke-to-caller', says: `${second} spoke to the caller and cannot be the second person.` };
    if (incident !== undefined && newestRisk(room, incident) > proposal.seq)
      return {
        code: 'facts-changed',
        says: `More has been told on ${incident.id} since ${proposal.id} was proposed; weigh it and propose it again.`,
      };
  }
  return null;
}

/** The newest danger, floor or statement of an incident. */
function newestRisk(room: Room, incident: Incident): number {
  const seqs = [...incident.dangers, ...incident.floors, ...incident.domestic].map((one) => one.seq);
  for (const id of incident.contacts) {
    const contact = room.contacts.get(id);
    seqs.push(contact?.seq ?? 0, contact?.statements.at(-1)?.seq ?? 0);
  }
  return Math.max(0, ...seqs);
}
