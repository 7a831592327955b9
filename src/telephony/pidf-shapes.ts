import { cornersMax } from '../room/location.ts';
import type { FixTold } from './told.ts';
import { decimalOf, degreesOf, metresOf, pointAt } from './told.ts';
import type { XmlElement } from './xml.ts';

/** Geography Markup Language, and the shapes that RFC 5491 takes from the PIDF-LO shape application schema. */
export const gml = 'http://www.opengis.net/gml';
export const shapes = 'http://www.opengis.net/pidflo/1.0';
/** The name of the same markup in RFC 4119, before RFC 5491 corrected it. */
const oldGml = 'urn:opengis:specification:gml:schema-xsd:feature:v3.0';

/** Metres of a degree of latitude: near enough for the outline of a sector. */
const degreeM = 111_320;
/** Corners along one side of a sector. */
const arcSteps = 24;
/** Nearer than this to a pole a degree of longitude is worth too little to draw with. */
const poleDegrees = 89;

/** A position with what the document says of its height. */
export interface Shape {
  readonly fix: FixTold;
  readonly altitudeM: number | null;
}

interface Position {
  readonly latitude: number;
  readonly longitude: number;
  readonly altitudeM: number | null;
}

const unreadable: Shape = { fix: { kind: 'none', why: 'unreadable' }, altitudeM: null };

/** WGS84 in two dimensions or in three, as the standards and their readers write it; null for any other system. */
function dimensionsOf(srsName: string | undefined, otherwise: 2 | 3): 2 | 3 | null {
  if (srsName === undefined) return otherwise;
  const [, code] = /^(?:urn:ogc:def:crs:)?epsg:(?:[\d.]*:)?(4326|4979)$/i.exec(srsName.trim()) ?? [];
  return code === '4326' ? 2 : code === '4979' ? 3 : null;
}

function numbersIn(text: string): readonly number[] | null {
  const found = text
    .trim()
    .split(/[\s,]+/)
    .map(decimalOf);
  return found.some((one) => one === null) ? null : (found as readonly number[]);
}

/** Degrees, minutes and seconds with their letter, as in the examples of RFC 4119. */
function sexagesimal(text: string): number | null {
  const [, degrees, minutes, seconds, letter] =
    /^(\d{1,3}):(\d{1,2}):(\d{1,2}(?:\.\d{1,6})?)([NSEW])$/.exec(text) ?? [];
  if (letter === undefined) return null;
  const size = Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3_600;
  return letter === 'S' || letter === 'W' ? -size : size;
}

function positionFrom(numbers: readonly number[] | null): Position | null {
  const at = degreesOf(numbers?.[0] ?? null, numbers?.[1] ?? null);
  if (at === null) return null;
  const altitude = Math.round(numbers?.[2] ?? Number.NaN);
  return { ...at, altitudeM: altitude >= -500 && altitude <= 9_000 ? altitude : null };
}

/** The position that a shape gives directly. */
function positionIn(element: XmlElement): Position | null {
  const pos = child(element, gml, 'pos');
  if (pos !== undefined) {
    const numbers = numbersIn(pos.text);
    return numbers === null || numbers.length < 2 || numbers.length > 3 ? null : positionFrom(numbers);
  }
  const coordinates = child(element, gml, 'coordinates')?.text.trim();
  if (coordinates === undefined) return null;
  const [latitude, longitude] = coordinates.split(/[\s,]+/).map(sexagesimal);
  if (typeof latitude === 'number' && typeof longitude === 'number') return positionFrom([latitude, longitude]);
  return positionFrom(numbersIn(coordinates));
}

/** The first element of that name directly inside. */
function child(element: XmlElement | undefined, space: string, name: string): XmlElement | undefined {
  return element?.children.find((one) => one.name === name && isOf(one, space));
}

function isOf(element: XmlElement, space: string): boolean {
  return element.space === space || (space === gml && element.space === oldGml);
}

/** A measure in metres or degrees; in any other unit it cannot be read. */
function measureOf(element: XmlElement, name: string, unit: '9001' | '9102'): number | null {
  const measure = child(element, shapes, name);
  const uom = measure?.attributes.get('uom');
  if (measure === undefined || (uom !== undefined && !uom.trim().endsWith(`:${unit}`))) return null;
  return decimalOf(measure.text.trim());
}

function withHeight(fix: FixTold, at: Position): Shape {
  return { fix, altitudeM: fix.kind === 'none' ? null : at.altitudeM };
}

function circle(element: XmlElement): Shape {
  const at = positionIn(element);
  const radius = measureOf(element, 'radius', '9001');
  if (at === null || radius === null || radius < 0) return unreadable;
  return withHeight(pointAt({ latitude: at.latitude, longitude: at.longitude }, metresOf(radius)), at);
}

function ellipse(element: XmlElement): Shape {
  const at = positionIn(element);
  const major = metresOf(measureOf(element, 'semiMajorAxis', '9001') ?? 0);
  const minor = metresOf(measureOf(element, 'semiMinorAxis', '9001') ?? 0);
  const turned = measureOf(element, 'orientation', '9102');
  if (at === null || major === null || minor === null || turned === null) return unreadable;
  const { latitude, longitude } = at;
  const point = pointAt({ latitude, longitude }, null);
  if (point.kind === 'none') return { fix: point, altitudeM: null };
  const orientationDeg = (Math.round(turned % 360) + 360) % 360;
  return withHeight({ kind: 'ellipse', latitude, longitude, majorM: major, minorM: minor, orientationDeg }, at);
}

