import { dutiesAbout, openDuty } from '../room/duty.ts';
import type { Flow } from '../room/flow.ts';
import { lostSince } from '../room/flow.ts';
import type { Room } from '../room/room.ts';
import type { RaiseDuty, Response, Safeguard } from '../room/safeguard.ts';
import { ask, countOf, why } from '../room/safeguard.ts';
import type { AnyEvent } from '../room/vocabulary.ts';
import { hourMs, minuteMs, minutes } from './spans.ts';

const id = 'contact-flow-abnormal';
const fewKey = 'few';
const lostKey = 'lost';

/**
 * How far from what is usual still counts as chance: so many deviations of counts that vary `spread` times as much as
 * independent arrivals would, since callers come in bursts.
 */
function chance(room: Room, usual: number): number {
  const deviations = countOf(room, contactFlowAbnormal, 'deviations');
  return deviations * Math.sqrt(countOf(room, contactFlowAbnormal, 'spread') * usual);
}

/** Fewer contacts than this are no chance; nought where nothing at all would be one, as in a quiet night. */
function fewest(room: Room, usual: number): number {
  return Math.max(0, Math.floor(usual - chance(room, usual)));
}

/** More lost contacts than this are no chance. */
function mostLost(room: Room, usual: number): number {
  return Math.max(countOf(room, contactFlowAbnormal, 'least-lost'), Math.ceil(usual + chance(room, usual)));
}

/** Silent until the span has ended; by then enough have come, or the lines are not what they were. */
function few(room: Room, flow: Flow, seq: number): readonly RaiseDuty[] {
  const least = fewest(room, flow.contacts);
  if (least === 0 || flow.until <= room.now) return [];
  return [
    {
      kind: 'duty',
      about: 'room',
      key: fewKey,
      owner: { role: 'fim' },
      level: 'alarm',
      speaksAt: flow.until,
      why: why('far-fewer', { usual: flow.contacts, least, span: minutes(flow.until - flow.from) }, [seq]),
      asks: [ask('EndFlowFault')],
    },
  ];
}

function lost(room: Room, flow: Flow, seq: number): readonly RaiseDuty[] {
  if (flow.brokeOff <= mostLost(room, flow.lost)) return [];
  const waiting = lostSince(room, flow.from);
  return [
    {
      kind: 'duty',
      about: 'room',
      key: lostKey,
      owner: { role: 'fim' },
      level: 'alarm',
      why: why('many-lost', { usual: flow.lost, oldest: waiting[0] ?? '' }, [flow.seq, seq]),
      asks: [...waiting.slice(0, 10).map((contact) => ask('AttemptCallback', { contact })), ask('EndFlowFault')],
    },
  ];
}

function isFault(room: Room): boolean {
  return dutiesAbout(room, 'room').some((duty) => duty.safeguard === id && duty.state === 'raised');
}

function react(event: AnyEvent, room: Room): readonly Response[] {
  const { flow } = room;
  if (event.type === 'IncidentOpened' && isFault(room)) {
    const about = `incident:${event.ids.incident}` as const;
    const note: Response = { kind: 'note', about, why: why('location-unreliable', {}, [event.seq]) };
    return [note];
  }
  if (flow === null) return [];
  if (event.type === 'ContactsExpected') return few(room, flow, event.seq);
  return event.type === 'ContactEnded' && openDuty(room, id, 'room', lostKey) === null
    ? lost(room, flow, event.seq)
    : [];
}

/** `contact-flow-abnormal`: far fewer come than this hour brings, or far more are lost: people ring unheard. */
export const contactFlowAbnormal: Safeguard = {
  id,
  needs: ['contacts'],
  on: ['ContactsExpected', 'ContactEnded', 'IncidentOpened', 'EndFlowFault'],
  timings: {
    main: {
      speaksMs: 0,
      dueMs: minuteMs(5),
      ladder: [
        { to: 'system-owner', afterMs: 0 },
        { to: 'on-call', afterMs: minuteMs(15) },
      ],
      againMs: hourMs(1),
      counts: { deviations: 4, spread: 3, 'least-lost': 8 },
    },
  },
  words: {
    'far-fewer':
      'Fewer than {least:contact|contacts} came in {span:minute|minutes}; {usual:is|are} usual. ' +
      'Try every line, and look at the other channels for emergencies.',
    'many-lost':
      'Far more calls break off than the {usual:that is|that are} usual. One list, the oldest first: ring them back.',
    'location-unreliable': 'The lines are at fault: where a call came from is not to be relied on.',
    'still-few': 'Contacts still come far below what is usual ({came} so far).',
  },
  react,
  gate(asked, room) {
    const { flow } = room;
    if (asked.type !== 'EndFlowFault' || flow === null) return [];
    const part = Math.min(1, (asked.now - flow.from) / (flow.until - flow.from));
    if (flow.came >= fewest(room, flow.contacts * part)) return [];
    return [{ safeguard: id, why: why('still-few', { came: flow.came }, [flow.seq]), asks: [] }];
  },
  isMet(duty, event, room) {
    if (event.type === 'FlowFaultEnded') return true;
    if (duty.state !== 'armed' || event.type !== 'ContactPresented' || room.flow === null) return false;
    return room.flow.came >= fewest(room, room.flow.contacts);
  },
};
