import { liveDeployments } from '../room/deployment.ts';
import { effectiveGrade } from '../room/grade.ts';
import type { Incident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import type { ShownFact, Showing } from '../room/showing.ts';
import { showingName, showingOf } from '../room/showing.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { supervisor } from './owners.ts';
import { isGoing, needOf } from './sending.ts';
import { hourMs, minuteMs } from './spans.ts';

const id = 'state-mismatch';
const unitKey = 'unit';
const none = 'none';

function isArrested(room: Room, incident: Incident): boolean {
  return incident.deployments.some((one) => room.deployments.get(one)?.outcome === 'arrested');
}

/** Whether somebody must be sent and nobody has been: it belongs in a queue. */
function isWaiting(room: Room, incident: Incident): boolean {
  if (incident.state === 'closed' || incident.deferral !== null) return false;
  return needOf(room, incident) !== null && !isGoing(room, incident);
}

/** What this room holds of a fact, in the words of the other record; null where whatever it shows will do. */
const held: Readonly<Record<ShownFact, (room: Room, incident: Incident, shows: string) => string | null>> = {
  state: (_room, incident) => incident.state,
  grade: (room, incident) => effectiveGrade(room, incident)?.id ?? none,
  // A queue may hold for a while what is already served, but never lacks what waits nor keeps what is closed.
  queue: (room, incident, shows) => {
    if (shows === none) return isWaiting(room, incident) ? 'sending' : none;
    return incident.state === 'closed' ? none : null;
  },
  // Custody records run ahead of an officer's result, so only an arrest that nobody holds is a difference.
  custody: (room, incident, shows) => (shows === none ? (isArrested(room, incident) ? 'held' : none) : null),
};

function heldOf(room: Room, { incident: of, fact, shows }: Showing): string | null {
  const incident = room.incidents.get(of);
  return incident === undefined ? null : held[fact](room, incident, shows);
}

function doesAgree(room: Room, showing: Showing): boolean {
  const here = heldOf(room, showing);
  return here === null || here === showing.shows;
}

function differing(room: Room, showing: Showing, seq: number): RaiseDuty {
  const { incident, source, fact, shows } = showing;
  const params = { source, fact, shows, here: heldOf(room, showing) ?? none };
  return {
    kind: 'duty',
    about: `incident:${incident}`,
    key: showingName(source, fact),
    owner: supervisor,
    level: 'alarm',
    why: why(`${fact}-differs`, params, [seq]),
    asks: [ask('AddEntry', { incident })],
  };
}

/** Closed, with a unit still going to it or there. */
function goingToClosed(room: Room, incident: Incident, event: AnyEvent): readonly RaiseDuty[] {
  const [first] = liveDeployments(room, incident);
  if (first === undefined) return [];
  return [
    {
      kind: 'duty',
      about: `incident:${incident.id}`,
      key: unitKey,
      owner: supervisor,
      level: 'alarm',
      why: why('unit-at-closed', { unit: first.unit }, [first.seq, event.seq]),
      asks: [ask('StandDown', { deployment: first.id }), ask('ReopenIncident', { incident: incident.id })],
    },
  ];
}

/** `state-mismatch`: two records of one fact disagree, and people act upon the one that they see. */
export const stateMismatch: Safeguard = {
  id,
  needs: ['grades', 'units'],
  on: ['RecordShown', 'IncidentClosed'],
  timings: {
    main: {
      // Two systems that tell each other what happened are a moment apart.
      speaksMs: minuteMs(2),
      dueMs: 0,
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'system-owner', afterMs: 0 },
      ],
      againMs: hourMs(1),
    },
  },
  words: {
    'state-differs': '{source:source} shows this as {shows:plain}; here it is {here:plain}. Find out which is so.',
    'grade-differs':
      '{source:source} shows the grade as {shows:plain}; here it is {here:plain}. One of the two is the wrong clock.',
    'queue-differs': 'Here it is {here:plain}; {source:source} shows it as {shows:plain}. In no queue nobody is sent.',
    'custody-differs': 'An arrest is recorded here; {source:source} shows nobody held. Find out where they are.',
    'unit-at-closed': '{unit} is still going to or at this, and it is closed.',
  },
  react(event, room) {
    if (event.type === 'IncidentClosed') {
      const incident = room.incidents.get(event.ids.incident);
      return incident === undefined ? [] : goingToClosed(room, incident, event);
    }
    if (event.type !== 'RecordShown') return [];
    const showing = showingOf(room, event.ids.incident, showingName(event.ids.source, event.body.fact));
    return showing === undefined || doesAgree(room, showing) ? [] : [differing(room, showing, event.seq)];
  },
  isMet(duty, _event, room) {
    const incident = room.incidents.get(duty.incident ?? '');
    if (incident === undefined) return true;
    if (duty.key === unitKey) return incident.state === 'open' || liveDeployments(room, incident).length === 0;
    const showing = showingOf(room, incident.id, duty.key);
    return showing === undefined || doesAgree(room, showing);
  },
};
