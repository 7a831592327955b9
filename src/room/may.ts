import { unsound } from './approval.ts';
import type { Actor, Asked, Draft, Reason, Stake } from './define.ts';
import { unknown } from './define.ts';
import { isLowering } from './grade.ts';
import { loosenings } from './policy-difference.ts';
import type { Authority } from './policy.ts';
import { letsIn } from './restriction.ts';
import type { Room } from './room.ts';
import { hasAuthority, isHere, onDuty } from './staff.ts';
import type { CommandData, CommandType } from './vocabulary.ts';
import { commandSchemas, stakeOf } from './vocabulary.ts';

/** What telephony, sources, positions and the engine say; no person says it in their place. */
const machinesOnly: ReadonlySet<string> = new Set<CommandType>([
  'CompleteCheck',
  'ReportSource',
  'ReportUnitMoved',
  'ArchiveIncident',
  'ArchiveContact',
  'Recall',
  'ReportShown',
  'ExpectContacts',
  'ReportLogFault',
]);

/** What only a named person who is there can say: each of these answers for something in somebody's name. */
const peopleOnly: ReadonlySet<string> = new Set<CommandType>([
  'Propose',
  'Decline',
  'AnswerReview',
  'DecideAttendance',
  'DecideProtection',
  'DecideArrest',
  'DecideBelievedMarker',
  'ConfirmLink',
  'UndoLink',
  'ConfirmReliance',
  'ReviewPattern',
  'AcceptDuties',
  'OwnTask',
  'OwnPattern',
  'AcknowledgeMarker',
  'RenewMarker',
  'ReadCheck',
  'Assess',
  'CompleteRiskForm',
  'KeepPromise',
  'WithdrawClaim',
  'MakeReferral',
  'RestrictIncident',
  'AdmitReader',
  'WithdrawReader',
  'LiftRestriction',
  'BreakGlass',
  'PlanShortage',
  'WalkList',
  'DecideLikeness',
  'AnswerLesson',
]);

/** What needs one of these authorities; on a machine's word only where the table says so. */
const authorised: ReadonlyMap<string, { readonly anyOf: readonly Authority[]; readonly isMachines: boolean }> = new Map<
  CommandType,
  { readonly anyOf: readonly Authority[]; readonly isMachines: boolean }
>([
  ['EnrolStaff', { anyOf: ['administer'], isMachines: false }],
  ['AdoptPolicy', { anyOf: ['administer'], isMachines: false }],
  ['DecideErasure', { anyOf: ['administer'], isMachines: false }],
  // A unit lent in the night is enrolled by whoever leads the room: sending never waits for an office.
  ['EnrolUnit', { anyOf: ['administer', 'approve'], isMachines: true }],
  ['RestrictIncident', { anyOf: ['restrict'], isMachines: false }],
  ['AdmitReader', { anyOf: ['restrict'], isMachines: false }],
  ['WithdrawReader', { anyOf: ['restrict'], isMachines: false }],
  ['LiftRestriction', { anyOf: ['restrict'], isMachines: false }],
  ['PlanShortage', { anyOf: ['override'], isMachines: false }],
  ['WalkList', { anyOf: ['approve'], isMachines: false }],
  ['EndFlowFault', { anyOf: ['approve', 'administer'], isMachines: false }],
  ['ExplainLogFault', { anyOf: ['administer', 'audit'], isMachines: false }],
]);

/** Sending and its loop are never refused for want of access: whoever was told the number may act on it. */
const neverUnseen: ReadonlySet<string> = new Set<CommandType>([
  'AssignUnit',
  'DivertUnit',
  'AcknowledgeDeployment',
  'MarkEnRoute',
  'MarkArrived',
  'RecordResult',
  'AcknowledgeMessage',
  'BreakGlass',
]);

