/**
 * HAR 1.2 (w3c.github.io/web-performance/specs/HAR) as browsers and we write it. Bodies are taken
 * from `text`, else put together from `params`; bytes that are no text, which HAR has no place for,
 * from our own `_base64`. What a browser has decoded or left out is named.
 */
import { z } from 'zod'
import {
  bounded,
  type ImportedAnswer,
  type ImportedItem,
  importFault,
  MAX_IMPORTED_BODY_BYTES,
  type Recognised,
} from './imported.ts'
import {
  hasHeader,
  headLines,
  headOf,
  isMethod,
  nameOf,
  readUrl,
  requestHead,
} from './message-head.ts'
import { multipartOf } from './multipart.ts'

const pairSchema = z.object({ name: z.string(), value: z.string().catch('') })
const pairsSchema = z.array(pairSchema).catch([])
const textSchema = z.string().nullish().catch(null)
const numberSchema = z.number().nullish().catch(null)
const postDataSchema = z.object({
  mimeType: textSchema,
  text: textSchema,
  params: z
    .array(
      z.object({
        name: z.string(),
        value: textSchema,
        fileName: textSchema,
        contentType: textSchema,
      }),
    )
    .catch([]),
  encoding: textSchema,
  _base64: textSchema,
})
type PostData = z.infer<typeof postDataSchema>
const requestSchema = z.object({
  method: z.string(),
  url: z.string(),
  httpVersion: textSchema,
  headers: pairsSchema,
  cookies: pairsSchema,
  bodySize: numberSchema,
  postData: postDataSchema.nullish(),
})
type HarRequest = z.infer<typeof requestSchema>
const responseSchema = z.object({
  status: z.number(),
  statusText: textSchema,
  headers: pairsSchema,
  content: z
    .object({ text: textSchema, encoding: textSchema, size: numberSchema })
    .nullish()
    .catch(null),
})
const entrySchema = z.object({
  startedDateTime: textSchema,
  request: requestSchema,
  response: responseSchema.nullish().catch(null),
  _comment: textSchema,
  comment: textSchema,
})
const harSchema = z.object({ log: z.object({ entries: z.array(z.unknown()) }) })

export function isHar(value: unknown): boolean {
  return harSchema.safeParse(value).success
}

/** @param value what `isHar` has said yes to. @throws AppError `invalid` */
export function fromHar(value: unknown): Recognised {
  const { entries } = harSchema.parse(value).log
  if (entries.length === 0) throw importFault('This HAR file holds no requests.')
  const { kept, notes } = bounded(entries, 'requests')
  const items = kept.map((entry, index) => itemOf(entry, `entry ${index + 1}`))
  const isAnyWanted = items.some((item) => item.kind === 'request' && item.isSuggested)
  return {
    from: 'har',
    items: isAnyWanted
      ? items
      : items.map((item) => (item.kind === 'request' ? { ...item, isSuggested: true } : item)),
    notes: [...notes, 'The timings and the order of connections are not kept.'],
  }
}

function itemOf(value: unknown, what: string): ImportedItem {
  const refused = (why: string): ImportedItem => ({ kind: 'refused', what, why })
  const entry = entrySchema.safeParse(value)
  if (!entry.success) {
    const [issue] = entry.error.issues
    return refused(`Its ${issue?.path.join('.') || 'form'} is not as HAR 1.2 has it.`)
  }
  const { request, response, startedDateTime, comment } = entry.data
  if (!/^https?:/i.test(request.url)) return refused('It is no HTTP request.')
  const url = readUrl(request.url)
  if (typeof url === 'string') return refused(url)
  if (!isMethod(request.method)) return refused('Its method cannot be sent.')
  const body = bodyOf(request)
  if (typeof body === 'string') return refused(body)
  if (body.bytes.length > MAX_IMPORTED_BODY_BYTES) return refused('Its body is larger than 25 MB.')
  const { lines, lost } = linesOf(request, url.host, body)
  const answer = response ? answerOf(response) : null
  const sentAtMs = Date.parse(startedDateTime ?? '')
  return {
    kind: 'request',
    origin: url.origin,
    head: requestHead(request.method, url.target, lines),
    body: body.bytes,
    isChunked: false,
    sentAtMs: Number.isFinite(sentAtMs) ? sentAtMs : null,
    answer: answer?.answer ?? null,
    note: comment ?? '',
    lost: [...lost, ...body.lost, ...(answer?.lost ?? [])],
    isSuggested: body.bytes.length > 0 || !/^(GET|HEAD|OPTIONS)$/i.test(request.method),
  }
}

interface HarBody {
  readonly bytes: Uint8Array
  /** In place of the one that the headers have. */
  readonly contentType: string | null
  readonly lost: readonly string[]
}

const NO_BODY: HarBody = { bytes: new Uint8Array(), contentType: null, lost: [] }

/** A string says why it cannot be had. */
function bodyOf({ postData, bodySize }: HarRequest): HarBody | string {
  if (!postData) {
    const lost = (bodySize ?? 0) > 0 ? ['Its body is not in the file.'] : []
    return { ...NO_BODY, lost }
  }
  const { text, _base64, encoding, params } = postData
  const base64 = _base64 ?? (encoding === 'base64' ? text : null)
  if (base64 !== null && base64 !== undefined) {
    const bytes = fromBase64(base64)
    return bytes ? { ...NO_BODY, bytes } : 'Its body is not base64, as the file says.'
  }
  if (text !== null && text !== undefined && (text !== '' || params.length === 0)) {
    return ofText(text, bodySize ?? -1)
  }
  return params.length > 0 ? ofParams(postData) : NO_BODY
}

