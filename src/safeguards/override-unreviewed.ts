import { waitingDeferral } from '../room/deferral.ts';
import { isServed } from '../room/deployment.ts';
import type { About, Owner } from '../room/duty.ts';
import type { Incident } from '../room/incident.ts';
import { spokeToCaller } from '../room/incident.ts';
import { restrictionOn } from '../room/restriction.ts';
import type { Room } from '../room/room.ts';
import type { RaiseDuty, Response, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import { hasAuthority } from '../room/staff.ts';
import type { EventBy } from '../room/vocabulary.ts';
import { idOf } from './duties.ts';
import { isSeenSafe } from './sightings.ts';
import { hourMs, minuteMs } from './spans.ts';
import { unresolvedIn, unresolvedInContact } from './unresolved.ts';
import { clockOf, quoted } from './words.ts';

type Overridden = EventBy<'GateOverridden'>;
type Broken = EventBy<'GlassBroken'>;

const wakeKey = 'wake';
const glassKey = 'glass';
const authority: Owner = { role: 'appropriate-authority' };

/** The role next above the overrider, outside their line at the top; never the overrider. */
function reviewerOf(room: Room, overrider: string): Owner {
  const { chain, onCall } = room.policy;
  const place = chain.indexOf(room.staff.get(overrider)?.role ?? 'on-call');
  const next = chain[place + 1] ?? null;
  if (next !== null && next !== 'on-call') return { role: next };
  const isOnlyOnCall = onCall.every((one) => one === overrider);
  return next === null || isOnlyOnCall ? authority : { role: 'on-call' };
}

/** Whether this person may review what the overrider did: authority of their own, above them or outside the line. */
function mayReview(room: Room, reviewer: string, overrider: string): boolean {
  if (reviewer === overrider || !hasAuthority(room, reviewer, 'approve')) return false;
  if (room.policy.onCall.includes(reviewer)) return true;
  const { chain } = room.policy;
  const place = chain.indexOf(room.staff.get(reviewer)?.role ?? '');
  return place === -1 || place > chain.indexOf(room.staff.get(overrider)?.role ?? 'on-call');
}

function isInDanger(room: Room, incident: Incident): boolean {
  const { grave, guarded } = unresolvedIn(room, incident);
  return grave.length + guarded.length > 0 && !isSeenSafe(room, incident) && !isServed(room, incident);
}

function review(event: Overridden, about: About, owner: Owner): RaiseDuty {
  const { command, safeguards, reason } = event.body;
  const { id } = event.actor;
  const incident = event.ids['incident'];
  const place: Record<string, string> = typeof incident === 'string' ? { incident } : { review: idOf(about) };
  return {
    kind: 'duty',
    about,
    key: id,
    owner,
    level: 'prompt',
    why: why('overridden', { by: id, command, safeguards: safeguards.join(', '), reason: quoted(reason) }, [event.seq]),
    asks: [ask('RequestReview', place), ask('AnswerReview')],
  };
}

/** Whoever opened what was restricted to others is answered for by the desk to which they could have turned. */
function glass(event: Broken, desk: string): RaiseDuty {
  const { incident, staff } = event.ids;
  const { until, reason } = event.body;
  return {
    kind: 'duty',
    about: `incident:${incident}`,
    key: `${glassKey}-${staff}`,
    owner: { role: desk },
    level: 'prompt',
    why: why('glass-broken', { by: staff, until: clockOf(until), reason: quoted(reason) }, [event.seq]),
    asks: [ask('RequestReview', { incident }), ask('AnswerReview'), ask('WithdrawReader', { incident })],
  };
}

/** Where a person in danger was not seen, what was overridden waits at most an hour. */
function wake(event: Overridden, about: About, owner: Owner): RaiseDuty {
  const { id } = event.actor;
  const [kind = '', of = ''] = about.split(':');
  const place = { [kind]: of };
  const asks =
    kind === 'incident'
      ? [ask('AssignUnit', place), ask('ReopenIncident', place), ask('RequestReview', place), ask('AnswerReview')]
      : [ask('OpenIncident', place), ask('JoinContact', place)];
  const { command, reason } = event.body;
  return {
    kind: 'duty',
    about,
    key: `${wakeKey}-${id}`,
    owner,
    level: 'alarm',
    timing: wakeKey,
    why: why('nobody-seen-since', { by: id, command, reason: quoted(reason) }, [event.seq]),
    asks,
  };
}

/** A contact that ended without an incident by override, though it told of danger. */
function wakeOfContact(event: Overridden, room: Room, owner: Owner): readonly RaiseDuty[] {
  const held = event.ids['contact'];
  const contact = typeof held === 'string' ? room.contacts.get(held) : undefined;
  if (contact === undefined || contact.incident !== null) return [];
  const { grave, guarded } = unresolvedInContact(room, contact);
  return grave.length + guarded.length === 0 ? [] : [wake(event, `contact:${contact.id}`, owner)];
}

/** Whose doing is reviewed. */
function overriderOf(key: string): string {
  const kind = [wakeKey, glassKey].find((one) => key.startsWith(`${one}-`));
  return kind === undefined ? key : key.slice(kind.length + 1);
}

/**
 * `override-unreviewed`: somebody outside that line looks at every override and every broken glass, and soon where
 * danger was told.
 */
export const overrideUnreviewed: Safeguard = {
  id: 'override-unreviewed',
  needs: ['decisions'],
  on: ['GateOverridden', 'GlassBroken'],
  timings: {
    main: { speaksMs: 0, dueMs: hourMs(24), ladder: [{ to: 'on-call', afterMs: 0 }], againMs: hourMs(24) },
    wake: {
      speaksMs: minuteMs(60),
      dueMs: 0,
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: minuteMs(5) },
        { to: 'on-call', afterMs: minuteMs(15) },
      ],
      againMs: minuteMs(30),
    },
  },
  words: {
    overridden:
      '{by} went past a refusal ({safeguards:plain}; {command:order}): "{reason}". Somebody ' +
      'outside that line must review it.',
    'nobody-seen-since':
      'An hour ago {by} went past a refusal ({command:order}): "{reason}". The person in ' +
      'danger has still not been seen.',
    'glass-broken':
      '{by} opened this restricted record, until {until}: "{reason}". Somebody outside that line must review it.',
  },
  react(event, room) {
    if (event.type === 'GlassBroken') return [glass(event, restrictionOn(room, event.ids.incident)?.desk ?? 'on-call')];
    if (event.type !== 'GateOverridden') return [];
    const owner = reviewerOf(room, event.actor.id);
    const held = event.ids['incident'];
    const incident = typeof held === 'string' ? room.incidents.get(held) : undefined;
    if (incident === undefined)
      return [review(event, `review:override-${event.seq}`, owner), ...wakeOfContact(event, room, owner)];
    const asked = review(event, `incident:${incident.id}`, owner);
    return isInDanger(room, incident) ? [asked, wake(event, `incident:${incident.id}`, owner)] : [asked];
  },
  /** What was let through was a deferral: it comes back by itself. */
  due(duty, room) {
    const incident = room.incidents.get(duty.incident ?? '');
    if (!duty.key.startsWith(`${wakeKey}-`) || incident === undefined) return [];
    const responses: Response[] = [];
    if (incident.state === 'closed' && incident.joinedInto === null)
      responses.push({
        kind: 'act',
        type: 'IncidentReopened',
        ids: { incident: incident.id },
        body: { reason: 'Closed by override with nobody seen; an hour has passed.' },
      });
    const deferral = waitingDeferral(room, incident.deferral);
    if (deferral !== null)
      responses.push({
        kind: 'act',
        type: 'DeferralReturned',
        ids: { deferral: deferral.id, incident: incident.id },
        body: {},
      });
    return responses;
  },
  isMet(duty, event, room) {
    const overrider = overriderOf(duty.key);
    const isWake = duty.key.startsWith(`${wakeKey}-`);
    const incident = room.incidents.get(duty.incident ?? '');
    if (event.type === 'ReviewAnswered') {
      const { id } = event.actor;
      if (!mayReview(room, id, overrider)) return false;
      if (incident !== undefined && spokeToCaller(room, incident).has(id)) return false;
      return !isWake || event.body.effect !== 'no-change';
    }
    if (!isWake) return false;
    if (event.type === 'IncidentOpened' || event.type === 'ContactJoined') return duty.about.startsWith('contact:');
    if (incident === undefined) return false;
    if (event.type === 'IncidentReopened') return event.actor.kind === 'staff';
    return isServed(room, incident) || (event.type === 'ResultRecorded' && isSeenSafe(room, incident));
  },
};