type Corner = { readonly latitude: number; readonly longitude: number };

/** The point so many metres from the apex of a sector, at an angle clockwise from north. */
function cornerAt(at: Position, metres: number, degrees: number): Corner | null {
  const angle = (degrees * Math.PI) / 180;
  const north = (metres * Math.cos(angle)) / degreeM;
  const east = (metres * Math.sin(angle)) / (degreeM * Math.cos((at.latitude * Math.PI) / 180));
  return degreesOf(at.latitude + north, at.longitude + east);
}

/** A sector, as a mast covers it: its outline, or the circle around it where an outline cannot be drawn. */
function arcBand(element: XmlElement): Shape {
  const at = positionIn(element);
  const inner = measureOf(element, 'innerRadius', '9001');
  const outer = metresOf(measureOf(element, 'outerRadius', '9001') ?? 0);
  const start = measureOf(element, 'startAngle', '9102');
  const opening = measureOf(element, 'openingAngle', '9102');
  if (at === null || inner === null || outer === null || start === null || opening === null) return unreadable;
  const { latitude, longitude } = at;
  const around = withHeight(pointAt({ latitude, longitude }, outer), at);
  const isWhole = opening <= 0 || opening >= 360 || inner < 0 || inner >= outer;
  if (around.fix.kind === 'none' || isWhole || Math.abs(latitude) > poleDegrees) return around;
  const steps = Array.from({ length: arcSteps + 1 }, (_, step) => start + (opening * step) / arcSteps);
  const corners = [
    ...steps.map((degrees) => cornerAt(at, outer, degrees)),
    ...(inner === 0 ? [at] : steps.toReversed().map((degrees) => cornerAt(at, inner, degrees))),
  ];
  const read = corners.filter((one) => one !== null);
  return read.length < corners.length ? around : withHeight(areaOf(read), at);
}

/** The area inside these corners; one with too many is the box around them, so that it never looks surer than told. */
function areaOf(told: readonly Corner[]): FixTold {
  const corners = told.map(({ latitude, longitude }) => ({ latitude, longitude }));
  if (corners.some((one) => pointAt(one, null).kind === 'none')) return { kind: 'none', why: 'zero-position' };
  if (corners.length <= cornersMax) return { kind: 'area', corners };
  const north = Math.max(...corners.map((one) => one.latitude));
  const south = Math.min(...corners.map((one) => one.latitude));
  const east = Math.max(...corners.map((one) => one.longitude));
  const west = Math.min(...corners.map((one) => one.longitude));
  return {
    kind: 'area',
    corners: [
      { latitude: north, longitude: west },
      { latitude: north, longitude: east },
      { latitude: south, longitude: east },
      { latitude: south, longitude: west },
    ],
  };
}

function cornersIn(ring: XmlElement, dimensions: 2 | 3): readonly (Position | null)[] {
  const list = child(ring, gml, 'posList');
  if (list === undefined)
    return ring.children.filter((one) => one.name === 'pos').map((one) => positionFrom(numbersIn(one.text)));
  const numbers = numbersIn(list.text);
  if (numbers === null || numbers.length % dimensions !== 0) return [null];
  return Array.from({ length: numbers.length / dimensions }, (_, n) =>
    positionFrom(numbers.slice(n * dimensions, (n + 1) * dimensions)),
  );
}

function polygon(element: XmlElement, dimensions: 2 | 3): Shape {
  const flat = element.name === 'Prism' ? child(child(element, shapes, 'base'), gml, 'Polygon') : element;
  const ring = child(child(flat, gml, 'exterior'), gml, 'LinearRing');
  const corners = ring === undefined ? [] : cornersIn(ring, dimensions);
  const [first] = corners;
  const isClosed = first?.latitude === corners.at(-1)?.latitude && first?.longitude === corners.at(-1)?.longitude;
  const open = isClosed ? corners.slice(0, -1) : corners;
  const read = open.filter((one) => one !== null);
  if (read.length < 3 || read.length < open.length) return unreadable;
  return { fix: areaOf(read), altitudeM: first?.altitudeM ?? null };
}

const shapeNames: readonly string[] = [
  'Point',
  'Circle',
  'Sphere',
  'Ellipse',
  'Ellipsoid',
  'ArcBand',
  'Polygon',
  'Prism',
];

/** Whether an element is one of the shapes of RFC 5491. */
export function isShape(element: XmlElement): boolean {
  return shapeNames.includes(element.name) && (isOf(element, gml) || isOf(element, shapes));
}

/** Where a shape is; unreadable where it is in another system of coordinates, in other units, or broken. */
export function shapeOf(element: XmlElement): Shape {
  const isSolid = ['Sphere', 'Ellipsoid', 'Prism'].includes(element.name);
  const dimensions = dimensionsOf(element.attributes.get('srsName'), isSolid ? 3 : 2);
  if (dimensions === null) return unreadable;
  switch (element.name) {
    case 'Point': {
      const at = positionIn(element);
      if (at === null) return unreadable;
      return withHeight(pointAt({ latitude: at.latitude, longitude: at.longitude }, null), at);
    }
    case 'Circle':
    case 'Sphere':
      return circle(element);
    case 'Ellipse':
    case 'Ellipsoid':
      return ellipse(element);
    case 'ArcBand':
      return arcBand(element);
    default:
      return polygon(element, element.attributes.get('srsDimension') === '3' ? 3 : dimensions);
  }
}
