import { benchConsole } from './console.ts';
import { benchEngine } from './engine.ts';
import { benchJournal } from './journal.ts';
import { measureLinkageSeed } from './linkage-seed.ts';
import { benchLive } from './live.ts';
import { benchMaps } from './maps.ts';
import { benchPhrases } from './phrases.ts';
import { measureReaders } from './readers.ts';
import { benchRestart } from './restart.ts';
import { benchRoom } from './room.ts';

const print = (lines: readonly string[]): void => {
  for (const line of lines) console.log(line);
};

/** The parts, in the order in which they are run; some may be named on the command line instead. */
const parts: Readonly<Record<string, () => void | Promise<void>>> = {
  maps: benchMaps,
  room: benchRoom,
  phrases: benchPhrases,
  readers: () => print(measureReaders()),
  linkage: () => print(measureLinkageSeed()),
  journal: async () => print(await benchJournal()),
  engine: async () => print(await benchEngine()),
  live: async () => print(await benchLive()),
  console: async () => print(await benchConsole()),
  restart: async () => print(await benchRestart()),
};

const wanted = process.argv.slice(2);
for (const name of wanted.length === 0 ? Object.keys(parts) : wanted) {
  const part = parts[name];
  if (part === undefined) throw new Error(`There is no part ${name}; the parts are ${Object.keys(parts).join(', ')}.`);
  console.log(`\n== ${name}`);
  await part();
}
