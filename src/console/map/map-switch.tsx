import { useEffect, useSyncExternalStore } from 'react';
import type { ReactNode } from 'react';
import { keep } from '../browser/keep.ts';
import { usePlace } from '../desk-state.tsx';
import { deskNamed } from '../desks/desks.ts';

const kept = 'heed-map';
const key = 'F9';
const changed = 'heed-map-changed';

function isShownHere(): boolean {
  return localStorage.getItem(kept) === 'shown';
}

function subscribe(listener: () => void): () => void {
  addEventListener(changed, listener);
  return () => removeEventListener(changed, listener);
}

function turn(): void {
  keep(kept, isShownHere() ? '' : 'shown');
  dispatchEvent(new Event(changed));
}

/** Whether whoever sits here has the map on their desk; F9 shows and hides it from anywhere on it. */
export function useMapShown(): boolean {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key !== key || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      turn();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
  return useSyncExternalStore(subscribe, isShownHere);
}

/** The button that shows and hides the map, where a desk has one. */
export function MapSwitch(): ReactNode {
  const [place] = usePlace();
  const isShown = useSyncExternalStore(subscribe, isShownHere);
  const hasMap = deskNamed(place.desk)?.columns.some((one) => one.panels.includes('map')) === true;
  if (!hasMap || place.panel !== undefined) return null;
  return (
    <button type="button" aria-pressed={isShown} onClick={turn}>
      Map <kbd>{key}</kbd>
    </button>
  );
}
