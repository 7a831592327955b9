import { createHash } from 'node:crypto';
import type { Order } from './engine.ts';

const idMax = 64;

/** An order of the machine's own, named after what it is for: asked twice, it is one and the same. */
export function machineOrder(id: string, type: string, data: unknown, by: 'heed' | 'source' = 'heed'): Order {
  return { id: bounded(id), type, data, actor: { kind: 'machine', id: by }, at: null, override: null };
}

/** An identifier that fits; a long one keeps its beginning and is told apart by its digest. */
function bounded(id: string): string {
  if (id.length <= idMax) return id;
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 32);
  return `${id.slice(0, idMax - digest.length - 1)}-${digest}`;
}
