import type { Command } from 'commander';
import { sayProblem } from '../border/problem.ts';
import { readConfiguration } from '../serve/configuration.ts';
import { serviceLog } from '../serve/service-log.ts';
import { startService } from '../serve/service.ts';
import { StartRefused } from '../serve/store.ts';

const statusOfRefusal = 2;
/** What is still open after this long is cut off. */
const stopMs = 20_000;

interface Options {
  readonly config?: string;
}

/** Runs the verb `serve` until it is told to end. */
export async function serve(program: Command, options: Options): Promise<void> {
  const configured = readConfiguration(options.config, process.env);
  if (!configured.ok) {
    refuse(configured.problems.map(sayProblem));
    return;
  }
  const log = serviceLog(configured.value.settings);
  const ended = endAsked();
  try {
    const version = program.version() ?? '';
    const service = await startService({ configured: configured.value, environment: process.env, version, log });
    process.stdout.write(`Heed listens on ${service.address} (Ctrl-C ends it).\n`);
    await ended;
    setTimeout(() => process.exit(1), stopMs).unref();
    await service.stop();
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error;
    refuse(error.reasons);
  }
}

function refuse(reasons: readonly string[]): void {
  for (const reason of reasons) process.stderr.write(`${reason}\n`);
  process.exitCode = statusOfRefusal;
}

/** Resolves with the first signal to end; a second one is not waited for. */
async function endAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      let times = 0;
      process.on(signal, () => {
        times += 1;
        if (times > 1) process.exit(1);
        resolve();
      });
    }
  });
}
