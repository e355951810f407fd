/** Capture with curl, make an event, replay it edited to a second receiver, compare the two. */
import { execFileSync } from 'node:child_process'
import type { Page } from '@playwright/test'
import { expect, goTo, row, test } from './app.ts'
import { startLocal } from './local-server.ts'
import { expectSound } from './sound.ts'

const BODY = {
  id: 'evt_1',
  type: 'poll.answered',
  timestamp: '2027-03-01T09:00:00.000Z',
  data: { poll: { id: 'p_1', question: 'Lunch?' }, answer: 'soup' },
}

/** Sends the body to Echo with curl, and answers Echo's URL. */
async function captured(app: Page): Promise<string> {
  await goTo(app, 'captures')
  await app.getByRole('button', { name: /^Echo/ }).click()
  const echo = app.getByRole('region', { name: 'Receiver Echo' })
  const url = (await echo.locator('code').first().textContent()) ?? ''
  const headers = ['-H', 'Content-Type: application/json', '-H', 'X-Odd: 1', '-H', 'x-odd: 2']
  execFileSync('curl', ['-s', url, ...headers, '--data-raw', JSON.stringify(BODY)])
  await row(app, 'POST /in/echo').click()
  return url
}

/** Replays what is looked at to another path, with another answer in its body. */
async function replayedEdited(app: Page, url: string): Promise<void> {
  await app.getByRole('button', { name: 'Replay', exact: true }).click()
  await app.getByRole('menuitem', { name: 'Edit first…' }).click()
  const dialog = app.getByRole('dialog', { name: 'Replay' })
  await dialog.getByLabel('To', { exact: true }).selectOption('Another URL…')
  await dialog.getByLabel('URL', { exact: true }).fill(url)
  const edited = { ...BODY, id: 'evt_2', data: { ...BODY.data, answer: 'salad' } }
  await dialog.getByRole('textbox', { name: 'Body' }).fill(JSON.stringify(edited))
  await dialog.getByRole('button', { name: 'Send edited' }).click()
  await app.getByRole('button', { name: 'Show the replay' }).click()
}

test('a request captured with curl becomes an event, is replayed edited, and compared', async ({
  app,
}) => {
  await app.setViewportSize({ width: 1680, height: 900 })
  await goTo(app, 'captures')
  await app.getByRole('button', { name: 'Add receiver' }).click()
  await app.getByLabel('Name of the receiver').fill('Second')
  await app.keyboard.press('Enter')
  const second = app.getByRole('region', { name: 'Receiver Second' })
  const secondUrl = (await second.locator('code').first().textContent()) ?? ''
  await captured(app)

  await app.getByRole('button', { name: 'Make an event…' }).click()
  const making = app.getByRole('dialog', { name: 'Make an event' })
  await making.getByRole('button', { name: 'Open in the simulator' }).click()
  await expect(app.getByRole('heading', { level: 1, name: 'Simulator' })).toBeVisible()
  await app.getByText('JSON', { exact: true }).click()
  await expect(app.getByText('"soup"').first()).toBeVisible()

  await goTo(app, 'captures')
  await row(app, 'POST /in/echo').click()
  await replayedEdited(app, secondUrl)
  const inspector = app.getByRole('article', { name: /^Delivery to/ })
  await inspector.getByRole('tab', { name: 'Compare' }).click()
  await expect(
    inspector.getByText(
      /^The bodies differ in 1 place\. The path differs\. Same headers; \d+ differences ignored by rule\.$/,
    ),
  ).toBeVisible()
  const body = inspector.getByRole('table', { name: 'Body' })
  const answer = body.getByRole('row', { name: /data\.answer/ })
  await expect(answer).toContainText('"soup"')
  await expect(answer).toContainText('"salad"')
  await expect(body.getByRole('row', { name: /^Ignored by rule id/ })).toBeHidden()
  await inspector.getByRole('checkbox', { name: 'Show what is ignored' }).check()
  await expect(body.getByRole('row', { name: /^Ignored by rule id/ })).toContainText('evt_2')

  // The answers, which are different receivers', are the same.
  await inspector.getByText('Response', { exact: true }).last().click()
  await expect(inspector.getByText(/^Same body\. Same headers/)).toBeVisible()
})

