/** HARs that are made of Chromium's DevTools protocol are imported whole. */
import { readFileSync } from 'node:fs'
import { expect, goTo, test } from './app.ts'
import { startLocal } from './local-server.ts'

test.use({ viewport: { width: 1680, height: 900 } })

const PAGE = `<!doctype html><title>x</title><form method="post" action="/form" enctype="multipart/form-data">
  <input name="a" value="1 &amp; 2"><input name="é" value="ü"><button>Send</button></form>`

test('what a page sent is recorded as HAR, imported, and sent again byte for byte', async ({
  app,
  browser,
}, info) => {
  const seen: { line: string; body: Buffer }[] = []
  const server = await startLocal((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      seen.push({ line: `${request.method} ${request.url}`, body: Buffer.concat(chunks) })
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'set-cookie': 'a=b' })
      response.end(request.method === 'GET' ? PAGE : 'taken: é')
    })
  })
  const path = info.outputPath('page.har')
  const context = await browser.newContext({ recordHar: { path, content: 'embed' } })
  const page = await context.newPage()
  await page.goto(`${server.origin}/?q=a%20b`)
  await page.evaluate(async () => {
    const send = (body: BodyInit, type?: string) =>
      fetch('/hook?x=%2F&y=+', {
        method: 'POST',
        body,
        headers: { 'X-Odd': 'é', ...(type ? { 'content-type': type } : {}) },
      }).then((answer) => answer.text())
    await send('{"n":1.0,"text":"é🎉"}', 'application/json')
    await send(new URLSearchParams({ 'a b': 'c&d', e: '' }))
    await send('plain\r\ntext')
    await fetch('/empty', { method: 'DELETE' })
  })
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('taken').waitFor()
  await context.close()
  const sent = seen.splice(0).filter(({ line }) => !line.includes('favicon'))
  expect(sent).toHaveLength(6)

  await goTo(app, 'captures')
  await app.getByRole('button', { name: 'Import…' }).click()
  const dialog = app.getByRole('dialog', { name: 'Import' })
  const [chooser] = await Promise.all([
    app.waitForEvent('filechooser'),
    dialog.getByRole('button', { name: 'Choose a file…' }).click(),
  ])
  await chooser.setFiles(path)
  await expect(dialog.getByText('page.har')).toBeVisible()
  await dialog.getByRole('button', { name: 'Choose all' }).click()
  const items = dialog.getByRole('list', { name: 'What was recognised' })
  await expect(items.getByText('cannot be imported')).toHaveCount(0)
  const entries = (JSON.parse(readFileSync(path, 'utf8')) as { log: { entries: unknown[] } }).log
    .entries
  await dialog.getByRole('button', { name: `Import ${entries.length} requests` }).click()
  const rows = app.getByRole('row').filter({ hasText: server.origin })
  await expect(rows).toHaveCount(entries.length)

  const pane = app.getByRole('article', { name: 'Capture' })
  for (let index = 0; index < entries.length; index++) {
    await rows.nth(index).click()
    await expect(pane.getByText(/^For http/)).toBeVisible()
    await pane.getByRole('button', { name: 'Replay' }).click()
    await app.getByRole('menuitem', { name: 'As it is, to where it was for' }).click()
    await expect.poll(() => seen.length).toBe(index + 1)
  }
  const again = seen.filter(({ line }) => !line.includes('favicon'))
  const inWords = (all: typeof seen) =>
    all.map(({ line, body }) => `${line} ${body.toString('hex')}`)
  expect(inWords(again).sort()).toEqual(inWords(sent).sort())
  server.close()
})
