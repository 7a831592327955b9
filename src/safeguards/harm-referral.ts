import type { Finding } from '../room/check.ts';
import { checksOf } from '../room/check.ts';
import type { Harm } from '../room/harm.ts';
import { referBy } from '../room/harm.ts';
import type { Incident } from '../room/incident.ts';
import { allMarkersOn } from '../room/marker.ts';
import { ownHistory } from '../room/policy.ts';
import type { Room } from '../room/room.ts';
import type { Act, RaiseDuty, Safeguard } from '../room/safeguard.ts';
import { ask, why, windowMs } from '../room/safeguard.ts';
import { onDuty } from '../room/staff.ts';
import { appearancesOf, isParticular, sameSubjects } from '../room/subject.ts';
import { isAnswer } from './checks.ts';
import { dayMs, hourMs, minuteMs } from './spans.ts';
import { agoWords } from './words.ts';

const authorityRole = 'appropriate-authority';
const contactFindings: readonly string[] = ['contact', 'incident', 'crime', 'custody', 'assessment'];
/** A report of these is a report of the harm itself: the incident that it opened is no earlier contact. */
const reportsOfHarm: readonly string[] = ['death', 'fire-medical', 'road-collision'];
const checkPrefix = 'harm-';

/** The harmed people and their dwellings; a public place tells of nobody in particular. */
function concerned(room: Room, harm: Harm): ReadonlySet<string> {
  const all = new Set<string>();
  const add = (subject: string): void => {
    const identity = room.subjects.get(subject)?.identity;
    if (identity?.kind === 'place' && (identity.public === true || identity.premises === undefined)) return;
    for (const one of sameSubjects(room, subject)) all.add(one);
  };
  for (const subject of harm.subjects) {
    add(subject);
    for (const relation of room.relations.get(subject) ?? [])
      if (relation.relation === 'lives-at') add(relation.from === subject ? relation.to : relation.from);
  }
  const incident = incidentOf(room, harm);
  if (incident !== null) for (const one of appearancesOf(room, incident)) if (one.role === 'scene') add(one.subject);
  return all;
}

function incidentOf(room: Room, harm: Harm): Incident | null {
  return harm.incident === null ? null : (room.incidents.get(harm.incident) ?? null);
}

/** Whether the incident of the harm was with us before the harm was, and is not the report of it. */
function cameBefore(room: Room, harm: Harm, incident: Incident): boolean {
  return (
    !incident.kinds.some((kind) => reportsOfHarm.includes(kind)) &&
    incident.receivedAt + windowMs(room, harmReferral, 'before') <= harm.awareAt
  );
}

/** Contacts and incidents of these people or that dwelling that the room itself still holds. */
function mentionedBefore(room: Room, harm: Harm, subjects: ReadonlySet<string>): readonly string[] {
  const found = new Set<string>();
  for (const subject of subjects)
    for (const key of room.subjects.get(subject)?.keys ?? []) {
      if (!isParticular(key)) continue;
      for (const one of room.appearances.get(key) ?? []) {
        if (one.role === 'witness' || one.seq >= harm.seq || one.at >= harm.awareAt) continue;
        const contact = one.contact === null ? undefined : room.contacts.get(one.contact);
        const incident = one.incident ?? contact?.incident ?? null;
        if (harm.incident !== null && incident === harm.incident) continue;
        if (one.contact !== null) found.add(one.contact);
        if (incident !== null) found.add(incident);
      }
    }
  return [...found];
}

/** Findings of earlier contact within the policy's months. */
function foundBefore(room: Room, harm: Harm, findings: readonly Finding[]): readonly string[] {
  const oldest = harm.awareAt - windowMs(room, harmReferral, 'earlier');
  return findings
    .filter((one) => one.strength !== 'weak' && contactFindings.includes(one.kind))
    .filter((one) => one.when >= oldest && one.when < harm.awareAt)
    .map((one) => one.id);
}

/** Every earlier contact that the room knows of. */
function earlierContact(room: Room, harm: Harm): readonly string[] {
  const subjects = concerned(room, harm);
  const incident = incidentOf(room, harm);
  const findings =
    incident === null
      ? []
      : checksOf(room, incident)
          .filter((check) => subjects.has(check.subject))
          .flatMap((check) => check.findings);
  const markers = [...subjects].flatMap((one) => allMarkersOn(room, one)).filter((one) => one.seq < harm.seq);
  const patterns = [...subjects].flatMap((one) => room.patternsOn.get(one) ?? []);
  return [
    ...new Set([
      ...(incident !== null && cameBefore(room, harm, incident) ? [incident.id] : []),
      ...mentionedBefore(room, harm, subjects),
      ...foundBefore(room, harm, findings),
      ...patterns,
      ...markers.map((one) => one.id),
    ]),
  ].slice(0, 200);
}

function idsOf(harm: Harm): { harm: string; incident?: string } {
  return harm.incident === null ? { harm: harm.id } : { harm: harm.id, incident: harm.incident };
}

/** Where in the log the earlier contact stands that the room itself holds, and what told of the rest. */
function earlierSeqs(room: Room, earlier: readonly string[]): readonly number[] {
  return earlier
    .map(
      (one) =>
        (room.contacts.get(one) ?? room.incidents.get(one) ?? room.patterns.get(one) ?? room.markers.get(one))?.seq,
    )
    .filter((seq) => seq !== undefined)
    .slice(-30);
}

