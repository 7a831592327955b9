import { readEvents } from '../journal/rows.ts';
import type { Asks } from '../journal/rows.ts';
import { heldAmong } from '../room/erasure.ts';
import type { Room } from '../room/room.ts';

/** What became of a decision to erase what the access log says beside who read what. */
export type AccessErasing =
  | { readonly kind: 'erased'; readonly erased: number }
  | { readonly kind: 'refused'; readonly says: string };

export interface AccessEraseAround {
  readonly service: Asks;
  /** As heed_eraser, who may do nothing else. */
  readonly eraser: Asks;
  /** The room as it stands at the end of its log. */
  readonly room: Room;
}

/**
 * Carries out what a decision of the room's log says of the access log: the words of every access that it names, or
 * none. That somebody read something stays; refused where a line is about something under legal hold.
 */
export async function eraseAccesses(around: AccessEraseAround, decision: number): Promise<AccessErasing> {
  const { service, eraser, room } = around;
  const [event] = await readEvents(service, room.id, { after: decision - 1, limit: 1 });
  if (event?.type !== 'ErasureDecided' || event.body === null)
    return { kind: 'refused', says: `event ${decision} of room ${room.id} decides no erasure` };
  const { accesses } = event.body as { readonly accesses: readonly number[] };
  const { rows } = await service.query<{ seq: number; scope: string; incident: string | null }>(
    'select seq, scope, incident from heed.access_event where room = $1 and seq = any ($2::bigint[]) order by seq',
    [room.id, accesses],
  );
  for (const { seq, scope, incident } of rows) {
    const held = heldAmong(room, [scope.slice(scope.indexOf(':') + 1), incident ?? '']);
    if (held !== null)
      return { kind: 'refused', says: `access ${seq} tells of ${held.id}, which is held for harm ${held.harm}` };
  }
  const gone = await eraser.query<{ erased: number }>('select heed.erase_access_bodies($1, $2, $3) as erased', [
    room.id,
    decision,
    room.seq,
  ]);
  return { kind: 'erased', erased: gone.rows[0]?.erased ?? 0 };
}
