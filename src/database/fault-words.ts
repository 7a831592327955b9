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
