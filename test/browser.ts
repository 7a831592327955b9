import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { chromium as driver } from 'playwright-core';
import { chromium, howToGetChromium } from './chromium.ts';

/** Starts the Chromium of this machine, or says how to get one. */
export async function openBrowser(args: readonly string[] = []): Promise<Browser> {
  const executablePath = chromium();
  if (executablePath === null) throw new Error(howToGetChromium);
  // A map is drawn by the processor where there is no graphics card; a browser does that only when it is told to.
  return driver.launch({ executablePath, args: ['--enable-unsafe-swiftshader', ...args] });
}

/** Somebody at a browser of their own. */
export interface Visitor {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Signs in without the page, as whoever was here before. */
  readonly be: (staff: string) => Promise<void>;
  /** Gives a command of the room by the interface; throws with what it was told where it is not done. */
  readonly does: (type: string, data: unknown) => Promise<void>;
}

/** Opens a browser of one's own on a room of a service. */
export async function visitor(
  browser: Browser,
  { origin, room, look }: { readonly origin: string; readonly room: string; readonly look?: BrowserContextOptions },
): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: origin, ...look });
  const post = async (path: string, data: unknown): Promise<void> => {
    const answer = await context.request.post(path, { data, headers: { 'heed-request': 'test', origin } });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
  };
  return {
    context,
    page: await context.newPage(),
    be: async (staff) => post(`/rooms/${room}/sign-in`, { kind: 'staff', id: staff }),
    does: async (type, data) => post(`/rooms/${room}/commands/${type}`, { id: randomUUID(), data }),
  };
}
