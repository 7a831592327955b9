import { z } from 'zod';
import { changeIn, roomWith, updateIn } from './change.ts';
import type { Danger } from './danger.ts';
import { dangersHeard, dangersOf, keptDangers } from './danger.ts';
import { concept, drafts, event, id, line, reading, refuse, taken, unknown, words } from './define.ts';
import type { Reading } from './define.ts';
import { withArrival, withLoss } from './flow.ts';
import { joinToIncident, logText } from './incident-log.ts';
import type { Text } from './incident-log.ts';
import type { Room } from './room.ts';

export const channels = [
  '999',
  '101',
  'text',
  'web-form',
  'partner-mail',
  'front-desk',
  'alarm',
  'social-media',
  'radio',
  'other',
] as const;
/** How a contact came to its end. */
export const endings = ['ended', 'cut-off', 'abandoned', 'silent', 'not-understood', 'transferred'] as const;
/** What can be heard on a line; the first six are distress (`caller-cut-off`). */
export const observations = [
  'struggle',
  'scream',
  'argument',
  'crying',
  'help',
  'breaking',
  'whispering',
  'second-voice',
  'prompting',
  'line-muted',
  'silence',
  'child',
  'breathing',
  'laughter',
  'background-noise',
] as const;
const distressSounds: readonly string[] = observations.slice(0, 6);
/** What a caller was told, by what it means for them. */
export const tellings = [
  'informed',
  'advised',
  'unit-coming',
  'no-unit-coming',
  'redirected',
  'no-police-needed',
  'delay',
  'warned',
] as const;

export interface Statement {
  readonly seq: number;
  readonly at: number;
  readonly recordedAt: number;
  readonly words: string;
  readonly speaker: string;
}

/** One communication in any channel. */
export interface Contact {
  readonly id: string;
  readonly seq: number;
  readonly channel: (typeof channels)[number];
  readonly handler: string | null;
  /** Everybody who has answered it, the first of them included; nobody is forgotten when another takes over. */
  readonly answeredBy: readonly string[];
  readonly state: 'presented' | 'answered' | 'ended';
  readonly presentedAt: number;
  readonly endedAt: number | null;
  readonly ending: (typeof endings)[number] | null;
  readonly incident: string | null;
  readonly disposition: string | null;
  readonly disposedBy: string | null;
  readonly statements: readonly Statement[];
  readonly observations: readonly string[];
  readonly dangers: readonly Danger[];
  /** What the readings of its texts found beside danger: domestic, belief, dismissal and claims. */
  readonly readings: readonly (Reading & { readonly seq: number })[];
  readonly tellings: readonly string[];
  readonly subjects: readonly string[];
  /** Matching keys of everything mentioned in it. */
  readonly keys: readonly string[];
}

/** Whether distress was heard on the line, or told of by the operator. */
export function heardDistress(contact: Pick<Contact, 'observations'>): boolean {
  return contact.observations.some((sound) => distressSounds.includes(sound));
}

const observationList = z.array(z.enum(observations)).max(20);
const readings = z.array(reading).max(40);
const contactIds = { contact: id, incident: id.optional() };

const commands = {
  PresentContact: z.strictObject({ contact: id, channel: z.enum(channels) }),
  AnswerContact: z.strictObject({ contact: id }),
  /** The telephone operator's or relay's own report of what they heard. */
  RecordRelay: z.strictObject({ contact: id, words, observations: observationList.default([]) }),
  RecordStatement: z.strictObject({
    contact: id,
    words,
    speaker: z.enum(['caller', 'third-party', 'suspect', 'child', 'partner-agency']).default('caller'),
  }),
  RecordObservation: z.strictObject({ contact: id, observations: observationList.min(1) }),
  TellCaller: z.strictObject({ contact: id, telling: z.enum(tellings), words }),
  EndContact: z.strictObject({ contact: id, ending: z.enum(endings).default('ended') }),
  DisposeContact: z.strictObject({ contact: id, disposition: id, reason: line }),
  JoinContact: z.strictObject({
    contact: id,
    incident: id,
    as: z.enum(['same-event', 'further-to']).default('same-event'),
  }),
};

