import { formatInstant } from '../room/british-time.ts';
import type { PlaceIdentity } from './civic.ts';
import { addressOf, partOf, placeOf } from './civic.ts';
import { gml, isShape, shapeOf, shapes } from './pidf-shapes.ts';
import type { LocationTold, Parsed } from './told.ts';
import { decimalOf, unread } from './told.ts';
import type { XmlElement } from './xml.ts';
import { elementsOf, parseXml } from './xml.ts';

const pidf = 'urn:ietf:params:xml:ns:pidf';
const geopriv = 'urn:ietf:params:xml:ns:pidf:geopriv10';
const civicSpace = 'urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr';
const dataModel = 'urn:ietf:params:xml:ns:pidf:data-model';
const confidenceSpace = 'urn:ietf:params:xml:ns:geopriv:conf';

/** Locations that one document may give. */
const locationsMax = 8;
const methodForm = /^[\x21-\x7e]{1,64}$/;
const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;
const instantMax = 4_102_444_800_000;

/** One location of a document, with the place that its address names, where it names one. */
export interface PidfLocation {
  readonly location: LocationTold;
  readonly place: PlaceIdentity | null;
}

/**
 * Reads a presence document with locations (RFC 4119, 5139, 5491; confidence of RFC 7459): every one that it gives, in
 * its order, which is from the surest to the least sure (RFC 5491, 3.4).
 */
export function parsePidfLo(document: string): Parsed<readonly PidfLocation[]> {
  const read = parseXml(document);
  if (!read.ok) return read;
  const root = read.value;
  const isPresence = root.space === pidf && root.name === 'presence';
  if (!isPresence && elementsOf(root, pidf, 'presence').length === 0)
    return unread('A PIDF-LO document is a presence, or holds one.');
  const found = holdersOf(root).flatMap(({ holder, timestamp }) => locationsIn(holder, timestamp));
  if (found.length === 0) return unread('The presence gives no location.');
  return found.length > locationsMax
    ? unread(`A presence gives at most ${locationsMax} locations.`)
    : { ok: true, value: found };
}

interface Holder {
  readonly holder: XmlElement;
  readonly timestamp: number | null;
}

/** Each geopriv element with the time of the tuple, device or person that it stands in. */
function holdersOf(element: XmlElement, timestamp: number | null = null): readonly Holder[] {
  if (element.space === geopriv && element.name === 'geopriv') return [{ holder: element, timestamp }];
  const isTimed =
    (element.space === pidf && element.name === 'tuple') ||
    (element.space === dataModel && (element.name === 'device' || element.name === 'person'));
  const told = isTimed ? instantIn(element) : timestamp;
  return element.children.flatMap((child) => holdersOf(child, told));
}

function instantIn(element: XmlElement): number | null {
  const text = textOf(element, 'timestamp');
  if (text === undefined || !instantForm.test(text)) return null;
  const instant = Date.parse(text);
  return instant >= 0 && instant <= instantMax ? instant : null;
}

/** The text of a child by its own name: devices write these in one namespace or another. */
function textOf(element: XmlElement, name: string): string | undefined {
  return element.children.find((child) => child.name === name)?.text.trim();
}

function locationsIn(holder: XmlElement, timestamp: number | null): readonly PidfLocation[] {
  const method = textOf(holder, 'method')?.toLowerCase();
  return holder.children
    .filter((one) => one.space === geopriv && one.name === 'location-info')
    .flatMap((info) => {
      const confidence = confidenceIn(info);
      return toldIn(info).map(({ location, place }) => ({
        place,
        location: {
          ...location,
          ...(confidence === null || location.fix.kind === 'none' ? {} : { confidence }),
          ...(timestamp === null ? {} : { takenAt: timestamp }),
          ...(method !== undefined && methodForm.test(method) ? { method } : {}),
        },
      }));
    });
}

/** The shapes of one location and its address. Both together are one place told twice, and stand together. */
function toldIn(info: XmlElement): readonly PidfLocation[] {
  const [civic] = elementsOf(info, civicSpace, 'civicAddress');
  const address = civic === undefined ? null : addressIn(civic);
  const told = shapesIn(info).map((element): PidfLocation => {
    const { fix, altitudeM } = shapeOf(element);
    const doubts: LocationTold['doubts'] = fix.kind === 'none' && fix.why === 'unreadable' ? ['unreadable-field'] : [];
    return {
      location: { source: 'pidf-lo', fix, ...(altitudeM === null ? {} : { altitudeM }), doubts },
      place: null,
    };
  });
  if (address === null) return told;
  const [first, ...rest] = told;
  const bare: LocationTold = { source: 'pidf-lo', fix: { kind: 'none', why: 'not-told' }, doubts: [] };
  return [{ location: { ...(first?.location ?? bare), ...address.said }, place: address.place }, ...rest];
}

