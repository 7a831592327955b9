import { wasAttended } from '../room/deployment.ts';
import type { Duty } from '../room/duty.ts';
import { dutiesAbout, openDuty } from '../room/duty.ts';
import { effectiveGrade } from '../room/grade.ts';
import type { Incident } from '../room/incident.ts';
import { openIncident } from '../room/incident.ts';
import { gradeById } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import type { RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, countOf, why, windowMs } from '../room/safeguard.ts';
import { freeUnits } from '../room/unit.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { dispatcher, supervisor } from './owners.ts';
import { isOnShortList } from './shortages.ts';
import { answerMs, isAppointment, isDecisionToWait, isGoing, isLeaving, isMoving, needOf } from './sending.ts';
import type { Need } from './sending.ts';
import { hourMs, minuteMs, minutes } from './spans.ts';

/** A duty stands for the grade it was raised under; another grade has another clock and replaces it. */
function gradeOf(duty: Duty): string {
  return duty.key.split(' ')[0] ?? '';
}

function asksFor(incident: string): RaiseDuty['asks'] {
  return [
    ask('AssignUnit', { incident }),
    ask('AnswerNoUnit', { incident }),
    ask('DecideAttendance', { incidents: incident }),
  ];
}

function reasonOf({ grade, targetMs }: Need, seq: number): RaiseDuty['why'] {
  return why('no-unit-sent', { grade: grade.title, target: minutes(targetMs) }, [seq]);
}

/** The duty by the grade's band: emergencies end in an alarm, low grades only stand on the supervisor's board. */
function raised(room: Room, need: Need, event: AnyEvent): RaiseDuty {
  const { incident, grade, since, targetMs } = need;
  const least = windowMs(room, unresourced, 'least-prompt');
  const settles = event.recordedAt + least;
  const prompt = since + Math.max(least, Math.floor(targetMs / countOf(room, unresourced, 'prompt-part')));
  const asked = Math.max(prompt, answersBy(room, need, event));
  const half = since + Math.floor(targetMs / countOf(room, unresourced, 'supervisor-part'));
  const common = {
    kind: 'duty',
    about: `incident:${incident.id}`,
    key: grade.id,
    owner: dispatcher,
    level: 'prompt',
    why: reasonOf(need, event.seq),
    asks: asksFor(incident.id),
  } as const;
  if (grade.band === 'emergency') {
    const became = Math.max(lost(event) ? event.recordedAt : 0, becameAt(room, need, event));
    const alarmAt = Math.max(since + windowMs(room, unresourced, 'emergency-alarm'), became + least);
    if (alarmAt <= event.recordedAt) return { ...common, level: 'alarm', timing: 'emergency' };
    return {
      ...common,
      speaksAt: Math.min(alarmAt, Math.max(asked, isSounding(room, need, event) ? settles : 0)),
      dueAt: alarmAt,
    };
  }
  if (grade.band === 'priority')
    return { ...common, speaksAt: Math.max(asked, settles), dueAt: Math.max(half, settles) };
  return { ...common, owner: supervisor, timing: 'low', speaksAt: Math.max(half, settles) };
}

/** Until when a unit that is sent now may take to answer; `deployment-unconfirmed` asks after that. */
function answersBy(room: Room, { grade }: Need, event: AnyEvent): number {
  if (event.type !== 'UnitAssigned') return 0;
  return event.recordedAt + windowMs(room, unresourced, grade.band === 'emergency' ? 'emergency-answer' : 'answer');
}

/**
 * A silent question whether anybody goes waits for the unit that was sent, except where another has left them before;
 * a low grade only stands on the board.
 */
function waitsForAnswer(duty: Duty, room: Room, incident: Incident, event: AnyEvent): boolean {
  const need = needOf(room, incident);
  if (event.type !== 'UnitAssigned' || need === null || duty.state !== 'armed' || duty.key !== need.grade.id)
    return false;
  const states = incident.deployments.map((one) => room.deployments.get(one)?.state);
  if (states.some((one) => one === 'diverted' || one === 'stood-down')) return false;
  if (need.grade.band !== 'emergency') return need.grade.band === 'priority';
  // What became an emergency late keeps the alarm that it has: its clock would give it another time, or none.
  const alarmAt = need.since + windowMs(room, unresourced, 'emergency-alarm');
  return duty.dueAt === alarmAt && alarmAt > event.recordedAt;
}

