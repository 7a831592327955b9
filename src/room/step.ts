import type { Actor, Approval, Asked, Draft, Ids, Reason, StoredEvent } from './define.ts';
import { isRefusal } from './define.ts';
import type { Duty, Why } from './duty.ts';
import { dutyDrafts, openDuty, rungAt } from './duty.ts';
import { failureDrafts, failuresOf } from './failure.ts';
import { evolve } from './fold.ts';
import { gradeRank, gradeOfBand } from './policy.ts';
import type { Room } from './room.ts';
import type { Act, Catalogue, Gate, RaiseDuty, Response, Safeguard, SetFloor } from './safeguard.ts';
import { timingOf, why } from './safeguard.ts';
import { hasAuthority, onDuty, resolveRole, staffOfRole } from './staff.ts';
import type { AnyAsked, AnyEvent } from './vocabulary.ts';
import { commandSchemas, deciderOf, stakeOf } from './vocabulary.ts';

/** One order to the room, in the vocabulary of the API, the case files and the console's command line. */
export interface Command {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  /** The signed-in person, a source, or the machine; never taken from the data. */
  readonly actor: Actor;
  /** When it happened. */
  readonly at: number;
  /** The reason of a person with authority to go past what safeguards refuse. */
  readonly override?: string;
}

export interface Around {
  /** The instant of the shell's clock. Room time never goes back, whatever this says. */
  readonly now: number;
  readonly catalogue: Catalogue;
}

export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly reasons: readonly Reason[]; readonly gates: readonly Gate[] };

export interface Stepped {
  readonly room: Room;
  /** In order; to be appended whole or not at all. */
  readonly events: readonly StoredEvent[];
  readonly outcome: Outcome;
}

/** Acts that follow from acts, at most this deep; a safeguard that goes deeper has failed. */
const depthMax = 4;

/** What one step has done so far. Local to one call of `step`. */
interface Pass {
  room: Room;
  readonly events: StoredEvent[];
  readonly now: number;
  readonly command: string;
  readonly catalogue: Catalogue;
}

const machine: Actor = { kind: 'machine', id: 'heed' };

/**
 * Decides one command: first what fell due by now, then decide, gates, evolve and safeguards in one ordered pass.
 * Live, replay, audit and simulator all call this and nothing else.
 */
export function step(room: Room, command: Command, around: Around): Stepped {
  const now = Math.max(room.now, around.now);
  const pass: Pass = { room, events: [], now, command: command.id, catalogue: around.catalogue };
  letTimePass(pass);
  const outcome = command.type === 'PassTime' ? done : decided(pass, command);
  return { room: pass.room, events: pass.events, outcome };
}

const done: Outcome = { kind: 'done' };

function refused(reasons: readonly Reason[], gates: readonly Gate[] = []): Outcome {
  return { kind: 'refused', reasons, gates };
}

/** When something next falls due, or null. The shell arms one timer with it. */
export function nextDue(room: Room): number | null {
  return room.agenda?.entry.at ?? null;
}

function decided(pass: Pass, command: Command): Outcome {
  if (command.at > pass.now)
    return refused([{ code: 'in-the-future', says: 'It is said to have happened later than now; correct the time.' }]);
  const asked = asking(pass, command, null);
  if (command.type !== 'Approve') return carriedOut(pass, asked, []);
  const proposal = pass.room.proposals.get((command.data as { readonly decision: string }).decision);
  const approval = decisionOf(pass, asked);
  if (!Array.isArray(approval)) return approval as Outcome;
  if (proposal === undefined) return refused([{ code: 'decision-unknown', says: 'There is no such proposal.' }]);
  const data = commandSchemas.get(proposal.command.type)?.safeParse(proposal.command.data);
  if (data?.success !== true)
    return refused([
      { code: 'proposal-invalid', says: `The proposed ${proposal.command.type} is not a command of the room.` },
    ]);
  const actor: Actor = { kind: 'staff', id: proposal.by };
  const second = { second: asked.actor.id, proposer: proposal.by };
  return carriedOut(
    pass,
    asking(pass, { ...command, type: proposal.command.type, data: data.data, actor }, second),
    approval,
  );
}

