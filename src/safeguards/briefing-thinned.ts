import type { Briefing, Deployment } from '../room/deployment.ts';
import { isLive, liveDeployments } from '../room/deployment.ts';
import type { Incident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import { appearancesOf, sameSubjects } from '../room/subject.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { liveDangers } from './dangers.ts';
import { idOf } from './duties.ts';
import { markersWith, markerTitle } from './markers.ts';
import { actorOr, dispatcher } from './owners.ts';
import { minuteMs } from './spans.ts';
import { textEvents } from './texts.ts';
import { listed, quoted } from './words.ts';

const id = 'briefing-thinned';
const childWords = /\b(?:child(?:ren)?|bab(?:y|ies)|kids?|toddlers?|infants?|boys?|girls?|sons?|daughters?)\b/i;

/** What a unit was given that is less than, or unlike, what the incident holds. */
interface Thinned {
  readonly code: string;
  /** Said for a person: the danger in its own words, or what else is missing. */
  readonly what: string;
  readonly isGrave: boolean;
  readonly seqs: readonly number[];
}

/** A danger that counts: it threatens life, or somebody has confirmed it. */
function untold(incident: Incident, briefing: Briefing): Thinned | null {
  const all = liveDangers(incident).filter((one) => one.lifeThreat || one.confirmed === true);
  const missing = all.filter((one) => !briefing.dangers.includes(one.kind));
  if (missing.length === 0) return null;
  const kinds = new Map(missing.map((one) => [one.kind, quoted(one.quote, 60)]));
  return {
    code: 'danger-untold',
    what: [...kinds.values()].join('; '),
    isGrave: true,
    seqs: missing.map((one) => one.seq),
  };
}

/** Somewhere, or somebody, that does not stand in the incident as where to go or whom to see. */
function elsewhere(room: Room, incident: Incident, { place, see = [] }: Briefing): Thinned | null {
  const all = appearancesOf(room, incident);
  const stands = (subject: string, isFit: (role: string) => boolean): boolean => {
    const same = sameSubjects(room, subject);
    return all.some((one) => isFit(one.role) && same.includes(one.subject));
  };
  const scenes = all.filter((one) => one.role === 'scene');
  const seqs = scenes.map((one) => one.seq);
  if (place !== undefined && scenes.length > 0 && !stands(place, (role) => role === 'scene'))
    return { code: 'other-place', what: 'another address', isGrave: true, seqs };
  const isStranger = (subject: string): boolean => !stands(subject, () => true);
  return see.some(isStranger) ? { code: 'other-person', what: 'somebody else', isGrave: true, seqs: [] } : null;
}

function unwarned(room: Room, incident: Incident, { told, markers = [] }: Briefing): Thinned | null {
  const warnings = [
    ...markersWith(room, incident, 'weapons-warning'),
    ...markersWith(room, incident, 'violence-warning'),
  ].filter((marker) => !markers.includes(marker.kind));
  const children = appearancesOf(room, incident).filter((one) => one.role === 'child');
  const isChildUntold =
    (children.length > 0 || incident.kinds.includes('child')) && !told.some((one) => childWords.test(one));
  const what = [...new Set(warnings.map((one) => markerTitle(room, one))), ...(isChildUntold ? ['a child there'] : [])];
  if (what.length === 0) return null;
  return {
    code: 'warning-untold',
    what: listed(what),
    isGrave: false,
    seqs: [...warnings, ...children].map((one) => one.seq),
  };
}

/** The gravest difference between what the unit has and what the incident holds, or null. */
function thinnedOf(room: Room, deployment: Deployment): Thinned | null {
  const { briefing, cardOpenedAt } = deployment;
  const incident = room.incidents.get(deployment.incident);
  if (briefing === null || incident === undefined || cardOpenedAt !== null) return null;
  return elsewhere(room, incident, briefing) ?? untold(incident, briefing) ?? unwarned(room, incident, briefing);
}

function raised(event: AnyEvent, room: Room, deployment: Deployment): readonly RaiseDuty[] {
  const thinned = thinnedOf(room, deployment);
  if (thinned === null) return [];
  const { code, what, isGrave, seqs } = thinned;
  return [
    {
      kind: 'duty',
      about: `deployment:${deployment.id}`,
      owner: event.type === 'UnitBriefed' ? actorOr(event, dispatcher) : dispatcher,
      level: isGrave ? 'alarm' : 'prompt',
      timing: isGrave ? 'grave' : 'main',
      why: why(code, { unit: deployment.unit, what }, [...seqs, deployment.briefing?.seq ?? event.seq]),
      asks: [ask('BriefUnit', { deployment: deployment.id }), ask('OpenCard', { deployment: deployment.id })],
    },
  ];
}

/** `briefing-thinned`: a unit was told less than, or something unlike, what the incident holds. It goes on. */
export const briefingThinned: Safeguard = {
  id,
  needs: ['units', 'text'],
  on: ['UnitBriefed', ...textEvents, 'ObservationRecorded', 'ContactJoined', 'DangerConfirmed'],
  timings: {
    // A moment in which the dispatcher says the rest.
    main: { speaksMs: minuteMs(1), dueMs: minuteMs(2), ladder: [{ to: 'supervisor', afterMs: 0 }] },
    grave: { speaksMs: 0, dueMs: minuteMs(1), ladder: [{ to: 'supervisor', afterMs: 0 }] },
  },
  words: {
    'danger-untold': '{unit} is on the way and has not been told: "{what}". Tell them now.',
    'other-place': '{unit} was given {what} than the one that stands here. Tell them where to go.',
    'other-person': '{unit} was told to see {what} than anybody who stands here. Tell them whom to see.',
    'warning-untold': '{unit} has not been told of {what}.',
  },
  react(event, room) {
    if (event.type === 'UnitBriefed') {
      const deployment = room.deployments.get(event.ids.deployment);
      return deployment === undefined ? [] : raised(event, room, deployment);
    }
    const incident = room.incidents.get(event.ids['incident'] ?? '');
    return incident === undefined ? [] : liveDeployments(room, incident).flatMap((one) => raised(event, room, one));
  },
  isMet(duty, _event, room) {
    const deployment = room.deployments.get(idOf(duty.about));
    return deployment === undefined || !isLive(deployment) || thinnedOf(room, deployment) === null;
  },
};