/** The dispatcher who has just lost a unit gets a moment to send another; `diverted-unresourced` sounds meanwhile. */
function lost(event: AnyEvent): boolean {
  return isLeaving(event) || event.type === 'UnitStoodDown';
}

/**
 * Since when an incident that needed nobody is known to be an emergency: its clock may long have run, but nobody could
 * have sent before the danger was told. Where somebody had been promised, and nobody went, there is no further time.
 */
function becameAt(room: Room, { incident }: Need, event: AnyEvent): number {
  if (event.type === 'IncidentReopened') return wasAttended(room, incident) ? event.recordedAt : 0;
  if ((event.type !== 'GradeSet' && event.type !== 'FloorSet') || wasPromised(room, incident, event)) return 0;
  const seqs = event.type === 'FloorSet' ? event.body.why.seqs : [];
  const told = incident.dangers.filter(({ seq }) => seqs.includes(seq)).map(({ at }) => at);
  return Math.min(event.recordedAt, ...told);
}

/** Whether the grade that counted before promised that somebody comes. */
function wasPromised(room: Room, incident: Incident, event: AnyEvent): boolean {
  const { first, firstAt } = incident.grade;
  const floors = incident.floors.filter(({ seq }) => seq < event.seq);
  const given = firstAt === event.at ? null : gradeById(room.policy, first ?? '');
  const before = event.type === 'GradeSet' ? given : effectiveGrade(room, { ...incident, floors });
  return before !== null && before.targetMs !== null;
}

/** The dispatcher hears an alarm already that asks for a unit here, or will in a moment: this one waits. */
function isSounding(room: Room, { incident }: Need, event: AnyEvent): boolean {
  return (
    lost(event) ||
    dutiesAbout(room, `incident:${incident.id}`).some(
      ({ level, state, owner, asks }) =>
        level === 'alarm' &&
        state === 'raised' &&
        'role' in owner &&
        owner.role === 'dispatcher' &&
        asks.some(({ command }) => command === 'AssignUnit'),
    )
  );
}

/** Not sending was decided and the incident stays open: it comes back by itself. */
function wakes(room: Room, need: Need, event: AnyEvent): RaiseDuty {
  const holds = Math.max(windowMs(room, unresourced, 'decision-holds'), Math.floor(need.targetMs / 2));
  return {
    kind: 'duty',
    about: `incident:${need.incident.id}`,
    key: `${need.grade.id} wake`,
    owner: supervisor,
    level: 'prompt',
    timing: 'low',
    speaksAt: event.recordedAt + holds,
    why: why('decided-not-to-send', { grade: need.grade.title, minutes: minutes(holds) }, [event.seq]),
    asks: asksFor(need.incident.id),
  };
}

/** Told again with who is free now; an emergency becomes an alarm, and the target, once missed, reaches the FIM. */
function retold(duty: Duty, room: Room, now: number): readonly RaiseDuty[] {
  const incident = openIncident(room, duty.incident ?? undefined);
  const need = incident === null ? null : (needOf(room, incident) ?? needOf(room, incident, true));
  if (need === null) return [];
  const { grade, since, targetMs } = need;
  const silent = need.incident.deployments.filter((one) => room.deployments.get(one)?.state === 'assigned').length;
  const free = freeUnits(room);
  const params = {
    grade: grade.title,
    waited: minutes(Math.max(0, now - since)),
    target: minutes(targetMs),
    silent,
    free: free.length === 0 ? 'none' : free.join(', '),
  };
  const isEmergency = grade.band === 'emergency' && duty.key === grade.id;
  const again = {
    kind: 'duty',
    about: `incident:${need.incident.id}`,
    owner: duty.owner,
    why: why('still-nobody', params, [duty.seq]),
    asks: duty.asks,
  } as const;
  const itself: RaiseDuty = {
    ...again,
    key: duty.key,
    level: isEmergency ? 'alarm' : duty.level,
    timing: isEmergency ? 'emergency' : 'main',
  };
  const fim = `${grade.id} fim`;
  if (grade.band !== 'priority' || duty.key !== grade.id || isOnShortList(room, need.incident)) return [itself];
  if (openDuty(room, unresourced.id, duty.about, fim) !== null) return [itself];
  const missed: RaiseDuty = {
    ...again,
    key: fim,
    level: 'prompt',
    timing: 'fim',
    owner: { role: 'fim' },
    speaksAt: since + targetMs,
    why: why('target-missed', { grade: grade.title, target: minutes(targetMs) }, [duty.seq]),
  };
  return [itself, missed];
}

