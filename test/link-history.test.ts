import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DecisionLine } from '../src/batch/decision-log.ts';
import { inBatch } from '../src/batch/look-up.ts';
import type { CarryDone } from '../src/cli/link-carry.ts';
import { carryOver } from '../src/cli/link-carry.ts';
import { manualClock } from '../src/engine/clocks.ts';
import { archiving, ripeIn } from '../src/engine/cold.ts';
import { readQueue } from '../src/review/queue.ts';
import type { SubjectHistory } from '../src/sources/subject-history.ts';
import type { TestDatabase } from './database.ts';
import { testDatabase } from './database.ts';
import type { Client, LiveApi } from './live-api.ts';
import { liveApi } from './live-api.ts';
import { testFolder } from './passing-folder.ts';
import { decidedLine } from './reviewed.ts';
import { query } from './query.ts';
import { heed } from './served.ts';

const bounds = { memoryBytes: 1_000_000_000, threads: 2 };
const shipped = fileURLToPath(new URL('../policy/linkage-model.json', import.meta.url));
const noon = Date.UTC(2026, 1, 3, 12);
const dayMs = 86_400_000;

let database: TestDatabase;
let api: LiveApi;
let handler: Client;
let folder = '';
const origins: [URL, ...URL[]] = [new URL('http://127.0.0.1')];
const clock = manualClock(noon);

const home = { kind: 'place', premises: '8', street: 'Weaver Row', town: 'Ashmere', postcode: 'ZZ3 4LM' };
const person = (name: string, born: string) => ({ kind: 'person', name, born });

/** A call about somebody that comes to an incident, everybody recorded under ids of this call's own. */
async function calls(place: number, her: object, words: string): Promise<void> {
  const contact = `c${place}`;
  await api.send('telephony', 'PresentContact', { contact, channel: '999' });
  await handler.does('AnswerContact', { contact });
  await handler.does('Mention', { subject: `her-${place}`, identity: her, contact, role: 'caller' });
  await handler.does('Mention', { subject: `home-${place}`, identity: home, contact, role: 'scene' });
  await handler.does('RecordStatement', { contact, words });
  await handler.does('OpenIncident', { incident: `i${place}`, contact, kinds: ['domestic'], summary: words });
  await api.engine.idle();
}

/** Runs the real command over the room's own history; gives the folder that it wrote and what it said. */
async function ran(name: string, ...more: readonly string[]): Promise<{ readonly out: string; readonly says: string }> {
  const out = join(folder, name);
  const verb = ['link', 'run', '--history', api.room, '--model', shipped, '--out', out, ...more];
  const { status, says } = await heed(folder, ...verb);
  expect({ status, says: status === 0 ? '' : says }).toEqual({ status: 0, says: '' });
  return { out, says };
}

/** What a run made of every record: which cluster it stands in. */
async function clustersOf(out: string): Promise<ReadonlyMap<string, string>> {
  return inBatch(bounds, async ({ rows }) => {
    const found = await rows<{ record: string; cluster: string }>(
      `SELECT record, cluster FROM read_parquet('${join(out, 'clusters.parquet')}')`,
    );
    return new Map(found.map(({ record, cluster }) => [record, cluster]));
  });
}

async function historyOf(subject: string): Promise<SubjectHistory> {
  const answer = await handler.get(`/rooms/${api.room}/subjects/${subject}/history?purpose=a%20test`);
  expect(answer.status).toBe(200);
  return answer.json as unknown as SubjectHistory;
}

async function recordsOf(subject: string): Promise<readonly string[]> {
  return (await historyOf(subject)).records.map((one) => one.id).toSorted();
}

function record(place: number): string {
  return `history:incident/i${place}/her-${place}`;
}

const married = { one: record(3), other: record(4), verdict: 'same', reason: 'Married name', score: 4 } as const;

/** Carries these decisions of Ann's over as somebody of the room. */
async function carried(out: string, lines: readonly Partial<DecisionLine>[], as = 'handler-1'): Promise<CarryDone> {
  const text = lines.map((line) => `${JSON.stringify(decidedLine({ at: new Date(noon).toISOString(), ...line }))}\n`);
  const decisions = join(out, 'decisions.ndjson');
  writeFileSync(decisions, text.join(''));
  return carryOver({ run: out, decisions, by: 'Ann', url: api.base, room: api.room, as }, {});
}

function outcomes({ carried: done }: CarryDone): readonly string[] {
  return done.map(({ what, outcome }) => `${what}: ${outcome.kind}`);
}

