import type { Readiness } from '../api/around.ts';
import { diskSpace } from '../database/disk.ts';
import type { Rooms } from './rooms.ts';
import type { Store } from './store.ts';

/** Something that must hold for the service to be ready, and what is wrong where it does not. */
type Check = Readiness['checks'][string];

/** Beside the rooms and the log: the disk that holds the log, the clocks, and the witness of the chains. */
export async function readinessOf(around: {
  readonly store: Store;
  readonly rooms: Rooms;
  readonly witness: () => Check;
}): Promise<Readiness['checks']> {
  // A clock that was moved in a quiet room is noticed by whoever asks for the time.
  for (const room of around.rooms.list()) around.rooms.nowIn(room);
  return { disk: await diskOf(around.store), clock: clockOf(around.rooms), witness: around.witness() };
}

/** The disk of the embedded database; that of a server of one's own cannot be seen from here. */
async function diskOf({ embedded }: Store): Promise<Check> {
  if (embedded === null) return { ok: true, says: 'On a server of its own; not seen from here.' };
  const { state, freeBytes } = await diskSpace(embedded.data);
  const free = `${Math.floor(freeBytes / 1_048_576)} MiB free`;
  if (state === 'enough') return { ok: true, says: free };
  const end = state === 'full' ? 'the log will soon not be written' : 'make room before it is full';
  return { ok: state !== 'full', says: `Only ${free}: ${end}.` };
}

function clockOf(rooms: Rooms): Check {
  const faults = rooms.list().map((room) => rooms.clockFault(room));
  const worst = Math.min(0, ...faults);
  if (worst === 0) return { ok: true, says: 'The machine’s clock agrees with the rooms’.' };
  const seconds = Math.round(-worst / 1_000);
  return {
    ok: false,
    says: `The machine’s clock stands ${seconds} s behind the room’s, which goes on counting. Set the clock right.`,
  };
}
