import { isLive } from '../room/deployment.ts';
import { effectiveGrade } from '../room/grade.ts';
import { openIncident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import type { EventBy } from '../room/vocabulary.ts';
import { idOf } from './duties.ts';
import { isPressing } from './grades.ts';
import { dispatcher } from './owners.ts';
import { answerMs, isMoving } from './sending.ts';
import { minuteMs } from './spans.ts';
import { quoted } from './words.ts';

const movement = 'movement';
const exemptSkills: readonly string[] = ['covert', 'firearms'];

function askedAgain({ deployment, incident }: { deployment: string; incident: string }): RaiseDuty['asks'] {
  return [
    ask('AcknowledgeDeployment', { deployment }),
    ask('MarkEnRoute', { deployment }),
    ask('AssignUnit', { incident }),
  ];
}

function isExempt(room: Room, unit: string): boolean {
  return room.units.get(unit)?.skills.some((skill) => exemptSkills.includes(skill)) ?? false;
}

function unanswered({ ids, seq }: EventBy<'UnitAssigned'>, job: string, isEmergency: boolean): RaiseDuty {
  return {
    kind: 'duty',
    about: `deployment:${ids.deployment}`,
    owner: dispatcher,
    level: 'prompt',
    timing: isEmergency ? 'emergency' : 'main',
    why: why('no-answer', { unit: ids.unit, job }, [seq]),
    asks: askedAgain(ids),
  };
}

/** Only where minutes count: a unit that has said yes to an appointment need not move at once. */
function unmoved({ ids, seq }: EventBy<'DeploymentAcknowledged'>, job: string, isEmergency: boolean): RaiseDuty {
  return {
    kind: 'duty',
    about: `deployment:${ids.deployment}`,
    key: movement,
    owner: dispatcher,
    level: 'prompt',
    timing: isEmergency ? 'emergency-movement' : 'movement',
    why: why('no-movement', { unit: ids.unit, job }, [seq]),
    asks: askedAgain(ids),
  };
}

/** `deployment-unconfirmed`: an assigned unit has not answered, or has answered and not moved. */
export const deploymentUnconfirmed: Safeguard = {
  id: 'deployment-unconfirmed',
  needs: ['units'],
  on: ['UnitAssigned', 'DeploymentAcknowledged'],
  timings: {
    main: { speaksMs: answerMs.other, dueMs: minuteMs(2), ladder: [{ to: 'supervisor', afterMs: 0 }] },
    emergency: { speaksMs: answerMs.emergency, dueMs: minuteMs(1), ladder: [{ to: 'supervisor', afterMs: 0 }] },
    movement: { speaksMs: minuteMs(10), dueMs: minuteMs(5), ladder: [{ to: 'supervisor', afterMs: 0 }] },
    'emergency-movement': { speaksMs: minuteMs(3), dueMs: minuteMs(1), ladder: [{ to: 'supervisor', afterMs: 0 }] },
  },
  words: {
    'no-answer': '{unit} was sent to “{job}” and has neither answered nor moved.',
    'no-movement': '{unit} said yes to “{job}” and has not moved since.',
    'nobody-goes': '{unit} still gives no sign of going to “{job}”. Treat it as nobody sent.',
  },
  react(event, room) {
    if (event.type !== 'UnitAssigned' && event.type !== 'DeploymentAcknowledged') return [];
    const incident = openIncident(room, event.ids.incident);
    if (incident === null || isExempt(room, event.ids.unit)) return [];
    const job = quoted(incident.summary, 60);
    const band = effectiveGrade(room, incident)?.band ?? null;
    if (event.type === 'UnitAssigned') return [unanswered(event, job, band === 'emergency')];
    const deployment = room.deployments.get(event.ids.deployment);
    if (deployment === undefined || deployment.moved) return [];
    return isPressing(band) ? [unmoved(event, job, band === 'emergency')] : [];
  },
  due(duty, room) {
    const deployment = room.deployments.get(idOf(duty.about));
    if (deployment === undefined || !isLive(deployment)) return [];
    const ids = { deployment: deployment.id, incident: deployment.incident };
    const job = quoted(room.incidents.get(deployment.incident)?.summary ?? 'its job', 60);
    return [
      {
        kind: 'duty',
        about: `deployment:${deployment.id}`,
        key: duty.key,
        owner: dispatcher,
        level: 'prompt',
        why: why('nobody-goes', { unit: deployment.unit, job }, [deployment.seq]),
        asks: askedAgain(ids).toReversed(),
      },
    ];
  },
  isMet(duty, event, room) {
    const wanted = idOf(duty.about);
    const deployment = room.deployments.get(wanted);
    if (deployment === undefined || !isLive(deployment)) return true;
    if (event.ids['deployment'] !== wanted) return false;
    return isMoving(event) || (duty.key !== movement && event.type === 'DeploymentAcknowledged');
  },
};
