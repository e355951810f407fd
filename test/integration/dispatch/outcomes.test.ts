/** Every outcome that a network can produce, from a server that really does it. */
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { NO_RETRY } from '#contract'
import { MAX_RESPONSE_BODY_BYTES } from '../../../src-main/dispatch/exchange.ts'
import { dispatchSetup } from '../../support/dispatch-setup.ts'
import { freePort } from '../../support/free-port.ts'
import { startWireServer, type WireScript } from '../../support/wire-server.ts'

/** Sends one request to a server that answers like this. */
async function sendTo(script: WireScript, timeoutMs?: number) {
  const server = await startWireServer(script)
  const setup = dispatchSetup()
  const sent = await setup.send({ origin: server.origin }, timeoutMs)
  expect(setup.errors).toEqual([])
  return { ...sent, server }
}

const answering = (bytes: string | Buffer): WireScript => ({
  onRequest: (connection) => connection.send(bytes),
})
const answer = (head: string, body = '') =>
  `HTTP/1.1 ${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

describe('an answer', () => {
  it('with a 2xx status is delivered', async () => {
    const sent = await sendTo(answering(answer('200 OK', 'fine')))
    expect(sent).toMatchObject({ code: 'ok', httpStatus: 200, httpVersion: '1.1' })
    expect(sent.reason).toBe('Answered 200.')
    expect(sent.delivery).toMatchObject({ status: 'delivered', state: 'succeeded', attempts: 1 })
    expect(String(sent.responseBody)).toBe('fine')
  })

  it('without a body, 204, is delivered', async () => {
    const sent = await sendTo(answering('HTTP/1.1 204 No Content\r\n\r\n'))
    expect(sent).toMatchObject({ code: 'ok', httpStatus: 204, responseBodyBytes: 0 })
  })

  it('with a 3xx status is refused, says where to, and is not followed', async () => {
    const head = answer(
      '302 Found\r\nLocation: https://me:pw@other.example/hook/xoxb-0123456789-abcdefghij?token=s3cret',
    )
    const sent = await sendTo(answering(head))
    expect(sent).toMatchObject({ code: 'http_status', httpStatus: 302 })
    expect(sent.delivery.status).toBe('refused')
    expect(sent.reason).toBe(
      'Answered 302: a redirect to https://other.example. Hookstage does not follow redirects; put the final address into the endpoint.',
    )
    expect(sent.server.requests).toHaveLength(1)
  })

  it.each([
    [401, 'signing secret'],
    [404, 'check the endpoint'],
    [418, 'refuses'],
    [429, 'Wait'],
    [500, 'log'],
    [503, 'try again later'],
    [599, 'failed'],
  ])('with status %i is refused in words', async (status, words) => {
    const sent = await sendTo(answering(answer(`${status} Whatever`)))
    expect(sent).toMatchObject({ code: 'http_status', httpStatus: status })
    expect(sent.reason).toContain(`Answered ${status}`)
    expect(sent.reason).toContain(words)
  })

  it('with a content coding is kept as received', async () => {
    const body = gzipSync('{"ok":true}')
    const head = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`
    const sent = await sendTo(answering(Buffer.concat([Buffer.from(head), body])))
    expect(sent.code).toBe('ok')
    expect(Buffer.from(sent.responseBody)).toEqual(body)
  })

  it('in chunks is kept without their framing, its head exactly', async () => {
    const head = 'HTTP/1.1 200 Fine\r\ntransfer-ENCODING: chunked\r\nX-A: 1\r\nx-a: 2\r\n\r\n'
    const sent = await sendTo(answering(`${head}4\r\nwiki\r\n5;x=y\r\npedia\r\n0\r\nT: 1\r\n\r\n`))
    expect(sent.code).toBe('ok')
    expect(String(sent.responseHead)).toBe(head)
    expect(String(sent.responseBody)).toBe('wikipedia')
  })

  it('that ends with its connection is whole', async () => {
    const sent = await sendTo({
      onRequest: (connection) => {
        connection.send('HTTP/1.0 200 OK\r\n\r\nto the end')
        connection.end()
      },
    })
    expect(sent).toMatchObject({ code: 'ok', httpVersion: '1.0' })
    expect(String(sent.responseBody)).toBe('to the end')
  })

  it.each([
    ['103 Early Hints', 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'],
    ['100 Continue', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['100 Continue twice', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Go on\r\n\r\n'],
    ['100 and 103', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n'],
  ])('after %s counts, and the interim heads are kept', async (_name, interim) => {
    const final = 'HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n'
    const sent = await sendTo(answering(`${interim}${final}ok`))
    expect(sent).toMatchObject({ code: 'ok', httpStatus: 201 })
    expect(String(sent.responseHead)).toBe(interim + final)
    expect(String(sent.responseBody)).toBe('ok')
  })

  it('is the same when its bytes come one by one', async () => {
    const bytes = `HTTP/1.1 100 Continue\r\n\r\n${answer('200 OK', 'slow')}`
    const sent = await sendTo({ onRequest: (connection) => connection.drip(bytes, 1) })
    expect(sent.code).toBe('ok')
    expect(String(sent.responseHead) + String(sent.responseBody)).toBe(bytes)
  })

  it('that is judged by its destination gets the destination’s verdict', async () => {
    const server = await startWireServer(answering(answer('200 OK', 'invalid_payload')))
    const setup = dispatchSetup({
      judge: ({ body }) => ({ code: 'destination_refused', reason: `It said ${String(body)}.` }),
    })
    const sent = await setup.send({ origin: server.origin })
    expect(sent).toMatchObject({ code: 'destination_refused', reason: 'It said invalid_payload.' })
  })

  it('that cannot be judged is recorded as it came, and not sent again', async () => {
    const server = await startWireServer(answering(answer('200 OK', 'odd')))
    const fault = new Error('no such field')
    const setup = dispatchSetup({
      retry: { preset: 'own', own: { ...NO_RETRY.own, delaysMs: [0] } },
      judge: () => {
        throw fault
      },
    })
    const sent = await setup.send({ origin: server.origin })
    expect(sent).toMatchObject({ code: 'bad_response', httpStatus: 200 })
    expect(sent.reason).toMatch(/^Hookstage could not make out what this answer means\./)
    expect(String(sent.responseBody)).toBe('odd')
    expect(server.requests).toHaveLength(1)
    expect(setup.errors).toEqual([fault])
  })
})

describe('no connection', () => {
  it('because nothing listens is connect_refused', async () => {
    const port = await freePort()
    const sent = await dispatchSetup().send({ origin: `http://127.0.0.1:${port}` })
    expect(sent).toMatchObject({ code: 'connect_refused', httpStatus: null, remoteAddress: null })
    expect(sent.reason).toBe(
      `Nothing listens at 127.0.0.1:${port}. Start the receiver, or check the port.`,
    )
    expect(sent.delivery.status).toBe('failed')
    expect(sent.requestHead).toHaveLength(0)
  })

  it('because nothing listens on any address of the name is connect_refused', async () => {
    const sent = await dispatchSetup().send({ origin: `http://localhost:${await freePort()}` })
    expect(sent.code).toBe('connect_refused')
  })

  it('because there is no such host is dns_not_found', async () => {
    const sent = await dispatchSetup().send({ origin: 'http://hookstage.invalid' })
    expect(sent.code).toBe('dns_not_found')
    expect(sent.reason).toContain('hookstage.invalid')
  })

  it('because the handshake never ends is connect_timeout', async () => {
    // It takes the connection, reads, and says nothing.
    const silent = await startWireServer({})
    const origin = silent.origin.replace('http:', 'https:')
    const sent = await dispatchSetup().send({ origin }, 50)
    expect(sent.code).toBe('connect_timeout')
    expect(sent.reason).toContain('TLS handshake within 50 ms')
    expect(sent.marks).toMatchObject({ tlsMs: null, firstByteOutMs: null })
    expect(sent.marks.connectMs).not.toBeNull()
  })

  it('because the server does not speak TLS is tls_failed', async () => {
    const plain = await startWireServer({
      onConnect: (connection) => connection.send(answer('400 Bad Request')),
    })
    const sent = await dispatchSetup().send({ origin: plain.origin.replace('http:', 'https:') })
    expect(sent.code).toBe('tls_failed')
    expect(sent.reason).toContain('does not speak TLS')
  })

  it('because the handshake is broken off is tls_failed', async () => {
    const plain = await startWireServer({ onConnect: ({ socket }) => void socket.end() })
    const sent = await dispatchSetup().send({ origin: plain.origin.replace('http:', 'https:') })
    expect(sent.code).toBe('tls_failed')
    expect(sent.reason).toContain('handshake')
  })
})

describe('an exchange that breaks', () => {
  it('by a reset before the answer is reset', async () => {
    const sent = await sendTo({ onRequest: (connection) => connection.reset() })
    expect(sent).toMatchObject({ code: 'reset', httpStatus: null })
    expect(sent.reason).toContain('before it answered')
    expect(sent.requestBody.length).toBeGreaterThan(0)
  })

  it('by a reset in the middle of a body that ends with its connection is reset', async () => {
    const sent = await sendTo({
      onRequest: (connection) => {
        connection.send('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhalf')
        setTimeout(() => connection.reset(), 20)
      },
    })
    expect(sent).toMatchObject({ code: 'reset', httpStatus: 200 })
    expect(String(sent.responseBody)).toBe('half')
  })

  it('by a close before the answer is closed_early', async () => {
    const sent = await sendTo({ onRequest: (connection) => connection.end() })
    expect(sent.code).toBe('closed_early')
    expect(sent.reason).toContain('before it answered')
  })

  it('by a close in the middle of the head is closed_early', async () => {
    const sent = await sendTo({
      onRequest: (connection) => {
        connection.send('HTTP/1.1 200 OK\r\nContent-Le')
        connection.end()
      },
    })
    expect(sent.code).toBe('closed_early')
    expect(String(sent.responseHead)).toBe('HTTP/1.1 200 OK\r\nContent-Le')
  })

  it.each([
    ['with a length', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n', 'half'],
    [
      'with a length, closing',
      'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 10\r\n\r\n',
      'half',
    ],
    ['in chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', '4\r\nhalf\r\n'],
  ])('by a close in the middle of a body %s is closed_early', async (_name, head, body) => {
    const sent = await sendTo({
      onRequest: (connection) => {
        connection.send(head + body)
        connection.end()
      },
    })
    expect(sent).toMatchObject({ code: 'closed_early', httpStatus: 200 })
    expect(sent.reason).toContain('after 4 bytes')
    expect(String(sent.responseHead)).toBe(head)
    expect(String(sent.responseBody)).toBe('half')
  })

  it('because no answer comes in time is deadline', async () => {
    const sent = await sendTo({}, 60)
    expect(sent.code).toBe('deadline')
    expect(sent.reason).toContain('did not answer within 60 ms')
  })

  it('because the answer drips is deadline, with what had come', async () => {
    const sent = await sendTo(
      {
        onRequest: (connection) => {
          connection.send('HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n')
          connection.drip('x'.repeat(1_000_000), 1)
        },
      },
      100,
    )
    expect(sent).toMatchObject({ code: 'deadline', httpStatus: 200 })
    expect(sent.reason).toContain('The answer had begun')
    expect(sent.responseBodyBytes).toBe(sent.responseBody.length)
    await sent.server.connections[0]?.closed
  })

  it('because the request is not read in time is deadline', async () => {
    const server = await startWireServer({ onConnect: ({ socket }) => void socket.pause() })
    const body = Buffer.alloc(30_000_000, 'x')
    const sent = await dispatchSetup().send({ origin: server.origin, body }, 300)
    expect(sent.code).toBe('deadline')
    expect(sent.reason).toContain('did not read the whole request')
    expect(sent.marks.lastByteOutMs).toBeNull()
  })

  it.each([
    ['garbage', 'SSH-2.0-OpenSSH_9.2\r\n', 'begins with “SSH-2.0-OpenSSH_9.2”'],
    ['short garbage', 'HTT\r\n\r\n', 'begins with “HTT”'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'not HTTP/1.1'],
    [
      'a head that breaks off into garbage',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\0\0',
      'not HTTP/1.1',
    ],
    [
      '101 without being asked',
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n',
      'not HTTP/1.1',
    ],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok', ''],
    [
      'broken chunks',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n',
      'not sound HTTP/1.1',
    ],
  ])('by %s is bad_response', async (_name, bytes, words) => {
    const sent = await sendTo(answering(bytes))
    expect(sent.code).toBe('bad_response')
    expect(sent.reason).toContain(words)
    expect(String(sent.responseHead).length).toBeGreaterThan(0)
  })

  it('by a head that is too long is bad_response', async () => {
    const sent = await sendTo(answering(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(300_000)}\r\n\r\n`))
    expect(sent.code).toBe('bad_response')
    expect(sent.reason).toContain('longer than 256 KB')
  })

  it('by a status line that never ends is bad_response', async () => {
    const sent = await sendTo({
      onRequest: (connection) => {
        connection.send('HTTP/1.1 200 ')
        connection.flood(Buffer.alloc(65_536, 'x'))
      },
    })
    expect(sent.code).toBe('bad_response')
  })

  it('because the body never ends is response_too_large, with its first 25 MiB', async () => {
    const sent = await sendTo({
      onRequest: (connection) => {
        connection.send('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n')
        connection.flood(Buffer.alloc(1_048_576, 'x'))
      },
    })
    expect(sent).toMatchObject({ code: 'response_too_large', httpStatus: 200 })
    expect(sent.responseBody).toHaveLength(MAX_RESPONSE_BODY_BYTES)
    expect(sent.responseBodyBytes).toBeGreaterThan(MAX_RESPONSE_BODY_BYTES)
    await sent.server.connections[0]?.closed
  })
})
