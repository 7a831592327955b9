import type { Duty } from '../room/duty.ts';
import { dutiesAbout } from '../room/duty.ts';
import type { Incident } from '../room/incident.ts';
import { openIncident } from '../room/incident.ts';
import type { ProtectiveOrder } from '../room/order.ts';
import { ordersAgainst } from '../room/order.ts';
import type { Room } from '../room/room.ts';
import type { Act, AddNote, Gate, RaiseDuty, Response, Safeguard } from '../room/safeguard.ts';
import { ask, why } from '../room/safeguard.ts';
import { hasAuthority } from '../room/staff.ts';
import type { Appearance } from '../room/subject.ts';
import { appearancesOf, relatedTo, sameSubjects } from '../room/subject.ts';
import type { AnyAsked, AnyEvent, EventBy } from '../room/vocabulary.ts';
import { hasSecondPerson } from './authority.ts';
import { liveDangers } from './dangers.ts';
import { markersWith } from './markers.ts';
import { openIncidentOf } from './matches.ts';
import { isCounted, orderTitle, timesReported } from './orders.ts';
import { hourMs, minuteMs } from './spans.ts';

/** Dangers that say that the respondent is there now or coming back. */
const nowDangers: readonly string[] = ['suspect-present', 'suspect-returning'];

/** The subject, whatever matches it exactly, and whoever uses it where it is a phone, vehicle or account. */
function standsFor(room: Room, subject: string, relations: readonly string[]): ReadonlySet<string> {
  const same = sameSubjects(room, subject);
  const by = same.flatMap((one) => relatedTo(room, one).filter((other) => relations.includes(other.relation)));
  return new Set([...same, ...by.flatMap((one) => sameSubjects(room, one.subject))]);
}

function isProtected(order: ProtectiveOrder, people: ReadonlySet<string>): boolean {
  return order.protects.some((one) => people.has(one));
}

/** Orders in force whose respondent, or something that he uses, is mentioned together with somebody they protect. */
function ordersTouched(room: Room, all: readonly Appearance[], at: number): readonly ProtectiveOrder[] {
  if (room.ordersOf.size === 0 || all.length < 2) return [];
  const touched = new Map<string, ProtectiveOrder>();
  for (const one of all) {
    const respondents = standsFor(room, one.subject, ['uses']);
    for (const order of [...respondents].flatMap((subject) => ordersAgainst(room, subject, at))) {
      // Something that both of them use tells nothing about him.
      if (order.madeAt > at || isProtected(order, respondents)) continue;
      const others = all.filter((other) => other.subject !== one.subject && !respondents.has(other.subject));
      if (others.some((other) => isProtected(order, standsFor(room, other.subject, ['uses', 'lives-at']))))
        touched.set(order.id, order);
    }
  }
  return [...touched.values()];
}

/** Breaches that are counted for an incident, by the orders against anybody in it. */
function breachedIn(room: Room, incident: Incident): readonly ProtectiveOrder[] {
  if (room.ordersOf.size === 0) return [];
  const orders = incident.subjects
    .flatMap((subject) => [...standsFor(room, subject, ['uses'])])
    .flatMap((subject) => room.ordersOf.get(subject) ?? [])
    .map((one) => room.orders.get(one))
    .filter((one) => one !== undefined);
  return [...new Set(orders)].filter((order) => isCounted(order, incident));
}

/** Counted once in each incident, as reported; whether it was one is decided elsewhere. */
function counted(room: Room, incident: Incident, event: AnyEvent): readonly Act[] {
  return ordersTouched(room, appearancesOf(room, incident), event.at)
    .filter((order) => !isCounted(order, incident))
    .map((order, place) => ({
      kind: 'act',
      type: 'BreachReported',
      ids: { breach: `breach-${event.seq}-${place}`, order: order.id, incident: incident.id },
      body: { says: `The respondent of the ${orderTitle(room, order)} was named together with whom it protects.` },
    }));
}

