/** Reads the body of one request: whole, cut where it is too long, or as far as it came. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { CUT_OFF } from './refused.ts'

export interface CollectedBody {
  readonly body: Buffer
  /** How much there was in all, as far as that is known. */
  readonly bodyBytes: number
  /** `too_large`: the rest is still coming in, and thrown away. */
  readonly ending: 'whole' | 'too_large' | { readonly problem: string }
}

const MAX_BODY_BYTES = 25 * 1024 * 1024
/** How much of a body that is too long is still read, so that its sender gets to see the answer. */
const MAX_DISCARDED_BYTES = 64 * 1024 * 1024

/** @param handlers.onEnd called once */
export function collectBody(
  request: IncomingMessage,
  response: ServerResponse,
  handlers: { onEnd(collected: CollectedBody): void },
): { cutOff(problem: string): void } {
  const chunks: Buffer[] = []
  let bodyBytes = 0
  let isOver = false

  function end(ending: CollectedBody['ending'], totalBytes = bodyBytes) {
    if (isOver) return
    isOver = true
    const [only] = chunks
    const body = chunks.length === 1 && only ? only : Buffer.concat(chunks)
    chunks.length = 0
    handlers.onEnd({ body, bodyBytes: totalBytes, ending })
  }

  request.on('data', (chunk: Buffer) => {
    const before = bodyBytes
    bodyBytes += chunk.length
    if (bodyBytes <= MAX_BODY_BYTES) {
      chunks.push(chunk)
    } else if (before <= MAX_BODY_BYTES) {
      chunks.push(chunk.subarray(0, MAX_BODY_BYTES - before))
      const announced = request.headers['content-length']
      end('too_large', announced === undefined ? bodyBytes : Number(announced))
    } else if (bodyBytes > MAX_BODY_BYTES + MAX_DISCARDED_BYTES) {
      response.destroy()
    }
  })
  request.on('end', () => {
    if (isOver) response.end()
    else end('whole')
  })
  request.on('error', () => end({ problem: CUT_OFF }))
  request.on('close', () => end({ problem: CUT_OFF }))
  return { cutOff: (problem) => end({ problem }) }
}
