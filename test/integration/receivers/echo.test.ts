/** Echo over real sockets: what it keeps is what was sent, and it answers plainly. */
import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Fact, type ReceiverId, textAnswer } from '#contract'
import { createEventHub } from '../../../src-main/event-hub.ts'
import type { Receivers } from '../../../src-main/receivers/index.ts'
import type { RecordedCapture } from '../../../src-main/store/captures.ts'
import { dispatchSetup } from '../../support/dispatch-setup.ts'
import { openReceivers } from '../../support/open-receivers.ts'
import { rawClient } from '../../support/raw-client.ts'
import { tempStore } from '../../support/temp-store.ts'

const ECHO = 'echo' as ReceiverId

async function startReceivers(port = 0) {
  const hub = createEventHub()
  const facts: Fact[] = []
  hub.subscribe((batch) => facts.push(...batch))
  const errors: unknown[] = []
  const { receivers, store } = await openReceivers({
    port,
    hub,
    onError: (error) => errors.push(error),
  })
  await receivers.start()
  /** Newest first. */
  const captured = async (): Promise<RecordedCapture[]> => {
    const { items } = await store.captures.page({}, undefined, 500)
    return items.map(({ id }) => store.captures.get(id))
  }
  const keptBy = async () => (await captured()).map(textOf).toReversed()
  return { receivers, facts, errors, captured, keptBy }
}

function portOf(receivers: Receivers): number {
  const port = receivers.port()
  if (port === null) throw new Error('the receivers do not listen')
  return port
}

const textOf = ({ head, body }: RecordedCapture) => ({
  head: Buffer.from(head).toString('latin1'),
  body: Buffer.from(body).toString('latin1'),
})

describe('Echo', () => {
  it('answers 200 as plain text that no browser takes for anything else', async () => {
    const { receivers } = await startReceivers()
    for (const path of ['/in/echo', '/in/echo/sub/path?x=1', '/in/echo?q']) {
      const url = new URL(path, receivers.echoUrl())
      const answer = await fetch(url, { method: 'POST', body: '{}' })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
      expect(await answer.text()).toBe('ok')
    }
    expect(receivers.list()[0]).toMatchObject({ received: 3, listening: true, problem: null })
  })

  it('answers other paths 404 in words, and keeps nothing of them', async () => {
    const { receivers, captured } = await startReceivers()
    for (const path of ['/', '/in', '/in/echoes', '/in/other']) {
      const answer = await fetch(new URL(path, receivers.echoUrl()), { method: 'POST', body: 'x' })
      expect(answer.status).toBe(404)
      expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
      expect(await answer.text()).toContain('/in/echo')
    }
    expect(await captured()).toEqual([])
  })

  it('tells the hub', async () => {
    const { receivers, facts } = await startReceivers()
    await fetch(receivers.echoUrl(), { method: 'POST', body: 'x' })
    await expect.poll(() => facts).toContainEqual({ kind: 'captures.changed' })
  })

  it('listens on 127.0.0.1 and nowhere else', async () => {
    const { receivers } = await startReceivers()
    await expect(fetch(`http://[::1]:${portOf(receivers)}/in/echo`)).rejects.toThrow()
    await expect(fetch(`http://127.0.0.2:${portOf(receivers)}/in/echo`)).rejects.toThrow()
  })

  it('keeps the very bytes that the dispatcher recorded', async () => {
    const { receivers, captured } = await startReceivers()
    const setup = dispatchSetup()
    const sent = await setup.send({
      origin: new URL(receivers.echoUrl()).origin,
      path: '/in/echo?x',
    })
    expect(sent.code).toBe('ok')
    const [kept] = await captured()
    expect(Buffer.from(kept?.head ?? []).equals(sent.requestHead)).toBe(true)
    expect(Buffer.from(kept?.body ?? []).equals(sent.requestBody)).toBe(true)
  })
})

