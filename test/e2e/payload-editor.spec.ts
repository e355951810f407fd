import { expect, goTo, test } from './app.ts'

test('the payload’s JSON is typed over whole, and its view is there again after a reload', async ({
  app,
}) => {
  await goTo(app, 'simulator')
  await app.getByRole('main').getByText('Cancel', { exact: true }).click()
  await app.getByRole('radiogroup', { name: 'Payload view' }).getByText('JSON').click()
  const editor = app.getByRole('textbox', { name: 'Payload as JSON' })
  await editor.click()
  await app.keyboard.press('Control+a')
  await app.keyboard.type('{"id": "evt_1')
  await expect(editor).toHaveText('{"id": "evt_1"}')
  await app.getByRole('main').getByText('Reschedule', { exact: true }).click()
  await expect(editor).toContainText('meeting.rescheduled')
  await app.reload()
  await expect(editor).toContainText('meeting.rescheduled')
})

test('keeping a payload hands the focus back', async ({ app }) => {
  await goTo(app, 'simulator')
  await app.getByRole('main').getByText('Cancel', { exact: true }).click()
  await app.getByRole('button', { name: 'Keep as sample' }).press('Enter')
  await app.getByRole('dialog').getByLabel('Name').fill('A rainy day')
  await app.keyboard.press('Enter')
  await expect(app.getByRole('main').getByRole('button', { name: 'A rainy day' })).toBeFocused()
})
