import { useEffect, useState } from 'react';
import { keep } from './keep.ts';

/**
 * A text that is kept on this machine, so that nothing is lost with the window; it is the same in every window. Where
 * the store is full it stays in this one.
 */
export function useKeptText(key: string): readonly [string, (text: string) => void] {
  const [kept, setKept] = useState({ key, text: localStorage.getItem(key) ?? '' });
  const text = kept.key === key ? kept.text : (localStorage.getItem(key) ?? '');
  useEffect(() => {
    const elsewhere = ({ key: changed, newValue }: StorageEvent): void => {
      if (changed === key) setKept({ key, text: newValue ?? '' });
    };
    addEventListener('storage', elsewhere);
    return () => removeEventListener('storage', elsewhere);
  }, [key]);
  return [
    text,
    (next) => {
      keep(key, next);
      setKept({ key, text: next });
    },
  ];
}
