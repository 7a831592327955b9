import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { ReactNode, RefObject } from 'react';
import type { UnitPosition } from '../../room/unit-position.ts';
import type { IncidentMark, MapView, UnitMark } from '../../views/map.ts';
import { mapView } from '../../views/map.ts';
import { usePlace, usePositions, useRoom } from '../desk-state.tsx';
import type { Drawing, Told } from './drawing.ts';
import { featuresOf } from './features.ts';
import { Hands } from './hands.ts';
import { MapList } from './map-list.tsx';
import type { Theme } from './palette.ts';
import { hashOf, placeOf } from '../route.ts';

/** The room on a map, with a list of all of it beside: of now with its units, of the past without them. */
export function MapPanel(): ReactNode {
  const { isPast } = useRoom();
  return isPast ? <PlacedMap positions={null} /> : <LiveMap />;
}

function LiveMap(): ReactNode {
  return <PlacedMap positions={usePositions()} />;
}

function isNight(): boolean {
  const { look } = document.documentElement.dataset;
  return look === 'night' || (look !== 'day' && matchMedia('(prefers-color-scheme: dark)').matches);
}

/** Day or night, as the rest of the console is. */
function useTheme(): Theme {
  const [theme, setTheme] = useState<Theme>(() => (isNight() ? 'night' : 'day'));
  useEffect(() => {
    const changed = (): void => setTheme(isNight() ? 'night' : 'day');
    const system = matchMedia('(prefers-color-scheme: dark)');
    const own = new MutationObserver(changed);
    system.addEventListener('change', changed);
    own.observe(document.documentElement, { attributeFilter: ['data-look'] });
    return () => {
      system.removeEventListener('change', changed);
      own.disconnect();
    };
  }, []);
  return theme;
}

interface Drawn {
  readonly drawing: Drawing | null;
  readonly fault: string | null;
}

/** Draws a map in a frame as soon as its program has come; where it cannot be drawn, says so. */
function useDrawing(frame: RefObject<HTMLDivElement | null>, theme: Theme, told: Told): Drawn {
  const [drawn, setDrawn] = useState<Drawn>({ drawing: null, fault: null });
  const first = useRef(theme);
  useEffect(() => {
    const ending = new AbortController();
    const isLeft = (): boolean => ending.signal.aborted;
    const begin = async (): Promise<void> => {
      const place = frame.current;
      const { startDrawing } = await import('./drawing.ts');
      if (place === null || isLeft()) return;
      const drawing = await startDrawing(place, first.current, told);
      // It may have been left while its program came.
      ending.signal.addEventListener('abort', drawing.end);
      if (isLeft()) return drawing.end();
      setDrawn({ drawing, fault: null });
    };
    begin().catch(() => {
      const fault = 'This browser cannot draw the map (it needs WebGL 2). Everything is in the list.';
      setDrawn({ drawing: null, fault });
    });
    return () => ending.abort();
  }, [frame, told]);
  useEffect(() => drawn.drawing?.look(theme), [drawn, theme]);
  return drawn;
}

interface Centred {
  /** Goes there because somebody asked for it. */
  readonly show: (mark: IncidentMark | UnitMark) => void;
  /** What was chosen while the map was held. */
  readonly waits: IncidentMark | undefined;
}

/** Goes to what is chosen, but never under the hands of somebody who holds the map: then it is offered. */
function useCentred(
  frame: RefObject<HTMLDivElement | null>,
  {
    drawing,
    chosen,
    hands,
  }: { readonly drawing: Drawing | null; readonly chosen: IncidentMark | undefined; readonly hands: Hands },
): Centred {
  const offered = useSyncExternalStore(hands.subscribe, hands.offered);
  useEffect(() => {
    if (drawing === null || chosen?.at == null || !hands.settle(chosen.id)) return;
    const isHeld = hands.isMoved() || frame.current?.matches(':hover, :focus-within') === true;
    if (!isHeld) drawing.goTo(chosen.at);
    hands.offer(isHeld ? chosen.id : null);
  }, [frame, drawing, chosen, hands]);
  const show = (mark: IncidentMark | UnitMark): void => {
    if (mark.at === null) return;
    drawing?.goTo(mark.at);
    hands.asked(mark.id);
  };
  return { show, waits: offered !== null && offered === chosen?.id ? chosen : undefined };
}

