import { britishClockAt } from '../room/british-time.ts';
import type { Policy } from '../room/policy.ts';
import { ownHistory } from '../room/policy.ts';
import type { Catalogue, Safeguard } from '../room/safeguard.ts';
import { catalogueOf } from '../room/safeguard.ts';
import { wordsOf } from '../views/words.ts';
import type { Shown, SwitchedOff } from './evidence.ts';
import { footing, shownBy } from './evidence.ts';
import type { History } from './history.ts';
import { historyOf } from './history.ts';
import { withoutIncident, withoutTraces } from './leaving.ts';
import type { Listening } from './listening.ts';
import { hear, listening } from './listening.ts';
import type { AuditMapping, StepKind } from './mapping.ts';
import { stepsTold } from './mapping.ts';
import type { Gravest, Matter } from './matter.ts';
import { gravest, matterOf } from './matter.ts';
import type { Pending } from './pending.ts';
import { pendingSteps } from './pending.ts';
import type { Playing } from './play.ts';
import { playStep } from './play.ts';
import type { Step } from './row.ts';
import type { Stage } from './stage.ts';
import { opened, passTo } from './stage.ts';
import type { Tally } from './tally.ts';
import { countWatch, emptyTally } from './tally.ts';
import type { Ears, Watch } from './watch.ts';

/** What an export is audited by. */
export interface AuditBy {
  readonly mapping: AuditMapping;
  readonly policy: Policy;
  readonly safeguards: readonly Safeguard[];
  readonly read: Catalogue['read'];
  /** Incidents that began outside these are played, so that they are known, and not reported. */
  readonly from: number;
  readonly to: number;
  /** Matters that are told; every other is counted. */
  readonly most: number;
}

/** How the rows came. */
export interface Order {
  first: number | null;
  last: number;
  /** Steps that came later than the mapping allows for: taken when they came. */
  late: number;
}

/** An audit under way: all that it knows, in one place. Local to one audit. */
export interface Audit {
  readonly by: AuditBy;
  readonly ears: Ears;
  readonly off: readonly SwitchedOff[];
  /** Whether rows of this export close incidents. */
  readonly isClosing: boolean;
  readonly history: History;
  readonly pending: Pending;
  readonly listens: Listening;
  readonly tally: Tally;
  readonly gravest: Gravest;
  /** Incidents that have left the room, by what they are told under, until the matter is over. */
  readonly matters: Map<string, Watch[]>;
  readonly order: Order;
  /** Null until the first step. */
  playing: Playing | null;
  sweptAt: number;
}

/** What an audit that was stopped had come to. */
export interface Begun {
  readonly history: History;
  readonly pending: Pending;
  readonly listens: Listening;
  readonly tally: Tally;
  readonly told: readonly Matter[];
  readonly matters: Map<string, Watch[]>;
  readonly order: Order;
  readonly sweptAt: number;
}

/** Begins an audit, or goes on with one; `playing` is put in afterwards by whoever brings one back. */
export function audit(by: AuditBy, begun?: Begun): Audit {
  const shown: Shown = shownBy(by.mapping);
  const { off } = footing(by.safeguards, shown);
  return {
    by,
    off,
    isClosing: stepsTold(by.mapping).has('closed'),
    ears: { shown, policy: by.policy, words: wordsOf(by.safeguards) },
    history: begun?.history ?? historyOf(ownHistory),
    pending: begun?.pending ?? pendingSteps(),
    listens: begun?.listens ?? listening(),
    tally: begun?.tally ?? emptyTally(),
    gravest: gravest(by.most, begun?.told),
    matters: begun?.matters ?? new Map<string, Watch[]>(),
    order: begun?.order ?? { first: null, last: 0, late: 0 },
    playing: null,
    sweptAt: begun?.sweptAt ?? 0,
  };
}

/** Where the audit's room stands: its catalogue, its history, and who listens. */
export function around({ by, ears, history, listens }: Audit): Omit<Stage, 'room'> {
  const { on } = footing(by.safeguards, ears.shown);
  return {
    catalogue: catalogueOf(on, by.read),
    history,
    heard: (event) => {
      hear(listens, ears, event);
    },
  };
}

const hourMs = 3_600_000;
/** Steps that wait at once; rows whose times lie far apart would have no end. */
const pendingMax = 200_000;

/** Takes the steps of one row. */
export function take(audited: Audit, steps: readonly Step[]): void {
  const { order, pending, by } = audited;
  const [first] = steps;
  if (first === undefined) return;
  order.first ??= first.at;
  order.last = Math.max(order.last, first.at);
  for (const step of steps) pending.add(step);
  playUntil(audited, order.last - by.mapping.disorder);
  while (pending.size() > pendingMax) playNext(audited, Infinity);
}

