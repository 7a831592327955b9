import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { ask } from '../browser/ask.ts';

/** The invented traffic of a demonstration, to be stopped and let go on; anywhere else there is none. */
export function Traffic(): ReactNode {
  const [isPaused, setIsPaused] = useState<boolean | null>(null);
  useEffect(() => {
    ask<{ readonly isPaused: boolean }>('/demonstration/traffic').then(
      (standing) => setIsPaused(standing.isPaused),
      () => setIsPaused(null),
    );
  }, []);
  if (isPaused === null) return null;
  const change = (): void => {
    ask<{ readonly isPaused: boolean }>('/demonstration/traffic', { isPaused: !isPaused }).then(
      (standing) => setIsPaused(standing.isPaused),
      () => undefined,
    );
  };
  return (
    <button type="button" aria-label={isPaused ? 'Let the traffic go on' : 'Pause the traffic'} onClick={change}>
      {isPaused ? 'Go on' : 'Pause'}
    </button>
  );
}
