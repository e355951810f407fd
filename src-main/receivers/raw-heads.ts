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
  /**
   * What came since the last head that is part of no body: of a request that never became one, or
   * behind where a body stopped being one.
   */
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
  | { kind: 'skip'; bytes: number; after: 'head' | 'chunk_end' }
  | { kind: 'chunk_end' }
  | { kind: 'size' }
  | { kind: 'trailers' }
  /** No chunked body as RFC 9112 has it: the parser stops here, and what comes is kept. */
  | { kind: 'broken' }

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
    while (state.kind !== 'head' && state.kind !== 'broken' && waiting.length > 0) {
      const bytes = joined()
      const next = state.kind === 'skip' ? skip(state, bytes) : readFraming(state, bytes)
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
      const bytes = joined()
      const isFraming = state.kind === 'size' && SIZE_BEGUN.test(bytes.toString('latin1'))
      if (isFraming || state.kind === 'skip' || state.kind === 'trailers') return EMPTY
      keep(EMPTY)
      return bytes
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

function skip({ bytes: due, after }: State & { kind: 'skip' }, bytes: Buffer): Step {
  const used = Math.min(due, bytes.length)
  const left = due - used
  return { state: left > 0 ? { kind: 'skip', bytes: left, after } : { kind: after }, used }
}

const CHUNK_SIZE = /^[0-9a-f]+[ \t]*(;[\t\x20-\x7e\x80-\xff]*)?$/i
const SIZE_BEGUN = /^[0-9a-f]*[ \t]*(;[\t\x20-\x7e\x80-\xff]*)?\r?$/i
/** A folded line goes with the one before it. */
const TRAILER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+:|[ \t])/

/** A chunk's end, its size (RFC 9112, 7.1) or a trailer; null while that is not complete. */
function readFraming(state: State, bytes: Buffer): Step | null {
  const end = bytes.indexOf(LINE_END, 0, 'latin1')
  if (state.kind === 'chunk_end') {
    if (bytes.length < LINE_END.length && LINE_END.startsWith(bytes.toString('latin1'))) return null
    return end === 0 ? { state: { kind: 'size' }, used: LINE_END.length } : BROKEN
  }
  if (end === -1) return null
  const used = end + LINE_END.length
  const line = bytes.toString('latin1', 0, end)
  if (state.kind === 'trailers') {
    if (end === 0) return { state: { kind: 'head' }, used }
    return TRAILER.test(line) ? { state: { kind: 'trailers' }, used } : BROKEN
  }
  const size = Number.parseInt(line, 16)
  if (!CHUNK_SIZE.test(line) || size > Number.MAX_SAFE_INTEGER) return BROKEN
  if (size === 0) return { state: { kind: 'trailers' }, used }
  return { state: { kind: 'skip', bytes: size, after: 'chunk_end' }, used }
}

const BROKEN: Step = { state: { kind: 'broken' }, used: 0 }

/** A client may send empty lines before a request line (RFC 9112, 2.2); they are no part of it. */
function leadingLineEnds(bytes: Buffer): number {
  let start = 0
  while (bytes[start] === 0x0d || bytes[start] === 0x0a) start += 1
  return start
}

export function withoutLineEnds(bytes: Buffer): Buffer {
  return bytes.subarray(leadingLineEnds(bytes))
}