/** Plays what is left, and lets every incident go. */
export function finish(audited: Audit): void {
  playUntil(audited, Infinity);
  const { playing } = audited;
  if (playing === null) return;
  passTo(playing.stage, playing.stage.room.now + hourMs);
  for (const ref of playing.held.keys()) letGo(audited, playing, ref);
  for (const key of audited.matters.keys()) endMatter(audited, key);
}

/** What only follows a beginning: its incident began before the export, or was let go long before. */
const endings: ReadonlySet<StepKind> = new Set(['closed', 'left', 'told']);

function playUntil(audited: Audit, instant: number): void {
  while (playNext(audited, instant));
}

function playNext(audited: Audit, until: number): boolean {
  const step = audited.pending.next(until);
  if (step === null) return false;
  const playing = (audited.playing ??= playingFrom(audited, step.at));
  const { stage } = playing;
  if (step.at < stage.room.now - audited.by.mapping.disorder) audited.order.late += 1;
  passTo(stage, step.at);
  if (endings.has(step.kind) && !playing.held.has(step.ref)) audited.tally.orphans += 1;
  else playStep(playing, step);
  if (stage.room.now - audited.sweptAt >= hourMs) sweep(audited, playing);
  return true;
}

function playingFrom(audited: Audit, at: number): Playing {
  const stage = opened('audit', audited.by.policy, { ...around(audited), at });
  audited.sweptAt = at;
  const { watches } = audited.listens;
  return { stage, policy: audited.by.policy, held: new Map(), units: new Map(), watches, count: 0 };
}

/** Once an hour: incidents that are over leave, with everything that only they brought. */
function sweep(audited: Audit, playing: Playing): void {
  const { stage } = playing;
  const { now, policy } = stage.room;
  const { follow, history } = audited.by.mapping;
  audited.sweptAt = now;
  const told = new Set<string | null>();
  for (const [ref, { watch }] of playing.held) {
    const last = Math.max(watch.lastAt, watch.closedAt ?? 0);
    const patience = watch.closedAt === null ? Math.max(follow, policy.recentMs) : policy.recentMs;
    if (now - last > patience) letGo(audited, playing, ref);
    else told.add(watch.key);
  }
  for (const [key, watches] of audited.matters) if (!told.has(key) || isLong(watches, now)) endMatter(audited, key);
  audited.history.forgetBefore(now - history);
  if (britishClockAt(now).hour === quietHour) tidy(audited, playing);
}

/** Once a day, when least happens. */
const quietHour = 5;

/** A room grows without what it remembers of those who left being let go too. */
function tidy({ listens }: Audit, playing: Playing): void {
  const room = withoutTraces(playing.stage.room);
  playing.stage.room = room;
  for (const [name, unit] of playing.units) if (!room.units.has(unit)) playing.units.delete(name);
  for (const duty of listens.duties.keys()) if (!room.duties.has(duty)) listens.duties.delete(duty);
}

/** Incidents told together; a place that is never quiet is told in parts. */
const togetherMax = 50;
const togetherMs = 7 * 24 * hourMs;

function isLong(watches: readonly Watch[], now: number): boolean {
  return watches.length >= togetherMax || now - (watches[0]?.openedAt ?? now) > togetherMs;
}

function letGo(audited: Audit, playing: Playing, ref: string): void {
  const watch = playing.held.get(ref)?.watch;
  if (watch === undefined) return;
  const { listens, by, matters, tally } = audited;
  playing.held.delete(ref);
  listens.watches.delete(watch.number);
  const { room, duties } = withoutIncident(playing.stage.room, `i-${watch.number}`);
  playing.stage.room = room;
  for (const { id } of duties) listens.duties.delete(id);
  if (watch.openedAt < by.from || watch.openedAt > by.to) return;
  countWatch(tally, watch);
  if (watch.closedAt === null && audited.isClosing) tally.leftOpen += 1;
  const key = watch.key ?? `incident:${watch.number}`;
  matters.set(key, [...(matters.get(key) ?? []), watch]);
}

function endMatter({ matters, gravest: kept, tally }: Audit, key: string): void {
  const matter = matterOf(key, matters.get(key) ?? []);
  matters.delete(key);
  if (matter === null) return;
  if (matter.gravity !== 'not-shown') tally.matters += 1;
  tally.gravities.set(matter.gravity, (tally.gravities.get(matter.gravity) ?? 0) + 1);
  kept.add(matter);
}
