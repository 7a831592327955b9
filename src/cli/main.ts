import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { addReplay } from './replay.ts';

const statusOfMisuse = 2;

const manifest = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));

// exitOverride stands before the verbs are added, because a verb inherits it only when it is made.
const program = new Command()
  .name('heed')
  .description('An open control room for police: replay a case and see what was demanded, refused, and when.')
  .version(manifest.version)
  .showHelpAfterError('(heed --help shows the verbs and their options)')
  .exitOverride();

addReplay(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : statusOfMisuse;
}
