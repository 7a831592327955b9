import type { Actor } from '../room/define.ts';
import type { Identity } from '../room/subject.ts';
import type { Aml } from './aml.ts';
import { parseAml } from './aml.ts';
import { readEisec } from './eisec.ts';
import type { Call, IngressMessage, TelephonyMessage } from './messages.ts';
import type { IngressCommand, IngressView, Taking } from './parts.ts';
import {
  command,
  contactId,
  contactOfNumber,
  madeId,
  mention,
  mentionPhone,
  present,
  staffAt,
  subjectOf,
} from './parts.ts';
import { digitsOf, isPseudo } from './phone-number.ts';
import { parsePidfLo } from './pidf-lo.ts';
import type { LocationTold, Parsed } from './told.ts';
import { unread } from './told.ts';
import { fromForm, fromMail, fromText } from './written-in.ts';

type Of<K extends TelephonyMessage['kind']> = Extract<TelephonyMessage, { readonly kind: K }>;

/** An AML message may be this far ahead of the call that it belongs to. */
const amlEarlyMs = 20_000;
const amlAgainMs = 3_000;

/**
 * The commands that a message stands for, to be given in this order. Whatever comes first of a contact presents it, so
 * that nothing is lost to the order in which messages arrive; a message sent again makes the same commands under the
 * same ids, and those that were done before are repeats. What the room refuses (a call answered after it has ended) is
 * refused once and for all: the sender is told so and does not send it again.
 */
export function commandsFor(message: IngressMessage, view: IngressView): readonly IngressCommand[] {
  const { id, at, kind } = message;
  if (kind === 'text') return fromText({ view, channel: kind, id, at }, message);
  if (kind === 'web-form') return fromForm({ view, channel: kind, id, at }, message);
  if (kind === 'partner-mail') return fromMail({ view, channel: kind, id, at }, message);
  return fromTelephony({ view, channel: 'telephony', id, at }, message);
}

/**
 * Milliseconds after which the sender had better try again, or null to take the message now: an AML message without its
 * call, whose call has not come yet. Taken nevertheless it is not lost; it becomes a contact of its own.
 */
export function againAfterMs(message: IngressMessage, view: IngressView): number | null {
  if (message.kind !== 'aml' || message.call !== undefined || view.now - message.at >= amlEarlyMs) return null;
  return contactOfNumber(view, numberOf(message, amlOf(message)), ['999']) === null ? amlAgainMs : null;
}

/** What became of one command, as the engine answers. */
export type AnsweredKind = 'recorded' | 'conflict' | 'busy' | 'not-recorded';

/**
 * Whether a message is done with. Recorded is recorded, refusals too; a conflict is a message that was taken before
 * while the room stood otherwise, and what was recorded then holds. Only what was not recorded is sent again.
 */
export function verdictOf(answered: readonly { readonly kind: AnsweredKind }[]): 'settled' | 'again' {
  return answered.every(({ kind }) => kind === 'recorded' || kind === 'conflict') ? 'settled' : 'again';
}

function fromTelephony(taking: Taking, message: TelephonyMessage): readonly IngressCommand[] {
  if (message.kind === 'dialled' || message.kind === 'dial-ended') return dialled(taking, message);
  if (message.kind === 'aml') return located(taking, message);
  const contact = contactId(taking.view, 'call', message.call.ref);
  return [...introduced(taking, contact, message.call), ...happened(taking, contact, message)];
}

/** What the log says of an emergency call that shows no number. */
export const noNumberWords = 'The network shows no number for this call. There is none to ring.';

/** The call itself, and the number that it shows: an emergency call shows it though it is withheld. */
function introduced(taking: Taking, contact: string, { service, cli }: Call): readonly IngressCommand[] {
  const { number, presentation } = cli ?? { number: undefined, presentation: 'shown' };
  const isNone = presentation === 'pseudo' || number === undefined || isPseudo(number);
  const presented = present(taking, contact, service);
  const isToldOfNone = isNone && cli !== undefined && service === '999' && presented.length > 0;
  return [
    ...presented,
    ...mentionPhone(taking, contact, isNone ? undefined : number),
    ...(isToldOfNone ? [command(taking, 'no-number', ['RecordRelay', { contact, words: noNumberWords }])] : []),
  ];
}

