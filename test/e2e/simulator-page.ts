/**
 * What the simulator's specs share: one host, page and recorder of what is sent for all of them; per
 * test a page that has forgotten what it remembered, and the screen as the tests speak of it.
 */
import { test as base, expect, type Locator, type Page } from '@playwright/test'
import { type EventName, emptyDraft, type WebhookDraft } from '#contract'
import { type ByteRecorder, startByteRecorder } from '../support/byte-recorder.ts'
import { connectHost } from '../support/host-client.ts'
import { type Host, startHost } from '../support/start-host.ts'

/** Tall enough for the editor to draw all lines of a payload. */
const VIEWPORT = { width: 1280, height: 2400 }

interface Bench {
  readonly host: Host
  readonly page: Page
  readonly recorder: ByteRecorder
  readonly faults: string[]
}

interface Fixtures {
  app: Page
  simulator: SimulatorPage
  sent: Sent
}

export const test = base.extend<Fixtures, { bench: Bench }>({
  bench: [
    async ({ browser }, use) => {
      const host = await startHost()
      const recorder = await startByteRecorder()
      const page = await browser.newPage()
      const faults: string[] = []
      page.on('pageerror', (error) => faults.push(`exception: ${error.message}`))
      page.on('console', (message) => {
        if (message.type() === 'error') faults.push(`console: ${message.text()}`)
      })
      await page.goto(host.link)
      await expect(page.getByText('Booked meetings → Echo')).toBeVisible()
      await addWebhooks(host, page, recorder.origin)
      await use({ host, page, recorder, faults })
      await page.close()
      await recorder.close()
      await host.remove()
    },
    { scope: 'worker' },
  ],
  app: async ({ bench: { host, page, faults } }, use) => {
    await page.setViewportSize(VIEWPORT)
    await page.goto(`${host.origin}/#/simulator`)
    await page.evaluate(() => localStorage.clear())
    // The page tells what it has not told yet as it goes: that is in before it is served again.
    await page.reload()
    await expect(page.getByRole('button', { name: 'Fire all 22' })).toBeVisible()
    await forgetPayloads(host, await tokenOf(page))
    await page.reload()
    await expect(page.getByRole('button', { name: 'Fire all 22' })).toBeVisible()
    await use(page)
    expect(faults.splice(0)).toEqual([])
  },
  simulator: async ({ app }, use) => use(createSimulatorPage(app)),
  sent: async ({ bench }, use) => use(createSent(bench.recorder)),
})

export { expect } from '@playwright/test'

/** Beside the five of the sample workspace, which listen to other events. */
async function addWebhooks(host: Host, page: Page, origin: string): Promise<void> {
  const { client, close } = await connectHost(host, await tokenOf(page))
  const add = (name: string, path: string, change: Partial<WebhookDraft>) => {
    const endpoint = { kind: 'plain', text: origin + path } as const
    const draft = { ...emptyDraft(), name, endpoint, ...change }
    return client.webhook.save({ webhookId: null, draft })
  }
  const conditions: WebhookDraft['target']['conditions'] = [
    { field: 'ticketType', operator: 'is', values: ['VIP'] },
  ]
  const event = 'attendee.updated'
  await add('Cancellations', '/cancelled', { event: 'meeting.cancelled' })
  await add('All updates', '/all-updates', { event })
  await add('VIP updates', '/vip-updates', { event, target: { join: 'all', conditions } })
  await add('Old updates', '/old-updates', { event, status: 'inactive' })
  close()
}

async function tokenOf(page: Page): Promise<string> {
  return (await page.evaluate(() => sessionStorage.getItem('hookstage.session'))) ?? ''
}

async function forgetPayloads(host: Host, token: string): Promise<void> {
  const { client, close } = await connectHost(host, token)
  for (const { event } of await client.simulator.drafts()) {
    await client.simulator.discardDraft({ event })
  }
  close()
}

/** What arrived since the test began. */
interface Sent {
  /** The bodies, once there are so many. */
  bodies(count: number): Promise<string[]>
  /** The paths they went to, in alphabetical order. */
  paths(): string[]
}

function createSent({ requests }: ByteRecorder): Sent {
  const earlier = requests.length
  return {
    bodies: async (count) => {
      await expect.poll(() => requests.length - earlier).toBe(count)
      return requests.slice(earlier).map(({ body }) => body.toString('utf8'))
    },
    paths: () =>
      requests
        .slice(earlier)
        .map(({ head }) => head.split(' ')[1] ?? '')
        .sort(),
  }
}

interface SimulatorPage {
  /** The button of an event on the board. */
  place(event: EventName): Locator
  /** Chooses an event and waits until its payload is there. */
  choose(event: EventName): Promise<void>
  readonly seed: Locator
  /** The JSON editor. */
  readonly editor: Locator
  readonly fireButton: Locator
  /** Whether each firing gets an id and a time of its own. */
  readonly stamp: Locator
  readonly lastFiring: Locator
  readonly audience: Locator
  /** The popover of kept samples. */
  readonly kept: Locator
  /** The button that opens it, by what it says. */
  keepButton(name: string): Locator
  showForm(): Promise<void>
  showJson(): Promise<void>
  /** The JSON as it stands in the editor, line by line. */
  shownJson(): Promise<string>
  /** Puts another text in the place of the editor's. */
  writeJson(text: string): Promise<void>
  /** Puts the editor's cursor behind so many characters of the text. */
  moveTo(offset: number): Promise<void>
}

function createSimulatorPage(app: Page): SimulatorPage {
  const editor = app.getByRole('textbox', { name: 'Payload as JSON' })
  const main = app.getByRole('main')
  const show = (view: string) =>
    app.getByRole('radiogroup', { name: 'Payload view' }).getByText(view).click()
  const place = (event: EventName) => main.locator(`[data-event="${event}"]`)
  return {
    place,
    choose: async (event) => {
      await place(event).click()
      await expect(main.locator('header code')).toHaveText(event)
      await expect(app.getByLabel('Seed', { exact: true })).toBeVisible()
    },
    seed: app.getByLabel('Seed', { exact: true }),
    editor,
    fireButton: main.getByRole('button', { name: /^Fire (Ctrl|⌘)/ }),
    stamp: main.getByRole('switch', { name: 'New id and time on each fire' }),
    lastFiring: app.getByRole('region', { name: 'Last firing' }),
    audience: app.getByRole('region', { name: 'Who receives it' }),
    kept: app.getByRole('dialog'),
    keepButton: (name) => main.getByRole('button', { name, exact: true }),
    showForm: () => show('Form'),
    showJson: async () => {
      await show('JSON')
      await expect(editor).toBeVisible()
    },
    shownJson: async () => (await editor.locator('.cm-line').allTextContents()).join('\n'),
    writeJson: async (text) => {
      await editor.click()
      await app.keyboard.press('Control+a')
      await app.keyboard.insertText(text)
      await expect(editor).toHaveText(text.replaceAll('\n', ''))
    },
    moveTo: async (offset) => {
      await editor.click()
      await app.keyboard.press('Control+Home')
      for (let step = 0; step < offset; step += 1) await app.keyboard.press('ArrowRight')
    },
  }
}
