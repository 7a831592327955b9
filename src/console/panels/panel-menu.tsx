import { useState } from 'react';
import type { ReactNode } from 'react';
import { usePlace } from '../desk-state.tsx';
import { deskNamed } from '../desks/desks.ts';
import { panels } from './panels.tsx';
import { openPanel, useOpenWindows } from '../browser/windows.ts';

/** Puts a panel of this desk into a window of its own; it comes back by itself when that window is closed. */
export function PanelMenu(): ReactNode {
  const [place] = usePlace();
  const elsewhere = useOpenWindows();
  const [isHeldBack, setIsHeldBack] = useState(false);
  const ids = (deskNamed(place.desk)?.columns ?? []).flatMap((one) => one.panels);
  if (ids.length === 0) return null;
  return (
    <fieldset>
      <legend>In windows of their own</legend>
      {ids.map((id) => (
        <button
          key={id}
          type="button"
          aria-pressed={elsewhere.has(id)}
          onClick={() => setIsHeldBack(!openPanel(place, id))}
        >
          {panels[id]?.title}
        </button>
      ))}
      {isHeldBack ? <p role="alert">The browser let no window open: allow pop-ups for this address.</p> : null}
    </fieldset>
  );
}
