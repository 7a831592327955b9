import { isIP } from 'node:net';

/** What somebody did wrong, as far as it is counted. */
export type Failure = 'sign-in' | 'unauthorised' | 'malformed';

/** How many failures are let pass at once, and how fast the allowance comes back. */
export interface Allowance {
  readonly atOnce: number;
  readonly perMinute: number;
}

/** For one actor. A person who mistypes a hundred times is a fault in a program. */
export const actorAllowance: Readonly<Record<Failure, Allowance>> = {
  'sign-in': { atOnce: 10, perMinute: 6 },
  unauthorised: { atOnce: 60, perMinute: 30 },
  malformed: { atOnce: 60, perMinute: 60 },
};

/** For one address: a whole room may stand behind one, so it is far wider than one person's. */
export const addressAllowance: Readonly<Record<Failure, Allowance>> = {
  'sign-in': { atOnce: 60, perMinute: 60 },
  unauthorised: { atOnce: 300, perMinute: 300 },
  malformed: { atOnce: 300, perMinute: 300 },
};

/** How many actors and addresses are remembered; beyond that the one heard of longest ago is forgotten. */
export const rememberedLimit = 20_000;

/** Who asks. An actor only if they have proved who they are: nobody can lock out another by their name. */
export interface Asking {
  readonly actor: string | null;
  readonly address: string;
  /** Something that telephony or an integration hands in. It is never refused here, whatever its address did. */
  readonly isContact: boolean;
}

/** Counts failures, so that guessing is slow and the logs stay readable; nothing that would succeed is refused. */
export interface FailureLimits {
  /**
   * How long a stranger must wait before anything is done for them; 0: go ahead. Somebody known never waits here: a
   * console that asked wrongly a hundred times must still take the next call (principle 9).
   */
  readonly waitMs: (asking: Asking) => number;
  /** Notes a failure. 0 within the allowance; over it, how long to say in Retry-After, and no line of its own. */
  readonly failed: (asking: Asking, failure: Failure) => number;
}

interface Bucket {
  readonly left: number;
  readonly at: number;
}

/** Makes the counters of one process; the time is handed in. */
export function failureLimits(now: () => number, limit: number = rememberedLimit): FailureLimits {
  const buckets = new Map<string, Bucket>();
  const leftIn = (key: string, allowance: Allowance): number => {
    const bucket = buckets.get(key);
    if (bucket === undefined) return allowance.atOnce;
    const gainedMs = Math.max(0, now() - bucket.at);
    return Math.min(allowance.atOnce, bucket.left + (gainedMs * allowance.perMinute) / 60_000);
  };
  const waitFor = (key: string, allowance: Allowance): number => {
    const missing = 1 - leftIn(key, allowance);
    return missing <= 0 ? 0 : Math.ceil((missing * 60_000) / allowance.perMinute);
  };
  const take = (key: string, allowance: Allowance): void => {
    const left = leftIn(key, allowance);
    // Back in at the end: the map's own order is the order of last failure.
    buckets.delete(key);
    buckets.set(key, { left: Math.max(0, left - 1), at: now() });
    for (const oldest of buckets.keys()) {
      if (buckets.size <= limit) break;
      buckets.delete(oldest);
    }
  };
  return {
    waitMs: (asking) => {
      if (asking.isContact || asking.actor !== null) return 0;
      const waits = failures.map((failure) => {
        const { key, allowance } = countedFor(asking, failure);
        return waitFor(key, allowance);
      });
      return Math.max(...waits);
    },
    failed: (asking, failure) => {
      const { key, allowance } = countedFor(asking, failure);
      const wait = waitFor(key, allowance);
      take(key, allowance);
      return wait;
    },
  };
}

const failures: readonly Failure[] = ['sign-in', 'unauthorised', 'malformed'];

/** Somebody known answers for themselves, not for the address that a whole room shares with them. */
function countedFor({ actor, address }: Asking, failure: Failure): { key: string; allowance: Allowance } {
  return actor === null
    ? { key: `${failure} address ${network(address)}`, allowance: addressAllowance[failure] }
    : { key: `${failure} actor ${actor}`, allowance: actorAllowance[failure] };
}

/** An address as far as it can be told apart: one subscriber of IPv6 holds a whole /64. */
function network(address: string): string {
  const plain = address
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, '')
    .replace(/%.*$/, '');
  if (isIP(plain) !== 6) return plain.slice(0, 64);
  const [head = '', tail = ''] = plain.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === '' ? [] : tail.split(':');
  const missing = plain.includes('::') ? Math.max(0, 8 - before.length - after.length) : 0;
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
