import type { Page } from '@playwright/test'
import { expect, goTo, newWebhook, row, test } from './app.ts'
import { startLocal } from './local-server.ts'

test.use({ viewport: { width: 1680, height: 900 } })

const KIB = 1024

/** Answers every request the same. */
function serverAnswering(contentType: string, body: string) {
  return startLocal((request, response) => {
    request.resume()
    response.writeHead(200, { 'content-type': contentType, 'X-Twice': ['one', 'two'] }).end(body)
  })
}

async function openDeliveryTo(app: Page, endpoint: string) {
  await newWebhook(app, 'Answered', endpoint)
  await app.getByRole('button', { name: 'Save and send' }).click()
  await expect(app.getByRole('region', { name: 'The sample that was sent' })).toBeVisible()
  await goTo(app, 'deliveries')
  await expect(row(app, 'Answered').getByText('Delivered')).toBeVisible()
  await row(app, 'Answered').click()
  return app.getByRole('article', { name: 'Delivery to Answered' })
}

test('an answer is shown as it came, laid out and as bytes, and the timeline says where its time went', async ({
  app,
}) => {
  const server = await serverAnswering('application/json', '{"b":1.0,"a":[]}')
  const inspector = await openDeliveryTo(app, `${server.origin}/in`)
  await inspector.getByRole('tab', { name: 'Response' }).click()
  await expect(inspector.getByText('HTTP/1.1 200 OK')).toBeVisible()
  const headers = inspector.getByRole('table', { name: 'Response headers, as received' })
  await expect(headers.getByRole('row', { name: /^X-Twice/ })).toHaveText([
    'X-Twiceone',
    'X-Twicetwo',
  ])
  const view = inspector.getByRole('radiogroup', { name: 'Response body: view' })
  await expect(view.getByLabel('Form')).toBeDisabled()
  const text = (mode: string) =>
    inspector.getByRole('textbox', { name: `Response body, ${mode}` }).locator('.cm-line')
  await expect(text('pretty')).toHaveText(['{', '  "b": 1.0,', '  "a": []', '}'])
  await view.getByText('Raw').click()
  await expect(text('raw')).toHaveText(['{"b":1.0,"a":[]}'])
  await view.getByText('Hex').click()
  await expect(
    inspector.getByRole('grid', { name: 'Response body, hex' }).getByRole('row').first(),
  ).toContainText('7b 22 62 22 3a 31 2e 30')

  await inspector.getByRole('tab', { name: 'Timeline' }).click()
  const attempt = inspector.getByRole('region', { name: 'Attempt 1' })
  for (const phase of ['Connect', 'Send', 'Wait for the answer', 'Receive']) {
    await expect(attempt.getByText(phase, { exact: true })).toBeVisible()
  }
  await expect(attempt.getByText('TLS handshake')).toHaveCount(0)
  server.close()
})

test('of a large body the beginning is shown, and all of it when asked for', async ({ app }) => {
  const body = `${'line of filling\n'.repeat((300 * KIB) / 16)}the very end`
  const server = await serverAnswering('text/plain', body)
  const inspector = await openDeliveryTo(app, `${server.origin}/in`)
  await inspector.getByRole('tab', { name: 'Response' }).click()
  await expect(inspector.getByText(/^The first 256 .* are shown\.$/)).toBeVisible()
  const raw = inspector.getByRole('textbox', { name: 'Response body, raw' })
  await raw.focus()
  await app.keyboard.press('Control+End')
  await expect(raw.locator('.cm-line').last()).not.toContainText('the very end')
  await inspector.getByRole('button', { name: 'Load all' }).click()
  await expect(inspector.getByText(/^The first /)).toHaveCount(0)
  await raw.focus()
  await app.keyboard.press('Control+End')
  await expect(raw.getByText('the very end')).toBeVisible()
  server.close()
})
