import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { TestDatabase } from '../../test/database.ts';
import { testDatabase } from '../../test/database.ts';
import { liveRoom, openRoom } from '../../test/live-room.ts';
import type { LiveSource } from '../sources/source.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

const empty = { result: 'no-trace', findings: [], tookMs: 1 } as const;

test('what one source leaves open is put to the next, as a check of its own that holds up nothing', async () => {
  const waiting: (() => void)[] = [];
  const sources: readonly LiveSource[] = [
    { id: 'own-history', ask: async () => empty, askNext: () => 'next' },
    { id: 'next', ask: async () => new Promise((resolve) => waiting.push(() => resolve(empty))) },
  ];
  const live = await liveRoom(database, { sources });
  try {
    await live.untilWriting();
    await openRoom(live);
    const states = (): readonly (readonly string[])[] =>
      [...live.engine.room().checks.values()].map(({ source, subject, state }) => [source, subject, state]);
    await live.send('telephony', 'PresentContact', { contact: 'call-1', channel: '999' });
    const identity = { kind: 'phone', number: '07700 900123' };
    await live.send('telephony', 'Mention', { subject: 'phone-1', identity, contact: 'call-1', role: 'used' });
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    expect(states()).toEqual([
      ['own-history', 'phone-1', 'no-trace'],
      ['next', 'phone-1', 'not-run'],
    ]);
    for (const answer of waiting) answer();
    await live.engine.idle();
    await live.engine.idle();
    expect(states()[1]).toEqual(['next', 'phone-1', 'no-trace']);
  } finally {
    await live.close();
  }
});
