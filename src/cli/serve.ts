import { serviceLog } from '../serve/service-log.ts';
import { startService } from '../serve/service.ts';
import { endAsked } from './end-asked.ts';
import type { StoreOptions } from './in-store.ts';
import { configuredBy } from './in-store.ts';

/** What is still open after this long is cut off. */
const stopMs = 20_000;

/** Runs a service until it is told to end, and leaves nothing behind. */
export async function serve(options: StoreOptions, version: string): Promise<number> {
  const configured = configuredBy(options);
  const ended = endAsked();
  const log = serviceLog(configured.settings);
  const service = await startService({ configured, environment: process.env, version, log });
  process.stdout.write(`Heed listens on ${service.address} (Ctrl-C ends it).\n`);
  await ended;
  setTimeout(() => process.exit(1), stopMs).unref();
  await service.stop();
  return 0;
}
