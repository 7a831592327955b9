import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Standing } from '../src/review/sitting.ts';
import { linesOf, ranOver, reviewing } from './reviewed.ts';

let run = '';
let remove: () => void = () => undefined;

beforeAll(async () => {
  ({ run, remove } = await ranOver());
}, 120_000);

afterAll(() => remove());

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly cookie: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** A request as any program may make it, with whatever headers it likes. */
async function asked(
  address: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: unknown } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const sent = request(address, { method, headers: { ...json, ...headers } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => {
        const [cookie] = answer.headers['set-cookie'] ?? [];
        resolve({ status: answer.statusCode ?? 0, text, cookie: cookie?.split(';')[0], headers: answer.headers });
      });
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** Somebody who opened the page, and answers by what the page itself asks. */
async function opened(address: string): Promise<{
  readonly cookie: string;
  readonly ask: (path: string, body?: unknown) => Promise<Answer>;
  readonly standing: () => Promise<Standing>;
}> {
  const { cookie = '' } = await asked(address);
  const { origin } = new URL(address);
  const ask = async (path: string, body?: unknown): Promise<Answer> =>
    asked(origin + path, {
      headers: { cookie, origin, 'heed-request': 'test' },
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
  return { cookie, ask, standing: async () => JSON.parse((await ask('/standing')).text) as Standing };
}

async function decide(one: Awaited<ReturnType<typeof opened>>, verdict: string, reason = ''): Promise<Standing> {
  const { shown } = await one.standing();
  const { status, text } = await one.ask('/decide', { pair: shown?.pair, verdict, reason });
  expect(status).toBe(200);
  return JSON.parse(text) as Standing;
}

test('the address opens the page once; nothing is told to whoever has neither it nor the cookie', async () => {
  const { address } = await reviewing(run);
  const { origin } = new URL(address);
  for (const path of ['/', '/standing', '/page.js', '/?token=wrong']) {
    const { status, text } = await asked(origin + path);
    expect([path, status, text.includes('people:')]).toEqual([path, 403, false]);
  }
  const { status, cookie = '', headers } = await asked(address);
  expect(status).toBe(200);
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
  expect(headers['content-security-policy']).not.toContain('unsafe');
  expect(String(headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/);
  expect((await asked(address)).status).toBe(403);
  expect((await asked(`${origin}/standing`, { headers: { cookie } })).status).toBe(200);
});

test('it listens on this machine alone, and answers to no other name that leads here', async () => {
  const { address } = await reviewing(run);
  const { port, hostname } = new URL(address);
  expect(hostname).toBe('127.0.0.1');
  const { cookie } = await opened(address);
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1:1', `127.0.0.1.evil.example:${port}`]) {
    const { status, text } = await asked(`http://127.0.0.1:${port}/standing`, { headers: { cookie, host } });
    expect([host, status]).toEqual([host, 421]);
    expect(text).not.toContain('people:');
  }
  const named = await asked(`http://127.0.0.1:${port}/standing`, { headers: { cookie, host: `localhost:${port}` } });
  expect(named.status).toBe(200);
});

test('a page of another site can decide nothing, though the browser sends the cookie along', async () => {
  const { address, file } = await reviewing(run);
  const { origin } = new URL(address);
  const { cookie, standing } = await opened(address);
  const body = { pair: (await standing()).shown?.pair, verdict: 'same', reason: '' };
  const headers: readonly Record<string, string>[] = [
    { cookie, origin },
    { cookie, origin: 'https://evil.example', 'heed-request': 'test' },
    { cookie, 'heed-request': 'test' },
    { cookie, origin, 'heed-request': 'test', 'sec-fetch-site': 'cross-site' },
  ];
  for (const one of headers)
    expect((await asked(`${origin}/decide`, { method: 'POST', headers: one, body })).status).toBe(403);
  expect(linesOf(file)).toEqual([]);
});

test('a decision is in the file before the next pair is shown, with all that it rests on', async () => {
  const { address, file } = await reviewing(run);
  const one = await opened(address);
  const { shown } = await one.standing();
  const next = await decide(one, 'apart', '  Twins:\n two dates of birth ');
  const [line, ...rest] = linesOf(file);
  expect(rest).toEqual([]);
  expect(line).toMatchObject({ one: shown?.one, other: shown?.other, verdict: 'apart', by: 'Ann Reviewer' });
  expect(line?.reason).toBe('Twins: two dates of birth');
  expect(line?.score).toBeCloseTo(shown?.bars.at(-1)?.score ?? Number.NaN, 9);
  expect(line?.model).toMatch(/^[0-9a-f]{64}$/);
  expect(Date.parse(line?.at ?? '')).toBeGreaterThan(0);
  expect(next.shown?.pair).not.toBe(shown?.pair);
  expect(next).toMatchObject({ mine: 1, all: 1 });
});

test('the same pair sent twice, a pair that is none and a verdict that is none are kept out', async () => {
  const { address, file } = await reviewing(run);
  const one = await opened(address);
  const { shown } = await one.standing();
  await decide(one, 'same');
  const again = { pair: shown?.pair, verdict: 'apart', reason: '' };
  expect((await one.ask('/decide', again)).status).toBe(409);
  expect((await one.ask('/decide', { ...again, pair: 1e9 })).status).toBe(409);
  expect((await one.ask('/decide', { ...again, verdict: 'undone' })).status).toBe(400);
  expect((await one.ask('/decide', { ...again, reason: 'x'.repeat(20_000) })).status).toBe(413);
  expect(linesOf(file)).toHaveLength(1);
});

test('the order is the same each time, the most telling first, and a few dozen are of all scores', async () => {
  const orders: string[][] = [];
  const scores: number[] = [];
  for (const verdict of ['unsure', 'apart']) {
    const one = await opened((await reviewing(run)).address);
    const names: string[] = [];
    for (let at = 0; at < 30; at += 1) {
      const { shown } = await one.standing();
      names.push(`${shown?.one ?? ''} ${shown?.other ?? ''}`);
      scores.push(shown?.bars.at(-1)?.score ?? Number.NaN);
      await decide(one, verdict);
    }
    orders.push(names);
  }
  expect(orders[1]).toEqual(orders[0]);
  const first = scores.slice(0, 30);
  expect(Math.abs(first[0] ?? 99)).toBeLessThanOrEqual(Math.min(...first.map(Math.abs)) + 1);
  expect(new Set(first.map((score) => Math.floor(score / 4))).size).toBeGreaterThanOrEqual(4);
});

test('the last decision is undone, and its pair is open again; started anew it goes on where it stopped', async () => {
  const first = await reviewing(run);
  const one = await opened(first.address);
  const { shown } = await one.standing();
  await decide(one, 'same');
  const second = (await one.standing()).shown;
  await decide(one, 'unsure');
  expect(await first.close()).toBe(2);
  const later = await opened((await reviewing(run, { file: first.file })).address);
  expect(await later.standing()).toMatchObject({ mine: 2, last: { verdict: 'unsure' } });
  const undone = JSON.parse((await later.ask('/undo', {})).text) as Standing;
  expect(undone.shown?.one).toBe(second?.one);
  expect(undone).toMatchObject({ mine: 1, last: { one: shown?.one, verdict: 'same' } });
  await later.ask('/undo', {});
  expect((await later.ask('/undo', {})).status).toBe(409);
  expect(linesOf(first.file).map(({ verdict }) => verdict)).toEqual(['same', 'unsure', 'undone', 'undone']);
});

test('two reviewers on one file lose nothing of each other, and are not asked what the other decided', async () => {
  const ann = await reviewing(run, { by: 'Ann' });
  const ben = await reviewing(run, { by: 'Ben', file: ann.file });
  const [one, other] = [await opened(ann.address), await opened(ben.address)];
  const both = (await one.standing()).shown;
  expect((await other.standing()).shown?.pair).toBe(both?.pair);
  await decide(one, 'same');
  expect((await other.standing()).shown?.pair).not.toBe(both?.pair);
  await other.ask('/decide', { pair: both?.pair, verdict: 'apart', reason: 'I had it before me already' });
  for (let at = 0; at < 5; at += 1) await Promise.all([decide(one, 'apart'), decide(other, 'unsure')]);
  const lines = linesOf(ann.file);
  expect(lines.filter(({ by }) => by === 'Ann')).toHaveLength(6);
  expect(lines.filter(({ by }) => by === 'Ben')).toHaveLength(6);
  await other.ask('/undo', {});
  expect((await one.standing()).mine).toBe(6);
});

test('whoever decides is named, and the name is one line', async () => {
  for (const by of ['', '  ', 'a\nb', 'x'.repeat(101)]) await expect(reviewing(run, { by })).rejects.toThrow(/--by/);
});
