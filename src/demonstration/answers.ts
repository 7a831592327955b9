import type { Ask, Duty } from '../room/duty.ts';
import { effectiveGrade } from '../room/grade.ts';
import type { Incident } from '../room/incident.ts';
import { spokeToCaller } from '../room/incident.ts';
import { openTask } from '../room/task.ts';
import type { CommandType } from '../room/vocabulary.ts';
import type { Call } from './calls.ts';
import { pick } from './chance.ts';
import { resultOf } from './crews.ts';
import { act, draw, somebody } from './moment.ts';
import type { Moment } from './moment.ts';
import { send } from './sending.ts';

/** What was asked for, about what, and who is to answer. */
export interface Question {
  readonly ask: Ask;
  readonly incident: Incident | null;
  readonly call: Call | null;
  /** Whoever answers, where anybody of their kind may. */
  readonly who: string;
  /** What to call it in the memory: the duty or the refusal that it answers. */
  readonly about: string;
  /** The safeguard that asks. */
  readonly safeguard: string;
  readonly duty: Duty | null;
}

type Answerer = (moment: Moment, question: Question) => boolean;

/** What answered nothing so often is not said again: the ladder climbs. */
const triesMost = 3;
const gravest: readonly string[] = ['emergency', 'priority', 'scheduled', 'resolution'];

/** Words that people of the room give as reasons. */
export function reason(moment: Moment, name: string): string {
  const found = moment.county.lines.reasons[name];
  return (typeof found === 'string' ? found : found?.[0]) ?? 'As the log says';
}

function given(question: Question, name: string): string {
  return question.ask.with[name] ?? '';
}

function incidentOf({ ask, incident }: Question): string | null {
  return ask.with['incident'] ?? incident?.id ?? null;
}

/** Gives one command in answer. */
function give(
  moment: Moment,
  question: Question,
  type: CommandType,
  doing: { readonly as?: string | null; readonly data: Readonly<Record<string, unknown>> },
): boolean {
  const { as = question.who, data } = doing;
  const key = `${type} ${question.about} ${Object.values(question.ask.with).join(' ')}`;
  const tries = moment.memory.tries.get(key) ?? 0;
  if (tries >= triesMost || !act(moment, { as, type, data, about: question.about, key })) return false;
  moment.memory.tries.set(key, tries + 1);
  return true;
}

/** People who spoke to the caller: never the second to decide. */
function spoke(moment: Moment, question: Question): ReadonlySet<string> {
  const incident = moment.room.incidents.get(incidentOf(question) ?? '');
  return incident === undefined ? new Set() : spokeToCaller(moment.room, incident);
}

function another(moment: Moment, question: Question, role: string): string | null {
  return somebody(moment, role, question.about, spoke(moment, question));
}

const assignUnit: Answerer = (moment, question) => {
  const incident = moment.room.incidents.get(incidentOf(question) ?? '');
  if (incident === undefined || incident.state === 'closed') return false;
  return send(moment, { incident, call: question.call });
};

const decideAttendance: Answerer = (moment, question) => {
  const incidents = given(question, 'incidents')
    .split(',')
    .filter((one) => one !== '');
  if (incidents.length === 0) return false;
  const as = another(moment, question, 'supervisor');
  return give(moment, question, 'DecideAttendance', {
    as,
    data: { incidents, send: true, reason: reason(moment, 'send') },
  });
};

/** Whether what was told is as grave as it sounds, by what the matter is: most words are, a few are not. */
function isGraveMatter({ call, incident }: Question): boolean {
  const grade = call?.matter?.grade ?? incident?.grade.current ?? 'emergency';
  return (
    call?.kind === 'distressed' || call?.matter === null || grade === 'emergency' || call?.matter?.form !== undefined
  );
}

const confirmDanger: Answerer = (moment, question) => {
  const dangers = given(question, 'dangers').split(',');
  const incident = incidentOf(question);
  if (isGraveMatter(question) || draw(moment, 'so', question.about) < 0.4)
    return give(moment, question, 'ConfirmDanger', { data: { incident, dangers, reason: reason(moment, 'confirm') } });
  const because = 'Asked the caller again: it is not what the words sound like, and nobody is in danger';
  return give(moment, question, 'DismissDanger', { data: { incident, dangers, reason: because } });
};

