/** Requests that the parser refuses: no byte of them is lost, and what their sender heard stands beside. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RecordedCapture } from '../../../src-main/store/captures.ts'
import { openReceivers } from '../../support/open-receivers.ts'
import { rawClient } from '../../support/raw-client.ts'

async function started() {
  const { receivers, store } = await openReceivers()
  await receivers.start()
  /** Oldest first. */
  const captured = async (): Promise<RecordedCapture[]> => {
    const { items } = await store.captures.page({}, undefined, 500)
    return items.map(({ id }) => store.captures.get(id)).toReversed()
  }
  /** Writes the packets one after the other, and resolves to all that came back. */
  const send = async (packets: readonly Uint8Array[]): Promise<string> => {
    const client = await rawClient(receivers.port() ?? 0)
    client.socket.setNoDelay(true)
    for (const packet of packets) {
      await new Promise<void>((resolve) => client.socket.write(packet, () => resolve()))
      await new Promise(setImmediate)
    }
    return client.closed
  }
  return { captured, send, port: receivers.port() ?? 0 }
}

const bytesOf = ({ head, body }: RecordedCapture) => Buffer.concat([head, body])
const answerOf = ({ answer }: RecordedCapture) =>
  Buffer.concat([answer?.head ?? Buffer.of(), answer?.body ?? Buffer.of()]).toString('latin1')

const headOf = (length: number) =>
  `POST /in/echo HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`

describe('a body longer than it was said to be', () => {
  const body = Buffer.from('{"name":"Zoë Müller"}')
  const head = Buffer.from(headOf(21))

  it.each([
    ['in one packet', [Buffer.concat([head, body])]],
    ['behind its head', [head, body]],
  ])('is kept whole, with the answer, %s', async (_name, packets) => {
    const { captured, send } = await started()
    const answer = await send(packets)
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    await expect.poll(async () => (await captured()).map(answerOf)).toEqual([answer])
    const [only] = await captured()
    expect(Buffer.from(only?.body ?? []).toString()).toBe(body.toString())
    expect(only?.bodyBytes).toBe(23)
    expect(only?.problem).toMatch(/^It is not HTTP/)
  })

  it('loses no byte, whatever they are and wherever they are parted', async () => {
    const { captured, send } = await started()
    let before = 0
    const surplus = fc
      .uint8Array({ minLength: 1, maxLength: 40 })
      // What could begin a request is waited for.
      .map((bytes) => Buffer.concat([Buffer.of(0x7d), bytes]))
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 60 }),
        surplus,
        fc.nat(1_000),
        async (announced, more, cut) => {
          const whole = Buffer.concat([Buffer.from(headOf(announced.length)), announced, more])
          const at = cut % (whole.length - more.length + 1)
          const answer = await send([whole.subarray(0, at), whole.subarray(at)])
          const these = async () => (await captured()).slice(before)
          await expect.poll(async () => (await these()).map(answerOf).join('')).toBe(answer)
          expect(Buffer.concat((await these()).map(bytesOf))).toEqual(whole)
          before = (await captured()).length
        },
      ),
      { numRuns: 20 },
    )
  })
})

describe('a request whose sender is gone', () => {
  it('has no answer beside it that did not go out', async () => {
    const { captured, port } = await started()
    const client = await rawClient(port)
    client.write(`${headOf(9).slice(0, -2)}Expect: 100-continue\r\n\r\n`)
    await client.until('100 Continue\r\n\r\n')
    client.socket.resetAndDestroy()
    await expect
      .poll(async () => (await captured()).map(answerOf))
      .toEqual(['HTTP/1.1 100 Continue\r\n\r\n'])
    expect((await captured())[0]?.problem).toMatch(/closed before all of it/)
  })
})

describe('a chunked body that is none', () => {
  const head = 'POST /in/echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n'

  it.each([
    ['a size that is no number', '5\r\nhello\r\nnone\r\nx', 'hellonone\r\nx'],
    ['a size that is no number, and no line end', '5\r\nhello\r\nnone', 'hellonone'],
    ['a chunk longer than its size', '5\r\nhello, all\r\n0\r\n\r\n', 'hello, all\r\n0\r\n\r\n'],
    ['a trailer that is none', '5\r\nhello\r\n0\r\nno trailer\r\n\r\n', 'hellono trailer\r\n\r\n'],
    ['something behind its end', '5\r\nhello\r\n0\r\n\r\n}surplus', 'hello}surplus'],
  ])('is kept with all that came behind %s', async (_name, sent, kept) => {
    const { captured, send } = await started()
    const answer = await send([Buffer.from(head + sent)])
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    await expect.poll(async () => (await captured()).map(answerOf)).toEqual([answer])
    const [only] = await captured()
    expect(Buffer.from(only?.body ?? []).toString()).toBe(kept)
  })
})

describe('a request that is refused behind another one in the same packet', () => {
  it('is kept by itself, its cookies blotted out', async () => {
    const { captured, send } = await started()
    const second = 'GET /in/echo HTTP/1.1\r\nCookie: a=secret\r\nno header\r\n\r\n'
    await send([Buffer.from(`${headOf(2)}{}${second}`)])
    await expect.poll(async () => (await captured()).length).toBe(2)
    const kept = (await captured()).map((each) => bytesOf(each).toString())
    expect(kept.toSorted()).toEqual([second.replace('a=secret', '********'), `${headOf(2)}{}`])
  })

  it.each([
    'GET /in/echo HTTP/1.1\r\nCookie: a=1;\r\n b=secret\r\n\r\n',
    'GET /in/echo HTTP/1.1\r\nCookie : b=secret\r\n\r\n',
    'GET /in/echo HTTP/1.1\nX\nCookie: b=secret\n\n',
    'Cookie: b=secret\r\n\r\n',
    'GET /in/echo HTTP/1.1\r\nX\r\n\r\nGET / HTTP/1.1\r\nCookie: b=secret\r\n\r\n',
  ])('has no cookie kept: %j', async (bytes) => {
    const { captured, send } = await started()
    await send([Buffer.from(bytes)])
    await expect.poll(async () => (await captured()).length).toBe(1)
    const [only] = await captured()
    expect(only && bytesOf(only).toString()).toMatch(/cookie/i)
    expect(only && bytesOf(only).toString()).not.toMatch(/secret/)
  })

  it('is kept with what came behind it, where it asks for a tunnel', async () => {
    const { captured, send } = await started()
    const tunnel = 'CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n'
    await send([Buffer.from(`${tunnel}\x16\x03\x01`)])
    await expect.poll(async () => (await captured()).length).toBe(1)
    expect((await captured()).map((each) => bytesOf(each).toString())).toEqual([
      `${tunnel}\x16\x03\x01`,
    ])
  })
})
