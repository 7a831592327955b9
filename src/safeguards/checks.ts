import type { Check } from '../room/check.ts';

/** The latest check of each source on each subject: one that was asked again stands for those before it. */
export function latestChecks(checks: readonly Check[]): readonly Check[] {
  const latest = new Map<string, Check>();
  for (const check of checks) {
    const key = `${check.source} ${check.subject}`;
    const held = latest.get(key);
    if (held === undefined || held.seq < check.seq) latest.set(key, check);
  }
  return [...latest.values()];
}

/** Whether the source answered: only "found" and "no trace" say anything about a person (principle 2). */
export function isAnswer(state: Check['state']): boolean {
  return state === 'found' || state === 'no-trace';
}
