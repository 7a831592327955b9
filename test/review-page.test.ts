import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { hostile, linesOf, ranOver, reviewing } from './reviewed.ts';

const limitMs = 120_000;
let browser: Browser;
let run = '';
let remove: () => void = () => undefined;

beforeAll(async () => {
  browser = await openBrowser();
  ({ run, remove } = await ranOver(hostile));
}, limitMs);

afterAll(async () => {
  await browser.close();
  remove();
});

/** The page of a new review, with everything that its browser complained of. */
async function opened(
  look: BrowserContextOptions = {},
): Promise<{ readonly page: Page; readonly file: string; readonly complaints: readonly string[] }> {
  const { address, file } = await reviewing(run);
  const context = await browser.newContext(look);
  onTestFinished(async () => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(address);
  await page.getByRole('table', { name: 'The two records' }).waitFor();
  return { page, file, complaints };
}

async function said(page: Page, words: string): Promise<void> {
  await page.getByRole('status').filter({ hasText: words }).waitFor();
}

async function records(page: Page): Promise<readonly (string | null)[]> {
  return [await page.locator('#one').textContent(), await page.locator('#other').textContent()];
}

test(
  'pairs are decided, given a reason and undone by keyboard alone',
  async () => {
    const { page, file, complaints } = await opened();
    expect(new URL(page.url()).search).toBe('');
    const first = await records(page);
    await page.keyboard.press('r');
    await page.keyboard.type('Sure: the same street');
    await page.keyboard.press('Enter');
    await page.keyboard.press('s');
    await said(page, 'Kept: the same person');
    const second = await records(page);
    expect(second).not.toEqual(first);
    await page.keyboard.press('d');
    await said(page, 'Kept: different people');
    await page.keyboard.press('ArrowLeft');
    await said(page, 'Undone: different people');
    expect(await records(page)).toEqual(second);
    await page.keyboard.press('u');
    await said(page, 'Kept: cannot tell');
    expect(linesOf(file).map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['same', 'Sure: the same street'],
      ['apart', null],
      ['undone', null],
      ['unsure', null],
    ]);
    await page.getByText('Ann Reviewer: 2 decided').waitFor();
    expect(complaints).toEqual([]);
  },
  limitMs,
);

test(
  'letters that are typed as a reason, or with single keys switched off, decide nothing',
  async () => {
    const { page, file } = await opened();
    await page.getByLabel('Reason').focus();
    await page.keyboard.type('suds');
    await page.keyboard.press('Escape');
    await page.getByLabel('Single keys decide').uncheck();
    await page.keyboard.type('sdu');
    expect(linesOf(file)).toEqual([]);
    await page.getByRole('button', { name: 'Cannot tell' }).click();
    await said(page, 'Kept: cannot tell');
    expect(linesOf(file).map(({ verdict, reason }) => [verdict, reason])).toEqual([['unsure', 'suds']]);
  },
  limitMs,
);

test(
  'agreement is in words, and what speaks for and against adds up before the eye',
  async () => {
    const { page } = await opened();
    const rows = page.getByRole('table', { name: 'The two records' }).getByRole('row').filter({ hasText: 'Surname' });
    expect(await rows.getByRole('cell').last().textContent()).toMatch(/the same|alike|different|variant|part/);
    const numbers = await page.locator('#bars tbody tr:not(.sum) td:nth-child(2)').allTextContents();
    const sum = numbers.reduce((all, one) => all + Number(one.replace('−', '-')), 0);
    const together = Number((await page.locator('#bars .sum .number').textContent())?.replace('−', '-'));
    expect(Math.abs(sum - together)).toBeLessThan(0.1 * numbers.length);
  },
  limitMs,
);

test(
  'what records hold is text: nothing of it runs, turns the line round or widens the page',
  async () => {
    const { page, complaints } = await opened({ viewport: { width: 360, height: 800 } });
    const isHostile = async (): Promise<boolean> => ((await records(page))[0] ?? '').includes('cmd()');
    for (let decided = 1; !(await isHostile()); decided += 1) {
      await page.keyboard.press('u');
      await page.getByText(`Ann Reviewer: ${decided} decided`).waitFor();
    }
    const [one] = await records(page);
    expect(one).toContain('<img src=x');
    expect(one).toContain('\\u202e');
    expect(await page.locator('main img, main b, main script').count()).toBe(0);
    expect(await page.locator('body').textContent()).not.toContain('\u202e');
    expect(await page.title()).toBe('One person or two? Heed');
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    expect(complaints).toEqual([]);
  },
  limitMs,
);

const looks = [1280, 360].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ viewport: { width, height: 800 }, colorScheme })),
);
const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

test.each(looks)(
  'nobody is shut out, $viewport.width wide, $colorScheme',
  async (look) => {
    const { page } = await opened(look);
    const { violations } = await new AxeBuilder({ page }).withTags(standard).analyze();
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
  },
  limitMs,
);

test(
  'cut off, the page says so, keeps what was typed, and goes on where it is answered again',
  async () => {
    const { page, file } = await opened();
    await page.getByLabel('Reason').fill('Twins');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Different people' }).click();
    await page.getByRole('alert').filter({ hasText: 'Not taken: no answer' }).waitFor();
    expect(linesOf(file)).toEqual([]);
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Different people' }).click();
    await said(page, 'Kept: different people');
    await page.getByRole('alert').waitFor({ state: 'hidden' });
    expect(linesOf(file).map(({ verdict, reason }) => [verdict, reason])).toEqual([['apart', 'Twins']]);
  },
  limitMs,
);
