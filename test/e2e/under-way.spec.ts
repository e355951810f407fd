import { expect, test } from './app.ts'
import { startLocal } from './local-server.ts'

test('a delivery that is under way says so, and is cancelled', async ({ app }) => {
  const silent = await startLocal()
  await app.setViewportSize({ width: 960, height: 600 })
  await app.keyboard.press('n')
  const form = app.getByRole('region', { name: 'New webhook' })
  await form.getByLabel('Endpoint', { exact: true }).fill(`${silent.origin}/`)
  await app.keyboard.press('Control+Enter')

  const sent = app.getByRole('region', { name: 'The sample that was sent' })
  await expect(sent).toBeVisible()
  await sent
    .getByRole('link')
    .or(sent.getByRole('button', { name: /Open/ }))
    .first()
    .click()
  const delivery = app.getByRole('article')
  await expect(delivery.getByText('What was sent shows when the attempt has ended.')).toBeVisible()
  await delivery.getByRole('button', { name: 'Cancel' }).click()
  await expect(delivery.getByText('Cancelled').first()).toBeVisible()
  silent.close()
})
