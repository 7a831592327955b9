import { incidentOfDuty } from './belongings.ts';
import type { Actor, Draft, Ids, StoredEvent } from './define.ts';
import type { Why } from './duty.ts';
import { dutyDrafts, openDuty } from './duty.ts';
import { failureDrafts } from './failure.ts';
import { evolve } from './fold.ts';
import { gradeOfBand, gradeRank } from './policy.ts';
import type { Room } from './room.ts';
import type { Act, Catalogue, RaiseDuty, Response, Safeguard, SetFloor } from './safeguard.ts';
import { timingOf } from './safeguard.ts';
import type { AnyEvent, EventType } from './vocabulary.ts';

/** Acts that follow from acts, at most this deep; a safeguard that goes deeper has failed. */
const depthMax = 4;

/** What one step has done so far. Local to one call of `step`. */
export interface Pass {
  room: Room;
  readonly events: StoredEvent[];
  readonly now: number;
  readonly command: string;
  readonly catalogue: Catalogue;
}

export const machine: Actor = { kind: 'machine', id: 'heed' };

/** What an event rests on: the one before it, whose doing it was, and when. */
export interface Cause {
  readonly cause: number | null;
  readonly actor: Actor;
  readonly at: number;
  readonly second?: string | null;
}

/** Appends one event and folds it; nothing reacts. */
export function append(pass: Pass, draft: Draft, cause: Cause): StoredEvent {
  const ids = idsOf(pass.room, draft);
  const event: StoredEvent = {
    seq: pass.room.seq + 1,
    room: pass.room.id,
    at: Math.min(cause.at, pass.now),
    recordedAt: pass.now,
    actor: cause.actor,
    second: cause.second ?? null,
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

const dutySteps: ReadonlySet<string> = new Set([
  'DutyRaised',
  'DutyJoined',
  'DutyFellDue',
  'RungReached',
  'DutyMet',
] satisfies readonly EventType[]);

/** A step of a duty names the incident of the duty, so that it can be told by itself who may see it. */
function idsOf(room: Room, { type, ids }: Draft): Ids {
  const incident = dutySteps.has(type) ? incidentOfDuty(room, ids['duty']) : null;
  return incident === null ? ids : { duty: ids['duty'], incident };
}

/** One scope per event: its incident, else its subject, else the room. */
function scopeOf(ids: Ids): string {
  if (ids['incident'] !== undefined) return `incident:${ids['incident']}`;
  return ids['subject'] === undefined ? 'room' : `subject:${ids['subject']}`;
}

/** Appends a fact; meets the duties that it meets; lets the safeguards see it. */
export function happened(pass: Pass, draft: Draft, cause: Cause & { readonly depth: number }): void {
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
  for (const id of touched(pass.room, event)) {
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

/** Open duties about what an event names, about its incident and that one's contacts, and about the room. */
function touched({ duties, dutiesAbout, dutiesOn, incidents }: Room, event: AnyEvent): Iterable<string> {
  if (duties.size === 0) return [];
  const found = new Set<string>();
  const ids: Ids = event.ids;
  for (const kind of Object.keys(ids)) {
    const id = ids[kind];
    if (id === undefined) continue;
    addAll(found, dutiesAbout.get(`${kind}:${id}`));
    if (kind !== 'incident') continue;
    addAll(found, dutiesOn.get(id));
    for (const contact of incidents.get(id)?.contacts ?? []) addAll(found, dutiesAbout.get(`contact:${contact}`));
  }
  if (event.type !== 'EntryAdded') addAll(found, dutiesAbout.get('room'));
  return found;
}

function addAll(found: Set<string>, duties: readonly string[] | undefined): void {
  if (duties !== undefined) for (const duty of duties) found.add(duty);
}

/** By the machine, now. */
export function byMachine(pass: Pass, cause: number): Cause {
  return { cause, actor: machine, at: pass.now };
}

/** Runs a safeguard; one that throws becomes a recorded failure and stops nothing but lowering there. */
export function contained<T>(
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

/** Where responses come from: the event they follow, how deep in acts, and the ids they concern. */
export interface Responding {
  readonly cause: number;
  readonly depth: number;
  readonly ids: Ids;
}

/** Carries out what a safeguard answered, in order. */
export function respond(pass: Pass, safeguard: Safeguard, responses: readonly Response[], on: Responding): void {
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
  happened(pass, draft, { cause: on.cause, actor: machine, at: pass.now, depth: on.depth + 1 });
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
      ladder: [...ladder],
      againMs,
      why: response.why,
      asks,
    };
    append(pass, dutyDrafts.DutyOpened(Object.assign(ids, { duty }), body), by);
    if (speaksAt <= pass.now) append(pass, dutyDrafts.DutyRaised({ duty }, { level, late: false }), by);
    return;
  }
  const higher = level === 'alarm' && open.level === 'prompt';
  if (!higher && open.why.some((held) => isSameWhy(held, response.why)) && open.dueAt <= dueAt) return;
  const ids = { duty: open.id };
  const { ladder, againMs = null } = timing;
  const asksNow = { ladder: [...ladder], againMs, why: response.why, asks };
  const joined = { level: higher ? level : open.level, speaksAt, dueAt, ...asksNow };
  append(pass, dutyDrafts.DutyJoined(ids, joined), by);
  if (speaksAt <= pass.now && (higher || open.state === 'armed'))
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
  'locations',
  'exhibits',
  'descriptions',
] as const;

/** The ids in the header of what is said about a thing: the thing itself and the incident that it belongs to. */
export function idsOfAbout(room: Room, about: string): Record<string, string> {
  const cut = about.indexOf(':');
  if (cut === -1) return {};
  const kind = about.slice(0, cut);
  const id = about.slice(cut + 1);
  if (kind === 'incident') return { incident: id };
  const field = placesOfIncident.find((one) => one === `${kind}s`);
  // What is still to come (a review that is asked for) is named in the body; a header names only what is there.
  if (field !== undefined && !room[field].has(id)) return {};
  const incident = field === undefined ? null : (room[field].get(id)?.incident ?? null);
  return incident === null ? { [kind]: id } : { [kind]: id, incident };
}