const openIncident: Answerer = (moment, question) => {
  const contact = given(question, 'contact');
  const { call } = question;
  const held = moment.room.contacts.get(contact);
  if (held === undefined || held.incident !== null || held.disposition !== null) return false;
  const incident =
    moment.room.incidents.has(call?.incident ?? '') || call === null ? `job-of-${contact}` : call.incident;
  const summary = 'Opened from what was heard on the call; somebody to be seen';
  const data = { incident: incident.slice(0, 64), contact, kinds: ['welfare'], summary };
  return give(moment, question, 'OpenIncident', { data });
};

const setGrade: Answerer = (moment, question) => {
  const incident = incidentOf(question);
  const wanted = given(question, 'grade') || (question.call?.matter?.grade ?? 'priority');
  return give(moment, question, 'SetGrade', { data: { incident, grade: wanted, reason: reason(moment, 'regrade') } });
};

const readCheck: Answerer = (moment, question) => {
  const check = given(question, 'check');
  const contact = question.call?.id;
  const incident = incidentOf(question);
  if (check !== '') return give(moment, question, 'ReadCheck', { data: { check } });
  if (incident !== null) return give(moment, question, 'ReadCheck', { data: { incident } });
  return contact === undefined ? false : give(moment, question, 'ReadCheck', { data: { contact } });
};

const requestCheck: Answerer = (moment, question) => {
  const subject = given(question, 'subject');
  if (subject === '') return false;
  const incident = incidentOf(question);
  const check = `check-again-${moment.room.seq}-${moment.acts.length}`;
  const place = incident === null ? {} : { incident };
  const data = { check, source: given(question, 'source') || 'own-history', subject, ...place };
  return give(moment, question, 'RequestCheck', { data });
};

const assess: Answerer = (moment, question) => {
  const incident = moment.room.incidents.get(incidentOf(question) ?? '');
  if (incident === undefined) return false;
  const grade = effectiveGrade(moment.room, incident);
  const place = gravest.indexOf(grade?.id ?? 'scheduled');
  const usual = place <= 0 ? 'high' : place === 1 ? 'medium' : 'low';
  const own = question.call?.matter?.risk;
  const texts = {
    threat: own?.threat ?? 'As told on the call',
    harm: own?.harm ?? 'Not known',
    risk: own?.risk ?? 'Caller may be in danger',
    investigation: own?.investigation ?? 'Line and number on record',
    vulnerability: own?.vulnerability ?? 'Could not speak freely',
    engagement: own?.engagement ?? 'To be seen',
  };
  const level = place <= 0 ? 'high' : (own?.level ?? usual);
  const isAgain = incident.assessment !== null;
  const data = {
    incident: incident.id,
    elements: texts,
    level,
    ...(isAgain ? { reason: reason(moment, 'regrade') } : {}),
  };
  return give(moment, question, 'Assess', { data });
};

const completeRiskForm: Answerer = (moment, question) => {
  const form = given(question, 'form') || (question.call?.matter?.form ?? 'domestic');
  const role = form === 'stalking-screening' ? 'specialist' : 'constable';
  const as = somebody(moment, role, question.about);
  const data = { incident: incidentOf(question), form, level: 'medium', reason: 'Completed with the person' };
  return give(moment, question, 'CompleteRiskForm', { as, data });
};

const acknowledgeMarker: Answerer = (moment, question) =>
  give(moment, question, 'AcknowledgeMarker', {
    data: { marker: given(question, 'marker'), incident: incidentOf(question) },
  });

const renewMarker: Answerer = (moment, question) => {
  const marker = moment.room.markers.get(given(question, 'marker'));
  const kind = moment.room.policy.markerKinds[marker?.kind ?? ''];
  if (marker === undefined || kind === undefined) return false;
  const data = { marker: marker.id, reviewAt: moment.now + kind.reviewMs, reason: 'Reviewed, the grounds still hold' };
  return give(moment, question, 'RenewMarker', { as: somebody(moment, 'specialist', question.about), data });
};

