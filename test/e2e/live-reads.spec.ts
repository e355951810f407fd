/** What is on the screen while the core cannot be asked about it: it stays, with all that was typed. */
import { execFileSync } from 'node:child_process'
import { expect, row, showReceiver, test } from './app.ts'

test.use({ viewport: { width: 1680, height: 900 } })

test('a read that fails takes nothing off the screen, nor what is being typed there', async ({
  app,
  allowed,
}) => {
  allowed.push(/WebSocket|ERR_CONNECTION|Failed to load resource/)
  let isToBeCut = false
  let cuts = 0
  let readsSince = 0
  await app.routeWebSocket(/\/rpc$/, (page) => {
    const server = page.connectToServer()
    page.onMessage((message) => {
      const isRead = String(message).includes('/capture/get')
      if (isRead && cuts > 0) readsSince += 1
      if (!isRead || !isToBeCut) return server.send(message)
      isToBeCut = false
      cuts += 1
      void page.close()
      void server.close()
    })
  })
  await app.reload()
  const echo = await showReceiver(app, 'Echo')
  const url = (await echo.locator('code').first().textContent()) ?? ''
  execFileSync('curl', ['-s', url, '-d', 'first'])
  await app.getByRole('button', { name: 'All', exact: true }).click()
  await row(app, 'POST /in/echo').click()
  const note = app.getByRole('article', { name: 'Capture' }).getByLabel('Note')
  await note.fill('The one that')

  isToBeCut = true
  execFileSync('curl', ['-s', url, '-d', 'second'])
  await expect.poll(() => cuts).toBe(1)
  // The page has found its way back, and read it again.
  await expect.poll(() => readsSince).toBeGreaterThan(0)
  await expect(note).toHaveValue('The one that')
  await expect(app.getByRole('alert')).toHaveCount(0)
})
