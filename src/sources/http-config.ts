import { z } from 'zod';
import { duration } from '../border/instant.ts';
import { outwardFault } from '../border/outward.ts';
import { id, line } from '../room/define.ts';
import type { Identity } from '../room/subject.ts';
import { recordMapping, slotsOf } from './record-mapping.ts';

/** What may be put into a question, by what is asked about; `at` is the instant of the question. */
export const askedSlots: Readonly<Record<Identity['kind'], readonly string[]>> = {
  person: ['name', 'born', 'at'],
  place: ['premises', 'street', 'town', 'postcode', 'at'],
  phone: ['number', 'at'],
  vehicle: ['mark', 'description', 'at'],
  account: ['platform', 'handle', 'at'],
};

const jsonBody: z.ZodType<JsonTemplate> = z.lazy(() =>
  z.union([
    z.string().max(2_000),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(jsonBody).max(50),
    z.record(z.string().max(200), jsonBody),
  ]),
);

/** A JSON value whose texts may hold slots; a field that is nothing but a slot is left out where that is empty. */
export type JsonTemplate =
  | string
  | number
  | boolean
  | null
  | readonly JsonTemplate[]
  | { readonly [key: string]: JsonTemplate };

const request = z.strictObject({
  method: z.enum(['GET', 'POST']).default('GET'),
  /** With slots in its path or query: `https://records.example/people?name={name}`. */
  url: z.string().min(1).max(2_000),
  body: jsonBody.optional(),
});
export type RequestTemplate = z.output<typeof request>;

const asked = z.union([request, z.literal('none')]).optional();

/** Visible characters alone: nothing in a header can begin another. */
const headerValue = z.string().regex(/^[\t\x20-\x7e]{0,4000}$/, 'the value of a header, on one line');

const headers = z.record(
  z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/, 'the name of a header'),
  z.union([headerValue, z.strictObject({ secret: z.string().min(1).max(200), prefix: headerValue.default('') })]),
);

const limits = z.strictObject({
  /** For one attempt. */
  timeout: duration().default(3_000),
  /** For a question with all its attempts. */
  total: duration().default(10_000),
  attempts: z.int().min(1).max(5).default(3),
  bytes: z.int().min(1_000).max(16_777_216).default(1_048_576),
  /** Questions missed in a row after which nobody is asked for a while. */
  misses: z.int().min(1).max(100).default(5),
  pause: duration().default(10_000),
});

const standardLimits = limits.parse({});

/** A source that is asked over HTTP; requests and answers are mapped here, and nowhere in code. */
export const httpSourceConfig = z
  .strictObject({
    id,
    kind: z.literal('http'),
    title: line,
    /**
     * How it is asked, by what it is asked about; `none` where it holds nothing of that kind, which is then no trace.
     * A question of a kind that is left out has failed.
     */
    ask: z.strictObject({
      person: asked,
      place: asked,
      phone: asked,
      vehicle: asked,
      account: asked,
    }),
    headers: headers.default({}),
    /** Asking twice does nothing that asking once does not: of POST too. */
    repeatable: z.boolean().default(false),
    answer: z.strictObject({
      /** Where the list of records is; the whole answer, when left out. */
      items: z
        .string()
        .regex(/^(?:\/[^/]*)+$/, 'a pointer into JSON, such as /results')
        .max(200)
        .optional(),
      /** What says that there is nothing: the status 404, an empty list. Left out, neither does. */
      none: z.array(z.enum(['404', 'empty'])).default([]),
      record: recordMapping,
      /** What its word counts for, where our own comparison finds nothing alike in a record that it returned. */
      trust: z.enum(['weak', 'strong']).default('weak'),
    }),
    /** Hosts, addresses and ranges inside the force's network, or without encryption, that may be called. */
    listed: z.array(z.string().min(1).max(200)).max(50).default([]),
    limits: limits.default(standardLimits),
  })
  .superRefine((config, context) => {
    for (const { path, message } of askFaults(config.ask, config.listed))
      context.addIssue({ code: 'custom', path: ['ask', ...path], message });
  });
export type HttpSourceConfig = z.output<typeof httpSourceConfig>;

interface Fault {
  readonly path: readonly string[];
  readonly message: string;
}

function askFaults(ask: HttpSourceConfig['ask'], listed: readonly string[]): readonly Fault[] {
  const requests = Object.entries(ask).filter(([, one]) => typeof one === 'object') as [
    Identity['kind'],
    RequestTemplate,
  ][];
  if (requests.length === 0)
    return [{ path: [], message: 'At least one of person, place, phone, vehicle and account is asked about.' }];
  return requests.flatMap(([kind, one]) => requestFaults(kind, one, listed));
}

function requestFaults(kind: Identity['kind'], { method, url, body }: RequestTemplate, listed: readonly string[]) {
  const faults: Fault[] = [];
  const strange = [...slotsOf(url), ...slotsIn(body)].find((slot) => !askedSlots[kind].includes(slot));
  if (strange !== undefined) {
    const message = `A question about a ${kind} has no {${strange}}; it has ${askedSlots[kind].join(', ')}.`;
    faults.push({ path: [kind], message });
  }
  const address = URL.canParse(url) ? new URL(url) : null;
  const origin = /^[^/]*\/\/[^/?#]*/.exec(url)?.[0] ?? url;
  const wrong =
    address === null ? 'expected an address such as https://records.example/people' : outwardFault(address, { listed });
  if (wrong !== null) faults.push({ path: [kind, 'url'], message: `${wrong}.` });
  else if (origin.includes('{') || url.includes('#'))
    faults.push({ path: [kind, 'url'], message: 'Slots stand in the path or the query, and there is no # in it.' });
  if (method === 'GET' && body !== undefined)
    faults.push({ path: [kind, 'body'], message: 'A question that has a body is a POST.' });
  return faults;
}

function slotsIn(body: JsonTemplate | undefined): readonly string[] {
  if (typeof body === 'string') return slotsOf(body);
  return typeof body === 'object' && body !== null ? Object.values(body).flatMap(slotsIn) : [];
}
