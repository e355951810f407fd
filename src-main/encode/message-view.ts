/**
 * Recorded bytes as the inspector shows them. Everything is derived, and everything passes the mask:
 * what comes out of here may be put on a projector.
 */
import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateSync,
  zstdDecompressSync,
} from 'node:zlib'
import type { FormField, MessageView } from '#contract'
import { headerValue, type ReadHead, readHead } from './head.ts'
import { tryPrettyJson } from './json-text.ts'
import { isSensitiveHeader, maskInText, maskSecrets, maskText } from './redact.ts'

export interface RecordedMessage {
  readonly head: Uint8Array
  /** As recorded: maybe cut, still content-coded. */
  readonly body: Uint8Array
  /** How large the body was in all. */
  readonly bodyBytes: number
  /** Show at most so much of the body; null shows all. */
  readonly limitBytes: number | null
  readonly secrets: readonly string[]
}

/** What a body may grow to when it is decompressed. */
const MAX_DECODED_BYTES = 10 * 1024 * 1024
const FORM_TYPE = /^application\/x-www-form-urlencoded\b/i

export function inspectMessage(message: RecordedMessage): MessageView {
  const { secrets } = message
  const head = readHead(message.head)
  const startLine = maskInText(head.startLine, secrets)
  const headers = head.headers.map(([name, value]) => {
    const shown = isSensitiveHeader(name) ? maskText(value) : maskInText(value, secrets)
    return { name, value: shown, masked: shown !== value }
  })
  const { body, masked } = bodyView(message, head)
  const hidden = masked || startLine !== head.startLine || headers.some((header) => header.masked)
  return {
    startLine,
    headers,
    headBytes: message.head.length,
    bodyBytes: message.bodyBytes,
    truncated: message.bodyBytes > message.body.length,
    contentType: headerValue(head, 'content-type'),
    contentEncoding: headerValue(head, 'content-encoding'),
    body,
    hasSecrets: hidden,
  }
}

function bodyView(
  message: RecordedMessage,
  head: ReadHead,
): { body: MessageView['body']; masked: boolean } {
  const { secrets, limitBytes } = message
  const limit = limitBytes ?? Number.POSITIVE_INFINITY
  const raw = maskSecrets(message.body, secrets)
  const shown = raw.subarray(0, Math.min(limit, raw.length))
  const decoded = decodeContent(message.body, headerValue(head, 'content-encoding'))
  const isCut = decoded.bytes !== null && decoded.bytes.length > limit
  const plain =
    decoded.bytes &&
    decodeText(decoded.bytes.subarray(0, Math.min(limit, decoded.bytes.length)), isCut)
  const text = plain === null ? null : maskInText(plain, secrets)
  const isForm = FORM_TYPE.test(headerValue(head, 'content-type') ?? '')
  const body: MessageView['body'] = {
    base64: Buffer.from(shown).toString('base64'),
    shownBytes: shown.length,
    text,
    pretty: text === null || isForm || isCut ? null : layOut(text),
    form: plain !== null && isForm && !isCut ? formFields(plain, secrets) : null,
    note: decoded.note ?? (text === null && message.body.length > 0 ? NOT_TEXT : null),
  }
  return { body, masked: raw !== message.body || text !== plain }
}

const NOT_TEXT = 'These bytes are not UTF-8 text.'

function layOut(text: string): string | null {
  return /^\s*[[{"]/.test(text) ? tryPrettyJson(text) : null
}

function formFields(text: string, secrets: readonly string[]): FormField[] {
  return [...new URLSearchParams(text)].map(([name, value]) => {
    const json = /^\s*[[{]/.test(value) ? tryPrettyJson(value) : null
    return {
      name,
      value: maskInText(value, secrets),
      json: json === null ? null : maskInText(json, secrets),
    }
  })
}

/** Null when it is not UTF-8; of a cut body, the last character may be missing. */
function decodeText(bytes: Uint8Array, isCut: boolean): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, {
      stream: isCut,
    })
  } catch {
    return null
  }
}

interface Decoded {
  readonly bytes: Uint8Array | null
  readonly note: string | null
}

function decodeContent(body: Uint8Array, coding: string | null): Decoded {
  const name = coding?.trim().toLowerCase() ?? ''
  if (name === '' || name === 'identity' || body.length === 0) return { bytes: body, note: null }
  const decode = DECODERS[name]
  if (!decode) return { bytes: null, note: `Hookstage does not know the content coding “${name}”.` }
  try {
    return { bytes: decode(body), note: null }
  } catch (error) {
    const isLarge = error instanceof RangeError
    return {
      bytes: null,
      note: isLarge
        ? 'Decompressed, this body is larger than 10 MB, so only its bytes are shown.'
        : `The header says ${name}, but the body cannot be decompressed as that.`,
    }
  }
}

const limits = { maxOutputLength: MAX_DECODED_BYTES }
const DECODERS: Readonly<Record<string, (body: Uint8Array) => Uint8Array>> = {
  gzip: (body) => gunzipSync(body, { ...limits, finishFlush: constants.Z_SYNC_FLUSH }),
  'x-gzip': (body) => gunzipSync(body, { ...limits, finishFlush: constants.Z_SYNC_FLUSH }),
  deflate: (body) => inflateSync(body, { ...limits, finishFlush: constants.Z_SYNC_FLUSH }),
  br: (body) => brotliDecompressSync(body, limits),
  zstd: (body) => zstdDecompressSync(body, limits),
}
