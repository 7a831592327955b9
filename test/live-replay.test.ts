import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCase, runCaseAfar } from '../src/replay/case.ts';
import { firstDifference } from '../src/replay/sameness.ts';
import { serverTheatre } from '../src/replay/server-theatre.ts';
import { safeguards } from '../src/safeguards/catalogue.ts';
import type { Served } from './served.ts';
import { served } from './served.ts';

const folder = fileURLToPath(new URL('../cases/founding/', import.meta.url));
const founding = readdirSync(folder).filter((name) => name.endsWith('.yaml') && !name.endsWith('.twin.yaml'));
const playLimitMs = 300_000;

let live: Served;

beforeAll(async () => {
  live = await served();
}, playLimitMs);
afterAll(async () => {
  await live.close();
});

test('the five founding cases are there', () => {
  expect(founding).toHaveLength(5);
});

test.each(founding)(
  '%s played through a live server gives the duties and refusals of the pure replay',
  async (name) => {
    const file = `${folder}${name}`;
    const pure = runCase(file, { safeguards });
    const afar = await runCaseAfar(file, { safeguards }, serverTheatre(new URL(live.origin)));
    if (!pure.ok || !afar.ok) throw new Error(JSON.stringify([pure, afar].map((one) => (one.ok ? [] : one.problems))));
    expect(firstDifference(pure.report, afar.report)).toBeNull();
    expect(afar.report.expectations.filter((one) => !one.held)).toEqual([]);
  },
  playLimitMs,
);
