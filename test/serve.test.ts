import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { isAlive } from '../src/database/postmaster.ts';
import { untilGone } from './database.ts';
import { testFolder } from './passing-folder.ts';
import type { Served, ServedOptions } from './served.ts';
import { served } from './served.ts';

const limitMs = 120_000;
const open: Served[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function start(options: ServedOptions = {}): Promise<Served> {
  const one = await served(options);
  open.push(one);
  return one;
}

function databasePid({ folder }: Served): number {
  return Number(readFileSync(join(folder, 'data', 'pg18', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

async function json(origin: string, path: string): Promise<unknown> {
  return (await fetch(`${origin}${path}`)).json();
}

test(
  'a service says that it is ready, serves its page, and leaves nothing behind when it is ended',
  async () => {
    const live = await start();
    const page = await fetch(live.origin);
    const database = databasePid(live);
    expect(await json(live.origin, '/ready')).toMatchObject({ ready: true });
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(await live.end()).toBe(0);
    expect(live.said()).not.toMatch(/Warning/);
    await untilGone(database);
    expect(isAlive(database)).toBe(false);
  },
  limitMs,
);

test(
  'it says that its port is taken and how to choose another, and leaves the first alone',
  async () => {
    const live = await start();
    const second = await served({ port: live.port }).catch((error: unknown) => String(error));
    expect(second).toContain(`Port ${live.port} on 127.0.0.1 is taken`);
    expect(await json(live.origin, '/ready')).toMatchObject({ ready: true });
  },
  limitMs,
);

test(
  'killed, it is started again on the same folder and has what it had',
  async () => {
    const live = await start();
    const before = (await json(live.origin, '/rooms/plain/people')) as { readonly people: readonly unknown[] };
    live.process.kill('SIGKILL');
    await untilGone(live.process.pid ?? 0);
    const again = await start({ folder: live.folder });
    expect(before.people).toHaveLength(1);
    expect(await json(again.origin, '/rooms/plain/people')).toEqual(before);
  },
  limitMs,
);

test(
  'a configuration that cannot be read stops the start, with its line and what was expected',
  async () => {
    const configuration = 'environment: demonstration\nlisten: { port: eighty }\n';
    const said = await served({ configuration }).catch((error: unknown) => String(error));
    expect(said).toMatch(/heed\.yaml:2.*listen\.port/);
  },
  limitMs,
);

test(
  'a demonstration refuses to listen where others could reach it',
  async () => {
    const configuration = 'environment: demonstration\ndata: data\nlisten: { host: 0.0.0.0 }\n';
    const said = await served({ configuration, host: '0.0.0.0' }).catch((error: unknown) => String(error));
    expect(said).toContain('Demonstration sign-in asks nobody who they are');
  },
  limitMs,
);

test(
  'a demonstration refuses to stand behind a proxy',
  async () => {
    const configuration = 'environment: demonstration\ndata: data\nproxies: [10.0.0.7]\n';
    const said = await served({ configuration }).catch((error: unknown) => String(error));
    expect(said).toContain('Demonstration sign-in cannot stand behind a proxy');
  },
  limitMs,
);

function module(name: string): string {
  return JSON.stringify(import.meta.resolve(name));
}

/** As an operator's own module: it hands on the spans and measures of the service, here to its error output. */
function telemetry(): string {
  return `
    import { metrics, trace } from ${module('@opentelemetry/api')};
    import { BasicTracerProvider, SimpleSpanProcessor } from ${module('@opentelemetry/sdk-trace-base')};
    import { MeterProvider, PeriodicExportingMetricReader } from ${module('@opentelemetry/sdk-metrics')};
    const say = (name) => process.stderr.write('told: ' + name + '\\n');
    const spans = { export: (all, done) => { for (const { name } of all) say(name); done({ code: 0 }); },
      shutdown: async () => undefined };
    const measures = { export: ({ scopeMetrics }, done) => {
      for (const { metrics: all } of scopeMetrics) for (const { descriptor } of all) say(descriptor.name);
      done({ code: 0 }); }, forceFlush: async () => undefined, shutdown: async () => undefined };
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
    metrics.setGlobalMeterProvider(new MeterProvider({
      readers: [new PeriodicExportingMetricReader({ exporter: measures, exportIntervalMillis: 200,
        exportTimeoutMillis: 200 })] }));`;
}

test(
  'telemetry that an operator loads before it is told of its orders, its log and its sources',
  async () => {
    const folder = testFolder();
    const loadedFirst = join(folder, 'telemetry.mjs');
    writeFileSync(loadedFirst, telemetry());
    const live = await start({ folder, loadedFirst });
    for (const name of [
      'heed.command',
      'heed.journal.append',
      'heed.command.acknowledged',
      'heed.command.queued',
      'heed.duty.late',
    ])
      await expect.poll(() => live.said().split('\n'), { timeout: 20_000 }).toContain(`told: ${name}`);
  },
  limitMs,
);
