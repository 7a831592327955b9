import { z } from 'zod';
import type { Around, Readiness } from './around.ts';
import type { Route } from './route.ts';
import { openRoute } from './route.ts';

const readiness = z.object({
  ready: z.boolean(),
  version: z.string(),
  environment: z.string(),
  checks: z.record(z.string(), z.object({ ok: z.boolean(), says: z.string() })),
});

/** What an engine's state means for whoever would give it a command. */
const statesSaid: Readonly<Record<string, string>> = {
  loading: 'it is being loaded',
  standby: 'another process writes for it, and this one stands by',
  stalled: 'its log cannot be written',
  stopped: 'it has been stopped',
};

/** How long the log may take to say where it stands. */
const logAnswerMs = 3_000;

async function logChecks({ rooms, journal }: Around): Promise<Readiness['checks']> {
  const [room] = rooms.list();
  if (room === undefined) return { log: { ok: true, says: '' } };
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), logAnswerMs);
  });
  try {
    const answered = await Promise.race([journal.head(room), late]);
    return { log: { ok: answered !== 'late', says: answered === 'late' ? `no answer in ${logAnswerMs} ms` : '' } };
  } catch {
    return { log: { ok: false, says: 'the database does not answer' } };
  } finally {
    clearTimeout(timer);
  }
}

function roomChecks({ rooms }: Around): Readiness['checks'] {
  const checked = rooms.list().map((room) => {
    const state = rooms.get(room)?.state() ?? 'stopped';
    return [`room ${room}`, { ok: state === 'writing', says: statesSaid[state] ?? '' }] as const;
  });
  return Object.fromEntries(checked);
}

/** Whether the process lives, and whether it can do its work: two different questions. */
export function healthRoutes(around: Around): readonly Route[] {
  return [
    openRoute({
      method: 'GET',
      path: '/health',
      tag: 'Watching over it',
      summary: 'Whether the process lives',
      describes: 'Answers as long as the process answers at all; whether it can do its work is `/ready`.',
      security: 'open',
      answer: { says: 'It lives.', schema: z.object({ alive: z.literal(true) }), example: { alive: true } },
      problems: [],
      handle: () => ({ json: '{"alive":true}' }),
    }),
    openRoute({
      method: 'GET',
      path: '/ready',
      tag: 'Watching over it',
      summary: 'Whether it can do its work',
      describes:
        'Ready: the log answers, every room of this process is written for, and the clock and disk are fit. Anything ' +
        'else is 503 with the same document, so that a balancer sends nobody here.',
      security: 'open',
      answer: { says: 'It can do its work.', schema: readiness },
      problems: [],
      handle: async ({ reply }) => {
        const more = (await around.readiness?.()) ?? {};
        const checks = { ...(await logChecks(around)), ...roomChecks(around), ...more };
        const ready = Object.values(checks).every(({ ok }) => ok);
        const { version, environment } = around;
        const json = JSON.stringify({ ready, version, environment, checks });
        if (ready) return { json };
        void reply.code(503).type('application/json; charset=utf-8').send(json);
        return 'taken-over';
      },
    }),
  ];
}
