import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from './app.ts'

test('a page on another port of this machine gets nothing', async ({ app, host, browser }) => {
  await expect(app.getByText('Booked meetings → Echo')).toBeVisible()
  const evil = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end('<!doctype html><title>evil</title>')
  })
  await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve))
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`)
  const got = await page.evaluate(async (target) => {
    const attempt = (work: () => Promise<string>) => work().catch(() => 'nothing')
    const socket = (protocols: string[]) =>
      attempt(
        () =>
          new Promise((resolve, reject) => {
            const websocket = new WebSocket(`${target.replace('http', 'ws')}/rpc`, protocols)
            websocket.addEventListener('open', () => resolve('a socket'))
            websocket.addEventListener('error', () => reject(new Error('refused')))
          }),
      )
    const script = () =>
      attempt(
        () =>
          new Promise((resolve, reject) => {
            const element = document.createElement('script')
            element.src = `${target}/session`
            element.addEventListener('load', () => resolve('a script'))
            element.addEventListener('error', () => reject(new Error('refused')))
            document.body.append(element)
          }),
      )
    return {
      page: await attempt(async () => (await fetch(`${target}/`)).text()),
      session: await attempt(async () =>
        (
          await fetch(`${target}/session`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: '{"code":"x"}',
          })
        ).text(),
      ),
      opaque: await attempt(async () =>
        (await fetch(`${target}/session`, { method: 'POST', mode: 'no-cors', body: '{}' })).text(),
      ),
      socket: await socket(['hookstage', 'token.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa']),
      bare: await socket([]),
      script: await script(),
    }
  }, host.origin)
  expect(got).toEqual({
    page: 'nothing',
    session: 'nothing',
    opaque: 'nothing',
    socket: 'nothing',
    bare: 'nothing',
    script: 'nothing',
  })
  await page.close()
  await new Promise((resolve) => evil.close(resolve))
})
