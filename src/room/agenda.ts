/**
 * What falls due when: a persistent leftist heap ordered by (at, duty seq, rung). Entries are never removed from the
 * middle; one whose duty has moved on is stale and is dropped when it reaches the top.
 */
export interface Agenda {
  readonly rank: number;
  readonly entry: AgendaEntry;
  readonly left: Agenda | null;
  readonly right: Agenda | null;
}

export interface AgendaEntry {
  readonly at: number;
  /** `seq` of the event that opened the duty. */
  readonly seq: number;
  /** Steps the duty had taken when the entry was made; a duty that has taken more makes it stale. */
  readonly steps: number;
  readonly duty: string;
}

/** The agenda with one entry more. */
export function schedule(agenda: Agenda | null, entry: AgendaEntry): Agenda {
  const single: Agenda = { rank: 1, entry, left: null, right: null };
  return agenda === null ? single : merge(agenda, single);
}

/** The agenda without its first entry. */
export function withoutFirst(agenda: Agenda): Agenda | null {
  if (agenda.left === null) return agenda.right;
  return agenda.right === null ? agenda.left : merge(agenda.left, agenda.right);
}

function comesBefore(a: AgendaEntry, b: AgendaEntry): boolean {
  if (a.at !== b.at) return a.at < b.at;
  return a.seq === b.seq ? a.steps < b.steps : a.seq < b.seq;
}

/** Merges along the right spines, whose length is at most log2(n + 1). */
function merge(a: Agenda, b: Agenda): Agenda {
  const [top, other] = comesBefore(b.entry, a.entry) ? [b, a] : [a, b];
  const merged = top.right === null ? other : merge(top.right, other);
  const left = top.left;
  if (left === null) return { rank: 1, entry: top.entry, left: merged, right: null };
  return left.rank >= merged.rank
    ? { rank: merged.rank + 1, entry: top.entry, left, right: merged }
    : { rank: left.rank + 1, entry: top.entry, left: merged, right: left };
}