test('a difference is ignored from its row, and the rule can be turned off', async ({ app }) => {
  test.setTimeout(120_000)
  await app.setViewportSize({ width: 1280, height: 800 })
  const url = await captured(app)
  await replayedEdited(app, url)
  await app
    .getByRole('button', { name: /^Compare with what it was made from/ })
    .first()
    .click()
  const dialog = app.getByRole('dialog', { name: 'Compare' })
  const answer = dialog.getByRole('row', { name: /data\.answer/ })
  await answer.getByRole('button', { name: 'Ignore differences in data.answer' }).click()
  await expect(dialog.getByText(/^Same values in the body, written differently\./)).toBeVisible()
  await expect(answer).toBeHidden()
  await dialog.getByText(/^What is ignored: \d+ of \d+ rules on$/).click()
  const rules = dialog.getByRole('list', { name: 'Rules: Path in the body' })
  await rules.getByRole('checkbox', { name: 'data.answer' }).click()
  await expect(answer).toBeVisible()
  await dialog.getByRole('button', { name: 'Swap sides' }).click()
  await expect(answer).toContainText(/"salad".*"soup"/)
  await rules.getByRole('button', { name: 'Remove the rule data.answer' }).press('Enter')
  await expect(rules.getByRole('checkbox', { name: 'data.answer' })).toBeHidden()
  await expect(rules.locator(':focus')).toHaveCount(1)
  await app.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test('an answer that comes while it is compared is compared', async ({ app }) => {
  test.setTimeout(120_000)
  await app.setViewportSize({ width: 1680, height: 900 })
  let answer = () => {}
  const slow = await startLocal((request, response) => {
    answer = () => response.end('too late')
    request.resume()
  })
  await captured(app)
  await replayedEdited(app, `${slow.origin}/in`)
  await app
    .getByRole('button', { name: /^Compare with what it was made from/ })
    .first()
    .click()
  const dialog = app.getByRole('dialog', { name: 'Compare' })
  await dialog.getByText('Response', { exact: true }).click()
  await expect(dialog.getByText('Only the left side has an answer.')).toBeVisible()
  answer()
  await expect(dialog.getByText(/^The bodies differ/)).toBeVisible()
  slow.close()
})

test('what is typed under “Compare with” stays, and finds what to compare with', async ({
  app,
}) => {
  test.setTimeout(120_000)
  await app.setViewportSize({ width: 1680, height: 900 })
  const url = await captured(app)
  execFileSync('curl', ['-s', `${url}?other`, '--data-raw', 'something else'])
  await expect(row(app, 'POST /in/echo?other')).toBeVisible()
  await replayedEdited(app, url)
  const inspector = app.getByRole('article', { name: /^Delivery to/ })
  await inspector.getByRole('tab', { name: 'Compare' }).click()
  const field = inspector.getByRole('combobox', { name: 'Compare with' })
  await expect(field).toHaveValue('POST /in/echo')
  await field.click()
  await expect(app.getByRole('listbox').getByRole('option', { selected: true })).toContainText(
    'POST /in/echo',
  )
  await field.press('ControlOrMeta+a')
  await field.pressSequentially('no such thing', { delay: 30 })
  await expect(app.getByText('Nothing matches.')).toBeVisible()
  await expect(field).toHaveValue('no such thing')
  await field.press('ControlOrMeta+a')
  await field.pressSequentially('something else', { delay: 30 })
  await expect(app.getByRole('listbox').getByRole('option')).toHaveCount(1)
  await expect(field).toHaveValue('something else')
  await field.press('ArrowDown')
  await field.press('Enter')
  await expect(field).toHaveValue('POST /in/echo?other')
  await expect(inspector.getByText(/^The bodies differ/)).toBeVisible()
  await expect(inspector.getByRole('table', { name: 'Body' })).toContainText('something else')
  await inspector.getByLabel('Clear the choice').click()
  await expect(field).toHaveValue('POST /in/echo')
})

test('two chosen rows are compared, the older on the left', async ({ app }) => {
  test.setTimeout(120_000)
  await app.setViewportSize({ width: 1280, height: 800 })
  const url = await captured(app)
  execFileSync('curl', ['-s', url, '--data-raw', 'something else'])
  await expect(row(app, 'POST /in/echo')).toHaveCount(2)
  for (const place of [0, 1]) {
    await row(app, 'POST /in/echo').nth(place).getByRole('checkbox').check()
  }
  await app.getByRole('button', { name: 'Compare', exact: true }).click()
  const dialog = app.getByRole('dialog', { name: 'Compare' })
  await expect(dialog.getByText(/^The bodies differ in 1 line\./)).toBeVisible()
  const line = dialog.getByRole('table', { name: 'Body' }).getByRole('row').last()
  await expect(line).toContainText(/poll\.answered.*something else/)
})

test('what is said of the answers is never said of the requests', async ({ app }) => {
  test.setTimeout(120_000)
  await goTo(app, 'captures')
  await app.getByRole('button', { name: 'Import…' }).click()
  const importing = app.getByRole('dialog', { name: 'Import' })
  const commands = 'curl http://127.0.0.1:9/one -d a\ncurl http://127.0.0.1:9/two -d a'
  await importing.getByRole('textbox', { name: 'Text to import' }).fill(commands)
  await importing.getByRole('button', { name: 'Import 2 requests', exact: true }).click()
  const rows = row(app, 'POST http://127.0.0.1:9/')
  await expect(rows).toHaveCount(2)
  for (const place of [0, 1]) await rows.nth(place).getByRole('checkbox').check()
  await app.getByRole('button', { name: 'Compare', exact: true }).click()
  const dialog = app.getByRole('dialog', { name: 'Compare' })
  await dialog.getByText('Response', { exact: true }).click()
  const summary = dialog.getByText('There is no answer on either side.')
  await expect(summary).toBeVisible()
  // All that stands there from now on, however shortly.
  await summary.evaluate((line) => {
    const said: string[] = []
    Object.assign(window, { said })
    const note = () => said.push(line.textContent ?? '')
    new MutationObserver(note).observe(line, {
      characterData: true,
      childList: true,
      subtree: true,
    })
  })
  await dialog.getByText('Request', { exact: true }).click()
  await expect(dialog.getByText(/^Same body\./)).toBeVisible()
  const said = await app.evaluate(() => (window as unknown as { said: string[] }).said)
  expect(said.filter((line) => !line.startsWith('Same body.'))).toEqual([])
})

async function compareByPalette(app: Page): Promise<void> {
  await app.keyboard.press('ControlOrMeta+K')
  await app.getByRole('textbox', { name: 'Search or do' }).fill('compare')
  await app.keyboard.press('Enter')
}

test('the palette compares what is ticked, or what is looked at with its original', async ({
  app,
}) => {
  test.setTimeout(120_000)
  await app.setViewportSize({ width: 1280, height: 800 })
  const dialog = app.getByRole('dialog', { name: 'Compare' })
  await compareByPalette(app)
  await expect(app.getByText(/^Tick two deliveries or two captures/)).toBeVisible()
  await expect(dialog).toBeHidden()

  const url = await captured(app)
  execFileSync('curl', ['-s', url, '--data-raw', 'something else'])
  const rows = row(app, 'POST /in/echo')
  await expect(rows).toHaveCount(2)
  await rows.first().getByRole('checkbox').check()
  await compareByPalette(app)
  await expect(dialog.getByText(/^The bodies differ in 1 line\./)).toBeVisible()
  await app.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await rows.last().getByRole('checkbox').check()
  await compareByPalette(app)
  await expect(dialog.getByText(/^The bodies differ in 1 line\./)).toBeVisible()
  await app.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await replayedEdited(app, url)
  await expect(app.getByRole('article', { name: /^Delivery to/ })).toBeVisible()
  await compareByPalette(app)
  const answer = dialog.getByRole('row', { name: /data\.answer/ })
  await expect(answer).toContainText(/"soup".*"salad"/)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`comparing is accessible in ${colorScheme}, and fits a small window`, async ({ app }) => {
    test.setTimeout(180_000)
    await app.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await app.setViewportSize({ width: 1280, height: 800 })
    const url = await captured(app)
    await replayedEdited(app, url)
    const inspector = app.getByRole('article', { name: /^Delivery to/ })
    await inspector.getByRole('tab', { name: 'Compare' }).click()
    await inspector.getByRole('checkbox', { name: 'Show what is the same' }).check()
    await inspector.getByRole('checkbox', { name: 'Show what is ignored' }).check()
    await inspector.getByText(/^What is ignored:/).click()
    for (const size of [
      { width: 1280, height: 800 },
      { width: 960, height: 600 },
    ]) {
      await app.setViewportSize(size)
      await expect(inspector.getByRole('table', { name: 'Body' })).toBeVisible()
      await expectSound(app, `the tab at ${size.width}`)
      await inspector
        .getByRole('button', { name: /^Compare with what it was made from/ })
        .first()
        .click()
      const dialog = app.getByRole('dialog', { name: 'Compare' })
      await expect(dialog.getByRole('table', { name: 'Body' })).toBeVisible()
      await expectSound(app, `the dialog at ${size.width}`)
      await app.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
    }
  })
}
