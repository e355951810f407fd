/** The argument of curl's `-F` (curl's manual, “--form”): `name=content;type=…;filename=…`. */
import type { FormPart } from './multipart.ts'

const FILE = '-F with @ or < names a file, which Hookstage does not read: put its text there.'

/** A string says why it cannot be used. @param isLiteral as `--form-string` has it */
export function formPartOf(
  argument: string,
  isLiteral: boolean,
): { readonly part: FormPart; readonly lost: readonly string[] } | string {
  const equals = argument.indexOf('=')
  if (equals < 0) return '-F needs a name, an equals sign and what it holds.'
  const name = argument.slice(0, equals)
  const content = argument.slice(equals + 1)
  const plain = { name, fileName: null, type: null, headers: [] }
  if (isLiteral) return { part: { ...plain, value: content }, lost: [] }
  if (/^\s*[@<]/.test(content)) return FILE
  if (content.startsWith('(')) return '-F with parts in parts cannot be imported.'
  const value = wordAt(content, 0)
  let at = value.end
  let part: FormPart = { ...plain, value: value.text }
  const lost: string[] = []
  while (content[at] === ';') {
    const [whole, key = ''] = /^;\s*(type|filename|headers|encoder)=/i.exec(content.slice(at)) ?? []
    if (whole === undefined) {
      lost.push('-F: what stands behind a semicolon there is left out, as curl does.')
      at = wordAt(content, at + 1).end
      continue
    }
    const start = at + whole.length
    const isType = key.toLowerCase() === 'type'
    const word = isType ? typeAt(content, start) : wordAt(content, start)
    at = word.end
    if (isType) part = { ...part, type: word.text }
    else if (key.toLowerCase() === 'filename') part = { ...part, fileName: word.text }
    else if (key.toLowerCase() === 'headers' && !word.text.startsWith('@')) {
      part = { ...part, headers: [...part.headers, word.text.replace(/[\r\n]/g, ' ')] }
    } else lost.push(`-F: ;${key.toLowerCase()}= is left out.`)
  }
  return { part, lost }
}

/** In quotes with escapes, or up to the next semicolon. */
function wordAt(text: string, from: number): { text: string; end: number } {
  const quoted = /"((?:[^"\\]|\\[\s\S])*)"[^;]*/y
  quoted.lastIndex = from
  const match = quoted.exec(text)
  if (match) {
    const inside = (match[1] ?? '').replace(/\\(["\\])/g, '$1')
    return { text: inside, end: from + match[0].length }
  }
  const end = text.indexOf(';', from)
  return { text: text.slice(from, end < 0 ? text.length : end), end: end < 0 ? text.length : end }
}

/** A media type, whose parameters are set apart by semicolons too. */
function typeAt(text: string, from: number): { text: string; end: number } {
  const match = /;\s*(?:type|filename|headers|encoder)=/i.exec(text.slice(from))
  const end = match ? from + match.index : text.length
  return { text: text.slice(from, end), end }
}
