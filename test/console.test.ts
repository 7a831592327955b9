import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { streamLimits } from '../src/api/limits.ts';
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

/** Waits until the console says so of its connection. */
async function status(page: Page, words: string): Promise<void> {
  await page.getByRole('status').filter({ hasText: words }).first().waitFor();
}

function inQueue(page: Page, words: string): ReturnType<Page['locator']> {
  return page.getByRole('listbox', { name: 'incidents' }).getByRole('option').filter({ hasText: words });
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

/** How many incidents the room holds that say this. */
async function given(page: Page, words: string): Promise<number> {
  const queue = (await (await page.request.get(`/rooms/${room}/queue`)).json()) as {
    readonly incidents: readonly { readonly summary: string }[];
  };
  return queue.incidents.filter((one) => one.summary === words).length;
}

/** Gives a line on the command line, as a person types it. */
async function gives(page: Page, line: string): Promise<void> {
  await page.keyboard.press('F2');
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}

describe('the console', () => {
  test(
    'is entered, used and left by keyboard alone',
    async () => {
      const { page } = await stranger();
      const press = async (...keys: readonly string[]): Promise<void> => {
        for (const key of keys) await page.keyboard.press(key);
      };
      await page.goto('/');
      await page.getByRole('option', { name: /^supervisor-2/ }).waitFor({ state: 'attached' });
      await press('Tab', 'Tab');
      await page.keyboard.type('supervisor-2');
      await press('Tab', 'Enter');
      await page.getByText('supervisor-2, Control-room supervisor').waitFor();
      await status(page, 'Live');
      await inQueue(page, 'job-').first().waitFor();
      await page.getByRole('button', { name: 'Pause the traffic' }).focus();
      await press('Enter');
      await page.getByRole('button', { name: 'Let the traffic go on' }).waitFor();
      expect(await isPaused(page)).toEqual({ isPaused: true });
      await press('Enter');
      await page.getByRole('button', { name: 'Pause the traffic' }).waitFor();
      expect(await isPaused(page)).toEqual({ isPaused: false });
      await press('Tab', 'Enter');
      await page.getByText('Nobody is signed in.').waitFor();
      expect(await page.getByRole('listbox').count()).toBe(0);
    },
    limitMs,
  );

  test(
    'says that it is a demonstration wherever one is in it',
    async () => {
      const { page } = await stranger({ viewport: { width: 360, height: 640 } });
      const note = page.getByRole('note').filter({ hasText: banner });
      for (const path of ['/docs', '/']) {
        await page.goto(path);
        await note.waitFor();
        expect((await note.boundingBox())?.y).toBe(0);
      }
      const signedIn = await somebody('dispatcher-2', { viewport: { width: 360, height: 640 } });
      await signedIn.page.getByRole('note').filter({ hasText: banner }).waitFor();
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
      await inQueue(page, summary).click();
      await page.getByRole('article', { name: 'Incident i-markup' }).getByRole('heading', { name: summary }).waitFor();
      expect(await page.locator('main img').count()).toBe(0);
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
      await inQueue(page, 'job-').first().waitFor();
      expect(await page.locator('body').textContent()).not.toMatch(/closed-door|closed door/);
      await leader.page.goto('/#/dispatch?incident=i-closed-door');
      await leader.page.getByRole('heading', { name: 'Kept behind a closed door' }).waitFor();
    },
    limitMs,
  );

  test(
    'carries a call from its first words to a unit that is sent, between two people, by keyboard alone',
    async () => {
      const handler = await somebody('handler-3');
      const dispatcher = await somebody('dispatcher-3');
      await handler.does('PresentContact', { contact: 'c-by-keys', channel: '999' });
      await handler.page.goto('/#/contact?contact=c-by-keys');
      await gives(handler.page, 'answer c-by-keys');
      await handler.page.getByRole('heading', { name: '999 answered' }).waitFor();
      await handler.page.getByLabel('The caller’s words').focus();
      await handler.page.keyboard.type('He has a knife and he is in the house');
      await handler.page.keyboard.press('Enter');
      await handler.page.getByRole('article').getByText('▲').first().waitFor();
      await gives(handler.page, 'mention victim Dilys Overbeck 3/4/61');
      await handler.page.getByRole('button', { name: 'Dilys Overbeck' }).first().waitFor();
      await gives(handler.page, 'open Knife in a house at the mill');
      await handler.page.getByText('open incident: recorded').waitFor();
      await inQueue(dispatcher.page, 'Knife in a house at the mill').click();
      await dispatcher.page.getByRole('article').getByText('Nobody was sent.').waitFor();
      const free = dispatcher.page.getByRole('listbox', { name: 'units' }).getByRole('option').first();
      const unit = (await free.locator('b').textContent()) ?? '';
      await gives(dispatcher.page, `assign ${unit}`);
      await dispatcher.page.getByText('assign unit: recorded').waitFor();
      await inQueue(handler.page, 'Knife in a house').getByText(unit).waitFor();
      expect(await inQueue(handler.page, 'Knife in a house').textContent()).toMatch(/emergency, life at risk/);
    },
    limitMs,
  );

  test(
    'says what a command leaves before it is given, and why the room refuses it after',
    async () => {
      const { page, does } = await somebody('dispatcher-4');
      await does('OpenIncident', { incident: 'i-refused', summary: 'Voices at the weir', kinds: ['domestic'] });
      await does('SetGrade', { incident: 'i-refused', grade: 'emergency', reason: 'screaming' });
      await inQueue(page, 'Voices at the weir').click();
      await page.keyboard.press('F2');
      await page.keyboard.type('close attended ');
      await page.getByText('i-refused “Voices at the weir” (Emergency) ends.').waitFor();
      await page.keyboard.type('nothing found');
      await page.keyboard.press('Enter');
      const refused = page.getByRole('region', { name: 'Refused: close incident' });
      await refused.getByRole('button').first().waitFor();
      await refused.getByRole('button', { name: 'Put away' }).click();
      await refused.waitFor({ state: 'detached' });
      expect(await inQueue(page, 'Voices at the weir').count()).toBe(1);
    },
    limitMs,
  );
});

test(
  'the row that somebody holds stays where it is while a graver one comes above it',
  async () => {
    const { page, does } = await somebody('dispatcher-4');
    await does('OpenIncident', { incident: 'i-held', summary: 'Held in the hand' });
    await page.goto('/#/dispatch?incident=i-held');
    const queue = page.getByRole('listbox', { name: 'incidents' });
    await queue.focus();
    for (const key of ['Home', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
    const held = queue.locator('[aria-selected="true"]');
    const before = await held.boundingBox();
    const id = await held.getAttribute('aria-posinset');
    await does('OpenIncident', { incident: 'i-graver', summary: 'He is stabbing her, she is dying' });
    await does('SetGrade', { incident: 'i-graver', grade: 'emergency', reason: 'stabbing' });
    await page.locator(`[aria-selected="true"]:not([aria-posinset="${id}"])`).waitFor();
    expect((await held.boundingBox())?.y).toBe(before?.y);
  },
  limitMs,
);

describe('a hostile or a long text', () => {
  const long = 'W'.repeat(2_000);
  const turned = '\u202Eevil\u202D \u0007 __proto__=x <script>document.title="run"</script>';

  test(
    'is shown as text, breaks no layout, and is never cut off unsaid',
    async () => {
      const { page, does } = await somebody('handler-3');
      await does('PresentContact', { contact: 'c-hostile', channel: '999' });
      await does('AnswerContact', { contact: 'c-hostile' });
      await does('OpenIncident', { incident: 'i-hostile', summary: turned });
      await does('AddEntry', { incident: 'i-hostile', text: long });
      await page.goto('/#/dispatch?incident=i-hostile');
      await page.getByRole('article', { name: 'Incident i-hostile' }).getByText(long.slice(0, 40)).first().waitFor();
      await gives(page, 'AddEntry __proto__=x constructor=y');
      await page.getByRole('article').getByText('__proto__=x constructor=y').waitFor();
      expect(await page.title()).toBe('Heed');
      expect(await isTooWide(page)).toBe(false);
      await page.goto('/#/contact?contact=c-hostile');
      await does('Mention', { contact: 'c-hostile', subject: 's-long', role: 'caller', identity: named });
      await page.getByRole('button', { name: named.name }).first().waitFor();
      expect(await isTooWide(page)).toBe(false);
      const words = page.getByLabel('The caller’s words');
      await words.fill('x'.repeat(100_000));
      await page.getByRole('alert').getByText('80000 characters too many').waitFor();
      await words.press('Enter');
      expect((await words.inputValue()).length).toBe(100_000);
      await words.fill('');
    },
    limitMs,
  );
  const named = { kind: 'person', name: 'V'.repeat(150) };
});

describe('by keyboard', () => {
  test(
    'arrows go through the units without beginning anything, Enter does, and Escape goes back',
    async () => {
      const { page } = await somebody('dispatcher-4');
      const units = page.getByRole('listbox', { name: 'units' });
      await units.getByRole('option').nth(2).waitFor();
      await units.focus();
      for (const key of ['ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
      expect(await units.getByRole('option', { selected: true }).count()).toBe(1);
      const line = page.getByRole('combobox', { name: 'Command line' });
      expect(await line.inputValue()).toBe('');
      await page.keyboard.press('Enter');
      await page.waitForFunction('document.activeElement.getAttribute("role") === "combobox"');
      expect(await line.inputValue()).toMatch(/unit=/);
      for (const key of ['Escape', 'Escape', 'Escape']) await page.keyboard.press(key);
      expect(await line.inputValue()).toBe('');
      expect(await units.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('units');
    },
    limitMs,
  );

  test(
    'the focus goes to what is around a button that goes, and is never lost',
    async () => {
      const { page } = await somebody('dispatcher-4');
      await page.goto('/#/supervisor');
      await page.locator('main .panel[tabindex] button').first().waitFor();
      await page.evaluate('document.querySelector("main .panel[tabindex] button").focus()');
      await page.evaluate('document.activeElement.remove()');
      await page.waitForFunction('document.activeElement !== document.body');
      expect(await page.evaluate('document.activeElement.matches("main [tabindex]")')).toBe(true);
    },
    limitMs,
  );
});

/** So tall that every row of the queue is drawn. */
const tall = { viewport: { width: 1280, height: 4_000 } };

describe('one browser', () => {
  test(
    'has one stream for all windows of a person, and all of them hear what happens',
    async () => {
      const { context, page, does } = await somebody('dispatcher-4', tall);
      // As many streams as one person may hold, but for one: the windows share that.
      const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
      const ends = new AbortController();
      const raw = { headers: { cookie }, signal: ends.signal };
      const taken = Array.from({ length: streamLimits.perPerson - 1 }, async () =>
        fetch(`${live.origin}/rooms/${room}/stream`, raw),
      );
      for (const one of await Promise.all(taken)) expect(one.status).toBe(200);
      const second = await context.newPage();
      await second.goto('/#/supervisor');
      await status(second, 'Live');
      ends.abort();
      await does('OpenIncident', { incident: 'i-both', summary: 'Heard in both windows' });
      await inQueue(page, 'Heard in both windows').waitFor();
      await inQueue(second, 'Heard in both windows').waitFor();
      await page.close();
      await does('OpenIncident', { incident: 'i-one', summary: 'Heard in the window that stays' });
      await inQueue(second, 'Heard in the window that stays').waitFor();
    },
    limitMs,
  );

  test(
    'gives nothing under the name of whoever signs in next, and shows them nothing of whoever was here',
    async () => {
      const { context, page, be } = await somebody('dispatcher-4', tall);
      await be('handler-2');
      await gives(page, 'open Typed by the one who was here before');
      await status(page, 'You are signed out, dispatcher-4.');
      expect(await page.getByRole('listbox').count()).toBe(0);
      await page.getByText('1 of yours not recorded yet').waitFor();
      expect(await given(page, 'Typed by the one who was here before')).toBe(0);
      const next = await context.newPage();
      await next.goto('/');
      await next.getByText('handler-2, Contact handler').waitFor();
      await status(next, 'Live');
      await be('dispatcher-4');
      const again = await context.newPage();
      await again.goto('/#/dispatch');
      await inQueue(again, 'Typed by the one who was here before').waitFor();
      expect(await given(again, 'Typed by the one who was here before')).toBe(1);
      await status(page, 'Live');
    },
    limitMs,
  );

  test(
    'whose stream is cut off says so, shows what it has, and misses and repeats nothing afterwards',
    async () => {
      const { context, page } = await somebody('dispatcher-4', tall);
      const other = await stranger();
      await other.be('handler-2');
      await mark(page);
      await context.setOffline(true);
      await other.does('OpenIncident', { incident: 'i-meanwhile', summary: 'Came while the stream was cut' });
      await gives(page, 'open Given into the cut');
      await status(page, '1 of yours not recorded yet');
      await context.setOffline(false);
      await inQueue(page, 'Came while the stream was cut').waitFor();
      await inQueue(page, 'Given into the cut').waitFor();
      await status(page, 'Live');
      expect(await given(page, 'Given into the cut')).toBe(1);
      expect(await isMarked(page)).toBe(true);
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

  test.each(['light', 'dark'] as const)(
    'at any desk, with what is open there, %s',
    async (colorScheme) => {
      const { page, does } = await somebody('handler-4', { viewport: { width: 1280, height: 720 }, colorScheme });
      const contact = `c-axe-${colorScheme}`;
      await does('PresentContact', { contact, channel: '999' });
      await does('AnswerContact', { contact });
      await inQueue(page, 'job-').first().waitFor();
      const incident = (await inQueue(page, 'job-').first().getAttribute('id'))?.replace('incidents-', '') ?? '';
      const places = [
        [`contact?contact=${contact}`, 'article'],
        [`dispatch?incident=${incident}`, 'article'],
        ['supervisor', '.staff li'],
        ['review', 'main button'],
        ['cases', 'main nav button'],
        ['unit', 'main select'],
      ] as const;
      const found: string[] = [];
      for (const [place, drawn] of places) {
        await page.goto(`/#/${place}`);
        await page.locator(drawn).first().waitFor();
        found.push(...(await faults(page)).map((one) => `${place}: ${one}`));
        if (await isTooWide(page)) found.push(`${place}: too wide`);
      }
      expect(found).toEqual([]);
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
  'cut off by a killed service, it keeps what is given, says so, and sends it once by itself when the service is back',
  async () => {
    const { page } = await somebody('supervisor-2');
    await mark(page);
    await page.goto('/#/supervisor');
    live.process.kill('SIGKILL');
    await untilGone(live.process.pid ?? 0);
    await status(page, 'Not connected');
    expect(await faults(page)).toEqual([]);
    await inQueue(page, 'job-').first().waitFor();
    await gives(page, 'open Given while nobody listened');
    await status(page, '1 of yours not recorded yet');
    live = await served({ configuration, folder: live.folder, port: live.port });
    const handler = await stranger();
    await handler.be('handler-2');
    await handler.does('OpenIncident', { incident: 'i-after', summary: 'After the night of the storm' });
    await page.goto('/#/supervisor?incident=i-after');
    await page.getByRole('heading', { name: 'After the night of the storm' }).waitFor();
    await page.getByText('open incident: recorded').waitFor();
    await status(page, 'Live');
    expect(await given(page, 'Given while nobody listened')).toBe(1);
    expect(await isMarked(page)).toBe(true);
  },
  limitMs,
);
