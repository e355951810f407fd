import { expect, newWebhook, row, test } from './app.ts'

const SLACK = 'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX'
const WEBEX = `https://webexapis.com/v1/webhooks/incoming/${'a'.repeat(80)}`

test('a pasted Slack URL brings its message, another endpoint another, and a choice stays', async ({
  app,
}) => {
  const form = await newWebhook(app, 'For a channel', SLACK)
  const format = form.getByLabel('Message format')
  await expect(format).toHaveValue('slack')
  const preview = app.getByRole('region', { name: 'The request it will make' })
  await expect(preview.getByText('New attendee').first()).toBeVisible()

  const endpoint = form.getByLabel('Endpoint', { exact: true })
  await form.getByRole('radio', { name: 'application/x-www-form-urlencoded' }).check()
  await expect(form.getByText('One field, payload, as Slack reads it.')).toBeVisible()
  await endpoint.fill(WEBEX)
  await expect(format).toHaveValue('webex')
  await expect(form.getByRole('radio', { name: 'application/json' })).toBeChecked()

  await format.selectOption('Raw event')
  await expect(form.getByText(/Webex expects a message with text or markdown/)).toBeVisible()
  await endpoint.fill(SLACK)
  await expect(form.getByText(/Slack refuses a raw event/)).toBeVisible()
  await expect(format).toHaveValue('raw')
  await form.getByRole('button', { name: 'Send a Slack message' }).click()
  await expect(format).toHaveValue('slack')
  await expect(form.getByText(/Slack refuses/)).toBeHidden()
})

test('a pasted Slack URL brings its message also where the form is saved at once', async ({
  app,
}) => {
  await newWebhook(app, 'Saved at once', SLACK)
  await app.keyboard.press('ControlOrMeta+s')
  const form = app.getByRole('region', { name: 'Edit webhook' })
  await expect(form.getByLabel('Message format')).toHaveValue('slack')
  await expect(row(app, 'Saved at once')).toContainText('Slack · JSON')
  await expect(form.getByText('not saved yet')).toBeHidden()
})

test('the list says what each webhook is sent as, and is filtered by it', async ({ app }) => {
  await expect(row(app, 'New attendees → Slack')).toContainText('Slack · JSON')
  await expect(row(app, 'Poll answers → Echo')).toContainText('Raw · Form')
  await app.setViewportSize({ width: 960, height: 600 })
  const cell = row(app, 'Sponsor leads → Teams').getByRole('cell', {
    name: 'Teams',
    exact: true,
  })
  await expect(cell).toBeVisible()
  await app.getByLabel('Filter the webhooks').fill('raw event')
  await expect(app.getByRole('table').getByRole('link')).toHaveText([
    'Booked meetings → Echo',
    'Poll answers → Echo (form fields)',
  ])
})

test('a saved webhook keeps its format when its endpoint changes, and is offered the other', async ({
  app,
}) => {
  await app.getByRole('link', { name: 'Booked meetings → Echo' }).click()
  const form = app.getByRole('region', { name: 'Edit webhook' })
  await form.getByLabel('Endpoint', { exact: true }).fill(SLACK)
  await expect(form.getByRole('button', { name: 'Send a Slack message' })).toBeVisible()
  await expect(form.getByLabel('Message format')).toHaveValue('raw')
})

test('a template starts from the built-in message, tells a fault at its line, and is sent', async ({
  app,
}) => {
  await app.getByRole('link', { name: 'Booked meetings → Echo' }).click()
  const form = app.getByRole('region', { name: 'Edit webhook' })
  await form.getByLabel('Message format').selectOption('Own template')
  const template = form.getByRole('textbox', { name: 'Template' })
  await expect(template).toContainText('conference.name')
  await form.getByRole('button', { name: 'Start from the built-in' }).click()
  await app.getByRole('menuitem', { name: 'Slack message' }).click()
  await expect(template).toContainText('capture lead')
  const preview = app.getByRole('region', { name: 'The request it will make' })
  await expect(preview.getByText('Meeting booked', { exact: true })).toBeVisible()

  await template.focus()
  await app.keyboard.press('Control+a')
  await app.keyboard.insertText('{\n  "text": {{ data.meeting.titel | json }}\n}')
  const fault = 'Line 2: the event has no data.meeting.titel.'
  await expect(form.getByRole('status').getByText(fault)).toBeVisible()
  await expect(form.locator('.cm-lintRange')).toHaveText('data.meeting.titel | json }}')

  await app.keyboard.press('Control+a')
  await app.keyboard.insertText('{\n  "text": {{ data.meeting.title | nope }}\n}')
  await expect(form.getByRole('status').getByText('Line 2: there is no filter nope.')).toBeVisible()
  await app.keyboard.press('Control+s')
  await expect(template).toBeFocused()
  await expect(form.getByText('not saved yet')).toBeVisible()

  await app.keyboard.press('Control+a')
  await app.keyboard.insertText('{\n  "text": {{ data.meeting.title | json }}\n}')
  await expect(form.getByRole('status').getByText(/Line/)).toBeHidden()
  await app.keyboard.press('Control+Enter')
  const sent = app.getByRole('region', { name: 'The sample that was sent' })
  await expect(sent.getByText('Delivered')).toBeVisible()
})

test('the template’s editor completes the event’s fields and the filters', async ({ app }) => {
  await app.getByRole('link', { name: 'Booked meetings → Echo' }).click()
  const form = app.getByRole('region', { name: 'Edit webhook' })
  await form.getByLabel('Message format').selectOption('Own template')
  const template = form.getByRole('textbox', { name: 'Template' })
  await template.focus()
  await app.keyboard.press('Control+a')
  await app.keyboard.type('"x {{ data.meeting.sta')
  // Chosen once it is the best match: before, the list is still that of what was typed earlier.
  const best = (name: string) =>
    app.getByRole('listbox').getByRole('option', { name, selected: true }).getByText(name)
  await best('startsAt').click()
  await app.keyboard.type(' | spa')
  await best('span').click()
  await expect(template).toContainText('data.meeting.startsAt | span: ')
})
