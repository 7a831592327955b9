import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { openBrowser, visitor } from './browser.ts';
import type { Visitor } from './browser.ts';
import type { Served } from './served.ts';
import { served } from './served.ts';

export const limitMs = 120_000;
export const room = 'demonstration';
export const configuration = `environment: demonstration\ndata: data\nrooms: [{ room: ${room} }]\n`;
export const banner = 'Demonstration: everybody and every place here is invented. Not for real calls.';

export const service = {} as { live: Served };
let browser: Browser;
const visitors: Visitor[] = [];

/** Starts a service and a browser for the tests of one file, and ends both after them. */
export function atConsole(): void {
  beforeAll(async () => {
    browser = await openBrowser();
    service.live = await served({ configuration });
  }, limitMs);
  afterEach(async () => {
    for (const { context } of visitors.splice(0)) await context.close();
  });
  afterAll(async () => {
    await browser.close();
    await service.live.close();
  }, limitMs);
}

/** So high that a whole queue is in sight: how many incidents a demonstration has depends on the hour of the day. */
const viewport = { width: 1280, height: 4_000 };

export async function stranger(look: BrowserContextOptions = {}): Promise<Visitor> {
  const one = await visitor(browser, { origin: service.live.origin, room, look: { viewport, ...look } });
  visitors.push(one);
  return one;
}

/** Somebody who has signed in and sees the room. */
export async function somebody(staff: string, look: BrowserContextOptions = {}): Promise<Visitor> {
  const one = await stranger(look);
  await one.be(staff);
  await one.page.goto('/');
  await status(one.page, 'Live');
  return one;
}

/** Waits until the console says so of its connection, for so long at most. */
export async function status(page: Page, words: string, timeout = 30_000): Promise<void> {
  await page.getByRole('status').filter({ hasText: words }).first().waitFor({ timeout });
}

export function inQueue(page: Page, words: string): ReturnType<Page['locator']> {
  return page.getByRole('listbox', { name: 'incidents' }).getByRole('option').filter({ hasText: words });
}

/** Leaves a mark that a page loaded anew would not have. */
export async function mark(page: Page): Promise<void> {
  await page.evaluate('document.body.dataset.mark = "kept"');
}

export async function isMarked(page: Page): Promise<boolean> {
  return (await page.locator('body[data-mark="kept"]').count()) === 1;
}

export async function isPaused(page: Page): Promise<unknown> {
  return (await page.request.get('/demonstration/traffic')).json();
}

/** How many incidents the room holds that say this. */
export async function given(page: Page, words: string): Promise<number> {
  const queue = (await (await page.request.get(`/rooms/${room}/queue`)).json()) as {
    readonly incidents: readonly { readonly summary: string }[];
  };
  return queue.incidents.filter((one) => one.summary === words).length;
}

/** Gives a line on the command line, as a person types it. */
export async function gives(page: Page, line: string): Promise<void> {
  await page.keyboard.press('F2');
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}

export async function isTooWide(page: Page): Promise<unknown> {
  return page.evaluate('document.documentElement.scrollWidth > innerWidth');
}
