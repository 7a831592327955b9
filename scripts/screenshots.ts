import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../test/browser.ts';
import { served } from '../test/served.ts';

/** Pictures of every desk, in both themes, as docs/console.md shows them: `npx tsx scripts/screenshots.ts [FOLDER]`. */
const folder = process.argv[2] ?? 'docs/pictures';
const room = 'demonstration';
const configuration = `environment: demonstration\ndata: data\nrooms: [{ room: ${room} }]\n`;
const sizes = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
];
const telephone = { width: 390, height: 844 };
const settledMs = 1_500;

interface Picture {
  readonly name: string;
  readonly staff: string;
  /** Goes to what the picture shows. */
  readonly open: (page: Page) => Promise<void>;
  readonly sizes?: readonly { readonly width: number; readonly height: number }[];
}

async function firstIncident(page: Page): Promise<string> {
  const answer = await page.request.get(`/rooms/${room}/queue`);
  const { incidents } = (await answer.json()) as { readonly incidents: readonly { readonly incident: string }[] };
  return incidents[0]?.incident ?? '';
}

const pictures: readonly Picture[] = [
  { name: 'contact', staff: 'handler-2', open: async (page) => void (await page.goto('/#/contact')) },
  {
    name: 'dispatch',
    staff: 'dispatcher-2',
    open: async (page) => {
      await page.goto(`/#/dispatch?incident=${await firstIncident(page)}`);
      await page.keyboard.press('F2');
      await page.keyboard.type('assu ');
    },
  },
  {
    name: 'map',
    staff: 'dispatcher-2',
    open: async (page) => {
      await page.goto(`/#/dispatch?incident=${await firstIncident(page)}`);
      await page.keyboard.press('F9');
      await page.locator('.map-frame canvas').waitFor();
    },
  },
  { name: 'supervisor', staff: 'supervisor-2', open: async (page) => void (await page.goto('/#/supervisor')) },
  {
    name: 'cases',
    staff: 'handler-2',
    open: async (page) => {
      await page.goto('/#/cases');
      await page.getByRole('button', { name: 'abandoned call' }).click();
      await page.getByRole('slider').focus();
      for (let step = 0; step < 24; step += 1) await page.keyboard.press('ArrowRight');
    },
  },
  {
    name: 'review',
    staff: 'supervisor-2',
    open: async (page) => {
      await page.goto('/#/review');
      await page.getByRole('button', { name: 'Read the log' }).click();
      await page.getByRole('slider').waitFor();
    },
  },
  {
    name: 'disclosure',
    staff: 'supervisor-2',
    open: async (page) => void (await page.goto(`/#/review?incident=${await firstIncident(page)}`)),
  },
  {
    name: 'paper',
    staff: 'dispatcher-2',
    open: async (page) => {
      await page.goto(`/#/paper?incident=${await firstIncident(page)}`);
      await page.getByLabel('When it happened').fill('2026-02-03 21:30');
    },
  },
  {
    name: 'unit',
    staff: 'constable-1',
    sizes: [telephone],
    open: async (page) => {
      const answer = await page.request.get(`/rooms/${room}/units`);
      const { units } = (await answer.json()) as {
        readonly units: readonly { readonly unit: string; readonly incident: string | null }[];
      };
      await page.goto('/#/unit');
      await page.getByLabel('We are').selectOption(units.find((one) => one.incident !== null)?.unit ?? '');
    },
  },
];

async function take(browser: Browser, origin: string, picture: Picture): Promise<void> {
  for (const viewport of picture.sizes ?? sizes)
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ baseURL: origin, viewport, colorScheme });
      const page = await context.newPage();
      const data = { kind: 'staff', id: picture.staff };
      await page.request.post(`/rooms/${room}/sign-in`, { data, headers: { 'heed-request': 'pictures', origin } });
      await page.goto('/');
      await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
      await picture.open(page);
      await page.waitForTimeout(settledMs);
      const theme = colorScheme === 'light' ? 'day' : 'night';
      await page.screenshot({ path: join(folder, `${picture.name}-${viewport.width}-${theme}.png`) });
      await context.close();
    }
}

mkdirSync(folder, { recursive: true });
const service = await served({ configuration });
const browser = await openBrowser();
try {
  for (const picture of pictures) await take(browser, service.origin, picture);
} finally {
  await browser.close();
  await service.close();
}
