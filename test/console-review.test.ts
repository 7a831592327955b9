import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { atConsole, isTooWide, limitMs, room, service, somebody, status } from './at-console.ts';
import { eventsIn, faultsOf, pdfText, unzipped } from './bundle.ts';

atConsole();

const hostile = '=HYPERLINK("http://bad") <b>bold</b>';
const standard = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Goes on with Tab until this has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, wanted: ReturnType<Page['locator']>): Promise<void> {
  await wanted.waitFor();
  for (let step = 0; step < 120; step += 1) {
    if ((await wanted.and(page.locator(':focus')).count()) === 1) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('It is not reached by Tab.');
}

async function faults(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(standard).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

describe('a disclosure', () => {
  test(
    'is made by keyboard, says how far it is, and what is fetched is whole and shows hostile text as text',
    async () => {
      const { page, does } = await somebody('supervisor-2');
      await does('OpenIncident', { incident: 'i-disclosed', summary: 'To be disclosed' });
      await does('AddEntry', { incident: 'i-disclosed', text: hostile });
      await does('AddEntry', { incident: 'i-disclosed', text: '\u202Eevil\u202D by Ann Reedlow' });
      await page.goto('/#/review?incident=i-disclosed');
      await tabTo(page, page.getByLabel('For whom'));
      await page.keyboard.type('Coroner for Harrowmere');
      await page.keyboard.press('Tab');
      await page.keyboard.type('inquest 12 of 2026');
      await page.keyboard.press('Tab');
      await page.keyboard.type('Ann Reedlow = a third party');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      const link = page.getByRole('link', { name: /Fetch the bundle of i-disclosed/ });
      await tabTo(page, link);
      const fetching = page.waitForEvent('download');
      await page.keyboard.press('Enter');
      const fetched = await fetching;
      expect(fetched.suggestedFilename()).toBe('disclosure-i-disclosed.zip');
      const files = unzipped(await readFile(await fetched.path()));
      expect(faultsOf(files)).toEqual([]);
      expect(eventsIn(files).length).toBeGreaterThan(2);
      const text = await pdfText(files.get('record/log.pdf') ?? Buffer.alloc(0));
      expect(text).toContain(hostile);
      expect(text).toContain('[U+202E]evil[U+202D] by Ann Reedlow');
      expect(files.get('record/log.csv')?.toString()).toContain(`"'=HYPERLINK(""http://bad"")`);
      const given = await pdfText(files.get('redacted/log.pdf') ?? Buffer.alloc(0));
      expect(given).toContain('by [withheld 1]');
      expect(given).not.toContain('Reedlow');
    },
    limitMs,
  );

  test(
    'is not offered to whoever may not give anything away, and says why',
    async () => {
      const { page, does } = await somebody('handler-2');
      await does('OpenIncident', { incident: 'i-kept', summary: 'Not to be given away' });
      await page.goto('/#/review?incident=i-kept');
      await page.getByText('A disclosure needs one of: audit, approve.').waitFor();
      expect(await page.getByRole('button', { name: 'Make the bundle' }).count()).toBe(0);
    },
    limitMs,
  );
});

test(
  'a harm stands on the review desk with the clock of its referral, what is held, and the commands that answer it',
  async () => {
    const { page, does } = await somebody('supervisor-2');
    await does('OpenIncident', { incident: 'i-harm', summary: 'She was found hurt' });
    const identity = { kind: 'person', name: 'Dilys Corrowby', born: '1961-04-03' };
    await does('Mention', { subject: 's-harm', incident: 'i-harm', role: 'victim', identity });
    await does('RecordHarm', {
      harm: 'h-1',
      kind: 'serious-injury',
      incident: 'i-harm',
      subjects: ['s-harm'],
      says: 'she is in hospital',
    });
    await page.goto('/#/review');
    const harms = page.getByRole('region', { name: 'Harm, referral and hold' });
    await harms.getByText('serious injury: Dilys Corrowby').waitFor();
    await harms.getByText(/refer by \d{1,2} \w{3} \d{4} 23:59:00/).waitFor();
    await harms.getByRole('button', { name: 'make referral' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction('document.activeElement.getAttribute("role") === "combobox"');
    await page.keyboard.type('to=standards');
    await page.keyboard.press('Enter');
    await harms.getByText('referred', { exact: true }).waitFor();
    expect(await harms.getByRole('button', { name: 'make referral' }).count()).toBe(0);
  },
  limitMs,
);

describe('what is written on paper', () => {
  test(
    'is entered with the time at which it happened, and the log shows both clocks',
    async () => {
      const { page, does } = await somebody('dispatcher-4');
      await does('OpenIncident', { incident: 'i-paper', summary: 'Kept on paper meanwhile' });
      await page.goto('/#/paper?incident=i-paper');
      await tabTo(page, page.getByLabel('When it happened'));
      await page.keyboard.type('2026-02-03 9:05');
      await page.getByText('The incident was first received later').waitFor();
      await page.getByLabel('Unit').fill('nobody-1');
      await page.getByText('There is no unit nobody-1 here.').waitFor();
      await page.getByLabel('Unit').fill('');
      await page.getByLabel('Who says it').fill('PC Marl');
      const words = page.getByLabel('Words, as they stand on paper');
      await words.fill('Door was forced, nobody inside');
      await tabTo(page, page.getByRole('button', { name: 'Enter this line' }));
      await page.keyboard.press('Enter');
      await page.waitForFunction('document.activeElement.matches("input")');
      await page.goto('/#/dispatch?incident=i-paper');
      const entry = page.getByRole('article').getByRole('listitem').filter({ hasText: 'PC Marl: Door was forced' });
      await entry.getByText('09:05:00', { exact: true }).waitFor();
      await entry.getByText(/recorded \d\d:\d\d:\d\d, \d+ days later/).waitFor();
      expect(await entry.textContent()).toContain('back-entry');
    },
    limitMs,
  );

  test(
    'while the service is gone is kept, and recorded once with the time that stands on paper when it is back',
    async () => {
      const { page, does } = await somebody('dispatcher-4');
      await does('OpenIncident', { incident: 'i-cut', summary: 'Kept on paper in the dark' });
      await page.goto('/#/paper?incident=i-cut');
      // What the console has not heard of before the service goes cannot be written to.
      await page.locator('datalist option[value="i-cut"]').waitFor({ state: 'attached' });
      service.live.process.kill('SIGSTOP');
      try {
        await status(page, 'Not connected');
        await page.getByLabel('When it happened').fill('2026-02-03 10:15');
        await page.getByLabel('Words, as they stand on paper').fill('The lights went out');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await status(page, '1 of yours not recorded yet');
      } finally {
        service.live.process.kill('SIGCONT');
      }
      await status(page, 'Live');
      await page.goto('/#/dispatch?incident=i-cut');
      const entry = page.getByRole('article').getByRole('listitem').filter({ hasText: 'The lights went out' });
      await entry.getByText('10:15:00', { exact: true }).waitFor();
      expect(await entry.count()).toBe(1);
    },
    limitMs,
  );
});

/** As the console looks by day and by night. */
const themes = [{ colorScheme: 'light' }, { colorScheme: 'dark' }] as const;

test.each(themes)(
  'nobody is shut out of review, disclosure and paper, $colorScheme',
  async (look) => {
    const { page, does } = await somebody('supervisor-2', look);
    const incident = `i-axe-${look.colorScheme}`;
    await does('OpenIncident', { incident, summary: 'Looked at' });
    await page.goto(`/#/review?incident=${incident}`);
    await page.getByRole('button', { name: 'Make the bundle' }).waitFor();
    expect(await faults(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
    await page.getByRole('button', { name: 'Read the log' }).click();
    await page.getByRole('slider').waitFor();
    for (const one of await page.locator('.review details > summary').all()) await one.click();
    expect(await faults(page)).toEqual([]);
    await page.goto(`/#/paper?incident=${incident}`);
    await page.getByLabel('When it happened').fill('2026-02-03 9:05');
    await page.getByText('The incident was first received later').waitFor();
    expect(await faults(page)).toEqual([]);
    expect(await isTooWide(page)).toBe(false);
    await page.goto('/#/cases');
    await page.getByRole('button', { name: 'abandoned call' }).click();
    await page.getByRole('slider', { name: 'Moment' }).waitFor();
    expect(await faults(page)).toEqual([]);
    await page.getByRole('link', { name: /^Picture \d/ }).waitFor();
    await page.goto('/console/picture');
    await page.getByText('Open incidents by risk').waitFor();
    expect(await faults(page)).toEqual([]);
  },
  limitMs,
);

test(
  'the picture of the room is there when the service is gone and every window was closed, and gone after signing out',
  async () => {
    const { context, page, does } = await somebody('dispatcher-4');
    await does('OpenIncident', { incident: 'i-picture', summary: 'On the picture <b>' });
    const link = page.getByRole('link', { name: /^Picture \d/ });
    await link.waitFor();
    // The next picture has it: a page that is loaded anew takes one at once.
    await page.reload();
    await status(page, 'Live');
    await link.waitFor();
    service.live.process.kill('SIGSTOP');
    try {
      await status(page, 'Not connected');
      const opening = context.waitForEvent('page');
      await tabTo(page, link);
      await page.keyboard.press('Enter');
      const opened = await opening;
      await opened.getByText('On the picture <b>').waitFor();
      await opened.getByText('Log on paper').waitFor();
      await opened.close();
      const last = await context.newPage();
      await page.close();
      await last.goto('/console/picture');
      await last.getByText('On the picture <b>').waitFor();
      await last.close();
    } finally {
      service.live.process.kill('SIGCONT');
    }
    const again = await context.newPage();
    await again.goto('/#/dispatch');
    await status(again, 'Live');
    await again.getByRole('button', { name: 'Sign out' }).click();
    await again.getByText('Nobody is signed in.').waitFor();
    await again.goto('/console/picture');
    await again.getByText('There is no picture of the room on this machine').waitFor();
    expect((await again.request.get(`/rooms/${room}/queue`)).status()).toBe(401);
  },
  limitMs,
);
