import { existsSync } from 'node:fs';
import { eraseAccesses } from '../access/erase-access.ts';
import { verifyAccessLog } from '../access/verify-access.ts';
import { formatInstant } from '../room/british-time.ts';
import { eraseBodies, roomNow, seqsAbout } from '../journal/erase.ts';
import { exportRoom } from '../journal/export.ts';
import { importRoom } from '../journal/import.ts';
import { verifyExport } from '../journal/read-export.ts';
import { verifyRoom } from '../journal/verify.ts';
import type { Verdict } from '../journal/walk.ts';
import { accessChain, publicKeysIn, readTestimony } from '../journal/witness.ts';
import type { Testimony, Witnessed } from '../journal/witness.ts';
import { rebuildRecords } from '../sources/rebuild.ts';
import type { Store } from '../serve/store.ts';
import { StartRefused } from '../serve/store.ts';
import { inStore } from './in-store.ts';
import type { StoreOptions } from './in-store.ts';

const statusOfFault = 1;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

type Seen = ReadonlyMap<string, ReadonlyMap<number, Witnessed>>;

export interface VerifyOptions extends StoreOptions {
  readonly witness?: string;
  readonly key?: string;
}

/** What the witness saw; throws StartRefused where its file is not what the key signed. */
async function testimony({ witness, key }: VerifyOptions): Promise<Seen> {
  if (witness === undefined) return new Map();
  if (key === undefined || !existsSync(key))
    throw new StartRefused(['--witness needs --key FILE: the public key that the heads were signed with.']);
  const read: Testimony = await readTestimony(witness, await publicKeysIn(key));
  if (read.kind === 'forged') throw new StartRefused([`${read.file}, line ${read.line}: ${read.says}`]);
  return read.seen;
}

/** Says what a verdict means; true where the log is whole. */
function say(verdict: Verdict): boolean {
  const { room } = verdict;
  if (verdict.kind === 'whole') {
    const { head, erased, witnessed } = verdict;
    const also = [
      ...(erased > 0 ? [`${erased} bodies lawfully erased`] : []),
      ...(witnessed > 0 ? [`${witnessed} witnessed heads agree`] : []),
    ];
    print([`${room}: whole, ${head.seq} events, head ${head.hash.slice(0, 16)}…`, ...also].join('; '));
    return true;
  }
  if (verdict.kind === 'behind') {
    const { head, seen } = verdict;
    print(
      `${room}: BEHIND ITS WITNESS. The log ends at event ${head.seq}; at ${formatInstant(seen.at)} the witness saw ` +
        `event ${seen.seq}. An older backup was restored, or the end of the log was removed.`,
    );
    return false;
  }
  print(`${room}: BROKEN at event ${verdict.seq}: ${verdict.says}`);
  return false;
}

/** Looks at every event of a room, of every room or of an export; names the first that is not as it was written. */
export async function verify(target: string | undefined, options: VerifyOptions): Promise<number> {
  const seen = await testimony(options);
  if (target !== undefined && existsSync(target)) {
    const heard = await verifyExport(target, seen);
    if (heard.kind === 'heard') return say(heard.verdict) ? 0 : statusOfFault;
    print(`${target}: BROKEN at line ${heard.line}: ${heard.says}`);
    return statusOfFault;
  }
  return inStore(options, async (store) => {
    const rooms = target === undefined ? (await store.journal.rooms()).map((one) => one.room) : [target];
    let isWhole = true;
    for (const room of rooms) isWhole = (await isRoomWhole(store, room, seen)) && isWhole;
    return isWhole ? 0 : statusOfFault;
  });
}

async function isRoomWhole({ database }: Store, room: string, seen: Seen): Promise<boolean> {
  const isWhole = say(await verifyRoom(database.service, room, seen.get(room)));
  const access = await verifyAccessLog(database.service, room);
  if (access.kind === 'whole') {
    const last = Math.max(0, ...(seen.get(`${room}${accessChain}`)?.keys() ?? []));
    if (access.head.seq >= last) return isWhole;
    print(`${room}, access log: BEHIND ITS WITNESS. It ends at ${access.head.seq}; ${last} was witnessed.`);
    return false;
  }
  print(`${room}, access log: BROKEN at ${access.seq}: ${access.says}`);
  return false;
}

