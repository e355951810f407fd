/**
 * The argument of curl's `-F` (curl's manual, “--form”): `name=content;type=…;filename=…;headers=…`,
 * taken apart as curl does it. Text is Latin-1: one character is one byte.
 */
import type { FormPart } from './multipart.ts'

const FILE = '-F with @ or < names a file, which Hookstage does not read: put its text there.'
/** What curl asks of a type: two texts with a slash between them. */
const TYPE = /[^/ ]{1,127}\/[^;, \n]{1,127}/y
const KEY = /(?:type|filename|headers|encoder)=/iy
const BLANK = /[ \t\n\v\f\r]/

/** A string says why it cannot be used. @param isLiteral as `--form-string` has it */
export function formPartOf(
  argument: string,
  isLiteral: boolean,
): { readonly part: FormPart; readonly lost: readonly string[] } | string {
  const equals = argument.indexOf('=')
  if (equals < 0) return '-F needs a name, an equals sign and what it holds.'
  const name = equals === 0 ? null : argument.slice(0, equals)
  const content = argument.slice(equals + 1)
  const plain = { name, fileName: null, type: null, headers: [] }
  if (isLiteral) return { part: { ...plain, value: content }, lost: [] }
  if (/^[@<]/.test(content)) return FILE
  if (content.startsWith('(')) return '-F with parts in parts cannot be imported.'
  const lost: string[] = []
  const value = wordAt(content, 0, lost)
  const more = parametersOf(content, value.end, lost)
  return typeof more === 'string'
    ? more
    : { part: { ...plain, ...more, value: value.text }, lost: [...new Set(lost)] }
}

/** What stands behind the content. A string says why it cannot be used. */
function parametersOf(
  text: string,
  from: number,
  lost: string[],
): Pick<FormPart, 'type' | 'fileName' | 'headers'> | string {
  let type: string | null = null
  let fileName: string | null = null
  const headers: string[] = []
  /** Where a type begins that may go on: its own parameters are set apart by semicolons too. */
  let typeStart: number | null = null
  for (let at = from; text[at] === ';'; ) {
    at = afterBlank(text, at + 1)
    const key = matchAt(KEY, text, at)?.toLowerCase() ?? ''
    if (key === 'type=' && typeStart === null) {
      typeStart = afterBlank(text, at + key.length)
      const given = matchAt(TYPE, text, typeStart)
      if (given === null) return '-F: what stands behind type= is no media type.'
      const word = plainAt(text, typeStart + given.length)
      type = given + word.text
      at = word.end
    } else if (key !== '' && key !== 'type=') {
      typeStart = null
      const word = wordAt(text, at + key.length, lost)
      if (key === 'filename=') fileName = word.text
      else if (
        key === 'headers=' &&
        !/^[@<]/.test(text.slice(at + key.length, at + key.length + 1))
      ) {
        headers.push(word.text.replace(/[\r\n]/g, ' '))
      } else lost.push(`-F: ;${key} is left out.`)
      at = word.end
    } else if (typeStart === null) {
      at = wordAt(text, at, lost).end
      lost.push('-F: what stands behind a semicolon there is left out, as curl does.')
    } else {
      const word = plainAt(text, at)
      type = text.slice(typeStart, at) + word.text
      at = word.end
    }
  }
  return { type, fileName, headers }
}

/** In quotes with escapes, or as it stands: without the space around it, up to the next semicolon. */
function wordAt(text: string, from: number, lost: string[]): { text: string; end: number } {
  const start = afterBlank(text, from)
  const close = text[start] === '"' ? closingQuote(text, start + 1) : null
  if (close === null) return plainAt(text, start)
  const rest = plainAt(text, close + 1)
  if (afterBlank(rest.text, 0) < rest.text.length) {
    lost.push('-F: what stands behind quotes there is left out, as curl does.')
  }
  return { text: text.slice(start + 1, close).replace(/\\(["\\])/g, '$1'), end: rest.end }
}

function plainAt(text: string, from: number): { text: string; end: number } {
  const semicolon = text.indexOf(';', from)
  const end = semicolon < 0 ? text.length : semicolon
  let last = end
  while (last > from && BLANK.test(text[last - 1] ?? '')) last--
  return { text: text.slice(from, last), end }
}

function closingQuote(text: string, from: number): number | null {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\' && /["\\]/.test(text[at + 1] ?? '')) at++
    else if (text[at] === '"') return at
  }
  return null
}

function afterBlank(text: string, from: number): number {
  let at = from
  while (BLANK.test(text[at] ?? '')) at++
  return at
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? null
}
