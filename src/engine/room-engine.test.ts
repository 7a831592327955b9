import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestDatabase } from '../../test/database.ts';
import { testDatabase } from '../../test/database.ts';
import type { LiveOptions, LiveRoom } from '../../test/live-room.ts';
import { liveRoom, openRoom } from '../../test/live-room.ts';
import { query } from '../../test/query.ts';
import { emptyRoom } from '../room/room.ts';
import { fold } from '../room/fold.ts';
import type { StoredEvent } from '../room/define.ts';
import type { Question } from '../sources/source.ts';
import { manualClock } from './clocks.ts';
import { archiving, ripeIn } from './cold.ts';
import type { Answered } from './engine.ts';

let database: TestDatabase;
let rooms = 0;
const noon = Date.UTC(2026, 1, 3, 12);

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  await database.drop();
});

/** Runs a test in a room of its own, opened and writing, and closes it whatever happens. */
async function inRoom(work: (live: LiveRoom) => Promise<void>, options: LiveOptions = {}): Promise<void> {
  rooms += 1;
  const live = await liveRoom(database, { room: `room-${rooms}`, ...options });
  try {
    await live.untilWriting();
    await openRoom(live);
    await work(live);
  } finally {
    await live.close();
  }
}

async function logOf({ journal, engine }: LiveRoom): Promise<readonly StoredEvent[]> {
  return journal.read(engine.id, 0, 10_000);
}

function kindOf(answered: Answered): string {
  return answered.kind === 'recorded' ? answered.outcome.kind : answered.kind;
}

const call = { contact: 'call-1', channel: '999' } as const;

describe('a command', () => {
  test('is answered once it is in the log, and the room that is shown has it', async () => {
    await inRoom(async (live) => {
      const answered = await live.send('telephony', 'PresentContact', call);
      const log = await logOf(live);
      expect(kindOf(answered)).toBe('done');
      expect(log.at(-1)?.ids['contact']).toBe('call-1');
      expect(live.engine.room().contacts.has('call-1')).toBe(true);
      expect(live.engine.head().seq).toBe(log.length);
    });
  });

  test('sent again is answered as the first time, and leaves the log as it was', async () => {
    await inRoom(async (live) => {
      const first = await live.send('telephony', 'PresentContact', call, { id: 'ring-1' });
      const { seq } = live.engine.head();
      const again = await live.send('telephony', 'PresentContact', call, { id: 'ring-1' });
      expect(again).toEqual({ ...first, isRepeat: true });
      expect(live.engine.head().seq).toBe(seq);
    });
  });

  test('sent again while the first is still on its way is one command', async () => {
    await inRoom(async (live) => {
      const sent = [1, 2, 3].map(() => live.send('telephony', 'PresentContact', call, { id: 'ring-1' }));
      const answers = await Promise.all(sent);
      expect(answers.map(kindOf)).toEqual(['done', 'done', 'done']);
      expect((await logOf(live)).filter((event) => event.type === 'ContactPresented')).toHaveLength(1);
    });
  });

  test('of an id that meant something else is a conflict, and changes nothing', async () => {
    await inRoom(async (live) => {
      await live.send('telephony', 'PresentContact', call, { id: 'ring-1' });
      const other = await live.send('telephony', 'PresentContact', { ...call, contact: 'call-2' }, { id: 'ring-1' });
      expect(other.kind).toBe('conflict');
      expect(live.engine.room().contacts.has('call-2')).toBe(false);
    });
  });

  test('that is refused is recorded with its reasons, and a repeat of it is refused alike', async () => {
    await inRoom(async (live) => {
      const first = await live.send('handler-1', 'AnswerContact', { contact: 'nobody' }, { id: 'answer-1' });
      const again = await live.send('handler-1', 'AnswerContact', { contact: 'nobody' }, { id: 'answer-1' });
      expect(kindOf(first)).toBe('refused');
      expect(again).toEqual({ ...first, isRepeat: true });
    });
  });

  test('among many sent at once keeps its place: the log folds to the room that is shown', async () => {
    await inRoom(async (live) => {
      const contacts = Array.from({ length: 300 }, (_, place) => `call-${place + 1}`);
      const answers = await Promise.all(
        contacts.map((contact) => live.send('telephony', 'PresentContact', { contact, channel: '101' })),
      );
      const log = await logOf(live);
      const folded = fold(emptyRoom(live.engine.id, 'exercise'), log);
      expect(answers.every((one) => kindOf(one) === 'done')).toBe(true);
      expect(folded.contacts.toJS()).toEqual(live.engine.room().contacts.toJS());
      expect(log.map((event) => event.seq)).toEqual(log.map((_, place) => place + 1));
    });
  });
});

