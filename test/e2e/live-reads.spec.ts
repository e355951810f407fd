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
