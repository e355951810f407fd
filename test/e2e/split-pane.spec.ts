/** A list and its detail in a window that is made narrower and wider: nothing in them is lost. */
import { execFileSync } from 'node:child_process'
import type { Locator, Page } from '@playwright/test'
import { expect, goTo, row, showReceiver, test } from './app.ts'

const WIDE = { width: 1280, height: 800 }
const NARROW = { width: 960, height: 600 }

async function tick(rows: readonly Locator[]) {
  for (const each of rows) await each.getByRole('checkbox').check()
}

async function expectTicked(rows: readonly Locator[]) {
  for (const each of rows) await expect(each.getByRole('checkbox')).toBeChecked()
}

/** At each width in turn, and at the end as at first. */
async function narrowAndWiden(app: Page, look: () => Promise<void>) {
  for (const size of [NARROW, WIDE]) {
    await app.setViewportSize(size)
    await look()
  }
}

test.describe('with hundreds of deliveries', () => {
  test.use({ filled: 500 })

  test('ticks, the place in the list and the focus outlive another width of the window', async ({
    app,
  }) => {
    await goTo(app, 'deliveries')
    const grid = app.getByRole('grid', { name: 'Deliveries, newest first' })
    const rows = [grid.getByRole('row').nth(3), grid.getByRole('row').nth(5)]
    await tick(rows)
    await narrowAndWiden(app, async () => {
      await expect(app.getByText('2 chosen')).toBeVisible()
      await expectTicked(rows)
    })

    await grid.focus()
    await grid.evaluate((frame) => frame.scrollTo({ top: 2_400 }))
    const top = grid.locator('[aria-rowindex="76"]')
    await expect(top).toBeVisible()
    await narrowAndWiden(app, async () => {
      await expect(top).toBeInViewport()
      await expect(grid).toBeFocused()
      expect(await grid.evaluate((frame) => frame.scrollTop)).toBe(2_400)
      await expect(app.getByText('2 chosen')).toBeVisible()
    })
  })

  test('what is looked at lies over the list, and the focus is where it was beside it', async ({
    app,
  }) => {
    await goTo(app, 'deliveries')
    const grid = app.getByRole('grid', { name: 'Deliveries, newest first' })
    await grid.focus()
    await app.keyboard.press('Enter')
    const inspector = app.getByRole('article', { name: 'Delivery to Filled' })
    await inspector.getByRole('tab', { name: 'Timeline' }).click()
    await grid.focus()

    await app.setViewportSize(NARROW)
    const over = app.getByRole('region', { name: 'Details' })
    await expect(over).toBeFocused()
    await expect(inspector.getByRole('tab', { name: 'Timeline' })).toHaveAttribute(
      'aria-selected',
      'true',
    )
    await app.setViewportSize(WIDE)
    await expect(over).toBeHidden()
    await expect(grid).toBeFocused()

    const tab = inspector.getByRole('tab', { name: 'Timeline' })
    await tab.focus()
    await narrowAndWiden(app, () => expect(tab).toBeFocused())
    await app.setViewportSize(NARROW)
    await app.keyboard.press('Escape')
    await expect(inspector).toBeHidden()
  })
})

test('ticked captures stay ticked at every width', async ({ app }) => {
  const echo = await showReceiver(app, 'Echo')
  const url = (await echo.locator('code').first().textContent()) ?? ''
  for (const body of ['first', 'second', 'third']) execFileSync('curl', ['-s', url, '-d', body])
  const rows = [row(app, 'POST /in/echo').nth(0), row(app, 'POST /in/echo').nth(2)]
  await expect(row(app, 'POST /in/echo')).toHaveCount(3)
  await tick(rows)
  await narrowAndWiden(app, async () => {
    await expect(app.getByText('2 chosen')).toBeVisible()
    await expectTicked(rows)
  })
})

test('a dialog keeps the focus while the window is made narrower, and Escape closes it alone', async ({
  app,
}) => {
  const echo = await showReceiver(app, 'Echo')
  const url = (await echo.locator('code').first().textContent()) ?? ''
  execFileSync('curl', ['-s', url, '-d', 'a=1'])
  await row(app, 'POST /in/echo').click()
  const pane = app.getByRole('article', { name: 'Capture' })
  await pane.getByRole('button', { name: 'Replay', exact: true }).click()
  await app.getByRole('menuitem', { name: 'Edit first…' }).click()
  const dialog = app.getByRole('dialog', { name: 'Replay' })
  const method = dialog.getByLabel('Method')
  await expect(method).toBeFocused()
  await app.setViewportSize(NARROW)
  await expect(pane).toBeVisible()
  await expect(app.locator('[data-open]').filter({ has: pane })).toHaveCount(1)
  await expect(method).toBeFocused()
  await app.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(pane).toBeVisible()
  await expect(pane.getByRole('button', { name: 'Replay', exact: true })).toBeFocused()
})

test('Back puts the focus on what is chosen, wherever it was before', async ({ app }) => {
  await app.setViewportSize(NARROW)
  await goTo(app, 'simulator')
  const chosen = app.locator('main [data-event][aria-current]')
  await expect(chosen).toBeVisible()
  await app.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  })
  await app.keyboard.press('ControlOrMeta+Enter')
  await app.getByRole('button', { name: 'Back to the list' }).press('Enter')
  await expect(chosen).toBeFocused()
})
