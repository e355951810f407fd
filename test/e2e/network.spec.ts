import { createServer } from 'node:https'
import { makeCertificate } from '../support/test-certificate.ts'
import { expect, goTo, newWebhook, row, test } from './app.ts'
import { startLocal } from './local-server.ts'

test.use({ viewport: { width: 1680, height: 900 } })

test('a certificate that is not trusted can be ignored, and is told of in red', async ({ app }) => {
  const { keyPem, certPem } = makeCertificate({ names: ['127.0.0.1'] })
  const server = createServer({ key: keyPem, cert: certPem }, (request, response) => {
    request.resume()
    request.on('end', () => response.end('ok'))
  })
  const { origin, close } = await startLocal(server)
  await newWebhook(app, 'Self-signed', `${origin}/in`)
  await app.getByRole('button', { name: 'Save and send' }).click()
  const sample = app.getByRole('region', { name: 'The sample that was sent' })
  await expect(sample.getByText('Failed')).toBeVisible()

  const saved = app.getByRole('region', { name: 'Edit webhook' })
  await saved.getByText('Delivery', { exact: true }).click()
  await saved.getByLabel('Certificates').selectOption('Ignore faults')
  await expect(saved.getByText('Certificate not checked').first()).toBeVisible()
  await app.getByRole('button', { name: 'Save and send' }).click()
  await expect(sample.getByText('Delivered')).toBeVisible()
  await expect(row(app, 'Self-signed').getByLabel('Certificate not checked')).toBeVisible()
  await goTo(app, 'deliveries')
  await row(app, 'Self-signed').first().click()
  const inspector = app.getByRole('article', { name: 'Delivery to Self-signed' })
  await expect(inspector.getByText('Certificate not checked').first()).toBeVisible()
  await app.getByRole('tab', { name: 'Timeline' }).click()
  await expect(
    inspector.getByText(/used all the same: the certificate is self-signed/),
  ).toBeVisible()
  await expect(inspector.getByText(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)).toBeVisible()
  await goTo(app, 'settings')
  await app.getByRole('radiogroup', { name: 'Certificates' }).getByText('Ignore faults').click()
  await expect(app.getByText(/Anyone between you and a server/)).toBeVisible()
  await goTo(app, 'webhooks')
  await row(app, 'Self-signed').getByRole('link').first().click()
  await saved.getByText('Delivery', { exact: true }).click()
  await saved.getByLabel('Certificates').selectOption('As in Settings')
  await expect(saved.getByText('Certificate not checked').first()).toBeVisible()
  await expect(row(app, 'Poll answers → Echo').getByLabel('Certificate not checked')).toHaveCount(0)
  close()
})

test('network settings are checked, kept, and never show the proxy’s password', async ({ app }) => {
  await goTo(app, 'settings')
  await app.getByLabel('Proxy', { exact: true }).fill('proxy.example.com')
  await app.getByRole('button', { name: 'Save the network settings' }).click()
  await expect(app.getByText('Write the proxy like http://proxy.example.com:3128.')).toBeVisible()
  await app.getByLabel('Proxy', { exact: true }).fill('http://proxy.example.com:3128')
  await app.getByLabel('User and password').fill('me:hunter22hunter')
  const authority = makeCertificate({ commonName: 'Own authority' })
  await app.getByLabel('Own authorities, PEM').fill(authority.certPem)
  await app.getByRole('button', { name: 'Save the network settings' }).click()
  await expect(app.getByText('CN=Own authority')).toBeVisible()
  await app.reload()
  await expect(app.getByLabel('Proxy', { exact: true })).toHaveValue(
    'http://proxy.example.com:3128',
  )
  expect(await app.content()).not.toContain('hunter22')
})

test('a webhook has a proxy and authorities of its own, beside its other choices', async ({
  app,
}) => {
  const authority = makeCertificate({ commonName: 'Own authority' })
  const form = await newWebhook(app, 'By its own way', 'http://127.0.0.1:9/in')
  await form.getByText('Delivery', { exact: true }).click()
  await expect(form.getByLabel('Proxy', { exact: true })).toHaveValue('workspace')
  await form.getByRole('combobox', { name: 'Proxy' }).selectOption('Its own')
  const url = form.getByRole('textbox', { name: 'Proxy' })
  await url.fill('proxy.example.com')
  await app.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(form.getByText('Write the proxy like http://proxy.example.com:3128.')).toBeVisible()
  await url.fill('http://proxy.example.com:3128')
  await form.getByLabel('User and password').fill('me:hunter22hunter')
  await form.getByLabel('Own authorities, PEM').fill(authority.certPem)
  await expect(form.getByText('CN=Own authority')).toBeVisible()
  await app.getByRole('button', { name: 'Save', exact: true }).click()
  const saved = app.getByRole('region', { name: 'Edit webhook' })
  await app.reload()
  await row(app, 'By its own way').getByRole('link').first().click()
  await expect(
    saved.getByText(/proxy http:\/\/proxy\.example\.com:3128 · own authorities/),
  ).toBeVisible()
  await saved.getByText('Delivery', { exact: true }).click()
  await expect(saved.getByRole('combobox', { name: 'Proxy' })).toHaveValue('own')
  await expect(saved.getByLabel('User and password')).toHaveValue(/^me:•+$/)
  expect(await app.content()).not.toContain('hunter22')
})
