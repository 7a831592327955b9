import { ownHistory } from '../room/policy.ts';
import { rebuilding, sliceRoom } from '../room/snapshot.ts';
import type { Slice } from '../room/snapshot.ts';
import type { SourceRecord } from '../sources/source.ts';
import type { Audit, AuditBy, Order } from './audit.ts';
import { around, audit } from './audit.ts';
import { historyOf } from './history.ts';
import type { Listening } from './listening.ts';
import { listening } from './listening.ts';
import type { Matter } from './matter.ts';
import { pendingSteps } from './pending.ts';
import type { Step } from './row.ts';
import type { Tally } from './tally.ts';
import { emptyTally } from './tally.ts';
import type { Opened, Watch } from './watch.ts';

interface HeldPart {
  readonly ref: string;
  readonly watch: number;
  readonly units: readonly (readonly [string, string])[];
  readonly things: number;
  readonly isOpen: boolean;
}

type Counts = readonly (readonly [string, unknown])[];

/** One part of an audit that was stopped, as it is kept on a line. */
export type Part =
  | { readonly part: 'room'; readonly slice: Slice }
  | { readonly part: 'record'; readonly record: SourceRecord }
  | { readonly part: 'step'; readonly step: Step }
  | { readonly part: 'watch'; readonly watch: Watch; readonly isHere: boolean; readonly key: string | null }
  | { readonly part: 'held'; readonly held: HeldPart }
  | { readonly part: 'duty'; readonly duty: string; readonly watch: number | null; readonly body: Opened['body'] }
  | { readonly part: 'matter'; readonly matter: Matter }
  | {
      readonly part: 'rest';
      readonly order: Order;
      readonly sweptAt: number;
      readonly count: number;
      readonly units: readonly (readonly [string, string])[];
      readonly last: Listening['last'];
      readonly counts: Readonly<Record<string, Counts>>;
      readonly sums: Pick<Tally, 'incidents' | 'contacts' | 'leftOpen' | 'orphans' | 'matters'>;
    };

const tallied = ['safeguards', 'gravities', 'hours', 'channels', 'desks'] as const;
const heard = ['elsewhere', 'notes'] as const;

/** All that an audit knows, part by part, so that it can go on later. */
export function* partsOf(audited: Audit): Generator<Part, void, undefined> {
  const { playing, listens, tally, order, sweptAt } = audited;
  if (playing !== null) for (const slice of sliceRoom(playing.stage.room)) yield { part: 'room', slice };
  for (const record of audited.history.records()) yield { part: 'record', record };
  for (const step of audited.pending.steps()) yield { part: 'step', step };
  for (const watch of listens.watches.values()) yield { part: 'watch', watch, isHere: true, key: null };
  for (const [key, watches] of audited.matters)
    for (const watch of watches) yield { part: 'watch', watch, isHere: false, key };
  for (const [ref, { watch, units, things, isOpen }] of playing?.held ?? [])
    yield { part: 'held', held: { ref, watch: watch.number, units: [...units], things, isOpen } };
  for (const { duty, watch, body } of listens.duties.values())
    yield { part: 'duty', duty, watch: watch?.number ?? null, body };
  for (const matter of audited.gravest.told()) yield { part: 'matter', matter };
  const { incidents, contacts, leftOpen, orphans, matters } = tally;
  const counts = Object.fromEntries([
    ...tallied.map((name) => [name, [...tally[name]]] as const),
    ...heard.map((name) => [name, [...listens[name]]] as const),
  ]);
  yield {
    part: 'rest',
    order,
    sweptAt,
    count: playing?.count ?? 0,
    units: [...(playing?.units ?? [])],
    last: listens.last,
    counts,
    sums: { incidents, contacts, leftOpen, orphans, matters },
  };
}

/** The audit whose parts these are, ready to go on; null where parts are missing. */
export function auditFrom(by: AuditBy, parts: Iterable<Part>): Audit | null {
  const all = [...parts];
  const of = <K extends Part['part']>(part: K) =>
    all.filter((one): one is Extract<Part, { part: K }> => one.part === part);
  const [rest] = of('rest');
  if (rest === undefined) return null;
  const listens = listening();
  listens.last = rest.last;
  const matters = new Map<string, Watch[]>();
  for (const { watch, isHere, key } of of('watch'))
    if (isHere) listens.watches.set(watch.number, watch);
    else matters.set(key ?? '', [...(matters.get(key ?? '') ?? []), watch]);
  for (const { duty, watch, body } of of('duty'))
    listens.duties.set(duty, { duty, watch: listens.watches.get(watch ?? 0) ?? null, body });
  const tally: Tally = Object.assign(emptyTally(), rest.sums);
  for (const name of tallied) filled(tally[name], rest.counts[name]);
  for (const name of heard) filled(listens[name], rest.counts[name]);
  const audited = audit(by, {
    history: historyOf(
      ownHistory,
      of('record').map((one) => one.record),
    ),
    pending: pendingSteps(of('step').map((one) => one.step)),
    listens,
    tally,
    told: of('matter').map((one) => one.matter),
    matters,
    order: rest.order,
    sweptAt: rest.sweptAt,
  });
  return putBack(audited, {
    rest,
    slices: of('room').map((one) => one.slice),
    held: of('held').map((one) => one.held),
  });
}

function filled(map: ReadonlyMap<string, unknown>, counts: Counts | undefined): void {
  for (const [key, value] of counts ?? []) (map as Map<string, unknown>).set(key, value);
}

function putBack(
  audited: Audit,
  {
    rest,
    slices,
    held,
  }: {
    readonly rest: Extract<Part, { part: 'rest' }>;
    readonly slices: readonly Slice[];
    readonly held: readonly HeldPart[];
  },
): Audit | null {
  if (slices.length === 0) return audited;
  const building = rebuilding();
  for (const slice of slices) building.add(slice);
  const room = building.room();
  if (room === null) return null;
  const { watches } = audited.listens;
  audited.playing = {
    stage: { room, ...around(audited) },
    policy: audited.by.policy,
    held: new Map(),
    units: new Map(rest.units),
    watches,
    count: rest.count,
  };
  for (const { ref, watch: number, units, things, isOpen } of held) {
    const watch = watches.get(number);
    if (watch === undefined) return null;
    audited.playing.held.set(ref, { watch, units: new Map(units), things, isOpen });
  }
  return audited;
}