async function ring(to: LiveRoom, id: string): Promise<Answered> {
  return to.send('telephony', 'PresentContact', { contact: `call-of-${id}`, channel: '999' }, { id });
}

describe('a room that is taken up again', () => {
  test('is the same room, and knows the commands that it had', async () => {
    await inRoom(async (live) => {
      await live.send('telephony', 'PresentContact', call, { id: 'ring-1' });
      await live.engine.stop();
      const after = await liveRoom(database, { room: live.engine.id });
      await after.untilWriting();
      const again = await after.send('telephony', 'PresentContact', call, { id: 'ring-1' });
      const other = await after.send('telephony', 'PresentContact', { ...call, channel: '101' }, { id: 'ring-1' });
      expect(after.engine.room().contacts.toJS()).toEqual(live.engine.room().contacts.toJS());
      expect(again).toMatchObject({ kind: 'recorded', isRepeat: true, outcome: { kind: 'done' } });
      expect(other.kind).toBe('conflict');
      await after.close();
    });
  });

  test('answers repeats from the log in the midst of new commands, each of which is done once', async () => {
    await inRoom(async (live) => {
      const ids = Array.from({ length: 40 }, (_, place) => `ring-${place + 1}`);
      await Promise.all(ids.slice(0, 20).map((id) => ring(live, id)));
      await live.engine.stop();
      const after = await liveRoom(database, { room: live.engine.id });
      await after.untilWriting();
      const answers = await Promise.all(ids.map((id) => ring(after, id)));
      const presented = (await logOf(after)).filter((event) => event.type === 'ContactPresented');
      expect(answers.map((one) => one.kind === 'recorded' && one.isRepeat)).toEqual(ids.map((_, place) => place < 20));
      expect(presented).toHaveLength(40);
      await after.close();
    });
  });

  test('is told at once what fell due while nobody ran it, and says that it is late', async () => {
    rooms += 1;
    const before = manualClock(noon);
    const room = `room-${rooms}`;
    const live = await liveRoom(database, { room, clock: before });
    await live.untilWriting();
    await openRoom(live);
    await live.send('handler-1', 'OpenIncident', { incident: 'job-1', summary: 'A broken window' });
    await live.close();
    const after = await liveRoom(database, { room, clock: manualClock(noon + 3_600_000) });
    await after.untilWriting();
    await after.engine.idle();
    const raised = (await logOf(after)).filter((event) => event.type === 'DutyRaised');
    expect(raised.map((event) => event.body)).toContainEqual({ level: 'prompt', late: true });
    await after.close();
  });
});

describe('time', () => {
  test('raises by itself what falls due, with nobody sending anything', async () => {
    const clock = manualClock(noon);
    await inRoom(
      async (live) => {
        await live.send('handler-1', 'OpenIncident', { incident: 'job-1', summary: 'A broken window' });
        await clock.advance(noon + 15 * 60_000, () => live.engine.idle().then(() => true));
        const raised = [...live.engine.room().duties.values()].filter((duty) => duty.state === 'raised');
        expect(raised.map((duty) => duty.safeguard)).toContain('ungraded');
      },
      { clock },
    );
  });
});

