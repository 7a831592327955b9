import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import type { IncidentMark, MapView, Standing, UnitMark } from '../../views/map.ts';
import { spanText } from '../../views/time-text.ts';

type Mark = IncidentMark | UnitMark;
const heads = ['What', 'State', 'Where', 'How old'] as const;
const rowRem = 2.25;

function whereText(at: Standing | null): string {
  if (at === null) return 'no position';
  const off = at.errorM === null ? '± not told' : `± ${at.errorM} m`;
  return `${at.latitude.toFixed(4)} ${at.longitude.toFixed(4)} ${off}`;
}

function ageText(mark: Mark): string {
  if (mark.at === null) return '';
  const age = spanText(mark.at.ageMs);
  if (mark.kind === 'unit') return mark.isOld ? `${age} old` : age;
  return mark.source === null ? age : `${mark.source.replaceAll('-', ' ')}, ${age}`;
}

function stateText(mark: Mark): string {
  if (mark.kind === 'unit')
    return [mark.status.replaceAll('-', ' '), mark.incident].filter((part) => part !== null).join(' · ');
  return `${mark.grade ?? 'not graded'}${mark.isLifeAtRisk ? ', life at risk' : ''}`;
}

interface MapListProps {
  readonly view: MapView;
  readonly chosen: string | undefined;
  readonly choose: (mark: Mark) => void;
}

/** All that stands on the map, and what has no place on it, as a table of which only what is seen is drawn. */
export function MapList({ view, chosen, choose }: MapListProps): ReactNode {
  const marks: readonly Mark[] = [...view.incidents, ...view.units];
  const frame = useRef<HTMLDivElement>(null);
  const height = rowRem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const rows = useVirtualizer({
    count: marks.length,
    getScrollElement: () => frame.current,
    estimateSize: () => height,
    overscan: 6,
    getItemKey: (place) => `${marks[place]?.kind} ${marks[place]?.id}`,
  });
  return (
    <div className="map-list" ref={frame} tabIndex={0} role="region" aria-label="What stands on the map">
      <div role="table" aria-label="Incidents and units" aria-rowcount={marks.length + 1}>
        <div role="rowgroup">
          <div role="row" aria-rowindex={1} className="map-row heads">
            {heads.map((head) => (
              <span role="columnheader" key={head}>
                {head}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="map-rows" style={{ blockSize: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, key, start }) => {
            const mark = marks[index] as Mark;
            return (
              <div
                role="row"
                key={key}
                aria-rowindex={index + 2}
                className={`map-row${mark.id === chosen ? ' chosen' : ''}`}
                style={{ transform: `translateY(${start}px)`, blockSize: height }}
              >
                <MarkCells mark={mark} choose={choose} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function MarkCells({ mark, choose }: { readonly mark: Mark; readonly choose: (mark: Mark) => void }): ReactNode {
  const { at } = mark;
  const isOld = mark.kind === 'unit' && mark.isOld;
  return (
    <>
      <span role="cell">
        <button type="button" className="plain" onClick={() => choose(mark)}>
          {mark.kind === 'unit' ? mark.id : mark.summary}
        </button>
      </span>
      <span role="cell">{stateText(mark)}</span>
      <span role="cell" className={at === null ? 'prompt' : ''}>
        {whereText(at)}
      </span>
      <span role="cell" className={isOld ? 'prompt' : ''}>
        {ageText(mark)}
      </span>
    </>
  );
}
