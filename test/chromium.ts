import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** The browser of this machine: what `CHROMIUM` names, else the first that `PATH` finds; null without one. */
export function chromium(environment: Readonly<Record<string, string | undefined>> = process.env): string | null {
  const named = environment['CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const places = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return places.find(canRun) ?? null;
}

/** What to tell whoever has no browser. */
export const howToGetChromium =
  'The page is tested in a real Chromium, and there is none here: `apt-get install chromium`, or name one in CHROMIUM.';

/** Whether the tests of the page must run: `HEED_BROWSER=needed`, as the whole check of a change sets it. */
export function isBrowserNeeded(environment: Readonly<Record<string, string | undefined>> = process.env): boolean {
  return environment['HEED_BROWSER'] === 'needed';
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