describe('what has left the room', () => {
  test('comes back by itself, with what was said, before a command that names it', async () => {
    const clock = manualClock(noon);
    await inRoom(
      async (live) => {
        const { engine } = live;
        await live.send('telephony', 'PresentContact', { ...call, channel: '101' });
        await live.send('handler-1', 'AnswerContact', { contact: 'call-1' });
        await live.send('handler-1', 'RecordStatement', {
          contact: 'call-1',
          words: 'The same white van again',
          speaker: 'caller',
        });
        await live.send('telephony', 'EndContact', { contact: 'call-1', ending: 'ended' });
        const told = { contact: 'call-1', disposition: 'information-only', reason: 'Noted' };
        const disposed = await live.send('handler-1', 'DisposeContact', told);
        expect(kindOf(disposed)).toBe('done');
        await clock.advance(noon + 15 * 86_400_000, async () => engine.idle().then(() => true));
        await Promise.all(ripeIn(engine.room(), clock.now()).map((cold) => engine.give(archiving(cold, clock.now()))));
        expect(engine.room().contacts.has('call-1')).toBe(false);
        const opening = { incident: 'job-1', summary: 'White van', contact: 'call-1' };
        const opened = await live.send('handler-1', 'OpenIncident', opening);
        expect(kindOf(opened)).toBe('done');
        expect(
          engine
            .room()
            .incidents.get('job-1')
            ?.log.map((one) => one.text)
            .toArray(),
        ).toContain('The same white van again');
      },
      { clock },
    );
  });
});

/** An answer that says that it took five seconds. */
async function slow(): Promise<{ result: 'no-trace'; findings: []; tookMs: number }> {
  return new Promise((resolve) => {
    setImmediate(resolve, { result: 'no-trace', findings: [], tookMs: 5_000 });
  });
}

describe('a check', () => {
  const phone = { subject: 'phone-1', identity: { kind: 'phone', number: '07700 900123' }, contact: 'call-1' };

  async function checked(live: LiveRoom): Promise<string> {
    await live.send('telephony', 'PresentContact', call);
    await live.send('telephony', 'Mention', { ...phone, role: 'used' });
    await live.engine.idle();
    await live.engine.idle();
    return [...live.engine.room().checks.values()].map((one) => one.state).join(' ');
  }

  test('is put to its source by itself, with what is known, and its answer is recorded', async () => {
    const asked: Question[] = [];
    const source = {
      id: 'own-history',
      ask: async (question: Question) => {
        asked.push(question);
        return { result: 'no-trace' as const, findings: [], tookMs: 1 };
      },
    };
    await inRoom(
      async (live) => {
        expect(await checked(live)).toBe('no-trace');
        expect(asked[0]).toMatchObject({ subject: 'phone-1', identity: phone.identity });
      },
      { sources: [source] },
    );
  });

  test('of a replay comes back when its clock has moved as far as the source says that it takes', async () => {
    const clock = manualClock(noon);
    await inRoom(
      async (live) => {
        const settled = async (): Promise<boolean> => live.engine.idle().then(() => true);
        await live.send('telephony', 'PresentContact', call);
        await live.send('telephony', 'Mention', { ...phone, role: 'used' });
        await clock.advance(noon + 4_000, settled);
        const states = (): readonly string[] => [...live.engine.room().checks.values()].map((one) => one.state);
        const before = states();
        await clock.advance(noon + 6_000, settled);
        await live.engine.idle();
        expect([before, states()]).toEqual([['not-run'], ['no-trace']]);
      },
      { kind: 'replay', clock, sources: [{ id: 'own-history', ask: slow }] },
    );
  });

  test('of a source that breaks has failed, of one that is not there is unavailable; neither is no trace', async () => {
    const source = { id: 'own-history', ask: async () => Promise.reject(new Error('broken')) };
    await inRoom(async (live) => expect(await checked(live)).toBe('failed'), { sources: [source] });
    await inRoom(async (live) => expect(await checked(live)).toBe('unavailable'));
  });

  test('that its source never answers holds up no command', async () => {
    const source = { id: 'own-history', ask: async () => new Promise<never>(() => undefined) };
    await inRoom(
      async (live) => {
        await live.send('telephony', 'PresentContact', call);
        await live.send('telephony', 'Mention', { ...phone, role: 'used' });
        const answers = await Promise.all(
          Array.from({ length: 50 }, (_, place) =>
            live.send('telephony', 'PresentContact', { contact: `other-${place}`, channel: '101' }),
          ),
        );
        expect(answers.map(kindOf)).toEqual(answers.map(() => 'done'));
        expect([...live.engine.room().checks.values()].map((one) => one.state)).toEqual(['not-run']);
      },
      { sources: [source] },
    );
  });

  test('that was asked when the process died is asked again by the next', async () => {
    rooms += 1;
    const room = `room-${rooms}`;
    const silent = { id: 'own-history', ask: async () => new Promise<never>(() => undefined) };
    const first = await liveRoom(database, { room, sources: [silent] });
    await first.untilWriting();
    await openRoom(first);
    await first.send('telephony', 'PresentContact', call);
    await first.send('telephony', 'Mention', { ...phone, role: 'used' });
    await first.close();
    const answering = {
      id: 'own-history',
      ask: async () => ({ result: 'no-trace' as const, findings: [], tookMs: 1 }),
    };
    const second = await liveRoom(database, { room, sources: [answering] });
    await second.untilWriting();
    await second.engine.idle();
    await second.engine.idle();
    expect([...second.engine.room().checks.values()].map((one) => one.state)).toEqual(['no-trace']);
    await second.close();
  });
});

