import { radians } from '../../room/ground.ts';
import type { MapView, Standing } from '../../views/map.ts';
import { spanText } from '../../views/time-text.ts';

interface Feature {
  readonly type: 'Feature';
  readonly geometry:
    | { readonly type: 'Point'; readonly coordinates: [number, number] }
    | { readonly type: 'LineString'; readonly coordinates: [number, number][] };
  readonly properties: { readonly [name: string]: unknown };
}

/** What MapLibre takes as what is drawn of a source. */
export interface FeatureCollection {
  readonly type: 'FeatureCollection';
  readonly features: Feature[];
}

/** Metres in a pixel at the equator at zoom 0, where the world is one tile of 512. */
const equatorMetres = 78_271.517;

/** What is drawn of the room, by the source that it stands in. */
export interface Drawn {
  readonly units: FeatureCollection;
  readonly incidents: FeatureCollection;
  readonly areas: FeatureCollection;
}

function point({ latitude, longitude, errorM }: Standing, properties: Readonly<Record<string, unknown>>): Feature {
  const ground = errorM === null ? 0 : errorM / (equatorMetres * Math.cos(radians(latitude)));
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [longitude, latitude] },
    properties: { ...properties, ground },
  };
}

function collection(features: readonly Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features: [...features] };
}

function bandOf(band: string | null): string {
  return band ?? 'ungraded';
}

/** What stands on the map, as it is drawn: every word of it as text, never as markup. */
export function featuresOf({ units, incidents }: MapView, chosen: string | undefined): Drawn {
  return {
    units: collection(
      units.flatMap(({ id, shape, at, isOld }) =>
        at === null
          ? []
          : [point(at, { id, isOld, sign: `unit-${shape}`, label: isOld ? `${id}\n${spanText(at.ageMs)} old` : id })],
      ),
    ),
    incidents: collection(
      incidents.flatMap(({ id, band, summary, at }, place) =>
        at === null
          ? []
          : [
              point(at, {
                id,
                band: bandOf(band),
                sign: `band-${bandOf(band)}`,
                label: summary.slice(0, 60),
                isChosen: id === chosen,
                order: -place,
              }),
            ],
      ),
    ),
    areas: collection(
      incidents.flatMap(({ band, corners }): readonly Feature[] => {
        if (corners === null) return [];
        const ring = [...corners, ...corners.slice(0, 1)].map(({ latitude, longitude }): [number, number] => [
          longitude,
          latitude,
        ]);
        return [
          { type: 'Feature', geometry: { type: 'LineString', coordinates: ring }, properties: { band: bandOf(band) } },
        ];
      }),
    ),
  };
}
