import type { ReactNode } from 'react';
import { momentText } from '../../views/time-text.ts';

interface ScrubProps {
  readonly label: string;
  readonly at: number;
  readonly most: number;
  /** The instant of the moment that is chosen. */
  readonly now: number;
  readonly go: (at: number) => void;
}

/** Goes from moment to moment: with arrows, a page at a time, or by hand. */
export function Scrub({ label, at, most, now, go }: ScrubProps): ReactNode {
  const bounded = (to: number): void => go(Math.max(0, Math.min(most, to)));
  return (
    <div className="scrub">
      <button type="button" onClick={() => bounded(at - 1)}>
        Back
      </button>
      <input
        type="range"
        aria-label={label}
        aria-valuetext={momentText(now)}
        min={0}
        max={most}
        value={at}
        onChange={(event) => bounded(Number(event.target.value))}
      />
      <button type="button" onClick={() => bounded(at + 1)}>
        On
      </button>
    </div>
  );
}
