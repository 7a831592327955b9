import { isComplete } from '../room/assessment.ts';
import { liveDeployments } from '../room/deployment.ts';
import type { Duty } from '../room/duty.ts';
import { effectiveGrade } from '../room/grade.ts';
import type { Incident, IncidentKind } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { Gate, RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import { isEmergency } from './grades.ts';
import { loweredBy, loweringCommands } from './lowered.ts';
import { openIncidentOf } from './matches.ts';
import { takerOf } from './owners.ts';
import { isDomestic } from './people.ts';
import { hourMs, minuteMs } from './spans.ts';

/** Matters for which a risk form of their own is required beside the assessment. */
const formKinds: readonly IncidentKind[] = ['domestic', 'stalking', 'missing', 'honour'];

/** While an emergency waits for a unit nobody is asked to write; the time runs from the unit's assignment. */
function isTooEarly(room: Room, incident: Incident): boolean {
  return isEmergency(room, incident) && liveDeployments(room, incident).length === 0;
}

/** The kind for which a form is missing, or null. */
function formMissing(room: Room, incident: Incident): string | null {
  if (incident.riskForm !== null) return null;
  return incident.kinds.find((kind) => formKinds.includes(kind)) ?? (isDomestic(room, incident) ? 'domestic' : null);
}

/** A named person has the form as a task: then the incident may end before it is done. */
function hasFormTask(room: Room, incident: Incident): boolean {
  return incident.tasks.some((one) => {
    const task = room.tasks.get(one);
    return task !== undefined && task.kind === 'risk-form' && task.state === 'open' && 'staff' in task.owner;
  });
}

function assessment(room: Room, incident: Incident, seq: number): readonly RaiseDuty[] {
  const isNeeded = effectiveGrade(room, incident) !== null && !isComplete(incident.assessment);
  if (!isNeeded || isTooEarly(room, incident)) return [];
  return [
    {
      kind: 'duty',
      about: `incident:${incident.id}`,
      owner: takerOf(room, incident),
      level: 'prompt',
      why: why(incident.assessment === null ? 'no-assessment' : 'assessment-incomplete', {}, [seq]),
      asks: [ask('Assess', { incident: incident.id })],
    },
  ];
}

function form(room: Room, incident: Incident, seq: number): readonly RaiseDuty[] {
  const kind = formMissing(room, incident);
  if (kind === null) return [];
  return [
    {
      kind: 'duty',
      about: `incident:${incident.id}`,
      key: 'form',
      owner: takerOf(room, incident),
      level: 'prompt',
      timing: 'form',
      why: why('no-form', { kind }, [seq]),
      asks: [
        ask('CompleteRiskForm', { incident: incident.id }),
        ask('RaiseTask', { incident: incident.id, kind: 'risk-form' }),
      ],
    },
  ];
}

function gates(room: Room, incident: Incident, command: string): readonly Gate[] {
  const found: Gate[] = [];
  if (effectiveGrade(room, incident) !== null && !isComplete(incident.assessment))
    found.push({
      safeguard: assessmentMissing.id,
      why: why(incident.assessment === null ? 'no-assessment' : 'assessment-incomplete'),
      asks: [ask('Assess', { incident: incident.id })],
    });
  // An appointment or a wait comes before the visit at which the form is filled in.
  const kind = command === 'Defer' ? null : formMissing(room, incident);
  if (kind !== null && !(isEnding(command) && hasFormTask(room, incident)))
    found.push({
      safeguard: assessmentMissing.id,
      why: why('no-form', { kind }),
      asks: [
        ask('CompleteRiskForm', { incident: incident.id }),
        ask('RaiseTask', { incident: incident.id, kind: 'risk-form' }),
      ],
    });
  return found;
}

function isEnding(command: string): boolean {
  return command === 'CloseIncident';
}

/** `assessment-missing`: a graded incident has no complete assessment, or a matter of risk has no risk form. */
export const assessmentMissing: Safeguard = {
  id: 'assessment-missing',
  needs: ['grades', 'text'],
  on: [
    'IncidentOpened',
    'IncidentsJoined',
    'KindsSet',
    'GradeSet',
    'FloorSet',
    'UnitAssigned',
    'IncidentReopened',
    ...loweringCommands,
  ],
  timings: {
    main: { speaksMs: minuteMs(10), ladder: [{ to: 'supervisor', afterMs: minuteMs(30) }] },
    form: { speaksMs: hourMs(6), dueMs: hourMs(2), ladder: [{ to: 'supervisor', afterMs: minuteMs(30) }] },
  },
  words: {
    'no-assessment': 'This incident is graded and nobody has assessed the risk.',
    'assessment-incomplete': 'The assessment of risk is not complete: every element and a level are needed.',
    'no-form': 'The risk form for this matter ({kind:plain}) has not been completed.',
  },
  react(event, room) {
    const incident = openIncidentOf(room, event);
    if (incident === null) return [];
    if (event.type === 'IncidentOpened' || event.type === 'KindsSet' || event.type === 'IncidentsJoined')
      return form(room, incident, event.seq);
    return assessment(room, incident, event.seq);
  },
  gate(asked, room) {
    // A duplicate is assessed in the incident that it is joined into.
    if (asked.type === 'JoinIncidents') return [];
    return loweredBy(asked, room).flatMap((incident) => gates(room, incident, asked.type));
  },
  isMet(duty, event, room) {
    const incident = room.incidents.get(duty.incident ?? '');
    if (incident === undefined) return false;
    if (event.type === 'IncidentsJoined')
      return event.ids.incident === incident.id && (duty.key !== 'form' || asksForForm(room, event.ids.into));
    if (duty.key === 'form')
      return event.type === 'RiskFormCompleted' || (event.type === 'KindsSet' && formMissing(room, incident) === null);
    if (event.type === 'GradeSet' || event.type === 'FloorSet') return isBeforeUnit(room, duty, incident);
    return event.type === 'Assessed' && isComplete(incident.assessment);
  },
};

/** A prompt that has not spoken waits for the unit's assignment once the grade is an emergency. */
function isBeforeUnit(room: Room, duty: Duty, incident: Incident): boolean {
  return duty.state === 'armed' && isTooEarly(room, incident);
}

/** The incident that a duplicate was joined into asks for the form itself, or has it. */
function asksForForm(room: Room, into: string): boolean {
  const incident = room.incidents.get(into);
  return incident !== undefined && (incident.riskForm !== null || formMissing(room, incident) !== null);
}
