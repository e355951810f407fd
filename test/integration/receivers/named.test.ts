/** Receivers that the user set up: their paths and ports, and passing requests on. */
import { connect, createServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ReceiverId } from '#contract'
import { startByteRecorder } from '../../support/byte-recorder.ts'
import { openTestCore } from '../../support/open-core.ts'
import { openReceivers } from '../../support/open-receivers.ts'
import { rawClient } from '../../support/raw-client.ts'
import { tempStore } from '../../support/temp-store.ts'

const ECHO = 'echo' as ReceiverId

async function started() {
  const opened = await openReceivers()
  await opened.receivers.start()
  return opened
}

async function freePort(): Promise<number> {
  const { receivers } = await started()
  const port = receivers.port() ?? 0
  await receivers.close()
  return port
}

async function post(url: string | null, body = '{}'): Promise<number> {
  return (await fetch(url ?? '', { method: 'POST', body })).status
}

describe('receivers', () => {
  it('have paths of their own, and each its own captures', async () => {
    const { receivers, store } = await started()
    const partner = await receivers.create('Partner API')
    const again = await receivers.create('partner api')
    const odd = await receivers.create('…')
    const paths = [partner, again, odd].map(({ path }) => path)
    expect(paths).toEqual(['/in/partner-api', '/in/partner-api-2', '/in/receiver'])
    expect([await post(partner.url), await post(`${again.url}/deeper`)]).toEqual([200, 200])
    expect(await post(`${partner.url}x`)).toBe(404)
    const { items } = await store.captures.page({ receiverId: partner.id }, undefined, 10)
    expect(items).toHaveLength(1)
    const received = (list: readonly { id: ReceiverId }[]) =>
      list.map(({ id }) => receivers.get(id).received)
    expect(received([{ id: ECHO }, partner, again, odd])).toEqual([0, 1, 1, 0])
  })

  it('can be stopped, started and moved, and come back as they were', async () => {
    const store = tempStore()
    const { receivers } = await openReceivers({ store })
    await receivers.start()
    const { id } = await receivers.create('Partner')
    const port = await freePort()
    const moved = await receivers.update(id, { path: '/in/other', port })
    expect([moved.path, moved.ownUrl]).toEqual(['/in/other', `http://127.0.0.1:${port}/`])
    expect([
      await post(moved.url),
      await post(moved.ownUrl),
      await post(`${moved.ownUrl}any`),
    ]).toEqual([200, 200, 200])
    await receivers.update(id, { isStarted: false })
    const stopped = await fetch(moved.url ?? '', { method: 'POST', body: '{}' })
    expect(await stopped.text()).toBe(
      'No receiver takes requests at this path. Echo is at /in/echo; Partner, at /in/other, is stopped.\n',
    )
    expect(await post(moved.url)).toBe(404)
    await expect(post(moved.ownUrl)).rejects.toThrow()
    await receivers.close()

    const after = await openReceivers({ store })
    await after.receivers.start()
    const kept = after.receivers.list().find((each) => each.id === id)
    expect(kept).toMatchObject({ name: 'Partner', path: '/in/other', port, isStarted: false })
    await after.receivers.update(id, { isStarted: true })
    expect(await post(`http://127.0.0.1:${port}/`)).toBe(200)
    expect(after.receivers.list().find((each) => each.id === id)?.received).toBe(4)
  })

  it('say what is wrong with a path, a port or a target, and stay as they were', async () => {
    const { receivers } = await started()
    const { id, url } = await receivers.create('Partner')
    const problemsOf = async (change: Parameters<typeof receivers.update>[1]) => {
      const failed = await receivers.update(id, change).catch((error: unknown) => error)
      return Reflect.get(failed as object, 'problems') as { field: string; message: string }[]
    }
    const plain = (text: string) => ({ kind: 'plain' as const, text })
    expect(await problemsOf({ path: '/elsewhere' })).toMatchObject([{ field: 'path' }])
    expect(await problemsOf({ path: '/in/a/b' })).toMatchObject([{ message: /with no \/ in it/ }])
    expect(await problemsOf({ path: '/in/echo' })).toMatchObject([{ message: /Echo is at/ }])
    expect(await problemsOf({ port: 80 })).toMatchObject([{ field: 'port' }])
    expect(await problemsOf({ port: receivers.port() })).toMatchObject([{ field: 'port' }])
    expect(await problemsOf({ forwardTo: plain('ftp://x') })).toMatchObject([
      { field: 'forwardTo' },
    ])
    expect(await problemsOf({ forwardTo: plain(url) })).toMatchObject([{ message: /circles/ }])
    expect(await post(url)).toBe(200)
  })

  it('says on a port that is taken why it does not listen there', async () => {
    const { receivers } = await started()
    const { receivers: others } = await started()
    const { id } = await receivers.create('Partner')
    const { problem, listening } = await receivers.update(id, { port: others.port() })
    expect(problem).toMatch(/is in use by another program/)
    expect(listening).toBe(true)
  })

  it('are deleted with a way back; Echo is not', async () => {
    const { receivers } = await started()
    const { id, url } = await receivers.create('Partner')
    await post(url)
    await receivers.delete(id)
    expect(await post(url)).toBe(404)
    await receivers.restore(id)
    expect(await post(url)).toBe(200)
    await expect(receivers.delete(ECHO)).rejects.toThrow(/built in/)
  })
})