/** Fields of commands that name a thing of the room by its id, with what the room calls it when it knows of none. */
const naming: Readonly<Record<string, string>> = {
  incident: 'incident',
  incidents: 'incident',
  into: 'open incident',
  place: 'incident',
  contact: 'contact',
  subject: 'subject',
  subjects: 'subject',
  phone: 'phone',
  respondent: 'subject',
  protects: 'subject',
  between: 'subject',
  from: 'subject',
  to: 'subject',
  told: 'incident',
  duties: 'open duty',
  task: 'task',
  check: 'check',
  deployment: 'deployment',
  message: 'message',
  promise: 'promise',
  transfer: 'transfer',
  decision: 'decision',
  review: 'review',
  reliance: 'reliance',
  deferral: 'deferral',
  harm: 'harm',
  link: 'link',
  pattern: 'pattern',
  marker: 'marker',
  order: 'order',
  callback: 'callback',
  location: 'location',
  breach: 'breach',
  exhibit: 'exhibit',
  description: 'description',
  other: 'description',
};

/** Words without which these say nothing; a dash or a space is no reason and no result. */
const worded: ReadonlyMap<string, readonly string[]> = new Map<CommandType, readonly string[]>([
  ['AcceptTransfer', ['by']],
  ['AdmitReader', ['reason']],
  ['AnswerReview', ['reason']],
  ['Approve', ['reason']],
  ['BreakGlass', ['reason']],
  ['CompleteTask', ['result']],
  ['ConfirmReliance', ['by']],
  ['EndFlowFault', ['reconciled']],
  ['EndSafeguardFailure', ['reason']],
  ['EndTransfer', ['outcome']],
  ['KeepPromise', ['how']],
  ['LiftRestriction', ['reason']],
  ['MakeReferral', ['to']],
  ['Propose', ['reason']],
  ['RecordLocation', ['address']],
  ['RecordOrderService', ['evidence']],
  ['RecordSighting', ['by']],
  ['RenewMarker', ['reason']],
  ['RestrictIncident', ['reason']],
  ['SecureExhibit', ['by']],
  ['PlanShortage', ['says']],
  ['WalkList', ['says']],
  ['ReviewPattern', ['decision']],
  ['WithdrawClaim', ['reason']],
  ['WithdrawReader', ['reason']],
]);
const wordsOfLowering = ['reason', 'grounds', 'reassessment'];

/** Proposals stand for one lowering each, never for another proposal or its approval. */
const neverProposed: readonly string[] = ['Propose', 'Approve', 'Decline', 'PassTime'];

/** Why whoever asks may not ask this at all, or null. The opening of a world is free. */
export function mayNot(room: Room, asked: Asked): Reason | null {
  const { actor, type } = asked;
  if (actor.kind === 'world') return null;
  if (machinesOnly.has(type) && actor.kind !== 'machine')
    return { code: 'machines-only', says: `${type} is what the system itself reports; nobody says it in its place.` };
  if (peopleOnly.has(type) && (actor.kind !== 'staff' || !isHere(room, actor.id)))
    return { code: 'person-needed', says: `${type} is for a named person who is on duty.` };
  return (
    unauthorised(room, asked) ??
    wordless(asked, worded.get(type) ?? []) ??
    unproposable(asked) ??
    unseen(room, asked, asked.data)
  );
}

/** Why whoever asks may not lower anything, or null. */
export function mayNotLower(room: Room, { actor }: Asked, stake: Stake): Reason | null {
  return stake === 'lowers' && (actor.kind !== 'staff' || onDuty(room, actor.id) === null)
    ? { code: 'person-needed', says: 'Only a named person on duty may lower, defer, close or remove.' }
    : null;
}

/** What somebody would ask of the room: a command as far as it is filled in. */
export interface Wish {
  readonly actor: Actor;
  readonly type: string;
  readonly data: unknown;
  readonly now: number;
}

/**
 * Why this person may not do this, or null: what a console asks before it offers a button, by the very rules that
 * decide. Gates and what the command itself may say stand apart.
 */
export function may(room: Room, { actor, type, data, now }: Wish): Reason | null {
  const schema = commandSchemas.get(type);
  if (schema === undefined) return { code: 'command-unknown', says: `The room knows no command ${type}.` };
  const read = schema.safeParse(data);
  const asked: Asked = {
    id: 'wish',
    type,
    data: read.success ? read.data : (data ?? {}),
    actor,
    at: now,
    now,
    approval: null,
    override: null,
    read: () => [],
  };
  return mayNot(room, asked) ?? (read.success ? mayNotLower(room, asked, stakeOf(room, asked)) : null);
}

/**
 * Why a thing that is named is not there for whoever asks: it is restricted to others, and the room says of it what it
 * says of what it does not know.
 */