const events = {
  ContactPresented: event({ contact: id }, { channel: z.enum(channels) }),
  ContactAnswered: event(contactIds, {}),
  RelayRecorded: event(
    contactIds,
    { words, observations: observationList, readings },
    { words: '[erased]', observations: [], readings: [] },
  ),
  StatementRecorded: event(
    contactIds,
    { words, speaker: z.string().max(32), readings },
    { words: '[erased]', speaker: 'caller', readings: [] },
  ),
  ObservationRecorded: event(contactIds, { observations: observationList }),
  CallerTold: event(
    contactIds,
    { telling: z.enum(tellings), words, readings },
    { telling: 'informed', words: '[erased]', readings: [] },
  ),
  ContactEnded: event(contactIds, { ending: z.enum(endings) }, { ending: 'ended' }),
  ContactDisposed: event(contactIds, { disposition: id, reason: line }, { disposition: 'erased', reason: '[erased]' }),
  ContactJoined: event(
    { contact: id, incident: id },
    { as: z.enum(['same-event', 'further-to']) },
    { as: 'same-event' },
  ),
};
const make = drafts(events);

function textOf(event: {
  readonly type: string;
  readonly body: { readonly words: string; readonly readings: readonly Reading[] };
}): Text {
  return { text: event.body.words, source: event.type, corrects: null, readings: event.body.readings };
}

function idsOf(contact: Contact): { contact: string; incident?: string } {
  return contact.incident === null ? { contact: contact.id } : { contact: contact.id, incident: contact.incident };
}

function withReadings(contact: Contact, found: readonly Reading[], seq: number): Contact {
  const others = found.filter((one) => one.reads !== 'danger' && one.standing !== 'negated');
  return others.length === 0
    ? contact
    : { ...contact, readings: [...contact.readings, ...others.map((one) => ({ ...one, seq }))].slice(-100) };
}