function asking(pass: Pass, command: Command, approval: Approval | null): Asked {
  const { id, type, data, actor, at } = command;
  return {
    id,
    type,
    data,
    actor,
    at,
    now: pass.now,
    approval,
    override: command.override ?? null,
    read: pass.catalogue.read,
  };
}

function decisionOf(pass: Pass, asked: Asked): readonly Draft[] | Outcome {
  const decider = deciderOf(asked.type);
  if (decider === undefined)
    return refused([{ code: 'command-unknown', says: `The room knows no command ${asked.type}.` }]);
  const decision = decider(asked.data, pass.room, asked);
  return isRefusal(decision) ? refused(decision.refused) : decision;
}

/** Decides, weighs what is at stake, and appends: the facts if nothing stands in the way, the refusal if something does. */
function carriedOut(pass: Pass, asked: Asked, before: readonly Draft[]): Outcome {
  const decision = decisionOf(pass, asked);
  if (!Array.isArray(decision)) return decision as Outcome;
  const drafts = decision as readonly Draft[];
  if (asked.actor.kind === 'world') {
    for (const draft of drafts) append(pass, draft, { cause: null, actor: asked.actor, at: asked.at });
    return done;
  }
  const stake = stakeOf(pass.room, asked);
  if (stake === 'lowers' && (asked.actor.kind !== 'staff' || onDuty(pass.room, asked.actor.id) === null))
    return refused([{ code: 'person-needed', says: 'Only a named person on duty may lower, defer, close or remove.' }]);
  const gates = stake === null ? [] : gatesOn(pass, asked, drafts);
  const cause = { cause: null, actor: asked.actor, at: asked.at };
  if (gates.length > 0) {
    const ids = drafts[0]?.ids ?? {};
    if (asked.override === null || !mayOverride(pass.room, asked)) {
      append(pass, dutyDrafts.CommandRefused(ids, { command: asked.type, gates: gates.map(plain) }), cause);
      const reason = { code: 'no-authority', says: 'An override needs somebody with the authority to override.' };
      return refused(asked.override === null ? [] : [reason], gates);
    }
    const safeguards = [...new Set(gates.map((gate) => gate.safeguard))];
    const body = { command: asked.type, safeguards, reason: asked.override };
    happened(pass, dutyDrafts.GateOverridden(ids, body), { ...cause, depth: 0 });
  }
  for (const draft of [...before, ...drafts]) happened(pass, draft, { ...cause, depth: 0 });
  return done;
}

function plain({ safeguard, why, asks }: Gate): {
  safeguard: string;
  why: Why;
  asks: { command: string; with: Record<string, string> }[];
} {
  return { safeguard, why, asks: asks.map((one) => ({ command: one.command, with: { ...one.with } })) };
}

function mayOverride(room: Room, asked: Asked): boolean {
  return asked.actor.kind === 'staff' && hasAuthority(room, asked.actor.id, 'override');
}

/** Everything that stands in the way of a command that lowers or endangers. */
function gatesOn(pass: Pass, asked: Asked, drafts: readonly Draft[]): readonly Gate[] {
  const gates: Gate[] = [];
  for (const safeguard of pass.catalogue.gating.get(asked.type) ?? []) {
    const found = contained(
      pass,
      safeguard,
      { on: asked.type, ids: drafts[0]?.ids ?? {} },
      () => safeguard.gate?.(asked as AnyAsked, pass.room) ?? [],
    );
    gates.push(...found);
  }
  const failed = new Set(
    [...drafts.map((draft) => draft.ids['incident']), undefined].flatMap((place) => failuresOf(pass.room, place)),
  );
  for (const safeguard of failed)
    gates.push({
      safeguard,
      why: why('safeguard-failed', { safeguard }),
      asks: [{ command: 'EndSafeguardFailure', with: { safeguard } }],
    });
  return gates;
}

interface Cause {
  readonly cause: number | null;
  readonly actor: Actor;
  readonly at: number;
}

