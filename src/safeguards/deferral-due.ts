import { heardDistress } from '../room/contact.ts';
import type { Deferral } from '../room/deferral.ts';
import { waitingDeferral } from '../room/deferral.ts';
import { isServed } from '../room/deployment.ts';
import type { Owner } from '../room/duty.ts';
import type { Incident } from '../room/incident.ts';
import { openIncident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { Act, Response, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { dispatcher, supervisor } from './owners.ts';
import { minuteMs } from './spans.ts';
import { tellsDanger } from './texts.ts';

const factEvents = ['DangerConfirmed', 'FloorSet', 'BreachReported', 'RelianceEnded'];
const returnedKey = 'returned';

function aboutOf(deferral: Deferral): `${string}:${string}` {
  return deferral.task === null ? `incident:${deferral.incident ?? ''}` : `task:${deferral.task}`;
}

function returning(deferral: Deferral): Act {
  const { incident, task } = deferral;
  const ids = {
    deferral: deferral.id,
    ...(incident === null ? {} : { incident }),
    ...(task === null ? {} : { task }),
  };
  return { kind: 'act', type: 'DeferralReturned', ids, body: {} };
}

const fim: Owner = { role: 'fim' };

/** One rung higher each time: first its owner, then the supervisor, then the force incident manager. */
function ranked(room: Room, deferral: Deferral): { owner: Owner; timing: string; level: 'prompt' | 'alarm' } {
  if (deferral.times <= 1) return { owner: deferral.owner ?? dispatcher, timing: 'main', level: 'prompt' };
  const isChosen = room.policy.deferralReasons[deferral.reason]?.chosenByCaller ?? false;
  const level = isChosen ? 'prompt' : 'alarm';
  return deferral.times === 2 ? { owner: supervisor, timing: 'second', level } : { owner: fim, timing: 'third', level };
}

function asksOf(deferral: Deferral) {
  const { task, incident } = deferral;
  if (task !== null) return [ask('CompleteTask', { task }), ask('OwnTask', { task })];
  return [ask('AssignUnit', { incident: incident ?? '' }), ask('DecideAttendance', { incidents: incident ?? '' })];
}

/** Everything that waits in an incident: itself and its tasks. */
function waitingIn(room: Room, incident: Incident): readonly Deferral[] {
  return [incident.deferral, ...incident.tasks.map((task) => room.tasks.get(task)?.deferral ?? null)]
    .map((one) => waitingDeferral(room, one))
    .filter((one): one is Deferral => one !== null);
}

/** Whether the event brings a fact on which no deferral could have been decided. */
function changesFacts(event: AnyEvent, room: Room): boolean {
  if (
    event.type === 'StatementRecorded' ||
    event.type === 'RelayRecorded' ||
    event.type === 'CallbackRecorded' ||
    event.type === 'EntryAdded'
  )
    return tellsDanger(event.body.readings);
  if (event.type === 'ContactJoined') {
    const contact = room.contacts.get(event.ids.contact);
    return contact !== undefined && (contact.dangers.length > 0 || heardDistress(contact));
  }
  return factEvents.includes(event.type);
}

function early(event: AnyEvent, room: Room, incident: Incident): readonly Response[] {
  return waitingIn(room, incident).flatMap((deferral) => [
    returning(deferral),
    {
      kind: 'duty',
      about: aboutOf(deferral),
      key: returnedKey,
      owner: ranked(room, deferral).owner,
      level: 'alarm',
      timing: 'main',
      why: why('facts-changed', { reason: deferral.reason, by: deferral.by }, [event.seq, deferral.seq]),
      asks: asksOf(deferral),
    },
  ]);
}

/** `deferral-due`: what was deferred comes back by itself at its time, or as soon as the facts under it change. */
export const deferralDue: Safeguard = {
  id: 'deferral-due',
  needs: ['decisions'],
  on: [
    'Deferred',
    'StatementRecorded',
    'RelayRecorded',
    'CallbackRecorded',
    'EntryAdded',
    'DangerConfirmed',
    'FloorSet',
    'BreachReported',
    'RelianceEnded',
    'ContactJoined',
    'DeploymentAcknowledged',
    'UnitEnRoute',
    'UnitMoved',
    'UnitArrived',
  ],
  timings: {
    main: {
      speaksMs: 0,
      dueMs: 0,
      ladder: [
        { to: 'supervisor', afterMs: minuteMs(5) },
        { to: 'fim', afterMs: minuteMs(20) },
      ],
      againMs: minuteMs(30),
    },
    second: { speaksMs: 0, dueMs: 0, ladder: [{ to: 'fim', afterMs: minuteMs(5) }], againMs: minuteMs(30) },
    third: { speaksMs: 0, dueMs: 0, ladder: [{ to: 'on-call', afterMs: minuteMs(5) }], againMs: minuteMs(30) },
  },
  words: {
    'time-has-come':
      'Deferred by {by} ({reason:plain}), {times:time|times} so far. Its time has come; nobody has acted on it.',
    'facts-changed': 'Deferred by {by} ({reason:plain}), and something has changed since. It is back in the queue.',
  },
  react(event, room) {
    if (event.type === 'Deferred') {
      const deferral = room.deferrals.get(event.ids.deferral);
      if (deferral === undefined) return [];
      const { by, reason, times, until } = deferral;
      return [
        {
          kind: 'duty',
          about: aboutOf(deferral),
          key: returnedKey,
          ...ranked(room, deferral),
          speaksAt: until,
          dueAt: until,
          why: why('time-has-come', { by, reason, times }, [deferral.seq]),
          asks: asksOf(deferral),
        },
      ];
    }
    const incident = openIncident(room, event.ids['incident']);
    if (incident === null) return [];
    if (changesFacts(event, room)) return early(event, room, incident);
    if (!['DeploymentAcknowledged', 'UnitEnRoute', 'UnitMoved', 'UnitArrived'].includes(event.type)) return [];
    const deferral = waitingDeferral(room, incident.deferral);
    return deferral !== null && isServed(room, incident) ? [returning(deferral)] : [];
  },
  due(duty, room) {
    const [kind, id = ''] = duty.about.split(':');
    const held = kind === 'task' ? room.tasks.get(id)?.deferral : room.incidents.get(id)?.deferral;
    const deferral = waitingDeferral(room, held ?? null);
    return deferral === null ? [] : [returning(deferral)];
  },
  /** Acted upon: done, sent, decided, given to somebody else, or deferred again by a new decision. */
  isMet(duty, event, room) {
    const [kind, id = ''] = duty.about.split(':');
    if (event.type === 'Deferred') return kind === 'task' ? event.ids.task === id : event.ids.task === undefined;
    if (kind === 'task') {
      if (event.type === 'TaskCompleted' || event.type === 'TaskWithdrawn') return event.ids.task === id;
      if (event.type === 'DeferralWithdrawn') return event.ids.task === id && duty.state === 'armed';
      const task = room.tasks.get(id);
      if (event.type === 'DeploymentAcknowledged') return task?.kind === 'arrest' && task.state === 'open';
      return event.type === 'TaskOwned' && event.ids.task === id && task?.state === 'open';
    }
    if (event.type === 'DeferralWithdrawn') return event.ids.task === undefined && duty.state === 'armed';
    const incident = room.incidents.get(id);
    if (incident === undefined || incident.state === 'closed') return true;
    return event.type === 'AttendanceDecided' ? duty.state === 'raised' : isServed(room, incident);
  },
};
