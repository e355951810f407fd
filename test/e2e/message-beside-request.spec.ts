/** The message beside the bytes: while a webhook is written, and before an event is fired. */
import { expect, goTo, newWebhook, test } from './app.ts'

const SLACK = `https://hooks.slack.com/services/T00000000/B00000000/${'X'.repeat(24)}`

test('the form shows the message or its bytes, and both where there is room', async ({ app }) => {
  const form = await newWebhook(app, 'To the channel', SLACK)
  await form.getByLabel('Event type').selectOption('Meeting')
  await form.getByLabel('Message format').selectOption('Slack')
  const pane = app.getByRole('region', { name: 'The request it will make' })
  const message = pane.getByRole('region', { name: 'The message in Slack' })
  const bytes = pane.getByText(/^POST \/services/)
  await expect(message.getByRole('heading', { name: 'Meeting booked' })).toBeVisible()
  await expect(message.getByText('To the channel')).toBeVisible()
  await expect(bytes).toBeHidden()
  await pane.getByText('Request', { exact: true }).click()
  await expect(bytes).toBeVisible()
  await expect(message).toBeHidden()
  await app.setViewportSize({ width: 2800, height: 800 })
  await expect(message).toBeVisible()
  await expect(bytes).toBeVisible()
  await form.getByLabel('Message format').selectOption('Raw event')
  await expect(pane.getByRole('region', { name: /^The message in/ })).toHaveCount(0)
  await expect(bytes).toBeVisible()
})

test('the values of a Slack message break between words in a narrow preview', async ({ app }) => {
  const form = await newWebhook(app, 'To the channel', SLACK)
  await form.getByLabel('Event type').selectOption('Meeting')
  const zone = app.getByText(/Europe\/Amsterdam\)$/).first()
  await expect(zone).toBeVisible()
  const lines = await zone.evaluate((element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const at = text.textContent?.indexOf('(Europe/Amsterdam)') ?? -1
      if (at < 0) continue
      const range = document.createRange()
      range.setStart(text, at)
      range.setEnd(text, at + '(Europe/Amsterdam)'.length)
      return range.getClientRects().length
    }
    return 0
  })
  expect(lines).toBe(1)
})

test('the simulator shows the message that each receiver would be sent, as it is edited', async ({
  app,
}) => {
  const form = await newWebhook(app, 'To the channel', SLACK)
  await form.getByLabel('Message format').selectOption('Slack')
  await app.getByRole('button', { name: /^Save/ }).first().click()
  await expect(form.or(app.getByRole('region', { name: 'Edit webhook' }))).toBeVisible()
  await goTo(app, 'simulator')
  await app
    .getByRole('button', { name: /^Create 2 active/ })
    .first()
    .click()
  await app.getByRole('button', { name: 'Show message to To the channel' }).click()
  const message = app.getByRole('region', { name: 'The message in Slack' })
  await expect(message.getByRole('heading')).toBeVisible()
  await app.getByLabel('Last name', { exact: true }).first().fill('Quirke-Zamora')
  await expect(message.getByText(/Quirke-Zamora/).first()).toBeVisible()
  await app.getByRole('button', { name: 'Hide message to To the channel' }).click()
  await expect(message).toBeHidden()
})
