import { isComplete } from '../room/assessment.ts';
import type { Contact } from '../room/contact.ts';
import type { Asked } from '../room/define.ts';
import { waitingDeferral } from '../room/deferral.ts';
import { wasAttended } from '../room/deployment.ts';
import type { Ask, Duty, Why } from '../room/duty.ts';
import { dutiesAbout, dutiesOfIncident } from '../room/duty.ts';
import { effectiveGrade } from '../room/grade.ts';
import type { Incident } from '../room/incident.ts';
import { openIncident, spokeToCaller } from '../room/incident.ts';
import type { Authority } from '../room/policy.ts';
import { gradeRank } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import type { Gate, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import { hasAuthority } from '../room/staff.ts';
import { isProtected } from './authority.ts';
import { idOf } from './duties.ts';
import { isPressing } from './grades.ts';
import { isSeenSafe } from './sightings.ts';
import { unresolvedIn, unresolvedInContact } from './unresolved.ts';
import { listed } from './words.ts';

const id = 'closing-unsafe';

/** These refuse a closing themselves and say more about it. */
const gatedByThemselves = ['review-pinned', 'check-missing', 'assessment-missing'];
/** While silent these ask only for what a closing makes needless. */
const endWithTheMatter = [
  'ungraded',
  'unresourced',
  'target-at-risk',
  'caller-uninformed',
  'contact-unrecorded',
  'deferral-due',
];
/** What a decision about sending answers, or the incident that this one joins goes on asking. */
const aboutSending = [...endWithTheMatter, 'no-unit', 'diverted-unresourced'];
/** A decision not to send answers these only when somebody else than the taker made it. */
const decidedByAnother = ['place-cluster', 'repeat-contact', 'caller-cut-off', 'attendance-unproven'];
/** The code by which a matter is left to a partner ("not for police"). */
const passedCode = 'passed-to-partner';

function gate(reason: Why, asks: readonly Ask[]): Gate {
  return { safeguard: id, why: reason, asks };
}

/** What stays somebody's whatever becomes of the incident. */
function outlives(room: Room, duty: Duty): boolean {
  if (duty.safeguard === 'override-unreviewed' && duty.level === 'prompt') return true;
  if (duty.about.startsWith('harm:')) return true;
  return duty.about.startsWith('task:') && room.tasks.get(idOf(duty.about))?.kind === 'risk-form';
}

function isInTheWay(room: Room, duty: Duty, command: string): boolean {
  if (gatedByThemselves.includes(duty.safeguard) || outlives(room, duty)) return false;
  if (duty.asks.some((one) => one.command === command)) return false;
  if (duty.state === 'armed' && endWithTheMatter.includes(duty.safeguard)) return false;
  if (command === 'CloseIncident' || command === 'DisposeContact') return true;
  return !aboutSending.includes(duty.safeguard) && !decidedByAnother.includes(duty.safeguard);
}

/** What is still somebody's to do here, by safeguard; at least one ask of each duty before further ones. */
function openDuties(room: Room, duties: readonly Duty[], command: string): readonly Gate[] {
  const open = duties.filter((duty) => isInTheWay(room, duty, command));
  if (open.length === 0) return [];
  const named = listed(open.map((duty) => duty.safeguard).toSorted());
  const asks = [...open.flatMap((duty) => duty.asks.slice(0, 1)), ...open.flatMap((duty) => duty.asks.slice(1))];
  const seqs = open.map((duty) => duty.seq);
  return [gate(why('open-duties', { open: named, count: open.length }, seqs), asks.slice(0, 20))];
}

/** Whether somebody who did not speak to the caller, and has the authority, asks or approves. */
function isAllowed(asked: Asked, room: Room, on: { readonly spoke: ReadonlySet<string>; readonly wanted: Authority }) {
  const { actor, approval } = asked;
  const second = approval === null || approval.second === actor.id ? null : approval.second;
  const people = second === null ? [actor.id] : [actor.id, second];
  return people.some(
    (one) =>
      !on.spoke.has(one) &&
      (hasAuthority(room, one, on.wanted) || (on.wanted === 'close-unattended' && one === second)),
  );
}

/** Welfare, danger, cut-off, domestic, missing, child or marker unresolved and nobody seen; authority by policy. */
function unseen(asked: Asked, room: Room, incident: Incident): readonly Gate[] {
  const { grave, guarded, seqs } = unresolvedIn(room, incident);
  const isOrdinary = grave.length + guarded.length === 0;
  if (!isOrdinary && isSeenSafe(room, incident)) return [];
  const place = { incident: incident.id };
  const spoke = spokeToCaller(room, incident);
  if (grave.length > 0)
    return [
      gate(why('nobody-seen', { what: grave.join('; ') }, seqs), [ask('AssignUnit', place), ask('RecordResult')]),
    ];
  if (guarded.length > 0)
    return isAllowed(asked, room, { spoke, wanted: 'close-protected' })
      ? []
      : [
          gate(why('protected-unseen', { what: guarded.join('; ') }, seqs), [
            ask('AssignUnit', place),
            ask('Propose', { command: asked.type, ...place }),
          ]),
        ];
  const band = effectiveGrade(room, incident)?.band ?? 'none';
  const isDecision = dutiesOfIncident(room, incident).some((one) => decidedByAnother.includes(one.safeguard));
  const needsAnother = isDecision || isPressing(band);
  if (!needsAnother || wasAttended(room, incident) || isAllowed(asked, room, { spoke, wanted: 'close-unattended' }))
    return [];
  return [
    gate(why('unattended', { grade: effectiveGrade(room, incident)?.title ?? 'Ungraded' }, [incident.seq]), [
      ask('AssignUnit', place),
      ask('Propose', { command: asked.type, ...place }),
    ]),
  ];
}

/** "Not for police" needs its questions answered, the partner's acceptance, and the caller told. */
function passedOn(room: Room, incident: Incident): readonly Gate[] {
  const place = { incident: incident.id };
  const gates: Gate[] = [];
  const isAccepted = room.transfers.some(
    (one) =>
      one.incident === incident.id && one.direction === 'out' && one.acceptedBy !== null && one.state !== 'returned',
  );
  if (!isAccepted) gates.push(gate(why('partner-not-accepted', {}, [incident.seq]), [ask('SendTransfer', place)]));
  if (!isComplete(incident.assessment))
    gates.push(gate(why('threshold-unanswered', {}, [incident.seq]), [ask('Assess', place)]));
  const untold = incident.contacts.filter((one) => room.contacts.get(one)?.tellings.length === 0);
  if (incident.contacts.length > 0 && untold.length === incident.contacts.length)
    gates.push(
      gate(
        why('caller-not-told', {}, [incident.seq]),
        untold.map((contact) => ask('TellCaller', { contact })).slice(0, 5),
      ),
    );
  return gates;
}

function closing(asked: Asked, room: Room, on: { readonly incident: Incident; readonly code: string }) {
  const { incident, code } = on;
  const gates = [...openDuties(room, dutiesOfIncident(room, incident), asked.type), ...unseen(asked, room, incident)];
  const isSaidAttended = room.policy.closingCodes[code]?.attended ?? false;
  if (isSaidAttended && !wasAttended(room, incident) && incident.seen.length === 0)
    gates.push(
      gate(why('not-attended', { code: room.policy.closingCodes[code]?.title ?? code }, [incident.seq]), [
        ask('MarkArrived'),
        ask('CloseIncident', { incident: incident.id }),
      ]),
    );
  return code === passedCode ? [...gates, ...passedOn(room, incident)] : gates;
}

/** Joining passes a matter on to another incident, which must be open and ask for no less. */
function joining(asked: Asked, room: Room, on: { readonly incident: Incident; readonly into: Incident }) {
  const { incident, into } = on;
  const gates = [...openDuties(room, dutiesOfIncident(room, incident), asked.type)];
  const wanted = effectiveGrade(room, incident);
  const held = effectiveGrade(room, into);
  if (wanted !== null && gradeRank(room.policy, held?.id ?? null) > gradeRank(room.policy, wanted.id))
    gates.push(
      gate(why('joined-lower', { grade: wanted.title, held: held?.title ?? 'not at all' }, [incident.seq, into.seq]), [
        ask('SetGrade', { incident: into.id, grade: wanted.id }),
      ]),
    );
  const isUnmet = wanted === null || (wanted.targetMs !== null && !wasAttended(room, incident));
  const waiting = waitingDeferral(room, into.deferral);
  if (isUnmet && incident.deferral === null && (waiting !== null || into.attendance?.send === false))
    gates.push(
      gate(why('joined-waiting', {}, [waiting?.seq ?? into.attendance?.seq ?? into.seq]), [
        waiting === null ? ask('AssignUnit', { incident: into.id }) : ask('WithdrawDeferral', { deferral: waiting.id }),
      ]),
    );
  const spoke = spokeToCaller(room, incident);
  const { grave, guarded, seqs } = unresolvedIn(room, incident);
  const isAlone = spoke.has(asked.actor.id) && (asked.approval === null || spoke.has(asked.approval.second));
  if (isAlone && (grave.length > 0 || isProtected(room, incident)))
    gates.push(
      gate(why('joined-alone', { what: [...grave, ...guarded].join('; ') }, seqs), [
        ask('Propose', { command: asked.type, incident: incident.id, into: into.id }),
      ]),
    );
  return gates;
}

/** A contact that ends without an incident. */
function disposing(asked: Asked, room: Room, contact: Contact): readonly Gate[] {
  if (contact.incident !== null) return [];
  const { grave, guarded, seqs } = unresolvedInContact(room, contact);
  const isTaker = contact.handler === asked.actor.id;
  const duties = dutiesAbout(room, `contact:${contact.id}`).filter(
    (one) => isTaker || grave.length > 0 || one.safeguard !== 'caller-cut-off',
  );
  const gates = [...openDuties(room, duties, asked.type)];
  const asks = [ask('OpenIncident', { contact: contact.id }), ask('JoinContact', { contact: contact.id })];
  if (grave.length > 0) gates.push(gate(why('nobody-seen', { what: grave.join('; ') }, seqs), asks));
  const spoke = new Set(contact.handler === null ? [] : [contact.handler]);
  for (const one of room.callbacksOn.get(contact.id) ?? []) spoke.add(room.callbacks.get(one)?.by ?? '');
  const wanted = 'close-protected';
  if (grave.length === 0 && guarded.length > 0 && !isAllowed(asked, room, { spoke, wanted }))
    gates.push(
      gate(why('protected-unseen', { what: guarded.join('; ') }, seqs), [
        ...asks,
        ask('Propose', { command: asked.type, contact: contact.id }),
      ]),
    );
  return gates;
}

/**
 * `closing-unsafe`: a matter may end when nothing in it is still somebody's to do and whoever was in danger has been
 * seen. A call back is not a sighting, and nobody ends alone what they took alone, whatever their rank.
 */
export const closingUnsafe: Safeguard = {
  id,
  needs: ['contacts', 'units', 'decisions'],
  on: ['CloseIncident', 'JoinIncidents', 'DecideAttendance', 'DisposeContact'],
  timings: {},
  words: {
    'open-duties': 'Still to be answered here first: {open:plain}.',
    'nobody-seen': 'Nobody has been seen safe, apart from others: {what}. A call back is not a sighting.',
    'protected-unseen':
      'Nobody has been seen safe, and this stands: {what}. It needs a sighting, or somebody with authority ' +
      'who did not speak to the caller.',
    unattended:
      '{grade}, and nobody has attended. Whoever spoke to the caller cannot end this alone; a second person must.',
    'not-attended': '“{code}” says that somebody attended; no unit is recorded as having arrived.',
    'partner-not-accepted': 'No partner has accepted this by name or reference.',
    'threshold-unanswered': 'The questions whether this is for police are not all answered.',
    'caller-not-told': 'No caller has been told that police will not come.',
    'joined-lower': 'This is graded {grade}; the incident that it would join is graded {held}.',
    'joined-waiting': 'The incident that it would join waits, or nobody goes to it; this one does not.',
    'joined-alone': 'Whoever spoke to the caller cannot alone call this the same event: {what}.',
  },
  gate(asked, room) {
    if (asked.type === 'CloseIncident') {
      const incident = openIncident(room, asked.data.incident);
      return incident === null ? [] : closing(asked, room, { incident, code: asked.data.code });
    }
    if (asked.type === 'JoinIncidents') {
      const incident = openIncident(room, asked.data.incident);
      const into = openIncident(room, asked.data.into);
      return incident === null || into === null ? [] : joining(asked, room, { incident, into });
    }
    if (asked.type === 'DecideAttendance' && !asked.data.send)
      return asked.data.incidents.flatMap((one) => {
        const incident = openIncident(room, one);
        if (incident === null) return [];
        return [...openDuties(room, dutiesOfIncident(room, incident), asked.type), ...unseen(asked, room, incident)];
      });
    if (asked.type !== 'DisposeContact') return [];
    const contact = room.contacts.get(asked.data.contact);
    return contact === undefined ? [] : disposing(asked, room, contact);
  },
};
