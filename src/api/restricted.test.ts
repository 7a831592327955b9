import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestDatabase } from '../../test/database.ts';
import { testDatabase } from '../../test/database.ts';
import type { Asked, Client, LiveApi } from '../../test/live-api.ts';
import { liveApi } from '../../test/live-api.ts';
import { query } from '../../test/query.ts';
import { readStream } from '../../test/stream-reader.ts';
import { id } from '../room/define.ts';
import type { Room } from '../room/room.ts';
import type { Slice } from '../room/snapshot.ts';
import { rebuilding } from '../room/snapshot.ts';
import { commandSchemas } from '../room/vocabulary.ts';
import type { Shown } from '../views/redact.ts';
import { evolveShown } from '../views/redact.ts';
import { exampleOf } from './example.ts';

let database: TestDatabase;
let api: LiveApi;
/** On duty, and let in to nothing. */
let outsider: Client;
/** Let in by name. */
let insider: Client;

/** What belongs to the restricted incident, by role. */
const hidden: Readonly<Record<string, string>> = {
  incident: 'veil-incident-1',
  contact: 'veil-contact-1',
  subject: 'veil-subject-1',
  deployment: 'veil-deployment-1',
  task: 'veil-task-1',
  message: 'veil-message-1',
  promise: 'veil-promise-1',
  review: 'veil-review-1',
  callback: 'veil-callback-1',
  link: 'veil-link-1',
  transfer: 'veil-transfer-1',
  decision: 'veil-decision-1',
  reliance: 'veil-reliance-1',
};
const secrets = ['veil', 'Quillfeather', 'moonlit harbour'];

async function done(who: string, type: string, data: unknown): Promise<void> {
  const parsed = commandSchemas.get(type)?.parse(data);
  const answered = await api.send(who, type, parsed);
  if (answered.kind !== 'recorded' || answered.outcome.kind !== 'done')
    throw new Error(`${type}: ${JSON.stringify(answered)}`);
}

async function veil(): Promise<void> {
  const { incident, contact, subject, deployment, task, message, promise, review, callback, link, transfer } = hidden;
  await done('telephony', 'PresentContact', { contact, channel: '999' });
  await done('handler-1', 'AnswerContact', { contact });
  const identity = { kind: 'person', name: 'Ada Quillfeather', born: '1990-01-01' };
  await done('handler-1', 'Mention', { subject, identity, contact, role: 'victim' });
  await done('handler-1', 'OpenIncident', {
    incident,
    contact,
    kinds: ['domestic'],
    summary: 'by the moonlit harbour',
  });
  await done('handler-1', 'SetGrade', { incident, grade: 'emergency', reason: 'as told' });
  await done('telephony', 'EndContact', { contact });
  await done('heed', 'EnrolUnit', { unit: 'unit-8' });
  await done('heed', 'EnrolUnit', { unit: 'unit-9' });
  await done('fim-1', 'RestrictIncident', {
    incident,
    readers: ['specialist-1', 'fim-1'],
    desk: 'specialist',
    reason: 'somebody of this room is a party to it',
  });
  await done('specialist-1', 'AssignUnit', { deployment, incident, unit: 'unit-8' });
  const owner = { staff: 'specialist-1' };
  await done('specialist-1', 'RaiseTask', { task, kind: 'visit', incident, owner, dueAt: Date.now(), says: 'see her' });
  await done('specialist-1', 'SendMessage', { message, incident, to: owner, text: 'the moonlit harbour, quietly' });
  await done('specialist-1', 'MakePromise', { promise, incident, what: 'attend', words: 'we come' });
  await done('specialist-1', 'RequestReview', { review, incident, question: 'look at it' });
  await done('specialist-1', 'AttemptCallback', { callback, incident });
  await done('specialist-1', 'ProposeLink', {
    link,
    from: incident,
    to: subject,
    incident,
    strength: 'weak',
    reasons: ['x'],
  });
  await done('specialist-1', 'SendTransfer', {
    transfer,
    incident,
    partner: 'other-force',
    needs: ['welfare'],
    words: 'x',
  });
}

