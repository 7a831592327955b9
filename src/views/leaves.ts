import { liveDeployments } from '../room/deployment.ts';
import { dutiesOfIncident } from '../room/duty.ts';
import { effectiveGrade, isLowering } from '../room/grade.ts';
import type { Incident } from '../room/incident.ts';
import { gradeById } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import { leaves, unitStatuses } from '../room/unit.ts';
import { isolated } from './isolated.ts';

type Data = Readonly<Record<string, unknown>>;

function textIn(data: Data, field: string): string {
  const value = data[field];
  return typeof value === 'string' ? value : '';
}

/**
 * Whom or what a command leaves with less, each as a sentence, before it is given: a unit's last incident, a lower
 * grade, an end, a deferral. Empty where it leaves nobody with less.
 */
export function whomItLeaves(room: Room, type: string, data: Data): readonly string[] {
  switch (type) {
    case 'DivertUnit':
    case 'AssignUnit':
      return unitLeaves(room, textIn(data, 'unit'), textIn(data, type === 'DivertUnit' ? 'to' : 'incident'));
    case 'StandDown': {
      const deployment = room.deployments.get(textIn(data, 'deployment'));
      return deployment === undefined ? [] : unitLeaves(room, deployment.unit, '');
    }
    case 'SetUnitStatus': {
      const status = unitStatuses.find((one) => one === data['status']);
      const unit = textIn(data, 'unit');
      return status !== undefined && leaves(room, unit, status) ? unitLeaves(room, unit, '') : [];
    }
    case 'SetGrade':
      return gradeLowers(room, textIn(data, 'incident'), textIn(data, 'grade'));
    case 'CloseIncident':
      return closes(room, textIn(data, 'incident'));
    case 'Defer':
      return defers(room, textIn(data, 'incident'));
    default:
      return [];
  }
}

function called(room: Room, incident: Incident): string {
  return `${incident.id} “${isolated(incident.summary)}” (${effectiveGrade(room, incident)?.title ?? 'not graded'})`;
}

/** Whom a unit leaves, and whether anybody still goes there. */
function unitLeaves(room: Room, unit: string, to: string): readonly string[] {
  const deployment = room.deployments.get(room.units.get(unit)?.deployment ?? '');
  const incident = room.incidents.get(deployment?.incident ?? '');
  if (deployment === undefined || incident === undefined || incident.id === to) return [];
  const others = liveDeployments(room, incident).filter((one) => one.id !== deployment.id);
  const left =
    others.length === 0
      ? 'Nobody is going there then.'
      : `${others.map((one) => `${one.unit} ${one.state.replaceAll('-', ' ')}`).join(', ')} stays with it.`;
  return [`${unit} leaves ${called(room, incident)}. ${left}`];
}

function gradeLowers(room: Room, id: string, grade: string): readonly string[] {
  const incident = room.incidents.get(id);
  const next = gradeById(room.policy, grade);
  if (incident === undefined || next === null || !isLowering(room, incident, grade)) return [];
  const floors = incident.floors.map((floor) => floor.safeguard.replaceAll('-', ' '));
  const held = floors.length === 0 ? '' : ` A floor stands: ${floors.join(', ')}.`;
  return [`${called(room, incident)} is lowered to ${next.title}.${held}`];
}

function closes(room: Room, id: string): readonly string[] {
  const incident = room.incidents.get(id);
  if (incident === undefined) return [];
  const open = dutiesOfIncident(room, incident).filter((duty) => duty.state === 'raised').length;
  const going = liveDeployments(room, incident).map((one) => one.unit);
  return [
    `${called(room, incident)} ends.`,
    ...(open === 0 ? [] : [`${open} open ${open === 1 ? 'duty stands' : 'duties stand'} in its way.`]),
    ...(going.length === 0 ? [] : [`${going.join(', ')} still ${going.length === 1 ? 'goes' : 'go'} there.`]),
  ];
}

function defers(room: Room, id: string): readonly string[] {
  const incident = room.incidents.get(id);
  if (incident === undefined) return [];
  const before = room.deferralsOf.get(id) ?? 0;
  const again = before === 0 ? '' : ` It was put off ${before === 1 ? 'once' : `${before} times`} before.`;
  return [`${called(room, incident)} waits.${again}`];
}
