import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import type { DeliveryId, EventId } from '#contract'
import { claimDataFolder } from '../../src-main/store/data-folder.ts'
import { openStore } from '../../src-main/store/index.ts'
import { startByteRecorder } from '../support/byte-recorder.ts'
import { attemptWith, FINAL, storedWebhook } from '../support/factories.ts'
import { connectHost } from '../support/host-client.ts'
import { startHost } from '../support/start-host.ts'
import { expect, goTo, row, test } from './app.ts'

test.use({ viewport: { width: 1680, height: 900 } })

const run = promisify(execFile)

async function addWebhook(app: Page, name: string, endpoint: string, secret?: string) {
  await goTo(app, 'webhooks')
  await app.getByRole('button', { name: 'Add', exact: true }).click()
  const form = app.getByRole('region', { name: 'New webhook' })
  await form.getByLabel('Name', { exact: true }).fill(name)
  await form.getByLabel('Endpoint', { exact: true }).fill(endpoint)
  if (secret) {
    await form.getByRole('button', { name: 'Add header' }).click()
    const header = form.getByRole('group', { name: 'Header 1' })
    await header.getByLabel('Key').fill('Authorization')
    await header.getByLabel('Value', { exact: true }).fill(secret)
  }
  await app.getByRole('button', { name: 'Save and send' }).click()
  await expect(app.getByRole('region', { name: 'The sample that was sent' })).toBeVisible()
}

/** Takes requests and never answers them. */
async function silentServer() {
  const server = createServer(() => undefined)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { origin: `http://127.0.0.1:${port}`, close }
}

test('what is fired while the list is looked at comes in on top, and its status changes in place', async ({
  app,
}) => {
  const silent = await silentServer()
  await addWebhook(app, 'Slow', `${silent.origin}/in`)
  await goTo(app, 'deliveries')
  await expect(row(app, 'Slow').getByText('Sending')).toBeVisible()
  await app.keyboard.press('Control+k')
  await app.getByRole('textbox', { name: 'Search or do' }).fill('Fire Meeting Book')
  await app.keyboard.press('Enter')
  await expect(app.getByRole('row').first()).toContainText('Booked meetings → Echo')
  await expect(row(app, 'Booked meetings → Echo').getByText('Delivered')).toBeVisible()
  silent.close()
  await expect(row(app, 'Slow').getByText('Failed')).toBeVisible()
})

test('the list is narrowed down by status, event, webhook and text, and back again', async ({
  app,
}) => {
  await goTo(app, 'simulator')
  await app.getByRole('button', { name: 'Fire all 22' }).click()
  await addWebhook(app, 'Nobody there', 'http://127.0.0.1:9/closed')
  await goTo(app, 'deliveries')
  const rows = app.getByRole('row')
  await expect(rows).toHaveCount(6)

  await app.getByRole('button', { name: 'Status' }).click()
  await app.getByRole('menuitemcheckbox', { name: 'Failed' }).click()
  await app.keyboard.press('Escape')
  await expect(rows).toHaveCount(1)
  await expect(rows.first()).toContainText('Nobody there')
  await goTo(app, 'settings')
  await goTo(app, 'deliveries')
  await expect(rows).toHaveCount(1)
  await app.getByRole('button', { name: 'Clear filters' }).click()
  await expect(rows).toHaveCount(6)

  await app.getByRole('button', { name: 'Event', exact: true }).click()
  await app.getByRole('menuitemcheckbox', { name: 'Meeting · Book' }).click()
  await app.keyboard.press('Escape')
  await expect(rows).toHaveCount(1)
  await expect(rows.first()).toContainText('Booked meetings → Echo')
  await app
    .getByRole('button', { name: /^Event/ })
    .first()
    .click()
  await app.getByRole('menuitemcheckbox', { name: 'Meeting · Book' }).click()
  await app.keyboard.press('Escape')

  await app.getByRole('button', { name: 'Webhook', exact: true }).click()
  await app.getByRole('menuitemradio', { name: 'Sponsor leads → Echo' }).click()
  await expect(rows).toHaveCount(1)
  await app.getByRole('button', { name: /Clear/ }).first().click()

  const search = app.getByRole('searchbox').or(app.getByPlaceholder('Search…')).first()
  await search.fill('POST /closed')
  await expect(rows).toHaveCount(0)
  await expect(app.getByText('No delivery matches.')).toBeVisible()
  await search.fill('meeting.booked')
  await expect(rows).toHaveCount(1)
  await search.fill('no such text anywhere')
  await expect(app.getByText('No delivery matches.')).toBeVisible()
  await app.getByRole('button', { name: 'Clear filters' }).last().click()
  await expect(rows).toHaveCount(6)
})

