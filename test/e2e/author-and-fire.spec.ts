import { startByteRecorder } from '../support/byte-recorder.ts'
import { expect, goTo, newWebhook, row, test } from './app.ts'

const SECRET = 'Bearer sk_live_0123456789abcdef'

test('the first start shows a delivered event within ten seconds', async ({ app }) => {
  await app.getByRole('button', { name: 'Fire a sample to Booked meetings → Echo' }).click()
  const sample = app.getByRole('region', { name: 'The sample that was sent' })
  await expect(sample.getByText('Delivered')).toBeVisible({ timeout: 10_000 })
  await goTo(app, 'deliveries')
  await row(app, 'Booked meetings → Echo').click()
  await expect(app.getByRole('article').getByText('POST /in/echo HTTP/1.1')).toBeVisible()
  await app.getByRole('tab', { name: 'Response' }).click()
  await expect(app.getByText('HTTP/1.1 200 OK')).toBeVisible()
})

test('a webhook written by hand sends, byte for byte, what the inspector shows', async ({
  app,
}) => {
  const recorder = await startByteRecorder()
  await app.getByRole('button', { name: 'Add', exact: true }).click()
  const form = app.getByRole('region', { name: 'New webhook' })
  const field = (label: string) => form.getByLabel(label, { exact: true })
  await field('Name').fill('By hand')
  await field('Event type').selectOption('Meeting')
  await field('Action').selectOption('Cancel')
  await field('Endpoint').fill(`${recorder.origin}/in/../hook?x=a+b`)
  await form.getByRole('button', { name: 'Add header' }).click()
  await form.getByRole('group', { name: 'Header 1' }).getByLabel('Key').fill('X-Source')
  await form.getByRole('group', { name: 'Header 1' }).getByLabel('Value').fill('hookstage test')
  await form.getByRole('button', { name: 'Add header' }).click()
  await form.getByRole('group', { name: 'Header 2' }).getByLabel('Key').fill('Authorization')
  await form
    .getByRole('group', { name: 'Header 2' })
    .getByLabel('Value', { exact: true })
    .fill(SECRET)

  const preview = app.getByRole('region', { name: 'The request it will make' })
  await expect(preview.getByText('POST /in/../hook?x=a+b HTTP/1.1')).toBeVisible()
  await expect(preview.getByRole('row', { name: /X-Source hookstage test/ })).toBeVisible()
  await expect(preview.getByText('Bearer ••••••••cdef')).toBeVisible()
  await app.keyboard.press('Control+s')
  await expect(app.getByRole('region', { name: 'Edit webhook' })).toBeVisible()

  await goTo(app, 'simulator')
  await app.getByRole('main').getByText('Cancel', { exact: true }).click()
  await expect(app.getByText('1 of 6 webhooks')).toBeVisible()
  await app.keyboard.press('Control+Enter')
  const firing = app.getByRole('region', { name: 'Last firing' })
  await expect(firing.getByText('1 of 1 done')).toBeVisible()
  await firing.getByRole('link', { name: 'By hand' }).click()

  const request = recorder.requests[0]
  if (!request) throw new Error('nothing arrived')
  expect(request.head).toContain(`Authorization: ${SECRET}\r\n`)
  const table = app.getByRole('table', { name: 'Request headers, as sent' })
  await expect(table.getByRole('row', { name: 'content-length' })).toBeVisible()
  const shown = await table
    .getByRole('row')
    .evaluateAll((rows) =>
      rows
        .slice(1)
        .map((cells) => [...cells.children].map((cell) => cell.textContent?.trim() ?? '')),
    )
  const sent = request.head
    .split('\r\n')
    .slice(1, -2)
    .map((line) => line.split(': '))
  expect(shown.map(([name]) => name)).toEqual(sent.map(([name]) => name))
  for (const [index, [name = '', value = '']] of sent.entries()) {
    if (name !== 'Authorization') expect(shown[index]?.[1]).toBe(value)
    else expect(shown[index]?.[1]).toContain('Bearer ••••••••cdef')
  }
  await app.getByRole('radiogroup', { name: 'Request body: view' }).getByText('Raw').click()
  const raw = app.getByRole('textbox', { name: /Request body/ })
  await expect(raw).toBeVisible()
  expect(await raw.textContent()).toBe(request.body.toString('utf8'))
  expect(await app.content()).not.toContain('sk_live_0123456789abcdef')
  await recorder.close()
})

test('a failure says why, in words', async ({ app }) => {
  await newWebhook(app, 'Nobody there', 'http://127.0.0.1:9/closed')
  await app.getByRole('button', { name: 'Save and send' }).click()
  await goTo(app, 'deliveries')
  await row(app, 'Nobody there').click()
  await expect(
    app
      .getByRole('article')
      .getByText(/Nothing listens at 127\.0\.0\.1:9/)
      .first(),
  ).toBeVisible()
})
