import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { status } from './at-console.ts';
import { openBrowser, visitor } from './browser.ts';
import type { Served } from './served.ts';
import { served } from './served.ts';

interface Step {
  readonly does: string;
  readonly before?: string;
  readonly free?: string;
  readonly keys?: string;
}
interface System {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly byHand: readonly Step[];
}

const folder = fileURLToPath(new URL('.', import.meta.url));
const { systems } = JSON.parse(readFileSync(`${folder}keystrokes.json`, 'utf8')) as { systems: readonly System[] };
const limitMs = 120_000;
const room = 'plain';

let live: Served;
let browser: Browser;
beforeAll(async () => {
  live = await served();
  browser = await openBrowser();
}, limitMs);
afterAll(async () => {
  await browser.close();
  await live.close();
}, limitMs);

function keysOf(steps: readonly Step[]): readonly string[] {
  return steps.flatMap(({ before, keys }) => `${before ?? ''} ${keys ?? ''}`.split(' ').filter((one) => one !== ''));
}

function heed(): System {
  const found = systems.find((one) => one.name === 'Heed');
  if (found === undefined) throw new Error('Heed’s own keys are not written down.');
  return found;
}

async function presses(page: Page, step: Step): Promise<void> {
  for (const key of keysOf([{ does: step.does, before: step.before ?? '' }])) await page.keyboard.press(key);
  await page.keyboard.insertText(step.free ?? '');
  for (const key of keysOf([{ does: step.does, keys: step.keys ?? '' }])) await page.keyboard.press(key);
}

test(
  'from a ringing call to an open, graded and checked incident with a unit sent, in the keys that are written down',
  async () => {
    const at = { origin: live.origin, room };
    const owner = await visitor(browser, at);
    await owner.be('owner-1');
    await owner.does('SignOn', { staff: 'owner-1', position: 'desk-0' });
    await owner.does('EnrolStaff', { staff: 'handler-1', role: 'handler' });
    for (const unit of ['kilo-11', 'kilo-12']) await owner.does('EnrolUnit', { unit, skills: [], status: 'available' });
    const { page, be, does, context } = await visitor(browser, at);
    await be('handler-1');
    await does('SignOn', { staff: 'handler-1', position: 'desk-1' });
    await page.goto('/');
    await status(page, 'Live');
    await owner.does('PresentContact', { contact: 'c-ringing', channel: '999' });
    await page.getByRole('region', { name: 'Ringing' }).waitFor();
    await page.evaluate('globalThis.pressed = 0; addEventListener("keydown", () => { pressed += 1; }, true)');
    for (const step of heed().steps) await presses(page, step);
    await page.getByText('assign unit: recorded').waitFor();
    await page.goto('/#/dispatch');
    const row = page.getByRole('listbox', { name: 'incidents' }).getByRole('option');
    await row.filter({ hasText: 'Man with a knife in a house' }).filter({ hasText: 'kilo-11' }).waitFor();
    expect(await row.textContent()).toMatch(/emergency, life at risk/);
    await page.goto('/#/contact?contact=c-ringing');
    await page
      .getByRole('article')
      .getByRole('button', { name: /Mill Lane/ })
      .first()
      .waitFor();
    await page.getByRole('article').getByText('own history').first().waitFor();
    expect(await page.evaluate('pressed')).toBe(keysOf(heed().steps).length);
    await context.close();
    await owner.context.close();
  },
  limitMs,
);

test('the document tells the counts of the data, and Heed needs the fewest keys', () => {
  const told = readFileSync(`${folder}../docs/keystrokes.md`, 'utf8');
  const counted = systems.map(({ name, steps, byHand }) => {
    const count = keysOf(steps).length;
    expect(told).toContain(`| ${name} | ${count} | ${count + keysOf(byHand).length} |`);
    return count;
  });
  expect(Math.min(...counted)).toBe(keysOf(heed().steps).length);
});
