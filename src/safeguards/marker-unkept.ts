import type { Owner } from '../room/duty.ts';
import { dutiesAbout } from '../room/duty.ts';
import type { Marker } from '../room/marker.ts';
import { markersOn } from '../room/marker.ts';
import type { Room } from '../room/room.ts';
import type { Gate, RaiseDuty, Response, Safeguard } from '../room/safeguard.ts';
import { ask, countOf, why, windowMs } from '../room/safeguard.ts';
import { hasAuthority } from '../room/staff.ts';
import { relatedTo, sameSubjects } from '../room/subject.ts';
import type { AnyAsked, EventBy } from '../room/vocabulary.ts';
import { hasSecondPerson } from './authority.ts';
import { idOf } from './duties.ts';
import { isProtective, markerTitle } from './markers.ts';
import { isPerson } from './people.ts';
import { dayMs, minutes } from './spans.ts';
import { subjectWords } from './words.ts';

/** Whether anybody stands behind the name: a person, a role, or somebody on call. */
function hasOwner(room: Room, marker: Marker): boolean {
  const { owner } = marker;
  return room.staff.has(owner) || room.policy.roles[owner] !== undefined || room.policy.onCall.includes(owner);
}

function ownerOf(room: Room, marker: Marker): Owner {
  if (!hasOwner(room, marker)) return { role: 'specialist' };
  return room.policy.roles[marker.owner] === undefined ? { staff: marker.owner } : { role: marker.owner };
}

function days(spanMs: number): number {
  return Math.ceil(minutes(spanMs) / 1_440);
}

function raised(room: Room, marker: Marker, rest: Pick<RaiseDuty, 'key' | 'timing' | 'speaksAt' | 'why'>): RaiseDuty {
  return {
    kind: 'duty',
    about: `marker:${marker.id}`,
    owner: ownerOf(room, marker),
    level: 'prompt',
    asks: [ask('RenewMarker', { marker: marker.id }), ask('Propose', { command: 'RemoveMarker', marker: marker.id })],
    ...rest,
  };
}

function params(room: Room, marker: Marker): { title: string; on: string } {
  return { title: markerTitle(room, marker), on: subjectWords(room, marker.subject) };
}

/** Notice before the review, or halfway to it where the review is nearer than that; its rungs repeat it. */
function notice(room: Room, marker: Marker, seq: number): RaiseDuty {
  const aheadMs = Math.min(windowMs(room, markerUnkept, 'notice'), Math.max(0, marker.reviewAt - room.now) / 2);
  return raised(room, marker, {
    key: 'notice',
    timing: 'main',
    speaksAt: marker.reviewAt - aheadMs,
    why: why('review-near', { ...params(room, marker), days: days(aheadMs) }, [marker.seq, seq]),
  });
}

/** The review day itself; the third one without an answer is for the owner's head. */
function past(room: Room, marker: Marker, seq: number): RaiseDuty {
  const missed = dutiesAbout(room, `marker:${marker.id}`).filter((duty) => duty.key.startsWith('past-')).length;
  const place = missed + 1;
  const isHeads = place >= countOf(room, markerUnkept, 'heads-decision');
  const raise = raised(room, marker, {
    key: isHeads ? 'past-head' : `past-${place}`,
    timing: isHeads ? 'head' : 'past',
    speaksAt: marker.reviewAt,
    why: why(isProtective(room, marker) ? 'review-missed' : 'unreviewed', { ...params(room, marker), place }, [seq]),
  });
  return isHeads ? { ...raise, owner: { role: 'fim' }, level: 'alarm' } : raise;
}

function unowned(room: Room, marker: Marker, seq: number): readonly RaiseDuty[] {
  if (hasOwner(room, marker)) return [];
  return [raised(room, marker, { key: 'owner', timing: 'owner', why: why('no-owner', params(room, marker), [seq]) })];
}

/** A marker of an opening world, or of before this safeguard, is taken up when its subject is next heard of. */
function takenUp(room: Room, event: EventBy<'Mentioned'>): readonly Response[] {
  return markersOn(room, event.ids.subject)
    .filter((marker) => marker.state === 'in-force')
    .filter((marker) => marker.reviewAt - windowMs(room, markerUnkept, 'notice') <= event.recordedAt)
    .filter((marker) => !dutiesAbout(room, `marker:${marker.id}`).some((duty) => duty.safeguard === markerUnkept.id))
    .flatMap((marker) =>
      marker.reviewAt <= event.recordedAt
        ? [past(room, marker, event.seq)]
        : [{ ...notice(room, marker, event.seq), speaksAt: event.recordedAt }, past(room, marker, event.seq)],
    );
}

