import { verify } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { witnessKey } from '../src/journal/witness.ts';
import { commandSchemas } from '../src/room/vocabulary.ts';
import { eventsIn, faultsOf, pdfText, unzipped } from './bundle.ts';
import type { TestDatabase } from './database.ts';
import { testDatabase } from './database.ts';
import type { Asked, Client, LiveApi } from './live-api.ts';
import { liveApi } from './live-api.ts';
import { query } from './query.ts';

const limitMs = 120_000;
let database: TestDatabase;
let api: LiveApi;
let handler: Client;
let supervisor: Client;

const hostile = '=HYPERLINK("http://bad")';
const turned = 'محمد علي \u202Eevil\u202D bell\u0007 中文 🚓';
const script = '<script>alert(1)</script>';
const long = 'W'.repeat(19_000);
const wanted = { recipient: 'Coroner for Harrowmere', purpose: 'inquest 12 of 2026' };

async function done(who: string, type: string, data: unknown): Promise<void> {
  const answered = await api.send(who, type, commandSchemas.get(type)?.parse(data));
  if (answered.kind !== 'recorded' || answered.outcome.kind !== 'done')
    throw new Error(`${type}: ${JSON.stringify(answered)}`);
}

async function accesses(type: string): Promise<readonly { readonly view: string; readonly body: string }[]> {
  const rows = await query(
    database.adminUrl,
    `select e.header::json #>> '{ids,view}' as view, b.body from heed.access_event e
     join heed.access_body b using (room, seq) where e.type = '${type}' order by e.seq`,
  );
  return rows.map((row) => ({ view: String(row['view']), body: String(row['body']) }));
}

beforeAll(async () => {
  database = await testDatabase();
  const key = await witnessKey(join(await mkdtemp(join(tmpdir(), 'heed-disclosure-')), 'key.pem'));
  api = await liveApi(database, { api: { witnessKey: async () => key } });
  handler = await api.as('handler-1');
  supervisor = await api.as('supervisor-1');
  await done('telephony', 'PresentContact', { contact: 'c1', channel: '999' });
  await handler.does('AnswerContact', { contact: 'c1' });
  await handler.does('RecordStatement', { contact: 'c1', words: 'he has a knife and says he will kill me' });
  await handler.does('Mention', {
    subject: 'ann',
    identity: { kind: 'person', name: 'Ann Reedlow', born: '1984-03-07' },
    contact: 'c1',
    role: 'caller',
  });
  await handler.does('OpenIncident', { incident: 'i1', contact: 'c1', kinds: ['domestic'], summary: 'threats' });
  await handler.does('AddEntry', { incident: 'i1', text: hostile });
  for (const text of [turned, script]) await handler.does('AddEntry', { incident: 'i1', text });
  await handler.does('AddEntry', { incident: 'i1', text: long });
  await handler.does('AddEntry', { incident: 'i1', text: 'He left by the back door' });
  const entry = api.engine.room().incidents.get('i1')?.log.last()?.seq;
  await handler.does('CorrectEntry', { incident: 'i1', entry, text: 'He left by the front door' });
  await handler.does('TellCaller', { contact: 'c1', telling: 'unit-coming', words: 'a unit is on its way to you' });
  await handler.does('OpenIncident', { incident: 'i2', summary: 'the same thing, told by a neighbour' });
  await handler.does('JoinIncidents', { incident: 'i2', into: 'i1', reason: 'the same event' });
  await handler.does('OpenIncident', { incident: 'i3', summary: 'a bicycle, nothing to do with it' });
  await api.engine.idle();
}, limitMs);
afterAll(async () => {
  await api.close();
  await database.drop();
});

