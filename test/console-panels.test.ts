import { expect, test } from 'vitest';
import { atConsole, gives, inQueue, isTooWide, limitMs, somebody, status } from './at-console.ts';

atConsole();

test(
  'a panel in a window of its own looks at what the desk does, and comes back to the desk when it is closed',
  async () => {
    const { page, context, does } = await somebody('dispatcher-6');
    await does('OpenIncident', { incident: 'i-panel', summary: 'Smoke over the ropewalk' });
    await does('OpenIncident', { incident: 'i-other', summary: 'A cow on the quay' });
    await page.goto('/#/dispatch');
    await inQueue(page, 'Smoke over the ropewalk').waitFor();
    await page.getByText('Screen', { exact: true }).press('Enter');
    const opened = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Queue', exact: true }).press('Enter');
    const queue = await opened;
    await inQueue(queue, 'Smoke over the ropewalk').click();
    await page.getByRole('article', { name: 'Incident i-panel' }).waitFor();
    await inQueue(page, 'Smoke over the ropewalk').waitFor({ state: 'detached' });
    await queue.getByText('Alarms sound in the window of your desk.').waitFor();
    await page.goto('/#/dispatch?incident=i-other');
    await queue.getByRole('option', { selected: true }).filter({ hasText: 'A cow on the quay' }).waitFor();
    expect(await page.getByRole('listbox', { name: 'incidents' }).count()).toBe(0);
    await queue.close();
    await inQueue(page, 'A cow on the quay').waitFor();
  },
  limitMs,
);

test(
  'an edge between columns is moved by arrows, stays where it was put, and goes back by Escape',
  async () => {
    const { page } = await somebody('dispatcher-7');
    await page.goto('/#/dispatch');
    const edge = page.getByRole('separator', { name: 'Edge between Queue and What lies open' });
    const before = Number(await edge.getAttribute('aria-valuenow'));
    await edge.focus();
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('ArrowRight');
    const moved = String(before + 8);
    await expect.poll(async () => edge.getAttribute('aria-valuenow')).toBe(moved);
    await page.reload();
    await status(page, 'Live');
    expect(await edge.getAttribute('aria-valuenow')).toBe(moved);
    expect(await isTooWide(page)).toBe(false);
    await edge.focus();
    await page.keyboard.press('Escape');
    await expect.poll(async () => edge.getAttribute('aria-valuenow')).toBe(String(before));
  },
  limitMs,
);

test(
  'a message that needs an answer stands on the desk of whoever it is for until it is answered',
  async () => {
    const sender = await somebody('supervisor-3');
    const { page } = await somebody('dispatcher-5');
    await sender.does('SendMessage', {
      message: 'm-desk',
      to: { staff: 'dispatcher-5' },
      text: 'Who has the ropewalk?',
    });
    const messages = page.getByRole('region', { name: 'Messages' });
    await messages.getByText('1 to you').waitFor();
    await messages.getByText('Who has the ropewalk?').waitFor();
    await messages.getByRole('button', { name: 'acknowledge message' }).first().press('Enter');
    await page.keyboard.press('Enter');
    await messages.getByText('Who has the ropewalk?').waitFor({ state: 'detached' });
    expect(await messages.getByText('to you').count()).toBe(0);
  },
  limitMs,
);

test(
  'an incident is assessed line by line by Enter alone, and what was typed outlives the window',
  async () => {
    const { page, does } = await somebody('handler-6');
    await does('OpenIncident', { incident: 'i-thrive', summary: 'Shouting behind the chandlery' });
    await page.goto('/#/contact?incident=i-thrive');
    const summary = page.getByText('THRIVE not assessed');
    await summary.press('Enter');
    await page.getByLabel('threat', { exact: true }).fill('He says he will burn it down');
    await page.reload();
    await status(page, 'Live');
    await summary.press('Enter');
    const threat = page.getByLabel('threat', { exact: true });
    expect(await threat.inputValue()).toBe('He says he will burn it down');
    await threat.press('Enter');
    for (const line of ['none yet', 'he is outside', 'a witness', 'she is seventy', 'by text']) {
      await page.keyboard.type(line);
      await page.keyboard.press('Enter');
    }
    await page.keyboard.type('high');
    await page.keyboard.press('Enter');
    await page.getByText('THRIVE high, by handler-6').waitFor();
    expect(await threat.inputValue()).toBe('');
  },
  limitMs,
);

test(
  'whoever is named in an incident stands around it in a picture, each a way to them',
  async () => {
    const { page, does } = await somebody('handler-7');
    await does('OpenIncident', { incident: 'i-graph', summary: 'A fight at the weir' });
    await page.goto('/#/contact?incident=i-graph');
    await gives(page, 'mention suspect Aldwin Pettifer');
    const picture = page.getByRole('group', { name: 'Who and what stands around it' });
    await picture.getByRole('link', { name: 'person: Aldwin Pettifer' }).press('Enter');
    await page.getByRole('heading', { name: 'Aldwin Pettifer' }).waitFor();
    expect(page.url()).toContain('subject=');
  },
  limitMs,
);

test(
  'an incident that is opened from elsewhere comes into sight in the queue, however far down it stands',
  async () => {
    const { page, does } = await somebody('dispatcher-2', { viewport: { width: 1280, height: 720 } });
    await does('OpenIncident', { incident: 'i-far-down', summary: 'A gate left open at the far field' });
    await does('SetGrade', { incident: 'i-far-down', grade: 'scheduled', reason: 'nobody is in danger' });
    await page.goto('/#/dispatch?incident=i-far-down');
    // Loaded anew, so that its grade is known from the first.
    await page.reload();
    const row = inQueue(page, 'A gate left open at the far field');
    await row.waitFor();
    const list = await page.getByRole('listbox', { name: 'incidents' }).locator('..').boundingBox();
    const place = await row.boundingBox();
    expect(place?.y ?? 0).toBeGreaterThanOrEqual((list?.y ?? 0) - 1);
    expect(place?.y ?? 0).toBeLessThan((list?.y ?? 0) + (list?.height ?? 0));
  },
  limitMs,
);
