import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { appendFileSync, chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { batchAfter, testJournal, written } from '../../test/journal-log.ts';
import { exportRoom } from './export.ts';
import { keepWitness } from './keep-witness.ts';
import { verifyExport } from './read-export.ts';
import { behindWitness, verifyRoom } from './verify.ts';
import type { Testimony, WitnessKey, Witnessed } from './witness.ts';
import { publicKeysIn, readTestimony, statementOf, witnessKey } from './witness.ts';
import { tell, witnessTarget } from './witness-targets.ts';

let folder: string;
let key: WitnessKey;
let files = 0;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'heed-witness-'));
  key = await witnessKey(join(folder, 'key.pem'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(...lines: readonly string[]): string {
  files += 1;
  const file = join(folder, `seen-${files}`);
  writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  return file;
}

function said(seq: number, hash = 'a'.repeat(64), room = 'north'): string {
  return statementOf(key, room, { head: { seq, hash }, at: 1_770_120_000_000 + seq });
}

async function readBack(file: string): Promise<Testimony> {
  return readTestimony(file, await publicKeysIn(key.publicFile));
}

describe('the key', () => {
  test('is made once, readable by its owner alone, with its public half beside it', async () => {
    const again = await witnessKey(join(folder, 'key.pem'));
    expect(again.name).toBe(key.name);
    // Windows has no such modes.
    expect(process.platform === 'win32' ? 0o600 : statSync(join(folder, 'key.pem')).mode & 0o777).toBe(0o600);
    expect(readFileSync(key.publicFile, 'utf8')).toContain('BEGIN PUBLIC KEY');
    expect([...(await publicKeysIn(key.publicFile)).keys()]).toEqual([key.name]);
  });

  test('that others may read is refused with the remedy', async () => {
    const file = join(folder, 'open.pem');
    await witnessKey(file);
    chmodSync(file, 0o644);
    if (process.platform === 'win32') return;
    await expect(witnessKey(file)).rejects.toThrow('chmod 600');
  });

  test('file without a key in it is refused', async () => {
    await expect(publicKeysIn(fileOf('nothing'))).rejects.toThrow('holds 0 public keys');
  });
});

describe('what the witness saw', () => {
  test('is read by room and place, also out of the lines of a collector', async () => {
    const file = fileOf(
      said(3),
      `Nov 21 heed[7]: ${said(9, 'b'.repeat(64))}`,
      'another line',
      said(4, 'c'.repeat(64), 'south'),
    );
    const testimony = await readBack(file);
    if (testimony.kind !== 'read') throw new Error(testimony.says);
    expect([...(testimony.seen.get('north')?.keys() ?? [])]).toEqual([3, 9]);
    expect(testimony.seen.get('south')?.get(4)?.hash).toBe('c'.repeat(64));
  });

  test.each([
    ['a changed place', (line: string) => line.replace('"seq":3', '"seq":2'), 'forged'],
    ['a changed hash', (line: string) => line.replace('aaaa', 'aaab'), 'forged'],
    ['a changed time', (line: string) => line.replace('"at":1', '"at":2'), 'forged'],
    ['a changed room', (line: string) => line.replace('north', 'south'), 'forged'],
    ['another signature', (line: string) => line.replace(/"signature":"..../, '"signature":"AAAA'), 'forged'],
    ['no signature', (line: string) => line.replace(/,"signature".*/, '}'), 'no whole statement'],
    ['half a statement', (line: string) => line.slice(0, 90), 'no whole statement'],
  ])('with %s is found, naming the line', async (_, change, says) => {
    const file = fileOf(said(1), change(said(3)), said(5));
    expect(await readBack(file)).toMatchObject({
      kind: 'forged',
      file,
      line: 2,
      says: expect.stringContaining(says) as string,
    });
  });

  test('last is read without reading what came long before', async () => {
    const file = fileOf(said(1), ...Array.from({ length: 1_200 }, (_, place) => said(place + 2)));
    const testimony = await readTestimony(file, await publicKeysIn(key.publicFile), 'newest');
    const seen = testimony.kind === 'read' ? testimony.seen.get('north') : undefined;
    expect(seen?.has(1_201)).toBe(true);
    expect(seen?.has(1)).toBe(false);
  });

  test('signed with a key that is not known is found', async () => {
    const other = await witnessKey(join(folder, 'other.pem'));
    const line = statementOf(other, 'north', { head: { seq: 3, hash: 'a'.repeat(64) }, at: 1 });
    expect(await readBack(fileOf(line))).toMatchObject({
      kind: 'forged',
      line: 1,
      says: expect.stringContaining('not known') as string,
    });
    const both = fileOf(readFileSync(key.publicFile, 'utf8') + readFileSync(other.publicFile, 'utf8'));
    expect((await readTestimony(fileOf(said(1), line), await publicKeysIn(both))).kind).toBe('read');
  });

  test('that signs two events in one place is found', async () => {
    const file = fileOf(said(3), said(3, 'b'.repeat(64)));
    expect(await readBack(file)).toMatchObject({
      kind: 'forged',
      line: 2,
      says: expect.stringContaining('another event 3') as string,
    });
  });
});

describe('the log beside its witness', () => {
  test('is whole, rewritten, or behind: a backup that was put back is seen', async () => {
    const on = await testJournal();
    try {
      const target = { kind: 'file', path: join(folder, 'beside.ndjson') } as const;
      const notes: string[] = [];
      const keeping = keepWitness({ journal: on.journal, key, targets: [target], note: (says) => notes.push(says) });
      const head = await written(on.journal, 5);
      await keeping.now();
      const epoch = await on.journal.beginTurn('north', 'two');
      await on.journal.append(batchAfter(epoch, head, { count: 3 }));
      const state = keeping.state();
      await keeping.stop();
      expect(notes).toEqual([]);
      expect(state).toMatchObject([{ target: target.path, fault: null }]);
      const testimony = await readTestimony(target.path, await publicKeysIn(key.publicFile));
      const seen = testimony.kind === 'read' ? testimony.seen : new Map<string, ReadonlyMap<number, Witnessed>>();
      const verify = async () => verifyRoom(on.database.service, 'north', seen.get('north'));
      expect(await verify()).toMatchObject({ kind: 'whole', head: { seq: 8 }, witnessed: 2 });
      const file = join(folder, 'beside.export');
      await exportRoom(on.database.service, 'north', file);
      expect(await verifyExport(file, seen)).toMatchObject({ verdict: { kind: 'whole', witnessed: 2 } });

      expect(await behindWitness(on.database.service, 'north', seen.get('north') ?? new Map())).toBeNull();
      await on.tamper(
        'delete from heed.event where seq > 6; delete from heed.body where seq > 6',
        'update heed.writer set seq = 6, hash = (select hash from heed.event where seq = 6)',
      );
      expect(await verify()).toMatchObject({ kind: 'behind', head: { seq: 6 }, seen: { seq: 8 } });
      const newest = seen.get('north') ?? new Map<number, Witnessed>();
      expect(await behindWitness(on.database.service, 'north', newest)).toContain('an older backup was restored');

      expect(await behindWitness(on.database.service, 'north', new Map())).toBeNull();
      const again = await on.journal.beginTurn('north', 'three');
      const now = await on.journal.head('north');
      await on.journal.append(batchAfter(again, now, { count: 3 }));
      expect(await verify()).toMatchObject({
        kind: 'broken',
        seq: 8,
        says: expect.stringContaining('the witness saw another') as string,
      });
      expect(await behindWitness(on.database.service, 'north', newest)).toContain('the witness saw another');
    } finally {
      await on.drop();
    }
  });
});

describe('a target', () => {
  test('that is a file is only added to, and a line that was cut off is ended', async () => {
    const file = fileOf('first');
    appendFileSync(file, 'half a li');
    await tell({ kind: 'file', path: file }, 'second');
    expect(readFileSync(file, 'utf8')).toBe('first\nhalf a li\nsecond\n');
  });

  const form = /^<109>1 \d{4}-\d\d-\d\dT[\d:.]+Z \S+ heed \d+ witness - a statement$/;

  test('that is a syslog over UDP is sent one message of RFC 5424', async () => {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const heard = once(socket, 'message') as Promise<[Buffer]>;
    await tell({ kind: 'syslog', host: '127.0.0.1', port: socket.address().port, transport: 'udp' }, 'a statement');
    expect((await heard)[0].toString('utf8')).toMatch(form);
    socket.close();
  });

  test('that is a syslog over TCP is sent it framed by its length', async () => {
    const parts: Buffer[] = [];
    const server = createServer((socket) => socket.on('data', (part) => parts.push(part)));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await tell({ kind: 'syslog', host: '127.0.0.1', port, transport: 'tcp' }, 'a statement');
    const [length = '', ...rest] = Buffer.concat(parts).toString('utf8').split(' ');
    expect(rest.join(' ')).toMatch(form);
    expect(Number(length)).toBe(rest.join(' ').length);
    server.close();
    await once(server, 'close');
    const gone = tell({ kind: 'syslog', host: '127.0.0.1', port, transport: 'tcp' }, 'a statement');
    await expect(gone).rejects.toThrow('ECONNREFUSED');
  });

  test('that is an HTTP witness is posted the statement; what it refuses or sends elsewhere is a fault', async () => {
    const posts: string[] = [];
    const server = createHttpServer((request, response) => {
      if (request.url === '/elsewhere') return void response.writeHead(302, { location: '/' }).end();
      if (request.url === '/busy') return void response.writeHead(503).end();
      request.on('data', (part: Buffer) => posts.push(`${request.headers['content-type']} ${part.toString('utf8')}`));
      request.on('end', () => response.writeHead(204).end());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await tell({ kind: 'http', url: `${url}/` }, 'a statement');
    expect(posts).toEqual(['application/json a statement']);
    await expect(tell({ kind: 'http', url: `${url}/busy` }, 'a statement')).rejects.toThrow('503');
    await expect(tell({ kind: 'http', url: `${url}/elsewhere` }, 'a statement')).rejects.toThrow('fetch failed');
    server.closeAllConnections();
    server.close();
  });

  test('that cannot be told is noted, keeps no other waiting, and is tried again', async () => {
    const on = await testJournal(['north']);
    await on.journal.create({ room: 'play', kind: 'replay', createdAt: 1 });
    const [lost, kept] = [join(folder, 'none', 'lost'), join(folder, 'kept')];
    const targets = [lost, kept].map((path) => ({ kind: 'file', path }) as const);
    const notes: string[] = [];
    const keeping = keepWitness({ journal: on.journal, key, targets, note: (says) => notes.push(says) });
    await keeping.now();
    await keeping.stop();
    await on.drop();
    expect(notes).toHaveLength(3);
    expect(notes[0]).toContain(`the witness ${lost} could not be told`);
    expect(keeping.state()).toMatchObject([
      { toldAt: null, fault: expect.stringContaining('ENOENT') as string },
      { fault: null },
    ]);
    const statements = readFileSync(kept, 'utf8').trimEnd().split('\n');
    expect(statements.map((line) => (JSON.parse(line) as { room: string }).room)).toEqual(['north', 'north', 'north']);
  });

  test.each([
    { kind: 'http', url: 'ftp://example.org/' },
    { kind: 'http', url: 'no address' },
    { kind: 'syslog', host: 'logs', port: 0, transport: 'udp' },
    { kind: 'file', path: '' },
    { kind: 'mail', to: 'somebody' },
  ])('of configuration that is none is refused: %o', (target) => {
    expect(witnessTarget.safeParse(target).success).toBe(false);
  });
});
