import type { Page } from '@playwright/test'
import { expect, goTo, row, type Screen, showReceiver, test } from './app.ts'
import { expectSound } from './sound.ts'

const SCREENS: readonly Screen[] = ['webhooks', 'simulator', 'deliveries', 'captures', 'settings']
const SIZES = [
  { width: 1280, height: 800 },
  { width: 960, height: 600 },
]

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every screen is accessible, empty and filled, in ${colorScheme}`, async ({ app }) => {
    test.setTimeout(120_000)
    await app.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const size of SIZES) {
      await app.setViewportSize(size)
      for (const screen of SCREENS) {
        await goTo(app, screen)
        await expectSound(app, `${screen} at ${size.width}`)
      }
    }
    await app.setViewportSize({ width: 1280, height: 800 })
    await goTo(app, 'simulator')
    await app.getByRole('button', { name: 'Fire all 22' }).click()
    await goTo(app, 'deliveries')
    await row(app, 'Session joins').first().click()
    for (const tab of ['Request', 'Response', 'Timeline', 'Signature']) {
      await app.getByRole('tab', { name: tab }).click()
      await expectSound(app, `inspector, ${tab}`)
    }
    await goTo(app, 'captures')
    await expectSound(app, 'captures, filled')
    await goTo(app, 'webhooks')
    await app.keyboard.press('n')
    await expect(app.getByRole('region', { name: 'New webhook' })).toBeVisible()
    await expectSound(app, 'the form')
  })
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`signing, the Signature tab and the doctor are accessible in ${colorScheme}`, async ({
    app,
  }) => {
    test.setTimeout(120_000)
    await app.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await app.keyboard.press('n')
    const form = app.getByRole('region', { name: 'New webhook' })
    await form.getByLabel('Name', { exact: true }).fill('Signed')
    await form.getByLabel('Endpoint', { exact: true }).fill('http://127.0.0.1:9/in')
    await form.getByText('Signing', { exact: true }).click()
    for (const scheme of ['Own scheme', 'Standard Webhooks, asymmetric (ed25519)']) {
      await form.getByLabel('Scheme').selectOption(scheme)
      await form.getByRole('button', { name: 'Generate' }).click()
      await expectSound(app, `the form, ${scheme}`)
    }
    await form.getByLabel('Endpoint', { exact: true }).fill(await echoUrl(app))
    await app.getByRole('button', { name: 'Save and send' }).click()
    await goTo(app, 'deliveries')
    await row(app, 'Signed').click()
    for (const size of SIZES) {
      await app.setViewportSize(size)
      await app.getByRole('tab', { name: 'Signature' }).click()
      await expect(app.getByText('matches the recorded bytes')).toBeVisible()
      await expectSound(app, `a signature at ${size.width}`)
      await app.getByRole('button', { name: 'Check a signature' }).click()
      await expect(app.getByText(/The signature is right/)).toBeVisible()
      await expectSound(app, `the doctor at ${size.width}`)
      await app.getByText('Pasted', { exact: true }).click()
      await app.getByRole('textbox', { name: 'Request, pasted' }).fill('a: b\n\n{}')
      await expect(app.getByText(/signs with webhook-id/)).toBeVisible()
      // The blinking cursor of the editor is an animation without an end.
      await app.getByRole('dialog').getByLabel('Scheme').focus()
      await expectSound(app, `the doctor with a pasted request at ${size.width}`)
      await app.keyboard.press('Escape')
    }
  })
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`waiting, pausing and Echo’s answers are accessible in ${colorScheme}`, async ({ app }) => {
    test.setTimeout(120_000)
    await app.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await app.keyboard.press('n')
    const form = app.getByRole('region', { name: 'New webhook' })
    await form.getByText('Delivery', { exact: true }).click()
    await form.getByLabel('Retries').selectOption('Own schedule')
    await form.getByText('Growing waits').click()
    await form.getByLabel('Certificates').selectOption('Ignore faults')
    for (const size of SIZES) {
      await app.setViewportSize(size)
      await expectSound(app, `the form's delivery at ${size.width}`)
    }
    await goTo(app, 'simulator')
    await app.setViewportSize({ width: 1280, height: 800 })
    await app.getByRole('button', { name: 'Show a retry' }).click()
    await expect(app.getByRole('region', { name: 'Waiting' })).toBeVisible()
    await app.getByRole('button', { name: 'Pause sending' }).click()
    await expect(app.getByRole('region', { name: 'Sending is paused' })).toBeVisible()
    for (const size of SIZES) {
      await app.setViewportSize(size)
      await expectSound(app, `a delivery that waits at ${size.width}`)
    }
    const echo = await showReceiver(app, 'Echo')
    await echo.getByRole('button', { name: 'Edit answers' }).click()
    for (const size of SIZES) {
      await app.setViewportSize(size)
      await expectSound(app, `the editor of answers at ${size.width}`)
    }
  })
}

async function echoUrl(page: Page): Promise<string> {
  const listening = await page.getByText(/Receivers on :\d+/).textContent()
  return `http://127.0.0.1:${/:(\d+)/.exec(listening ?? '')?.[1]}/in/echo`
}

test('the main flow goes by keyboard alone', async ({ app }) => {
  await app.keyboard.press('Control+k')
  await app.waitForTimeout(200)
  await app.keyboard.type('simulator')
  await app.keyboard.press('Enter')
  await expect(app.getByRole('heading', { level: 1, name: 'Simulator' })).toBeVisible()
  await expect(app.getByText('1 of 5 webhooks')).toBeVisible()
  await app.keyboard.press('Control+Enter')
  const link = app.getByRole('region', { name: 'Last firing' }).getByRole('link', { name: /Slack/ })
  await expect(link).toBeVisible()
  await link.focus()
  await app.keyboard.press('Enter')
  await expect(app.getByRole('article', { name: /Delivery to/ })).toBeVisible()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`message formats and a template with a fault are accessible in ${colorScheme}`, async ({
    app,
  }) => {
    test.setTimeout(120_000)
    await app.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await app.getByRole('link', { name: 'Booked meetings → Echo' }).click()
    const form = app.getByRole('region', { name: 'Edit webhook' })
    const format = form.getByLabel('Message format')
    for (const name of ['Slack', 'Microsoft Teams', 'Webex']) {
      await format.selectOption(name)
      await expect(app.getByText('Meeting booked').first()).toBeVisible()
      await expectSound(app, name)
    }
    await format.selectOption('Own template')
    const template = form.getByRole('textbox', { name: 'Template' })
    await expect(template).toContainText('capture lead')
    await expectSound(app, 'a template')
    await template.focus()
    await app.keyboard.press('Control+a')
    await app.keyboard.insertText('{{ id | nope }}')
    await expect(form.getByRole('status').getByText('there is no filter nope')).toBeVisible()
    await format.focus() // The editor's cursor blinks for ever.
    await expectSound(app, 'a fault in a template')
  })
}