beforeAll(async () => {
  database = await testDatabase();
  api = await liveApi(database, { clock, api: { origins } });
  origins.push(new URL(api.base));
  handler = await api.as('handler-1');
  folder = testFolder();
  writeFileSync(join(folder, 'url'), database.adminUrl, { mode: 0o600 });
  writeFileSync(join(folder, 'heed.yaml'), `data: data\ndatabase: { file: ${join(folder, 'url')} }\n`);
  await calls(1, person('Katarzyna Wisniewska', '1991-04-17'), 'He will not stop ringing me');
  await calls(2, person('Katarzyna Wisniewski', '1991-04-17'), 'He is outside my house');
  await calls(3, person('Ruth Amble', '1959-01-30'), 'He shouted at me about her');
  await calls(4, person('Ruth Castle', '1959-03-01'), 'He is back');
}, 120_000);
afterAll(async () => {
  await api.close();
  await database.drop();
});

describe('heed link run over the own history of a room', () => {
  test('every person of the room is a record, put together as those of a file are', async () => {
    const { out, says } = await ran('first');
    const clusters = await clustersOf(out);
    expect([...clusters.keys()].toSorted()).toEqual([1, 2, 3, 4].map(record));
    expect(clusters.get(record(2))).toBe(clusters.get(record(1)));
    expect(clusters.get(record(3))).not.toBe(clusters.get(record(1)));
    expect(says).toContain('4 records, 3 people');
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain(`The history of ${api.room}`);
  });

  test('what the room decided of two of them holds, and is not asked again', async () => {
    const same = [{ subject: 'her-4', other: 'her-3' }];
    const link = { link: 'l1', from: 'her-4', to: 'her-3', strength: 'strong', reasons: ['sounds alike'], same };
    await handler.does('ProposeLink', link);
    await handler.does('ConfirmLink', { link: 'l1' });
    const { out } = await ran('decided');
    const clusters = await clustersOf(out);
    expect(clusters.get(record(4))).toBe(clusters.get(record(3)));
    const { pairs } = await readQueue(out, { bounds, decided: 0 });
    const asked = pairs.map(({ one, other }) => [one, other].toSorted().join(' '));
    expect(asked).toContain(`${record(1)} ${record(2)}`);
    expect(asked).not.toContain(`${record(3)} ${record(4)}`);
    await handler.does('UndoLink', { link: 'l1', reason: 'Nobody is sure' });
    const again = await clustersOf((await ran('undone')).out);
    expect(again.get(record(4))).not.toBe(again.get(record(3)));
  });

  test('it stands beside the inputs of a mapping, each found in the other', async () => {
    const file = join(folder, 'custody.csv');
    writeFileSync(file, 'no,name,born\n77,Katarzyna Wisniewska,17/04/1991\n');
    const mapping = join(folder, 'map.yaml');
    const input = 'custody: { format: csv, id: no, person: { name: name, born: born } }';
    writeFileSync(mapping, `title: Custody\ninputs:\n  ${input}\nlink: within-and-between\n`);
    const { out } = await ran('beside', file, '--mapping', mapping);
    const clusters = await clustersOf(out);
    expect(clusters.get('custody:77')).toBe(clusters.get(record(1)));
  });

  test('a room that is none, and neither room nor inputs, are refused in words', async () => {
    const none = ['link', 'run', '--out', join(folder, 'none')];
    const nowhere = await heed(folder, ...none, '--history', 'nowhere');
    expect(nowhere).toEqual({ status: 2, says: 'There is no room nowhere.\n' });
    const nothing = await heed(folder, ...none);
    expect(nothing).toEqual({
      status: 2,
      says: 'Give inputs with --mapping FILE, or --history ROOM, or both.\n',
    });
  });
});