/** Begins a bundle and waits for its end, asking as a console does. */
async function bundle(who: Client, incident: string, body: unknown): Promise<ReadonlyMap<string, Buffer>> {
  const begun = await who.post(`/rooms/${api.room}/incidents/${incident}/disclosures`, body);
  expect(begun.status).toBe(202);
  const path = `/rooms/${api.room}/disclosures/${String(begun.json['disclosure'])}`;
  const asked = async (): Promise<Asked> => who.get(path);
  await expect.poll(async () => (await asked()).json['stage'], { timeout: limitMs, interval: 100 }).toBe('ready');
  const answer = await fetch(`${api.base}${path}/bundle`, { headers: { cookie: who.cookie } });
  expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="disclosure-${incident}.zip"`);
  return unzipped(Buffer.from(await answer.arrayBuffer()));
}

describe('a disclosure bundle', () => {
  test(
    'holds the record, its events text for text and the lists that they are checked by',
    async () => {
      const files = await bundle(supervisor, 'i1', wanted);
      expect([...files.keys()].toSorted()).toEqual([
        'README.txt',
        'SHA256SUMS',
        'chain/witness.ndjson',
        'chain/witness.pub',
        'manifest.json',
        'manifest.sig.json',
        'record/events.ndjson',
        'record/log.csv',
        'record/log.pdf',
        'redaction/redaction.json',
      ]);
      expect(faultsOf(files)).toEqual([]);
      const ids = eventsIn(files).map((one) => one.header);
      expect(ids.some((header) => header.includes('"i2"'))).toBe(true);
      expect(ids.some((header) => header.includes('"i3"'))).toBe(false);
      const manifest = JSON.parse(files.get('manifest.json')?.toString() ?? '') as { readonly head: unknown };
      expect(manifest).toMatchObject({ incident: 'i1', by: 'supervisor-1', ...wanted });
      const statement = JSON.parse(files.get('chain/witness.ndjson')?.toString() ?? '') as Record<string, unknown>;
      expect(manifest.head).toMatchObject({ seq: statement['seq'], hash: statement['hash'] });
      const pem = files.get('chain/witness.pub') ?? Buffer.alloc(0);
      const { signature } = JSON.parse(files.get('manifest.sig.json')?.toString() ?? '') as { signature: string };
      const isSigned = (bytes: Buffer): boolean => verify(null, bytes, pem, Buffer.from(signature, 'base64'));
      const signed = files.get('manifest.json') ?? Buffer.alloc(0);
      expect(isSigned(signed)).toBe(true);
      expect(isSigned(Buffer.concat([signed, Buffer.from(' ')]))).toBe(false);
    },
    limitMs,
  );

  test(
    'shows hostile text as text, on paper and in a spreadsheet, and drops no character unsaid',
    async () => {
      const files = await bundle(supervisor, 'i1', wanted);
      const text = await pdfText(files.get('record/log.pdf') ?? Buffer.alloc(0));
      expect(text).toContain(hostile);
      expect(text).toContain('[U+202E]evil[U+202D] bell[U+0007] [U+4E2D][U+6587] [U+1F693]');
      expect(text).toContain(script);
      for (const word of ['محمد', 'علي']) expect(text).toContain(word);
      expect(text.match(/W/g)?.length).toBeGreaterThanOrEqual(long.length);
      const csv = files.get('record/log.csv')?.toString() ?? '';
      expect(csv).toContain(`"'=HYPERLINK(""http://bad"")"`);
      expect(csv).not.toMatch(/(?:^|,)"?[=+@-]/m);
    },
    limitMs,
  );

  test(
    'has both clocks, both wordings of a correction, who was told what and what became of duties',
    async () => {
      const files = await bundle(supervisor, 'i1', wanted);
      const text = await pdfText(files.get('record/log.pdf') ?? Buffer.alloc(0));
      expect(text).toMatch(/happened \d{4}-\d\d-\d\d \d\d:\d\d:\d\d, recorded \d{4}-/);
      expect(text).toContain('He left by the back door');
      expect(text).toContain('He left by the front door');
      expect(text).toContain('these are the words as they were');
      expect(text).toContain('a unit is on its way to you');
      expect(text).toContain('Duties and what became of them');
      expect(text).toContain('Not met when this was made.');
    },
    limitMs,
  );

  test(
    'with redactions keeps the original as it is and withholds in a copy, and the layer never says what',
    async () => {
      const redactions = [
        { words: 'ann REEDLOW', reason: 'a third party' },
        { words: 'nobody says this', reason: 'not there' },
      ];
      const files = await bundle(supervisor, 'i1', { ...wanted, redactions });
      expect(faultsOf(files)).toEqual([]);
      expect(await pdfText(files.get('record/log.pdf') ?? Buffer.alloc(0))).toContain('Ann Reedlow');
      const given = await pdfText(files.get('redacted/log.pdf') ?? Buffer.alloc(0));
      expect(given).not.toMatch(/reedlow/i);
      expect(given).toContain('[withheld 1]');
      const layer = files.get('redaction/redaction.json')?.toString() ?? '';
      expect(layer).not.toMatch(/reedlow/i);
      const { redactions: lines } = JSON.parse(layer) as { readonly redactions: readonly { places: number }[] };
      expect(lines.map((one) => one.places > 0)).toEqual([true, false]);
    },
    limitMs,
  );
});

describe('who may disclose', () => {
  test('is settled by authority: a handler is refused, and the attempt is on record', async () => {
    const before = (await accesses('Denied')).length;
    const asked = await handler.post(`/rooms/${api.room}/incidents/i1/disclosures`, wanted);
    expect(asked.status).toBe(403);
    expect(asked.text).toContain('audit, approve');
    const denied = await accesses('Denied');
    expect(denied.length).toBe(before + 1);
    expect(denied.at(-1)?.view).toBe('disclosure');
  });

  test(
    'is on record with recipient and purpose before anything is made',
    async () => {
      await bundle(supervisor, 'i1', wanted);
      const [disclosed] = (await accesses('Disclosed')).slice(-2);
      expect(disclosed?.view).toBe('disclosure');
      expect(disclosed?.body).toContain(wanted.recipient);
      expect(disclosed?.body).toContain(wanted.purpose);
    },
    limitMs,
  );

  test('nobody without a session, without a purpose or of what is not there', async () => {
    const path = `/rooms/${api.room}/incidents/i1/disclosures`;
    expect((await api.stranger.post(path, wanted)).status).toBe(401);
    expect((await supervisor.post(path, { recipient: 'Coroner' })).status).toBe(422);
    expect((await supervisor.post(path.replace('i1', 'absent'), wanted)).status).toBe(404);
  });

  test(
    'a bundle is fetched by whoever began it and by nobody else',
    async () => {
      const begun = await supervisor.post(`/rooms/${api.room}/incidents/i1/disclosures`, wanted);
      const path = `/rooms/${api.room}/disclosures/${String(begun.json['disclosure'])}`;
      const other = await api.as('fim-1');
      for (const end of ['', '/bundle']) expect((await other.get(`${path}${end}`)).status).toBe(404);
      for (const end of ['', '/bundle']) expect((await api.stranger.get(`${path}${end}`)).status).toBe(401);
      await expect.poll(async () => (await supervisor.get(path)).json['stage'], { timeout: limitMs }).toBe('ready');
    },
    limitMs,
  );
});

test(
  'what is restricted to others is withheld by its place and its digest, and said to be',
  async () => {
    await done('handler-1', 'OpenIncident', { incident: 'i-veil', summary: 'about somebody of this room' });
    const identity = { kind: 'person', name: 'Ada Quillfeather', born: '1990-01-01' };
    await done('handler-1', 'Mention', { subject: 'ada', identity, incident: 'i-veil', role: 'victim' });
    await done('fim-1', 'RestrictIncident', {
      incident: 'i-veil',
      readers: ['specialist-1', 'fim-1'],
      desk: 'specialist',
      reason: 'somebody of this room is a party to it',
    });
    await done('fim-1', 'SendMessage', {
      message: 'm-1',
      incident: 'i1',
      to: { staff: 'fim-1' },
      text: 'Ada Quillfeather of i-veil is his sister',
    });
    const asked = await supervisor.post(`/rooms/${api.room}/incidents/i-veil/disclosures`, wanted);
    expect(asked.status).toBe(404);
    const files = await bundle(supervisor, 'i1', wanted);
    expect(faultsOf(files)).toEqual([]);
    const withheld = eventsIn(files).filter((one) => one.kind === 'withheld');
    expect(withheld.length).toBeGreaterThan(0);
    expect(withheld.every((one) => !('header' in one) && !('body' in one))).toBe(true);
    const layer = JSON.parse(files.get('redaction/redaction.json')?.toString() ?? '') as {
      readonly withheld: number[];
    };
    expect(layer.withheld).toEqual(withheld.map((one) => one.seq));
    // What people wrote into this incident in their own words is its own; nothing of the other is here.
    for (const one of files.values()) expect(one.toString('utf8')).not.toContain('somebody of this room');
  },
  limitMs,
);
