/** Why a delivery is still queued is on the page while it is, and can be ended there. */
import type { Page } from '@playwright/test'
import { expect, goTo, newWebhook, row, test } from './app.ts'
import { startLocal } from './local-server.ts'

test.use({ viewport: { width: 1680, height: 900 } })

const PATH = '/services/T0AAAAAAA/B0BBBBBBB/abcdefghijklmnopqrstuvwx'

/** Answers as Slack does: `ok`, but for the first requests, of which it asks to wait a minute. */
async function slackLike(refusals: number) {
  let seen = 0
  const server = await startLocal((request, response) => {
    request.resume()
    request.on('end', () => {
      seen += 1
      if (seen <= refusals) response.writeHead(429, { 'Retry-After': '60' }).end()
      else response.writeHead(200, { 'Content-Type': 'text/html' }).end('ok')
    })
  })
  return { ...server, seen: () => seen }
}

async function addSlack(app: Page, origin: string) {
  await newWebhook(app, 'Room', origin + PATH)
  await app.getByRole('button', { name: 'Save and send' }).click()
}

async function fireAgain(app: Page, times: number) {
  await goTo(app, 'webhooks')
  for (let n = 0; n < times; n++) {
    await app.getByRole('button', { name: 'Fire a sample to Room' }).click()
  }
}

test('what comes faster than Slack takes it waits for its pace, in sight', async ({ app }) => {
  const { origin, close, seen } = await slackLike(0)
  await addSlack(app, origin)
  await expect.poll(seen).toBe(1)
  await fireAgain(app, 6)
  await goTo(app, 'deliveries')
  // The newest is on top, and goes last.
  const newest = row(app, 'Room').first()
  await expect(newest.getByTitle(/^Slack takes one message a second at a webhook\./)).toBeVisible()
  await newest.click()
  const queued = app.getByRole('region', { name: 'Queued' })
  await expect(queued.getByText(/Slack takes one message a second at a webhook\./)).toBeVisible()
  await expect(row(app, 'Room').getByText('Delivered')).toHaveCount(7, { timeout: 15_000 })
  await expect(queued).toBeHidden()
  close()
})

test('an endpoint that asks for a wait is held back until then, or until it is sent now', async ({
  app,
}) => {
  const { origin, close, seen } = await slackLike(1)
  await addSlack(app, origin)
  await expect.poll(seen).toBe(1)
  await fireAgain(app, 1)
  await goTo(app, 'deliveries')
  await row(app, 'Room').first().click()
  const queued = app.getByRole('region', { name: 'Queued' })
  await expect(queued.getByText(/Still queued in (1 min|5\d)/)).toBeVisible()
  await expect(
    queued.getByText(/The endpoint asked for a wait \(Retry-After\)\. It may go at/),
  ).toBeVisible()
  expect(seen()).toBe(1)
  await queued.getByRole('button', { name: 'Send now' }).click()
  await expect(row(app, 'Room').first().getByText('Delivered')).toBeVisible()
  await expect(queued).toBeHidden()
  await row(app, 'Room').last().click()
  await expect(app.getByText(/Slack asks to wait 60 s\./).first()).toBeVisible()
  close()
})

test('what is paused says so, and can be resumed from there', async ({ app }) => {
  const { origin, close, seen } = await slackLike(0)
  await addSlack(app, origin)
  await expect.poll(seen).toBe(1)
  await app.getByRole('button', { name: 'Pause sending' }).click()
  await fireAgain(app, 1)
  await goTo(app, 'deliveries')
  await expect(row(app, 'Room').first().getByText('paused')).toBeVisible()
  await row(app, 'Room').first().click()
  const queued = app.getByRole('region', { name: 'Queued' })
  await expect(queued.getByText('Sending is paused.')).toBeVisible()
  await queued.getByRole('button', { name: 'Resume sending' }).click()
  await expect.poll(seen).toBe(2)
  close()
})
