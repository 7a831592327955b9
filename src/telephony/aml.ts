import type { ClockTime } from '../room/british-time.ts';
import { instantOf, isRealClockTime } from '../room/british-time.ts';
import { degreePlaces } from '../room/location.ts';
import type { Doubt, FixTold, LocationTold, Parsed } from './told.ts';
import { decimalOf, degreesOf, metresOf, pointAt, unread } from './told.ts';

/** How an AML message came: as the text of an SMS, as the bytes of a data SMS, or as the body of an HTTPS POST. */
export const amlForms = ['text', 'data', 'post'] as const;
export type AmlForm = (typeof amlForms)[number];

/** An AML message (ETSI TS 103 625; Android ELS, iOS). The IMSI and IMEI in it are read past and kept nowhere. */
export interface Aml {
  readonly version: number;
  /** The handset's own number, where the message names it. */
  readonly number: string | null;
  readonly location: LocationTold;
}

const textMax = 2_000;
const bytesMax = 1_120;
const bodyMax = 8_192;
const fieldsMax = 60;
/** Instants that the room keeps, milliseconds. */
const instantMax = 4_102_444_800_000;

/** Methods by every name that the published forms have for them; null is the method of a device without a fix. */
const methods: ReadonlyMap<string, string | null> = new Map([
  ['w', 'wifi'],
  ['wifi', 'wifi'],
  ['g', 'gnss'],
  ['gps', 'gnss'],
  ['gnss', 'gnss'],
  ['c', 'cell'],
  ['cell', 'cell'],
  ['f', 'fused'],
  ['fused', 'fused'],
  ['u', 'unknown'],
  ['unknown', 'unknown'],
  ['n', null],
  ['none', null],
  ['null', null],
]);
const letters: Readonly<Record<string, string>> = { wifi: 'W', gnss: 'G', cell: 'C' };

type Fields = ReadonlyMap<string, string>;

/** Fields of one message under the names of none of its forms; absent and empty are the same. */
interface Given {
  readonly version: number;
  readonly latitude: string | undefined;
  readonly longitude: string | undefined;
  readonly radius: string | undefined;
  /** Per cent. */
  readonly confidence: number | null;
  readonly method: string | undefined;
  /** Milliseconds, or null where it is told but cannot be read. */
  readonly takenAt: number | null | undefined;
  readonly altitude: string | undefined;
  readonly floor: string | undefined;
  readonly number: string | undefined;
  readonly doubts: readonly Doubt[];
}

/** Reads an AML message in any of its published forms. */
export function parseAml(form: AmlForm, body: string | Uint8Array): Parsed<Aml> {
  if (form === 'data') return typeof body === 'string' ? unread('A data SMS is given as its bytes.') : fromData(body);
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  return form === 'text' ? fromText(text) : fromPost(text);
}

/** A data SMS: the same text in the seven-bit alphabet of 3GPP TS 23.038, perhaps with the header of its port. */
function fromData(bytes: Uint8Array): Parsed<Aml> {
  if (bytes.length > bytesMax) return unread(`A data SMS has at most ${bytesMax} bytes.`);
  const isHeaded = bytes[0] === 6 && bytes[1] === 5 && bytes[2] === 4;
  return fromText(unpacked(isHeaded ? bytes.subarray(7) : bytes));
}

/** Seven-bit characters from the bytes they are packed in. All that AML uses are where ASCII has them. */
function unpacked(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held |= byte << bits;
    bits += 8;
    for (; bits >= 7; bits -= 7) {
      text += String.fromCharCode(held & 0x7f);
      held >>= 7;
    }
  }
  // What fills up the last byte: nought, which the alphabet calls @, or a carriage return.
  return text.replace(/[\0\r]+$/, '');
}

/** The text packed into seven-bit characters; of a message, for tests and the simulator. */
export function packed(text: string): Uint8Array {
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const character of text) {
    held |= (character.charCodeAt(0) & 0x7f) << bits;
    bits += 7;
    for (; bits >= 8; bits -= 8) {
      bytes.push(held & 0xff);
      held >>= 8;
    }
  }
  return Uint8Array.from(bits > 0 ? [...bytes, held & 0xff] : bytes);
}

function fromText(whole: string): Parsed<Aml> {
  if (whole.length > textMax) return unread(`An AML text has at most ${textMax} characters.`);
  const text = whole.trim();
  const [, version] = /^A"ML=(\d{1,2})(?:;|$)/.exec(text) ?? [];
  if (version === undefined) return unread('An AML text begins with A"ML= and its version.');
  const read = pairsOf(text);
  if (!read.ok) return read;
  if (version === '1') return toldBy(firstVersion(read.value, text));
  if (version === '2') return toldBy(secondVersion(read.value));
  return unread('The version of an AML text is 1 or 2.');
}

