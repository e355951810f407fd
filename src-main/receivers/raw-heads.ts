/**
 * Finds in the bytes of one connection where each request's head lies, so that it is kept exactly
 * as it came, also under keep-alive and pipelining. The HTTP parser decides what is a request; this
 * only follows it, and is asked for a head as soon as the parser has completed one.
 */

export interface RawHeads {
  /** Takes bytes before the parser sees them. */
  feed(chunk: Buffer): void
  /** The head that the parser has just completed, with its empty line; then its body is skipped. */
  take(framing: BodyFraming): Buffer
  /** What came since the last head that is part of no body: of a request that never became one. */
  rest(): Buffer
}

export type BodyFraming =
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }

const HEAD_END = '\r\n\r\n'
const LINE_END = '\r\n'
const EMPTY = Buffer.alloc(0)

type State =
  | { kind: 'head' }
  /** Bytes to skip, then `after`. */
  | { kind: 'skip'; bytes: number; after: 'head' | 'size' }
  | { kind: 'size' }
  | { kind: 'trailers' }

export function createRawHeads(): RawHeads {
  let waiting: Buffer[] = []
  let state: State = { kind: 'head' }

  function joined(): Buffer {
    if (waiting.length > 1) waiting = [Buffer.concat(waiting)]
    return waiting[0] ?? EMPTY
  }

  function keep(rest: Buffer) {
    waiting = rest.length > 0 ? [rest] : []
  }

  /** Goes through the body as far as it is there. */
  function advance() {
    while (state.kind !== 'head' && waiting.length > 0) {
      const bytes = joined()
      const next = state.kind === 'skip' ? skip(state, bytes) : readLine(state, bytes)
      if (!next) return
      state = next.state
      keep(bytes.subarray(next.used))
    }
  }

  return {
    feed: (chunk) => {
      waiting.push(chunk)
      advance()
    },
    take: (framing) => {
      const bytes = joined()
      const start = leadingLineEnds(bytes)
      const at = bytes.indexOf(HEAD_END, start, 'latin1')
      const end = at === -1 ? bytes.length : at + HEAD_END.length
      keep(bytes.subarray(end))
      state = stateAfterHead(framing)
      advance()
      return bytes.subarray(start, end)
    },
    rest: () => {
      if (state.kind !== 'head') return EMPTY
      const bytes = joined()
      keep(EMPTY)
      return bytes.subarray(leadingLineEnds(bytes))
    },
  }
}

function stateAfterHead(framing: BodyFraming): State {
  if (framing.kind === 'chunked') return { kind: 'size' }
  return framing.bytes > 0
    ? { kind: 'skip', bytes: framing.bytes, after: 'head' }
    : { kind: 'head' }
}

interface Step {
  readonly state: State
  readonly used: number
}

function skip(state: { bytes: number; after: 'head' | 'size' }, bytes: Buffer): Step {
  const used = Math.min(state.bytes, bytes.length)
  const left = state.bytes - used
  return {
    state: left > 0 ? { kind: 'skip', bytes: left, after: state.after } : { kind: state.after },
    used,
  }
}

/** A chunk's size (RFC 9112, 7.1) or a trailer; null while its line is not complete. */
function readLine(state: { kind: 'size' | 'trailers' }, bytes: Buffer): Step | null {
  const end = bytes.indexOf(LINE_END, 0, 'latin1')
  if (end === -1) return null
  const used = end + LINE_END.length
  if (state.kind === 'trailers')
    return { state: end === 0 ? { kind: 'head' } : { kind: 'trailers' }, used }
  const size = Number.parseInt(bytes.toString('latin1', 0, end), 16)
  if (!(size > 0)) return { state: { kind: 'trailers' }, used }
  return { state: { kind: 'skip', bytes: size + LINE_END.length, after: 'size' }, used }
}

/** A client may send empty lines before a request line (RFC 9112, 2.2); they are no part of it. */
function leadingLineEnds(bytes: Buffer): number {
  let start = 0
  while (bytes[start] === 0x0d || bytes[start] === 0x0a) start += 1
  return start
}
