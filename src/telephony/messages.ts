import { z } from 'zod';
import { instant } from '../border/instant.ts';
import { observations } from '../room/contact.ts';
import { id } from '../room/define.ts';
import { amlForms } from './aml.ts';
import { eisecAnswer } from './eisec.ts';
import { phoneNumber } from './phone-number.ts';
import { xmlLimits } from './xml.ts';

/** Bounds of one message, characters. */
export const messageLimits = {
  reference: 128,
  /** Longest text of a message or form; it is recorded in as many statements as it needs. */
  text: 60_000,
  mail: 120_000,
  aml: 16_384,
} as const;

/** The sender's own name for a message or a call: the same each time that it is sent. */
const reference = z
  .string()
  .min(1)
  .max(messageLimits.reference)
  .regex(/^[\x21-\x7e]+$/, 'visible characters without spaces');

const cli = z.strictObject({
  number: phoneNumber.optional(),
  /** `pseudo` is what stands in the place of a number where a handset has none. */
  presentation: z.enum(['shown', 'withheld', 'unavailable', 'pseudo']).default('shown'),
});

/** One call; every message about it says the same reference, and the room holds it under an id made from that. */
const call = z.strictObject({
  ref: reference,
  service: z.enum(['999', '101', 'alarm', 'radio', 'other']).default('999'),
  cli: cli.optional(),
});
export type Call = z.output<typeof call>;

const message = { id: reference, at: instant() };
const position = id;
const outgoing = {
  ...message,
  /** The outgoing call's own reference. */
  ref: reference,
  number: phoneNumber,
  position: position.optional(),
  /** The call that is rung back, where the switch knows it. */
  regards: reference.optional(),
  /** The attempt's id, where the console asked for the call. */
  callback: id.optional(),
};

/** What telephony and its middleware tell, one message for each thing that happened. */
export const telephonyMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('presented'), ...message, call }),
  z.strictObject({ kind: z.literal('answered'), ...message, call, position }),
  z.strictObject({
    kind: z.literal('ended'),
    ...message,
    call,
    ending: z.enum(['ended', 'abandoned', 'silent']).default('ended'),
    /** Who had the call, so that it is known even where the message that it was answered comes late. */
    position: position.optional(),
  }),
  z.strictObject({ kind: z.literal('cut-off'), ...message, call, position: position.optional() }),
  /** To another position, or out of the room where none is named. */
  z.strictObject({
    kind: z.literal('transferred'),
    ...message,
    call,
    to: position.optional(),
    position: position.optional(),
  }),
  z.strictObject({
    kind: z.literal('heard'),
    ...message,
    call,
    observations: z.array(z.enum(observations)).min(1).max(20),
  }),
  z.strictObject({ kind: z.literal('dialled'), ...outgoing }),
  z.strictObject({
    kind: z.literal('dial-ended'),
    ...outgoing,
    result: z.enum(['answered', 'no-answer', 'busy', 'failed', 'voicemail']),
  }),
  z.strictObject({ kind: z.literal('eisec'), ...message, call, answer: eisecAnswer }),
  /** Without a call it is of the newest call from its number. */
  z.strictObject({
    kind: z.literal('aml'),
    ...message,
    call: call.optional(),
    number: phoneNumber.optional(),
    form: z.enum(amlForms).default('text'),
    /** The text of the SMS, the bytes of a data SMS in Base64, or the form fields of the POST, untouched. */
    body: z.string().min(1).max(messageLimits.aml),
  }),
  z.strictObject({ kind: z.literal('pidf-lo'), ...message, call, body: z.string().min(1).max(xmlLimits.characters) }),
]);
export type TelephonyMessage = z.output<typeof telephonyMessage>;

/** A text message. Those of one conversation are one contact. */
export const textMessage = z.strictObject({
  kind: z.literal('text').default('text'),
  ...message,
  conversation: reference.optional(),
  from: phoneNumber.optional(),
  text: z.string().max(messageLimits.text),
});

const line = z.string().max(200);

/** A report through a web form. */
export const webForm = z.strictObject({
  kind: z.literal('web-form').default('web-form'),
  ...message,
  form: z.string().max(200).optional(),
  reference: z.string().max(200).optional(),
  from: z
    .strictObject({
      name: line.optional(),
      born: z.iso.date().optional(),
      phone: phoneNumber.optional(),
      email: z.string().max(320).optional(),
    })
    .default({}),
  /** Where it is about. */
  place: z
    .strictObject({
      premises: line.optional(),
      street: line.optional(),
      town: line.optional(),
      postcode: line.optional(),
    })
    .optional(),
  text: z.string().max(messageLimits.text).default(''),
  answers: z
    .array(z.strictObject({ question: z.string().max(500), answer: z.string().max(4_000) }))
    .max(60)
    .default([]),
});

/** An e-mail of a partner, taken apart by the mail system. */
export const partnerMail = z.strictObject({
  kind: z.literal('partner-mail').default('partner-mail'),
  ...message,
  from: z.string().min(1).max(320),
  /** The partner, where its mailbox is known. */
  partner: id.optional(),
  subject: z.string().max(2_000).default(''),
  body: z.string().max(messageLimits.mail),
  reference: z.string().max(200).optional(),
});

/** The schema of each channel, by the last step of its path. */
export const ingressSchemas = {
  telephony: telephonyMessage,
  text: textMessage,
  'web-form': webForm,
  'partner-mail': partnerMail,
} as const;
export type IngressChannel = keyof typeof ingressSchemas;
export type IngressMessage = { readonly [K in IngressChannel]: z.output<(typeof ingressSchemas)[K]> }[IngressChannel];
/** A message as it is sent, before its schema has filled in what was left out. */
export type IngressSent = { readonly [K in IngressChannel]: z.input<(typeof ingressSchemas)[K]> };
