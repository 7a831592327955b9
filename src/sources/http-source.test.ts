import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Told } from '../../test/hostile-source.ts';
import { manualClock } from '../../test/manual-clock.ts';
import type { ManualClock } from '../../test/manual-clock.ts';
import { finding } from '../room/check.ts';
import type { Identity } from '../room/subject.ts';
import { httpSourceConfig } from './http-config.ts';
import { httpSource } from './http-source.ts';
import type { Answer, LiveSource, Question } from './source.ts';

const start = Date.UTC(2026, 1, 3, 12);
const timeoutMs = 3_000;
const number: Identity = { kind: 'phone', number: '07700 900123' };

let child: ChildProcess;
let origin: string;
const arrivals: Extract<Told, { kind: 'arrived' }>[] = [];
let arrived: (() => void) | undefined;
let allTold: (() => void) | undefined;

beforeAll(async () => {
  const script = fileURLToPath(new URL('../../test/hostile-source.ts', import.meta.url));
  child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [told] = (await once(child, 'message')) as [Told];
  if (told.kind !== 'listening') throw new Error('it does not listen');
  origin = `http://127.0.0.1:${told.port}`;
  child.on('message', (more: Told) => {
    if (more.kind === 'told') allTold?.();
    if (more.kind !== 'arrived') return;
    arrivals.push(more);
    arrived?.();
  });
});
afterAll(async () => {
  const ended = once(child, 'exit');
  child.disconnect();
  await ended;
});

/** Resolves with the next request that arrives. */
async function nextArrival(): Promise<void> {
  await new Promise<void>((resolve) => {
    arrived = () => {
      arrived = undefined;
      resolve();
    };
  });
}

/** The requests that have arrived while something was done. */
async function arrivalsOf(work: () => Promise<unknown>): Promise<readonly (typeof arrivals)[number][]> {
  await caughtUp();
  const before = arrivals.length;
  await work();
  await caughtUp();
  return arrivals.slice(before);
}

async function caughtUp(): Promise<void> {
  await new Promise<void>((resolve) => {
    allTold = resolve;
    child.send('told?');
  });
}

interface Setting {
  readonly way: string;
  readonly change?: Readonly<Record<string, unknown>>;
  readonly answer?: Readonly<Record<string, unknown>>;
  readonly clock?: ManualClock;
  readonly secrets?: Readonly<Record<string, string>>;
}

const record = {
  id: 'id',
  kind: 'incident',
  when: { from: 'at' },
  names: [{ kind: 'phone', number: 'number' }],
  says: '{text}',
};

function configOf({ way, change = {}, answer = {} }: Setting): unknown {
  return {
    id: 'other',
    kind: 'http',
    title: 'Another system',
    ask: { phone: { url: `${origin}/${way}?number={number}` } },
    answer: { items: '/results', record, ...answer },
    listed: ['127.0.0.1'],
    ...change,
  };
}

function sourceOf(setting: Setting): { readonly source: LiveSource; readonly clock: ManualClock } {
  const clock = setting.clock ?? manualClock(start);
  if (setting.clock === undefined) clock.skipUpTo(timeoutMs - 1);
  const source = httpSource(httpSourceConfig.parse(configOf(setting)), {
    clock,
    random: () => 0.5,
    secret: (name) => setting.secrets?.[name],
  });
  return { source, clock };
}

function about(identity: Identity = number, change: Partial<Question> = {}): Question {
  return { subject: 's1', identity, beside: [], apartFrom: [], at: start, ...change };
}

async function ask(setting: Setting, question = about()): Promise<Answer> {
  return sourceOf(setting).source.ask(question, new AbortController().signal);
}

const never = new AbortController().signal;

