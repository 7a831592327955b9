import { isComplete } from '../room/assessment.ts';
import { isServed } from '../room/deployment.ts';
import type { Ask, Owner, Why } from '../room/duty.ts';
import { effectiveGrade, targetAt } from '../room/grade.ts';
import type { Incident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { Safeguard } from '../room/safeguard.ts';
import { ask, why, windowMs } from '../room/safeguard.ts';
import { hasAuthority } from '../room/staff.ts';
import type { Task } from '../room/task.ts';
import { freeUnits } from '../room/unit.ts';
import { isGraveArrest } from './arrest-request.ts';
import { hasSecondPerson } from './authority.ts';
import { cutOffOrDistressed } from './cut-off.ts';
import { liveDangers } from './dangers.ts';
import { isPressing } from './grades.ts';
import { hasBreach } from './orders.ts';
import { supervisor } from './owners.ts';
import { isDomestic } from './people.ts';
import { isSeenSafe } from './sightings.ts';
import { dayMs, minuteMs } from './spans.ts';
import { quoted } from './words.ts';

const id = 'deferral-wrong';

/** A deferral as asked for or as recorded, with what it would make wait. */
interface Waiting {
  readonly task: Task | null;
  readonly incident: Incident | null;
  readonly reason: string;
  readonly until: number | null;
  readonly owner: Owner | null;
  readonly personTold: boolean;
  readonly now: number;
}

interface Fault {
  readonly why: Why;
  readonly asks: readonly Ask[];
  /** A second person may let it pass. */
  readonly isApprovable?: boolean;
}

interface Given {
  readonly incident?: string | undefined;
  readonly task?: string | undefined;
}

/** What waits: the task with its incident, or the incident. */
function waitingOf(room: Room, given: Given): { readonly task: Task | null; readonly incident: Incident | null } {
  const task = given.task === undefined ? null : (room.tasks.get(given.task) ?? null);
  return { task, incident: room.incidents.get(given.incident ?? task?.incident ?? '') ?? null };
}

/** Asked apart, no fear told, suspect not at large nearby, no floor. */
function isSafeCaller(room: Room, incident: Incident): boolean {
  if (incident.floors.length > 0 || liveDangers(incident).length > 0) return false;
  if (cutOffOrDistressed(room, incident).length > 0 || hasBreach(room, incident)) return false;
  return !isDomestic(room, incident) || isSeenSafe(room, incident);
}

/** An appointment that a safe caller chose, at a time. */
function isAppointment(room: Room, waiting: Waiting): boolean {
  const { incident, task, until } = waiting;
  if (until === null || until <= waiting.now || incident === null || isTooLong(room, waiting)) return false;
  if (task !== null && (task.kind === 'arrest' || task.urgent)) return false;
  return (room.policy.deferralReasons[waiting.reason]?.chosenByCaller ?? false) && isSafeCaller(room, incident);
}

/** What comes back after weeks has been put away. */
function isTooLong(room: Room, { until, now }: Waiting): boolean {
  return until !== null && until > now + windowMs(room, deferralWrong, 'longest');
}

function placeOf({ incident, task }: Waiting): Record<string, string> {
  if (task !== null) return { task: task.id };
  return incident === null ? {} : { incident: incident.id };
}

/** An incident waits with the people in it; of tasks, those on which somebody's safety may hang. */
function bearsOnRisk(task: Task | null): boolean {
  return task === null || task.urgent || ['arrest', 'visit', 'callback'].includes(task.kind);
}

/** What is missing from the deferral itself; supplied with it, never approved away. */
function incompleteness(room: Room, waiting: Waiting): readonly Fault[] {
  const { incident, until, owner, personTold, now } = waiting;
  const place = placeOf(waiting);
  const faults: Fault[] = [];
  if (isTooLong(room, waiting)) faults.push({ why: why('too-long'), asks: [ask('Defer', place)] });
  if (until === null || until <= now) faults.push({ why: why('no-wake-time'), asks: [ask('Defer', place)] });
  if (owner === null) faults.push({ why: why('no-owner'), asks: [ask('Defer', place)] });
  if (incident === null || !bearsOnRisk(waiting.task)) return faults;
  const contact = incident.contacts.at(-1);
  if (!personTold && contact !== undefined)
    faults.push({ why: why('person-not-told', {}, [incident.seq]), asks: [ask('TellCaller', { contact })] });
  const { assessment } = incident;
  const lastFact = Math.max(
    0,
    ...liveDangers(incident).map((one) => one.seq),
    ...incident.floors.map((one) => one.seq),
  );
  const isCurrent =
    assessment !== null &&
    isComplete(assessment) &&
    assessment.seq > lastFact &&
    now - assessment.at <= windowMs(room, deferralWrong, 'assessment');
  if (!isCurrent)
    faults.push({
      why: why('no-current-assessment', {}, [assessment?.seq ?? incident.seq]),
      asks: [ask('Assess', { incident: incident.id })],
    });
  return faults;
}

/** What makes waiting itself wrong for an incident and the tasks in it. */
function dangers(room: Room, { task, incident, until }: Waiting): readonly Fault[] {
  if (incident === null || !bearsOnRisk(task) || isServed(room, incident) || isSeenSafe(room, incident)) return [];
  const place = { incident: incident.id };
  const faults: Fault[] = [];
  const floor = incident.floors.at(-1);
  if (floor !== undefined)
    faults.push({
      why: why('under-floor', { band: floor.band, safeguard: floor.safeguard }, [floor.seq]),
      asks: [ask('AssignUnit', place)],
    });
  const free = freeUnits(room);
  const told = liveDangers(incident).at(-1);
  if (told !== undefined && free.length > 0)
    faults.push({
      why: why('unit-free', { free: free.join(', '), words: quoted(told.quote, 80) }, [told.seq]),
      asks: free.map((unit) => ask('AssignUnit', { ...place, unit })),
    });
  const grade = effectiveGrade(room, incident);
  const target = targetAt(room, incident);
  const isUrgent = isPressing(grade?.band);
  if (task === null && target !== null && (isUrgent || until === null || until > target))
    faults.push({
      why: why('unresourced', { grade: grade?.title ?? '', free: free.length === 0 ? 'none' : free.join(', ') }, [
        incident.seq,
      ]),
      asks: [ask('AssignUnit', place), ask('Propose', { command: 'Defer', ...place })],
      isApprovable: true,
    });
  return faults;
}

function forbidden(room: Room, waiting: Waiting): readonly Fault[] {
  const { task, incident } = waiting;
  if (task !== null && isGraveArrest(room, task)) {
    const place: Record<string, string> = task.incident === null ? {} : { incident: task.incident };
    return [
      {
        why: why('arrest-never-deferred', { says: quoted(task.says, 80) }, [task.seq]),
        asks: [ask('OwnTask', { task: task.id }), ask('AssignUnit', place)],
      },
    ];
  }
  if (task !== null || incident === null || !hasBreach(room, incident)) return [];
  return [
    {
      why: why('breach-never-deferred', {}, [incident.seq]),
      asks: [ask('AssignUnit', { incident: incident.id }), ask('DecideArrest', { incident: incident.id })],
    },
  ];
}

function faultsOf(room: Room, waiting: Waiting): readonly Fault[] {
  if (isAppointment(room, waiting)) return [];
  return [...forbidden(room, waiting), ...dangers(room, waiting), ...incompleteness(room, waiting)];
}

/** `deferral-wrong`: what waits must be allowed to wait, by somebody who may say so, until a time, with an owner. */
export const deferralWrong: Safeguard = {
  id,
  needs: ['grades', 'units', 'decisions'],
  on: ['Defer', 'Deferred'],
  timings: {
    main: {
      speaksMs: 0,
      dueMs: minuteMs(5),
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: minuteMs(10) },
      ],
      windows: { assessment: minuteMs(60), longest: dayMs(28) },
    },
  },
  words: {
    'no-authority': 'Nobody with authority to defer has agreed. It needs a supervisor, or a second person to approve.',
    'arrest-never-deferred': 'The arrest of a violent or domestic suspect is not deferred: "{says}".',
    'breach-never-deferred': 'A breach of an order was reported. It is not deferred.',
    'under-floor':
      'The grade here is held at {band} or above ({safeguard:plain}). Send somebody, or have the floor lifted.',
    'unit-free': 'Free now: {free}. The caller told of danger: "{words}". Nobody has been sent.',
    unresourced: '{grade}, and nobody has been sent. Free now: {free}. A second person must agree that it waits.',
    'too-long': 'It would come back later than anything may wait.',
    'no-wake-time': 'No time is given at which this comes back.',
    'no-owner': 'Nobody is named to answer for it while it waits.',
    'person-not-told': 'The person who asked for help has not been told that they must wait.',
    'no-current-assessment': 'There is no complete assessment since the last fact that bears on the risk.',
    'wrongly-deferred': 'This was deferred by {by} though it may not wait: {faults:plain}. Free then: {free}.',
  },
  gate(asked, room) {
    if (asked.type !== 'Defer') return [];
    const { data, actor, now } = asked;
    const { task, incident } = waitingOf(room, data);
    const { reason, personTold } = data;
    const waiting = { task, incident, reason, until: data.until ?? null, owner: data.owner ?? null, personTold, now };
    if (isAppointment(room, waiting)) return [];
    const isSeconded = hasSecondPerson(room, asked, incident);
    const faults = faultsOf(room, waiting).filter((one) => one.isApprovable !== true || !isSeconded);
    const unauthorised: readonly Fault[] =
      isSeconded || hasAuthority(room, actor.id, 'defer')
        ? []
        : [{ why: why('no-authority'), asks: [ask('Propose', { command: 'Defer', ...placeOf(waiting) })] }];
    return [...unauthorised, ...faults].map((fault) => ({ safeguard: id, why: fault.why, asks: fault.asks }));
  },
  /** A wrong deferral that no gate saw, as imported data brings. One that was overridden is reviewed elsewhere. */
  react(event, room) {
    if (event.type !== 'Deferred' || hasAuthority(room, event.actor.id, 'override')) return [];
    const { ids, body } = event;
    const waiting = { ...waitingOf(room, ids), ...body, now: event.at };
    const faults = faultsOf(room, waiting).filter((one) => one.isApprovable !== true);
    if (faults.length === 0) return [];
    const params = {
      by: event.actor.id,
      faults: faults.map((one) => one.why.code).join(', '),
      free: body.free.length === 0 ? 'none' : body.free.slice(0, 5).join(', '),
    };
    return [
      {
        kind: 'duty',
        about: `deferral:${ids.deferral}`,
        owner: supervisor,
        level: 'alarm',
        why: why('wrongly-deferred', params, [event.seq, ...faults.flatMap((one) => one.why.seqs)]),
        asks: [ask('WithdrawDeferral', { deferral: ids.deferral }), ...faults.flatMap((one) => one.asks).slice(0, 10)],
      },
    ];
  },
  isMet(_duty, event) {
    return event.type === 'DeferralWithdrawn' || event.type === 'DeferralReturned';
  },
};
