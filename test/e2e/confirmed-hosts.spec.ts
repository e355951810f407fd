/** A host that is not this machine is asked about once, by name, before the first request. */
import { expect, goTo, newWebhook, row, test } from './app.ts'
import { expectSound } from './sound.ts'

test.use({ viewport: { width: 1280, height: 800 } })

test('firing to another machine asks once, names it, and sends what waited', async ({ app }) => {
  await newWebhook(app, 'Partner', 'http://partner.invalid/hooks')
  await app.getByRole('button', { name: 'Save and send' }).click()
  const question = app.getByRole('dialog', { name: 'Send to partner.invalid?' })
  await expect(question.getByText('1 delivery waits for your answer.')).toBeVisible()

  // Decided later: it stays queued, and a banner says so.
  await app.keyboard.press('Escape')
  await expect(question).toBeHidden()
  const banner = app.getByRole('region', { name: 'Hosts to confirm' })
  await expect(banner).toContainText('1 delivery waits until you decide.')
  await banner.getByRole('button', { name: 'Decide' }).click()
  await question.getByRole('button', { name: 'Cancel 1 delivery' }).click()
  await expect(question).toBeHidden()
  await expect(app.getByText('1 delivery was cancelled. Nothing was sent.')).toBeVisible()

  await app.getByRole('button', { name: 'Send this sample' }).click()
  await question.getByRole('button', { name: 'Send to partner.invalid' }).click()
  await expect(question).toBeHidden()
  await goTo(app, 'deliveries')
  await expect(row(app, 'Partner').filter({ hasText: 'Failed' })).toBeVisible()
  await expect(row(app, 'Partner').filter({ hasText: 'Cancelled' })).toBeVisible()

  await goTo(app, 'settings')
  const hosts = app.getByRole('list', { name: 'Confirmed hosts' })
  await expect(hosts.getByText('partner.invalid')).toBeVisible()
  await hosts.getByRole('button', { name: 'Remove partner.invalid' }).click()
  await expect(app.getByText('None so far.')).toBeVisible()
  await app.getByRole('button', { name: 'Undo' }).click()
  await expect(hosts.getByText('partner.invalid')).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the question is accessible in ${colorScheme}, and fits a small window`, async ({ app }) => {
    test.setTimeout(180_000)
    await app.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await newWebhook(app, 'Partner', 'http://partner.invalid/hooks')
    await app.getByRole('button', { name: 'Save and send' }).click()
    const question = app.getByRole('dialog', { name: 'Send to partner.invalid?' })
    await expect(question).toBeVisible()
    await app.setViewportSize({ width: 960, height: 600 })
    await expectSound(app, 'the question')
    await app.keyboard.press('Escape')
    await expect(app.getByRole('region', { name: 'Hosts to confirm' })).toBeVisible()
    await expectSound(app, 'the banner')
    await app.getByRole('button', { name: 'Decide' }).click()
    await question.getByRole('button', { name: 'Send to partner.invalid' }).click()
    await goTo(app, 'settings')
    await expect(app.getByRole('list', { name: 'Confirmed hosts' })).toBeVisible()
    await expectSound(app, 'the settings')
  })
}
