import type { Command } from 'commander';

/** Adds the verb `replay`, which plays case files on a virtual clock and reports what would have been demanded. */
export function addReplay(program: Command): void {
  program
    .command('replay')
    .description('play a case file, or every case file of a folder')
    .argument('[path]', 'a case file, or a folder of case files')
    .option('--json', 'write the report as JSON to standard output')
    .option('--html <file>', 'write the report as one HTML page')
    .option('--policy <file>', 'play under this policy instead of the one of the case')
    .option('--new', 'write an empty case file to start from')
    .action(() => {
      program.error('heed replay is not built yet');
    });
}
