import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../src/database/cluster.ts';
import { faults } from './accessible.ts';
import { gives, isTooWide, status } from './at-console.ts';
import { openBrowser, visitor } from './browser.ts';
import type { Visitor } from './browser.ts';
import type { CutLine } from './cut-line.ts';
import { lineTo } from './cut-line.ts';
import { isFullCheck } from './runs.ts';
import type { Served } from './served.ts';
import { plain, served } from './served.ts';

const limitMs = 180_000;
/** A cut lasts a full minute in the full check. */
const cutMaxMs = 90_000;
const room = 'plain';

let live: Served;
let line: CutLine;
let browser: Browser;
let handler: Visitor;
let dispatcher: Visitor;

/** Two people in one room: the handler at the service itself, the dispatcher over a line that can be cut. */
beforeAll(async () => {
  const port = await freePort();
  line = await lineTo(port);
  const configuration = `${plain}origins: ['http://127.0.0.1:${port}', '${line.origin}']\n`;
  live = await served({ configuration, port });
  browser = await openBrowser();
  const owner = await visitor(browser, { origin: live.origin, room });
  await owner.be('owner-1');
  await owner.does('SignOn', { staff: 'owner-1', position: 'desk-0' });
  for (const role of ['handler', 'dispatcher']) await owner.does('EnrolStaff', { staff: `${role}-1`, role });
  await owner.context.close();
  handler = await visitor(browser, { origin: live.origin, room });
  dispatcher = await visitor(browser, { origin: line.origin, room });
  for (const [one, staff] of [
    [handler, 'handler-1'],
    [dispatcher, 'dispatcher-1'],
  ] as const) {
    await one.be(staff);
    await one.does('SignOn', { staff, position: `desk-${staff}` });
    await one.page.goto('/');
    await status(one.page, 'Live');
  }
}, limitMs);
afterAll(async () => {
  await browser.close();
  await line.close();
  await live.close();
}, limitMs);

function entries(page: Page): ReturnType<Page['locator']> {
  return page.getByRole('list', { name: 'Log' }).getByRole('listitem');
}

/** What the log says that lies open, entry by entry. */
async function logOf(page: Page): Promise<readonly string[]> {
  return (await entries(page).locator('p').allTextContents()).map((one) => one.trim());
}

async function opens(one: Visitor, incident: string): Promise<void> {
  await one.page.goto(`/#/dispatch?incident=${incident}`);
  await one.page.getByRole('article', { name: `Incident ${incident}` }).waitFor();
}

describe('two people on one log', () => {
  test(
    'see each other’s entries in one order, and no key of a line is lost as the other’s entry arrives',
    async () => {
      await handler.does('OpenIncident', { incident: 'i-log', summary: 'One log for two' });
      for (const one of [handler, dispatcher]) await opens(one, 'i-log');
      await dispatcher.page.keyboard.press('F2');
      await dispatcher.page.keyboard.type('AddEntry they are at the ');
      await gives(handler.page, 'AddEntry he has gone into the house');
      await entries(dispatcher.page).getByText('he has gone into the house').waitFor();
      await dispatcher.page.keyboard.type('back door');
      await dispatcher.page.keyboard.press('Enter');
      await entries(handler.page).getByText('they are at the back door').waitFor();
      await entries(dispatcher.page).getByText('they are at the back door').waitFor();
      const told = await logOf(handler.page);
      expect(told.slice(-2)).toEqual(['he has gone into the house', 'they are at the back door']);
      expect(await logOf(dispatcher.page)).toEqual(told);
    },
    limitMs,
  );

  test(
    'are each told what is new since they looked themselves',
    async () => {
      await dispatcher.page.goto('/#/dispatch');
      await dispatcher.page.getByRole('article').waitFor({ state: 'detached' });
      await gives(handler.page, 'AddEntry she is out and safe');
      await entries(handler.page).getByText('she is out and safe').waitFor();
      await opens(dispatcher, 'i-log');
      const fresh = entries(dispatcher.page).filter({ has: dispatcher.page.locator('.new-mark') });
      await fresh.first().waitFor();
      expect(await fresh.locator('p').allTextContents()).toEqual(['she is out and safe']);
      expect(await handler.page.locator('.new-mark').count()).toBe(0);
    },
    limitMs,
  );

  test(
    'are told that the words of a contact are new which was joined after they looked, though they were said before',
    async () => {
      await handler.does('PresentContact', { contact: 'c-before', channel: '101' });
      await handler.does('AnswerContact', { contact: 'c-before' });
      await handler.does('RecordStatement', { contact: 'c-before', words: 'he was here last week too' });
      await handler.does('OpenIncident', { incident: 'i-joined', summary: 'A man at the gate' });
      await opens(dispatcher, 'i-joined');
      await dispatcher.page.goto('/#/dispatch');
      await dispatcher.page.getByRole('article').waitFor({ state: 'detached' });
      await handler.does('JoinContact', { contact: 'c-before', incident: 'i-joined' });
      await opens(dispatcher, 'i-joined');
      const fresh = entries(dispatcher.page).filter({ has: dispatcher.page.locator('.new-mark') });
      await fresh.first().waitFor();
      expect(await fresh.locator('p').allTextContents()).toEqual(['he was here last week too']);
    },
    limitMs,
  );
});