/** Writes a room's whole log to a file, which is a backup and a move in one. */
export async function exportTo(room: string, file: string, options: StoreOptions): Promise<number> {
  return inStore(options, async ({ database }) => {
    const { head, events, commands } = await exportRoom(database.service, room, file);
    print(`${file}: ${events} events and ${commands} commands of ${room}, head ${head.hash.slice(0, 16)}…`);
    return 0;
  });
}

/** Reads an export into a database that has no such room, verified link by link. */
export async function importFrom(file: string, options: StoreOptions): Promise<number> {
  return inStore(options, async (store) => {
    const { urls } = store;
    const imported = await importRoom({ ownerUrl: urls.ownerUrl, file });
    if (imported.kind === 'refused') {
      print(`${imported.file}, line ${imported.line}: ${imported.says}`);
      return statusOfFault;
    }
    print(`${imported.room}: ${imported.head.seq} events, head ${imported.head.hash.slice(0, 16)}…`);
    return rebuilt(store, imported.room);
  });
}

/** Brings the search and history tables of a room to what its log says. */
export async function rebuild(room: string, options: StoreOptions): Promise<number> {
  return inStore(options, async (store) => rebuilt(store, room));
}

async function rebuilt({ database, journal }: Store, room: string): Promise<number> {
  const entry = (await journal.rooms()).find((one) => one.room === room);
  if (entry === undefined) throw new StartRefused([`There is no room ${room}.`]);
  const { kept, removed } = await rebuildRecords({ pool: database.service, log: journal, room, kind: entry.kind });
  print(`${room}: ${kept} records follow from its log${removed === 0 ? '' : `, ${removed} did not and are gone`}.`);
  return 0;
}

const matters = /^(incident|contact|subject):(.+)$/;

/** Lists what could be erased about an incident, a contact or a subject: what two people are to decide on. */
export async function erasable(room: string, matter: string, options: StoreOptions): Promise<number> {
  const [, kind, id] = matters.exec(matter) ?? [];
  if (kind === undefined || id === undefined)
    throw new StartRefused([`${matter} is no matter: write incident:ID, contact:ID or subject:ID.`]);
  return inStore(options, async ({ database }) => {
    const seqs = await seqsAbout(database.service, room, { [kind]: id });
    if (seqs.length === 0) print(`Nothing about ${matter} is in the log of ${room} that could be erased.`);
    else print(JSON.stringify({ [kind]: id, seqs }));
    return 0;
  });
}

/** Carries out a decision of the log to erase. */
export async function erase(room: string, decision: string, options: StoreOptions): Promise<number> {
  return inStore(options, async (store) => {
    const { journal, database } = store;
    const entry = (await journal.rooms()).find((one) => one.room === room);
    if (entry === undefined) throw new StartRefused([`There is no room ${room}.`]);
    const around = { journal, service: database.service, eraser: database.eraser, entry };
    const erasing = await eraseBodies(around, Number(decision));
    if (erasing.kind === 'refused') {
      print(`Refused: ${erasing.says}`);
      return statusOfFault;
    }
    const { room: now } = await roomNow(journal, entry);
    const accesses = await eraseAccesses({ ...around, room: now }, Number(decision));
    if (accesses.kind === 'refused') {
      print(`Refused: ${accesses.says}`);
      return statusOfFault;
    }
    const left = erasing.left.length === 0 ? '' : `; ${erasing.left.length} about the same matter are there still`;
    print(`${erasing.erased} bodies and ${accesses.erased} accesses erased${left}.`);
    print('A service that runs still has them in memory: restart it.');
    return rebuilt(store, room);
  });
}
