import { formatLocal } from '../room/british-time.ts';
import type { StoredEvent } from '../room/define.ts';
import type { Incident, LogEntry } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import { nameOf } from '../room/subject.ts';
import { dutyCourses, isOfDuty } from './duty-course.ts';
import { saidIn } from './event-words.ts';
import { incidentPage } from './incident-page.ts';
import { put } from './plain-words.ts';
import type { Seen } from './told.ts';

/** One part of a document that is read from its beginning to its end. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  /** Something on record: its place in the log, who and when, and what. */
  | { readonly kind: 'entry'; readonly seq: number | null; readonly label: string; readonly text: string };

/** For whom a bundle is made, what for, by whom, and of what. */
export interface DisclosureAbout {
  readonly room: string;
  readonly incident: string;
  readonly by: string;
  readonly recipient: string;
  readonly purpose: string;
  readonly at: number;
  readonly head: { readonly seq: number; readonly hash: string };
  /** What every page of this service says of itself, where it is not live. */
  readonly banner: string | null;
}

/** What somebody discloses: the room as they see it, and the events as they may see them. */
export interface Disclosed {
  readonly room: Room;
  /** The incident that was asked for, and those joined with it. */
  readonly incidents: readonly Incident[];
  readonly events: readonly StoredEvent[];
  /** Places in the log that are not for whoever discloses. */
  readonly withheld: readonly number[];
  readonly seen: Seen;
}

/** One row of the log with both its clocks, for the table beside the document. */
export interface DisclosedEntry extends LogEntry {
  readonly incident: string;
  /** The entry that corrected this one; both wordings stay. */
  readonly correctedBy: number | null;
}

const toldTypes: ReadonlySet<string> = new Set([
  'CallerTold',
  'PromiseMade',
  'PromiseKept',
  'PromiseWithdrawn',
  'MessageSent',
  'MessageResent',
  'MessageAcknowledged',
  'UnitBriefed',
  'TransferSent',
  'TransferReceived',
  'TransferAccepted',
  'TransferReturned',
  'TransferEnded',
  'ReferralMade',
  'ReferralDecidedAgainst',
]);

/** What each of the five results of a check says; only the last two say anything about a person. */
const results: Readonly<Record<string, string>> = {
  'not-run': 'asked; no answer is on record',
  failed: 'FAILED: nothing is known',
  'timed-out': 'TIMED OUT: nothing is known',
  unavailable: 'UNAVAILABLE: nothing is known',
  'no-trace': 'no trace',
  found: 'found',
};

/** Both clocks of something: when it happened as it was told, and when it was recorded. */
export function bothClocks(at: number, recordedAt: number): string {
  return `happened ${formatLocal(at)}, recorded ${formatLocal(recordedAt)}`;
}

/** Every entry of the log, by its place in that of the room: what two joined incidents both have is here once. */
export function disclosedLog({ incidents }: Pick<Disclosed, 'incidents'>): readonly DisclosedEntry[] {
  const bySeq = new Map<number, DisclosedEntry>();
  const corrected = new Map<number, number>();
  for (const { id, log } of incidents)
    for (const one of log) {
      if (one.corrects !== null) corrected.set(one.corrects, one.seq);
      if (!bySeq.has(one.seq)) bySeq.set(one.seq, { ...one, incident: id, correctedBy: null });
    }
  return [...bySeq.values()]
    .map((one) => ({ ...one, correctedBy: corrected.get(one.seq) ?? null }))
    .toSorted((a, b) => a.seq - b.seq);
}

/** The whole document: what is on record of a matter, in order, with nothing of it left out unsaid. */
export function disclosureDocument(disclosed: Disclosed, about: DisclosureAbout): readonly Block[] {
  const { incidents, events, withheld } = disclosed;
  const log = disclosedLog(disclosed);
  const inLog = new Set(log.map((one) => one.seq));
  const rest = events.filter(
    (one) => !inLog.has(one.seq) && !toldTypes.has(one.type) && !isOfDuty(one) && !one.type.startsWith('Check'),
  );
  return [
    ...head(about, disclosed),
    ...incidents.flatMap((one) => incidentBlocks(disclosed, one)),
    ...section('The log', log.map(logBlock), 'Nothing was written.'),
    ...section('Who was told what', told(disclosed), 'Nothing that anybody was told is on record.'),
    ...section('Duties and what became of them', duties(disclosed), 'Nothing was demanded.'),
    ...section('Checks', checks(disclosed), 'Nothing was asked of any source.'),
    ...section('Everything else on record', rest.map(eventBlock(disclosed)), 'Nothing else.'),
    ...section('Withheld from whoever made this', withheldBlocks(withheld), 'Nothing.'),
  ];
}

function head(about: DisclosureAbout, { incidents, events }: Disclosed): readonly Block[] {
  const { banner, incident, by, recipient, purpose, at, room } = about;
  const others = incidents.filter((one) => one.id !== incident).map((one) => one.id);
  const lines = [
    `Incident ${incident} of room ${room}${others.length === 0 ? '' : `, with what was joined: ${others.join(', ')}`}`,
    `Made by ${by} on ${formatLocal(at)}`,
    `For ${recipient}`,
    `Purpose: ${purpose}`,
    `${events.length} events of the log, which stood at event ${about.head.seq} with the digest ${about.head.hash}`,
    'Times are those of clocks in Britain. A character that the letters of this document lack stands as its number, ' +
      '[U+0000]; words written from right to left keep the order in which they were stored. The exact text of ' +
      'everything is in the machine-readable log beside this document.',
  ];
  return [
    { kind: 'heading', level: 1, text: `Record of incident ${incident}` },
    ...(banner === null ? [] : [{ kind: 'text', text: banner } as const]),
    ...lines.map((text) => ({ kind: 'text', text }) as const),
  ];
}

