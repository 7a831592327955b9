import { checksOf } from '../room/check.ts';
import { liveDeployments } from '../room/deployment.ts';
import type { Duty, Owner } from '../room/duty.ts';
import { dutiesAbout } from '../room/duty.ts';
import type { Claim, Incident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { AddNote, Gate, RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { isProtected } from './authority.ts';
import { liveDangers } from './dangers.ts';
import { loweredBy, loweringCommands } from './lowered.ts';
import { isSupervising, takerOf } from './owners.ts';
import { isProven } from './proofs.ts';
import { minuteMs } from './spans.ts';
import { quoted } from './words.ts';

/** Claims of what officers did there: their result comes when they leave. */
const onSceneClaims: readonly string[] = ['arrested', 'seen-safe', 'spoken-to', 'searched', 'address-checked'];
/** Claims that stand out at once: nothing that is typed a minute later makes them true. */
const atOnceClaims: readonly string[] = ['reopened', 'order-not-in-force', 'no-unit-available'];
const checkClaims: readonly string[] = ['checks-done', 'no-trace'];

/** What would prove it, as a command. */
const proving = {
  'checks-done': 'RequestCheck',
  'no-trace': 'RequestCheck',
  'unit-assigned': 'AssignUnit',
  'unit-en-route': 'MarkEnRoute',
  'no-unit-available': 'AnswerNoUnit',
  reopened: 'ReopenIncident',
  'order-not-in-force': 'RecordOrderService',
  arrested: 'RecordResult',
  'seen-safe': 'RecordResult',
  'spoken-to': 'RecordCallback',
  searched: 'RecordResult',
  'address-checked': 'RecordResult',
  'supervisor-told': 'RequestReview',
} as const;

function hasProvingCommand(says: string): says is keyof typeof proving {
  return Object.hasOwn(proving, says);
}

/** How long a claim may stand before it is asked about: the entry is often typed before the command. */
function timingFor(room: Room, incident: Incident, says: string): string {
  if (atOnceClaims.includes(says)) return 'main';
  if (checkClaims.includes(says))
    return checksOf(room, incident).some((check) => check.state === 'not-run') ? 'soon' : 'main';
  const isOnScene =
    onSceneClaims.includes(says) && liveDeployments(room, incident).some((one) => one.arrivedAt !== null);
  return isOnScene ? 'on-scene' : 'soon';
}

function reasonFor({ says, quote, seq }: Claim): RaiseDuty['why'] {
  return why(hasProvingCommand(says) ? says : 'claimed', { quote: quoted(quote) }, [seq]);
}

/** Where nobody is at risk, words such as "all in order" are marked as a claim and nobody is interrupted for them. */
function isOrdinary(room: Room, incident: Incident, says: string): boolean {
  if (!onSceneClaims.includes(says) || says === 'arrested') return false;
  return !isProtected(room, incident) && liveDangers(incident).length === 0;
}

function marked(room: Room, incident: Incident, claim: Claim): RaiseDuty | AddNote {
  const { says } = claim;
  if (isOrdinary(room, incident, says))
    return { kind: 'note', about: `incident:${incident.id}`, why: reasonFor(claim) };
  const author: Owner = room.staff.has(claim.by) ? { staff: claim.by } : takerOf(room, incident);
  const prove = hasProvingCommand(says) ? [ask(proving[says], { incident: incident.id })] : [];
  return {
    kind: 'duty',
    about: `incident:${incident.id}`,
    key: says,
    owner: author,
    level: 'prompt',
    timing: timingFor(room, incident, says),
    why: reasonFor(claim),
    asks: [...prove, ask('WithdrawClaim', { incident: incident.id, says })],
  };
}

/** Claims of one kind that were neither withdrawn nor corrected. */
function standing(incident: Incident, says: string): readonly Claim[] {
  const claims = incident.claims.filter((claim) => claim.says === says && !claim.withdrawn);
  const corrected = new Set(incident.log.filter((entry) => entry.corrects !== null).map((entry) => entry.corrects));
  return claims.filter((claim) => !corrected.has(claim.seq));
}

function gateOf(duty: Duty): Gate {
  const [reason] = duty.why;
  return {
    safeguard: claimUnproven.id,
    why: reason ?? why('claimed', { quote: duty.key }),
    asks: duty.asks,
  };
}

/** `claim-unproven`: a text claims what the state does not show. */
export const claimUnproven: Safeguard = {
  id: 'claim-unproven',
  needs: ['text', 'history', 'units'],
  on: ['IncidentOpened', 'EntryAdded', 'EntryCorrected', ...loweringCommands],
  timings: {
    main: { ladder: [{ to: 'supervisor', afterMs: minuteMs(10) }] },
    soon: { speaksMs: minuteMs(2), ladder: [{ to: 'supervisor', afterMs: minuteMs(10) }] },
    'on-scene': { speaksMs: minuteMs(30), ladder: [{ to: 'supervisor', afterMs: minuteMs(10) }] },
  },
  words: {
    claimed: 'The log says “{quote}”. Nothing here shows it.',
    'checks-done': 'The log says “{quote}”. No such checks are on record as run and read.',
    'no-trace': 'The log says “{quote}”. No check on record came back so.',
    'unit-assigned': 'The log says “{quote}”. No unit is assigned.',
    'unit-en-route': 'The log says “{quote}”. No unit has acknowledged or moved.',
    'no-unit-available': 'The log says “{quote}”. Units show as free.',
    reopened: 'The log says “{quote}”. The incident is still closed.',
    'order-not-in-force': 'The log says “{quote}”. The register does not show that an order has ended.',
    arrested: 'The log says “{quote}”. No arrest is recorded.',
    'seen-safe': 'The log says “{quote}”. No officer has recorded seeing anybody safe.',
    'spoken-to': 'The log says “{quote}”. No conversation is recorded.',
    searched: 'The log says “{quote}”. No search is recorded.',
    'address-checked': 'The log says “{quote}”. No visit to or check on an address is recorded.',
    'supervisor-told': 'The log says “{quote}”. Nothing shows that a supervisor was told.',
  },
  react(event, room) {
    if (event.type !== 'IncidentOpened' && event.type !== 'EntryAdded' && event.type !== 'EntryCorrected') return [];
    if (!event.body.readings.some((found) => found.reads === 'claim')) return [];
    // The system's own lines are written from the state.
    if (event.type === 'EntryAdded' && event.body.source === 'system' && event.actor.kind === 'machine') return [];
    const incident = room.incidents.get(event.ids.incident);
    if (incident === undefined) return [];
    const bySupervisor = event.actor.kind === 'staff' && isSupervising(room, { staff: event.actor.id });
    return incident.claims
      .filter((claim) => claim.seq === event.seq)
      .filter((claim) => !isProven(room, incident, claim.says))
      .filter((claim) => claim.says !== 'supervisor-told' || !bySupervisor)
      .map((claim) => marked(room, incident, claim));
  },
  gate(asked, room) {
    return loweredBy(asked, room).flatMap((incident) =>
      dutiesAbout(room, `incident:${incident.id}`)
        .filter((duty) => duty.safeguard === claimUnproven.id && !isProven(room, incident, duty.key))
        .map(gateOf),
    );
  },
  isMet(duty, event, room) {
    const incident = room.incidents.get(duty.incident ?? '');
    if (incident === undefined) return false;
    if (event.type === 'ClaimWithdrawn') return event.body.says === duty.key;
    if (event.type === 'EntryCorrected' && standing(incident, duty.key).length === 0) return true;
    return isShownBy(event, room, duty.key) || isProven(room, incident, duty.key);
  },
};

/** What an event shows by itself and the state does not keep. */
function isShownBy(event: AnyEvent, room: Room, says: string): boolean {
  if (says === 'no-unit-available') return event.type === 'NoUnitAnswered' || event.type === 'UnitAssigned';
  return (
    says === 'supervisor-told' && event.type === 'MessageAcknowledged' && isSupervising(room, { staff: event.actor.id })
  );
}