function unseen(room: Room, asked: Asked, data: unknown, field = ''): Reason | null {
  if (room.belongings.size === 0 || asked.actor.kind !== 'staff' || neverUnseen.has(asked.type)) return null;
  if (typeof data === 'string') {
    const kind = naming[field];
    const restriction = kind === undefined ? undefined : room.restrictions.get(room.belongings.get(data) ?? '');
    if (kind === undefined || restriction === undefined || letsIn(room, restriction, asked.actor.id, asked.now))
      return null;
    return isRaising(room, asked) ? null : (unknown(kind, data).refused[0] ?? null);
  }
  if (typeof data !== 'object' || data === null || asked.type === 'AdoptPolicy') return null;
  for (const [key, value] of Object.entries(data)) {
    const found = unseen(room, asked, value, Array.isArray(data) ? field : key);
    if (found !== null) return found;
  }
  return null;
}

/** A grade no lower than the one that counts. */
function isRaising(room: Room, { type, data }: Asked): boolean {
  if (type !== 'SetGrade') return false;
  const { incident, grade } = data as CommandData<'SetGrade'>;
  const held = room.incidents.get(incident);
  return held !== undefined && !isLowering(room, held, grade);
}

/** Why a command, decided, is not fit to be done: a lowering without a reason, or an approval that does not stand. */
export function unfitFor(
  room: Room,
  asked: Asked,
  on: { readonly stake: Stake; readonly drafts: readonly Draft[] },
): Reason | null {
  const blank = on.stake === 'lowers' ? wordless(asked, wordsOfLowering) : null;
  if (blank !== null) return blank;
  if (asked.approval === null) return looserAlone(room, asked);
  if (on.stake === null)
    return {
      code: 'nothing-to-approve',
      says: `${asked.type} needs no second person as things stand; whoever does it says so themselves.`,
    };
  return unsound(room, asked.approval, on.drafts);
}

/** A policy that is looser than the one in force is for two (settled point 12). */
function looserAlone(room: Room, asked: Asked): Reason | null {
  if (asked.type !== 'AdoptPolicy') return null;
  const looser = loosenings(room.policy, (asked.data as CommandData<'AdoptPolicy'>).text);
  if (looser.length === 0) return null;
  return {
    code: 'second-person-needed',
    says: `Propose it, for a second person to approve. Looser than before: ${looser.slice(0, 20).join('; ')}.`,
  };
}

function unauthorised(room: Room, { actor, type }: Asked): Reason | null {
  const needed = authorised.get(type);
  if (needed === undefined || isFirst(room, type)) return null;
  if (actor.kind === 'machine' ? needed.isMachines : needed.anyOf.some((one) => hasAuthority(room, actor.id, one)))
    return null;
  return { code: 'no-authority', says: `${type} needs one of: ${needed.anyOf.join(', ')}.` };
}

/** The first policy and the first staff of a room come from the shell: there is nobody yet who could allow them. */
function isFirst(room: Room, type: string): boolean {
  if (type === 'AdoptPolicy') return room.policy.grades.length === 0;
  if (type !== 'EnrolStaff') return false;
  return !room.staff.some((one) => room.policy.roles[one.role]?.authorities.includes('administer') ?? false);
}

function wordless(asked: Asked, fields: readonly string[]): Reason | null {
  const data = asked.data as Readonly<Record<string, unknown>>;
  const empty = fields.find((field) => typeof data[field] === 'string' && !/[\p{L}\p{N}]/u.test(data[field]));
  return empty === undefined
    ? null
    : {
        code: 'words-needed',
        says: `${asked.type} needs its ${empty} in words; "${String(data[empty])}" says nothing.`,
      };
}

function unproposable(asked: Asked): Reason | null {
  if (asked.type !== 'Propose') return null;
  const { command } = asked.data as { readonly command?: { readonly type: string; readonly data: unknown } };
  if (command === undefined) return null;
  const { type, data } = command;
  if (neverProposed.includes(type))
    return { code: 'never-proposed', says: `${type} is not proposed; it is said by whoever says it.` };
  const schema = commandSchemas.get(type);
  if (schema !== undefined && schema.safeParse(data).success) return null;
  return { code: 'proposal-invalid', says: `The proposed ${type} is not a command of the room as it stands.` };
}
