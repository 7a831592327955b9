import { formatInstant } from '../room/british-time.ts';
import { standingImport } from './import-rows.ts';
import { shelfSource } from './shelf-source.ts';
import type { Shelves } from './shelf-source.ts';
import type { Answer, LiveSource } from './source.ts';

/** A source whose snapshots are imported, and how old one may be before it says nothing about anybody. */
export interface RecordSourceOptions {
  readonly id: string;
  readonly staleAfterMs: number;
}

type Found = Omit<Answer, 'tookMs'>;

const reasonsMax = 10;

/**
 * Another system's records, as its last snapshot has them. What an old snapshot holds is told, with its date; that it
 * holds nothing is not: who is not in it may be in the system by now.
 */
export function recordSource(shelves: Shelves, room: string, { id, staleAfterMs }: RecordSourceOptions): LiveSource {
  const shelf = { room, source: id };
  return shelfSource(shelves, shelf, async (found) => {
    const standing = await standingImport(shelves.pool, shelf);
    if (standing === null) return unavailable('no snapshot of it has been imported to its end');
    if (shelves.now() - standing.takenAt <= staleAfterMs) return found;
    if (found.result === 'no-trace') return unavailable('its snapshot is older than it may be');
    return dated(found, `its snapshot is of ${formatInstant(standing.takenAt)}, older than it may be`);
  });
}

function unavailable(reason: string): Found {
  return { result: 'unavailable', findings: [], reason };
}

/** Says in every finding how old it is: each may be read by itself. */
function dated(found: Found, says: string): Found {
  return {
    ...found,
    findings: found.findings.map((one) => ({
      ...one,
      reasons:
        one.reasons.length < reasonsMax
          ? [...one.reasons, says]
          : [...one.reasons.slice(0, -1), `${one.reasons.at(-1) ?? ''}; ${says}`],
    })),
  };
}
