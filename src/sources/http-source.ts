import type { Match } from '../linkage/match.ts';
import type { Model } from '../linkage/model.ts';
import { answerOf, recordHits } from './hits.ts';
import type { Hit } from './hits.ts';
import { breaker } from './breaker.ts';
import { attempt, missed } from './http-attempt.ts';
import type { Missed, Received, SourceClock } from './http-attempt.ts';
import type { HttpSourceConfig } from './http-config.ts';
import type { Outgoing } from './http-question.ts';
import { outgoingOf } from './http-question.ts';
import { jsonItem, pointedAt } from './items.ts';
import { mappedRecord } from './mapped-record.ts';
import type { Answer, LiveSource, Question } from './source.ts';

/** Records of one answer that are compared; more are said to be there. */
const itemsMax = 200;
const backoffMs = 200;
const backoffMaxMs = 2_000;
const reasonsMax = 10;

/** What a source over HTTP needs beside its configuration. */
export interface HttpAround {
  readonly clock: SourceClock;
  /** A number from 0 up to 1: retries of many do not fall together. */
  readonly random: () => number;
  readonly secret: (name: string) => string | undefined;
  /** By what people are weighed; left out, the model that ships. */
  readonly model?: Model | undefined;
}

type Found = Omit<Answer, 'tookMs'>;

/** A source that is asked over HTTP. A header whose secret is not set is a fault of the configuration, and thrown. */
export function httpSource(config: HttpSourceConfig, around: HttpAround): LiveSource {
  const { clock } = around;
  const headers = headersOf(config, around);
  const gate = breaker({ misses: config.limits.misses, pauseMs: config.limits.pause });
  return {
    id: config.id,
    ask: async (question, signal) => {
      const startedAt = clock.now();
      const answered = (found: Found): Answer => ({ ...found, tookMs: Math.max(0, clock.now() - startedAt) });
      const asking = outgoingOf(question, config);
      if (asking === 'none') return answered(noTrace);
      if (!asking.ok) return answered(nothing(missed('failed', asking.reason)));
      if (!gate.allows(startedAt))
        return answered(nothing(missed('unavailable', 'it missed too many questions in a row')));
      const got = await tried(asking.outgoing, { config, around, headers, signal });
      const found = got.kind === 'missed' ? nothing(got) : foundIn(got, { question, config, model: around.model });
      if (found.result === 'found' || found.result === 'no-trace') gate.succeeded();
      else if (signal.aborted) gate.left();
      else gate.missed(clock.now());
      return answered(found);
    },
  };
}

const noTrace: Found = { result: 'no-trace', findings: [] };

function nothing({ result, reason }: Pick<Missed, 'result' | 'reason'>): Found {
  return { result, findings: [], reason };
}

/** The headers of every question. Names and numbers never stand in one. */
function headersOf({ id, headers }: HttpSourceConfig, { secret }: HttpAround): Readonly<Record<string, string>> {
  const set = Object.entries(headers).map(([name, value]) => {
    if (typeof value === 'string') return [name.toLowerCase(), value];
    const held = secret(value.secret);
    if (held === undefined || held === '')
      throw new Error(`Source ${id}: the header ${name} needs the secret ${value.secret}, which is not set.`);
    if (!/^[\t\x20-\x7e]*$/.test(held))
      throw new Error(
        `Source ${id}: the secret ${value.secret} is no value of a header: it has line ends or odd characters.`,
      );
    return [name.toLowerCase(), `${value.prefix}${held}`];
  });
  return Object.fromEntries(set) as Readonly<Record<string, string>>;
}

interface Trying {
  readonly config: HttpSourceConfig;
  readonly around: HttpAround;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Asks, and asks again where that can do no harm and may go well, until there is an answer or no time. */
async function tried(outgoing: Outgoing, { config, around, headers, signal }: Trying): Promise<Received | Missed> {
  const { clock } = around;
  const { limits, listed, repeatable } = config;
  const untilMs = clock.now() + limits.total;
  for (let tries = 1; ; tries += 1) {
    const until = Math.min(untilMs, clock.now() + limits.timeout);
    const attempting = { clock, headers, listed, untilMs: until, maxBytes: limits.bytes, signal };
    const got = await attempt(outgoing, attempting);
    if (got.kind === 'received' || tries >= limits.attempts || signal.aborted) return got;
    const mayRepeat = outgoing.method === 'GET' || repeatable || got.isUnsent;
    const waitMs = Math.max(got.retryAfterMs ?? 0, backoffOf(tries, around.random()));
    if (!got.isPassing || !mayRepeat || clock.now() + waitMs >= untilMs) return got;
    await pause(clock, waitMs, signal);
  }
}

/** Twice as long after each miss, and between half of that and all of it. */
function backoffOf(tries: number, random: number): number {
  return Math.round(Math.min(backoffMaxMs, backoffMs * 2 ** (tries - 1)) * (0.5 + random / 2));
}

async function pause(clock: SourceClock, ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const on = (): void => {
      disarm();
      signal.removeEventListener('abort', on);
      resolve();
    };
    const disarm = clock.arm(clock.now() + ms, on);
    signal.addEventListener('abort', on, { once: true });
  });
}

