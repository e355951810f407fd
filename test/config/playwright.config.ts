import { resolve } from 'node:path'
import { defineConfig } from '@playwright/test'
import { chromiumArgs } from '../support/ensure-chromium.ts'

const root = resolve(import.meta.dirname, '../..')

export default defineConfig({
  testDir: resolve(root, 'test/e2e'),
  outputDir: resolve(root, 'test-results/e2e'),
  fullyParallel: false,
  workers: 1,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'off',
    launchOptions: {
      ...(process.env.HOOKSTAGE_CHROMIUM ? { executablePath: process.env.HOOKSTAGE_CHROMIUM } : {}),
      args: chromiumArgs,
    },
  },
})
