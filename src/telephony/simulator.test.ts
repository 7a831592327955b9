import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { noon } from '../../test/control-room.ts';
import { telephoneRoom } from '../../test/telephone-room.ts';
import type { TelephoneRoom } from '../../test/telephone-room.ts';
import { verdictOf } from './ingress.ts';
import { ingressSchemas } from './messages.ts';
import type { IngressChannel, IngressSent } from './messages.ts';
import { seeded } from './seeded.ts';
import { nonceMemory, verifySigned } from './signature.ts';
import { simulatedContact } from './simulated-calls.ts';
import type { Planned } from './simulated-calls.ts';
import { runSimulator } from './simulator.ts';
import type { SimulatorClock, SimulatorOptions } from './simulator.ts';

const key = { id: 'simulator', secret: 'a secret of at least thirty-two bytes', sender: 'simulator' };
const positions = ['desk-handler-1', 'desk-handler-2'];
const around = { latitude: 54.5, longitude: -2.6 };

/** A clock that goes to the next thing that is armed as soon as every request on its way has been answered. */
function hurryingClock(): { readonly clock: SimulatorClock; readonly fetch: typeof fetch } {
  const armed = new Map<symbol, readonly [at: number, go: () => void]>();
  let now = noon;
  let asked = 0;
  let isTurning = false;
  const turn = (): void => {
    const [first] = [...armed].toSorted(([, [a]], [, [b]]) => a - b);
    isTurning = first !== undefined;
    if (first === undefined) return;
    if (asked === 0) {
      const [id, [at, go]] = first;
      armed.delete(id);
      now = Math.max(now, at);
      go();
    }
    setImmediate(turn);
  };
  const arm: SimulatorClock['arm'] = (at, go) => {
    const id = Symbol('armed');
    armed.set(id, [at, go]);
    if (!isTurning) setImmediate(turn);
    isTurning = true;
    return () => armed.delete(id);
  };
  const counted: typeof fetch = async (...given) => {
    asked += 1;
    try {
      return await fetch(...given);
    } finally {
      asked -= 1;
    }
  };
  return { clock: { now: () => now, arm }, fetch: counted };
}

interface Serving {
  readonly server: Server;
  readonly base: string;
  readonly telephone: TelephoneRoom;
  readonly clock: SimulatorClock;
  readonly fetch: typeof fetch;
  readonly problems: string[];
  /** Ids of the messages that were taken, in order of being taken. */
  readonly taken: string[];
}

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A server that checks signatures and gives what comes in to a room; now and then it is busy, or simply gone. */
async function serving(faultsOf: (n: number) => 'busy' | 'gone' | 'gone-after' | null = () => null): Promise<Serving> {
  const telephone = telephoneRoom([]);
  const { clock, fetch } = hurryingClock();
  const [problems, taken]: [string[], string[]] = [[], []];
  const nonces = nonceMemory({ most: 100_000 });
  const keys = new Map([[key.id, key]]);
  let count = 0;
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const body = await bodyOf(request);
      const { method = '', url = '', headers } = request;
      count += 1;
      const fault = faultsOf(count);
      const verified = verifySigned({ method, path: url, body }, { headers, keys, nonces, now: clock.now() });
      if (!verified.ok) problems.push(verified.problem);
      const channel = url.split('/').at(-1) as IngressChannel;
      if (fault === 'busy') response.writeHead(503, { 'retry-after': '2' }).end();
      else if (fault === 'gone') request.socket.destroy();
      else {
        telephone.wait(Math.max(0, clock.now() - telephone.view().now));
        const message = JSON.parse(body.toString('utf8')) as IngressSent[IngressChannel];
        if (verdictOf(telephone.takes(channel, message)) !== 'settled') problems.push('not settled');
        taken.push(`${channel} ${message.id}`);
        if (fault === 'gone-after') request.socket.destroy();
        else response.writeHead(200).end('{}');
      }
    };
    answer().catch((error: unknown) => problems.push(String(error)));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { server, base, telephone, clock, fetch, problems, taken };
}

function optionsFor({ base, clock, fetch }: Serving, seed: number, callsMost: number): SimulatorOptions {
  const { signal } = new AbortController();
  return { base, room: 'room-1', key, seed, callsPerMinute: 12, clock, fetch, signal, callsMost, positions, around };
}

/** What a message tells of a contact, by its call, conversation or own id. */
function contactRefOf(entry: string): string {
  const [channel = '', id = ''] = entry.split(' ');
  return channel === 'web-form' || channel === 'partner-mail' ? id : id.split('/').slice(0, 4).join('/');
}

