import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { FeatureCollection } from './features.ts';
import type { Palette } from './palette.ts';

const font = ['system-ui'];
const empty: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** A radius of so many pixels at zoom 0 as it is at every zoom: ground doubles with each. */
const onTheGround: ExpressionSpecification = [
  'interpolate',
  ['exponential', 2],
  ['zoom'],
  0,
  ['get', 'ground'],
  22,
  ['*', ['get', 'ground'], 2 ** 22],
];

/** The ground, in the layers that Protomaps writes. */
function groundLayers(palette: Palette): readonly LayerSpecification[] {
  return [
    { id: 'earth', type: 'fill', source: 'ground', 'source-layer': 'earth', paint: { 'fill-color': palette.land } },
    {
      id: 'landuse',
      type: 'fill',
      source: 'ground',
      'source-layer': 'landuse',
      paint: {
        'fill-color': [
          'match',
          ['get', 'kind'],
          ['park', 'wood', 'forest', 'grass', 'nature_reserve', 'recreation_ground'],
          palette.park,
          palette.town,
        ],
      },
    },
    {
      id: 'water',
      type: 'fill',
      source: 'ground',
      'source-layer': 'water',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': palette.sea },
    },
  ];
}

/** How wide a road is, in pixels from far to near. */
function width(least: number, most: number): ExpressionSpecification {
  return ['interpolate', ['exponential', 1.6], ['zoom'], 8, least, 18, most];
}

/** The roads, the smaller under the larger. */
function roadLayers(palette: Palette): readonly LayerSpecification[] {
  const from = { source: 'ground', 'source-layer': 'roads' } as const;
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const;
  const isMajor: ExpressionSpecification = ['in', ['get', 'kind'], ['literal', ['highway', 'major_road']]];
  return [
    {
      id: 'road-edges',
      type: 'line',
      ...from,
      minzoom: 11,
      layout: round,
      paint: { 'line-color': palette.casing, 'line-width': width(1.5, 22) },
      filter: ['!', isMajor],
    },
    {
      id: 'roads',
      type: 'line',
      ...from,
      layout: round,
      paint: { 'line-color': palette.road, 'line-width': width(0.5, 20) },
      filter: ['!', isMajor],
    },
    {
      id: 'major-roads',
      type: 'line',
      ...from,
      layout: round,
      paint: { 'line-color': palette.casing, 'line-width': width(1.5, 26) },
      filter: isMajor,
    },
  ];
}

function groundNames(palette: Palette): readonly LayerSpecification[] {
  const paint = { 'text-color': palette.ink, 'text-halo-color': palette.halo, 'text-halo-width': 1.5 };
  return [
    {
      id: 'road-names',
      type: 'symbol',
      source: 'ground',
      'source-layer': 'roads',
      minzoom: 13,
      layout: { 'symbol-placement': 'line', 'text-field': ['get', 'name'], 'text-font': font, 'text-size': 11 },
      paint,
    },
    {
      id: 'places',
      type: 'symbol',
      source: 'ground',
      'source-layer': 'places',
      layout: {
        'text-field': ['get', 'name'],
        'text-font': font,
        'text-size': 13,
        'text-anchor': 'bottom',
        'text-offset': [0, -0.9],
        'symbol-sort-key': ['-', 0, ['coalesce', ['get', 'size'], 0]],
      },
      paint: { ...paint, 'text-halo-width': 2 },
    },
    {
      id: 'pois',
      type: 'symbol',
      source: 'ground',
      'source-layer': 'pois',
      minzoom: 15,
      layout: { 'text-field': ['get', 'name'], 'text-font': font, 'text-size': 11 },
      paint,
    },
  ];
}