/** The outermost shapes: a prism holds a polygon, and is one shape. */
function shapesIn(element: XmlElement): readonly XmlElement[] {
  return element.children.flatMap((child) => (isShape(child) ? [child] : shapesIn(child)));
}

function confidenceIn(info: XmlElement): number | null {
  const [told] = elementsOf(info, confidenceSpace, 'confidence');
  const percent = Math.floor(decimalOf(told?.text.trim() ?? '') ?? 0);
  return percent >= 1 && percent <= 100 ? percent : null;
}

interface Address {
  readonly said: Pick<LocationTold, 'address' | 'floor'>;
  readonly place: PlaceIdentity | null;
}

/** A civic address (RFC 5139) in the order in which it is read out. */
function addressIn(civic: XmlElement): Address | null {
  const part = (name: string): string | undefined => partOf(textOf(civic, name));
  const joined = (...names: readonly string[]): string | undefined =>
    partOf(
      names
        .map(part)
        .filter((one) => one !== undefined)
        .join(' '),
    );
  const road = part('RD') === undefined ? 'A6' : 'RD';
  const street = joined('PRD', 'PRM', road, 'STS', 'POD', 'POM');
  const number = joined('HNO', 'HNS');
  const unit = joined('UNIT');
  const town = part('A3') ?? part('PCN') ?? part('A4');
  const address = addressOf([
    ...['NAM', 'LMK', 'LOC', 'ROOM', 'SEAT'].map(part),
    unit,
    part('BLD'),
    addressOf([joined('HNO', 'HNS', 'PRD', 'PRM', road, 'STS', 'POD', 'POM')]),
    ...['A5', 'A4', 'A3', 'A2', 'A1', 'PC', 'country'].map(part),
  ]);
  if (address === undefined) return null;
  const floor = part('FLR')?.slice(0, 16);
  const premises = addressOf([unit, number ?? part('BLD') ?? part('NAM')]);
  return {
    said: { address, ...(floor === undefined ? {} : { floor }) },
    place: placeOf({ premises, street, town, postcode: part('PC') }),
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function metres(name: string, value: number): string {
  return `<gs:${name} uom="urn:ogc:def:uom:EPSG::9001">${value}</gs:${name}>`;
}

function shapeText(fix: LocationTold['fix']): string {
  if (fix.kind === 'none') return '';
  if (fix.kind === 'area') {
    const corners = [...fix.corners, ...fix.corners.slice(0, 1)].map((one) => `${one.latitude} ${one.longitude}`);
    const ring = `<gml:exterior><gml:LinearRing><gml:posList>${corners.join(' ')}</gml:posList></gml:LinearRing>`;
    return `<gml:Polygon srsName="urn:ogc:def:crs:EPSG::4326">${ring}</gml:exterior></gml:Polygon>`;
  }
  const pos = `<gml:pos>${fix.latitude} ${fix.longitude}</gml:pos>`;
  if (fix.kind === 'ellipse') {
    const axes = metres('semiMajorAxis', fix.majorM) + metres('semiMinorAxis', fix.minorM);
    const turned = `<gs:orientation uom="urn:ogc:def:uom:EPSG::9102">${fix.orientationDeg}</gs:orientation>`;
    return `<gs:Ellipse srsName="urn:ogc:def:crs:EPSG::4326">${pos}${axes}${turned}</gs:Ellipse>`;
  }
  return fix.radiusM === null
    ? `<gml:Point srsName="urn:ogc:def:crs:EPSG::4326">${pos}</gml:Point>`
    : `<gs:Circle srsName="urn:ogc:def:crs:EPSG::4326">${pos}${metres('radius', fix.radiusM)}</gs:Circle>`;
}

/** A location as a presence document; its address as the name of a place. */
export function pidfLoText(location: LocationTold): string {
  const { fix, address, confidence, takenAt, method } = location;
  const civic =
    address === undefined
      ? ''
      : `<ca:civicAddress xmlns:ca="${civicSpace}"><ca:NAM>${escaped(address)}</ca:NAM></ca:civicAddress>`;
  const sure =
    confidence === undefined ? '' : `<c:confidence xmlns:c="${confidenceSpace}">${confidence}</c:confidence>`;
  const info = `<gp:location-info>${shapeText(fix)}${civic}${sure}</gp:location-info><gp:usage-rules/>`;
  const how = method === undefined ? '' : `<gp:method>${escaped(method)}</gp:method>`;
  const when = takenAt === undefined ? '' : `<timestamp>${formatInstant(takenAt)}</timestamp>`;
  return (
    `<?xml version="1.0" encoding="UTF-8"?><presence xmlns="${pidf}" xmlns:gp="${geopriv}" xmlns:gml="${gml}" ` +
    `xmlns:gs="${shapes}" entity="pres:caller@example.org"><tuple id="t1"><status><gp:geopriv>${info}${how}` +
    `</gp:geopriv></status>${when}</tuple></presence>`
  );
}