const decideArrest: Answerer = (moment, question) => {
  const { room } = moment;
  const incident = room.incidents.get(incidentOf(question) ?? '');
  const subject = given(question, 'subject');
  const as = somebody(moment, 'constable', question.about);
  if (incident === undefined || subject === '' || as === null) return false;
  const task = `arrest-${incident.id}-${subject}`.slice(0, 64);
  const { arrest } = moment.county.lines.reasons;
  if (!room.tasks.has(task)) {
    const owner = { staff: as };
    const place = { incident: incident.id, subject, owner, urgent: true, dueAt: moment.now + 45 * 60_000 };
    const data = { task, kind: 'arrest', ...place, says: 'Arrest of the respondent for breach of the order' };
    return give(moment, { ...question, about: `${question.about} task` }, 'RaiseTask', { as, data });
  }
  const data = {
    incident: incident.id,
    subject,
    arrest: true,
    grounds: typeof arrest === 'string' ? arrest : 'Breach',
  };
  return give(moment, question, 'DecideArrest', { as, data });
};

const completeTask: Answerer = (moment, question) => {
  const task = openTask(moment.room, given(question, 'task'));
  if (task === null) return false;
  const incident = moment.room.incidents.get(task.incident ?? '');
  const isArrested = incident?.deployments.some((one) => moment.room.deployments.get(one)?.outcome === 'arrested');
  if (task.kind === 'arrest' && isArrested !== true) return ownTask(moment, question);
  const as = 'staff' in task.owner && !moment.taken.has(task.owner.staff) ? task.owner.staff : question.who;
  return give(moment, question, 'CompleteTask', { as, data: { task: task.id, result: 'Done, as the log shows' } });
};

const ownTask: Answerer = (moment, question) => {
  const as = somebody(moment, 'constable', `${question.about} ${moment.now}`);
  if (as === null || openTask(moment.room, given(question, 'task')) === null) return false;
  return give(moment, question, 'OwnTask', { as, data: { task: given(question, 'task'), owner: { staff: as } } });
};

const pattern: Answerer = (moment, question) => {
  const held = moment.room.patterns.get(given(question, 'pattern'));
  if (held === undefined) return false;
  if (held.owner === null) {
    const as = somebody(moment, 'specialist', question.about);
    return give(moment, question, 'OwnPattern', { as, data: { pattern: held.id, owner: as } });
  }
  if (moment.taken.has(held.owner)) return false;
  const data = { pattern: held.id, decision: reason(moment, 'pattern') };
  return give(moment, question, 'ReviewPattern', { as: held.owner, data });
};

const tellCaller: Answerer = (moment, question) => {
  const [contact = question.call?.id ?? ''] = given(question, 'contact').split(',');
  if (contact === '') return false;
  const words = 'Rung again: still on the list, sorry for the wait, ring at once if anything changes';
  return give(moment, question, 'TellCaller', { data: { contact, telling: 'delay', words } });
};

const withdrawPromise: Answerer = (moment, question) => {
  const promise = moment.room.promises.get(given(question, 'promise'));
  if (promise === undefined) return false;
  const incident = moment.room.incidents.get(promise.incident ?? '');
  const isComing = incident?.deployments.some((one) => {
    const deployment = moment.room.deployments.get(one);
    return deployment !== undefined && deployment.endedAt === null;
  });
  if (
    promise.what === 'attend' &&
    isComing !== true &&
    incident?.state === 'open' &&
    send(moment, { incident, call: question.call })
  )
    return true;
  const told = { personTold: true, answer: 'Says that it will keep, and thanks for ringing' };
  const data = { promise: promise.id, ...told, reason: 'Told of the delay and a new time agreed' };
  return give(moment, question, 'WithdrawPromise', { data });
};

const recordResult: Answerer = (moment, question) => {
  const incident = moment.room.incidents.get(incidentOf(question) ?? '');
  const named = moment.room.deployments.get(given(question, 'deployment'));
  const last = incident?.deployments
    .map((one) => moment.room.deployments.get(one))
    .findLast((one) => one?.arrivedAt != null);
  const deployment = named ?? last;
  if (incident === undefined || deployment === undefined || deployment.arrivedAt === null) return false;
  if (deployment.endedAt === null) return false;
  const data = resultOf(moment, { incident, call: question.call }, deployment, true);
  if (data['seen'] === undefined) return false;
  return give(moment, question, 'RecordResult', { as: 'radio', data });
};

