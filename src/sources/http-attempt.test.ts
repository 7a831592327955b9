import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { about, answerOf, attemptMs, never, otherSystem, sourceOf } from '../../test/other-system.ts';
import type { OtherSystem, Setting } from '../../test/other-system.ts';
import type { Answer } from './source.ts';

let system: OtherSystem;
beforeAll(async () => {
  system = await otherSystem();
});
afterAll(async () => system.stop());

async function ask(setting: Setting): Promise<Answer> {
  return answerOf(system.origin, setting);
}

describe('a source that is away is unavailable:', () => {
  test('its connection is refused', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const ask = { phone: { url: `http://127.0.0.1:${port}/ok?number={number}` } };
    const answer = await sourceOf(system.origin, { way: 'ok', change: { ask } }).source.ask(about(), never);
    expect(answer).toMatchObject({ result: 'unavailable', findings: [], reason: 'it is away (ECONNREFUSED)' });
  });

  test.each(['reset', 'short'])('its connection breaks in the middle of the answer (%s)', async (way) => {
    expect(await ask({ way })).toMatchObject({ result: 'unavailable', reason: 'its connection broke ECONNRESET' });
  });
});

describe('a source that is slow', () => {
  test.each(['slow', 'drip'])('(%s) has timed out once its time is up, with all its attempts', async (way) => {
    const { source, clock } = sourceOf(system.origin, { way, change: { limits: { attempts: 2 } } });
    const first = system.nextArrival();
    const asked = source.ask(about(), never);
    await first;
    const second = system.nextArrival();
    clock.pass(attemptMs);
    await second;
    clock.pass(attemptMs);
    expect(await asked).toMatchObject({ result: 'timed-out', findings: [], reason: 'it took too long' });
    expect((await asked).tookMs).toBe(2 * attemptMs + 150);
  });

  test('is left at once when nobody waits for it any longer', async () => {
    const leaving = new AbortController();
    const { source } = sourceOf(system.origin, { way: 'slow' });
    const first = system.nextArrival();
    const asked = source.ask(about(), leaving.signal);
    await first;
    leaving.abort();
    expect(await asked).toMatchObject({ result: 'timed-out', findings: [] });
  });
});

describe('asking again', () => {
  test('happens a few times, each a little later, for what may go well in a moment', async () => {
    const { source, clock } = sourceOf(system.origin, { way: 'flaky/1' });
    expect((await source.ask(about(), never)).result).toBe('found');
    expect(clock.armed.filter((ms) => ms < attemptMs)).toEqual([150, 300]);
  });

  test('ends with the number of attempts', async () => {
    const requests = await system.arrivalsOf(async () => {
      expect(await ask({ way: 'broken/1' })).toMatchObject({ result: 'unavailable', reason: 'it answers with 503' });
    });
    expect(requests).toHaveLength(3);
  });

  test('waits as long as the source says, and not at all where that is beyond the time there is', async () => {
    const { source, clock } = sourceOf(system.origin, { way: 'limited' });
    expect((await source.ask(about(), never)).result).toBe('unavailable');
    expect(clock.armed.filter((ms) => ms < attemptMs)).toEqual([1_000, 1_000]);
    const short = sourceOf(system.origin, { way: 'limited', change: { limits: { total: '1 s' } } });
    short.clock.skipUpTo(-1);
    const requests = await system.arrivalsOf(async () => {
      expect((await short.source.ask(about(), never)).result).toBe('unavailable');
    });
    expect(requests).toHaveLength(1);
  });

  test('never happens with what might do something twice', async () => {
    const ask = { phone: { method: 'POST', url: `${system.origin}/flaky/2`, body: { number: '{number}' } } };
    const single = sourceOf(system.origin, { way: '', change: { ask } });
    const first = await system.arrivalsOf(async () => {
      expect((await single.source.ask(about(), never)).result).toBe('unavailable');
    });
    expect(first).toHaveLength(1);
    const repeated = sourceOf(system.origin, { way: '', change: { ask, repeatable: true } });
    const more = await system.arrivalsOf(async () => {
      expect((await repeated.source.ask(about(), never)).result).toBe('found');
    });
    expect(more).toHaveLength(2);
  });

  test('never happens after an answer that was wrong', async () => {
    const requests = await system.arrivalsOf(async () => {
      await ask({ way: 'malformed' });
      await ask({ way: 'denied' });
    });
    expect(requests).toHaveLength(2);
  });
});

describe('the breaker', () => {
  const limits = { attempts: 1, misses: 2, pause: '10 s' };

  test('opens after so many misses in a row, lets one through after a pause, and closes with its answer', async () => {
    const { source, clock } = sourceOf(system.origin, { way: 'broken/2', change: { limits } });
    const results: string[] = [];
    const asked = async (): Promise<void> => void results.push((await source.ask(about(), never)).reason ?? 'found');
    const atFirst = await system.arrivalsOf(async () => {
      await asked();
      await asked();
      await asked();
      clock.pass(9_999);
      await asked();
    });
    expect(atFirst).toHaveLength(2);
    clock.pass(1);
    expect(await system.arrivalsOf(asked)).toHaveLength(1);
    clock.pass(10_000);
    expect(await system.arrivalsOf(asked)).toHaveLength(0);
    clock.pass(10_000);
    await asked();
    await asked();
    const open = 'it missed too many questions in a row';
    expect(results).toEqual([
      'it answers with 503',
      'it answers with 503',
      open,
      open,
      'it answers with 503',
      open,
      'found',
      'found',
    ]);
  });

  test('lets one question through at a time while it tries', async () => {
    const { source, clock } = sourceOf(system.origin, { way: 'slow', change: { limits: { ...limits, misses: 1 } } });
    const first = system.nextArrival();
    const missing = source.ask(about(), never);
    await first;
    clock.pass(attemptMs);
    expect((await missing).result).toBe('timed-out');
    clock.pass(10_000);
    const second = system.nextArrival();
    const trial = source.ask(about(), never);
    await second;
    expect(await source.ask(about(), never)).toMatchObject({ result: 'unavailable' });
    clock.pass(attemptMs);
    expect((await trial).result).toBe('timed-out');
  });

  test('is not moved by a question that cannot be asked', async () => {
    const { source } = sourceOf(system.origin, { way: 'ok', change: { limits: { ...limits, misses: 1 } } });
    await source.ask(about({ kind: 'vehicle', mark: 'AB12 CDE' }), never);
    expect((await source.ask(about(), never)).result).toBe('found');
  });
});
