import { z } from 'zod';
import type { Actor, StoredEvent } from '../room/define.ts';
import { id } from '../room/define.ts';

/** What the access log tells of. */
export const accessTypes = [
  'SignedIn',
  'SignedOut',
  'SignInRefused',
  'Read',
  /** Read to be given out of the room; the query says to whom. */
  'Disclosed',
  'ViewOpened',
  'ViewClosed',
  'Denied',
  'DeniedRepeatedly',
] as const;
export type AccessType = (typeof accessTypes)[number];

const longestQueryCharacters = 2_000;
const longestPurposeCharacters = 500;
const longestPlaceCharacters = 200;

/** One access: who was shown, or refused, what, up to which event of the room, why and from where. */
export interface Access {
  readonly type: AccessType;
  readonly actor: Actor;
  /** `incident:…`, `subject:…` or `room`, as events have it. */
  readonly scope: string;
  /** The incident it is about, also where the scope is a subject of it. */
  readonly incident: string | null;
  /** The room's position that was shown: with it the very picture can be rebuilt. */
  readonly upTo: number;
  /** Names the request, or the view from its opening to its closing. */
  readonly request: string;
  /** The mark of the session, or the id of the key, that it was asked with. */
  readonly session: string | null;
  /** What was looked at: the name of a view or a query. */
  readonly view: string;
  /** The words that were searched for, or the filters; personal data. */
  readonly query: string | null;
  /** Why, as they gave it. */
  readonly purpose: string | null;
  /** The address, and the desk where it is known. */
  readonly from: string;
  /** The id under which the glass was broken, where it was; a supervisor reviews each of these. */
  readonly breakGlass: string | null;
  /** How many refused attempts this line stands for; absent: one. */
  readonly count?: number;
}

/** An access as it goes into the chain, without its place. */
export interface AccessEntry {
  readonly event: Omit<StoredEvent, 'seq'>;
  readonly incident: string | null;
  readonly isBreakGlass: boolean;
}

const nothing = 'none';
const scopeForm = /^(?:room|(?:incident|subject):[a-z0-9][a-z0-9-]{0,63})$/;

function isId(text: string | null): text is string {
  return id.safeParse(text).success;
}

/**
 * The access in the form of an event, so that it is sealed as events are: `cause` is the event of the room up to which
 * was shown, `command` names the request. What is personal is in the body, which can be erased.
 */
export function entryOf(room: string, access: Access, at: number): AccessEntry {
  const { type, actor, upTo, request, session, view, breakGlass } = access;
  // What was asked for by something that is no id names nothing there is; the header holds ids only.
  const scope = scopeForm.test(access.scope) ? access.scope : 'room';
  const incident = isId(access.incident) ? access.incident : null;
  return {
    event: {
      room,
      at,
      recordedAt: at,
      actor,
      second: null,
      scope,
      type,
      version: 1,
      cause: upTo,
      command: isId(request) ? request : nothing,
      ids: {
        view: isId(view) ? view : nothing,
        ...(incident === null ? {} : { incident }),
        ...(isId(session) ? { session } : {}),
        ...(breakGlass === null ? {} : { breakGlass: isId(breakGlass) ? breakGlass : nothing }),
      },
      body: bodyOf(access),
    },
    incident,
    isBreakGlass: breakGlass !== null,
  };
}

/** What can be erased of an access. */
export const accessBody = z.strictObject({
  query: z.string().nullable(),
  purpose: z.string().nullable(),
  from: z.string(),
  count: z.int().min(1),
});
export type AccessBody = z.output<typeof accessBody>;

function bodyOf({ query, purpose, from, count = 1 }: Access): AccessBody {
  return {
    query: query === null ? null : bounded(query, longestQueryCharacters),
    purpose: purpose === null ? null : bounded(purpose, longestPurposeCharacters),
    from: bounded(from, longestPlaceCharacters),
    count,
  };
}

/** Cut to what the log holds. Half a character at the end, or a NUL, is kept as the escape that JSON gives it. */
function bounded(text: string, limit: number): string {
  return text.slice(0, limit);
}
