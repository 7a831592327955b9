import type { Access } from './access.ts';

/** How many refused attempts of one actor are listed one by one in each span; the rest of the span is counted. */
export const deniedListed = 20;
const spanMs = 60_000;
/** How many actors are counted apart; beyond that all others are counted together. */
const actorsCounted = 5_000;
const lookedThroughEveryMs = 1_000;

/** Keeps refused attempts from filling the log, without losing that they happened. */
export interface DeniedCounts {
  /** Counts an attempt. Gives what is to be written now: the attempt, unless it is only counted, and counts now due. */
  readonly count: (access: Access) => readonly Access[];
  /** Every count that has not been written, due or not; they begin anew. */
  readonly all: () => readonly Access[];
}

interface Span {
  readonly since: number;
  readonly listed: number;
  /** The last attempt that was counted only, and how many there were. */
  readonly counted: { readonly last: Access; readonly times: number } | null;
}

const everybodyElse = 'everybody else';

/** Makes the counts of one room in one process; the time is handed in. */
export function deniedCounts(now: () => number): DeniedCounts {
  const spans = new Map<string, Span>();
  let lookedThroughAt = Number.NEGATIVE_INFINITY;
  const close = (key: string, span: Span): readonly Access[] => {
    spans.delete(key);
    if (span.counted === null) return [];
    const { last, times } = span.counted;
    return [{ ...(key === everybodyElse ? ofSeveral(last) : last), type: 'DeniedRepeatedly', count: times }];
  };
  const isOver = (span: Span): boolean => now() - span.since >= spanMs || now() < span.since;
  const closeThose = (isTaken: (span: Span) => boolean): readonly Access[] =>
    [...spans].filter(([, span]) => isTaken(span)).flatMap(([key, span]) => close(key, span));
  const due = (key: string): readonly Access[] => {
    const own = spans.get(key);
    const ofOwn = own !== undefined && isOver(own) ? close(key, own) : [];
    if (Math.abs(now() - lookedThroughAt) < lookedThroughEveryMs) return ofOwn;
    lookedThroughAt = now();
    return [...ofOwn, ...closeThose(isOver)];
  };
  return {
    count: (access) => {
      const own = keyOf(access);
      const written = due(own);
      const key = spans.has(own) || spans.size < actorsCounted ? own : everybodyElse;
      const { since, listed, counted } = spans.get(key) ?? { since: now(), listed: 0, counted: null };
      const isListed = listed < deniedListed;
      spans.set(key, {
        since,
        listed: listed + (isListed ? 1 : 0),
        counted: isListed ? counted : { last: access, times: (counted?.times ?? 0) + 1 },
      });
      return isListed ? [...written, access] : written;
    },
    all: () => closeThose(() => true),
  };
}

/** Somebody unknown is told apart by where they are. */
function keyOf({ actor, session, from }: Access): string {
  return session === null ? `from ${from}` : `${actor.kind}:${actor.id}`;
}

function ofSeveral(last: Access): Access {
  const actor = { kind: 'machine', id: 'access-log' } as const;
  return { ...last, actor, scope: 'room', incident: null, session: null, query: null, purpose: null, from: 'several' };
}