function incidentBlocks({ room, seen }: Disclosed, incident: Incident): readonly Block[] {
  const page = incidentPage(room, incident, seen);
  const { closed, row } = page;
  const lines = [
    `State: ${page.state}. Received ${formatLocal(incident.receivedAt)}; opened ${formatLocal(page.openedAt)} by ` +
      `${page.openedBy}.`,
    `Kinds: ${page.row.kinds.join(', ') || 'none'}. Grade that counts: ${row.grade ?? 'none given'}.`,
    ...(page.grading.by === null
      ? []
      : [`Graded ${page.grading.current} by ${page.grading.by}: ${page.grading.reason}`]),
    ...page.floors.map((one) => `Not below ${one.band} (${one.safeguard}): ${one.why.says}`),
    ...(closed === null ? [] : [`Closed ${formatLocal(closed.at)} as ${closed.code} by ${closed.by}.`]),
    ...(page.isHeld ? ['Under legal hold: nothing of it may be erased.'] : []),
    ...page.subjects.map((one) => `${one.roles.join(', ')}: ${nameOf(one.identity)} (${one.subject})`),
    ...page.deployments.map((one) =>
      [
        `Unit ${one.unit}, sent ${formatLocal(one.assignedAt)} by ${one.assignedBy}: ${one.state}`,
        ...(one.arrivedAt === null ? [] : [`there ${formatLocal(one.arrivedAt)}`]),
        ...(one.divertedTo === null ? [] : [`diverted to ${one.divertedTo}`]),
        ...(one.outcome === null ? [] : [`outcome ${one.outcome}`]),
      ].join(', '),
    ),
  ];
  return [
    { kind: 'heading', level: 2, text: `Incident ${incident.id}` },
    { kind: 'text', text: incident.summary },
    ...lines.map((text) => ({ kind: 'text', text }) as const),
  ];
}

function section(text: string, blocks: readonly Block[], none: string): readonly Block[] {
  return [
    { kind: 'heading', level: 2, text },
    ...(blocks.length === 0 ? [{ kind: 'text', text: none } as const] : blocks),
  ];
}

function logBlock(one: DisclosedEntry): Block {
  const marks = [
    ...(one.corrects === null ? [] : [`corrects entry ${one.corrects}`]),
    ...(one.correctedBy === null ? [] : [`corrected by entry ${one.correctedBy}; these are the words as they were`]),
  ];
  const label = [`Entry ${one.seq}`, bothClocks(one.at, one.recordedAt), `${one.by}, ${one.source}`, ...marks];
  return { kind: 'entry', seq: one.seq, label: label.join(' · '), text: one.text };
}

function eventBlock({ seen }: Disclosed): (event: StoredEvent) => Block {
  return (event) => {
    const { seq, at, recordedAt, type, actor, second } = event;
    const who = second === null ? actor.id : `${actor.id} with ${second}`;
    const label = `Event ${seq} · ${bothClocks(at, recordedAt)} · ${who} · ${put(type, 'order')}`;
    return { kind: 'entry', seq, label, text: saidIn(event, seen) };
  };
}

function told(disclosed: Disclosed): readonly Block[] {
  return disclosed.events.filter((one) => toldTypes.has(one.type)).map(eventBlock(disclosed));
}

function duties({ events, seen }: Disclosed): readonly Block[] {
  return dutyCourses(events, seen).map((one) => ({ kind: 'entry', seq: one.seq, label: one.label, text: one.course }));
}

function checks({ room, incidents }: Disclosed): readonly Block[] {
  const ids = new Set(
    incidents.flatMap((one) => [one.id, ...one.contacts]).flatMap((place) => room.checksOn.get(place) ?? []),
  );
  return [...ids].flatMap((id) => {
    const one = room.checks.get(id);
    if (one === undefined) return [];
    const subject = room.subjects.get(one.subject);
    const answered = one.completedAt === null ? 'no answer' : `answered ${formatLocal(one.completedAt)}`;
    const label =
      `Event ${one.seq} · ${one.source} asked ${formatLocal(one.requestedAt)} about ` +
      `${subject === undefined ? one.subject : nameOf(subject.identity)} · ${answered}`;
    const lines = [
      results[one.state] ?? one.state,
      ...one.findings.map((found) => `${found.kind}, ${found.strength}: ${found.says} (${found.reasons.join('; ')})`),
      ...(one.readBy === null ? ['Nobody is on record as having read it.'] : [`Read by ${one.readBy}.`]),
    ];
    return [{ kind: 'entry', seq: one.seq, label, text: lines.join('\n') } as const];
  });
}

function withheldBlocks(withheld: readonly number[]): readonly Block[] {
  if (withheld.length === 0) return [];
  const text =
    `Events ${withheld.join(', ')} tell of a restricted record that whoever made this may not read. ` +
    'They are in the log of the room; the desk that holds the record answers for them.';
  return [{ kind: 'text', text }];
}