test(
  'a line that is cut is said to be cut, with how old what is seen is; then nothing is missing and nothing twice',
  async () => {
    await handler.does('OpenIncident', { incident: 'i-cut', summary: 'Two ends of a street' });
    for (const one of [handler, dispatcher]) await opens(one, 'i-cut');
    line.cut();
    await status(dispatcher.page, `Not connected. What you see is ${isFullCheck ? '1 min old' : ''}`, cutMaxMs);
    for (const text of ['first', 'second', 'third']) {
      await gives(handler.page, `AddEntry the ${text} while it was cut`);
      await entries(handler.page).getByText(`the ${text} while it was cut`).waitFor();
    }
    await gives(dispatcher.page, 'AddEntry typed into the cut');
    await status(dispatcher.page, '1 of yours not recorded yet');
    expect((await logOf(dispatcher.page)).join(' ')).not.toContain('cut');
    line.mend();
    await entries(handler.page).getByText('typed into the cut').waitFor();
    await status(dispatcher.page, 'Live');
    const told = await logOf(handler.page);
    await expect.poll(async () => logOf(dispatcher.page)).toEqual(told);
    const expected = ['the first', 'the second', 'the third'].map((one) => `${one} while it was cut`);
    expect(told.filter((one) => one.includes('cut'))).toEqual([...expected, 'typed into the cut']);
  },
  limitMs,
);

describe('a hostile text', () => {
  const override = '\u202E';
  const summaries = ['=cmd|" /C calc"!A0', '<script>document.title="run"</script>', `${override}peels ehs`];

  test(
    'is text in the queue, in the incident and in a sentence about it, and turns nothing around it',
    async () => {
      const { page, does } = handler;
      for (const [place, summary] of summaries.entries())
        await does('OpenIncident', { incident: `i-hostile-${place}`, summary });
      for (const [place, summary] of summaries.entries()) {
        await opens(handler, `i-hostile-${place}`);
        await page
          .getByRole('article')
          .getByRole('heading', { name: summary.replace(override, '') })
          .waitFor();
        await page.keyboard.press('F2');
        await page.keyboard.type('close advice ');
        const sentence = page.locator('#echo strong').filter({ hasText: 'ends.' });
        const plainly = summary.startsWith(override) ? `\u2068${summary.slice(1)}\u2069` : summary;
        expect(await sentence.first().textContent()).toContain(`“${plainly}” (`);
        for (const key of ['Escape', 'Escape', 'Escape']) await page.keyboard.press(key);
      }
      expect(await page.title()).toBe('Heed');
      expect(await page.locator('main script').count()).toBe(0);
      expect(await isTooWide(page)).toBe(false);
      expect(await faults(page)).toEqual([]);
    },
    limitMs,
  );

  test(
    'of 100,000 characters in the command line is not given, not cut off, and leaves the console at work',
    async () => {
      const { page } = handler;
      await page.keyboard.press('F2');
      await page.keyboard.insertText(`AddEntry ${'x'.repeat(100_000)}`);
      await page.locator('#echo .fault').first().waitFor();
      await page.keyboard.press('Enter');
      const input = page.getByRole('combobox', { name: 'Command line' });
      expect((await input.inputValue()).length).toBe(100_009);
      expect(await isTooWide(page)).toBe(false);
      for (const key of ['Escape', 'Escape', 'Escape']) await page.keyboard.press(key);
      await gives(page, 'AddEntry and after it an ordinary one');
      await entries(page).getByText('and after it an ordinary one').waitFor();
    },
    limitMs,
  );
});

test(
  'whoever is new to a demonstration is offered the cases in a line, once',
  async () => {
    const { page } = dispatcher;
    await page.goto('/#/dispatch');
    await page.getByRole('region', { name: 'New here' }).getByRole('button', { name: 'See the cases' }).press('Enter');
    await page.getByRole('heading', { name: 'The founding cases' }).waitFor();
    await page.goto('/#/dispatch');
    await page.getByRole('region', { name: 'Queue' }).waitFor();
    expect(await page.getByRole('region', { name: 'New here' }).count()).toBe(0);
  },
  limitMs,
);
