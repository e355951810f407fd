import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, goTo, row, type Screen, test } from './app.ts'

const SCREENS: readonly Screen[] = ['webhooks', 'simulator', 'deliveries', 'captures', 'settings']
const SIZES = [
  { width: 1280, height: 800 },
  { width: 960, height: 600 },
]

async function expectSound(page: Page, where: string): Promise<void> {
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))),
  )
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${where}: ${id} at ${nodes[0]?.html}`)).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow, `${where} is wider than the window`).toBeLessThanOrEqual(0)
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every screen is accessible, empty and filled, in ${colorScheme}`, async ({ app }) => {
    test.setTimeout(120_000)
    await app.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const size of SIZES) {
      await app.setViewportSize(size)
      for (const screen of SCREENS) {
        await goTo(app, screen)
        await expectSound(app, `${screen} at ${size.width}`)
      }
    }
    await app.setViewportSize({ width: 1280, height: 800 })
    await goTo(app, 'simulator')
    await app.getByRole('button', { name: 'Fire all 22' }).click()
    await goTo(app, 'deliveries')
    await row(app, 'Session joins').first().click()
    for (const tab of ['Request', 'Response', 'Timeline']) {
      await app.getByRole('tab', { name: tab }).click()
      await expectSound(app, `inspector, ${tab}`)
    }
    await goTo(app, 'captures')
    await expectSound(app, 'captures, filled')
    await goTo(app, 'webhooks')
    await app.keyboard.press('n')
    await expect(app.getByRole('region', { name: 'New webhook' })).toBeVisible()
    await expectSound(app, 'the form')
  })
}

test('the main flow goes by keyboard alone', async ({ app }) => {
  await app.keyboard.press('Control+k')
  await app.waitForTimeout(200)
  await app.keyboard.type('simulator')
  await app.keyboard.press('Enter')
  await expect(app.getByRole('heading', { level: 1, name: 'Simulator' })).toBeVisible()
  await expect(app.getByText('1 of 5 webhooks')).toBeVisible()
  await app.keyboard.press('Control+Enter')
  const link = app.getByRole('region', { name: 'Last firing' }).getByRole('link', { name: /Echo/ })
  await expect(link).toBeVisible()
  await link.focus()
  await app.keyboard.press('Enter')
  await expect(app.getByRole('article', { name: /Delivery to/ })).toBeVisible()
})