describe('the simulator', () => {
  test('speaks signed to the ingress of a room, and each of its contacts is one contact there', async () => {
    const held = await serving();
    const report = await runSimulator(optionsFor(held, 8, 60));
    expect(held.problems).toEqual([]);
    expect(report).toMatchObject({ calls: 60, refused: 0, givenUp: 0 });
    expect(report.settled).toBe(report.messages);
    expect(Object.keys(report.answers)).toEqual(['200']);
    expect(report.attempts).toBeGreaterThan(report.messages);
    expect(held.telephone.room().contacts.size).toBe(new Set(held.taken.map(contactRefOf)).size);
    const kinds = new Set([...held.telephone.room().contacts.values()].map((one) => one.channel));
    expect([...kinds].toSorted()).toEqual(['101', '999', 'partner-mail', 'text', 'web-form']);
  });

  test('gets every message through a server that is busy, gone, or gone before it answers, once each', async () => {
    const faults = [null, 'busy', null, null, 'gone', null, null, 'gone-after', null, null, null] as const;
    const held = await serving((n) => faults[n % faults.length] ?? null);
    const report = await runSimulator(optionsFor(held, 11, 30));
    expect(held.problems).toEqual([]);
    expect(report).toMatchObject({ calls: 30, refused: 0, givenUp: 0 });
    expect(report.settled).toBe(report.messages);
    expect(report.answers['none']).toBeGreaterThan(0);
    expect(report.answers['503']).toBeGreaterThan(0);
    const distinct = new Set(held.taken);
    expect(held.taken.length).toBeGreaterThan(distinct.size);
    expect(held.telephone.room().contacts.size).toBe(new Set([...distinct].map(contactRefOf)).size);
    const events = held.telephone.events();
    const told = events.filter((event) => event.type === 'LocationRecorded').map((event) => event.ids['location']);
    expect(new Set(told).size).toBe(told.length);
    expect(events.filter((event) => event.type === 'SafeguardFailed')).toEqual([]);
  });

  test('gives up on what the server will never take, at once, and goes on with the rest', async () => {
    const held = await serving();
    const report = await runSimulator({ ...optionsFor(held, 3, 3), room: 'room 1' });
    expect(report).toMatchObject({ calls: 3, givenUp: 0 });
    const wrong = await runSimulator({
      ...optionsFor(held, 3, 3),
      fetch: async () => new Response('{}', { status: 422 }),
    });
    expect(wrong).toMatchObject({ settled: 0, refused: wrong.messages, attempts: wrong.messages });
  });

  test('tries so often and no longer where nobody answers', async () => {
    const { clock } = hurryingClock();
    const { signal } = new AbortController();
    const report = await runSimulator({
      base: 'http://127.0.0.1:9',
      room: 'room-1',
      key,
      seed: 5,
      callsPerMinute: 60,
      clock,
      signal,
      callsMost: 1,
      fetch: async () => Promise.reject(new Error('nobody there')),
    });
    expect(report).toMatchObject({ settled: 0, givenUp: report.messages, attempts: report.messages * 12 });
  });

  test('ends when it is told to, and begins nothing while it is paused', async () => {
    const held = await serving();
    const controller = new AbortController();
    let looks = 0;
    let takenWhilePaused = 0;
    const report = await runSimulator({
      ...optionsFor(held, 9, 1_000_000),
      signal: controller.signal,
      isPaused: () => {
        looks += 1;
        if (looks < 100) takenWhilePaused = held.taken.length;
        if (looks === 120) controller.abort();
        return looks < 100;
      },
    });
    expect(takenWhilePaused).toBe(0);
    expect(report.calls).toBeGreaterThan(0);
    expect(report.calls).toBeLessThanOrEqual(21);
  });
});

function contact(seed: number): readonly Planned[] {
  return simulatedContact({ random: seeded(seed), at: noon, ref: `sim/${seed}`, positions, around });
}

describe('a simulated contact', () => {
  test('is the same for the same seed', () => {
    expect(contact(42)).toEqual(contact(42));
    expect(JSON.stringify(contact(42))).not.toBe(JSON.stringify(contact(43)));
  });

  test('is made of messages that their schemas take, each with an id of its own unless it is sent twice', () => {
    const channels = new Set<string>();
    for (let seed = 0; seed < 400; seed += 1) {
      const planned = contact(seed);
      const byId = new Map<string, string>();
      for (const { channel, message, sendAt } of planned) {
        channels.add('kind' in message && channel === 'telephony' ? `${message.kind}` : channel);
        expect(ingressSchemas[channel].safeParse(message).error).toBeUndefined();
        expect(sendAt).toBeGreaterThanOrEqual(noon);
        const text = JSON.stringify(message);
        expect(byId.get(message.id) ?? text).toBe(text);
        byId.set(message.id, text);
      }
    }
    expect([...channels].toSorted()).toEqual(
      [
        'aml',
        'answered',
        'cut-off',
        'dial-ended',
        'dialled',
        'eisec',
        'ended',
        'heard',
        'partner-mail',
        'pidf-lo',
        'presented',
        'text',
        'transferred',
        'web-form',
      ].toSorted(),
    );
  });

  test('comes late, twice and out of order often enough to try a room', () => {
    const all = Array.from({ length: 200 }, (_, seed) => contact(seed));
    const doubled = all.filter((planned) => new Set(planned.map((one) => one.message.id)).size < planned.length);
    const overtaken = all.filter((planned) =>
      planned.some((one, n) => n > 0 && one.sendAt < (planned[n - 1]?.sendAt ?? 0)),
    );
    expect(doubled.length).toBeGreaterThan(20);
    expect(overtaken.length).toBeGreaterThan(20);
  });
});
