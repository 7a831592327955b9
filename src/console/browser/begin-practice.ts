import { ask } from './ask.ts';
import { newId } from './new-id.ts';
import type { Script } from '../practice/script.ts';

const openMs = 120_000;

/** A practice: whose it is, of which case, in a room of its own. */
export interface Practice {
  readonly room: string;
  readonly name: string;
  readonly staff: string;
}

/** The practice that the address names; null for the room itself. */
export function practiceOf(search: string): Practice | null {
  const said = new URLSearchParams(search);
  const [room, name, staff] = ['practice', 'case', 'as'].map((one) => said.get(one) ?? '');
  return room && name && staff ? { room, name, staff } : null;
}

/** What a case is practised by. */
export async function scriptOf(name: string): Promise<Script> {
  return ask<Script>(`/cases/${encodeURIComponent(name)}/script`, undefined, openMs);
}

/** Opens a room of its own for a case, signs in to it as one of its people, and goes there. */
export async function begin(name: string, staff: string, script: Script): Promise<void> {
  const room = `practice-${newId('practice').slice(2)}`;
  const { startedAt, opening, sources } = script;
  await ask('/replays', { room, startedAt: new Date(startedAt).toISOString(), opening, sources }, openMs);
  await ask(`/rooms/${room}/sign-in`, { kind: 'staff', id: staff });
  location.assign(`/?${new URLSearchParams({ practice: room, case: name, as: staff }).toString()}`);
}

/** Leaves a practice for the room itself. */
export async function leave({ room }: Practice): Promise<void> {
  await ask(`/rooms/${encodeURIComponent(room)}/sign-out`, {}).catch(() => undefined);
  location.assign('/#/cases');
}
