import type { ReactNode } from 'react';
import { clockText, momentText, spanText } from '../../views/time-text.ts';

/** The time of day of an instant on British clocks, the whole of it beside it for whoever asks. */
export function Time({ at }: { readonly at: number }): ReactNode {
  return (
    <time dateTime={new Date(at).toISOString()} title={momentText(at)}>
      {clockText(at)}
    </time>
  );
}

/** When something is due, against now: what is left, or by how much it is over. */
export function Due({ at, now }: { readonly at: number; readonly now: number }): ReactNode {
  const isOver = at < now;
  return (
    <span className={isOver ? 'over' : 'left'}>
      {isOver ? `${spanText(now - at)} over` : `in ${spanText(at - now)}`}
    </span>
  );
}
