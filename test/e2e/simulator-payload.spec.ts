/** A payload as the user edits it: as form and as JSON, kept under a name, still there after a reload. */
import { expect, test } from './simulator-page.ts'

test('an edit in the form shows in the JSON and the other way round, and is what is sent', async ({
  app,
  simulator,
  sent,
}) => {
  await simulator.choose('meeting.cancelled')
  await simulator.showForm()
  const meeting = app.getByRole('group', { name: 'Meeting', exact: true })
  await meeting.getByLabel('Title', { exact: true }).fill('Crème & “tea” + 50 %')
  await simulator.showJson()
  await expect(simulator.editor).toContainText('"title": "Crème & “tea” + 50 %"')
  const edited = await simulator.shownJson()
  await simulator.writeJson(edited.replace('Crème & “tea” + 50 %', 'Tea, no sugar'))
  await simulator.showForm()
  await expect(meeting.getByLabel('Title', { exact: true })).toHaveValue('Tea, no sugar')
  await app.getByRole('button', { name: 'Remove Notes' }).click()
  await expect(meeting.getByLabel('Notes', { exact: true })).toBeHidden()
  await meeting.getByRole('button', { name: 'Notes', exact: true }).click()
  await meeting.getByLabel('Notes', { exact: true }).fill('Bring 🍰')

  await simulator.stamp.uncheck()
  await simulator.fireButton.click()
  const bodies = await sent.bodies(1)
  await simulator.showJson()
  await expect(simulator.editor).toContainText('"notes": "Bring 🍰"')
  expect(bodies).toEqual([JSON.stringify(JSON.parse(await simulator.shownJson()))])
  expect(JSON.parse(bodies[0] ?? '').data.meeting.title).toBe('Tea, no sugar')
})

test('each firing has an id and a time of its own, unless the payload’s are to be kept', async ({
  simulator,
  sent,
}) => {
  await simulator.choose('meeting.cancelled')
  await simulator.showJson()
  const shown = JSON.parse(await simulator.shownJson())
  await simulator.fireButton.click()
  await simulator.fireButton.click()
  await simulator.stamp.uncheck()
  await simulator.fireButton.click()
  const bodies = (await sent.bodies(3)).map((body) => JSON.parse(body))
  expect(bodies.map(({ data }) => data)).toEqual([shown.data, shown.data, shown.data])
  expect(new Set(bodies.map(({ id }) => id)).size).toBe(3)
  expect(bodies[0].timestamp).not.toBe(shown.timestamp)
  expect(bodies[2]).toEqual(shown)
})

test('a wrong value is shown as a departure from the schema and is sent all the same', async ({
  app,
  simulator,
  sent,
}) => {
  await simulator.choose('meeting.cancelled')
  await simulator.showJson()
  const right = await simulator.shownJson()
  const wrong = right.replace(/"startsAt": "[^"]*"/, '"startsAt": 12')
  expect(wrong).not.toBe(right)
  await simulator.writeJson(wrong)
  const list = app.getByRole('group').filter({ hasText: 'departure' })
  await list.getByText('1 departure from the schema').click()
  await expect(list.getByRole('listitem')).toContainText('data.meeting.startsAt')
  await expect(app.locator('.cm-lintRange-warning')).toHaveText('12')

  await list.getByRole('button', { name: 'data.meeting.startsAt' }).click()
  await app.keyboard.press('Shift+End')
  expect(await app.evaluate(() => getSelection()?.toString())).toBe('12,')
  await simulator.fireButton.click()
  expect((await sent.bodies(1))[0]).toContain('"startsAt":12,')

  await simulator.showForm()
  await expect(app.getByLabel('Starts at').first()).toHaveValue('12')
})

test('what is not JSON cannot be fired and says where it went wrong', async ({
  app,
  simulator,
  sent,
}) => {
  await simulator.choose('meeting.cancelled')
  await simulator.showJson()
  await simulator.writeJson('{"id": 1,}')
  await expect(app.getByText(/The payload is not JSON\. Line 1, column 10/)).toBeVisible()
  await expect(simulator.fireButton).toBeDisabled()
  await app.keyboard.press('Control+Enter')
  await simulator.showForm()
  await expect(app.getByText('This payload cannot be shown as a form')).toBeVisible()
  await app.getByRole('button', { name: 'Show the JSON' }).click()
  await simulator.writeJson('[1]')
  await expect(app.getByText('The payload has to be a JSON object.')).toBeVisible()
  await expect(simulator.fireButton).toBeDisabled()
  await simulator.writeJson('{"id": 1}')
  await simulator.fireButton.click()
  expect(JSON.parse((await sent.bodies(1))[0] ?? '')).toHaveProperty('id')
})

test('nothing moves while the JSON is unfinished', async ({ app, simulator }) => {
  await app.setViewportSize({ width: 1280, height: 800 })
  await simulator.choose('meeting.cancelled')
  await simulator.showJson()
  await simulator.fireButton.click()
  await expect(simulator.lastFiring.getByText('1 of 1 done')).toBeVisible()
  const places = async () => [
    await app.locator('.cm-editor').boundingBox(),
    await simulator.lastFiring.boundingBox(),
    await simulator.fireButton.boundingBox(),
  ]
  const before = await places()
  await simulator.moveTo(1)
  await app.keyboard.type('"')
  await expect(app.getByText(/The payload is not JSON/)).toBeVisible()
  expect(await places()).toEqual(before)
})

