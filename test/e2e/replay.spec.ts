/** Capture with curl, make an event, replay it edited to a second receiver. */
import { execFileSync } from 'node:child_process'
import { expect, row, showReceiver, test } from './app.ts'
import { expectSound } from './sound.ts'

test.use({ viewport: { width: 1680, height: 900 } })

test('a request captured with curl is replayed, edited, to a second receiver', async ({ app }) => {
  const echo = await showReceiver(app, 'Echo')
  const url = (await echo.locator('code').first().textContent()) ?? ''
  execFileSync('curl', [
    '-s',
    `${url}?token=s3cretvalue`,
    '-H',
    'X-Odd: 1',
    '-H',
    'x-odd: 2',
    '--data-raw',
    '{"type":"poll.created","data":{"n":1.0}}',
  ])
  await app.getByRole('button', { name: 'Add receiver' }).click()
  await app.getByLabel('Name of the receiver').fill('Second')
  await app.keyboard.press('Enter')
  const second = app.getByRole('region', { name: 'Receiver Second' })
  const secondUrl = (await second.locator('code').first().textContent()) ?? ''
  await app.getByRole('button', { name: 'All', exact: true }).click()
  await row(app, 'POST /in/echo').click()
  await app.getByRole('button', { name: 'Replay', exact: true }).click()
  await app.getByRole('menuitem', { name: 'Edit first…' }).click()
  const dialog = app.getByRole('dialog', { name: 'Replay' })
  await expect(
    dialog.getByRole('region', { name: 'Not sent again' }).getByText('Host'),
  ).toBeVisible()
  await expect(dialog.getByLabel('Method')).toBeFocused()
  const path = dialog.getByLabel('Path and query')
  await expect(path).toHaveValue('/in/echo?token=••••••••')
  await expect(path).not.toBeEditable()
  await expect(dialog.getByText('The path holds a secret, so it is masked')).toBeVisible()
  await expectSound(app, 'an edited replay')
  await dialog.getByRole('button', { name: 'Show and edit it' }).click()
  await expect(path).toHaveValue('/in/echo?token=s3cretvalue')
  await dialog.getByLabel('To', { exact: true }).selectOption('Another URL…')
  await dialog.getByLabel('URL', { exact: true }).fill(secondUrl)
  await expect(path).toHaveValue('')
  await dialog.getByRole('button', { name: 'Keep that path' }).click()
  await expect(path).toHaveValue('/in/echo?token=s3cretvalue')
  await path.fill('/in/second//a b')
  await dialog.getByRole('button', { name: 'Send edited' }).click()
  await expect(dialog.getByText('A space would end the path.')).toHaveCount(1)
  await expect(path).toBeFocused()
  await path.fill('/in/second//./a%20b?c=+&&')
  await expect(dialog.getByText('A space would end the path.')).toHaveCount(0)
  const changes = dialog.getByRole('region', { name: 'Changes' })
  await expect(
    changes.getByText('Path /in/echo?token=s3cretvalue → /in/second//./a%20b?c=+&&'),
  ).toBeVisible()
  await dialog
    .getByRole('textbox', { name: 'Body' })
    .fill('{"type":"poll.created","data":{"n":2.0}}')
  await expect(changes.getByText(/^Body 40 bytes → 40 bytes/)).toBeVisible()
  const headers = dialog.getByRole('textbox', { name: 'Headers' })
  await headers.fill('no header')
  // Above what scrolls: a button that is off has its reason beside it.
  await expect(dialog.getByRole('alert')).toBeInViewport({ ratio: 1 })
  await expect(dialog.getByRole('button', { name: 'Send edited' })).toBeDisabled()
  expect(await dialog.evaluate((each) => each.scrollWidth - each.clientWidth)).toBe(0)
  await headers.press('ControlOrMeta+z')
  await dialog.getByRole('button', { name: 'Send edited' }).click()
  await expect(dialog).toBeHidden()
  // The next replay has a message of its own.
  await app.getByRole('button', { name: 'Close the message' }).click()
  await row(app, 'POST /in/second//./a%20b?c=+&&').click()
  const pane = app.getByRole('article', { name: 'Capture' })
  await expect(pane.getByText('"n":2.0')).toBeVisible()
  await expect(pane.getByText('x-odd', { exact: true })).toBeVisible()

  await row(app, 'POST /in/echo').click()
  await pane
    .getByRole('list', { name: 'Replays' })
    .getByRole('button', { name: /^Delivered edited, to/ })
    .click()
  const inspector = app.getByRole('article', { name: /^Delivery to/ })
  await expect(inspector.getByText('1 replay from one origin')).toBeVisible()
  await inspector.getByRole('button', { name: 'Replay' }).click()
  await app.getByRole('menuitem', { name: 'As sent' }).click()
  await app.getByRole('button', { name: 'Show the replay' }).click()
  await expect(inspector.getByText('2 replays from one origin')).toBeVisible()
})

