/** Receivers and captures as a user sees them. */
import { connect } from 'node:net'
import type { Locator, Page } from '@playwright/test'
import { freePort } from '../support/free-port.ts'
import { expect, goTo, row, showReceiver, test } from './app.ts'

test.use({ viewport: { width: 1680, height: 900 } })

/** Where the text of an element begins. */
function leftOf(element: Locator): Promise<number> {
  return element.evaluate((node) => {
    const range = document.createRange()
    range.selectNodeContents(node)
    return range.getBoundingClientRect().left
  })
}

test('a receiver is added, records, passes on, is stopped and deleted', async ({ app }) => {
  await goTo(app, 'captures')
  await app.getByRole('button', { name: 'Add receiver' }).click()
  await app.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(app.getByText('Give the receiver a name.')).toBeVisible()
  await app.getByLabel('Name of the receiver').fill('Partner API')
  await app.keyboard.press('Enter')
  const card = app.getByRole('region', { name: 'Receiver Partner API' })
  const url = (await card.locator('code').first().textContent()) ?? ''
  expect(url).toMatch(/\/in\/partner-api$/)

  await fetch(url, { method: 'POST', body: '{"from":"outside"}' })
  await row(app, 'POST /in/partner-api').click()
  const pane = app.getByRole('article', { name: 'Capture' })
  await expect(pane.getByText('"outside"')).toBeVisible()
  await pane.getByRole('tab', { name: 'Answer' }).click()
  await expect(pane.getByText('HTTP/1.1 200 OK')).toBeVisible()

  await card.getByRole('button', { name: 'More for Partner API' }).click()
  await app.getByRole('menuitem', { name: /forwarding/ }).click()
  const dialog = app.getByRole('dialog', { name: 'Receiver Partner API' })
  await dialog.getByLabel('Pass requests on to').fill(url)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText(/go round in circles/)).toBeVisible()
  await dialog.getByLabel('Pass requests on to').fill(url.replace('partner-api', 'echo'))
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(card.getByText(/Passes every request on/)).toBeVisible()
  const answer = await fetch(url, { method: 'POST', body: 'second' })
  expect(await answer.text()).toBe('ok')
  await expect(row(app, 'POST /in/partner-api')).toHaveCount(2)
  await row(app, 'POST /in/partner-api').first().click()
  await pane.getByRole('tab', { name: 'Passed on' }).click()
  await expect(pane.getByText(/^To http:\/\/127\.0\.0\.1:\d+: /)).toBeVisible()
  await expect(pane.getByText('POST /in/echo HTTP/1.1')).toBeVisible()
  const [to, line] = [pane.getByText(/^To http:/), pane.getByText('POST /in/echo HTTP/1.1')]
  expect(await leftOf(to)).toBe(await leftOf(line))
  await pane.getByRole('button', { name: 'Replay', exact: true }).click()
  await app.getByRole('menuitem', { name: 'As received, to the same receiver' }).click()
  await expect(pane.getByRole('list', { name: 'Replays' })).toBeVisible()
  expect((await pane.getByText('1 replay from one origin').boundingBox())?.x).toBe(
    await leftOf(line),
  )

  await card.getByRole('switch').click()
  await expect(card.getByText('stopped')).toBeVisible()
  await expect.poll(async () => (await fetch(url, { method: 'POST' })).status).toBe(404)
  await card.getByRole('button', { name: 'More for Partner API' }).click()
  await app.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(card).toBeHidden()
  await app.getByRole('button', { name: 'Undo' }).click()
  await app.getByRole('button', { name: /^Partner API/ }).click()
  await expect(card).toBeVisible()
})