/** Appends one event and folds it; nothing reacts. */
function append(pass: Pass, draft: Draft, cause: Cause): StoredEvent {
  const { ids } = draft;
  const event: StoredEvent = {
    seq: pass.room.seq + 1,
    room: pass.room.id,
    at: Math.min(cause.at, pass.now),
    recordedAt: pass.now,
    actor: cause.actor,
    scope: scopeOf(ids),
    type: draft.type,
    version: 1,
    cause: cause.cause,
    command: pass.command,
    ids,
    body: draft.body,
  };
  pass.events.push(event);
  pass.room = evolve(pass.room, event);
  return event;
}

/** One scope per event: its incident, else its subject, else the room. */
function scopeOf(ids: Ids): string {
  if (ids['incident'] !== undefined) return `incident:${ids['incident']}`;
  return ids['subject'] === undefined ? 'room' : `subject:${ids['subject']}`;
}

/** Appends a fact; meets the duties that it meets; lets the safeguards see it. */
function happened(pass: Pass, draft: Draft, cause: Cause & { readonly depth: number }): void {
  const event = append(pass, draft, cause) as AnyEvent;
  meet(pass, event);
  for (const safeguard of pass.catalogue.reacting.get(event.type) ?? []) {
    const place = { on: event.type, ids: event.ids };
    const responses = contained(pass, safeguard, place, () => safeguard.react?.(event, pass.room) ?? []);
    respond(pass, safeguard, responses, { cause: event.seq, depth: cause.depth, ids: event.ids });
  }
}

/** Meets every open duty about what the event touches that its safeguard says is discharged by it. */
function meet(pass: Pass, event: AnyEvent): void {
  const candidates = new Set<string>();
  for (const [kind, id] of Object.entries<string | undefined>(event.ids)) {
    if (id === undefined) continue;
    for (const duty of pass.room.dutiesAbout.get(`${kind}:${id}`) ?? []) candidates.add(duty);
    if (kind === 'incident') for (const duty of pass.room.dutiesOn.get(id) ?? []) candidates.add(duty);
  }
  if (event.type !== 'EntryAdded') for (const duty of pass.room.dutiesAbout.get('room') ?? []) candidates.add(duty);
  for (const id of candidates) {
    const duty = pass.room.duties.get(id);
    const safeguard = duty === undefined ? undefined : pass.catalogue.byId.get(duty.safeguard);
    if (duty === undefined || safeguard?.isMet === undefined) continue;
    const place = { on: event.type, ids: event.ids };
    const met = contained(pass, safeguard, place, () =>
      safeguard.isMet?.(duty, event, pass.room) === true ? [true] : [],
    );
    if (met.length > 0) append(pass, dutyDrafts.DutyMet({ duty: id }, { by: event.seq }), byMachine(pass, event.seq));
  }
}

function byMachine(pass: Pass, cause: number): Cause {
  return { cause, actor: machine, at: pass.now };
}

/** Runs a safeguard; one that throws becomes a recorded failure and stops nothing but lowering there. */
function contained<T>(
  pass: Pass,
  safeguard: Safeguard,
  place: { readonly on: string; readonly ids: Ids },
  run: () => readonly T[],
): readonly T[] {
  try {
    return run();
  } catch (error) {
    failed(pass, safeguard, place, error instanceof Error ? error.message : 'unknown fault');
    return [];
  }
}

function failed(
  pass: Pass,
  safeguard: Safeguard,
  place: { readonly on: string; readonly ids: Ids },
  message: string,
): void {
  if (place.on === 'SafeguardFailed') return;
  const ids = place.ids['incident'] === undefined ? {} : { incident: place.ids['incident'] };
  const body = { safeguard: safeguard.id, on: place.on, message: message.slice(0, 400) || 'no message' };
  happened(pass, failureDrafts.SafeguardFailed(ids, body), { ...byMachine(pass, pass.room.seq), depth: depthMax });
}

interface Responding {
  readonly cause: number;
  readonly depth: number;
  readonly ids: Ids;
}