describe('a second process on the same room', () => {
  test('waits beside the first, records nothing, and takes over when the first stops', async () => {
    await inRoom(async (live) => {
      const second = await liveRoom(database, { room: live.engine.id });
      const refused = await second.send('telephony', 'PresentContact', call);
      expect([second.engine.state(), refused.kind]).toEqual(['standby', 'not-recorded']);
      await live.send('telephony', 'PresentContact', { ...call, contact: 'call-2' });
      await live.engine.stop();
      await second.untilWriting();
      expect(second.engine.room().contacts.has('call-2')).toBe(true);
      expect(kindOf(await second.send('telephony', 'PresentContact', call))).toBe('done');
      await second.close();
    });
  });

  test('that begins a turn while the first still writes puts the first out: no append of it goes through', async () => {
    await inRoom(async (live) => {
      await live.journal.beginTurn(live.engine.id, 'usurper');
      const { seq } = live.engine.head();
      const answered = await live.send('telephony', 'PresentContact', call);
      expect(answered.kind).toBe('not-recorded');
      expect((await live.journal.head(live.engine.id)).seq).toBe(seq);
    });
  });
});

/** What the process was warned of while something was done. */
async function warnings(work: () => Promise<void>): Promise<readonly string[]> {
  const names: string[] = [];
  const note = ({ name }: Error): void => void names.push(name);
  process.on('warning', note);
  await work();
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', note);
  return names;
}

describe('what listens for the end of a room', () => {
  test('does not grow with the questions that are asked at once', async () => {
    let asked = 0;
    const ask = async (): Promise<never> => {
      asked += 1;
      return new Promise<never>(() => undefined);
    };
    const sources = ['own-history', 'neighbours'].map((id) => ({ id, ask }));
    const told = await warnings(async () =>
      inRoom(
        async (live) => {
          await live.send('telephony', 'PresentContact', call);
          for (let place = 0; place < 8; place += 1) {
            const subject = `phone-${place}`;
            const identity = { kind: 'phone', number: `07700 9001${place + 10}` };
            await live.send('telephony', 'Mention', { subject, identity, contact: 'call-1', role: 'mentioned' });
            const check = { check: `asked-${place}`, subject, contact: 'call-1', source: 'neighbours' };
            await live.send('handler-1', 'RequestCheck', check);
          }
          expect(asked).toBe(16);
        },
        { sources },
      ),
    );
    expect(told).toEqual([]);
  });

  test('does not grow with the turns at writing', async () => {
    const told = await warnings(async () =>
      inRoom(async (live) => {
        const writer = `application_name = 'heed writer ${live.engine.id}'`;
        for (let turn = 0; turn < 12; turn += 1) {
          await query(database.adminUrl, `select pg_terminate_backend(pid) from pg_stat_activity where ${writer}`);
          await expect.poll(() => live.engine.state(), { interval: 1 }).not.toBe('writing');
          await expect.poll(() => live.engine.state(), { interval: 5 }).toBe('writing');
        }
      }),
    );
    expect(told).toEqual([]);
  });
});
