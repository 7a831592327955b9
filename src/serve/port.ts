import { createServer } from 'node:net';

/** Where a service listens, or is to listen. */
export interface Listening {
  readonly host: string;
  readonly port: number;
}

/** Why nobody can listen there now, as the system's code (`EADDRINUSE`, `EACCES`, …); null where one can. */
export async function whyNotListen({ host, port }: Listening): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    server.listen({ host, port }, () => server.close(() => resolve(null)));
  });
}

/** What to tell whoever starts a service there, and how to mend it; null for what only its own words can say. */
export function sayNotListening(code: string, { host, port }: Listening): string | null {
  if (code === 'EADDRINUSE')
    return (
      `Port ${port} on ${host} is taken: another program, or another Heed, listens there. Stop it, or choose another ` +
      `port: HEED_PORT=${port + 1} npm start. A second Heed on the same data stands by for the first; ` +
      'HEED_DATA=FOLDER gives it data of its own.'
    );
  return code === 'EACCES' ? `Port ${port} may not be listened on by this user; choose one above 1023.` : null;
}
