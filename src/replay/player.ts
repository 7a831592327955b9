import { nearestOf } from '../border/nearest.ts';
import type { Path } from '../border/problem.ts';
import type { Actor, Reason, StoredEvent } from '../room/define.ts';
import type { Policy } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import type { Gate } from '../room/safeguard.ts';
import type { CaseFile } from './case-file.ts';
import type { Opening, Scene, Script } from './theatre.ts';
import { eventsMax } from './theatre.ts';
import type { TimedAct } from './timeline.ts';

/** What became of one thing that was really done, when Heed was asked to do it. */
export interface PlayedAct {
  readonly timed: TimedAct;
  readonly outcome: 'done' | 'refused' | 'skipped';
  readonly gates: readonly Gate[];
  /** For a skipped act: the refused one without which it could not happen. */
  readonly dependsOn: string | null;
}

/** A case played to its end. */
export interface Played {
  readonly room: Room;
  readonly events: readonly StoredEvent[];
  readonly acts: readonly PlayedAct[];
  readonly startedAt: number;
  /** When the clock stopped. */
  readonly endedAt: number;
}

export type Playing =
  | { readonly ok: true; readonly value: Played }
  | { readonly ok: false; readonly path: Path; readonly message: string };

/** What a case is played with. */
export interface Stage {
  readonly policy: Policy;
  /** Digest of the policy's text, as the room records it. */
  readonly digest: string;
  /** How far the clock runs. */
  readonly until: number;
}

const idForm = /^[a-z0-9][a-z0-9-]{0,63}$/;
const machineNames = ['telephony', 'system', 'partner', 'source', 'radio'];

/** Plays the acts of a case on a virtual clock: what was really done is attempted, and what falls due falls due. */
export function* play(file: CaseFile, timeline: readonly TimedAct[], stage: Stage): Script<Playing> {
  const startedAt = (timeline[0]?.recordedAt ?? 1_000) - 1_000;
  const opening = openingOf(file, stage);
  if (!opening.ok) return opening;
  const { sources } = file.world;
  let scene = yield { kind: 'open', room: file.case, startedAt, opening: opening.value, sources };
  if (scene.outcome?.kind === 'refused') {
    const message = scene.outcome.reasons.map((reason) => reason.says).join(' ');
    return { ok: false, path: opening.value[scene.opened]?.path ?? [], message };
  }
  const acts: PlayedAct[] = [];
  for (const timed of timeline) {
    scene = yield { kind: 'run', until: timed.recordedAt };
    if (scene.isTooLong) return tooLong([...timed.path, 'at']);
    const actor = actorOf(scene.room, timed.act.by);
    if (actor === null) return nobody(scene.room, timed);
    const { do: type, with: data, override = null } = timed.act;
    scene = yield { kind: 'give', type, data, actor, at: timed.at, override };
    const played = attempted(timed, scene, acts);
    if (!played.ok) return played;
    acts.push(played.value);
  }
  scene = yield { kind: 'run', until: stage.until };
  if (scene.isTooLong) return tooLong([]);
  return { ok: true, value: { room: scene.room, events: scene.events, acts, startedAt, endedAt: scene.now } };
}

function tooLong(path: Path): Playing {
  const where = path.length === 0 ? 'before its end' : 'by here';
  const advice = 'shorten the time that it spans, or close what stays open in it.';
  return { ok: false, path, message: `The case makes ${eventsMax} events ${where}; ${advice}` };
}

function nobody(room: Room, { act, path }: TimedAct): Playing {
  const nearest = nearestOf(act.by ?? '', [...room.staff.keys(), ...machineNames]);
  const advice = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  const machines = `machines are called ${machineNames.join(', ')}`;
  const message = `Nobody by the id ${act.by ?? ''} is among the staff of this case; ${machines}.${advice}`;
  return { ok: false, path: [...path, 'by'], message };
}

