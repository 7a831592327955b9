import { zxyToTileId } from 'pmtiles';

/** One tile of an archive. */
export interface Tile {
  readonly z: number;
  readonly x: number;
  readonly y: number;
  readonly bytes: Uint8Array;
}

export interface Archive {
  readonly tiles: readonly Tile[];
  readonly metadata: Readonly<Record<string, unknown>>;
  /** West, south, east, north. */
  readonly bounds: readonly [number, number, number, number];
  readonly zooms: readonly [least: number, most: number];
}

const headerBytes = 127;

function varints(numbers: readonly number[]): Buffer {
  const bytes: number[] = [];
  for (let one of numbers) {
    for (; one > 127; one = Math.floor(one / 128)) bytes.push((one % 128) + 128);
    bytes.push(one);
  }
  return Buffer.from(bytes);
}

/**
 * An archive of vector tiles as PMTiles, version 3, with one directory and nothing compressed: the same tiles give the
 * same bytes on every machine.
 */
export function pmtilesOf({ tiles, metadata, bounds, zooms }: Archive): Buffer {
  const named = tiles
    .map(({ z, x, y, bytes }) => ({ id: zxyToTileId(z, x, y), bytes: Buffer.from(bytes) }))
    .toSorted((a, b) => a.id - b.id);
  const offsets = new Map<string, number>();
  const parts: Buffer[] = [];
  let length = 0;
  const entries = named.map(({ id, bytes }) => {
    const key = bytes.toString('latin1');
    const held = offsets.get(key);
    const offset = held ?? length;
    if (held === undefined) {
      offsets.set(key, offset);
      parts.push(bytes);
      length += bytes.length;
    }
    return { id, offset, length: bytes.length };
  });
  const directory = varints([
    entries.length,
    ...entries.map(({ id }, place) => id - (entries[place - 1]?.id ?? 0)),
    ...entries.map(() => 1),
    ...entries.map((one) => one.length),
    ...entries.map(({ offset }) => offset + 1),
  ]);
  const about = Buffer.from(JSON.stringify(metadata));
  const header = Buffer.alloc(headerBytes);
  header.write('PMTiles', 0, 'latin1');
  header.writeUInt8(3, 7);
  const aboutAt = headerBytes + directory.length;
  const dataAt = aboutAt + about.length;
  const places = [headerBytes, directory.length, aboutAt, about.length, dataAt, 0, dataAt, length];
  const counts = [entries.length, entries.length, parts.length];
  for (const [place, one] of [...places, ...counts].entries()) header.writeBigUInt64LE(BigInt(one), 8 + place * 8);
  const [least, most] = zooms;
  // Not in the order of their ids once a tile stands for several; no compression; no compression; vector tiles.
  for (const [place, one] of [0, 1, 1, 1, least, most].entries()) header.writeUInt8(one, 96 + place);
  for (const [place, one] of bounds.entries()) header.writeInt32LE(Math.round(one * 1e7), 102 + place * 4);
  const [west, south, east, north] = bounds;
  header.writeUInt8(least, 118);
  header.writeInt32LE(Math.round(((west + east) / 2) * 1e7), 119);
  header.writeInt32LE(Math.round(((south + north) / 2) * 1e7), 123);
  return Buffer.concat([header, directory, about, ...parts]);
}
