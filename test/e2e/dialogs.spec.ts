/** Dialogs that hold what was typed: what closes them, and what lies above them and closes alone. */
import { execFileSync } from 'node:child_process'
import type { Page } from '@playwright/test'
import { connectHost } from '../support/host-client.ts'
import { expect, row, showReceiver, test } from './app.ts'
import { CUT, takeLine } from './line.ts'

test.use({ viewport: { width: 1680, height: 900 } })

/** Opens the replay of a request that Echo got, to be edited first. */
async function openReplay(app: Page, query = '') {
  const echo = await showReceiver(app, 'Echo')
  const url = (await echo.locator('code').first().textContent()) ?? ''
  execFileSync('curl', ['-s', url + query, '-d', 'the original'])
  await app.getByRole('button', { name: 'All', exact: true }).click()
  await row(app, 'POST /in/echo').click()
  await editFirst(app)
  const dialog = app.getByRole('dialog', { name: 'Replay', exact: true })
  return { dialog, body: dialog.getByRole('textbox', { name: 'Body', exact: true }) }
}

async function editFirst(app: Page) {
  await app.getByRole('button', { name: 'Replay', exact: true }).click()
  await app.getByRole('menuitem', { name: 'Edit first…' }).click()
}

test('Escape closes what lies on top, and a click beside a form nothing', async ({ app }) => {
  const { dialog, body } = await openReplay(app)
  await body.fill('the edited one')
  await body.press('ControlOrMeta+f')
  const find = dialog.getByRole('textbox', { name: 'Find' })
  await expect(find).toBeFocused()
  await app.keyboard.press('Escape')
  await expect(find).toBeHidden()
  await expect(body).toHaveText('the edited one')

  await app.keyboard.press('ControlOrMeta+k')
  const palette = app.getByRole('textbox', { name: 'Search or do' })
  await expect(palette).toBeFocused()
  await app.keyboard.press('Escape')
  await expect(palette).toBeHidden()
  await expect(body).toHaveText('the edited one')

  await app.mouse.click(4, 400)
  await expect(body).toHaveText('the edited one')
  await body.press('Escape')
  await expect(dialog).toBeHidden()
})

test('the question about a host is put off by Escape, and the form beneath it stays', async ({
  app,
  host,
}) => {
  const { body } = await openReplay(app)
  await body.fill('the edited one')
  const token = await app.evaluate(() => sessionStorage.getItem('hookstage.session'))
  const { client, close } = await connectHost(host, token ?? '')
  const [capture] = (await client.capture.list({ filter: {}, limit: 1 })).items
  if (!capture) throw new Error('nothing was captured')
  await client.replay.send({
    source: { kind: 'capture', captureId: capture.id },
    kind: 'as_sent',
    target: { kind: 'url', url: { kind: 'plain', text: 'http://partner.example/in' } },
    signing: null,
    keepsId: true,
    edited: null,
  })
  close()
  const question = app.getByRole('dialog', { name: 'Send to partner.example?' })
  await expect(question).toBeVisible()
  await expect(question.locator(':focus')).toHaveCount(1)
  await app.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(body).toHaveText('the edited one')
})

test('what was typed for a replay is there again after Escape, and gone after Cancel', async ({
  app,
}) => {
  const { dialog, body } = await openReplay(app)
  await body.fill('the edited one')
  await dialog.getByLabel('Signature').selectOption('Anew, with a scheme and secret…')
  const secret = dialog.getByLabel('Secret', { exact: true })
  await secret.fill('whsec_typed')
  await secret.press('Escape')
  await expect(dialog).toBeHidden()
  await editFirst(app)
  await expect(dialog.getByText('What you typed for it before is here again.')).toBeVisible()
  await expect(body).toHaveText('the edited one')
  await expect(secret).toHaveValue('')
  await dialog.getByRole('button', { name: 'Throw it away' }).click()
  await expect(body).toHaveText('the original')
  await expect(secret).toBeHidden()

  await body.fill('another one')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await editFirst(app)
  await expect(body).toHaveText('the original')
  await expect(dialog.getByText('is here again')).toBeHidden()
})

test('Tab stays in a dialog also after a button that was at work', async ({ app }) => {
  const { dialog, body } = await openReplay(app)
  await dialog.getByText('Hex', { exact: true }).click()
  await body.fill('zz')
  await dialog.getByRole('button', { name: 'Send edited' }).press('Enter')
  await expect(dialog.getByRole('alert')).toHaveText(/as two digits/)
  await app.keyboard.press('Tab')
  await expect(dialog.locator(':focus')).toHaveCount(1)
})

test('the focus goes back to the button whose menu opened a dialog', async ({ app }) => {
  const echo = await showReceiver(app, 'Echo')
  const more = echo.getByRole('button', { name: 'More for Echo' })
  await more.press('Enter')
  await app.getByRole('menuitem', { name: 'Port and forwarding…' }).press('Enter')
  const settings = app.getByRole('dialog', { name: 'Receiver Echo' })
  await settings.getByRole('button', { name: 'Save' }).press('Enter')
  await expect(settings).toBeHidden()
  await expect(more).toBeFocused()
})

