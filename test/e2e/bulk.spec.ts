/** Many captures replayed at once: the dry run, the run, its report, and a page that stays quick. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { captureInto } from '../support/captured-folder.ts'
import { startHost } from '../support/start-host.ts'
import { test as base, expect, goTo } from './app.ts'
import { CUT } from './line.ts'
import { type LocalServer, startLocal } from './local-server.ts'
import { expectSound } from './sound.ts'

interface Fixtures {
  /** Captures of Echo from the start; every tenth of them was answered 500. */
  captured: number
  /** Answers 200, but 500 to every third. */
  receiver: LocalServer & { readonly numbers: number[] }
}

const ANSWERED = { status: 200, answer: 'HTTP/1.1 200 OK\r\n\r\nok' }
const FAILED = { status: 500, answer: 'HTTP/1.1 500 Internal Server Error\r\n\r\nok' }

const test = base.extend<Fixtures>({
  captured: [30, { option: true }],
  host: async ({ captured }, use) => {
    const dataDir = mkdtempSync(join(tmpdir(), 'hookstage-bulk-'))
    await captureInto(dataDir, captured, (number) => ({
      ...(number % 10 === 0 ? FAILED : ANSWERED),
      receivedAtMs: Date.now() - (captured - number) * 1_000,
    }))
    const host = await startHost(dataDir)
    await use(host)
    await host.remove()
  },
  receiver: async ({ browserName: _ }, use) => {
    const numbers: number[] = []
    const server = await startLocal((request, response) => {
      const number = Number(request.headers['x-number'])
      numbers.push(number)
      request.resume()
      request.on('end', () => response.writeHead(number % 3 === 0 ? 500 : 200).end('ok'))
    })
    await use({ ...server, numbers })
    server.close()
  },
})

test.use({ viewport: { width: 1280, height: 800 } })

/**
 * How long each task of the page held its main thread, in ms: the time that it ran, so that what else
 * this machine is busy with does not count. Left out is what this test asks of the page: to look for
 * an element, and to describe all of them where one is not as expected yet.
 */
