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
  const all = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1')
  const text = all.startsWith('HTTP/') ? all.replace(INTERIM_ANSWERS, '') : all
  const headers: [string, string][] = []
  const first = lineAt(text, 0)
  for (let line = first; line.next !== null; ) {
    const from = line.next
    line = lineAt(text, from)
    if (line.to === from) break
    const last = headers.at(-1)
    if (last && (text[from] === ' ' || text[from] === '\t')) {
      last[1] += `\n${text.slice(from, line.to)}`
      continue
    }
    const colon = text.indexOf(':', from)
    if (colon < 0 || colon >= line.to) headers.push([text.slice(from, line.to), ''])
    else headers.push([text.slice(from, colon), sentValue(text.slice(colon + 1, line.to))])
  }
  return { startLine: text.slice(0, first.to), headers }
}

/** Where a line ends, at a line feed with a carriage return before it or not, and the next one begins. */
function lineAt(text: string, from: number): { readonly to: number; readonly next: number | null } {
  const feed = text.indexOf('\n', from)
  if (feed < 0) return { to: text.length, next: null }
  return { to: feed > from && text[feed - 1] === '\r' ? feed - 1 : feed, next: feed + 1 }
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
