import type { Room } from '../../room/room.ts';
import { commandSchemas, stakeOf } from '../../room/vocabulary.ts';
import { isolated } from '../../views/isolated.ts';
import { whomItLeaves } from '../../views/leaves.ts';
import { fieldsOf, spoken, spokenField } from './fields.ts';
import { choicesOf } from './things.ts';

type Data = Readonly<Record<string, unknown>>;

/** What a command will do, in words, before it is given. */
export interface Echo {
  /** What is done, and to what. */
  readonly says: string;
  /** Whom or what it leaves with less, each as a sentence. */
  readonly leaves: readonly string[];
  /** It diverts, lowers, defers or closes. */
  readonly isGrave: boolean;
}

/** What a command with this data would do in this room, as far as it is filled in. */
export function echoOf(room: Room, type: string, data: Data): Echo {
  const leaves = whomItLeaves(room, type, data);
  return { says: sentenceOf(room, type, data), leaves, isGrave: leaves.length > 0 || isStaked(room, type, data) };
}

function isStaked(room: Room, type: string, data: Data): boolean {
  const read = commandSchemas.get(type)?.safeParse(data);
  if (read?.success !== true) return false;
  const who = { kind: 'staff', id: 'console' } as const;
  const at = { at: room.now, now: room.now };
  return (
    stakeOf(room, {
      id: 'echo',
      type,
      data: read.data,
      actor: who,
      ...at,
      approval: null,
      override: null,
      read: () => [],
    }) !== null
  );
}

/** The command and what it is filled with, things by what they are as well as by their id. */
function sentenceOf(room: Room, type: string, data: Data): string {
  const parts = fieldsOf(type)
    .filter(({ name }) => data[name] !== undefined)
    .map((field) => {
      const choices = choicesOf(room, type, field);
      const values = Array.isArray(data[field.name]) ? (data[field.name] as unknown[]) : [data[field.name]];
      const said = values.map((value) => {
        const known = choices?.find((one) => one.value === value);
        const text = typeof value === 'string' ? value : JSON.stringify(value);
        return known === undefined || known.says === text ? isolated(text) : `${text} (${isolated(known.says)})`;
      });
      return `${spokenField(field.name)} ${said.join(', ')}`;
    });
  return [spoken(type), ...parts].join(' · ');
}