/** Somebody protected has a new address or number, and what stands on the old one does not stand there. */
function moved(room: Room, event: EventBy<'Related'>): readonly RaiseDuty[] {
  const { relation } = event.body;
  if ((relation !== 'lives-at' && relation !== 'uses') || room.markers.size === 0) return [];
  const { subject, other } = event.ids;
  return [
    [subject, other],
    [other, subject],
  ].flatMap(([person = '', now = '']) => {
    if (!isPerson(room, person)) return [];
    const kind = room.subjects.get(now)?.identity.kind;
    const standing = new Set(markersOn(room, now).map((marker) => marker.kind));
    const before = relatedTo(room, person).filter(
      (one) => one.relation === relation && !sameSubjects(room, now).includes(one.subject),
    );
    return [...new Set(before.map((one) => one.subject))]
      .filter((one) => room.subjects.get(one)?.identity.kind === kind)
      .flatMap((one) => markersOn(room, one))
      .filter((marker) => isProtective(room, marker) && !standing.has(marker.kind))
      .map((marker) => {
        const reason = why('subject-moved', { ...params(room, marker), to: subjectWords(room, now) }, [event.seq]);
        const raise = raised(room, marker, { key: `moved:${now}`, timing: 'moved', why: reason });
        const known = { subject: now, kind: marker.kind, owner: marker.owner };
        return { ...raise, asks: [ask('SetMarker', known), ...raise.asks] };
      });
  });
}

/** What removal still lacks: somebody who may, a second person, and the protected person told. */
function removalGates(room: Room, asked: Extract<AnyAsked, { type: 'RemoveMarker' }>): readonly Gate[] {
  const marker = room.markers.get(asked.data.marker);
  if (marker === undefined) return [];
  const missing: Gate[] = [];
  const lacks = (code: string, asks: Gate['asks']): void => {
    missing.push({ safeguard: markerUnkept.id, why: why(code, params(room, marker), [marker.seq]), asks });
  };
  const people = [asked.actor.id, ...(asked.approval === null ? [] : [asked.approval.second])];
  const propose = [ask('Propose', { command: 'RemoveMarker', marker: marker.id })];
  if (!hasSecondPerson(room, asked, null)) lacks('removal-alone', propose);
  else if (!people.some((one) => hasAuthority(room, one, 'remove-marker'))) lacks('removal-authority', propose);
  if (isProtective(room, marker) && asked.data.told === 'not-told')
    lacks('removal-untold', [ask('RemoveMarker', { marker: marker.id, told: 'told' })]);
  return missing;
}

/** `marker-unkept`: a marker nears its review, has no owner, its subject moved, or it is to be removed. */
export const markerUnkept: Safeguard = {
  id: 'marker-unkept',
  needs: ['markers', 'staff'],
  on: ['MarkerSet', 'MarkerRenewed', 'MarkerExtended', 'Mentioned', 'Related', 'RemoveMarker'],
  timings: {
    // Spoken 28 days before the review, again 14 and 7 days before it.
    main: {
      ladder: [
        { to: 'specialist', afterMs: dayMs(14) },
        { to: 'specialist', afterMs: dayMs(21) },
      ],
      windows: { notice: dayMs(28), extension: dayMs(28) },
      counts: { 'heads-decision': 3 },
    },
    past: { ladder: [{ to: 'specialist', afterMs: dayMs(7) }] },
    head: { ladder: [{ to: 'fim', afterMs: dayMs(1) }], againMs: dayMs(28) },
    owner: { dueMs: dayMs(1), ladder: [{ to: 'specialist', afterMs: dayMs(1) }] },
    moved: { dueMs: dayMs(1), ladder: [{ to: 'specialist', afterMs: 0 }] },
  },
  words: {
    'review-near': '{title} on {on} is to be reviewed within {days} days.',
    'review-missed': '{title} on {on} was not reviewed in time ({place}). It stays in force with a new date.',
    unreviewed: '{title} on {on} is past its review: expired, unreviewed.',
    'no-owner': '{title} on {on} has no owner.',
    'subject-moved': '{title} stands on {on}; whom it protects now has {to}, where it does not stand.',
    'removal-alone': '{title} on {on} is not removed by one person alone.',
    'removal-authority': '{title} on {on}: neither of the two may remove a marker.',
    'removal-untold':
      '{title} on {on}: the protected person was not told, and no attempts or reason why it is not safe are given.',
  },
  react(event, room) {
    if (event.type === 'Related') return moved(room, event);
    if (event.type === 'Mentioned') return room.markers.size === 0 ? [] : takenUp(room, event);
    if (event.type !== 'MarkerSet' && event.type !== 'MarkerRenewed' && event.type !== 'MarkerExtended') return [];
    const marker = room.markers.get(event.ids.marker);
    if (marker === undefined) return [];
    const dated = [past(room, marker, event.seq)];
    if (event.type === 'MarkerExtended') return dated;
    const near = notice(room, marker, event.seq);
    return event.type === 'MarkerSet' ? [near, ...dated, ...unowned(room, marker, event.seq)] : [near, ...dated];
  },
  due(duty, room, now) {
    const marker = room.markers.get(idOf(duty.about));
    if (marker === undefined || !duty.key.startsWith('past-') || !isProtective(room, marker)) return [];
    const ids = { marker: marker.id, subject: marker.subject };
    const body = { reviewAt: now + windowMs(room, markerUnkept, 'extension') };
    return [{ kind: 'act', type: 'MarkerExtended', ids, body }];
  },
  gate(asked, room) {
    return asked.type === 'RemoveMarker' ? removalGates(room, asked) : [];
  },
  isMet(_duty, event) {
    return event.type === 'MarkerRenewed' || event.type === 'MarkerRemoved';
  },
};
