/** Reads the body of one request: whole, cut where it is too long, or as far as it came. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { CUT_OFF } from './refused.ts'

export interface CollectedBody {
  readonly body: Buffer
  /** How much there was in all, as far as that is known. */
  readonly bodyBytes: number
  /** `too_large`: the rest is still coming in, and thrown away. */
  readonly ending: 'whole' | 'too_large' | CutOff
}

export interface CutOff {
  readonly problem: string
  /** What goes out because of it; null where nothing does. */
  readonly answer: Buffer | null
}

const MAX_BODY_BYTES = 25 * 1024 * 1024
/** How much of a body that is too long is still read, so that its sender gets to see the answer. */
const MAX_DISCARDED_BYTES = 64 * 1024 * 1024

export interface Collecting {
  /**
   * Ends it with all that came, read or not.
   * @param rest what came behind the body as it was announced
   * @param answer what goes out to its sender; null when nothing does
   */
  cutOff(problem: string, rest: Uint8Array, answer: Buffer | null): void
}

/** @param handlers.onEnd called once */
export function collectBody(
  request: IncomingMessage,
  response: ServerResponse,
  handlers: { onEnd(collected: CollectedBody): void },
): Collecting {
  const chunks: Uint8Array[] = []
  let bodyBytes = 0
  let isOver = false
  let isCutOff = false

  function end(ending: CollectedBody['ending'], totalBytes = bodyBytes) {
    if (isOver) return
    isOver = true
    const [only] = chunks
    const body = chunks.length === 1 && Buffer.isBuffer(only) ? only : Buffer.concat(chunks)
    chunks.length = 0
    handlers.onEnd({ body, bodyBytes: totalBytes, ending })
  }

  function keep(chunk: Uint8Array) {
    const room = MAX_BODY_BYTES - bodyBytes
    bodyBytes += chunk.length
    if (room > 0) chunks.push(chunk.length <= room ? chunk : chunk.subarray(0, room))
  }

  request.on('data', (chunk: Buffer) => {
    if (!isOver) keep(chunk)
    else bodyBytes += chunk.length
    if (isCutOff || bodyBytes <= MAX_BODY_BYTES) return
    const announced = request.headers['content-length']
    end('too_large', announced === undefined ? bodyBytes : Number(announced))
    if (bodyBytes > MAX_BODY_BYTES + MAX_DISCARDED_BYTES) response.destroy()
  })
  request.on('end', () => {
    if (!isOver) end('whole')
    else if (!isCutOff) response.end()
  })
  request.on('error', () => end({ problem: CUT_OFF, answer: null }))
  request.on('close', () => end({ problem: CUT_OFF, answer: null }))
  return {
    cutOff: (problem, rest, answer) => {
      isCutOff = true
      // What the stream still holds goes through `data`.
      while (request.read() !== null);
      if (!isOver) keep(rest)
      end({ problem, answer })
    },
  }
}
