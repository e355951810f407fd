import { expect, goTo, row, showReceiver, test } from './app.ts'

test.use({ viewport: { width: 1680, height: 900 } })

test('a captured request becomes a payload, a sample and a webhook', async ({ app }) => {
  const echo = await showReceiver(app, 'Echo')
  const url = (await echo.locator('code').first().textContent()) ?? ''
  const body = '{"type":"poll.answered","data":{"answer":{"rating":12345678901234567890}}}'
  await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', 'x-source': 'the real thing' },
  })
  await row(app, 'POST /in/echo').click()
  await app.getByRole('button', { name: 'Make an event…' }).click()
  const dialog = app.getByRole('dialog', { name: 'Make an event' })
  await expect(dialog.getByLabel('Event', { exact: true })).toHaveValue('poll.answered')
  await expect(dialog.getByText('12345678901234567890')).toBeVisible()

  await dialog.getByRole('button', { name: 'Keep as sample' }).click()
  await expect(dialog.getByText('It needs a name.')).toBeVisible()
  await dialog.getByLabel('Name of a sample').fill('A rating beyond all bounds')
  await dialog.getByLabel('Name of a sample').press('Enter')
  await app.getByRole('button', { name: 'Open in the simulator' }).click()
  await expect(app.getByRole('heading', { level: 1, name: 'Simulator' })).toBeVisible()
  await app.getByText('JSON', { exact: true }).click()
  await expect(app.getByText('12345678901234567890')).toBeVisible()
  await app.getByRole('button', { name: /Keep as sample/ }).click()
  await expect(
    app.getByRole('button', { name: 'A rating beyond all bounds', exact: true }),
  ).toBeVisible()
  await app.keyboard.press('Escape')

  await goTo(app, 'captures')
  await row(app, 'POST /in/echo').click()
  await app.getByRole('button', { name: 'Make an event…' }).click()
  await dialog.getByRole('button', { name: 'Draft a webhook' }).click()
  const form = app.getByRole('region', { name: 'New webhook' })
  await expect(form.getByLabel('Endpoint', { exact: true })).toHaveValue(url)
  await expect(form.locator('input[value="the real thing"]')).toBeVisible()

  // What was captured is what is shown and sent, before and after it is saved.
  const preview = app.getByRole('region', { name: 'The request it will make' })
  const sample = preview.getByLabel('Sample event')
  await expect(sample.locator('option:checked')).toHaveText('Poll · Answer, as recorded')
  await expect(preview.getByText('12345678901234567890')).toBeVisible()
  await sample.selectOption('Poll · Answer')
  await expect(preview.getByText('12345678901234567890')).toBeHidden()
  await sample.selectOption('Poll · Answer, as recorded')
  await preview.getByRole('button', { name: 'Save and send' }).click()
  await expect(preview.getByRole('button', { name: 'Send this sample' })).toBeVisible()
  await expect(preview.getByText('12345678901234567890')).toBeVisible()
  await goTo(app, 'captures')
  const sent = app.getByRole('article', { name: 'Capture' })
  await app.getByRole('row').filter({ hasText: 'POST /in/echo' }).first().click()
  await expect(sent.getByText('12345678901234567890')).toBeVisible()
  await expect(sent.getByText('Hookstage/')).toBeVisible()

  // A form that is begun anew has a sample of its own.
  await goTo(app, 'webhooks')
  await app.getByRole('button', { name: 'Add', exact: true }).click()
  await form.getByLabel('Event type').selectOption('Poll')
  await expect(sample.locator('option')).not.toContainText(['as recorded'])
})

test('a body that names no event is mapped by hand, and one without JSON is refused in words', async ({
  app,
}) => {
  const echo = await showReceiver(app, 'Echo')
  const url = (await echo.locator('code').first().textContent()) ?? ''
  await fetch(url, { method: 'POST', body: '{"ping":true}' })
  await row(app, 'POST /in/echo').click()
  await app.getByRole('button', { name: 'Make an event…' }).click()
  const dialog = app.getByRole('dialog', { name: 'Make an event' })
  await expect(dialog.getByRole('button', { name: 'Open in the simulator' })).toBeDisabled()
  await dialog.getByLabel('Event', { exact: true }).selectOption('poll.created')
  await dialog.getByText('It is the event’s data').click()
  await expect(dialog.getByText('"type"')).toBeVisible()
  await dialog.getByRole('button', { name: 'Draft a webhook' }).click()
  await expect(app.getByRole('region', { name: 'New webhook' })).toBeVisible()

  await fetch(`${url}/other`, { method: 'PUT', body: 'hello' })
  await goTo(app, 'captures')
  await row(app, 'PUT /in/echo').click()
  await app.getByRole('button', { name: 'Make an event…' }).click()
  await expect(dialog.getByText(/neither JSON nor a form/)).toBeVisible()
})
