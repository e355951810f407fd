import { expect, goTo, row, test } from './app.ts'

test.use({ viewport: { width: 1680, height: 900 } })

test('Echo answers as it is told to, step by step', async ({ app }) => {
  await goTo(app, 'captures')
  const echo = app.getByRole('region', { name: 'Receiver Echo' })
  const url = (await echo.locator('code').first().textContent()) ?? ''
  await echo.getByLabel('What Echo answers').selectOption('Fail twice, then 200')
  const steps = echo.getByRole('list', { name: 'Answers' })
  await expect(steps.getByText('503 (2 times) · answers next')).toBeVisible()
  const status = async () => (await fetch(url, { method: 'POST', body: '{}' })).status
  expect([await status(), await status()]).toEqual([503, 503])
  await expect(steps.getByText('200 · answers next')).toBeVisible()
  await echo.getByRole('button', { name: 'Begin again' }).click()
  await expect(steps.getByText('503 (2 times) · answers next')).toBeVisible()

  await echo.getByRole('button', { name: 'Edit answers' }).click()
  const editor = app.getByRole('dialog')
  const first = editor.getByRole('group', { name: 'Step 1' })
  await first.getByLabel('Status').fill('99')
  await editor.getByRole('button', { name: 'Save' }).click()
  await expect(first.getByText('A status is a whole number from 200 to 599.')).toBeVisible()
  await first.getByLabel('Status').fill('418')
  await first.getByLabel('Headers').fill('Content-Type: text/plain\nX-Tea: yes')
  await first.getByLabel('Times').fill('1')
  await editor.getByRole('button', { name: 'Remove step 2' }).click()
  await editor.getByRole('button', { name: 'Save' }).click()
  await expect(editor).toBeHidden()
  const answer = await fetch(url, { method: 'POST', body: '{}' })
  expect([answer.status, answer.headers.get('x-tea')]).toEqual([418, 'yes'])
  await app.reload()
  await goTo(app, 'captures')
  await expect(steps.getByText('418')).toBeVisible()
})

test('a retry is shown with one click', async ({ app }) => {
  await goTo(app, 'simulator')
  await app.getByRole('button', { name: 'Show a retry' }).click()
  const inspector = app.getByRole('article', { name: 'Delivery to A retry, shown by Echo' })
  await expect(inspector.getByText(/Attempt 2/).first()).toBeVisible()
  await app.getByRole('button', { name: /Stage clock/ }).click()
  await app.getByRole('menuitemradio', { name: /×60/ }).click()
  await expect(row(app, 'A retry, shown by Echo').getByText('Delivered')).toBeVisible()
  await app.getByRole('tab', { name: 'Timeline' }).click()
  await expect(app.getByRole('heading', { name: 'Attempt 3' })).toBeVisible()
})
