// Writes test/fixtures/log-v1.ndjson, once for each release whose events are new; run by hand:
// node --import tsx scripts/write-fixture-log.ts
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { loadPolicy, nationalPolicyFile } from '../src/policy/load.ts';
import type { Actor, Reading, StoredEvent } from '../src/room/define.ts';
import { evolve } from '../src/room/fold.ts';
import type { Policy } from '../src/room/policy.ts';
import type { Room } from '../src/room/room.ts';
import { emptyRoom } from '../src/room/room.ts';
import type { Safeguard } from '../src/room/safeguard.ts';
import { catalogueOf } from '../src/room/safeguard.ts';
import { nextDue, step } from '../src/room/step.ts';
import { commandSchemas, eventDefinitions } from '../src/room/vocabulary.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import { endOf, fixtureLogFile, notInFixture } from '../test/fixture-log.ts';
import type { Line } from './fixture-story.ts';
import { opening, startsAt, story } from './fixture-story.ts';

interface Writing {
  room: Room;
  now: number;
  count: number;
  readonly events: StoredEvent[];
  readonly refused: string[];
}

/** Throws at the words "break it", so that a failed safeguard is in the log. */
const broken: Safeguard = {
  id: 'broken',
  needs: [],
  on: ['EntryAdded'],
  timings: {},
  words: {},
  react: (event) => {
    if (event.type === 'EntryAdded' && event.body.text === 'break it') throw new Error('broken on purpose');
    return [];
  },
};

/** Reads three phrases, so that the log holds readings and not the whole phrase list. */
function read(text: string): readonly Reading[] {
  const found: Reading[] = [];
  const danger = { kind: 'screaming', reads: 'danger', means: 'Screaming is told of', lifeThreat: true } as const;
  const claim = {
    kind: 'claim-checks',
    reads: 'claim',
    means: 'Checks are said to be done',
    lifeThreat: false,
  } as const;
  const domestic = { kind: 'ex-partner', reads: 'domestic', means: 'A former partner', lifeThreat: false } as const;
  const base = { standing: 'told' } as const;
  if (text.includes('screaming')) found.push({ ...danger, ...base, quote: 'screaming' });
  if (text.includes('checks done')) found.push({ ...claim, ...base, quote: 'checks done', says: 'checks-done' });
  if (text.includes('ex-husband')) found.push({ ...domestic, ...base, quote: 'ex-husband' });
  return found;
}

const catalogue = catalogueOf([...safeguards, broken], read);

function policyOfFixture(): Policy {
  const loaded = loadPolicy(nationalPolicyFile);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return { ...loaded.value.policy, phrases: {}, archiveMs: 3_600_000, recentMs: 3_600_000 };
}

function actorOf(who: string): Actor {
  if (who === 'world') return { kind: 'world', id: 'world' };
  return /-\d$/.test(who) ? { kind: 'staff', id: who } : { kind: 'machine', id: who };
}

function give(writing: Writing, who: string, { type, data }: { readonly type: string; readonly data: unknown }): void {
  writing.count += 1;
  const [id = '', override] = who.split(' ');
  const parsed = type === 'PassTime' ? data : commandSchemas.get(type)?.parse(data);
  const command = {
    id: `command-${writing.count}`,
    type,
    data: parsed,
    actor: actorOf(id),
    at: writing.now,
    ...(override === undefined ? {} : { override: 'The superintendent agrees' }),
  };
  const { room, events, outcome } = step(writing.room, command, { now: writing.now, catalogue });
  writing.room = room;
  writing.events.push(...events);
  if (outcome.kind === 'done') return;
  const why = [
    ...outcome.reasons.map((one) => one.says),
    ...outcome.gates.map((one) => `${one.safeguard} ${one.why.code}`),
  ];
  writing.refused.push(`${who} ${type}: ${why.join(', ')}`);
}

/** Lets every duty speak and climb at its own time until then. */
function waitUntil(writing: Writing, until: number): void {
  for (let due = nextDue(writing.room); due !== null && due <= until; due = nextDue(writing.room)) {
    writing.now = Math.max(writing.now, due);
    give(writing, 'heed', { type: 'PassTime', data: {} });
  }
  writing.now = until;
}

function tell(writing: Writing, [minutes, who, type, data]: Line): void {
  waitUntil(writing, writing.now + minutes * 60_000);
  const entry = writing.room.incidents.get('job-1')?.log.last()?.seq;
  give(writing, who, { type, data: type === 'CorrectEntry' ? { ...data, entry } : data });
}

/** Appends an event that the story cannot bring about. */
function append(writing: Writing, type: string, { ids, body }: Pick<StoredEvent, 'ids' | 'body'>): void {
  const template = writing.events.at(-1);
  if (template === undefined || writing.events.some((event) => event.type === type)) return;
  const definition = eventDefinitions.get(type);
  definition?.ids.parse(ids);
  definition?.body.parse(body);
  const event: StoredEvent = { ...template, seq: writing.room.seq + 1, type, cause: null, scope: 'room', ids, body };
  writing.events.push(event);
  writing.room = evolve(writing.room, event);
}

function written(): Writing {
  const writing: Writing = { room: emptyRoom('fixture', 'exercise'), now: startsAt, count: 0, events: [], refused: [] };
  give(writing, 'world', { type: 'AdoptPolicy', data: { digest: 'fixture', text: policyOfFixture() } });
  for (const line of [...opening, ...story]) tell(writing, line);
  const cold = writing.events.filter((event) => event.ids['incident'] === 'job-0' && event.type !== 'IncidentArchived');
  append(writing, 'Recalled', { ids: { incident: 'job-0' }, body: { digest: 'fixture', events: cold } });
  tell(writing, [70, 'heed', 'ArchiveContact', { contact: 'call-3' }]);
  append(writing, 'DeferralReturned', { ids: { deferral: 'f-1', task: 't-3' }, body: {} });
  append(writing, 'MarkerLapsed', { ids: { marker: 'm-1', subject: 'anna' }, body: {} });
  const until = startsAt + 400 * 86_400_000;
  append(writing, 'MarkerExtended', { ids: { marker: 'm-1', subject: 'anna' }, body: { reviewAt: until } });
  return writing;
}

const writing = written();
const held = new Set(writing.events.map((event) => event.type));
const missing = [...eventDefinitions.keys()].filter((type) => !held.has(type) && notInFixture[type] === undefined);
for (const line of writing.refused) process.stderr.write(`refused: ${line}\n`);
process.stderr.write(`${writing.events.length} events; missing: ${missing.join(' ') || 'none'}\n`);
const lines = [...writing.events, endOf(writing.room)].map((one) => JSON.stringify(one));
mkdirSync(dirname(fixtureLogFile), { recursive: true });
writeFileSync(fixtureLogFile, `${lines.join('\n')}\n`);
