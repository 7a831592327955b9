import pg from 'pg';

/** How to log in as each role; the owner's is needed for migrating only. */
export interface DatabaseUrls {
  readonly ownerUrl: string;
  /** As heed_service. */
  readonly url: string;
  readonly readerUrl: string;
  readonly eraserUrl: string;
}

/** Pools of connections, one per role. None is opened before it is used. */
export interface Database {
  readonly service: pg.Pool;
  readonly reader: pg.Pool;
  readonly eraser: pg.Pool;
  readonly close: () => Promise<void>;
}

/** How many connections each role has, and how long one statement may take. */
interface Bounds {
  readonly connections: number;
  readonly statementMs: number;
}

const bounds = {
  service: { connections: 10, statementMs: 10_000 },
  reader: { connections: 8, statementMs: 15_000 },
  eraser: { connections: 1, statementMs: 60_000 },
} as const satisfies Readonly<Record<string, Bounds>>;

const connectLimitMs = 5_000;
const idleLimitMs = 30_000;
const lockLimitMs = 5_000;
const idleInTransactionLimitMs = 30_000;
/** Beyond the server's own limit: for an answer that never comes. */
const answerGraceMs = 5_000;

/** The URLs of each role on a server of one's own, whose one user may take each of them. */
export function roleUrls(databaseUrl: string): DatabaseUrls {
  const as = (role: string): string => {
    const url = new URL(databaseUrl);
    const given = url.searchParams.get('options');
    url.searchParams.set('options', `${given === null ? '' : `${given} `}-c role=${role}`);
    return url.href;
  };
  return {
    ownerUrl: as('heed_owner'),
    url: as('heed_service'),
    readerUrl: as('heed_reader'),
    eraserUrl: as('heed_eraser'),
  };
}

/** Opens the pools. TLS is as each URL says; a connection that breaks is reported, never thrown. */
export function openDatabase(urls: Omit<DatabaseUrls, 'ownerUrl'>, log: (line: string) => void): Database {
  const open = (name: keyof typeof bounds, url: string): pg.Pool => openPool({ name, url, ...bounds[name] }, log);
  const service = open('service', urls.url);
  const reader = open('reader', urls.readerUrl);
  const eraser = open('eraser', urls.eraserUrl);
  return {
    service,
    reader,
    eraser,
    close: async () => {
      await Promise.all([service.end(), reader.end(), eraser.end()]);
    },
  };
}

function openPool({ name, url, connections, statementMs }: Bounds & PoolName, log: (line: string) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: `heed ${name}`,
    max: connections,
    connectionTimeoutMillis: connectLimitMs,
    idleTimeoutMillis: idleLimitMs,
    statement_timeout: statementMs,
    query_timeout: statementMs + answerGraceMs,
    lock_timeout: lockLimitMs,
    idle_in_transaction_session_timeout: idleInTransactionLimitMs,
    keepAlive: true,
    types: wholeNumbers,
  });
  const report = (error: Error): void => log(`A connection to the database broke (${name}): ${error.message}`);
  // Without listeners a broken connection ends the process. The pool tells of idle ones only, and of one that is lent
  // out just the client itself does, so each client tells, and once.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.once('error', report);
    client.on('error', () => undefined);
  });
  return pool;
}

interface PoolName {
  readonly name: string;
  readonly url: string;
}

const int8 = 20;

/** As pg reads values, but a bigint is a number: Heed's instants and positions are whole numbers below 2^53. */
export const wholeNumbers: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === int8 && format !== 'binary' ? wholeNumber : (pg.types.getTypeParser(oid, format ?? 'text') as unknown),
};

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('A bigint of the database is beyond 2^53.');
  return value;
}
