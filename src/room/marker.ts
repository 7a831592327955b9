import { z } from 'zod';
import { changeIn, listed, roomWith } from './change.ts';
import type { Asked } from './define.ts';
import { concept, drafts, event, id, instant, line, refuse, taken, unknown } from './define.ts';
import type { Incident } from './incident.ts';
import type { MarkerEffect } from './policy.ts';
import { firstUnknown } from './known.ts';
import type { Room } from './room.ts';
import { sameSubjects } from './subject.ts';

/** A warning or protection with an owner, a life and typed effects. */
export interface Marker {
  readonly id: string;
  readonly seq: number;
  readonly subject: string;
  readonly kind: string;
  readonly reason: string;
  readonly owner: string;
  readonly reviewAt: number;
  readonly state: 'in-force' | 'unreviewed' | 'removed';
  readonly removedAt: number | null;
  /** Incidents in which it was acknowledged by name, with who did. */
  readonly acknowledged: readonly { readonly incident: string; readonly by: string }[];
}

/** Markers in force on a subject or anything that matches it exactly, oldest first. */
export function markersOn(room: Room, subject: string): readonly Marker[] {
  return allMarkersOn(room, subject).filter((marker) => marker.state !== 'removed');
}

/** Every marker ever set on a subject, removed ones included. */
export function allMarkersOn(room: Room, subject: string): readonly Marker[] {
  return sameSubjects(room, subject)
    .flatMap((one) => room.markersOf.get(one) ?? [])
    .map((one) => room.markers.get(one))
    .filter((one): one is Marker => one !== undefined);
}

/** What the marker does, by the policy in force. */
export function effectsOf(room: Room, marker: Marker): readonly MarkerEffect[] {
  return room.policy.markerKinds[marker.kind]?.effects ?? [];
}

/** Whether a marker on anybody or anything in an incident asks for two officers. */
export function needsTwoOfficers(room: Room, incident: Incident): boolean {
  return incident.subjects.some((subject) =>
    markersOn(room, subject).some((marker) => effectsOf(room, marker).includes('two-officers')),
  );
}

const commands = {
  SetMarker: z.strictObject({
    marker: id,
    subject: id,
    kind: id,
    reason: line,
    owner: id,
    reviewAt: instant.optional(),
  }),
  AcknowledgeMarker: z.strictObject({ marker: id, incident: id }),
  RenewMarker: z.strictObject({ marker: id, reviewAt: instant, reason: line }),
  RemoveMarker: z.strictObject({
    marker: id,
    reassessment: line,
    /** Whether the protected person was told, or why telling them is not safe. */
    told: z.enum(['told', 'attempts-recorded', 'not-safe-to-tell', 'not-told']),
    reason: line,
  }),
  ReportBelievedMarker: z.strictObject({ contact: id, incident: id.optional(), subject: id, words: line }),
  DecideBelievedMarker: z.strictObject({
    incident: id,
    treatAsMarked: z.boolean(),
    callerTold: z.boolean(),
    reason: line,
  }),
};

const events = {
  MarkerSet: event({ marker: id, subject: id }, { kind: id, reason: line, owner: id, reviewAt: instant }),
  MarkerAcknowledged: event({ marker: id, incident: id }, {}, {}),
  MarkerRenewed: event({ marker: id, subject: id }, { reviewAt: instant, reason: line }),
  /** The machine may extend a protective marker, never end it. */
  MarkerExtended: event({ marker: id, subject: id }, { reviewAt: instant }),
  MarkerLapsed: event({ marker: id, subject: id }, {}, {}),
  MarkerRemoved: event({ marker: id, subject: id }, { reassessment: line, told: z.string().max(32), reason: line }),
  MarkerBelieved: event({ contact: id, incident: id.optional(), subject: id }, { words: line }),
  BelievedMarkerDecided: event({ incident: id }, { treatAsMarked: z.boolean(), callerTold: z.boolean(), reason: line }),
};
const make = drafts(events);

/** Setting a marker is never refused; it is reviewed no later than its kind is. */
function reviewOf(reviewMs: number, wanted: number | undefined, asked: Asked): number {
  const latest = asked.at + reviewMs;
  return wanted === undefined || (wanted > latest && asked.actor.kind !== 'world') ? latest : wanted;
}