test('captures are searched, kept, noted, deleted, and stay over a reload', async ({ app }) => {
  const echo = await showReceiver(app, 'Echo')
  const url = (await echo.locator('code').first().textContent()) ?? ''
  for (const body of ['first', 'second', 'third']) await fetch(url, { method: 'POST', body })
  const rows = app.getByRole('row').filter({ hasText: 'POST /in/echo' })
  await expect(rows).toHaveCount(3)
  await rows.first().click()
  const pane = app.getByRole('article', { name: 'Capture' })
  await pane.getByLabel('Note').fill('the odd one')
  await pane.getByRole('button', { name: 'Keep' }).click()
  await expect(pane.getByRole('button', { name: 'Kept' })).toBeVisible()
  await app.getByLabel('Search heads, bodies and notes').fill('ODD ONE')
  await expect(rows).toHaveCount(1)
  await app.getByLabel('Search heads, bodies and notes').fill('no such thing')
  await expect(app.getByText('No capture matches.')).toBeVisible()
  await app.getByLabel('Search heads, bodies and notes').fill('')
  await expect(rows).toHaveCount(3)
  await rows.nth(1).getByRole('checkbox').click()
  await rows.nth(2).getByRole('checkbox').click()
  await app.getByRole('button', { name: 'Delete' }).click()
  await expect(rows).toHaveCount(1)
  await app.getByRole('button', { name: 'Undo' }).click()
  await expect(rows).toHaveCount(3)
  await app.getByRole('button', { name: 'Kept only' }).click()
  await expect(rows).toHaveCount(1)
  await app.reload()
  await expect(rows).toHaveCount(3)
})

/** Sends this many requests to Echo, one after the other, and answers its URL. */
async function sent(app: Page, count: number): Promise<string> {
  const echo = await showReceiver(app, 'Echo')
  const url = (await echo.locator('code').first().textContent()) ?? ''
  for (let at = 1; at <= count; at++) await fetch(`${url}?at=${at}`, { method: 'POST', body: '1' })
  return url
}

test('Enter opens the row that was walked to, whatever came on top of it meanwhile', async ({
  app,
}) => {
  const url = await sent(app, 4)
  const grid = app.getByRole('grid', { name: 'Captures, newest first' })
  await expect(grid).toHaveAttribute('aria-rowcount', '4')
  await grid.focus()
  await app.keyboard.press('ArrowDown')
  await app.keyboard.press('ArrowDown')
  await expect(grid.locator('[data-active]')).toContainText('at=2')
  for (const at of [5, 6]) await fetch(`${url}?at=${at}`, { method: 'POST' })
  await expect(grid).toHaveAttribute('aria-rowcount', '6')
  await app.keyboard.press('Enter')
  await expect(app.getByRole('article', { name: 'Capture' })).toContainText('at=2')
})

test('Shift chooses from row to row, with the mouse and with the arrows', async ({ app }) => {
  const url = await sent(app, 6)
  const grid = app.getByRole('grid', { name: 'Captures, newest first' })
  await expect(grid).toHaveAttribute('aria-rowcount', '6')
  const box = (at: number) => row(app, `at=${at}`).getByRole('checkbox')
  await box(6).click()
  await box(4).click({ modifiers: ['Shift'] })
  await expect(app.getByText('3 chosen')).toBeVisible()
  await expect(box(5)).toBeChecked()
  // A row reaches as far as its box does, and is not opened.
  await row(app, 'at=2').click({ modifiers: ['Shift'] })
  await expect(app.getByText('5 chosen')).toBeVisible()
  await expect(app.getByRole('article', { name: 'Capture' })).toBeHidden()
  await box(3).click({ modifiers: ['Shift'] })
  await expect(box(3)).not.toBeChecked()

  for (const at of [6, 5, 4, 3, 2]) await box(at).uncheck()
  await box(2).check()
  await row(app, 'at=5').click()
  await expect(grid.locator('[data-active]')).toContainText('at=5')
  await app.keyboard.press('Shift+ArrowDown')
  await app.keyboard.press('Shift+ArrowDown')
  await expect(app.getByText('4 chosen')).toBeVisible()
  await app.keyboard.press('Shift+ArrowUp')
  await expect(app.getByText('3 chosen')).toBeVisible()
  await expect(box(3)).not.toBeChecked()
  // It goes on from the row that it began at, whatever came on top of that.
  await fetch(`${url}?at=7`, { method: 'POST' })
  await expect(grid).toHaveAttribute('aria-rowcount', '7')
  await app.keyboard.press('Shift+ArrowUp')
  await expect(app.getByText('2 chosen')).toBeVisible()
  await expect(box(5)).toBeChecked()
  await expect(box(2)).toBeChecked()
})