const powerWords = {
  'breach-is-a-crime': 'a breach is a crime and can be arrested for',
  'only-if-attached': 'only where a power of arrest is attached',
  'arrest-to-court': 'arrest to be brought before the court',
  none: 'no power of arrest by itself',
} as const;
const serviceWords = {
  served: 'served',
  told: 'told of it',
  'not-served': 'not served',
  unknown: 'unknown, ask',
} as const;

function facts(room: Room, order: ProtectiveOrder): Record<string, string | number> {
  const kind = room.policy.orderKinds[order.kind];
  const attached = order.powerAttached ? ' (attached)' : ' (none recorded as attached)';
  const power = kind === undefined ? 'unknown, ask' : powerWords[kind.powerOfArrest];
  return {
    order: orderTitle(room, order),
    count: timesReported(order),
    power: kind?.powerOfArrest === 'only-if-attached' ? `${power}${attached}` : power,
    limits: kind === undefined ? 'not known' : `${kind.limits} (${kind.jurisdiction})`,
    service: serviceWords[order.service],
  };
}

/** There now, coming back, or between people whose risk is high already. */
function isGrave(room: Room, incident: Incident): boolean {
  return (
    liveDangers(incident).some((danger) => nowDangers.includes(danger.kind)) ||
    incident.riskForm?.level === 'high' ||
    incident.assessment?.level === 'high' ||
    markersWith(room, incident, 'floor-emergency').length > 0
  );
}

/** The reports on which the count of them rests. */
function breachSeqs(order: ProtectiveOrder): readonly number[] {
  return order.breaches.map((breach) => breach.seq).slice(-30);
}

function floor(room: Room, incident: Incident, order: ProtectiveOrder, seq: number): Response {
  const band = isGrave(room, incident) ? 'emergency' : 'priority';
  const params = { order: orderTitle(room, order), count: timesReported(order) };
  const reason = why(`breach-${band}`, params, [seq, ...breachSeqs(order)]);
  return { kind: 'floor', incident: incident.id, band, why: reason };
}

function arrestDecision(room: Room, incident: Incident, order: ProtectiveOrder, seqs: readonly number[]): RaiseDuty {
  const known = { incident: incident.id, subject: order.respondent };
  return {
    kind: 'duty',
    about: `incident:${incident.id}`,
    key: order.id,
    owner: { role: 'constable' },
    level: 'alarm',
    why: why('breach-reported', facts(room, order), [...seqs, ...breachSeqs(order)]),
    asks: [ask('DecideArrest', { ...known, arrest: 'true' }), ask('RaiseTask', { ...known, kind: 'arrest' })],
  };
}

function onBreach(room: Room, event: EventBy<'BreachReported'>): readonly Response[] {
  const order = room.orders.get(event.ids.order);
  if (order === undefined) return [];
  const incident = openIncident(room, event.ids.incident);
  if (incident !== null)
    return [floor(room, incident, order, event.seq), arrestDecision(room, incident, order, [event.seq])];
  return [
    {
      kind: 'duty',
      about: `order:${order.id}`,
      key: 'no-incident',
      owner: { role: 'supervisor' },
      level: 'prompt',
      timing: 'no-incident',
      why: why('breach-without-incident', facts(room, order), [event.seq, ...breachSeqs(order)]),
      asks: [ask('OpenIncident'), ask('ReportBreach', { order: order.id })],
    },
  ];
}

/** Before there is an incident the order is shown on the contact, with its power and its service. */
function onContact(room: Room, event: EventBy<'Mentioned'>): readonly AddNote[] {
  const contact = event.ids.contact;
  if (contact === undefined) return [];
  return ordersTouched(room, room.mentions.get(contact) ?? [], event.at).map((order) => ({
    kind: 'note',
    about: `contact:${contact}`,
    why: why('order-in-force', facts(room, order), [order.seq, event.seq, ...breachSeqs(order)]),
  }));
}

