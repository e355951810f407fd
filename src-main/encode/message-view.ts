/**
 * Recorded bytes as the inspector shows them. Everything is derived, and everything passes the mask:
 * what comes out of here may be put on a projector.
 */
import type { FormField, MessageView } from '#contract'
import { decodeContent } from './content-coding.ts'
import { hasMoreFields, searchParams } from './form-fields.ts'
import { headerValue, type ReadHead, readHead } from './head.ts'
import { tryPrettyJson } from './json-text.ts'
import {
  cutClearOfSecrets,
  holdsSecret,
  isSensitiveHeader,
  maskInText,
  maskSecrets,
  maskText,
} from './redact.ts'

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

const FORM_TYPE = /^application\/x-www-form-urlencoded\b/i

/** Which message for a chat it is, others tell by this view. */
export type WireMessageView = Omit<MessageView, 'message'>

export function inspectMessage(message: RecordedMessage): WireMessageView {
  const head = readHead(message.head)
  const { masked: isHeadMasked, ...shownHead } = headView(head, message.secrets)
  const { body, masked } = bodyView(message, head)
  return {
    ...shownHead,
    headBytes: message.head.length,
    bodyBytes: message.bodyBytes,
    truncated: message.bodyBytes > message.body.length,
    body,
    hasSecrets: masked || isHeadMasked,
  }
}

/** The part of a message's view that comes from its head. */
type HeadView = Pick<MessageView, 'startLine' | 'headers' | 'contentType' | 'contentEncoding'>

/** For lists, which show no body. */
export function inspectHead(head: Uint8Array, secrets: readonly string[]): HeadView {
  const { masked: _masked, ...shown } = headView(readHead(head), secrets)
  return shown
}

function headView(head: ReadHead, secrets: readonly string[]): HeadView & { masked: boolean } {
  const shown = (text: string) => maskInText(text, secrets)
  const startLine = shown(head.startLine)
  const headers = head.headers.map(([name, value]) => {
    const mask = isSensitiveHeader(name) ? maskText(value) : shown(value)
    const shownName = shown(name)
    return { name: shownName, value: mask, masked: mask !== value || shownName !== name }
  })
  const contentType = headerValue(head, 'content-type')
  const contentEncoding = headerValue(head, 'content-encoding')
  return {
    startLine,
    headers,
    contentType: contentType && shown(contentType),
    contentEncoding: contentEncoding && shown(contentEncoding),
    masked: startLine !== head.startLine || headers.some(({ masked }) => masked),
  }
}

function bodyView(
  message: RecordedMessage,
  head: ReadHead,
): { body: MessageView['body']; masked: boolean } {
  const { secrets } = message
  const limit = message.limitBytes ?? Number.POSITIVE_INFINITY
  const decoded = decodeContent(message.body, head.headers)
  const raw = maskRaw(message.body, decoded.bytes, secrets)
  const shown = raw.subarray(0, Math.min(limit, raw.length))
  const isCut = decoded.bytes !== null && decoded.bytes.length > limit
  const isPart = isCut || message.bodyBytes > message.body.length
  const plain =
    decoded.bytes &&
    decodeText(decoded.bytes.subarray(0, cutClearOfSecrets(decoded.bytes, limit, secrets)), isPart)
  const text = plain === null ? null : maskInText(plain, secrets)
  const isForm = FORM_TYPE.test(headerValue(head, 'content-type') ?? '')
  const hiddenNote = raw !== message.body && decoded.bytes !== message.body ? HIDDEN_BYTES : null
  const fields = plain !== null && isForm && !isCut ? formFields(plain, secrets) : null
  const notText = text === null && message.body.length > 0 ? NOT_TEXT : null
  const tooMany = fields === 'too many' ? TOO_MANY_FIELDS : null
  const note = decoded.note ?? notText ?? hiddenNote ?? tooMany
  const body: MessageView['body'] = {
    base64: Buffer.from(shown).toString('base64'),
    shownBytes: shown.length,
    text,
    pretty: plain === null || isForm || isCut ? null : layOut(plain, secrets),
    form: fields === 'too many' ? null : fields,
    note: note && maskInText(note, secrets),
  }
  return { body, masked: raw !== message.body || text !== plain }
}

const NOT_TEXT = 'These bytes are not UTF-8 text.'
const HIDDEN_BYTES = 'The bytes are hidden: decompressed, they hold a secret.'

/** Compressed bytes that hold a secret give it away whole, so all of them are overwritten. */
function maskRaw(
  body: Uint8Array,
  decoded: Uint8Array | null,
  secrets: readonly string[],
): Uint8Array {
  const isCompressed = decoded !== null && decoded !== body
  return isCompressed && holdsSecret(decoded, secrets)
    ? Buffer.alloc(body.length, '*')
    : maskSecrets(body, secrets)
}

/** The masked text laid out; where a mask broke its JSON (it stood for a number), the layout is masked. */
function layOut(plain: string, secrets: readonly string[]): string | null {
  const json = plain.replace(/^\ufeff/, '')
  if (!/^\s*[[{"]/.test(json)) return null
  const masked = maskInText(json, secrets)
  const pretty = tryPrettyJson(masked)
  if (pretty !== null || masked === json) return pretty
  const laidOut = tryPrettyJson(json)
  return laidOut === null ? null : maskInText(laidOut, secrets)
}

/** More than any form of use has. */
const MAX_FIELDS = 5_000
const TOO_MANY_FIELDS = 'This form has more than 5,000 fields, so it is shown as text.'

function formFields(text: string, secrets: readonly string[]): FormField[] | 'too many' {
  if (hasMoreFields(text, MAX_FIELDS)) return 'too many'
  return [...searchParams(text)].map(([name, value]) => ({
    name: maskInText(name, secrets),
    value: maskInText(value, secrets),
    json: /^\s*[[{]/.test(value) ? layOut(value, secrets) : null,
  }))
}

/** Null when it is not UTF-8; of a part, the last character may be missing. */
function decodeText(bytes: Uint8Array, isPart: boolean): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, {
      stream: isPart,
    })
  } catch {
    return null
  }
}
