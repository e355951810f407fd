/** What was typed in a dialog is there again after Escape and Close, says so, and can be thrown away. */
import { execFileSync } from 'node:child_process'
import type { Locator, Page } from '@playwright/test'
import { expect, goTo, row, showReceiver, test } from './app.ts'

const AGAIN = 'What you typed for it before is here again.'

async function addReceiver(app: Page, name: string) {
  await goTo(app, 'captures')
  await app.getByRole('button', { name: 'Add receiver' }).click()
  await app.getByLabel('Name of the receiver').fill(name)
  await app.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(app.getByRole('region', { name: `Receiver ${name}` })).toBeVisible()
}

async function openSettings(app: Page, name: string, item: string) {
  await app.getByRole('button', { name: `More for ${name}` }).click()
  await app.getByRole('menuitem', { name: item }).click()
  return app.getByRole('dialog', { name: `Receiver ${name}` })
}

async function leaveByEscape(dialog: Locator) {
  await dialog.page().keyboard.press('Escape')
  await expect(dialog).toBeHidden()
}

async function leaveByClose(dialog: Locator) {
  await dialog.getByRole('button', { name: 'Close', exact: true }).click()
  await expect(dialog).toBeHidden()
}

/** Nothing of it is where it would outlive the page. */
async function expectNotStored(app: Page, text: string) {
  const stored = await app.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
  )
  expect(stored).not.toContain(text)
}

test('a receiver’s settings that were left are there again, until they are thrown away or saved', async ({
  app,
}) => {
  await addReceiver(app, 'Partner')
  const open = () => openSettings(app, 'Partner', 'Name, address and forwarding…')
  let dialog = await open()
  await expect(dialog.getByText(AGAIN)).toBeHidden()
  await dialog.getByLabel('Path').fill('/in/half')
  await dialog.getByLabel('Pass requests on to').fill('http://127.0.0.1:9/half')
  await leaveByEscape(dialog)
  // Another screen takes nothing of it either.
  await goTo(app, 'settings')
  await goTo(app, 'captures')
  dialog = await open()
  await expect(dialog.getByText(AGAIN)).toBeVisible()
  await expect(dialog.getByLabel('Path')).toHaveValue('/in/half')
  await expect(dialog.getByLabel('Pass requests on to')).toHaveValue('http://127.0.0.1:9/half')
  await expectNotStored(app, '127.0.0.1:9/half')

  await dialog.getByRole('button', { name: 'Throw it away' }).click()
  await expect(dialog.getByText(AGAIN)).toBeHidden()
  await expect(dialog.getByLabel('Name')).toBeFocused()
  await expect(dialog.getByLabel('Pass requests on to')).toHaveValue('')
  await expect(dialog.getByLabel('Path')).not.toHaveValue('/in/half')
  await leaveByClose(dialog)
  dialog = await open()
  await expect(dialog.getByText(AGAIN)).toBeHidden()

  await dialog.getByLabel('Path').fill('/in/whole')
  await leaveByClose(dialog)
  dialog = await open()
  await expect(dialog.getByText(AGAIN)).toBeVisible()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expect(app.getByRole('region', { name: 'Receiver Partner' })).toContainText('/in/whole')
  dialog = await open()
  await expect(dialog.getByText(AGAIN)).toBeHidden()
  await expect(dialog.getByLabel('Path')).toHaveValue('/in/whole')
  await dialog.getByLabel('Path').fill('/in/other')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  dialog = await open()
  await expect(dialog.getByText(AGAIN)).toBeHidden()
  await expect(dialog.getByLabel('Path')).toHaveValue('/in/whole')
})

test('a rehearsal’s settings that were left are there again', async ({ app }) => {
  await showReceiver(app, 'Webex')
  const open = () => openSettings(app, 'Webex', 'How it answers…')
  let dialog = await open()
  await dialog.getByLabel('Yes is said with').selectOption('200')
  await leaveByEscape(dialog)
  dialog = await open()
  await expect(dialog.getByText(AGAIN)).toBeVisible()
  await expect(dialog.getByLabel('Yes is said with')).toHaveValue('200')
  await dialog.getByRole('button', { name: 'Throw it away' }).click()
  await expect(dialog.getByLabel('Yes is said with')).toHaveValue('204')
})

