import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { faults } from './accessible.ts';
import { limitMs, status } from './at-console.ts';
import { openBrowser, visitor } from './browser.ts';
import type { Visitor } from './browser.ts';
import type { Served } from './served.ts';
import { served } from './served.ts';

let live: Served;
let browser: Browser;
let owner: Visitor;
let count = 0;
let handler: Visitor;

beforeAll(async () => {
  live = await served();
  browser = await openBrowser();
  owner = await somebody('owner-1');
}, limitMs);
beforeEach(async () => {
  count += 1;
  await owner.does('EnrolStaff', { staff: `handler-${count}`, role: 'handler' });
  handler = await somebody(`handler-${count}`);
  await handler.page.goto('/');
  await status(handler.page, 'Live');
});
afterAll(async () => {
  await browser.close();
  await live.close();
}, limitMs);

async function somebody(staff: string): Promise<Visitor> {
  const look = { viewport: { width: 1280, height: 720 } };
  const one = await visitor(browser, { origin: live.origin, room: 'plain', look });
  await one.be(staff);
  await one.does('SignOn', { staff, position: `desk-${staff}` });
  return one;
}

/** So many promises of this person for whom the time has come. */
async function owes(one: Visitor, promises: number): Promise<void> {
  const incident = `i-${count}`;
  await one.does('OpenIncident', { incident, summary: 'A shed was broken into' });
  for (let made = 1; made <= promises; made += 1) {
    const promise = `p-${count}-${made}`;
    await one.does('MakePromise', { promise, incident, what: 'call-back', words: 'We ring you', dueAt: Date.now() });
  }
}

const alarmsOf = (page: Page): ReturnType<Page['locator']> => page.getByRole('region', { name: 'Alarms' });
const toldOf = (page: Page): ReturnType<Page['locator']> =>
  alarmsOf(page).getByRole('button', { name: /^promise unkept/ });

test(
  'what is new for somebody stands in one line, each a way to it, and one key puts its sound out in all their windows',
  async () => {
    const { page, context } = handler;
    const second = await context.newPage();
    await second.goto('/#/dispatch');
    await owes(handler, 3);
    await toldOf(page).nth(2).waitFor();
    await toldOf(second).nth(2).waitFor();
    expect(await faults(page)).toEqual([]);
    for (const one of await toldOf(page).all()) await one.click({ trial: true });
    await page.keyboard.press('F8');
    for (const window of [page, second]) await toldOf(window).first().waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText('3 yours to answer').waitFor();
    expect(await toldOf(page).count()).toBe(0);
  },
  limitMs,
);

test(
  'a flood of what is new is one summary with the gravest, and every one of it stands among what is to be answered',
  async () => {
    const { page } = handler;
    await owes(handler, 12);
    await alarmsOf(page).getByText('12 new for you, 0 of them alarms; the gravest:').waitFor();
    expect(await toldOf(page).count()).toBe(1);
    expect(await faults(page)).toEqual([]);
    const mine = page.getByRole('region', { name: 'Yours to answer' });
    await expect.poll(async () => mine.getByText('promise unkept').count()).toBe(12);
  },
  limitMs,
);

test(
  'a sound that is muted says so in every window, until it is turned on again',
  async () => {
    const { page, context } = handler;
    const second = await context.newPage();
    await second.goto('/');
    await alarmsOf(second).getByRole('button', { pressed: false }).waitFor();
    await alarmsOf(page).getByRole('button', { pressed: false }).click();
    const isMuted = async (window: Page): Promise<boolean> => alarmsOf(window).getByText('Sound MUTED').isVisible();
    await expect.poll(async () => Promise.all([page, second].map(isMuted))).toEqual([true, true]);
    await alarmsOf(second).getByText('Sound MUTED').click();
    await expect.poll(async () => Promise.all([page, second].map(isMuted))).toEqual([false, false]);
  },
  limitMs,
);
