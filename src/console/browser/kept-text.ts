import { useState } from 'react';
import { keep } from './keep.ts';

/** A text that is kept on this machine while it is typed, so that nothing is lost with the window. */
export function useKeptText(key: string): readonly [string, (text: string) => void] {
  const [kept, setKept] = useState({ key, text: localStorage.getItem(key) ?? '' });
  const text = kept.key === key ? kept.text : (localStorage.getItem(key) ?? '');
  return [
    text,
    (next) => {
      keep(key, next);
      setKept({ key, text: next });
    },
  ];
}
