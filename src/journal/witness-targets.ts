import { createSocket } from 'node:dgram';
import { open } from 'node:fs/promises';
import { connect } from 'node:net';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { z } from 'zod';

/** Where the signed heads go, outside the database: what is written here no ruler of the database can take back. */
export const witnessTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('file'), path: z.string().min(1) }),
  z.strictObject({
    kind: z.literal('syslog'),
    host: z.string().min(1).max(255),
    port: z.int().min(1).max(65_535),
    transport: z.enum(['udp', 'tcp']),
  }),
  z.strictObject({ kind: z.literal('http'), url: z.url({ protocol: /^https?$/ }) }),
]);
export type WitnessTarget = Readonly<z.output<typeof witnessTarget>>;

/** An answer that takes longer than this is none. */
const sendLimitMs = 10_000;
const newline = 0x0a;

/** Hands one statement to one target; rejects where it cannot be said that it arrived as far as the target tells. */
export async function tell(target: WitnessTarget, statement: string): Promise<void> {
  switch (target.kind) {
    case 'file':
      return appendTo(target.path, statement);
    case 'syslog':
      return target.transport === 'udp' ? sendDatagram(target, statement) : sendFrame(target, statement);
    case 'http':
      return post(target.url, statement);
  }
}

/** How a target is named in faults and health. */
export function targetName(target: WitnessTarget): string {
  if (target.kind === 'file') return target.path;
  return target.kind === 'http' ? new URL(target.url).origin : `syslog ${target.host}:${target.port}`;
}

/** Appends a line and waits for the disk; a line that a crash cut off is left, and ended. */
async function appendTo(path: string, statement: string): Promise<void> {
  const handle = await open(path, 'a+', 0o640);
  try {
    const { size } = await handle.stat();
    const last = Buffer.alloc(1, newline);
    if (size > 0) await handle.read(last, 0, 1, size - 1);
    await handle.appendFile(`${last[0] === newline ? '' : '\n'}${statement}\n`);
    await handle.sync();
    if (size === 0) await syncFolder(dirname(path));
  } finally {
    await handle.close();
  }
}

/** Puts the name of a new file on disk too, where folders can be synced. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

interface Collector {
  readonly host: string;
  readonly port: number;
}

/** A message by RFC 5424: facility 13 (log audit), severity 5 (notice). */
export function syslogMessage(statement: string, at: Date): string {
  const host =
    hostname()
      .replaceAll(/[^\x21-\x7e]/g, '')
      .slice(0, 255) || '-';
  return `<109>1 ${at.toISOString()} ${host} heed ${process.pid} witness - ${statement}`;
}

async function sendDatagram({ host, port }: Collector, statement: string): Promise<void> {
  const socket = createSocket('udp4');
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.send(syslogMessage(statement, new Date()), port, host, (error) =>
        error === null ? resolve() : reject(error),
      );
    });
  } finally {
    socket.close();
  }
}

/** Framed by its length (RFC 6587), so that a message is never taken for two. */
async function sendFrame({ host, port }: Collector, statement: string): Promise<void> {
  const message = Buffer.from(syslogMessage(statement, new Date()), 'utf8');
  await new Promise<void>((resolve, reject) => {
    const socket = connect({ host, port });
    socket.setTimeout(sendLimitMs, () => socket.destroy(new Error('the collector does not answer')));
    socket.once('error', reject);
    socket.once('close', resolve);
    socket.resume();
    socket.end(Buffer.concat([Buffer.from(`${message.length} `), message]));
  });
}

/** A witness that points elsewhere is not followed: where heads go is configuration only. */
async function post(url: string, statement: string): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: statement,
    redirect: 'error',
    signal: AbortSignal.timeout(sendLimitMs),
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`the witness answered ${answer.status}`);
}
