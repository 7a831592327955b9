import { chromium, howToGetChromium, isBrowserNeeded } from './chromium.ts';

/** Whether the tests of the page are left out: there is no browser, and nobody said that one is needed. */
export function isWithoutBrowser(): boolean {
  return chromium() === null && !isBrowserNeeded();
}

/** Says at the end of a run, where it is read, what was left out of it. */
export function teardown(): void {
  if (isWithoutBrowser())
    process.stderr.write(`\nLeft out: test/console*.test.ts and test/review-page.test.ts. ${howToGetChromium}\n`);
}
