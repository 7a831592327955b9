import type { Duty } from '../room/duty.ts';
import { isServed } from '../room/deployment.ts';
import { waitingDeferral } from '../room/deferral.ts';
import { effectiveGrade, targetAt } from '../room/grade.ts';
import type { Incident } from '../room/incident.ts';
import { openIncident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import { freeUnits } from '../room/unit.ts';
import { dispatcher, minuteMs, minutes } from './parts.ts';

/** A deferral that a safe caller chose is the one thing that lets an incident wait without a unit. */
function isChosenByCaller(room: Room, incident: Incident): boolean {
  const deferral = waitingDeferral(room, incident.deferral);
  return deferral !== null && (room.policy.deferralReasons[deferral.reason]?.chosenByCaller ?? false);
}

function raised(room: Room, incident: Incident, seq: number): readonly RaiseDuty[] {
  const grade = effectiveGrade(room, incident);
  const target = targetAt(room, incident);
  if (grade === null || target === null || grade.targetMs === null) return [];
  if (isServed(room, incident) || isChosenByCaller(room, incident)) return [];
  const speaksAt = target - grade.targetMs + Math.max(minuteMs(2), grade.targetMs / 8);
  const free = freeUnits(room);
  const common = {
    kind: 'duty',
    about: `incident:${incident.id}`,
    owner: dispatcher,
    speaksAt,
    asks: [ask('AssignUnit', { incident: incident.id })],
  } as const;
  const reason = why(
    'no-unit-sent',
    { grade: grade.title, target: minutes(grade.targetMs), free: free.length === 0 ? 'none' : free.join(', ') },
    [seq],
  );
  if (grade.band === 'emergency')
    return [
      {
        ...common,
        level: 'alarm',
        timing: 'emergency',
        speaksAt: Math.max(speaksAt, target - grade.targetMs + minuteMs(3)),
        why: reason,
      },
    ];
  return [
    {
      ...common,
      level: 'prompt',
      timing: grade.band === 'priority' ? 'main' : 'low',
      dueAt: target - grade.targetMs / 2,
      why: reason,
    },
  ];
}

/** `unresourced`: an open incident needs a unit and has none. */
export const unresourced: Safeguard = {
  id: 'unresourced',
  needs: ['grades', 'units'],
  on: [
    'GradeSet',
    'FloorSet',
    'IncidentReopened',
    'UnitStoodDown',
    'UnitDiverted',
    'UnitStatusSet',
    'DeferralReturned',
    'DeferralWithdrawn',
  ],
  timings: {
    main: {
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: minuteMs(30) },
      ],
      againMs: minuteMs(30),
    },
    low: { ladder: [{ to: 'supervisor', afterMs: 0 }] },
    emergency: {
      dueMs: 0,
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: minuteMs(5) },
      ],
      againMs: minuteMs(30),
    },
  },
  words: { 'no-unit-sent': '{grade}: nobody is on the way. The target is {target} minutes. Free now: {free}.' },
  react(event, room) {
    const incident = openIncident(room, event.ids['incident']);
    return incident === null ? [] : raised(room, incident, event.seq);
  },
  isMet(duty: Duty, event, room) {
    const incident = room.incidents.get(duty.incident ?? '');
    if (incident === undefined || incident.state === 'closed') return true;
    if (event.type === 'AttendanceDecided') return !event.body.send;
    if (event.type === 'Deferred') return isChosenByCaller(room, incident);
    if (event.type === 'GradeSet' || event.type === 'FloorLifted') return targetAt(room, incident) === null;
    return isServed(room, incident);
  },
};
