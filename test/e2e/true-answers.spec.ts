/** From the form to the channel and back: Slack's pace is kept, and a 202 is never called delivered. */
import type { Page } from '@playwright/test'
import { expect, goTo, newWebhook, row, showReceiver, test } from './app.ts'
import { expectSound } from './sound.ts'

test.use({
  viewport: { width: 1680, height: 900 },
  permissions: ['clipboard-read', 'clipboard-write'],
})

async function copiedUrl(page: Page, receiver: string): Promise<string> {
  const card = await showReceiver(page, receiver)
  await card.getByRole('button', { name: 'Copy the URL' }).click()
  await expect(card.getByText('Copied')).toBeVisible()
  return page.evaluate(() => navigator.clipboard.readText())
}

/** A webhook for booked meetings, aimed at a rehearsal and sent to once. */
async function addBooked(page: Page, name: string, url: string) {
  await goTo(page, 'webhooks')
  const form = await newWebhook(page, name, url)
  await form.getByLabel('Event type').selectOption('Meeting')
  await form.getByLabel('Action').selectOption('Book')
  await page.getByRole('button', { name: 'Save and send' }).click()
  return page.getByRole('region', { name: 'The sample that was sent' })
}

test('Slack gets one message a second, and the second says that it waits for that', async ({
  app,
}) => {
  const sample = await addBooked(app, 'Meetings to Slack', await copiedUrl(app, 'Slack'))
  await expect(sample.getByText('Delivered')).toBeVisible()
  await app.getByRole('button', { name: 'Pause sending' }).click()
  for (let n = 0; n < 4; n++) {
    await app.getByRole('button', { name: 'Fire a sample to Meetings to Slack' }).click()
  }
  await goTo(app, 'deliveries')
  await row(app, 'Meetings to Slack').first().click()
  const queued = app.getByRole('region', { name: 'Queued' })
  await queued.getByRole('button', { name: 'Resume sending' }).click()
  await expect(queued.getByText(/Slack takes one message a second at a webhook\./)).toBeVisible()
  await expect(row(app, 'Meetings to Slack').getByText('Delivered')).toHaveCount(5)
  await app.getByRole('tab', { name: 'Response' }).click()
  await expect(app.getByText('Slack took it: it answered ok.')).toBeVisible()
  await showReceiver(app, 'Slack')
  const channel = app.getByRole('region', { name: 'Channel of Slack' })
  await expect(channel.getByRole('article', { name: 'Posted' })).toHaveCount(5)
  await expect(channel.getByRole('article', { name: 'Refused' })).toHaveCount(0)
})

test('what a flow of Teams loses after its 202 was never called delivered', async ({ app }) => {
  const url = await copiedUrl(app, 'Teams')
  await app.getByLabel('How Teams answers').selectOption('202, then the flow fails: the card')
  const sample = await addBooked(app, 'Meetings to Teams', url)
  await expect(sample.getByText('Accepted')).toBeVisible()
  await expect(sample.getByText(/whether its flow posted it is not known/)).toBeVisible()
  const last = row(app, 'Meetings to Teams')
  await expect(last.getByRole('img', { name: 'Accepted' })).toBeVisible()
  await goTo(app, 'deliveries')
  await row(app, 'Meetings to Teams').first().click()
  const inspector = app.getByRole('article', { name: 'Delivery to Meetings to Teams' })
  await expect(inspector.getByText('Accepted')).toBeVisible()
  await app.getByRole('tab', { name: 'Response' }).click()
  await expect(
    inspector.getByText(/Teams took it with 202; whether its flow posted it is not known/).first(),
  ).toBeVisible()
  await expect(inspector.getByText('Delivered')).toHaveCount(0)
  await showReceiver(app, 'Teams')
  const channel = app.getByRole('region', { name: 'Channel of Teams' })
  await expect(channel.getByRole('article', { name: 'Not posted' })).toHaveCount(1)
  await goTo(app, 'webhooks')
  await expect(last).toBeVisible()
  await expect(last.getByText('Delivered')).toHaveCount(0)
  await expect(last.getByRole('img', { name: 'Delivered' })).toHaveCount(0)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`why something is queued is accessible in ${colorScheme}`, async ({ app }) => {
    await app.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await app.getByRole('button', { name: 'Pause sending' }).click()
    await app.getByRole('button', { name: 'Fire a sample to Booked meetings → Echo' }).click()
    await goTo(app, 'deliveries')
    await row(app, 'Booked meetings → Echo').first().click()
    await expect(app.getByRole('region', { name: 'Queued' })).toBeVisible()
    for (const size of [
      { width: 1280, height: 800 },
      { width: 960, height: 600 },
    ]) {
      await app.setViewportSize(size)
      await expectSound(app, `a queued delivery at ${size.width}`)
    }
  })
}