function happened(
  taking: Taking,
  contact: string,
  message: Exclude<TelephonyMessage, Of<'dialled' | 'dial-ended' | 'aml'>>,
): readonly IngressCommand[] {
  switch (message.kind) {
    case 'presented':
      return [];
    case 'answered':
      return answered(taking, contact, message.position);
    case 'ended':
      return ended(taking, contact, { ending: message.ending, position: message.position });
    case 'cut-off':
      return ended(taking, contact, { ending: 'cut-off', position: message.position });
    case 'transferred':
      return message.to === undefined
        ? ended(taking, contact, { ending: 'transferred', position: message.position })
        : answered(taking, contact, message.to);
    case 'heard':
      return [command(taking, 'heard', ['RecordObservation', { contact, observations: message.observations }])];
    case 'eisec':
      return lookedUp(taking, contact, message);
    case 'pidf-lo':
      return presence(taking, contact, message.body);
  }
}

/** By whoever sits at the position; by the telephone system where nobody is signed on there. */
function answered(taking: Taking, contact: string, position: string): readonly IngressCommand[] {
  const actor = staffAt(taking.view.room, position);
  return [command(taking, `answer-${position}`, ['AnswerContact', { contact }], actor)];
}

/** Who had the call is put down before it ends: afterwards the room takes no answer. */
function ended(
  taking: Taking,
  contact: string,
  { ending, position }: { readonly ending: string; readonly position: string | undefined },
): readonly IngressCommand[] {
  const held = taking.view.room.contacts.get(contact);
  const actor = staffAt(taking.view.room, position);
  const isKnown = actor === undefined || held?.state === 'ended' || held?.answeredBy.includes(actor.id) === true;
  return [
    ...(isKnown || position === undefined ? [] : answered(taking, contact, position)),
    command(taking, 'end', ['EndContact', { contact, ending }]),
  ];
}

/** A call out: the attempt comes first, whichever message does; what a person found stays theirs to say. */
function dialled(taking: Taking, message: Of<'dialled' | 'dial-ended'>): readonly IngressCommand[] {
  const { view } = taking;
  const { number, regards, ref, position } = message;
  const callback = message.callback ?? madeId(view, 'callback', [ref]);
  const actor: Actor | undefined = staffAt(view.room, position);
  const identity: Identity = { kind: 'phone', number: digitsOf(number) };
  const phone = subjectOf(view, identity);
  const known = view.room.subjects.has(phone);
  const called = regards === undefined ? null : contactId(view, 'call', regards);
  // A call that is rung back before it was told of is taken for an emergency until then.
  const contact = called ?? contactOfNumber(view, number, ['999', '101', 'text', 'web-form', 'alarm', 'other'])?.id;
  const attempt = { callback, phone, means: 'call', ...(contact === undefined ? {} : { contact }) };
  const result = message.kind === 'dialled' ? null : resultOf(message.result);
  return [
    ...(called === null ? [] : present(taking, called, '999')),
    ...(known ? [] : [command(taking, 'dialled-phone', ['RecordSubject', { subject: phone, identity }])]),
    ...(view.room.callbacks.has(callback) ? [] : [command(taking, 'dialled', ['AttemptCallback', attempt], actor)]),
    ...(result === null ? [] : [command(taking, 'dial-result', ['RecordCallback', { callback, result }])]),
  ];
}

function resultOf(result: Of<'dial-ended'>['result']): 'no-answer' | 'voicemail' | null {
  if (result === 'answered') return null;
  return result === 'voicemail' ? 'voicemail' : 'no-answer';
}