function attempted(
  timed: TimedAct,
  { outcome }: Scene,
  before: readonly PlayedAct[],
):
  | { readonly ok: true; readonly value: PlayedAct }
  | { readonly ok: false; readonly path: Path; readonly message: string } {
  const { act, path } = timed;
  if (outcome?.kind !== 'refused') return { ok: true, value: { timed, outcome: 'done', gates: [], dependsOn: null } };
  if (outcome.gates.length > 0)
    return { ok: true, value: { timed, outcome: 'refused', gates: outcome.gates, dependsOn: null } };
  const dependsOn = before.findLast((one) => one.outcome !== 'done' && isNeeded(one.timed, timed, outcome.reasons));
  if (dependsOn !== undefined)
    return { ok: true, value: { timed, outcome: 'skipped', gates: [], dependsOn: dependsOn.timed.act.do } };
  const says = outcome.reasons.map((reason) => reason.says).join(' ');
  return { ok: false, path: [...path, 'with'], message: `${act.do} cannot happen here: ${says}` };
}

function actorOf(room: Room, by: string | undefined): Actor | null {
  if (by === undefined) return { kind: 'machine', id: 'telephony' };
  if (room.staff.has(by)) return { kind: 'staff', id: by };
  return machineNames.includes(by) ? { kind: 'machine', id: by } : null;
}

function idsIn(timed: TimedAct): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value === 'string') found.add(value);
    else if (typeof value === 'object' && value !== null) for (const one of Object.values(value)) walk(one);
  };
  walk(timed.act.with);
  return found;
}

/**
 * Whether a command that could not happen depended on one that did not: they name the same thing, and where the reasons
 * name what stands in the way it is that. A mistyped id after a refusal stays a mistake.
 */
function isNeeded(earlier: TimedAct, later: TimedAct, reasons: readonly Reason[]): boolean {
  const ids = idsIn(later);
  const shared = [...idsIn(earlier)].filter((one) => idForm.test(one) && ids.has(one));
  const said = reasons.flatMap(({ says }) => says.match(/[a-z0-9][a-z0-9-]*/g) ?? []);
  const named = said.filter((one) => ids.has(one));
  return named.length === 0 ? shared.length > 0 : named.some((one) => shared.includes(one));
}

/** The opening commands of a world: no safeguards, actor `world` (settled point 16). */
function openingOf(
  file: CaseFile,
  stage: Stage,
):
  | { readonly ok: true; readonly value: readonly Opening[] }
  | { readonly ok: false; readonly path: Path; readonly message: string } {
  const opening: Opening[] = [
    { type: 'AdoptPolicy', data: { digest: stage.digest, text: stage.policy }, path: ['policy'] },
  ];
  for (const [id, one] of Object.entries(file.world.staff)) {
    const { role, isOn } =
      typeof one === 'string' ? { role: one, isOn: true } : { role: one.role, isOn: one['on-duty'] };
    const path = ['world', 'staff', id];
    if (stage.policy.roles[role] === undefined)
      return {
        ok: false,
        path,
        message: `The policy knows no role ${role}; its roles are ${Object.keys(stage.policy.roles).join(', ')}.`,
      };
    opening.push({ type: 'EnrolStaff', data: { staff: id, role }, path });
    if (isOn) opening.push({ type: 'SignOn', data: { staff: id, position: `desk-${id}`.slice(0, 64) }, path });
  }
  for (const [unit, status] of Object.entries(file.world.units))
    opening.push({ type: 'EnrolUnit', data: { unit, skills: [], status }, path: ['world', 'units', unit] });
  for (const [subject, identity] of Object.entries(file.world.subjects))
    opening.push({ type: 'RecordSubject', data: { subject, identity }, path: ['world', 'subjects', subject] });
  file.world.relations.forEach((data, index) =>
    opening.push({ type: 'Relate', data, path: ['world', 'relations', index] }),
  );
  file.world.markers.forEach((data, index) =>
    opening.push({ type: 'SetMarker', data, path: ['world', 'markers', index] }),
  );
  file.world.orders.forEach((data, index) =>
    opening.push({ type: 'RecordOrder', data, path: ['world', 'orders', index] }),
  );
  return { ok: true, value: opening };
}
