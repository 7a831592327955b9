import { metrics, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes, Span } from '@opentelemetry/api';
import type { Appended, Batch } from '../journal/journal.ts';
import type { Answer } from '../sources/source.ts';
import type { Answered } from './engine.ts';

/**
 * What a room measures and traces of itself: numbers and the names of its own parts, never whom or what it is about.
 * Nothing is sent anywhere unless whoever runs it adds an OpenTelemetry SDK, and without one it costs nothing.
 */
export interface Meters {
  /** An order, from its arrival to its being durable. */
  readonly order: (type: string, work: () => Promise<Answered>) => Promise<Answered>;
  /** One transaction of the log. */
  readonly append: (batch: Batch, work: (batch: Batch) => Promise<Appended>) => Promise<Appended>;
  /** A question put to a source. */
  readonly question: (source: string, work: () => Promise<Answer>) => Promise<Answer>;
  /** Milliseconds by which something that fell due was seen late. */
  readonly dutyLate: (ms: number) => void;
  /** Orders decided and not yet durable. */
  readonly queued: (count: number) => void;
  /** Questions that wait until a source has answered others. */
  readonly waiting: (source: string, count: number) => void;
}

/** The instruments of one room. */
export function metersOf(room: string): Meters {
  const meter = metrics.getMeter('heed');
  const acknowledged = meter.createHistogram('heed.command.acknowledged', { unit: 'ms' });
  const appended = meter.createHistogram('heed.journal.append', { unit: 'ms' });
  const late = meter.createHistogram('heed.duty.late', { unit: 'ms' });
  const queued = meter.createGauge('heed.command.queued');
  const waiting = meter.createGauge('heed.source.waiting');
  const labels = { room };
  return {
    order: async (type, work) => {
      const span = begun('heed.command', { room, command: type });
      const startedAt = performance.now();
      const answered = await work();
      if (answered.kind === 'recorded') acknowledged.record(performance.now() - startedAt, labels);
      const outcome = answered.kind === 'recorded' ? answered.outcome.kind : answered.kind;
      ended(span, { outcome }, answered.kind === 'not-recorded');
      return answered;
    },
    append: async (batch, work) => {
      const size = { events: batch.entries.length, commands: batch.commands.length };
      // A batch is of many orders: it belongs to none of them.
      const span = begun('heed.journal.append', { room, ...size }, true);
      const startedAt = performance.now();
      try {
        const done = await work(batch);
        appended.record(performance.now() - startedAt, labels);
        ended(span, { outcome: done.kind }, false);
        return done;
      } catch (error) {
        ended(span, { outcome: 'failed' }, true);
        throw error;
      }
    },
    question: async (source, work) => {
      const span = begun('heed.source.question', { room, source }, true);
      const answer = await work();
      const { result } = answer;
      ended(span, { result }, result !== 'found' && result !== 'no-trace');
      return answer;
    },
    dutyLate: (ms) => late.record(ms, labels),
    queued: (count) => queued.record(count, labels),
    waiting: (source, count) => waiting.record(count, { room, source }),
  };
}

function begun(name: string, attributes: Attributes, root = false): Span {
  return trace.getTracer('heed').startSpan(name, { attributes, root });
}

function ended(span: Span, attributes: Attributes, isFault: boolean): void {
  span.setAttributes(attributes);
  if (isFault) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