/** The line's own record: where it is, whose it is, and its premises. None of them is shown to be the caller's. */
function lookedUp(taking: Taking, contact: string, { answer }: Of<'eisec'>): readonly IngressCommand[] {
  const { view } = taking;
  const { location, subscriber, place } = readEisec(answer);
  const number = answer.limitedService === true ? undefined : answer.number;
  const phone =
    number === undefined || isPseudo(number) ? null : subjectOf(view, { kind: 'phone', number: digitsOf(number) });
  // People of one name are not one person: a subscriber is known by the line.
  const person = subscriber === null ? null : madeId(view, 'person', ['line', phone ?? contact, subscriber.name]);
  const premises = place === null ? null : premisesOf(taking, contact, place);
  const isNew = person !== null && view.room.contacts.get(contact)?.subjects.includes(person) !== true;
  return [
    ...mentionPhone(taking, contact, number),
    ...(premises === null || place === null
      ? []
      : mention(taking, contact, { subject: premises, identity: place, role: 'subject' })),
    ...(person === null || subscriber === null
      ? []
      : mention(taking, contact, { subject: person, identity: subscriber, role: 'subject' })),
    ...(!isNew || phone === null
      ? []
      : [command(taking, 'uses', ['Relate', { from: person, to: phone, relation: 'uses' }])]),
    ...(!isNew || premises === null
      ? []
      : [command(taking, 'lives-at', ['Relate', { from: person, to: premises, relation: 'lives-at' }])]),
    record(taking, contact, { location, part: 'eisec' }),
  ];
}

/** Premises are the same each time; a street without them is this contact's. */
function premisesOf({ view }: Taking, contact: string, place: Extract<Identity, { kind: 'place' }>): string {
  return place.premises === undefined
    ? madeId(view, 'place', [contact, JSON.stringify(place)])
    : subjectOf(view, place);
}

function record(
  taking: Taking,
  contact: string,
  { location, part }: { readonly location: LocationTold; readonly part: string },
): IngressCommand {
  const { view, channel, id } = taking;
  const made = madeId(view, 'location', [view.sender, channel, id, part]);
  return command(taking, `location-${part}`, ['RecordLocation', { location: made, contact, ...location }]);
}

/** That a location came and could not be read is evidence too, and never a place on the map. */
function unreadable(source: 'aml' | 'pidf-lo', problem: string): LocationTold {
  return { source, fix: { kind: 'none', why: 'unreadable' }, told: problem, doubts: ['unreadable-field'] };
}

function presence(taking: Taking, contact: string, body: string): readonly IngressCommand[] {
  const read = parsePidfLo(body);
  if (!read.ok) return [record(taking, contact, { location: unreadable('pidf-lo', read.problem), part: '0' })];
  return read.value.flatMap(({ location, place }, n) => [
    ...(place === null
      ? []
      : mention(taking, contact, { subject: premisesOf(taking, contact, place), identity: place, role: 'subject' })),
    record(taking, contact, { location, part: String(n) }),
  ]);
}

const base64Form = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function amlOf({ form, body }: Of<'aml'>): Parsed<Aml> {
  if (form !== 'data') return parseAml(form, body);
  return base64Form.test(body)
    ? parseAml('data', Buffer.from(body, 'base64'))
    : unread('A data SMS is given in Base64.');
}

function numberOf(message: Of<'aml'>, aml: Parsed<Aml>): string | undefined {
  return message.number ?? (aml.ok ? (aml.value.number ?? undefined) : undefined);
}

/** A handset's own position: of its call, else of the newest call of its number, else of a call that never came. */
function located(taking: Taking, message: Of<'aml'>): readonly IngressCommand[] {
  const aml = amlOf(message);
  const location = aml.ok ? aml.value.location : unreadable('aml', aml.problem);
  if (message.call !== undefined) {
    const contact = contactId(taking.view, 'call', message.call.ref);
    return [...introduced(taking, contact, message.call), record(taking, contact, { location, part: 'aml' })];
  }
  const number = numberOf(message, aml);
  const contact =
    contactOfNumber(taking.view, number, ['999'])?.id ??
    contactId(taking.view, 'aml', `${taking.view.sender} ${message.id}`);
  return [
    ...present(taking, contact, '999'),
    ...mentionPhone(taking, contact, number),
    record(taking, contact, { location, part: 'aml' }),
  ];
}