/** The referral is drafted, everything that tells of it is held, and both who must decide are told. */
function drafted(
  room: Room,
  harm: Harm,
  on: { readonly earlier: readonly string[]; readonly seq: number; readonly now: number },
) {
  const ids = idsOf(harm);
  const incident = incidentOf(room, harm);
  const held = [
    ...new Set([
      ...(incident === null ? [] : [incident.id, ...incident.contacts, ...incident.deployments]),
      ...on.earlier,
      ...harm.subjects,
    ]),
  ].slice(0, 200);
  const dueAt = referBy(harm.awareAt);
  const reason = why(
    dueAt <= on.now ? 'late-already' : 'refer',
    { harm: harm.kind, earlier: on.earlier.length, ago: agoWords(harm.awareAt, on.now) },
    [on.seq, harm.seq, ...earlierSeqs(room, on.earlier)],
  );
  const asks = [ask('MakeReferral', { harm: harm.id }), ask('DecideAgainstReferral', { harm: harm.id })];
  const duty = { kind: 'duty', about: `harm:${harm.id}`, dueAt, why: reason, asks } as const;
  const draft: Act = { kind: 'act', type: 'ReferralDrafted', ids, body: { earlier: on.earlier } };
  const hold: Act = { kind: 'act', type: 'LegalHoldPlaced', ids, body: { on: held } };
  const toFim: RaiseDuty = { ...duty, owner: { role: 'fim' }, level: 'alarm' };
  const toAuthority: RaiseDuty = {
    ...duty,
    key: 'authority',
    owner: { role: authorityRole },
    level: 'prompt',
    timing: 'authority',
  };
  return [draft, hold, toFim, toAuthority];
}

/** Our own history has not answered about some of these people yet: it is asked now. */
function askHistory(room: Room, harm: Harm): readonly Act[] {
  const incident = incidentOf(room, harm);
  const answered = (incident === null ? [] : checksOf(room, incident)).filter((check) => isAnswer(check.state));
  const asked = new Set(answered.map((check) => check.subject));
  return harm.subjects
    .filter((subject) => !asked.has(subject))
    .slice(0, 10)
    .map((subject, place) => ({
      kind: 'act',
      type: 'CheckRequested',
      ids: {
        check: `${checkPrefix}${harm.seq}-${place}`,
        subject,
        ...(harm.incident === null ? {} : { incident: harm.incident }),
      },
      body: { source: ownHistory, purpose: 'earlier contact before harm' },
    }));
}

/** The harm for which a check was asked, if it still waits for a reason to be referred. */
function harmOfCheck(room: Room, check: string): Harm | undefined {
  if (!check.startsWith(checkPrefix)) return undefined;
  const seq = Number(check.split('-')[1]);
  return room.harms.find((one) => one.seq === seq && one.referral === 'none');
}

/** `harm-referral`: harm after earlier contact is referred in time, and nothing that tells of it is lost. */
export const harmReferral: Safeguard = {
  id: 'harm-referral',
  needs: ['history', 'decisions'],
  on: ['HarmRecorded', 'CheckCompleted', 'DecideAgainstReferral'],
  timings: {
    main: {
      speaksMs: 0,
      ladder: [
        { to: authorityRole, afterMs: 0 },
        { to: 'on-call', afterMs: 0 },
      ],
      againMs: hourMs(1),
      windows: { earlier: dayMs(365), before: minuteMs(10) },
    },
    authority: { speaksMs: minuteMs(60), ladder: [{ to: 'on-call', afterMs: 0 }], againMs: hourMs(1) },
  },
  words: {
    refer:
      'A {harm:harm} after {earlier:earlier contact|earlier contacts} with these people or that address. ' +
      'Refer it by the end of the day after somebody serving first knew ({ago}). Everything is held.',
    'late-already':
      'A {harm:harm} after {earlier:earlier contact|earlier contacts}. The time to refer it has passed: ' +
      'somebody serving first knew {ago}.',
    'not-the-authority': 'Only the appropriate authority decides against a referral, with its reason.',
  },
  react(event, room) {
    if (event.type === 'HarmRecorded') {
      const harm = room.harms.get(event.ids.harm);
      if (harm === undefined) return [];
      const earlier = earlierContact(room, harm);
      if (earlier.length === 0) return askHistory(room, harm);
      return drafted(room, harm, { earlier, seq: event.seq, now: event.recordedAt });
    }
    if (event.type !== 'CheckCompleted' || event.body.result !== 'found') return [];
    const harm = harmOfCheck(room, event.ids.check);
    if (harm === undefined || !concerned(room, harm).has(event.ids.subject)) return [];
    const earlier = foundBefore(room, harm, event.body.findings);
    return earlier.length === 0 ? [] : drafted(room, harm, { earlier, seq: event.seq, now: event.recordedAt });
  },
  gate(asked, room) {
    if (asked.type !== 'DecideAgainstReferral' || onDuty(room, asked.actor.id)?.role === authorityRole) return [];
    return [
      {
        safeguard: 'harm-referral',
        why: why('not-the-authority', {}, []),
        asks: [ask('MakeReferral', { harm: asked.data.harm })],
      },
    ];
  },
  isMet(_duty, event, room) {
    if (event.type === 'ReferralMade') return true;
    return event.type === 'ReferralDecidedAgainst' && room.staff.get(event.actor.id)?.role === authorityRole;
  },
};