describe('a source over HTTP', () => {
  test('answers with records that match by our own rules, each with its reasons', async () => {
    const answer = await ask({ way: 'ok' });
    expect(answer).toMatchObject({
      result: 'found',
      findings: [
        {
          kind: 'incident',
          subject: 's1',
          source: 'other',
          when: Date.UTC(2026, 0, 1, 10),
          says: 'seen before',
          strength: 'certain',
          reasons: ['same number 07700 900123'],
        },
      ],
    });
    for (const one of answer.findings) expect(finding.parse(one)).toEqual(one);
  });

  test('shows what it returned and we find nothing alike in, for as much as it is trusted', async () => {
    expect((await ask({ way: 'stranger' })).findings[0]).toMatchObject({ strength: 'weak' });
    expect((await ask({ way: 'stranger', answer: { trust: 'strong' } })).findings[0]).toMatchObject({
      strength: 'strong',
      reasons: ['returned by the source; our own comparison finds nothing alike in it'],
    });
  });

  test.each([
    ['empty', ['empty'], 'no-trace'],
    ['gone', ['404'], 'no-trace'],
    ['empty', ['404'], 'failed'],
    ['gone', ['empty'], 'failed'],
    ['empty', [], 'failed'],
    ['gone', [], 'failed'],
  ])('whose answer is %s, where %j means nothing: %s', async (way, none, result) => {
    expect(await ask({ way, answer: { none } })).toMatchObject({ result, findings: [] });
  });

  test('says in its findings what of the answer could not be read, and what was not compared', async () => {
    const { findings } = await ask({ way: 'mixed' });
    expect(findings).toHaveLength(2);
    expect(findings.at(-1)?.reasons.at(-1)).toBe('1 of 3 records in the answer could not be read');
    const many = await ask({ way: 'many' });
    expect(many.findings).toHaveLength(20);
    expect(many.findings.at(-1)?.reasons.at(-1)).toContain(
      'more records share what this is known by than were compared',
    );
  });
});

