/** What an issuer answers is a few kilobytes; more is a fault of its own, and is not read. */
const longestAnswerBytes = 262_144;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** The issuer, or something in front of it, answered in a way that no issuer does. */
export interface IssuerFault extends Error {
  readonly name: 'IssuerFault';
}

function issuerFault(message: string): IssuerFault {
  return Object.assign(new Error(message), { name: 'IssuerFault' as const });
}

/** Whether this is such a fault, wherever it was caught. */
export function isIssuerFault(error: unknown): error is IssuerFault {
  return error instanceof Error && error.name === 'IssuerFault';
}

/**
 * Fetches only from the hosts that the configuration names, follows nothing, and reads a bounded answer: what the
 * issuer's own documents say does not choose where this service connects (settled point 17).
 */
export function issuerFetch(hosts: ReadonlySet<string>, fetch: Fetch): Fetch {
  return async (url, init) => {
    const { host } = new URL(url);
    if (!hosts.has(host))
      throw issuerFault(`The issuer has an endpoint on ${host}, which the configuration does not list under hosts.`);
    const response = await fetch(url, { ...init, redirect: 'manual' });
    if (response.status >= 500) {
      await response.body?.cancel();
      throw issuerFault(`The issuer answered ${response.status}.`);
    }
    const bytes = await boundedBody(response);
    const { status, headers } = response;
    return new Response(bytes.length === 0 ? null : bytes, { status, headers });
  };
}

async function boundedBody(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  if (response.body === null) return new Uint8Array(0);
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.length;
    if (length > longestAnswerBytes) {
      await reader.cancel();
      throw issuerFault(`The issuer answered more than ${longestAnswerBytes} bytes.`);
    }
    parts.push(read.value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