test('what comes on top of a scrolled list does not move what is read', async ({ app }) => {
  const url = await sent(app, 40)
  const grid = app.getByRole('grid', { name: 'Captures, newest first' })
  await expect(grid).toHaveAttribute('aria-rowcount', '40')
  await grid.hover()
  await app.mouse.wheel(0, 480)
  const read = grid.getByRole('row').filter({ hasText: 'at=25' })
  await expect(grid).toHaveJSProperty('scrollTop', 480)
  const before = await read.boundingBox()
  for (const at of [41, 42]) await fetch(`${url}?at=${at}`, { method: 'POST' })
  await expect(grid).toHaveAttribute('aria-rowcount', '42')
  expect(await read.boundingBox()).toEqual(before)
})

test('two captures that were deleted one after the other both come back', async ({ app }) => {
  await sent(app, 3)
  const rows = app.getByRole('row').filter({ hasText: 'POST /in/echo' })
  await expect(rows).toHaveCount(3)
  for (const left of [2, 1]) {
    await rows.first().getByRole('checkbox').click()
    await app.getByRole('button', { name: 'Delete' }).click()
    await expect(rows).toHaveCount(left)
  }
  const undo = app.getByRole('button', { name: 'Undo' })
  await expect(undo).toHaveCount(2)
  await undo.first().click()
  await expect(undo).toHaveCount(1)
  await expect(rows).toHaveCount(2)
  await undo.click()
  await expect(rows).toHaveCount(3)
})

test('a second press deletes nothing more, and the keys go on in the list', async ({ app }) => {
  await sent(app, 3)
  const rows = app.getByRole('row').filter({ hasText: 'POST /in/echo' })
  await expect(rows).toHaveCount(3)
  await rows.first().getByRole('checkbox').click()
  await app.getByRole('button', { name: 'Delete' }).focus()
  // Both before the first of them is answered.
  await app.getByRole('button', { name: 'Delete' }).evaluate((button: HTMLElement) => {
    button.click()
    button.click()
  })
  await expect(rows).toHaveCount(2)
  await expect(app.getByRole('grid', { name: 'Captures, newest first' })).toBeFocused()
  await expect(app.getByRole('button', { name: 'Undo' })).toHaveCount(1)
  await app.keyboard.press('ControlOrMeta+z')
  await expect(rows).toHaveCount(3)
  await expect(app.getByRole('button', { name: 'Undo' })).toHaveCount(0)
})

test('the longest name of a receiver stays within what is drawn', async ({ app }) => {
  await goTo(app, 'captures')
  await app.getByRole('button', { name: 'Add receiver' }).click()
  await app.getByLabel('Name of the receiver').fill('W'.repeat(200))
  await app.keyboard.press('Enter')
  const card = app.getByRole('region', { name: /^Receiver W/ })
  const isWithin = (element: HTMLElement) => element.scrollWidth <= element.clientWidth
  await expect(card.getByRole('heading')).toBeVisible()
  expect(await card.evaluate(isWithin)).toBe(true)
  await card.getByRole('button', { name: /^More for W/ }).click()
  await app.getByRole('menuitem', { name: 'Name, address and forwarding…' }).click()
  const heading = app.getByRole('dialog').getByRole('heading')
  await expect(heading).toBeVisible()
  expect(await heading.evaluate(isWithin)).toBe(true)
})

