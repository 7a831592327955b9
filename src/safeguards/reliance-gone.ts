import type { Reliance } from '../room/decision.ts';
import type { Duty, Why } from '../room/duty.ts';
import type { Incident } from '../room/incident.ts';
import { gradeById } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import type { Gate, RaiseDuty, Response, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import type { AnyAsked } from '../room/vocabulary.ts';
import { hasSecondPerson } from './authority.ts';
import { idOf } from './duties.ts';
import { loweredBy } from './lowered.ts';
import { dispatcher } from './owners.ts';
import { minuteMs } from './spans.ts';
import { quoted } from './words.ts';

/** What each stated fact says, in words. */
const factWords: Readonly<Record<Reliance['fact'], string>> = {
  elsewhere: 'that they were elsewhere',
  left: 'that they had left',
  'in-anothers-care': 'that they were in another’s care',
  'no-way-in': 'that there was no way in',
  'none-free': 'that nobody was free',
  calm: 'that it was calm',
  other: 'a stated fact',
};

function alarm(reliance: Reliance, at: number, reason: Why): RaiseDuty {
  return {
    kind: 'duty',
    about: `reliance:${reliance.id}`,
    owner: dispatcher,
    level: 'alarm',
    speaksAt: at,
    why: reason,
    asks: [ask('AssignUnit', { incident: reliance.incident }), ask('ConfirmReliance', { reliance: reliance.id })],
  };
}

/** The grade from before the lowering returns, and an incident that was closed on it is open again. */
function returned(room: Room, reliance: Reliance, reason: Why): readonly Response[] {
  const incident = room.incidents.get(reliance.incident);
  if (incident === undefined) return [];
  const band = gradeById(room.policy, reliance.grade ?? '')?.band ?? 'none';
  const floor: readonly Response[] =
    band === 'none' ? [] : [{ kind: 'floor', incident: incident.id, band, why: reason }];
  if (incident.state === 'open' || incident.joinedInto !== null) return floor;
  const body = { reason: `It was closed on ${factWords[reliance.fact]}, which no longer holds.` };
  return [...floor, { kind: 'act', type: 'IncidentReopened', ids: { incident: incident.id }, body }];
}

/** Duties of an incident whose reliance has gone. */
function goneOn(room: Room, incident: Incident): readonly Duty[] {
  return (room.dutiesOn.get(incident.id) ?? [])
    .map((one) => room.duties.get(one))
    .filter((one) => one !== undefined)
    .filter((duty) => duty.safeguard === relianceGone.id && duty.state === 'raised');
}

/** What would leave the incident with less while what it rested on has gone: then it takes a second person. */
function isAnswer(asked: AnyAsked): boolean {
  if (asked.type === 'LiftFloor') return asked.data.safeguard === relianceGone.id;
  return asked.type === 'DecideAttendance' || (asked.type === 'Defer' && asked.data.task === undefined);
}

function gatesOf(asked: AnyAsked, room: Room, incident: Incident): readonly Gate[] {
  const [gone] = goneOn(room, incident);
  if (gone === undefined || hasSecondPerson(room, asked, incident)) return [];
  const reason = why('second-person-needed', {}, gone.why[0]?.seqs ?? []);
  return [
    { safeguard: relianceGone.id, why: reason, asks: [ask('Propose'), ask('AssignUnit', { incident: incident.id })] },
  ];
}

/** `reliance-gone`: a lowering rested on a stated fact that has ceased or was not confirmed in time. */
export const relianceGone: Safeguard = {
  id: 'reliance-gone',
  needs: ['decisions'],
  on: ['RelianceStated', 'RelianceEnded', 'LiftFloor', 'DecideAttendance', 'Defer'],
  timings: { main: { ladder: [{ to: 'supervisor', afterMs: minuteMs(5) }] } },
  words: {
    'relied-on': 'The lower response rests on {fact}: “{says}”. Nobody has confirmed it in time.',
    'no-longer-so': 'The lower response rested on {fact}. Now: “{says}”.',
    'second-person-needed': 'What the lower response rested on has gone. To go on with less takes a second person.',
  },
  react(event, room) {
    if (event.type !== 'RelianceStated' && event.type !== 'RelianceEnded') return [];
    const reliance = room.reliances.get(event.ids.reliance);
    if (reliance === undefined) return [];
    const params = { fact: factWords[reliance.fact], says: quoted(event.body.says) };
    if (event.type === 'RelianceStated')
      return [alarm(reliance, reliance.confirmBy, why('relied-on', params, [event.seq]))];
    const reason = why('no-longer-so', params, [reliance.seq, event.seq]);
    return [...returned(room, reliance, reason), alarm(reliance, event.recordedAt, reason)];
  },
  due(duty, room) {
    const reliance = room.reliances.get(idOf(duty.about));
    const [reason] = duty.why;
    return reliance === undefined || reason === undefined ? [] : returned(room, reliance, reason);
  },
  gate(asked, room) {
    return isAnswer(asked) ? loweredBy(asked, room).flatMap((incident) => gatesOf(asked, room, incident)) : [];
  },
  isMet(duty, event) {
    if (event.type === 'UnitAssigned') return true;
    // What is known to have ceased is not mended by saying again that it holds.
    if (event.type === 'RelianceConfirmed') return duty.why.every((one) => one.code !== 'no-longer-so');
    if (duty.state !== 'raised' || event.second === null) return false;
    if (event.type === 'FloorLifted') return event.body.safeguard === relianceGone.id;
    if (event.type === 'Deferred') return event.ids.task === undefined;
    return event.type === 'AttendanceDecided' && !event.body.send;
  },
};