/** Opens an incident on this desk. */
function open(incident: string): void {
  location.hash = hashOf({ ...placeOf(location.hash), incident, contact: undefined, subject: undefined });
}

function PlacedMap({ positions }: { readonly positions: ReadonlyMap<string, UnitPosition> | null }): ReactNode {
  const { room, now } = useRoom();
  const [place] = usePlace();
  const theme = useTheme();
  const [ground, setGround] = useState<string | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  const view = useMemo(() => mapView(room, now, positions), [room, now, positions]);
  const chosen = view.incidents.find((one) => one.id === place.incident);
  const [hands] = useState(() => new Hands());
  const told = useMemo((): Told => ({ moved: hands.moved, chose: open, ground: setGround }), [hands]);
  const { drawing, fault } = useDrawing(frame, theme, told);
  const { show, waits } = useCentred(frame, { drawing, chosen, hands });
  useDrawn(drawing, view, place.incident);
  const choose = (mark: IncidentMark | UnitMark): void => {
    show(mark);
    if (mark.kind === 'incident') open(mark.id);
  };
  return (
    <section className="panel map-panel" aria-label="Map">
      <div className="map-bar">
        <h2>Map</h2>
        <Counts view={view} />
        <Buttons drawing={drawing} view={view} />
        <Legend />
        {waits === undefined ? null : (
          <button type="button" className="offer" onClick={() => show(waits)}>
            Show {waits.summary.slice(0, 40)}
          </button>
        )}
      </div>
      {fault === null && ground === null ? null : <p className="prompt">{fault ?? ground}</p>}
      {view.hasPositions ? null : (
        <p className="soft">Where units were then is not kept: they stand in the list alone.</p>
      )}
      <div className={fault === null ? 'map-body' : 'map-body listed'}>
        <div className="map-frame" ref={frame} hidden={fault !== null} />
        <MapList view={view} chosen={place.incident} choose={choose} />
      </div>
    </section>
  );
}

/** Draws what stands on the map, no more often than the room’s second. */
function useDrawn(drawing: Drawing | null, view: MapView, chosen: string | undefined): void {
  const drawnAt = useRef(0);
  useEffect(() => {
    if (drawing === null) return;
    const draw = (): void => {
      drawnAt.current = Date.now();
      drawing.show(featuresOf(view, chosen));
    };
    const timer = setTimeout(draw, Math.max(0, drawnAt.current + drawEveryMs - Date.now()));
    return () => clearTimeout(timer);
  }, [drawing, view, chosen]);
}

const drawEveryMs = 1_000;

function placed(marks: readonly { readonly at: unknown }[]): number {
  return marks.filter(({ at }) => at !== null).length;
}

function Counts({ view }: { readonly view: MapView }): ReactNode {
  const { incidents, units } = view;
  return (
    <span className="soft">
      {placed(incidents)} of {incidents.length} incidents, {placed(units)} of {units.length} units placed
    </span>
  );
}

function Buttons({ drawing, view }: { readonly drawing: Drawing | null; readonly view: MapView }): ReactNode {
  if (drawing === null) return null;
  const all = (): void =>
    drawing.showAll([...view.incidents, ...view.units].map(({ at }) => at).filter((at) => at !== null));
  return (
    <span className="map-hands">
      <button type="button" aria-label="Nearer" onClick={() => drawing.zoom(1)}>
        +
      </button>
      <button type="button" aria-label="Further" onClick={() => drawing.zoom(-1)}>
        −
      </button>
      <button type="button" onClick={all}>
        Show all
      </button>
    </span>
  );
}

/** What the shapes and letters mean. */
function Legend(): ReactNode {
  return (
    <details className="map-legend">
      <summary>Signs</summary>
      <p>
        Incidents: E emergency, P priority, S scheduled, N none, ? not graded; a ring shows how far off they may be.
        Units: ○ free, ▲ going, ■ there, ◆ other, ! emergency; faded: its position is older than 2 min.
      </p>
    </details>
  );
}
