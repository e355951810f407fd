/** Chat messages as the inspector draws them, of captures that other software sent. */
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import {
  MESSAGE_CARD,
  SLACK_MESSAGE,
  TEAMS_MESSAGE,
  WEBEX_MESSAGE,
} from '../support/chat-messages.ts'
import { expect, goTo, test } from './app.ts'

let sent = 0

/** Sends the message to Echo and opens it; answers what is drawn of it. */
async function drawn(page: Page, message: unknown, chat: string): Promise<Locator> {
  const listening = await page.getByText(/Receivers on :\d+/).textContent()
  const url = `http://127.0.0.1:${/:(\d+)/.exec(listening ?? '')?.[1]}/in/echo?message=${++sent}`
  await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof message === 'string' ? message : JSON.stringify(message),
  })
  await page
    .getByRole('row')
    .filter({ hasText: `message=${sent}` })
    .click()
  await page.getByRole('radiogroup', { name: 'Request body: view' }).getByText('Message').click()
  return page.getByRole('region', { name: `The message in ${chat}` })
}

async function expectSound(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .include('section[aria-label^="The message in"]')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect(serious.map(({ id, nodes }) => `${where}: ${id} at ${nodes[0]?.html}`)).toEqual([])
  await expectNoOverflow(page, where)
}

async function expectNoOverflow(page: Page, where: string): Promise<void> {
  const overflow = await page.evaluate(() => {
    const drawn = document.querySelector('[data-chat][data-scheme]')
    const ofDrawn = drawn ? drawn.scrollWidth - drawn.clientWidth : 0
    return Math.max(ofDrawn, document.documentElement.scrollWidth - innerWidth)
  })
  expect(overflow, `${where} is wider than its place`).toBeLessThanOrEqual(0)
}

test.beforeEach(async ({ app, host }) => {
  await goTo(app, 'captures')
  const foreign: string[] = []
  app.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(host.origin) && !url.startsWith('data:')) foreign.push(url)
  })
  app.on('popup', (page) => foreign.push(`popup ${page.url()}`))
  await app.exposeFunction('foreignRequests', () => foreign)
})

test.afterEach(async ({ app }) => {
  const foreign = await app.evaluate('foreignRequests()')
  expect(foreign, 'nothing leaves the app').toEqual([])
})

test('a Slack message is drawn with its blocks, and says what its notification says', async ({
  app,
}) => {
  const message = await drawn(app, SLACK_MESSAGE, 'Slack')
  await expect(message.getByRole('heading', { name: 'Meeting booked 📆' })).toBeVisible()
  await expect(message.getByText('Pricing review', { exact: true })).toHaveCSS('font-weight', '700')
  await expect(message.getByText('@Tom')).toBeVisible()
  await expect(message.getByRole('img', { name: 'The floor plan' })).toContainText(
    'pictures.example',
  )
  await expect(message.getByRole('button', { name: 'Accept' })).toBeVisible()
  await expect(message.getByText('const a = 1 < 2')).toBeVisible()
  const notes = message.getByRole('list', { name: 'About this preview' })
  await expect(notes).toContainText('The notification says: Meeting booked: Pricing review on Oct')
  await expect(notes).toContainText('Not drawn here: a block “video”.')
})

test('links say where they lead, and lead nowhere', async ({ app }) => {
  const message = await drawn(app, SLACK_MESSAGE, 'Slack')
  const address = app.url()
  const link = message.getByRole('link', { name: 'the agenda' })
  await link.hover()
  await expect(message.getByText('https://events.example/m/42', { exact: true })).toBeVisible()
  await link.click()
  await link.click({ button: 'middle' })
  await message.getByRole('button', { name: 'Accept' }).focus()
  await expect(message.getByText('https://events.example/accept', { exact: true })).toBeVisible()
  await app.keyboard.press('Enter')
  expect(app.url()).toBe(address)
})