/** The task that makes a decision to arrest more than words. */
function hasArrestTask(room: Room, incident: Incident, order: ProtectiveOrder): boolean {
  const people = sameSubjects(room, order.respondent);
  return incident.tasks.some((one) => {
    const task = room.tasks.get(one);
    if (task === undefined || task.kind !== 'arrest') return false;
    return (task.state === 'open' || task.state === 'done') && (task.subject === null || people.includes(task.subject));
  });
}

/** A decision to arrest without its task is kept with the duty until the task is there. */
function onDecision(room: Room, event: EventBy<'ArrestDecided'>): readonly Response[] {
  const incident = openIncident(room, event.ids.incident);
  if (incident === null || !event.body.arrest) return [];
  return dutiesAbout(room, `incident:${incident.id}`)
    .filter((duty) => duty.safeguard === orderBreach.id)
    .flatMap((duty) => {
      const order = room.orders.get(duty.key);
      if (order === undefined || !isAbout(room, order, event.ids.subject)) return [];
      const raise = arrestDecision(room, incident, order, [event.seq]);
      return [{ ...raise, why: why('arrest-without-task', { order: orderTitle(room, order) }, [event.seq]) }];
    });
}

function isAbout(room: Room, order: ProtectiveOrder, subject: string): boolean {
  return sameSubjects(room, order.respondent).includes(subject);
}

function onWithdrawal(room: Room, event: EventBy<'TaskWithdrawn'>): readonly Response[] {
  const incident = openIncident(room, event.ids.incident);
  if (incident === null || room.tasks.get(event.ids.task)?.kind !== 'arrest') return [];
  return breachedIn(room, incident)
    .filter((order) => !hasArrestTask(room, incident, order))
    .map((order) => ({
      ...arrestDecision(room, incident, order, [event.seq]),
      why: why('arrest-withdrawn', { order: orderTitle(room, order) }, [event.seq]),
    }));
}

/** Words that he is there now or coming back raise what a reported breach had set. */
function onText(room: Room, event: AnyEvent): readonly Response[] {
  const incident = openIncident(room, event.ids['incident']);
  if (incident === null || !isGrave(room, incident)) return [];
  return breachedIn(room, incident).map((order) => floor(room, incident, order, event.seq));
}

function reacted(event: AnyEvent, room: Room): readonly Response[] {
  if (event.type === 'BreachReported') return onBreach(room, event);
  if (event.type === 'ArrestDecided') return onDecision(room, event);
  if (event.type === 'TaskWithdrawn') return onWithdrawal(room, event);
  if (room.ordersOf.size === 0) return [];
  if (event.type === 'Mentioned' && event.ids.incident === undefined) return onContact(room, event);
  const incident = openIncidentOf(room, event);
  if (incident === null) return [];
  const isPlacing = placing.some((type) => type === event.type);
  return isPlacing ? [...counted(room, incident, event), ...onText(room, event)] : onText(room, event);
}

/** Events by which people come to stand together in one incident, or are decided to be who is known. */
const placing = [
  'Mentioned',
  'IncidentOpened',
  'ContactJoined',
  'IncidentsJoined',
  'Related',
  'LinkConfirmed',
] as const;

/** What a decision not to arrest still lacks. The wish of the protected person is never enough. */
function refusalGates(room: Room, asked: Extract<AnyAsked, { type: 'DecideArrest' }>): readonly Gate[] {
  const incident = room.incidents.get(asked.data.incident) ?? null;
  const people = [asked.actor.id, ...(asked.approval === null ? [] : [asked.approval.second])];
  const asks = [
    ask('Propose', { command: 'DecideArrest', incident: asked.data.incident, subject: asked.data.subject }),
  ];
  if (!hasSecondPerson(room, asked, incident))
    return [{ safeguard: orderBreach.id, why: why('no-arrest-alone'), asks }];
  return people.some((one) => hasAuthority(room, one, 'decide-arrest'))
    ? []
    : [{ safeguard: orderBreach.id, why: why('no-arrest-authority'), asks }];
}