/** Markers with typed effects. */
export const markerConcept = concept({
  commands,
  events,
  stakes: {
    RemoveMarker: () => 'lowers',
    DecideBelievedMarker: (data) => (data.treatAsMarked ? null : 'lowers'),
  },
  decide: {
    SetMarker: (data, room, asked) => {
      if (room.markers.has(data.marker)) return taken('marker', data.marker);
      if (!room.subjects.has(data.subject)) return unknown('subject', data.subject);
      const kind = room.policy.markerKinds[data.kind];
      if (kind === undefined) return unknown('kind of marker', data.kind, Object.keys(room.policy.markerKinds));
      const body = {
        kind: data.kind,
        reason: data.reason,
        owner: data.owner,
        reviewAt: reviewOf(kind.reviewMs, data.reviewAt, asked),
      };
      return [make.MarkerSet({ marker: data.marker, subject: data.subject }, body)];
    },
    AcknowledgeMarker: (data, room) => {
      if (!room.markers.has(data.marker)) return unknown('marker', data.marker);
      if (!room.incidents.has(data.incident)) return unknown('incident', data.incident);
      return [make.MarkerAcknowledged({ marker: data.marker, incident: data.incident }, {})];
    },
    RenewMarker: (data, room, asked) => {
      const marker = room.markers.get(data.marker);
      if (marker === undefined) return unknown('marker', data.marker);
      const longest = asked.now + (room.policy.markerKinds[marker.kind]?.reviewMs ?? 0);
      if (data.reviewAt <= asked.now) return refuse('review-past', 'The next review is a time to come.');
      if (data.reviewAt > longest && data.reviewAt > marker.reviewAt)
        return refuse('review-too-late', `A ${marker.kind} is reviewed sooner; the policy says how soon.`);
      return [
        make.MarkerRenewed(
          { marker: marker.id, subject: marker.subject },
          { reviewAt: data.reviewAt, reason: data.reason },
        ),
      ];
    },
    RemoveMarker: (data, room) => {
      const marker = room.markers.get(data.marker);
      if (marker === undefined) return unknown('marker', data.marker);
      const { reassessment, told, reason } = data;
      return [make.MarkerRemoved({ marker: marker.id, subject: marker.subject }, { reassessment, told, reason })];
    },
    ReportBelievedMarker: (data, room) => {
      const contact = room.contacts.get(data.contact);
      if (contact === undefined) return unknown('contact', data.contact);
      const missing = firstUnknown(room, { subject: data.subject, incident: data.incident });
      if (missing !== null) return missing;
      const incident = data.incident ?? contact.incident ?? undefined;
      return [make.MarkerBelieved({ contact: data.contact, incident, subject: data.subject }, { words: data.words })];
    },
    DecideBelievedMarker: (data, room) => {
      const { incident, treatAsMarked, callerTold, reason } = data;
      return room.incidents.has(incident)
        ? [make.BelievedMarkerDecided({ incident }, { treatAsMarked, callerTold, reason })]
        : unknown('incident', incident);
    },
  },
  evolve: {
    MarkerSet: (room, { ids, body, seq }) => {
      const marker: Marker = {
        id: ids.marker,
        seq,
        subject: ids.subject,
        kind: body.kind,
        reason: body.reason,
        owner: body.owner,
        reviewAt: body.reviewAt,
        state: 'in-force',
        removedAt: null,
        acknowledged: [],
      };
      return roomWith(room, {
        markersOf: listed(room.markersOf, ids.subject, marker.id, 200),
        markers: room.markers.set(marker.id, marker),
      });
    },
    MarkerAcknowledged: (room, { ids, actor }) => {
      const marker = room.markers.get(ids.marker);
      const acknowledged = [...(marker?.acknowledged ?? []), { incident: ids.incident, by: actor.id }].slice(-100);
      return changeIn(room, 'markers', ids.marker, { acknowledged });
    },
    MarkerRenewed: (room, { ids, body }) =>
      changeIn(room, 'markers', ids.marker, { reviewAt: body.reviewAt, state: 'in-force' }),
    MarkerExtended: (room, { ids, body }) => changeIn(room, 'markers', ids.marker, { reviewAt: body.reviewAt }),
    MarkerLapsed: (room, { ids }) => changeIn(room, 'markers', ids.marker, { state: 'unreviewed' }),
    MarkerRemoved: (room, { ids, at }) => changeIn(room, 'markers', ids.marker, { state: 'removed', removedAt: at }),
    MarkerBelieved: (room) => room,
    BelievedMarkerDecided: (room) => room,
  },
});
