import { formatInstant } from '../room/british-time.ts';
import type { HttpSourceConfig, JsonTemplate } from './http-config.ts';
import { wellFormed } from './keys.ts';
import { filled, slotsOf } from './record-mapping.ts';
import type { Question } from './source.ts';

/** A question as it goes out. */
export interface Outgoing {
  readonly method: 'GET' | 'POST';
  readonly origin: URL;
  /** Path and query, as they are sent: nothing between here and the wire reads or changes them. */
  readonly path: string;
  readonly body: string | null;
}

/** What goes out; or nothing, where it holds nothing of that kind; or why it cannot be asked, naming nobody. */
export type Asking =
  | { readonly ok: true; readonly outgoing: Outgoing }
  | { readonly ok: false; readonly reason: string }
  | 'none';

const pathMax = 8_000;

/** Puts a question into the words of a source: every slot encoded for where it stands. */
export function outgoingOf({ identity, at }: Question, { ask }: Pick<HttpSourceConfig, 'ask'>): Asking {
  const request = ask[identity.kind];
  if (request === 'none') return 'none';
  if (request === undefined) return { ok: false, reason: `it takes no questions about a ${identity.kind}` };
  const values: Readonly<Record<string, unknown>> = { ...identity, at: formatInstant(at) };
  const value = (slot: string): string => {
    const held = Object.hasOwn(values, slot) ? values[slot] : undefined;
    return typeof held === 'string' ? wellFormed(held) : '';
  };
  const start = /^[^/]*\/\/[^/?]*/.exec(request.url)?.[0] ?? '';
  const [place = '', ...queries] = request.url.slice(start.length).split('?');
  const missing = slotsOf(place).find((slot) => value(slot).trim() === '');
  if (missing !== undefined) return { ok: false, reason: `it cannot be asked without ${missing}` };
  const segments = place.split('/').map((segment) => filled(segment, (slot) => encoded(value(slot))));
  if (segments.some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment)))
    return { ok: false, reason: 'what is asked about would lead to another address' };
  const query = queries.length === 0 ? '' : `?${filled(queries.join('?'), (slot) => encoded(value(slot)))}`;
  const path = `${segments.join('/') || '/'}${query}`;
  if (path.length > pathMax) return { ok: false, reason: 'what is asked about is too long for an address' };
  const body = request.body === undefined ? null : JSON.stringify(bodyOf(request.body, value) ?? null);
  return { ok: true, outgoing: { method: request.method, origin: new URL(start), path, body } };
}

/** Percent-encoded, with nothing left that means anything in an address. */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** A body with its slots filled; undefined where it is nothing but an empty slot. */
function bodyOf(template: JsonTemplate, value: (slot: string) => string): JsonTemplate | undefined {
  if (typeof template === 'string') {
    const text = filled(template, value);
    return text === '' && template !== '' ? undefined : text;
  }
  if (typeof template !== 'object' || template === null) return template;
  if (Array.isArray(template))
    return (template as readonly JsonTemplate[]).map((one) => bodyOf(one, value)).filter((one) => one !== undefined);
  const fields = Object.entries(template as Readonly<Record<string, JsonTemplate>>).flatMap(([key, one]) => {
    const field = bodyOf(one, value);
    return field === undefined ? [] : [[key, field] as const];
  });
  return Object.fromEntries(fields);
}
