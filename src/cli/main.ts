import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { addAudit } from './audit.ts';
import { addLink } from './link.ts';
import { addReplay } from './replay.ts';
import { addServiceVerbs } from './service-verbs.ts';
import { addSimulate } from './simulate.ts';

const statusOfMisuse = 2;
/** A fault of Heed's own, as sysexits has it; 1 is kept for a case whose expectations failed. */
const statusOfFault = 70;

const manifest = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));

// exitOverride stands before the verbs are added, because a verb inherits it only when it is made.
const program = new Command()
  .name('heed')
  .description(
    'An open control room for police: run it, or replay a case and see what was demanded, refused, and when.',
  )
  .version(manifest.version)
  .showHelpAfterError('(heed --help shows the verbs and their options)')
  .exitOverride();

addReplay(program);
addAudit(program);
addLink(program);
addSimulate(program);
addServiceVerbs(program);
// Whoever reads the report may stop before its end, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') failed(error);
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : statusOfMisuse;
  else failed(error);
}

function failed(error: unknown): void {
  const trace = error instanceof Error ? error.stack : String(error);
  process.stderr.write(`A fault in Heed itself, not in your files; please report it.\n${trace}\n`);
  process.exitCode = statusOfFault;
}
