import { z } from 'zod';
import { changeIn, listed, roomWith, updateIn } from './change.ts';
import { concept, drafts, event, id, instant, line, refuse, taken, unknown } from './define.ts';
import { firstUnknown } from './known.ts';
import { strengths } from './link.ts';
import type { Room } from './room.ts';

/** Not run, failed, timed out, unavailable and "no trace" are five different results; `found` is the sixth answer. */
export const checkStates = ['not-run', 'failed', 'timed-out', 'unavailable', 'no-trace', 'found'] as const;

/** What one source returned about one subject: typed, bounded, with its reasons. */
export const finding = z.strictObject({
  id,
  kind: z.enum([
    'contact',
    'incident',
    'marker',
    'order',
    'crime',
    'custody',
    'person',
    'place',
    'phone',
    'vehicle',
    'account',
    'assessment',
  ]),
  /** The room's or the source's subject that it is about. */
  subject: id,
  /** The source's own subject whom it takes to be the one asked about, where it is another record of them. */
  matched: id.optional(),
  /** Other people it names, by id. */
  others: z.array(id).max(20).default([]),
  when: instant,
  source: id,
  /** What it tells of. */
  signs: z
    .array(
      z.enum([
        'domestic',
        'danger',
        'violence',
        'weapon',
        'strangulation',
        'threat-to-kill',
        'stalking',
        'order-breach',
        'child',
        'vulnerable',
        'mental-health',
        'self-harm',
        'repeat',
        'asked-for-protection',
        'refused-protection',
        'wanted',
        'marker-removed',
        'release',
        'separation',
      ]),
    )
    .max(20)
    .default([]),
  says: line,
  strength: z.enum(strengths),
  reasons: z.array(line).max(10).default([]),
});
export type Finding = Readonly<z.output<typeof finding>>;

/** A check is evidence: what was asked, of whom, when, what came back, and who read it. */
export interface Check {
  readonly id: string;
  readonly seq: number;
  readonly source: string;
  readonly subject: string;
  readonly contact: string | null;
  readonly incident: string | null;
  readonly state: (typeof checkStates)[number];
  readonly requestedAt: number;
  readonly completedAt: number | null;
  readonly findings: readonly Finding[];
  readonly completedSeq: number | null;
  readonly readBy: string | null;
}

/** Whether the check tells anything: it came back, and what it found has been read. */
export function isSettled(check: Check): boolean {
  return check.state === 'no-trace' || (check.state === 'found' && check.readBy !== null);
}

/** Every check about an incident or its contacts. */
export function checksOf(
  room: Room,
  incident: { readonly id: string; readonly contacts: readonly string[] },
): readonly Check[] {
  const ids = new Set([incident.id, ...incident.contacts].flatMap((place) => room.checksOn.get(place) ?? []));
  return [...ids].map((one) => room.checks.get(one)).filter((one): one is Check => one !== undefined);
}

const place = { check: id, subject: id, contact: id.optional(), incident: id.optional() };

const commands = {
  RequestCheck: z.strictObject({
    check: id,
    source: id,
    subject: id,
    contact: id.optional(),
    incident: id.optional(),
    purpose: line.optional(),
  }),
  CompleteCheck: z.strictObject({
    check: id,
    result: z.enum(['failed', 'timed-out', 'unavailable', 'no-trace', 'found']),
    findings: z.array(finding).max(50).default([]),
  }),
  /**
   * One check, or every answer that has come back and waits to be read in a contact or incident (about one subject,
   * if named).
   */
  ReadCheck: z.strictObject({
    check: id.optional(),
    contact: id.optional(),
    incident: id.optional(),
    subject: id.optional(),
  }),
  ReportSource: z.strictObject({ source: id, state: z.enum(['up', 'down']), reason: line.optional() }),
};

const events = {
  CheckRequested: event(place, { source: id, purpose: line.optional() }),
  CheckCompleted: event(place, {
    source: id,
    result: z.enum(['failed', 'timed-out', 'unavailable', 'no-trace', 'found']),
    findings: z.array(finding).max(50),
  }),
  CheckRead: event(place, {}, {}),
  SourceReported: event({ source: id }, { state: z.enum(['up', 'down']), reason: line.optional() }),
};
const make = drafts(events);