const jsonType = /^application\/(?:[\w.+-]+\+)?json(?:\s*;\s*charset="?utf-8"?)?\s*$/i;

/** What an answer is judged by. */
interface Judging extends Pick<HttpAround, 'model'> {
  readonly question: Question;
  readonly config: HttpSourceConfig;
}

/** What an answer comes to. Only what the configuration says means nothing is no trace. */
function foundIn({ status, contentType, body }: Received, { question, config, model }: Judging): Found {
  const { none, items: pointer } = config.answer;
  if (status === 404)
    return none.includes('404')
      ? noTrace
      : failed('it answers with 404, which is not set up to mean that there is nothing');
  if (status >= 400) return failed(`it answers with ${status}`);
  if (!jsonType.test(contentType)) return failed('its answer is not JSON by its own account');
  const parsed = jsonOf(body);
  if (parsed === undefined) return failed('its answer is not JSON');
  const items = pointedAt(parsed.value, pointer ?? '');
  if (!Array.isArray(items)) return failed(`its answer has no list at ${pointer ?? 'its top'}`);
  if (items.length > 0) return comparedWith(items as readonly unknown[], { question, config, model });
  return none.includes('empty')
    ? noTrace
    : failed('it answers with an empty list, which is not set up to mean that there is nothing');
}

function failed(reason: string): Found {
  return { result: 'failed', findings: [], reason };
}

function jsonOf(body: Uint8Array): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown };
  } catch {
    return undefined;
  }
}

/** The records of an answer, compared by our own rules; one that is not alike counts as the source is trusted. */
function comparedWith(items: readonly unknown[], { question, config, model }: Judging): Found {
  const { record: mapping, trust } = config.answer;
  const read = items
    .slice(0, itemsMax)
    .map((item) => mappedRecord(jsonItem(item), { mapping, source: config.id, now: question.at }));
  const records = read.flatMap((one) => (one.ok ? [one.record] : []));
  const [first] = records.length === 0 ? read : [];
  if (first?.ok === false)
    return failed(`none of its ${items.length} records could be read: ${first.remark.field}: ${first.remark.reason}`);
  // What it returns is known by now, whatever its clock says of the time.
  const asked = { ...question, at: Number.MAX_SAFE_INTEGER };
  const alike = new Map(recordHits(asked, records, { model }).map((hit) => [hit.record, hit]));
  const taken = new Map(records.map((one) => [one.id, one])).values();
  const hits = [...taken].map((record): Hit => alike.get(record) ?? { record, ...byItsWord(trust) });
  const found = answerOf(hits, { source: config.id, question, isCut: items.length > itemsMax });
  const unread = read.length - records.length;
  const partly = new Set(read.flatMap((one) => (one.ok && one.remarks.length > 0 ? [one.record.id] : [])));
  return noted(found, { unread, of: read.length, partly });
}

function byItsWord(strength: Match['strength']): Omit<Hit, 'record'> {
  const reasons = ['returned by the source; our own comparison finds nothing alike in it'];
  return { match: { strength, reasons }, matched: undefined, score: Number.NEGATIVE_INFINITY };
}

interface Unread {
  readonly unread: number;
  readonly of: number;
  readonly partly: ReadonlySet<string>;
}

/** Says what of an answer could not be read: silence about it would read as "nothing more". */
function noted(found: Found, { unread, of, partly }: Unread): Found {
  const last = found.findings.length - 1;
  const findings = found.findings.map((one, place) => {
    const more = [
      ...(partly.has(one.id) ? ['part of this record could not be read'] : []),
      ...(place === last && unread > 0 ? [`${unread} of ${of} records in the answer could not be read`] : []),
    ];
    return more.length === 0 ? one : { ...one, reasons: [...one.reasons.slice(0, reasonsMax - more.length), ...more] };
  });
  return { ...found, findings };
}