test('the JSON editor offers the schema’s members and values', async ({ app, simulator }) => {
  await simulator.choose('meeting.cancelled')
  await simulator.showJson()
  await simulator.writeJson(
    '{"conference": {}, "data": {"meeting": {"location": {"kind": "table"}}}}',
  )
  const offers = app.getByRole('listbox', { name: 'Completions' })
  await simulator.moveTo('{"conference": {'.length)
  await app.keyboard.type('"t')
  await offers.getByRole('option', { name: /"timezone"/ }).click()
  await expect(simulator.editor).toContainText('{"conference": {"timezone": ""}')

  await simulator.moveTo(
    '{"conference": {"timezone": ""}, "data": {"meeting": {"location": {"kind": "'.length,
  )
  await app.keyboard.press('Control+Space')
  await expect(offers.getByRole('option')).toHaveText([/"table"/, /"room"/, /"virtual"/])
  await offers.getByRole('option', { name: /"virtual"/ }).click()
  await expect(simulator.editor).toContainText('{"kind": "virtual"}')
})

test('an edited payload is kept under a name, loaded, written over, deleted and had back', async ({
  app,
  simulator,
}) => {
  await simulator.choose('sponsor.chat')
  await simulator.showJson()
  await simulator.writeJson('{"data": {"rain": 1}}')
  await simulator.keepButton('Keep as sample').click()
  await simulator.kept.getByRole('button', { name: 'Keep this payload' }).click()
  await expect(simulator.kept.getByText('It needs a name.')).toBeVisible()
  await simulator.kept.getByLabel('Name').fill('A rainy day')
  await app.keyboard.press('Enter')
  await expect(simulator.kept).toBeHidden()
  await expect(app.getByRole('button', { name: 'Reset' })).toBeHidden()

  await simulator.seed.fill('8')
  await expect(simulator.editor).toContainText('sponsor.chat')
  await simulator.keepButton('Keep as sample (1)').click()
  await simulator.kept.getByRole('button', { name: 'A rainy day', exact: true }).click()
  await expect(simulator.editor).toHaveText('{"data": {"rain": 1}}')

  await simulator.writeJson('{"data": {"rain": 2}}')
  await simulator.keepButton('A rainy day').click()
  await simulator.kept.getByLabel('Name').fill('A wet day')
  await simulator.kept.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(simulator.keepButton('A wet day')).toBeVisible()
  await simulator.writeJson('{"data": {"rain": 3}}')
  await app.getByRole('button', { name: 'Reset' }).click()
  await expect(simulator.editor).toHaveText('{"data": {"rain": 2}}')

  await simulator.writeJson('{"data": {"snow": 1}}')
  await simulator.keepButton('A wet day').click()
  await simulator.kept.getByLabel('Name').fill('A white day')
  await simulator.kept.getByRole('button', { name: 'Keep as another' }).click()
  await simulator.keepButton('A white day').click()
  const list = simulator.kept.getByRole('list', { name: 'Kept samples of this event' })
  await expect(list.getByRole('listitem')).toHaveText(['A wet day', 'A white day'])
  await simulator.kept.getByRole('button', { name: 'Delete the sample A wet day' }).click()
  await expect(list.getByRole('listitem')).toHaveText(['A white day'])
  await expect(list.getByRole('button', { name: 'Delete the sample A white day' })).toBeFocused()
  await app.keyboard.press('Enter')
  await expect(list).toBeHidden()
  await expect(simulator.kept.getByLabel('Name')).toBeFocused()

  const said = app.getByRole('alert').filter({ hasText: 'The sample “A wet day” was deleted.' })
  await said.getByRole('button', { name: 'Undo' }).click()
  await simulator.keepButton('Keep as sample (1)').click()
  await expect(list.getByRole('listitem')).toHaveText(['A wet day'])
  await simulator.kept.getByRole('button', { name: 'A wet day', exact: true }).click()
  await expect(simulator.editor).toHaveText('{"data": {"rain": 2}}')
})

test('edits, the seed and the loaded sample are there again after a reload', async ({
  app,
  simulator,
}) => {
  await simulator.choose('sponsor.interested')
  await simulator.showJson()
  await simulator.writeJson('{"data": {"kept": true}}')
  await simulator.choose('sponsor.link_clicked')
  await simulator.seed.fill('1234')
  await expect(app.getByText('sponsor.link_clicked').first()).toBeVisible()
  await simulator.showJson()
  await expect(simulator.seed).toHaveValue('1234')
  await expect(simulator.editor).toContainText('sponsor.link_clicked')
  const made = await simulator.shownJson()
  await app.reload()
  await expect(simulator.editor).toContainText(idOf(made))
  expect(await simulator.shownJson()).toBe(made)
  await expect(simulator.seed).toHaveValue('1234')
  await simulator.choose('sponsor.interested')
  await expect(simulator.editor).toHaveText('{"data": {"kept": true}}')
  await expect(app.getByText('edited', { exact: true })).toBeVisible()
  await app.getByRole('button', { name: 'Reset' }).click()
  await expect(simulator.editor).toContainText('sponsor.interested')
})

/** The event's id in a payload. */
function idOf(payloadText: string): string {
  return String(JSON.parse(payloadText).id)
}
