/** What is recorded is what went over the wire, and connections are kept without ever lying. */
import { describe, expect, it } from 'vitest'
import { renderHead } from '../../../src-main/encode/index.ts'
import { dispatchSetup, only, requestWith } from '../../support/dispatch-setup.ts'
import { startWireServer } from '../../support/wire-server.ts'

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
const CLOSING = 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok'

describe('the recorded request', () => {
  it.each([
    ['a JSON body', ['Content-Type', 'application/json'], Buffer.from('{"a":"ä"}')],
    ['an empty body', ['Content-Type', 'application/json'], Buffer.alloc(0)],
    ['a large body', ['Content-Type', 'text/plain'], Buffer.alloc(3_000_000, 'abc')],
    [
      'bytes that are no text, and an empty line inside',
      ['Content-Type', 'application/x-www-form-urlencoded'],
      Buffer.from([0, 255, 13, 10, 13, 10, 128]),
    ],
    [
      'headers in order, with their case, twice, and in Latin-1',
      ['X-Zed', '1', 'x-alpha', 'a', 'X-ZED', '2', 'X-Name', 'Zo\u00eb', 'x-alpha', ''],
      Buffer.from('{}'),
    ],
  ])(
    'is the very bytes that arrived, and those the preview shows: %s',
    async (_name, headers, body) => {
      const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
      const setup = dispatchSetup()
      const path = '/a//b/../%7e?q=%20&q'
      const request = requestWith({ origin: server.origin, headers, body, path })
      const sent = await setup.send(request)
      expect(sent.code).toBe('ok')
      const seen = only(server.requests)
      expect(Buffer.from(sent.requestHead).equals(seen.head)).toBe(true)
      expect(Buffer.from(sent.requestBody).equals(seen.body)).toBe(true)
      // What the preview shows is what was sent.
      expect(Buffer.from(renderHead(request)).equals(seen.head)).toBe(true)
      expect(server.connections[0]?.received().equals(seen.bytes)).toBe(true)
      expect(seen.head.toString('latin1')).toMatch(
        /^POST \/a\/\/b\/\.\.\/%7e\?q=%20&q HTTP\/1\.1\r\n/,
      )
      for (let i = 0; i < headers.length; i += 2) {
        expect(seen.head.toString('latin1')).toContain(`\r\n${headers[i]}: ${headers[i + 1]}\r\n`)
      }
    },
  )

  it('holds only what left when the exchange ends before its answer', async () => {
    const server = await startWireServer({})
    const sent = await dispatchSetup().send({ origin: server.origin }, 60)
    const seen = only(server.requests)
    expect(Buffer.concat([sent.requestHead, sent.requestBody]).equals(seen.bytes)).toBe(true)
    expect(sent.responseHead).toHaveLength(0)
  })
})

describe('marks', () => {
  it('of a fresh connection follow each other, and those that were not passed are null', async () => {
    const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
    const { marks, remoteAddress } = await dispatchSetup().send({ origin: server.origin })
    const { connectMs, firstByteOutMs, lastByteOutMs, firstByteInMs, lastByteInMs } = marks
    const times = [0, connectMs, firstByteOutMs, lastByteOutMs, firstByteInMs, lastByteInMs]
    expect(times.every((time) => time !== null)).toBe(true)
    expect(times).toEqual([...times].sort((a, b) => Number(a) - Number(b)))
    expect(marks).toMatchObject({ dnsMs: null, tlsMs: null })
    expect(marks.queuedMs).toBeLessThanOrEqual(0)
    expect(remoteAddress).toBe(`127.0.0.1:${server.port}`)
  })

  it('of a name tell when it was found', async () => {
    const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
    const sent = await dispatchSetup().send({ origin: `http://localhost:${server.port}` })
    expect(sent.marks.dnsMs).not.toBeNull()
  })
})

describe('a kept connection', () => {
  it('carries the next request, and its record says so', async () => {
    const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
    const setup = dispatchSetup()
    const first = await setup.send({ origin: server.origin, body: Buffer.from('one') })
    const second = await setup.send({ origin: server.origin, body: Buffer.from('two') })
    expect([first.reusedConnection, second.reusedConnection]).toEqual([false, true])
    expect(second.marks).toMatchObject({ dnsMs: null, connectMs: null })
    expect(second.remoteAddress).toBe(first.remoteAddress)
    expect(String(second.requestBody)).toBe('two')
    expect(
      Buffer.from(second.requestHead).equals(server.requests[1]?.head ?? Buffer.alloc(0)),
    ).toBe(true)
    expect(server.connections).toHaveLength(1)
  })

  it('is not used again when the server says that it closes it', async () => {
    const server = await startWireServer({ onRequest: (connection) => connection.send(CLOSING) })
    const setup = dispatchSetup()
    for (const _ of [1, 2, 3]) {
      const sent = await setup.send({ origin: server.origin })
      expect(sent).toMatchObject({ code: 'ok', reusedConnection: false })
    }
    expect(server.connections).toHaveLength(3)
  })

  it.each(['end', 'reset'] as const)('that the server has closed (%s) is replaced', async (how) => {
    const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
    const setup = dispatchSetup()
    for (let round = 0; round < 20; round++) {
      const sent = await setup.send({ origin: server.origin })
      expect(sent).toMatchObject({ code: 'ok', reusedConnection: false })
      const connection = server.connections.at(-1)
      connection?.[how]()
      await connection?.closed
    }
    expect(server.requests).toHaveLength(20)
  })

  it.each(['end', 'reset'] as const)(
    'that the server closes (%s) with the answer still in flight never fails what comes next',
    async (how) => {
      const server = await startWireServer({
        onRequest: ({ socket, ...connection }) => {
          socket.write(OK, () => connection[how]())
        },
      })
      const setup = dispatchSetup({ limits: { global: 1, perOrigin: 1 } })
      const deliveries = setup.record(server.origin, 50)
      setup.dispatcher.enqueue(deliveries)
      await setup.dispatcher.idle()
      const reused = deliveries.map(({ id }) => only(setup.get(id).attemptList))
      for (const attempt of reused) {
        // A request that had left on a kept connection may have been read: it is not sent again.
        if (!attempt.reusedConnection) expect(attempt.code).toBe('ok')
        else expect(['ok', 'reset', 'closed_early']).toContain(attempt.code)
      }
      const delivered = reused.filter(({ code }) => code === 'ok').length
      expect(server.requests.length).toBe(delivered)
    },
  )

  it('does not take unasked bytes for the answer to what is sent next', async () => {
    const server = await startWireServer({ onRequest: (connection) => connection.send(OK) })
    const setup = dispatchSetup()
    await setup.send({ origin: server.origin })
    const [kept] = server.connections
    kept?.send('HTTP/1.1 500 Stray\r\nContent-Length: 0\r\n\r\n')
    await kept?.closed
    const sent = await setup.send(requestWith({ origin: server.origin }))
    expect(sent).toMatchObject({ code: 'ok', httpStatus: 200, reusedConnection: false })
    expect(String(sent.responseHead)).toBe('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n')
  })
})