test('the copied command sends the same bytes, with the secret only when asked for', async ({
  app,
}) => {
  const recorder = await startByteRecorder()
  await app.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await addWebhook(app, 'To copy', `${recorder.origin}/in?x=1`, 'Bearer sk_live_0123456789')
  await expect.poll(() => recorder.requests.length).toBe(1)
  await goTo(app, 'deliveries')
  await row(app, 'To copy').click()
  const copied = async (choice: RegExp) => {
    await app.getByRole('button', { name: /Copy cURL|Copied/ }).click()
    await app.getByRole('menuitem', { name: choice }).click()
    await expect(app.getByRole('button', { name: 'Copied' })).toBeVisible()
    const text = await app.evaluate(() => navigator.clipboard.readText())
    await expect(app.getByRole('button', { name: 'Copy cURL' })).toBeVisible()
    return text
  }
  const masked = await copied(/masked/)
  expect(masked).not.toContain('sk_live_0123456789')
  const whole = await copied(/on your clipboard/)
  await run('bash', ['-c', whole])
  await expect.poll(() => recorder.requests.length).toBe(2)
  const [first, second] = recorder.requests
  expect(second?.body.equals(first?.body ?? Buffer.alloc(0))).toBe(true)
  expect(second?.head).toContain('Authorization: Bearer sk_live_0123456789\r\n')
  await recorder.close()
})

test('what is under way can be cancelled, from the list and from the inspector', async ({
  app,
}) => {
  const silent = await silentServer()
  await addWebhook(app, 'Silent', `${silent.origin}/in`)
  await goTo(app, 'deliveries')
  await expect(row(app, 'Silent').getByText('Sending')).toBeVisible()
  await row(app, 'Silent').getByRole('checkbox').check()
  await app.getByRole('button', { name: 'Cancel the chosen (1)' }).click()
  await expect(row(app, 'Silent').getByText('Cancelled')).toBeVisible()

  await goTo(app, 'webhooks')
  await app.getByRole('button', { name: 'Fire a sample to Silent' }).click()
  await goTo(app, 'deliveries')
  await app.getByRole('row').first().click()
  const inspector = app.getByRole('article', { name: 'Delivery to Silent' })
  await inspector.getByRole('button', { name: 'Cancel' }).click()
  await expect(inspector.getByText(/Cancelled while the request was on its way/)).toBeVisible()
  silent.close()
})

test('a body is shown raw, laid out, as a form and as bytes', async ({ app }) => {
  await app.getByRole('button', { name: /Fire a sample to Poll answers/ }).click()
  await goTo(app, 'deliveries')
  await row(app, 'Poll answers').click()
  const view = app.getByRole('radiogroup', { name: 'Request body: view' })
  await view.getByText('Raw').click()
  await expect(app.getByRole('textbox', { name: /Request body/ })).toContainText('%')
  await view.getByText('Form').click()
  await expect(app.getByText('poll.answered').first()).toBeVisible()
  await view.getByText('Hex').click()
  await expect(app.getByText(/^00000000/).first()).toBeVisible()
})

test('thousands of deliveries are walked by keyboard and wheel, and the chosen one stays', async ({
  page,
}) => {
  const host = await startHost()
  await host.stop()
  await fill(host.dataDir, 3_000)
  const again = await host.again()
  const { client, close } = await connectHost({ link: again.link, origin: again.origin })
  expect((await client.delivery.list({ filter: {}, limit: 1 })).items).toHaveLength(1)
  close()
  await again.stop()
  const third = await again.again()
  await page.goto(third.link)
  await page.goto(`${third.origin}/#/deliveries`)
  await expect(page.getByRole('row').filter({ hasText: 'Filled' }).first()).toBeVisible()
  await page.getByRole('row').first().click()
  const address = page.url()
  const grid = page.getByRole('grid', { name: 'Deliveries, newest first' })
  await grid.focus()
  const last = grid.getByRole('row').last()
  await expect(async () => {
    await page.keyboard.press('End')
    await expect(last).toContainText('404', { timeout: 200 })
  }).toPass({ timeout: 25_000, intervals: [20] })
  expect(page.url()).toBe(address)
  await page.keyboard.press('Home')
  await expect(grid.getByRole('row').first()).toContainText('200')
  await grid.hover()
  await page.mouse.wheel(0, 20_000)
  await expect(grid.getByRole('row').first()).toContainText(/[1-9][0-9]? h ago/)
  await third.remove()
})

/** Finished deliveries, the first of them refused. */
async function fill(dataDir: string, count: number) {
  const folder = claimDataFolder(dataDir)
  const store = openStore(folder, Date.now())
  const webhookId = storedWebhook(store, { name: 'Filled' })
  const version = store.webhooks.get(webhookId)?.version
  if (version === undefined) throw new Error('no webhook')
  for (let from = 0; from < count; from += 500) {
    const ends = Array.from({ length: 500 }, (_, i) => {
      const number = from + i
      const [delivery] = store.log.record(
        {
          id: `evt_${number}` as EventId,
          event: 'meeting.booked',
          source: 'simulator',
          payloadText: '{}',
          createdAtMs: Date.now() - (count - number) * 60_000,
        },
        [{ id: `dlv_${number}` as DeliveryId, webhookVersion: version }],
      )
      if (!delivery) throw new Error('no delivery')
      const refused = { code: 'http_status', httpStatus: 404 } as const
      return store.log.finishAttempt(attemptWith(delivery, number === 0 ? refused : {}), FINAL)
    })
    await Promise.all(ends)
  }
  store.close()
  folder.release()
}
