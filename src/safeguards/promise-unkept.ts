import type { Danger } from '../room/danger.ts';
import type { Owner } from '../room/duty.ts';
import { dutiesOfIncident, openDuty } from '../room/duty.ts';
import { effectiveGrade } from '../room/grade.ts';
import { openIncident } from '../room/incident.ts';
import type { PromiseMade } from '../room/promise.ts';
import type { Room } from '../room/room.ts';
import type { Gate, RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, why, windowMs } from '../room/safeguard.ts';
import type { AnyEvent, EventBy } from '../room/vocabulary.ts';
import { liveDangers } from './dangers.ts';
import { idOf } from './duties.ts';
import { dispatcher } from './owners.ts';
import { isArriving, needOf } from './sending.ts';
import { minuteMs } from './spans.ts';
import { quoted } from './words.ts';

const ungraded = 'ungraded';
const withdrawn = 'withdrawn';

/** Dangers told where the promise was given. */
function dangersAround(room: Room, promise: PromiseMade): readonly Danger[] {
  const incident = room.incidents.get(promise.incident ?? '');
  if (incident !== undefined) return liveDangers(incident);
  return room.contacts.get(promise.contact ?? '')?.dangers ?? [];
}

function levelOf(room: Room, promise: PromiseMade): RaiseDuty['level'] {
  return dangersAround(room, promise).length > 0 ? 'alarm' : 'prompt';
}

/** By when: as said or, unsaid, minutes for what the room does itself and the grade's target for attendance. */
function dueOf(room: Room, promise: PromiseMade): number {
  if (promise.dueAt !== null) return promise.dueAt;
  if (promise.what !== 'attend') return promise.madeAt + windowMs(room, promiseUnkept, 'own-work');
  const incident = openIncident(room, promise.incident ?? undefined);
  const need = incident === null ? null : needOf(room, incident);
  if (need !== null) return need.since + need.targetMs;
  const longest = room.policy.grades.reduce((most, grade) => Math.max(most, grade.targetMs ?? 0), 0);
  return promise.madeAt + longest;
}

function isUngraded(room: Room, promise: PromiseMade): boolean {
  const incident = room.incidents.get(promise.incident ?? '');
  if (promise.what !== 'attend' || promise.dueAt !== null) return false;
  return incident === undefined || effectiveGrade(room, incident) === null;
}

function promised(room: Room, promise: PromiseMade, words: string): RaiseDuty {
  const owner: Owner =
    promise.what === 'attend' || room.staff.get(promise.by) === undefined ? dispatcher : { staff: promise.by };
  return {
    kind: 'duty',
    about: `promise:${promise.id}`,
    ...(isUngraded(room, promise) ? { key: ungraded } : {}),
    owner,
    level: levelOf(room, promise),
    speaksAt: dueOf(room, promise),
    why: why('not-done', { words: quoted(words) }, [promise.seq]),
    asks: [ask('KeepPromise', { promise: promise.id }), ask('WithdrawPromise', { promise: promise.id })],
  };
}

/** Attendance was promised before there was a grade: its target counts once there is one. */
function graded(room: Room, event: EventBy<'GradeSet'>): readonly RaiseDuty[] {
  const incident = openIncident(room, event.ids.incident);
  if (incident === null) return [];
  return dutiesOfIncident(room, incident)
    .filter((duty) => duty.safeguard === promiseUnkept.id && duty.key === ungraded)
    .filter((duty) => openDuty(room, promiseUnkept.id, duty.about) === null)
    .flatMap((duty) => {
      const promise = room.promises.get(idOf(duty.about));
      const words = duty.why[0]?.params['words'];
      return promise === undefined ? [] : [promised(room, promise, String(words ?? ''))];
    });
}

function gone(room: Room, event: EventBy<'PromiseWithdrawn'>): readonly RaiseDuty[] {
  const promise = room.promises.get(event.ids.promise);
  if (promise === undefined || isTold(event)) return [];
  return [
    {
      kind: 'duty',
      about: `promise:${promise.id}`,
      key: withdrawn,
      owner: dispatcher,
      level: levelOf(room, promise),
      speaksAt: event.recordedAt,
      why: why('withdrawn-untold', { reason: quoted(event.body.reason) }, [promise.seq, event.seq]),
      asks: [
        ...(promise.contact === null ? [] : [ask('TellCaller', { contact: promise.contact })]),
        ask('WithdrawPromise', { promise: promise.id, personTold: 'true' }),
      ],
    },
  ];
}

function isTold(event: EventBy<'PromiseWithdrawn'>): boolean {
  return event.body.personTold && (event.body.answer ?? '').trim() !== '';
}