/** Contacts: every communication in any channel, from being presented to an incident or a disposition. */
export const contactConcept = concept({
  commands,
  events,
  stakes: { DisposeContact: () => 'lowers' },
  decide: {
    PresentContact: (data, room) =>
      room.contacts.has(data.contact)
        ? taken('contact', data.contact)
        : [make.ContactPresented({ contact: data.contact }, { channel: data.channel })],
    AnswerContact: (data, room) => {
      const contact = room.contacts.get(data.contact);
      if (contact === undefined) return unknown('contact', data.contact);
      if (contact.state === 'ended') return refuse('contact-ended', `Contact ${contact.id} has ended.`);
      return [make.ContactAnswered(idsOf(contact), {})];
    },
    RecordRelay: (data, room, asked) => {
      const contact = room.contacts.get(data.contact);
      if (contact === undefined) return unknown('contact', data.contact);
      return [
        make.RelayRecorded(idsOf(contact), {
          words: data.words,
          observations: data.observations,
          readings: [...asked.read(data.words, 'caller')],
        }),
      ];
    },
    RecordStatement: (data, room, asked) => {
      const contact = room.contacts.get(data.contact);
      if (contact === undefined) return unknown('contact', data.contact);
      return [
        make.StatementRecorded(idsOf(contact), {
          words: data.words,
          speaker: data.speaker,
          readings: [...asked.read(data.words, 'caller')],
        }),
      ];
    },
    RecordObservation: (data, room) => {
      const contact = room.contacts.get(data.contact);
      if (contact === undefined) return unknown('contact', data.contact);
      return [make.ObservationRecorded(idsOf(contact), { observations: data.observations })];
    },
    TellCaller: (data, room, asked) => {
      const contact = room.contacts.get(data.contact);
      if (contact === undefined) return unknown('contact', data.contact);
      return [
        make.CallerTold(idsOf(contact), {
          telling: data.telling,
          words: data.words,
          readings: [...asked.read(data.words, 'staff')],
        }),
      ];
    },
    EndContact: (data, room) => {
      const contact = room.contacts.get(data.contact);
      if (contact === undefined) return unknown('contact', data.contact);
      if (contact.state === 'ended') return refuse('contact-ended', `Contact ${contact.id} has already ended.`);
      return [make.ContactEnded(idsOf(contact), { ending: data.ending })];
    },
    DisposeContact: (data, room) => {
      const contact = room.contacts.get(data.contact);
      if (contact === undefined) return unknown('contact', data.contact);
      if (contact.incident !== null)
        return refuse('contact-joined', `Contact ${contact.id} belongs to incident ${contact.incident}; end it there.`);
      const code = room.policy.dispositions[data.disposition];
      if (code === undefined) return unknown('disposition', data.disposition, Object.keys(room.policy.dispositions));
      return [make.ContactDisposed(idsOf(contact), { disposition: data.disposition, reason: data.reason })];
    },
    JoinContact: (data, room) => {
      const contact = room.contacts.get(data.contact);
      if (contact === undefined) return unknown('contact', data.contact);
      if (!room.incidents.has(data.incident)) return unknown('incident', data.incident);
      if (contact.incident !== null)
        return refuse('contact-joined', `Contact ${contact.id} belongs to incident ${contact.incident}.`);
      return [make.ContactJoined({ contact: contact.id, incident: data.incident }, { as: data.as })];
    },
  },
  evolve: {
    ContactPresented: (room, { ids, body, seq, at }) => {
      const contact: Contact = {
        id: ids.contact,
        seq,
        channel: body.channel,
        handler: null,
        answeredBy: [],
        state: 'presented',
        presentedAt: at,
        endedAt: null,
        ending: null,
        incident: null,
        disposition: null,
        disposedBy: null,
        statements: [],
        observations: [],
        dangers: [],
        readings: [],
        tellings: [],
        subjects: [],
        keys: [],
      };
      return withArrival(roomWith(room, { contacts: room.contacts.set(contact.id, contact) }));
    },
    ContactAnswered: (room, { ids, actor }) =>
      updateIn(room, 'contacts', ids.contact, (contact) => ({
        ...contact,
        state: 'answered' as const,
        handler: actor.kind === 'staff' ? actor.id : contact.handler,
        answeredBy: actor.kind === 'staff' ? united(contact.answeredBy, [actor.id]) : contact.answeredBy,
      })),
    RelayRecorded: (room, event) => {
      const { ids, body, seq, at } = event;
      const told = dangersOf(body.readings, seq, at);
      const next = updateIn(room, 'contacts', ids.contact, (contact) =>
        withReadings(
          {
            ...contact,
            observations: united(contact.observations, body.observations),
            dangers: [...contact.dangers, ...told],
          },
          body.readings,
          seq,
        ),
      );
      return logText(next, event, textOf(event));
    },
    StatementRecorded: (room, event) => {
      const { ids, body, seq, at, recordedAt } = event;
      const told = dangersOf(body.readings, seq, at);
      const { words, speaker } = body;
      const next = updateIn(room, 'contacts', ids.contact, (contact) =>
        withReadings(
          {
            ...contact,
            statements: [...contact.statements, { seq, at, recordedAt, words, speaker }].slice(-200),
            dangers: [...contact.dangers, ...told],
          },
          body.readings,
          seq,
        ),
      );
      return logText(next, event, textOf(event));
    },
    ObservationRecorded: (room, { ids, body, seq, at }) => {
      const heard = dangersHeard(body.observations, seq, at);
      const next = updateIn(room, 'contacts', ids.contact, (contact) => ({
        ...contact,
        observations: united(contact.observations, body.observations),
        dangers: heard.length === 0 ? contact.dangers : [...contact.dangers, ...heard],
      }));
      return heard.length === 0
        ? next
        : updateIn(next, 'incidents', ids.incident, (incident) => ({
            ...incident,
            dangers: keptDangers([...incident.dangers, ...heard]),
          }));
    },
    CallerTold: (room, event) => {
      const { ids, body } = event;
      const next = updateIn(room, 'contacts', ids.contact, (contact) =>
        withReadings(
          { ...contact, tellings: [...contact.tellings, body.telling].slice(-50) },
          body.readings,
          event.seq,
        ),
      );
      const told = { at: event.at, telling: body.telling };
      const heard = updateIn(next, 'incidents', ids.incident, (incident) => ({
        ...incident,
        tellings: [...incident.tellings, told].slice(-50),
      }));
      return logText(heard, event, textOf(event));
    },
    ContactEnded: (room, { ids, body, at }) =>
      withLoss(
        changeIn(room, 'contacts', ids.contact, { state: 'ended', endedAt: at, ending: body.ending }),
        body.ending,
      ),
    ContactDisposed: (room, { ids, body, actor }) =>
      changeIn(room, 'contacts', ids.contact, { disposition: body.disposition, disposedBy: actor.id }),
    ContactJoined: (room, { ids }) => joinToIncident(room, ids.contact, ids.incident),
  },
});

function united(held: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...held, ...more])];
}

/** The contact with this id, or null; a reading for safeguards. */
export function contactOf(room: Room, contact: string | undefined): Contact | null {
  return contact === undefined ? null : (room.contacts.get(contact) ?? null);
}
