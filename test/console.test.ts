import { describe, expect, test } from 'vitest';
import { faults } from './accessible.ts';
import {
  atConsole,
  banner,
  configuration,
  given,
  gives,
  inQueue,
  isMarked,
  isPaused,
  isTooWide,
  limitMs,
  mark,
  service,
  somebody,
  status,
  stranger,
} from './at-console.ts';
import { untilGone } from './database.ts';
import { served } from './served.ts';

atConsole();

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
      await page.getByRole('button', { name: 'Sign out supervisor-2' }).waitFor();
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
  'a founding case is played on the room’s own panels, while the room goes on',
  async () => {
    const { page } = await somebody('handler-5');
    await page.goto('/#/cases');
    await page.getByRole('button', { name: 'abandoned call' }).click();
    const moment = page.getByRole('slider', { name: 'Moment' });
    await moment.focus();
    for (let step = 0; step < 24; step += 1) await page.keyboard.press('ArrowRight');
    await page.getByText('A different course was demanded at').waitFor();
    await page.getByRole('article').getByRole('heading', { name: 'Abandoned call' }).waitFor();
    expect(await page.getByText('REFUSED').count()).toBeGreaterThan(0);
    expect(await page.getByRole('article').getByRole('button', { name: 'set grade' }).count()).toBe(0);
    await status(page, 'Live');
  },
  limitMs,
);

const looks = [1280, 360].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ viewport: { width, height: 800 }, colorScheme })),
);
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
  expect(service.live.said()).toContain('is being invented');
  expect(
    service.live
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
    service.live.process.kill('SIGKILL');
    await untilGone(service.live.process.pid ?? 0);
    await status(page, 'Not connected');
    expect(await faults(page)).toEqual([]);
    await inQueue(page, 'job-').first().waitFor();
    await gives(page, 'open Given while nobody listened');
    await status(page, '1 of yours not recorded yet');
    service.live = await served({ configuration, folder: service.live.folder, port: service.live.port });
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