const byUnit =
  (type: 'AcknowledgeDeployment' | 'MarkEnRoute'): Answerer =>
  (moment, question) => {
    const deployment = moment.room.deployments.get(given(question, 'deployment'));
    const isWaiting = deployment?.state === 'assigned' || deployment?.state === 'acknowledged';
    return isWaiting && give(moment, question, type, { as: 'radio', data: { deployment: deployment.id } });
  };

const byPartner =
  (type: 'AcceptTransfer' | 'EndTransfer'): Answerer =>
  (moment, question) => {
    const transfer = moment.room.transfers.get(given(question, 'transfer'));
    if (transfer === undefined || transfer.state === 'ended') return false;
    const { accepted, outcome } = moment.county.lines.ambulance;
    const isOurs = transfer.direction === 'in';
    const by = isOurs ? question.who : accepted;
    const data = type === 'AcceptTransfer' ? { by, reference: `REF-${moment.room.seq}` } : { outcome };
    return give(moment, question, type, {
      as: isOurs ? question.who : 'partner',
      data: { transfer: transfer.id, ...data },
    });
  };

const approve: Answerer = (moment, question) => {
  const proposal = moment.room.proposals.get(given(question, 'decision'));
  if (proposal === undefined || proposal.state !== 'proposed') return false;
  const incident = moment.room.incidents.get(String(proposal.command.data['incident'] ?? ''));
  const people = incident === undefined ? new Set<string>() : spokeToCaller(moment.room, incident);
  const except = new Set([...people, proposal.by]);
  const as = somebody(moment, 'supervisor', question.about, except) ?? somebody(moment, 'fim', question.about, except);
  // What the room does not let two people do either is declined.
  const isRefused = [...moment.memory.refused.values()].some(({ act }) => act.data['decision'] === proposal.id);
  const isAgreed = !isRefused && draw(moment, 'agrees', proposal.id) < 0.85;
  const data = { decision: proposal.id, reason: reason(moment, isAgreed ? 'approve' : 'decline') };
  return give(moment, question, isAgreed ? 'Approve' : 'Decline', { as, data });
};

const answerReview: Answerer = (moment, question) => {
  const review = moment.room.reviews.get(given(question, 'review'));
  if (review === undefined || review.state !== 'asked') return false;
  const except = new Set([review.by]);
  const as = review.of !== null && !moment.taken.has(review.of) ? review.of : null;
  const who = as ?? somebody(moment, 'supervisor', question.about, except);
  const data = { review: review.id, effect: 'action-asked', reason: reason(moment, 'review') };
  return give(moment, question, 'AnswerReview', { as: who, data });
};

const decideProtection: Answerer = (moment, question) => {
  const incident = moment.room.incidents.get(incidentOf(question) ?? '');
  const subject = question.call?.people.find(({ role }) => role !== 'suspect')?.subject ?? incident?.subjects[0];
  if (incident === undefined || subject === undefined || !moment.room.subjects.has(subject)) return false;
  const measures = moment.county.lines.reasons['measures'] ?? [];
  const as = another(moment, question, 'specialist') ?? another(moment, question, 'supervisor');
  const data = { incident: incident.id, subject, measures, reason: reason(moment, 'protection') };
  return give(moment, question, 'DecideProtection', { as, data });
};

/** Whoever it came from, once somebody has given a name. */
function mentionSuspect(moment: Moment, question: Question, incident: string): boolean {
  const name = pick(moment.county.strangers, draw(moment, 'suspect', incident));
  const data = { subject: `named-${incident}`.slice(0, 64), identity: { kind: 'person', name }, incident };
  return give(moment, question, 'Mention', { data: { ...data, role: 'possible-suspect' } });
}

