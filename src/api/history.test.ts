import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestDatabase } from '../../test/database.ts';
import { testDatabase } from '../../test/database.ts';
import type { Client, LiveApi } from '../../test/live-api.ts';
import { liveApi } from '../../test/live-api.ts';
import type { SubjectHistory } from '../sources/subject-history.ts';

let database: TestDatabase;
let api: LiveApi;
let handler: Client;

const home = { kind: 'place', premises: '8', street: 'Weaver Row', town: 'Ashmere', postcode: 'ZZ3 4LM' };
const him = { kind: 'person', name: 'Alexander Drummond', born: '1986-11-03' };

/** A call of hers about him that comes to an incident, everybody recorded under ids of this call's own. */
async function calls(place: number, her: object, words: string): Promise<void> {
  const contact = `c${place}`;
  await api.send('telephony', 'PresentContact', { contact, channel: '999' });
  await handler.does('AnswerContact', { contact });
  await handler.does('Mention', { subject: `her-${place}`, identity: her, contact, role: 'caller' });
  await handler.does('Mention', { subject: `home-${place}`, identity: home, contact, role: 'scene' });
  await handler.does('Mention', { subject: `him-${place}`, identity: him, contact, role: 'suspect' });
  await handler.does('RecordStatement', { contact, words });
  await handler.does('OpenIncident', { incident: `i${place}`, contact, kinds: ['domestic'], summary: words });
  await api.engine.idle();
}

async function historyOf(client: Client, subject: string): Promise<SubjectHistory> {
  const answer = await client.get(`/rooms/${api.room}/subjects/${subject}/history?purpose=a%20test`);
  expect(answer.status).toBe(200);
  return answer.json as unknown as SubjectHistory;
}

beforeAll(async () => {
  database = await testDatabase();
  api = await liveApi(database);
  handler = await api.as('handler-1');
  await calls(1, { kind: 'person', name: 'Katarzyna Wisniewska', born: '1991-04-17' }, 'He will not stop ringing me');
  await calls(2, { kind: 'person', name: 'Katarzyna Wisniewski', born: '1991-04-17' }, 'He is outside my house');
  await calls(3, { kind: 'person', name: 'Ruth Amble', born: '1959-01-30' }, 'He shouted at me about her');
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

test('what was told of one person under two spellings is one past, with why and with whom', async () => {
  const past = await historyOf(handler, 'her-2');
  expect(past.records.map((one) => one.id).toSorted()).toEqual(['i1', 'i2']);
  expect(past.attributes.filter((one) => one.name === 'name').map((one) => one.value)).toContain(
    'Katarzyna Wisniewska',
  );
  expect(past.ties.flatMap((one) => one.says).join('; ')).toContain('date of birth the same');
  expect(past.course).toMatchObject({ total: 2, spans: [{ span: '24-hours', count: 2 }, {}, {}, {}] });
  expect(past.named.map((one) => one.says)).toContain('Alexander Drummond, born 1986-11-03');
});

test('somebody told apart is no part of it, and is again when that is undone', async () => {
  const same = [{ subject: 'her-2', other: 'her-1' }];
  const link = { link: 'l1', from: 'her-2', to: 'her-1', strength: 'strong', reasons: ['born the same day'], same };
  await handler.does('ProposeLink', link);
  await handler.does('DeclineLink', { link: 'l1', reason: 'Her sister-in-law' });
  expect((await historyOf(handler, 'her-2')).records.map((one) => one.id)).toEqual(['i2']);
  await handler.does('UndoLink', { link: 'l1', reason: 'It was she' });
  const past = await historyOf(handler, 'her-2');
  expect(past.records.map((one) => one.id).toSorted()).toEqual(['i1', 'i2']);
  expect(past.decisions).toMatchObject([{ link: 'l1', verdict: 'declined', undone: { reason: 'It was she' } }]);
});

test('he stands in all three', async () => {
  const past = await historyOf(handler, 'him-3');
  expect(past.course.total).toBe(3);
  expect(past.near.near.find((one) => one.degree === 1)).toBeDefined();
});

test('of what is restricted to others nothing is told', async () => {
  const fim = await api.as('fim-1');
  const restriction = { incident: 'i1', readers: ['supervisor-1'], desk: 'supervisor', reason: 'one of ours' };
  await fim.does('RestrictIncident', restriction);
  await api.engine.idle();
  const other = await api.as('handler-2');
  const past = await historyOf(other, 'her-2');
  expect(past.records.map((one) => one.id)).toEqual(['i2']);
  expect(JSON.stringify(past)).not.toMatch(/Wisniewska|will not stop ringing|her-1|"i1"/);
  const supervisor = await api.as('supervisor-1');
  expect((await historyOf(supervisor, 'her-2')).records.map((one) => one.id).toSorted()).toEqual(['i1', 'i2']);
});