/** A contact on which a breach was told does not end without an incident. */
function disposalGates(room: Room, contact: string): readonly Gate[] {
  return ordersTouched(room, room.mentions.get(contact) ?? [], room.now).map((order) => ({
    safeguard: orderBreach.id,
    why: why('breach-disposed', facts(room, order), [order.seq, ...breachSeqs(order)]),
    asks: [ask('OpenIncident', { contact })],
  }));
}

/** `order-breach`: the respondent of an order in force is said to be near, or in touch with, whom it protects. */
export const orderBreach: Safeguard = {
  id: 'order-breach',
  needs: ['orders', 'identifiers'],
  on: [
    ...placing,
    'BreachReported',
    'ArrestDecided',
    'TaskWithdrawn',
    'StatementRecorded',
    'RelayRecorded',
    'EntryAdded',
    'EntryCorrected',
    'DecideArrest',
    'DisposeContact',
  ],
  timings: {
    main: {
      dueMs: minuteMs(60),
      ladder: [
        { to: 'supervisor', afterMs: 0 },
        { to: 'fim', afterMs: minuteMs(60) },
        { to: 'specialist', afterMs: hourMs(24) },
      ],
    },
    'no-incident': { dueMs: minuteMs(10), ladder: [{ to: 'fim', afterMs: minuteMs(30) }] },
  },
  words: {
    'breach-reported':
      '{order}: reported breach {count}. Power of arrest: {power}. {limits}. Service: {service}. Decide on arrest.',
    'breach-priority': '{order}: reported breach {count}.',
    'breach-emergency': '{order}: reported breach {count}; there now, coming back, or high risk.',
    'breach-without-incident':
      '{order}: reported breach {count}, in no incident. Power of arrest: {power}. {limits}. Service: {service}.',
    'order-in-force':
      '{order} in force between people named here, {count:breach|breaches} reported. Arrest: ' +
      '{power}. {limits}. Service: {service}.',
    'arrest-without-task': '{order}: arrest was decided and nobody has the task.',
    'arrest-withdrawn': '{order}: the task to arrest was withdrawn. Decide on arrest.',
    'no-arrest-alone': 'Not to arrest takes grounds and a second person who did not speak to the caller.',
    'no-arrest-authority': 'Neither of the two may decide on an arrest.',
    'breach-disposed': '{order}: its respondent was named together with whom it protects. Open an incident.',
  },
  react(event, room) {
    return reacted(event, room);
  },
  gate(asked, room) {
    if (asked.type === 'DisposeContact') return disposalGates(room, asked.data.contact);
    return asked.type === 'DecideArrest' && !asked.data.arrest ? refusalGates(room, asked) : [];
  },
  isMet(duty, event, room) {
    if (duty.key === 'no-incident') return event.type === 'BreachReported' && event.ids.incident !== undefined;
    const incident = room.incidents.get(duty.incident ?? '');
    const order = room.orders.get(duty.key);
    if (incident === undefined || order === undefined) return false;
    if (event.type === 'IncidentsJoined')
      return event.ids.incident === incident.id && isCountedIn(room, order, event.ids.into);
    if (event.type === 'TaskRaised') return isDecided(duty) && hasArrestTask(room, incident, order);
    if (event.type !== 'ArrestDecided' || !isAbout(room, order, event.ids.subject)) return false;
    return event.body.arrest ? hasArrestTask(room, incident, order) : event.body.second !== null;
  },
};

function isDecided(duty: Duty): boolean {
  const last = duty.why.findLast((one) => one.code === 'arrest-without-task' || one.code === 'arrest-withdrawn');
  return last?.code === 'arrest-without-task';
}

function isCountedIn(room: Room, order: ProtectiveOrder, into: string): boolean {
  const incident = room.incidents.get(into);
  return incident !== undefined && isCounted(order, incident);
}