function idsOf(check: Check): { check: string; subject: string; contact?: string; incident?: string } {
  const incident = check.incident;
  return {
    check: check.id,
    subject: check.subject,
    ...(check.contact === null ? {} : { contact: check.contact }),
    ...(incident === null ? {} : { incident }),
  };
}

interface Place {
  readonly contact?: string | undefined;
  readonly incident?: string | undefined;
  readonly subject?: string | undefined;
}

/** What came back and waits to be read, of an incident and its contacts or of one contact. */
function unreadOn(room: Room, { contact, incident, subject }: Place): readonly Check[] {
  const places = [contact, incident, ...(room.incidents.get(incident ?? '')?.contacts ?? [])].filter(
    (one) => one !== undefined,
  );
  const ids = new Set(places.flatMap((place) => room.checksOn.get(place) ?? []));
  return [...ids]
    .map((one) => room.checks.get(one))
    .filter((one) => one !== undefined)
    .filter(
      (one) => one.completedAt !== null && one.readBy === null && (subject === undefined || one.subject === subject),
    );
}

/** Checks and the sources they ask. */
export const checkConcept = concept({
  commands,
  events,
  stakes: {},
  decide: {
    RequestCheck: (data, room) => {
      if (room.checks.has(data.check)) return taken('check', data.check);
      const { check, subject, contact, incident } = data;
      const missing = firstUnknown(room, { subject, contact, incident });
      if (missing !== null) return missing;
      return [
        make.CheckRequested({ check, subject, contact, incident }, { source: data.source, purpose: data.purpose }),
      ];
    },
    CompleteCheck: (data, room) => {
      const check = room.checks.get(data.check);
      if (check === undefined) return unknown('check', data.check);
      if (check.state === 'found' || check.state === 'no-trace')
        return refuse('check-answered', `Check ${check.id} has its answer; ask again with a check of its own.`);
      if (data.result !== 'found' && data.findings.length > 0)
        return refuse('findings-without-hit', 'Only the result found carries findings.');
      const contact = check.contact === null ? undefined : room.contacts.get(check.contact);
      const incident = check.incident ?? contact?.incident ?? null;
      return [
        make.CheckCompleted(idsOf({ ...check, incident }), {
          source: check.source,
          result: data.result,
          findings: data.findings,
        }),
      ];
    },
    ReadCheck: (data, room) => {
      const check = data.check === undefined ? undefined : room.checks.get(data.check);
      if (data.check !== undefined && check === undefined) return unknown('check', data.check);
      if (check !== undefined && check.completedAt === null)
        return refuse('check-not-complete', `Check ${check.id} has not come back; there is nothing to read.`);
      if (check === undefined && data.contact === undefined && data.incident === undefined)
        return refuse('nothing-named', 'Name the check, or the contact or incident whose answers were read.');
      const read = check === undefined ? unreadOn(room, data) : [check];
      return read.map((one) => make.CheckRead(idsOf(one), {}));
    },
    ReportSource: (data) => [make.SourceReported({ source: data.source }, { state: data.state, reason: data.reason })],
  },
  evolve: {
    CheckRequested: (room, { ids, body, seq, at }) => {
      const check: Check = {
        id: ids.check,
        seq,
        source: body.source,
        subject: ids.subject,
        contact: ids.contact ?? null,
        incident: ids.incident ?? null,
        state: 'not-run',
        requestedAt: at,
        completedAt: null,
        findings: [],
        completedSeq: null,
        readBy: null,
      };
      let index = room.checksOn;
      for (const where of [ids.contact, ids.incident])
        if (where !== undefined) index = listed(index, where, check.id, 500);
      const next = roomWith(room, { checksOn: index, checks: room.checks.set(check.id, check) });
      return updateIn(next, 'incidents', ids.incident, (incident) => ({
        ...incident,
        checks: [...incident.checks, check.id],
      }));
    },
    CheckCompleted: (room, { ids, body, seq, at }) =>
      changeIn(room, 'checks', ids.check, {
        state: body.result,
        findings: body.findings,
        completedAt: at,
        completedSeq: seq,
        incident: ids.incident ?? null,
        readBy: null,
      }),
    CheckRead: (room, { ids, actor }) => changeIn(room, 'checks', ids.check, { readBy: actor.id }),
    SourceReported: (room: Room, { ids, body, at }) =>
      roomWith(room, {
        sources: room.sources.set(ids.source, { id: ids.source, state: body.state, since: at }),
      }),
  },
});
