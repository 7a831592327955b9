import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser, visitor } from './browser.ts';
import type { Visitor } from './browser.ts';
import { untilGone } from './database.ts';
import type { Served } from './served.ts';
import { served } from './served.ts';

const limitMs = 120_000;
const room = 'demonstration';
const configuration = `environment: demonstration\ndata: data\nrooms: [{ room: ${room} }]\n`;
const banner = 'Demonstration: everybody and every place here is invented. Not for real calls.';

let live: Served;
let browser: Browser;
const visitors: Visitor[] = [];
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  browser = await openBrowser();
  closing.push(async () => browser.close());
  live = await served({ configuration });
  closing.push(async () => live.close());
}, limitMs);

afterEach(async () => {
  for (const { context } of visitors.splice(0)) await context.close();
});

afterAll(async () => {
  for (const close of closing) await close();
}, limitMs);

async function stranger(look: BrowserContextOptions = {}): Promise<Visitor> {
  const one = await visitor(browser, { origin: live.origin, room, look });
  visitors.push(one);
  return one;
}

/** Somebody who has signed in and sees the room. */
async function somebody(staff: string, look: BrowserContextOptions = {}): Promise<Visitor> {
  const one = await stranger(look);
  await one.be(staff);
  await one.page.goto('/');
  await status(one.page, 'Live');
  return one;
}

/** Waits until the page says so of its connection. */
async function status(page: Page, words: string): Promise<void> {
  await page.getByRole('status').filter({ hasText: words }).waitFor();
}

function inQueue(page: Page, words: string): ReturnType<Page['locator']> {
  return page.getByRole('table', { name: 'Queue' }).getByRole('row').filter({ hasText: words });
}

/** The places in the log of all that the page shows, oldest first. */
async function shown(page: Page): Promise<readonly number[]> {
  return page.evaluate(
    '[...document.querySelectorAll("#stream li")].map((line) => Number(line.dataset.seq)).reverse()',
  );
}

/** Leaves a mark that a page loaded anew would not have. */
async function mark(page: Page): Promise<void> {
  await page.evaluate('document.body.dataset.mark = "kept"');
}

async function isMarked(page: Page): Promise<boolean> {
  return (await page.locator('body[data-mark="kept"]').count()) === 1;
}

async function isPaused(page: Page): Promise<unknown> {
  return (await page.request.get('/demonstration/traffic')).json();
}

describe('the page', () => {
  test(
    'is entered, used and left by keyboard alone',
    async () => {
      const { page } = await stranger();
      const press = async (...keys: readonly string[]): Promise<void> => {
        for (const key of keys) await page.keyboard.press(key);
      };
      await page.goto('/');
      await status(page, 'Nobody is signed in.');
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      await press('Tab', 'Tab');
      await page.keyboard.type('supervisor-2');
      await press('Tab', 'Enter');
      await page.getByText(`supervisor-2 in ${room}`).waitFor();
      await status(page, 'Live');
      await inQueue(page, 'job-').first().waitFor();
      await press('Tab', 'Enter');
      await page.getByRole('button', { name: 'Let the traffic go on' }).waitFor();
      expect(await isPaused(page)).toEqual({ isPaused: true });
      await press('Enter');
      await page.getByRole('button', { name: 'Pause the traffic' }).waitFor();
      expect(await isPaused(page)).toEqual({ isPaused: false });
      await press('Tab', 'Enter');
      await status(page, 'Nobody is signed in.');
      expect(await page.getByRole('table').count()).toBe(0);
    },
    limitMs,
  );

  test(
    'says that it is a demonstration wherever one is in it',
    async () => {
      const { page } = await stranger({ viewport: { width: 360, height: 640 } });
      const isOnScreen = async (): Promise<boolean> => {
        const note = page.getByRole('note').filter({ hasText: banner });
        await note.waitFor();
        await page.mouse.wheel(0, 5_000);
        await expect.poll(async () => page.evaluate('scrollY')).toBeGreaterThan(0);
        return (await note.boundingBox())?.y === 0;
      };
      await page.goto('/docs');
      expect(await isOnScreen()).toBe(true);
      const signedIn = await somebody('dispatcher-2', { viewport: { width: 360, height: 640 } });
      await signedIn.page.getByRole('note').filter({ hasText: banner }).waitFor();
      await page.goto('/');
      await page.getByRole('note').filter({ hasText: banner }).waitFor();
    },
    limitMs,
  );

  test(
    'shows an incident that somebody else opens, as text and never as markup, without being loaded anew',
    async () => {
      const { page } = await somebody('supervisor-2');
      await mark(page);
      const summary = '<img src=x onerror="document.title=\'run\'"><b>Loud</b> bang at the mill';
      const handler = await stranger();
      await handler.be('handler-2');
      await handler.does('OpenIncident', { incident: 'i-markup', summary });
      await inQueue(page, summary).waitFor();
      await page.locator('#stream li').filter({ hasText: 'Incident opened i-markup' }).waitFor();
      expect(await page.locator('main img, main td b').count()).toBe(0);
      expect(await page.title()).toBe('Heed');
      expect(await isMarked(page)).toBe(true);
    },
    limitMs,
  );

  test(
    'does not show a restricted incident to somebody without access, who saw it before',
    async () => {
      const leader = await somebody('fim-1');
      const { page } = await somebody('dispatcher-2');
      await leader.does('OpenIncident', { incident: 'i-closed-door', summary: 'Kept behind a closed door' });
      await inQueue(page, 'Kept behind a closed door').waitFor();
      const restriction = { readers: ['fim-1', 'supervisor-1'], desk: 'specialist', reason: 'one of our own' };
      await leader.does('RestrictIncident', { incident: 'i-closed-door', ...restriction });
      await inQueue(page, 'Kept behind a closed door').waitFor({ state: 'detached' });
      await status(page, 'Live');
      await page.locator('#stream li').filter({ hasText: 'not for you to see' }).first().waitFor();
      await inQueue(page, 'job-').first().waitFor();
      expect(await page.locator('body').textContent()).not.toMatch(/closed-door|closed door/);
      await inQueue(leader.page, 'Kept behind a closed door').waitFor();
    },
    limitMs,
  );
});

