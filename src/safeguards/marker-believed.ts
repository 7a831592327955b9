import type { Contact } from '../room/contact.ts';
import { contactOf } from '../room/contact.ts';
import type { Reading } from '../room/define.ts';
import type { Duty } from '../room/duty.ts';
import { openDuty } from '../room/duty.ts';
import { effectiveGrade } from '../room/grade.ts';
import type { Incident } from '../room/incident.ts';
import { spokeToCaller } from '../room/incident.ts';
import { allMarkersOn, markersOn } from '../room/marker.ts';
import { gradeOfBand, gradeRank } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import type { Response, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { concerned } from './cut-off.ts';
import { isTakenUp } from './duties.ts';
import { findingsOf, recordSeqs } from './findings.ts';
import { isProtective, markerTitle } from './markers.ts';
import { handlerOf, takerOf } from './owners.ts';
import { minuteMs } from './spans.ts';
import { isText, textEvents } from './texts.ts';
import { quoted } from './words.ts';

const id = 'marker-believed';

type Place = { readonly id: string; readonly contacts: readonly string[] };

/** What is on record in a place that protects somebody: a marker in force, or one that a source told of. */
function isOnRecord(room: Room, place: Place, subject: string | undefined): boolean {
  const subjects = new Set(concerned(room, place).map((one) => one.subject));
  if (subject !== undefined) subjects.add(subject);
  for (const one of subjects) if (markersOn(room, one).some((marker) => isProtective(room, marker))) return true;
  return findingsOf(room, place).some(
    (finding) => finding.kind === 'marker' && !finding.signs.includes('marker-removed'),
  );
}

/** A marker that was there and is gone: what the caller may rightly believe in. */
function removedOf(room: Room, place: Place, subject: string | undefined): string | null {
  const subjects = new Set(concerned(room, place).map((one) => one.subject));
  if (subject !== undefined) subjects.add(subject);
  for (const one of subjects) {
    const marker = allMarkersOn(room, one).find((held) => held.state === 'removed');
    if (marker !== undefined) return markerTitle(room, marker);
  }
  return findingsOf(room, place).find((finding) => finding.signs.includes('marker-removed'))?.says ?? null;
}

interface Belief {
  readonly contact: Contact | null;
  readonly incident: Incident | null;
  readonly words: string;
  readonly subject: string | undefined;
  readonly seq: number;
}

function believed(room: Room, { contact, incident, words, subject, seq }: Belief): readonly Response[] {
  const place = incident ?? (contact === null ? null : { id: contact.id, contacts: [] });
  if (place === null || isOnRecord(room, place, subject)) return [];
  const removed = removedOf(room, place, subject);
  const params = { words: quoted(words), ...(removed === null ? {} : { removed: quoted(removed) }) };
  const record = removed === null ? [] : recordSeqs(room, [place.id, ...place.contacts]);
  const reason = why(removed === null ? 'none-on-record' : 'removed', params, [...record, seq]);
  const decide =
    incident === null
      ? ask('OpenIncident', { contact: place.id })
      : ask('DecideBelievedMarker', { incident: incident.id });
  const duty: Response = {
    kind: 'duty',
    about: incident === null ? `contact:${place.id}` : `incident:${incident.id}`,
    owner: incident === null ? handlerOf(contact) : takerOf(room, incident),
    level: 'prompt',
    timing: incident === null ? 'unopened' : 'main',
    why: reason,
    asks: [decide, ask('RequestCheck')],
  };
  return incident === null ? [duty] : [duty, ...asIfMarked(room, incident, reason)];
}

/** Until it is decided, a grade below priority is not enough for somebody who was told that they would be protected. */
function asIfMarked(room: Room, incident: Incident, reason: ReturnType<typeof why>): readonly Response[] {
  const now = effectiveGrade(room, incident);
  const least = gradeOfBand(room.policy, 'priority');
  if (now === null || least === null || gradeRank(room.policy, now.id) <= gradeRank(room.policy, least.id)) return [];
  return [{ kind: 'floor', incident: incident.id, band: 'priority', why: reason }];
}

function beliefIn(readings: readonly Reading[]): string | null {
  return readings.find((one) => one.reads === 'belief' && one.standing === 'told')?.quote ?? null;
}

function react(event: AnyEvent, room: Room): readonly Response[] {
  const incident = room.incidents.get(event.ids['incident'] ?? '') ?? null;
  const contact = contactOf(room, event.ids['contact']);
  const belief = { contact, incident, subject: undefined, seq: event.seq };
  if (event.type === 'MarkerBelieved') {
    return believed(room, { ...belief, words: event.body.words, subject: event.ids.subject });
  }
  if (isText(event)) {
    const words = beliefIn(event.body.readings);
    return words === null ? [] : believed(room, { ...belief, words });
  }
  if (event.type === 'IncidentOpened' || event.type === 'ContactJoined') {
    const before = contact?.readings.find((one) => one.reads === 'belief' && one.standing === 'told');
    const words = (event.type === 'IncidentOpened' ? beliefIn(event.body.readings) : null) ?? before?.quote ?? null;
    return words === null ? [] : believed(room, { ...belief, words, seq: before?.seq ?? event.seq });
  }
  if (event.type === 'GradeSet') {
    const reason = incident === null ? undefined : openDuty(room, id, `incident:${incident.id}`)?.why[0];
    return incident === null || reason === undefined ? [] : asIfMarked(room, incident, reason);
  }
  if (event.type === 'CheckCompleted') {
    const found = event.body.findings.find((one) => one.signs.includes('marker-removed'));
    const open = incident === null || found === undefined ? null : openDuty(room, id, `incident:${incident.id}`);
    const words = open?.why[0]?.params['words'];
    return words === undefined ? [] : believed(room, { ...belief, words: String(words) });
  }
  return [];
}

/** `marker-believed`: the caller believes that there is a marker or an arrangement, and none is on record. */
export const markerBelieved: Safeguard = {
  id,
  needs: ['text', 'markers'],
  on: ['MarkerBelieved', ...textEvents, 'IncidentOpened', 'ContactJoined', 'GradeSet', 'CheckCompleted', 'LiftFloor'],
  timings: {
    main: { speaksMs: 0, dueMs: minuteMs(15), ladder: [{ to: 'supervisor', afterMs: minuteMs(15) }] },
    /** The handler is about to open the incident in which it is decided. */
    unopened: { speaksMs: minuteMs(2), dueMs: minuteMs(13), ladder: [{ to: 'supervisor', afterMs: minuteMs(15) }] },
  },
  words: {
    'none-on-record':
      'The caller believes in a marker ("{words}"); none is on record. Treat as marked; look for a removed one.',
    removed: 'The caller believes in a marker ("{words}"). One was removed: {removed}. Treat as marked until decided.',
    'marker-undecided': 'Whether the caller is to be treated as marked has not been decided.',
  },
  react,
  gate(asked, room) {
    if (asked.type !== 'LiftFloor' || asked.data.safeguard !== id) return [];
    const duty = openDuty(room, id, `incident:${asked.data.incident}`);
    if (duty === null) return [];
    const asks = [ask('DecideBelievedMarker', { incident: asked.data.incident })];
    return [{ safeguard: id, why: why('marker-undecided', {}, duty.why[0]?.seqs ?? []), asks }];
  },
  isMet(duty: Duty, event, room) {
    if (isTakenUp(duty, event)) return true;
    if (event.type === 'BelievedMarkerDecided') {
      return event.body.callerTold;
    }
    if (event.type === 'IncidentClosed') {
      const incident = room.incidents.get(event.ids.incident);
      return incident !== undefined && !spokeToCaller(room, incident).has(event.actor.id);
    }
    return false;
  },
};
