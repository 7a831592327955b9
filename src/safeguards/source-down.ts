import type { Check } from '../room/check.ts';
import { checksOf } from '../room/check.ts';
import type { Duty } from '../room/duty.ts';
import { openDuty } from '../room/duty.ts';
import type { Incident } from '../room/incident.ts';
import { openIncident } from '../room/incident.ts';
import type { Room } from '../room/room.ts';
import type { Act, AddNote, Gate, RaiseDuty, Response, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import type { EventBy } from '../room/vocabulary.ts';
import { isAnswer, latestChecks } from './checks.ts';
import { loweredBy, loweringCommands } from './lowered.ts';
import { minuteMs } from './spans.ts';
import { subjectWords } from './words.ts';

/** Checks that are asked again at once when their source is back, at most; the newest first. */
const retriesMax = 200;

function isDown(room: Room, source: string): boolean {
  return room.sources.get(source)?.state === 'down';
}

function alarm(room: Room, source: string, reason: RaiseDuty['why']): RaiseDuty {
  return {
    kind: 'duty',
    about: 'room',
    key: source,
    owner: { role: room.policy.systemOwner },
    level: 'alarm',
    why: reason,
    asks: [ask('ReportSource', { source, state: 'up' })],
  };
}

/** Checks of a source that wait for their answer in matters still open. Rare enough to look through them all. */
function pendingOf(room: Room, source: string): readonly Check[] {
  const waiting: Check[] = [];
  for (const check of room.checks.values())
    if (check.source === source && !isAnswer(check.state) && isStillWanted(room, check)) waiting.push(check);
  return waiting.toSorted((a, b) => b.seq - a.seq).slice(0, retriesMax);
}

/** Whether nobody has asked again since, and the matter is still open. */
function isStillWanted(room: Room, check: Check): boolean {
  const others = [check.contact, check.incident].flatMap((place) => room.checksOn.get(place ?? '') ?? []);
  const isAskedAgain = others.some((one) => {
    const other = room.checks.get(one);
    return other?.source === check.source && other.subject === check.subject && other.seq > check.seq;
  });
  if (isAskedAgain) return false;
  const contact = room.contacts.get(check.contact ?? '');
  const incident = check.incident ?? contact?.incident ?? null;
  if (incident !== null) return openIncident(room, incident) !== null;
  return contact !== undefined && contact.disposition === null;
}

function retryId(seq: number, place: number): string {
  return `check-${seq}-retry-${place}`;
}

function retried(room: Room, event: EventBy<'SourceReported'>): readonly Response[] {
  const { source } = event.ids;
  if (openDuty(room, sourceDown.id, 'room', source) === null) return [];
  const pending = pendingOf(room, source);
  const acts = pending.map((check, place): Act => {
    const incident = check.incident ?? room.contacts.get(check.contact ?? '')?.incident ?? undefined;
    const ids = {
      check: retryId(event.seq, place),
      subject: check.subject,
      contact: check.contact ?? undefined,
      incident,
    };
    return { kind: 'act', type: 'CheckRequested', ids, body: { source, purpose: 'asked again' } };
  });
  return [
    ...acts,
    alarm(
      room,
      source,
      why('source-back', { source, count: acts.length, asked: event.seq }, [
        event.seq,
        ...pending.map((check) => check.seq),
      ]),
    ),
  ];
}

/** Every check that was asked again when the source came back has come back too, whatever it says. */
function areRetriesBack(room: Room, duty: Duty): boolean {
  const back = duty.why.findLast((one) => one.code === 'source-back');
  if (back === undefined) return false;
  const seq = Number(back.params['asked']);
  const count = Number(back.params['count']);
  for (let place = 0; place < count; place += 1)
    if ((room.checks.get(retryId(seq, place))?.completedAt ?? null) === null) return false;
  return true;
}

function historyUnknown(room: Room, event: EventBy<'CheckCompleted'> | EventBy<'CheckRequested'>): readonly AddNote[] {
  const { incident, contact } = event.ids;
  const place = incident ?? room.contacts.get(contact ?? '')?.incident ?? undefined;
  const about = place === undefined ? `contact:${contact ?? ''}` : `incident:${place}`;
  const { source } = event.body;
  const at = room.incidents.get(place ?? '') ?? (contact === undefined ? undefined : { id: contact, contacts: [] });
  const of = subjectWords(room, event.ids.subject, at);
  return [{ kind: 'note', about: about as AddNote['about'], why: why('history-unknown', { source, of }, [event.seq]) }];
}

function onResult(room: Room, event: EventBy<'CheckCompleted'>): readonly Response[] {
  const { source, result } = event.body;
  if (isAnswer(result)) return [];
  const noted = historyUnknown(room, event);
  if (result === 'unavailable')
    return [...noted, alarm(room, source, why('source-unavailable', { source }, [event.seq]))];
  return isDown(room, source) ? noted : [];
}

function gateOf(room: Room, incident: Incident): readonly Gate[] {
  const unknown = latestChecks(checksOf(room, incident)).filter(
    (check) => !isAnswer(check.state) && isDown(room, check.source),
  );
  const sources = new Set(unknown.map((check) => check.source));
  return [...sources].map((source) => {
    const seqs = unknown.filter((check) => check.source === source).map((check) => check.seq);
    return {
      safeguard: sourceDown.id,
      why: why('unknown-is-not-none', { source, count: seqs.length }, seqs),
      asks: [],
    };
  });
}

/** `source-down`: a source is not available. What it would have said is unknown, which is not nothing. */
export const sourceDown: Safeguard = {
  id: 'source-down',
  needs: ['history'],
  on: ['SourceReported', 'CheckRequested', 'CheckCompleted', ...loweringCommands],
  timings: {
    main: {
      dueMs: minuteMs(5),
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: minuteMs(30) },
      ],
    },
  },
  words: {
    'source-down': 'Down: {source:source} ({reason}). Its checks say nothing about anybody until it is back.',
    'source-unavailable': 'No answer from {source:source}. Its checks say nothing about anybody until it is back.',
    'source-back': 'Back: {source:source}; {count:check was|checks were} asked again.',
    'history-unknown': 'History unknown: {source:source} could not be asked about {of}.',
    'unknown-is-not-none': 'History unknown: {source:source} is down and {count:check waits|checks wait} for it.',
  },
  react(event, room) {
    if (event.type === 'CheckCompleted') return onResult(room, event);
    if (event.type === 'CheckRequested') return isDown(room, event.body.source) ? historyUnknown(room, event) : [];
    if (event.type !== 'SourceReported') return [];
    if (event.body.state === 'up') return retried(room, event);
    const { source } = event.ids;
    return [
      alarm(room, source, why('source-down', { source, reason: event.body.reason ?? 'no reason given' }, [event.seq])),
    ];
  },
  gate(asked, room) {
    return loweredBy(asked, room).flatMap((incident) => gateOf(room, incident));
  },
  isMet(duty, event, room) {
    if (event.type === 'SourceReported')
      return event.ids.source === duty.key && event.body.state === 'up' && pendingOf(room, duty.key).length === 0;
    if (event.type !== 'CheckCompleted' || event.body.source !== duty.key || isDown(room, duty.key)) return false;
    const isAnswered = isAnswer(event.body.result);
    // Where nobody reported it down, its next answer shows that it is back.
    return areRetriesBack(room, duty) || (isAnswered && !duty.why.some((one) => one.code === 'source-down'));
  },
};
