import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { about, answerOf, never, otherSystem, sourceOf } from '../../test/other-system.ts';
import type { OtherSystem, Setting } from '../../test/other-system.ts';
import { finding } from '../room/check.ts';
import type { Answer, Question } from './source.ts';

let system: OtherSystem;
beforeAll(async () => {
  system = await otherSystem();
});
afterAll(async () => system.stop());

async function ask(setting: Setting, question = about()): Promise<Answer> {
  return answerOf(system.origin, setting, question);
}

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

  test('that holds nothing of a kind has no trace of it, and is not asked', async () => {
    const change = { ask: { phone: { url: `${system.origin}/ok?number={number}` }, vehicle: 'none' } };
    const requests = await system.arrivalsOf(async () => {
      expect(await ask({ way: 'ok', change }, about({ kind: 'vehicle', mark: 'AB12 CDE' }))).toMatchObject({
        result: 'no-trace',
        findings: [],
      });
    });
    expect(requests).toEqual([]);
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

/** The answer to a question, and the requests that it made. */
async function sent(setting: Partial<Setting>, question: Question) {
  let answer: Answer | undefined;
  const requests = await system.arrivalsOf(async () => {
    answer = await ask({ way: 'ok', ...setting }, question);
  });
  return { answer, requests };
}

describe('what goes out', () => {
  const hostile = "x&name=y#z/../..?a=b\r\nX-Injected: 1\0\uD83D ü'()*!%00";

  test('has every slot encoded for where it stands, and nothing else in it', async () => {
    const ask = {
      person: { url: `${system.origin}/ok/{name}/born?name={name}&born={born}` },
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
    const ask = { person: { method: 'POST', url: `${system.origin}/ok`, body } };
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
    expect(() => sourceOf(system.origin, { way: 'ok', change: { headers } })).toThrow(
      'Source other: the header Authorization needs the secret OTHER_TOKEN, which is not set.',
    );
    expect(() =>
      sourceOf(system.origin, { way: 'ok', change: { headers }, secrets: { OTHER_TOKEN: 'a\r\nX: 1' } }),
    ).toThrow('no value of a header');
  });

  test.each([
    [{ kind: 'person', name: '..' }, 'what is asked about would lead to another address'],
    [{ kind: 'person', name: ' ' }, 'it cannot be asked without name'],
    [{ kind: 'person', name: 'ü'.repeat(2_000) }, 'what is asked about is too long for an address'],
    [{ kind: 'vehicle', mark: 'AB12 CDE' }, 'it takes no questions about a vehicle'],
  ] as const)('is nothing, where %j cannot be asked', async (identity, reason) => {
    const ask = { person: { url: `${system.origin}/ok/{name}` } };
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
    const requests = await system.arrivalsOf(async () => {
      answer = await ask({ way });
    });
    expect(answer).toMatchObject({ result: 'failed', findings: [] });
    expect(answer?.reason?.startsWith(reason)).toBe(true);
    expect(JSON.stringify(answer)).not.toContain('900123');
    expect(requests.filter(({ path }) => path.startsWith('/trap'))).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('one whose name stands for this machine, unless it is listed', async () => {
    const { port } = new URL(system.origin);
    const ask = { phone: { url: `https://localhost:${port}/ok?number={number}` } };
    const { source } = sourceOf(system.origin, { way: 'ok', change: { ask, listed: [] } });
    let answer: Answer | undefined;
    const requests = await system.arrivalsOf(async () => {
      answer = await source.ask(about(), never);
    });
    expect(answer).toMatchObject({
      result: 'failed',
      reason: 'its name stands for an address that may not be called',
    });
    expect(requests).toEqual([]);
  });
});
