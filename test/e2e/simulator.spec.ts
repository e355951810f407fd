/** The simulator as a user sees it: the board, seeds, who would receive an event, and firing. */
import { EVENT_NAMES } from '#contract'
import { goTo } from './app.ts'
import { expect, test } from './simulator-page.ts'

test('the board shows all 22 events, who listens, and how the last firing went', async ({
  app,
  simulator,
}) => {
  const buttons = app.getByRole('main').locator('[data-event]')
  await expect(buttons).toHaveCount(22)
  const names = await buttons.evaluateAll((all) => all.map((one) => one.dataset.event))
  expect(names).toEqual([...EVENT_NAMES])
  for (const type of ['Attendee', 'Meeting', 'Session', 'Sponsor', 'Poll']) {
    await expect(app.getByRole('region', { name: type, exact: true })).toBeVisible()
  }
  await expect(simulator.place('poll.answered')).toHaveAccessibleName(
    'Answer 1 active webhook never',
  )
  await expect(simulator.place('session.unbooked')).toHaveAccessibleName(
    'Unbook 0 active webhooks never',
  )
  await expect(simulator.place('attendee.updated')).toHaveAccessibleName(
    'Update 2 active webhooks never',
  )

  await simulator.choose('poll.answered')
  await simulator.fireButton.click()
  await expect(simulator.place('poll.answered')).toHaveAccessibleName(
    /^Answer 1 active webhook Delivered just now$/,
  )
  await simulator.choose('session.unbooked')
  await simulator.fireButton.click()
  await expect(simulator.place('session.unbooked')).toHaveAccessibleName(
    /^Unbook 0 active webhooks nobody just now$/,
  )
})

test('a seed makes the same payload again, another seed another one', async ({
  app,
  simulator,
}) => {
  await simulator.choose('session.watched')
  await simulator.showJson()
  const seven = await simulator.shownJson()
  await simulator.seed.fill('42')
  await expect(simulator.editor).not.toContainText(idOf(seven))
  const fortyTwo = await simulator.shownJson()
  expect(fortyTwo).not.toBe(seven)

  await app.getByRole('button', { name: 'Another seed' }).click()
  await expect(simulator.seed).not.toHaveValue('42')
  await expect(simulator.editor).not.toContainText(idOf(fortyTwo))
  const rerolled = await simulator.shownJson()
  const offered = await simulator.seed.inputValue()

  await simulator.seed.fill('7')
  await expect(simulator.editor).toContainText(idOf(seven))
  expect(await simulator.shownJson()).toBe(seven)
  await simulator.seed.fill(offered)
  await expect(simulator.editor).toContainText(idOf(rerolled))
  expect(await simulator.shownJson()).toBe(rerolled)
})

test('a new seed keeps the edits at hand, however many digits are typed', async ({
  app,
  simulator,
}) => {
  await simulator.choose('session.watched')
  await simulator.showJson()
  await simulator.writeJson('{"mine": 1}')
  await simulator.seed.fill('')
  await simulator.seed.pressSequentially('4217')
  await expect(simulator.editor).toContainText('session.watched')
  await expect(simulator.seed).toHaveValue('4217')
  await app.getByRole('button', { name: 'Bring my edits back' }).click()
  await expect(simulator.editor).toHaveText('{"mine": 1}')
  await expect(simulator.seed).toHaveValue('7')

  await app.getByRole('button', { name: 'Reset' }).click()
  await expect(simulator.editor).toContainText('session.watched')
  await simulator.writeJson('{"mine": 2}')
  await app.getByRole('button', { name: 'Bring my edits back' }).click()
  await expect(simulator.editor).toHaveText('{"mine": 1}')
  await app.getByRole('button', { name: 'Bring my edits back' }).click()
  await expect(simulator.editor).toHaveText('{"mine": 2}')
})

