import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';

interface RowsProps<T> {
  readonly label: string;
  /** Said where there is none. */
  readonly none: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  readonly selected: string | undefined;
  readonly open: (item: T) => void;
  /** At the usual size of letters, in pixels. */
  readonly rowHeight: number;
  /** Arrows only go there, and Enter opens: opening begins something. */
  readonly isOpenedByEnter?: boolean;
  readonly children: (item: T) => ReactNode;
}

/** How much larger than usual letters are. */
function letterScale(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
}

/** Where a row stands in its list. */
interface Standing {
  readonly key: string | undefined;
  readonly at: number;
  readonly height: number;
}

/** Keeps a row where it is on the screen while somebody has the list in hand, however its order changes. */
function useHeld(frame: { readonly current: HTMLDivElement | null }, { key, at, height }: Standing): void {
  const before = useRef({ key, at });
  useLayoutEffect(() => {
    const was = before.current;
    before.current = { key, at };
    const list = frame.current;
    if (list === null || was.key !== key || was.at === at || was.at < 0 || at < 0) return;
    const onScreen = was.at * height - list.scrollTop;
    const isSeen = onScreen > -height && onScreen < list.clientHeight;
    if (isSeen && list.matches(':hover, :focus-within')) list.scrollBy(0, (at - was.at) * height);
  }, [frame, key, at, height]);
}

/** What is opened from elsewhere comes into sight once, unless somebody has the list in hand. */
function useShown(frame: { readonly current: HTMLDivElement | null }, { key, at, height }: Standing): void {
  const shown = useRef<string | undefined>(undefined);
  useLayoutEffect(() => {
    const list = frame.current;
    if (list === null || key === undefined || at < 0 || shown.current === key) return;
    shown.current = key;
    const top = at * height;
    const isSeen = top >= list.scrollTop && top + height <= list.scrollTop + list.clientHeight;
    if (isSeen || list.matches(':hover, :focus-within')) return;
    list.scrollTo(0, top - (list.clientHeight - height) / 2);
  }, [frame, key, at, height]);
}

/** Scrolls no further than the row needs, and at once: nothing scrolls on after a row above it has come or gone. */
function bringIntoSight(list: HTMLDivElement, { at, height }: Omit<Standing, 'key'>): void {
  const top = at * height;
  const lowest = top + height - list.clientHeight;
  if (top < list.scrollTop) list.scrollTo(0, top);
  else if (lowest > list.scrollTop) list.scrollTo(0, lowest);
}

/**
 * A long list of which only what is seen is drawn. Arrows go from row to row; what somebody holds stays where it is
 * while the order of the others changes around it.
 */
export function Rows<T>(props: RowsProps<T>): ReactNode {
  const { label, none, items, keyOf, selected, open, isOpenedByEnter = false, children } = props;
  const frame = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState<string | undefined>(undefined);
  const active = isOpenedByEnter ? cursor : selected;
  const rowHeight = Math.round(props.rowHeight * letterScale());
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    getItemKey: (place) => keyOf(items[place] as T),
  });
  useEffect(() => rows.measure(), [rows, rowHeight]);
  const at = items.findIndex((one) => keyOf(one) === active);
  useHeld(frame, { key: active, at, height: rowHeight });
  useShown(frame, { key: selected, at, height: rowHeight });
  const go = (to: number): void => {
    const next = items[Math.max(0, Math.min(items.length - 1, to))];
    if (next === undefined) return;
    if (isOpenedByEnter) setCursor(keyOf(next));
    else open(next);
    if (frame.current !== null) bringIntoSight(frame.current, { at: items.indexOf(next), height: rowHeight });
  };
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: Math.max(0, at - 1),
    Home: 0,
    End: items.length - 1,
    PageDown: at + 10,
    PageUp: at - 10,
  };
  const pressed = (event: KeyboardEvent): void => {
    const here = items[at];
    if (event.key === 'Enter' && here !== undefined) return open(here);
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  };
  const drawn = rows.getVirtualItems();
  // One that is not drawn now cannot be pointed to.
  const pointed = drawn.some(({ index }) => index === at) ? `${label}-${active}` : undefined;
  return (
    <div ref={frame} className="rows">
      {items.length === 0 ? <p className="soft">{none}</p> : null}
      <div
        role="listbox"
        aria-label={label}
        tabIndex={0}
        aria-activedescendant={pointed}
        onKeyDown={pressed}
        style={{ blockSize: rows.getTotalSize() }}
      >
        {drawn.map(({ index, key, start, size }) => {
          const item = items[index] as T;
          return (
            <div
              key={key}
              id={`${label}-${keyOf(item)}`}
              role="option"
              aria-selected={keyOf(item) === active}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              className="row"
              style={{ blockSize: size, transform: `translateY(${start}px)` }}
              onClick={() => open(item)}
            >
              {children(item)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
