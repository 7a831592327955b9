import { isolated } from '../../views/isolated.ts';
import type { Actor } from '../../room/define.ts';
import { nameOf } from '../../room/subject.ts';
import type { Identity } from '../../room/subject.ts';
import type { Room } from '../../room/room.ts';

type Data = Readonly<Record<string, unknown>>;

/** Something that somebody, or a machine, did in a case. */
export interface ScriptAct {
  readonly id: string;
  readonly type: string;
  readonly data: Data;
  readonly actor: Actor;
  /** When it happened, and when the room learned of it; milliseconds. */
  readonly at: number;
  readonly due: number;
  readonly override: string | null;
}

/** A case to be practised: the world it opens with, and what everybody did. */
export interface Script {
  readonly startedAt: number;
  readonly endsAt: number;
  readonly opening: readonly { readonly type: string; readonly data: unknown }[];
  readonly sources: unknown;
  readonly acts: readonly ScriptAct[];
}

/** Somebody whom one can be. */
export interface Part {
  readonly staff: string;
  readonly role: string;
  /** How many things they did in the case. */
  readonly acts: number;
}

/** Everybody of the room who is on duty, those who did most first. */
export function partsOf({ opening, acts }: Script): readonly Part[] {
  const on = new Set(opening.filter((one) => one.type === 'SignOn').map(({ data }) => (data as Data)['staff']));
  return opening
    .filter((one) => one.type === 'EnrolStaff')
    .map(({ data }) => data as { readonly staff: string; readonly role: string })
    .filter(({ staff }) => on.has(staff))
    .map(({ staff, role }) => ({ staff, role, acts: acts.filter((one) => isBy(one, staff)).length }))
    .toSorted((a, b) => b.acts - a.acts);
}

/** Whether that person did it. */
export function isBy({ actor }: ScriptAct, staff: string): boolean {
  return actor.kind === 'staff' && actor.id === staff;
}

/** Something that reaches whoever practises by ear: they decide what to do with it. */
export interface Heard {
  readonly at: number;
  readonly contact: string;
  readonly says: string;
}

/** What a person heard up to an instant: the words of callers and relays, and whom and what they named. */
export function heardBy({ opening, acts }: Script, staff: string, until: number): readonly Heard[] {
  const known = new Map<string, Identity>();
  for (const { type, data } of opening)
    if (type === 'RecordSubject') known.set(String((data as Data)['subject']), (data as Data)['identity'] as Identity);
  return acts
    .filter((one) => one.due <= until && isBy(one, staff))
    .flatMap(({ type, data, due: at }) => {
      const contact = String(data['contact'] ?? data['callback'] ?? '');
      if (['RecordStatement', 'RecordRelay', 'RecordCallback'].includes(type) && typeof data['words'] === 'string')
        return [{ at, contact, says: `“${data['words']}”` }];
      const identity = (data['identity'] as Identity | undefined) ?? known.get(String(data['subject']));
      if (type !== 'Mention' || identity === undefined) return [];
      return [{ at, contact, says: `${String(data['role']).replaceAll('-', ' ')}: ${isolated(nameOf(identity))}` }];
    });
}

/**
 * What whoever practises called the things that the case calls otherwise: the incident of a contact is the incident of
 * that contact, any other the next that they opened by themselves. Others act on what is there.
 */
export function calledIn({ acts }: Script, staff: string, room: Room): ReadonlyMap<string, string> {
  const called = new Map<string, string>();
  const own = [...room.incidents.values()].filter((one) => one.openedBy === staff && one.contacts.length === 0);
  for (const one of acts) {
    const { incident, contact } = one.data;
    if (one.type !== 'OpenIncident' || typeof incident !== 'string' || !isBy(one, staff)) continue;
    const found = typeof contact === 'string' ? room.contacts.get(contact)?.incident : own.shift()?.id;
    if (found !== undefined && found !== null) called.set(incident, found);
  }
  return called;
}

/** The act in the names of the practice room. */
export function inRoom(act: ScriptAct, called: ReadonlyMap<string, string>): ScriptAct {
  return { ...act, data: renamed(act.data, called) as Data };
}

function renamed(value: unknown, called: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return called.get(value) ?? value;
  if (Array.isArray(value)) return value.map((one: unknown) => renamed(one, called));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, renamed(one, called)]));
}