test('who would receive it is told beforehand, and why the others would not', async ({
  app,
  simulator,
  sent,
}) => {
  await simulator.choose('attendee.updated')
  await simulator.showForm()
  const ticket = app.getByRole('group', { name: 'Attendee', exact: true }).getByLabel('Ticket type')
  await ticket.selectOption('Press')
  await expect(
    simulator.audience.getByRole('listitem').filter({ hasText: 'All updates' }),
  ).toHaveText(/would be sent/)
  await expect(
    simulator.audience.getByRole('listitem').filter({ hasText: 'VIP updates' }),
  ).toHaveText(/ticket type is “Press”, wants “VIP”/)
  await expect(
    simulator.audience.getByRole('listitem').filter({ hasText: 'Old updates' }),
  ).toHaveText(/inactive/)
  await simulator.audience.getByRole('button', { name: 'Show 4 more who would not' }).click()
  await expect(
    simulator.audience.getByRole('listitem').filter({ hasText: 'Cancellations' }),
  ).toHaveText(/listens to Meeting · Cancel/)
  await expect(simulator.audience).toContainText('1 of 9 webhooks')
  await simulator.fireButton.click()
  await sent.bodies(1)
  expect(sent.paths()).toEqual(['/all-updates'])

  await ticket.selectOption('VIP')
  await expect(simulator.audience).toContainText('2 of 9 webhooks')
  await expect(
    simulator.audience
      .getByRole('listitem')
      .filter({ hasText: 'VIP updates' })
      .getByLabel('would be sent'),
  ).toBeVisible()
  await simulator.fireButton.click()
  await sent.bodies(3)
  expect(sent.paths()).toEqual(['/all-updates', '/all-updates', '/vip-updates'])
})

test('an event that nobody listens to leads to a webhook for it', async ({ app, simulator }) => {
  await simulator.choose('session.unbooked')
  await expect(simulator.audience).toContainText('Nobody would receive this event')
  await simulator.audience.getByRole('button', { name: 'Add a webhook for this event' }).click()
  const form = app.getByRole('region', { name: 'New webhook' })
  await expect(form.getByLabel('Event type')).toHaveValue('session')
  await expect(form.getByLabel('Action', { exact: true })).toHaveValue('session.unbooked')
})

test('a firing shows its result in place and opens in the inspector', async ({
  app,
  simulator,
  sent,
}) => {
  await simulator.choose('meeting.cancelled')
  await simulator.showJson()
  await simulator.writeJson('{"id":"evt_own","a":[1.0,"é"]}')
  await simulator.stamp.uncheck()
  await simulator.fireButton.click()
  const result = simulator.lastFiring
  await expect(result.getByText('1 of 1 done')).toBeVisible()
  await expect(result.getByRole('listitem')).toHaveText(
    /^Delivered\s*Cancellations\s*200 · [\d.]+ m?s$/,
  )
  await result.getByRole('link', { name: 'Cancellations' }).click()
  await app.getByRole('radiogroup', { name: 'Request body: view' }).getByText('Raw').click()
  const raw = app.getByRole('textbox', { name: /Request body/ })
  await expect(raw).toHaveText('{"id":"evt_own","a":[1.0,"é"]}')
  expect(await sent.bodies(1)).toEqual(['{"id":"evt_own","a":[1.0,"é"]}'])
  await goTo(app, 'simulator')
  await expect(result.getByText('1 of 1 done')).toBeVisible()
})

test('the link to a delivery keeps the focus while the same event is fired again', async ({
  app,
  simulator,
}) => {
  await simulator.choose('meeting.cancelled')
  await simulator.fireButton.click()
  const result = simulator.lastFiring
  await expect(result.getByText('1 of 1 done')).toBeVisible()
  const link = result.getByRole('link', { name: 'Cancellations' })
  const first = await link.getAttribute('href')
  await link.focus()
  await app.keyboard.press('Control+Enter')
  await expect(link).not.toHaveAttribute('href', first ?? '')
  await expect(result.getByText('1 of 1 done')).toBeVisible()
  await expect(link).toBeFocused()
  await app.keyboard.press('Enter')
  await expect(app.getByRole('article', { name: 'Delivery to Cancellations' })).toBeVisible()
})

test('firing all walks all 22 events and shows what became of each', async ({
  app,
  simulator,
  sent,
}) => {
  await app.getByRole('button', { name: 'Fire all 22' }).click()
  const result = app.getByRole('region', { name: 'All 22 events' })
  await expect(result.getByText('7 of 7 done')).toBeVisible()
  await expect(result.getByText('15 events had nobody to receive them.')).toBeVisible()
  await expect(result.getByRole('link')).toHaveCount(7)
  await expect(result.getByRole('link', { name: 'Poll · Answer → Poll answers' })).toBeVisible()
  for (const event of EVENT_NAMES) {
    await expect(simulator.place(event)).toHaveAccessibleName(
      /(nobody|(Delivered|Accepted)( \d)?) (just now|\d s ago)$/,
    )
  }
  const types = new Set((await sent.bodies(2)).map((body) => JSON.parse(body).type))
  expect(types).toEqual(new Set(['attendee.updated', 'meeting.cancelled']))
  expect(sent.paths()).toEqual(['/all-updates', '/cancelled'])
  await result.getByRole('link', { name: 'Meeting · Cancel → Cancellations' }).click()
  await expect(app.getByRole('article').getByText('POST /cancelled HTTP/1.1')).toBeVisible()
})