test('a receiver that was half added is there again', async ({ app }) => {
  await goTo(app, 'captures')
  const name = app.getByLabel('Name of the receiver')
  const add = app.getByRole('button', { name: 'Add receiver' })
  await add.click()
  await name.fill('Half a name')
  await app.getByLabel('Kind').selectOption('slack')
  await app.keyboard.press('Escape')
  await expect(name).toBeHidden()
  await goTo(app, 'settings')
  await goTo(app, 'captures')
  await add.click()
  await expect(name).toHaveValue('Half a name')
  await expect(app.getByText(AGAIN)).toBeVisible()
  await app.getByRole('button', { name: 'Throw it away' }).click()
  await expect(name).toHaveValue('')
  await expect(name).toBeFocused()
  await expect(app.getByLabel('Kind')).toHaveValue('plain')
})

test('answers that were left are there again, each receiver’s own', async ({ app }) => {
  await addReceiver(app, 'Partner')
  const edit = async (name: string) => {
    const card = await showReceiver(app, name)
    await card.getByRole('button', { name: 'Edit answers' }).click()
    return app.getByRole('dialog', { name: `What ${name} answers` })
  }
  let dialog = await edit('Echo')
  await dialog.getByLabel('Body', { exact: true }).fill('half an answer')
  await dialog.getByLabel('Headers').fill('X-Half: yes')
  await dialog.getByRole('button', { name: 'Add a step' }).click()
  await leaveByEscape(dialog)
  dialog = await edit('Partner')
  await expect(dialog.getByText(AGAIN)).toBeHidden()
  await leaveByEscape(dialog)
  dialog = await edit('Echo')
  await expect(dialog.getByText(AGAIN)).toBeVisible()
  await expect(dialog.getByRole('group', { name: /^Step/ })).toHaveCount(2)
  await expect(dialog.getByLabel('Body', { exact: true }).first()).toHaveValue('half an answer')
  await expect(dialog.getByLabel('Headers').first()).toHaveValue('X-Half: yes')
  await dialog.getByRole('button', { name: 'Throw it away' }).click()
  await expect(dialog.getByRole('group', { name: /^Step/ })).toHaveCount(1)
  await expect(dialog.getByLabel('Body', { exact: true })).not.toHaveValue('half an answer')
})

test('the plan of a bulk replay that was left is there again, but for a secret', async ({
  app,
}) => {
  const echo = await showReceiver(app, 'Echo')
  const url = (await echo.locator('code').first().textContent()) ?? ''
  for (const body of ['one', 'two']) execFileSync('curl', ['-s', url, '-d', body])
  await expect(app.getByRole('row')).toHaveCount(2)
  for (const each of await row(app, 'POST').all()) await each.getByRole('checkbox').check()
  const dialog = app.getByRole('dialog', { name: 'Replay in bulk' })
  const open = () => app.getByRole('button', { name: 'Replay these…' }).click()
  await open()
  await dialog.getByText('Signed anew').click()
  const secret = dialog.getByLabel('Secret', { exact: true })
  await secret.fill('whsec_typed')
  await dialog.getByLabel('To', { exact: true }).selectOption('One URL…')
  await dialog.getByLabel('URL', { exact: true }).fill('http://127.0.0.1:9/half')
  await dialog.getByLabel('At once').fill('3')
  await leaveByEscape(dialog)

  await open()
  await expect(dialog.getByText(AGAIN)).toBeVisible()
  await expect(dialog.getByLabel('URL', { exact: true })).toHaveValue('http://127.0.0.1:9/half')
  await expect(dialog.getByLabel('At once')).toHaveValue('3')
  await expect(secret).toHaveValue('')
  await expect(dialog.getByText('Enter the secret to sign with.')).toBeVisible()
  await expectNotStored(app, 'half')
  await dialog.getByRole('button', { name: 'Throw it away' }).click()
  await expect(dialog.getByLabel('URL', { exact: true })).toBeHidden()
  await expect(dialog.getByLabel('At once')).not.toHaveValue('3')

  await dialog.getByLabel('At once').fill('2')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await open()
  await expect(dialog.getByText(AGAIN)).toBeHidden()
  await expect(dialog.getByLabel('At once')).not.toHaveValue('2')
  await dialog.getByLabel('At once').fill('2')
  await dialog.getByRole('button', { name: 'Send 2' }).click()
  await expect(app.getByRole('article', { name: 'Bulk replay' })).toContainText('Done: 2 of 2')
  await app.keyboard.press('Escape')
  await open()
  await expect(dialog.getByText(AGAIN)).toBeHidden()
})
