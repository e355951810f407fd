import { startByteRecorder } from '../support/byte-recorder.ts'
import { expect, test } from './app.ts'

test('a webhook is written, saved and sent with the keyboard alone', async ({ app }) => {
  const recorder = await startByteRecorder()
  const form = app.getByRole('region', { name: 'New webhook' })
  await app.keyboard.press('n')
  await expect(form.getByLabel('Name', { exact: true })).toBeFocused()
  await app.keyboard.type('Typed')
  await form.getByLabel('Endpoint', { exact: true }).focus()
  await app.keyboard.type(`${recorder.origin}/typed`)
  await app.keyboard.press('Control+Enter')

  const edit = app.getByRole('region', { name: 'Edit webhook' })
  await expect(edit).toBeVisible()
  await expect(edit.getByLabel('Endpoint', { exact: true })).toBeFocused()
  await expect(edit.getByText('Saved', { exact: true })).toBeVisible()
  const sent = app.getByRole('region', { name: 'The sample that was sent' })
  await expect(sent.getByText('Delivered')).toBeVisible()
  expect(recorder.requests).toHaveLength(1)
  await recorder.close()
})

test('the form of a second new webhook knows nothing of the first', async ({ app }) => {
  const add = app.getByRole('button', { name: 'Add', exact: true })
  await add.click()
  const form = app.getByRole('region', { name: 'New webhook' })
  await form.getByLabel('Name', { exact: true }).fill('First')
  await form.getByLabel('Endpoint', { exact: true }).fill('http://127.0.0.1:9/first')
  await app.getByRole('button', { name: 'Save and send' }).click()
  const sent = app.getByRole('region', { name: 'The sample that was sent' })
  await expect(sent).toBeVisible()
  await add.click()
  await expect(form.getByLabel('Name', { exact: true })).toBeFocused()
  await expect(form.getByLabel('Name', { exact: true })).toHaveValue('')
  await expect(form.getByText('Saved', { exact: true })).toBeHidden()
  await expect(sent).toBeHidden()
})

test('a deletion hands the focus to the next webhook, and Ctrl+Z takes it back', async ({
  app,
}) => {
  const deleted = app.getByRole('link', { name: 'Sponsor leads → Teams' })
  await app.getByRole('button', { name: 'More for Sponsor leads → Teams' }).press('Enter')
  await app.getByRole('menuitem', { name: 'Delete' }).press('Enter')
  await expect(deleted).toBeHidden()
  await expect(app.getByRole('link', { name: 'Poll answers → Echo (form fields)' })).toBeFocused()
  await app.keyboard.press('Control+z')
  await expect(deleted).toBeVisible()
})

test('the preview stands while a header is being typed', async ({ app }) => {
  await app.getByRole('link', { name: 'Booked meetings → Echo' }).click()
  const preview = app.getByRole('region', { name: 'The request it will make' })
  await expect(preview.getByText('POST /in/echo HTTP/1.1')).toBeVisible()
  await app.getByRole('button', { name: 'Add header' }).click()
  await expect(preview.getByText('Give the header a name, or remove the row.')).toBeVisible()
  await expect(preview.getByText('POST /in/echo HTTP/1.1')).toBeVisible()
})

test('a field that holds too much is named, in words', async ({ app }) => {
  await app.getByRole('link', { name: 'Booked meetings → Echo' }).click()
  const form = app.getByRole('region', { name: 'Edit webhook' })
  await form.getByRole('button', { name: 'Add header' }).click()
  const header = form.getByRole('group', { name: 'Header 1' })
  await header.getByLabel('Key').fill('X-Long')
  await header.getByLabel('Value', { exact: true }).fill('v'.repeat(70_000))
  await app.keyboard.press('Control+s')
  await expect(header.getByText(/longer than 65\D536 characters/)).toBeVisible()
})

test('a condition is added, filled and removed with the keyboard', async ({ app }) => {
  await app.keyboard.press('n')
  const form = app.getByRole('region', { name: 'New webhook' })
  const add = form.getByRole('button', { name: 'Add condition' })
  await add.press('Enter')
  const condition = form.getByRole('group', { name: 'Condition 1' })
  await expect(condition.getByLabel('Attribute')).toBeFocused()
  await condition.getByRole('button', { name: 'Remove condition' }).press('Enter')
  await expect(condition).toBeHidden()
  await expect(add).toBeFocused()
})