function isKept(promise: PromiseMade, event: AnyEvent): boolean {
  if (event.type === 'PromiseKept') return true;
  if (promise.what === 'attend') return isArriving(event);
  if (promise.what !== 'call-back' || event.type !== 'CallbackRecorded') return false;
  const contact = event.ids.contact ?? promise.contact;
  return event.body.result === 'spoke-to-caller' && (promise.contact === null || contact === promise.contact);
}

/** To come and to ring back are shown by an arrival and a call, not by saying so. */
function keepingGates(room: Room, wanted: string): readonly Gate[] {
  const promise = room.promises.get(wanted);
  if (promise === undefined || (promise.what !== 'attend' && promise.what !== 'call-back')) return [];
  const place: Record<string, string> = promise.incident === null ? {} : { incident: promise.incident };
  const isShown = promise.what === 'attend' ? hasArrived(room, promise) : wasRung(room, promise);
  if (isShown) return [];
  const missing = promise.what === 'attend' ? 'nobody has arrived' : 'nobody has spoken to the caller';
  const asks = [promise.what === 'attend' ? ask('MarkArrived', place) : ask('RecordCallback', place)];
  return [{ safeguard: promiseUnkept.id, why: why('only-said', { missing }, [promise.seq]), asks }];
}

function hasArrived(room: Room, promise: PromiseMade): boolean {
  const incident = room.incidents.get(promise.incident ?? room.contacts.get(promise.contact ?? '')?.incident ?? '');
  return (incident?.deployments ?? []).some((one) => {
    const { arrivedAt = null, endedAt = null } = room.deployments.get(one) ?? {};
    return arrivedAt !== null && (endedAt === null || endedAt >= promise.madeAt);
  });
}

function wasRung(room: Room, promise: PromiseMade): boolean {
  return [promise.contact, promise.incident]
    .flatMap((place) => room.callbacksOn.get(place ?? '') ?? [])
    .map((one) => room.callbacks.get(one))
    .some((one) => one !== undefined && one.result === 'spoke-to-caller' && one.seq > promise.seq);
}

/** `promise-unkept`: somebody was told that something would happen, and it has not, or it was withdrawn. */
export const promiseUnkept: Safeguard = {
  id: 'promise-unkept',
  needs: ['contacts'],
  on: ['PromiseMade', 'PromiseWithdrawn', 'GradeSet', 'WithdrawPromise', 'KeepPromise'],
  timings: {
    main: {
      dueMs: 0,
      ladder: [{ to: 'supervisor', afterMs: minuteMs(10) }],
      againMs: minuteMs(30),
      windows: { 'own-work': minuteMs(5) },
    },
  },
  words: {
    'not-done': 'The caller was told “{words}”. The time has come and it has not been done.',
    'not-done-danger': 'What the caller was promised has not been done, and danger is told: “{quote}”.',
    'withdrawn-untold': 'What the caller was promised was withdrawn and they do not know: “{reason}”.',
    'only-said': 'Nothing on record shows it: {missing}. Record it, and the promise is kept.',
    'tell-them-first': 'A promise is withdrawn by telling the person, by safe means, and recording their answer.',
  },
  react(event, room) {
    if (event.type === 'GradeSet') return graded(room, event);
    if (event.type === 'PromiseWithdrawn') return gone(room, event);
    if (event.type !== 'PromiseMade') return [];
    const promise = room.promises.get(event.ids.promise);
    return promise === undefined ? [] : [promised(room, promise, event.body.words)];
  },
  /** Danger may have been told after the promise was given. */
  due(duty, room) {
    const promise = room.promises.get(idOf(duty.about));
    const danger = promise === undefined ? undefined : dangersAround(room, promise).at(-1);
    if (duty.level === 'alarm' || danger === undefined) return [];
    const reason = why('not-done-danger', { quote: quoted(danger.quote) }, [danger.seq]);
    const { key, owner, asks } = duty;
    return [
      {
        kind: 'duty',
        about: duty.about as RaiseDuty['about'],
        key,
        owner,
        level: 'alarm',
        why: reason,
        asks,
      },
    ];
  },
  gate(asked, room): readonly Gate[] {
    if (asked.type === 'KeepPromise') return keepingGates(room, asked.data.promise);
    if (asked.type !== 'WithdrawPromise') return [];
    const { promise, personTold, answer } = asked.data;
    if (personTold && (answer ?? '').trim() !== '') return [];
    return [
      {
        safeguard: promiseUnkept.id,
        why: why('tell-them-first'),
        asks: [ask('WithdrawPromise', { promise, personTold: 'true' })],
      },
    ];
  },
  isMet(duty, event, room) {
    const promise = room.promises.get(idOf(duty.about));
    if (promise === undefined) return true;
    if (event.type === 'PromiseKept' || event.type === 'PromiseWithdrawn') {
      if (event.ids.promise !== promise.id) return false;
      return event.type === 'PromiseKept' || isTold(event) || duty.key !== withdrawn;
    }
    return duty.key !== withdrawn && isKept(promise, event);
  },
};
