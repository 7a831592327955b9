import { Agent, request } from 'node:http';
import { command, given, room, signIn, withService } from './service.ts';
import type { Bench } from './service.ts';
import { spread } from './spread.ts';

const consoles = 200;
const measuredMs = 10_000;

const incidents = 200;

async function entry(bench: Bench): Promise<void> {
  await command(bench, 'AddEntry', {
    incident: `job-${given() % incidents}`,
    text: `A line of the log, number ${given()}.`,
  });
}

const pause = async (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** So many a second whatever becomes of each: what waits for an answer does not hold up the next. */
async function atRate(bench: Bench, perSecond: number): Promise<string> {
  const took: number[] = [];
  const sent: Promise<void>[] = [];
  const began = performance.now();
  for (let place = 0; place < (perSecond * measuredMs) / 1_000; place += 1) {
    const due = began + (place * 1_000) / perSecond;
    if (due > performance.now()) await pause(due - performance.now());
    const at = Math.max(due, began);
    sent.push(entry(bench).then(() => void took.push(performance.now() - at)));
  }
  await Promise.all(sent);
  return `at ${perSecond} commands/s over HTTP, sent to acknowledged: ${spread(took)}`;
}

async function saturated(bench: Bench, clients: number): Promise<string> {
  const took: number[] = [];
  const endsAt = performance.now() + measuredMs;
  const client = async (): Promise<void> => {
    while (performance.now() < endsAt) {
      const at = performance.now();
      await entry(bench);
      took.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const perSecond = Math.round(took.length / (measuredMs / 1_000));
  return `saturated over HTTP, ${clients} clients in this process: ${perSecond} durable commands/s; ${spread(took)}`;
}

/** A person at each console, signed in and on duty; their sessions. */
async function seated(bench: Bench): Promise<readonly string[]> {
  const cookies: string[] = [];
  for (let place = 0; place < consoles; place += 1) {
    const staff = `handler-${place}`;
    await command(bench, 'EnrolStaff', { staff, role: 'handler' });
    await command(bench, 'SignOn', { staff, position: `desk-of-${staff}` });
    cookies.push(await signIn(bench, staff));
  }
  return cookies;
}

/** Many consoles on the stream: from sending a command to each of them having its event. */
async function streamed(bench: Bench): Promise<string> {
  const sentAt = new Map<string, number>();
  const took: number[] = [];
  const agent = new Agent({ maxSockets: consoles + 10 });
  const listen = async (cookie: string): Promise<() => void> =>
    new Promise((resolve, reject) => {
      const made = request(
        new URL(`/rooms/${room}/stream`, bench.origin),
        { agent, headers: { cookie } },
        (response) => {
          if (response.statusCode !== 200) {
            reject(new Error(`stream: ${response.statusCode}`));
            return;
          }
          response.on('data', (part: Buffer) => {
            const now = performance.now();
            for (const [, id] of part.toString('utf8').matchAll(/"command":"(bench-\d+)"/g)) {
              const at = sentAt.get(id ?? '');
              if (at !== undefined) took.push(now - at);
            }
          });
          resolve(() => made.destroy());
        },
      );
      made.on('error', () => undefined);
      made.end();
    });
  const ends = await Promise.all((await seated(bench)).map(listen));
  await pause(500);
  for (const endsAt = performance.now() + measuredMs; performance.now() < endsAt; await pause(50)) {
    sentAt.set(`bench-${given() + 1}`, performance.now());
    await entry(bench);
  }
  await pause(500);
  for (const end of ends) end();
  return `${took.length} arrivals at ${ends.length} consoles, sent to arrived: ${spread(took)}`;
}

/** The live service measured from outside, with the load beside it on the same machine. */
export async function benchLive(): Promise<readonly string[]> {
  return withService({}, async (bench) => {
    for (let place = 0; place < incidents; place += 1)
      await command(bench, 'OpenIncident', { incident: `job-${place}`, summary: 'A fence is down' });
    return [await atRate(bench, 200), await saturated(bench, 64), await saturated(bench, 256), await streamed(bench)];
  });
}
