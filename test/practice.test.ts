import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { faults } from './accessible.ts';
import { atConsole, gives, limitMs, somebody, status } from './at-console.ts';

atConsole();

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Goes to a control by the keyboard alone: its name, wherever the focus was. */
async function onto(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).focus();
}

test(
  'a case is practised by keyboard in a room of its own, and the debrief says what was shown, done and refused',
  async () => {
    const { page } = await somebody('handler-5', { viewport: { width: 1280, height: 720 } });
    const open = async (): Promise<unknown> => (await page.request.get('/rooms/demonstration/queue')).json();
    await page.goto('/#/cases');
    await onto(page, 'abandoned call');
    await press(page, 'Enter');
    const form = page.getByRole('form', { name: 'Practise' });
    await form.getByRole('option', { name: /^handler-1 \(did/ }).waitFor({ state: 'attached' });
    await form.getByRole('combobox').selectOption('handler-1');
    await onto(page, 'Begin the practice');
    await press(page, 'Enter');
    await page.getByRole('note').filter({ hasText: 'PRACTICE of “abandoned call”' }).waitFor();
    await status(page, 'Live');
    await onto(page, 'Pause');
    await press(page, 'Enter');
    const heard = page.getByRole('list', { name: 'What you hear' });
    const next = async (until: () => Promise<unknown>): Promise<void> => {
      await onto(page, 'To what comes next');
      await press(page, 'Enter');
      await until();
    };
    const rings = page.getByRole('button', { name: 'answer contact F4' });
    await page.getByText('Nobody waits.').or(rings).first().waitFor();
    if ((await rings.count()) === 0) await next(async () => rings.waitFor());
    await press(page, 'F4');
    await page.getByRole('heading', { name: '999 answered' }).waitFor();
    for (let step = 0; step < 4 && (await heard.getByText('struggle').count()) === 0; step += 1)
      await next(async () => status(page, 'Live'));
    await heard.getByText('“Operator says a struggle can be heard and a man arguing”').waitFor();
    await gives(page, 'RecordRelay observations=struggle Operator says a struggle can be heard');
    await page.getByText('record relay: recorded').waitFor();
    await gives(page, 'open Struggle on an abandoned call');
    await page.getByText('open incident: recorded').waitFor();
    await gives(page, 'sg resolution nothing more was heard');
    await page.getByRole('region', { name: 'Refused: set grade' }).waitFor();
    expect(await faults(page)).toEqual([]);
    await onto(page, 'End and debrief');
    await press(page, 'Enter');
    const did = page.getByRole('region', { name: 'What you did' });
    await did.getByText('refused: set grade').waitFor();
    await did.getByText('incident opened').waitFor();
    const shown = page.getByRole('region', { name: 'What you were shown' });
    expect(await shown.getByRole('listitem').count()).toBeGreaterThan(0);
    await page.getByRole('region', { name: 'What was done in the case' }).getByText('add entry').waitFor();
    expect(await faults(page)).toEqual([]);
    await onto(page, 'Back to the cases');
    await press(page, 'Enter');
    await page.getByRole('heading', { name: 'The founding cases' }).waitFor();
    await page.getByText('handler-5').first().waitFor();
    expect(JSON.stringify(await open())).not.toContain('Struggle on an abandoned call');
  },
  limitMs,
);
