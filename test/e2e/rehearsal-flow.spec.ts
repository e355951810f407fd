/** From an empty workspace to a message in the channel, all three chats on this machine alone. */
import type { Locator, Page } from '@playwright/test'
import { expect, goTo, newWebhook, row, showReceiver, test } from './app.ts'

test.use({
  viewport: { width: 1680, height: 900 },
  permissions: ['clipboard-read', 'clipboard-write'],
})

async function emptied(app: Page): Promise<void> {
  await goTo(app, 'settings')
  await app.getByRole('button', { name: /^Remove the sample/ }).click()
  await goTo(app, 'webhooks')
  await expect(app.getByText('Booked meetings → Echo')).toBeHidden()
}

async function copiedUrl(app: Page, name: string): Promise<string> {
  const card = await showReceiver(app, name)
  await card.getByRole('button', { name: 'Copy the URL' }).click()
  await expect(card.getByText('Copied')).toBeVisible()
  return app.evaluate(() => navigator.clipboard.readText())
}

/** A webhook for booked meetings whose endpoint is pasted. */
async function meetingWebhook(app: Page, name: string, url: string): Promise<Locator> {
  await goTo(app, 'webhooks')
  const form = await newWebhook(app, name, url)
  await form.getByLabel('Event type').selectOption('Meeting')
  return form
}

async function fireMeeting(app: Page, times = 1): Promise<Locator> {
  await goTo(app, 'simulator')
  await app.getByRole('button', { name: /^Book 1 active/ }).click()
  await expect(app.getByText(/^1 of 1 webhook/)).toBeVisible()
  const firing = app.getByRole('region', { name: 'Last firing' })
  const link = firing.getByRole('link')
  for (let fired = 0; fired < times; fired += 1) {
    const before = (await link.count()) === 0 ? '' : ((await link.getAttribute('href')) ?? '')
    await app.keyboard.press('Control+Enter')
    await expect(link).not.toHaveAttribute('href', before)
  }
  return firing
}

test('a pasted Slack URL, an event, and the message stands in the channel; the next ones wait their turn', async ({
  app,
}) => {
  await emptied(app)
  const url = await copiedUrl(app, 'Slack')
  const form = await meetingWebhook(app, 'Meetings', url)
  await expect(form.getByLabel('Message format')).toHaveValue('slack')
  await app.keyboard.press('Control+s')
  await expect(app.getByRole('region', { name: 'Edit webhook' })).toBeVisible()

  const firing = await fireMeeting(app)
  await expect(firing.getByRole('listitem').getByText('Delivered')).toBeVisible()
  await showReceiver(app, 'Slack')
  const posted = app
    .getByRole('region', { name: 'Channel of Slack' })
    .getByRole('article', { name: 'Posted' })
  await expect(posted).toContainText('Meeting booked')

  await fireMeeting(app, 4)
  await expect(firing.getByText(/^Slack takes one message a second at a webhook\./)).toBeVisible()
  await expect(firing.getByRole('listitem').getByText('Delivered')).toBeVisible({ timeout: 15_000 })
  await showReceiver(app, 'Slack')
  await expect(posted).toHaveCount(5)
  await expect(app.getByRole('article', { name: 'Refused' })).toHaveCount(0)
  expect(await app.content()).not.toContain(url.slice(-24))
})

test('what a flow of Teams lost after its 202 was never called delivered', async ({ app }) => {
  await emptied(app)
  const url = await copiedUrl(app, 'Teams')
  await app.getByLabel('How Teams answers').selectOption('202, then the flow fails: the card')
  await expect(app.getByLabel('How often Teams fails')).toBeVisible()
  await meetingWebhook(app, 'Meetings', url)
  await app.keyboard.press('Control+s')
  await expect(app.getByRole('region', { name: 'Edit webhook' })).toBeVisible()
  const firing = await fireMeeting(app)
  await expect(firing.getByRole('listitem').getByText('Accepted')).toBeVisible()
  await expect(firing.getByText(/whether its flow posted it is not known/)).toBeVisible()
  await expect(app.getByRole('button', { name: /^Book 1 active/ })).toHaveAccessibleName(/Accepted/)

  await showReceiver(app, 'Teams')
  const channel = app.getByRole('region', { name: 'Channel of Teams' })
  await expect(channel.getByRole('article', { name: 'Not posted' })).toContainText(
    'Answered 202, then not posted',
  )
  await goTo(app, 'deliveries')
  await expect(row(app, 'Meetings')).toContainText('Accepted')
  for (const screen of ['webhooks', 'simulator', 'deliveries'] as const) {
    await goTo(app, screen)
    await expect(app.getByRole('main')).not.toContainText('Delivered')
  }
})

test('a rehearsal is chosen from the endpoint’s menu, without its secret', async ({ app }) => {
  const url = await copiedUrl(app, 'Webex')
  await goTo(app, 'webhooks')
  await app.getByRole('button', { name: 'Add', exact: true }).click()
  const form = app.getByRole('region', { name: 'New webhook' })
  await form.getByRole('button', { name: 'Built-in receiver' }).click()
  await app.getByRole('menuitem', { name: /Webex rehearsal/ }).click()
  await expect(form.getByLabel('Message format')).toHaveValue('webex')
  await expect(form.getByLabel('Endpoint', { exact: true })).toHaveValue(/incoming\/•+\S{4}$/)
  expect(await app.content()).not.toContain(url.split('/').at(-1))
  await app.getByRole('button', { name: 'Save and send' }).click()
  const sample = app.getByRole('region', { name: 'The sample that was sent' })
  await expect(sample.getByText('Delivered')).toBeVisible()
})

test('the samples of the first start show all three chats', async ({ app }) => {
  await goTo(app, 'simulator')
  await app.getByRole('button', { name: 'Fire all 22' }).click()
  const result = app.getByRole('region', { name: 'All 22 events' })
  await expect(result.getByText('5 of 5 done')).toBeVisible()
  for (const name of ['Slack', 'Teams', 'Webex']) {
    await showReceiver(app, name)
    const channel = app.getByRole('region', { name: `Channel of ${name}` })
    const posted = channel.getByRole('article', { name: 'Posted', exact: true })
    await expect(posted).toHaveCount(1)
    await expect(posted.getByRole('region', { name: /^The message in/ })).toBeVisible()
  }
})
