import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: resolve(import.meta.dirname, '../..'),
  define: { __HOOKSTAGE_VERSION__: JSON.stringify('0.0.0-test') },
  test: {
    include: ['test/{unit,store,integration,hosts,architecture}/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    pool: 'forks',
    maxWorkers: 2,
  },
})