describe('what is kept of a request', () => {
  const head =
    'POST /in/echo HTTP/1.1\r\nhOsT: x\r\nX-A: 1\r\nx-a:  2 \r\nContent-Length: 9\r\n\r\n'
  const body = 'a\r\n\r\nPOST'

  it('is exact under keep-alive', async () => {
    const { receivers, keptBy } = await startReceivers()
    const client = await rawClient(portOf(receivers))
    for (const round of [1, 2, 3]) {
      client.write(head + body)
      await client.until('\r\n\r\nok', round)
    }
    expect(await keptBy()).toEqual([1, 2, 3].map(() => ({ head, body })))
  })

  it('is exact when requests come in one piece, of every kind', async () => {
    const { receivers, keptBy } = await startReceivers()
    const client = await rawClient(portOf(receivers))
    const bare = 'GET /in/echo?1 HTTP/1.1\r\n\r\n'
    const chunked = 'POST /in/echo?2 HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTrailer: T\r\n\r\n'
    const other = 'POST /elsewhere HTTP/1.1\r\nContent-Length: 3\r\n\r\n'
    client.write(
      `${bare}${chunked}4;e="x"\r\nwi\r\n\r\nA\r\n0\r\n\r\npedia\r\n0\r\nT: 1\r\n\r\n\r\n\r\n${other}abc${head}${body}${bare}`,
    )
    await client.until('\r\n\r\nok', 4)
    expect(await keptBy()).toEqual([
      { head: bare, body: '' },
      { head: chunked, body: 'wi\r\n0\r\n\r\npedia' },
      { head, body },
      { head: bare, body: '' },
    ])
  })

  it('is exact when the bytes come one by one', async () => {
    const { receivers, keptBy } = await startReceivers()
    const client = await rawClient(portOf(receivers))
    client.socket.setNoDelay(true)
    const chunked = 'POST /in/echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n'
    for (const byte of `${chunked}5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n${head}${body}`) {
      client.write(byte)
      await new Promise(setImmediate)
    }
    await client.until('\r\n\r\nok', 2)
    expect(await keptBy()).toEqual([
      { head: chunked, body: 'hello!' },
      { head, body },
    ])
  })

  it('has the values of cookies blotted out, to the same length', async () => {
    const { receivers, keptBy } = await startReceivers()
    const client = await rawClient(portOf(receivers))
    client.write(
      'GET /in/echo HTTP/1.1\r\nCookie: session=s3cret; b=2\r\nX: cookie: no\r\ncOOKIE:\tother\r\n\r\n',
    )
    await client.until('\r\n\r\nok')
    expect((await keptBy())[0]?.head).toBe(
      `GET /in/echo HTTP/1.1\r\nCookie: ${'*'.repeat(19)}\r\nX: cookie: no\r\ncOOKIE:\t*****\r\n\r\n`,
    )
  })

  it('can have no Host, and a great many large headers', async () => {
    const { receivers, keptBy } = await startReceivers()
    const client = await rawClient(portOf(receivers))
    const headers = Array.from({ length: 3_000 }, (_, i) => `X-${i}: ${'v'.repeat(60)}\r\n`).join(
      '',
    )
    client.write(`POST /in/echo HTTP/1.1\r\n${headers}Content-Length: 2\r\n\r\nhi`)
    await client.until('\r\n\r\nok')
    expect((await keptBy())[0]?.head).toContain(headers)
    expect((await keptBy())[0]?.body).toBe('hi')
  })

  it('is cut at 25 MiB, and its sender hears 413 also while it still talks', async () => {
    const { receivers, captured } = await startReceivers()
    const bodyBytes = 30 * 1024 * 1024
    const setup = dispatchSetup()
    const sent = await setup.send({
      origin: new URL(receivers.echoUrl()).origin,
      path: '/in/echo',
      body: Buffer.alloc(bodyBytes, 'x'),
    })
    expect(sent).toMatchObject({ code: 'http_status', httpStatus: 413 })
    const [kept] = await captured()
    expect(kept?.body).toHaveLength(25 * 1024 * 1024)
    expect(kept?.bodyBytes).toBe(bodyBytes)
  })

  it('is as far as it came where the parser refuses it, with the reason, and others live on', async () => {
    const { receivers, captured } = await startReceivers()
    /** @param like what is kept of it, with the problem */
    const refused = async (bytes: string, like: RegExp) => {
      const client = await rawClient(portOf(receivers))
      client.write(Buffer.from(bytes, 'latin1'))
      const answer = await client.closed
      const newest = async () => {
        const [last] = await captured()
        return `${last && textOf(last).head}${last?.problem}`
      }
      await expect.poll(newest).toMatch(like)
      const [last] = await captured()
      return { answer, last, head: Buffer.from(last?.head ?? []).toString('latin1') }
    }
    const both = 'POST /in/echo HTTP/1.1\r\ncontent-LENGTH: 1\r\nTransfer-Encoding: chunked\r\n\r\n'
    const first = await refused(`${both}x`, /^POST .+It is not HTTP/s)
    expect(first.answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
    expect([first.head, first.last?.body]).toEqual([both, Buffer.from('x')])
    expect(first.last?.problem).toMatch(/^It is not HTTP as RFC 9112 has it: .+\.$/)
    await expect.poll(async () => (await captured())[0]?.answer?.status).toBe(400)

    const garbage = await refused('\x16\x03\x01\0\xa5 is TLS\r\n\r\n', /is TLS.+It is not HTTP/s)
    expect(garbage.head).toBe('\x16\x03\x01\0\xa5 is TLS\r\n\r\n')
    const large = await refused(`GET /in/echo HTTP/1.1\r\nX: ${'x'.repeat(300_000)}\r\n`, /256 KB/)
    expect(large.answer).toMatch(/^HTTP\/1\.1 431 /)
    expect(large.last?.problem).toMatch(/256 KB/)
    const tunnel = await refused(
      'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n',
      /^CONNECT .+tunnel/s,
    )
    expect(tunnel.answer).toMatch(/^HTTP\/1\.1 405 /)
    expect(tunnel.last?.problem).toMatch(/tunnel/)
    expect((await fetch(receivers.echoUrl(), { method: 'POST', body: 'x' })).status).toBe(200)
  })

  it('is as far as it came where the connection breaks off', async () => {
    const { receivers, captured, keptBy } = await startReceivers()
    for (const bytes of [`${head}a\r\n`, 'POST /in/echo HTTP/1.1\r\nX-Half: a head']) {
      const client = await rawClient(portOf(receivers))
      client.write(bytes)
      client.socket.end()
      await client.closed
    }
    await expect.poll(async () => (await keptBy()).length).toBe(2)
    expect(await keptBy()).toEqual([
      { head, body: 'a\r\n' },
      { head: 'POST /in/echo HTTP/1.1\r\nX-Half: a head', body: '' },
    ])
    for (const { problem } of await captured()) expect(problem).toMatch(/closed before all of it/)
  })

  it('has beside it what was answered, to the byte', async () => {
    const { receivers, captured } = await startReceivers()
    receivers.setScript(ECHO, {
      steps: [textAnswer(418, 'tea'), { kind: 'drop', delayMs: 0, times: 1 }],
      atEnd: 'repeat_last',
    })
    const client = await rawClient(portOf(receivers))
    client.write(`${head}${body}${head}${body}`)
    const answer = await client.closed
    await expect.poll(async () => (await captured())[1]?.answer?.status).toBe(418)
    const [dropped, answered] = await captured()
    const sides = [answered?.answer?.head ?? [], answered?.answer?.body ?? []].map(Buffer.from)
    expect(Buffer.concat(sides).toString('latin1')).toBe(answer)
    expect(dropped?.answer).toBeNull()
  })
})

describe('the requests that are kept', () => {
  it('are all of them, newest first, and outlive a restart', async () => {
    const store = tempStore()
    const before = await openReceivers({ store })
    await before.receivers.start()
    const client = await rawClient(portOf(before.receivers))
    for (let i = 1; i <= 130; i++) client.write(`GET /in/echo/${i} HTTP/1.1\r\n\r\n`)
    await client.until('\r\n\r\nok', 130)
    await before.receivers.close()
    const after = await openReceivers({ store })
    const { items, nextCursor } = await after.store.captures.page({}, undefined, 100)
    expect([items.length, items[0]?.status]).toEqual([100, 200])
    expect(Buffer.from(items[0]?.head ?? []).toString()).toContain('/in/echo/130 ')
    const rest = await after.store.captures.page({}, nextCursor ?? 0, 100)
    expect([rest.items.length, rest.nextCursor]).toEqual([30, null])
    expect(after.receivers.list()[0]?.received).toBe(130)
  })
})

describe('the port', () => {
  async function occupied(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    onTestFinished(() => void server.close())
    const address = server.address()
    return typeof address === 'object' && address ? address.port : 0
  }

  async function freePort(): Promise<number> {
    const { receivers } = await startReceivers()
    const port = portOf(receivers)
    await receivers.close()
    return port
  }

  it('that is taken is given up for a free one, and the problem says so', async () => {
    const taken = await occupied()
    const { receivers } = await startReceivers(taken)
    const port = portOf(receivers)
    expect(port).not.toBe(taken)
    expect(receivers.problem()).toContain(`Port ${taken} is in use by another program.`)
    expect(receivers.problem()).toContain(String(port))
    expect(receivers.echoUrl()).toBe(`http://127.0.0.1:${port}/in/echo`)
    expect((await fetch(receivers.echoUrl())).status).toBe(200)
  })

  it('can be changed while requests come, and what was received stays', async () => {
    const { receivers, keptBy } = await startReceivers()
    const before = portOf(receivers)
    const client = await rawClient(before)
    await fetch(receivers.echoUrl(), { method: 'POST', body: 'x' })
    await receivers.restart(0)
    await client.closed
    await expect(fetch(`http://127.0.0.1:${before}/in/echo`)).rejects.toThrow()
    expect((await fetch(receivers.echoUrl(), { method: 'POST', body: 'y' })).status).toBe(200)
    expect((await keptBy()).map(({ body }) => body)).toEqual(['x', 'y'])
  })

  it('that is changed twice at once is the last one alone', async () => {
    const listening = () =>
      process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length
    const wished = await freePort()
    await expect.poll(listening).toBe(0)
    const { receivers } = await startReceivers()
    await Promise.all([receivers.restart(0), receivers.restart(0), receivers.restart(wished)])
    expect(receivers.port()).toBe(wished)
    await expect.poll(listening).toBe(1)
    await Promise.all([receivers.restart(0), receivers.close()])
    await expect.poll(listening).toBe(0)
  })

  it('is let go of when the receivers are closed', async () => {
    const { receivers } = await startReceivers()
    await receivers.close()
    expect(receivers.port()).toBeNull()
    expect(receivers.list()[0]?.listening).toBe(false)
  })
})
