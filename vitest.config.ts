import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    environment: 'node',
    globalSetup: ['test/database-server.ts'],
    allowOnly: false,
    passWithNoTests: false,
    testTimeout: process.env['HEED_RUNS'] === undefined ? 30_000 : 600_000,
  },
});
