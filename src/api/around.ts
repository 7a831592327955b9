import type { FastifyBaseLogger } from 'fastify';
import type { AccessLog } from '../access/access-log.ts';
import type { MachineKeys } from '../access/machine-keys.ts';
import type { Oidc } from '../access/oidc.ts';
import type { FailureLimits } from '../access/rate.ts';
import type { Sessions } from '../access/sessions.ts';
import type { RoomEngine } from '../engine/engine.ts';
import type { Journal } from '../journal/journal.ts';
import type { WitnessKey } from '../journal/witness.ts';
import type { Model } from '../linkage/model.ts';
import type { Positions } from '../positions/positions.ts';
import type { Candidates } from '../sources/hits.ts';
import type { Question } from '../sources/source.ts';
import type { Words } from '../views/words.ts';
import type { MatterLinks, Past } from './past.ts';
import type { Route } from './route.ts';

/** What a service says of itself to whoever watches over it. */
export interface Readiness {
  readonly ready: boolean;
  /** Each thing that must hold, by name: whether it does, and what is wrong where it does not. */
  readonly checks: Readonly<Record<string, { readonly ok: boolean; readonly says: string }>>;
}

/** Everything that the interface needs of the rest; it reads no setting and opens no connection by itself. */
export interface Around {
  readonly rooms: {
    readonly get: (room: string) => RoomEngine | undefined;
    readonly list: () => readonly string[];
  };
  /** The time in a room: of a replay, the one that its clock shows. */
  readonly nowIn: (room: string) => number;
  /** The time on the wall, for sessions and logs. */
  readonly now: () => number;
  readonly journal: Pick<Journal, 'read' | 'head'>;
  /** Events older than memory, behind the database's own fence: `pastIn`. */
  readonly past: Past;
  /** Where a room's units are: beside the log, never in it. */
  readonly positions: (room: string) => Positions;
  /** Every event of a matter as the log has it, behind the same fence: `matterIn`. */
  readonly matter: MatterLinks;
  /** What signs a bundle that leaves the room; left out: it is not signed, and says so. */
  readonly witnessKey?: () => Promise<WitnessKey>;
  /** What the force's own history has near a question: `recordsNear`. */
  readonly recordsNear: (room: string, question: Question) => Promise<Candidates>;
  /** By what people are weighed who may be one and the same. */
  readonly model: Model;
  readonly sessions: Sessions;
  /** Sign-in through the force's directory; null where there is none. */
  readonly directory: Oidc | null;
  /** Sign-in by choosing an invented person, on this machine alone; null everywhere else. */
  readonly demonstration: { readonly isProduction: boolean } | null;
  /** The origins that this service's own pages are loaded from, the one that cookies are set for first. */
  readonly origins: readonly [URL, ...URL[]];
  /** Proxies whose word is believed about where a request came from; left out: none. */
  readonly trustedProxies?: readonly string[];
  readonly accessLog: (room: string) => AccessLog;
  readonly machineKeys: MachineKeys;
  readonly failures: FailureLimits;
  /** A secret of this installation, 32 bytes or more: stand-in names of what is hidden are made with it. */
  readonly secret: Uint8Array;
  /** What the safeguards' codes say. */
  readonly words: Words;
  readonly log: FastifyBaseLogger;
  readonly version: string;
  /** Such as live, exercise, demonstration; shown on every page. */
  readonly environment: string;
  readonly banner: string | null;
  /** What else must hold for the service to be ready: the clock, the disk, the witness. */
  readonly readiness?: () => Promise<Readiness['checks']>;
  /** Routes that others add; they are checked and published like all the rest. */
  readonly more?: readonly Route[];
}
