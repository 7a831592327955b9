import type { Slice } from '../../../room/snapshot.ts';
import type { UnitPosition } from '../../../room/unit-position.ts';
import type { Shown } from '../../../views/redact.ts';

/** A command as it is given: its id is its own, and the same id is the same command however often it is sent. */
export interface Given {
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The reason of somebody with the authority to go past a refusal. */
  readonly override?: string | undefined;
  /** When it happened, where that was not when it was given: what is entered from paper. */
  readonly at?: number | undefined;
}

/** A command that is kept on this machine until the room has answered it. */
export interface Kept extends Given {
  readonly room: string;
  /** Whose it is: nobody else's session sends it. */
  readonly person: string;
  /** When it happened or was given, milliseconds by the room's clock as it was told here. */
  readonly at: number;
  /** Its place among what this machine gave. */
  readonly place: number;
}

/** A safeguard that refuses, why, and what would satisfy it. */
export interface ToldGate {
  readonly safeguard: string;
  readonly why: { readonly says: string };
  readonly asks: readonly { readonly command: string; readonly with: Readonly<Record<string, string>> }[];
}

/** What the room answered to a command. */
export type CommandAnswer =
  | { readonly outcome: 'done'; readonly seq: number }
  | {
      readonly outcome: 'refused';
      /** Stable code of the problem, such as `command-refused` or `invalid-input`. */
      readonly code: string;
      readonly says: string;
      readonly faults: readonly { readonly field: string; readonly says: string }[];
      readonly gates: readonly ToldGate[];
      /** Whether whoever asked may go past the gates with a reason; null where nobody may. */
      readonly mayOverride: boolean | null;
    };

/** How a window stands to its room; nothing of it is guessed. */
export interface Standing {
  readonly state: 'loading' | 'live' | 'reconnecting' | 'offline' | 'signed-out';
  /** The newest place of the log that is folded here, and the newest that the service has told of. */
  readonly seq: number;
  readonly head: number;
  /** The room's time when the service was last heard, and this machine's then; milliseconds. */
  readonly roomAt: number;
  readonly heardAt: number;
  /** How the room stands at the service: anything but `writing` takes no commands. */
  readonly roomState: string;
}

/** What a window says to the link. */
export type ToLink =
  | { readonly kind: 'enter'; readonly room: string; readonly person: string }
  | { readonly kind: 'give'; readonly given: Given }
  /** Whether this window shows where units are: others are not told of it. */
  | { readonly kind: 'watch-positions'; readonly isWatching: boolean }
  | { readonly kind: 'left' };

/** What the link says to its windows. */
export type FromLink =
  | { readonly kind: 'room'; readonly slices: readonly Slice[] }
  | { readonly kind: 'shown'; readonly shown: readonly Shown[] }
  | { readonly kind: 'standing'; readonly standing: Standing }
  | { readonly kind: 'kept'; readonly kept: readonly Kept[] }
  /** Where units are now; `isWhole`: and of no others is anything known. */
  | { readonly kind: 'positions'; readonly isWhole: boolean; readonly positions: readonly UnitPosition[] }
  /** What became of a command; told to the window that gave it, and to all where that is gone. */
  | { readonly kind: 'answered'; readonly given: Given; readonly answer: CommandAnswer }
  /** Said now and then: a window that does not hear it has lost its link. */
  | { readonly kind: 'here' };