function ofText(text: string, bodySize: number): HarBody {
  const bytes = Buffer.from(text, 'utf8')
  const isOther = bodySize > 0 && bodySize !== bytes.length
  const lost = isOther
    ? [
        `The file says that the body had ${bodySize} bytes, and holds text of ${bytes.length}: what was no text is lost.`,
      ]
    : []
  return { ...NO_BODY, bytes, lost }
}

function ofParams({ params, mimeType }: PostData): HarBody | string {
  const plain = (text: string | null | undefined) => text ?? ''
  if (!/^multipart\/form-data/i.test(plain(mimeType))) {
    const fields = new URLSearchParams(
      params.map(({ name, value }): [string, string] => [name, plain(value)]),
    )
    const lost = [
      'The body was put together from its fields: how they were spelt is not in the file.',
    ]
    return { ...NO_BODY, bytes: Buffer.from(fields.toString()), lost }
  }
  if (params.some(({ fileName, value }) => fileName && !value)) {
    return 'Its body holds a file that is not in the HAR.'
  }
  const latin1 = (text: string | null | undefined) =>
    Buffer.from(plain(text), 'utf8').toString('latin1')
  const { contentType, body } = multipartOf(
    params.map(({ name, value, fileName, contentType: type }) => ({
      name: latin1(name),
      value: latin1(value),
      fileName: fileName ? latin1(fileName) : null,
      type: type ? latin1(type).replace(/[\r\n]/g, ' ') : null,
      headers: [],
    })),
  )
  const lost = ['The body was put together from its parts, with a boundary of Hookstage’s own.']
  return { bytes: body, contentType, lost }
}

function fromBase64(text: string): Uint8Array | null {
  const digits = text.replace(/\s+/g, '')
  return /^[A-Za-z0-9+/]*={0,2}$/.test(digits) ? Buffer.from(digits, 'base64') : null
}

/** Pseudo headers of HTTP/2 go, a Host comes; what is missing is put in. */
function linesOf(
  request: HarRequest,
  host: string,
  body: HarBody,
): { lines: string[]; lost: string[] } {
  const { headers, cookies, httpVersion } = request
  const own = headers.filter(({ name }) => !name.startsWith(':'))
  const head = headLines(own.map(({ name, value }) => [name, value]))
  const lost = [...head.lost]
  let lines = [...head.lines]
  const isHttp2 = own.length < headers.length || /^(h2|h3|http\/[23])/i.test(httpVersion ?? '')
  if (isHttp2) lost.push('It was sent as HTTP/2 or 3: it is kept as HTTP/1.1 has it.')
  if (body.contentType !== null) {
    lines = lines.filter((line) => nameOf(line) !== 'content-type')
    lines.push(`Content-Type: ${body.contentType}`)
  } else if (request.postData?.mimeType && !hasHeader(lines, 'content-type')) {
    const type = headLines([['Content-Type', request.postData.mimeType]])
    lines.push(...type.lines)
  }
  if (cookies.length > 0 && !hasHeader(lines, 'cookie')) {
    const value = cookies.map((cookie) => `${cookie.name}=${cookie.value}`).join('; ')
    lines.push(...headLines([['Cookie', value]]).lines)
  }
  if (!hasHeader(lines, 'host')) lines.unshift(`Host: ${host}`)
  if (hasHeader(lines, 'transfer-encoding')) {
    lines = lines.filter((line) => nameOf(line) !== 'transfer-encoding')
    lost.push('Transfer-Encoding: the file holds the body without its chunks.')
  }
  return { lines: withLength(lines, body.bytes.length), lost }
}

/** Content-Length as the body has it. */
export function withLength(lines: readonly string[], bytes: number): string[] {
  const at = lines.findIndex((line) => nameOf(line) === 'content-length')
  const others = lines.filter((line, index) => nameOf(line) !== 'content-length' || index === at)
  if (at < 0) return bytes > 0 ? [...others, `Content-Length: ${bytes}`] : others
  return others.map((line) => {
    const isLength = nameOf(line) === 'content-length'
    const isSame = line.slice(line.indexOf(':') + 1).trim() === String(bytes)
    return isLength && !isSame ? `${line.slice(0, line.indexOf(':'))}: ${bytes}` : line
  })
}

/** What a browser has decoded is kept without the headers that say how it was coded. */
function answerOf(
  response: z.infer<typeof responseSchema>,
): { answer: ImportedAnswer; lost: string[] } | null {
  const { status, statusText, headers, content } = response
  if (!Number.isInteger(status) || status < 100 || status > 999) return null
  const own = headers.filter(({ name }) => !name.startsWith(':'))
  const head = headLines(own.map(({ name, value }) => [name, value]))
  const isCoded = hasHeader(head.lines, 'content-encoding')
  const text = content?.text ?? null
  const bytes =
    text === null
      ? new Uint8Array()
      : content?.encoding === 'base64'
        ? Buffer.from(text, 'base64')
        : Buffer.from(text, 'utf8')
  const body = bytes.subarray(0, MAX_IMPORTED_BODY_BYTES)
  const lines = head.lines.filter(
    (line) => !/^(content-encoding|transfer-encoding|content-length)$/.test(nameOf(line)),
  )
  const reason = (statusText ?? '').replace(/[^\x20-\x7e]/g, '')
  return {
    answer: {
      status,
      head: headOf(`HTTP/1.1 ${status} ${reason}`, withLength([...lines], body.length)),
      body,
    },
    lost: [
      ...(isCoded ? ['The answer is kept as the file has it: decompressed.'] : []),
      ...(text === null && (content?.size ?? 0) > 0
        ? ['The body of the answer is not in the file.']
        : []),
      ...(body.length < bytes.length ? ['Only the first 25 MB of the answer were kept.'] : []),
    ],
  }
}