test('a replay of an import says what it is, and once what is wrong with it', async ({ app }) => {
  const echo = await showReceiver(app, 'Echo')
  const url = (await echo.locator('code').first().textContent()) ?? ''
  await app.getByRole('button', { name: 'Import…' }).click()
  const importing = app.getByRole('dialog', { name: 'Import' })
  await importing.getByRole('textbox', { name: 'Text to import' }).fill(`curl ${url} -d a=1`)
  await importing.getByRole('button', { name: 'Import 1 request', exact: true }).click()
  const pane = app.getByRole('article', { name: 'Capture' })
  await pane.getByRole('button', { name: 'Replay', exact: true }).click()
  await app.getByRole('menuitem', { name: 'Signed anew…' }).click()
  const dialog = app.getByRole('dialog', { name: 'Replay' })
  await expect(dialog.getByLabel('Signature')).toBeFocused()
  await expect(dialog.getByLabel('To', { exact: true })).toContainText(`Where it was for: ${url}`)
  const secret = dialog.getByLabel('Secret', { exact: true })
  await secret.fill('whsec_x')
  await dialog.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(secret).toHaveAttribute('aria-invalid', 'true')
  await expect(secret).toBeFocused()
  await expect(dialog.getByRole('alert')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await pane.getByRole('button', { name: 'Replay', exact: true }).click()
  await app.getByRole('menuitem', { name: 'As it is, to where it was for' }).click()
  await app.getByRole('button', { name: 'Show the replay' }).click()
  const inspector = app.getByRole('article', { name: /^Delivery to/ })
  await expect(inspector.getByRole('list', { name: 'Replays' })).toContainText('Imported')
  await inspector.getByRole('button', { name: 'Replay', exact: true }).click()
  const rendered = app.getByRole('menuitem', { name: /^Rendered again/ })
  await expect(rendered).toBeDisabled()
  await expect(rendered).toContainText('It was replayed to a URL')
})

test('each line that is gone is named as often as it stood there, and a replay that waits says why', async ({
  app,
}) => {
  const echo = await showReceiver(app, 'Echo')
  const url = (await echo.locator('code').first().textContent()) ?? ''
  execFileSync('curl', ['-s', url, '-H', 'X-Twice: 1', '-H', 'X-Twice: 1', '-d', 'a=1'])
  await row(app, 'POST /in/echo').click()
  const pane = app.getByRole('article', { name: 'Capture' })
  await pane.getByRole('button', { name: 'Replay', exact: true }).click()
  await app.getByRole('menuitem', { name: 'Edit first…' }).click()
  const dialog = app.getByRole('dialog', { name: 'Replay' })
  const changes = dialog.getByRole('region', { name: 'Changes' }).getByRole('listitem')
  await dialog.getByLabel('Method').fill('PUT')
  await dialog.getByRole('textbox', { name: 'Headers' }).fill('Accept: */*')
  const gone = changes.filter({ hasText: '− X-Twice: 1' })
  await expect(gone).toHaveCount(2)
  await dialog.getByLabel('Method').fill('POST')
  await expect(changes.filter({ hasText: 'Method' })).toHaveCount(0)
  await expect(gone).toHaveCount(2)
  const to = dialog.getByLabel('To', { exact: true })
  await to.selectOption('Another URL…')
  await dialog.getByLabel('URL', { exact: true }).fill(`${url}/typed`)
  await to.selectOption('Booked meetings → Echo')
  await to.selectOption('Another URL…')
  await expect(dialog.getByLabel('URL', { exact: true })).toHaveValue(`${url}/typed`)
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await app.getByRole('button', { name: 'Pause sending' }).click()
  await expect(app.getByRole('region', { name: 'Sending is paused' })).toBeVisible()
  await pane.getByRole('button', { name: 'Replay', exact: true }).click()
  await app.getByRole('menuitem', { name: 'As received, to the same receiver' }).click()
  await expect(app.getByText('It is queued. Sending is paused.')).toBeVisible()
  await expect(app.getByText('It is sent again.')).toBeHidden()
})
