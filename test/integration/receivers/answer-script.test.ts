/** What a receiver's answer script puts on the wire, seen from a raw socket and through the dispatcher. */
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { type AnswerScript, type AnswerStep, type ReceiverId, textAnswer } from '#contract'
import type { Receivers } from '../../../src-main/receivers/index.ts'
import { openTestCore } from '../../support/open-core.ts'
import { openReceivers } from '../../support/open-receivers.ts'
import { rawClient } from '../../support/raw-client.ts'
import { tempStore } from '../../support/temp-store.ts'

const ECHO = 'echo' as ReceiverId
const POST = 'POST /in/echo HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}'

async function startEcho(
  steps: AnswerStep[],
  atEnd: AnswerScript['atEnd'] = 'repeat_last',
  store = tempStore(),
): Promise<Receivers> {
  const { receivers } = await openReceivers({ store })
  await receivers.start()
  if (steps.length > 0) receivers.setScript(ECHO, { steps, atEnd })
  return receivers
}

const client = (receivers: Receivers) => rawClient(receivers.port() ?? 0)

describe('an answer script', () => {
  it('answers with exactly its status, its headers in order, case and number, and its body', async () => {
    const receivers = await startEcho([
      {
        ...textAnswer(418, 'Grüße\n'),
        headers: [
          { name: 'X-b', value: '1' },
          { name: 'x-A', value: '2' },
          { name: 'X-b', value: '3' },
        ],
      } as AnswerStep,
    ])
    const socket = await client(receivers)
    socket.write(POST)
    const answer = await socket.until('\r\n\r\nGr')
    expect(answer).toMatch(
      /^HTTP\/1\.1 418 I'm a Teapot\r\nX-b: 1\r\nx-A: 2\r\nX-b: 3\r\nX-Content-Type-Options: nosniff\r\nContent-Length: 8\r\n/,
    )
    expect(Buffer.from(answer.split('\r\n\r\n')[1] ?? '', 'latin1').toString()).toBe('Grüße\n')
  })

  it('goes through its steps, request by request', async () => {
    const receivers = await startEcho(
      [textAnswer(503, 'busy', { times: 2 }), textAnswer(200, 'ok')],
      'start_over',
    )
    const statuses: number[] = []
    for (let n = 0; n < 4; n++) {
      statuses.push((await fetch(receivers.echoUrl(), { method: 'POST', body: '{}' })).status)
    }
    expect(statuses).toEqual([503, 503, 200, 503])
    expect(receivers.list()[0]?.position).toEqual({ step: 0, done: 1 })
    receivers.restartScript(ECHO)
    expect(receivers.list()[0]?.position).toEqual({ step: 0, done: 0 })
  })

  it('closes or resets the connection without an answer, and keeps the request', async () => {
    for (const kind of ['drop', 'reset'] as const) {
      const receivers = await startEcho([{ kind, delayMs: 0, times: 1 }])
      const socket = await client(receivers)
      const failed = once(socket.socket, 'error').then(
        ([error]: { code?: string }[]) => error?.code,
      )
      socket.write(POST)
      expect(await socket.closed).toBe('')
      if (kind === 'reset') expect(await failed).toBe('ECONNRESET')
      await expect.poll(() => receivers.list()[0]?.received).toBe(1)
    }
  })

  it('waits before it answers, and forgets about it when the client has gone', async () => {
    const receivers = await startEcho([textAnswer(200, 'late', { delayMs: 300 })])
    const startedMs = performance.now()
    expect(await (await fetch(receivers.echoUrl(), { method: 'POST' })).text()).toBe('late')
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(295)
    const gone = await client(receivers)
    gone.write(POST)
    gone.socket.destroy()
    await gone.closed
    await receivers.close()
  })

  it('drips the body over its time, all of it', async () => {
    const body = 'x'.repeat(1_000)
    const receivers = await startEcho([textAnswer(200, body, { dripMs: 500 })])
    const socket = await client(receivers)
    const pieces: number[] = []
    socket.socket.on('data', (chunk: Buffer) => pieces.push(chunk.length))
    const startedMs = performance.now()
    socket.write(POST)
    const answer = await socket.until(body)
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(495)
    expect(pieces.length).toBeGreaterThanOrEqual(4)
    expect(answer.split('\r\n\r\n')[1]).toBe(body)
  })

  it('is kept over a restart, and begins anew', async () => {
    const store = tempStore()
    const steps = [textAnswer(500, 'no', { times: 3 }), textAnswer(200, 'ok')]
    const before = await startEcho(steps, 'start_over', store)
    await fetch(before.echoUrl(), { method: 'POST' })
    await before.close()
    const after = await startEcho([], 'start_over', store)
    expect(after.list()[0]).toMatchObject({
      script: { steps, atEnd: 'start_over' },
      position: { step: 0, done: 0 },
    })
  })
})

describe('showing a retry', () => {
  it('fails twice and then arrives, whatever Echo is told to answer', async () => {
    const { client: app } = await openTestCore()
    await app.receiver.setScript({
      receiverId: 'echo',
      script: { steps: [textAnswer(500, '')], atEnd: 'repeat_last' },
    })
    const { deliveries } = await app.simulator.showRetry({
      event: 'poll.created',
      payloadText: '{"data":{}}',
    })
    expect(deliveries).toHaveLength(1)
    const [id] = deliveries
    if (!id) throw new Error('no delivery')
    for (const attempts of [1, 2]) {
      await expect
        .poll(async () => (await app.delivery.get({ deliveryId: id })).attempts)
        .toBe(attempts)
      await expect
        .poll(async () => (await app.delivery.get({ deliveryId: id })).status)
        .toBe('waiting')
      await app.queue.nextNow()
    }
    await expect
      .poll(async () => (await app.delivery.get({ deliveryId: id })).status)
      .toBe('delivered')
    const { attemptList } = await app.delivery.get({ deliveryId: id })
    expect(attemptList.map(({ httpStatus }) => httpStatus)).toEqual([503, 503, 200])
  })
})