function respond(pass: Pass, safeguard: Safeguard, responses: readonly Response[], on: Responding): void {
  for (const response of responses) {
    switch (response.kind) {
      case 'duty':
        raise(pass, safeguard, response, on.cause);
        break;
      case 'floor':
        setFloor(pass, safeguard, response, on);
        break;
      case 'note':
        note(pass, safeguard, response, on.cause);
        break;
      case 'act':
        act(pass, safeguard, response, on);
        break;
    }
  }
}

function note(
  pass: Pass,
  safeguard: Safeguard,
  response: { readonly about: string; readonly why: Why },
  cause: number,
): void {
  const held = pass.room.notes.get(response.about) ?? [];
  if (held.some((one) => one.safeguard === safeguard.id && isSameWhy(one.why, response.why))) return;
  const body = { safeguard: safeguard.id, about: response.about, why: response.why };
  append(pass, dutyDrafts.NoteAdded(idsOfAbout(pass.room, response.about), body), byMachine(pass, cause));
}

function setFloor(pass: Pass, safeguard: Safeguard, response: SetFloor, on: Responding): void {
  const incident = pass.room.incidents.get(response.incident);
  const wanted = gradeOfBand(pass.room.policy, response.band);
  if (incident === undefined || wanted === null) return;
  const rank = gradeRank(pass.room.policy, wanted.id);
  const held = incident.floors.find((floor) => floor.safeguard === safeguard.id);
  const heldGrade = held === undefined ? null : gradeOfBand(pass.room.policy, held.band);
  if (heldGrade !== null && gradeRank(pass.room.policy, heldGrade.id) <= rank) return;
  act(
    pass,
    safeguard,
    {
      type: 'FloorSet',
      ids: { incident: incident.id },
      body: { safeguard: safeguard.id, band: response.band, why: response.why },
    },
    on,
  );
}

function act(
  pass: Pass,
  safeguard: Safeguard,
  response: Omit<Act, 'kind' | 'type'> & { readonly type: string },
  on: Responding,
): void {
  if (on.depth >= depthMax) {
    failed(pass, safeguard, { on: response.type, ids: on.ids }, `acts went deeper than ${depthMax}`);
    return;
  }
  const draft = { type: response.type, ids: response.ids, body: response.body };
  happened(pass, draft, { ...byMachine(pass, on.cause), depth: on.depth + 1 });
}

function isSameWhy(a: Why, b: Why): boolean {
  const names = Object.keys(a.params);
  return (
    a.code === b.code &&
    names.length === Object.keys(b.params).length &&
    names.every((name) => a.params[name] === b.params[name])
  );
}

/** Opens a duty or joins the open one of the same cause; it speaks again only when something changed. */
function raise(pass: Pass, safeguard: Safeguard, response: RaiseDuty, cause: number): void {
  const { about, key = '', level } = response;
  const timing = timingOf(pass.room, safeguard, response.timing);
  const speaksAt = Math.max(pass.now, response.speaksAt ?? pass.now + (timing.speaksMs ?? 0));
  const dueAt = Math.max(speaksAt, response.dueAt ?? speaksAt + (timing.dueMs ?? 0));
  const by = byMachine(pass, cause);
  const asks = response.asks.map((one) => ({ command: one.command, with: { ...one.with } }));
  const open = openDuty(pass.room, safeguard.id, about, key);
  if (open === null) {
    const duty = `duty-${pass.room.seq + 1}`;
    const ids = idsOfAbout(pass.room, about);
    const { ladder, againMs = null } = timing;
    const body = {
      safeguard: safeguard.id,
      key,
      about,
      incident: ids['incident'] ?? null,
      owner: response.owner,
      level,
      speaksAt,
      dueAt,
    };
    append(
      pass,
      dutyDrafts.DutyOpened({ ...ids, duty }, { ...body, ladder: [...ladder], againMs, why: response.why, asks }),
      by,
    );
    if (speaksAt <= pass.now) append(pass, dutyDrafts.DutyRaised({ duty }, { level, late: false }), by);
    return;
  }
  const higher = level === 'alarm' && open.level === 'prompt';
  if (!higher && open.why.some((held) => isSameWhy(held, response.why)) && open.dueAt <= dueAt) return;
  const ids = { duty: open.id };
  const { ladder, againMs = null } = timing;
  const joined = { level: higher ? level : open.level, dueAt, ladder: [...ladder], againMs, why: response.why, asks };
  append(pass, dutyDrafts.DutyJoined(ids, joined), by);
  if (higher || (open.state === 'armed' && speaksAt <= pass.now))
    append(pass, dutyDrafts.DutyRaised(ids, { level: joined.level, late: false }), by);
}