beforeAll(async () => {
  database = await testDatabase();
  api = await liveApi(database);
  outsider = await api.as('handler-2');
  insider = await api.as('fim-1');
  await done('handler-1', 'OpenIncident', { incident: 'open-1', summary: 'a bicycle' });
  await veil();
  await done('handler-1', 'AddEntry', { incident: 'open-1', text: 'still a bicycle' });
  await api.engine.idle();
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

const at = (path: string): string => `/rooms/${api.room}${path}`;

function expectNothingOf(text: string): void {
  for (const secret of secrets) expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
}

const readings = [
  '',
  '/queue',
  '/duties?armed=true',
  '/duties?role=specialist&armed=true',
  '/units',
  '/board',
  '/search?q=quillfeather',
  '/search?q=moonlit',
  '/search?q=veil-incident-1',
  '/events?limit=500',
  '/visible',
];

describe('a restricted incident', () => {
  test.each(readings)('is nowhere in %s for somebody who is not let in', async (path) => {
    const asked = await outsider.get(at(path));
    expect(asked.status).toBe(200);
    // What was searched for is theirs already.
    expectNothingOf(path.startsWith('/search') ? JSON.stringify(asked.json['hits']) : asked.text);
  });

  test.each(['incident', 'contact', 'subject'])('answers for its %s as for one that is not there', async (role) => {
    const absent = (hidden[role] ?? '').replace('veil', 'none');
    const purposed = '?purpose=curious%20today';
    for (const query of ['', purposed]) {
      const [first, second] = [
        await outsider.get(at(`/${role}s/${hidden[role] ?? ''}${query}`)),
        await outsider.get(at(`/${role}s/${absent}${query}`)),
      ];
      expect([first.status, second.status]).toEqual([404, 404]);
      expect(withoutInstance(first)).toEqual(withoutInstance(second));
    }
  });

  test('is there for somebody who is let in, who says what for', async () => {
    const path = at(`/incidents/${hidden['incident'] ?? ''}`);
    expect((await insider.get(path)).json['code']).toBe('purpose-needed');
    const asked = await insider.get(`${path}?purpose=supervising%20it`);
    expect(asked.status).toBe(200);
    expect(asked.text).toContain('Quillfeather');
    expect((await insider.get(at('/queue'))).text).toContain('moonlit harbour');
  });

  test('is withheld from the stream, and its places in the log stay', async () => {
    const reader = await readStream(api, outsider, 0);
    await reader.until((one) => one.data['seq'] === api.engine.head().seq);
    reader.close();
    expectNothingOf(JSON.stringify(reader.heard));
    expect(reader.seqs()).toEqual(Array.from({ length: reader.seqs().length }, (_, place) => place + 1));
    expect(reader.heard.some((one) => one.data['withheld'] === true)).toBe(true);
  });

  test('is withheld by the database itself from pages that are older than memory', async () => {
    // A service that has just started holds nothing in memory yet.
    const page = await outsider.get(at('/events?after=0&limit=500'));
    expectNothingOf(page.text);
    const open = await insider.get(at('/events?after=0&limit=500'));
    expect(open.text).toContain('Quillfeather');
  });
});

function withoutInstance({ status, json }: Asked): unknown {
  return { status, json: { ...json, instance: '' } };
}

/** The example of a command with the ids of these in place of its own. */
function naming(type: string, ids: Readonly<Record<string, string>>): unknown {
  const schema = commandSchemas.get(type);
  const named: Readonly<Record<string, string>> = {
    ...ids,
    into: ids['incident'] ?? '',
    incidents: ids['incident'] ?? '',
    place: ids['incident'] ?? '',
    from: ids['subject'] ?? '',
    ...(type === 'MakeReferral' ? {} : { to: ids['subject'] ?? '' }),
    other: ids['subject'] ?? '',
    phone: ids['subject'] ?? '',
    respondent: ids['subject'] ?? '',
  };
  const walk = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((one) => walk(one, key));
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, name)]));
    return named[key] ?? named[key.replace(/s$/, '')] ?? value;
  };
  return schema === undefined ? {} : walk(withOptional(schema), '');
}

/** The example with the ids that may be left out as well. */
function withOptional(schema: typeof commandSchemas extends ReadonlyMap<string, infer S> ? S : never): unknown {
  const example = exampleOf(schema) as Record<string, unknown>;
  const { shape = {} } = schema.def as unknown as {
    readonly shape?: Readonly<Record<string, { def: { innerType?: unknown } }>>;
  };
  for (const [key, one] of Object.entries(shape))
    if (one.def.innerType === id && !(key in example)) example[key] = `${key}-1`;
  return example;
}

const offered = [...commandSchemas.keys()].filter(
  (type) => !['Recall', 'ArchiveIncident', 'ArchiveContact', 'AdoptPolicy', 'BreakGlass'].includes(type),
);

/** Sending and its loop are never refused for want of access (may.ts), nor is a grade that raises. */
const neverUnseen = [
  'AssignUnit',
  'DivertUnit',
  'AcknowledgeDeployment',
  'MarkEnRoute',
  'MarkArrived',
  'RecordResult',
  'AcknowledgeMessage',
];

/** An answer without what differs between any two: its number, how far the log has come, and the ids asked about. */
function told({ status, json }: Asked, ids: Readonly<Record<string, string>>): unknown {
  let text = JSON.stringify({ status, ...json, instance: '', seq: 0 });
  for (const [role, one] of Object.entries(ids)) text = text.replaceAll(one, `the ${role}`);
  return JSON.parse(text);
}