async function watchTasks(page: Page): Promise<{ stop(): Promise<number[]> }> {
  const browser = page.context().browser()
  if (!browser) throw new Error('no browser')
  await browser.startTracing(page, { categories: ['toplevel'] })
  return {
    stop: async () => {
      const trace = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] }
      const threadOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`
      const main = new Set(
        trace.traceEvents
          .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
          .map(threadOf),
      )
      const events = trace.traceEvents.filter((event) => main.has(threadOf(event)))
      const asked = events.filter(({ args }) => interfaceOf(args) === DEV_TOOLS)
      const tasks = events.filter(
        (task) =>
          task.tdur !== undefined &&
          task.name.endsWith('RunTask') &&
          !asked.some(({ ts }) => ts >= task.ts && ts <= task.ts + (task.dur ?? 0)),
      )
      // Without these nothing would have been measured, or told apart.
      expect(tasks.length).toBeGreaterThan(100)
      expect(asked.length).toBeGreaterThan(10)
      return tasks.map(({ tdur = 0 }) => tdur / 1000)
    },
  }
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** When it began and how long it took, µs. */
  readonly ts: number
  readonly dur?: number
  /** Time on the thread, µs. */
  readonly tdur?: number
  readonly args?: TraceArgs
}

interface TraceArgs {
  readonly name?: string
  readonly chrome_mojo_event_info?: { readonly mojo_interface_tag?: string }
}

const DEV_TOOLS = 'blink.mojom.DevToolsSession'

function interfaceOf(args: TraceArgs | undefined): string | undefined {
  return args?.chrome_mojo_event_info?.mojo_interface_tag
}

test('captures are replayed in bulk after a dry run, and the report says what changed', async ({
  app,
  receiver,
}) => {
  await goTo(app, 'captures')
  await app.getByRole('button', { name: 'Replay all that are listed' }).click()
  const dialog = app.getByRole('dialog', { name: 'Replay in bulk' })
  const dryRun = dialog.getByRole('region', { name: 'What would be sent' })
  await expect(dryRun.getByText('30 of 30 captures would be sent')).toBeVisible()
  await dialog.getByLabel('To', { exact: true }).selectOption('One URL…')
  await expect(dialog.getByRole('button', { name: /^Send/ })).toBeDisabled()
  await dialog.getByLabel('URL', { exact: true }).fill('http://partner.example/in')
  await expect(dryRun.getByText('another machine')).toBeVisible()
  await expect(dryRun.getByLabel('Send to partner.example')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Send 30' })).toBeDisabled()
  await expect(dialog.getByText(/^Tick the hosts that were never sent to before/)).toBeVisible()
  await dialog.getByLabel('URL', { exact: true }).fill('http://part ner')
  await expect(dialog.getByText(/said once the marked field is right/)).toBeVisible()
  await expect(dryRun).toBeHidden()
  await dialog.getByLabel('URL', { exact: true }).fill(`${receiver.origin}/in`)
  await expect(dryRun.getByText('this machine')).toBeVisible()
  await dialog.getByLabel('Spacing').selectOption('As recorded, times a factor')
  const factor = dialog.getByLabel('Factor')
  await factor.press('ControlOrMeta+a')
  await factor.pressSequentially('0')
  await expect(factor).toHaveValue('0')
  await expect(factor).toHaveAttribute('aria-invalid', 'true')
  await expect(dialog.getByRole('button', { name: 'Send 30' })).toBeDisabled()
  await factor.pressSequentially('.5')
  await expect(factor).toHaveValue('0.5')
  await expect(dialog.getByRole('button', { name: 'Send 30' })).toBeEnabled()
  await expect(dryRun.getByText('over 14.5 s at least')).toBeVisible()
  await dialog.getByLabel('Spacing').selectOption('As fast as allowed')
  await dialog.getByRole('button', { name: 'Send 30' }).click()

  const run = app.getByRole('article', { name: 'Bulk replay' })
  await expect(run.getByText('Done: 30 of 30 · 9 newly broken')).toBeVisible()
  expect(receiver.numbers.toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 30 }, (_, number) => number),
  )
  // 0 had failed and failed; 10 and 20 had failed and did not.
  await run.getByRole('button', { name: 'Fixed 2' }).click()
  const items = run.getByRole('grid', { name: 'Items, in the order of recording' })
  await expect(items.getByRole('row')).toHaveCount(2)
  await run.getByRole('button', { name: 'Newly broken 9' }).click()
  await expect(items.getByRole('row')).toHaveCount(9)
  await items.getByRole('row').first().click()
  const pair = app.getByRole('dialog', { name: 'Compare' })
  await expect(pair.getByText(/^Same body\./)).toBeVisible()
  await pair.getByRole('definition').nth(1).getByRole('button').click()
  const inspector = app.getByRole('article', { name: /^Delivery to/ })
  await expect(inspector.getByText('1 replay from one origin')).toBeVisible()

  await app.keyboard.press('ControlOrMeta+K')
  await app.getByRole('textbox', { name: 'Search or do' }).fill('bulk replays')
  await app.keyboard.press('Enter')
  await app.getByRole('button', { name: /^30 captures, as received/ }).click()
  await run.getByRole('button', { name: 'Forget this run' }).click()
  await expect(app.getByText('No bulk replays yet.')).toBeVisible()
})

/** All captures that are listed, to one URL; not sent yet. */
async function planAll(app: Page, origin: string) {
  await app.getByRole('button', { name: 'Replay all that are listed' }).click()
  const dialog = app.getByRole('dialog', { name: 'Replay in bulk' })
  await dialog.getByLabel('To', { exact: true }).selectOption('One URL…')
  await dialog.getByLabel('URL', { exact: true }).fill(`${origin}/in`)
  return dialog
}

test('the report compares the answers by the rules, and anew by other ones', async ({
  app,
  receiver,
}) => {
  await goTo(app, 'captures')
  const dialog = await planAll(app, receiver.origin)
  await dialog.getByRole('button', { name: 'Send 30' }).click()
  const run = app.getByRole('article', { name: 'Bulk replay' })
  await expect(run.getByText('Answers compared by status, headers and body')).toBeVisible()
  // Of 30, three had failed and ten do: 0 among both.
  await expect(run.getByRole('button', { name: 'Same answer 19' })).toBeVisible()
  await expect(run.getByRole('button', { name: 'No two answers 0' })).toBeVisible()
  const differs = run.getByRole('button', { name: 'Answer differs 11' })
  await differs.click()
  const rows = run.getByRole('grid', { name: 'Items, in the order of recording' }).getByRole('row')
  await expect(rows).toHaveCount(11)
  await expect(rows.first()).toContainText('Answer differs')
  await run.getByRole('button', { name: 'Fixed 2' }).click()
  await expect(rows).toHaveCount(2)
  await expectSound(app, 'the report')
  await rows.first().click()
  const pair = app.getByRole('dialog', { name: 'Compare' })
  await expect(pair.getByText(/^Same body\. The status differs\. Same headers/)).toBeVisible()
  await app.keyboard.press('Escape')
  await expect(pair).toBeHidden()

  await run.getByText(/^What is ignored/).click()
  await run.getByRole('checkbox', { name: 'Date', exact: true }).click()
  await expect(run.getByRole('button', { name: 'Same answer 0' })).toBeVisible()
  await run.getByRole('button', { name: 'All 30' }).click()
  await run.getByRole('button', { name: 'Answer differs 30' }).click()
  await expect(run.getByRole('button', { name: 'Answer differs 30' })).not.toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await expect(rows.last()).toContainText('Answer differs')
})

test.describe('while the host is away', () => {
  test.use({ allowed: [CUT] })

  test('a run is said to be as it was last seen, and paused once the host is back', async ({
    app,
    host,
    receiver,
  }) => {
    await goTo(app, 'captures')
    const dialog = await planAll(app, receiver.origin)
    await dialog.getByLabel('Spacing').selectOption('At a fixed rate')
    await dialog.getByLabel('A second').fill('1')
    await dialog.getByRole('button', { name: 'Send 30' }).click()
    const progress = app
      .getByRole('article', { name: 'Bulk replay' })
      .getByLabel('Progress')
      .first()
    await expect(progress.getByRole('status')).toHaveText(/^Running: \d+ of 30/)
    await host.kill()
    await expect(progress.getByRole('status')).toHaveText(
      /^Hookstage is away. Last seen: running: \d+ of 30/,
    )
    const again = await host.again()
    await expect(progress.getByRole('status')).toHaveText(/^Paused: \d+ of 30/)
    const run = app.getByRole('article', { name: 'Bulk replay' })
    await run.getByRole('button', { name: 'Resume' }).click()
    await expect(progress.getByRole('status')).toHaveText(/^Running: /)
    await again.remove()
  })
})

test.describe('with ten thousand', () => {
  test.use({ captured: 10_000 })
  test.setTimeout(180_000)

  test('the page stays quick while they are replayed, and cancelling stops them', async ({
    app,
    receiver,
  }) => {
    await goTo(app, 'captures')
    const tasks = await watchTasks(app)
    const dialog = await planAll(app, receiver.origin)
    await dialog.getByLabel('At once').fill('32')
    await dialog.getByRole('button', { name: /^Send 10.000$/ }).click({ timeout: 60_000 })
    const run = app.getByRole('article', { name: 'Bulk replay' })
    await expect(run.getByText(/^Running: [1-9]/)).toBeVisible()
    await app.getByRole('button', { name: 'Close' }).click()
    const bar = app.getByRole('region', { name: 'Bulk replay' })
    await expect(bar).toBeVisible()
    await goTo(app, 'deliveries')
    await expect(app.getByRole('grid', { name: 'Deliveries, newest first' })).toBeVisible()
    await expect(bar.getByText(/^Running: [2-9].\d{3} of/)).toBeVisible({ timeout: 60_000 })
    await bar.getByRole('button', { name: 'Cancel the rest' }).click()
    await expect(bar).toBeHidden()
    await expect(app.getByRole('grid', { name: 'Deliveries, newest first' })).toBeFocused()
    const sent = receiver.numbers.length
    expect(sent).toBeLessThan(10_000)
    expect(new Set(receiver.numbers).size).toBe(sent)
    await app.keyboard.press('ControlOrMeta+K')
    await app.getByRole('textbox', { name: 'Search or do' }).fill('bulk replays')
    await app.keyboard.press('Enter')
    await app.getByRole('button', { name: /^10.000 captures, as received/ }).click()
    await run.getByRole('button', { name: /^Cancelled/ }).click()
    await expect(run.getByRole('grid').getByRole('row').first()).toContainText('Cancelled')
    expect(receiver.numbers).toHaveLength(sent)
    expect((await tasks.stop()).filter((ms) => ms > 100)).toEqual([])
  })
})