test('a Teams card is drawn, its hidden part opens, and its link says where it leads', async ({
  app,
}) => {
  const message = await drawn(app, TEAMS_MESSAGE, 'Microsoft Teams')
  await expect(message.getByRole('heading', { name: 'Meeting booked' })).toBeVisible()
  await expect(message.getByText('Amélie Laurent, Northbridge')).toBeVisible()
  await expect(message.getByRole('img', { name: 'The floor plan' })).toBeVisible()
  await expect(message.getByText('linked')).toBeVisible()
  await expect(message.getByText('Inner words')).toBeHidden()
  await message.getByRole('button', { name: 'More' }).click()
  await expect(message.getByText('Inner words')).toBeVisible()
  for (const [name, url] of [
    ['the agenda', 'https://events.example/m/42'],
    ['linked', 'https://events.example/run'],
    ['Open the meeting', 'https://events.example/m/42'],
  ] as const) {
    const link = message.getByRole('link', { name })
    await link.hover()
    await expect(message.getByText(url, { exact: true })).toBeVisible()
    await link.click()
  }
  await expect(message.getByRole('list', { name: 'About this preview' })).toContainText(
    'Not drawn here: an element “Input.Text”, an action “Action.Submit”',
  )
})

test('a legacy card and a Webex message are drawn', async ({ app }) => {
  const card = await drawn(app, MESSAGE_CARD, 'Microsoft Teams')
  await expect(card.getByRole('heading', { name: 'Meeting booked' })).toBeVisible()
  await expect(card.getByText('Workflows do not show the buttons')).toBeVisible()
  const webex = await drawn(app, WEBEX_MESSAGE, 'Webex')
  await expect(webex.getByRole('heading', { name: 'Meeting booked' })).toBeVisible()
  await expect(webex.getByRole('listitem').filter({ hasText: 'Table 12' }).first()).toBeVisible()
  await expect(webex.getByText('Bring the numbers.')).toBeVisible()
})

test('every message is accessible in both looks, and fits into a small window', async ({ app }) => {
  test.setTimeout(180_000)
  for (const [body, chat] of [
    [SLACK_MESSAGE, 'Slack'],
    [TEAMS_MESSAGE, 'Microsoft Teams'],
    [MESSAGE_CARD, 'Microsoft Teams'],
    [WEBEX_MESSAGE, 'Webex'],
  ] as const) {
    await app.setViewportSize({ width: 1280, height: 800 })
    const message = await drawn(app, body, chat)
    for (const look of ['Light', 'Dark']) {
      await message.getByText(look, { exact: true }).click()
      await expectSound(app, `${chat}, ${look}`)
    }
    await app.setViewportSize({ width: 960, height: 600 })
    await expectNoOverflow(app, `${chat} at 960`)
  }
})

const HTML = '<img src=x onerror="document.title=\'run\'"><script>document.title="run"</script>'
const BIDI = '\u202eevil\u2066 \u202d'

test('hostile messages run nothing and break no layout', async ({ app }) => {
  const long = 'w'.repeat(3_000)
  const title = await app.title()
  const text = `${HTML} ${BIDI} <javascript:alert(1)|x> *${long}*`
  const slack = await drawn(
    app,
    {
      text: 'x'.repeat(40_000),
      blocks: Array.from({ length: 45 }, () => ({
        type: 'section',
        text: { type: 'mrkdwn', text },
        accessory: {
          type: 'button',
          text: { type: 'plain_text', text: long.slice(0, 300) },
          url: 'javascript:1',
        },
      })),
    },
    'Slack',
  )
  await expect(slack.getByText(long.slice(0, 100)).first()).toBeVisible()
  await expectSound(app, 'hostile Slack')
  const card = {
    type: 'AdaptiveCard',
    version: '1.4',
    body: [
      { type: 'TextBlock', text: `${HTML} [x](javascript:alert(1)) ${long}`, wrap: true },
      { type: 'TextBlock', text: long },
      { type: 'Image', url: 'https://evil.example/i.png', altText: HTML },
      { type: 'Image', url: 'javascript:alert(1)' },
      { type: 'FactSet', facts: [{ title: HTML, value: long }] },
    ],
    actions: [{ type: 'Action.OpenUrl', title: long, url: 'javascript:alert(1)' }],
  }
  const teams = await drawn(
    app,
    {
      type: 'message',
      attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
    },
    'Microsoft Teams',
  )
  await expect(teams.getByText('<script>').first()).toBeVisible()
  await expect(teams.locator('script, img, iframe, a')).toHaveCount(0)
  await expect(teams.locator('[data-url^="javascript"]')).toHaveCount(0)
  await expectSound(app, 'hostile Teams')
  const webex = await drawn(app, { markdown: `${text}\n> ${'> '.repeat(500)}deep` }, 'Webex')
  await expect(webex.getByText('<script>')).toBeVisible()
  await expectSound(app, 'hostile Webex')
  expect(await app.title()).toBe(title)
})
