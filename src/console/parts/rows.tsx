import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';

interface RowsProps<T> {
  readonly label: string;
  readonly items: readonly T[];
  readonly keyOf: (item: T) => string;
  readonly selected: string | undefined;
  readonly open: (item: T) => void;
  readonly rowHeight: number;
  readonly children: (item: T) => ReactNode;
}

/**
 * A long list of which only what is seen is drawn. Arrows go from row to row and open it; the list never moves under
 * whoever holds it but as its own order says.
 */
export function Rows<T>({ label, items, keyOf, selected, open, rowHeight, children }: RowsProps<T>): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    getItemKey: (place) => keyOf(items[place] as T),
  });
  const at = items.findIndex((one) => keyOf(one) === selected);
  const go = (to: number): void => {
    const next = items[Math.max(0, Math.min(items.length - 1, to))];
    if (next === undefined) return;
    open(next);
    rows.scrollToIndex(items.indexOf(next));
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
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  };
  return (
    <div ref={frame} className="rows">
      <div
        role="listbox"
        aria-label={label}
        tabIndex={0}
        aria-activedescendant={at < 0 ? undefined : `${label}-${selected}`}
        onKeyDown={pressed}
        style={{ blockSize: rows.getTotalSize() }}
      >
        {rows.getVirtualItems().map(({ index, key, start, size }) => {
          const item = items[index] as T;
          return (
            <div
              key={key}
              id={`${label}-${keyOf(item)}`}
              role="option"
              aria-selected={keyOf(item) === selected}
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
