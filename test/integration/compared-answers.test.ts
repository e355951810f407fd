/** Answers of many pairs are compared without what they answered. */
import { describe, expect, it } from 'vitest'
import type { AttemptId, CaptureId, ComparePlace, ReceiverId } from '#contract'
import { openVault } from '../../src-main/authoring/vault.ts'
import { createComparisons } from '../../src-main/inspect/comparisons.ts'
import { createRuntime } from '../../src-main/runtime.ts'
import { createKeyFileSealer } from '../../src-main/store/secret-sealer.ts'
import { finished } from '../support/compared.ts'
import { attemptWith, FINAL, storedDeliveries, storedWebhook } from '../support/factories.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { tempStore } from '../support/temp-store.ts'

const HEAD = Buffer.from('HTTP/1.1 200 OK\r\n\r\n')

describe('answers', () => {
  it('of captures and of deliveries are compared while their requests stay where they are', async () => {
    const store = tempStore()
    const captured = async (name: string, body: string | null): Promise<ComparePlace> => {
      const captureId = name as CaptureId
      const seq = await store.captures.record({
        id: captureId,
        receiverId: 'echo' as ReceiverId,
        receivedAtMs: 1,
        head: Buffer.from('POST / HTTP/1.1\r\n\r\n'),
        body: Buffer.from(name),
        bodyBytes: name.length,
        isChunked: false,
        problem: null,
      })
      if (body !== null)
        await store.captures.answered(seq, { status: 200, head: HEAD, body: Buffer.from(body) })
      return { kind: 'capture', captureId }
    }
    const webhook = storedWebhook(store)
    const delivered = async (responseBody: string): Promise<ComparePlace> => {
      const [delivery] = storedDeliveries(store, [webhook])
      if (!delivery) throw new Error('no delivery')
      const response = { responseHead: HEAD, responseBody: Buffer.from(responseBody) }
      const responseBodyBytes = responseBody.length
      const attempt = attemptWith(delivery, { ...response, responseBodyBytes })
      await store.log.finishAttempt(attempt, FINAL)
      return { kind: 'delivery', deliveryId: delivery.id }
    }
    const never = () => {
      throw new Error('the request was read')
    }
    const sealer = createKeyFileSealer(`${tempFolder()}/secrets.key`)
    const runtime = createRuntime()
    const { answers } = createComparisons({
      store: {
        ...store,
        captures: { ...store.captures, get: never },
        history: { ...store.history, exchange: never },
      },
      vault: await openVault({ store: store.secrets, sealer, runtime }),
      rules: () => [],
    })
    const places = [
      await captured('a', 'yes'),
      await captured('b', 'no'),
      await captured('c', null),
      await delivered('yes'),
      await delivered('no'),
      { kind: 'capture' as const, captureId: 'gone' as CaptureId },
      { kind: 'attempt' as const, attemptId: 'gone.1' as AttemptId },
    ]
    const [first = never()] = places
    expect(places.map((place) => finished(answers(first, place, [])))).toEqual([
      'same',
      'differs',
      'nothing',
      'same',
      'differs',
      'nothing',
      'nothing',
    ])
  })
})
