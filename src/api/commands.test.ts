import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestDatabase } from '../../test/database.ts';
import { testDatabase } from '../../test/database.ts';
import type { Client, LiveApi } from '../../test/live-api.ts';
import { liveApi } from '../../test/live-api.ts';
import { commandSchemas } from '../room/vocabulary.ts';
import { exampleOf } from './example.ts';

let database: TestDatabase;
let api: LiveApi;
let handler: Client;
let fim: Client;

beforeAll(async () => {
  database = await testDatabase();
  api = await liveApi(database);
  handler = await api.as('handler-1');
  fim = await api.as('fim-1');
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

async function opened(incident: string, kinds: readonly string[] = []): Promise<void> {
  const asked = await handler.does('OpenIncident', { incident, kinds, summary: 'somebody is at the door' });
  expect(asked.status).toBe(200);
}

describe('a command', () => {
  test('is done in the name of whoever is signed in, and says up to where the log was written', async () => {
    await opened('done-1');
    const asked = await handler.does('AddEntry', { incident: 'done-1', text: 'a second line' });
    expect(asked.json).toMatchObject({ outcome: 'done', repeated: false });
    expect(asked.json['seq']).toBe(api.engine.head().seq);
    expect(api.engine.room().incidents.get('done-1')?.log.last()).toMatchObject({ by: 'handler-1' });
  });

  test('sent again is the same command', async () => {
    const body = { id: 'again-1', data: { incident: 'again-1', kinds: [], summary: 'twice' } };
    const [first, second] = [
      await handler.post(`/rooms/${api.room}/commands/OpenIncident`, body),
      await handler.post(`/rooms/${api.room}/commands/OpenIncident`, body),
    ];
    expect(first.json).toMatchObject({ outcome: 'done', repeated: false });
    expect(second.json).toEqual({ ...first.json, repeated: true });
  });

  test('of an id that was used for something else is a conflict', async () => {
    const path = `/rooms/${api.room}/commands/OpenIncident`;
    await handler.post(path, { id: 'other-1', data: { incident: 'other-1', summary: 'one' } });
    const asked = await handler.post(path, { id: 'other-1', data: { incident: 'other-1', summary: 'another' } });
    expect(asked.status).toBe(409);
    expect(asked.json).toMatchObject({ code: 'id-conflict', status: 409 });
    expect(asked.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  });

  test('that the room cannot carry out is refused with its reasons', async () => {
    const asked = await handler.does('AddEntry', { incident: 'nowhere', text: 'lost' });
    expect(asked.status).toBe(409);
    expect(asked.json).toMatchObject({
      code: 'command-refused',
      reasons: [{ code: 'incident-unknown' }],
      gates: [],
      repeated: false,
    });
  });

  test('that safeguards refuse says why in words, what would satisfy them, and who may go past them', async () => {
    await opened('gated-1', ['domestic']);
    const asked = await fim.does('CloseIncident', { incident: 'gated-1', code: 'advice', reason: 'advised' });
    expect(asked.status).toBe(409);
    const gates = asked.json['gates'] as readonly {
      why: { says: string };
      asks: readonly unknown[];
      safeguard: string;
    }[];
    expect(gates.length).toBeGreaterThan(0);
    expect(gates.every(({ why }) => /^[A-Z].*[.?]$/.test(why.says) && !why.says.includes('{'))).toBe(true);
    expect(asked.json['override']).toEqual({
      you: true,
      roles: ['fim', 'on-call'],
      staff: ['fim-1', 'on-call-superintendent'],
    });
    const past = await fim.does(
      'CloseIncident',
      { incident: 'gated-1', code: 'advice', reason: 'advised' },
      { override: 'seen safe by another force' },
    );
    expect(past.json).toMatchObject({ outcome: 'done' });
  });

  test('takes the instant at which it happened with Z or an offset, and no other', async () => {
    await opened('times-1');
    const data = { incident: 'times-1', text: 'earlier' };
    const at = new Date(Date.now() - 60_000).toISOString();
    expect((await handler.does('AddEntry', data, { at })).status).toBe(200);
    expect(api.engine.room().incidents.get('times-1')?.log.last()?.at).toBe(Date.parse(at));
    expect((await handler.does('AddEntry', data, { at: '2026-02-03T21:04:30+01:00' })).status).toBe(200);
    for (const wrong of ['2026-02-03 21:04', '2026-02-03T21:04:30', 'now', 1_770_152_670_000, '']) {
      const asked = await handler.does('AddEntry', data, { at: wrong });
      expect(asked.status).toBe(422);
      expect(asked.json['faults']).toMatchObject([{ field: 'at' }]);
    }
  });

  test.each([
    ['an actor of its own choosing', { actor: { kind: 'staff', id: 'fim-1' } }, 'actor'],
    ['no data', { data: undefined }, 'data'],
    ['an id with a line break', { id: 'a\nb' }, 'id'],
    ['an override that says nothing', { override: '' }, 'override'],
  ])('with %s is refused and names the field', async (_what, more, field) => {
    const asked = await handler.does('AddEntry', { incident: 'done-1', text: 'x' }, more);
    expect(asked.status).toBe(422);
    expect(asked.json['faults']).toMatchObject([{ field }]);
    expect(String(asked.json['detail'])).toContain('expected');
  });

  test('names every field that does not fit, with what was expected and found', async () => {
    const asked = await handler.does('OpenIncident', { incident: 'NO', kinds: ['domestik'], extra: 1 });
    expect(asked.json['faults']).toEqual([
      { field: 'data.incident', says: expect.stringContaining('found "NO"') as string },
      { field: 'data.kinds[0]', says: expect.stringContaining('did you mean "domestic"?') as string },
      { field: 'data.summary', says: expect.stringContaining('the field is missing') as string },
      { field: 'data.extra', says: expect.stringContaining('expected one of the fields') as string },
    ]);
  });

  test('is told what JSON it wants, and nothing of files that are written by hand', async () => {
    const asked = await handler.does('OpenIncident', 'text');
    expect(asked.json['faults']).toEqual([{ field: 'data', says: 'expected a group of fields; found "text"' }]);
    const listed = await handler.does('OpenIncident', { incident: 'a', summary: null, kinds: 'theft' });
    expect(listed.json['faults']).toEqual([
      { field: 'data.kinds', says: 'expected a list; found "theft"' },
      { field: 'data.summary', says: 'expected text; found nothing' },
    ]);
  });

  test.each([
    ['{', 400, 'malformed-json'],
    ['', 400, 'malformed-json'],
    ['{"id":"a","__proto__":{"x":1},"data":{}}', 400, 'malformed-json'],
    ['[]', 422, 'invalid-input'],
    ['null', 422, 'invalid-input'],
    ['"text"', 422, 'invalid-input'],
    [`{"id":"deep","data":${'['.repeat(200)}${']'.repeat(200)}}`, 422, 'invalid-input'],
    [`{"id":"wide","data":[${'0,'.repeat(30_000)}0]}`, 422, 'invalid-input'],
    [`{"id":"long","data":"${'x'.repeat(600_000)}"}`, 413, 'body-too-large'],
  ])('that is %.20s is answered with its own code', async (body, status, code) => {
    const asked = await handler.post(`/rooms/${api.room}/commands/AddEntry`, body);
    expect(asked.status).toBe(status);
    expect(asked.json['code']).toBe(code);
  });

  test('comes as JSON and as nothing else', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'multipart/form-data']) {
      const asked = await handler.post(`/rooms/${api.room}/commands/AddEntry`, '{}', { 'content-type': type });
      expect(asked.json['code']).toBe('media-type-not-taken');
    }
  });

  test('of machines is nobody’s to give, and the engine’s own are not there', async () => {
    const asked = await handler.does('ReportSource', { source: 'history', state: 'down' });
    expect(asked.json['reasons']).toMatchObject([{ code: 'machines-only' }]);
    for (const type of ['PassTime', 'Recall', 'ArchiveIncident', 'ArchiveContact', 'NoSuchThing']) {
      expect((await handler.does(type, {})).json['code']).toBe('not-found');
    }
    expect((await handler.does('SetGrad', {})).json['detail']).toContain('Did you mean SetGrade?');
    expect((await handler.get(`/rooms/${api.room}/commands/SetGrade`)).headers.get('allow')).toBe('POST');
  });
});

