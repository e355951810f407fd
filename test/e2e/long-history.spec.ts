import { expect, goTo, test } from './app.ts'

test.use({ viewport: { width: 1680, height: 900 } })

test.describe('with thousands of deliveries', () => {
  test.use({ filled: 3_000 })

  test('thousands of deliveries are walked by keyboard and wheel, and the chosen one stays', async ({
    app,
  }) => {
    await goTo(app, 'deliveries')
    const grid = app.getByRole('grid', { name: 'Deliveries, newest first' })
    await grid.getByRole('row').nth(2).click()
    const chosen = grid.locator('[data-current]')
    await expect(chosen).toContainText('3 min ago')
    const address = app.url()
    await grid.focus()
    await expect(async () => {
      await app.keyboard.press('End')
      await expect(grid.getByRole('row').last()).toContainText('404', { timeout: 200 })
    }).toPass({ timeout: 25_000, intervals: [20] })
    await expect(grid).toHaveAttribute('aria-rowcount', '3000')
    await expect(grid.getByRole('row').last()).toHaveAttribute('aria-rowindex', '3000')
    await expect(chosen).toHaveCount(0)
    expect(app.url()).toBe(address)
    await app.keyboard.press('Home')
    await expect(chosen).toHaveCount(1)
    await expect(chosen).toContainText('3 min ago')
    await expect(grid.getByRole('row').nth(2).locator('[data-current]')).toBeVisible()
    await grid.hover()
    await app.mouse.wheel(0, 32 * 1_000)
    // Of the thousandth row on, made that many minutes ago.
    await expect(grid.getByRole('row').last()).toContainText(/(16|17) h ago/)
    await expect(async () => {
      await app.mouse.wheel(0, 32 * 1_000)
      await expect(grid.getByRole('row').last()).toHaveAttribute('aria-rowindex', '3000', {
        timeout: 200,
      })
    }).toPass({ timeout: 25_000, intervals: [20] })
    await expect(grid.getByRole('row').last()).toContainText('404')
    await expect(grid.getByRole('row').last()).toBeInViewport({ ratio: 1 })
    expect(app.url()).toBe(address)
  })
})

test.describe('with some hundred', () => {
  test.use({ filled: 500 })

  test('the list is narrowed down to a time, and says so when nothing was made then', async ({
    app,
  }) => {
    await goTo(app, 'deliveries')
    const grid = app.getByRole('grid', { name: 'Deliveries, newest first' })
    await expect(grid).toBeVisible()
    const time = app.getByRole('button', { name: 'Time', exact: true })
    await time.click()
    await app.getByRole('button', { name: 'Last hour' }).click()
    await expect(grid).toHaveAttribute('aria-rowcount', '59')
    await time.click()
    await app.getByLabel('From').fill('2001-01-01T00:00')
    await app.getByLabel('To', { exact: true }).fill('2000-01-01T00:00')
    await expect(app.getByText('This is before the beginning.')).toBeVisible()
    await expect(app.getByRole('button', { name: 'Show', exact: true })).toBeDisabled()
    await app.getByLabel('To', { exact: true }).fill('2002-01-01T00:00')
    await app.getByRole('button', { name: 'Show', exact: true }).click()
    await expect(app.getByText('No delivery matches.')).toBeVisible()
    await time.click()
    await app.getByRole('button', { name: 'Any time' }).click()
    await expect(grid.getByRole('row').first()).toContainText('1 min ago')
  })
})
