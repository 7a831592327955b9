import { chownSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bornAt, isAlive } from './postmaster.ts';

/** The processes that use one embedded server; the last to leave stops it. */
export interface Occupants {
  readonly enter: () => void;
  readonly leave: () => void;
  readonly others: () => readonly number[];
}

let entered = 0;

/** Keeps a file for every process that uses the server, in a folder beside its data. */
export function occupantsOf(folder: string): Occupants {
  entered += 1;
  const own = join(folder, `${process.pid}-${bornAt(process.pid)}-${entered}`);
  return {
    enter: () => {
      const { uid, gid } = statSync(dirname(folder));
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (process.getuid?.() === 0) chownSync(folder, uid, gid);
      writeFileSync(own, '', { mode: 0o600 });
    },
    leave: () => rmSync(own, { force: true }),
    others: () => readdirSync(folder).flatMap((name) => (join(folder, name) === own ? [] : stillThere(folder, name))),
  };
}

/** The process of a file, if it is alive; the file of one that died without leaving goes. */
function stillThere(folder: string, name: string): readonly number[] {
  const [pid = '', born = ''] = name.split('-');
  if (isAlive(Number(pid)) && bornAt(Number(pid)) === born) return [Number(pid)];
  rmSync(join(folder, name), { force: true });
  return [];
}
