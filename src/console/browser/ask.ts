/** A question to the service that is no command: the answer as JSON, or an error in words that a person can act on. */
export async function ask<T>(path: string, body?: unknown, waitMs = 10_000): Promise<T> {
  const sent: RequestInit =
    body === undefined
      ? {}
      : {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'heed-request': 'console' },
          body: JSON.stringify(body),
        };
  const answer = await fetch(path, { ...sent, signal: AbortSignal.timeout(waitMs) });
  const read = (await answer.json().catch(() => ({}))) as T & { readonly detail?: string };
  if (!answer.ok) throw new Error(read.detail ?? `The service answered ${answer.status}.`);
  return read;
}