const mention: Answerer = (moment, question) => {
  const incident = incidentOf(question);
  if (incident !== null && given(question, 'role') === 'suspect') return mentionSuspect(moment, question, incident);
  const scene = question.call?.scene ?? null;
  if (incident === null || scene === null) return false;
  const known = moment.room.subjects.has(scene.subject) ? {} : { identity: scene.identity };
  const role = given(question, 'role') || 'at-risk';
  const place = question.call?.place?.kind === 'street' ? { ...scene.identity, premises: 'by the crossing' } : null;
  const data =
    place === null
      ? { subject: scene.subject, ...known, incident, role }
      : { subject: `${scene.subject}-by`, identity: place, incident, role };
  return give(moment, question, 'Mention', { data });
};

const acknowledgeMessage: Answerer = (moment, question) => {
  const message = moment.room.messages.get(given(question, 'message'));
  if (message === undefined || message.acknowledgedBy !== null) return false;
  return give(moment, question, 'AcknowledgeMessage', { data: { message: message.id } });
};

const confirmLink: Answerer = (moment, question) => {
  const { links, linksOn } = moment.room;
  const named = given(question, 'link');
  // An ask names the first few of many; the next is found where the incident keeps them.
  const others = (linksOn.get(incidentOf(question) ?? '') ?? []).filter(
    (one) => links.get(one)?.incident === incidentOf(question),
  );
  const link = [named, ...others].find((one) => links.get(one)?.state === 'proposed');
  if (link === undefined) return false;
  const asked = { ...question, ask: { command: 'ConfirmLink', with: { link } } };
  return give(moment, asked, 'ConfirmLink', { data: { link, reason: reason(moment, 'link') } });
};

const simple =
  (type: CommandType, data: (moment: Moment, question: Question) => Readonly<Record<string, unknown>>): Answerer =>
  (moment, question) =>
    give(moment, question, type, { data: data(moment, question) });

/** How the people of the room answer what is asked of them, by the command that would satisfy it. */
export const answerers: Readonly<Partial<Record<string, Answerer>>> = {
  AcceptDuties: simple('AcceptDuties', (_, question) => ({
    duties: given(question, 'duties').split(', '),
    to: question.who,
  })),
  AcceptTransfer: byPartner('AcceptTransfer'),
  AcknowledgeDeployment: byUnit('AcknowledgeDeployment'),
  AcknowledgeMarker: acknowledgeMarker,
  AcknowledgeMessage: acknowledgeMessage,
  AnswerReview: answerReview,
  Approve: approve,
  Assess: assess,
  AssignUnit: assignUnit,
  CompleteRiskForm: completeRiskForm,
  CompleteTask: completeTask,
  ConfirmDanger: confirmDanger,
  ConfirmLink: confirmLink,
  DecideArrest: decideArrest,
  DecideAttendance: decideAttendance,
  DecideBelievedMarker: simple('DecideBelievedMarker', (moment, question) => ({
    incident: incidentOf(question),
    treatAsMarked: true,
    callerTold: true,
    reason: reason(moment, 'send'),
  })),
  DecideProtection: decideProtection,
  EndTransfer: byPartner('EndTransfer'),
  MarkEnRoute: byUnit('MarkEnRoute'),
  Mention: mention,
  OpenIncident: openIncident,
  OwnPattern: pattern,
  OwnTask: ownTask,
  ReadCheck: readCheck,
  RecordOrderService: simple('RecordOrderService', (_, question) => ({
    order: given(question, 'order'),
    service: 'served',
    evidence: 'Served by hand at his address by the court officer, statement of service on file',
  })),
  RecordResult: recordResult,
  RenewMarker: renewMarker,
  ReopenIncident: simple('ReopenIncident', (moment, question) => ({
    incident: incidentOf(question),
    reason: reason(moment, 'regrade'),
  })),
  RequestCheck: requestCheck,
  ReviewPattern: pattern,
  SetGrade: setGrade,
  TellCaller: tellCaller,
  WithdrawClaim: simple('WithdrawClaim', (_, question) => ({
    incident: incidentOf(question),
    says: given(question, 'says'),
    reason: 'Written too soon; not shown by what is recorded',
  })),
  WithdrawPromise: withdrawPromise,
};