describe('heed link carry', () => {
  let out = '';
  beforeAll(async () => {
    ({ out } = await ran('carry'));
  });

  test('a pair decided to be one person is one in the room; carried again it changes nothing', async () => {
    expect(await recordsOf('her-3')).toEqual(['i3']);
    const lines = [married];
    expect(outcomes(await carried(out, lines))).toEqual(['confirm: carried']);
    expect(await recordsOf('her-3')).toEqual(['i3', 'i4']);
    const { seq } = api.engine.room();
    expect(outcomes(await carried(out, lines))).toEqual(['confirm: already']);
    expect(api.engine.room().seq).toBe(seq);
    const [link] = (await historyOf('her-3')).decisions.filter((one) => one.undone === null);
    expect(link).toMatchObject({ verdict: 'confirmed', by: 'handler-1' });
    expect(link?.reason).toBe('On review of both records on 2026-02-03: Married name');
  });

  test('what is undone in the room stays undone, however often it is carried', async () => {
    const lines = [married];
    const [first] = (await historyOf('her-3')).decisions.filter((one) => one.undone === null);
    await handler.does('UndoLink', { link: first?.link, reason: 'Two sisters-in-law' });
    expect(await recordsOf('her-3')).toEqual(['i3']);
    expect(outcomes(await carried(out, lines))).toEqual(['confirm: already']);
    expect(await recordsOf('her-3')).toEqual(['i3']);
  });

  test('a pair decided to be two stays apart, and is so no more once its reviewer took that back', async () => {
    expect(await recordsOf('her-2')).toEqual(['i1', 'i2']);
    const apart = { one: record(1), other: record(2), verdict: 'apart', reason: 'Twins', score: 20 } as const;
    expect(outcomes(await carried(out, [apart]))).toEqual(['decline: carried']);
    expect(await recordsOf('her-2')).toEqual(['i2']);
    const takenBack = [apart, { ...apart, verdict: 'undone', reason: null }] as const;
    expect(outcomes(await carried(out, takenBack))).toEqual(['undo: carried']);
    expect(await recordsOf('her-2')).toEqual(['i1', 'i2']);
    expect(outcomes(await carried(out, takenBack))).toEqual(['undo: already']);
  });

  test('what somebody decided in the room since the review is left as it is', async () => {
    const same = [{ subject: 'her-1', other: 'her-2' }];
    const link = { link: 'l2', from: 'her-1', to: 'her-2', strength: 'strong', reasons: ['sounds alike'], same };
    await handler.does('ProposeLink', link);
    await handler.does('DeclineLink', { link: 'l2', reason: 'She says so herself' });
    const early = { one: record(1), other: record(2), verdict: 'same', at: '2026-01-02T00:00:00.000Z' } as const;
    expect(outcomes(await carried(out, [early]))).toEqual(['confirm: decided-since']);
    expect(await recordsOf('her-2')).toEqual(['i2']);
    await handler.does('UndoLink', { link: 'l2', reason: 'She was asked again' });
  });

  test('a pair that two reviewers see differently, one nobody could tell and one of a file are left', async () => {
    const pair = { one: record(1), other: record(3) };
    const { left, carried: done } = await carried(out, [
      { ...pair, verdict: 'same' },
      { ...pair, verdict: 'apart', by: 'Ben' },
      { one: record(1), other: record(4), verdict: 'unsure' },
      { one: record(1), other: 'custody:77', verdict: 'same' },
    ]);
    expect(done).toEqual([]);
    expect(left.map(({ why }) => why)).toEqual(['disagreed', 'unsure', 'no-subjects']);
  });

  test('somebody who is not on duty decides nothing, and is told why', async () => {
    const lines = [{ one: record(2), other: record(3), verdict: 'apart', score: 1 }] as const;
    await api.send('handler-2', 'SignOff', { staff: 'handler-2' });
    await expect(carried(out, lines, 'handler-2')).rejects.toThrow('sign on first');
    expect(api.engine.room().linksOn.get('her-2')?.length).toBe(api.engine.room().linksOn.get('her-1')?.length);
  });

  test('whom the room put away long ago comes back for it, and is one with somebody of today', async () => {
    const contact = 'c-old';
    const old = { subject: 'her-old', identity: person('Margery Vane', '1948-06-02'), contact, role: 'caller' };
    await api.send('telephony', 'PresentContact', { contact, channel: '101' });
    await handler.does('AnswerContact', { contact });
    await handler.does('Mention', old);
    await handler.does('RecordStatement', { contact, words: 'It was between ex partners' });
    await api.send('telephony', 'EndContact', { contact, ending: 'ended' });
    const fim = await api.as('fim-1');
    const disposing = { contact, disposition: 'information-only', reason: 'Neighbours, both seen last night' };
    await fim.does('DisposeContact', disposing, { override: 'Both are known to have parted in May' });
    await clock.advance(clock.now() + 15 * dayMs, async () => api.engine.idle().then(() => true));
    for (const cold of ripeIn(api.engine.room(), clock.now())) await api.engine.give(archiving(cold, clock.now()));
    expect(api.engine.room().subjects.has('her-old')).toBe(false);
    ({ out } = await ran('old'));
    const one = 'history:contact/c-old/her-old';
    expect((await clustersOf(out)).has(one)).toBe(true);
    const at = new Date(clock.now()).toISOString();
    const lines = [{ one, other: record(3), verdict: 'same', score: 2, at }] as const;
    expect(outcomes(await carried(out, lines))).toEqual(['confirm: carried']);
    expect(await recordsOf('her-3')).toEqual(['c-old', 'i3']);
  });

  test('of what is restricted and of what was erased nothing is read, and how much was left out is said', async () => {
    const fim = await api.as('fim-1');
    const restriction = { incident: 'i1', readers: ['supervisor-1'], desk: 'supervisor', reason: 'one of ours' };
    await fim.does('RestrictIncident', restriction);
    await api.engine.idle();
    const erased = "update heed.record set names = '[]', says = '[erased]' where record = 'i2'";
    await query(database.adminUrl, erased);
    const read = await ran('restricted');
    expect(read.says).toContain(`Records of ${api.room} left out because they are restricted: 1.`);
    const records = [...(await clustersOf(read.out)).keys()].toSorted();
    expect(records).toEqual(['history:contact/c-old/her-old', record(3), record(4)]);
  });
});
