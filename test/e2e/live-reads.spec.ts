/** What is on the screen while the core cannot be asked about it: it stays, with all that was typed. */
import { execFileSync } from 'node:child_process'
import { expect, row, showReceiver, test } from './app.ts'
import { CUT, takeLine } from './line.ts'

test.use({ viewport: { width: 1680, height: 900 } })

test('a read that fails takes nothing off the screen, nor what is being typed there', async ({
  app,
  allowed,
}) => {
  allowed.push(CUT)
  const line = await takeLine(app)
  const echo = await showReceiver(app, 'Echo')
  const url = (await echo.locator('code').first().textContent()) ?? ''
  execFileSync('curl', ['-s', url, '-d', 'first'])
  await app.getByRole('button', { name: 'All', exact: true }).click()
  await row(app, 'POST /in/echo').click()
  const note = app.getByRole('article', { name: 'Capture' }).getByLabel('Note')
  await note.fill('The one that')

  const reads = line.asked('capture/get')
  line.cutAt('capture/get')
  execFileSync('curl', ['-s', url, '-d', 'second'])
  await expect.poll(line.cuts).toBe(1)
  // The page has found its way back, and read it again.
  await expect.poll(() => line.asked('capture/get')).toBeGreaterThan(reads)
  // Drawn anew, it would not have the focus any more.
  await expect(note).toBeFocused()
  await expect(note).toHaveValue('The one that')
  await expect(app.getByRole('alert')).toHaveCount(0)
})

test('what cannot be read while the host is away says that it comes by itself, and does', async ({
  app,
  host,
  allowed,
}) => {
  allowed.push(CUT)
  const echo = await showReceiver(app, 'Echo')
  const url = (await echo.locator('code').first().textContent()) ?? ''
  execFileSync('curl', ['-s', url, '-d', 'first'])
  await expect(row(app, 'POST /in/echo')).toBeVisible()
  await host.kill()
  await expect(app.getByText(/Hookstage is away\. Trying again/)).toBeVisible()
  await row(app, 'POST /in/echo').click()
  const words = 'Hookstage is away. This is read again by itself once it is back.'
  // The list may be read just then, and says so, too.
  const pane = app.locator('section')
  await expect(pane.getByRole('alert').filter({ hasText: words })).toBeVisible()
  await expect(app.getByText('Try again when it is back')).toHaveCount(0)
  const again = await host.again()
  await expect(app.getByRole('article', { name: 'Capture' })).toBeVisible({ timeout: 15_000 })
  await expect(app.getByRole('alert')).toHaveCount(0)
  await again.remove()
})