test('by keyboard alone: walk the board, change a value, fire, open the result', async ({
  app,
  simulator,
  sent,
}) => {
  await simulator.choose('meeting.rescheduled')
  await app.keyboard.press('ArrowDown')
  await expect(simulator.place('meeting.cancelled')).toBeFocused()
  await expect(simulator.place('meeting.cancelled')).toHaveAttribute('aria-current', 'true')
  await expect(simulator.audience).toContainText('Cancellations')
  const result = simulator.lastFiring.getByRole('link', { name: 'Cancellations' })
  let shown: string | null = null
  const fire = async () => {
    await app.keyboard.press('Control+Enter')
    await expect.poll(() => result.getAttribute('href')).not.toBe(shown)
    shown = await result.getAttribute('href')
  }
  await simulator.seed.focus()
  await fire()
  const title = app.getByRole('group', { name: 'Meeting', exact: true }).getByLabel('Title')
  await title.focus()
  await app.keyboard.press('Control+a')
  await app.keyboard.type('Typed')
  await fire()
  const [first = '', second = ''] = await sent.bodies(2)
  expect(JSON.parse(first).data.meeting.title).not.toBe('Typed')
  expect(JSON.parse(second).data.meeting.title).toBe('Typed')
  await simulator.showJson()
  await simulator.editor.focus()
  await fire()
  expect((await sent.bodies(3))[2]).toContain('"title":"Typed"')
  await result.press('Enter')
  await expect(app.getByRole('article').getByText('POST /cancelled HTTP/1.1')).toBeVisible()
})

test('a held key fires once, and two presses fire twice', async ({ app, simulator, sent }) => {
  await simulator.choose('meeting.cancelled')
  await simulator.showJson()
  await simulator.writeJson('{"n": 1}')
  await app.keyboard.down('Control')
  for (let down = 0; down < 5; down += 1) await app.keyboard.down('Enter')
  await app.keyboard.up('Enter')
  await app.keyboard.up('Control')
  await simulator.writeJson('{"n": 2}')
  await simulator.fireButton.focus()
  for (let down = 0; down < 5; down += 1) await app.keyboard.down('Enter')
  await app.keyboard.up('Enter')
  await simulator.writeJson('{"n": 3}')
  await app.evaluate(() => {
    // Both before the first is answered.
    for (const _ of [1, 2]) {
      const press = { key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true }
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', press))
    }
  })
  const bodies = await sent.bodies(4)
  expect(bodies.map((body) => JSON.parse(body).n)).toEqual([1, 2, 3, 3])
})

test('in a narrow window an event is fired from the board, and Escape closes one thing at a time', async ({
  app,
  simulator,
  sent,
}) => {
  await app.setViewportSize({ width: 960, height: 600 })
  await expect(simulator.fireButton).toBeHidden()
  await simulator.place('attendee.deleted').press('End')
  await app.keyboard.press('Home')
  await simulator.place('meeting.cancelled').press('Enter')
  await expect(simulator.fireButton).toBeVisible()
  await simulator.keepButton('Keep as sample').press('Enter')
  await expect(simulator.kept).toBeVisible()
  await app.keyboard.press('Control+Enter')
  await app.keyboard.press('Escape')
  await expect(simulator.kept).toBeHidden()
  await expect(simulator.fireButton).toBeVisible()
  await simulator.fireButton.focus()
  await app.keyboard.press('Escape')
  await expect(simulator.fireButton).toBeHidden()
  await expect(simulator.place('meeting.cancelled')).toBeFocused()
  await app.keyboard.press('Control+Enter')
  expect(JSON.parse((await sent.bodies(1))[0] ?? '').type).toBe('meeting.cancelled')
  await expect(simulator.lastFiring.getByText('1 of 1 done')).toBeVisible()
})

/** The event's id in a payload. */
function idOf(payloadText: string): string {
  return String(JSON.parse(payloadText).id)
}
