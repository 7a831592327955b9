import type { Command } from 'commander';
import type { StoreOptions } from './in-store.ts';
import type { RecordsOptions } from './import-records.ts';
import type { VerifyOptions } from './log-verbs.ts';

const statusOfRefusal = 2;
const aRoom = 'a room, by its name in the configuration';

/** A refusal to start, known by its reasons: its module is loaded only with the verb that needs it. */
interface Refused extends Error {
  readonly reasons: readonly string[];
}

export function isRefusal(error: unknown): error is Refused {
  return error instanceof Error && 'reasons' in error && Array.isArray(error.reasons);
}

/** Runs a verb; what does not let it begin is said in sentences, never as a trace. */
async function run(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    for (const reason of error.reasons) process.stderr.write(`${reason}\n`);
    process.exitCode = statusOfRefusal;
  }
}

/** A verb that works on the database of a service. */
function verb(program: Command, name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .option('--config <file>', 'the configuration; heed.yaml here if there is one, else a demonstration');
}

/** Adds the verbs of a service; their modules are loaded only when they are asked for. */
export function addServiceVerbs(program: Command): void {
  verb(program, 'serve', 'run the control room: log, rooms, checks, interface').action(async (options: StoreOptions) =>
    run(async () => (await import('./serve.ts')).serve(options, program.version() ?? '')),
  );
  verb(program, 'doctor', 'say what is wrong with a service, and how to mend it').action(
    async (options: StoreOptions) => run(async () => (await import('./doctor.ts')).doctor(options)),
  );
  verb(program, 'verify', 'look at every event of a log, and name the first that is not as it was written')
    .argument('[room or file]', 'a room, or an export; every room where it is left out')
    .option('--witness <file>', 'compare with the heads that the witness saw')
    .option('--key <file>', 'the public key that they were signed with')
    .action(async (target: string | undefined, options: VerifyOptions) =>
      run(async () => (await import('./log-verbs.ts')).verify(target, options)),
    );
  verb(program, 'export', 'write the whole log of a room to a file: backup and move')
    .argument('<room>', aRoom)
    .argument('<file>', 'NDJSON; compressed if its name ends in .gz')
    .action(async (room: string, file: string, options: StoreOptions) =>
      run(async () => (await import('./log-verbs.ts')).exportTo(room, file, options)),
    );
  verb(program, 'import', 'read an export into a database that has no such room, verified link by link')
    .argument('<file>', 'what heed export wrote')
    .action(async (file: string, options: StoreOptions) =>
      run(async () => (await import('./log-verbs.ts')).importFrom(file, options)),
    );
  verb(program, 'import-records', 'bring a snapshot of another system into the records of a room')
    .argument('<room>', aRoom)
    .argument('<source>', 'a source of the configuration whose kind is snapshot')
    .argument('<file>', 'what that system gave, in its own form')
    .requiredOption('--taken-at <instant>', 'when the other system wrote it')
    .option('--rejects <file>', 'where lines that were not taken whole are listed', 'rejects.ndjson')
    .option('--accept-loss', 'take it although much is rejected or gone')
    .action(async (room: string, source: string, file: string, options: RecordsOptions) =>
      run(async () => (await import('./import-records.ts')).importSnapshot({ room, source, file }, options)),
    );
  verb(program, 'rebuild', 'bring the search and history tables of a room to what its log says')
    .argument('<room>', aRoom)
    .action(async (room: string, options: StoreOptions) =>
      run(async () => (await import('./log-verbs.ts')).rebuild(room, options)),
    );
  verb(program, 'erasable', 'list the events about a matter whose bodies two people may decide to erase')
    .argument('<room>', aRoom)
    .argument('<matter>', 'incident:ID, contact:ID or subject:ID')
    .action(async (room: string, matter: string, options: StoreOptions) =>
      run(async () => (await import('./log-verbs.ts')).erasable(room, matter, options)),
    );
  verb(program, 'erase', 'carry out a decision of the log to erase')
    .argument('<room>', aRoom)
    .argument('<event>', 'the place in the log of the decision')
    .action(async (room: string, decision: string, options: StoreOptions) =>
      run(async () => (await import('./log-verbs.ts')).erase(room, decision, options)),
    );
}
