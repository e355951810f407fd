/** Rehearsals of Slack, Teams and Webex as a user sees them: their channels, and failing as told. */
import type { Locator, Page } from '@playwright/test'
import { expect, goTo, showReceiver, test } from './app.ts'
import { expectSound } from './sound.ts'

const CARD = {
  type: 'message',
  attachments: [
    {
      contentType: 'application/vnd.microsoft.card.adaptive',
      contentUrl: null,
      content: {
        type: 'AdaptiveCard',
        version: '1.4',
        body: [{ type: 'TextBlock', text: 'Room 4 is open' }],
      },
    },
  ],
}

test.use({
  viewport: { width: 1280, height: 800 },
  permissions: ['clipboard-read', 'clipboard-write'],
})

/** Puts the URL of a rehearsal on the clipboard, as a user would, and answers it. */
async function copiedUrl(page: Page, card: Locator): Promise<string> {
  await card.getByRole('button', { name: 'Copy the URL' }).click()
  await expect(card.getByText('Copied')).toBeVisible()
  return page.evaluate(() => navigator.clipboard.readText())
}

async function post(url: string, body: unknown): Promise<number> {
  const headers = { 'Content-Type': 'application/json' }
  return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).status
}

test('a channel fills as messages come in, and says what was refused', async ({ app }) => {
  const card = await showReceiver(app, 'Slack')
  const channel = app.getByRole('region', { name: 'Channel of Slack' })
  await expect(channel.getByText('Nothing has come in yet.')).toBeVisible()
  const url = await copiedUrl(app, card)
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/services\/T\w{10}\/B\w{10}\/\w{24}$/)
  expect(await app.content()).not.toContain(url.slice(-24))

  expect(await post(url, { text: 'Ada has *arrived*' })).toBe(200)
  await expect(channel.getByRole('article', { name: 'Posted' })).toContainText('Ada has arrived')
  expect(await post(url, { id: 'evt_1' })).toBe(400)
  const refused = channel.getByRole('article', { name: 'Refused' })
  await expect(refused).toContainText('Refused: 400 no_text The message has neither text')
  await refused.getByRole('button', { name: 'Show its request' }).click()
  const capture = app.getByRole('article', { name: 'Capture' })
  await expect(capture.getByText('"evt_1"')).toBeVisible()
  await capture.getByRole('button', { name: 'Channel' }).click()
  await expect(refused).toBeVisible()
  await app.reload()
  await showReceiver(app, 'Slack')
  await expect(channel.getByRole('article')).toHaveCount(2)
  expect(await app.content()).not.toContain(url.slice(-24))
})

test('a channel is found by the palette, from any screen', async ({ app }) => {
  await app.keyboard.press('ControlOrMeta+k')
  await app.getByRole('textbox', { name: 'Search or do' }).fill('slack rehearsal')
  await app.getByRole('button', { name: 'Slack rehearsal' }).click()
  await expect(app.getByRole('region', { name: 'Channel of Slack' })).toBeVisible()
})

test('a rehearsal fails as it is told, and then answers again', async ({ app }) => {
  const card = await showReceiver(app, 'Slack')
  const url = await copiedUrl(app, card)
  await card.getByLabel('How Slack answers').selectOption('410 channel_is_archived')
  await expect(card.getByText('The channel is archived.')).toBeVisible()
  await card.getByLabel('How often Slack fails').selectOption('the next 2 times')
  await expect(card.getByLabel('How often Slack fails')).toHaveValue('2')
  expect(await post(url, { text: 'one' })).toBe(410)
  await expect(card.getByLabel('How often Slack fails')).toHaveValue('1')
  expect(await post(url, { text: 'two' })).toBe(410)
  await expect(card.getByLabel('How Slack answers')).toHaveValue('')
  expect(await post(url, { text: 'three' })).toBe(200)
  const channel = app.getByRole('region', { name: 'Channel of Slack' })
  await expect(channel.getByText('It was told to fail so.')).toHaveCount(2)
  await expect(channel.getByRole('article', { name: 'Posted' })).toContainText('three')
})

test('what a flow of Teams lost after its 202 stands in the channel', async ({ app }) => {
  const url = await copiedUrl(app, await showReceiver(app, 'Teams'))
  expect([await post(url, CARD), await post(url, { type: 'meeting.booked' })]).toEqual([202, 202])
  const channel = app.getByRole('region', { name: 'Channel of Teams' })
  const posted = channel.getByRole('article', { name: 'Posted', exact: true })
  await expect(posted).toContainText('Room 4 is open')
  await expect(posted).toContainText('The flow ran and posted it.')
  await expect(channel.getByRole('article', { name: 'Not posted' })).toContainText(
    'Answered 202, then not posted The flow failed: it goes through the attachments',
  )
})

test('a rehearsal is added, set up, and deleted', async ({ app }) => {
  await goTo(app, 'captures')
  await app.getByRole('button', { name: 'Add receiver' }).click()
  await app.getByLabel('Name of the receiver').fill('Sales')
  await app.getByLabel('Kind').selectOption('Webex rehearsal')
  await app.getByRole('button', { name: 'Add', exact: true }).click()
  const card = app.getByRole('region', { name: 'Receiver Sales' })
  const url = await copiedUrl(app, card)
  expect(await post(url, { markdown: '**hi**' })).toBe(204)
  await card.getByRole('button', { name: 'More for Sales' }).click()
  await app.getByRole('menuitem', { name: 'Name and how it answers…' }).click()
  const dialog = app.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Sales floor')
  await dialog.getByLabel('Yes is said with').selectOption('200')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(app.getByRole('region', { name: 'Receiver Sales floor' })).toBeVisible()
  expect(await post(url, { markdown: '**hi**' })).toBe(200)
  await app.getByRole('button', { name: 'More for Sales floor' }).click()
  await app.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(app.getByRole('region', { name: 'Receiver Sales floor' })).toBeHidden()
  expect(await post(url, { markdown: '**hi**' })).toBe(404)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`channels are accessible in ${colorScheme}, wide and narrow`, async ({ app }) => {
    await app.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const url = await copiedUrl(app, await showReceiver(app, 'Slack'))
    const channel = app.getByRole('region', { name: 'Channel of Slack' })
    await expectSound(app, 'the channel')
    await post(url, { text: 'Ada has *arrived*' })
    await post(url, {})
    await expect(channel.getByRole('article', { name: 'Refused' })).toBeVisible()
    await expectSound(app, 'the channel')
    await app.setViewportSize({ width: 960, height: 600 })
    await app.getByRole('button', { name: 'Show the channel' }).click()
    await expect(channel.getByRole('article', { name: 'Refused' })).toBeVisible()
    await expectSound(app, 'the channel')
    await app.keyboard.press('Escape')
    await expect(channel).toBeHidden()
  })
}
