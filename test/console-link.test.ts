import { describe, expect, test } from 'vitest';
import { streamLimits } from '../src/api/limits.ts';
import {
  atConsole,
  given,
  gives,
  inQueue,
  isMarked,
  isTooWide,
  limitMs,
  mark,
  room,
  service,
  somebody,
  status,
  stranger,
} from './at-console.ts';

atConsole();

test(
  'the row that somebody holds stays where it is while a graver one comes above it',
  async () => {
    const { page, does } = await somebody('dispatcher-4', { viewport: { width: 1280, height: 720 } });
    await does('OpenIncident', { incident: 'i-held', summary: 'Held in the hand' });
    await page.goto('/#/dispatch?incident=i-held');
    const queue = page.getByRole('listbox', { name: 'incidents' });
    const held = queue.locator('[aria-selected="true"]');
    const moved = async (): Promise<string> => {
      const place = await held.getAttribute('aria-posinset');
      return `[aria-selected="true"]:not([aria-posinset="${place}"])`;
    };
    const last = queue.locator(await moved());
    await queue.focus();
    await page.keyboard.press('End');
    await last.waitFor();
    const risen = queue.locator(await moved());
    const before = await held.boundingBox();
    await does('OpenIncident', { incident: 'i-graver', summary: 'He is stabbing her, she is dying' });
    await does('SetGrade', { incident: 'i-graver', grade: 'emergency', reason: 'stabbing' });
    await risen.waitFor();
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
      const { page, does } = await somebody('dispatcher-4');
      await does('OpenIncident', { incident: 'i-focus', summary: 'What is around a button' });
      await page.goto('/#/dispatch?incident=i-focus');
      await page.getByRole('article').getByRole('button', { name: 'add entry' }).focus();
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
        fetch(`${service.live.origin}/rooms/${room}/stream`, raw),
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
      await next.getByRole('button', { name: 'Sign out handler-2' }).waitFor();
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
      const { page } = await somebody('dispatcher-4', tall);
      const other = await stranger();
      await other.be('handler-2');
      await mark(page);
      service.live.process.kill('SIGSTOP');
      try {
        await gives(page, 'open Given into the cut');
        await status(page, 'Not connected');
        await status(page, '1 of yours not recorded yet');
        await inQueue(page, 'job-').first().waitFor();
      } finally {
        service.live.process.kill('SIGCONT');
      }
      await other.does('OpenIncident', { incident: 'i-meanwhile', summary: 'Came as the stream came back' });
      await inQueue(page, 'Came as the stream came back').waitFor();
      await inQueue(page, 'Given into the cut').waitFor();
      await status(page, 'Live');
      expect(await given(page, 'Given into the cut')).toBe(1);
      expect(await isMarked(page)).toBe(true);
    },
    limitMs,
  );
});
