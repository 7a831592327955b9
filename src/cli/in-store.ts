import { sayProblem } from '../border/problem.ts';
import type { Configured } from '../serve/configuration.ts';
import { readConfiguration } from '../serve/configuration.ts';
import type { Store } from '../serve/store.ts';
import { openStore, StartRefused } from '../serve/store.ts';

/** What every verb takes that works on the database of a service. */
export interface StoreOptions {
  readonly config?: string;
}

/** The configuration of a service. Throws StartRefused where it cannot be read. */
export function configuredBy(options: StoreOptions): Configured {
  const configured = readConfiguration(options.config, process.env);
  if (!configured.ok) throw new StartRefused(configured.problems.map(sayProblem));
  return configured.value;
}

/** Does something with the database of a service, whether that runs or not, and closes it. */
export async function inStore<T>(options: StoreOptions, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(configuredBy(options), process.env, (line) => process.stderr.write(`${line}\n`));
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
