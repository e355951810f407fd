/** `npm run screenshots`: the README's pictures, from the built app in a real Chromium, made anew. */
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { shootMessages } from './screenshot-messages.ts'
import { chromiumArgs, chromiumPath } from './support/ensure-chromium.ts'
import { startHost } from './support/start-host.ts'

const FOLDER = resolve(import.meta.dirname, '../resources/screenshots')
const SCHEMES = ['light', 'dark'] as const

mkdirSync(FOLDER, { recursive: true })
const browser = await chromium.launch({ executablePath: await chromiumPath(), args: chromiumArgs })
for (const colorScheme of SCHEMES) {
  const host = await startHost()
  const page = await browser.newPage({
    colorScheme,
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  })
  const shoot = (name: string) =>
    page.screenshot({ path: resolve(FOLDER, `${name}-${colorScheme}.png`) })
  await page.goto(host.link)
  await page.getByText('Booked meetings → Echo').waitFor()
  await writeWebhook(page, host.origin)
  await shoot('webhook')
  await fireEvent(page, host.origin)
  await shoot('simulator')
  await openDelivery(page, host.origin)
  await shoot('inspector')
  await openChannel(page, host.origin)
  await shoot('channel')
  await page.close()
  await host.remove()
  await shootMessages(browser, FOLDER, colorScheme)
}
await browser.close()

async function writeWebhook(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/#/webhooks/new`)
  const form = page.getByRole('region', { name: 'New webhook' })
  const field = (label: string) => form.getByLabel(label, { exact: true })
  await field('Name').fill('Meetings → CRM')
  await field('Event type').selectOption('Meeting')
  await field('Endpoint').fill('https://crm.northbridge.example/hooks/meetings')
  await field('Endpoint').press('Tab')
  await form.getByRole('button', { name: 'Add header' }).click()
  const header = form.getByRole('group', { name: 'Header 1' })
  await header.getByLabel('Key').fill('Authorization')
  await page.keyboard.press('Escape')
  await header.getByLabel('Value', { exact: true }).fill('Bearer 9f2c4d51aa70e3b8')
  await page.getByText('Bearer ••••••••e3b8').waitFor()
}

async function fireEvent(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/#/simulator`)
  await page.getByRole('button', { name: 'Fire all 22' }).click()
  await page.getByText('5 of 5 done').waitFor()
  await page.getByRole('button', { name: /^Book 1 active/ }).click()
  await page.getByText('1 of 5 webhooks').waitFor()
  await page.getByText('JSON', { exact: true }).first().click()
}

async function openDelivery(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/#/deliveries`)
  await page.getByRole('row').filter({ hasText: 'Booked meetings' }).first().click()
  await page.getByRole('table', { name: 'Request headers, as sent' }).waitFor()
  await page.getByText('content-length').first().waitFor()
  await page.waitForTimeout(300)
}

/** One message of the firing before, one that was refused as told, one after it. */
async function openChannel(page: Page, origin: string): Promise<void> {
  await showSlack(page, origin)
  await page.getByLabel('How Slack answers').selectOption('410 channel_is_archived')
  await page.getByLabel('How often Slack fails').waitFor()
  await page.goto(`${origin}/#/webhooks`)
  const sent = page.getByRole('region', { name: 'The sample that was sent' })
  for (const outcome of ['Refused', 'Delivered']) {
    await page.getByRole('button', { name: 'Fire a sample to New attendees → Slack' }).click()
    await sent.getByText(outcome, { exact: true }).waitFor()
  }
  await showSlack(page, origin)
  await page.getByRole('article', { name: 'Posted' }).nth(1).waitFor()
  await page.waitForTimeout(300)
}

async function showSlack(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/#/captures`)
  const receivers = page.getByRole('navigation', { name: 'Receivers' })
  await receivers.getByRole('button', { name: 'Slack', exact: true }).click()
}
