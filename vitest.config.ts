import { configDefaults, defineConfig } from 'vitest/config';
import { isWithoutBrowser } from './test/without-browser.ts';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: [
      ...configDefaults.exclude,
      ...(isWithoutBrowser()
        ? [
            'test/console*.test.ts',
            'test/stories*.test.ts',
            'test/practice.test.ts',
            'test/keystrokes.test.ts',
            'test/review-page.test.ts',
          ]
        : []),
    ],
    environment: 'node',
    globalSetup: ['test/database-server.ts', 'test/without-browser.ts'],
    allowOnly: false,
    passWithNoTests: false,
    maxWorkers: '100%',
    isolate: false,
    // A server that is stopped while every core is busy takes its time.
    hookTimeout: 60_000,
    testTimeout: process.env['HEED_RUNS'] === undefined ? 30_000 : 600_000,
  },
});