const placesOfIncident = [
  'deployments',
  'tasks',
  'promises',
  'transfers',
  'messages',
  'checks',
  'links',
  'reviews',
  'reliances',
  'contacts',
  'harms',
  'deferrals',
] as const;

/** The ids in the header of what is said about a thing: the thing itself and the incident that it belongs to. */
function idsOfAbout(room: Room, about: string): Record<string, string> {
  const cut = about.indexOf(':');
  if (cut === -1) return {};
  const kind = about.slice(0, cut);
  const id = about.slice(cut + 1);
  if (kind === 'incident') return { incident: id };
  const field = placesOfIncident.find((one) => one === `${kind}s`);
  const incident = field === undefined ? null : (room[field].get(id)?.incident ?? null);
  return incident === null ? { [kind]: id } : { [kind]: id, incident };
}

/** Processes all that has fallen due, in the order (due, duty seq, step). */
function letTimePass(pass: Pass): void {
  for (
    let entry = pass.room.agenda?.entry;
    entry !== undefined && entry.at <= pass.now;
    entry = pass.room.agenda?.entry
  ) {
    const duty = pass.room.duties.get(entry.duty);
    if (duty === undefined) return;
    const late = pass.now - entry.at > pass.room.policy.lateMs;
    const by: Cause = { cause: duty.seq, actor: machine, at: entry.at };
    if (duty.steps === 0) append(pass, dutyDrafts.DutyRaised({ duty: duty.id }, { level: duty.level, late }), by);
    else if (duty.steps === 1) {
      append(pass, dutyDrafts.DutyFellDue({ duty: duty.id }, { late }), by);
      followUp(pass, duty);
    } else climb(pass, duty, late);
  }
}

/** The next rung; after downtime the latest one that is past, in one event that says it is late. */
function climb(pass: Pass, duty: Duty, late: boolean): void {
  let place = duty.steps - 2;
  while (late && (rungAt(duty, place + 1) ?? Infinity) <= pass.now) place += 1;
  const to = duty.ladder[Math.min(place, duty.ladder.length - 1)]?.to ?? 'on-call';
  const reached = resolveRole(pass.room, to);
  const at = rungAt(duty, place) ?? pass.now;
  const body = { rung: place, to, told: reached.role, staff: [...reached.staff], late };
  append(pass, dutyDrafts.RungReached({ duty: duty.id }, body), { cause: duty.seq, actor: machine, at });
  if (
    to !== 'on-call' &&
    staffOfRole(pass.room, to).length === 0 &&
    openDuty(pass.room, 'rung-unmanned', `role:${to}`) === null
  )
    happened(pass, dutyDrafts.RungFoundUnmanned({ role: to }, { told: reached.role }), {
      ...byMachine(pass, duty.seq),
      depth: 0,
    });
  if (place >= duty.ladder.length) followUp(pass, duty);
}

function followUp(pass: Pass, duty: Duty): void {
  const safeguard = pass.catalogue.byId.get(duty.safeguard);
  if (safeguard?.due === undefined) return;
  const ids = idsOfAbout(pass.room, duty.about);
  const now = pass.room.duties.get(duty.id) ?? duty;
  const responses = contained(
    pass,
    safeguard,
    { on: 'DutyFellDue', ids },
    () => safeguard.due?.(now, pass.room, pass.now) ?? [],
  );
  respond(pass, safeguard, responses, { cause: duty.seq, depth: 0, ids });
}
