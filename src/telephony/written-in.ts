import type { z } from 'zod';
import type { Identity } from '../room/subject.ts';
import { addressOf, partOf, placeOf } from './civic.ts';
import type { partnerMail, textMessage, webForm } from './messages.ts';
import type { IngressCommand, Taking } from './parts.ts';
import { command, contactId, madeId, mention, mentionPhone, present, subjectOf } from './parts.ts';

/** The longest statement that the room takes, UTF-16 code units. */
const statementMax = 20_000;

/** A long text in as many pieces as it needs, each ended where it can be; nothing is left out. */
export function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > statementMax) {
    const cut = cutOf(rest);
    pieces.push(rest.slice(0, cut));
    rest = rest.slice(cut);
  }
  return rest === '' ? pieces : [...pieces, rest];
}

/** The last end of a line in the second half of a piece, else the last space, else its full length. */
function cutOf(text: string): number {
  for (const mark of ['\n', ' ']) {
    const at = text.lastIndexOf(mark, statementMax - 1);
    if (at >= statementMax / 2) return at + 1;
  }
  const isHalf = /[\ud800-\udbff]/.test(text.charAt(statementMax - 1));
  return isHalf ? statementMax - 1 : statementMax;
}

function statements(
  taking: Taking,
  contact: string,
  { text, speaker }: { readonly text: string; readonly speaker: 'caller' | 'partner-agency' },
): readonly IngressCommand[] {
  return piecesOf(text).map((words, n) =>
    command(taking, `statement-${n}`, ['RecordStatement', { contact, words, speaker }]),
  );
}

/** The contact of a conversation; once somebody has put that down as done, a new text is a new contact. */
function conversationOf({ view, id }: Taking, conversation: string | undefined): string {
  const contact = contactId(view, 'text', `${view.sender} ${conversation ?? id}`);
  const held = view.room.contacts.get(contact);
  const incident = view.room.incidents.get(held?.incident ?? '');
  const isDone = held !== undefined && (held.disposition !== null || incident?.state === 'closed');
  return isDone ? contactId(view, 'text-after', `${view.sender} ${id}`) : contact;
}

/** A text message: the number that it came from, and its words. */
export function fromText(taking: Taking, message: z.output<typeof textMessage>): readonly IngressCommand[] {
  const contact = conversationOf(taking, message.conversation);
  return [
    ...present(taking, contact, 'text'),
    ...mentionPhone(taking, contact, message.from),
    ...statements(taking, contact, { text: message.text, speaker: 'caller' }),
  ];
}

function account(email: string): Identity {
  return { kind: 'account', platform: 'email', handle: email.trim().toLowerCase() };
}

/** A form: who filled it in, where it is about, and everything that they wrote. */
export function fromForm(taking: Taking, message: z.output<typeof webForm>): readonly IngressCommand[] {
  const { view } = taking;
  const contact = contactId(view, 'web-form', `${view.sender} ${message.id}`);
  const { from, answers, place: told } = message;
  const name = partOf(from.name);
  const born = from.born;
  const person: Identity | null =
    name === undefined ? null : { kind: 'person', name, ...(born === undefined ? {} : { born }) };
  const place = told === undefined ? null : placeOf(told);
  const address = told === undefined ? undefined : addressOf([told.premises, told.street, told.town, told.postcode]);
  const text = [
    partOf(message.form),
    message.reference === undefined ? undefined : `Reference: ${message.reference}`,
    message.text === '' ? undefined : message.text,
    ...answers.map(({ question, answer }) => `${question}: ${answer}`),
  ]
    .filter((one) => one !== undefined)
    .join('\n');
  return [
    ...present(taking, contact, 'web-form'),
    // People of one name are not one person: a sender is known in this contact.
    ...(person === null
      ? []
      : mention(taking, contact, {
          subject: madeId(view, 'person', ['form', contact]),
          identity: person,
          role: 'caller',
        })),
    ...mentionPhone(taking, contact, from.phone),
    ...mentionMail(taking, contact, { email: from.email, role: 'caller' }),
    ...(place === null
      ? []
      : mention(taking, contact, {
          subject: madeId(view, 'place', ['form', contact]),
          identity: place,
          role: 'subject',
        })),
    ...(address === undefined ? [] : [formPlace(taking, contact, address)]),
    ...statements(taking, contact, { text, speaker: 'caller' }),
  ];
}

function formPlace(taking: Taking, contact: string, address: string): IngressCommand {
  const location = madeId(taking.view, 'location', ['form', contact]);
  const fix = { kind: 'none', why: 'not-told' };
  return command(taking, 'location', ['RecordLocation', { location, contact, source: 'caller', fix, address }]);
}

function mentionMail(
  taking: Taking,
  contact: string,
  { email, role }: { readonly email: string | undefined; readonly role: 'caller' | 'third-party' },
): readonly IngressCommand[] {
  if (email === undefined || partOf(email) === undefined) return [];
  const identity = account(email);
  return mention(taking, contact, { subject: subjectOf(taking.view, identity), identity, role });
}

/** A partner's mail. The mailbox of a known partner is everybody's there, and says nothing of who wrote. */
export function fromMail(taking: Taking, message: z.output<typeof partnerMail>): readonly IngressCommand[] {
  const contact = contactId(taking.view, 'partner-mail', `${taking.view.sender} ${message.id}`);
  const text = [
    message.subject === '' ? undefined : message.subject,
    message.partner === undefined ? `From: ${message.from}` : `From: ${message.partner}`,
    message.reference === undefined ? undefined : `Reference: ${message.reference}`,
    message.body === '' ? undefined : message.body,
  ]
    .filter((one) => one !== undefined)
    .join('\n');
  return [
    ...present(taking, contact, 'partner-mail'),
    ...(message.partner === undefined
      ? mentionMail(taking, contact, { email: message.from, role: 'third-party' })
      : []),
    ...statements(taking, contact, { text, speaker: 'partner-agency' }),
  ];
}
