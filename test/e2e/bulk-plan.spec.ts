/** A bulk replay while it is planned: what happens to it when the host dies, or the world changes. */
import { execFileSync } from 'node:child_process'
import type { Page } from '@playwright/test'
import { connectHost } from '../support/host-client.ts'
import { expect, showReceiver, test } from './app.ts'
import { CUT } from './line.ts'
import { startLocal } from './local-server.ts'

/** Opens the plan of two requests that Echo got. */
async function openPlan(app: Page) {
  const echo = await showReceiver(app, 'Echo')
  const url = (await echo.locator('code').first().textContent()) ?? ''
  await expect(app.getByRole('button', { name: 'Replay all that are listed' })).toBeDisabled()
  for (const body of ['one', 'two']) execFileSync('curl', ['-s', url, '-d', body])
  await expect(app.getByRole('row')).toHaveCount(2)
  await app.getByRole('button', { name: 'Replay all that are listed' }).click()
  const dialog = app.getByRole('dialog', { name: 'Replay in bulk' })
  return { dialog, dryRun: dialog.getByRole('region', { name: 'What would be sent' }) }
}

test('a plan outlives its host: it is read again, and what was typed stays', async ({
  app,
  host,
  allowed,
}) => {
  allowed.push(CUT)
  const receiver = await startLocal((request, response) => {
    request.resume()
    request.on('end', () => response.end('ok'))
  })
  const { dialog, dryRun } = await openPlan(app)
  await expect(dryRun.getByText('2 of 2 captures would be sent')).toBeVisible()
  await host.kill()
  await expect(app.getByText(/Hookstage is away\. Trying again/)).toBeVisible()
  await dialog.getByLabel('To', { exact: true }).selectOption('One URL…')
  await dialog.getByLabel('URL', { exact: true }).fill(`${receiver.origin}/in`)
  const again = await host.again()
  await expect(dryRun.getByText(receiver.origin)).toBeVisible({ timeout: 20_000 })
  await expect(dialog.getByRole('alert')).toHaveCount(0)
  await expect(dialog.getByLabel('URL', { exact: true })).toHaveValue(`${receiver.origin}/in`)
  await dialog.getByRole('button', { name: 'Send 2' }).click()
  await expect(app.getByRole('article', { name: 'Bulk replay' })).toContainText('Done: 2 of 2')
  await again.remove()
  receiver.close()
})

test('a start that is refused says why, and looks again what would be sent', async ({
  app,
  host,
}) => {
  const { dialog, dryRun } = await openPlan(app)
  await dialog.getByLabel('To', { exact: true }).selectOption('Booked meetings → Echo')
  await expect(dryRun.getByText('this machine')).toBeVisible()
  const send = dialog.getByRole('button', { name: 'Send 2' })
  await expect(send).toBeEnabled()

  const token = await app.evaluate(() => sessionStorage.getItem('hookstage.session'))
  const { client, close } = await connectHost(host, token ?? '')
  const [webhook] = (await client.webhook.list()).filter(({ name }) => name.startsWith('Booked'))
  if (!webhook) throw new Error('no such webhook')
  const endpoint = { kind: 'plain', text: 'http://partner.example/in' } as const
  await client.webhook.save({ webhookId: webhook.id, draft: { ...webhook, endpoint } })
  close()

  await send.click()
  await expect(dialog.getByRole('alert')).toContainText('Confirm that it may go to partner.example')
  await expect(send).toBeDisabled()
  await dryRun.getByLabel('Send to partner.example').check()
  await expect(dialog.getByRole('alert')).toHaveCount(0)
  await expect(send).toBeEnabled()
})

test('the key that pauses a run resumes it, and the focus outlives the buttons', async ({
  app,
}) => {
  const held: (() => void)[] = []
  const receiver = await startLocal((request, response) => {
    request.resume()
    request.on('end', () => held.push(() => response.end('ok')))
  })
  const { dialog } = await openPlan(app)
  await dialog.getByLabel('To', { exact: true }).selectOption('One URL…')
  await dialog.getByLabel('URL', { exact: true }).fill(`${receiver.origin}/in`)
  await dialog.getByLabel('At once').fill('1')
  await dialog.getByRole('button', { name: 'Send 2' }).click()
  const run = app.getByRole('article', { name: 'Bulk replay' })
  await expect.poll(() => held.length).toBe(1)
  await run.getByRole('button', { name: 'Pause' }).press('Enter')
  await expect(run.getByRole('button', { name: 'Resume' })).toBeFocused()
  await app.keyboard.press('Enter')
  await expect(run.getByRole('button', { name: 'Pause' })).toBeFocused()
  held[0]?.()
  await expect.poll(() => held.length).toBe(2)
  await run.getByRole('button', { name: 'Cancel the rest' }).press('Enter')
  const allRuns = run.getByRole('button', { name: 'All runs' })
  await expect(allRuns).toBeFocused()
  held[1]?.()
  await expect(run.getByRole('button', { name: 'Forget this run' })).toBeVisible()
  await expect(allRuns).toBeFocused()
  await app.keyboard.press('Enter')
  const runs = app.getByRole('dialog', { name: 'Bulk replays' })
  await expect(runs.getByRole('list', { name: 'Bulk replays' }).locator(':focus')).toHaveCount(1)
  receiver.close()
})