test('every command of the room is offered, and its published example is one that the room understands', async () => {
  const offered = [...commandSchemas.keys()].filter(
    (type) => !['Recall', 'ArchiveIncident', 'ArchiveContact'].includes(type),
  );
  const asked = await Promise.all(
    offered.map(async (type) => {
      const schema = commandSchemas.get(type);
      if (schema === undefined || type === 'AdoptPolicy') return `${type} 200`;
      return `${type} ${(await fim.does(type, exampleOf(schema))).status}`;
    }),
  );
  expect(asked.filter((one) => !/ (?:200|409)$/.test(one))).toEqual([]);
});

test('500 nasty texts come back as they were sent', async () => {
  await opened('nasty-1');
  const nasty = nastyTexts(500);
  for (let from = 0; from < nasty.length; from += 50) {
    const some = nasty.slice(from, from + 50);
    const asked = await Promise.all(some.map(async (text) => handler.does('AddEntry', { incident: 'nasty-1', text })));
    expect(asked.map(({ status }) => status)).toEqual(some.map(() => 200));
  }
  expect((await handler.does('OpenIncident', { incident: 'nasty-2', summary: nasty[5] })).status).toBe(200);
  const page = await handler.get(`/rooms/${api.room}/incidents/nasty-1`);
  const log = page.json['log'] as readonly { text: string }[];
  expect(log.slice(1).map((entry) => entry.text)).toEqual(expect.arrayContaining([...nasty]));
  expect(log).toHaveLength(nasty.length + 1);
  expect(api.said()).not.toContain(nasty[0]);
});

const seeds = [
  "'; drop table heed.event; --",
  '<script>alert(1)</script>',
  '${jndi:ldap://x/a}',
  '../../etc/passwd',
  'line one\r\nset-cookie: a=b',
  '\u0000 in the middle \u0000',
  '\ud800 alone',
  '\u202e right to left',
  '👩‍👩‍👧‍👦 family',
  'zalgo z̴̢̛a̵l̶g̷o̸',
  '{{constructor}}',
  '%s%n%x',
  '\\u0000 \\" \\',
  '=cmd|/c calc',
  'data: {"seq":1}\n\nid: 7',
  ' \t \u00a0 \u2028 \u2029 ',
  'ﷺ',
  'İstanbul ı ß ſ',
  '__proto__',
  'null',
];

function nastyTexts(count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, place) => `${seeds[place % seeds.length] ?? ''}${'~'.repeat(place % 7)} ${place}`,
  );
}