describe('a command of somebody who is not let in', () => {
  const inUse: string[] = [];

  test.each(offered.filter((type) => !neverUnseen.includes(type)))(
    '%s says of what is hidden what it says of what is not there',
    async (type) => {
      const absent = Object.fromEntries(
        Object.entries(hidden).map(([role]) => [role, `none-${role}-${type.toLowerCase()}`]),
      );
      const before = api.engine.head().seq;
      const onHidden = await outsider.does(type, naming(type, hidden));
      const after = api.engine.head().seq;
      const onAbsent = await outsider.does(type, naming(type, absent));
      // What would make a new thing cannot be done under an id that is in use.
      const isNew = onAbsent.status === 200;
      if (isNew) inUse.push(type);
      expect(isNew ? onHidden.status : told(onHidden, hidden)).toEqual(isNew ? 409 : told(onAbsent, absent));
      expect(after).toBe(before);
    },
  );

  test('changed nothing of it', async () => {
    const rows = await query(
      database.ownerUrl,
      `select seq, type from heed.event where incident = '${hidden['incident'] ?? ''}'
        and header::json -> 'actor' ->> 'id' = 'handler-2'`,
    );
    expect(rows).toEqual([]);
    expect(inUse).toEqual(['PresentContact', 'RecordSubject']);
  });

  test('sent again is the same refusal, and with other data under its id a conflict, hidden or not', async () => {
    for (const incident of [hidden['incident'], 'none-incident-again']) {
      const body = { id: `again-${incident ?? ''}`, data: { incident, text: 'a line' } };
      const path = at('/commands/AddEntry');
      expect((await outsider.post(path, body)).json).toMatchObject({
        repeated: false,
        detail: `No incident ${incident ?? ''} is known in this room.`,
      });
      expect((await outsider.post(path, body)).json).toMatchObject({
        repeated: true,
        detail: `No incident ${incident ?? ''} is known in this room.`,
      });
      const other = { ...body, data: { incident, text: 'another' } };
      expect((await outsider.post(path, other)).json['code']).toBe('id-conflict');
    }
  });
});

test('what somebody folds from the visible room and the stream is what they would be shown afresh', async () => {
  const incident = hidden['incident'] ?? '';
  const first = await outsider.get(at('/visible'));
  const reader = await readStream(api, outsider, Number(first.headers.get('heed-seq')));
  await done('specialist-1', 'AddEntry', { incident, text: 'quietly' });
  await done('handler-1', 'AddEntry', { incident: 'open-1', text: 'aloud' });
  await done('specialist-1', 'MarkArrived', { deployment: hidden['deployment'] });
  await done('handler-1', 'SetGrade', { incident: 'open-1', grade: 'priority', reason: 'it is more than that' });
  await reader.until((one) => one.data['seq'] === api.engine.head().seq);
  reader.close();
  const messages = reader.heard.filter((one) => one.event === 'message');
  const folded = messages.reduce((room, one) => evolveShown(room, one.data as unknown as Shown), roomIn(first.text));
  const afresh = roomIn((await outsider.get(at('/visible'))).text);
  const { agenda: _folded, now: _now, ...held } = JSON.parse(JSON.stringify(folded)) as Record<string, unknown>;
  expect(JSON.parse(JSON.stringify(afresh))).toMatchObject(held);
});

function roomIn(text: string): Room {
  const rebuilt = rebuilding();
  for (const line of text.trimEnd().split('\n')) rebuilt.add(JSON.parse(line) as Slice);
  const room = rebuilt.room();
  if (room === null) throw new Error('slices are missing');
  return room;
}

test('access given and taken in mid-stream counts at once, and both say: begin again', async () => {
  const incident = hidden['incident'] ?? '';
  const reader = await readStream(api, outsider);
  await reader.until((one) => one.event === 'pulse');
  await done('specialist-1', 'AddEntry', { incident, text: 'before anybody was let in' });
  await done('fim-1', 'AdmitReader', { incident, staff: 'handler-2', reason: 'she knows the family' });
  await reader.until((one) => one.event === 'reload');
  await done('specialist-1', 'AddEntry', { incident, text: 'for her to see' });
  await reader.until((one) => JSON.stringify(one.data).includes('for her to see'));
  expect(JSON.stringify(reader.heard)).not.toContain('before anybody was let in');
  expect((await outsider.get(at('/visible'))).text).toContain('before anybody was let in');
  await done('fim-1', 'WithdrawReader', { incident, staff: 'handler-2', reason: 'no longer' });
  await reader.until((one) => one.event === 'reload' && one.data['seq'] === api.engine.head().seq);
  await done('specialist-1', 'AddEntry', { incident, text: 'not for her any more' });
  await reader.until((one) => one.data['seq'] === api.engine.head().seq);
  reader.close();
  expect(JSON.stringify(reader.heard)).not.toContain('not for her any more');
  expectNothingOf((await outsider.get(at('/visible'))).text);
});

test('the glass is broken with a reason, opens it at once, and every look through it is marked', async () => {
  const incident = hidden['incident'] ?? '';
  const dispatcher = await api.as('dispatcher-1');
  expect((await dispatcher.get(at(`/incidents/${incident}`))).status).toBe(404);
  const broken = await dispatcher.does('BreakGlass', { incident, reason: 'her life is at risk now' });
  expect(broken.status).toBe(200);
  expect((await dispatcher.get(at(`/incidents/${incident}?purpose=sending%20help`))).status).toBe(200);
  const [row] = await query(
    database.ownerUrl,
    `select is_break_glass, actor from heed.access_event
      where incident = '${incident}' and type = 'Read' order by seq desc limit 1`,
  );
  expect(row).toEqual({ is_break_glass: true, actor: 'staff:dispatcher-1' });
});
