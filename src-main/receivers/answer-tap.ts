/** Keeps what goes out on a connection, to the byte, until it is taken as one answer. */
import type { Socket } from 'node:net'
import type { CaptureAnswer } from '../store/captures.ts'

export interface AnswerTap {
  /** What went out since the last time. */
  take(): Buffer
}

type Done = (error?: Error | null) => void
type Write = (chunk: string | Uint8Array, encoding?: BufferEncoding, done?: Done) => boolean

export function tapAnswers(socket: Socket): AnswerTap {
  let chunks: Buffer[] = []
  const write: Write = socket.write.bind(socket)
  socket.write = (
    chunk: string | Uint8Array,
    encoding?: BufferEncoding | Done,
    done?: Done,
  ): boolean => {
    const named = typeof encoding === 'string' ? encoding : undefined
    chunks.push(typeof chunk === 'string' ? Buffer.from(chunk, named) : Buffer.from(chunk))
    return write(chunk, named, typeof encoding === 'function' ? encoding : done)
  }
  return {
    take: () => {
      const bytes = Buffer.concat(chunks)
      chunks = []
      return bytes
    },
  }
}

const HEAD_END = '\r\n\r\n'
const STATUS_LINE = /^HTTP\/1\.[01] (\d{3})/

/** An answer taken apart; its interim heads (1xx) stay before the final one. */
export function readAnswer(wire: Buffer): CaptureAnswer {
  let end = 0
  let status: number | null = null
  while (status === null || status < 200) {
    const found = STATUS_LINE.exec(wire.toString('latin1', end, end + 16))
    if (!found) break
    status = Number(found[1])
    const at = wire.indexOf(HEAD_END, end, 'latin1')
    end = at === -1 ? wire.length : at + HEAD_END.length
  }
  return { status, head: wire.subarray(0, end), body: wire.subarray(end) }
}
