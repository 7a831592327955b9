import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../src/database/cluster.ts';

const main = fileURLToPath(new URL('../bin/heed.js', import.meta.url));
/** The one room of the service that is measured. */
export const room = 'bench';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A service in a process of its own, and connections to it that stay open. */
export interface Bench {
  readonly origin: string;
  readonly agent: Agent;
  cookie: string;
}

/** One request, by a connection that stays open. */
export async function ask({ origin, agent, cookie }: Bench, path: string, body?: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'heed-request': 'bench', origin, cookie };
    const made = request(
      new URL(path, origin),
      { agent, method: body === undefined ? 'GET' : 'POST', headers },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString('utf8'),
          }),
        );
      },
    );
    made.on('error', reject);
    made.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

let count = 0;

/** How many commands were given so far: the next has the number after. */
export function given(): number {
  return count;
}

/** Gives a command; throws where it is not recorded. */
export async function command(bench: Bench, type: string, data: unknown): Promise<void> {
  count += 1;
  const { status, body } = await ask(bench, `/rooms/${room}/commands/${type}`, { id: `bench-${count}`, data });
  if (status !== 200) throw new Error(`${type}: ${status} ${body.slice(0, 300)}`);
}

/** Signs somebody in; gives their session. */
export async function signIn(bench: Bench, staff: string): Promise<string> {
  const { headers } = await ask({ ...bench, cookie: '' }, `/rooms/${room}/sign-in`, { kind: 'staff', id: staff });
  return String(headers['set-cookie']).split(';')[0] ?? '';
}

/** Starts a service of one empty room with its owner on duty, has it measured, and ends it. */
export async function withService<T>(more: ServiceOptions, measure: (bench: Bench) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'heed-bench-'));
  chmodSync(folder, 0o711);
  const config = join(folder, 'heed.yaml');
  writeFileSync(
    config,
    'environment: demonstration\ndata: data\n' +
      `rooms: [{ room: ${room}, county: false, administrator: owner-1 }]\n${more.configuration ?? ''}`,
  );
  const port = await freePort();
  const env = { ...process.env, ...more.env, HEED_PORT: String(port) };
  const server = spawn(process.execPath, ['--max-semi-space-size=64', main, 'serve', '--config', config], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(server.stdout, 'data');
    const origin = `http://127.0.0.1:${port}`;
    const bench: Bench = { origin, agent: new Agent({ keepAlive: true, maxSockets: 512 }), cookie: '' };
    bench.cookie = await signIn(bench, 'owner-1');
    await command(bench, 'SignOn', { staff: 'owner-1', position: 'desk-1' });
    return await measure(bench);
  } finally {
    server.kill('SIGTERM');
    await once(server, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}

interface ServiceOptions {
  /** Lines added to its configuration file. */
  readonly configuration?: string;
  readonly env?: Readonly<Record<string, string>>;
}