test('the focus goes back to where it was before the palette opened a dialog', async ({ app }) => {
  const echo = await showReceiver(app, 'Echo')
  const more = echo.getByRole('button', { name: 'More for Echo' })
  await more.focus()
  await app.keyboard.press('ControlOrMeta+k')
  await app.getByRole('textbox', { name: 'Search or do' }).fill('import')
  await app.keyboard.press('Enter')
  const dialog = app.getByRole('dialog', { name: 'Import' })
  await expect(dialog.locator(':focus')).toHaveCount(1)
  await app.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(more).toBeFocused()
})

test('what a dialog shows next has the focus of what it showed before', async ({ app }) => {
  await openReplay(app)
  await app.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await app.getByRole('button', { name: 'Export all that are listed' }).press('Enter')
  const dialog = app.getByRole('dialog', { name: /^Export/ })
  await dialog.getByRole('button', { name: 'Export', exact: true }).press('Enter')
  await expect(dialog.getByText(/written to hookstage-/)).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Close' }).last()).toBeFocused()
  await app.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(app.getByRole('button', { name: 'Export all that are listed' })).toBeFocused()
})

test('the keys of the screen wait while a dialog lies over it', async ({ app }) => {
  const { dialog } = await openReplay(app)
  await dialog.getByRole('button', { name: 'Cancel' }).focus()
  for (const key of ['/', '3', 'n', '?']) await app.keyboard.press(key)
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await expect(app.getByRole('dialog')).toHaveCount(1)
  await expect(app.getByRole('heading', { level: 1, name: 'Captures' })).toBeAttached()
  await app.keyboard.press('Escape')
  await app.keyboard.press('3')
  await expect(app.getByRole('heading', { level: 1, name: 'Deliveries' })).toBeVisible()
})

test('what is hidden and cannot be shown says so there, and leaves what was typed', async ({
  app,
  allowed,
}) => {
  allowed.push(CUT)
  const line = await takeLine(app)
  const { dialog, body } = await openReplay(app, '?token=s3cretvalue')
  await body.fill('the edited one')
  line.cutAt('replay/original')
  await dialog.getByRole('button', { name: 'Show and edit it' }).click()
  await expect(dialog.getByRole('alert')).toHaveText(/Hookstage is away/)
  await expect(body).toHaveText('the edited one')
  await dialog.getByRole('button', { name: 'Show and edit it' }).click()
  await expect(dialog.getByLabel('Path and query')).toHaveValue('/in/echo?token=s3cretvalue')
  await expect(dialog.getByRole('alert')).toBeHidden()
  await expect(body).toHaveText('the edited one')
})

test('a request that cannot be read can be asked for again', async ({ app, allowed }) => {
  allowed.push(CUT)
  const line = await takeLine(app)
  line.cutAt('replay/original')
  const { dialog, body } = await openReplay(app)
  await dialog.getByRole('button', { name: 'Try again' }).click()
  await expect(body).toHaveText('the original')
})

test('a replay that is sent late closes no other one that was opened meanwhile', async ({
  app,
}) => {
  const line = await takeLine(app)
  const { dialog, body } = await openReplay(app)
  const release = line.hold('replay/send')
  await dialog.getByRole('button', { name: 'Send', exact: true }).click()
  await body.press('Escape')
  await expect(dialog).toBeHidden()
  await app.getByRole('button', { name: 'Replay', exact: true }).click()
  await app.getByRole('menuitem', { name: 'To another endpoint…' }).click()
  const url = dialog.getByLabel('URL', { exact: true })
  await url.fill('http://127.0.0.1:9/half')
  release()
  await expect(app.getByText('It is sent again.')).toBeVisible()
  await expect(url).toHaveValue('http://127.0.0.1:9/half')
})

test.describe('in a small window', () => {
  test.use({ viewport: { width: 960, height: 600 } })

  test('nothing of a long form shows through the foot that its buttons stand on', async ({
    app,
  }) => {
    const { dialog, body } = await openReplay(app)
    await body.press('ControlOrMeta+f')
    await expect(dialog.getByRole('textbox', { name: 'Find' })).toBeVisible()
    const strangers = await dialog.evaluate((content) => {
      const foot = [...content.querySelectorAll('button')].find(
        ({ textContent }) => textContent === 'Cancel',
      )?.parentElement
      if (!foot) return ['no foot']
      const found = new Set<string>()
      for (let top = 0; top < content.scrollHeight; top += 16) {
        content.scrollTop = top
        const { left, right, top: upper, bottom } = foot.getBoundingClientRect()
        for (let x = left + 4; x < right; x += 12) {
          const seen = document.elementFromPoint(x, (upper + bottom) / 2)
          if (seen && !foot.contains(seen)) found.add(seen.outerHTML.slice(0, 80))
        }
      }
      return [...found]
    })
    expect(strangers).toEqual([])
  })
})

test('a form begins in its first field', async ({ app }) => {
  const { dialog } = await openReplay(app)
  await expect(dialog.getByRole('textbox', { name: 'Method' })).toBeFocused()
  await app.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await app.getByRole('button', { name: 'Import…' }).click()
  const importing = app.getByRole('dialog', { name: 'Import', exact: true })
  await expect(importing.getByRole('textbox', { name: 'Text to import' })).toBeFocused()
})
