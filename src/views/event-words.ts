import { formatLocal } from '../room/british-time.ts';
import type { StoredEvent } from '../room/define.ts';
import { whySchema } from '../room/duty.ts';
import { put } from './plain-words.ts';
import type { Seen } from './told.ts';
import { say } from './words.ts';

/** What readers found in a text is no part of what was said. */
const leftOut: ReadonlySet<string> = new Set(['readings', 'asks', 'ladder']);
const deepest = 4;

/** Everything that an event says, field by field; that its words were erased is said too. */
export function saidIn({ ids, body }: Pick<StoredEvent, 'ids' | 'body'>, seen: Seen): string {
  const named = Object.entries(ids).map(([name, id]) => `${name} ${id}`);
  if (body === null) return [...named, 'its words were erased by decision'].join('\n');
  return [named.join(', '), ...linesOf(body as Readonly<Record<string, unknown>>, seen, 0)]
    .filter((one) => one !== '')
    .join('\n');
}

function linesOf(fields: Readonly<Record<string, unknown>>, seen: Seen, depth: number): readonly string[] {
  const safeguard = typeof fields['safeguard'] === 'string' ? fields['safeguard'] : '';
  return Object.entries(fields).flatMap(([name, value]) => {
    if (leftOut.has(name) || value === null || value === undefined) return [];
    const why = name === 'why' ? whySchema.safeParse(value) : null;
    if (why?.success === true) return [`why: ${say(seen.words, safeguard, why.data)}`];
    const said = valueOf(name, value, { seen, depth });
    return said === '' ? [] : [`${put(name, 'order')}: ${said}`];
  });
}

function valueOf(name: string, value: unknown, at: { readonly seen: Seen; readonly depth: number }): string {
  if (typeof value === 'number') return /(?:At|^until|^when)$/.test(name) ? formatLocal(value) : String(value);
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object' || value === null || at.depth >= deepest) return '';
  const deeper = { seen: at.seen, depth: at.depth + 1 };
  if (Array.isArray(value))
    return value
      .map((one) => valueOf(name, one, deeper))
      .filter((one) => one !== '')
      .join('; ');
  return linesOf(value as Readonly<Record<string, unknown>>, at.seen, at.depth + 1).join(', ');
}