function pairsOf(text: string): Parsed<Fields> {
  const fields = new Map<string, string>();
  const pairs = text.split(';');
  if (pairs.at(-1) === '') pairs.pop();
  if (pairs.length > fieldsMax) return unread(`An AML text has at most ${fieldsMax} fields.`);
  for (const [place, pair] of pairs.entries()) {
    const [, name, value = ''] = /^\s*([A-Za-z"]{1,8})\s*=\s*([^=]*?)\s*$/.exec(pair) ?? [];
    if (name === undefined) return unread(`Field ${place + 1} of an AML text is not a name, = and a value.`);
    if (fields.has(name)) return unread(`An AML text gives ${name} twice.`);
    fields.set(name, value);
  }
  return { ok: true, value: fields };
}

function valueOf(fields: Fields, name: string): string | undefined {
  const value = fields.get(name);
  return value === '' ? undefined : value;
}

function firstVersion(fields: Fields, text: string): Given {
  const get = (name: string): string | undefined => valueOf(fields, name);
  const length = get('ml');
  const top = get('top');
  return {
    version: 1,
    latitude: get('lt'),
    longitude: get('lg'),
    radius: get('rd'),
    confidence: percentOf(get('lc')),
    method: get('pm'),
    takenAt: top === undefined ? undefined : compactTime(top),
    altitude: undefined,
    floor: undefined,
    number: undefined,
    doubts: [
      ...(length !== undefined && Number(length) !== text.length ? (['length-differs'] as const) : []),
      ...unreadablePercent(get('lc')),
    ],
  };
}

/** The experimental form of Android (ELS beta): a position in one field, times counted from the start of the call. */
function secondVersion(fields: Fields): Given {
  const get = (name: string): string | undefined => valueOf(fields, name);
  const [latitude, longitude, radius] = (get('lo') ?? '').split(',').map((one) => (one === '' ? undefined : one));
  const [started, after] = [get('et'), get('lt')].map((one) => (one === undefined ? null : decimalOf(one)));
  const isTimed = typeof started === 'number' && typeof after === 'number';
  const isTold = get('et') !== undefined && get('lt') !== undefined;
  return {
    version: 2,
    latitude,
    longitude,
    radius,
    confidence: percentOf(get('lc')),
    method: get('ls'),
    takenAt: isTimed ? instantWithin((started + after) * 1_000) : isTold ? null : undefined,
    altitude: get('lz')?.split(',')[0],
    floor: undefined,
    number: undefined,
    doubts: unreadablePercent(get('lc')),
  };
}

function fromPost(body: string): Parsed<Aml> {
  if (body.length > bodyMax) return unread(`An AML body has at most ${bodyMax} characters.`);
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(body)) {
    if (fields.has(name)) return unread('An AML body gives a field twice.');
    if (fields.size === fieldsMax) return unread(`An AML body has at most ${fieldsMax} fields.`);
    fields.set(name, value.trim());
  }
  if (![...fields.keys()].some((name) => /^(?:location|device|cell)_/.test(name)))
    return unread('An AML body is form fields such as location_latitude, location_longitude and location_time.');
  return toldBy(posted(fields));
}

/** Field names of ETSI TS 103 625 and, where they differ, of Android's ELS. */
function posted(fields: Fields): Given {
  const get = (name: string): string | undefined => valueOf(fields, name);
  const certainty = get('location_certainty');
  const share = get('location_confidence');
  const told = share === undefined ? null : decimalOf(share);
  const confidence = certainty === undefined ? percentOfShare(told) : percentOf(certainty);
  const time = get('location_time');
  const version = decimalOf(get('v') ?? '');
  return {
    version: version !== null && Number.isInteger(version) ? version : 0,
    latitude: get('location_latitude'),
    longitude: get('location_longitude'),
    radius: get('location_accuracy'),
    confidence,
    method: get('location_source'),
    takenAt: time === undefined ? undefined : instantWithin(decimalOf(time)),
    altitude: get('location_altitude'),
    floor: get('location_floor'),
    number: get('device_number'),
    doubts:
      certainty === undefined && share !== undefined && told === null
        ? ['unreadable-field']
        : unreadablePercent(certainty),
  };
}

function percentOf(text: string | undefined): number | null {
  const told = text === undefined ? null : decimalOf(text);
  const whole = told === null ? 0 : Math.floor(told);
  return whole >= 1 && whole <= 100 ? whole : null;
}

/** Android tells its confidence as a share of one. */
function percentOfShare(told: number | null): number | null {
  return told === null ? null : percentOf(String(told <= 1 ? Math.round(told * 100) : told));
}

/** Nought says that nobody is confident; anything else outside 1 to 100 cannot be read. */
function unreadablePercent(text: string | undefined): readonly Doubt[] {
  if (text === undefined || percentOf(text) !== null || decimalOf(text) === 0) return [];
  return ['unreadable-field'];
}

function instantWithin(value: number | null): number | null {
  return value !== null && Number.isInteger(value) && value >= 0 && value <= instantMax ? value : null;
}

/** yyyyMMddHHmmss, in UTC. */
function compactTime(text: string): number | null {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text) ?? [];
  if (second === undefined) return null;
  const clock: ClockTime = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: 0,
  };
  return isRealClockTime(clock) ? instantWithin(instantOf(clock)) : null;
}