test('what is ticked is unticked once it is no longer listed', async ({ app }) => {
  await sent(app, 3)
  const rows = app.getByRole('row').filter({ hasText: 'POST /in/echo' })
  const chosen = app.getByText('2 chosen')
  const tickTwo = async () => {
    for (const at of [0, 1]) await rows.nth(at).getByRole('checkbox').check()
    await expect(chosen).toBeVisible()
  }
  await tickTwo()
  await app.getByRole('button', { name: 'Kept only' }).click()
  await expect(app.getByText('No capture matches.')).toBeVisible()
  await app.keyboard.press('ControlOrMeta+K')
  await app.getByRole('textbox', { name: 'Search or do' }).fill('compare')
  await app.keyboard.press('Enter')
  await expect(app.getByText(/^Tick two deliveries or two captures/)).toBeVisible()
  await app.getByRole('button', { name: 'Kept only' }).click()
  await expect(rows).toHaveCount(3)
  await expect(chosen).toBeHidden()

  await tickTwo()
  await rows.first().click()
  const pane = app.getByRole('article', { name: 'Capture' })
  await pane.getByRole('button', { name: 'More for this capture' }).click()
  await app.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(app.getByText('1 chosen')).toBeVisible()
})

test('a note is kept though its field is never left', async ({ app }) => {
  await app.setViewportSize({ width: 960, height: 600 })
  await sent(app, 1)
  await row(app, 'at=1').click()
  const note = app.getByRole('article', { name: 'Capture' }).getByLabel('Note')
  await note.fill('typed, then Escape')
  await app.keyboard.press('Escape')
  await expect(note).toBeHidden()
  await expect(row(app, 'at=1').getByLabel('Has a note')).toBeVisible()
  await row(app, 'at=1').click()
  await expect(note).toHaveValue('typed, then Escape')
  await note.fill('typed, then back')
  await app.goBack()
  await expect(note).toBeHidden()
  await row(app, 'at=1').click()
  await expect(note).toHaveValue('typed, then back')
})

test('no command is offered before it is known where to send to', async ({ app }) => {
  await app.routeWebSocket(/\/rpc$/, (socket) => {
    const host = socket.connectToServer()
    socket.onMessage((message) => {
      if (!String(message).includes('/receiver/list')) host.send(message)
    })
  })
  await app.reload()
  await goTo(app, 'captures')
  await expect(app.getByText('No requests yet.')).toBeVisible()
  await expect(app.getByText(/curl/)).toBeHidden()
  await expect(app.getByRole('button', { name: 'Copy the command' })).toBeHidden()
})

test('what is no HTTP is shown with its bytes and the reason', async ({ app }) => {
  const echo = await showReceiver(app, 'Echo')
  const url = (await echo.locator('code').first().textContent()) ?? ''
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.end('hello, is this HTTP?\r\n\r\n')
  await row(app, 'hello, is this HTTP?').click()
  const pane = app.getByRole('article', { name: 'Capture' })
  await expect(pane.getByText(/It is not HTTP as RFC 9112 has it/)).toBeVisible()
  socket.destroy()
})

test('webhooks that a new port of the receivers leaves behind are aimed at it when asked for', async ({
  app,
}) => {
  await goTo(app, 'settings')
  const port = app.getByLabel('Port of the receivers')
  const before = await port.inputValue()
  await expect(app.getByText(`Listening on 127.0.0.1:${before}.`)).toBeVisible()
  const offer = app.getByRole('region', { name: 'Webhooks at another port' })
  await expect(offer).toBeHidden()
  const next = await freePort()
  await port.fill(String(next))
  await port.press('Enter')
  await expect(offer).toContainText(
    `5 webhooks still point at the receivers on port ${before}, where they no longer are.`,
  )
  await expect(offer).toContainText('and 2 more')
  await goTo(app, 'webhooks')
  await expect(row(app, 'Booked meetings → Echo')).toContainText(`http://127.0.0.1:${before}/in/`)

  await goTo(app, 'settings')
  await offer.getByRole('button', { name: `Aim all at port ${next}` }).click()
  await expect(app.getByText(`5 webhooks now point at port ${next}.`)).toBeVisible()
  await expect(offer).toBeHidden()
  await goTo(app, 'webhooks')
  for (const name of ['Booked meetings → Echo', 'New attendees → Slack']) {
    await app.getByRole('button', { name: `Fire a sample to ${name}` }).click()
    await expect(row(app, name).getByText('Delivered')).toBeVisible()
  }
})
