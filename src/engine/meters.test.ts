import { metrics, trace } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestDatabase } from '../../test/database.ts';
import { testDatabase } from '../../test/database.ts';
import type { LiveRoom } from '../../test/live-room.ts';
import { liveRoom, openRoom } from '../../test/live-room.ts';
import type { Answer } from '../sources/source.ts';

const spans = new InMemorySpanExporter();
const tracing = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
const measures = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const reader = new PeriodicExportingMetricReader({ exporter: measures, exportIntervalMillis: 3_600_000 });
const metering = new MeterProvider({ readers: [reader] });

/** What nobody may find in a trace: whom it is about, and what they said. */
const number = '07700 900123';
const words = 'A broken window in Quillhaven';

let database: TestDatabase;
let live: LiveRoom;
let answer: (one: Answer) => void = () => undefined;

/** A source that answers when the test lets it. */
async function ask(): Promise<Answer> {
  return new Promise((resolve) => {
    answer = resolve;
  });
}

beforeAll(async () => {
  trace.setGlobalTracerProvider(tracing);
  metrics.setGlobalMeterProvider(metering);
  database = await testDatabase();
  live = await liveRoom(database, { room: 'measured', sources: [{ id: 'own-history', ask }] });
  await live.untilWriting();
  await openRoom(live);
});

afterAll(async () => {
  await live.close();
  await database.drop();
  await tracing.shutdown();
  await metering.shutdown();
  trace.disable();
  metrics.disable();
});

/** The spans of one name that ended since the last look. */
async function ended(name: string, work: () => Promise<unknown>): Promise<readonly ReadableSpan[]> {
  const before = spans.getFinishedSpans().length;
  await work();
  return spans
    .getFinishedSpans()
    .slice(before)
    .filter((span) => span.name === name);
}

/** The points of one instrument, by what they are about. */
async function measured(name: string): Promise<readonly unknown[]> {
  await metering.forceFlush();
  const newest =
    measures
      .getMetrics()
      .at(-1)
      ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [];
  return newest.filter((one) => one.descriptor.name === name).flatMap((one): readonly unknown[] => one.dataPoints);
}

test('an order is traced from its arrival to its being durable, with its room, its type and its outcome', async () => {
  const traced = await ended('heed.command', async () => {
    await live.send('handler-1', 'OpenIncident', { incident: 'job-1', summary: words });
    await live.send('handler-1', 'OpenIncident', { incident: 'job-1', summary: words });
  });
  expect(traced.map((span) => span.attributes)).toEqual([
    { room: 'measured', command: 'OpenIncident', outcome: 'done' },
    { room: 'measured', command: 'OpenIncident', outcome: 'refused' },
  ]);
});

test('an append of the log is traced with how many events and commands it holds', async () => {
  const { seq } = live.engine.head();
  const traced = await ended('heed.journal.append', async () =>
    Promise.all(
      ['call-a', 'call-b', 'call-c'].map(async (contact) =>
        live.send('telephony', 'PresentContact', { contact, channel: '101' }),
      ),
    ),
  );
  const total = (name: string): number => traced.reduce((sum, span) => sum + Number(span.attributes[name]), 0);
  expect(total('events')).toBe(live.engine.head().seq - seq);
  expect(total('commands')).toBe(3);
  expect(new Set(traced.map((span) => span.attributes['outcome']))).toEqual(new Set(['appended']));
  expect(await measured('heed.journal.append')).toMatchObject([{ attributes: { room: 'measured' } }]);
});

test('a question to a source is traced with what came of it, and nobody is named in any trace', async () => {
  const identity = { kind: 'phone', number };
  const traced = await ended('heed.source.question', async () => {
    await live.send('telephony', 'Mention', { subject: 'phone-1', identity, contact: 'call-a', role: 'used' });
    answer({ result: 'no-trace', findings: [], tookMs: 1 });
    await live.engine.idle();
  });
  expect(traced.map((span) => span.attributes)).toEqual([
    { room: 'measured', source: 'own-history', result: 'no-trace' },
  ]);
  const everything = JSON.stringify(spans.getFinishedSpans().map(({ name, attributes }) => [name, attributes]));
  expect(everything).not.toContain(number);
  expect(everything).not.toContain(words);
});

test('questions that wait for a source that answers nobody are counted', async () => {
  for (let place = 0; place < 12; place += 1) {
    const identity = { kind: 'phone', number: `07700 9002${place + 10}` };
    const subject = `waiting-${place}`;
    await live.send('telephony', 'Mention', { subject, identity, contact: 'call-b', role: 'mentioned' });
  }
  const [point] = await measured('heed.source.waiting');
  expect(point).toMatchObject({ attributes: { room: 'measured', source: 'own-history' }, value: 4 });
});
