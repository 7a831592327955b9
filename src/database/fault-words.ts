/** The code of a fault of the system or of PostgreSQL, such as ENOENT or 28P01; empty for any other. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** What a fault says, in one line: the first that its program wrote, if it was a program's. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const written = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim() : '';
  return (written === '' ? error.message : written).split('\n')[0] ?? '';
}

/** Classes of PostgreSQL's and the system's codes that say that the database is away, full or overtaken by time. */
const away = /^(?:08|53|58|57P|57014|25006|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH)/;

/** Whether a fault says that the database cannot do its work now, and not that what was asked of it was wrong. */
export function isAway(error: unknown): boolean {
  const code = codeOf(error);
  // A connection that ends or comes too late is told of in words alone.
  return code === '' ? error instanceof Error && error.name === 'Error' : away.test(code);
}
