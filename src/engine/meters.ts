import { metrics } from '@opentelemetry/api';

/** What a room measures of itself. Nothing is sent anywhere unless whoever runs it adds an OpenTelemetry SDK. */
export interface Meters {
  /** Milliseconds from an order's arrival to its being durable. */
  readonly acknowledged: (ms: number) => void;
  /** Milliseconds by which something that fell due was seen late. */
  readonly dutyLate: (ms: number) => void;
  /** Orders decided and not yet durable. */
  readonly queued: (count: number) => void;
}

/** The instruments of one room. */
export function metersOf(room: string): Meters {
  const meter = metrics.getMeter('heed');
  const acknowledged = meter.createHistogram('heed.command.acknowledged', { unit: 'ms' });
  const late = meter.createHistogram('heed.duty.late', { unit: 'ms' });
  const queued = meter.createGauge('heed.command.queued');
  const labels = { room };
  return {
    acknowledged: (ms) => acknowledged.record(ms, labels),
    dutyLate: (ms) => late.record(ms, labels),
    queued: (count) => queued.record(count, labels),
  };
}
