import { liveDeployments } from '../../room/deployment.ts';
import { dutiesOfIncident } from '../../room/duty.ts';
import { effectiveGrade } from '../../room/grade.ts';
import type { Incident } from '../../room/incident.ts';
import { gradeById } from '../../room/policy.ts';
import type { Room } from '../../room/room.ts';
import { commandSchemas, stakeOf } from '../../room/vocabulary.ts';
import { fieldsOf, spoken, spokenField } from './fields.ts';
import { choicesOf } from './things.ts';

type Data = Readonly<Record<string, unknown>>;

/** What a command will do, in words, before it is given. */
export interface Echo {
  /** What is done, and to what. */
  readonly says: string;
  /** Whom or what it leaves with less, each as a sentence. */
  readonly leaves: readonly string[];
  /** It diverts, lowers, defers or closes. */
  readonly isGrave: boolean;
}

/** What a command with this data would do in this room, as far as it is filled in. */
export function echoOf(room: Room, type: string, data: Data): Echo {
  const leaves = leavesOf(room, type, data);
  return { says: sentenceOf(room, type, data), leaves, isGrave: leaves.length > 0 || isStaked(room, type, data) };
}

function isStaked(room: Room, type: string, data: Data): boolean {
  const read = commandSchemas.get(type)?.safeParse(data);
  if (read?.success !== true) return false;
  const who = { kind: 'staff', id: 'console' } as const;
  const at = { at: room.now, now: room.now };
  return (
    stakeOf(room, {
      id: 'echo',
      type,
      data: read.data,
      actor: who,
      ...at,
      approval: null,
      override: null,
      read: () => [],
    }) !== null
  );
}

/** The command and what it is filled with, things by what they are as well as by their id. */
function sentenceOf(room: Room, type: string, data: Data): string {
  const parts = fieldsOf(type)
    .filter(({ name }) => data[name] !== undefined)
    .map((field) => {
      const choices = choicesOf(room, type, field);
      const values = Array.isArray(data[field.name]) ? (data[field.name] as unknown[]) : [data[field.name]];
      const said = values.map((value) => {
        const known = choices?.find((one) => one.value === value);
        const text = typeof value === 'string' ? value : JSON.stringify(value);
        return known === undefined || known.says === text ? text : `${text} (${known.says})`;
      });
      return `${spokenField(field.name)} ${said.join(', ')}`;
    });
  return [spoken(type), ...parts].join(' · ');
}

function textIn(data: Data, field: string): string {
  const value = data[field];
  return typeof value === 'string' ? value : '';
}

function leavesOf(room: Room, type: string, data: Data): readonly string[] {
  switch (type) {
    case 'DivertUnit':
    case 'AssignUnit':
      return unitLeaves(room, textIn(data, 'unit'), textIn(data, type === 'DivertUnit' ? 'to' : 'incident'));
    case 'StandDown': {
      const deployment = room.deployments.get(textIn(data, 'deployment'));
      return deployment === undefined ? [] : unitLeaves(room, deployment.unit, '');
    }
    case 'SetUnitStatus':
      return ['assigned', 'en-route', 'at-scene', 'emergency'].includes(textIn(data, 'status'))
        ? []
        : unitLeaves(room, textIn(data, 'unit'), '');
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
  return `${incident.id} “${incident.summary}” (${effectiveGrade(room, incident)?.title ?? 'not graded'})`;
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
  const [is, next] = [incident === undefined ? null : effectiveGrade(room, incident), gradeById(room.policy, grade)];
  if (incident === undefined || is === null || next === null) return [];
  const { grades } = room.policy;
  if (grades.indexOf(next) <= grades.indexOf(is)) return [];
  const floors = incident.floors.map((floor) => floor.safeguard.replaceAll('-', ' '));
  const held = floors.length === 0 ? '' : ` A floor stands: ${floors.join(', ')}.`;
  return [`${called(room, incident)} is lowered from ${is.title} to ${next.title}.${held}`];
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
