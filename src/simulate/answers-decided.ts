import { spokeToCaller } from '../room/incident.ts';
import { openTask } from '../room/task.ts';
import { draw, somebody } from './moment.ts';
import type { Moment } from './moment.ts';
import { another, give, given, incidentOf, reason, textIn } from './question.ts';
import type { Question } from './question.ts';

/** Decides that somebody goes. */
export function decideAttendance(moment: Moment, question: Question): boolean {
  const incidents = given(question, 'incidents')
    .split(',')
    .filter((one) => one !== '');
  if (incidents.length === 0) return false;
  const as = another(moment, question, 'supervisor');
  return give(moment, question, 'DecideAttendance', {
    as,
    data: { incidents, send: true, reason: reason(moment, 'send') },
  });
}

/** Gives somebody the task of arresting, and then decides on it. */
export function decideArrest(moment: Moment, question: Question): boolean {
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
}

/** Says that a task is done or, where it is not, takes it over. */
export function completeTask(moment: Moment, question: Question): boolean {
  const task = openTask(moment.room, given(question, 'task'));
  if (task === null) return false;
  const incident = moment.room.incidents.get(task.incident ?? '');
  const isArrested = incident?.deployments.some((one) => moment.room.deployments.get(one)?.outcome === 'arrested');
  if (task.kind === 'arrest' && isArrested !== true) return ownTask(moment, question);
  const as = 'staff' in task.owner && !moment.taken.has(task.owner.staff) ? task.owner.staff : question.who;
  return give(moment, question, 'CompleteTask', { as, data: { task: task.id, result: 'Done, as the log shows' } });
}

/** Takes a task over. */
export function ownTask(moment: Moment, question: Question): boolean {
  const as = somebody(moment, 'constable', `${question.about} ${moment.now}`);
  if (as === null || openTask(moment.room, given(question, 'task')) === null) return false;
  return give(moment, question, 'OwnTask', { as, data: { task: given(question, 'task'), owner: { staff: as } } });
}

/** Owns a course of conduct, and then reviews it. */
export function pattern(moment: Moment, question: Question): boolean {
  const held = moment.room.patterns.get(given(question, 'pattern'));
  if (held === undefined) return false;
  if (held.owner === null) {
    const as = somebody(moment, 'specialist', question.about);
    return give(moment, question, 'OwnPattern', { as, data: { pattern: held.id, owner: as } });
  }
  if (moment.taken.has(held.owner)) return false;
  const data = { pattern: held.id, decision: reason(moment, 'pattern') };
  return give(moment, question, 'ReviewPattern', { as: held.owner, data });
}

/** Decides on what somebody else proposed. */
export function approve(moment: Moment, question: Question): boolean {
  const proposal = moment.room.proposals.get(given(question, 'decision'));
  if (proposal === undefined || proposal.state !== 'proposed') return false;
  const incident = moment.room.incidents.get(textIn(proposal.command.data, 'incident'));
  const people = incident === undefined ? new Set<string>() : spokeToCaller(moment.room, incident);
  const except = new Set([...people, proposal.by]);
  const as = somebody(moment, 'supervisor', question.about, except) ?? somebody(moment, 'fim', question.about, except);
  // What the room does not let two people do either is declined.
  const isRefused = [...moment.memory.refused.values()].some(({ act }) => act.data['decision'] === proposal.id);
  const isAgreed = !isRefused && draw(moment, 'agrees', proposal.id) < 0.85;
  const data = { decision: proposal.id, reason: reason(moment, isAgreed ? 'approve' : 'decline') };
  return give(moment, question, isAgreed ? 'Approve' : 'Decline', { as, data });
}

/** Looks at an incident as somebody asked. */
export function answerReview(moment: Moment, question: Question): boolean {
  const review = moment.room.reviews.get(given(question, 'review'));
  if (review === undefined || review.state !== 'asked') return false;
  const except = new Set([review.by]);
  const as = review.of !== null && !moment.taken.has(review.of) ? review.of : null;
  const who = as ?? somebody(moment, 'supervisor', question.about, except);
  const data = { review: review.id, effect: 'action-asked', reason: reason(moment, 'review') };
  return give(moment, question, 'AnswerReview', { as: who, data });
}

/** Decides how somebody is protected. */
export function decideProtection(moment: Moment, question: Question): boolean {
  const incident = moment.room.incidents.get(incidentOf(question) ?? '');
  const subject = question.call?.people.find(({ role }) => role !== 'suspect')?.subject ?? incident?.subjects[0];
  if (incident === undefined || subject === undefined || !moment.room.subjects.has(subject)) return false;
  const measures = moment.county.lines.reasons['measures'] ?? [];
  const as = another(moment, question, 'specialist') ?? another(moment, question, 'supervisor');
  const data = { incident: incident.id, subject, measures, reason: reason(moment, 'protection') };
  return give(moment, question, 'DecideProtection', { as, data });
}
