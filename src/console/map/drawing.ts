import { addProtocol, Map as Ground, setWorkerUrl } from 'maplibre-gl';
import type { GeoJSONSource, LngLatBoundsLike } from 'maplibre-gl';
import { PMTiles, Protocol } from 'pmtiles';
import type { Spot } from '../../room/ground.ts';
import type { Drawn } from './features.ts';
import { palettes } from './palette.ts';
import type { Theme } from './palette.ts';
import { signsOf, signScale } from './signs.ts';
import { styleOf } from './style.ts';
import type { Basemap } from './style.ts';

const file = new URL('/basemap.pmtiles', location.href).href;
const protocol = new Protocol({ metadata: true });
addProtocol('pmtiles', protocol.tile);
setWorkerUrl(new URL(document.documentElement.dataset['mapWorker'] ?? '', location.href).href);

const nearZoom = 14;

/** What a map tells of itself. */
export interface Told {
  /** Somebody moved it by hand. */
  readonly moved: () => void;
  /** Somebody chose an incident on it. */
  readonly chose: (incident: string) => void;
  /** What is wrong with the ground; null: nothing. */
  readonly ground: (fault: string | null) => void;
}

/** A map that is drawn. */
export interface Drawing {
  readonly show: (drawn: Drawn) => void;
  readonly look: (theme: Theme) => void;
  /** Goes there, at once. */
  readonly goTo: (spot: Spot) => void;
  /** Shows all of these, or the whole ground where there are none. */
  readonly showAll: (spots: readonly Spot[]) => void;
  readonly zoom: (by: number) => void;
  readonly end: () => void;
}

interface Found {
  readonly bounds: LngLatBoundsLike | null;
  readonly basemap: Basemap | null;
  readonly fault: string | null;
}

/** What is known of the basemap; without one the room is drawn on plain ground. */
async function found(): Promise<Found> {
  try {
    const archive = new PMTiles(file);
    protocol.add(archive);
    const { minLon, minLat, maxLon, maxLat } = await archive.getHeader();
    const about = (await archive.getMetadata()) as { readonly vector_layers?: readonly { readonly id: string }[] };
    const layers = new Set((about.vector_layers ?? []).map(({ id }) => id));
    return { bounds: [minLon, minLat, maxLon, maxLat], basemap: { url: file, layers }, fault: null };
  } catch {
    return { bounds: null, basemap: null, fault: 'No basemap: the room is drawn on plain ground.' };
  }
}

/** Begins a map in a frame. Rejects where this browser cannot draw one. */
export async function startDrawing(frame: HTMLElement, theme: Theme, told: Told): Promise<Drawing> {
  const { bounds, basemap, fault } = await found();
  told.ground(fault);
  let look = theme;
  let latest: Drawn | null = null;
  const ground = new Ground({
    container: frame,
    style: styleOf(palettes[theme], basemap),
    ...(bounds === null ? {} : { bounds }),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    maxZoom: 18,
    locale: { 'Map.Title': 'Map: arrows move it, plus and minus change its size; all of it is in the list beside it' },
  });
  ground.touchZoomRotate.disableRotation();
  ground.keyboard.disableRotation();
  const put = (): void => {
    if (latest === null) return;
    for (const [name, data] of Object.entries(latest)) void ground.getSource<GeoJSONSource>(name)?.setData(data);
  };
  ground.on('style.load', () => {
    for (const [name, sign] of signsOf(palettes[look])) ground.addImage(name, sign, { pixelRatio: signScale });
    put();
  });
  // A move that somebody makes has the event that made it; one of ours has none.
  ground.on('movestart', ({ originalEvent }) => {
    if (originalEvent !== undefined) told.moved();
  });
  ground.on('click', 'incidents', ({ features }) => {
    const id: unknown = features?.[0]?.properties['id'];
    if (typeof id === 'string') told.chose(id);
  });
  return {
    show: (drawn) => {
      latest = drawn;
      put();
    },
    look: (next) => {
      if (next === look) return;
      look = next;
      ground.setStyle(styleOf(palettes[next], basemap), { diff: false });
    },
    goTo: ({ latitude, longitude }) => {
      ground.jumpTo({ center: [longitude, latitude], zoom: Math.max(ground.getZoom(), nearZoom) });
    },
    showAll: (spots) => {
      const all = around(spots) ?? bounds;
      if (all !== null) ground.fitBounds(all, { animate: false, padding: 40, maxZoom: nearZoom });
    },
    zoom: (by) => {
      ground.jumpTo({ zoom: ground.getZoom() + by });
    },
    end: () => ground.remove(),
  };
}

/** What holds all of these. */
function around(spots: readonly Spot[]): LngLatBoundsLike | null {
  if (spots.length === 0) return null;
  const [norths, easts] = [spots.map(({ latitude }) => latitude), spots.map(({ longitude }) => longitude)];
  return [Math.min(...easts), Math.min(...norths), Math.max(...easts), Math.max(...norths)];
}