const looks = [1280, 360].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ viewport: { width, height: 800 }, colorScheme })),
);
const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function faults(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(standard).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

async function isTooWide(page: Page): Promise<unknown> {
  return page.evaluate('document.documentElement.scrollWidth > innerWidth');
}

describe('nobody is shut out', () => {
  test.each(looks)(
    'by the page, $viewport.width wide, $colorScheme',
    async (look) => {
      const { page } = await stranger(look);
      await page.goto('/');
      await page.getByRole('button', { name: 'Sign in' }).waitFor();
      expect(await faults(page)).toEqual([]);
      const signedIn = await somebody('supervisor-2', look);
      await inQueue(signedIn.page, 'job-').first().waitFor();
      expect(await faults(signedIn.page)).toEqual([]);
      expect(await isTooWide(signedIn.page)).toBe(false);
    },
    limitMs,
  );

  test.each([looks[0], looks[3]])(
    'by the interface’s own page, $viewport.width wide, $colorScheme',
    async (look) => {
      const { page } = await stranger(look);
      await page.goto('/docs');
      const search = page.locator('details').filter({ hasText: '/search' });
      await search.locator('summary').first().click();
      await search.getByRole('table').first().waitFor();
      expect(await faults(page)).toEqual([]);
      expect(await isTooWide(page)).toBe(false);
    },
    limitMs,
  );
});

test('nothing that the invented county did was beyond deciding', () => {
  expect(live.said()).toContain('is being invented');
  expect(
    live
      .said()
      .split('\n')
      .filter((line) => line.includes('could not be decided'))
      .slice(0, 1),
  ).toEqual([]);
});

test(
  'cut off by a killed service, the page says so, and goes on by itself without loss or repetition',
  async () => {
    const { page } = await somebody('supervisor-2');
    await mark(page);
    // A page is live before the first of what happened has been put on it.
    await page.locator('#stream li').first().waitFor();
    const before = (await shown(page)).at(-1) ?? 0;
    live.process.kill('SIGKILL');
    await untilGone(live.process.pid ?? 0);
    await status(page, 'Not connected');
    expect(await faults(page)).toEqual([]);
    live = await served({ configuration, folder: live.folder, port: live.port });
    const handler = await stranger();
    await handler.be('handler-2');
    await handler.does('OpenIncident', { incident: 'i-after', summary: 'After the night of the storm' });
    await inQueue(page, 'After the night of the storm').waitFor();
    await status(page, 'Live');
    const all = await shown(page);
    expect(before).toBeGreaterThan(0);
    expect(all).toContain(before);
    expect(all).toEqual(all.map((_, place) => (all[0] ?? 0) + place));
    expect(await isMarked(page)).toBe(true);
  },
  limitMs,
);
