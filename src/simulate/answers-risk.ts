import { effectiveGrade } from '../room/grade.ts';
import { pick } from './chance.ts';
import { draw, somebody } from './moment.ts';
import type { Moment } from './moment.ts';
import { give, given, incidentOf, reason } from './question.ts';
import type { Question } from './question.ts';

const gravest: readonly string[] = ['emergency', 'priority', 'scheduled', 'resolution'];

/** Whether what was told is as grave as it sounds, by what the matter is: most words are, a few are not. */
function isGraveMatter({ call, incident }: Question): boolean {
  if (call?.isDanger !== undefined) return call.isDanger;
  const grade = call?.matter?.grade ?? incident?.grade.current ?? 'emergency';
  return (
    call?.kind === 'distressed' || call?.matter === null || grade === 'emergency' || call?.matter?.form !== undefined
  );
}

/** Says whether a danger that was read in somebody's words is one. */
export function confirmDanger(moment: Moment, question: Question): boolean {
  const dangers = given(question, 'dangers').split(',');
  const incident = incidentOf(question);
  const isKnown = question.call?.isDanger !== undefined;
  if (isGraveMatter(question) || (!isKnown && draw(moment, 'so', question.about) < 0.4))
    return give(moment, question, 'ConfirmDanger', { data: { incident, dangers, reason: reason(moment, 'confirm') } });
  const because = 'Asked the caller again: it is not what the words sound like, and nobody is in danger';
  return give(moment, question, 'DismissDanger', { data: { incident, dangers, reason: because } });
}

/** Opens an incident from a contact that has none. */
export function openIncident(moment: Moment, question: Question): boolean {
  const contact = given(question, 'contact');
  const { call } = question;
  const held = moment.room.contacts.get(contact);
  if (held === undefined || held.incident !== null || held.disposition !== null) return false;
  const incident =
    moment.room.incidents.has(call?.incident ?? '') || call === null ? `job-of-${contact}` : call.incident;
  const summary = 'Opened from what was heard on the call; somebody to be seen';
  const data = { incident: incident.slice(0, 64), contact, kinds: ['welfare'], summary };
  return give(moment, question, 'OpenIncident', { data });
}

/** Grades, or raises, to what is asked. */
export function setGrade(moment: Moment, question: Question): boolean {
  const incident = incidentOf(question);
  const wanted = given(question, 'grade') || (question.call?.matter?.grade ?? 'priority');
  return give(moment, question, 'SetGrade', { data: { incident, grade: wanted, reason: reason(moment, 'regrade') } });
}

/** Reads what a check found. */
export function readCheck(moment: Moment, question: Question): boolean {
  const check = given(question, 'check');
  const contact = question.call?.id;
  const incident = incidentOf(question);
  if (check !== '') return give(moment, question, 'ReadCheck', { data: { check } });
  if (incident !== null) return give(moment, question, 'ReadCheck', { data: { incident } });
  return contact === undefined ? false : give(moment, question, 'ReadCheck', { data: { contact } });
}

/** Asks a source again. */
export function requestCheck(moment: Moment, question: Question): boolean {
  const subject = given(question, 'subject');
  if (subject === '') return false;
  const incident = incidentOf(question);
  const check = `check-again-${moment.room.seq}-${moment.acts.length}`;
  const place = incident === null ? {} : { incident };
  const data = { check, source: given(question, 'source') || 'own-history', subject, ...place };
  return give(moment, question, 'RequestCheck', { data });
}

/** Weighs the risk, every element of it. */
export function assess(moment: Moment, question: Question): boolean {
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
}

/** Completes the form that outlives the incident. */
export function completeRiskForm(moment: Moment, question: Question): boolean {
  const form = given(question, 'form') || (question.call?.matter?.form ?? 'domestic');
  const role = form === 'stalking-screening' ? 'specialist' : 'constable';
  const as = somebody(moment, role, question.about);
  const data = { incident: incidentOf(question), form, level: 'medium', reason: 'Completed with the person' };
  return give(moment, question, 'CompleteRiskForm', { as, data });
}

/** Acknowledges a marker by name. */
export function acknowledgeMarker(moment: Moment, question: Question): boolean {
  const data = { marker: given(question, 'marker'), incident: incidentOf(question) };
  return give(moment, question, 'AcknowledgeMarker', { data });
}

/** Renews a marker whose review has come. */
export function renewMarker(moment: Moment, question: Question): boolean {
  const marker = moment.room.markers.get(given(question, 'marker'));
  const kind = moment.room.policy.markerKinds[marker?.kind ?? ''];
  if (marker === undefined || kind === undefined) return false;
  const data = { marker: marker.id, reviewAt: moment.now + kind.reviewMs, reason: 'Reviewed, the grounds still hold' };
  return give(moment, question, 'RenewMarker', { as: somebody(moment, 'specialist', question.about), data });
}

/** Whoever it came from, once somebody has given a name. */
function mentionSuspect(moment: Moment, question: Question, incident: string): boolean {
  const name = pick(moment.county.strangers, draw(moment, 'suspect', incident));
  const data = { subject: `named-${incident}`.slice(0, 64), identity: { kind: 'person', name }, incident };
  return give(moment, question, 'Mention', { data: { ...data, role: 'possible-suspect' } });
}

/** Names whom or what it is about. */
export function mention(moment: Moment, question: Question): boolean {
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
}

/** Says that two records are about the same. */
export function confirmLink(moment: Moment, question: Question): boolean {
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
}

/** Takes back what was written too soon. */
export function withdrawClaim(moment: Moment, question: Question): boolean {
  const incident = moment.room.incidents.get(incidentOf(question) ?? '');
  const says = given(question, 'says');
  const isMade = incident?.claims.some((claim) => claim.says === says && !claim.withdrawn) === true;
  const because = 'Written too soon; not shown by what is recorded';
  return isMade && give(moment, question, 'WithdrawClaim', { data: { incident: incident.id, says, reason: because } });
}
