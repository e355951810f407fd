import { execFileSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import type { Locator, Page } from '@playwright/test'
import { startByteRecorder } from '../support/byte-recorder.ts'
import { expect, goTo, newWebhook, row, showReceiver, test } from './app.ts'

test.use({
  viewport: { width: 1680, height: 950 },
  permissions: ['clipboard-read', 'clipboard-write'],
})

/** A form that is filled as far as signing, with the secret that was generated for it. */
async function signedWebhook(app: Page, name: string, endpoint: string, scheme: string) {
  const form = await newWebhook(app, name, endpoint)
  await form.getByText('Signing', { exact: true }).click()
  await form.getByLabel('Scheme').selectOption(scheme)
  await form.getByRole('button', { name: 'Generate' }).click()
  await form.getByRole('button', { name: 'Copy the secret' }).click()
  await expect(form.getByText('Copied')).toBeVisible()
  return { form, secret: await app.evaluate(() => navigator.clipboard.readText()) }
}

async function openDoctor(app: Page): Promise<Locator> {
  await app.keyboard.press('Control+k')
  await app.getByRole('textbox', { name: 'Search or do' }).fill('check a signature')
  await app.getByRole('button', { name: 'Check a signature' }).click()
  return app.getByRole('dialog', { name: 'Check a signature' })
}

/** As a user pastes: typing would close brackets and indent. */
async function paste(app: Page, into: Locator, text: string): Promise<void> {
  await app.evaluate((copied) => navigator.clipboard.writeText(copied), text)
  await into.click()
  await app.keyboard.press('Control+a')
  await app.keyboard.press('Control+v')
}

test('what GitHub’s scheme signs is explained, and verifies outside of Hookstage', async ({
  app,
}) => {
  const recorder = await startByteRecorder()
  const { form, secret } = await signedWebhook(app, 'Signed', `${recorder.origin}/in`, 'GitHub')
  const preview = app.getByRole('region', { name: 'The request it will make' })
  await expect(
    preview.getByRole('row', { name: /X-Hub-Signature-256 sha256=[0-9a-f]{64} signature/ }),
  ).toBeVisible()
  await form.getByRole('button', { name: /^Save/ }).click()
  await expect(app.getByRole('region', { name: 'Edit webhook' })).toBeVisible()
  expect(await app.content()).not.toContain(secret)
  await app.getByRole('button', { name: 'Send this sample' }).click()
  await expect.poll(() => recorder.requests.length).toBe(1)

  const { head, body } = recorder.requests[0] ?? { head: '', body: Buffer.alloc(0) }
  const made = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  expect(head).toContain(`\r\nX-Hub-Signature-256: ${made}\r\n`)

  await goTo(app, 'deliveries')
  await row(app, 'Signed').click()
  await app.getByRole('tab', { name: 'Signature' }).click()
  const delivery = app.getByRole('article')
  await expect(delivery.getByText('Signed as GitHub')).toBeVisible()
  await expect(delivery.getByText('matches the recorded bytes')).toBeVisible()
  const signed = delivery.getByRole('region', { name: 'The signed string' })
  expect(await signed.textContent()).toBe(body.toString('utf8'))
  await expect(
    delivery.getByRole('table', { name: 'Signature headers, as sent' }).getByText(made),
  ).toBeVisible()
  const code = delivery.getByRole('region', { name: 'Receiver code' })
  await expect(code.getByText('createHmac').first()).toBeVisible()
  await code.getByText('Python').click()
  await expect(code.getByText('import hmac')).toBeVisible()
  await recorder.close()
})

test('the parts before the body are told apart, and the preview says what is an example', async ({
  app,
}) => {
  const recorder = await startByteRecorder()
  await signedWebhook(app, 'Standard', `${recorder.origin}/in`, 'Standard Webhooks')
  const preview = app.getByRole('region', { name: 'The request it will make' })
  await expect(preview.getByText(/the time and the signature are new in each/)).toBeVisible()
  await app.getByRole('button', { name: 'Save and send' }).click()
  await expect.poll(() => recorder.requests.length).toBe(1)
  const { head, body } = recorder.requests[0] ?? { head: '', body: Buffer.alloc(0) }
  const header = (name: string) => new RegExp(`${name}: (.*)\r\n`).exec(head)?.[1] ?? ''
  await goTo(app, 'deliveries')
  await row(app, 'Standard').click()
  await app.getByRole('tab', { name: 'Signature' }).click()
  const signed = app.getByRole('region', { name: 'The signed string' })
  await expect(signed.getByTitle('timestamp')).toHaveText(header('webhook-timestamp'))
  expect(await signed.textContent()).toBe(
    `${header('webhook-id')}.${header('webhook-timestamp')}.${body.toString()}`,
  )
  await app.getByRole('button', { name: 'Copy what was signed' }).click()
  await expect
    .poll(() => app.evaluate(() => navigator.clipboard.readText()))
    .toBe(await signed.textContent())
  await recorder.close()
})

test('changing the scheme keeps the secret, a new secret can sign beside it, and drafts stay', async ({
  app,
}) => {
  const { form, secret } = await signedWebhook(app, 'Draft', 'http://127.0.0.1:9/', 'Slack')
  await form.getByLabel('Scheme').selectOption('Stripe')
  const field = form.getByLabel('Secret', { exact: true })
  await expect(field).toHaveValue(secret)
  await form.getByRole('button', { name: 'Rotate' }).click()
  await expect(form.getByLabel('Second secret while rotating')).toHaveValue(secret)
  await expect(field).toHaveValue(/^whsec_/)
  const preview = app.getByRole('region', { name: 'The request it will make' })
  await expect(preview.getByText(/t=\d+,v1=[0-9a-f]{64},v1=[0-9a-f]{64}/)).toBeVisible()
  await goTo(app, 'captures')
  await goTo(app, 'webhooks')
  await expect(field).toHaveValue(/^whsec_/)
})

test('a problem of the signing shows at its field, and the public key outlives saving', async ({
  app,
}) => {
  await app.getByRole('button', { name: 'Add', exact: true }).click()
  const form = app.getByRole('region', { name: /webhook$/ })
  await form.getByLabel('Endpoint', { exact: true }).fill('http://127.0.0.1:9/')
  await form.getByText('Signing', { exact: true }).click()
  await form.getByLabel('Scheme').selectOption('Own scheme')
  await form.getByLabel('Header', { exact: true }).fill('not a name')
  await app.keyboard.press('Control+s')
  await expect(form.getByLabel('Header', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await expect(form.getByText(/Enter the secret that the receiver has too/)).toBeVisible()
  await form.getByLabel('Scheme').selectOption('Standard Webhooks, asymmetric (ed25519)')
  await form.getByRole('button', { name: 'Generate' }).click()
  const key = form.getByRole('region', { name: 'Public key' }).getByText(/^whpk_/)
  const before = await key.textContent()
  await app.keyboard.press('Control+s')
  await expect(app.getByRole('region', { name: 'Edit webhook' })).toBeVisible()
  await expect(form.getByLabel('Private key')).toHaveValue(/•/)
  await expect(key).toHaveText(before ?? '')
})

test('a delivery that is not signed says so, and where to turn it on', async ({ app }) => {
  await app.getByRole('button', { name: 'Fire a sample to Booked meetings → Echo' }).click()
  await goTo(app, 'deliveries')
  await row(app, 'Booked meetings → Echo').click()
  await app.getByRole('tab', { name: 'Signature' }).click()
  await expect(app.getByText(/This webhook signs nothing\. Choose a scheme/)).toBeVisible()
  await app.getByRole('button', { name: 'Open the webhook' }).click()
  await expect(app.getByRole('region', { name: 'Edit webhook' })).toBeVisible()
})

test('the doctor names what is wrong with a pasted request', async ({ app }) => {
  const body = '{"id":"evt_1","note":"a"}'
  const sign = (secret: string, text: string) =>
    `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`
  const request = (signature: string, text: string) =>
    `POST /in HTTP/1.1\r\nX-Hub-Signature-256: ${signature}\r\n\r\n${text}`
  const doctor = await openDoctor(app)
  const text = doctor.getByRole('textbox', { name: 'Request, pasted' })
  const diagnosis = doctor.getByRole('region', { name: 'Diagnosis' })
  await expect(diagnosis.getByText(/Paste a request/)).toBeVisible()

  await paste(app, text, request(sign('s3cret', body), `${body}\n`))
  await expect(doctor.getByLabel('Scheme')).toHaveValue('github')
  await expect(diagnosis.getByText('Enter the secret that the receiver has.')).toBeVisible()
  await doctor.getByLabel('The receiver’s secret').fill('s3cret')
  await expect(diagnosis.getByRole('status')).toContainText(/line break at the end/)
  const tried = diagnosis.getByRole('list', { name: 'What was tried, in order' })
  await expect(tried.getByRole('listitem').last()).toContainText('matches')
  await expect(tried.getByRole('listitem').first()).toContainText('does not match')

  await paste(app, text, request(sign('s3cret', body), body))
  await expect(diagnosis.getByText(/The signature is right/)).toBeVisible()

  const lines = '{\n  "id": "evt_1"\n}'
  await paste(app, text, request(sign('s3cret', lines), lines.replaceAll('\n', '\r\n')))
  await expect(diagnosis.getByRole('status')).toContainText(/between LF and CRLF/)

  await doctor.getByLabel('Scheme').selectOption('Stripe')
  await expect(diagnosis.getByText(/Stripe signs with Stripe-Signature/)).toBeVisible()
  await app.keyboard.press('Escape')
  await expect(doctor).toBeHidden()
})

test('the doctor finds another of the workspace’s secrets, from a delivery and from a capture', async ({
  app,
}) => {
  const echo = await showReceiver(app, 'Echo')
  const url = (await echo.locator('code').textContent()) ?? ''
  await goTo(app, 'webhooks')
  await signedWebhook(app, 'Partner', url, 'GitHub')
  await app.getByRole('button', { name: 'Save and send' }).click()
  await expect(app.getByRole('region', { name: 'The sample that was sent' })).toContainText(
    'Delivered',
  )

  await goTo(app, 'deliveries')
  await row(app, 'Partner').click()
  await app.getByRole('button', { name: 'More for this delivery' }).click()
  await app.getByRole('menuitem', { name: 'Check a signature' }).click()
  const doctor = app.getByRole('dialog', { name: 'Check a signature' })
  const diagnosis = doctor.getByRole('region', { name: 'Diagnosis' })
  await expect(
    diagnosis.getByText(/The signature is right: the secret .* of “Partner”/),
  ).toBeVisible()
  await doctor.getByLabel('Secret', { exact: true }).selectOption('Another one…')
  await doctor.getByLabel('The receiver’s secret').fill('not this one')
  await expect(diagnosis.getByText(/Another secret made this signature: .*“Partner”/)).toBeVisible()
  await app.keyboard.press('Escape')

  await goTo(app, 'captures')
  await row(app, 'POST /in/echo').first().click()
  await app.getByRole('button', { name: 'More for this capture' }).click()
  await app.getByRole('menuitem', { name: 'Check its signature' }).click()
  await expect(doctor.getByLabel('Scheme')).toHaveValue('github')
  await expect(diagnosis.getByText(/The signature is right/)).toBeVisible()
})

test('a capture is checked whole, also where only its beginning is shown', async ({ app }) => {
  const echo = await showReceiver(app, 'Echo')
  const url = (await echo.locator('code').textContent()) ?? ''
  const body = JSON.stringify({ text: 'a'.repeat(300 * 1024) })
  const signature = createHmac('sha256', 's3cret').update(body).digest('hex')
  const header = `X-Hub-Signature-256: sha256=${signature}`
  execFileSync('curl', ['-s', url, '-H', header, '--data-binary', '@-'], { input: body })
  await row(app, 'POST /in/echo').click()
  await expect(app.getByRole('article', { name: 'Capture' })).toBeVisible()
  await app.getByRole('button', { name: 'More for this capture' }).click()
  await app.getByRole('menuitem', { name: 'Check its signature' }).click()
  const doctor = app.getByRole('dialog', { name: 'Check a signature' })
  await expect(doctor.getByLabel('Scheme')).toHaveValue('github')
  await doctor.getByLabel('The receiver’s secret').fill('s3cret')
  await expect(doctor.getByText(/The signature is right/)).toBeVisible()
})
