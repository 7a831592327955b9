import { once } from 'node:events';
import { startEmbedded } from '../src/database/embedded.ts';
import { migrate } from '../src/database/migrate.ts';

/** A process of its own for tests: `start FOLDER` holds a database until its input ends; `migrate URL FOLDER`. */
async function main([work = '', first = '', second = '']: readonly string[]): Promise<void> {
  if (work === 'migrate') return say(await migrate(first, second));
  const lines: string[] = [];
  const embedded = await startEmbedded({ folder: first, fallbacks: [], log: (line) => lines.push(line) });
  say({ ...embedded, pid: embedded.pid(), lines });
  process.stdin.resume();
  await once(process.stdin, 'end');
  await embedded.stop();
}

function say(answer: object): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

await main(process.argv.slice(2));
