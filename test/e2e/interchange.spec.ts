/** Importing and exporting as a user does it. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { expect, goTo, row, showReceiver, test } from './app.ts'
import { startLocal } from './local-server.ts'
import { expectSound } from './sound.ts'

test.use({ viewport: { width: 1680, height: 900 } })

async function echoUrl(page: Page): Promise<string> {
  const echo = await showReceiver(page, 'Echo')
  return (await echo.locator('code').first().textContent()) ?? ''
}

/** As a paste, whole: an editor closes brackets that are typed. */
async function paste(page: Page, text: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Import' })
  await dialog.getByRole('textbox', { name: 'Text to import' }).fill(text)
}

/** Exports what the dialog was opened for; answers the file. */
async function exported(page: Page, format: string): Promise<string> {
  const dialog = page.getByRole('dialog', { name: /^Export/ })
  await dialog.getByLabel(format, { exact: true }).check()
  await expect(dialog.getByText(/every byte as it was, but for secrets/)).toBeVisible()
  await dialog.getByLabel('With secrets').check()
  await expect(dialog.getByText(/every byte as it was\. At most 32 MB/)).toBeVisible()
  await dialog.getByLabel('With secrets').uncheck()
  const download = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  const path = await (await download).path()
  await expect(dialog.getByText(/written to hookstage-/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  return readFileSync(path, 'utf8')
}

test('a pasted curl command is shown, imported, inspected, and replayed to where it was for', async ({
  app,
}) => {
  const url = await echoUrl(app)
  await app.getByRole('button', { name: 'Import…' }).click()
  const dialog = app.getByRole('dialog', { name: 'Import' })
  await paste(
    app,
    `curl -L -k -m 5 ${url}/from-curl -H 'X-Odd: 1' -H 'x-odd: 2' --data-raw '{"n":1.0}'\ncurl ${url} -d @secret.json`,
  )
  const items = dialog.getByRole('list', { name: 'What was recognised' })
  await expect(items.getByText(`POST ${url}/from-curl`)).toBeVisible()
  await expect(items.getByText(/--location: redirects are shown, never followed/)).toBeVisible()
  await expect(items.getByText(/--insecure: certificates are checked/)).toBeVisible()
  await expect(items.getByText(/--max-time: the timeout is set/)).toBeVisible()
  await expect(items.getByText(/names a file, which Hookstage does not read/)).toBeVisible()

  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await app.keyboard.press('ControlOrMeta+k')
  await app.getByRole('textbox', { name: 'Search or do' }).fill('import')
  await app.keyboard.press('Enter')
  await expect(items.getByText(`POST ${url}/from-curl`)).toBeVisible()
  await dialog.getByRole('button', { name: 'Import 1 request', exact: true }).click()

  const pane = app.getByRole('article', { name: 'Capture' })
  await expect(pane.getByRole('heading', { name: 'Imported from cURL' })).toBeVisible()
  await expect(pane.getByText(`For ${url}/from-curl`)).toBeVisible()
  await expect(pane.getByText('x-odd', { exact: true })).toBeVisible()
  await pane.getByRole('button', { name: 'Replay' }).click()
  await app.getByRole('menuitem', { name: 'As it is, to where it was for' }).click()
  await app.getByRole('button', { name: 'All', exact: true }).click()
  await row(app, 'POST /in/echo/from-curl').click()
  await expect(pane.getByText('"n":1.0')).toBeVisible()
  await expect(pane.getByText('X-Odd', { exact: true })).toBeVisible()
})

test('the dialog fits the smallest window without a scroll bar of its own', async ({ app }) => {
  await app.setViewportSize({ width: 960, height: 600 })
  await goTo(app, 'captures')
  await app.getByRole('button', { name: 'Import…' }).click()
  const dialog = app.getByRole('dialog', { name: 'Import' })
  await expect(dialog.getByRole('button', { name: 'Choose a file…' })).toBeVisible()
  const over = await dialog.evaluate((box) => box.scrollHeight - box.clientHeight)
  expect(over).toBeLessThanOrEqual(0)
})

test('captures are exported as HAR, and come back by dropping the file', async ({ app }) => {
  const url = await echoUrl(app)
  execFileSync('curl', ['-s', `${url}?token=sEcReT99`, '--data-binary', 'one'])
  execFileSync('curl', ['-s', url, '-H', 'Authorization: Bearer sEcReT99', '-d', 'two'])
  const rows = app.getByRole('row').filter({ hasText: 'POST /in/echo' })
  await expect(rows).toHaveCount(2)
  await rows.nth(0).getByRole('checkbox').click()
  await rows.nth(1).getByRole('checkbox').click()
  await app.getByRole('button', { name: 'Export…' }).click()
  const har = await exported(app, 'HAR')
  expect(har).not.toContain('sEcReT99')
  expect(har).toContain('"version":"1.2"')

  await drop(app, 'saved.har', har)
  const dialog = app.getByRole('dialog', { name: 'Import' })
  await expect(dialog.getByText('saved.har')).toBeVisible()
  await dialog.getByRole('button', { name: 'Import 2 requests' }).click()
  await expect(app.getByRole('region', { name: 'Imported requests' })).toBeVisible()
  const imported = app.getByRole('row').filter({ hasText: `POST ${url}` })
  await expect(imported).toHaveCount(2)
  await app.getByRole('button', { name: 'Undo' }).click()
  await expect(imported).toHaveCount(0)
})

test('deliveries are exported as a script that sends them again', async ({ app }) => {
  const seen: string[] = []
  const server = await startLocal((request, response) => {
    request.on('data', (chunk: Buffer) => seen.push(chunk.toString()))
    request.on('end', () => response.end('ok'))
  })
  await goTo(app, 'captures')
  await app.getByRole('button', { name: 'Import…' }).click()
  await paste(app, `curl ${server.origin}/again -d 'hello=again'`)
  await app.getByRole('button', { name: 'Import 1 request', exact: true }).click()
  const pane = app.getByRole('article', { name: 'Capture' })
  await pane.getByRole('button', { name: 'Replay' }).click()
  await app.getByRole('menuitem', { name: 'As it is, to where it was for' }).click()
  await expect.poll(() => seen).toEqual(['hello=again'])
  await goTo(app, 'deliveries')
  await app.keyboard.press('ControlOrMeta+k')
  await app.getByRole('textbox', { name: 'Search or do' }).fill('export the listed')
  await app.keyboard.press('Enter')
  const script = await exported(app, 'cURL script')
  const shell = spawn('sh', [], { stdio: ['pipe', 'ignore', 'inherit'] })
  shell.stdin.end(script)
  await once(shell, 'close')
  expect(seen).toEqual(['hello=again', 'hello=again'])
  server.close()
})

test('of several JSON events the simulator shows the event of the first, with its samples', async ({
  app,
}) => {
  await goTo(app, 'captures')
  await app.getByRole('button', { name: 'Import…' }).click()
  await paste(app, '[{"type":"poll.answered"},{"type":"poll.answered"},{"type":"meeting.booked"}]')
  await app.getByRole('button', { name: 'Import 3 events' }).click()
  await expect(app.getByRole('heading', { name: 'Poll · Answer' })).toBeVisible()
  await expect(app.getByRole('button', { name: 'Keep as sample (2)' })).toBeVisible()
})

test('JSON events become samples, one of them opened in the simulator', async ({ app }) => {
  await goTo(app, 'captures')
  await app.getByRole('button', { name: 'Import…' }).click()
  const dialog = app.getByRole('dialog', { name: 'Import' })
  await paste(app, '{"hello":12345678901234567890}')
  await expect(dialog.getByText(/does not say which event it is/).first()).toBeVisible()
  const button = dialog.getByRole('button', { name: 'Import 1 event' })
  await expect(button).toBeDisabled()
  await dialog.getByLabel('Those that do not say are').selectOption('poll.created')
  await dialog.getByText('The event’s data').click()
  await button.click()
  await expect(app.getByRole('heading', { level: 1, name: 'Simulator' })).toBeVisible()
  await app.getByText('JSON', { exact: true }).click()
  await expect(app.getByText('12345678901234567890')).toBeVisible()
})

/** Of webhooks and samples, sealed with the passphrase "sésame", which is typed once. */
async function beginSealedExport(app: Page): Promise<Locator> {
  await app.keyboard.press('ControlOrMeta+k')
  await app.getByRole('textbox', { name: 'Search or do' }).fill('export webhooks')
  await app.keyboard.press('Enter')
  const exporting = app.getByRole('dialog', { name: 'Export webhooks and samples' })
  await exporting.getByLabel('With secrets').check()
  await exporting.getByRole('textbox', { name: 'Passphrase', exact: true }).fill('sésame')
  return exporting
}

test('a workspace goes into a sealed file, and comes out of it with the passphrase only', async ({
  app,
}) => {
  const exporting = await beginSealedExport(app)
  await exporting.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(exporting.getByText('The two passphrases are not the same.')).toBeVisible()
  await exporting.getByRole('textbox', { name: 'Passphrase, again' }).fill('sésame')
  const download = app.waitForEvent('download')
  await exporting.getByRole('button', { name: 'Export', exact: true }).click()
  const file = readFileSync(await (await download).path(), 'utf8')
  expect(file).not.toContain('Booked meetings')
  await exporting.getByRole('button', { name: 'Close' }).last().click()

  await drop(app, 'mine.hookstage.json', file)
  const dialog = app.getByRole('dialog', { name: 'Import' })
  await dialog.getByRole('textbox', { name: 'Passphrase' }).fill('wrong')
  await dialog.getByRole('button', { name: 'Open' }).click()
  await expect(dialog.getByText(/does not open the file/)).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Passphrase' }).fill('sésame')
  await dialog.getByRole('button', { name: 'Open' }).click()
  await expect(dialog.getByText('Booked meetings → Echo')).toBeVisible()
  await expect(dialog.getByText('It is inactive until you switch it on.').first()).toBeVisible()
})

test('a passphrase is for the file it was typed for, and for no other', async ({ app }) => {
  const exporting = await beginSealedExport(app)
  await exporting.getByRole('textbox', { name: 'Passphrase, again' }).fill('sésame')
  const download = app.waitForEvent('download')
  await exporting.getByRole('button', { name: 'Export', exact: true }).click()
  const file = readFileSync(await (await download).path(), 'utf8')
  await exporting.getByRole('button', { name: 'Close' }).last().click()

  await drop(app, 'one.hookstage.json', file)
  const dialog = app.getByRole('dialog', { name: 'Import' })
  const passphrase = dialog.getByRole('textbox', { name: 'Passphrase' })
  await passphrase.fill('wrong')
  await dialog.getByRole('button', { name: 'Open' }).click()
  await expect(dialog.getByText(/does not open the file/)).toBeVisible()

  // Another sealed file asks anew, with nothing typed and nothing said.
  await drop(app, 'two.hookstage.json', file)
  await expect(dialog.getByText('two.hookstage.json')).toBeVisible()
  await expect(passphrase).toHaveValue('')
  await expect(dialog.getByText(/does not open the file/)).toBeHidden()
  await passphrase.fill('sésame')
  await dialog.getByRole('button', { name: 'Open' }).click()
  await expect(dialog.getByText('Booked meetings → Echo')).toBeVisible()

  await dialog.getByRole('button', { name: 'Paste a text instead' }).click()
  await paste(app, 'neither this nor that')
  await expect(dialog.getByRole('alert')).toBeVisible()
  await expect(dialog.getByText('This Hookstage file holds secrets and is sealed.')).toBeHidden()
  await expect(passphrase).toHaveCount(0)
})

async function drop(page: Page, name: string, text: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const data = new DataTransfer()
      data.items.add(new File([content ?? ''], fileName ?? ''))
      return data
    },
    [name, text],
  )
  await page.dispatchEvent('main', 'dragenter', { dataTransfer: transfer })
  await expect(page.getByText('Drop the file to see what is in it.')).toBeVisible()
  await page.dispatchEvent('main', 'drop', { dataTransfer: transfer })
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`importing and exporting are accessible in ${colorScheme}`, async ({ app }) => {
    test.setTimeout(120_000)
    await app.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await goTo(app, 'captures')
    const dialog = app.getByRole('dialog', { name: 'Import' })
    for (const size of [
      { width: 1280, height: 800 },
      { width: 960, height: 600 },
    ]) {
      await app.setViewportSize(size)
      // Where the window is narrow, a capture lies over the list and its buttons.
      await app.keyboard.press('ControlOrMeta+k')
      await app.getByRole('textbox', { name: 'Search or do' }).fill('import')
      await app.keyboard.press('Enter')
      await paste(app, `curl -k http://127.0.0.1:9/${size.width} -d x\ncurl http://x/ -d @y`)
      await expect(dialog.getByText('--insecure', { exact: false })).toBeVisible()
      // The blinking cursor of the editor is an animation without an end.
      await dialog.getByRole('list', { name: 'What was recognised' }).focus()
      await expectSound(app, `import at ${size.width}`)
      await dialog.getByRole('button', { name: 'Import 1 request', exact: true }).click()
      await expect(app.getByRole('heading', { name: 'Imported from cURL' })).toBeVisible()
      await expectSound(app, `an imported capture at ${size.width}`)
      await app.getByRole('button', { name: 'More for this capture' }).click()
      await app.getByRole('menuitem', { name: 'Export…' }).click()
      const exporting = app.getByRole('dialog', { name: 'Export this capture' })
      await exporting.getByLabel('Hookstage file', { exact: true }).check()
      await exporting.getByLabel('With secrets').check()
      await expectSound(app, `export at ${size.width}`)
      await app.keyboard.press('Escape')
      await expect(exporting).toBeHidden()
    }
  })
}
