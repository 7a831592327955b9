import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { keep } from '../keep.ts';

const kept = 'heed-map';
const key = 'F4';

/** Whether whoever sits here has the map beside the list, and the way to show and hide it; F4 does it from anywhere. */
export function useMapShown(): readonly [boolean, (isShown: boolean) => void] {
  const [isShown, setIsShown] = useState(() => localStorage.getItem(kept) === 'shown');
  useEffect(() => {
    keep(kept, isShown ? 'shown' : '');
    const pressed = (event: KeyboardEvent): void => {
      if (event.key !== key || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      setIsShown(!isShown);
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [isShown]);
  return [isShown, setIsShown];
}

/** The button that shows and hides the map. */
export function MapSwitch(props: { readonly isShown: boolean; readonly show: (isShown: boolean) => void }): ReactNode {
  const { isShown, show } = props;
  return (
    <button type="button" className="map-switch" aria-pressed={isShown} onClick={() => show(!isShown)}>
      Map <kbd>{key}</kbd>
    </button>
  );
}
