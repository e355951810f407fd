/**
 * What a user has made of a recorded request: which headers are the original's, which were typed,
 * and what is different, in words. A masked value that stands as it stood stays the original's.
 */
import {
  type EditedHeader,
  type EditedRequest,
  MASK_CHARACTER,
  type ReplayOriginal,
} from '#contract'

/** As it is typed: headers a line each. */
export interface TypedRequest {
  readonly method: string
  /** Path and query; null: as they are. Empty stands for the endpoint's own where it goes elsewhere. */
  readonly path: string | null
  readonly headers: string
  readonly body: string
  readonly bodyAs: 'text' | 'hex'
}

export interface Edits {
  /** Null when nothing is different. */
  readonly edited: EditedRequest | null
  /** What is different, a line each. */
  readonly changes: readonly string[]
  /** Why it cannot be sent so. */
  readonly problem: string | null
}

/** Of a body that cannot be edited, as it is hidden or too long for its kind of bytes, nothing. */
export function typedOf(original: ReplayOriginal): TypedRequest {
  const { text, hex } = original.body
  return {
    method: original.method,
    path: null,
    headers: lines(original).join('\n'),
    body: text ?? spaced(hex ?? ''),
    bodyAs: text === null ? 'hex' : 'text',
  }
}

/** What was typed, with what of the original can be seen now and could not before. */
export function withRevealed(
  before: ReplayOriginal,
  now: ReplayOriginal,
  typed: TypedRequest,
): TypedRequest {
  if (!before.body.isHidden || now.body.isHidden) return typed
  const { body, bodyAs } = typedOf(now)
  return { ...typed, body, bodyAs }
}

/** What stands in the field of the path. @param isOwn it goes to where it went */
export function shownPath(
  { path }: ReplayOriginal,
  typed: Pick<TypedRequest, 'path'>,
  isOwn: boolean,
): string {
  if (isOwn && path.isHidden) return path.text
  return typed.path ?? (isOwn ? path.text : '')
}

/** The same bytes written the other way; null when they cannot be. */
export function bodyWrittenAs(body: string, as: 'text' | 'hex'): string | null {
  if (as === 'hex') {
    const bytes = new TextEncoder().encode(body)
    return spaced([...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''))
  }
  const bytes = bytesOfDigits(body)
  if (bytes === null) return null
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

/** @param isOwn it goes to where it went: there its path is as it was unless another one is typed */
export function editsOf(original: ReplayOriginal, typed: TypedRequest, isOwn: boolean): Edits {
  const { headers, added, removed } = headerEdits(original, typed.headers)
  const isBodySame = isSameBody(original, typed)
  const method = typed.method.trim()
  const path = editedPath(original, typed, isOwn)
  const kept = headers.flatMap((header) => ('from' in header ? [header.from] : []))
  const isReordered = kept.some((from, at) => from < (kept[at - 1] ?? 0))
  const changes = [
    ...(method === original.method ? [] : [`Method ${original.method} → ${method}`]),
    ...(path === undefined ? [] : [pathChange(original, path)]),
    ...removed.map((line) => `− ${line}`),
    ...added.map((line) => `+ ${line}`),
    ...(isReordered ? ['Headers in another order'] : []),
    ...(isBodySame ? [] : [bodyChange(original, typed)]),
  ]
  const masked = added.find((line) => line.includes(MASK_CHARACTER))
  const problem = masked
    ? `“${masked}” holds a mask, not the secret itself. Write the whole value, or put the line back.`
    : (added.map(lineFault).find((fault) => fault !== null) ?? null)
  if (changes.length === 0) return { edited: null, changes, problem }
  const { body, bodyAs } = typed
  return {
    edited: {
      method,
      ...(path === undefined ? {} : { path }),
      headers,
      body: isBodySame ? { kind: 'unchanged' } : { kind: bodyAs, text: body },
    },
    changes,
    problem,
  }
}

function editedPath(
  original: ReplayOriginal,
  typed: TypedRequest,
  isOwn: boolean,
): string | undefined {
  const path = shownPath(original, typed, isOwn)
  return path === (isOwn ? original.path.text : '') ? undefined : path
}

function pathChange({ path: { text } }: ReplayOriginal, path: string): string {
  return path === text
    ? `Path ${text} as it was, not the endpoint’s own`
    : `Path ${text} → ${path || '(nothing)'}`
}

function lines({ headers }: ReplayOriginal): string[] {
  return headers.map(({ name, value }) => `${name}: ${value}`)
}

function headerEdits(original: ReplayOriginal, text: string) {
  const known = lines(original)
  const used = new Set<number>()
  const added: string[] = []
  let last = -1
  const headers = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line): EditedHeader => {
      const isFree = (each: string, at: number) => each === line && !used.has(at)
      // Of lines that are the same, the one that stands after those before it.
      const next = known.findIndex((each, at) => at > last && isFree(each, at))
      const from = next === -1 ? known.findIndex(isFree) : next
      if (from !== -1) {
        used.add(from)
        last = from
        return { from }
      }
      added.push(line)
      const colon = line.indexOf(':')
      return { name: line.slice(0, Math.max(colon, 0)), value: line.slice(colon + 1) }
    })
  const removed = known.filter((_, at) => !used.has(at))
  return { headers, added, removed }
}

function lineFault(line: string): string | null {
  return line.indexOf(':') > 0 ? null : `“${line}” is no header. Write it as Name: value.`
}

/** By its bytes, however it is written now. What cannot be seen has not been typed over. */
function isSameBody({ body }: ReplayOriginal, typed: TypedRequest): boolean {
  if (typed.bodyAs === 'text' && body.text !== null) return typed.body === body.text
  const before = body.text === null ? bytesOfDigits(body.hex) : encoded(body.text)
  if (before === null) return true
  const now = typed.bodyAs === 'text' ? encoded(typed.body) : bytesOfDigits(typed.body)
  return now?.length === before.length && now.every((byte, at) => byte === before[at])
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** Null of none, and of what is not two digits a byte. */
function bytesOfDigits(text: string | null): Uint8Array | null {
  const digits = text?.replace(/\s+/g, '') ?? ''
  if (text === null || digits.length % 2 > 0 || /[^0-9a-f]/i.test(digits)) return null
  return Uint8Array.from({ length: digits.length / 2 }, (_, at) =>
    Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16),
  )
}

function bodyChange(original: ReplayOriginal, { body, bodyAs }: TypedRequest): string {
  const bytes =
    bodyAs === 'text' ? new TextEncoder().encode(body).length : body.replace(/\s+/g, '').length / 2
  const before = `Body ${original.body.bytes.toLocaleString('en')} bytes`
  const after = `${Math.floor(bytes).toLocaleString('en')} bytes`
  if (bodyAs !== 'text' || original.body.text === null) return `${before} → ${after}`
  const old = original.body.text.split('\n')
  const line = body.split('\n').findIndex((each, at) => each !== old[at])
  return `${before} → ${after}, from line ${Math.max(line, 0) + 1} on`
}

/** Two digits a byte, sixteen bytes a line. */
function spaced(hex: string): string {
  return (hex.match(/.{1,32}/g) ?? []).map((line) => (line.match(/../g) ?? []).join(' ')).join('\n')
}
