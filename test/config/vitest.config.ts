import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

/** These change what a process has but one of, or watch it, and get a process of their own each. */
const ALONE = [
  'test/hosts/{electron,bridge}.test.ts',
  'test/integration/core-life.test.ts',
  'test/unit/renderer/{captures,compare-rules,deliveries,notes}.test.ts',
  'test/unit/renderer/{drafts,host-question,bulk-items,bulk-runs,live,paced,page-nonce}.test.ts',
]

/** All others share two processes, in which the core is loaded once. */
const project = (name: string, isolate: boolean, include: string[], exclude: string[]) => ({
  extends: true as const,
  test: { name, isolate, include, exclude },
})

export default defineConfig({
  root: resolve(import.meta.dirname, '../..'),
  define: { __HOOKSTAGE_VERSION__: JSON.stringify('0.0.0-test') },
  test: {
    testTimeout: 20_000,
    hookTimeout: 20_000,
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      project(
        'shared',
        false,
        ['test/{unit,store,integration,hosts,architecture}/**/*.test.ts'],
        ALONE,
      ),
      project('alone', true, ALONE, []),
    ],
  },
})
