import type { Environment } from '../access/secret.ts';
import { readSecret } from '../access/secret.ts';
import { cursorsIn } from '../api/webhook-cursor.ts';
import type { WebhookStanding, Webhooks } from '../api/webhooks.ts';
import { signedFor, startWebhooks } from '../api/webhooks.ts';
import { machineOrder } from '../engine/machine-orders.ts';
import type { EngineLog } from '../engine/room-engine.ts';
import type { Model } from '../linkage/model.ts';
import type { RoomPositions } from '../positions/positions.ts';
import { httpSource } from '../sources/http-source.ts';
import { ownHistory, ownHistoryWithSpelling } from '../sources/own-history.ts';
import { recordSource } from '../sources/record-source.ts';
import type { LiveSource } from '../sources/source.ts';
import type { Configured } from './configuration.ts';
import type { Rooms } from './rooms.ts';
import type { Store } from './store.ts';
import { StartRefused } from './store.ts';

export interface OutsideAround {
  readonly configured: Configured;
  readonly environment: Environment;
  readonly store: Store;
  readonly rooms: Rooms;
  readonly positions: RoomPositions;
  readonly log: EngineLog;
  /** By what people are weighed who may be one and the same. */
  readonly model: Model;
}

/** What the checks of a room ask: the force's own history, and every system that is configured. */
export function sourcesFor(room: string, around: OutsideAround): readonly LiveSource[] {
  const { configured, environment, store, rooms, model } = around;
  const shelves = { pool: store.database.service, now: () => rooms.nowIn(room), model };
  const others = configured.settings.sources.map((one) => {
    if (one.kind === 'snapshot') return recordSource(shelves, room, { id: one.id, staleAfterMs: one['stale-after'] });
    try {
      const clock = { now: () => Date.now(), arm: armed };
      return httpSource(one, { clock, random: Math.random, secret: (name) => environment[name], model });
    } catch (error) {
      throw new StartRefused([`Source ${one.id}: ${error instanceof Error ? error.message : String(error)}`]);
    }
  });
  const { spelling } = store;
  const own =
    spelling.kind === 'standing' ? ownHistoryWithSpelling(shelves, room, spelling.schema) : [ownHistory(shelves, room)];
  return [...own, ...others];
}

function armed(at: number, then: () => void): () => void {
  const timer = setTimeout(then, Math.max(0, at - Date.now()));
  return () => clearTimeout(timer);
}

/** Tells others of what happens in rooms, as configured; one that is given up is reported as a source that is down. */
export function webhooksOf(around: OutsideAround): Webhooks {
  const { configured, environment, store, rooms, log } = around;
  const { webhooks, reach } = configured.settings;
  const targets = webhooks.map(({ id, room, url, types, restricted, key, secret }) => {
    const read = readSecret(secret, environment);
    if (!read.ok) throw new StartRefused([`Webhook ${id}: ${read.says}`]);
    return { id, room, url, types, restricted, sign: signedFor(url, { id: key, secret: read.secret }) };
  });
  const onDead = ({ target, room, fault }: WebhookStanding): void => {
    const data = { source: `webhook-${target}`.slice(0, 64), state: 'down', reason: fault.slice(0, 500) || 'given up' };
    const order = machineOrder(`webhook-${target}-${rooms.nowIn(room)}`, 'ReportSource', data);
    void rooms.get(room)?.give(order);
  };
  try {
    return startWebhooks({
      targets,
      engines: (room) => rooms.get(room),
      journal: store.journal,
      cursors: cursorsIn(store.database.service),
      rule: { listed: reach },
      now: () => Date.now(),
      onDead,
      log,
    });
  } catch (error) {
    throw new StartRefused([error instanceof Error ? error.message : String(error)]);
  }
}
