import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { requestHeader } from '../access/cookies.ts';
import { BatchRefused } from '../batch/duckdb.ts';
import { reasonOf } from '../policy/bytes.ts';

const requestMs = 30_000;
const shownMax = 500;

/** How somebody shows a service who they are: by a token of the directory, or in a demonstration by a name. */
export type Proof = { readonly token: string } | { readonly staff: string };

const link = z.object({
  id: z.string(),
  state: z.string(),
  same: z.array(z.object({ subject: z.string(), other: z.string() })),
  decisions: z.array(z.object({ at: z.iso.datetime(), undone: z.unknown().nullable() })),
});
export type LinkHeld = z.output<typeof link>;

const page = z.object({ links: z.array(link) });
const refusal = z.object({ detail: z.string().optional(), title: z.string().optional() });

/** One person at a room of a running service. */
export interface Desk {
  /** The links of a subject; none where the room does not hold it, or not for this person. */
  readonly linksOf: (subject: string) => Promise<readonly LinkHeld[]>;
  /** Gives a command; null once it is done, else why it was refused. */
  readonly does: (type: string, data: unknown) => Promise<string | null>;
}

interface Said {
  readonly status: number;
  readonly json: unknown;
  readonly cookie: string | undefined;
}

/** Sits somebody down at a room. Throws BatchRefused where the service is not there or does not let them in. */
export async function deskAt(base: URL, room: string, proof: Proof): Promise<Desk> {
  const own: Record<string, string> = { [requestHeader]: 'link', origin: base.origin };
  const ask = async (path: string, body?: unknown): Promise<Said> => asked(new URL(path, base), own, body);
  const place = `/rooms/${encodeURIComponent(room)}`;
  if ('token' in proof) own['authorization'] = `Bearer ${proof.token}`;
  else {
    const said = await ask(`${place}/sign-in`, { kind: 'staff', id: proof.staff });
    if (said.status !== 200 || said.cookie === undefined)
      throw new BatchRefused(`${base.origin} lets nobody in as ${proof.staff}: ${whyOf(said)}`);
    own['cookie'] = said.cookie;
  }
  return {
    linksOf: async (subject) => {
      const said = await ask(`${place}/subjects/${subject}?purpose=${encodeURIComponent('carrying a review over')}`);
      if (said.status === 404) return [];
      if (said.status !== 200) throw new BatchRefused(`${base.origin} does not tell of ${room}: ${whyOf(said)}`);
      return page.parse(said.json).links;
    },
    does: async (type, data) => {
      const said = await ask(`${place}/commands/${type}`, { id: randomUUID(), data });
      if (said.status === 200) return null;
      if (said.status === 422 || said.status === 409 || said.status === 400) return whyOf(said);
      throw new BatchRefused(`${base.origin} did not take ${type}: ${whyOf(said)}`);
    },
  };
}

function whyOf({ status, json }: Said): string {
  const said = refusal.safeParse(json).data;
  return (said?.detail ?? said?.title ?? `it answered ${status}`).slice(0, shownMax);
}

async function asked(address: URL, own: Readonly<Record<string, string>>, body: unknown): Promise<Said> {
  const sent =
    body === undefined
      ? { headers: own }
      : { method: 'POST', headers: { ...own, 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const signal = AbortSignal.timeout(requestMs);
  try {
    const response = await fetch(address, { ...sent, signal, redirect: 'error' });
    const text = await response.text();
    const [cookie] = response.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
    return { status: response.status, json: parsed(text), cookie };
  } catch (error) {
    throw new BatchRefused(`${address.origin} cannot be reached: ${reasonOf(error)}.`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