describe('a receiver that passes requests on', () => {
  const raw =
    'POST /in/partner/sub?b=2 HTTP/1.1\r\nhOsT: x\r\nX-A: 1\r\nx-a: 2\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na+b\r\n0\r\n\r\n'

  it('sends the same body and headers, and answers what came back', async () => {
    const recorder = await startByteRecorder(
      'HTTP/1.1 207 Odd\r\nX-B: 1\r\nx-b: 2\r\nContent-Length: 3\r\n\r\n\xff\0z',
    )
    onTestFinished(recorder.close)
    const { receivers, store } = await started()
    const { id } = await receivers.create('Partner')
    const text = `${recorder.origin}/hooks?a=1`
    await receivers.update(id, { forwardTo: { kind: 'plain', text } })
    const client = await rawClient(receivers.port() ?? 0)
    client.socket.write(raw, 'latin1')
    const answer = await client.closed
    expect(answer).toMatch(/^HTTP\/1\.1 207 .*\r\nX-B: 1\r\nx-b: 2\r\n/)
    expect(answer.endsWith('\r\n\r\n\xff\0z')).toBe(true)

    await expect
      .poll(async () => (await store.captures.page({}, undefined, 1)).items[0]?.status)
      .toBe(207)
    const [row] = (await store.captures.page({}, undefined, 1)).items
    const capture = row && store.captures.get(row.id)
    const sent = Buffer.from(capture?.forwarded?.requestHead ?? []).toString('latin1')
    expect(sent).toMatch(/^POST \/hooks\/sub\?a=1&b=2 HTTP\/1\.1\r\n/)
    expect(sent).toContain('\r\nX-A: 1\r\nx-a: 2\r\n')
    expect(sent).not.toMatch(/x-hop|chunked/i)
    expect(Buffer.from(capture?.body ?? []).toString()).toBe('a+b')
    expect(capture?.isChunked).toBe(true)
    const [received] = recorder.requests
    expect([received?.head, received?.body.toString()]).toEqual([sent, 'a+b'])
    expect(Buffer.from(capture?.forwarded?.responseBody ?? []).toString('latin1')).toBe('\xff\0z')
  })

  it.each(["/{c}/a%2fb/./x;y?q='z'&é=|", '', '?a=[1]'])(
    'sends to the URL as it was typed: %j',
    async (typed) => {
      const recorder = await startByteRecorder()
      onTestFinished(recorder.close)
      const { receivers } = await started()
      const { id, url } = await receivers.create('Partner')
      const text = recorder.origin + typed
      await receivers.update(id, { forwardTo: { kind: 'plain', text } })
      await post(url)
      const [path = ''] = typed.replace('é', '%C3%A9').split('#')
      const sent = path.startsWith('/') ? path : `/${path}`
      expect(recorder.requests[0]?.head).toContain(`POST ${sent} HTTP/1.1\r\n`)
    },
  )

  it.each([
    [
      'HEAD',
      'HTTP/1.1 200 Alles gut\r\nContent-Length: 1234\r\n\r\n',
      /\r\nContent-Length: 1234\r\n/,
    ],
    ['HEAD', 'HTTP/1.1 200 OK\r\nX: 1\r\n\r\n', /^(?!.*content-length)/is],
    ['GET', 'HTTP/1.1 304 Same\r\nContent-Length: 9\r\n\r\n', /\r\nContent-Length: 9\r\n/],
    ['POST', 'HTTP/1.1 418 T\xe9e \xfc \r\nContent-Length: 0\r\n\r\n', /\r\nContent-Length: 0\r\n/],
    ['POST', 'HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok', /\r\n\r\nok$/],
  ])('answers %s with the status line and length of %j', async (method, answer, like) => {
    const recorder = await startByteRecorder(answer)
    onTestFinished(recorder.close)
    const { receivers } = await started()
    const { id, path } = await receivers.create('Partner')
    await receivers.update(id, { forwardTo: { kind: 'plain', text: recorder.origin } })
    const client = await rawClient(receivers.port() ?? 0)
    client.write(`${method} ${path} HTTP/1.1\r\nConnection: close\r\n\r\n`)
    const passedOn = await client.closed
    expect(passedOn.split('\r\n')[0]).toBe(answer.split('\r\n')[0])
    expect(passedOn).toMatch(like)
  })

  it('answers 502 in words when nobody is there, and keeps the request', async () => {
    const { receivers, store } = await started()
    const { id, url } = await receivers.create('Partner')
    const text = `http://127.0.0.1:${await freePort()}/`
    await receivers.update(id, { forwardTo: { kind: 'plain', text } })
    const answer = await fetch(url, { method: 'POST', body: 'x' })
    expect([answer.status, await answer.text()]).toEqual([
      502,
      expect.stringMatching(/recorded and passed on, but there was no answer\. .+/),
    ])
    const [row] = (await store.captures.page({}, undefined, 1)).items
    const code = () => row && store.captures.get(row.id).forwarded?.code
    await expect.poll(code).toBe('connect_refused')
  })

  it('keeps a secret URL sealed', async () => {
    const { receivers, store } = await started()
    const { id } = await receivers.create('Slack')
    const text = 'https://hooks.slack.com/services/T000/B000/abcdefghijklmnopqrstuvwx'
    const { forwardTo } = await receivers.update(id, { forwardTo: { kind: 'plain', text } })
    expect(forwardTo.kind).toBe('kept')
    const everything = JSON.stringify([store.receivers.list(), receivers.list()])
    expect(everything).toContain('https://hooks.slack.com/services/T000/B000/••••••••uvwx"')
    expect(everything).not.toMatch(/abcd|tuvwx/)
    expect(forwardTo.kind === 'kept' && store.secrets.inUse()).toContain(
      forwardTo.kind === 'kept' ? forwardTo.secretId : '',
    )
  })
})

