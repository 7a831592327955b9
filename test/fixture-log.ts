import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Room } from '../src/room/room.ts';

/** A log of version 1 of every event: one event a line, and last a line with what it must fold to. */
export const fixtureLogFile = fileURLToPath(new URL('./fixtures/log-v1.ndjson', import.meta.url));

/** What stands in the last line of a fixture log: for each of these collections of the room, the digest of its JSON. */
export interface FixtureEnd {
  readonly seq: number;
  readonly incidents: string;
  readonly duties: string;
}

/** The end of a log that folds to this room. */
export function endOf(room: Room): FixtureEnd {
  return { seq: room.seq, incidents: digestOf(room.incidents), duties: digestOf(room.duties) };
}

function digestOf(collection: Room['incidents'] | Room['duties']): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(collection)).digest('hex')}`;
}

/** Event types of version 1 that the fixture log does not hold, each with why not. */
export const notInFixture: Readonly<Record<string, string>> = {};
