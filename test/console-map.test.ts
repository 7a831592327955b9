import type { Page } from 'playwright-core';
import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, test } from 'vitest';
import { atConsole, limitMs, room, service, somebody } from './at-console.ts';
import { openBrowser, visitor } from './browser.ts';

atConsole();

const mill = { latitude: 55.6034, longitude: 2.5182, radiusM: 40 };
const station = { latitude: 55.742, longitude: 2.842, radiusM: 15 };

/** Opens an incident and says where it is. */
async function placed(
  by: { readonly does: (type: string, data: unknown) => Promise<void> },
  incident: string,
  at: typeof mill,
): Promise<void> {
  await by.does('OpenIncident', { incident, summary: `Noise at ${incident}` });
  await by.does('RecordLocation', {
    location: `l-${incident}`,
    incident,
    source: 'gazetteer',
    fix: { kind: 'point', ...at },
  });
}

async function showMap(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Map F9' }).waitFor();
  await page.keyboard.press('F9');
  await page.getByRole('region', { name: 'Map', exact: true }).locator('canvas').waitFor();
}

function table(page: Page): ReturnType<Page['locator']> {
  return page.getByRole('table', { name: 'Incidents and units' });
}

describe('the map', () => {
  test(
    'is drawn over its own ground, with all of it in a table, and asks no other origin for anything',
    async () => {
      const one = await somebody('dispatcher-2', { viewport: { width: 1280, height: 720 } });
      const { page } = one;
      const others: string[] = [];
      const faults: string[] = [];
      page.on('request', (request) => {
        if (!request.url().startsWith(service.live.origin)) others.push(request.url());
      });
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(message.text());
      });
      await placed(one, 'i-on-map', mill);
      const ground = page.waitForResponse((answer) => answer.url().endsWith('/basemap.pmtiles'));
      await page.goto('/#/dispatch?incident=i-on-map');
      await showMap(page);
      expect((await ground).status()).toBe(206);
      const row = table(page).getByRole('row').filter({ hasText: 'Noise at i-on-map' });
      await row.getByText('55.6034 2.5182 ± 40 m').waitFor();
      const { units } = (await (await page.request.get(`/rooms/${room}/units`)).json()) as {
        readonly units: readonly { readonly status: string }[];
      };
      const { incidents } = (await (await page.request.get(`/rooms/${room}/queue`)).json()) as {
        readonly incidents: readonly unknown[];
      };
      const onDuty = units.filter(({ status }) => status !== 'off-duty').length;
      const rows = Number(await table(page).getAttribute('aria-rowcount'));
      // Calls come in and are closed while this is read.
      expect(Math.abs(rows - 1 - onDuty - incidents.length)).toBeLessThanOrEqual(3);
      expect(others).toEqual([]);
      expect(faults).toEqual([]);
    },
    limitMs,
  );

  test(
    'stands still under the hands of whoever holds it, and offers what was chosen meanwhile',
    async () => {
      const one = await somebody('dispatcher-3', { viewport: { width: 1280, height: 720 } });
      const { page } = one;
      await placed(one, 'i-first', mill);
      await placed(one, 'i-second', station);
      await page.goto('/#/dispatch?incident=i-first');
      await showMap(page);
      const canvas = page.getByRole('region', { name: 'Map', exact: true }).locator('canvas');
      await canvas.focus();
      const offer = page.getByRole('button', { name: 'Show Noise at i-second' });
      await page.evaluate('location.hash = "#/dispatch?incident=i-second"');
      await offer.waitFor();
      expect(await page.locator('.map-frame canvas:focus').count()).toBe(1);
      await offer.press('Enter');
      await offer.waitFor({ state: 'detached' });
    },
    limitMs,
  );

  test(
    'shows what people wrote as text, by day and by night, with nothing for axe to find',
    async () => {
      const one = await somebody('supervisor-2', { colorScheme: 'light' });
      const { page } = one;
      const hostile = '<img src=x onerror="document.title=\'run\'">\u202e\u0645\u0631\u062d\u0628\u0627';
      await one.does('OpenIncident', { incident: 'i-hostile', summary: hostile });
      await one.does('RecordLocation', {
        location: 'l-hostile',
        incident: 'i-hostile',
        source: 'gazetteer',
        fix: { kind: 'point', ...mill },
      });
      await page.goto('/#/dispatch?incident=i-hostile');
      await showMap(page);
      await table(page).getByRole('button', { name: '<img src=x' }).first().waitFor();
      expect(await page.locator('main img').count()).toBe(0);
      expect(await page.title()).toBe('Heed');
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const { violations } = await new AxeBuilder({ page }).include('.map-panel').analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
      }
    },
    limitMs,
  );

  test(
    'is there of the past too, where no positions of units are kept and it says so',
    async () => {
      const { page } = await somebody('supervisor-3');
      await page.goto('/#/review');
      await page.getByRole('button', { name: 'Read the log' }).click();
      await page.getByRole('button', { name: 'Map then' }).click();
      await page.getByText('Where units were then is not kept').waitFor();
      await page.getByRole('region', { name: 'Map', exact: true }).locator('canvas').waitFor();
      const counted = page.getByText(/ 0 of \d+ units placed/);
      await counted.waitFor();
      expect(await counted.count()).toBe(1);
    },
    limitMs,
  );

  test(
    'says that it cannot be drawn where a browser has no WebGL, and everything is in the list',
    async () => {
      const plain = await openBrowser(['--disable-gpu', '--disable-3d-apis']);
      try {
        const one = await visitor(plain, { origin: service.live.origin, room });
        await one.be('dispatcher-4');
        await one.page.goto('/#/dispatch');
        await one.page.getByRole('button', { name: 'Map F9' }).click();
        await one.page.getByText('This browser cannot draw the map').waitFor();
        await table(one.page).getByRole('row').nth(3).waitFor();
        expect(await one.page.locator('.map-frame').isVisible()).toBe(false);
      } finally {
        await plain.close();
      }
    },
    limitMs,
  );
});
