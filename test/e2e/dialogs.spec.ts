/** Dialogs that hold what was typed: what closes them, and what lies above them and closes alone. */
import { execFileSync } from 'node:child_process'
import type { Page } from '@playwright/test'
import { expect, row, showReceiver, test } from './app.ts'

test.use({ viewport: { width: 1680, height: 900 } })

/** Opens the replay of a request that Echo got, to be edited first. */
async function openReplay(app: Page) {
  const echo = await showReceiver(app, 'Echo')
  const url = (await echo.locator('code').first().textContent()) ?? ''
  execFileSync('curl', ['-s', url, '-d', 'the original'])
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
