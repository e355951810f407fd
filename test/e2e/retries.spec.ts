import type { Page } from '@playwright/test'
import { expect, goTo, newWebhook, row, test } from './app.ts'
import { startLocal } from './local-server.ts'

test.use({ viewport: { width: 1680, height: 900 } })

/** Answers 503 so many times, then 200. */
async function failingServer(failures: number) {
  let seen = 0
  const server = await startLocal((request, response) => {
    request.resume()
    request.on('end', () => {
      seen += 1
      response.writeHead(seen <= failures ? 503 : 200).end()
    })
  })
  return { ...server, seen: () => seen }
}

async function addRetrying(app: Page, name: string, endpoint: string, waits: string) {
  const form = await newWebhook(app, name, endpoint)
  await form.getByText('Delivery', { exact: true }).click()
  await form.getByLabel('Retries').selectOption('Own schedule')
  await form.getByLabel('Waits before each retry').fill(waits)
  await app.getByRole('button', { name: 'Save and send' }).click()
}

test('a failed delivery waits in sight, is tried again, and tells its story', async ({ app }) => {
  const { origin, close } = await failingServer(2)
  await addRetrying(app, 'Flaky', `${origin}/in`, '1 h, 2 h')
  await goTo(app, 'deliveries')
  const line = row(app, 'Flaky')
  await expect(line.getByText('Waiting')).toBeVisible()
  await expect(line.getByText(/^in (59 min|1 h)/)).toBeVisible()
  await line.click()
  const waiting = app.getByRole('region', { name: 'Waiting' })
  await expect(waiting.getByText(/Attempt 2 in (59 min|1 h)/)).toBeVisible()
  await expect(waiting.getByText(/its schedule waits 1 h/)).toBeVisible()
  await expect(app.getByText(/503/).first()).toBeVisible()

  await waiting.getByRole('button', { name: 'Retry now' }).click()
  await expect(waiting.getByText(/Attempt 3 in/)).toBeVisible()
  await app.getByRole('button', { name: /Stage clock ×1/ }).click()
  await app.getByRole('menuitemradio', { name: /×3600/ }).click()
  await expect(app.getByRole('button', { name: /Stage clock ×3600/ })).toBeVisible()
  await expect(line.getByText('Delivered')).toBeVisible({ timeout: 15_000 })

  await app.getByRole('tab', { name: 'Timeline' }).click()
  for (const number of [1, 2, 3]) {
    await expect(app.getByRole('heading', { name: `Attempt ${number}` })).toBeVisible()
  }
  await expect(app.getByText(/as asked; its schedule would have waited 1 h/)).toBeVisible()
  await expect(app.getByText(/on the stage clock: its schedule waits 2 h/)).toBeVisible()
  close()
})

test('retrying can be stopped, for one and for all that wait', async ({ app }) => {
  const { origin, close, seen } = await failingServer(100)
  await addRetrying(app, 'Down', `${origin}/in`, '1 h')
  await goTo(app, 'deliveries')
  await row(app, 'Down').click()
  await app
    .getByRole('region', { name: 'Waiting' })
    .getByRole('button', { name: 'Stop retrying' })
    .click()
  await expect(row(app, 'Down').getByText('Refused')).toBeVisible()
  await expect(app.getByText(/retrying was stopped/).first()).toBeVisible()

  await goTo(app, 'webhooks')
  for (let n = 0; n < 3; n++) {
    await app.getByRole('button', { name: 'Fire a sample to Down' }).click()
    await expect.poll(seen).toBe(n + 2)
  }
  await goTo(app, 'deliveries')
  await expect(app.getByText('3 under way')).toBeVisible()
  await app.getByRole('button', { name: 'Stop retrying all' }).click()
  await expect(row(app, 'Down').getByText('Refused')).toHaveCount(4)
  expect(seen()).toBe(4)
  close()
})

test('while sending is paused nothing leaves, and the page says so', async ({ app }) => {
  const { origin, close, seen } = await failingServer(0)
  await addRetrying(app, 'Held', `${origin}/in`, '1 s')
  await expect.poll(seen).toBe(1)
  await app.getByRole('button', { name: 'Pause sending' }).click()
  const banner = app.getByRole('region', { name: 'Sending is paused' })
  await expect(banner).toBeVisible()
  await goTo(app, 'webhooks')
  await app.getByRole('button', { name: 'Fire a sample to Held' }).click()
  await expect(banner.getByText(/1 delivery waits until you resume/)).toBeVisible()
  expect(seen()).toBe(1)
  await app.reload()
  await expect(banner).toBeVisible()
  await banner.getByRole('button', { name: 'Resume' }).click()
  await expect.poll(seen).toBe(2)
  await expect(banner).toBeHidden()
  close()
})

test('a schedule that is none says which part, and keeps what was typed', async ({ app }) => {
  await app.getByRole('button', { name: 'Add', exact: true }).click()
  const form = app.getByRole('region', { name: 'New webhook' })
  await form.getByText('Delivery', { exact: true }).click()
  await form.getByLabel('Retries').selectOption('Svix')
  await expect(
    form.getByText(/Waits 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h, spread by 20 %/),
  ).toBeVisible()
  await form.getByLabel('Retries').selectOption('Own schedule')
  const waits = form.getByLabel('Waits before each retry')
  await waits.fill('5 s, soon')
  await expect(form.getByText(/“soon” is not a wait/)).toBeVisible()
  await expect(waits).toHaveValue('5 s, soon')
  await form.getByText('Growing waits').click()
  await form.getByLabel('First wait').fill('10')
  await form.getByRole('textbox', { name: 'Factor' }).fill('3')
  await expect(form.getByText(/Waits 10 s, 30 s, 1 min 30 s, 4 min 30 s/)).toBeVisible()
})