describe('what goes out', () => {
  async function sent(setting: Partial<Setting>, question: Question) {
    let answer: Answer | undefined;
    const requests = await arrivalsOf(async () => {
      answer = await ask({ way: 'ok', ...setting }, question);
    });
    return { answer, requests };
  }
  const hostile = "x&name=y#z/../..?a=b\r\nX-Injected: 1\0\uD83D ü'()*!%00";

  test('has every slot encoded for where it stands, and nothing else in it', async () => {
    const ask = {
      person: { url: `${origin}/ok/{name}/born?name={name}&born={born}` },
    };
    const { requests, answer } = await sent({ change: { ask } }, about({ kind: 'person', name: hostile }));
    expect(answer?.result).toBe('found');
    expect(requests).toHaveLength(1);
    const [request] = requests;
    const [path = '', query = ''] = request?.path.split('?') ?? [];
    expect(path.split('/')).toHaveLength(4);
    expect(decodeURIComponent(path.split('/')[2] ?? '')).toBe(
      hostile.replace('\0', '\uFFFD').replace('\uD83D', '\uFFFD'),
    );
    expect(request?.path).not.toMatch(/[\r\n'()*! ]/);
    expect([...new URLSearchParams(query).keys()]).toEqual(['name', 'born']);
    expect(request?.headers).not.toHaveProperty('x-injected');
  });

  test('has what is asked about in its body as JSON, without what is not known', async () => {
    const body = { who: { name: '{name}', born: '{born}' }, text: 'about {name}', limit: 50, at: '{at}' };
    const ask = { person: { method: 'POST', url: `${origin}/ok`, body } };
    const { requests } = await sent({ change: { ask } }, about({ kind: 'person', name: '"}], "x": [{"' }));
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({
      who: { name: '"}], "x": [{"' },
      text: 'about "}], "x": [{"',
      limit: 50,
      at: '2026-02-03T12:00:00Z',
    });
    expect(requests[0]?.headers).toMatchObject({ 'content-type': 'application/json', 'accept-encoding': 'identity' });
  });

  test('has its secrets from outside the configuration', async () => {
    const headers = { Authorization: { secret: 'OTHER_TOKEN', prefix: 'Bearer ' }, 'X-Force': 'north' };
    const { requests } = await sent({ change: { headers }, secrets: { OTHER_TOKEN: 'hush' } }, about());
    expect(requests[0]?.headers).toMatchObject({ authorization: 'Bearer hush', 'x-force': 'north' });
    expect(() => sourceOf({ way: 'ok', change: { headers } })).toThrow(
      'Source other: the header Authorization needs the secret OTHER_TOKEN, which is not set.',
    );
    expect(() => sourceOf({ way: 'ok', change: { headers }, secrets: { OTHER_TOKEN: 'a\r\nX: 1' } })).toThrow(
      'no value of a header',
    );
  });

  test.each([
    [{ kind: 'person', name: '..' }, 'what is asked about would lead to another address'],
    [{ kind: 'person', name: ' ' }, 'it cannot be asked without name'],
    [{ kind: 'person', name: 'ü'.repeat(2_000) }, 'what is asked about is too long for an address'],
    [{ kind: 'vehicle', mark: 'AB12 CDE' }, 'it takes no questions about a vehicle'],
  ] as const)('is nothing, where %j cannot be asked', async (identity, reason) => {
    const ask = { person: { url: `${origin}/ok/{name}` } };
    const { requests, answer } = await sent({ change: { ask } }, about(identity));
    expect(answer).toMatchObject({ result: 'failed', findings: [], reason });
    expect(requests).toEqual([]);
  });
});

describe('a source that is wrong or hostile has failed, and says why without a word of whom it was about:', () => {
  test.each([
    ['malformed', 'its answer is not JSON'],
    ['latin', 'its answer is not JSON'],
    ['shape', 'its answer has no list at /results'],
    ['types', 'none of its 4 records could be read: id: expected an id; found nothing'],
    ['proto', 'none of its 1 records could be read: when: expected a time written as iso; found nothing'],
    ['html', 'its answer is not JSON by its own account'],
    ['denied', 'it answers with 403'],
    ['error', 'it answers with 500'],
    ['huge', 'its answer has more than 1048576 bytes'],
    ['endless', 'its answer has more than 1048576 bytes'],
    ['packed', 'its answer is packed, which was not asked for'],
    ['redirect', 'it sends elsewhere (302), which is never followed'],
    ['metadata', 'it sends elsewhere (307), which is never followed'],
    ['headers', 'it does not speak HTTP (HPE_'],
    ['garbage', 'it does not speak HTTP (HPE_'],
  ])('%s', async (way, reason) => {
    let answer: Answer | undefined;
    const requests = await arrivalsOf(async () => {
      answer = await ask({ way });
    });
    expect(answer).toMatchObject({ result: 'failed', findings: [] });
    expect(answer?.reason?.startsWith(reason)).toBe(true);
    expect(JSON.stringify(answer)).not.toContain('900123');
    expect(requests.filter(({ path }) => path.startsWith('/trap'))).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('one whose name stands for this machine, unless it is listed', async () => {
    const { port } = new URL(origin);
    const ask = { phone: { url: `https://localhost:${port}/ok?number={number}` } };
    const { source } = sourceOf({ way: 'ok', change: { ask, listed: [] } });
    let answer: Answer | undefined;
    const requests = await arrivalsOf(async () => {
      answer = await source.ask(about(), never);
    });
    expect(answer).toMatchObject({
      result: 'failed',
      reason: 'its name stands for an address that may not be called',
    });
    expect(requests).toEqual([]);
  });
});

describe('a source that is away is unavailable:', () => {
  test('its connection is refused', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const ask = { phone: { url: `http://127.0.0.1:${port}/ok?number={number}` } };
    const answer = await sourceOf({ way: 'ok', change: { ask } }).source.ask(about(), never);
    expect(answer).toMatchObject({ result: 'unavailable', findings: [], reason: 'it is away (ECONNREFUSED)' });
  });

  test.each(['reset', 'short'])('its connection breaks in the middle of the answer (%s)', async (way) => {
    expect(await ask({ way })).toMatchObject({ result: 'unavailable', reason: 'its connection broke ECONNRESET' });
  });
});

describe('a source that is slow', () => {
  test.each(['slow', 'drip'])('(%s) has timed out once its time is up, with all its attempts', async (way) => {
    const clock = manualClock(start);
    clock.skipUpTo(timeoutMs - 1);
    const { source } = sourceOf({ way, clock, change: { limits: { attempts: 2 } } });
    const first = nextArrival();
    const asked = source.ask(about(), never);
    await first;
    const second = nextArrival();
    clock.pass(timeoutMs);
    await second;
    clock.pass(timeoutMs);
    expect(await asked).toMatchObject({ result: 'timed-out', findings: [], reason: 'it took too long' });
    expect((await asked).tookMs).toBe(2 * timeoutMs + 150);
  });

  test('is left at once when nobody waits for it any longer', async () => {
    const leaving = new AbortController();
    const { source } = sourceOf({ way: 'slow' });
    const first = nextArrival();
    const asked = source.ask(about(), leaving.signal);
    await first;
    leaving.abort();
    expect(await asked).toMatchObject({ result: 'timed-out', findings: [] });
  });
});

describe('asking again', () => {
  test('happens a few times, each a little later, for what may go well in a moment', async () => {
    const { source, clock } = sourceOf({ way: 'flaky/1' });
    expect((await source.ask(about(), never)).result).toBe('found');
    expect(clock.armed.filter((ms) => ms < timeoutMs)).toEqual([150, 300]);
  });

  test('ends with the number of attempts', async () => {
    const requests = await arrivalsOf(async () => {
      expect(await ask({ way: 'broken/1' })).toMatchObject({ result: 'unavailable', reason: 'it answers with 503' });
    });
    expect(requests).toHaveLength(3);
  });

  test('waits as long as the source says, and not at all where that is beyond the time there is', async () => {
    const { source, clock } = sourceOf({ way: 'limited' });
    expect((await source.ask(about(), never)).result).toBe('unavailable');
    expect(clock.armed.filter((ms) => ms < timeoutMs)).toEqual([1_000, 1_000]);
    const short = sourceOf({ way: 'limited', change: { limits: { total: '1 s' } } });
    short.clock.skipUpTo(-1);
    const requests = await arrivalsOf(async () => {
      expect((await short.source.ask(about(), never)).result).toBe('unavailable');
    });
    expect(requests).toHaveLength(1);
  });

  test('never happens with what might do something twice', async () => {
    const ask = { phone: { method: 'POST', url: `${origin}/flaky/2`, body: { number: '{number}' } } };
    const single = sourceOf({ way: '', change: { ask } });
    const first = await arrivalsOf(async () => {
      expect((await single.source.ask(about(), never)).result).toBe('unavailable');
    });
    expect(first).toHaveLength(1);
    const repeated = sourceOf({ way: '', change: { ask, repeatable: true } });
    const more = await arrivalsOf(async () => {
      expect((await repeated.source.ask(about(), never)).result).toBe('found');
    });
    expect(more).toHaveLength(2);
  });

  test('never happens after an answer that was wrong', async () => {
    const requests = await arrivalsOf(async () => {
      await ask({ way: 'malformed' });
      await ask({ way: 'denied' });
    });
    expect(requests).toHaveLength(2);
  });
});

describe('the breaker', () => {
  const limits = { attempts: 1, misses: 2, pause: '10 s' };

  test('opens after so many misses in a row, lets one through after a pause, and closes with its answer', async () => {
    const { source, clock } = sourceOf({ way: 'broken/2', change: { limits } });
    const results: string[] = [];
    const asked = async (): Promise<void> => void results.push((await source.ask(about(), never)).reason ?? 'found');
    const atFirst = await arrivalsOf(async () => {
      await asked();
      await asked();
      await asked();
      clock.pass(9_999);
      await asked();
    });
    expect(atFirst).toHaveLength(2);
    clock.pass(1);
    expect(await arrivalsOf(asked)).toHaveLength(1);
    clock.pass(10_000);
    expect(await arrivalsOf(asked)).toHaveLength(0);
    clock.pass(10_000);
    await asked();
    await asked();
    const open = 'it missed too many questions in a row';
    expect(results).toEqual([
      ...['it answers with 503', 'it answers with 503', open, open],
      ...['it answers with 503', open, 'found', 'found'],
    ]);
  });

  test('lets one question through at a time while it tries', async () => {
    const { source, clock } = sourceOf({ way: 'slow', change: { limits: { ...limits, misses: 1 } } });
    const first = nextArrival();
    const missing = source.ask(about(), never);
    await first;
    clock.pass(timeoutMs);
    expect((await missing).result).toBe('timed-out');
    clock.pass(10_000);
    const second = nextArrival();
    const trial = source.ask(about(), never);
    await second;
    expect(await source.ask(about(), never)).toMatchObject({ result: 'unavailable' });
    clock.pass(timeoutMs);
    expect((await trial).result).toBe('timed-out');
  });

  test('is not moved by a question that cannot be asked', async () => {
    const { source } = sourceOf({ way: 'ok', change: { limits: { ...limits, misses: 1 } } });
    await source.ask(about({ kind: 'vehicle', mark: 'AB12 CDE' }), never);
    expect((await source.ask(about(), never)).result).toBe('found');
  });
});

describe('a configuration', () => {
  test.each([
    [{ ask: {} }, 'ask: At least one of person, place, phone, vehicle and account is asked about.'],
    [
      { ask: { phone: { url: 'https://records.example/{name}' } } },
      'ask.phone: A question about a phone has no {name}',
    ],
    [{ ask: { phone: { url: 'https://{number}.example/' } } }, 'ask.phone.url: '],
    [{ ask: { phone: { url: 'http://records.example/' } } }, 'ask.phone.url: expected https; found http'],
    [{ ask: { phone: { url: 'https://10.1.2.3/' } } }, 'ask.phone.url: expected an address of the open Internet'],
    [{ ask: { phone: { url: 'https://a:b@records.example/' } } }, 'ask.phone.url: expected an address without a name'],
    [{ ask: { phone: { url: 'not an address' } } }, 'ask.phone.url: expected an address such as'],
    [{ ask: { phone: { url: 'https://records.example/', body: {} } } }, 'ask.phone.body: A question that has a body'],
    [{ headers: { 'X-A': 'a\r\nX-B: c' } }, 'headers.X-A: '],
  ])('%j is refused', (change, problem) => {
    const read = httpSourceConfig.safeParse(configOf({ way: 'ok', change: { listed: [], ...change } }));
    const found = read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    expect(found.some((one) => one.startsWith(problem))).toBe(true);
  });
});
