import { readFileSync } from 'node:fs';
import { PMTiles } from 'pmtiles';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countyBasemap } from '../scripts/basemap.ts';
import { drivingOf } from '../src/simulate/driving.ts';
import { inventedCounty } from '../src/simulate/county.ts';
import { along, metresApart, roadsOf, wayBetween } from '../src/simulate/roads.ts';
import { controlRoom } from './control-room.ts';
import type { Served } from './served.ts';
import { plain, served } from './served.ts';

const file = new URL('../basemaps/dunnockshire.pmtiles', import.meta.url);
const county = inventedCounty();
const limitMs = 120_000;

describe('the invented county’s map', () => {
  test('is what the script writes, to the byte, and small', () => {
    const bytes = readFileSync(file);
    expect(countyBasemap().equals(bytes)).toBe(true);
    expect(bytes.length).toBeLessThan(300 * 1024);
  });

  test('has a way from every street to every other, along its roads', () => {
    const roads = roadsOf(county);
    const [first, ...others] = county.streets.map((street) => ({ at: street.at, up: roads.junctionOf(street) }));
    if (first === undefined) throw new Error('the county has no streets');
    for (const other of others) {
      const way = wayBetween(first, other);
      expect(way.at(-1)?.at).toEqual(other.at);
      const { at, left } = along(first, way, Infinity);
      expect(at.at).toEqual(other.at);
      expect(left).toEqual([]);
    }
  });

  test('is driven on: units go to where they are sent and no further than they can, the same for the same seed', () => {
    const [scene] = county.places;
    const unit = county.units.find(({ division }) => division === 'coast');
    if (scene === undefined || unit === undefined) throw new Error('the county has no places or units');
    const control = controlRoom([]);
    control.does('heed', 'EnrolUnit', { unit: unit.id, area: unit.division });
    control.opens('i1');
    control.does('dispatcher-1', 'AssignUnit', { deployment: 'd1', incident: 'i1', unit: unit.id });
    control.does('dispatcher-1', 'MarkEnRoute', { deployment: 'd1' });
    const room = control.room();
    const run = (): readonly (readonly [number, number])[] => {
      const driving = drivingOf({ county, seed: 4, placeOf: () => scene });
      return Array.from({ length: 6_000 }, (_, second) => driving.positions(room, room.now + second * 1_000))
        .flat()
        .filter((one) => one.unit === unit.id)
        .map(({ latitude, longitude }) => [latitude, longitude] as const);
    };
    const path = run();
    expect(path).toEqual(run());
    expect(metresApart(path.at(-1) ?? [0, 0], scene.at)).toBeLessThan(5);
    const steps = path.slice(1).map((one, place) => metresApart(path[place] ?? one, one));
    expect(Math.max(...steps)).toBeGreaterThan(20);
    // A silent radio tells its next place ten minutes later.
    expect(Math.max(...steps)).toBeLessThan(24 * 640);
  });
});

describe('the basemap of a service', () => {
  let demonstration: Served;
  beforeAll(async () => {
    demonstration = await served({ configuration: plain });
  }, limitMs);
  afterAll(async () => demonstration.close());

  const ask = async (range?: string): Promise<Response> =>
    fetch(`${demonstration.origin}/basemap.pmtiles`, range === undefined ? {} : { headers: { range } });

  test('is given in the ranges that are asked for', async () => {
    const bytes = readFileSync(file);
    const part = await ask('bytes=7-106');
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 7-106/${bytes.length}`);
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(7, 107))).toBe(true);
    const rest = await ask(`bytes=${bytes.length - 5}-`);
    expect((await rest.arrayBuffer()).byteLength).toBe(5);
    const whole = await ask();
    expect(whole.status).toBe(200);
    expect((await whole.arrayBuffer()).byteLength).toBe(bytes.length);
  });

  test('says where there is nothing at such a place', async () => {
    const beyond = await ask('bytes=99999999-');
    expect(beyond.status).toBe(416);
    expect(beyond.headers.get('content-range')).toMatch(/^bytes \*\/\d+$/);
  });

  test('is read by what reads such files, over the wire', async () => {
    const archive = new PMTiles(`${demonstration.origin}/basemap.pmtiles`);
    const { minZoom, maxZoom } = await archive.getHeader();
    expect([minZoom, maxZoom]).toEqual([6, 13]);
    expect((await archive.getZxy(6, 32, 19))?.data.byteLength).toBeGreaterThan(500);
  });
});
