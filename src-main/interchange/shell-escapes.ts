/** The escapes of bash's `$'…'` (Bash manual, 3.1.2.4) and of `printf` formats (POSIX, printf). */

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
}
const CODED = /([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|c([\s\S])/y

/** From behind `$'` up to its end; null when it is never closed. Characters are bytes. */
export function ansiQuoted(
  source: string,
  from: number,
): { readonly text: string; readonly end: number } | null {
  let text = ''
  let at = from
  for (;;) {
    const character = source[at]
    if (character === undefined) return null
    if (character === "'") return { text, end: at + 1 }
    if (character !== '\\') {
      text += character
      at++
      continue
    }
    const escaped = escapeAt(source, at + 1)
    text += escaped.text
    at = escaped.end
  }
}

function escapeAt(source: string, at: number): { readonly text: string; readonly end: number } {
  const letter = source[at] ?? ''
  CODED.lastIndex = at
  const coded = CODED.exec(source)
  if (coded) {
    const [whole, octal, hex, short, long, control] = coded
    const code = short ?? long
    const end = at + whole.length
    if (octal !== undefined) return { text: String.fromCharCode(parseInt(octal, 8) & 0xff), end }
    if (hex !== undefined) return { text: String.fromCharCode(parseInt(hex, 16)), end }
    if (control !== undefined) {
      return { text: String.fromCharCode(control.charCodeAt(0) & 0x1f), end }
    }
    // Browsers write a character beyond the first 65,536 as the two halves of JavaScript.
    const low = /\\u([dD][c-fC-F][0-9a-fA-F]{2})/y
    low.lastIndex = end
    const second = /^[dD][89abAB]/.test(short ?? '') ? low.exec(source) : null
    if (second?.[1] === undefined) return { text: utf8Of(parseInt(code ?? '0', 16)), end }
    const pair = String.fromCharCode(parseInt(short ?? '', 16), parseInt(second[1], 16))
    return { text: utf8Of(pair.codePointAt(0) ?? 0), end: end + second[0].length }
  }
  const simple = SIMPLE[letter]
  return { text: simple ?? `\\${letter}`, end: at + 1 }
}

/** The bytes of a code point. Halves of a pair are written as they are, as bash does. */
function utf8Of(code: number): string {
  if (code > 0x10ffff) return '\xef\xbf\xbd'
  const isHalf = code >= 0xd800 && code <= 0xdfff
  if (!isHalf) return Buffer.from(String.fromCodePoint(code), 'utf8').toString('latin1')
  return String.fromCharCode(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f))
}

const OF_PRINTF =
  /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([\s\S]))/g
const OF_ECHO =
  /\\(?:0([0-7]{0,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([\s\S]))/g

/** What bash's `printf` writes of a format alone; null when it asks for arguments. */
export function formatted(format: string): string | null {
  if (/%(?!%)/.test(format.replaceAll('%%', ''))) return null
  return format.replaceAll('%%', '%').replace(OF_PRINTF, byteOf)
}

/** What bash's `echo -e` writes; `\c` cuts it off, with the line feed that would follow. */
export function unescaped(text: string): { readonly text: string; readonly isCut: boolean } {
  const cut = cutAt(text)
  const read = text
    .slice(0, cut ?? text.length)
    .replace(OF_ECHO, (whole, ...codes: string[]) =>
      /^\\["'?]/.test(whole) ? whole : byteOf(whole, ...codes),
    )
  return { text: read, isCut: cut !== null }
}

function cutAt(text: string): number | null {
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at + 2)) {
    if (text[at + 1] === 'c') return at
  }
  return null
}

function byteOf(
  whole: string,
  octal?: string,
  hex?: string,
  short?: string,
  long?: string,
  letter?: string,
): string {
  if (octal !== undefined) return String.fromCharCode(parseInt(octal || '0', 8) & 0xff)
  if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16))
  const code = short ?? long
  return code === undefined ? (SIMPLE[letter ?? ''] ?? whole) : utf8Of(parseInt(code, 16))
}
