import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GeoJSONVT } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import { chance } from '../src/simulate/chance.ts';
import { inventedCounty } from '../src/simulate/county.ts';
import type { County } from '../src/simulate/county.ts';
import type { Position } from '../src/simulate/places.ts';
import { roadsOf } from '../src/simulate/roads.ts';
import { pmtilesOf } from './pmtiles-file.ts';
import type { Tile } from './pmtiles-file.ts';

/**
 * Writes the map of the invented county: `node --import tsx scripts/basemap.ts`. Its layers are named as Protomaps
 * names them, so that a force's own extract is drawn by the same style.
 */
const file = fileURLToPath(new URL('../basemaps/dunnockshire.pmtiles', import.meta.url));
const zooms = [6, 13] as const;

type Ring = readonly (readonly [number, number])[];
interface Feature {
  readonly type: 'Feature';
  readonly geometry:
    | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
    | { readonly type: 'LineString'; readonly coordinates: Ring }
    | { readonly type: 'Point'; readonly coordinates: readonly [number, number] };
  readonly properties: Readonly<Record<string, string | number>>;
}

/** Its types name their files without an ending, which is read as nothing: what is used of it stands here. */
const Cutting = GeoJSONVT as unknown as new (
  data: { readonly type: 'FeatureCollection'; readonly features: readonly Feature[] },
  options: { readonly maxZoom: number; readonly tolerance: number },
) => { readonly getTile: (z: number, x: number, y: number) => { readonly features: readonly unknown[] } | null };

/** A degree of longitude is this much shorter here than one of latitude. */
const stretch = 1.77;

function eastFirst([latitude, longitude]: Position): readonly [number, number] {
  return [longitude, latitude];
}

function feature(geometry: Feature['geometry'], properties: Feature['properties']): Feature {
  return { type: 'Feature', geometry, properties };
}

/** A round piece of ground with an uneven edge; `reach` gives its radius, in degrees of latitude, by direction. */
function blob([north, east]: Position, corners: number, reach: (angle: number, corner: number) => number): Ring {
  const ring = Array.from({ length: corners }, (_, corner) => {
    const angle = (corner / corners) * 2 * Math.PI;
    const radius = reach(angle, corner);
    return [east + Math.cos(angle) * radius * stretch, north + Math.sin(angle) * radius] as const;
  });
  return [...ring, ring[0] ?? [0, 0]];
}

function uneven(name: string, corner: number): number {
  return 0.7 * chance(1, name, corner >> 2) + 0.3 * chance(1, name, 'fine', corner);
}

/** The land: everything that is driven on, and a coast around it. */
function landOf(roads: readonly Position[]): Ring {
  const [south, north] = [Math.min(...roads.map(([one]) => one)), Math.max(...roads.map(([one]) => one))];
  const [west, east] = [Math.min(...roads.map(([, one]) => one)), Math.max(...roads.map(([, one]) => one))];
  const centre: Position = [(south + north) / 2, (west + east) / 2];
  return blob(centre, 180, (angle, corner) => {
    const furthest = Math.max(
      ...roads.map(
        ([latitude, longitude]) =>
          (latitude - centre[0]) * Math.sin(angle) + ((longitude - centre[1]) / stretch) * Math.cos(angle),
      ),
    );
    return furthest + 0.012 + 0.02 * uneven('coast', corner);
  });
}

function layersOf(county: County): Readonly<Record<string, readonly Feature[]>> {
  const { lines } = roadsOf(county);
  const land = landOf(lines.flatMap(({ line }) => line));
  const kinds = { road: 'major_road', street: 'minor_road', lane: 'minor_road' } as const;
  const towns = county.towns.map(({ id, at }) => {
    const streets = county.streets.filter((one) => one.town.id === id);
    const size = 0.009 + 0.0011 * streets.length;
    return feature(
      { type: 'Polygon', coordinates: [blob(at, 48, (_, corner) => size * (0.8 + 0.4 * uneven(id, corner)))] },
      { kind: 'residential' },
    );
  });
  const parks = county.places
    .filter(({ kind }) => kind === 'park')
    .map(({ id, at }) =>
      feature(
        { type: 'Polygon', coordinates: [blob(at, 20, (_, corner) => 0.0014 + 0.0012 * uneven(id, corner))] },
        { kind: 'park' },
      ),
    );
  return {
    earth: [feature({ type: 'Polygon', coordinates: [land] }, { kind: 'earth' })],
    landuse: [...towns, ...parks],
    roads: lines.map(({ kind, name, line }) =>
      feature(
        { type: 'LineString', coordinates: line.map(eastFirst) },
        { kind: kinds[kind], ...(name === null ? {} : { name }) },
      ),
    ),
    places: county.towns.map(({ name, id, at }) =>
      feature(
        { type: 'Point', coordinates: eastFirst(at) },
        { kind: 'locality', name, size: county.streets.filter((one) => one.town.id === id).length },
      ),
    ),
    pois: county.places.map(({ kind, identity, at }) =>
      feature({ type: 'Point', coordinates: eastFirst(at) }, { kind, name: identity.premises ?? identity.street }),
    ),
  };
}

/** From which zoom on a layer is drawn at all. */
const from: Readonly<Record<string, number>> = { pois: 13 };

function tileAt(z: number, [longitude, latitude]: readonly [number, number]): readonly [number, number] {
  const sine = Math.sin((latitude * Math.PI) / 180);
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return [Math.floor((longitude / 360 + 0.5) * 2 ** z), Math.floor(y * 2 ** z)];
}

/** The map of the invented county, as the bytes of its file. */
export function countyBasemap(county: County = inventedCounty()): Buffer {
  const layers = layersOf(county);
  const [land] = layers['earth'] ?? [];
  const ring = land?.geometry.type === 'Polygon' ? (land.geometry.coordinates[0] ?? []) : [];
  const [easts, norths] = [ring.map(([one]) => one), ring.map(([, one]) => one)];
  const bounds = [Math.min(...easts), Math.min(...norths), Math.max(...easts), Math.max(...norths)] as const;
  const cut = Object.entries(layers).map(([name, features]) => ({
    name,
    tiles: new Cutting({ type: 'FeatureCollection', features }, { maxZoom: zooms[1], tolerance: 3 }),
  }));
  const tiles: Tile[] = [];
  for (let z: number = zooms[0]; z <= zooms[1]; z += 1) {
    const [west, north] = tileAt(z, [bounds[0], bounds[3]]);
    const [east, south] = tileAt(z, [bounds[2], bounds[1]]);
    for (let x = west; x <= east; x += 1)
      for (let y = north; y <= south; y += 1) {
        const there = cut
          .filter(({ name }) => z >= (from[name] ?? 0))
          .map(({ name, tiles: one }) => [name, one.getTile(z, x, y)] as const)
          .filter(([, tile]) => tile !== null && tile.features.length > 0);
        if (there.length > 0)
          tiles.push({ z, x, y, bytes: fromGeojsonVt(Object.fromEntries(there) as never, { version: 2 }) });
      }
  }
  const metadata = {
    name: county.name,
    attribution: `${county.name} is invented`,
    type: 'baselayer',
    vector_layers: Object.keys(layers).map((id) => ({ id, fields: {} })),
  };
  return pmtilesOf({ tiles, metadata, bounds, zooms });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, countyBasemap());
}
