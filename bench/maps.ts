import { Map as PersistentMap } from 'immutable';

function nanoseconds(count: number, run: () => void): number {
  run();
  const began = performance.now();
  run();
  return Math.round(((performance.now() - began) * 1_000_000) / count);
}

/** What one changed entry costs in a map of 50,000: the reason for persistent maps (docs/decisions/0003). */
export function benchMaps(): void {
  const keys = Array.from({ length: 50_000 }, (_, n) => `incident-${n}`);
  const persistent = PersistentMap(keys.map((key) => [key, { key }] as const));
  const native = new Map(keys.map((key) => [key, { key }] as const));
  let held: unknown = null;
  const get = nanoseconds(50_000, () => {
    for (const key of keys) held = persistent.get(key);
  });
  const set = nanoseconds(50_000, () => {
    let map = persistent;
    for (const key of keys) map = map.set(key, { key });
    held = map;
  });
  const copied = nanoseconds(20, () => {
    for (const key of keys.slice(0, 20)) held = new Map(native).set(key, { key });
  });
  console.log(
    `One entry of 50,000: persistent get ${get} ns, persistent set ${set} ns, native map copied ${copied} ns`,
  );
  if (held === null) throw new Error('the runs were optimised away');
}
