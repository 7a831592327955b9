import { Fragment, useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useDesk } from '../desk-state.tsx';
import type { DeskKind } from '../desks/desks.ts';
import { keep } from '../browser/keep.ts';
import { useMapShown } from '../map/map-switch.tsx';
import { edgeMoved, sharesOf, widthsKept } from './layout.ts';
import type { Widths } from './layout.ts';
import { panels } from './panels.tsx';
import { useOpenWindows, useWindowOf } from '../browser/windows.ts';

const stepShare = 0.02;

/** The panels of a desk, column by column, but for those that stand in windows of their own. */
export function Arranged({ desk }: { readonly desk: DeskKind }): ReactNode {
  useWindowOf('desk');
  const elsewhere = useOpenWindows();
  const isMapShown = useMapShown();
  const isHere = (panel: string): boolean => !elsewhere.has(panel) && (panel !== 'map' || isMapShown);
  const columns = desk.columns
    .map(({ width, panels: all }) => ({ width, panels: all.filter(isHere) }))
    .filter((column) => column.panels.length > 0);
  // Widths are kept for each set of columns: a desk with its units elsewhere is another desk.
  const key = `${desk.id} ${columns.map((one) => one.panels[0]).join(' ')}`;
  return <Columns key={key} layout={key} columns={columns} />;
}

interface ColumnsProps {
  readonly layout: string;
  readonly columns: DeskKind['columns'];
}

function Columns({ layout, columns }: ColumnsProps): ReactNode {
  const { person } = useDesk();
  const key = `heed-layout ${person} ${layout}`;
  const own = columns.map((one) => one.width);
  const [widths, setWidths] = useState(() => widthsKept(localStorage.getItem(key), own));
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    frame.current?.style.setProperty('--columns', widths.map((one) => `minmax(0, ${one}fr)`).join(' 0.5rem '));
  }, [widths]);
  const move = (next: Widths): void => {
    setWidths(next);
    keep(key, JSON.stringify(next));
  };
  return (
    <main ref={frame} className="desk">
      {columns.map(({ panels: ids }, at) => (
        <Fragment key={ids.join(' ')}>
          {at === 0 ? null : (
            <Edge
              name={`${titleOf(columns[at - 1]?.panels[0])} and ${titleOf(ids[0])}`}
              share={widths.slice(0, at).reduce((sum, one) => sum + one, 0)}
              move={(by) => move(edgeMoved(widths, at - 1, by))}
              reset={() => move(sharesOf(own))}
            />
          )}
          <div className="side">
            {ids.map((id) => (
              <div key={id} className={panels[id]?.fits === true ? 'fits' : 'fills'}>
                {panels[id]?.draw()}
              </div>
            ))}
          </div>
        </Fragment>
      ))}
    </main>
  );
}

function titleOf(id: string | undefined): string {
  return panels[id ?? '']?.title ?? '';
}

interface EdgeProps {
  readonly name: string;
  /** How much of the desk lies before it. */
  readonly share: number;
  readonly move: (by: number) => void;
  readonly reset: () => void;
}

/** The edge between two columns: arrows move it, so does a pointer, and Escape puts every edge back. */
function Edge({ name, share, move, reset }: EdgeProps): ReactNode {
  const pressed = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowLeft') move(-stepShare);
    else if (event.key === 'ArrowRight') move(stepShare);
    else if (event.key === 'Escape') reset();
    else return;
    event.preventDefault();
  };
  const dragged = (event: PointerEvent<HTMLDivElement>): void => {
    const { currentTarget } = event;
    if (!currentTarget.hasPointerCapture(event.pointerId)) return;
    const whole = currentTarget.parentElement?.getBoundingClientRect();
    if (whole !== undefined) move((event.clientX - whole.left) / whole.width - share);
  };
  return (
    <div
      role="separator"
      aria-label={`Edge between ${name}`}
      aria-orientation="vertical"
      aria-valuenow={Math.round(share * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
      tabIndex={0}
      className="edge"
      onKeyDown={pressed}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={dragged}
    />
  );
}
