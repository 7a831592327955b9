import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { keep } from '../browser/keep.ts';

const looks = ['auto', 'day', 'night'] as const;
const sizes = ['normal', 'large', 'largest'] as const;

/** Day or night, and how large letters are; kept on this machine for whoever sits here. */
export function Look(): ReactNode {
  const [look, setLook] = useKept('heed-look', looks);
  const [size, setSize] = useKept('heed-size', sizes);
  useEffect(() => {
    document.documentElement.dataset['look'] = look;
    document.documentElement.dataset['size'] = size;
  }, [look, size]);
  return (
    <>
      <label>
        Day or night
        <select value={look} onChange={(event) => setLook(event.target.value)}>
          {looks.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <label>
        Size of letters
        <select value={size} onChange={(event) => setSize(event.target.value)}>
          {sizes.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
    </>
  );
}

function useKept<T extends string>(key: string, all: readonly T[]): readonly [T, (value: string) => void] {
  const kept = all.find((one) => one === localStorage.getItem(key)) ?? all[0];
  const [value, setValue] = useState(kept);
  return [
    value as T,
    (next) => {
      const found = all.find((one) => one === next);
      if (found === undefined) return;
      keep(key, found);
      setValue(found);
    },
  ];
}