/** `unresourced`: an open incident needs a unit and has none. */
export const unresourced: Safeguard = {
  id: 'unresourced',
  needs: ['grades', 'units'],
  on: [
    'GradeSet',
    'FloorSet',
    'FloorLifted',
    'IncidentReopened',
    'UnitAssigned',
    'UnitStoodDown',
    'UnitDiverted',
    'UnitStatusSet',
    'AttendanceDecided',
    'DeferralReturned',
    'DeferralWithdrawn',
  ],
  timings: {
    main: {
      ladder: [{ to: 'supervisor', afterMs: 0 }],
      againMs: minuteMs(30),
      windows: {
        'least-prompt': minuteMs(2),
        'emergency-alarm': minuteMs(3),
        'decision-holds': minuteMs(30),
        'emergency-answer': answerMs.emergency,
        answer: answerMs.other,
      },
      counts: { 'prompt-part': 8, 'supervisor-part': 2 },
    },
    low: { dueMs: 0, ladder: [{ to: 'supervisor', afterMs: 0 }], againMs: hourMs(24) },
    emergency: {
      dueMs: 0,
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: minuteMs(5) },
      ],
      againMs: minuteMs(30),
    },
    fim: { dueMs: 0, ladder: [{ to: 'fim', afterMs: 0 }] },
  },
  words: {
    'no-unit-sent': '{grade}: nobody has said that they are going. The target is {target:minute|minutes}.',
    'target-missed':
      '{grade}: nobody has said that they are going, and the target of {target:minute|minutes} has passed.',
    'still-nobody':
      '{grade}: still nobody has said that they are going, {waited:minute|minutes} into a target of ' +
      '{target:minute|minutes}. Sent and silent: {silent}. Free now: {free}.',
    'decided-not-to-send':
      '{grade}: {minutes:minute|minutes} ago it was decided to send nobody, and it is still ' +
      'open. Send, defer or close it.',
  },
  react(event, room) {
    if (event.type === 'UnitStatusSet' && !event.body.leaves) return [];
    if (event.ids['task'] !== undefined) return [];
    const incident = openIncident(room, event.ids['incident']);
    if (incident === null) return [];
    const need = needOf(room, incident, event.type === 'IncidentReopened' && event.actor.kind === 'machine');
    if (need === null || isGoing(room, incident) || isAppointment(room, incident)) return [];
    if (event.type === 'AttendanceDecided' && !event.body.send) return [wakes(room, need, event)];
    if (openDuty(room, unresourced.id, `incident:${incident.id}`, need.grade.id) !== null) return [];
    const duty = raised(room, need, event);
    return event.type === 'UnitAssigned' && (duty.level === 'alarm' || duty.owner === supervisor) ? [] : [duty];
  },
  due: retold,
  isMet(duty, event, room) {
    const incident = room.incidents.get(duty.incident ?? '');
    if (incident === undefined || incident.state === 'closed') return true;
    if (event.type === 'AttendanceDecided') return !event.body.send || duty.key.endsWith(' wake');
    if (event.type === 'GradeSet' || event.type === 'FloorSet' || event.type === 'FloorLifted')
      return isReplaced(duty, room, incident);
    if (waitsForAnswer(duty, room, incident, event)) return true;
    return event.type === 'DeploymentAcknowledged' || isMoving(event) || isDecisionToWait(event);
  },
};

/** Nobody is promised any longer, or another grade's clock takes this one's place. */
function isReplaced(duty: Duty, room: Room, incident: Incident): boolean {
  const need = needOf(room, incident, true);
  return need === null || (need.grade.id !== gradeOf(duty) && needOf(room, incident) !== null);
}
