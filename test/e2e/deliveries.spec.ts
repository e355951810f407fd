import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { startByteRecorder } from '../support/byte-recorder.ts'
import { expect, goTo, newWebhook, row, showReceiver, test } from './app.ts'
import { startLocal } from './local-server.ts'

test.use({ viewport: { width: 1680, height: 900 } })

const run = promisify(execFile)

async function addWebhook(app: Page, name: string, endpoint: string, secret?: string) {
  await goTo(app, 'webhooks')
  const form = await newWebhook(app, name, endpoint)
  if (secret) {
    await form.getByRole('button', { name: 'Add header' }).click()
    const header = form.getByRole('group', { name: 'Header 1' })
    await header.getByLabel('Key').fill('Authorization')
    await header.getByLabel('Value', { exact: true }).fill(secret)
  }
  await app.getByRole('button', { name: 'Save and send' }).click()
  await expect(app.getByRole('region', { name: 'The sample that was sent' })).toBeVisible()
}

test('what is fired while the list is looked at comes in on top, and its status changes in place', async ({
  app,
}) => {
  const silent = await startLocal()
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

test('Enter opens the delivery that was walked to, whatever came on top of it meanwhile', async ({
  app,
}) => {
  for (const name of ['Booked meetings → Echo', 'Poll answers']) {
    await app.getByRole('button', { name: `Fire a sample to ${name}` }).click()
    await expect(row(app, name).getByText('Delivered')).toBeVisible()
  }
  await goTo(app, 'deliveries')
  const grid = app.getByRole('grid', { name: 'Deliveries, newest first' })
  await expect(grid).toHaveAttribute('aria-rowcount', '2')
  await grid.focus()
  await app.keyboard.press('ArrowDown')
  await expect(grid.locator('[data-active]')).toContainText('Booked meetings → Echo')
  await app.keyboard.press('Control+k')
  await app.getByRole('textbox', { name: 'Search or do' }).fill('Fire Meeting Book')
  await app.keyboard.press('Enter')
  await expect(grid).toHaveAttribute('aria-rowcount', '3')
  await grid.focus()
  await app.keyboard.press('Enter')
  const inspector = app.getByRole('article', { name: 'Delivery to Booked meetings → Echo' })
  await expect(inspector).toBeVisible()
  await expect(grid.getByRole('row').last().locator('[data-current]')).toBeVisible()
})

test('what another page fires comes in on top here, and changes its status without a reload', async ({
  app,
  browser,
  host,
}) => {
  const silent = await startLocal()
  await addWebhook(app, 'Slow', `${silent.origin}/in`)
  await goTo(app, 'deliveries')
  await expect(app.getByRole('row')).toHaveCount(1)
  await app.evaluate(() => document.body.setAttribute('data-never-reloaded', ''))

  const context = await browser.newContext({ viewport: { width: 1680, height: 900 } })
  const other = await context.newPage()
  await other.goto((await host.again()).link)
  await other.getByRole('button', { name: 'Fire a sample to Poll answers' }).click()
  const top = app.getByRole('row').first()
  await expect(top).toContainText('Poll answers')
  await expect(top.getByText('Delivered')).toBeVisible()
  await other.getByRole('button', { name: 'Fire a sample to Slow' }).click()
  await expect(app.getByRole('row')).toHaveCount(3)
  await expect(top).toContainText('Slow')
  await expect(top.getByText('Sending')).toBeVisible()

  await goTo(other, 'deliveries')
  await other.getByRole('row').first().click()
  const inspector = other.getByRole('article', { name: 'Delivery to Slow' })
  await inspector.getByRole('button', { name: 'Cancel' }).click()
  await expect(top.getByText('Cancelled')).toBeVisible()
  await expect(row(app, 'Slow').last().getByText('Sending')).toBeVisible()
  await expect(app.locator('body')).toHaveAttribute('data-never-reloaded', '')
  await context.close()
  silent.close()
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
  await app.getByRole('menuitemradio', { name: 'Sponsor leads → Teams' }).click()
  await expect(rows).toHaveCount(1)
  await app.getByRole('button', { name: /Clear/ }).first().click()

  const search = app.getByRole('searchbox').or(app.getByPlaceholder('Search…')).first()
  await search.fill('POST /closed')
  await expect(rows).toHaveCount(0)
  await expect(app.getByText('No delivery matches.')).toBeVisible()
  await search.fill('meeting.booked')
  await expect(rows).toHaveCount(1)
  await search.fill('POST /in/echo')
  await expect(rows).toHaveCount(2)
  await search.fill('no such text anywhere')
  await expect(app.getByText('No delivery matches.')).toBeVisible()
  await app.getByRole('button', { name: 'Clear filters' }).last().click()
  await expect(rows).toHaveCount(6)
})

test('a copied command has what looks secret masked, says so, and asks the next time', async ({
  app,
}) => {
  await app.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  const echo = await showReceiver(app, 'Echo')
  const url = (await echo.locator('code').first().textContent()) ?? ''
  await app.getByRole('button', { name: 'Import…' }).click()
  const importing = app.getByRole('dialog', { name: 'Import' })
  await importing
    .getByRole('textbox', { name: 'Text to import' })
    .fill(`curl ${url} -d 'name=a&password=hunter22'`)
  await importing.getByRole('button', { name: 'Import 1 request', exact: true }).click()
  const pane = app.getByRole('article', { name: 'Capture' })
  await pane.getByRole('button', { name: 'Replay', exact: true }).click()
  await app.getByRole('menuitem', { name: 'As it is, to where it was for' }).click()
  await app.getByRole('button', { name: 'Show the replay' }).click()
  const text = () => app.evaluate(() => navigator.clipboard.readText())
  await app.getByRole('button', { name: 'Copy cURL' }).click()
  await expect(app.getByText('What looks secret in it is masked.')).toBeVisible()
  expect(await text()).toContain('name=a&password=********')
  await app.getByRole('button', { name: /Copy cURL|Copied/ }).click()
  await app.getByRole('menuitem', { name: /on your clipboard/ }).click()
  await expect.poll(text).toContain('name=a&password=hunter22')
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
  await run('bash', ['-c', masked])
  await expect.poll(() => recorder.requests.length).toBe(2)
  const whole = await copied(/on your clipboard/)
  await run('bash', ['-c', whole])
  await expect.poll(() => recorder.requests.length).toBe(3)
  const [sent, withMask, withSecret] = recorder.requests
  expect(sent?.head).toContain('Authorization: Bearer sk_live_0123456789\r\n')
  // curl spells this one name its own way, of which the page tells.
  await expect(app.getByText('curl writes Host where “host” was sent').first()).toBeVisible()
  const expected = sent?.head.replace('\r\nhost: ', '\r\nHost: ') ?? ''
  expect(withSecret?.head).toBe(expected)
  expect(withSecret?.body).toEqual(sent?.body)
  expect(withMask?.body).toEqual(sent?.body)
  const withoutSecret = (head = '') => head.replace(/^Authorization: .*$/m, 'Authorization:')
  expect(withoutSecret(withMask?.head)).toBe(withoutSecret(expected))
  expect(withMask?.head).not.toContain('sk_live_0123456789')
  await recorder.close()
})

test('what is under way can be cancelled, from the list and from the inspector', async ({
  app,
}) => {
  const silent = await startLocal()
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

test('a body is shown raw, laid out, as a form and as bytes, all of them the same', async ({
  app,
}) => {
  const recorder = await startByteRecorder()
  await addWebhook(app, 'To read', `${recorder.origin}/in`)
  await expect.poll(() => recorder.requests.length).toBe(1)
  const sent = recorder.requests[0]?.body ?? Buffer.alloc(0)
  await goTo(app, 'deliveries')
  await row(app, 'To read').click()
  const view = app.getByRole('radiogroup', { name: 'Request body: view' })
  const lines = (mode: string) =>
    app.getByRole('textbox', { name: `Request body, ${mode}` }).locator('.cm-line')
  await expect(view.getByLabel('Form')).toBeDisabled()
  await view.getByText('Pretty').click()
  await expect(lines('pretty').nth(1)).toHaveText(/^ {2}"id": "evt_/)
  await view.getByText('Hex').click()
  const bytes = app.getByRole('grid', { name: 'Request body, hex' }).getByRole('row').first()
  const hex = sent.subarray(0, 16).toString('hex').replace(/../g, '$& ').trim()
  await expect(bytes).toContainText(hex)
  await view.getByText('Raw').click()
  await expect(lines('raw')).toHaveText([sent.toString('utf8')])

  await goTo(app, 'webhooks')
  await app.getByRole('button', { name: /Fire a sample to Poll answers/ }).click()
  await goTo(app, 'deliveries')
  await row(app, 'Poll answers').click()
  await expect(lines('raw')).toHaveText(/^id=evt_[^&]+&type=poll\.answered&.*=Europe%2FAmsterdam&/)
  await view.getByText('Form').click()
  const fields = app.getByRole('region', { name: 'Form fields' })
  await expect(fields).toContainText('poll.answered')
  await expect(fields).toContainText('Europe/Amsterdam')
  await expect(lines('raw')).toHaveCount(0)
})
