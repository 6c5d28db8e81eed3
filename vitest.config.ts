import { defineConfig } from 'vitest/config'

const common = {
  environment: 'node',
  pool: 'forks' as const,
  // V8 of Node 24 may abort under load while it guards compiled code by memory keys (nodejs/node#64500).
  execArgv: ['--no-memory-protection-keys'],
  globalSetup: 'db/src/test-setup.ts',
  restoreMocks: true,
}

// biome-ignore lint/style/noDefaultExport: vitest reads the default export.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: 'unit',
          include: [
            '{shared,db,server,jobs}/src/**/*.test.ts',
            'web/src/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          maxWorkers: 2,
          testTimeout: 90_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          ...common,
          name: 'web',
          include: ['web/test/**/*.test.ts'],
          maxWorkers: 1,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
})
