/** A recorded message head, read leniently: whatever was sent is shown, in order, case and number kept. */
import { sentValue } from './headers.ts'

const LF = 0x0a

export interface ReadHead {
  readonly startLine: string
  readonly headers: readonly (readonly [name: string, value: string])[]
}

/** What a server may say before its answer, such as 103 Early Hints (RFC 9110, 15.2). */
const INTERIM_ANSWERS = /^(?:HTTP\/1\.[01] 1\d\d[\s\S]*?\r?\n\r?\n)+(?=HTTP\/)/

/** Bytes are read as latin1, so that each byte is one character; a folded line continues the one above. */
export function readHead(head: Uint8Array): ReadHead {
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1')
  const lines = linesOf(text.replace(INTERIM_ANSWERS, ''))
  const headers: [string, string][] = []
  for (const line of lines.slice(1)) {
    if (line === '') break
    const last = headers.at(-1)
    if (last && (line.startsWith(' ') || line.startsWith('\t'))) {
      last[1] += `\n${line}`
      continue
    }
    const colon = line.indexOf(':')
    if (colon < 0) headers.push([line, ''])
    else headers.push([line.slice(0, colon), sentValue(line.slice(colon + 1))])
  }
  return { startLine: lines[0] ?? '', headers }
}

/** Where a line feed ends them, with a carriage return before it or not. */
function linesOf(text: string): string[] {
  const lines = text.split('\n')
  for (let i = 0; i < lines.length - 1; i++) {
    const line = lines[i] ?? ''
    if (line.endsWith('\r')) lines[i] = line.slice(0, -1)
  }
  return lines
}

/** The first line of a request's head, in latin1. */
export function startLineOf(head: Uint8Array): string {
  const end = head.indexOf(LF)
  const text = Buffer.from(head.buffer, head.byteOffset, end < 0 ? head.length : end)
  return text.toString('latin1').replace(/\r$/, '')
}

/** The path and query of a request line, as they stand there; a slash keeps others from the host's name. */
export function targetOf(head: Uint8Array): string {
  const [, target = '/'] = startLineOf(head).split(' ')
  const path = withoutOrigin(target)
  return path.startsWith('/') ? path : `/${path}`
}

/** Of a target in absolute form (RFC 9112, 3.2.2) what stands behind the host. */
export function withoutOrigin(target: string): string {
  return target.replace(/^https?:\/\/[^/?#]*/i, '')
}

/** The first value of a header, whatever its case. */
export function headerValue(head: ReadHead, name: string): string | null {
  return head.headers.find(([known]) => known.toLowerCase() === name)?.[1] ?? null
}
