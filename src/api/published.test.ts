import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestDatabase } from '../../test/database.ts';
import { testDatabase } from '../../test/database.ts';
import type { LiveApi } from '../../test/live-api.ts';
import { liveApi } from '../../test/live-api.ts';
import { commandSchemas } from '../room/vocabulary.ts';
import { problemCodes, problems } from './problems.ts';

let database: TestDatabase;
let api: LiveApi;
let published: Published;

interface Operation {
  readonly operationId: string;
  readonly security: readonly unknown[];
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: unknown; readonly example?: unknown }>>;
  };
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}
interface Published {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

beforeAll(async () => {
  database = await testDatabase();
  api = await liveApi(database);
  published = (await api.stranger.get('/openapi.json')).json as unknown as Published;
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

function operations(): readonly { readonly path: string; readonly method: string; readonly one: Operation }[] {
  return Object.entries(published.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ path, method, one })),
  );
}

/** Paths of one thing, which is not there where its name is `none`. */
const isOfOne = /\}(?:\/history)?$/;

describe('the OpenAPI document', () => {
  test('is of version 3.1 and names every command of the room', () => {
    expect(published.openapi).toBe('3.1.0');
    const commands = operations()
      .filter(({ path }) => path.includes('/commands/'))
      .map(({ path }) => path.split('/').at(-1));
    expect(commands).toEqual(
      [...commandSchemas.keys()].filter((type) => !['Recall', 'ArchiveIncident', 'ArchiveContact'].includes(type)),
    );
  });

  test('gives every operation an id of its own, its parameters, its security and its problems', () => {
    const ids = operations().map(({ one }) => one.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, one } of operations()) {
      const inPath = (one.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
      expect(Array.isArray(one.security)).toBe(true);
      expect(Object.keys(one.responses)).toContain('500');
    }
  });

  test('lets nobody in without saying how, but where anybody may ask', () => {
    const open = operations().filter(({ one }) => one.security.length === 0);
    expect(open.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual([
      'get /docs',
      'get /health',
      'get /openapi.json',
      'get /ready',
      'get /rooms',
      'get /rooms/{room}/people',
      'post /rooms/{room}/sign-in',
    ]);
  });

  test('refers to nothing that is not in it', () => {
    const text = JSON.stringify(published);
    const references = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]));
    expect([...references]).toEqual(['#/components/schemas/Problem']);
    expect(text).not.toContain('$defs');
  });

  test('is what the server does: every route that it names is there', async () => {
    const handler = await api.as('handler-1');
    for (const { path, method } of operations().filter((one) => one.method === 'get' && !one.path.endsWith('stream'))) {
      const asked = await handler.get(path.replace('{room}', api.room).replaceAll(/\{\w+\}/g, 'none'));
      expect(`${method} ${path} ${asked.json['code'] === 'not-found' && !isOfOne.test(path)}`).toBe(
        `${method} ${path} false`,
      );
    }
  });

  test('is not asked for again while it stays the same', async () => {
    const first = await api.stranger.get('/openapi.json');
    expect(first.headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/);
    const again = await api.stranger.get('/openapi.json', { 'if-none-match': first.headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
    expect(again.text).toBe('');
  });
});

describe('the page of it', () => {
  test('shows every operation and every problem, and runs and loads nothing', async () => {
    const { text, headers } = await api.stranger.get('/docs');
    for (const { one } of operations()) expect(text).toContain(`id="${one.operationId}"`);
    for (const code of problemCodes) expect(text).toContain(`id="problem-${code}"`);
    expect(text).not.toMatch(/<script|\son\w+=|https?:\/\/(?!json-schema)/i);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+';/);
    expect(text).toContain('A test');
  });
});

test('the guide names every problem with its status, and none that there is not', () => {
  const guide = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
  const rows = [...guide.matchAll(/^\| `([a-z-]+)` \| (\d{3}) \| (.+) \|$/gm)].map(([, code, status, title]) => ({
    code,
    status,
    title,
  }));
  const listed = problemCodes.map((code) => ({
    code,
    status: String(problems[code].status),
    title: problems[code].title,
  }));
  expect(rows).toEqual(listed);
});
