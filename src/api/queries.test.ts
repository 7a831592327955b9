import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import type { TestDatabase } from '../../test/database.ts';
import { testDatabase } from '../../test/database.ts';
import type { Client, LiveApi } from '../../test/live-api.ts';
import { liveApi } from '../../test/live-api.ts';
import { query } from '../../test/query.ts';
import { rebuilding } from '../room/snapshot.ts';
import {
  boardAnswer,
  contactAnswer,
  dutiesAnswer,
  eventsAnswer,
  historyAnswer,
  incidentAnswer,
  queueAnswer,
  roomAnswer,
  roomsAnswer,
  searchAnswer,
  subjectAnswer,
  unitsAnswer,
} from './answers.ts';

let database: TestDatabase;
let api: LiveApi;
let handler: Client;

beforeAll(async () => {
  database = await testDatabase();
  api = await liveApi(database);
  handler = await api.as('handler-1');
  await api.send('telephony', 'PresentContact', { contact: 'c1', channel: '999' });
  await handler.does('AnswerContact', { contact: 'c1' });
  await handler.does('Mention', {
    subject: 'ann',
    identity: { kind: 'person', name: 'Ann Reed', born: '1984-03-07' },
    contact: 'c1',
    role: 'caller',
  });
  await handler.does('RecordStatement', { contact: 'c1', words: 'he has a knife and says he will kill me' });
  await handler.does('OpenIncident', { incident: 'i1', contact: 'c1', kinds: ['domestic'], summary: 'threats' });
  await handler.does('OpenIncident', { incident: 'i2', summary: 'a bicycle' });
  await handler.does('SetGrade', { incident: 'i2', grade: 'scheduled', reason: 'no urgency' });
  await api.send('heed', 'EnrolUnit', { unit: 'unit-1', skills: [], status: 'available' });
  await api.engine.idle();
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

const at = (path: string): string => `/rooms/${api.room}${path}`;

describe('an answer', () => {
  test.each<[string, string, z.ZodType]>([
    ['the rooms', '/rooms', roomsAnswer],
    ['the room', '', roomAnswer],
    ['the queue', '/queue', queueAnswer],
    ['the duties', '/duties?armed=true', dutiesAnswer],
    ['the units', '/units', unitsAnswer],
    ['the board', '/board', boardAnswer],
    ['an incident', '/incidents/i1', incidentAnswer],
    ['a contact', '/contacts/c1', contactAnswer],
    ['a subject', '/subjects/ann', subjectAnswer],
    ['the past of a subject', '/subjects/ann/history', historyAnswer],
    ['a search', '/search?q=reed', searchAnswer],
    ['a page of events', '/events?limit=500', eventsAnswer],
  ])('with %s is as it is published', async (_what, path, schema) => {
    const asked = await handler.get(path === '/rooms' ? path : at(path));
    expect(asked.status).toBe(200);
    expect(schema.safeParse(asked.json).error).toBeUndefined();
  });

  test('has its instants in ISO 8601 with Z, and no number that is one', async () => {
    const asked = await handler.get(at('/incidents/i1'));
    expect(asked.json['openedAt']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    const numbers = [...asked.text.matchAll(/:(\d{12,})/g)].map((one) => one[1]);
    expect(numbers).toEqual([]);
  });

  test('is never kept by anybody on the way', async () => {
    const asked = await handler.get(at('/queue'));
    expect(asked.headers.get('cache-control')).toBe('no-store');
    expect(asked.headers.get('heed-room-state')).toBe('writing');
  });
});

test('the queue has what is at risk first, and the incident says what stands between it and its end', async () => {
  const queue = queueAnswer.parse((await handler.get(at('/queue'))).json);
  expect(queue.incidents.map((row) => row.incident)).toEqual(['i1', 'i2']);
  expect(queue.incidents[0]).toMatchObject({ band: 'emergency', isLifeAtRisk: true });
  const page = incidentAnswer.parse((await handler.get(at('/incidents/i1'))).json);
  expect(page.duties.length).toBe(queueDuties(page.duties));
  expect(page.duties.map((duty) => duty.safeguard)).toContain('unresourced');
});

function queueDuties(duties: readonly { readonly incident: string | null; readonly about: string }[]): number {
  return duties.filter((duty) => duty.incident === 'i1' || duty.about === 'contact:c1').length;
}

test('duties are mine, or a role’s', async () => {
  const mine = dutiesAnswer.parse((await handler.get(at('/duties?mine=true&armed=true'))).json);
  expect(mine.duties.length).toBeGreaterThan(0);
  expect(mine.duties.every((duty) => duty.answers.includes('handler-1') || duty.climbedTo.length > 0)).toBe(true);
  const constables = dutiesAnswer.parse((await handler.get(at('/duties?role=constable'))).json);
  expect(constables.duties).toEqual([]);
});

test.each([
  ['/incidents/none', 404],
  ['/contacts/none', 404],
  ['/subjects/none', 404],
  ['/subjects/none/history', 404],
  ['/incidents/NOT%20AN%20ID', 422],
  ['/search?q=x', 422],
  ['/search', 422],
  ['/events?after=-1', 422],
  ['/events?after=1e3', 422],
  ['/events?limit=501', 422],
  ['/events?limit=0', 422],
  ['/duties?mine=yes', 422],
  ['/queue?no=such', 422],
  ['/queue?purpose=a&purpose=b', 422],
  ['/nothing', 404],
  ['/incidents/%', 400],
])('%s is answered %i', async (path, status) => {
  const asked = await handler.get(at(path));
  expect(asked.status).toBe(status);
  expect(asked.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
});

test('every look is in the access log before it is answered, with what was looked at and up to where', async () => {
  await handler.get(at('/incidents/i1?purpose=reviewing%20the%20call'));
  await handler.get(at('/search?q=reed'));
  await handler.get(at('/incidents/none'));
  const rows = await query(
    database.ownerUrl,
    `select e.type, e.actor, e.scope, e.incident, e.header::json -> 'ids' ->> 'view' as view, b.body
      from heed.access_event e join heed.access_body b using (room, seq) order by e.seq desc limit 3`,
  );
  expect(rows).toMatchObject([
    { type: 'Denied', actor: 'staff:handler-1', scope: 'incident:none', view: 'incident' },
    {
      type: 'Read',
      actor: 'staff:handler-1',
      view: 'search',
      body: expect.stringContaining('"query":"reed"') as string,
    },
    {
      type: 'Read',
      scope: 'incident:i1',
      incident: 'i1',
      view: 'incident',
      body: expect.stringContaining('"purpose":"reviewing the call"') as string,
    },
  ]);
});

test('whoever is off duty reads nothing but who they are', async () => {
  await api.send('world', 'EnrolStaff', { staff: 'absent-1', role: 'handler' });
  const absent = await api.as('absent-1');
  for (const path of [
    '/queue',
    '/incidents/i1',
    '/duties',
    '/units',
    '/board',
    '/search?q=reed',
    '/events',
    '/visible',
  ])
    expect((await absent.get(at(path))).json['code']).toBe('forbidden');
  const own = await absent.get(at(''));
  expect(own.json['you']).toMatchObject({ id: 'absent-1', state: 'off', authorities: [] });
});

test('the events are those of the log, page by page', async () => {
  const all: unknown[] = [];
  let after = 0;
  for (let pages = 0; pages < 100; pages += 1) {
    const page = eventsAnswer.parse((await handler.get(at(`/events?after=${after}&limit=7`))).json);
    if (page.events.length === 0) break;
    all.push(...page.events);
    after = page.next;
  }
  const log = await api.journal.read(api.room, 0, 10_000);
  expect(all).toEqual(JSON.parse(JSON.stringify(log.slice(0, all.length))));
  expect(all.length).toBe(api.engine.head().seq);
});

test('the visible room, put together again from its slices, is the room', async () => {
  const asked = await handler.get(at('/visible'));
  const rebuilt = rebuilding();
  const lines = asked.text.trimEnd().split('\n');
  for (const one of lines) rebuilt.add(JSON.parse(one) as { part: string; text: string });
  const room = rebuilt.room();
  expect(room?.seq).toBe(Number(asked.headers.get('heed-seq')));
  expect(JSON.parse(JSON.stringify(room))).toEqual(JSON.parse(JSON.stringify(api.engine.room())));
});
