import type { Policy } from '../room/policy.ts';
import { ownHistory } from '../room/policy.ts';
import type { Outcome } from '../room/step.ts';
import type { Cue, Scene } from '../replay/theatre.ts';
import type { SourceRecord } from '../sources/source.ts';
import type { Call } from './calls.ts';
import type { County } from './county.ts';
import type { Act } from './moment.ts';
import { openingOf } from './opening.ts';
import { historyOf } from './records.ts';
import { trafficOf } from './traffic.ts';

const tickMs = 2_000;
const sourceLatencyMs = 2_000;

export interface AfarOptions {
  readonly county: County;
  readonly seed: number;
  readonly policy: Policy;
  readonly digest: string;
  readonly at: number;
  readonly forMs: number;
  readonly besides: readonly Call[];
  /** Hears of every act with what the room said to it, and of the scene after each tick. */
  readonly told: (act: Act, outcome: Outcome) => void;
  /** Waits, where it is not to go as fast as it can, until so much of the simulated time may have gone by. */
  readonly pace: (passedMs: number) => Promise<void>;
}

/** A record as the opening of a replay takes it: lists of its own. */
function copied({ names, subjects, signs, ...rest }: SourceRecord) {
  return { ...rest, names: [...names], subjects: [...subjects], signs: [...signs] };
}

/**
 * Lets the county live in a room of its own on a server, whose clock moves only when told: every command goes through
 * the API, given by whoever does it. Resolves to the last scene; what opened no room is in its outcome.
 */
export async function liveAfar(options: AfarOptions, theatre: (cue: Cue) => Promise<Scene>): Promise<Scene> {
  const { county, seed, policy, digest, at, forMs, besides, told, pace } = options;
  const opening = openingOf(county, { policy, digest, at }).map((one, place) => ({ ...one, path: ['opening', place] }));
  const sources = {
    [ownHistory]: { latency: sourceLatencyMs, records: historyOf(county, at).map(copied), outages: [] },
  };
  let scene = await theatre({ kind: 'open', room: county.id, startedAt: at, opening, sources });
  if (scene.outcome?.kind === 'refused') return scene;
  const traffic = trafficOf({ county, seed, besides });
  for (let now = at; now < at + forMs; now += tickMs) {
    for (const act of traffic.nextActs(scene.room, { now, taken: new Set() })) {
      const { type, data, as: actor } = act;
      scene = await theatre({ kind: 'give', type, data, actor, at: now, override: null });
      if (scene.outcome === null) continue;
      traffic.heard(act, scene.outcome, now);
      told(act, scene.outcome);
    }
    scene = await theatre({ kind: 'run', until: now + tickMs });
    await pace(now + tickMs - at);
  }
  return scene;
}