describe('a circle of receivers that pass on', () => {
  const plain = (text: string) => ({ kind: 'plain' as const, text })
  const refused = { problems: [{ field: 'forwardTo', message: expect.stringMatching(/circles/) }] }

  it('is refused as it would be after the change', async () => {
    const { receivers } = await started()
    const { id } = await receivers.create('One')
    const two = await receivers.create('Two')
    const port = await freePort()
    const own = `http://127.0.0.1:${port}/`
    await expect(receivers.update(id, { port, forwardTo: plain(own) })).rejects.toMatchObject(
      refused,
    )
    await receivers.update(id, { forwardTo: plain(own) })
    await expect(receivers.update(id, { port })).rejects.toMatchObject(refused)
    await receivers.update(id, { forwardTo: plain(`${receivers.echoUrl()}/below`) })
    await receivers.update(two.id, { forwardTo: plain(receivers.get(id).url) })
    await expect(receivers.update(ECHO, { forwardTo: plain(two.url) })).rejects.toMatchObject(
      refused,
    )
    // A way that ends elsewhere is none.
    await receivers.update(ECHO, { forwardTo: plain('https://example.com/') })
  })

  it.each([
    '0.0.0.0',
    'localhost.',
    'x.localhost',
    'LOCALHOST',
    '127.1',
    '2130706433',
    '[::]',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '127.0.0.1.',
  ])('is refused through %s', async (host) => {
    const { receivers } = await started()
    const { id, url } = await receivers.create('One')
    const text = url.replace('127.0.0.1', host)
    await expect(receivers.update(id, { forwardTo: plain(text) })).rejects.toMatchObject(refused)
  })

  it('is refused where the shared port would close it, and gone round by no request', async () => {
    const { receivers, store } = await started()
    const { id, path } = await receivers.create('One')
    const port = await freePort()
    await receivers.update(id, { forwardTo: plain(`http://127.0.0.1:${port}${path}`) })
    expect(receivers.portProblems(port)).toMatchObject([
      { field: 'receiversPort', message: /^One passes requests on to this port.+circles/ },
    ])
    expect(receivers.portProblems(port + 1)).toEqual([])
    await receivers.restart(port)
    expect(receivers.portProblems(port)).toEqual([])
    const answer = await fetch(receivers.get(id).url, { method: 'POST', body: 'x' })
    expect([answer.status, await answer.text()]).toEqual([
      508,
      expect.stringMatching(/recorded, but not passed on\..+circles/),
    ])
    expect((await store.captures.page({}, undefined, 10)).items).toHaveLength(1)
  })

  it('is not closed by the settings, which say why and stay as they were', async () => {
    const { client } = await openTestCore()
    const before = await client.settings.get()
    const port = await freePort()
    const forwardTo = plain(`http://localhost:${port}/in/echo`)
    await client.receiver.update({ receiverId: ECHO, change: { forwardTo } })
    await expect(client.settings.update({ receiversPort: port })).rejects.toMatchObject({
      message: expect.stringMatching(/^Echo passes requests on to this port.+circles/),
      data: { problems: [{ field: 'receiversPort' }] },
    })
    expect(await client.settings.get()).toEqual(before)
  })

  it('ends also when another host brings requests back', async () => {
    const { receivers, store } = await started()
    const { id, url } = await receivers.create('One')
    const { port, pathname } = new URL(url)
    const tunnel = createServer((from) => {
      const to = connect(Number(port), '127.0.0.1')
      for (const socket of [from, to]) socket.on('error', () => socket.destroy())
      from.pipe(to).pipe(from)
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => tunnel.once('listening', resolve))
    onTestFinished(() => void tunnel.close())
    const address = tunnel.address()
    const tunnelPort = typeof address === 'object' && address ? address.port : 0
    await receivers.update(id, { forwardTo: plain(`http://127.0.0.1:${tunnelPort}${pathname}`) })
    const answer = await fetch(url, { method: 'POST', body: 'x' })
    expect(await answer.text()).toMatch(/not passed on\. \d+ requests of this receiver/)
    const { items } = await store.captures.page({}, undefined, 500)
    expect(items).toHaveLength(65)
    const bodies = items.map((item) => Buffer.from(store.captures.get(item.id).body).toString())
    expect(new Set(bodies)).toEqual(new Set(['x']))
    // All that were under way have ended: as many go round again.
    expect((await fetch(url, { method: 'POST' })).status).toBe(508)
    expect((await store.captures.page({}, undefined, 500)).items).toHaveLength(130)
  })
})
