import type { CommandType } from '../room/vocabulary.ts';
import {
  answerReview,
  approve,
  completeTask,
  decideArrest,
  decideAttendance,
  decideProtection,
  ownTask,
  pattern,
} from './answers-decided.ts';
import {
  acknowledgeMarker,
  assess,
  completeRiskForm,
  confirmDanger,
  confirmLink,
  mention,
  openIncident,
  readCheck,
  renewMarker,
  requestCheck,
  setGrade,
  withdrawClaim,
} from './answers-risk.ts';
import { resultOf } from './crews.ts';
import type { Moment } from './moment.ts';
import { give, given, incidentOf, reason } from './question.ts';
import type { Answerer, Question } from './question.ts';
import { send } from './sending.ts';

function assignUnit(moment: Moment, question: Question): boolean {
  const incident = moment.room.incidents.get(incidentOf(question) ?? '');
  if (incident === undefined || incident.state === 'closed') return false;
  return send(moment, { incident, call: question.call });
}

function tellCaller(moment: Moment, question: Question): boolean {
  const [contact = question.call?.id ?? ''] = given(question, 'contact').split(',');
  if (contact === '') return false;
  const words = 'Rung again: still on the list, sorry for the wait, ring at once if anything changes';
  return give(moment, question, 'TellCaller', { data: { contact, telling: 'delay', words } });
}

function withdrawPromise(moment: Moment, question: Question): boolean {
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
}

function recordResult(moment: Moment, question: Question): boolean {
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
}

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

function acceptDuties(moment: Moment, question: Question): boolean {
  const duties = given(question, 'duties')
    .split(', ')
    .filter((one) => moment.room.duties.has(one));
  return duties.length > 0 && give(moment, question, 'AcceptDuties', { data: { duties, to: question.who } });
}

function acknowledgeMessage(moment: Moment, question: Question): boolean {
  const message = moment.room.messages.get(given(question, 'message'));
  if (message === undefined || message.acknowledgedBy !== null) return false;
  return give(moment, question, 'AcknowledgeMessage', { data: { message: message.id } });
}

const simple =
  (type: CommandType, data: (moment: Moment, question: Question) => Readonly<Record<string, unknown>>): Answerer =>
  (moment, question) =>
    give(moment, question, type, { data: data(moment, question) });

/** How the people of the room answer what is asked of them, by the command that would satisfy it. */
export const answerers: Readonly<Partial<Record<string, Answerer>>> = {
  AcceptDuties: acceptDuties,
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
  WithdrawClaim: withdrawClaim,
  WithdrawPromise: withdrawPromise,
};