interface FixRead {
  readonly fix: FixTold;
  readonly doubts: readonly Doubt[];
}

function none(why: 'no-fix' | 'not-told' | 'unreadable', doubts: readonly Doubt[] = []): Parsed<FixRead> {
  return { ok: true, value: { fix: { kind: 'none', why }, doubts } };
}

/** The position of a message; a device that says it has none is believed whatever its coordinates say. */
function fixOf({ latitude, longitude, radius, method }: Given): Parsed<FixRead> {
  if (methods.get(method?.toLowerCase() ?? 'u') === null) return none('no-fix');
  if (latitude === undefined && longitude === undefined) return none('not-told');
  if (latitude === undefined || longitude === undefined) return none('unreadable', ['unreadable-field']);
  const at = degreesOf(decimalOf(latitude), decimalOf(longitude));
  if (at === null) return unread('The latitude and longitude of an AML message are degrees such as +51.53321.');
  const isTold = radius !== undefined && radius.toUpperCase() !== 'N';
  const told = isTold ? decimalOf(radius) : 0;
  const radiusM = told === null ? null : metresOf(told);
  const isReadable = radiusM !== null || told === 0;
  return { ok: true, value: { fix: pointAt(at, radiusM), doubts: isReadable ? [] : ['unreadable-field'] } };
}

function toldBy(given: Given): Parsed<Aml> {
  const found = fixOf(given);
  if (!found.ok) return found;
  const method = given.method === undefined ? undefined : methods.get(given.method.toLowerCase());
  const isOddMethod = given.method !== undefined && method === undefined;
  const altitudeM = Math.round(decimalOf(given.altitude ?? '') ?? Number.NaN);
  const number = given.number?.replaceAll(/[\s()-]/g, '');
  const isUnreadable = isOddMethod || given.takenAt === null;
  const { fix } = found.value;
  const isNone = fix.kind === 'none';
  const location: LocationTold = {
    source: 'aml',
    fix,
    ...(given.confidence === null || isNone ? {} : { confidence: given.confidence }),
    ...(typeof given.takenAt === 'number' ? { takenAt: given.takenAt } : {}),
    ...(typeof method === 'string' && method !== 'unknown' ? { method } : {}),
    ...(!isNone && altitudeM >= -500 && altitudeM <= 9_000 && altitudeM !== 0 ? { altitudeM } : {}),
    ...(given.floor === undefined ? {} : { floor: given.floor.slice(0, 16) }),
    doubts: [
      ...new Set([...given.doubts, ...found.value.doubts, ...(isUnreadable ? (['unreadable-field'] as const) : [])]),
    ],
  };
  const isNumber = number !== undefined && /^\+?\d{3,19}$/.test(number);
  return { ok: true, value: { version: given.version, number: isNumber ? number : null, location } };
}

function degreesText(degrees: number): string {
  return `${degrees < 0 ? '-' : '+'}${Math.abs(degrees).toFixed(degreePlaces)}`;
}

function compact(instant: number): string {
  return new Date(instant).toISOString().replaceAll(/[-:T]|\.\d{3}Z$/g, '');
}

/** The text of an AML message, as a handset writes it; without the IMSI and IMEI, which Heed has no use for. */
export function amlText(location: LocationTold): string {
  const { fix, takenAt, confidence, method } = location;
  const isPoint = fix.kind === 'point';
  const fields = [
    'A"ML=1',
    isPoint ? `lt=${degreesText(fix.latitude)}` : 'lt=+00.00000',
    isPoint ? `lg=${degreesText(fix.longitude)}` : 'lg=+000.00000',
    `rd=${isPoint ? (fix.radiusM ?? 'N') : 'N'}`,
    ...(takenAt === undefined ? [] : [`top=${compact(takenAt)}`]),
    `lc=${isPoint ? (confidence ?? 0) : 0}`,
    ...(isPoint ? Object.entries(letters).flatMap(([name, letter]) => (name === method ? [`pm=${letter}`] : [])) : []),
    ...(isPoint ? [] : ['pm=N']),
    'ml=',
  ];
  const text = fields.join(';');
  const length = text.length + 2;
  return `${text}${length > 99 ? length + 1 : length}`;
}

/** The same message as the body of an HTTPS POST. */
export function amlPost(location: LocationTold, number: string | null): string {
  const { fix, takenAt, confidence, method } = location;
  const isPoint = fix.kind === 'point';
  return new URLSearchParams({
    v: '1',
    ...(number === null ? {} : { device_number: number }),
    location_latitude: String(isPoint ? fix.latitude : 0),
    location_longitude: String(isPoint ? fix.longitude : 0),
    location_accuracy: String(isPoint ? (fix.radiusM ?? 0) : 0),
    ...(takenAt === undefined ? {} : { location_time: String(takenAt) }),
    ...(confidence === undefined ? {} : { location_certainty: String(confidence) }),
    ...(method === undefined ? {} : { location_source: method }),
  }).toString();
}
