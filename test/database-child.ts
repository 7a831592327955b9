import { once } from 'node:events';
import { readyPrograms } from '../src/database/binaries.ts';
import { startEmbedded } from '../src/database/embedded.ts';
import { migrate } from '../src/database/migrate.ts';

/**
 * A process of its own for tests: `start FOLDER` holds a database until its input ends; `migrate URL FOLDER`;
 * `programs FOLDER PLACE` makes a package's programs ready.
 */
async function main([work = '', first = '', second = '']: readonly string[]): Promise<void> {
  if (work === 'migrate') return say(await migrate(first, second));
  if (work === 'programs') return say({ programs: await readyAs(first, second) });
  const lines: string[] = [];
  const embedded = await startEmbedded({ folder: first, fallbacks: [], log: (line) => lines.push(line) });
  say({ ...embedded, pid: embedded.pid(), lines });
  process.stdin.resume();
  await once(process.stdin, 'end');
  await embedded.stop();
}

async function readyAs(folder: string, place: string): Promise<string> {
  return readyPrograms({ folder, version: '18.4.0', major: '18' }, { name: 'oneself' }, place);
}

function say(answer: object): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

await main(process.argv.slice(2));