/** What lies under the signs: areas and rings as wide as something may be off, and the mark of what is chosen. */
function ringLayers(palette: Palette): readonly LayerSpecification[] {
  const bandColour: ExpressionSpecification = [
    'match',
    ['get', 'band'],
    'emergency',
    palette.emergency,
    'priority',
    palette.priority,
    palette.scheduled,
  ];
  return [
    {
      id: 'areas',
      type: 'line',
      source: 'areas',
      paint: { 'line-color': bandColour, 'line-width': 2, 'line-dasharray': [2, 2] },
    },
    {
      id: 'rings',
      type: 'circle',
      source: 'incidents',
      paint: {
        'circle-radius': onTheGround,
        'circle-color': bandColour,
        'circle-opacity': 0.08,
        'circle-stroke-color': bandColour,
        'circle-stroke-width': 1.5,
      },
    },
    {
      id: 'unit-rings',
      type: 'circle',
      source: 'units',
      paint: {
        'circle-radius': onTheGround,
        'circle-opacity': 0,
        'circle-stroke-color': palette.other,
        'circle-stroke-opacity': ['case', ['get', 'isOld'], 0.9, 0.5],
        'circle-stroke-width': 1,
      },
    },
    {
      id: 'chosen',
      type: 'circle',
      source: 'incidents',
      filter: ['get', 'isChosen'],
      paint: {
        'circle-radius': 19,
        'circle-opacity': 0,
        'circle-stroke-color': palette.ring,
        'circle-stroke-width': 4,
      },
    },
  ];
}

/** The signs of units, and over them those of incidents. */
function signLayers(palette: Palette): readonly LayerSpecification[] {
  const label = { 'text-font': font, 'text-size': 11, 'text-anchor': 'top' } as const;
  const ink = { 'text-color': palette.ink, 'text-halo-color': palette.halo, 'text-halo-width': 1.5 };
  const old: ExpressionSpecification = ['case', ['get', 'isOld'], 0.5, 1];
  return [
    {
      id: 'units',
      type: 'symbol',
      source: 'units',
      layout: {
        'icon-image': ['get', 'sign'],
        'icon-size': ['interpolate', ['linear'], ['zoom'], 7, 0.45, 11, 0.75],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'text-field': ['step', ['zoom'], '', 10.5, ['get', 'label']],
        'text-optional': true,
        ...label,
        'text-offset': [0, 0.7],
      },
      paint: { ...ink, 'icon-opacity': old, 'text-opacity': old },
    },
    {
      id: 'incidents',
      type: 'symbol',
      source: 'incidents',
      layout: {
        'icon-image': ['get', 'sign'],
        'icon-size': ['interpolate', ['linear'], ['zoom'], 7, 0.7, 11, 1],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'symbol-sort-key': ['get', 'order'],
        'text-field': ['step', ['zoom'], '', 11.5, ['get', 'label']],
        'text-optional': true,
        'text-max-width': 12,
        ...label,
        'text-offset': [0, 1],
      },
      paint: ink,
    },
  ];
}

/** A basemap: where its file is, and which layers it has. */
export interface Basemap {
  readonly url: string;
  readonly layers: ReadonlySet<string>;
}

/** How the map is drawn: over a basemap where there is one, and over plain ground where there is none. */
export function styleOf(palette: Palette, basemap: Basemap | null): StyleSpecification {
  const ground = { id: 'ground', type: 'background', paint: { 'background-color': palette.sea } } as const;
  const sources: StyleSpecification['sources'] = {
    units: { type: 'geojson', data: empty },
    incidents: { type: 'geojson', data: empty },
    areas: { type: 'geojson', data: empty },
  };
  if (basemap === null)
    return {
      version: 8,
      sources,
      layers: [
        { ...ground, paint: { 'background-color': palette.land } },
        ...ringLayers(palette),
        ...signLayers(palette),
      ],
    };
  const isThere = (layer: LayerSpecification): boolean =>
    'source-layer' in layer && basemap.layers.has(layer['source-layer'] ?? '');
  return {
    version: 8,
    sources: { ...sources, ground: { type: 'vector', url: `pmtiles://${basemap.url}` } },
    layers: [
      ground,
      ...[...groundLayers(palette), ...roadLayers(palette), ...groundNames(palette)].filter(isThere),
      ...ringLayers(palette),
      ...signLayers(palette),
    ],
  };
}
