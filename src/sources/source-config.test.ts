import { describe, expect, test } from 'vitest';
import { httpSourceConfig } from './http-config.ts';
import { sourcesConfig } from './source-config.ts';

const http = {
  id: 'other',
  kind: 'http',
  title: 'Another system',
  ask: { phone: { url: 'https://records.example/numbers/{number}' } },
  answer: {
    record: {
      id: 'id',
      kind: 'incident',
      when: { from: 'at' },
      names: [{ kind: 'phone', number: 'number' }],
      says: '{text}',
    },
  },
};
const snapshot = {
  id: 'crimes',
  kind: 'snapshot',
  title: 'Crime system',
  mapping: 'crimes.yaml',
  'stale-after': '36 h',
};

function problemsOf(sources: readonly unknown[]): readonly string[] {
  const read = sourcesConfig.safeParse(sources);
  return read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('the configuration of a source over HTTP', () => {
  test('needs no more than how it is asked and how its answers are read', () => {
    expect(httpSourceConfig.parse(http)).toMatchObject({
      repeatable: false,
      answer: { none: [], trust: 'weak' },
      limits: { timeout: 3_000, total: 10_000, attempts: 3, bytes: 1_048_576, misses: 5, pause: 10_000 },
    });
  });

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
    expect(problemsOf([{ ...http, ...change }]).some((one) => one.startsWith(`0.${problem}`))).toBe(true);
  });
});

describe('a list of sources', () => {
  test('holds each under an id of its own', () => {
    expect(problemsOf([http, snapshot])).toEqual([]);
    expect(problemsOf([http, { ...snapshot, id: 'other' }])).toEqual(['1.id: There is already a source other.']);
    expect(problemsOf([{ ...snapshot, id: 'own-history' }])).toEqual([
      '0.id: own-history is the id of our own history.',
    ]);
  });

  test('says what a field must be', () => {
    const [problem] = problemsOf([{ ...snapshot, 'stale-after': '36' }]);
    expect(problem).toMatch(/^0\.stale-after: expected a duration such as/);
  });
});
